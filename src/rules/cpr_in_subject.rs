//! `cpr-in-subject`: the subject holds a CPR number.

use super::because::of_number;
use super::secure::how_to_send;
use super::{Case, Example, Examples, Hit, Rule, Words, subject};
use crate::cpr::Grade;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::Fix;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::CprInSubject, default: Action::Stop, check, words };

pub(super) static ABOUT: Both =
    Both { da: "Der står et CPR-nummer i emnet.", en: "The subject contains a CPR number." };

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Vedr. 010203-1234, underretning",
            to: &[],
            found: true,
            because: "a date, a hyphen and a serial",
        },
        Example {
            subject: "SV: Genoptræningsplan 01 02 03 1234",
            to: &[],
            found: true,
            because: "spaces instead of a hyphen",
        },
        Example {
            subject: "cpr.nr. 0102031234",
            to: &[],
            found: true,
            because: "ten digits after a word that says what they are",
        },
        Example {
            subject: "Vedr. 610203-1234",
            to: &[],
            found: true,
            because: "a replacement number: the day is raised by 60",
        },
        Example {
            subject: "Underretning, barn født 010203",
            to: &[],
            found: false,
            because: "a birth date alone is no CPR number",
        },
        Example { subject: "Vedr. 310203-1234", to: &[], found: false, because: "31 February does not exist" },
        Example { subject: "Vedr. 010203-xxxx", to: &[], found: false, because: "the number is masked" },
        Example { subject: "Faktura, EAN 5798000416642", to: &[], found: false, because: "part of a longer number" },
        Example {
            subject: "Underretning",
            to: &["010203-1234"],
            found: false,
            because: "as a recipient the number addresses Digital Post",
        },
    ],
    policy: |_| {},
    longest: |_, draft| draft.subject.push_str(" 010203-1234 og 020304-1234 "),
};

fn check(case: &Case) -> Vec<Hit> {
    subject::hits(case, Grade::Certain)
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    of_number(evidence)
}

pub(super) fn fixes(case: &Case, _: &Hit) -> Vec<Fix> {
    subject::fixes(case)
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let alike = subject::count(case, Grade::Possible);
    Words {
        what: what(hits, alike, language),
        why: why(case, hits.len() > 1, language),
        remedy: remedy(case, hits.len() + alike > 1, language),
    }
}

/// Numbers that are only possible are spoken of with the certain ones: one thing is to be done about them all.
fn what(hits: &[Hit], alike: usize, language: Language) -> String {
    let more = match alike {
        0 => String::new(),
        1 => language.pick(" og ét mere, der ligner", " and one more that looks like one").to_owned(),
        _ => language.fill(" og {} mere, der ligner", " and {} more that look like it", &[&decimal(alike)]),
    };
    match hits {
        [hit] => language.fill(
            "Der står et CPR-nummer i emnet ({}){}.",
            "The subject contains a CPR number ({}){}.",
            &[&hit.named, &more],
        ),
        _ => language.fill(
            "Der står {} CPR-numre i emnet{}.",
            "The subject contains {} CPR numbers{}.",
            &[&decimal(hits.len()), &more],
        ),
    }
}

/// Why a CPR number must not stand in this subject. The other rule on the subject gives the same reason. Nothing is said of
/// encryption: whether a subject is encrypted on its way is not the same everywhere.
pub(super) fn why(case: &Case, many: bool, language: Language) -> String {
    if case.secure.is_some() {
        return language.fill(
            "Emnet er ikke beskyttet som selve {}. Et filter kan fange {}, så den aldrig når frem, selv om du får en kvittering.",
            "The subject is not protected like {} itself. A filter may catch {} so that it never arrives, even if you get a receipt.",
            &[case.the_mail(), case.the_mail()],
        );
    }
    language.fill(
        "Emnet vises i indbakker, på telefoner og i logfiler, hvor andre kan se {}.",
        "The subject is shown in inboxes, on phones and in log files, where others can see {}.",
        &[number(many, language)],
    )
}

fn remedy(case: &Case, many: bool, language: Language) -> String {
    if case.secure.is_some() {
        return language.fill(
            "Flyt {} ned i {}, eller slet {}. Skriv fx sagsnummeret i emnet.",
            "Move {} into {}, or delete {}. Write the case number in the subject, for instance.",
            &[number(many, language), case.the_mail(), it(many, language)],
        );
    }
    let how = how_to_send(case.policy, language).map(|how| [" ", &how].concat()).unwrap_or_default();
    language.fill(
        "Slet {} i emnet. Skal modtageren bruge {}, så skriv {} nede i mailen, og send den som sikker post.{}",
        "Delete {} from the subject. If the recipient needs {}, write {} in the mail itself and send it as secure mail.{}",
        &[number(many, language), it(many, language), it(many, language), &how],
    )
}

pub(super) fn number(many: bool, language: Language) -> &'static str {
    if many { language.pick("numrene", "the numbers") } else { language.pick("nummeret", "the number") }
}

pub(super) fn it(many: bool, language: Language) -> &'static str {
    if many { language.pick("dem", "them") } else { language.pick("det", "it") }
}

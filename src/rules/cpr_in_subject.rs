//! `cpr-in-subject`: the subject holds a CPR number.

use super::{Case, Example, Examples, Hit, Rule, Words, subject};
use crate::cpr::Grade;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule {
    name: RuleName::CprInSubject,
    default: Action::Stop,
    about: Both { da: "Emnet indeholder et CPR-nummer.", en: "The subject holds a CPR number." },
    check,
    words,
};

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

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let many = hits.len() > 1;
    Words {
        what: what(hits, language),
        why: why(case, many, language).to_owned(),
        remedy: remedy(case, many, language).to_owned(),
    }
}

fn what(hits: &[Hit], language: Language) -> String {
    match hits {
        [hit] => {
            language.fill("Emnet indeholder et CPR-nummer ({}).", "The subject holds a CPR number ({}).", &[&hit.named])
        }
        _ => language.fill(
            "Emnet indeholder {} CPR-numre.",
            "The subject holds {} CPR numbers.",
            &[&hits.len().to_string()],
        ),
    }
}

/// Why a CPR number, or many, must not stand in this subject. The other rule on the subject gives the same reason.
pub(super) fn why(case: &Case, many: bool, language: Language) -> &'static str {
    match (case.secure, case.policy.knows_secure_mail(), many) {
        (Some(_), ..) => language.pick(
            "Emnet i sikker post bliver ikke krypteret. Mailen kan blive holdt tilbage i et filter og ikke nå frem, selv om du får en kvittering.",
            "The subject of secure mail is not encrypted. A filter may hold the mail back, so that it never arrives, even though you get a receipt.",
        ),
        (None, true, false) => language.pick(
            "En almindelig mail er ikke krypteret. Andre kan læse nummeret undervejs.",
            "An ordinary mail is not encrypted. Others can read the number on the way.",
        ),
        (None, true, true) => language.pick(
            "En almindelig mail er ikke krypteret. Andre kan læse numrene undervejs.",
            "An ordinary mail is not encrypted. Others can read the numbers on the way.",
        ),
        (None, false, false) => language.pick(
            "Emnet bliver ikke krypteret, heller ikke i sikker post. Andre kan læse nummeret undervejs.",
            "The subject is not encrypted, not even in secure mail. Others can read the number on the way.",
        ),
        (None, false, true) => language.pick(
            "Emnet bliver ikke krypteret, heller ikke i sikker post. Andre kan læse numrene undervejs.",
            "The subject is not encrypted, not even in secure mail. Others can read the numbers on the way.",
        ),
    }
}

fn remedy(case: &Case, many: bool, language: Language) -> &'static str {
    match (case.secure.is_some(), many) {
        (true, false) => language.pick(
            "Flyt nummeret til selve mailen, eller slet det. Skriv fx sagsnummeret i emnet.",
            "Move the number to the mail itself, or delete it. Write the case number in the subject, for instance.",
        ),
        (true, true) => language.pick(
            "Flyt numrene til selve mailen, eller slet dem. Skriv fx sagsnummeret i emnet.",
            "Move the numbers to the mail itself, or delete them. Write the case number in the subject, for instance.",
        ),
        (false, false) => language.pick(
            "Slet nummeret i emnet. Skal modtageren bruge det, så skriv det i en sikker mail.",
            "Delete the number from the subject. If the receiver needs it, write it inside a secure mail.",
        ),
        (false, true) => language.pick(
            "Slet numrene i emnet. Skal modtageren bruge dem, så skriv dem i en sikker mail.",
            "Delete the numbers from the subject. If the receiver needs them, write them inside a secure mail.",
        ),
    }
}

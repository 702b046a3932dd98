//! `possible-cpr-in-subject`: the subject holds ten digits that may be a CPR number.

use super::{Case, Example, Examples, Hit, Rule, Words, cpr_in_subject, subject};
use crate::cpr::{Evidence, Grade};
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::verdict::Decision;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule {
    name: RuleName::PossibleCprInSubject,
    default: Action::Ask,
    about: Both {
        da: "Emnet indeholder ti cifre, der kan være et CPR-nummer.",
        en: "The subject holds ten digits that may be a CPR number.",
    },
    check,
    words,
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Vedr. 0102031234",
            to: &[],
            found: true,
            because: "a date, but neither a hyphen, nor the check digit, nor a word that says what it is",
        },
        Example {
            subject: "cpr 180184-123",
            to: &[],
            found: true,
            because: "it is named as a CPR number, and a digit is missing",
        },
        Example { subject: "Møde 010226 1430", to: &[], found: false, because: "the date of a near day, and a time" },
        Example {
            subject: "Vedr. O1O2O3-1234",
            to: &[],
            found: true,
            because: "the letter O stands where a zero may be meant",
        },
        Example {
            subject: "Vedr. 010203-1234",
            to: &[],
            found: false,
            because: "there is no doubt: `cpr-in-subject` speaks",
        },
        Example { subject: "Faktura 4739390345", to: &[], found: false, because: "the first six digits are no date" },
    ],
    policy: |_| {},
    longest: |_, draft| draft.subject.push_str(" vedr. 0102031235 "),
};

fn check(case: &Case) -> Vec<Hit> {
    subject::hits(case, Grade::Possible)
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => language.fill(
            "Emnet indeholder noget, der ligner et CPR-nummer ({}).",
            "The subject holds something that looks like a CPR number ({}).",
            &[&hit.named],
        ),
        _ => language.fill(
            "Emnet indeholder {} numre, der ligner CPR-numre.",
            "The subject holds {} numbers that look like CPR numbers.",
            &[&hits.len().to_string()],
        ),
    };
    let many = hits.len() > 1;
    let why = cpr_in_subject::why(case, many, language).to_owned();
    let other = match hits {
        [hit] if hit.evidence.iter().any(|evidence| evidence == Evidence::MayBeTime.name()) => Other::Time,
        [_] => Other::Number,
        _ => Other::Numbers,
    };
    Words { what, why, remedy: remedy(case, other, language) }
}

/// What it may be, if it is no CPR number.
#[derive(Clone, Copy)]
enum Other {
    Number,
    Time,
    Numbers,
}

fn remedy(case: &Case, other: Other, language: Language) -> String {
    let may_go = case.decision(RULE.name) != Some(Decision::Stop);
    let many = matches!(other, Other::Numbers);
    let secure = case.secure.is_some();
    if !may_go {
        let only = match (secure, many) {
            (true, false) => language.pick(
                "Flyt nummeret til selve mailen, eller slet det.",
                "Move the number to the mail itself, or delete it.",
            ),
            (true, true) => language.pick(
                "Flyt numrene til selve mailen, eller slet dem.",
                "Move the numbers to the mail itself, or delete them.",
            ),
            (false, false) => language.pick("Slet nummeret i emnet.", "Delete the number from the subject."),
            (false, true) => language.pick("Slet numrene i emnet.", "Delete the numbers from the subject."),
        };
        return only.to_owned();
    }
    let number = match (secure, many) {
        (true, false) => language.pick(
            "Er det et CPR-nummer, så flyt det til selve mailen.",
            "If it is a CPR number, move it to the mail itself.",
        ),
        (true, true) => language.pick(
            "Er det CPR-numre, så flyt dem til selve mailen.",
            "If they are CPR numbers, move them to the mail itself.",
        ),
        (false, false) => language.pick("Er det et CPR-nummer, så slet det.", "If it is a CPR number, delete it."),
        (false, true) => language.pick("Er det CPR-numre, så slet dem.", "If they are CPR numbers, delete them."),
    };
    let otherwise = match other {
        Other::Number => language
            .pick("Er det et andet nummer, kan du sende mailen.", "If it is another number, you can send the mail."),
        Other::Time => language.pick(
            "Er det en dato og et klokkeslæt, kan du sende mailen.",
            "If it is a date and a time, you can send the mail.",
        ),
        Other::Numbers => language
            .pick("Er det andre numre, kan du sende mailen.", "If they are other numbers, you can send the mail."),
    };
    [number, " ", otherwise].concat()
}

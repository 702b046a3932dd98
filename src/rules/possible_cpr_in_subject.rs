//! `possible-cpr-in-subject`: the subject holds ten digits that may be a CPR number.

use super::{Case, Example, Examples, Hit, Rule, Words, cpr_in_subject, subject};
use crate::cpr::Grade;
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
        [hit] => language.pick(
            format!("Emnet indeholder noget, der ligner et CPR-nummer ({}).", hit.named),
            format!("The subject holds something that looks like a CPR number ({}).", hit.named),
        ),
        _ => language.pick(
            format!("Emnet indeholder {} numre, der ligner CPR-numre.", hits.len()),
            format!("The subject holds {} numbers that look like CPR numbers.", hits.len()),
        ),
    };
    let many = hits.len() > 1;
    let why = cpr_in_subject::why(case, many, language).to_owned();
    Words { what, why, remedy: remedy(case, many, language).to_owned() }
}

fn remedy(case: &Case, many: bool, language: Language) -> &'static str {
    let may_go = case.decision(RULE.name) != Some(Decision::Stop);
    match (case.secure.is_some(), may_go, many) {
        (true, true, false) => language.pick(
            "Er det et CPR-nummer, så flyt det til selve mailen. Er det et andet nummer, kan mailen sendes.",
            "If it is a CPR number, move it to the mail itself. If it is another number, the mail can be sent.",
        ),
        (true, true, true) => language.pick(
            "Er det CPR-numre, så flyt dem til selve mailen. Er det andre numre, kan mailen sendes.",
            "If they are CPR numbers, move them to the mail itself. If they are other numbers, the mail can be sent.",
        ),
        (false, true, false) => language.pick(
            "Er det et CPR-nummer, så slet det. Er det et andet nummer, kan mailen sendes.",
            "If it is a CPR number, delete it. If it is another number, the mail can be sent.",
        ),
        (false, true, true) => language.pick(
            "Er det CPR-numre, så slet dem. Er det andre numre, kan mailen sendes.",
            "If they are CPR numbers, delete them. If they are other numbers, the mail can be sent.",
        ),
        (true, false, false) => language.pick(
            "Flyt nummeret til selve mailen, eller slet det.",
            "Move the number to the mail itself, or delete it.",
        ),
        (true, false, true) => language.pick(
            "Flyt numrene til selve mailen, eller slet dem.",
            "Move the numbers to the mail itself, or delete them.",
        ),
        (false, false, false) => language.pick("Slet nummeret i emnet.", "Delete the number from the subject."),
        (false, false, true) => language.pick("Slet numrene i emnet.", "Delete the numbers from the subject."),
    }
}

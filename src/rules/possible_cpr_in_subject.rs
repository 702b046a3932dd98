//! `possible-cpr-in-subject`: the subject holds what may be a CPR number.

use super::because::of_number;
use super::{Case, Example, Examples, Hit, Rule, Words, cpr_in_subject, subject};
use crate::cpr::Grade;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::{Decision, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::PossibleCprInSubject, default: Action::Ask, check, words };

pub(super) static ABOUT: Both = Both {
    da: "Der står noget i emnet, der ligner et CPR-nummer.",
    en: "The subject contains something that looks like a CPR number.",
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

pub(super) fn because(evidence: &str) -> Option<Both> {
    of_number(evidence)
}

pub(super) fn fixes(case: &Case, _: &Hit) -> Vec<Fix> {
    subject::fixes(case)
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => language.fill(
            "Der står noget i emnet, der ligner et CPR-nummer ({}).",
            "The subject contains something that looks like a CPR number ({}).",
            &[&hit.named],
        ),
        _ => language.fill(
            "Der står {} numre i emnet, der ligner CPR-numre.",
            "The subject contains {} numbers that look like CPR numbers.",
            &[&decimal(hits.len())],
        ),
    };
    let many = hits.len() > 1;
    Words { what, why: cpr_in_subject::why(case, many, language), remedy: remedy(case, hits, language) }
}

fn remedy(case: &Case, hits: &[Hit], language: Language) -> String {
    let many = hits.len() > 1;
    let (number, it) = (cpr_in_subject::number(many, language), cpr_in_subject::it(many, language));
    let may_go = case.decision(RULE.name) != Some(Decision::Stop);
    if !may_go {
        return match case.secure {
            Some(_) => language.fill(
                "Flyt {} ned i {}, eller slet {}.",
                "Move {} into {}, or delete {}.",
                &[number, case.the_mail(), it],
            ),
            None => language.fill("Slet {} i emnet.", "Delete {} from the subject.", &[number]),
        };
    }
    let is_cpr = language.pick(
        if many { "Er det CPR-numre" } else { "Er det et CPR-nummer" },
        if many { "If they are CPR numbers" } else { "If it is a CPR number" },
    );
    let first = match case.secure {
        Some(_) => language.fill("{}, så flyt {} ned i {}.", "{}, move {} into {}.", &[is_cpr, it, case.the_mail()]),
        None => language.fill("{}, så slet {}.", "{}, delete {}.", &[is_cpr, it]),
    };
    let is_other = match hits {
        [hit] if subject::may_be_time(hit) => {
            language.pick("Er det en dato og et klokkeslæt", "If it is a date and a time")
        }
        [_] => language.pick("Er det et andet nummer", "If it is another number"),
        _ => language.pick("Er det andre numre", "If they are other numbers"),
    };
    let second =
        language.fill("{}, kan du sende {} alligevel.", "{}, you can send {} anyway.", &[is_other, case.the_mail()]);
    [first.as_str(), " ", &second].concat()
}

//! Removes numbers from a subject so that it still reads well.
//!
//! A number goes together with the words that only name it or lead to it, with brackets around nothing else, and with one
//! of the marks around it. Where the sentence needs a word, the policy's word for a citizen takes the number's place.
//! Prefixes, tags and whatever does not stand beside a number stay as they were written.

mod head;
mod lexicon;
mod rewrite;
mod token;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::cpr::{self, Candidate, Grade};
use crate::rules::Case;

/// After so many rounds the neutral subject is used instead. Each round removes at least one number; it takes numbers
/// within numbers to need more than two.
const ROUNDS: usize = 32;

/// A subject without numbers, and the numbers that it held, as they were written.
pub(crate) struct Removed {
    pub(crate) subject: String,
    pub(crate) numbers: Vec<String>,
}

/// The subject without any number, certain or possible.
#[cfg_attr(not(test), expect(dead_code, reason = "the rules on the subject still take the numbers of one grade"))]
pub(super) fn every(case: &Case) -> Removed {
    all_of(case, |_| true)
}

/// The subject without any certain CPR number.
pub(super) fn every_certain(case: &Case) -> Removed {
    all_of(case, |number| number.grade == Grade::Certain)
}

/// The subject without this number.
pub(super) fn one(case: &Case, number: &Candidate) -> Removed {
    let subject = &case.draft.subject;
    without(case, subject, &case.numbers, |other| other.bytes == number.bytes)
}

fn all_of(case: &Case, goes: fn(&Candidate) -> bool) -> Removed {
    let mut numbers = case.numbers.clone();
    let mut removed = Removed { subject: case.draft.subject.clone(), numbers: Vec::new() };
    for _ in 0..=ROUNDS {
        if !numbers.iter().any(goes) {
            return removed;
        }
        let next = without(case, &removed.subject, &numbers, goes);
        removed = Removed { subject: next.subject, numbers: [removed.numbers, next.numbers].concat() };
        // The texts on both sides of a number may together form another one.
        numbers = cpr::find_on(&removed.subject, case.policy.words(), Some(case.draft.day()));
    }
    Removed { subject: case.policy.neutral_subject(case.language).to_owned(), ..removed }
}

fn without(case: &Case, subject: &str, numbers: &[Candidate], goes: impl Fn(&Candidate) -> bool) -> Removed {
    let ranges: Vec<(Range<usize>, bool)> = numbers.iter().map(|number| (number.bytes.clone(), goes(number))).collect();
    let written = |range: &Range<usize>| subject.get(range.clone()).unwrap_or_default().to_owned();
    Removed {
        subject: rewrite::without(case, subject, &ranges),
        numbers: ranges.iter().filter(|(_, goes)| *goes).map(|(range, _)| written(range)).collect(),
    }
}

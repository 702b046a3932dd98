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

use crate::cpr::{self, Candidate};
use crate::rules::Case;

/// After so many rounds the neutral subject is used instead. Each round removes at least one number; it takes numbers
/// within numbers to need more than two.
const ROUNDS: usize = 32;

/// A subject without numbers, and the numbers that it held, as they were written.
pub(crate) struct Removed {
    pub(crate) subject: String,
    pub(crate) numbers: Vec<String>,
}

/// The subject without any number, certain or possible. What the user has said is not a CPR number stays.
pub(super) fn every(case: &Case) -> Removed {
    let mut removed = Removed { subject: case.draft.subject.clone(), numbers: Vec::new() };
    for _ in 0..=ROUNDS {
        // Again after each round: the texts on both sides of a number may together form another one.
        let numbers = cpr::find_on(&removed.subject, case.policy.words(), Some(case.draft.day()));
        let written = |number: &Candidate| removed.subject.get(number.bytes.clone()).unwrap_or_default().to_owned();
        let goes = |number: &Candidate| !case.spared.contains(&written(number));
        let taken: Vec<String> = numbers.iter().filter(|number| goes(number)).map(written).collect();
        if taken.is_empty() {
            return removed;
        }
        let ranges: Vec<_> = numbers.iter().map(|number| (number.bytes.clone(), goes(number))).collect();
        let subject = rewrite::without(case, &removed.subject, &ranges);
        removed = Removed { subject, numbers: [removed.numbers, taken].concat() };
    }
    Removed { subject: case.policy.neutral_subject(case.language).to_owned(), ..removed }
}

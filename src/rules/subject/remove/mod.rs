//! Removes numbers from a subject so that it still reads well.

use std::ops::Range;

use crate::cpr::{self, Candidate, Grade};
use crate::rules::Case;
use crate::text::reply_prefix;
use crate::text::{has_alphanumeric, is_alphanumeric, lower, trim, trim_end, trim_start};

/// What separates the parts of a subject.
const SEPARATORS: &[char] = &[',', ';', ':', '-', '–', '—', '/', '_', '+', '|', '&', '·', '•'];

/// Words that only introduce a number, without their final full stop.
const LEADS: [&str; 13] =
    ["om", "vedr", "vedrørende", "ang", "angående", "på", "for", "med", "og", "samt", "af", "regarding", "and"];

/// Words that name a CPR number. Without the number they say nothing.
const NAMES: [&str; 17] = [
    "cpr",
    "cprnr",
    "cpr-nr",
    "cpr.nr",
    "cpr-nummer",
    "cprnummer",
    "nr",
    "nummer",
    "personnr",
    "personnummer",
    "pnr",
    "p.nr",
    "født",
    "f",
    "fødselsdato",
    "erstatnings-cpr",
    "number",
];

/// After this many rounds the neutral subject is used instead. Each round removes at least one number, so that only a
/// neutral subject with a number in it gets this far.
const ROUNDS: usize = 32;

/// A subject without numbers, and the numbers that it held, as they were written.
pub(crate) struct Removed {
    pub(crate) subject: String,
    pub(crate) numbers: Vec<String>,
}

impl Removed {
    fn cut(case: &Case, subject: &str, ranges: &[Range<usize>]) -> Self {
        let number = |range: &Range<usize>| subject.get(range.clone()).unwrap_or_default().to_owned();
        Self { subject: without(case, subject, ranges), numbers: ranges.iter().map(number).collect() }
    }
}

/// The subject without any certain CPR number.
pub(super) fn every_certain(case: &Case) -> Removed {
    let mut removed = Removed::cut(case, &case.draft.subject, &certain(&case.numbers));
    for _ in 0..ROUNDS {
        // The texts on both sides of a number may together form another one.
        let ranges = certain(&cpr::find_on(&removed.subject, case.policy.words(), Some(case.draft.day())));
        if ranges.is_empty() {
            return removed;
        }
        let next = Removed::cut(case, &removed.subject, &ranges);
        removed = Removed { subject: next.subject, numbers: [removed.numbers, next.numbers].concat() };
    }
    Removed { subject: case.policy.neutral_subject(case.language).to_owned(), ..removed }
}

/// The subject without this number.
pub(super) fn one(case: &Case, number: &Candidate) -> Removed {
    Removed::cut(case, &case.draft.subject, std::slice::from_ref(&number.bytes))
}

fn certain(numbers: &[Candidate]) -> Vec<Range<usize>> {
    numbers.iter().filter(|number| number.grade == Grade::Certain).map(|number| number.bytes.clone()).collect()
}

fn without(case: &Case, subject: &str, ranges: &[Range<usize>]) -> String {
    let mut kept = String::new();
    let mut from = 0;
    for range in ranges {
        kept = join(&kept, subject.get(from..range.start).unwrap_or_default(), from == 0);
        from = range.end;
    }
    let left = kept;
    let tidy = join(&left, subject.get(from..).unwrap_or_default(), false);
    let tidy = tidy.split_whitespace().collect::<Vec<_>>().join(" ");
    worded(case, tidy)
}

/// Completes a subject that says nothing but `SV:` with the neutral words.
fn worded(case: &Case, subject: String) -> String {
    let says = reply_prefix::strip(&subject);
    let tagless = case.policy.file().secure_mail.tags.iter().any(|tag| same_words(tag, says));
    if !tagless && has_alphanumeric(says) {
        return subject;
    }
    let neutral = case.policy.neutral_subject(case.language);
    let lead = subject.trim_end_matches(|c: char| SEPARATORS.contains(&c) && c != ':');
    let lead = trim(lead);
    if has_alphanumeric(lead) { format!("{lead} {neutral}") } else { neutral.to_owned() }
}

fn same_words(tag: &str, text: &str) -> bool {
    let bare = |text: &str| lower(text.trim_matches(|c: char| !is_alphanumeric(c)));
    bare(tag) == bare(text)
}

/// Joins the texts before and after a number. `first` is true for the first number of the subject.
fn join(left: &str, right: &str, first: bool) -> String {
    if first {
        return right.to_owned();
    }
    let (left, right) = unwrap_brackets(left, right);
    let (head, left_gap) = split_end(left);
    let (right_gap, tail) = split_start(right);
    if !has_alphanumeric(tail) {
        return ended(head, left_gap, tail);
    }
    if head.is_empty() {
        return tail.to_owned();
    }
    let glue = glue(head, left_gap, right_gap, tail);
    [without_lead(head), glue, tail].concat()
}

/// The number was the last thing: the words that introduce it go, unless they are all that is left.
fn ended(head: &str, gap: &str, tail: &str) -> String {
    let kept = without_lead(head);
    let closing = trim(tail);
    if reply_prefix::strip(&format!("{head}:")).is_empty() {
        // `SV:` keeps its colon.
        return format!("{head}{gap}");
    }
    if closing.is_empty() { kept.to_owned() } else { [kept, closing].concat() }
}

/// Brackets and quotation marks around nothing but the number are removed with it.
fn unwrap_brackets<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str) {
    const PAIRS: [(char, char); 9] =
        [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}'), ('»', '«'), ('«', '»'), ('"', '"'), ('“', '”'), ('\'', '\'')];
    let (outer_left, outer_right) = (trim_end(left), trim_start(right));
    let pair = PAIRS.iter().find(|(open, close)| outer_left.ends_with(*open) && outer_right.starts_with(*close));
    match pair {
        Some((open, close)) => (
            outer_left.strip_suffix(*open).unwrap_or(outer_left),
            outer_right.strip_prefix(*close).unwrap_or(outer_right),
        ),
        None => (left, right),
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || SEPARATORS.contains(&c)
}

fn split_end(text: &str) -> (&str, &str) {
    let head = text.trim_end_matches(is_gap);
    (head, text.get(head.len()..).unwrap_or_default())
}

fn split_start(text: &str) -> (&str, &str) {
    let tail = text.trim_start_matches(is_gap);
    (text.get(..text.len() - tail.len()).unwrap_or_default(), tail)
}

/// The separator between the two halves: the one after the number, or else the one before it. A colon before the number
/// introduced it and is dropped; after an abbreviation a blank reads best.
fn glue<'a>(head: &str, left: &'a str, right: &'a str, tail: &str) -> &'a str {
    let separates = |gap: &str| gap.chars().any(|c| SEPARATORS.contains(&c));
    let reply = reply_prefix::strip(&format!("{head}:")).is_empty();
    if reply {
        return left;
    }
    if head.ends_with(['(', '[', '{', '»', '“']) {
        // No blank after an opening bracket.
        return "";
    }
    if tail.starts_with(['(', '[']) || head.ends_with('.') {
        return " ";
    }
    if separates(right) {
        right
    } else if separates(left) && !left.contains(':') {
        left
    } else {
        " "
    }
}

/// The text without the words at its end that only introduce a number. If nothing else is left, words that introduce any
/// subject are kept.
fn without_lead(text: &str) -> &str {
    let rest = without_last(text, |word| LEADS.contains(&word) || NAMES.contains(&word));
    if has_alphanumeric(reply_prefix::strip(rest)) { rest } else { without_last(text, |word| NAMES.contains(&word)) }
}

fn without_last(text: &str, goes: impl Fn(&str) -> bool) -> &str {
    let mut rest = text;
    while let Some((before, word)) = last_word(rest) {
        if !goes(&lower(word.trim_matches(|c: char| !is_alphanumeric(c)))) {
            break;
        }
        rest = before.trim_end_matches(is_gap);
    }
    rest
}

fn last_word(text: &str) -> Option<(&str, &str)> {
    let before = text.trim_end_matches(|c: char| !c.is_whitespace());
    let word = text.strip_prefix(before)?;
    (!word.is_empty()).then_some((before, word))
}

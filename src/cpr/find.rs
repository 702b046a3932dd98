//! Finding CPR numbers in text.

use std::ops::Range;

use super::{
    form::{Form, Reading, read},
    grade::{Evidence, EvidenceSet, Facts, Grade, grade},
    number::{Checksum, Cpr, Kind},
    sieve::may_hold,
    surroundings::Surroundings,
    window::{Window, value},
    words::{ContextWords, Says},
};
use crate::text::{Utf16, sym};

/// Something in a text that is, or may be, a CPR number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it stands, in UTF-16 code units of the text, from its first digit to its last.
    pub at: Range<usize>,
    /// The same in bytes, on character boundaries.
    pub bytes: Range<usize>,
    /// How sure it is.
    pub grade: Grade,
    /// The number.
    pub cpr: Cpr,
    /// What the grade was decided from.
    pub evidence: EvidenceSet,
}

/// Finds the CPR numbers in a subject line, in order and never overlapping.
///
/// Takes any text: time is linear in its length, and nothing is allocated when nothing is found.
#[must_use]
pub fn find(subject: &str, words: &ContextWords) -> Vec<Candidate> {
    let mut found = Vec::new();
    scan(subject, words, |candidate| found.push(candidate));
    found
}

/// [`find`] without a list: hands each candidate to `found`.
pub fn scan(text: &str, words: &ContextWords, mut found: impl FnMut(Candidate)) {
    if !may_hold(text.as_bytes()) {
        return;
    }
    let mut window = Window::new(text);
    let mut utf16 = Utf16::new(text);
    let mut previous = Previous::default();
    loop {
        let mut at = 0;
        let starts = window.first_to_last();
        while at < starts.end {
            let codes = window.codes();
            let match_here = if at < starts.start || previous.end.is_some_and(|end| at < end) {
                None
            } else {
                candidate_at(codes, at, &previous, words)
            };
            let Some(hit) = match_here else {
                at += 1;
                continue;
            };
            previous = Previous { end: Some(hit.reading.end), says: hit.says };
            let bytes = window.start_of(at)..window.end_of(hit.reading.end - 1);
            at = hit.reading.end;
            found(Candidate {
                at: utf16.units_at(bytes.start)..utf16.units_at(bytes.end),
                bytes,
                grade: hit.grade,
                cpr: hit.reading.cpr,
                evidence: hit.evidence,
            });
        }
        let Some(moved) = window.advance() else { return };
        previous.end = previous.end.and_then(|end| end.checked_sub(moved));
    }
}

/// The candidate before, which a list goes on from.
#[derive(Default)]
struct Previous {
    end: Option<usize>,
    says: Says,
}

struct Hit {
    reading: Reading,
    grade: Grade,
    evidence: EvidenceSet,
    says: Says,
}

fn candidate_at(codes: &[u8], at: usize, previous: &Previous, words: &ContextWords) -> Option<Hit> {
    let code = *codes.get(at)?;
    value(code, true)?;
    let before = at.checked_sub(1).and_then(|before| codes.get(before)).copied().unwrap_or(b' ');
    let strict = || {
        if sym::digit(code).is_none() || sym::digit(before).is_some() {
            return None;
        }
        judge(codes, at, read(codes, at, false)?, previous, words)
    };
    let lenient = || {
        // A letter that is glued to a word belongs to the word.
        if sym::digit(before).is_some() || (sym::is_letter(before) && sym::digit(code).is_none()) {
            return None;
        }
        let reading = read(codes, at, true).filter(|reading| reading.letters)?;
        let next = codes.get(reading.end).copied().unwrap_or(b' ');
        if sym::is_letter(next) {
            return None;
        }
        judge(codes, at, reading, previous, words)
    };
    strict().or_else(lenient)
}

fn judge(codes: &[u8], at: usize, reading: Reading, previous: &Previous, words: &ContextWords) -> Option<Hit> {
    let unusual = matches!(reading.form, Form::Loose | Form::LostZero);
    if unusual && holds_a_usual_form(codes, at, reading.end) {
        return None;
    }
    let surroundings = Surroundings::new(codes, at, &reading, previous.end);
    if surroundings.is_something_else() {
        return None;
    }
    let says = match words.say(surroundings.before(), surroundings.after()) {
        Says::Nothing if goes_on(codes, at, previous) => previous.says,
        says => says,
    };
    let checksum = reading.cpr.checksum();
    let joined = surroundings.is_joined();
    let (time, postcode) = (surroundings.may_be_time(), surroundings.may_be_postcode());
    let account = surroundings.is_after_branch();
    let health_care = reading.cpr.kind() == Kind::HealthCare;
    // "010223 14:30" and "010203, 8000" are no groups of one number.
    let uneven = reading.form == Form::Loose && !reading.even;
    let unsure_letters = health_care && (reading.small_letters || reading.form != Form::Hyphen);
    let facts = Facts {
        form: reading.form,
        says,
        backed: matches!(checksum, Checksum::Passes | Checksum::IssuedWithout),
        joined,
        doubt: time || postcode || account || reading.year_like || uneven || unsure_letters,
        letters: reading.letters,
    };
    let grade = grade(&facts)?;

    let mut evidence = EvidenceSet::default();
    evidence.add(Evidence::Date);
    evidence.add_if(says == Says::Cpr, Evidence::CprWord);
    evidence.add_if(says == Says::Person, Evidence::PersonWord);
    evidence.add_if(matches!(says, Says::Unsure | Says::Other), Evidence::OtherNumberWord);
    evidence.add_if(matches!(reading.form, Form::Hyphen | Form::Space | Form::Mark), Evidence::Separator);
    evidence.add_if(reading.form == Form::Loose, Evidence::UnusualGroups);
    evidence.add_if(reading.form == Form::LostZero, Evidence::LostZero);
    evidence.add_if(checksum == Checksum::Passes, Evidence::Checksum);
    evidence.add_if(checksum == Checksum::IssuedWithout, Evidence::IssuedWithoutChecksum);
    evidence.add_if(reading.long_year, Evidence::FourDigitYear);
    evidence.add_if(health_care, Evidence::LettersInSerial);
    evidence.add_if(reading.cpr.kind() == Kind::RaisedDay, Evidence::RaisedDay);
    evidence.add_if(reading.letters, Evidence::LettersAsDigits);
    evidence.add_if(joined, Evidence::PartOfLonger);
    evidence.add_if(time, Evidence::MayBeTime);
    evidence.add_if(reading.year_like, Evidence::MayBeYear);
    evidence.add_if(postcode, Evidence::MayBePostcode);
    evidence.add_if(account, Evidence::MayBeAccount);
    Some(Hit { reading, grade, evidence, says })
}

/// Does a number in a usual form start within these groups? Then that is the one: "1203 010203-1234".
fn holds_a_usual_form(codes: &[u8], start: usize, end: usize) -> bool {
    (start + 1..end).any(|at| {
        let starts_group = codes.get(at - 1..=at).is_some_and(
            |pair| matches!(pair, [before, here] if sym::digit(*before).is_none() && sym::digit(*here).is_some()),
        );
        starts_group && read(codes, at, false).is_some_and(|inner| !matches!(inner.form, Form::Loose | Form::LostZero))
    })
}

/// Is it the next of a list: after the candidate before come only signs and at most one short word?
fn goes_on(codes: &[u8], start: usize, previous: &Previous) -> bool {
    let between = previous.end.and_then(|end| codes.get(end..start));
    between.is_some_and(|between| {
        let letters = between.iter().filter(|&&code| sym::is_letter(code)).count();
        between.len() <= 12 && letters <= 4 && !between.iter().any(|&code| sym::digit(code).is_some())
    })
}

//! Finding CPR numbers in text.

use std::{cell::OnceCell, ops::Range};

use super::{
    context::{ContextWords, Hints, Says},
    date::{Date, RELEASED},
    form::{Form, Outline, Reading, outline, read},
    grade::{Evidence, EvidenceSet, Facts, Grade, grade, is_nothing_unless_named},
    lexicon::APPOINTMENTS,
    number::{Checksum, Cpr, Kind, Masked},
    prefilter::has_digits,
    rivals::{self, Age, Rival},
    slip,
    surroundings::Surroundings,
    window::{Window, value},
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
    /// The number; `None` where a digit is wrong, missing or too many.
    pub cpr: Option<Cpr>,
    /// What the grade was decided from.
    pub evidence: EvidenceSet,
    masked: Masked,
}

impl Candidate {
    /// The number with the serial hidden, `010203-••••`.
    #[must_use]
    pub fn masked(&self) -> Masked {
        self.masked
    }
}

/// Finds the CPR numbers in a subject line, in order and never overlapping.
///
/// Takes any text: time is linear in its length, and nothing is allocated when nothing is found. The subject counts as
/// written on the day of the release; [`find_on`] takes another day.
#[must_use]
pub fn find(subject: &str, words: &ContextWords) -> Vec<Candidate> {
    find_on(subject, words, Some(RELEASED))
}

/// [`find`] for a subject written on that day. Without a day no date is near and nobody unborn, and at least as much is
/// found as on any day.
#[must_use]
pub fn find_on(subject: &str, words: &ContextWords, day: Option<Date>) -> Vec<Candidate> {
    let mut found = Vec::new();
    scan(subject, words, day, |candidate| found.push(candidate));
    found
}

/// [`find_on`] without a list: hands each candidate to `found`.
pub fn scan(text: &str, words: &ContextWords, day: Option<Date>, found: impl FnMut(Candidate)) {
    if has_digits(text.as_bytes()) {
        scan_prefiltered(text, words, day, found);
    }
}

/// [`find_on`] for the end of a text, from a byte on that begins a line: what stands before it is read for its words only.
pub(crate) fn find_from(text: &str, from: usize, words: &ContextWords, day: Date) -> Vec<Candidate> {
    if !has_digits(text.get(from..).unwrap_or_default().as_bytes()) {
        return Vec::new();
    }
    let mut found = find_on(text, words, Some(day));
    found.retain(|candidate| candidate.bytes.start >= from);
    found
}

/// [`scan`] for a text that the prefilter let through.
pub(super) fn scan_prefiltered(text: &str, words: &ContextWords, day: Option<Date>, mut found: impl FnMut(Candidate)) {
    let context = Context { words, day };
    let mut window = Window::new(text);
    let mut utf16 = Utf16::new(text);
    let mut previous = Previous::default();
    loop {
        let starts = window.first_to_last();
        let mut at = starts.start.max(previous.end.unwrap_or_default());
        let (line, mut places) = (Line::new(window.codes(), words), window.places());
        let end = starts.end.min(line.end_of_starts());
        while let Some(start) = line.next_start(at..end) {
            let Some(hit) = line.candidate_at(start, &previous, &context) else {
                at = line.after_run(start);
                continue;
            };
            previous = Previous { end: Some(hit.end), says: hit.says };
            let bytes = places.bytes_of(start).start..places.bytes_of(hit.end - 1).end;
            at = hit.end;
            found(Candidate {
                at: utf16.units_at(bytes.start)..utf16.units_at(bytes.end),
                bytes,
                grade: hit.grade,
                cpr: hit.cpr,
                evidence: hit.evidence,
                masked: hit.masked,
            });
        }
        let Some(moved) = window.advance() else { return };
        previous.end = previous.end.and_then(|end| end.checked_sub(moved));
    }
}

/// The fewest digits of anything that is found, but where letters stand for digits: `130878-1OS6`, `5/3-31-1650`.
const FEWEST_DIGITS: usize = 8;

/// The symbols of a window, and what is asked of them once.
struct Line<'a> {
    codes: &'a [u8],
    /// May letters stand for digits? One of them is beside a digit then.
    has_letters_as_digits: bool,
    words: &'a ContextWords,
    hints: OnceCell<Hints>,
}

impl<'a> Line<'a> {
    fn new(codes: &'a [u8], words: &'a ContextWords) -> Self {
        let is_digit = |code: u8| sym::digit(code).is_some();
        let is_like_one = |code: u8| matches!(code, b'O' | b'o' | b'I' | b'l' | b'|');
        let pairs = codes.iter().zip(codes.get(1..).unwrap_or_default());
        let has_letters_as_digits =
            pairs.fold(false, |any, (&a, &b)| any | (is_digit(a) & is_like_one(b)) | (is_like_one(a) & is_digit(b)));
        Self { codes, has_letters_as_digits, words, hints: OnceCell::new() }
    }

    /// The place after the last one where a number may start: digits enough follow.
    fn end_of_starts(&self) -> usize {
        let mut digits = self.codes.iter().rev().enumerate().filter(|(_, code)| sym::digit(**code).is_some());
        match digits.nth(FEWEST_DIGITS - 1) {
            _ if self.has_letters_as_digits => self.codes.len(),
            Some((after, _)) => self.codes.len() - after,
            None => 0,
        }
    }

    fn hints(&self) -> Hints {
        *self.hints.get_or_init(|| self.words.hints(self.codes.iter().copied()))
    }

    /// Does certainly no word name a CPR number?
    fn is_unnamed(&self, previous: &Previous) -> bool {
        previous.says != Says::Cpr && !self.hints().names_cpr
    }

    /// The place after the digits from here on, or after one letter.
    fn after_run(&self, start: usize) -> usize {
        let rest = self.codes.get(start..).unwrap_or_default();
        let digits = rest.iter().take_while(|&&code| sym::digit(code).is_some()).count();
        start + digits.max(1)
    }

    /// The first place where a group may start.
    fn next_start(&self, within: Range<usize>) -> Option<usize> {
        let from = within.start;
        let letters = self.has_letters_as_digits;
        let mut codes = self.codes.get(within)?.iter();
        codes.position(|&code| value(code, letters).is_some()).map(|passed| from + passed)
    }
}

/// The candidate before, which a list goes on from.
#[derive(Default)]
struct Previous {
    end: Option<usize>,
    says: Says,
}

/// What is known beside the text.
struct Context<'a> {
    words: &'a ContextWords,
    /// The day on which the text is written.
    day: Option<Date>,
}

struct Hit {
    end: usize,
    cpr: Option<Cpr>,
    masked: Masked,
    grade: Grade,
    evidence: EvidenceSet,
    says: Says,
}

impl Line<'_> {
    fn candidate_at(&self, at: usize, previous: &Previous, context: &Context<'_>) -> Option<Hit> {
        let codes = self.codes;
        let code = *codes.get(at)?;
        let before = at.checked_sub(1).and_then(|before| codes.get(before)).copied().unwrap_or(b' ');
        if sym::digit(before).is_some() {
            return None;
        }
        let strict = || match outline(codes, at) {
            Outline::Nothing => None,
            Outline::Gross if self.is_unnamed(previous) => None,
            _ => self.judge(at, read(codes, at, false)?, previous, context),
        };
        let lenient = || {
            // A letter that is glued to a word belongs to the word.
            if !self.has_letters_as_digits || (sym::is_letter(before) && sym::digit(code).is_none()) {
                return None;
            }
            let reading = read(codes, at, true).filter(|reading| reading.letters_as_digits)?;
            let next = codes.get(reading.end).copied().unwrap_or(b' ');
            if sym::is_letter(next) {
                return None;
            }
            self.judge(at, reading, previous, context)
        };
        strict().or_else(lenient).or_else(|| self.named_at(at, code, context))
    }

    /// A number that is named, with a slip in it or split by words.
    fn named_at(&self, at: usize, code: u8, context: &Context<'_>) -> Option<Hit> {
        if sym::digit(code).is_none() || !self.hints().slip {
            return None;
        }
        let slip = slip::named(self.codes, at, context.words)
            .or_else(|| slip::split_by_words(self.codes, at, context.words))?;
        let mut evidence = EvidenceSet::default();
        evidence.add(Evidence::CprWord);
        evidence.add(if slip.cpr.is_some() { Evidence::UnusualGroups } else { Evidence::Slip });
        let masked = Masked::of(slip.head);
        Some(Hit { end: slip.end, cpr: slip.cpr, masked, grade: Grade::Possible, evidence, says: Says::Cpr })
    }

    fn judge(&self, at: usize, reading: Reading, previous: &Previous, context: &Context<'_>) -> Option<Hit> {
        let codes = self.codes;
        if reading.is_gross() && !reading.letters_as_digits && self.is_unnamed(previous) {
            return None;
        }
        let surroundings = Surroundings::new(codes, at, &reading, previous.end);
        let (age, near) = rivals::age(&reading, context.day);
        let checksum = reading.cpr.checksum();
        let joined = surroundings.is_joined();
        let health_care = reading.cpr.kind() == Kind::HealthCare;
        let mut rivals = rivals::rivals(&surroundings, &reading, age, near, context.day);
        rivals.add_if(reading.form == Form::Loose && !reading.even, Rival::Uneven);
        let unsure_letters = health_care && (reading.small_letters || reading.form != Form::Hyphen);
        rivals.add_if(unsure_letters, Rival::UnsureLetters);
        let mut facts = Facts {
            form: reading.form,
            says: Says::Nothing,
            backed: matches!(checksum, Checksum::Passes | Checksum::IssuedWithout),
            joined,
            letters_as_digits: reading.letters_as_digits,
            roomy: rivals::is_roomy(&reading),
            gross: reading.is_gross(),
            age,
            rivals,
        };
        // Looking up words and other readings is what takes time.
        let unnamed = self.is_unnamed(previous);
        if unnamed && is_nothing_unless_named(&facts) {
            return None;
        }
        if holds_a_better_reading(codes, at, &reading) || surroundings.is_something_else() {
            return None;
        }
        facts.says = match context.words.say(surroundings.before(), surroundings.after(), near, unnamed) {
            // What names a CPR number names those of a list, and not a date and a time after it.
            Says::Nothing
                if matches!(previous.says, Says::Cpr | Says::Person)
                    && !unusual(&reading)
                    && !rivals.any(Rival::DATED)
                    && goes_on(codes, at, previous) =>
            {
                previous.says
            }
            says => says,
        };
        let says = facts.says;
        if says == Says::Person && rivals.any(Rival::SET) {
            facts.rivals.add_if(surroundings.has_before(APPOINTMENTS), Rival::Appointment);
        }
        let grade = grade(&facts)?;

        let mut evidence = EvidenceSet::default();
        evidence.add(Evidence::Date);
        evidence.add_if(says == Says::Cpr, Evidence::CprWord);
        evidence.add_if(says == Says::Person, Evidence::PersonWord);
        let other = matches!(says, Says::Unsure | Says::ProductionUnit | Says::Series | Says::Other);
        evidence.add_if(other, Evidence::OtherNumberWord);
        evidence.add_if(matches!(reading.form, Form::Hyphen | Form::Space | Form::Mark), Evidence::Separator);
        evidence.add_if(reading.form == Form::Loose, Evidence::UnusualGroups);
        evidence.add_if(reading.form == Form::LostZero, Evidence::LostZero);
        evidence.add_if(checksum == Checksum::Passes, Evidence::Checksum);
        evidence.add_if(checksum == Checksum::IssuedWithout, Evidence::IssuedWithoutChecksum);
        evidence.add_if(reading.long_year, Evidence::FourDigitYear);
        evidence.add_if(health_care, Evidence::LettersInSerial);
        evidence.add_if(reading.cpr.kind() == Kind::RaisedDay, Evidence::RaisedDay);
        evidence.add_if(reading.letters_as_digits, Evidence::LettersAsDigits);
        evidence.add_if(joined, Evidence::PartOfLonger);
        evidence.add_if(age == Age::Hundred, Evidence::NearDay);
        evidence.add_if(age == Age::Unborn, Evidence::Slip);
        for rival in rivals.iter() {
            rival.evidence().into_iter().for_each(|one| evidence.add(one));
        }
        Some(Hit { end: reading.end, masked: reading.cpr.masked(), cpr: Some(reading.cpr), grade, evidence, says })
    }
}

fn unusual(reading: &Reading) -> bool {
    matches!(reading.form, Form::Loose | Form::LostZero)
}

/// Does a better reading start within these groups? Then that is the one: "1203 010203-1234", "16/09 - 100379 - 1721".
fn holds_a_better_reading(codes: &[u8], start: usize, reading: &Reading) -> bool {
    let rank = reading.rank();
    rank < Reading::BEST
        && (start + 1..reading.end).any(|at| {
            let starts_group = codes.get(at - 1..=at).is_some_and(
                |pair| matches!(pair, [before, here] if sym::digit(*before).is_none() && sym::digit(*here).is_some()),
            );
            starts_group
                && outline(codes, at) == Outline::Form
                && read(codes, at, false).is_some_and(|inner| inner.rank() > rank)
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::{Candidate, Grade, find};
    use crate::cpr::ContextWords;
    use crate::cpr::lines::tests::{in_buffer, line_by_line};

    fn found(subject: &str) -> Vec<Candidate> {
        find(subject, &ContextWords::default())
    }

    #[test]
    fn finds_places_grades_and_evidence() {
        use Grade::{Certain, Possible};
        type Case = (&'static str, &'static str, &'static [(usize, usize, Grade, &'static [&'static str])]);
        let cases: &[Case] = &[
            ("plain", "Vedr. 010203-1234", &[(6, 17, Certain, &["separator", "date"])]),
            ("passes", "070761-4285", &[(0, 11, Certain, &["separator", "checksum", "date"])]),
            ("bare", "om 0102031234", &[(3, 13, Possible, &["date"])]),
            ("named", "CPR 0102031234", &[(4, 14, Certain, &["cpr-word", "date"])]),
            ("after æ and an emoji", "æ😀 010203-1234", &[(4, 15, Certain, &["separator", "date"])]),
            ("a letter", "O10203-1234", &[(0, 11, Possible, &["separator", "date", "letters-as-digits"])]),
            ("health care", "130878-1OS6", &[(0, 11, Certain, &["separator", "letters-in-serial", "date"])]),
            ("raised", "610203-1234", &[(0, 11, Certain, &["separator", "raised-day", "date"])]),
            ("listed", "0101651112", &[(0, 10, Certain, &["issued-without-checksum", "date"])]),
            ("long year", "01.02.1903-1234", &[(0, 15, Certain, &["separator", "four-digit-year", "date"])]),
            ("account", "konto 0102031234", &[(6, 16, Possible, &["date", "other-number-word"])]),
            (
                "a list goes on",
                "cpr 0102031234 og 0203041234",
                &[(4, 14, Certain, &["cpr-word", "date"]), (18, 28, Certain, &["cpr-word", "date"])],
            ),
            ("entity within", "010203&ndash;1234", &[(0, 17, Certain, &["separator", "date"])]),
            ("marks at the end", "010203-1234\u{332}.", &[(0, 12, Certain, &["separator", "date"])]),
            ("none", "300297-1234", &[]),
        ];
        for (name, subject, expected) in cases {
            let found = found(subject);
            let shown: Vec<(usize, usize, Grade, Vec<&str>)> = found
                .iter()
                .map(|c| (c.at.start, c.at.end, c.grade, c.evidence.iter().map(|evidence| evidence.name()).collect()))
                .collect();
            let expected: Vec<_> = expected.iter().map(|&(a, b, grade, names)| (a, b, grade, names.to_vec())).collect();
            assert_eq!(shown, expected, "{name}");
        }
    }

    /// Each form beside what is nearly one: another mark, a digit or a letter more, a day or a month that does not exist.
    #[test]
    fn a_form_and_what_is_nearly_one() {
        use Grade::{Certain, Possible};
        let cases = [
            ("1308781OS6", Some((0..10, Possible))),
            ("13-08-78-1OS6", Some((0..13, Certain))),
            ("13/08-78-1OS6", Some((0..13, Certain))),
            ("13.08-78-1OS6", None),
            ("13.08.78 1OS6", Some((0..13, Possible))),
            ("130878 1OS6", Some((0..11, Possible))),
            ("130878-1OS6a", None),
            ("130878-1OS67", None),
            ("130878-1XX6", None),
            ("130878-1XY6", Some((0..11, Certain))),
            ("130878-1O46", Some((0..11, Possible))),
            ("O30878-1OS6", None),
            ("O10203-1lO2", Some((0..11, Possible))),
            ("130878-1os6", Some((0..11, Possible))),
            ("130878-1Os6", Some((0..11, Possible))),
            ("130878-1oS6", Some((0..11, Possible))),
            ("v13.08.78-1OS6", None),
            ("v130878-1OS6", Some((1..12, Possible))),
            ("4571 130878 1OS6", Some((5..16, Possible))),
            ("4571 130878-1OS6", Some((5..16, Certain))),
            ("130878-1OS", None),
            ("130878-1OSS", None),
            ("330878-1OS6", None),
            ("131378-1OS6", None),
            ("1308-78-1OS6", None),
            ("130878    1OS6", Some((0..14, Possible))),
            ("130878--1OS6", Some((0..12, Certain))),
            ("01 02 03 12 34", Some((0..14, Possible))),
            ("01-02-03-12-34", None),
            ("01 02 03-12 34", Some((0..14, Possible))),
            ("01 02-03 12 34", None),
            ("01.02.03.1234", Some((0..13, Possible))),
            ("01.02.03/1234", Some((0..13, Possible))),
            ("01.02-03/1234", None),
            ("01/02-03 1234", Some((0..13, Certain))),
            ("10.11.12.2023", None),
            ("10/12-14 2023", None),
            ("01-02-03 2019", None),
            ("01-02-03-2019", Some((0..13, Possible))),
            ("01 02 03 1899", Some((0..13, Certain))),
            ("01 02 03 2100", Some((0..13, Certain))),
            ("01.02.2003-1234", None),
            ("01.02.2003-4234", Some((0..15, Certain))),
            ("010219031234", None),
            ("01 02 1903 1234", Some((0..15, Certain))),
            ("10203-1234", None),
            ("01.02.031234", Some((0..12, Possible))),
            ("01x02x031234", None),
            ("010203:1234", None),
            ("010203   1234", Some((0..13, Certain))),
            ("010203_1234", Some((0..11, Possible))),
            ("010203____1234", Some((0..14, Possible))),
            ("010203/1234", Some((0..11, Possible))),
            ("010203/1234 12", Some((0..11, Possible))),
            ("01 02 03 12 34 12", None),
            ("0102-03 1234", None),
            ("0707 61 4285", Some((0..12, Possible))),
            ("0707-61-4285", Some((0..12, Possible))),
            ("0707-61 4285", None),
            ("0707,61,4285", None),
            ("0102 03 1234", None),
            ("0102-03-1234", None),
            ("1203 010203-1234", Some((5..16, Certain))),
            ("CPR 1203 010203-1234", Some((9..20, Certain))),
            ("1203 0102031234", Some((5..15, Possible))),
            ("12 03 01 02 03-1234", Some((6..19, Certain))),
            ("9010203-1234", None),
            ("90102031234", None),
            ("9-0102031234", None),
            ("010203, 1234", None),
            ("01. 02. 03 1234", Some((0..15, Certain))),
            ("010203 12 34", Some((0..12, Possible))),
            ("010203 12 34 56", None),
            ("010203.-1234", Some((0..12, Possible))),
            ("24/09 48-3441", Some((0..13, Certain))),
            ("24/09 18-3441", None),
            ("01020 31234", None),
            ("320203-1234", None),
            ("010003-1234", None),
            ("000203-1234", None),
            ("600203-1234", None),
            ("610203-1234", Some((0..11, Certain))),
            ("910103-1234", Some((0..11, Certain))),
            ("910203-1234", None),
            ("920103-1234", None),
            ("310303-1234", Some((0..11, Certain))),
            ("011303-1234", None),
            ("011203-1234", Some((0..11, Certain))),
        ];
        for (subject, expected) in cases {
            let found: Vec<_> = found(subject).into_iter().map(|one| (one.at, one.grade)).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{subject}");
        }
    }

    /// Time must grow with the length of a text and not with its square: ten times the text, far less than a hundred
    /// times the time.
    #[test]
    #[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the engine asks no clock; this test does")]
    fn hostile_texts_take_linear_time() {
        let units = [
            ("digits", "7"),
            ("dashes", "-"),
            ("combining marks", "\u{301}"),
            ("zero-width spaces", "\u{200b}"),
            ("spaced digits", "1 "),
            ("pairs", "01 "),
            ("halves of numbers", "010203 "),
            ("numbers", "010203-1234 "),
            ("ampersands", "&"),
            ("half entities", "1&#x20"),
            ("percent signs", "1%E2%80"),
            ("words", "1 cpr nr "),
            ("letters as digits", "O1"),
            ("full stops in words", "1a.b-"),
        ];
        for (name, unit) in units {
            let time = |bytes: usize| {
                let text = ["010203-1234 ", &unit.repeat(bytes / unit.len()), " 010203-1234"].concat();
                let start = std::time::Instant::now();
                let count = found(&text).len();
                assert!(count >= 1 || name == "ampersands", "{name}: {count}");
                start.elapsed()
            };
            let short = time(30_000).max(Duration::from_millis(20));
            let long = time(300_000);
            assert!(long < 40 * short, "{name}: {short:?} for 30 kB, {long:?} for 300 kB");
        }
        for unit in ["7", "-", "\u{301}"] {
            assert_eq!(found(&unit.repeat(10_000_000 / unit.len())).len(), 0);
        }
    }

    /// Numbers as they are written, and with one character that is another.
    fn numbers_and_nearly() -> impl Strategy<Value = String> {
        let forms = proptest::sample::select(vec![
            "010203-1234",
            "0102031234",
            "01 02 03-12 34",
            "130878-1OS6",
            "1308781OS6",
            "010203-12OO",
            "O10203-l234",
            "0 1 0 2 0 3 - 1 2 3 4",
            "102031234",
            "10203-1234",
            "010203––1234",
            "01.02.1903-1234",
            "0707 61 4285",
            "٠١٠٢٠٣-١٢٣٤",
            "010203&ndash;1234",
            "0102\u{ad}031234",
            "130878            1OS6",
        ]);
        let other = proptest::sample::select(vec!['O', 'o', 'l', 'I', '|', '0', '9', ' ', '–', 'a', '.']);
        (forms, proptest::option::of((0..24_usize, other))).prop_map(|(form, change)| {
            let written = |(at, c)| match change {
                Some((place, other)) if place == at => other,
                _ => c,
            };
            form.chars().enumerate().map(written).collect()
        })
    }

    /// Texts of what numbers and their neighbours are made of.
    fn like_subjects() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => numbers_and_nearly(),
            2 => "[a-z]{1,8}",
            4 => "[0-9]{1,12}",
            2 => "0[1-9]0[1-9][0-9]{2}",
            2 => "[0-9]{4}",
            3 => "[-–. /_,:+()>?]{1,3}",
            1 => proptest::sample::select(vec![
                "cpr ", "CPR-nr.: ", "født ", "konto ", "faktura ", "O", "l", "1OS6", "&nbsp;", "&shy;", "%20", "\u{200b}",
                "\u{301}", "\u{ad}", "٣", "𝟘", "æ", "😀", "Â\u{a0}", "â€“", "v", "x", " ", "\u{a0}", "kr.", "\u{34f}", "|",
            ]).prop_map(String::from),
            1 => "\\PC{0,4}",
        ];
        proptest::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_on_boundaries(subject in like_subjects()) {
            let mut last = 0;
            for candidate in found(&subject) {
                prop_assert!(candidate.bytes.start >= last && candidate.bytes.start < candidate.bytes.end);
                last = candidate.bytes.end;
                let within = subject.get(candidate.bytes.clone());
                prop_assert!(within.is_some(), "not on boundaries");
                let units = |bytes| subject[..bytes].encode_utf16().count();
                prop_assert_eq!(candidate.at, units(candidate.bytes.start)..units(candidate.bytes.end));
            }
        }

        #[test]
        fn any_text_is_taken(subject in any::<String>()) {
            let _ = found(&subject);
        }

        #[test]
        fn the_place_in_a_text_changes_nothing(subject in like_subjects(), words in 30_usize..200) {
            let at = |words: usize| {
                let filler = "ord ".repeat(words);
                let text = [&filler, subject.as_str()].concat();
                found(&text)
                    .into_iter()
                    .map(|c| (c.bytes.start - filler.len(), c.bytes.end - filler.len(), c.grade, c.evidence))
                    .collect::<Vec<_>>()
            };
            prop_assert_eq!(at(words), at(29));
        }

        #[test]
        fn a_buffer_of_lines_holds_what_its_lines_hold(lines in proptest::collection::vec(like_subjects(), 0..50)) {
            let lines: Vec<String> = lines.iter().map(|line| line.replace('\n', " ")).collect();
            let text = lines.join("\n");
            prop_assert_eq!(in_buffer(text.as_bytes()), line_by_line(&lines));
        }
    }
}

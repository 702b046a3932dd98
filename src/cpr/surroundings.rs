//! What a candidate is part of.

use super::{
    context::{AFTER, BEFORE, has_word_ending_in},
    form::{Form, Reading, read},
    word_list::WordList,
};
use crate::text::sym;

/// A candidate in its window.
pub(super) struct Surroundings<'a> {
    codes: &'a [u8],
    start: usize,
    reading: &'a Reading,
    /// The end of the candidate before it.
    previous_end: Option<usize>,
}

/// Joints that make numbers part of something longer: "4711-010203-1234".
const JOINTS: [u8; 4] = *b"-./+";

impl<'a> Surroundings<'a> {
    pub(super) fn new(codes: &'a [u8], start: usize, reading: &'a Reading, previous_end: Option<usize>) -> Self {
        Self { codes, start, reading, previous_end }
    }

    /// The text before it, as far as it is looked at.
    pub(super) fn before(&self) -> &'a [u8] {
        self.codes.get(self.start.saturating_sub(BEFORE)..self.start).unwrap_or_default()
    }

    /// The text after it, as far as it is looked at.
    pub(super) fn after(&self) -> &'a [u8] {
        let rest = self.codes.get(self.reading.end..).unwrap_or_default();
        rest.get(..AFTER).unwrap_or(rest)
    }

    /// Is it certainly something else: a GUID, a long hexadecimal number, a version?
    pub(super) fn is_something_else(&self) -> bool {
        self.is_in_guid() || self.is_in_hexadecimal() || self.is_version()
    }

    /// Is it joined to other digits or to a code?
    pub(super) fn is_joined(&self) -> bool {
        (self.is_joined_before() && !self.is_after_branch())
            || self.is_joined_after()
            || self.is_in_code_before()
            || self.is_in_code_after()
            || self.is_in_row()
    }

    /// Ten digits after the four of a bank's branch: "2518-0308449092".
    pub(super) fn is_after_branch(&self) -> bool {
        self.reading.form == Form::Bare
            && match self.before() {
                [before @ .., b'-' | b' ' | b'.'] => group_before(before) == 4,
                _ => false,
            }
            && !self.follows_a_candidate()
    }

    /// Does one of the words before it end in one of these?
    pub(super) fn has_before(&self, endings: &WordList) -> bool {
        has_word_ending_in(self.before(), endings)
    }

    /// Does the name of a file end with it: "….pdf"?
    pub(super) fn is_file_name(&self) -> bool {
        matches!(self.after(), [b'.', rest @ ..] if matches!(leading_letters(rest), 3 | 4))
    }

    fn follows_a_candidate(&self) -> bool {
        self.previous_end.is_some_and(|end| end + 1 == self.start)
    }

    /// Is it joined to digits before it, and not to those of a candidate?
    pub(super) fn is_joined_before(&self) -> bool {
        match self.before() {
            // A number with a country code; a list has a candidate before the sign.
            [.., b'+'] if self.reading.form == Form::Bare => !self.follows_a_candidate(),
            [.., other, joint] if JOINTS.contains(joint) => sym::digit(*other).is_some() && !self.follows_a_candidate(),
            _ => false,
        }
    }

    fn is_joined_after(&self) -> bool {
        match self.after() {
            [b',', a, b, rest @ ..] if self.reading.form == Form::Bare => {
                // The decimals of an amount.
                sym::digit(*a).is_some() && sym::digit(*b).is_some() && leading_digits(rest) == 0
            }
            [joint, other, ..] if JOINTS.contains(joint) => {
                sym::digit(*other).is_some() && read(self.codes, self.reading.end + 1, false).is_none()
            }
            _ => false,
        }
    }

    /// Glued to letters before it that are no word: "AB0102031234", "KMD-0102031234".
    fn is_in_code_before(&self) -> bool {
        let before = match self.before() {
            [before @ .., b'-'] => before,
            before => before,
        };
        let hyphen = before.len() < self.before().len();
        let letters = trailing_letters(before);
        let (rest, run) = before.split_at_checked(before.len() - letters).unwrap_or_default();
        if run.is_empty() {
            return false;
        }
        let capitals = run.iter().all(|&code| sym::lower(code) != code);
        let mixed = rest.last().is_some_and(|&code| sym::digit(code).is_some());
        mixed || capitals || (!hyphen && run.len() <= 3 && !is_small_word(run))
    }

    /// Glued to letters after it that are no word: "0102031234AB", "010203-1234ab12".
    fn is_in_code_after(&self) -> bool {
        let letters = leading_letters(self.after());
        let (run, rest) = self.after().split_at_checked(letters).unwrap_or_default();
        if run.is_empty() {
            return false;
        }
        let mixed = leading_digits(rest) > 0 && !matches!(run, b"v" | b"V");
        let code = run.len() <= 2 || run.iter().all(|&code| sym::lower(code) != code);
        mixed || (self.reading.form == Form::Bare && code && !is_small_word(run))
    }

    /// Groups of digits by spaces that go on before or after it: a card, an account.
    fn is_in_row(&self) -> bool {
        let Reading { spaced, split_date, split_serial, .. } = *self.reading;
        if !(spaced || split_serial) {
            return false;
        }
        let before = match self.before() {
            [before @ .., b' '] if !self.follows_a_candidate() => group_before(before),
            _ => 0,
        };
        let after = match self.after() {
            [b' ', after @ ..] if read(self.codes, self.reading.end + 1, false).is_none() => leading_digits(after),
            _ => 0,
        };
        match split_serial {
            true => before > 0 || after > 0,
            false if split_date => before == 2 || before >= 4 || after >= 3,
            false => before >= 4 || after >= 3,
        }
    }

    /// A GUID: 8, 4, 4, 4 and 12 hexadecimal digits.
    fn is_in_guid(&self) -> bool {
        let within = |&&code: &&u8| is_hexadecimal(code) || code == b'-';
        let before = self.before().iter().rev().take_while(within).count();
        let after = self.after().iter().take_while(within).count();
        let (from, to) = (self.start - before, self.reading.end + after);
        to - from == 36
            && self.codes.get(from..to).is_some_and(|guid| {
                guid.iter().enumerate().all(|(at, &code)| (code == b'-') == matches!(at, 8 | 13 | 18 | 23))
            })
    }

    /// Ten digits within a hexadecimal number of 16 or more.
    fn is_in_hexadecimal(&self) -> bool {
        let hexadecimal = |&&code: &&u8| is_hexadecimal(code);
        let before = self.before().iter().rev().take_while(hexadecimal).count();
        let after = self.after().iter().take_while(hexadecimal).count();
        self.reading.form == Form::Bare && before + after >= 6
    }

    /// "v14.09.41-9591".
    fn is_version(&self) -> bool {
        self.reading.split_date
            && matches!(self.before(), [b'v' | b'V'] | [.., b' ' | b'(' | b'-' | b'_' | b',' | b':', b'v' | b'V'])
    }
}

/// Short words that people forget the space after.
fn is_small_word(run: &[u8]) -> bool {
    const WORDS: [&[u8]; 12] =
        [b"om", b"p\xe5", b"af", b"nr", b"for", b"til", b"med", b"og", b"i", b"er", b"hos", b"ang"];
    WORDS.iter().any(|word| word.iter().copied().eq(run.iter().map(|&code| sym::lower(code))))
}

fn is_hexadecimal(code: u8) -> bool {
    sym::digit(code).is_some() || code.is_ascii_hexdigit()
}

/// The length of the group of digits at the end; 0 if it belongs to a letter: "afd. B12".
fn group_before(codes: &[u8]) -> usize {
    let digits = codes.iter().rev().take_while(|&&code| sym::digit(code).is_some()).count();
    let letter = codes.iter().rev().nth(digits).is_some_and(|&code| sym::is_letter(code));
    if letter { 0 } else { digits }
}

fn leading_digits(codes: &[u8]) -> usize {
    codes.iter().take_while(|&&code| sym::digit(code).is_some()).count()
}

fn trailing_letters(codes: &[u8]) -> usize {
    codes.iter().rev().take_while(|&&code| sym::is_letter(code)).count()
}

fn leading_letters(codes: &[u8]) -> usize {
    codes.iter().take_while(|&&code| sym::is_letter(code)).count()
}

#[cfg(test)]
mod tests {
    use crate::cpr::{ContextWords, Evidence, Grade, find};

    /// The candidates of a text: the start of each, its grade, and the evidence for something else than a CPR number.
    fn candidates(text: &str) -> Vec<(usize, Grade, Vec<&'static str>)> {
        let else_than_cpr =
            [Evidence::PartOfLonger, Evidence::MayBeTime, Evidence::MayBePostcode, Evidence::MayBeAccount];
        find(text, &ContextWords::default())
            .iter()
            .map(|one| {
                let evidence = else_than_cpr.into_iter().filter(|&evidence| one.evidence.contains(evidence));
                (one.at.start, one.grade, evidence.map(Evidence::name).collect())
            })
            .collect()
    }

    #[test]
    fn each_thing_and_what_is_nearly_one() {
        use Grade::{Certain, Possible};
        const LONGER: &[&str] = &["part-of-longer"];
        const TIME: &[&str] = &["may-be-time"];
        const POSTCODE: &[&str] = &["may-be-postcode"];
        const ACCOUNT: &[&str] = &["may-be-account"];
        type Expected = (usize, Grade, &'static [&'static str]);
        let cases: &[(&str, &[Expected])] = &[
            // A date and a time.
            ("mandag d. 010203 1430", &[(10, Possible, TIME)]),
            ("mandag d. 010203 2359", &[(10, Possible, TIME)]),
            ("mandag d. 010203 2400", &[(10, Certain, &[])]),
            ("mandag d. 010203 1460", &[(10, Certain, &[])]),
            ("mandag d. 010203-1430", &[(10, Certain, &[])]),
            ("mandag d. 130878 1OS6", &[(10, Possible, &[])]),
            // A date and a postcode.
            ("født 01.02.1975 1200 Nyborg", &[(5, Possible, POSTCODE)]),
            ("født 01.02.1975 0999 Nyborg", &[(5, Certain, &[])]),
            ("født 01.02.1975 1200 nyborg", &[(5, Certain, &[])]),
            ("født 01.02.1975-1200 Nyborg", &[(5, Certain, &[])]),
            ("født 01.02.75 1200 Nyborg", &[(5, Certain, &[])]),
            // Joined by a sign to other digits, or the next of a list.
            ("12-010203-1234", &[(3, Possible, LONGER)]),
            ("a-010203-1234", &[(2, Certain, &[])]),
            ("010203-1234-5", &[(0, Possible, LONGER)]),
            ("010203-1234-a", &[(0, Certain, &[])]),
            ("010203-1234-0203041234", &[(0, Certain, &[]), (12, Possible, &[])]),
            ("010203-1234+020304-1234", &[(0, Certain, &[]), (12, Certain, &[])]),
            ("0102031234+0203041234", &[(0, Possible, &[]), (11, Possible, &[])]),
            ("+0102031234", &[]),
            ("+010203-1234", &[(1, Certain, &[])]),
            // The decimals of an amount.
            ("0102031234,50", &[]),
            ("0102031234,5", &[(0, Possible, &[])]),
            ("0102031234,505", &[(0, Possible, &[])]),
            ("0102031234,5a", &[(0, Possible, &[])]),
            ("0102031234,a5", &[(0, Possible, &[])]),
            ("010203-1234,50", &[(0, Certain, &[])]),
            // An account after its branch.
            ("2518-0102031234", &[(5, Possible, ACCOUNT)]),
            ("2518 0102031234", &[(5, Possible, ACCOUNT)]),
            ("251-0102031234", &[]),
            ("B2518 0102031234", &[(6, Possible, &[])]),
            ("2518 070761-4285", &[(5, Certain, &[])]),
            // Letters before it.
            ("KMD-0102031234", &[]),
            ("kmd-0102031234", &[(4, Possible, &[])]),
            ("AB0102031234", &[]),
            ("abc0102031234", &[]),
            ("abcd0102031234", &[(4, Possible, &[])]),
            ("om0102031234", &[(2, Possible, &[])]),
            ("9abcd010203-1234", &[(5, Possible, LONGER)]),
            ("abcdE010203-1234", &[(5, Certain, &[])]),
            ("ABCDE010203-1234", &[(5, Possible, LONGER)]),
            // Letters after it.
            ("010203-1234ab", &[(0, Certain, &[])]),
            ("0102031234ab", &[]),
            ("0102031234abc", &[(0, Possible, &[])]),
            ("0102031234ABC", &[]),
            ("0102031234og", &[(0, Possible, &[])]),
            ("010203-1234v2", &[(0, Certain, &[])]),
            ("010203-1234a2", &[(0, Possible, LONGER)]),
            // Groups that go on.
            ("010203 1234 020304 1234", &[(0, Certain, &[]), (12, Certain, &[])]),
            ("1234 010203 1234", &[(5, Possible, LONGER)]),
            ("123 010203 1234", &[(4, Certain, &[])]),
            ("12 010203 1234", &[(3, Certain, &[])]),
            ("010203 1234 123", &[(0, Possible, LONGER)]),
            ("010203 1234 12", &[(0, Certain, &[])]),
            ("1234 01 02 03 1234", &[(5, Possible, LONGER)]),
            ("123 01 02 03 1234", &[(4, Certain, &[])]),
            ("12 01 02 03 1234", &[(3, Possible, LONGER)]),
            ("1 01 02 03 1234", &[(2, Certain, &[])]),
            ("01 02 03 1234 123", &[(0, Possible, LONGER)]),
            ("01 02 03 1234 12", &[(0, Certain, &[])]),
            ("1 01 02 03 12 34", &[]),
            ("01 02 03 12 34 1", &[]),
            ("01 02 03 12 34 a", &[(0, Possible, &[])]),
            // A GUID.
            ("id abcdef01-abcd-4bcd-8def-010219031234 (cpr)", &[]),
            ("id abcdef01-abcd-4bcd-8de-010219031234 (cpr)", &[(26, Possible, LONGER)]),
            ("id abcdef01-abcd-abcde-def-010219031234 (cpr)", &[(27, Certain, &[])]),
            ("cpr: 01021903-1234-4bcd-8def-012345678901", &[]),
            ("cpr: 01021903-1234-4bcd-8def-01234567890", &[(5, Certain, LONGER)]),
            // A hexadecimal number.
            ("cpr abc0102031234abc", &[]),
            ("cpr abc0102031234ab", &[(7, Certain, LONGER)]),
            ("cpr abc010203-1234abc", &[(7, Certain, LONGER)]),
            // A version.
            ("v14.09.41-9591", &[]),
            ("(v14.09.41-9591", &[]),
            ("av14.09.41-9591", &[(2, Possible, LONGER)]),
            ("v140941-9591", &[(1, Possible, LONGER)]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|&(at, grade, names)| (at, grade, names.to_vec())).collect();
            assert_eq!(candidates(text), expected, "{text}");
        }
    }
}

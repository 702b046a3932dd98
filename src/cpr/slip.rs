//! What is named as a CPR number but not written as one: a digit wrong, missing or too many, the date as a program or a
//! tired hand writes it, or the last four digits set apart by words.
//!
//! It tells nearly all of the number, so that the user is asked. Nothing here is certain.

use super::{context::ContextWords, context::Says, date::Date, form::LONGEST, number::Cpr};
use crate::text::sym;

/// A number that is named, as far as it could be read.
pub(super) struct Slip {
    /// Day, month and year as they are shown.
    pub(super) head: [u8; 6],
    pub(super) cpr: Option<Cpr>,
    /// The index after its last symbol.
    pub(super) end: usize,
}

/// How far before the digits the word may begin that names them, and how many symbols may stand between a date and the
/// last four digits. The prefilter relies on both.
const REACH: usize = 40;

/// The most groups.
const GROUPS: usize = 5;

/// The groups of digits from some place on, with nothing but a sign or two between.
#[derive(Default)]
struct Groups {
    lengths: [usize; GROUPS],
    count: usize,
    digits: [u8; 12],
    total: usize,
    end: usize,
    /// Does nothing but spaces stand before the last group?
    spaced: bool,
}

impl Groups {
    fn read(codes: &[u8], start: usize) -> Option<Self> {
        let mut groups = Self { end: start, ..Self::default() };
        loop {
            let run = codes.get(groups.end..)?.iter().map_while(|&code| sym::digit(code));
            let mut length = 0;
            for digit in run {
                *groups.digits.get_mut(groups.total)? = digit;
                groups.total += 1;
                length += 1;
            }
            *groups.lengths.get_mut(groups.count)? = length;
            groups.count += 1;
            groups.end += length;
            let rest = codes.get(groups.end..)?;
            let gap = rest.iter().take(4).take_while(|code| matches!(code, b' ' | b'-' | b'.' | b'/')).count();
            let next = rest.get(gap).is_some_and(|&code| sym::digit(code).is_some());
            if gap == 0 || gap > 3 || !next || groups.end - start > LONGEST {
                return Some(groups);
            }
            groups.spaced = rest.iter().take(gap).all(|&code| code == b' ');
            groups.end += gap;
        }
    }

    fn lengths(&self) -> &[usize] {
        self.lengths.get(..self.count).unwrap_or_default()
    }

    /// Day, month and year of two digits, if the groups are those of a CPR number but for a slip.
    fn head(&self) -> Option<[u8; 6]> {
        let [a, b, c, d, e, f, g, h, ..] = self.digits;
        match *self.lengths() {
            [6, 3..=5] | [7, 4] | [9..=11] => Some([a, b, c, d, e, f]),
            // YYYYMMDD
            [8, 4] if is_date([e, f], [g, h]) => Some([g, h, e, f, c, d]),
            [day @ 1..=2, month @ 1..=2, year @ (2 | 4), 4] if day + month < 4 => {
                let mut digits = self.digits.into_iter();
                let day = two(&mut digits, day);
                let month = two(&mut digits, month);
                let mut year = digits.skip(year - 2);
                let head = [day[0], day[1], month[0], month[1], year.next()?, year.next()?];
                (is_date(month, day) && !self.spaced).then_some(head)
            }
            _ => None,
        }
    }
}

fn two(digits: &mut impl Iterator<Item = u8>, length: usize) -> [u8; 2] {
    let first = digits.next().unwrap_or_default();
    if length == 1 { [0, first] } else { [first, digits.next().unwrap_or_default()] }
}

fn is_date([m1, m2]: [u8; 2], [d1, d2]: [u8; 2]) -> bool {
    Date::new(2000, 10 * m1 + m2, 10 * d1 + d2).is_some()
}

/// The number with a slip that starts at a symbol.
pub(super) fn named(codes: &[u8], start: usize, words: &ContextWords) -> Option<Slip> {
    let groups = Groups::read(codes, start)?;
    let head = groups.head()?;
    let after = codes.get(groups.end..).unwrap_or_default();
    let goes_on = match after {
        [b'-' | b'.' | b'/', next, ..] => sym::digit(*next).is_some() || matches!(next, b'x' | b'X'),
        [next, ..] => sym::is_letter(*next) || *next == b'*',
        [] => false,
    };
    let before = codes.get(start.saturating_sub(REACH)..start)?;
    (!goes_on && words.names_cpr(before)).then_some(Slip { head, cpr: None, end: groups.end })
}

/// The number that starts with a date at a symbol and whose last four digits words set apart: "født 010283, de sidste
/// fire er 1234".
pub(super) fn split_by_words(codes: &[u8], start: usize, words: &ContextWords) -> Option<Slip> {
    let groups = Groups::read(codes, start)?;
    if !matches!(groups.lengths(), [6] | [2, 2, 2]) {
        return None;
    }
    let rest = codes.get(groups.end..)?;
    let (between, serial) = between(rest)?;
    let names = holds(between, b"cpr");
    if !(names || holds(between, b"sidste") || holds(between, b"l\xf8benr") || holds(between, b"l\xf8benummer")) {
        return None;
    }
    let before = codes.get(..start)?;
    let about = words.say(before.get(before.len().saturating_sub(REACH)..)?, &[], false, false);
    if !names && !matches!(about, Says::Cpr | Says::Person) {
        return None;
    }
    let mut text = [b'0'; 10];
    let digits = groups.digits.into_iter().take(6).chain(serial);
    text.iter_mut().zip(digits).for_each(|(to, digit)| *to = b'0' + digit);
    let [a, b, c, d, e, f, ..] = groups.digits;
    let cpr = Cpr::from_compact(text)?;
    Some(Slip { head: [a, b, c, d, e, f], cpr: Some(cpr), end: groups.end + between.len() + 4 })
}

/// What stands before the next four digits, and these. A single 4 is a word: "sidste 4".
fn between(rest: &[u8]) -> Option<(&[u8], [u8; 4])> {
    let mut at = 0;
    loop {
        let next = rest.get(at..)?;
        at += next.iter().take(REACH).position(|&code| sym::digit(code).is_some())?;
        let run = rest.get(at..)?.iter().map_while(|&code| sym::digit(code));
        match run.clone().count() {
            4 if at <= REACH => {
                let mut serial = [0; 4];
                serial.iter_mut().zip(run).for_each(|(to, digit)| *to = digit);
                return Some((rest.get(..at)?, serial));
            }
            1 if rest.get(at) == Some(&b'4') && at < REACH => at += 1,
            _ => return None,
        }
    }
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part.iter().copied().map(sym::lower).eq(word.iter().copied()))
}

#[cfg(test)]
mod tests {
    use crate::cpr::{ContextWords, Grade, find};

    #[test]
    fn what_is_named_with_a_slip_is_asked_about() {
        for (name, subject, shown) in [
            ("no such day", "cpr 310203-1234", Some("310203-••••")),
            ("no such month", "CPR-nr. 013203-1234", Some("013203-••••")),
            ("no such day, bare", "cprnr: 3002971234", Some("300297-••••")),
            ("a digit missing", "cpr 180184-123", Some("180184-••••")),
            ("a digit too many", "cpr 160780-09345", Some("160780-••••")),
            ("a digit too many, bare", "cpr 01020312345", Some("010203-••••")),
            ("a digit too many in the date", "cpr 0102083-1234", Some("010208-••••")),
            ("an ISO date", "cpr 19660107-3425", Some("070166-••••")),
            ("a day of one digit", "cpr 2.11.91-2331", Some("021191-••••")),
            ("day and month of one digit", "cpr nr. er 2/1-1991-2331", Some("020191-••••")),
            ("the last four apart", "født 010283, løbenr. 1234", Some("010283-••••")),
            ("the last four in words", "f. 010283, de sidste fire er 1234", Some("010283-••••")),
            ("the last 4", "f. 01.02.83, sidste 4: 1234", Some("010283-••••")),
            ("the last four, named", "010283, cpr slutter på 1234", Some("010283-••••")),
            ("not named", "Vedr. 310203-1234", None),
            ("about CPR", "CPR-kursus 310203-1234", None),
            ("eight digits", "cpr 12345678", None),
            ("a date", "cpr 2.11.1991", None),
            ("a date and a time", "cpr 2.11.26 1430", None),
            ("masked", "cpr 310203-123x", None),
            ("joined to more", "cpr 310203-1234-12", None),
            ("the last four of something", "010283, de sidste fire er 1234", None),
            ("no last four", "født 010283, mødes kl. 1234", None),
            ("far apart", "født 010283, og de sidste fire kender jeg altså ikke 1234", None),
        ] {
            let found = find(subject, &ContextWords::default());
            let expected: Vec<_> = shown.into_iter().map(|shown| (shown.to_owned(), Grade::Possible)).collect();
            let found: Vec<_> = found.iter().map(|one| (one.masked().to_string(), one.grade)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}

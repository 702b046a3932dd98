//! The number itself.

use std::fmt;

use super::date::Date;

/// A CPR number whose birth date exists.
///
/// There is no way to print it but masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Cpr {
    /// ASCII: digits, but for the two capital letters of a health-care replacement number.
    text: [u8; 10],
    kind: Kind,
    birth: Date,
}

/// The kinds of numbers in the form of a CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of the civil register, an administrative number included: they look the same.
    Ordinary,
    /// A replacement number with 60 added to the day, made by an organisation itself
    /// (CPR-kontoret, "Erstatningspersonnummer i eksterne systemer").
    RaisedDay,
    /// A replacement number of the health service (eCPR, X-eCPR, D-eCPR) with two letters in the serial, `DDMMYYCAAG`.
    HealthCare,
}

/// What modulus 11 says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// It passes.
    Passes,
    /// It does not pass, but numbers that do not have been issued for this birth date ([`WITHOUT_CHECKSUM`]).
    IssuedWithout,
    /// It does not pass. It may be valid all the same: the list of such dates is not complete.
    Fails,
    /// Organisations make these numbers without it.
    NotUsed,
}

/// Years in which numbers without modulus 11 have been issued to people born on 1 January, as CPR-kontoret listed
/// them on 2023-05-10, with the remark that the list is not kept up regularly and may be incomplete
/// (cpr.dk, "Personnumre uden kontrolciffer (modulus 11-kontrol)").
pub const WITHOUT_CHECKSUM: [u16; 26] = [
    1960, 1962, 1964, 1965, 1966, 1967, 1969, 1970, 1974, 1975, 1978, 1980, 1981, 1982, 1983, 1984, 1985, 1986, 1987,
    1988, 1989, 1990, 1991, 1992, 1994, 1995,
];

/// The weights of modulus 11 (CPR-kontoret, "Personnummeret i CPR").
const WEIGHTS: [u8; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// What is added to the day of a replacement number.
const RAISED_BY: u8 = 60;

impl Cpr {
    /// Reads `DDMMYYSSSS` or `DDMMYY-SSSS`, in ASCII, and nothing else. `None` when the form is another or the
    /// birth date does not exist. Finding numbers as people write them is [`super::find`]'s work.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact = match *text.as_bytes() {
            [a, b, c, d, e, f, b'-', g, h, i, j] | [a, b, c, d, e, f, g, h, i, j] => [a, b, c, d, e, f, g, h, i, j],
            _ => return None,
        };
        Self::from_compact(compact)
    }

    /// From the ten characters without a separator.
    pub(crate) fn from_compact(text: [u8; 10]) -> Option<Self> {
        let [d1, d2, m1, m2, y1, y2, s1, s2, s3, s4] = text;
        let two = |tens, units| Some(10 * digit(tens)? + digit(units)?);
        let (written_day, month, yy) = (two(d1, d2)?, two(m1, m2)?, two(y1, y2)?);
        let century_digit = digit(s1)?;
        digit(s4)?;
        let letters = s2.is_ascii_uppercase() && s3.is_ascii_uppercase();
        if !letters {
            two(s2, s3)?;
        }
        let (kind, day) = match written_day.checked_sub(RAISED_BY) {
            _ if letters => (Kind::HealthCare, written_day),
            Some(day) => (Kind::RaisedDay, day),
            None => (Kind::Ordinary, written_day),
        };
        let year = if letters { health_care_year(century_digit, yy) } else { year(century_digit, yy) };
        Some(Self { text, kind, birth: Date::new(year, month, day)? })
    }

    /// The number itself, to tell it from others. It must never be shown.
    pub(crate) fn key(&self) -> String {
        self.text.iter().copied().map(char::from).collect()
    }

    /// The birth date it states, with the century.
    #[must_use]
    pub fn birth_date(&self) -> Date {
        self.birth
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What modulus 11 says of it. Failing decides nothing: since 2007 numbers without it are issued when the
    /// numbers of a date are used up, and they are fully valid.
    #[must_use]
    pub fn checksum(&self) -> Checksum {
        if self.kind != Kind::Ordinary {
            return Checksum::NotUsed;
        }
        let sum: u32 =
            self.text.iter().zip(WEIGHTS).map(|(&c, weight)| u32::from(c.wrapping_sub(b'0')) * u32::from(weight)).sum();
        let listed =
            || self.birth.month() == 1 && self.birth.day() == 1 && WITHOUT_CHECKSUM.contains(&self.birth.year());
        match sum % 11 {
            0 => Checksum::Passes,
            _ if listed() => Checksum::IssuedWithout,
            _ => Checksum::Fails,
        }
    }

    /// The number with the serial hidden, `010203-••••`.
    #[must_use]
    pub fn masked(&self) -> Masked {
        let [a, b, c, d, e, f, ..] = self.text;
        Masked([a, b, c, d, e, f])
    }
}

/// Shows nothing of the number: a panic message or a log must not hold it.
impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cpr(••••••-••••)")
    }
}

/// Prints a number as `010203-••••`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Masked([u8; 6]);

impl Masked {
    /// Of the digits of a date.
    pub(super) fn of(head: [u8; 6]) -> Self {
        Self(head.map(|digit| b'0' + digit))
    }

    /// The number as `010203-••••`.
    #[must_use]
    pub fn text(self) -> String {
        let mut text: String = self.0.iter().copied().map(char::from).collect();
        text.push_str("-••••");
        text
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Masked(••••••-••••)")
    }
}

fn digit(c: u8) -> Option<u8> {
    c.is_ascii_digit().then(|| c - b'0')
}

/// The year by the seventh digit (CPR-kontoret, "Personnummeret i CPR").
fn year(seventh: u8, yy: u8) -> u16 {
    let century = match (seventh, yy) {
        (0..=3, _) => 1900,
        (4 | 9, 0..=36) => 2000,
        (4 | 9, _) => 1900,
        (_, 0..=57) => 2000,
        _ => 1800,
    };
    century + u16::from(yy)
}

/// The year of a health-care replacement number. Its century digit is 1 or 0 for the 1900s and 7 or 6 for the
/// 2000s (NSP, wiki of FMK); with another digit the year is taken as for other numbers.
fn health_care_year(century_digit: u8, yy: u8) -> u16 {
    match century_digit {
        6 | 7 => 2000 + u16::from(yy),
        _ => year(century_digit, yy),
    }
}

#[cfg(test)]
mod tests {
    use super::{Checksum, Cpr, Kind};

    #[test]
    fn reads_the_two_forms_and_no_other() {
        let cases = [
            ("hyphen", "010203-1234", true),
            ("compact", "0102031234", true),
            ("space", "010203 1234", false),
            ("too short", "010203-123", false),
            ("too long", "010203-12345", false),
            ("letters in the date", "O10203-1234", false),
            ("one letter in the serial", "010203-1A34", false),
            ("small letters in the serial", "010203-1ab4", false),
            ("other digits", "010203-123\u{664}", false),
            ("empty", "", false),
        ];
        for (name, text, reads) in cases {
            assert_eq!(Cpr::parse(text).is_some(), reads, "{name}");
        }
    }

    #[test]
    fn knows_kind_and_birth_date() {
        let cases = [
            ("1900s", "010203-0123", Kind::Ordinary, Some((1903, 2, 1))),
            ("seventh 3", "311299-3123", Kind::Ordinary, Some((1999, 12, 31))),
            ("seventh 4, low year", "010136-4123", Kind::Ordinary, Some((2036, 1, 1))),
            ("seventh 4, high year", "010137-4123", Kind::Ordinary, Some((1937, 1, 1))),
            ("seventh 9, low year", "010136-9123", Kind::Ordinary, Some((2036, 1, 1))),
            ("seventh 9, high year", "010137-9123", Kind::Ordinary, Some((1937, 1, 1))),
            ("seventh 5, low year", "010157-5123", Kind::Ordinary, Some((2057, 1, 1))),
            ("seventh 8, high year", "010158-8123", Kind::Ordinary, Some((1858, 1, 1))),
            ("29 February 2000", "290200-4123", Kind::Ordinary, Some((2000, 2, 29))),
            ("raised day", "610203-0123", Kind::RaisedDay, Some((1903, 2, 1))),
            ("raised 31", "911299-0123", Kind::RaisedDay, Some((1999, 12, 31))),
            ("health care, 1900s", "130878-1OS6", Kind::HealthCare, Some((1978, 8, 13))),
            ("health care, 2000s", "130808-7OS6", Kind::HealthCare, Some((2008, 8, 13))),
            ("health care, older 2000s", "130868-6OS6", Kind::HealthCare, Some((2068, 8, 13))),
            ("29 February 1900", "290200-0123", Kind::Ordinary, None),
            ("30 February", "300297-1234", Kind::Ordinary, None),
            ("month 13", "011303-1234", Kind::Ordinary, None),
            ("day 0", "000103-1234", Kind::Ordinary, None),
            ("day 32", "320103-1234", Kind::Ordinary, None),
            ("raised day 0", "600103-1234", Kind::Ordinary, None),
            ("raised 32", "920103-1234", Kind::Ordinary, None),
            ("raised and letters", "730878-1OS6", Kind::Ordinary, None),
        ];
        for (name, text, kind, birth) in cases {
            let read = Cpr::parse(text);
            let date = read.as_ref().map(|cpr| {
                let date = cpr.birth_date();
                (date.year(), date.month(), date.day())
            });
            assert_eq!(date, birth, "{name}");
            if let Some(cpr) = read {
                assert_eq!(cpr.kind(), kind, "{name}");
            }
        }
    }

    #[test]
    fn weighs_modulus_11() {
        let cases = [
            ("passes", "070761-4285", Checksum::Passes),
            ("fails", "070761-4286", Checksum::Fails),
            ("a listed birth date", "010165-1111", Checksum::IssuedWithout),
            ("the last listed birth date", "010195-1112", Checksum::IssuedWithout),
            ("1 January of a year not listed", "010161-1112", Checksum::Fails),
            ("2 January of a listed year", "020165-1112", Checksum::Fails),
            ("raised day", "670761-4285", Checksum::NotUsed),
            ("health care", "130878-1OS6", Checksum::NotUsed),
        ];
        for (name, text, expected) in cases {
            assert_eq!(Cpr::parse(text).map(|cpr| cpr.checksum()), Some(expected), "{name}");
        }
    }

    #[test]
    fn never_shows_its_serial() {
        let cpr = Cpr::parse("070761-4285").unwrap();
        assert_eq!(cpr.masked().to_string(), "070761-••••");
        assert_eq!(format!("{cpr:?}"), "Cpr(••••••-••••)");
    }
}

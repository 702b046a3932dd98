//! Days: birth dates, and the day on which a mail is written.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::text::number;

/// The day that counts where nobody says on which day a mail is written. It moves with each release, by hand: read from
/// a clock or from the environment, the same source would not give the same bytes, nor the same answers in every engine.
pub const RELEASED: Date = Date { year: 2026, month: 11, day: 25 };

/// A day that exists, in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, or `None` when there is no such day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        (1..=days(year, month)).contains(&day).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match (text.len(), text.get(..4)?, text.get(4..5)?, text.get(5..7)?, text.get(7..8)?, text.get(8..)?) {
            (10, year, "-", month, "-", day) => {
                let short = |part: &str| u8::try_from(number(part)?).ok();
                Self::new(u16::try_from(number(year)?).ok()?, short(month)?, short(day)?)
            }
            _ => None,
        }
    }

    /// Is it within three years before that day and two after it? Ordinary mail speaks of such days.
    #[must_use]
    pub fn is_near(self, day: Self) -> bool {
        self <= day.in_years(2) && day <= self.in_years(3)
    }

    /// The same day so many years later; compares as it should even where that year has no such day.
    pub(super) fn in_years(self, years: u16) -> Self {
        Self { year: self.year.saturating_add(years), ..self }
    }

    /// The full year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        // The text itself is not repeated: no error holds anything of a mail.
        Self::parse(&text).ok_or_else(|| D::Error::custom("`date` must be a day that exists, as YYYY-MM-DD"))
    }
}

/// The number of days of a month; 0 for a month that does not exist.
const fn days(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn reads_iso_days_and_nothing_else() {
        let read = |text| Date::parse(text).map(|date| (date.year(), date.month(), date.day()));
        assert_eq!(read("2026-02-01"), Some((2026, 2, 1)));
        for text in [
            "",
            "2026-02-30",
            "2026-2-01",
            "2026-02-1",
            "26-02-01",
            "2026/02/01",
            "2026-02-01T09:00",
            "+026-02-01",
            "2026-02-æ",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn knows_what_is_near() {
        let day = Date::new(2028, 2, 29).unwrap();
        for (text, near) in [
            ("2025-02-27", false),
            ("2025-02-28", false),
            ("2025-03-01", true),
            ("2028-02-29", true),
            ("2030-02-28", true),
            ("2030-03-01", false),
        ] {
            assert_eq!(Date::parse(text).map(|date| date.is_near(day)), Some(near), "{text}");
        }
    }

    #[test]
    fn only_days_that_exist() {
        let cases = [
            ("first day", 1900, 1, 1, true),
            ("last day of a long month", 1999, 12, 31, true),
            ("31 April", 1999, 4, 31, false),
            ("29 February in a leap year", 2024, 2, 29, true),
            ("29 February in a common year", 2023, 2, 29, false),
            ("29 February 1900", 1900, 2, 29, false),
            ("29 February 2000", 2000, 2, 29, true),
            ("30 February", 2000, 2, 30, false),
            ("day 0", 2000, 1, 0, false),
            ("month 0", 2000, 0, 1, false),
            ("month 13", 2000, 13, 1, false),
        ];
        for (name, year, month, day, exists) in cases {
            assert_eq!(Date::new(year, month, day).is_some(), exists, "{name}");
        }
    }
}

//! The dates of mails, in the many ways in which exports write them.

use std::fmt;

use mail_parser::DateTime;
use sendvagt::cpr::Date;

/// A day, and the time of day where it is known.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Timestamp {
    date: Date,
    time: Option<(u8, u8, u8)>,
}

impl Timestamp {
    /// Reads the dates of exports: `2025-11-03T09:41:22.7Z` and the like, `03-11-2025 09:41` from Danish computers and
    /// `11/3/2025 9:41:22 AM` from American ones. `None` if it is unclear which number is the day and which the month.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|c: char| c == 'T' || c.is_whitespace()).unwrap_or(text.len());
        let (date, rest) = text.split_at_checked(end)?;
        let separator = date.chars().find(|c| !c.is_ascii_digit())?;
        let mut parts = date.trim_end_matches(',').split(separator);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        let is_american = rest.to_ascii_lowercase().trim_end().ends_with('m');
        let (year, month, day) = match separator {
            '-' | '/' | '.' if a.len() == 4 => (a, b, c),
            '-' | '.' => (c, b, a),
            '/' if is_american => (c, a, b),
            '/' if number(a)? > 12 => (c, b, a),
            '/' if number(b)? > 12 || a == b => (c, a, b),
            _ => return None,
        };
        let (month, day) = (u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?);
        Self::new(number(year)?, month, day, time(rest))
    }

    /// The date in the header of a mail.
    pub(crate) fn of_header(date: &DateTime) -> Option<Self> {
        Self::new(date.year, date.month, date.day, time_of(date.hour, date.minute, date.second))
    }

    /// The day in UTC, so many seconds after the beginning of 1970; `None` if the clock is wrong by centuries.
    pub(crate) fn of_clock(seconds: i64) -> Option<Self> {
        let now = DateTime::from_timestamp(seconds);
        Self::new(now.year, now.month, now.day, None)
    }

    /// Years in which no mail was sent come from reading something else as a date.
    fn new(year: u16, month: u8, day: u8, time: Option<(u8, u8, u8)>) -> Option<Self> {
        Date::new(year, month, day).filter(|_| (1970..2200).contains(&year)).map(|date| Self { date, time })
    }

    /// The day.
    pub(crate) fn day(&self) -> Date {
        self.date
    }

    /// The month as `2025-11`.
    pub(crate) fn month(&self) -> String {
        format!("{:04}-{:02}", self.date.year(), self.date.month())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        match self.time {
            Some((hour, minute, second)) => write!(f, "T{hour:02}:{minute:02}:{second:02}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn number(text: &str) -> Option<u16> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The time after a date; `None` if there is none, or none that can be read.
fn time(rest: &str) -> Option<(u8, u8, u8)> {
    let rest = rest.trim_start_matches(['T', ',']).trim();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(rest.len());
    let (clock, after) = rest.split_at_checked(end)?;
    let mut parts = clock.split([':', '.']);
    let mut part = || parts.next().filter(|part| part.len() <= 2).and_then(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (part()?, part()?, part().unwrap_or(0));
    let half = after.trim().to_ascii_lowercase();
    let hour = match (half.starts_with('p'), half.starts_with('a')) {
        (true, _) if hour < 12 => hour + 12,
        (_, true) if hour == 12 => 0,
        _ => hour,
    };
    time_of(hour, minute, second)
}

fn time_of(hour: u8, minute: u8, second: u8) -> Option<(u8, u8, u8)> {
    // There are leap seconds.
    (hour < 24 && minute < 60 && second < 61).then_some((hour, minute, second))
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn dates_of_exports() {
        for (text, expected) in [
            ("2025-11-03T09:41:22.7654321Z", Some("2025-11-03T09:41:22")),
            ("2025-11-03 09:41:22", Some("2025-11-03T09:41:22")),
            ("2025-11-03T09:41:22+01:00", Some("2025-11-03T09:41:22")),
            ("2025/11/03", Some("2025-11-03")),
            ("03-11-2025 09:41", Some("2025-11-03T09:41:00")),
            ("3.11.2025 09.41.22", Some("2025-11-03T09:41:22")),
            ("11/3/2025 9:41:22 AM", Some("2025-11-03T09:41:22")),
            ("11/3/2025, 12:05:00 AM", Some("2025-11-03T00:05:00")),
            ("11/3/2025 9:41:22 PM", Some("2025-11-03T21:41:22")),
            ("13/11/2025 09:41", Some("2025-11-13T09:41:00")),
            ("11/13/2025", Some("2025-11-13")),
            ("3/11/2025 09:41", None),
            ("2025-13-01", None),
            ("2025-02-30", None),
            ("2025-00-01", None),
            ("010203-1234", None),
            ("Received", None),
            ("", None),
            ("T", None),
            ("æ-ø-å", None),
        ] {
            assert_eq!(Timestamp::parse(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_day_of_the_clock() {
        for (seconds, expected) in
            [(0, "1970-01-01"), (1_762_162_882, "2025-11-03"), (-1, ""), (i64::from(u32::MAX) * 9, "")]
        {
            let day = Timestamp::of_clock(seconds).map(|day| day.to_string()).unwrap_or_default();
            assert_eq!(day, expected, "{seconds}");
        }
    }
}

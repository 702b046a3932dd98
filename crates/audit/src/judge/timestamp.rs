//! The dates of mail, as the many exports write them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A day, and the time where it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    year: u16,
    month: u8,
    day: u8,
    time: Option<(u8, u8, u8)>,
}

impl When {
    /// Reads what exports hold: `2025-11-03T09:41:22.7Z` and its like, `03-11-2025 09:41` as Danish computers write,
    /// `11/3/2025 9:41:22 AM` as American ones do. Where day and month cannot be told apart, it is `None`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|c: char| c == 'T' || c.is_whitespace()).unwrap_or(text.len());
        let (date, rest) = text.split_at_checked(end)?;
        let separator = date.chars().find(|c| !c.is_ascii_digit())?;
        let mut parts = date.trim_end_matches(',').split(separator);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        let american = rest.to_ascii_lowercase().trim_end().ends_with('m');
        let (year, month, day) = match separator {
            '-' | '/' | '.' if a.len() == 4 => (a, b, c),
            '-' | '.' => (c, b, a),
            '/' if american => (c, a, b),
            '/' if number(a)? > 12 => (c, b, a),
            '/' if number(b)? > 12 || a == b => (c, a, b),
            _ => return None,
        };
        let (year, month, day) = (number(year)?, u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?);
        let sane = (1970..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        sane.then(|| Self { year, month, day, time: time(rest) })
    }

    /// `2025-11`.
    pub(crate) fn month(&self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Today, in UTC.
    pub(crate) fn today() -> Self {
        let days = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs() / 86_400;
        let (mut year, mut left) = (1970_u16, days);
        let leap = |year: u16| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        while left >= if leap(year) { 366 } else { 365 } {
            left -= if leap(year) { 366 } else { 365 };
            year += 1;
        }
        let february = if leap(year) { 29 } else { 28 };
        let mut month = 1;
        for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
            if left < length {
                break;
            }
            left -= length;
            month += 1;
        }
        Self { year, month, day: u8::try_from(left + 1).unwrap_or(1), time: None }
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        match self.time {
            Some((hour, minute, second)) => write!(f, "T{hour:02}:{minute:02}:{second:02}"),
            None => Ok(()),
        }
    }
}

fn number(text: &str) -> Option<u16> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The time after a date; `None` if there is none, or one that is not read.
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
    (hour < 24 && minute < 60 && second < 61).then_some((hour, minute, second))
}

#[cfg(test)]
mod tests {
    use super::When;

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
            ("2025-00-01", None),
            ("010203-1234", None),
            ("Received", None),
            ("", None),
            ("T", None),
            ("æ-ø-å", None),
        ] {
            assert_eq!(When::parse(text).map(|when| when.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn today_is_a_date() {
        let today = When::today();
        assert_eq!(When::parse(&today.to_string()), Some(today));
    }
}

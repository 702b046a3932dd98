//! Birth dates.

/// A day that exists, in the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

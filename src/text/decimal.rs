//! Numbers in words for the user.

/// The number in decimal digits. The standard library's formatting has alignment, fill and precision: a fiftieth of the
/// engine that a send loads.
pub(crate) fn decimal(number: usize) -> String {
    let mut text = if number < 10 { String::new() } else { decimal(number / 10) };
    text.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
    text
}

/// The number that is written in decimal digits; `None` for anything else, and for more than nine digits.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.chars().try_fold(0, |number, c| Some(number * 10 + c.to_digit(10)?))
}

#[cfg(test)]
mod tests {
    use super::{decimal, number};

    #[test]
    fn reads_digits_and_nothing_else() {
        for (text, read) in [("0", Some(0)), ("007", Some(7)), ("999999999", Some(999_999_999))] {
            assert_eq!(number(text), read, "{text}");
        }
        for text in ["", "-1", "+1", " 1", "1a", "1.0", "\u{664}", "9999999990"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn writes_what_the_standard_library_writes() {
        for number in [0, 1, 9, 10, 11, 99, 100, 2026, 65_536, usize::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}

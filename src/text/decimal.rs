//! Numbers in words for the user.

/// The number in decimal digits. The standard library's formatting has alignment, fill and precision: a fiftieth of the
/// engine that a send loads.
pub(crate) fn decimal(number: usize) -> String {
    let mut text = if number < 10 { String::new() } else { decimal(number / 10) };
    text.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
    text
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn writes_what_the_standard_library_writes() {
        for number in [0, 1, 9, 10, 11, 99, 100, 2026, 65_536, usize::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}

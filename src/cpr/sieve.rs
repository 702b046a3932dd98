//! Telling at the speed of memory that a text holds no number, which is true of most.

/// The fewest digits of a form that has nothing but digits: nine, where the leading zero is lost.
const DIGITS: usize = 9;
/// The fewest digits of a form in which letters stand, as digits or as the serial of a health-care number.
pub(super) const LEAST_DIGITS: usize = 6;

/// Bytes counted in one step, in counters of one byte. The compiler makes vector instructions of it.
pub(super) const STEP: usize = 64;

/// Could there be a number at all?
pub(super) fn may_hold(text: &[u8]) -> bool {
    let digits = count_digits(text);
    digits >= DIGITS || (digits >= LEAST_DIGITS && has_letters_among_digits(text))
}

/// The number of digits, and of bytes that may lead a digit beyond ASCII.
pub(super) fn count_digits(text: &[u8]) -> usize {
    text.chunks(STEP).map(|step| usize::from(count_in_step(step))).sum()
}

/// The same for at most [`STEP`] bytes.
#[inline]
pub(super) fn count_in_step(step: &[u8]) -> u8 {
    step.iter().fold(0, |count, &byte| count.wrapping_add(u8::from(counts(byte))))
}

/// May this byte be a digit, or lead one? The lead bytes of all digits beyond ASCII are 0xD9 or more, and 0xE2, which
/// leads dashes and quotes, is none of them.
const fn counts(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10 || (byte >= 0xd9) & (byte != 0xe2)
}

/// Does a letter, or something that may hide one, stand beside a digit as it must where letters stand among digits:
/// any letter after a digit, or one that looks like 0 or 1 before it? Escapes may stand between them too.
fn has_letters_among_digits(text: &[u8]) -> bool {
    let hides = |byte: u8| byte >= 0x80 || matches!(byte, b'%' | b'&' | b'|');
    let pairs = text.iter().zip(text.iter().skip(1));
    let mut found = false;
    for (&a, &b) in pairs {
        let (small_a, small_b) = (a | 0x20, b | 0x20);
        let after = a.is_ascii_digit() & (hides(b) | (small_b.wrapping_sub(b'a') < 26));
        let looks_like_one = (small_a == b'i') | (small_a == b'l');
        let before =
            b.is_ascii_digit() & (looks_like_one | (small_a == b'o') | (a >= 0x80) | (a == b';') | (a == b'|'));
        found |= after | before | (b == b'%');
    }
    // Digits beyond ASCII have no such byte beside them.
    found || text.iter().any(|&byte| byte >= 0xd9 && byte != 0xe2)
}

#[cfg(test)]
mod tests {
    use super::may_hold;

    #[test]
    fn lets_every_number_pass() {
        for text in [
            "010203-1234",
            "0102031234",
            "102031234",
            "130878-1OS6",
            "1308781OS6",
            "O1O2O3-I234",
            "01O2O3-1234",
            "010203-l234",
            "٠١٠٢٠٣-١٢٣٤",
            "𝟎𝟏𝟎𝟐𝟎𝟑-𝟏𝟐𝟑𝟒",
            "010203-\u{200b}1\u{200b}O\u{200b}S\u{200b}6",
            "130878-1&shy;OS6",
            "130878-1%C2%ADOS6",
            "O\u{200b}1O203-1234",
            "O&shy;1O203-I2I4",
            "130878 - 1\u{301}OS6",
            "|1O203-1234",
        ] {
            assert!(may_hold(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn keeps_the_rest_away() {
        for text in
            ["", "Indkaldelse til møde", "01-02-2023", "sagsnr. 23/012345", "tlf. 12 34 56 78", "CVR 12345678 –"]
        {
            assert!(!may_hold(text.as_bytes()), "{text}");
        }
    }
}

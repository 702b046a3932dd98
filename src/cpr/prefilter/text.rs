//! Ruling out at the speed of memory the texts that hold no number, which are nearly all.
//!
//! Everything here may let too much through and never too little. The loops are plain: the compiler makes vector
//! instructions of them.

use super::super::form::{Outline, outline_of};

/// The fewest digits of a form that has nothing but digits: nine, where the leading zero is lost.
pub(super) const DIGITS: usize = 9;
/// The fewest digits of a form in which letters stand, as digits or as the serial of a health-care number.
pub(super) const LEAST_DIGITS: usize = 6;

/// Bytes looked at in one step.
pub(super) const STEP: usize = 64;

/// Are there digits enough for any form? All that is asked of one subject, which is soon read.
pub(in crate::cpr) fn has_digits(text: &[u8]) -> bool {
    digits(text) >= LEAST_DIGITS
}

/// How many bytes are digits, or may lead one.
fn digits(text: &[u8]) -> usize {
    text.chunks(STEP).map(|step| usize::from(count(step, counts))).sum()
}

/// Could there be a number at all? Asked of each line of a buffer that may hold one.
pub(in crate::cpr) fn may_hold(text: &[u8]) -> bool {
    let digits = digits(text);
    digits >= LEAST_DIGITS
        && ((digits >= DIGITS && (has_head(text) || has_hint(text)))
            || (holds_rare(text) && has_strange(text))
            || has_letters_among_digits(text))
}

/// Does it hold a word that names a number with a slip in it, or one that is split by words: "cpr", "sidste fire",
/// "løbenr."?
fn has_hint(text: &[u8]) -> bool {
    may_hint(text) && HINTS.iter().any(|hint| text.windows(hint.len()).any(|part| part.eq_ignore_ascii_case(hint)))
}

/// The words of [`has_hint`].
pub(in crate::cpr) const HINTS: [&[u8]; 4] = [b"cpr", b"sidste", "løbe".as_bytes(), "LØBE".as_bytes()];

/// Do two letters of a hint stand side by side: "cp", "ds", and the last byte of "ø" with "b"?
pub(super) fn may_hint(text: &[u8]) -> bool {
    let pair = |a: u8, b: u8| {
        let (a, b) = (a | 0x20, b | 0x20);
        ((a == b'c') & (b == b'p')) | ((a == b'd') & (b == b's')) | ((a == 0xb8) & (b == b'b'))
    };
    any_pair(text, pair)
}

/// Do two bytes side by side pass?
#[inline]
fn any_pair(text: &[u8], passes: impl Fn(u8, u8) -> bool) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(0, |any, (&a, &b)| any | u8::from(passes(a, b))) != 0
}

/// Do the digits from the start of some group on have the outline of a form? Not for texts with letters among their
/// digits, or strange bytes.
fn has_head(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(start) = rest.iter().position(u8::is_ascii_digit) {
        let group = rest.get(start..).unwrap_or_default();
        if outline_of(group, true) != Outline::Nothing {
            return true;
        }
        let length = group.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = group.get(length..).unwrap_or_default();
    }
    false
}

pub(super) const fn may_be_day_and_month(day: u8, month: u8) -> bool {
    matches!(day, 1..=31 | 61..=91) && matches!(month, 1..=12)
}

/// How many bytes pass; at most 255.
#[inline]
pub(super) fn count(bytes: &[u8], passes: impl Fn(u8) -> bool) -> u8 {
    bytes.iter().fold(0, |count, &byte| count.wrapping_add(u8::from(passes(byte))))
}

/// May this byte be a digit, or lead one? The lead bytes of digits beyond ASCII are 0xD9 or more, but for the raised ones
/// that 0xC2 leads.
const fn counts(byte: u8) -> bool {
    is_digit(byte) | (byte >= 0xd9) | (byte == 0xc2)
}

/// Is there anything but ASCII and the letters that 0xC3 leads, or what begins an escape? Where not, no byte is strange;
/// this is the quicker question.
fn holds_rare(text: &[u8]) -> bool {
    text.chunks(STEP).any(|step| count_any(step, is_rare))
}

#[inline]
pub(super) const fn is_rare(byte: u8) -> bool {
    ((byte >= 0xc2) & (byte != 0xc3)) | (byte == b'%') | (byte == b'&') | (byte == b'|') | (byte == b'<')
}

/// Is one of the bytes strange, or do two of them make a raised, lowered or circled digit? 0xE2 leads those, and many
/// signs that are rare; dashes and quotes go on with 0x80.
#[inline]
pub(super) fn has_strange(text: &[u8]) -> bool {
    count_any(text, is_strange)
        || any_pair(text, |a, b| {
            ((a == 0xe2) & (b != 0x80)) | ((a == 0xc2) & ((b == 0xb2) | (b == 0xb3) | (b == 0xb9)))
        })
}

#[inline]
fn count_any(text: &[u8], passes: impl Fn(u8) -> bool) -> bool {
    text.iter().fold(0, |any, &byte| any | u8::from(passes(byte))) != 0
}

/// May it belong to what makes no symbol, or one of more bytes than three: an escape, a tag, an invisible character, a
/// combining mark, a letter or digit beyond those that 0xC3 leads?
///
/// Of the characters that 0xC2 and 0xE2 lead, which are dashes, spaces and quotes, these are found by their other bytes
/// (U+00AD; U+200B to 200F, 202A to 202E and 2060 to 206F; the marks from U+20D0, 2CEF, 2D7F and 2DE0).
#[inline]
pub(super) const fn is_strange(byte: u8) -> bool {
    let lead = (byte >= 0xc4) & (byte != 0xe2);
    let invisible = (byte.wrapping_sub(0x8b) < 5) | (byte.wrapping_sub(0xaa) < 5) | (byte == 0x81);
    let mark = (byte == 0x83) | (byte == 0xb3) | (byte == 0xb5) | (byte == 0xb7);
    lead | invisible | mark | (byte == b'%') | (byte == b'&') | (byte == b'<')
}

/// Does a letter stand after a digit, or one that looks like 0 or 1 before it, as it must where letters are among
/// digits?
#[inline]
pub(super) fn has_letters_among_digits(text: &[u8]) -> bool {
    any_pair(text, is_letter_beside_digit)
}

#[inline]
const fn is_letter_beside_digit(a: u8, b: u8) -> bool {
    let after = is_digit(a) & (is_letter(b) | (b == b'|'));
    let before = (((a | 0x20) == b'o') | (a == b'I') | (a == b'l') | (a == b'|')) & is_digit(b);
    after | before
}

/// Is it an ASCII digit?
#[inline]
pub(super) const fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

/// Is it an ASCII letter?
#[inline]
pub(super) const fn is_letter(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26
}

#[cfg(test)]
mod tests {
    use super::may_hold;
    use crate::cpr::form::LONGEST;
    use crate::cpr::{ContextWords, find};

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
            "o1-02-03-1234",
            "O1-02-03-1234",
            "01-02-03-l234",
            "01-02-03-I234",
            "01-02-03-|234",
            "130878-1os6",
            // Two of the signs that there are letters among digits.
            "1O-l2-03-1978",
        ] {
            assert!(may_hold(text.as_bytes()), "{text}");
        }
        // The widest gap there is.
        assert!(may_hold(format!("010203{}1234", "\u{2002}".repeat(LONGEST - 10)).as_bytes()));
    }

    /// Whatever makes no symbol of its own may stand where a letter or a digit would else be seen.
    #[test]
    fn lets_numbers_with_strange_characters_pass() {
        let strange = "\u{ad}\u{200b}\u{200f}\u{202a}\u{202e}\u{2060}\u{206f}\u{20d0}\u{2cef}\u{2d7f}\u{2de0}\u{301}";
        for c in strange.chars() {
            let text = format!("130878-1{c}OS{c}6");
            assert_eq!(find(&text, &ContextWords::default()).len(), 1, "U+{:04X} is passed over", u32::from(c));
            assert!(may_hold(text.as_bytes()), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn keeps_the_rest_away() {
        for text in
            ["", "Indkaldelse til møde", "01-02-2023", "sagsnr. 23/012345", "tlf. 12 34 56 78", "CVR 12345678 på"]
        {
            assert!(!may_hold(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn keeps_away_what_is_nearly_let_through() {
        let far = format!("010203{}1234", " ".repeat(100));
        for (name, text) in [
            ("six digits", "123456"),
            ("few digits, one of them in a code", "afd. 1B"),
            ("few digits and colons", "1B :::::"),
            ("enough digits, no day", "99 12 99 99 99"),
            ("enough digits, no month", "01 20 99 99 99"),
            ("enough digits, letters between", "01 02 kl 03 12 34"),
            ("enough digits, too far apart", &far),
            ("a group of four and single ones", "9999 9 9 9 9 99"),
            ("a letter that 0xC3 leads", "1234567 Ë"),
            ("a dash", "1234567 ‐ x"),
            ("a narrow space", "1234567\u{202f}x"),
            ("a bar", "1234567 | x"),
            ("a colon before a letter", "1234567 :a"),
            ("a digit before a brace", "1234567{"),
            ("a small i before a digit", "i1234567"),
            ("a capital L before a digit", "L1234567"),
        ] {
            assert!(!may_hold(text.as_bytes()), "{name}");
        }
    }
}

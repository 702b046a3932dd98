//! Telling at the speed of memory that a text holds no number, which is true of most.
//!
//! Everything here may let too much through and never too little. The loops are plain: the compiler makes vector
//! instructions of them.

use std::ops::Range;

use super::form::LONGEST;

/// The fewest digits of a form that has nothing but digits: nine, where the leading zero is lost.
const DIGITS: usize = 9;
/// The fewest digits of a form in which letters stand, as digits or as the serial of a health-care number.
const LEAST_DIGITS: usize = 6;

/// Bytes looked at in one step.
pub(super) const STEP: usize = 64;
/// Bytes of a piece of a step: a number without strange bytes lies within five.
const PIECE: usize = 8;
/// The most characters of two or three bytes in it, and the bytes they add. Four dashes or more make a text strange; a
/// dash read as Windows-1252 is two of three bytes and one letter.
const MOST_WIDE: usize = 3;
const WIDE_BYTES: usize = 10;
const _: () = assert!(LONGEST + WIDE_BYTES <= 4 * PIECE + 1);

/// The most bytes between two groups.
const WIDEST_GAP: usize = 4 * LONGEST;

/// Could there be a number at all?
pub(super) fn may_hold(text: &[u8]) -> bool {
    let digits: usize = text.chunks(STEP).map(|step| usize::from(count(step, counts))).sum();
    digits >= LEAST_DIGITS
        && ((holds_rare(text) && text.chunks(STEP).any(|step| count(step, is_strange) > 0))
            || has_letters_among_digits(text)
            || (digits >= DIGITS && has_head(text)))
}

/// Do the first four digits from some group on read as day and month, with enough digits to come? Asked of texts without
/// letters among their digits.
fn has_head(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(start) = rest.iter().position(u8::is_ascii_digit) {
        let group = rest.get(start..).unwrap_or_default();
        if is_head(group) {
            return true;
        }
        let length = group.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = group.get(length..).unwrap_or_default();
    }
    false
}

/// The same of the group at the start. Without its leading zero the groups are of nine digits, or of five and four.
fn is_head(text: &[u8]) -> bool {
    let mut digits = [0; 4];
    let mut total = 0;
    let mut first_group = 0;
    let mut gap = 0;
    for &byte in text {
        if byte.is_ascii_digit() {
            if let Some(digit) = digits.get_mut(total) {
                *digit = byte - b'0';
            }
            first_group += usize::from(total == first_group && gap == 0);
            total += 1;
            gap = 0;
        } else if byte.is_ascii_alphabetic() || gap == WIDEST_GAP {
            break;
        } else {
            gap += 1;
        }
        if total == 10 {
            break;
        }
    }
    let [d1, d2, m1, m2] = digits;
    match first_group {
        5 | 9 => true,
        _ => total == 10 && matches!(10 * d1 + d2, 1..=31 | 61..=91) && matches!(10 * m1 + m2, 1..=12),
    }
}

/// Goes over a buffer of lines step by step, and tells where a number may be.
#[derive(Default)]
pub(super) struct Sieve {
    /// Digits since the start of the step in which the current line starts.
    digits: usize,
    /// Has there been a strange byte since then?
    strange: bool,
    /// Characters of two or three bytes since then.
    wide: usize,
    /// Digits in each piece of the last step, a byte each.
    last: u64,
}

impl Sieve {
    /// Where in the buffer a number may be that ends in this step: on lines that reach into these bytes. The step ends
    /// before byte `end`. Steps must be taken in order.
    #[inline]
    pub(super) fn sift(&mut self, buffer: &[u8], step: &[u8; STEP], end: usize) -> Option<Range<usize>> {
        let pieces = digits_of_pieces(step);
        // Lane by lane the digits of five pieces, the last of them the lane's own.
        let within = (1..5).fold(pieces, |sum, n| sum + ((pieces << (8 * n)) | (self.last >> (64 - 8 * n))));
        self.last = pieces;
        let digits = sum_of_lanes(pieces);
        let enough = lanes_of_at_least(LEAST_DIGITS, within);
        let mut found = None;
        if enough != 0 {
            let first = enough.trailing_zeros() as usize / 8;
            let last = 7 - enough.leading_zeros() as usize / 8;
            let from = (end - STEP + PIECE * (first + 1)).saturating_sub(5 * PIECE);
            let place = from..end - STEP + PIECE * (last + 1);
            if lanes_of_at_least(DIGITS, within) != 0 || buffer.get(place.clone()).is_some_and(has_letters_among_digits)
            {
                found = Some(place);
            }
        }
        if self.digits + digits == 0 {
            // What stands before the first digit of a line matters to none.
            (self.strange, self.wide) = (false, 0);
            return None;
        }
        let ends_line = count(step, |byte| byte == b'\n') > 0;
        let rare = holds_rare(step);
        // A character that begins in one step may end in the next.
        let begun = buffer.get((end - STEP).saturating_sub(3)..end - STEP).unwrap_or_default();
        let strange = (rare || holds_rare(begun)) && count(step, is_strange) > 0;
        self.digits += digits;
        let wide = if rare { usize::from(count(step, |byte| (byte == 0xc2) | (byte == 0xe2))) } else { 0 };
        self.strange |= strange;
        self.wide += wide;
        if (self.strange || self.wide > MOST_WIDE) && self.digits >= LEAST_DIGITS {
            // Strange bytes take any room, so that the number may have begun anywhere on its line.
            found = Some(end - STEP..end);
        }
        if ends_line {
            (self.digits, self.strange, self.wide) = (digits, strange, wide);
        }
        found
    }
}

/// The digits in each piece, a byte each, the first lowest.
#[inline]
fn digits_of_pieces(step: &[u8; STEP]) -> u64 {
    let flags = step.map(|byte| u8::from(counts(byte)));
    let (pieces, _) = flags.as_chunks::<PIECE>();
    pieces.iter().rev().fold(0, |lanes, piece| lanes << 8 | sum_of_lanes(u64::from_le_bytes(*piece)) as u64)
}

/// The sum of eight bytes, which must be less than 256.
const fn sum_of_lanes(lanes: u64) -> usize {
    (lanes.wrapping_mul(0x0101_0101_0101_0101) >> 56) as usize
}

/// The high bits of the bytes that are `least` or more, none being 128 or more.
const fn lanes_of_at_least(least: usize, lanes: u64) -> u64 {
    (lanes + (0x80 - least as u64) * 0x0101_0101_0101_0101) & 0x8080_8080_8080_8080
}

/// How many bytes are so; at most 255.
#[inline]
fn count(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> u8 {
    bytes.iter().fold(0, |count, &byte| count.wrapping_add(u8::from(is_so(byte))))
}

/// May this byte be a digit, or lead one? The lead bytes of all digits beyond ASCII are 0xD9 or more, and 0xE2, which
/// leads dashes and quotes, is none of them.
const fn counts(byte: u8) -> bool {
    (byte.wrapping_sub(b'0') < 10) | ((byte >= 0xd9) & (byte != 0xe2))
}

/// Is there anything but ASCII and the letters that 0xC3 leads, or what begins an escape? Where not, nothing is strange,
/// which is quicker to tell than to ask of every byte.
fn holds_rare(text: &[u8]) -> bool {
    let rare = |byte: u8| ((byte >= 0xc2) & (byte != 0xc3)) | (byte == b'%') | (byte == b'&');
    text.chunks(STEP).any(|step| step.iter().fold(false, |any, &byte| any | rare(byte)))
}

/// May it belong to what makes no symbol, or one of more bytes than three: an escape, an invisible character, a
/// combining mark, a letter or digit beyond those that 0xC3 leads?
///
/// Of the characters that 0xC2 and 0xE2 lead, which are dashes, spaces and quotes, these are found by their other bytes
/// (U+00AD; U+200B to 200F, 202A to 202E and 2060 to 206F; the marks from U+20D0, 2CEF, 2D7F and 2DE0).
const fn is_strange(byte: u8) -> bool {
    let lead = (byte >= 0xc4) & (byte != 0xe2);
    let invisible = (byte.wrapping_sub(0x8b) < 5) | (byte.wrapping_sub(0xaa) < 5) | (byte == 0x81);
    let mark = (byte == 0x83) | (byte == 0xb3) | (byte == 0xb5) | (byte == 0xb7);
    lead | invisible | mark | (byte == b'%') | (byte == b'&')
}

/// Does a letter stand after a digit, or one that looks like 0 or 1 before it, as it must where letters are among
/// digits?
fn has_letters_among_digits(text: &[u8]) -> bool {
    let digit = |byte: u8| byte.wrapping_sub(b'0') < 10;
    let letter = |byte: u8| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte == b'|');
    let looks_like_one =
        |byte: u8| ((byte | 0x20) == b'i') | ((byte | 0x20) == b'l') | ((byte | 0x20) == b'o') | (byte == b'|');
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(0, |any, (&a, &b)| any | u8::from((digit(a) & letter(b)) | (looks_like_one(a) & digit(b)))) != 0
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
            ["", "Indkaldelse til møde", "01-02-2023", "sagsnr. 23/012345", "tlf. 12 34 56 78", "CVR 12345678 på"]
        {
            assert!(!may_hold(text.as_bytes()), "{text}");
        }
    }
}

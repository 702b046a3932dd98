//! Ruling out at the speed of memory the texts that hold no number, which are nearly all.
//!
//! Everything here may let too much through and never too little. The loops are plain: the compiler makes vector
//! instructions of them.

use std::iter;

use super::super::{
    context::ContextWords,
    form::{Outline, Sketch},
};

/// The fewest digits of a form that has nothing but digits: nine, where the leading zero is lost.
pub(super) const DIGITS: usize = 9;
/// The fewest digits of a form in which letters stand, as digits or as the serial of a health-care number.
pub(super) const LEAST_DIGITS: usize = 6;

/// The fewest digits of a number with a slip in it: `5/3-31-1650`.
pub(super) const SLIP_DIGITS: usize = 8;

/// Bytes looked at in one step.
pub(super) const STEP: usize = 64;

/// Bytes of a piece of a step: a number without strange bytes lies within five.
pub(super) const PIECE: usize = 8;

/// Are there digits enough for any form? All that is asked of one subject, which is soon read.
pub(in crate::cpr) fn has_digits(text: &[u8]) -> bool {
    digits(text) >= LEAST_DIGITS
}

/// How many bytes are digits, or may lead one.
fn digits(text: &[u8]) -> usize {
    text.chunks(STEP).map(|step| usize::from(count(step, counts))).sum()
}

/// Could there be a number at all? Asked of each line of a buffer that may hold one.
pub(in crate::cpr) fn may_hold(text: &[u8], words: &ContextWords) -> bool {
    // Spaces fill the last step: part of one takes longer than a whole one. Few lines are longer than two.
    let mut padded = [b' '; 2 * STEP + 2];
    match padded.get_mut(..text.len()) {
        Some(place) if text.len() <= 2 * STEP => place.copy_from_slice(text),
        _ => return may_hold_padded(text, text, words),
    }
    match padded.first_chunk::<{ STEP + 2 }>() {
        Some(step) if text.len() <= STEP => may_hold_padded(text, step, words),
        _ => may_hold_padded(text, &padded, words),
    }
}

#[inline(always)]
fn may_hold_padded(text: &[u8], padded: &[u8], words: &ContextWords) -> bool {
    // The last two spaces are only there for pairs and triples: as many of them are whole steps too.
    let steps = padded.split_last_chunk::<2>().filter(|_| padded.len() > text.len()).map_or(text, |(steps, _)| steps);
    let digits = digits(steps);
    if digits < LEAST_DIGITS {
        return false;
    }
    let marks = Marks::of(steps);
    let may_be_among =
        marks.as_ref().is_none_or(Marks::hold_letters_beside_digits) || count_any(steps, |byte| byte == b'|');
    (may_be_among && has_letters_among_digits(padded))
        || (digits >= DIGITS && may_be_outlined(text, marks, words))
        || (digits >= SLIP_DIGITS && has_hint(padded))
        || (holds_rare(steps) && has_strange(padded))
}

/// Do letters stand side by side of a word that names a number with a slip in it, or one that is split by words: "cpr",
/// "cp-r", "sidste fire", "løbenr."?
fn has_hint(text: &[u8]) -> bool {
    let after = |by: usize| text.get(by..).unwrap_or_default();
    text.iter().zip(after(1)).zip(after(2)).fold(0, |any, ((&a, &b), &c)| any | u8::from(is_hint(a, b, c))) != 0
}

/// Are the first two of three letters "cp", or all "dst" or "øbe"? Of "ø" it is the last byte; what makes a letter small
/// makes that of "Ø" into it.
#[inline]
pub(super) const fn is_hint(a: u8, b: u8, c: u8) -> bool {
    let (a, b, c) = (a | 0x20, b | 0x20, c | 0x20);
    ((a == b'c') & (b == b'p')) | ((a == b'd') & (b == b's') & (c == b't')) | ((a == 0xb8) & (b == b'b') & (c == b'e'))
}

/// Do two bytes side by side pass?
#[inline]
fn any_pair(text: &[u8], passes: impl Fn(u8, u8) -> bool) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    pairs.fold(0, |any, (&a, &b)| any | u8::from(passes(a, b))) != 0
}

/// Do the digits from the start of some group on have the outline of a form, or one that a word may name? Not for texts
/// with letters among their digits, or strange bytes.
fn may_be_outlined(text: &[u8], marks: Option<Marks>, words: &ContextWords) -> bool {
    match marks.map_or_else(|| best_outline_of_long(text), |marks| marks.best_outline(text)) {
        Outline::Nothing => false,
        Outline::Gross => words.may_name_cpr(text),
        Outline::Form => true,
    }
}

/// The same as [`Marks::best_outline`], of a text of any length.
fn best_outline_of_long(text: &[u8]) -> Outline {
    let mut best = Outline::Nothing;
    let mut before = b' ';
    for (start, &byte) in text.iter().enumerate() {
        if is_digit(byte) && !is_digit(before) {
            let rest = text.get(start..).unwrap_or_default();
            let row = rest.iter().take(STEP).take_while(|&&byte| !is_letter(byte)).zip(0..);
            let digits = row.fold(0, |digits, (&byte, place)| digits | u64::from(is_digit(byte)) << place);
            best = best.max(outline_of(rest, digits));
        }
        before = byte;
    }
    best
}

/// The outline of the digits at the start of a text; a bit for each byte says which they are, up to the next letter. No
/// number takes more than 64 bytes.
fn outline_of(text: &[u8], digits: u64) -> Outline {
    let text = text.get(..STEP).unwrap_or(text);
    let mut left = digits;
    let mut sketch = Sketch::new(iter::from_fn(move || {
        let at = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        text.get(at as usize).map(|byte| byte.wrapping_sub(b'0'))
    }));
    let (mut at, mut rest) = (0, digits);
    loop {
        let length = rest.trailing_ones();
        if let Some(outline) = sketch.add(length as usize) {
            return outline;
        }
        rest = rest.unbounded_shr(length);
        if rest == 0 {
            return Outline::Nothing;
        }
        let gap = rest.trailing_zeros();
        rest >>= gap;
        at += length as usize;
        sketch.separate(text.get(at..at + gap as usize).unwrap_or_default());
        at += gap as usize;
    }
}

/// A bit for each byte of a line, the first lowest.
struct Marks {
    digits: u128,
    letters: u128,
}

impl Marks {
    /// Of one step or two; `None` for anything else.
    #[inline]
    fn of(text: &[u8]) -> Option<Self> {
        let (steps, rest) = text.as_chunks::<STEP>();
        let marks = |step| (u128::from(flags_of(step, is_digit)), u128::from(flags_of(step, is_letter)));
        let (first, second) = match (steps, rest) {
            ([first], []) => (marks(first), (0, 0)),
            ([first, second], []) => (marks(first), marks(second)),
            _ => return None,
        };
        Some(Self { digits: first.0 | second.0 << STEP, letters: first.1 | second.1 << STEP })
    }

    fn hold_letters_beside_digits(&self) -> bool {
        self.letters & (self.digits << 1 | self.digits >> 1) != 0
    }

    /// The best outline of the digits from the start of some group on.
    #[inline]
    fn best_outline(&self, text: &[u8]) -> Outline {
        let mut best = Outline::Nothing;
        let mut rest = self.digits;
        while rest != 0 {
            // A row of digits: up to the next letter.
            let letters = self.letters & (u128::MAX << rest.trailing_zeros());
            let mut row = rest & (letters & letters.wrapping_neg()).wrapping_sub(1);
            rest &= !row;
            let mut left = row.count_ones() as usize;
            while left >= DIGITS {
                let start = row.trailing_zeros();
                best = best.max(outline_of(text.get(start as usize..).unwrap_or_default(), (row >> start) as u64));
                if best == Outline::Form {
                    return best;
                }
                // The lowest ones side by side are a group.
                left -= (row >> start).trailing_ones() as usize;
                row &= row.wrapping_add(1 << start);
            }
        }
        best
    }
}

/// One in each byte.
pub(super) const LANES: u64 = 0x0101_0101_0101_0101;

/// A bit for each byte of a step that passes, the first lowest.
#[inline]
pub(super) fn flags_of(step: &[u8; STEP], passes: impl Fn(u8) -> bool) -> u64 {
    gather(&step.map(|byte| if passes(byte) { 0xff } else { 0 }))
}

/// A bit for each byte of a step, each of which has all its bits set or none, the first lowest.
#[inline]
fn gather(flags: &[u8; STEP]) -> u64 {
    let (pieces, _) = flags.as_chunks::<PIECE>();
    // Of each byte the bit of its piece: they do not overlap, but stand in columns.
    let columns = pieces.iter().zip(0..).fold(0, |bits, (&piece, n)| bits | u64::from_le_bytes(piece) & (LANES << n));
    // Rows and columns change places: bits, then pairs, then fours.
    let swapped = |bits: u64, by: u32, upper: u64| {
        let differ = (bits ^ bits >> by) & upper;
        bits ^ differ ^ differ << by
    };
    let columns = swapped(columns, 7, 0x00aa_00aa_00aa_00aa);
    let columns = swapped(columns, 14, 0x0000_cccc_0000_cccc);
    swapped(columns, 28, 0x0000_0000_f0f0_f0f0)
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

/// Is one of the bytes strange, or do two of them make a raised, lowered or circled digit, a mark or what is invisible?
/// 0xE2 leads those, and many signs that are rare; dashes and quotes go on with 0x80.
#[inline]
pub(super) fn has_strange(text: &[u8]) -> bool {
    let of_two = |a, b: u8| ((a == 0xe2) & (b != 0x80)) | ((a == 0xc2) & (b.wrapping_sub(0xb2) < 8));
    any_pair(text, |a, b| is_strange(a) | of_two(a, b)) || text.last().is_some_and(|&last| is_strange(last))
}

#[inline]
pub(super) fn count_any(text: &[u8], passes: impl Fn(u8) -> bool) -> bool {
    text.iter().fold(0, |any, &byte| any | u8::from(passes(byte))) != 0
}

/// May it belong to what makes no symbol, or one of more bytes than three: an escape, a tag, an invisible character, a
/// combining mark, a letter or digit beyond those that 0xC3 leads?
///
/// Of the characters that 0xC2 and 0xE2 lead, which are dashes, spaces and quotes, these are found by their last byte
/// (U+00AD; U+200B to 200F and 202A to 202E). [`has_strange`] finds the others by two.
#[inline]
pub(super) const fn is_strange(byte: u8) -> bool {
    let lead = (byte >= 0xc4) & (byte != 0xe2);
    let invisible = (byte.wrapping_sub(0x8b) < 5) | (byte.wrapping_sub(0xaa) < 5);
    lead | invisible | (byte == b'%') | (byte == b'&') | (byte == b'<')
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
    use crate::cpr::form::LONGEST;
    use crate::cpr::{ContextWords, find};

    fn may_hold(text: &[u8]) -> bool {
        super::may_hold(text, &ContextWords::default())
    }

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
    fn lets_a_number_at_the_end_of_any_line_pass() {
        for before in 0..3 * super::STEP {
            for number in ["010203-1234", "0102031234", "102031234", "cpr 5/3-31-1650", "010203-l234"] {
                let text = format!("{} {number}", "x".repeat(before));
                assert!(may_hold(text.as_bytes()), "{number} after {before} letters");
            }
        }
    }

    /// The first two once went unseen: eight digits are fewer than any form has, and "cp-r" is not "cpr".
    #[test]
    fn lets_numbers_with_a_slip_pass() {
        for text in [
            "cpr 5/3-31-1650",
            "CP\u{2013}R-nr. 020709\u{2013}595",
            "cpr 25.11.26 - 27.11.26",
            "C\u{2013}PR 0102 03.12 34",
        ] {
            assert_eq!(find(text, &ContextWords::default()).len(), 1, "{text} is passed over");
            assert!(may_hold(text.as_bytes()), "{text}");
            let long = format!("{}{text}", "x ".repeat(100));
            assert!(may_hold(long.as_bytes()), "{text} in a long line");
        }
    }

    /// Groups in which nobody sets a CPR number let a line pass only where a word may name one.
    #[test]
    fn keeps_away_what_nobody_sets_so() {
        for text in ["25.11.26 - 27.11.26", "Ferie 02.02.27, 09:00", "20122026, 10", "0102 03.12 34"] {
            for before in ["", "Flytning ", &"x ".repeat(100)] {
                assert!(!may_hold(format!("{before}{text}").as_bytes()), "{before}{text}");
            }
            for name in ["cpr ", "C\u{2013}P\u{2013}R ", "fødselsnr. ", "FØDSELSNR. ", "SS-N ", "danish id "] {
                assert!(may_hold(format!("{name}{text}").as_bytes()), "{name}{text}");
            }
        }
        let words = ContextWords::default().with_cpr(&["kendetegn".to_owned()]);
        assert!(super::may_hold("25.11.26 - 27.11.26".as_bytes(), &words), "the policy may have words for it");
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
        let long = "999 x ".repeat(100);
        for (name, text) in [
            ("six digits", "123456"),
            ("few digits, one of them in a code", "afd. 1B"),
            ("few digits and colons", "1B :::::"),
            ("enough digits, no day", "99 12 99 99 99"),
            ("enough digits, no month", "01 20 99 99 99"),
            ("enough digits, letters between", "01 02 kl 03 12 34"),
            ("enough digits, too far apart", &far),
            ("enough digits in a long line, few in a row", &long),
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

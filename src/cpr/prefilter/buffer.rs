//! Where in a buffer of lines a number may be, at the speed of memory.
//!
//! As in [`super::text`], everything here may let too much through and never too little, and the loops are plain: the
//! compiler makes vector instructions of them.

use std::ops::Range;

use super::{
    super::form::{LONGEST, may_be_day_and_month},
    text::{
        DIGITS, LANES, LEAST_DIGITS, PIECE, SLIP_DIGITS, STEP, count, count_any, flags_of, has_letters_among_digits,
        has_strange, is_digit, is_hint, is_letter, is_rare,
    },
};

/// The most characters of two or three bytes in it, and the bytes they add. With four dashes or more the whole line is
/// looked at; a dash read as Windows-1252 is two of three bytes and one letter.
const MOST_WIDE: u8 = 3;
const WIDE_BYTES: usize = 10;
const _: () = assert!(LONGEST + WIDE_BYTES <= 4 * PIECE);

/// How far the next view lies before a view: any five pieces are then in one of the two.
const MOVE: usize = STEP - 5 * PIECE;

/// Steps taken together: as many as keep what is noted of them near at hand.
const BLOCK: usize = 32;

/// What is noted of the steps of a block.
struct Notes {
    /// Which bytes are ASCII digits, the first lowest.
    digits: [u64; BLOCK],
    /// For each piece that holds a digit, a byte each, the digits of five pieces of which it is the last.
    within: [u64; BLOCK],
    /// Does the step hold a rare byte?
    rare: [bool; BLOCK],
    /// Do letters of a hint end in the step?
    hints: [bool; BLOCK],
}

/// Hands on in order where in a buffer a number may be, on the lines that reach into these bytes, and whether that is
/// likely: then it takes longer to look closer at these lines than to read them.
#[inline]
pub(in crate::cpr) fn scan_buffer(buffer: &[u8], mut found: impl FnMut(Range<usize>, bool)) {
    // Before the first step is nothing that it could be seen with.
    found(0..buffer.len().min(STEP), false);
    let (steps, _) = buffer.as_chunks::<STEP>();
    let mut notes = Notes { digits: [0; BLOCK], within: [0; BLOCK], rare: [false; BLOCK], hints: [false; BLOCK] };
    let mut last = 0;
    // Of the two steps before.
    let mut hints = [false; 2];
    let mut start = 0;
    for block in steps.chunks(BLOCK) {
        notes.take_digits(block, last);
        // Where most steps hold digits enough, it takes longer to look at steps than at lines.
        if notes.is_dense(block.len()) {
            let end = start + STEP * block.len();
            found(start..end, false);
            last = notes.digits.get(block.len() - 1).copied().unwrap_or_default();
            // A line with a word in this block is looked at to its end.
            hints = [false; 2];
            start = end;
            continue;
        }
        notes.take_others(buffer, start, block);
        let steps = block.iter().zip(&notes.digits).zip(&notes.within).zip(&notes.rare).zip(&notes.hints);
        for ((((step, &digits), &within), &rare), &hint) in steps {
            let mut among = None;
            if start > 0 && lanes_of_at_least(LEAST_DIGITS, within) != 0 {
                let digits = u128::from(last) | u128::from(digits) << STEP;
                among = among_digits(buffer, start, digits, within);
            }
            let strange = if rare { among_rare(buffer, step, start) } else { None };
            // The digits reach into this step, and the word stands at most one step before the first of them.
            let named = (hint || hints != [false; 2]) && may_slip(last, digits);
            let strange = strange.or(named.then_some(start.saturating_sub(2 * STEP)..start + STEP));
            match (among, strange) {
                // The strange bytes may stand before the digits.
                (Some(one), Some(other)) => found(one.start.min(other.start)..one.end.max(other.end), false),
                (Some(place), None) => found(place, true),
                (None, Some(place)) => found(place, false),
                (None, None) => {}
            }
            last = digits;
            hints = [hints[1], hint];
            start += STEP;
        }
    }
    // What is left is less than a step; a number in it may start in the last one.
    found(buffer.len().saturating_sub(2 * STEP)..buffer.len(), false);
}

impl Notes {
    /// May numbers end in three of four steps? `steps` are noted.
    fn is_dense(&self, steps: usize) -> bool {
        let holding = self.within.iter().take(steps).filter(|&&within| lanes_of_at_least(LEAST_DIGITS, within) != 0);
        holding.count() > steps * 3 / 4
    }

    /// Notes the digits of the steps of a block; `last` are those of the step before.
    #[inline]
    fn take_digits(&mut self, block: &[[u8; STEP]], last: u64) {
        for (step, digits) in block.iter().zip(&mut self.digits) {
            *digits = flags_of(step, is_digit);
        }
        let mut last = ones_of_bytes(last);
        for (&digits, within) in self.digits.iter().zip(&mut self.within) {
            let pieces = ones_of_bytes(digits);
            let sums = (1..5).fold(pieces, |sum, n| sum + ((pieces << (8 * n)) | (last >> (64 - 8 * n))));
            // A number has a digit in its last piece.
            let with_digits = lanes_of_at_least(1, pieces);
            *within = sums & (with_digits << 1).wrapping_sub(with_digits >> 7);
            last = pieces;
        }
    }

    /// Notes what else is to be known of the steps of the block at byte `start`.
    #[inline]
    fn take_others(&mut self, buffer: &[u8], start: usize, block: &[[u8; STEP]]) {
        for (step, rare) in block.iter().zip(&mut self.rare) {
            *rare = step.iter().fold(false, |any, &byte| any | is_rare(byte));
        }
        // Before the first step of all stands nothing, and its lines are looked at anyway.
        let passed = usize::from(start == 0);
        let from = start + STEP * passed;
        let steps = |before| buffer.get(from - before..).unwrap_or_default().as_chunks::<STEP>().0;
        let triples = steps(2).iter().zip(steps(1)).zip(block.iter().skip(passed));
        for (hint, ((first, second), third)) in self.hints.iter_mut().skip(passed).zip(triples) {
            let letters = first.iter().zip(second).zip(third);
            *hint = letters.fold(false, |any, ((&a, &b), &c)| any | is_hint(a, b, c));
        }
    }
}

/// Where a number may be that ends in the step at byte `start`. The first bit of `digits` is the first byte of the step
/// before.
#[inline]
fn among_digits(buffer: &[u8], start: usize, digits: u128, within: u64) -> Option<Range<usize>> {
    let enough = span(lanes_of_at_least(LEAST_DIGITS, within));
    let first = STEP + PIECE * enough.start;
    // Mostly one view of 64 bytes holds them all.
    let mut end = STEP + PIECE * enough.end;
    let any_row = lanes_of_at_least(DIGITS, within) != 0;
    let mut found: Option<Range<usize>> = None;
    loop {
        let from = start + end - 2 * STEP;
        let view = buffer.get(from..).and_then(<[u8]>::first_chunk)?;
        let after = buffer.get(from + STEP).copied().unwrap_or(b'\n');
        let view = View { bytes: view, digits: (digits >> (end - STEP)) as u64, after };
        if let Some(place) = view.place(any_row) {
            let last = found.map_or(from + place.end, |found| found.end);
            found = Some(from + place.start..last);
        }
        if end - first <= PIECE + MOVE {
            return found;
        }
        end -= MOVE;
    }
}

/// 64 bytes of a buffer.
struct View<'a> {
    bytes: &'a [u8; STEP],
    /// Which of them are digits, the first lowest.
    digits: u64,
    /// The byte after them.
    after: u8,
}

impl View<'_> {
    /// From the first to the last place where a number may begin or end; with `any_row` it may be one of
    /// nothing but digits.
    fn place(&self, any_row: bool) -> Option<Range<usize>> {
        let &Self { bytes, digits, .. } = self;
        let letters = flags_of(bytes, is_letter);
        let beside = (digits << 1) & letters | (letters << 1) & digits;
        // In the piece of its last digit a number may end, but for letters that stand for the digits to come.
        let ends_in_letter = digits >> (STEP - 1) == 1 && is_letter(self.after);
        if ends_in_letter || (beside != 0 && has_letters_among_digits(bytes)) {
            return Some(0..STEP);
        }
        if !any_row {
            return None;
        }
        let mut found: Option<Range<usize>> = None;
        let mut rest = digits;
        while rest != 0 {
            // A row of digits: up to the next letter.
            let first = rest.trailing_zeros();
            let letters = letters >> first << first;
            let row = if letters == 0 { rest } else { rest & ((1 << letters.trailing_zeros()) - 1) };
            if self.has_head(row) {
                let start = found.map_or(first as usize, |found| found.start);
                found = Some(start..STEP - row.leading_zeros() as usize);
            }
            rest &= !row;
        }
        found
    }

    /// Does a row of digits have enough of them from the start of some group on, of which the first four read as day
    /// and month? Without its leading zero a number has groups of nine digits, or of five and four.
    fn has_head(&self, row: u64) -> bool {
        // What begins with the view is seen in the next one too, where it shows whether it began before.
        let mut starts = row & !(row << 1 | 1);
        while starts != 0 {
            let start = starts.trailing_zeros();
            let mut rest = row >> start;
            let count = rest.count_ones() as usize;
            if count < DIGITS {
                return false;
            }
            let group = (!rest).trailing_zeros();
            let goes_on = (start + group) as usize == STEP && is_digit(self.after);
            let lost_zero = !goes_on && matches!(group, 5 | 9);
            let mut next = || {
                let at = start + rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                self.bytes.get(at as usize).map_or(0, |byte| byte.wrapping_sub(b'0'))
            };
            let (day, month) = (10 * next() + next(), 10 * next() + next());
            if lost_zero || (count > DIGITS && may_be_day_and_month(day, month)) {
                return true;
            }
            starts &= starts - 1;
        }
        false
    }
}

/// Where lines are that hold strange bytes in the step at byte `start`, or many wide ones, in which a number may take
/// any room.
#[inline]
fn among_rare(buffer: &[u8], step: &[u8; STEP], start: usize) -> Option<Range<usize>> {
    let end = start + STEP;
    // A character that begins in one step may end in the next. Of a known length the bytes are soon looked at.
    let longer = buffer.get(start..).unwrap_or_default();
    let is_strange = longer.first_chunk::<{ STEP + 2 }>().map_or_else(|| has_strange(longer), |view| has_strange(view));
    if is_strange || count_any(step, |byte| byte == b'|') {
        return Some(start..(end + 2).min(buffer.len()));
    }
    let is_wide = |byte| (byte == 0xc2) | (byte == 0xe2);
    let from = start.saturating_sub(STEP);
    let before = buffer.get(from..start).and_then(<[u8]>::first_chunk::<STEP>);
    let wide = count(step, is_wide) + before.map_or(0, |before| count(before, is_wide));
    (wide > MOST_WIDE).then_some(from..end)
}

/// Do two steps hold digits enough for a number with a slip in it? One of the fewest digits is in four groups, which most
/// dates are not.
#[inline]
fn may_slip(last: u64, digits: u64) -> bool {
    match (last.count_ones() + digits.count_ones()) as usize {
        DIGITS.. => true,
        SLIP_DIGITS => {
            let both = u128::from(last) | u128::from(digits) << STEP;
            (both & !(both << 1)).count_ones() >= 4
        }
        _ => false,
    }
}

/// The ones in each byte.
#[inline]
const fn ones_of_bytes(bits: u64) -> u64 {
    let twos = bits - ((bits >> 1) & 0x5555_5555_5555_5555);
    let fours = (twos & 0x3333_3333_3333_3333) + ((twos >> 2) & 0x3333_3333_3333_3333);
    (fours + (fours >> 4)) & 0x0f0f_0f0f_0f0f_0f0f
}

/// The high bits of the bytes that are `least` or more, none being 128 or more.
#[inline]
const fn lanes_of_at_least(least: usize, lanes: u64) -> u64 {
    (lanes + (0x80 - least as u64) * LANES) & (0x80 * LANES)
}

/// From the first to the last byte in which a bit is set.
#[inline]
const fn span(bits: u64) -> Range<usize> {
    bits.trailing_zeros() as usize / 8..8 - bits.leading_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, STEP, flags_of, lanes_of_at_least, ones_of_bytes, scan_buffer, span};

    fn places(buffer: &[u8]) -> Vec<std::ops::Range<usize>> {
        let mut places = Vec::new();
        scan_buffer(buffer, |place, _| places.push(place));
        // The first step, and what is left after the last one, are always looked at.
        assert_eq!(places.pop(), Some(buffer.len().saturating_sub(2 * STEP)..buffer.len()));
        assert_eq!(places.remove(0), 0..STEP.min(buffer.len()));
        places
    }

    #[test]
    fn counts_in_lanes() {
        let mut step = [b'x'; STEP];
        for (at, byte) in [(0, b'0'), (9, b'9'), (63, b'5')] {
            step[at] = byte;
        }
        let flags = flags_of(&step, |byte| byte.is_ascii_digit());
        assert_eq!(flags, 1 | 1 << 9 | 1 << 63);
        assert_eq!(ones_of_bytes(flags), 1 | 1 << 8 | 1 << 56);
        assert_eq!(ones_of_bytes(u64::MAX), 0x0808_0808_0808_0808);
        assert_eq!(lanes_of_at_least(6, 0x0006_0500_0000_0028), 0x0080_0000_0000_0080);
        assert_eq!(span(0x0080_0000_0000_8000), 1..7);
        assert_eq!(span(0x8000_0000_0000_0080), 0..8);
    }

    /// Wherever in its step, and where one block ends and the next begins.
    #[test]
    fn finds_a_number_at_any_place() {
        for number in [
            "010203-1234",
            "0 1 0 2 0 3 – 1 2 3 4",
            "10203-1234",
            "130878-1OS6",
            "01O2O3-1234",
            "O10203-1234",
            "010203-l234",
            "010203-123O",
        ] {
            for start in (STEP..3 * STEP).chain((BLOCK - 1) * STEP..(BLOCK + 1) * STEP) {
                let mut buffer = vec![b'x'; (BLOCK + 4) * STEP];
                set(&mut buffer, start, number);
                let hit = places(&buffer).iter().any(|place| place.start < start + number.len() && place.end > start);
                assert!(hit, "{number} at {start}");
            }
        }
    }

    fn set(buffer: &mut [u8], start: usize, text: &str) {
        buffer[start - 1] = b' ';
        buffer[start + text.len()] = b' ';
        buffer[start..start + text.len()].copy_from_slice(text.as_bytes());
    }

    /// The place of a number of nothing but digits is exact, and handed on once.
    #[test]
    fn finds_where_a_number_begins_and_ends() {
        for number in ["010203-1234", "0102031234", "102031234", "0 1 0 2 0 3 –––1 2 3 4"] {
            for start in STEP..3 * STEP {
                let mut buffer = vec![b'x'; 5 * STEP];
                set(&mut buffer, start, number);
                let expected = start..start + number.len();
                assert_eq!(places(&buffer), std::slice::from_ref(&expected), "{number} at {start}");
            }
        }
    }

    /// However far one is from the other, and wherever in a step.
    #[test]
    fn finds_both_of_two_numbers() {
        let (plain, wide) = ("010203-1234", "0 1 0 2 0 3 –––1 2 3 4");
        for [first, last] in [[plain, plain], [plain, wide], [wide, plain]] {
            for (start, apart) in (STEP..2 * STEP).flat_map(|start| (1..=STEP).map(move |apart| (start, apart))) {
                let mut buffer = vec![b'x'; 5 * STEP];
                let second = start + first.len() + apart;
                set(&mut buffer, start, first);
                set(&mut buffer, second, last);
                let places = places(&buffer);
                let ends = (places.first().map(|first| first.start), places.last().map(|last| last.end));
                assert_eq!(ends, (Some(start), Some(second + last.len())), "{apart} apart from {start} on");
            }
        }
    }

    /// Wherever the view of the second begins, the first is not read from its middle on, where it has day and month.
    #[test]
    fn passes_over_two_longer_numbers() {
        for (start, apart) in (STEP..2 * STEP).flat_map(|start| (1..=STEP).map(move |apart| (start, apart))) {
            let mut buffer = vec![b'x'; 5 * STEP];
            set(&mut buffer, start, "99990102031234");
            set(&mut buffer, start + 14 + apart, "99990102031234");
            assert_eq!(places(&buffer), [], "{apart} apart from {start} on");
        }
    }

    #[test]
    fn finds_the_steps_of_strange_and_of_many_wide_characters() {
        let places_of = |text: &str, at: usize| {
            let mut buffer = vec![b'x'; 4 * STEP];
            buffer[at..at + text.len()].copy_from_slice(text.as_bytes());
            places(&buffer)
        };
        for (name, text, at, expected) in [
            ("in the first step", "\u{ad}", 0, 0..STEP + 2),
            ("in the second step", "\u{ad}", STEP, STEP..2 * STEP + 2),
            ("at the end of the second step", "\u{ad}", 2 * STEP - 2, STEP..2 * STEP + 2),
            ("in two steps", "\u{ad}", 2 * STEP - 1, STEP..2 * STEP + 2),
            ("of three bytes, in two steps", "\u{200b}", 2 * STEP - 1, STEP..2 * STEP + 2),
            ("many dashes in one step", "––––", STEP, 0..2 * STEP),
            ("one dash, and three in the next step", "––––", 2 * STEP - 3, STEP..3 * STEP),
            ("three dashes, and one in the next step", "––––", 2 * STEP - 9, STEP..3 * STEP),
        ] {
            assert_eq!(places_of(text, at).first(), Some(&expected), "{name}");
        }
        assert_eq!(places_of("–––", STEP), [], "few dashes");
    }

    #[test]
    fn rules_out_the_rest() {
        // Among other lines: where most hold digits enough, all are handed on.
        let line = |text: &str| format!("{text}\n{}\n", "x".repeat(2 * STEP)).repeat(50);
        for text in [
            "Indkaldelse til netværksmøde – 2. rykker",
            "Møde den 01-02-2023 i Torvet 12, 5800 Nyborg",
            "tlf. 20 33 05 12",
            "EAN 5798001234567",
            "sagsnr. 23/01234",
            "0102::::::: åbent",
            "lokale B12 den 03-04 kl 15",
            "nr 01 20 99 99 99 er",
            "nr 99 12 99 99 99 er",
            "nr 01 02 99 999 er",
        ] {
            assert_eq!(places(line(text).as_bytes()), [], "{text}");
        }
        for (name, text) in
            [("an entity", "Børn &amp; Unge"), ("four dashes", "a–b–c–d–e"), ("a soft hyphen", "So\u{ad}cial")]
        {
            let places = places(line(text).as_bytes());
            assert!(!places.is_empty(), "{name}");
        }
    }
}

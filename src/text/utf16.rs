//! Byte offsets of a `&str` as UTF-16 code units.

/// Turns ascending byte offsets of one text into offsets in UTF-16 code units, in one pass over the text.
#[derive(Clone, Debug)]
pub struct Utf16<'a> {
    rest: &'a str,
    bytes: usize,
    units: usize,
}

impl<'a> Utf16<'a> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, bytes: 0, units: 0 }
    }

    /// The number of UTF-16 code units before the byte `offset`.
    ///
    /// Offsets must be asked for in ascending order and lie on character boundaries. One that does not is
    /// taken as the nearest earlier place that does; one that lies behind the last is taken as the last.
    pub fn units_at(&mut self, offset: usize) -> usize {
        let mut step = offset.saturating_sub(self.bytes).min(self.rest.len());
        while !self.rest.is_char_boundary(step) {
            step -= 1;
        }
        if let Some((passed, rest)) = self.rest.split_at_checked(step) {
            self.units += units(passed);
            self.bytes += step;
            self.rest = rest;
        }
        self.units
    }
}

/// The length of a text in UTF-16 code units.
#[must_use]
pub fn units(text: &str) -> usize {
    text.bytes().map(units_begun).sum()
}

/// The code units of the character that a byte of UTF-8 leads: none where it goes on with one, two where it leads four
/// bytes.
const fn units_begun(byte: u8) -> usize {
    (byte & 0xc0 != 0x80) as usize + (byte >= 0xf0) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Utf16, units};

    #[test]
    fn counts_units_not_bytes_or_characters() {
        let text = "aæ–𝟘z";
        let expected = [(0, 0), (1, 1), (3, 2), (6, 3), (10, 5), (11, 6)];
        let mut all = Utf16::new(text);
        for (bytes, units) in expected {
            assert_eq!(all.units_at(bytes), units, "byte {bytes}, in one pass");
            assert_eq!(Utf16::new(text).units_at(bytes), units, "byte {bytes}, alone");
        }
    }

    proptest! {
        #[test]
        fn the_length_is_that_of_the_encoded_text(text in any::<String>()) {
            prop_assert_eq!(units(&text), text.encode_utf16().count());
        }
    }

    #[test]
    fn takes_any_offset() {
        let mut utf16 = Utf16::new("æ");
        assert_eq!(utf16.units_at(1), 0, "inside a character");
        assert_eq!(utf16.units_at(99), 1, "beyond the end");
        assert_eq!(utf16.units_at(0), 1, "backwards");
    }
}

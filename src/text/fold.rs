//! Folding: the many ways to write a character, read as one of a small alphabet.

use std::ops::Range;

use super::{escapes, tables};

/// One character as it is meant, with the bytes it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The letter of the folded alphabet, see [`sym`].
    pub code: u8,
    /// Its bytes in the text: always on character boundaries, combining marks that follow included,
    /// invisible characters before it left out.
    pub at: Range<usize>,
}

/// The folded alphabet.
///
/// Decimal digits of any script are ASCII digits; spaces, dashes, full stops, slashes and the like are their
/// ASCII form; Latin letters keep their case and are their Latin-1 code; every other letter and every other
/// character is one code each.
pub mod sym {
    /// A letter outside Latin-1. It has the place of the division sign, so that all letters beyond ASCII are one range.
    pub const OTHER_LETTER: u8 = 0xf7;
    /// Anything that is no letter, digit, space, or ASCII punctuation.
    pub const OTHER: u8 = 0x82;
    /// The digit 0 right after an invisible character (a soft hyphen, a zero-width space …); 1 to 9 follow.
    /// One bit apart from the plain digit, so that one comparison knows both.
    pub const SOFT_ZERO: u8 = b'0' | 0x80;

    /// The value of a digit.
    #[must_use]
    pub const fn digit(code: u8) -> Option<u8> {
        let value = (code & 0x7f).wrapping_sub(b'0');
        if value < 10 { Some(value) } else { None }
    }

    /// Is it a digit with an invisible character before it?
    #[must_use]
    pub const fn is_soft(code: u8) -> bool {
        code.wrapping_sub(SOFT_ZERO) < 10
    }

    /// Is it a letter?
    #[must_use]
    pub const fn is_letter(code: u8) -> bool {
        code.is_ascii_alphabetic() || code >= 0xc0
    }

    /// The small letter of a capital letter; everything else as it is.
    #[must_use]
    pub const fn lower(code: u8) -> u8 {
        match code {
            b'A'..=b'Z' | 0xc0..=0xde => code + 0x20,
            _ => code,
        }
    }
}

/// Reads `text` as symbols. Nothing is allocated; the whole takes time linear in the text.
#[must_use]
pub fn fold(text: &str) -> Fold<'_> {
    Fold { text, at: 0 }
}

/// The iterator behind [`fold`].
#[derive(Clone, Debug)]
pub struct Fold<'a> {
    text: &'a str,
    at: usize,
}

impl Fold<'_> {
    /// Goes on at the byte `at`, which must lie on a character boundary; elsewhere nothing follows.
    pub fn seek(&mut self, at: usize) {
        self.at = at;
    }

    /// Reads symbols into `codes` as long as they are common ones, and gives their number: what [`Fold::next`] reads in its
    /// first two cases, and ASCII before such a letter.
    pub(crate) fn common_run(&mut self, codes: &mut [u8]) -> usize {
        let text = self.text.as_bytes();
        let mut length = 0;
        loop {
            let rest = text.get(self.at..).unwrap_or_default();
            let pairs = rest.iter().zip(rest.get(1..).unwrap_or_default());
            let places = codes.get_mut(length..).unwrap_or_default();
            let mut run = 0;
            for ((&first, &second), place) in pairs.zip(places) {
                match ASCII.get(usize::from(first)) {
                    // A mark on it may follow a character that another one follows.
                    Some(&code @ 1..) if second < 0x80 => *place = code,
                    _ => break,
                }
                run += 1;
            }
            let (code, bytes) = match rest.get(run..) {
                Some([first @ b'\0'..=b'\x7f', LATIN, second, ..]) if is_latin(*second) => {
                    (ASCII.get(usize::from(*first)).copied().unwrap_or_default(), 1)
                }
                // Nothing can follow the last character.
                Some([last @ b'\0'..=b'\x7f']) => (ASCII.get(usize::from(*last)).copied().unwrap_or_default(), 1),
                Some(rest) => (latin(rest).unwrap_or_default(), 2),
                None => (0, 0),
            };
            self.at += run;
            length += run;
            match codes.get_mut(length) {
                Some(place) if code > 0 => *place = code,
                _ => return length,
            }
            self.at += bytes;
            length += 1;
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character as it is meant, and the bytes it takes.
    fn peek(&self) -> Option<(char, usize)> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        Some(escapes::read(first, rest).unwrap_or((first, first.len_utf8())))
    }
}

/// The lead byte of the Latin letters that are two bytes, such as æ.
const LATIN: u8 = 0xc3;

/// The symbol of such a letter at the start of these bytes, if no mark can follow it.
#[inline]
const fn latin(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [LATIN, second, b'\0'..=b'%' | b'\''..=b'\x7f', ..] if is_latin(*second) => Some(*second + 0x40),
        _ => None,
    }
}

/// Is it the second byte of such a letter, but for those that begin an escape, and × and ÷?
const fn is_latin(second: u8) -> bool {
    !matches!(second, 0x82 | 0xa2 | 0x97 | 0xb7)
}

impl Iterator for Fold<'_> {
    type Item = Symbol;

    #[inline]
    fn next(&mut self) -> Option<Symbol> {
        // The common case first: an ASCII character with another one after it.
        if let Some([first, b'\0'..=b'\x7f', ..]) = self.text.as_bytes().get(self.at..)
            && let Some(&code @ 1..) = ASCII.get(usize::from(*first))
        {
            self.at += 1;
            return Some(Symbol { code, at: self.at - 1..self.at });
        }
        if let Some(code) = self.text.as_bytes().get(self.at..).and_then(latin) {
            self.at += 2;
            return Some(Symbol { code, at: self.at - 2..self.at });
        }
        self.next_of_many()
    }
}

impl Fold<'_> {
    /// The next symbol where it may be more than one ASCII character.
    #[inline(never)]
    fn next_of_many(&mut self) -> Option<Symbol> {
        let mut soft = false;
        let (first, length) = loop {
            let (c, length) = self.peek()?;
            if !tables::is_invisible(c) && !tables::is_mark(c) {
                break (c, length);
            }
            soft = true;
            self.at += length;
        };
        let start = self.at;
        self.at += length;
        let mut code = match tables::compatible_digit(first) {
            Some(value) if self.is_among_compatible(start) => b'0' + value,
            _ => classify(first),
        };
        while let Some((mark, length)) = self.peek().filter(|&(c, _)| tables::is_mark(c)) {
            // A ring above, as macOS writes file names: å in two characters.
            if mark == '\u{30a}' && matches!(code, b'a' | b'A') {
                code |= 0x80;
                code += 4;
            }
            self.at += length;
        }
        if soft && code.is_ascii_digit() {
            code = code - b'0' + sym::SOFT_ZERO;
        }
        Some(Symbol { code, at: start..self.at })
    }
}

impl Fold<'_> {
    /// Does another raised, lowered or circled digit, or a dash, stand beside the one that starts at `start`? A lone one
    /// is a square metre or a footnote.
    fn is_among_compatible(&self, start: usize) -> bool {
        let belongs = |c: char| tables::compatible_digit(c).is_some() || classify(c) == b'-';
        let before = self.text.get(..start).and_then(|before| before.chars().next_back());
        before.is_some_and(belongs) || self.rest().chars().next().is_some_and(belongs)
    }
}

/// The symbols of ASCII characters; 0 where an escape may start.
const ASCII: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut byte = b'!';
    while byte != 0x7f {
        #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
        {
            table[byte as usize] = if matches!(byte, b'&' | b'%' | b'<') { 0 } else { ascii(byte) };
        }
        byte += 1;
    }
    table
};

const fn ascii(byte: u8) -> u8 {
    match byte {
        b'\\' => b'/',
        b'~' => b'-',
        b'[' | b'{' => b'(',
        b']' | b'}' => b')',
        b'`' => b'\'',
        _ => byte,
    }
}

fn classify(c: char) -> u8 {
    match c {
        '!'..='~' => ascii(c as u8),
        c if c.is_whitespace() || c.is_control() => b' ',
        '\u{2800}' => b' ',
        // Dashes (Pd), and what else looks like one: minus, hyphen bullet, super- and subscript minus,
        // modifier minus, heavy minus, box drawing, line extension, tilde operator, macron.
        '\u{58a}'
        | '\u{5be}'
        | '\u{1400}'
        | '\u{1806}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2e17}'
        | '\u{2e1a}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{2e40}'
        | '\u{2e5d}'
        | '\u{301c}'
        | '\u{3030}'
        | '\u{30a0}'
        | '\u{fe31}'
        | '\u{fe32}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{10d6e}'
        | '\u{10ead}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{207b}'
        | '\u{208b}'
        | '\u{2d7}'
        | '\u{2796}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{23af}'
        | '\u{223c}'
        | '\u{2053}'
        | '\u{af}'
        | '\u{203e}' => b'-',
        '·' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{3002}' | '\u{fe52}' => {
            b'.'
        }
        '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{2571}' => b'/',
        '\u{60c}' | '\u{201a}' | '\u{3001}' | '\u{fe50}' => b',',
        '\u{2236}' | '\u{a789}' | '\u{fe55}' => b':',
        '‘' | '’' | '‛' | '′' | '´' | '‹' | '›' => b'\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => b'"',
        // A character lost in some conversion.
        '\u{fffd}' => b'?',
        '×' | '÷' => sym::OTHER,
        'À'..='ÿ' => c as u32 as u8,
        // Full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => ascii((c as u32 - 0xff01) as u8 + b'!'),
        // Letters that cannot be told from a Latin O or I.
        'О' | 'о' | 'Ο' | 'ο' => b'O',
        'І' | 'Ι' | 'Ӏ' => b'I',
        c => match tables::digit(c) {
            Some(value) => b'0' + value,
            None if c.is_alphabetic() => sym::OTHER_LETTER,
            None => sym::OTHER,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, sym};

    /// The symbols as a text, soft digits in angle quotes.
    fn shown(text: &str) -> String {
        let mut shown = String::new();
        for symbol in fold(text) {
            match symbol.code {
                code if sym::is_soft(code) => {
                    shown.push('›');
                    shown.push(char::from(code - sym::SOFT_ZERO + b'0'));
                }
                sym::OTHER_LETTER => shown.push('□'),
                sym::OTHER => shown.push('◦'),
                code => shown.push(char::from(code)),
            }
        }
        shown
    }

    #[test]
    fn folds_to_one_alphabet() {
        let cases = [
            ("plain", "Sag 12-34, æøå ÆØÅ é", "Sag 12-34, æøå ÆØÅ é"),
            ("dashes", "‐‑‒–—―−⁃﹣－~～", "------------"),
            ("spaces", "\u{a0}\u{2009}\u{202f}\u{3000}\t\n\r\u{85}\u{2028}", "         "),
            ("control characters", "\u{0}\u{1f}\u{7f}", "   "),
            ("full-width", "ＣＰＲ：１２／３", "CPR:12/3"),
            ("Arabic-Indic and Devanagari digits", "٠١٢३४५", "012345"),
            ("mathematical digits", "𝟎𝟙𝟮", "012"),
            ("one superscript is no digit", "1² m²", "1◦ m◦"),
            ("superscripts in a row are digits", "⁰¹⁰²⁸³⁻¹²³⁴", "010283-1234"),
            ("subscripts in a row are digits", "₀₁₀₂₈₃₋₁₂₃₄", "010283-1234"),
            ("circled digits in a row", "⓪①⓪②⑧③-①②③④", "010283-1234"),
            ("circled digits of other kinds", "⓿❶➁⑶⒋⓵➊", "0123411"),
            ("tags", "<b>01</b>2<br/>3<SPAN >4 <x> a<b", "›01›2 3›4 <x> a<b"),
            ("roman numerals are no digits", "Ⅳ", "□"),
            ("invisible", "1\u{200b}2\u{ad}3\u{202e}4", "1›2›3›4"),
            ("invisible before a letter", "a\u{200b}b", "ab"),
            ("invisible at the end", "a\u{200b}", "a"),
            ("combining marks", "1\u{338}2\u{fe0f}\u{20e3}", "12"),
            ("a mark at the start", "\u{301}a", "a"),
            ("ring above", "pa\u{30a} A\u{30a}", "på Å"),
            ("brackets", "[{(<>)}]", "(((<>)))"),
            ("quotes", "»«„”’", "\"\"\"\"'"),
            ("entities", "1&nbsp;2&ndash;3&shy;4", "1 2-3›4"),
            ("ampersand", "A&B & C", "A&B & C"),
            ("ampersand last", "A&", "A&"),
            ("percent-encoding", "a%20b%2D1%C2%A02", "a b-1 2"),
            ("percent sign", "50% 7%", "50% 7%"),
            ("read as Windows-1252", "1â€“2Â\u{a0}3", "1-2 3"),
            ("lost character", "1\u{fffd}2", "1?2"),
            ("other scripts", "д漢", "□□"),
            ("emoji", "😀", "◦"),
            ("Cyrillic O", "1О", "1O"),
            ("a mark after ASCII", "x\u{301}y", "xy"),
            ("two bytes, then an escape", "æ&nbsp;ø%20å", "æ ø å"),
            ("× and ÷ are no letters", "×÷", "◦◦"),
            ("× and ÷ before ASCII", "2×3÷4", "2◦3◦4"),
            ("another mark on a, a ring on another letter", "a\u{301} u\u{30a}", "a u"),
            ("an Arabic percent sign after the digits of its script", "٩٪", "9◦"),
            ("an accent and a backslash", "`\\'", "'/'"),
            ("empty", "", ""),
        ];
        for (name, text, expected) in cases {
            assert_eq!(shown(text), expected, "{name}");
        }
    }

    #[test]
    fn gives_the_way_back() {
        let text = "aæb&nbsp;\u{200b}1\u{338}–";
        let found: Vec<_> = fold(text).map(|s| (s.code, text.get(s.at).unwrap())).collect();
        let (ae, one) = (0xe6, sym::SOFT_ZERO + 1);
        let expected = [(b'a', "a"), (ae, "æ"), (b'b', "b"), (b' ', "&nbsp;"), (one, "1\u{338}"), (b'-', "–")];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_digit_has_its_value_and_a_capital_letter_its_small_one() {
        for value in 0..10 {
            assert_eq!(sym::digit(b'0' + value), Some(value));
            assert_eq!(sym::digit(sym::SOFT_ZERO + value), Some(value));
        }
        assert_eq!((sym::digit(b':'), sym::digit(sym::SOFT_ZERO + 10)), (None, None));
        let folded = |text| fold(text).map(|symbol| symbol.code).collect::<Vec<_>>();
        let lower: Vec<u8> = folded("AZÀÞæz×1").into_iter().map(sym::lower).collect();
        assert_eq!(lower, folded("azàþæz×1"));
    }

    #[test]
    fn starts_anywhere() {
        let mut from = fold("æøå");
        from.seek(2);
        assert_eq!(from.next().map(|s| s.code), Some(0xf8));
        from.seek(99);
        assert_eq!(from.next(), None, "beyond the end");
        from.seek(1);
        assert_eq!(from.next(), None, "inside a character");
    }
}

//! A stretch of folded text of fixed size, so that any text is scanned without allocation and in linear time.

use std::ops::Range;

use super::context::{AFTER, BEFORE};
use crate::text::{Fold, fold, sym};

/// Symbols in a window. A subject in Outlook has at most 255 characters, so one window mostly does.
const SPAN: usize = 384;
/// Symbols at the end of a window that the next one starts candidates in: more than the longest candidate and the
/// text looked at after it.
const TAIL: usize = AFTER + 80;
/// Symbols before that, which the next window repeats as context.
const HEAD: usize = BEFORE;

/// A window on a text: at most [`SPAN`] symbols.
pub(super) struct Window<'a> {
    fold: Fold<'a>,
    codes: [u8; SPAN],
    length: usize,
    /// The byte from which on its symbols are read.
    base: usize,
    /// The first symbol a candidate may start at; those before are context.
    first: usize,
    last_window: bool,
}

/// Where the symbols of a window are in the text. Few are asked for, so that they are read again and not kept.
pub(super) struct Places<'a> {
    rest: Fold<'a>,
    passed: usize,
    last: Range<usize>,
}

impl<'a> Window<'a> {
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        let mut window = Self { fold: fold(text), codes: [0; SPAN], length: 0, base: 0, first: 0, last_window: false };
        window.fill();
        window
    }

    /// Moves on, and tells by how many symbols. `None` at the end of the text.
    pub(super) fn advance(&mut self) -> Option<usize> {
        if self.last_window {
            return None;
        }
        let step = SPAN - TAIL - HEAD;
        self.fold.seek(self.base);
        self.base = self.fold.nth(step)?.at.start;
        self.fill();
        self.first = HEAD;
        Some(step)
    }

    fn fill(&mut self) {
        self.fold.seek(self.base);
        self.length = 0;
        self.last_window = true;
        loop {
            // Most text is read here.
            self.length += self.fold.common_run(self.codes.get_mut(self.length..).unwrap_or_default());
            let Some(symbol) = self.fold.next() else { break };
            let Some(code) = self.codes.get_mut(self.length) else {
                self.last_window = false;
                break;
            };
            *code = symbol.code;
            self.length += 1;
        }
    }

    /// The symbols of the window.
    pub(super) fn codes(&self) -> &[u8] {
        self.codes.get(..self.length).unwrap_or_default()
    }

    /// The symbols at which a candidate may start in this window.
    pub(super) fn first_to_last(&self) -> Range<usize> {
        self.first..if self.last_window { self.length } else { SPAN - TAIL }
    }

    pub(super) fn places(&self) -> Places<'a> {
        let mut rest = self.fold.clone();
        rest.seek(self.base);
        Places { rest, passed: 0, last: 0..0 }
    }
}

impl Places<'_> {
    /// The bytes of a symbol and the combining marks on it. Symbols must be asked for in ascending order.
    pub(super) fn bytes_of(&mut self, at: usize) -> Range<usize> {
        while self.passed <= at
            && let Some(symbol) = self.rest.next()
        {
            self.last = symbol.at;
            self.passed += 1;
        }
        self.last.clone()
    }
}

/// The value of a symbol in a number: of a digit, and with `letters_as_digits` of O and I.
pub(super) fn value(code: u8, letters_as_digits: bool) -> Option<u8> {
    match code {
        b'O' | b'o' if letters_as_digits => Some(0),
        b'I' | b'l' | b'|' if letters_as_digits => Some(1),
        _ => sym::digit(code),
    }
}

#[cfg(test)]
mod tests {
    use super::{SPAN, Window};

    #[test]
    fn windows_cover_every_symbol_once() {
        for length in [0, 1, SPAN - 1, SPAN, SPAN + 1, 2 * SPAN, 5000] {
            let text: String = ('a'..='z').cycle().take(length).collect();
            let mut window = Window::new(&text);
            let mut covered = String::new();
            loop {
                covered.extend(window.first_to_last().filter_map(|at| window.codes().get(at)).map(|&c| char::from(c)));
                if window.advance().is_none() {
                    break;
                }
            }
            assert_eq!(covered, text, "{length} letters");
        }
    }

    #[test]
    fn gives_the_way_back() {
        let window = Window::new("a\u{200b}b\u{301}");
        assert_eq!(window.codes(), b"ab");
        let mut places = window.places();
        assert_eq!(places.bytes_of(0), 0..1);
        assert_eq!(places.bytes_of(1), 4..7);
        assert_eq!(places.bytes_of(1), 4..7, "again");
    }
}

//! A stretch of folded text of fixed size, so that any text is scanned without allocation and in linear time.

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
    text: &'a str,
    fold: Fold<'a>,
    codes: [u8; SPAN],
    /// Where each symbol starts, in bytes from `base`.
    starts: [u32; SPAN],
    length: usize,
    base: usize,
    /// The first symbol a candidate may start at; those before are context.
    first: usize,
    last_window: bool,
}

impl<'a> Window<'a> {
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        let mut window = Self {
            text,
            fold: fold(text),
            codes: [0; SPAN],
            starts: [0; SPAN],
            length: 0,
            base: 0,
            first: 0,
            last_window: false,
        };
        window.fill(0);
        window
    }

    /// Moves on, and tells by how many symbols. `None` at the end of the text.
    pub(super) fn advance(&mut self) -> Option<usize> {
        if self.last_window {
            return None;
        }
        let step = SPAN - TAIL - HEAD;
        self.fill(self.start_of(step));
        self.first = HEAD;
        Some(step)
    }

    fn fill(&mut self, base: usize) {
        self.fold.seek(base);
        self.base = base;
        self.length = 0;
        self.last_window = true;
        loop {
            // Runs of ASCII, which most text is, are copied.
            let from = self.fold.place();
            let run = self.fold.ascii_run(self.codes.get_mut(self.length..).unwrap_or_default());
            let Ok(offset) = u32::try_from(from - base) else {
                self.last_window = false;
                break;
            };
            let starts = self.starts.iter_mut().skip(self.length).take(run);
            starts.zip(offset..).for_each(|(start, offset)| *start = offset);
            self.length += run;
            let Some(symbol) = self.fold.next() else { break };
            let offset = u32::try_from(symbol.at.start - base);
            let place = self.codes.get_mut(self.length).zip(self.starts.get_mut(self.length));
            let (Ok(offset), Some((code, start))) = (offset, place) else {
                self.last_window = false;
                break;
            };
            (*code, *start) = (symbol.code, offset);
            self.length += 1;
        }
    }

    /// The symbols of the window.
    pub(super) fn codes(&self) -> &[u8] {
        self.codes.get(..self.length).unwrap_or_default()
    }

    /// The symbols at which a candidate may start in this window.
    pub(super) fn first_to_last(&self) -> std::ops::Range<usize> {
        self.first..if self.last_window { self.length } else { SPAN - TAIL }
    }

    /// The byte at which a symbol starts.
    pub(super) fn start_of(&self, at: usize) -> usize {
        self.starts
            .get(..self.length)
            .and_then(|starts| starts.get(at))
            .map_or(self.text.len(), |&offset| self.base + offset as usize)
    }

    /// The byte after a symbol and the combining marks on it.
    pub(super) fn end_of(&self, at: usize) -> usize {
        let mut fold = fold(self.text);
        fold.seek(self.start_of(at));
        fold.next().map_or(self.text.len(), |symbol| symbol.at.end)
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
        assert_eq!(window.start_of(1), 4);
        assert_eq!(window.end_of(1), 7);
        assert_eq!(window.start_of(2), 7, "beyond the end");
    }
}

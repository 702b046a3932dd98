//! Reads HTML as a browser shows it, as far as numbers, words, lines and tables go.
//!
//! It is no parser: no tree is made, and what is broken is read on. Every byte is passed once, and every search for an end that
//! is not there is made once.

use std::ops::Range;

use super::page::Page;
use super::{find, quotes};
use crate::text::named_character;

/// The text that the HTML shows.
pub(super) fn page(source: &str) -> Page {
    let mut reader = Reader { source, bytes: source.as_bytes(), page: Page::default(), ..Reader::default() };
    reader.read();
    let mut page = reader.page;
    quotes::mark(&mut page);
    page
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    bytes: &'a [u8],
    page: Page,
    /// Where the text of the open cell of each table begins.
    cells: Vec<usize>,
    /// How deep within elements whose line ends count.
    preformatted: usize,
    /// How deep within `blockquote`, and where the one that quotes a mail began, with its depth.
    quotes: usize,
    cited: Option<(usize, usize)>,
    /// The elements that are not closed any more: they were searched for in vain.
    unclosed: Vec<&'static str>,
}

/// Elements of which nothing is shown.
const HIDDEN: [&str; 5] = ["style", "script", "head", "title", "template"];

/// Elements that stand on lines of their own, with a space on each side.
const BLOCKS: &str = " address article aside body br caption center dd details dir div dl dt fieldset figcaption figure footer \
    form h1 h2 h3 h4 h5 h6 header html li main nav ol option p section select summary tbody tfoot ul ";

fn is_block(name: &[u8]) -> bool {
    BLOCKS.split(' ').any(|block| block.as_bytes() == name && !name.is_empty())
}

/// What Outlook and Gmail mark the mail with that is answered: an id, a style, a class.
const QUOTE_MARKS: [&str; 4] = ["divRplyFwdMsg", "appendonsend", "border-top:solid #E1E1E1", "gmail_quote"];

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(&byte) = self.bytes.get(at) {
            at = match byte {
                b'<' => self.tag(at),
                b'&' => self.entity(at),
                byte if byte.is_ascii_whitespace() => self.spaces(at),
                _ => {
                    let stops = |byte: &u8| matches!(byte, b'<' | b'&') || byte.is_ascii_whitespace();
                    let end = self.after(at, stops);
                    self.page.copy(self.source, at..end);
                    end
                }
            };
        }
        self.close_quote();
        self.page.end_line(self.bytes.len());
    }

    /// The first byte from there on that is one of these, or the end.
    fn after(&self, at: usize, is: impl FnMut(&u8) -> bool) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(is).unwrap_or(rest.len())
    }

    /// Spaces and line ends, which are one space in HTML.
    fn spaces(&mut self, at: usize) -> usize {
        let end = self.after(at, |byte| !byte.is_ascii_whitespace());
        let all = at..end;
        let has_line_end = || self.bytes.iter().take(end).skip(at).any(|byte| matches!(byte, b'\n' | b'\r'));
        if self.preformatted > 0 && has_line_end() {
            self.page.end_line(at);
        } else if self.page.text.ends_with(' ') || self.page.is_at_start() {
            // What the source has more of is part of no word.
        } else if self.bytes.get(at) == Some(&b' ') {
            self.page.copy(self.source, at..at + 1);
        } else {
            self.page.meant(' ', all);
        }
        end
    }

    fn entity(&mut self, at: usize) -> usize {
        let (meant, end) = self.character(at).unwrap_or(('&', at + 1));
        self.page.meant(meant, at..end);
        end
    }

    /// The character that an entity means, and the byte after it. Its semicolon may be missing.
    fn character(&self, at: usize) -> Option<(char, usize)> {
        let start = at + 1;
        let end = self.after(start, |byte| !byte.is_ascii_alphanumeric() && *byte != b'#').min(start + 32);
        let name = self.source.get(start..end)?;
        let after = |end: usize| if self.bytes.get(end) == Some(&b';') { end + 1 } else { end };
        if let Some(number) = name.strip_prefix('#') {
            let (digits, base) = match number.strip_prefix(['x', 'X']) {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(base)).count();
            let code = digits.get(..count).filter(|digits| !digits.is_empty())?;
            let meant = match u32::from_str_radix(code, base).unwrap_or(0) {
                // As Windows-1252 has them, which browsers read so (WHATWG HTML, "Numeric character reference end state").
                150 | 151 => '–',
                code => char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER),
            };
            return Some((meant, after(end - (digits.len() - count))));
        }
        match named_character(name.as_bytes()) {
            Some(meant) => Some((meant, after(end))),
            // Digits may follow at once: "&nbsp0102031234".
            None => ["nbsp", "shy"]
                .into_iter()
                .find(|known| name.starts_with(known))
                .and_then(|known| Some((named_character(known.as_bytes())?, start + known.len()))),
        }
    }

    /// A tag, a comment, or a sign that is neither. Returns the byte after it.
    fn tag(&mut self, at: usize) -> usize {
        let rest = self.bytes.get(at + 1..).unwrap_or_default();
        let (closes, name_at) = match rest {
            [b'!', b'-', b'-', ..] => return self.find(at + 2, "-->").map_or(self.bytes.len(), |end| end + 3),
            [b'!' | b'?', ..] => return self.after(at, |byte| *byte == b'>') + 1,
            [b'/', first, ..] if first.is_ascii_alphabetic() => (true, at + 2),
            [first, ..] if first.is_ascii_alphabetic() => (false, at + 1),
            [b'/', ..] => return self.after(at, |byte| *byte == b'>') + 1,
            _ => {
                self.page.copy(self.source, at..at + 1);
                return at + 1;
            }
        };
        let name_end = self.after(name_at, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        let end = self.end_of_tag(name_end);
        let mut small = [0; 10];
        let name = self.bytes.get(name_at..name_end).unwrap_or_default();
        let name = match small.get_mut(..name.len()) {
            Some(small) => {
                small.copy_from_slice(name);
                small.make_ascii_lowercase();
                small
            }
            // No element that matters here has so long a name.
            None => &mut [],
        };
        if closes {
            self.close(name, at);
        } else if let Some(hidden) = HIDDEN.into_iter().find(|hidden| hidden.as_bytes() == name) {
            return self.after_hidden(hidden, end);
        } else {
            self.open(name, name_end..end, at);
        }
        end
    }

    /// The byte after the `>` that ends a tag: one in a quoted value does not.
    fn end_of_tag(&self, from: usize) -> usize {
        let mut at = from;
        let mut before = b' ';
        while let Some(&byte) = self.bytes.get(at) {
            at += 1;
            match byte {
                b'>' => break,
                b'"' | b'\'' if before == b'=' => at = self.after(at, |other| *other == byte) + 1,
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
        }
        at.min(self.bytes.len())
    }

    /// The byte after an element of which nothing is shown.
    fn after_hidden(&mut self, name: &'static str, from: usize) -> usize {
        if self.unclosed.contains(&name) {
            return from;
        }
        match self.find(from, &["</", name].concat()) {
            Some(end) => self.end_of_tag(end),
            // A browser shows nothing of the rest. A head needs no end.
            None if name != "head" => self.bytes.len(),
            None => {
                self.unclosed.push(name);
                from
            }
        }
    }

    /// Where this is next, in any case.
    fn find(&self, from: usize, wanted: &str) -> Option<usize> {
        Some(from + find(self.bytes.get(from..)?, wanted)?)
    }

    fn open(&mut self, name: &[u8], attributes: Range<usize>, at: usize) {
        match name {
            b"td" | b"th" => {
                self.end_cell();
                self.page.end_line(at);
                self.page.cells.begin(self.page.text.len());
                if let Some(start) = self.cells.last_mut() {
                    *start = self.page.text.len();
                }
            }
            b"tr" => {
                self.end_cell();
                self.page.end_line(at);
                self.page.cells.begin_row();
            }
            b"table" => {
                self.page.end_line(at);
                self.page.cells.begin_table();
                self.cells.push(self.page.text.len());
            }
            b"div" | b"hr" | b"p" | b"blockquote" => {
                self.page.end_line(at);
                self.note_quote(name, attributes, at);
            }
            b"pre" => {
                self.page.end_line(at);
                self.preformatted += 1;
            }
            name if is_block(name) => self.page.end_line(at),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8], at: usize) {
        match name {
            b"td" | b"th" | b"tr" => {
                self.end_cell();
                self.page.end_line(at);
            }
            b"table" => {
                self.end_cell();
                self.page.end_line(at);
                self.page.cells.end_table(self.page.text.len());
                self.cells.pop();
            }
            b"pre" => {
                self.page.end_line(at);
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            b"blockquote" => {
                self.page.end_line(at);
                if self.cited.is_some_and(|(_, depth)| depth == self.quotes) {
                    self.close_quote();
                }
                self.quotes = self.quotes.saturating_sub(1);
            }
            name if is_block(name) => self.page.end_line(at),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(&start) = self.cells.last() else { return };
        let text = self.page.text.get(start..).unwrap_or_default();
        self.page.cells.end(text.trim_end_matches(super::page::END));
    }

    /// Does a tag begin the mail that is answered?
    fn note_quote(&mut self, name: &[u8], attributes: Range<usize>, at: usize) {
        let text = self.bytes.get(attributes).unwrap_or_default();
        let has = |wanted: &str| find(text, wanted).is_some();
        if name == b"blockquote" {
            self.quotes += 1;
            if self.cited.is_none() && has("cite") {
                self.cited = Some((self.page.text.len(), self.quotes));
            }
        }
        if self.page.mark.is_none() && name == b"div" && QUOTE_MARKS.into_iter().any(has) {
            self.page.mark = Some((at, self.page.text.len()));
        }
    }

    fn close_quote(&mut self) {
        if let Some((start, _)) = self.cited.take() {
            self.page.quoted.push(start..self.page.text.len());
        }
    }
}

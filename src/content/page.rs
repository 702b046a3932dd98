//! A text as a person reads it, with the way back to what it was made from.

use std::ops::Range;

use super::tables::{Cells, Column};

/// What ends a line or the cell of a table: nothing that stands in a number, so that no number is read across it.
pub(super) const END: char = '^';

/// The text of a body.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Its lines, each with [`END`] after it.
    pub(super) text: String,
    /// Where its parts come from, in order.
    runs: Vec<Run>,
    pub(super) cells: Cells,
    /// What is quoted from earlier mail, in bytes of the text: in order, and never overlapping.
    pub(super) quoted: Vec<Range<usize>>,
    /// Where a sign in the source says that an earlier mail begins: there, and in the text.
    pub(super) mark: Option<(usize, usize)>,
}

/// A part of the text, from where it begins to the next one, and the bytes of the source that it was made from. It stands there
/// letter for letter if both are of one length: an entity is longer than what it means.
#[derive(Debug)]
struct Run {
    at: usize,
    source: Range<usize>,
}

impl Page {
    /// A text that stands in its source letter for letter.
    pub(super) fn verbatim(text: String) -> Self {
        let runs = vec![Run { at: 0, source: 0..text.len() }];
        Self { text, runs, ..Self::default() }
    }

    /// Adds a part of the source as it stands there.
    pub(super) fn copy(&mut self, source: &str, part: Range<usize>) {
        let at = self.text.len();
        match self.runs.last_mut() {
            Some(last) if last.source.end == part.start && last.source.len() == at - last.at => {
                last.source.end = part.end
            }
            _ => self.runs.push(Run { at, source: part.clone() }),
        }
        self.text.push_str(source.get(part).unwrap_or_default());
    }

    /// Adds a character that a part of the source means.
    pub(super) fn meant(&mut self, c: char, part: Range<usize>) {
        self.runs.push(Run { at: self.text.len(), source: part });
        self.text.push(c);
    }

    /// Ends the line, unless it is empty.
    pub(super) fn end_line(&mut self, at: usize) {
        if !self.is_at_start() {
            self.meant(END, at..at);
        }
    }

    /// Has the line no text yet?
    pub(super) fn is_at_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(END)
    }

    /// The lines, each with the byte at which it begins.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.text.split(END).map(move |line| {
            let start = at;
            at += line.len() + END.len_utf8();
            (start, line)
        })
    }

    /// A part of the text.
    pub(crate) fn part(&self, at: Range<usize>) -> &str {
        self.text.get(at).unwrap_or_default()
    }

    /// Is this byte of the text quoted from earlier mail?
    pub(crate) fn is_quoted(&self, at: usize) -> bool {
        let next = self.quoted.partition_point(|part| part.end <= at);
        self.quoted.get(next).is_some_and(|part| part.start <= at)
    }

    /// The column of a table that this byte of the text is in.
    pub(super) fn column(&self, at: usize) -> Option<Column> {
        self.cells.column(at)
    }

    /// The parts of the source that hold what is quoted. What ends an HTML document stays.
    pub(crate) fn quoted_source(&self, source: &str) -> Vec<Range<usize>> {
        let begin = |at: usize| match self.mark {
            Some((mark, text)) if text == at => mark,
            _ => self.source_of(at).start,
        };
        let last = || {
            let end = source.as_bytes().windows(6).rposition(|tag| tag.eq_ignore_ascii_case(b"</body"));
            end.filter(|end| self.runs.last().is_none_or(|run| run.source.start <= *end)).unwrap_or(source.len())
        };
        // Where the last line of it was ended, before the tag that ended it.
        let end = |at: usize| if at < self.text.len() { self.source_of(at.saturating_sub(1)).end } else { last() };
        let parts = self.quoted.iter().map(|part| begin(part.start)..end(part.end));
        parts.filter(|part| part.start < part.end).collect()
    }

    /// The bytes of the source that a part of the text was made from, tags within it included.
    pub(crate) fn source(&self, at: Range<usize>) -> Range<usize> {
        let start = self.source_of(at.start);
        let last = self.text.get(at.clone()).and_then(|part| part.chars().next_back()).map_or(0, char::len_utf8);
        start.start..self.source_of(at.end.saturating_sub(last)).end.max(start.start)
    }

    /// The bytes of the source that the character at this byte was made from.
    fn source_of(&self, at: usize) -> Range<usize> {
        let next = self.runs.partition_point(|run| run.at <= at);
        let Some(run) = next.checked_sub(1).and_then(|index| self.runs.get(index)) else { return 0..0 };
        let end = self.runs.get(next).map_or(self.text.len(), |next| next.at);
        if run.source.len() != end - run.at {
            return run.source.clone();
        }
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let start = run.source.start + (at - run.at);
        start..start + length
    }
}

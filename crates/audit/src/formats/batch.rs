//! What came out of one block of a file.

use memchr::memchr_iter;

use crate::input::blocks::Block;
use crate::input::encoding::make_utf8;
use crate::judge::{FlaggedMail, TextGap};

/// Why one mail could not be read. The rest of its file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MailError {
    /// The line is longer than [`crate::input::blocks::LONGEST_LINE`].
    TooLong,
    /// The line holds zero bytes.
    Binary,
    /// A quotation mark is never closed.
    OpenQuote,
    /// The line has more or fewer columns than the first one.
    ColumnCount,
    /// The line is not a draft in JSON.
    NotADraft,
    /// There are no mail headers, or they never end.
    NoHeaders,
    /// It is damaged where it stands.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no mailboxes"))]
    Damaged,
    /// The file in a Maildir cannot be read.
    Unreadable,
}

/// What came out of one block. Lines count from 0 at the start of the block.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The block's text as UTF-8. A later block reuses the buffer.
    pub(crate) bytes: Vec<u8>,
    /// How many lines the block has.
    pub(crate) lines: u64,
    /// How many mails were read.
    pub(crate) read: u64,
    /// What could not be read, each with its line.
    pub(crate) errors: Vec<(u64, MailError)>,
    /// Lines that were decoded as Windows-1252.
    pub(crate) windows_1252: Vec<u64>,
    /// Mails with findings.
    pub(crate) flagged: Vec<FlaggedMail>,
    /// How many mails had their text read.
    pub(crate) texts: u64,
    /// Mails whose text was not read, or not to its end, each with its line.
    pub(crate) gaps: Vec<(u64, TextGap)>,
}

impl Batch {
    /// Counts the lines of a block and makes it valid UTF-8.
    pub(crate) fn of(block: Block) -> Self {
        if block.too_long {
            return Self { lines: 1, errors: vec![(0, MailError::TooLong)], ..Self::default() };
        }
        let mut bytes = block.bytes;
        let has_unended_line = !bytes.is_empty() && !bytes.ends_with(b"\n");
        let lines = count_line_feeds(&bytes) + u64::from(has_unended_line);
        let changed = make_utf8(&mut bytes);
        Self {
            lines,
            errors: changed.binary.into_iter().map(|line| (line, MailError::Binary)).collect(),
            windows_1252: changed.windows_1252,
            bytes,
            ..Self::default()
        }
    }
}

pub(crate) fn count_line_feeds(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Converts offsets to line numbers. The offsets must ascend, so that each line feed is counted once.
pub(crate) struct LineNumbers<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl<'a> LineNumbers<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, counted: 0, line: 0 }
    }

    /// The line that holds the byte at this offset, from 0.
    pub(crate) fn at(&mut self, offset: usize) -> u64 {
        self.line += count_line_feeds(self.bytes.get(self.counted..offset).unwrap_or_default());
        self.counted = self.counted.max(offset);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Block, MailError};

    /// A last line of zero bytes was once not counted, since it is emptied.
    #[test]
    fn lines_are_counted_before_any_is_emptied() {
        for (bytes, lines, binary) in [
            (&b""[..], 0, vec![]),
            (b"a", 1, vec![]),
            (b"a\n", 1, vec![]),
            (b"a\n\n", 2, vec![]),
            (b"\0", 1, vec![0]),
            (b"a\n\0", 2, vec![1]),
            (b"\0\na\0\n", 2, vec![0, 1]),
        ] {
            let batch = Batch::of(Block { bytes: bytes.to_owned(), too_long: false });
            let expected: Vec<_> = binary.into_iter().map(|line| (line, MailError::Binary)).collect();
            assert_eq!((batch.lines, batch.errors), (lines, expected), "{bytes:?}");
        }
    }
}

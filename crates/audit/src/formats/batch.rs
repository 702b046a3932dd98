//! What came out of one block of a file.

use memchr::memchr_iter;

use crate::input::blocks::Block;
use crate::input::encoding::tidy;
use crate::input::file_error::Trouble;
use crate::judge::Found;

/// What came out of one block. Lines count from 0 at the start of the block.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The block's text, as UTF-8; its buffer is used again.
    pub(crate) bytes: Vec<u8>,
    /// How many lines the block has.
    pub(crate) lines: u64,
    /// How many mails were read.
    pub(crate) read: u64,
    /// What could not be read, with its line.
    pub(crate) troubles: Vec<(u64, Trouble)>,
    /// Lines that were read as Windows-1252.
    pub(crate) foreign: Vec<u64>,
    /// Mails in which something was found.
    pub(crate) found: Vec<Found>,
}

impl Batch {
    /// Counts the lines of a block and makes it UTF-8.
    pub(crate) fn of(block: Block) -> Self {
        if block.too_long {
            return Self { lines: 1, troubles: vec![(0, Trouble::TooLong)], ..Self::default() };
        }
        let mut bytes = block.bytes;
        let unended = !bytes.is_empty() && !bytes.ends_with(b"\n");
        let lines = line_feeds(&bytes) + u64::from(unended);
        let met = tidy(&mut bytes);
        Self {
            lines,
            troubles: met.binary.into_iter().map(|line| (line, Trouble::Binary)).collect(),
            foreign: met.foreign,
            bytes,
            ..Self::default()
        }
    }
}

/// How many line feeds there are.
pub(crate) fn line_feeds(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Counts the lines up to places that come in order, without counting any twice.
pub(crate) struct LineOf<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl<'a> LineOf<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, counted: 0, line: 0 }
    }

    /// The line in which the byte at this place stands, from 0.
    pub(crate) fn at(&mut self, place: usize) -> u64 {
        self.line += line_feeds(self.bytes.get(self.counted..place).unwrap_or_default());
        self.counted = self.counted.max(place);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Block};
    use crate::input::file_error::Trouble;

    /// A last line of zeros was once not counted, as nothing is left of it.
    #[test]
    fn lines_are_counted_before_anything_is_taken_out() {
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
            let expected: Vec<_> = binary.into_iter().map(|line| (line, Trouble::Binary)).collect();
            assert_eq!((batch.lines, batch.troubles), (lines, expected), "{bytes:?}");
        }
    }
}

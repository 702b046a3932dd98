//! Cuts a stream into blocks of whole lines, or of whole records of a table, in constant memory.

use std::io::Read;

use memchr::{memchr, memchr_iter, memrchr};

use crate::input::file_error::FileError;
use crate::input::interrupt;

/// The size of a block in bytes, unless one line is longer.
pub(crate) const BLOCK: usize = 512 * 1024;
/// The longest line that is read, in bytes. No subject comes near it: a longer line is counted as unreadable.
pub(crate) const LONGEST_LINE: usize = 4 * 1024 * 1024;
/// How many bytes a quoted field may reach over line ends before its quotation mark counts as never closed.
const LONGEST_QUOTED: usize = 64 * 1024;

/// Where a block may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// At the end of any line.
    Lines,
    /// At the end of a line that is not within quotation marks.
    Records,
}

/// A part of the stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Whole lines; empty if the one line was too long.
    pub(crate) bytes: Vec<u8>,
    /// Does this block replace one line longer than [`LONGEST_LINE`]?
    pub(crate) too_long: bool,
}

/// Cuts a stream.
pub(crate) struct Blocks<R> {
    source: R,
    cut: Cut,
    size: usize,
    rest: Vec<u8>,
    /// Is it within a line longer than [`LONGEST_LINE`]?
    skips_line: bool,
    has_started: bool,
    has_ended: bool,
    /// Why the stream was not read to its end.
    error: Option<FileError>,
}

impl<R: Read> Blocks<R> {
    /// Cuts into blocks of `size` bytes: [`BLOCK`], except in tests.
    pub(crate) fn new(source: R, cut: Cut, size: usize) -> Self {
        Self {
            source,
            cut,
            size,
            rest: Vec::new(),
            skips_line: false,
            has_started: false,
            has_ended: false,
            error: None,
        }
    }

    /// Reads a stream to its end, to find out what is wrong with it.
    pub(crate) fn drain(mut source: R) -> Result<(), FileError> {
        std::io::copy(&mut source, &mut std::io::sink()).map(drop).map_err(|error| FileError::of(&error))
    }

    /// Was the stream read without an error?
    pub(crate) fn finish(self) -> Result<(), FileError> {
        self.error.map_or(Ok(()), Err)
    }

    /// The next block. It reuses the buffer of an earlier one. While a line that is too long is skipped the blocks are
    /// empty, so that whoever reads can stop there too.
    pub(crate) fn next(&mut self, mut bytes: Vec<u8>) -> Option<Block> {
        bytes.clear();
        bytes.append(&mut self.rest);
        // The first block is read even after Ctrl-C: a pipe may have delivered it before.
        if self.has_started && interrupt::is_requested() {
            self.error = Some(FileError::Interrupted);
            return None;
        }
        self.has_started = true;
        // After an error a stream may give others, which are not what was wrong with it.
        if self.has_ended {
            return (!bytes.is_empty()).then_some(Block { bytes, too_long: false });
        }
        if self.skips_line {
            return Some(self.skip(bytes));
        }
        let mut size = self.size;
        loop {
            self.fill(&mut bytes, size);
            if self.has_ended {
                return (!bytes.is_empty()).then_some(Block { bytes, too_long: false });
            }
            if let Some(end) = last_end(&bytes, self.cut) {
                self.rest.extend_from_slice(bytes.get(end..).unwrap_or_default());
                bytes.truncate(end);
                return Some(Block { bytes, too_long: false });
            }
            if size >= LONGEST_LINE {
                self.skips_line = true;
                return Some(self.skip(bytes));
            }
            size *= 2;
        }
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, size: usize) {
        let wanted = size.saturating_sub(bytes.len());
        bytes.reserve(wanted);
        match (&mut self.source).take(wanted as u64).read_to_end(bytes) {
            Ok(count) => self.has_ended |= count < wanted,
            Err(error) => {
                self.error = Some(FileError::of(&error));
                self.has_ended = true;
            }
        }
        if self.has_ended && self.error.is_none() && interrupt::is_requested() {
            self.error = Some(FileError::Interrupted);
        }
    }

    /// Skips the next bytes of a line that is too long. Its block comes with its end.
    fn skip(&mut self, mut bytes: Vec<u8>) -> Block {
        bytes.clear();
        self.fill(&mut bytes, self.size);
        let end = memchr(b'\n', &bytes);
        self.skips_line = end.is_none() && !self.has_ended;
        if let Some(end) = end {
            self.rest.extend_from_slice(bytes.get(end + 1..).unwrap_or_default());
        }
        bytes.clear();
        Block { bytes, too_long: !self.skips_line }
    }
}

/// Where the last line or record in the bytes ends.
fn last_end(bytes: &[u8], cut: Cut) -> Option<usize> {
    let last = memrchr(b'\n', bytes)?;
    let quotes = |from: usize, to: usize| memchr_iter(b'"', bytes.get(from..to).unwrap_or_default()).count();
    if cut == Cut::Lines || quotes(0, last).is_multiple_of(2) {
        return Some(last + 1);
    }
    let (mut end, mut odd) = (last, true);
    while let Some(before) = memrchr(b'\n', bytes.get(..end).unwrap_or_default()) {
        odd ^= quotes(before, end) % 2 == 1;
        if !odd {
            return Some(before + 1);
        }
        end = before;
        if last - end > LONGEST_QUOTED {
            break;
        }
    }
    // No record is that long: a quotation mark was never closed, and the reader of the block finds out which.
    Some(last + 1)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Block, Blocks, Cut, LONGEST_LINE, last_end};

    fn all(text: &[u8], cut: Cut) -> Vec<Block> {
        let mut blocks = Blocks::new(text, cut, BLOCK);
        let mut all = Vec::new();
        while let Some(block) = blocks.next(Vec::new()) {
            all.push(block);
        }
        all.retain(|block| *block != Block::default());
        all
    }

    #[test]
    fn blocks_end_at_line_ends_and_lose_nothing() {
        let text: Vec<u8> = (0..200_000).flat_map(|n| format!("{}\n", "x".repeat(n % 23)).into_bytes()).collect();
        for text in [&text[..], &text[..text.len() - 1], b"", b"\n", b"a"] {
            let blocks = all(text, Cut::Lines);
            assert_eq!(blocks.iter().flat_map(|block| block.bytes.clone()).collect::<Vec<_>>(), text);
            for block in blocks.iter().rev().skip(1) {
                assert!(block.bytes.len() <= BLOCK && block.bytes.ends_with(b"\n"));
            }
        }
    }

    #[test]
    fn a_line_that_never_ends_is_skipped() {
        let text = [b"first\n".to_vec(), vec![b'x'; 3 * LONGEST_LINE], b"\nlast\n".to_vec()].concat();
        let blocks = all(&text, Cut::Lines);
        let shown: Vec<_> = blocks.iter().map(|block| (block.bytes.as_slice(), block.too_long)).collect();
        assert_eq!(shown, [(&b"first\n"[..], false), (b"", true), (b"last\n", false)]);
        assert_eq!(all(&vec![b'x'; 2 * LONGEST_LINE], Cut::Lines), [Block { bytes: vec![], too_long: true }]);
        let after = [vec![b'x'; 2 * LONGEST_LINE], b"\n".to_vec()].concat();
        assert_eq!(all(&after, Cut::Lines), [Block { bytes: vec![], too_long: true }], "it ends with the file");
        let just = vec![b'x'; LONGEST_LINE - 1];
        assert_eq!(all(&just, Cut::Lines), [Block { bytes: just.clone(), too_long: false }]);
    }

    #[test]
    fn a_record_ends_outside_quotation_marks() {
        let unclosed = format!("a,\"b\n{}", "c,d\n".repeat(30_000));
        for (bytes, expected) in [
            ("a,b\nc,d\ne", Some(8)),
            ("a,\"b\nc\",d\ne,\"f\ng", Some(10)),
            ("a,\"b\"\"\nc\",d\n", Some(12)),
            ("a,b", None),
            (unclosed.as_str(), Some(unclosed.len())),
        ] {
            assert_eq!(last_end(bytes.as_bytes(), Cut::Records), expected);
        }
    }
}

//! Reads the records of a table one after another, and recovers from quotation marks that are never closed.

use std::ops::Range;

use csv::{ByteRecord, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter};

use crate::formats::batch::MailError;
use crate::formats::columns::Columns;

/// Reads the records of a block in order.
pub(crate) struct Records<'a> {
    bytes: &'a [u8],
    columns: &'a Columns,
    reader: Reader<&'a [u8]>,
    /// Where the reader started, in bytes from the start of the block.
    reader_start: usize,
    record: ByteRecord,
    /// How many bytes may still be read again after quotation marks that are never closed.
    again: usize,
    /// Lines that are read one by one: where the next of them begins, and where they end.
    single_lines: Range<usize>,
}

/// As often may a block be read again. Where each line opens a quotation mark, every one of them would swallow the rest of it.
const READ_AGAIN: usize = 8;
/// What a new reader costs, as bytes that are read.
const NEW_READER: usize = 1024;

/// A record.
pub(crate) struct Record<'a> {
    /// Where it begins in the block, in bytes.
    pub(crate) start: usize,
    pub(crate) fields: &'a ByteRecord,
}

/// A line that is not a record.
pub(crate) struct BadLine {
    /// Where it begins in the block, in bytes.
    pub(crate) start: usize,
    pub(crate) error: MailError,
}

impl<'a> Records<'a> {
    pub(crate) fn new(bytes: &'a [u8], columns: &'a Columns) -> Self {
        let reader = reader(bytes, columns, 64 * 1024);
        let again = READ_AGAIN * bytes.len();
        Self { bytes, columns, reader, reader_start: 0, record: ByteRecord::new(), again, single_lines: 0..0 }
    }

    /// The next record, or the next line that is not one; `None` at the end of the block.
    pub(crate) fn next_record(&mut self) -> Option<Result<Record<'_>, BadLine>> {
        if !self.single_lines.is_empty() {
            return self.next_line();
        }
        let before = self.reader.position().clone();
        // Reading from memory cannot fail.
        self.reader.read_byte_record(&mut self.record).ok().filter(|&is_record| is_record)?;
        let start = self.reader_start + offset(&before);
        let start = start + count_line_ends(self.bytes.get(start..).unwrap_or_default());
        let fits = fits(&self.record, self.columns);
        let is_on_one_line = self.reader.position().line() <= before.line() + 1;
        if !(fits && is_on_one_line)
            && let Some(error) = self.check(start, fits)
        {
            return Some(Err(BadLine { start, error }));
        }
        Some(Ok(Record { start, fields: &self.record }))
    }

    /// The next of the lines that are read one by one.
    fn next_line(&mut self) -> Option<Result<Record<'_>, BadLine>> {
        let Range { start, end } = self.single_lines.clone();
        let rest = self.bytes.get(start..end).unwrap_or_default();
        let start = start + count_line_ends(rest);
        let rest = self.bytes.get(start..end).unwrap_or_default();
        let line = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
        self.single_lines.start = (start + line.len() + 1).min(end);
        if self.single_lines.is_empty() {
            self.restart(end);
        }
        if line.is_empty() {
            return self.next_record();
        }
        self.record = first_record(line, self.columns);
        match (has_open_quote(line), fits(&self.record, self.columns)) {
            (true, _) => Some(Err(BadLine { start, error: MailError::OpenQuote })),
            (_, false) => Some(Err(BadLine { start, error: MailError::ColumnCount })),
            _ => Some(Ok(Record { start, fields: &self.record })),
        }
    }

    /// What is wrong with a record that takes up several lines or does not fit the columns, if anything.
    fn check(&mut self, start: usize, fits: bool) -> Option<MailError> {
        let end = self.reader_start + offset(self.reader.position());
        let raw = self.bytes.get(start..end).unwrap_or_default();
        let second_line = second_line(raw).map(|at| start + at);
        if let Some(second_line) = second_line.filter(|&line| !fits || self.is_record(line)) {
            // An open quotation mark has swallowed the lines after it. They may be records, so they are read again.
            let cost = end - second_line + NEW_READER;
            match self.again.checked_sub(cost) {
                Some(left) => {
                    self.again = left;
                    self.restart(second_line);
                }
                None => self.single_lines = second_line..end,
            }
            return Some(MailError::OpenQuote);
        }
        match fits {
            true => None,
            false if has_open_quote(raw) => Some(MailError::OpenQuote),
            false => Some(MailError::ColumnCount),
        }
    }

    fn restart(&mut self, start: usize) {
        self.reader = reader(self.bytes.get(start..).unwrap_or_default(), self.columns, 8 * 1024);
        self.reader_start = start;
    }

    /// Is the line that begins here a record of its own? The last line of a quoted field is not: its quotation marks do
    /// not pair up.
    fn is_record(&self, start: usize) -> bool {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let line = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
        !has_open_quote(line) && fits(&first_record(line, self.columns), self.columns)
    }
}

/// The first record in the bytes.
pub(crate) fn first_record(bytes: &[u8], columns: &Columns) -> ByteRecord {
    let mut record = ByteRecord::new();
    // Reading from memory cannot fail.
    let _ = reader(bytes, columns, 1024).read_byte_record(&mut record);
    record
}

fn reader<'a>(bytes: &'a [u8], columns: &Columns, capacity: usize) -> Reader<&'a [u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(columns.delimiter)
        .buffer_capacity(capacity)
        .from_reader(bytes)
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Counts the line ends at the start: the reader skips empty lines together with the record after them.
fn count_line_ends(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// Does the record have all columns? It may have more if they are empty: a delimiter at the end of the line adds one.
fn fits(record: &ByteRecord, columns: &Columns) -> bool {
    record.len() >= columns.width && record.iter().skip(columns.width).all(<[u8]>::is_empty)
}

/// Where the second line of a record begins, if it has one.
fn second_line(record: &[u8]) -> Option<usize> {
    memchr(b'\n', record.trim_ascii_end()).map(|at| at + 1)
}

fn has_open_quote(bytes: &[u8]) -> bool {
    memchr_iter(b'"', bytes).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::Records;
    use crate::formats::columns::Columns;
    use crate::formats::detect::{Layout, detect};

    fn columns() -> Columns {
        match detect(None, std::path::Path::new("a.csv"), b"Subject,To\n") {
            Ok(Layout::Trace(columns)) => columns,
            _ => panic!("it is a table"),
        }
    }

    /// The subjects that were read, how many lines were not, and how many bytes may still be read again.
    fn read(text: &str) -> (Vec<String>, usize, usize) {
        let columns = columns();
        let mut records = Records::new(text.as_bytes(), &columns);
        let (mut subjects, mut bad) = (Vec::new(), 0);
        while let Some(record) = records.next_record() {
            match record {
                Ok(record) => subjects.push(String::from_utf8_lossy(&record.fields[0]).into_owned()),
                Err(_) => bad += 1,
            }
        }
        (subjects, bad, records.again)
    }

    /// Lines that close and open a quotation mark each once swallowed the rest of a block, line after line: half a megabyte took
    /// two minutes. No more than a few times the block is read again, and what is a record is still found.
    #[test]
    fn quotation_marks_that_are_never_closed_do_not_have_a_block_read_for_each_line() {
        for lines in [1_000, 4_000] {
            for hostile in ["a\"b,\"c\n", "\"x,y\n", "x,\"y\n"] {
                let text = format!("{}Vedr. 010203-1234,b\n{}", hostile.repeat(lines), hostile.repeat(lines));
                let (subjects, bad, _) = read(&text);
                assert!(subjects.iter().any(|subject| subject == "Vedr. 010203-1234"), "{hostile:?} {lines}");
                assert!(subjects.len() + bad > lines, "{hostile:?} {lines}");
            }
        }
        assert_eq!(read("\"x\ny\",a\n\"z,b\nw,c\n").0, ["x\ny", "w"], "few of them cost nothing");
    }
}

//! Tables of mails with a column each: message traces of Exchange, tracking logs, lists out of Excel.

use std::collections::HashMap;
use std::ops::Range;

use csv::{ByteRecord, ReaderBuilder};
use memchr::{memchr, memchr_iter};
use sendvagt::Draft;
use sendvagt::cpr::scan_lines;

use crate::formats::batch::{Batch, LineOf};
use crate::formats::columns::Columns;
use crate::input::blocks::Block;
use crate::input::file_error::Trouble;
use crate::judge::timestamp::When;
use crate::judge::{Judge, Mail};

/// Reads a block of records.
///
/// The subjects are laid one after the other, a line each, and searched in one go; only a record in which something
/// may be found is read as a whole.
pub(crate) fn read(block: Block, columns: &Columns, judge: &Judge) -> Batch {
    let mut batch = Batch::of(block);
    let mut rows = Rows::default();
    let troubles = rows.collect(&batch.bytes, columns, judge);
    batch.read = rows.starts.len() as u64;
    batch.troubles.extend(troubles);
    batch.troubles.sort_unstable();
    rows.suspect_subjects(judge);
    let mut line_of = LineOf::new(&batch.bytes);
    for start in rows.suspects() {
        let place = line_of.at(start);
        let record = record_at(batch.bytes.get(start..).unwrap_or_default(), columns.delimiter);
        batch.found.extend(judge.judge(mail(&record, columns, place)));
    }
    batch
}

/// The records of a block.
#[derive(Default)]
struct Rows {
    /// Where each record begins in the block, in bytes.
    starts: Vec<usize>,
    /// The subjects, a line each.
    subjects: Vec<u8>,
    /// Where each subject begins in `subjects`.
    subject_starts: Vec<usize>,
    /// Records in which something may be found, by index.
    suspects: Vec<usize>,
}

impl Rows {
    /// Collects the records and tells which lines are none.
    fn collect(&mut self, bytes: &[u8], columns: &Columns, judge: &Judge) -> Vec<(u64, Trouble)> {
        let mut troubles = Vec::new();
        let mut line_of = LineOf::new(bytes);
        let mut minded = HashMap::new();
        let mut record = ByteRecord::new();
        let mut from = 0;
        // A quotation mark that is never closed swallows the lines after it: reading begins anew at the next line.
        'anew: loop {
            let mut reader = ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(columns.delimiter)
                .buffer_capacity(64 * 1024)
                .from_reader(bytes.get(from..).unwrap_or_default());
            loop {
                let before = reader.position().clone();
                if !reader.read_byte_record(&mut record).unwrap_or(false) {
                    return troubles;
                }
                let start = from + offset(&before);
                let start = start + line_ends(bytes.get(start..).unwrap_or_default());
                let whole = fits(&record, columns);
                if !whole || reader.position().line() > before.line() + 1 {
                    let end = from + offset(reader.position());
                    match doubt(bytes, start..end, whole, columns) {
                        Doubt::None => {}
                        Doubt::NoRecord(trouble) => {
                            troubles.push((line_of.at(start), trouble));
                            continue;
                        }
                        Doubt::Swallowed { second } => {
                            troubles.push((line_of.at(start), Trouble::OpenQuote));
                            from = second;
                            continue 'anew;
                        }
                    }
                }
                self.keep(start, &record, columns);
                if judge.looks_at_recipients() && self.minds(&record, columns, judge, &mut minded) {
                    self.suspects.push(self.starts.len().saturating_sub(1));
                }
            }
        }
    }

    fn keep(&mut self, start: usize, record: &ByteRecord, columns: &Columns) {
        let subject = record.get(columns.subject).unwrap_or_default();
        if record.len() == columns.names.len() && *record == columns.names {
            return;
        }
        self.starts.push(start);
        self.subject_starts.push(self.subjects.len());
        self.subjects.extend_from_slice(subject);
        if memchr::memchr2(b'\n', b'\r', subject).is_some() {
            let at = self.subjects.len() - subject.len();
            let kept = self.subjects.get_mut(at..).unwrap_or_default();
            kept.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        }
        self.subjects.push(b'\n');
    }

    /// May a recipient be a fault? The same recipients come again and again.
    fn minds(&self, record: &ByteRecord, columns: &Columns, judge: &Judge, known: &mut HashMap<Vec<u8>, bool>) -> bool {
        columns.to.iter().filter_map(|&column| record.get(column)).any(|field| {
            known.get(field).copied().unwrap_or_else(|| {
                let minds = addresses(&String::from_utf8_lossy(field)).any(|address| judge.may_mind(address));
                known.insert(field.to_owned(), minds);
                minds
            })
        })
    }

    fn suspect_subjects(&mut self, judge: &Judge) {
        let (suspects, starts) = (&mut self.suspects, &self.subject_starts);
        scan_lines(&self.subjects, judge.words(), |line, _| {
            let row = starts.partition_point(|&start| start <= line.at.start) - 1;
            suspects.push(row);
        });
        self.suspects.sort_unstable();
        self.suspects.dedup();
    }

    /// Where the records begin in which something may be found.
    fn suspects(&self) -> impl Iterator<Item = usize> {
        self.suspects.iter().filter_map(|&row| self.starts.get(row).copied())
    }
}

/// What a record turns out to be that stands on several lines, or has not the columns it should have.
enum Doubt {
    /// A record all the same.
    None,
    /// None.
    NoRecord(Trouble),
    /// Several lines, from a quotation mark that is never closed; the second of them begins here.
    Swallowed { second: usize },
}

fn doubt(bytes: &[u8], record: Range<usize>, whole: bool, columns: &Columns) -> Doubt {
    let raw = bytes.get(record.clone()).unwrap_or_default();
    match second_line(raw).map(|second| record.start + second) {
        Some(second) if !whole || starts_a_record(bytes, second, columns) => Doubt::Swallowed { second },
        _ if whole => Doubt::None,
        _ if has_open_quote(raw) => Doubt::NoRecord(Trouble::OpenQuote),
        _ => Doubt::NoRecord(Trouble::Columns),
    }
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// How many line ends stand at the start.
fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// Has the record all columns? More are right only if they are empty, as a delimiter at the end makes them.
fn fits(record: &ByteRecord, columns: &Columns) -> bool {
    record.len() >= columns.width && record.iter().skip(columns.width).all(<[u8]>::is_empty)
}

/// Where the second line of a record begins in it, if it has one.
fn second_line(record: &[u8]) -> Option<usize> {
    memchr(b'\n', record.trim_ascii_end()).map(|at| at + 1)
}

/// Does a whole record stand in this one line? The last line of a field over several lines has a quotation mark too
/// many.
fn starts_a_record(bytes: &[u8], start: usize, columns: &Columns) -> bool {
    let rest = bytes.get(start..).unwrap_or_default();
    let line = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
    !has_open_quote(line) && fits(&record_at(line, columns.delimiter), columns)
}

fn has_open_quote(bytes: &[u8]) -> bool {
    memchr_iter(b'"', bytes).count() % 2 == 1
}

fn record_at(bytes: &[u8], delimiter: u8) -> ByteRecord {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(1024)
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    // Reading bytes that are at hand cannot fail.
    let _ = reader.read_byte_record(&mut record);
    record
}

fn mail(record: &ByteRecord, columns: &Columns, place: u64) -> Mail {
    let field = |column: Option<usize>| {
        String::from_utf8_lossy(column.and_then(|column| record.get(column)).unwrap_or_default()).into_owned()
    };
    let subject = field(Some(columns.subject)).replace(['\n', '\r'], " ");
    let from = field(columns.from);
    let to: Vec<String> = columns.to.iter().map(|&column| field(Some(column))).collect();
    let mut recipients: Vec<&str> = Vec::new();
    for address in to.iter().flat_map(|field| addresses(field)) {
        if !recipients.contains(&address) {
            recipients.push(address);
        }
    }
    let draft = Draft { subject, from: (!from.is_empty()).then_some(from), ..Draft::default() };
    Mail { place, id: field(columns.id), when: When::parse(&field(columns.when)), draft }.with_recipients(recipients)
}

/// The addresses in a column of recipients: `a@b.dk;c@d.dk`, or `a@b.dk##Receive, Send;…` with what became of each.
fn addresses(field: &str) -> impl Iterator<Item = &str> {
    let each = field.split(';').filter_map(|part| part.split("##").next());
    each.map(str::trim).filter(|address| address.contains('@'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sendvagt::Policy;

    use super::read;
    use crate::formats::columns::Columns;
    use crate::input::blocks::Block;
    use crate::input::file_error::Trouble;
    use crate::judge::Judge;

    /// Mails read, lines with findings, lines with trouble.
    fn lines(text: &str) -> (u64, Vec<u64>, Vec<(u64, Trouble)>) {
        let columns = Columns::find(text.as_bytes()).expect("it has columns");
        let bytes = text.as_bytes()[columns.start..].to_owned();
        let batch = read(Block { bytes, too_long: false }, &columns, &Judge::new(Policy::default(), false));
        (batch.read, batch.found.iter().map(|found| found.place).collect(), batch.troubles)
    }

    #[test]
    fn a_forgotten_quotation_mark_costs_its_own_line_alone() {
        let hit = "Vedr. 010203-1234";
        let cases = [
            ("none", format!("Subject,To\n{hit},a@b.example\nx,a@b.example\n"), (2, vec![0], vec![])),
            ("line ends", format!("Subject,To\r\n{hit},a@b.example\r\n\r\nx,y\r\n{hit},y"), (3, vec![1, 4], vec![])),
            (
                "an open one",
                format!("Subject,To\nx,y\n\"{hit},y\n{hit},y\n{hit},y\n"),
                (3, vec![2, 3], vec![(1, Trouble::OpenQuote)]),
            ),
            (
                "two open ones that would close each other",
                format!("Subject,To\n\"x,y\n{hit},\"y\n{hit},y\n"),
                (1, vec![2], vec![(0, Trouble::OpenQuote), (1, Trouble::OpenQuote)]),
            ),
            (
                "an open one in the last line",
                format!("Subject,To\n{hit},y\n\"x,y"),
                (1, vec![0], vec![(1, Trouble::OpenQuote)]),
            ),
            (
                "a subject over two lines",
                format!("Subject,To,Id\n\"Vedr.\n010203-1234\",y,z\n{hit},y,z\n"),
                (2, vec![0, 2], vec![]),
            ),
            ("too few columns", format!("Subject,To\n{hit}\nx,y\n"), (1, vec![], vec![(0, Trouble::Columns)])),
            ("too many", format!("Subject,To\nx,{hit},y\nx,y,,\n"), (1, vec![], vec![(0, Trouble::Columns)])),
            ("the names again", format!("Subject,To\nx,y\nSubject,To\n{hit},y\n"), (2, vec![2], vec![])),
        ];
        for (name, text, expected) in cases {
            assert_eq!(lines(&text), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_and_no_line_is_counted_twice(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("\"".to_owned()), Just(",".to_owned()), Just("\n".to_owned()), Just("\r\n".to_owned()),
                    Just("010203-1234".to_owned()), Just("x,y\n".to_owned()), Just("\0".to_owned()), "\\PC{0,3}",
                ],
                0..60,
            ),
            // A carriage return alone ends a record too, so that two would stand on a line.
            tail in proptest::collection::vec(any::<u8>().prop_filter("no line end", |&byte| byte != b'\r'), 0..8),
        ) {
            let columns = Columns::find(b"Subject,To\n").expect("it has columns");
            let bytes = [parts.concat().as_bytes(), &tail].concat();
            let batch = read(Block { bytes, too_long: false }, &columns, &Judge::new(Policy::default(), false));
            let mut places: Vec<u64> = batch.troubles.iter().map(|(line, _)| *line).collect();
            places.dedup();
            prop_assert_eq!(places.len(), batch.troubles.len(), "a line is told once");
            prop_assert!(batch.read + places.len() as u64 <= batch.lines);
            prop_assert!(places.iter().all(|&line| line < batch.lines));
            prop_assert!(batch.found.iter().all(|found| found.place < batch.lines && !places.contains(&found.place)));
        }
    }
}

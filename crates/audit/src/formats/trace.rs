//! Tables with a mail per record: message traces of Exchange, tracking logs, lists from Excel.

use std::collections::{BTreeMap, HashMap, HashSet};

use csv::ByteRecord;
use memchr::memchr2;
use sendvagt::cpr::Candidate;
use sendvagt::{Draft, Field};

use crate::formats::batch::{Batch, LineNumbers};
use crate::formats::columns::Columns;
use crate::formats::lines::suspect_lines;
use crate::formats::records::{BadLine, Record, Records, first_record};
use crate::input::blocks::Block;
use crate::judge::timestamp::Timestamp;
use crate::judge::{Judge, Mail};

/// Reads a block of records.
///
/// The subjects are copied into one buffer, a line each, and scanned in one pass. Only suspect records become a [`Mail`].
pub(crate) fn read(block: Block, columns: &Columns, judge: &Judge) -> Batch {
    let mut batch = Batch::of(block);
    let mut subjects = Subjects::default();
    let mut retired = RetiredRecipients { judge, columns, known: HashMap::new() };
    // What the subject of each suspect record may hold, by where the record begins.
    let mut suspects: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    let mut line_numbers = LineNumbers::new(&batch.bytes);
    let mut records = Records::new(&batch.bytes, columns);
    while let Some(record) = records.next_record() {
        match record {
            // A file that was joined from several repeats the names of its columns.
            Ok(Record { fields, .. }) if *fields == columns.names => {}
            Ok(Record { start, fields }) => {
                let subject = fields.get(columns.subject).unwrap_or_default();
                subjects.push(start, subject);
                if retired.are_in(fields) || judge.is_sought(subject) {
                    suspects.insert(start, Vec::new());
                }
            }
            Err(BadLine { start, error }) => batch.errors.push((line_numbers.at(start), error)),
        }
    }
    batch.errors.sort_unstable();
    batch.read = subjects.starts.len() as u64;
    for (start, numbers) in subjects.suspects(judge) {
        suspects.insert(start, numbers);
    }
    let mut line_numbers = LineNumbers::new(&batch.bytes);
    for (start, numbers) in suspects {
        let line = line_numbers.at(start);
        let record = first_record(batch.bytes.get(start..).unwrap_or_default(), columns);
        batch.flagged.extend(judge.check(mail(&record, columns, line), &numbers));
    }
    batch
}

/// The subjects of a block of records.
#[derive(Default)]
struct Subjects {
    /// The subjects, a line each.
    text: Vec<u8>,
    /// Where each subject begins in `text`.
    starts: Vec<usize>,
    /// Where the record of each subject begins in the block.
    record_starts: Vec<usize>,
}

impl Subjects {
    fn push(&mut self, record_start: usize, subject: &[u8]) {
        let start = self.text.len();
        self.starts.push(start);
        self.record_starts.push(record_start);
        self.text.extend_from_slice(subject);
        if memchr2(b'\n', b'\r', subject).is_some() {
            let copy = self.text.get_mut(start..).unwrap_or_default();
            copy.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        }
        self.text.push(b'\n');
    }

    /// Where the records begin whose subjects may hold CPR numbers on some day, each with these numbers.
    fn suspects(&self, judge: &Judge) -> impl Iterator<Item = (usize, Vec<Candidate>)> {
        suspect_lines(&self.text, judge, None).into_iter().filter_map(|line| {
            let index = self.starts.binary_search(&line.at.start).ok()?;
            self.record_starts.get(index).map(|&record_start| (record_start, line.numbers))
        })
    }
}

/// Finds records with a retired mailbox among the recipients.
struct RetiredRecipients<'a> {
    judge: &'a Judge,
    columns: &'a Columns,
    /// The answer for each field seen so far: the same recipients come again and again.
    known: HashMap<Vec<u8>, bool>,
}

impl RetiredRecipients<'_> {
    fn are_in(&mut self, record: &ByteRecord) -> bool {
        self.judge.checks_recipients()
            && self.columns.to.iter().filter_map(|&column| record.get(column)).any(|field| {
                self.known.get(field).copied().unwrap_or_else(|| {
                    let text = String::from_utf8_lossy(field);
                    let is_retired = addresses(&text).any(|address| self.judge.is_retired(address));
                    self.known.insert(field.to_owned(), is_retired);
                    is_retired
                })
            })
    }
}

fn mail(record: &ByteRecord, columns: &Columns, line: u64) -> Mail {
    let field = |column: Option<usize>| {
        String::from_utf8_lossy(column.and_then(|column| record.get(column)).unwrap_or_default()).into_owned()
    };
    let subject = field(Some(columns.subject)).replace(['\n', '\r'], " ");
    let from = field(columns.from);
    let to: Vec<String> = columns.to.iter().map(|&column| field(Some(column))).collect();
    let mut known = HashSet::new();
    let recipients: Vec<&str> =
        to.iter().flat_map(|field| addresses(field)).filter(|address| known.insert(*address)).collect();
    let draft = Draft { subject, from: (!from.is_empty()).then_some(from), ..Draft::default() };
    let date = Timestamp::parse(&field(columns.date));
    // A trace does not tell who is in Bcc, so that nobody counts as seen by the others.
    Mail { line, id: field(columns.id), date, draft, is_received: false, contents: None }
        .with_recipients(Field::Bcc, recipients)
}

/// The addresses in a field of recipients: `a@b.dk;c@d.dk`, or `a@b.dk##Receive, Send;…`, which adds the status of each.
fn addresses(field: &str) -> impl Iterator<Item = &str> {
    let each = field.split(';').filter_map(|part| part.split("##").next());
    each.map(str::trim).filter(|address| address.contains('@'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sendvagt::Policy;

    use super::read;
    use crate::formats::batch::MailError;
    use crate::formats::columns::Columns;
    use crate::input::blocks::Block;
    use crate::judge::Judge;

    /// How many mails are read, the lines with findings, the lines with errors.
    fn lines(text: &str) -> (u64, Vec<u64>, Vec<(u64, MailError)>) {
        let columns = Columns::find(text.as_bytes()).expect("it has columns");
        let bytes = text.as_bytes()[columns.start..].to_owned();
        let batch = read(Block { bytes, too_long: false }, &columns, &Judge::new(Policy::default(), false, false));
        (batch.read, batch.flagged.iter().map(|mail| mail.line).collect(), batch.errors)
    }

    #[test]
    fn an_open_quotation_mark_costs_its_own_line_only() {
        let hit = "Vedr. 010203-1234";
        let cases = [
            ("none", format!("Subject,To\n{hit},a@b.example\nx,a@b.example\n"), (2, vec![0], vec![])),
            ("line ends", format!("Subject,To\r\n{hit},a@b.example\r\n\r\nx,y\r\n{hit},y"), (3, vec![1, 4], vec![])),
            (
                "an open one",
                format!("Subject,To\nx,y\n\"{hit},y\n{hit},y\n{hit},y\n"),
                (3, vec![2, 3], vec![(1, MailError::OpenQuote)]),
            ),
            (
                "two open ones that would close each other",
                format!("Subject,To\n\"x,y\n{hit},\"y\n{hit},y\n"),
                (1, vec![2], vec![(0, MailError::OpenQuote), (1, MailError::OpenQuote)]),
            ),
            (
                "an open one in the last line",
                format!("Subject,To\n{hit},y\n\"x,y"),
                (1, vec![0], vec![(1, MailError::OpenQuote)]),
            ),
            (
                "a subject over two lines",
                format!("Subject,To,Id\n\"Vedr.\n010203-1234\",y,z\n{hit},y,z\n"),
                (2, vec![0, 2], vec![]),
            ),
            ("too few columns", format!("Subject,To\n{hit}\nx,y\n"), (1, vec![], vec![(0, MailError::ColumnCount)])),
            ("too many", format!("Subject,To\nx,{hit},y\nx,y,,\n"), (1, vec![], vec![(0, MailError::ColumnCount)])),
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
            // A carriage return alone ends a record too, which would put two records on one line.
            tail in proptest::collection::vec(any::<u8>().prop_filter("no line end", |&byte| byte != b'\r'), 0..8),
        ) {
            let columns = Columns::find(b"Subject,To\n").expect("it has columns");
            let bytes = [parts.concat().as_bytes(), &tail].concat();
            let batch = read(Block { bytes, too_long: false }, &columns, &Judge::new(Policy::default(), false, false));
            let mut lines: Vec<u64> = batch.errors.iter().map(|(line, _)| *line).collect();
            lines.dedup();
            prop_assert_eq!(lines.len(), batch.errors.len(), "a line is reported once");
            prop_assert!(batch.read + lines.len() as u64 <= batch.lines);
            prop_assert!(lines.iter().all(|&line| line < batch.lines));
            prop_assert!(batch.flagged.iter().all(|mail| mail.line < batch.lines && !lines.contains(&mail.line)));
        }
    }
}

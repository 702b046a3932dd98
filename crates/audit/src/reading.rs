//! Reads a file block by block, from its format to the tally. The program and the page both read with this.

use std::cell::Cell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use crate::formats::batch::{Batch, MailError, count_line_feeds};
use crate::formats::columns::Columns;
use crate::formats::detect::{Format, Layout, detect};
use crate::formats::mail::{MailReader, NoHeaders};
use crate::formats::{drafts, lines, trace};
use crate::input::blocks::{Block, Blocks, Cut};
use crate::input::file_error::FileError;
use crate::input::source::{Source, Stream};
use crate::judge::{FlaggedMail, Judge, Mail};
use crate::output::findings_file::FindingsFile;
use crate::output::tally::{FileSummary, Place, Tally};

/// What was found so far.
pub(crate) struct Results<W: Write> {
    pub(crate) tally: Tally,
    pub(crate) findings: Option<FindingsFile<W>>,
    /// Why no more findings can be written.
    pub(crate) write_error: Option<io::Error>,
    /// The mails with findings, if they are to be kept.
    pub(crate) kept: Option<Vec<FlaggedMail>>,
}

impl<W: Write> Results<W> {
    pub(crate) fn new(findings: Option<FindingsFile<W>>, judge: &Judge) -> Self {
        Self { tally: Tally::of(judge), findings, write_error: None, kept: None }
    }

    fn add(&mut self, file: &str, mut mail: FlaggedMail) {
        self.tally.add(&mut mail);
        if self.write_error.is_none()
            && let Some(findings) = &mut self.findings
        {
            self.write_error = findings.add(file, &mail).err();
        }
        if let Some(kept) = &mut self.kept {
            kept.push(mail);
        }
    }

    /// Adds what came out of the next block of a file.
    pub(crate) fn take(&mut self, summary: &mut FileSummary, batch: &mut Batch) {
        let first = summary.lines + 1;
        for (line, error) in batch.errors.drain(..) {
            summary.errors.entry(error).or_default().add(Place::Line(first + line));
        }
        for line in batch.windows_1252.drain(..) {
            summary.windows_1252.add(Place::Line(first + line));
        }
        for (line, gap) in batch.gaps.drain(..) {
            summary.gaps.entry(gap).or_default().add(Place::Line(first + line));
        }
        summary.texts += batch.texts;
        for mut mail in batch.flagged.drain(..) {
            mail.line += first;
            self.add(&summary.name, mail);
        }
        summary.lines += batch.lines;
        summary.read += batch.read;
    }

    /// Adds a mail, or what is told in its place.
    pub(crate) fn add_mail(&mut self, judge: &Judge, mail: Result<Mail, NoHeaders>, summary: &mut FileSummary) {
        match mail {
            Ok(mail) => {
                summary.read += 1;
                summary.received += u64::from(mail.is_received);
                match mail.contents.as_ref().map(|contents| contents.gap) {
                    None => {}
                    Some(None) => summary.texts += 1,
                    Some(Some(gap)) => {
                        let place = summary.place(mail.line);
                        summary.gaps.entry(gap).or_default().add(place);
                    }
                }
                if let Some(mut flagged) = judge.check_if_suspect(mail) {
                    flagged.line += 1;
                    self.add(&summary.name, flagged);
                }
            }
            Err(NoHeaders { line }) => {
                summary.errors.entry(MailError::NoHeaders).or_default().add(Place::Line(line + 1));
            }
        }
    }

    /// Reads the one mail in a file of a Maildir, with this name. Its place is the name of the file.
    pub(crate) fn read_maildir_file(
        &mut self,
        judge: &Judge,
        name: String,
        source: Result<Source, FileError>,
        block_size: usize,
        summary: &mut FileSummary,
    ) {
        let mut own = FileSummary { name, ..FileSummary::default() };
        let read = source.and_then(|source| {
            let mut reading = Reading::of_mail(source, block_size);
            while reading.step(judge, self, &mut own) {}
            reading.finish()
        });
        summary.read += own.read;
        summary.texts += own.texts;
        summary.received += own.received;
        for gap in own.gaps.into_keys() {
            summary.gaps.entry(gap).or_default().add(Place::File(own.name.clone()));
        }
        let error = read.err().map(|_| MailError::Unreadable).or_else(|| own.errors.keys().next().copied());
        if let Some(error) = error {
            summary.errors.entry(error).or_default().add(Place::File(own.name));
        }
    }
}

/// A file between its first block and its last.
pub(crate) struct Reading {
    pub(crate) blocks: Blocks<Stream>,
    pub(crate) way: Way,
    /// How many bytes of the file have been read, before decompression.
    pub(crate) position: Rc<Cell<u64>>,
    /// Its size in bytes, before decompression; `None` for a pipe.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page knows the sizes of its files"))]
    pub(crate) size: Option<u64>,
    /// A buffer for the block to come.
    spare: Vec<u8>,
}

/// How the blocks of a file are read.
pub(crate) enum Way {
    /// Each by itself.
    Each(Records),
    /// One after another, since a mail may be in several of them. Only headers are parsed, so that one thread keeps up
    /// with the disk.
    Mails(MailReader),
}

/// What the lines of a block hold.
pub(crate) enum Records {
    Text,
    Jsonl,
    Trace(Columns),
}

impl Records {
    /// Reads a block by itself.
    pub(crate) fn read(&self, block: Block, judge: &Judge) -> Batch {
        match self {
            Self::Text => lines::read(block, judge),
            Self::Jsonl => drafts::read(block, judge),
            Self::Trace(columns) => trace::read(block, columns, judge),
        }
    }
}

impl Reading {
    /// Begins to read the content of a file with this name, in blocks of this size.
    pub(crate) fn begin(
        mut source: Source,
        asked: Option<Format>,
        path: &Path,
        block_size: usize,
        summary: &mut FileSummary,
    ) -> Result<Self, FileError> {
        let layout = match detect(asked, path, &source.head) {
            // A compressed file of which nothing can be read is damaged, not empty.
            Err(FileError::Empty) => return Blocks::drain(source.text).and(Err(FileError::Empty)),
            layout => layout?,
        };
        summary.has_no_text = matches!(layout, Layout::Text | Layout::Trace(_));
        let (cut, way) = match layout {
            Layout::Text => (Cut::Lines, Way::Each(Records::Text)),
            Layout::Jsonl => (Cut::Lines, Way::Each(Records::Jsonl)),
            Layout::Eml => (Cut::Lines, Way::Mails(MailReader::of_mail())),
            Layout::Mbox => (Cut::Lines, Way::Mails(MailReader::of_mbox())),
            Layout::Trace(columns) => {
                let names = source.head.get(..columns.start).unwrap_or_default();
                summary.lines = count_line_feeds(names);
                io::copy(&mut io::Read::take(&mut source.text, columns.start as u64), &mut io::sink())
                    .map_err(|error| FileError::of(&error))?;
                (Cut::Records, Way::Each(Records::Trace(columns)))
            }
        };
        Ok(Self::new(source, cut, way, block_size))
    }

    fn of_mail(source: Source, block_size: usize) -> Self {
        Self::new(source, Cut::Lines, Way::Mails(MailReader::of_mail()), block_size)
    }

    fn new(source: Source, cut: Cut, way: Way, block_size: usize) -> Self {
        let Source { text, position, size, .. } = source;
        Self { blocks: Blocks::new(text, cut, block_size), way, position, size, spare: Vec::new() }
    }

    /// Reads the next block; is there more?
    pub(crate) fn step<W: Write>(
        &mut self,
        judge: &Judge,
        results: &mut Results<W>,
        summary: &mut FileSummary,
    ) -> bool {
        let is_done = matches!(&self.way, Way::Mails(reader) if reader.is_done());
        let block = if is_done { None } else { self.blocks.next(std::mem::take(&mut self.spare)) };
        match (&mut self.way, block) {
            (Way::Each(records), Some(block)) => {
                let mut batch = records.read(block, judge);
                results.take(summary, &mut batch);
                self.spare = batch.bytes;
                true
            }
            (Way::Each(_), None) => false,
            (Way::Mails(reader), Some(block)) => {
                if block.too_long {
                    summary.lines += 1;
                    if let Some(mail) = reader.push_too_long(judge) {
                        results.add_mail(judge, mail, summary);
                    }
                }
                for line in block.bytes.split_inclusive(|&byte| byte == b'\n') {
                    summary.lines += 1;
                    if let Some(mail) = reader.push(line, judge) {
                        results.add_mail(judge, mail, summary);
                    }
                    if reader.is_done() {
                        break;
                    }
                }
                self.spare = block.bytes;
                true
            }
            (Way::Mails(reader), None) => {
                if let Some(mail) = reader.finish(judge) {
                    results.add_mail(judge, mail, summary);
                }
                false
            }
        }
    }

    /// Was the file read without an error?
    pub(crate) fn finish(self) -> Result<(), FileError> {
        self.blocks.finish()
    }
}

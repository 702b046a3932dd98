//! Takes one file after another from its format to the tally.

use std::io;
use std::path::Path;

use indicatif::ProgressBar;

use crate::error::AuditError;
use crate::formats::batch::{Batch, MailError, count_line_feeds};
use crate::formats::columns::Columns;
use crate::formats::detect::{Format, Layout, detect};
use crate::formats::mail::{MailReader, NoHeaders};
use crate::formats::{drafts, lines, trace};
use crate::input::blocks::{BLOCK, Block, Blocks, Cut};
use crate::input::file_error::FileError;
use crate::input::pipeline::{self, Ends};
use crate::input::progress::Progress;
use crate::input::source::{self, Source, Stream};
use crate::input::{interrupt, maildir};
use crate::judge::{FlaggedMail, Judge, Mail};
use crate::output::findings_file::FindingsFile;
use crate::output::tally::{FileSummary, Place, Tally};

/// Reads files and collects the findings.
pub(crate) struct Run<'a> {
    judge: &'a Judge,
    threads: usize,
    format: Option<Format>,
    block_size: usize,
    results: Results,
}

struct Results {
    tally: Tally,
    findings: Option<FindingsFile>,
    /// Why no more findings can be written.
    write_error: Option<io::Error>,
    /// The mails with findings, if they are to be kept.
    kept: Option<Vec<FlaggedMail>>,
}

impl Results {
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
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        judge: &'a Judge,
        threads: usize,
        format: Option<Format>,
        findings: Option<FindingsFile>,
    ) -> Self {
        let results = Results { tally: Tally::default(), findings, write_error: None, kept: None };
        Self { judge, threads, format, block_size: BLOCK, results }
    }

    /// Reads in blocks of another size than [`BLOCK`].
    pub(crate) fn with_block_size(self, block_size: usize) -> Self {
        Self { block_size, ..self }
    }

    /// Keeps the mails with findings for [`Self::into_flagged`].
    pub(crate) fn keeping_flagged(mut self) -> Self {
        self.results.kept = Some(Vec::new());
        self
    }

    pub(crate) fn into_flagged(self) -> Vec<FlaggedMail> {
        self.results.kept.unwrap_or_default()
    }

    /// The tally, and the file of findings.
    pub(crate) fn into_results(self) -> (Tally, Option<FindingsFile>) {
        (self.results.tally, self.results.findings)
    }

    /// Reads a file or a folder. What cannot be read is counted and is no error.
    ///
    /// # Errors
    ///
    /// When findings cannot be written.
    pub(crate) fn read(&mut self, path: &Path) -> Result<(), AuditError> {
        let mut summary = FileSummary { name: display_name(path), ..FileSummary::default() };
        let read = if interrupt::is_requested() {
            Err(FileError::Interrupted)
        } else if path.is_dir() {
            self.read_folder(path, &mut summary)
        } else {
            source::open(path).and_then(|source| self.read_source(source, path, &mut summary))
        };
        summary.error = read.err();
        self.results.tally.files.push(summary);
        match self.results.write_error.take() {
            Some(error) => Err(AuditError::new(format!("the findings cannot be written: {error}"))),
            None => Ok(()),
        }
    }

    /// Reads the content of a file with this name.
    pub(crate) fn read_source(
        &mut self,
        source: Source,
        path: &Path,
        summary: &mut FileSummary,
    ) -> Result<(), FileError> {
        let layout = match detect(self.format, path, &source.head) {
            // A compressed file of which nothing can be read is damaged, not empty.
            Err(FileError::Empty) => return Blocks::drain(source.text).and(Err(FileError::Empty)),
            layout => layout?,
        };
        let judge = self.judge;
        match layout {
            Layout::Text => self.read_blocks(source, Cut::Lines, summary, |block| lines::read(block, judge)),
            Layout::Jsonl => self.read_blocks(source, Cut::Lines, summary, |block| drafts::read(block, judge)),
            Layout::Trace(columns) => self.read_trace(source, &columns, summary),
            Layout::Eml => self.read_mails(source, MailReader::of_mail(), summary),
            Layout::Mbox => self.read_mails(source, MailReader::of_mbox(), summary),
        }
    }

    fn read_trace(
        &mut self,
        mut source: Source,
        columns: &Columns,
        summary: &mut FileSummary,
    ) -> Result<(), FileError> {
        let names = source.head.get(..columns.start).unwrap_or_default();
        summary.lines = count_line_feeds(names);
        io::copy(&mut io::Read::take(&mut source.text, columns.start as u64), &mut io::sink())
            .map_err(|error| FileError::of(&error))?;
        let judge = self.judge;
        self.read_blocks(source, Cut::Records, summary, |block| trace::read(block, columns, judge))
    }

    fn read_blocks(
        &mut self,
        source: Source,
        cut: Cut,
        summary: &mut FileSummary,
        work: impl Fn(Block) -> Batch + Sync,
    ) -> Result<(), FileError> {
        let progress = Progress::new(&source, &summary.name);
        let blocks = Blocks::new(source.text, cut, self.block_size);
        let mut flow = Flow { blocks, spare: Vec::new(), results: &mut self.results, summary, progress };
        pipeline::run(self.threads, &mut flow, work);
        flow.progress.finish();
        flow.blocks.finish()
    }

    /// Reads mails on one thread: only headers are parsed, so that it keeps up with the disk.
    fn read_mails(
        &mut self,
        source: Source,
        mut reader: MailReader,
        summary: &mut FileSummary,
    ) -> Result<(), FileError> {
        let progress = Progress::new(&source, &summary.name);
        let mut blocks = Blocks::new(source.text, Cut::Lines, self.block_size);
        let mut buffer = Vec::new();
        while !reader.is_done()
            && let Some(block) = blocks.next(buffer)
        {
            progress.update();
            // A line that is too long can only be part of a body, in which any other line will do.
            let bytes = if block.too_long { b"\0" } else { block.bytes.as_slice() };
            for line in bytes.split_inclusive(|&byte| byte == b'\n') {
                summary.lines += 1;
                if let Some(mail) = reader.push(line) {
                    self.add_mail(mail, summary);
                }
                if reader.is_done() {
                    break;
                }
            }
            buffer = block.bytes;
        }
        if let Some(mail) = reader.finish() {
            self.add_mail(mail, summary);
        }
        progress.finish();
        blocks.finish()
    }

    fn add_mail(&mut self, mail: Result<Mail, NoHeaders>, summary: &mut FileSummary) {
        match mail {
            Ok(mail) => {
                summary.read += 1;
                if let Some(mut flagged) = self.judge.check_if_suspect(mail) {
                    flagged.line += 1;
                    self.results.add(&summary.name, flagged);
                }
            }
            Err(NoHeaders { line }) => {
                summary.errors.entry(MailError::NoHeaders).or_default().add(Place::Line(line + 1));
            }
        }
    }

    fn read_folder(&mut self, path: &Path, summary: &mut FileSummary) -> Result<(), FileError> {
        if !maildir::is_maildir(path) {
            return Err(FileError::NotMaildir);
        }
        let files = maildir::files(path).map_err(|error| FileError::ReadFailed(error.kind()))?;
        let bar = ProgressBar::new(files.len() as u64);
        let mut read = Ok(());
        for file in files {
            if interrupt::is_requested() {
                read = Err(FileError::Interrupted);
                break;
            }
            self.read_maildir_file(&file, summary);
            bar.inc(1);
        }
        bar.finish_and_clear();
        read
    }

    /// Reads the one mail in a file of a Maildir. Its place is the name of the file.
    fn read_maildir_file(&mut self, path: &Path, summary: &mut FileSummary) {
        let mut own = FileSummary { name: display_name(path), ..FileSummary::default() };
        let read = source::open(path).and_then(|source| self.read_mails(source, MailReader::of_mail(), &mut own));
        summary.read += own.read;
        let error = read.err().map(|_| MailError::Unreadable).or_else(|| own.errors.keys().next().copied());
        if let Some(error) = error {
            summary.errors.entry(error).or_default().add(Place::File(own.name));
        }
    }
}

fn display_name(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

/// A file on its way through the pipeline.
struct Flow<'a> {
    blocks: Blocks<Stream>,
    /// Buffers for the blocks to come.
    spare: Vec<Vec<u8>>,
    results: &'a mut Results,
    summary: &'a mut FileSummary,
    progress: Progress,
}

impl Ends for Flow<'_> {
    type Work = Block;
    type Done = Batch;

    fn next(&mut self) -> Option<Block> {
        self.progress.update();
        if self.results.write_error.is_some() {
            return None;
        }
        self.blocks.next(self.spare.pop().unwrap_or_default())
    }

    fn take(&mut self, batch: Batch) {
        let first = self.summary.lines + 1;
        for (line, error) in batch.errors {
            self.summary.errors.entry(error).or_default().add(Place::Line(first + line));
        }
        for line in batch.windows_1252 {
            self.summary.windows_1252.add(Place::Line(first + line));
        }
        for mut mail in batch.flagged {
            mail.line += first;
            self.results.add(&self.summary.name, mail);
        }
        self.summary.lines += batch.lines;
        self.summary.read += batch.read;
        self.spare.push(batch.bytes);
    }
}

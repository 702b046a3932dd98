//! Reads one path after another.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use crate::Format;
use crate::formats::batch::{Batch, MailError};
use crate::input::blocks::{BLOCK, Block, Blocks};
use crate::input::file_error::FileError;
use crate::input::interrupt;
use crate::input::source::{self, Source, Stream};
use crate::judge::{FlaggedMail, Judge};
use crate::native::error::AuditError;
use crate::native::msg::{self, Compound};
use crate::native::packed::{self, Budget};
use crate::native::pipeline::{self, Ends};
use crate::native::progress::Progress;
use crate::native::pst;
use crate::native::whole::{Kind, Whole};
use crate::native::workbook::{self, Layout};
use crate::native::{maildir, open};
use crate::output::findings_file::FindingsFile;
use crate::output::tally::{FileSummary, Tally};
use crate::reading::{Reading, Results, Way};
use sendvagt_files::AtomicFile;

/// Reads files and collects the findings.
pub(crate) struct Run<'a> {
    judge: &'a Judge,
    threads: usize,
    format: Option<Format>,
    block_size: usize,
    results: Results<AtomicFile>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        judge: &'a Judge,
        threads: usize,
        format: Option<Format>,
        findings: Option<FindingsFile<AtomicFile>>,
    ) -> Self {
        Self { judge, threads, format, block_size: BLOCK, results: Results::new(findings, judge) }
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
    pub(crate) fn into_results(self) -> (Tally, Option<FindingsFile<AtomicFile>>) {
        (self.results.tally, self.results.findings)
    }

    /// Reads a file or a folder. What cannot be read is counted and is no error.
    ///
    /// # Errors
    ///
    /// When findings cannot be written.
    pub(crate) fn read(&mut self, path: &Path) -> Result<(), AuditError> {
        let is_file = path.as_os_str() != "-" && path.is_file();
        let whole = Whole::File(path.to_owned());
        if is_file
            && !interrupt::is_requested()
            && let Some(kind) = whole.kind()
        {
            let budget = packed::budget(whole.size());
            self.read_whole(kind, &whole, self.display_name(path), 0, &budget);
            return self.written();
        }
        let mut summary = FileSummary { name: self.display_name(path), ..FileSummary::default() };
        let read = if interrupt::is_requested() {
            Err(FileError::Interrupted)
        } else if path.is_dir() {
            self.read_folder(path, &mut summary)
        } else {
            open::open(path).and_then(|source| self.read_source(source, path, &mut summary))
        };
        summary.error = read.err();
        self.results.tally.add_file(summary);
        self.written()
    }

    fn written(&mut self) -> Result<(), AuditError> {
        match self.results.write_error.take() {
            Some(error) => Err(AuditError::new(format!("the findings cannot be written: {error}"))),
            None => Ok(()),
        }
    }

    /// Reads a file that holds others, or mails in a form of its own. `depth` is how many archives it is in.
    fn read_whole(&mut self, kind: Kind, whole: &Whole, name: String, depth: u8, budget: &Budget) {
        match kind {
            Kind::Zip => self.read_zip(whole, name, depth, budget),
            Kind::Compound => match msg::kind(whole) {
                Ok(Compound::Workbook) => self.read_workbook(Layout::Xls, whole, name),
                Ok(Compound::Mail) => self.read_msg(whole, name),
                Err(error) => self.add_unread(name, error),
            },
            Kind::Pst => self.read_pst(whole, name),
        }
    }

    fn read_zip(&mut self, whole: &Whole, name: String, depth: u8, budget: &Budget) {
        let entries = match packed::entries(whole) {
            Ok(entries) if let Some(layout) = Layout::of(&entries) => {
                return match workbook::is_bearable(&entries, layout, whole, budget) {
                    Ok(()) => self.read_workbook(layout, whole, name),
                    Err(error) => self.add_unread(name, error),
                };
            }
            _ if depth > 1 => return self.add_unread(name, FileError::TooDeep),
            Ok(entries) => entries,
            Err(error) => {
                packed::salvage(whole, budget, |entry, stream| {
                    let name = self.judge.shown_name(&format!("{name}/{entry}"));
                    self.read_packed(stream, None, name, depth, budget);
                });
                return self.add_unread(name, error);
            }
        };
        if entries.is_empty() {
            return self.add_unread(name, FileError::Empty);
        }
        for entry in entries {
            let inside = self.judge.shown_name(&format!("{name}/{}", entry.name));
            if self.results.write_error.is_some() {
                return;
            }
            let opened =
                if interrupt::is_requested() { Err(FileError::Interrupted) } else { entry.open(whole, budget) };
            match opened {
                Ok(stream) => self.read_packed(stream, Some(entry.size), inside, depth, budget),
                Err(error) => self.add_unread(inside, error),
            }
        }
    }

    /// Reads the sheets of a workbook as tables.
    fn read_workbook(&mut self, layout: Layout, whole: &Whole, name: String) {
        let sheets = match workbook::sheets(layout, whole) {
            Ok(sheets) => sheets,
            Err(error) => return self.add_unread(name, error),
        };
        let format = self.format;
        self.format = format.or(Some(Format::Trace));
        let is_alone = sheets.len() == 1;
        for sheet in sheets {
            let name = if is_alone { name.clone() } else { self.judge.shown_name(&format!("{name}/{sheet}")) };
            let (start, mut table) = source::peek(workbook::table(layout, whole, sheet), 1);
            // Excel used to begin a workbook with three sheets.
            if is_alone || !start.is_empty() || table.read(&mut [0]).is_err() {
                self.read_text(table, None, name);
            }
        }
        self.format = format;
    }

    /// Reads a mail that was saved from Outlook.
    fn read_msg(&mut self, whole: &Whole, name: String) {
        let mut summary = FileSummary { name, lines: 1, has_no_lines: true, ..FileSummary::default() };
        match msg::read(whole, self.judge) {
            Ok(mail) => self.results.add_mail(self.judge, Ok(mail), &mut summary),
            Err(error) => summary.error = Some(error),
        }
        self.results.tally.add_file(summary);
    }

    /// Reads a mailbox that Outlook keeps in a file.
    fn read_pst(&mut self, whole: &Whole, name: String) {
        let bar = ProgressBar::new_spinner().with_message(name.clone());
        let mut summary = FileSummary { name, has_no_lines: true, ..FileSummary::default() };
        let (judge, results) = (self.judge, &mut self.results);
        let read = pst::read(whole, judge, |mail| {
            match mail {
                Some(mail) => results.add_mail(judge, Ok(mail), &mut summary),
                None => {
                    let place = summary.place(summary.lines);
                    summary.errors.entry(MailError::Damaged).or_default().add(place);
                }
            }
            summary.lines += 1;
            bar.inc(1);
            results.write_error.is_none()
        });
        bar.finish_and_clear();
        summary.error = read.err();
        self.results.tally.add_file(summary);
    }

    /// Reads a file of an archive.
    fn read_packed(&mut self, stream: Stream, size: Option<u64>, name: String, depth: u8, budget: &Budget) {
        let (start, stream) = source::peek(stream, 8);
        if let Some(kind) = Kind::of(&start) {
            return match Whole::of(stream) {
                (whole, None) => self.read_whole(kind, &whole, name, depth + 1, budget),
                // It is read as far as it goes, and then told.
                (_, Some(error @ (FileError::TooLarge | FileError::Bomb))) => self.add_unread(name, error),
                (whole, Some(error)) => {
                    self.read_whole(kind, &whole, name.clone(), depth + 1, budget);
                    self.add_unread(name, error);
                }
            };
        }
        self.read_text(stream, size, name);
    }

    /// Reads what is text, or packed text.
    fn read_text(&mut self, stream: Stream, size: Option<u64>, name: String) {
        let mut summary = FileSummary { name, ..FileSummary::default() };
        let path = PathBuf::from(&summary.name);
        let read = source::of(stream, size).and_then(|source| self.read_source(source, &path, &mut summary));
        summary.error = read.err();
        self.results.tally.add_file(summary);
    }

    /// Reports a file that was not read.
    fn add_unread(&mut self, name: String, error: FileError) {
        self.results.tally.add_file(FileSummary { name, error: Some(error), ..FileSummary::default() });
    }

    /// Reads the content of a file with this name.
    pub(crate) fn read_source(
        &mut self,
        source: Source,
        path: &Path,
        summary: &mut FileSummary,
    ) -> Result<(), FileError> {
        let mut reading = Reading::begin(source, self.format, path, self.block_size, summary)?;
        let progress = Progress::new(&reading, &summary.name);
        let (judge, results) = (self.judge, &mut self.results);
        if let Way::Each(records) = &reading.way
            && self.threads > 1
        {
            let blocks = &mut reading.blocks;
            let mut flow = Flow { blocks, spare: Vec::new(), results, summary, progress: &progress };
            pipeline::run(self.threads, &mut flow, |block| records.read(block, judge));
        } else {
            while results.write_error.is_none() && reading.step(judge, results, summary) {
                progress.update();
            }
        }
        progress.finish();
        reading.finish()
    }

    fn display_name(&self, path: &Path) -> String {
        if path.as_os_str() == "-" { "stdin".to_owned() } else { self.judge.shown_name(&path.display().to_string()) }
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
            let name = self.display_name(&file);
            self.results.read_maildir_file(self.judge, name, open::open(&file), self.block_size, summary);
            bar.inc(1);
        }
        bar.finish_and_clear();
        read
    }
}

/// A file on its way through the pipeline.
struct Flow<'a, W: Write> {
    blocks: &'a mut Blocks<Stream>,
    /// Buffers for the blocks to come.
    spare: Vec<Vec<u8>>,
    results: &'a mut Results<W>,
    summary: &'a mut FileSummary,
    progress: &'a Progress,
}

impl<W: Write> Ends for Flow<'_, W> {
    type Work = Block;
    type Done = Batch;

    fn next(&mut self) -> Option<Block> {
        self.progress.update();
        if self.results.write_error.is_some() {
            return None;
        }
        self.blocks.next(self.spare.pop().unwrap_or_default())
    }

    fn take(&mut self, mut batch: Batch) {
        self.results.take(self.summary, &mut batch);
        self.spare.push(batch.bytes);
    }
}

//! Reading one file after another.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::AuditError;
use crate::formats::batch::Batch;
use crate::formats::columns::Columns;
use crate::formats::detect::{self, Format, Layout};
use crate::formats::mail::{self, Letter, Letters};
use crate::formats::{drafts, lines, trace};
use crate::input::blocks::{BLOCK, Block, Blocks, Cut};
use crate::input::file_error::{Ending, Trouble};
use crate::input::interrupt;
use crate::input::pipeline::{self, Ends};
use crate::input::source::{self, Source};
use crate::judge::{Found, Judge};
use crate::output::findings_file::Findings;
use crate::output::tally::{FileSum, Place, Tally};

/// Reads files and keeps what is found.
pub(crate) struct Reading<'a> {
    judge: &'a Judge,
    threads: usize,
    format: Option<Format>,
    /// How many bytes are read in one piece.
    block: usize,
    results: Results,
}

/// What was found so far.
struct Results {
    tally: Tally,
    findings: Option<Findings>,
    /// Why findings can no longer be written.
    broken: Option<io::Error>,
    /// What was found, where it is to be kept.
    kept: Option<Vec<Found>>,
}

impl Results {
    fn add(&mut self, file: &str, mut found: Found) {
        self.tally.add(&mut found);
        if self.broken.is_none()
            && let Some(findings) = &mut self.findings
        {
            self.broken = findings.add(file, &found).err();
        }
        if let Some(kept) = &mut self.kept {
            kept.push(found);
        }
    }
}

impl<'a> Reading<'a> {
    pub(crate) fn new(judge: &'a Judge, threads: usize, format: Option<Format>, findings: Option<Findings>) -> Self {
        let results = Results { tally: Tally::default(), findings, broken: None, kept: None };
        Self { judge, threads, format, block: BLOCK, results }
    }

    /// Reads in pieces of so many bytes.
    pub(crate) fn in_blocks_of(self, block: usize) -> Self {
        Self { block, ..self }
    }

    /// Keeps all that is found in memory, too.
    pub(crate) fn keeping(mut self) -> Self {
        self.results.kept = Some(Vec::new());
        self
    }

    /// What was kept.
    pub(crate) fn kept(self) -> Vec<Found> {
        self.results.kept.unwrap_or_default()
    }

    /// Reads a file or a folder. What cannot be read is counted; only results that cannot be written end it.
    pub(crate) fn read(&mut self, path: &Path) -> Result<(), AuditError> {
        let mut sum = FileSum { name: shown(path), ..FileSum::default() };
        sum.ending = if interrupt::asked() {
            Some(Ending::Interrupted)
        } else if path.is_dir() {
            self.folder(path, &mut sum)
        } else {
            self.file(path, &mut sum)
        };
        self.results.tally.files.push(sum);
        match self.results.broken.take() {
            Some(error) => Err(AuditError::new(format!("the findings cannot be written: {error}"))),
            None => Ok(()),
        }
    }

    /// What was counted, and the file of findings.
    pub(crate) fn end(self) -> (Tally, Option<Findings>) {
        (self.results.tally, self.results.findings)
    }

    fn file(&mut self, path: &Path, sum: &mut FileSum) -> Option<Ending> {
        match source::open(path) {
            Ok(source) => self.source(source, path, sum),
            Err(ending) => Some(ending),
        }
    }

    /// Reads what stands in a file of that name.
    pub(crate) fn source(&mut self, source: Source, path: &Path, sum: &mut FileSum) -> Option<Ending> {
        let layout = match detect::find(self.format, path, &source.head) {
            Ok(layout) => layout,
            // A file that cannot be unpacked at all is not an empty one.
            Err(Ending::Empty) => return Blocks::drained(source.text).or(Some(Ending::Empty)),
            Err(ending) => return Some(ending),
        };
        let judge = self.judge;
        match layout {
            Layout::Text => self.blocks(source, Cut::Lines, sum, |block| lines::read(block, judge)),
            Layout::Jsonl => self.blocks(source, Cut::Lines, sum, |block| drafts::read(block, judge)),
            Layout::Trace(columns) => self.trace(source, &columns, sum),
            Layout::Eml => self.letters(source, Letters::new(false), sum),
            Layout::Mbox => self.letters(source, Letters::new(true), sum),
        }
    }

    fn trace(&mut self, mut source: Source, columns: &Columns, sum: &mut FileSum) -> Option<Ending> {
        let names = source.head.get(..columns.start).unwrap_or_default();
        sum.lines = crate::formats::batch::line_feeds(names);
        if let Err(error) = io::copy(&mut io::Read::take(&mut source.text, columns.start as u64), &mut io::sink()) {
            return Some(Ending::of(&error));
        }
        let judge = self.judge;
        self.blocks(source, Cut::Records, sum, |block| trace::read(block, columns, judge))
    }

    fn blocks(
        &mut self,
        source: Source,
        cut: Cut,
        sum: &mut FileSum,
        work: impl Fn(Block) -> Batch + Sync,
    ) -> Option<Ending> {
        let progress = Progress::new(&source, &sum.name);
        let blocks = Blocks::new(source.text, cut, self.block);
        let mut flow = Flow { blocks, spare: Vec::new(), results: &mut self.results, sum, progress };
        pipeline::run(self.threads, &mut flow, work);
        flow.progress.bar.finish_and_clear();
        flow.blocks.ending
    }

    /// Mails in a file: only their headers are looked at, so that one thread keeps up with the disk.
    fn letters(&mut self, source: Source, mut letters: Letters, sum: &mut FileSum) -> Option<Ending> {
        let progress = Progress::new(&source, &sum.name);
        let mut blocks = Blocks::new(source.text, Cut::Lines, self.block);
        let mut bytes = Vec::new();
        'file: while let Some(block) = blocks.next(bytes) {
            progress.tell();
            // A line that is too long can only be part of a body.
            let one = [0_u8; 1];
            let lines: &[u8] = if block.too_long { &one } else { &block.bytes };
            for line in lines.split_inclusive(|&byte| byte == b'\n') {
                sum.lines += 1;
                if let Some(letter) = letters.take(line) {
                    self.letter(letter, sum);
                }
                if letters.is_done() {
                    break 'file;
                }
            }
            bytes = block.bytes;
        }
        if let Some(letter) = letters.end() {
            self.letter(letter, sum);
        }
        progress.bar.finish_and_clear();
        blocks.ending
    }

    fn letter(&mut self, letter: Letter, sum: &mut FileSum) {
        match letter {
            Letter::NoHeaders { line } => {
                sum.troubles.entry(Trouble::NoHeaders).or_default().add(Place::Line(line + 1));
            }
            Letter::Mail(mut mail) => {
                sum.read += 1;
                mail.place += 1;
                if let Some(found) = self.judge.judge_if_suspect(*mail) {
                    self.results.add(&sum.name, found);
                }
            }
        }
    }

    fn folder(&mut self, path: &Path, sum: &mut FileSum) -> Option<Ending> {
        if !mail::is_maildir(path) {
            return Some(Ending::Folder);
        }
        let files = match mail::files(path) {
            Ok(files) => files,
            Err(error) => return Some(Ending::Unread(error.kind())),
        };
        let bar = ProgressBar::new(files.len() as u64);
        for file in files {
            if interrupt::asked() {
                bar.finish_and_clear();
                return Some(Ending::Interrupted);
            }
            self.maildir_file(&file, sum);
            bar.inc(1);
        }
        bar.finish_and_clear();
        None
    }

    /// One mail of a Maildir. Its name is its place.
    fn maildir_file(&mut self, path: &Path, sum: &mut FileSum) {
        let mut one = FileSum { name: shown(path), ..FileSum::default() };
        let ending = match source::open(path) {
            Ok(source) => self.letters(source, Letters::new(false), &mut one),
            Err(ending) => Some(ending),
        };
        sum.read += one.read;
        let place = || Place::File(one.name.clone());
        match (ending, one.troubles.first_key_value()) {
            (Some(_), _) => sum.troubles.entry(Trouble::Unreadable).or_default().add(place()),
            (None, Some((&trouble, _))) => sum.troubles.entry(trouble).or_default().add(place()),
            (None, None) => {}
        }
    }
}

fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

/// A file on its way through the pipeline.
struct Flow<'a> {
    blocks: Blocks<Box<dyn io::Read + Send>>,
    /// Buffers that are done with.
    spare: Vec<Vec<u8>>,
    results: &'a mut Results,
    sum: &'a mut FileSum,
    progress: Progress,
}

impl Ends for Flow<'_> {
    type Work = Block;
    type Done = Batch;

    fn next(&mut self) -> Option<Block> {
        self.progress.tell();
        if self.results.broken.is_some() {
            return None;
        }
        self.blocks.next(self.spare.pop().unwrap_or_default())
    }

    fn take(&mut self, batch: Batch) {
        let first = self.sum.lines + 1;
        for (line, trouble) in batch.troubles {
            self.sum.troubles.entry(trouble).or_default().add(Place::Line(first + line));
        }
        for line in batch.foreign {
            self.sum.foreign.add(Place::Line(first + line));
        }
        for mut found in batch.found {
            found.place += first;
            self.results.add(&self.sum.name, found);
        }
        self.sum.lines += batch.lines;
        self.sum.read += batch.read;
        self.spare.push(batch.bytes);
    }
}

/// The bar that shows how far a file is read; only on a terminal.
struct Progress {
    bar: ProgressBar,
    position: Arc<AtomicU64>,
}

impl Progress {
    fn new(source: &Source, name: &str) -> Self {
        let (bar, template) = match source.size {
            Some(size) => (ProgressBar::new(size), "{wide_msg} {bar:30} {bytes}/{total_bytes} {eta}"),
            None => (ProgressBar::new_spinner(), "{wide_msg} {bytes} {elapsed}"),
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: bar.with_style(style).with_message(name.to_owned()), position: Arc::clone(&source.position) }
    }

    fn tell(&self) {
        self.bar.set_position(self.position.load(Ordering::Relaxed));
    }
}

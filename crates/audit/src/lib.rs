//! Finds in old mail what the add-in would have stopped.
//!
//! | folder | what it does |
//! | --- | --- |
//! | `input` | opens, unpacks and decodes a file, and cuts it into blocks that several cores read |
//! | `judge` | has the engine check one mail |
//! | `formats` | detects the format of a file, finds the mails in a block of it, and has them judged |
//! | `output` | counts the findings and writes them: table, report, file of findings |
//! | `run` | takes each file through all of these |
//!
//! A folder uses only those above it.
//!
//! It is no part of the core: it reads and writes files, and listens for Ctrl-C.

#![forbid(unsafe_code)]

mod error;
mod formats;
mod in_memory;
mod input;
mod judge;
mod output;
mod run;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use self::error::AuditError;
pub use self::formats::detect::Format;
pub use self::in_memory::{Hit, InMemory, Summary};

use self::input::interrupt;
use self::judge::Judge;
use self::output::findings_file::Findings;
use self::output::tally::Tally;
use self::output::texts::Words;
use self::output::{report, table};
use self::run::Reading;
use sendvagt::{Language, Policy};

/// What to read, by which policy, and what to write.
pub struct Audit {
    /// The files and Maildir folders, in order; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// What they hold; told by name and content when `None`.
    pub format: Option<Format>,
    /// The organisation's policy.
    pub policy: Policy,
    /// Where each finding is written, `.csv` or `.jsonl`.
    pub findings: Option<PathBuf>,
    /// Where a report in HTML is written.
    pub report: Option<PathBuf>,
    /// The language of the table and the report; that of the policy, or Danish, when `None`.
    pub language: Option<Language>,
    /// How many threads read.
    pub threads: usize,
    /// Are subjects, numbers and addresses shown in the file of findings?
    pub reveal: bool,
}

/// How an audit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All was read, and nothing found.
    Clean,
    /// All was read, and something found.
    Found,
    /// Something could not be read, or reading was stopped, whether or not something was found.
    Gaps,
}

impl Audit {
    /// Reads the files, writes what was asked for, and prints a table on standard output. What could not be read is told
    /// on standard error.
    ///
    /// # Errors
    ///
    /// When what was found cannot be written. A file that cannot be read is no error: it is told, and the others are read.
    pub fn run(self) -> Result<Outcome, AuditError> {
        let words = Words(self.language.or(self.policy.file().language).unwrap_or_default());
        let organisation = self.policy.file().organisation.name.clone();
        for written in [&self.findings, &self.report].into_iter().flatten() {
            refuse_to_overwrite(written, &self.files)?;
        }
        if self.findings.is_some() && self.findings == self.report {
            return Err(AuditError::new("findings and report are to be written into the same file; name two"));
        }
        interrupt::listen().map_err(|error| AuditError::new(format!("Ctrl-C cannot be listened for: {error}")))?;
        let judge = Judge::new(self.policy, self.reveal);
        let findings = self.findings.as_deref().map(|path| Findings::start(path, self.reveal)).transpose()?;
        let mut reading = Reading::new(&judge, self.threads, self.format, findings);
        for file in &self.files {
            reading.read(file)?;
        }
        let (tally, findings) = reading.end();
        if let Some(findings) = findings {
            findings.finish(tally.is_partial())?;
        }
        if let Some(path) = &self.report {
            report::write(path, &tally, words, &organisation)?;
        }
        tell(&tally, words)?;
        Ok(Outcome::of(&tally))
    }
}

impl Outcome {
    fn of(tally: &Tally) -> Self {
        match (tally.has_gaps(), tally.mails) {
            (true, _) => Self::Gaps,
            (false, 0) => Self::Clean,
            (false, _) => Self::Found,
        }
    }
}

/// A slip such as `--findings trace.csv trace.csv` must not cost the export.
fn refuse_to_overwrite(written: &Path, files: &[PathBuf]) -> Result<(), AuditError> {
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    let same = |file: &&PathBuf| place(file).is_some_and(|file| place(written) == Some(file));
    match files.iter().find(same) {
        Some(file) => Err(AuditError::new(format!("{} is a file to be read; write into another one", file.display()))),
        None => Ok(()),
    }
}

fn tell(tally: &Tally, words: Words) -> Result<(), AuditError> {
    let mut out = io::stdout().lock();
    match table::print(tally, words, &mut out).and_then(|()| out.flush()) {
        // The reader has enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        done => done?,
    }
    let mut notes = io::stderr().lock();
    for file in &tally.files {
        for told in words.of_file(file).into_iter().chain(words.guessed(file)) {
            // Nothing is left to tell it to when even standard error is closed.
            let _ = writeln!(notes, "sendvagt: {}: {told}", file.name);
        }
    }
    Ok(())
}

//! Finds in old mail what the add-in would have stopped.
//!
//! | part | what it does |
//! | --- | --- |
//! | `input` | opens, decompresses and decodes a file, and cuts it into blocks that several cores read |
//! | `judge` | has the engine check one mail, and keeps what an audit may show of it |
//! | `formats` | detects the format of a file, finds the mails in a block of it, and has the suspect ones judged |
//! | `output` | counts the findings, and writes them as a table, a report and a file of findings |
//! | `run` | takes each file through all of these |
//!
//! Each part uses only the parts above it.

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

use sendvagt::{Language, Policy};

pub use self::error::AuditError;
pub use self::formats::detect::Format;
pub use self::in_memory::{FindingSummary, InMemory, Summary};

use self::input::interrupt;
use self::judge::Judge;
use self::output::findings_file::FindingsFile;
use self::output::tally::Tally;
use self::output::texts::Texts;
use self::output::{report, table};
use self::run::Run;

/// What to read, by which policy, and what to write.
pub struct Audit {
    /// The files and Maildir folders, in order; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// Their format; detected for each file when `None`.
    pub format: Option<Format>,
    /// The organisation's policy.
    pub policy: Policy,
    /// Where the file of findings is written; its name ends in `.csv` or `.jsonl`.
    pub findings: Option<PathBuf>,
    /// Where the HTML report is written.
    pub report: Option<PathBuf>,
    /// The language of the table and the report; that of the policy, or Danish, when `None`.
    pub language: Option<Language>,
    /// How many threads read.
    pub threads: usize,
    /// Does the file of findings show subjects, numbers and addresses?
    pub reveal: bool,
}

/// The result of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was read, and nothing was found.
    Clean,
    /// Everything was read, and something was found.
    Found,
    /// Something could not be read, or the user stopped the audit, whether or not something was found.
    Incomplete,
}

impl Audit {
    /// Reads the files, writes what was asked for, and prints a table on standard output. What could not be read is
    /// reported on standard error.
    ///
    /// # Errors
    ///
    /// When an output cannot be written. A file that cannot be read is not an error: it is reported, and the others are
    /// read.
    pub fn run(self) -> Result<Outcome, AuditError> {
        let texts = Texts { language: self.language.or(self.policy.file().language).unwrap_or_default() };
        let organisation = self.policy.file().organisation.name.clone();
        for output in [&self.findings, &self.report].into_iter().flatten() {
            refuse_to_overwrite(output, &self.files)?;
            // Known now, and not after hours of reading.
            sendvagt_files::refuse_if_open(output).map_err(|error| AuditError::unwritten(output, &error))?;
        }
        if self.findings.is_some() && self.findings == self.report {
            return Err(AuditError::new("findings and report would be written into the same file; name two"));
        }
        interrupt::listen().map_err(|error| AuditError::new(format!("Ctrl-C cannot be handled: {error}")))?;
        let judge = Judge::new(self.policy, self.reveal);
        let findings = self.findings.as_deref().map(|path| FindingsFile::start(path, self.reveal)).transpose()?;
        let mut run = Run::new(&judge, self.threads, self.format, findings);
        for file in &self.files {
            run.read(file)?;
        }
        let (tally, findings) = run.into_results();
        if let Some(findings) = findings {
            findings.finish(tally.is_interrupted())?;
        }
        if let Some(path) = &self.report {
            report::write(path, &tally, texts, &organisation)?;
        }
        print(&tally, texts)?;
        Ok(Outcome::of(&tally))
    }
}

impl Outcome {
    fn of(tally: &Tally) -> Self {
        match (tally.is_incomplete(), tally.mails) {
            (true, _) => Self::Incomplete,
            (false, 0) => Self::Clean,
            (false, _) => Self::Found,
        }
    }
}

/// A slip such as `--findings trace.csv trace.csv` must not destroy the export.
fn refuse_to_overwrite(output: &Path, files: &[PathBuf]) -> Result<(), AuditError> {
    let canonical = |path: &Path| std::fs::canonicalize(path).ok();
    let is_output = |file: &&PathBuf| canonical(file).is_some_and(|file| canonical(output) == Some(file));
    match files.iter().find(is_output) {
        Some(file) => Err(AuditError::new(format!("{} is a file to be read; write into another one", file.display()))),
        None => Ok(()),
    }
}

fn print(tally: &Tally, texts: Texts) -> Result<(), AuditError> {
    let mut out = io::stdout().lock();
    match table::print(tally, texts, &mut out).and_then(|()| out.flush()) {
        // The reader has enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        printed => printed?,
    }
    let mut notes = io::stderr().lock();
    for file in &tally.files {
        for remark in texts.remarks(file) {
            // If standard error is closed, there is nowhere left to report that.
            let _ = writeln!(notes, "sendvagt: {}: {remark}", file.name);
        }
    }
    Ok(())
}

//! The audit of a program: files by their paths, several threads, a terminal, Ctrl-C.

mod error;
mod in_memory;
mod maildir;
mod mapi;
mod msg;
mod open;
mod packed;
mod pipeline;
mod progress;
mod pst;
mod run;
mod table;
mod whole;
mod workbook;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use sendvagt::{Language, Policy};
use sendvagt_files::AtomicFile;

pub use self::error::AuditError;
pub use self::in_memory::{FindingSummary, InMemory, Summary};
use self::run::Run;
use crate::Format;
use crate::input::interrupt;
use crate::judge::Judge;
use crate::judge::timestamp::Timestamp;
use crate::output::findings_file::{Columns, FindingsFile, Kind};
use crate::output::report;
use crate::output::tally::Tally;
use crate::output::texts::Texts;

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
    /// Are the texts of mails and the names of attachments read too, of mails that leave the organisation and are no secure mail?
    pub reads_text: bool,
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
        if self.reads_text && !self.policy.all().any(Policy::knows_itself) {
            let whom = "--body reads the text of mails that leave the organisation, and the policy does not say who is inside. \
                Write the domains of the organisation into it and name it with --policy: \
                {\"organisation\": {\"domains\": [\"eksempel.dk\"]}}";
            return Err(AuditError::new(whom));
        }
        interrupt::listen().map_err(|error| AuditError::new(format!("Ctrl-C cannot be handled: {error}")))?;
        let judge = Judge::new(self.policy, self.reveal, self.reads_text);
        let columns = Columns { reveal: self.reveal, of_text: self.reads_text };
        let findings = self.findings.as_deref().map(|path| start_findings(path, columns)).transpose()?;
        let mut run = Run::new(&judge, self.threads, self.format, findings);
        for file in &self.files {
            run.read(file)?;
        }
        let (tally, findings) = run.into_results();
        if let (Some(findings), Some(path)) = (findings, &self.findings) {
            let written = findings.finish(tally.is_interrupted()).and_then(AtomicFile::finish);
            written.map_err(|error| AuditError::unwritten(path, &error))?;
        }
        if let Some(path) = &self.report {
            let written = AtomicFile::start(path).and_then(|mut file| {
                report::write(&tally, texts, &organisation, today(), &mut file)?;
                file.flush()?;
                file.finish()
            });
            written.map_err(|error| AuditError::unwritten(path, &error))?;
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

fn today() -> Option<Timestamp> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Timestamp::of_clock(i64::try_from(seconds).ok()?)
}

/// Starts the file of findings, as CSV or JSON Lines by the extension of its name.
fn start_findings(path: &Path, columns: Columns) -> Result<FindingsFile<AtomicFile>, AuditError> {
    let is = |name: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(name));
    let kind = match (is("csv"), is("jsonl") || is("ndjson")) {
        (true, _) => Kind::Csv,
        (_, true) => Kind::Jsonl,
        _ => {
            let message = format!("{}: a file of findings is .csv or .jsonl; give it such a name", path.display());
            return Err(AuditError::new(message));
        }
    };
    let started = AtomicFile::start(path).and_then(|file| FindingsFile::start(kind, file, columns));
    started.map_err(|error| AuditError::unwritten(path, &error))
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

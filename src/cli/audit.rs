//! `sendvagt audit`: finds in old mail what the add-in would have stopped.
//!
//! | step | module |
//! | --- | --- |
//! | a file is opened, unpacked and decoded | `source`, `encoding` |
//! | its format is told | `format`, `columns` |
//! | it is cut into blocks, which are read on several cores | `blocks`, `pipeline` |
//! | the mails in a block are found, and judged if something may be found in them | `text`, `trace`, `drafts`, `letters`, `judge` |
//! | what was found is counted and written | `tally`, `findings`, `table`, `report` |

mod batch;
mod blocks;
mod columns;
mod drafts;
mod encoding;
mod findings;
mod format;
mod interrupt;
mod judge;
mod letters;
mod pipeline;
mod reading;
mod report;
mod source;
mod table;
mod tally;
mod text;
mod trace;
mod trouble;
mod when;
mod whole;
mod words;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use sendvagt::Language;

use self::findings::Findings;
use self::format::Format;
use self::judge::Judge;
use self::reading::Reading;
use self::tally::Tally;
use self::words::Words;
use super::{FAILED, Failure, HELD, SEND, policy_of};

#[derive(Args)]
#[command(after_help = "\
Exit status: 0 all was read and nothing found; 1 something was found; 2 something could not be read, or reading was \
stopped, whether or not something was found. What could not be read is told on standard error with its place.

Neither subjects, CPR numbers nor addresses are shown unless --reveal is given. docs/audit.md has more.")]
pub(crate) struct Arguments {
    /// Exports of mail: message traces of Exchange (CSV), lists of subjects, JSON Lines of drafts, .eml, mbox, Maildir;
    /// also packed with gzip or zstd. `-`, or none, for standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the files hold; told by name and content when left out
    #[arg(long)]
    format: Option<Format>,
    /// The organisation's policy: its words for numbers, and its retired mailboxes
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Write each finding into this file, .csv or .jsonl
    #[arg(long, value_name = "FILE")]
    findings: Option<PathBuf>,
    /// Write a report in HTML into this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The language of the table and the report; that of the policy, or Danish, when left out
    #[arg(long)]
    language: Option<Language>,
    /// How many threads read; as many as there are cores when left out
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Show subjects, numbers and addresses in the file of findings
    #[arg(long, requires = "findings")]
    reveal: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let policy = policy_of(arguments.policy.as_ref())?;
    let words = Words(arguments.language.or(policy.file().language).unwrap_or_default());
    let organisation = policy.file().organisation.name.clone();
    let files = files(arguments)?;
    for written in [&arguments.findings, &arguments.report].into_iter().flatten() {
        refuse_to_overwrite(written, &files)?;
    }
    if arguments.findings.is_some() && arguments.findings == arguments.report {
        return Err(Failure::new("findings and report are to be written into the same file; name two"));
    }
    interrupt::listen().map_err(|error| Failure::new(format!("Ctrl-C cannot be listened for: {error}")))?;
    let judge = Judge::new(policy, arguments.reveal);
    let findings = arguments.findings.as_deref().map(|path| Findings::start(path, arguments.reveal)).transpose()?;
    let threads = arguments.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let mut reading = Reading::new(&judge, threads, arguments.format, findings);
    for file in &files {
        reading.read(file)?;
    }
    let (tally, findings) = reading.end();
    if let Some(findings) = findings {
        findings.finish(tally.is_partial())?;
    }
    if let Some(path) = &arguments.report {
        report::write(path, &tally, words, &organisation)?;
    }
    tell(&tally, words)?;
    Ok(status(&tally))
}

fn files(arguments: &Arguments) -> Result<Vec<PathBuf>, Failure> {
    if !arguments.files.is_empty() {
        return Ok(arguments.files.clone());
    }
    if io::stdin().is_terminal() {
        return Err(Failure::new("no file is named; `sendvagt audit FILE…` reads files, `-` standard input"));
    }
    Ok(vec![PathBuf::from("-")])
}

/// A slip such as `--findings trace.csv trace.csv` must not cost the export.
fn refuse_to_overwrite(written: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    let same = |file: &&PathBuf| place(file).is_some_and(|file| place(written) == Some(file));
    match files.iter().find(same) {
        Some(file) => Err(Failure::new(format!("{} is a file to be read; write into another one", file.display()))),
        None => Ok(()),
    }
}

fn tell(tally: &Tally, words: Words) -> Result<(), Failure> {
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

fn status(tally: &Tally) -> u8 {
    match (tally.has_gaps(), tally.mails) {
        (true, _) => FAILED,
        (false, 0) => SEND,
        (false, _) => HELD,
    }
}

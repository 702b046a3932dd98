//! Audits a file in memory, with every setting in the caller's hands: for fuzzing and tests.

use std::io::Cursor;
use std::path::Path;

use sendvagt::Policy;

use crate::formats::detect::Format;
use crate::input::source;
use crate::judge::Judge;
use crate::native::run::Run;
use crate::output::tally::FileSummary;

/// How a file in memory is read. The result does not depend on `threads`, and on `block_size` only for a table with
/// records over several lines.
#[derive(Clone, Copy, Debug)]
pub struct InMemory<'a> {
    /// The name of the file, from which its format may be detected.
    pub name: &'a str,
    /// Its format; detected when `None`.
    pub format: Option<Format>,
    /// How many threads read.
    pub threads: usize,
    /// How many bytes are read at a time.
    pub block_size: usize,
    /// Are texts and the names of attachments read too?
    pub reads_text: bool,
}

/// What was read of a file and found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Mails read.
    pub read: u64,
    /// Lines, whether they could be read or not.
    pub lines: u64,
    /// Mails that could not be read.
    pub unreadable: u64,
    /// Why the file was not read to its end.
    pub error: Option<String>,
    /// Mails whose text was read, and mails whose text was wanted and not read, or not to its end.
    pub texts: [u64; 2],
    /// The findings, in the order of the file.
    pub findings: Vec<FindingSummary>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingSummary {
    /// The line on which the mail begins, from 1.
    pub line: u64,
    /// The name of the rule.
    pub rule: &'static str,
    /// The number, masked; empty for a recipient.
    pub number: String,
    /// The mail's message id, in which numbers are masked.
    pub id: String,
    /// The sending domain, then the receiving ones; empty where a domain might hold a number.
    pub domains: Vec<String>,
}

impl InMemory<'_> {
    /// Audits the bytes of the file under a policy.
    #[must_use]
    pub fn read(&self, bytes: Vec<u8>, policy: &Policy) -> Summary {
        let judge = Judge::new(policy.clone(), false, self.reads_text);
        let mut run =
            Run::new(&judge, self.threads, self.format, None).with_block_size(self.block_size).keeping_flagged();
        let mut summary = FileSummary { name: judge.shown_name(self.name), ..FileSummary::default() };
        let size = bytes.len() as u64;
        let read = source::of(Box::new(Cursor::new(bytes)), Some(size))
            .and_then(|source| run.read_source(source, Path::new(self.name), &mut summary));
        let findings = run.into_flagged().into_iter().flat_map(|mail| {
            let domains: Vec<String> = std::iter::once(mail.from).chain(mail.to).collect();
            mail.findings.into_iter().map(move |finding| FindingSummary {
                line: mail.line,
                rule: finding.rule.as_str(),
                number: finding.number,
                id: mail.id.clone(),
                domains: domains.clone(),
            })
        });
        Summary {
            read: summary.read,
            lines: summary.lines,
            unreadable: summary.unreadable(),
            texts: [summary.texts, summary.gaps()],
            error: read.err().map(|error| error.to_string()),
            findings: findings.collect(),
        }
    }
}

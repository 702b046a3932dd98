//! Reading what is in memory, with every setting in the caller's hands.

use std::io::Cursor;
use std::path::Path;

use crate::formats::detect::Format;
use crate::input::source;
use crate::judge::{Judge, RULES};
use crate::output::tally::FileSum;
use crate::run::Reading;
use sendvagt::Policy;

/// How a file that is in memory is read. What comes out must not depend on `threads`, nor on `block` unless a table has
/// records over several lines.
#[derive(Clone, Copy, Debug)]
pub struct InMemory<'a> {
    /// The name of the file, which may tell its format.
    pub name: &'a str,
    /// What it holds; told by name and content when `None`.
    pub format: Option<Format>,
    /// How many threads read.
    pub threads: usize,
    /// How many bytes are read in one piece.
    pub block: usize,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Mails read.
    pub read: u64,
    /// Lines passed, read or not.
    pub lines: u64,
    /// Mails that could not be read.
    pub unreadable: u64,
    /// Why it was not read to its end.
    pub ending: Option<String>,
    /// What was found, in the order of the file.
    pub hits: Vec<Hit>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The line or the number of the mail in its file, from 1.
    pub place: u64,
    /// The name of the rule.
    pub rule: &'static str,
    /// The number, masked; empty for a recipient.
    pub number: String,
    /// The mail's id, in which numbers are masked.
    pub id: String,
    /// The sending domain, then the receiving ones, in which nothing like a number stands.
    pub domains: Vec<String>,
}

impl InMemory<'_> {
    /// Reads it under a policy.
    #[must_use]
    pub fn read(&self, bytes: Vec<u8>, policy: &Policy) -> Summary {
        let judge = Judge::new(policy.clone(), false);
        let mut reading = Reading::new(&judge, self.threads, self.format, None).in_blocks_of(self.block).keeping();
        let mut sum = FileSum { name: self.name.to_owned(), ..FileSum::default() };
        let size = bytes.len() as u64;
        let ending = match source::of(Box::new(Cursor::new(bytes)), Some(size)) {
            Ok(source) => reading.source(source, Path::new(self.name), &mut sum),
            Err(ending) => Some(ending),
        };
        let hits = reading.kept().into_iter().flat_map(|found| {
            let domains: Vec<String> = std::iter::once(found.from).chain(found.to).collect();
            found.faults.into_iter().map(move |fault| Hit {
                place: found.place,
                rule: RULES.get(fault.rule).map_or("", |rule| rule.as_str()),
                number: fault.number,
                id: found.id.clone(),
                domains: domains.clone(),
            })
        });
        Summary {
            read: sum.read,
            lines: sum.lines,
            unreadable: sum.unreadable(),
            ending: ending.map(|ending| ending.to_string()),
            hits: hits.collect(),
        }
    }
}

//! Compiles the organisation's own patterns to tables for the engine.
//!
//! | step | module |
//! | --- | --- |
//! | the syntax of the `regex` crate, in any case of letters | here |
//! | `\b`, for which a table knows no letters beyond `z` | `boundary` |
//! | the states, as few as will do | `alike` |
//! | the table as text | `table` |
//!
//! A pattern is only ever looked for, never placed, so that one way through the text answers.

mod alike;
mod boundary;
mod table;

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use regex_syntax::ParserBuilder;
use sendvagt::Both;

/// What all patterns of a policy may add to what a browser or classic Outlook loads at a send, in bytes of gzip.
pub const BUDGET: usize = 10_000;

/// The states and transitions of a pattern take no more memory than this while it is compiled, in bytes.
const MEMORY: usize = 2 << 20;

/// A size as people read it, such as `0.6` for 614 bytes.
#[must_use]
pub fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A pattern that was compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// The table, as [`sendvagt::Automaton`] reads it.
    pub table: String,
    /// What it adds to a packed site, in bytes of gzip.
    pub size: usize,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// It is not the syntax of the `regex` crate: at this character, from 1, for this reason.
    Syntax(usize, String),
    /// There is a `\b` of which nothing but the text tells what it means.
    Boundary,
    /// It would be found in every text, also in an empty one.
    Everywhere,
    /// It has more states than a table can have.
    TooLarge,
}

impl PatternError {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn message(&self) -> Both<String> {
        match self {
            Self::Syntax(at, reason) => Both {
                da: format!("mønstret kan ikke læses ved tegn {at}: {reason}"),
                en: format!("the pattern cannot be read at character {at}: {reason}"),
            },
            Self::Boundary => Both {
                da: "her kan \\b ikke bruges: sæt det lige før eller efter et bogstav eller et ciffer, yderst i mønstret"
                    .to_owned(),
                en: "\\b cannot be used here: put it right before or after a letter or a digit, at an end of the pattern"
                    .to_owned(),
            },
            Self::Everywhere => Both {
                da: "mønstret findes i enhver tekst; der må ikke kunne stå ingenting".to_owned(),
                en: "the pattern is found in every text; it must not match nothing".to_owned(),
            },
            Self::TooLarge => Both {
                da: "mønstret er for stort; skriv fx [a-zæøå] i stedet for \\w, og undgå store tal i {}".to_owned(),
                en: "the pattern is too large; write for example [a-zæøå] instead of \\w, and avoid large numbers in {}"
                    .to_owned(),
            },
        }
    }
}

/// Compiles a pattern. Letters match in any case, unless it says `(?-i)`.
///
/// # Errors
///
/// When it cannot be looked for by a table, with the reason.
pub fn compile(pattern: &str) -> Result<Compiled, PatternError> {
    COMPILED.with_borrow_mut(|known| {
        if let Some(compiled) = known.get(pattern) {
            return compiled.clone();
        }
        if known.len() >= KNOWN {
            known.clear();
        }
        let compiled = compile_anew(pattern);
        known.insert(pattern.to_owned(), compiled.clone());
        compiled
    })
}

/// A policy is read again at each change in an editor, and compiling takes longer than all the rest.
const KNOWN: usize = 100;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Result<Compiled, PatternError>>> = RefCell::default();
}

fn compile_anew(pattern: &str) -> Result<Compiled, PatternError> {
    let read = ParserBuilder::new().case_insensitive(true).nest_limit(64).build().parse(pattern);
    let read = read.map_err(|error| syntax(pattern, &error))?;
    let read = boundary::resolved(&read).ok_or(PatternError::Boundary)?;
    let nfa = thompson::Compiler::new()
        .configure(thompson::Config::new().nfa_size_limit(Some(MEMORY)))
        .build_from_hir(&read)
        .map_err(|_| PatternError::TooLarge)?;
    let config = dense::Config::new()
        .accelerate(false)
        .start_kind(StartKind::Unanchored)
        .match_kind(MatchKind::All)
        .determinize_size_limit(Some(MEMORY))
        .dfa_size_limit(Some(MEMORY));
    let states = dense::Builder::new().configure(config).build_from_nfa(&nfa).map_err(|_| PatternError::TooLarge)?;
    let table = table::written(&states)?;
    let size = packed_size(&table);
    Ok(Compiled { table, size })
}

fn syntax(pattern: &str, error: &regex_syntax::Error) -> PatternError {
    let (offset, reason) = match error {
        regex_syntax::Error::Parse(error) => (error.span().start.offset, error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (error.span().start.offset, error.kind().to_string()),
        other => (0, other.to_string()),
    };
    PatternError::Syntax(pattern.get(..offset).map_or(0, |before| before.chars().count()) + 1, reason)
}

/// The bytes of gzip that a table takes by itself.
fn packed_size(table: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    encoder.write_all(table.as_bytes()).and_then(|()| encoder.finish()).map_or(usize::MAX, |bytes| bytes.len())
}

#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod tests;

//! Reading a policy strictly: every error at once, each with its place and what to write instead.

mod positions;
mod schema;
mod semantics;

use std::fmt;

use positions::Places;
use sendvagt::PolicyFile;

pub use schema::schema;

/// One error in a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Where in the policy, such as `retiredMailboxes[3].replacement`; empty for the file as a whole.
    pub path: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, path, message } = self;
        write!(out, "{line}:{column}: ")?;
        if !path.is_empty() {
            write!(out, "{path}: ")?;
        }
        out.write_str(message)
    }
}

/// Reads a policy.
///
/// # Errors
///
/// Every error in the file, in the order of its lines. While the file is not JSON, or a key is unknown or of the
/// wrong type, what the entries mean is not looked at.
pub fn read(text: &str) -> Result<PolicyFile, Vec<Problem>> {
    // Windows tools begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let places = Places::new(text).map_err(|problem| vec![problem])?;
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| vec![unread(&error)])?;
    none(schema::problems(&value, &places))?;
    let broken = semantics::broken_texts(&value, &places);
    let file: PolicyFile = serde_json::from_value(value).map_err(|error| vec![unread(&error)])?;
    none([broken, semantics::problems(&file, &places)].concat())?;
    Ok(file)
}

/// The shape check comes first and knows all that serde knows; this is the net under it.
fn unread(error: &serde_json::Error) -> Problem {
    Problem {
        line: error.line().max(1),
        column: error.column().max(1),
        path: String::new(),
        message: error.to_string(),
    }
}

fn none(mut problems: Vec<Problem>) -> Result<(), Vec<Problem>> {
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems.dedup();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The known spelling that was probably meant.
fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::osa_distance(&known.to_lowercase(), &lower), known))
        .filter(|(distance, known)| *distance <= 1 + known.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests;

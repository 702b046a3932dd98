//! Parses a policy strictly: all errors at once, each with its position and what to write instead.
//!
//! | step | module |
//! | --- | --- |
//! | the JSON text, and where each value is in it | `positions` |
//! | what is no JSON, in words | `syntax` |
//! | keys, types and lengths, by the JSON Schema | `schema` |
//! | the rest of a policy with such errors, so that it is looked at too | `repair` |
//! | what holds for the senders of each part | `parts` |
//! | what the values mean together | `semantics` |
//! | what will not look as it was meant | `advice` |
//! | all words, in both languages | `words` |

mod advice;
mod parts;
mod positions;
mod repair;
mod schema;
mod semantics;
mod syntax;
mod words;

use std::fmt;

use positions::Positions;
use sendvagt::{Both, Language, PolicyFile};

use crate::pattern;

pub use schema::schema;

/// One error in a policy file, or one warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Where in the policy, such as `retiredMailboxes[3].replacement`; empty for the file as a whole.
    pub path: String,
    /// What is wrong, and what to write instead.
    pub message: Both<String>,
}

impl PolicyError {
    /// Where and what, in one line.
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        let Self { line, column, path, message } = self;
        let path = if path.is_empty() { String::new() } else { format!("{path}: ") };
        format!("{line}:{column}: {path}{}", message.get(language))
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.said(Language::En))
    }
}

/// Parses a policy.
///
/// # Errors
///
/// Every error in the file, sorted by line. Only a text that is no JSON has no more than its first.
pub fn parse(text: &str) -> Result<PolicyFile, Vec<PolicyError>> {
    // Windows tools begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let positions = Positions::new(text).map_err(|error| vec![error])?;
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| vec![from_serde(&error, text)])?;
    let mut errors = positions.duplicate_keys();
    errors.extend(semantics::odd_characters(&value, &positions));
    let (mut common, faults) = schema::errors(value, &positions, &mut errors);
    let parts = parts::taken(&mut common);
    errors.extend(parts::errors(&parts, &faults, &positions));
    let policy: serde_json::Result<PolicyFile> = serde_json::from_value(common.clone());
    let parts: serde_json::Result<Vec<PolicyFile>> = parts.iter().map(|part| part.worked_out(&common)).collect();
    match policy.and_then(|policy| Ok(PolicyFile { parts: parts?, ..policy })) {
        Ok(mut file) => {
            file.parts.iter_mut().for_each(compile);
            compile(&mut file);
            errors.extend(semantics::errors(&file, &faults, &positions));
            errors.sort_by_key(|error| (error.line, error.column));
            errors.dedup();
            if errors.is_empty() { Ok(file) } else { Err(errors) }
        }
        Err(_) if !errors.is_empty() => Err(errors),
        Err(error) => Err(vec![from_serde(&error, text)]),
    }
}

/// Fills in what the engine looks for. A pattern that is none is reported afterwards.
fn compile(policy: &mut PolicyFile) {
    let lines = policy.patterns.iter().filter_map(|one| one.line(&pattern::compile(&one.pattern).ok()?.table));
    policy.sought = lines.collect();
}

/// What is no error in a policy, but will not look as it was meant: sorted by line; empty for a text that is no JSON.
#[must_use]
pub fn warnings(text: &str) -> Vec<PolicyError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (Ok(positions), Ok(value)) = (Positions::new(text), serde_json::from_str(text)) else { return Vec::new() };
    advice::warnings(&value, &positions)
}

/// An error that serde alone reports: white space that JSON does not have. The schema is checked first and should leave
/// none of a value.
fn from_serde(error: &serde_json::Error, text: &str) -> PolicyError {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let split = line.split_at_checked(error.column().saturating_sub(1));
    let (before, rest) = split.unwrap_or((line, ""));
    PolicyError {
        line: error.line().max(1),
        column: before.chars().count() + 1,
        path: String::new(),
        message: syntax::unread(rest, error),
    }
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

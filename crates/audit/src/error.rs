//! Why an audit could not be done.

use std::path::Path;
use std::{fmt, io};

/// Why an audit could not be done.
#[derive(Debug)]
pub enum AuditError {
    /// The reader of the answer has enough, as `head` does.
    ReaderGone,
    /// What went wrong, where, and what to do instead, in one text for people.
    Failed(String),
}

impl AuditError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{} cannot be written: {error}", path.display()))
    }
}

impl fmt::Display for AuditError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::ReaderGone => "the answer is no longer read",
            Self::Failed(message) => message,
        })
    }
}

impl std::error::Error for AuditError {}

impl From<io::Error> for AuditError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::new(format!("the answer cannot be written: {error}")),
        }
    }
}

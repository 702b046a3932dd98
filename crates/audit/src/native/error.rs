//! Why an audit failed.

use std::path::Path;
use std::{fmt, io};

/// Why an audit failed.
#[derive(Debug)]
pub enum AuditError {
    /// Whatever reads the output has closed it, as `head` does.
    ReaderGone,
    /// What went wrong, where, and what to do instead.
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
            Self::ReaderGone => "the output was closed",
            Self::Failed(message) => message,
        })
    }
}

impl std::error::Error for AuditError {}

impl From<io::Error> for AuditError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::new(format!("the output cannot be written: {error}")),
        }
    }
}

//! How a command ends.

use std::io::{self, Write};

use sendvagt_audit::AuditError;
use sendvagt_site::SiteError;

/// Every mail may go.
pub(crate) const SEND: u8 = 0;
/// At least one mail is asked about or stopped.
pub(crate) const HELD: u8 = 1;
/// Something could not be done or read.
pub(crate) const FAILED: u8 = 2;

/// Why a command ended early: what, where, and what to do instead.
pub(crate) struct Ending {
    message: String,
    /// The exit status.
    pub(crate) code: u8,
}

impl Ending {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: FAILED }
    }

    /// The reader of the answer has enough, as `head` does: nothing went wrong.
    fn reader_gone() -> Self {
        Self { message: String::new(), code: SEND }
    }

    pub(crate) fn print(&self) {
        if !self.message.is_empty() {
            // Nobody is left to read it when even standard error is closed.
            let _ = writeln!(io::stderr(), "sendvagt: {}", self.message);
        }
    }
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::reader_gone(),
            _ => Self::new(format!("the answer cannot be written: {error}")),
        }
    }
}

impl From<SiteError> for Ending {
    fn from(error: SiteError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<AuditError> for Ending {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::ReaderGone => Self::reader_gone(),
            AuditError::Failed(message) => Self::new(message),
        }
    }
}

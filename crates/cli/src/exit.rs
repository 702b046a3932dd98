//! Exit statuses, and errors that end a command.

use std::io::{self, Write};

use sendvagt_audit::AuditError;
use sendvagt_site::SiteError;

/// Success: every mail may go, or there is nothing to report.
pub(crate) const SEND: u8 = 0;
/// At least one mail is asked about or stopped, or a file differs.
pub(crate) const HELD: u8 = 1;
/// An error.
pub(crate) const FAILED: u8 = 2;

/// Why a command ends early: what is wrong, where, and what to do instead.
pub(crate) struct Ending {
    message: String,
    /// The exit status.
    pub(crate) code: u8,
}

impl Ending {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: FAILED }
    }

    /// The reader of the output has closed it, as `head` does: no error.
    fn reader_gone() -> Self {
        Self { message: String::new(), code: SEND }
    }

    pub(crate) fn print(&self) {
        if !self.message.is_empty() {
            // When standard error is closed too, nothing more can be done.
            let _ = writeln!(io::stderr(), "sendvagt: {}", self.message);
        }
    }
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::reader_gone(),
            _ => Self::new(format!("the output cannot be written: {error}")),
        }
    }
}

impl From<String> for Ending {
    fn from(message: String) -> Self {
        Self::new(message)
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

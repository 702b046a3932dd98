//! What can be wrong with a file, and with one mail in it.

use std::io;

/// Why one mail could not be read. The rest of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    /// The line is longer than [`crate::input::blocks::LONGEST`].
    TooLong,
    /// The line holds zero bytes.
    Binary,
    /// A quotation mark is never closed.
    OpenQuote,
    /// The line has not as many columns as the first one.
    Columns,
    /// The line is no draft in JSON.
    NoDraft,
    /// It has no headers of a mail, or endless ones.
    NoHeaders,
    /// The file of a Maildir cannot be read.
    Unreadable,
}

/// Why a file was not read, or not to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It could not be opened.
    Unopened(io::ErrorKind),
    /// Reading failed.
    Unread(io::ErrorKind),
    /// The packed data end too early.
    CutShort,
    /// The packed data are damaged.
    Damaged,
    /// Within the file the encoding changes from UTF-16 to another.
    Mixed,
    /// It is a file of a kind that is not read.
    Container(&'static str),
    /// It is a folder, and no Maildir.
    Folder,
    /// It is a table without a column for the subject.
    NoSubjectColumn,
    /// Nothing is in it.
    Empty,
    /// The user pressed Ctrl-C.
    Interrupted,
}

impl Ending {
    /// What an error of reading means.
    pub(crate) fn of(error: &io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        inner.copied().unwrap_or_else(|| Self::Unread(error.kind()))
    }
}

impl From<Ending> for io::Error {
    fn from(ending: Ending) -> Self {
        Self::new(io::ErrorKind::InvalidData, ending)
    }
}

impl std::error::Error for Ending {}

impl std::fmt::Display for Ending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

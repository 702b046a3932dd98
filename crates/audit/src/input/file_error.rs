//! Why a file could not be read.

use std::io;

/// Why a file was not read, or not to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileError {
    /// It could not be opened.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no paths"))]
    NotOpened(io::ErrorKind),
    /// Reading failed.
    ReadFailed(io::ErrorKind),
    /// The compressed data ends too early.
    CutShort,
    /// The compressed data is damaged.
    Damaged,
    /// The encoding changes from UTF-16 to another one within the file.
    MixedEncodings,
    /// It can be opened with a password only.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no archives"))]
    Password,
    /// It is in an archive in an archive in an archive.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no archives"))]
    TooDeep,
    /// It is too large to be read within an archive.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no archives"))]
    TooLarge,
    /// It unpacks to more than such a file can hold.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no archives"))]
    Bomb,
    /// Files of this kind are read by the program, and not by the page.
    OnlyProgram(&'static str),
    /// Files of this kind are not supported.
    Unsupported(&'static str),
    /// A browser no longer reads it: it is another file than the one that was chosen, or gone.
    Changed,
    /// It is a folder, but not a Maildir.
    #[cfg_attr(not(feature = "native"), expect(dead_code, reason = "a page opens no paths"))]
    NotMaildir,
    /// It is a table without a column for the subject.
    NoSubjectColumn,
    /// It is empty.
    Empty,
    /// The user pressed Ctrl-C.
    Interrupted,
}

impl FileError {
    /// The [`FileError`] inside an error of reading, or what its kind says.
    pub(crate) fn of(error: &io::Error) -> Self {
        let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        inner.copied().unwrap_or_else(|| Self::ReadFailed(error.kind()))
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

impl std::error::Error for FileError {}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

//! A file that is read from more than one place, as archives are: on the disk, or in memory if it was within another one.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use crate::input::file_error::FileError;

/// Reads from anywhere.
pub(crate) trait Anywhere: Read + Seek {}

impl<R: Read + Seek> Anywhere for R {}

/// Such a file. Each reader of it begins at its start.
#[derive(Clone)]
pub(crate) enum Whole {
    File(PathBuf),
    Memory(Shared),
}

/// Bytes that are not copied.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Whole {
    /// So many bytes are held in memory of a file within an archive.
    pub(crate) const LARGEST: u64 = 256 * 1024 * 1024;

    /// Holds a stream in memory. What was read before an error is kept with the error.
    pub(crate) fn of(stream: impl Read) -> (Self, Option<FileError>) {
        let mut bytes = Vec::new();
        let error = match stream.take(Self::LARGEST + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > Self::LARGEST => Some(FileError::TooLarge),
            Ok(_) => None,
            Err(error) => Some(FileError::of(&error)),
        };
        (Self::Memory(Shared(Arc::new(bytes))), error)
    }

    pub(crate) fn open(&self) -> io::Result<Box<dyn Anywhere>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }

    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::File(path) => path.metadata().map(|about| about.len()).unwrap_or_default(),
            Self::Memory(bytes) => bytes.0.len() as u64,
        }
    }

    /// What it is, by its first bytes; `None` for text.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let mut start = Vec::new();
        self.open().ok()?.take(8).read_to_end(&mut start).ok()?;
        Kind::of(&start)
    }
}

/// A kind of file that holds others, or mails in a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An archive, or a workbook of today, which is one.
    Zip,
    /// A mail that was saved from Outlook, a workbook as Excel wrote it until 2003, or one with a password.
    Compound,
    /// A mailbox that Outlook keeps in a file.
    Pst,
}

impl Kind {
    /// What begins with these bytes.
    pub(crate) fn of(start: &[u8]) -> Option<Self> {
        match start {
            // The second is an archive with nothing in it.
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Self::Compound),
            [b'!', b'B', b'D', b'N', ..] => Some(Self::Pst),
            _ => None,
        }
    }
}

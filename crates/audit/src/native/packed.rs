//! The files in a ZIP archive.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::read::read_zipfile_from_stream;
use zip::{CompressionMethod, ZipArchive};

use crate::input::file_error::FileError;
use crate::input::source::{Failing, Stream};
use crate::native::whole::Whole;
use crate::session::is_of_the_system;

/// How many bytes may still come out of an archive, and of those in it. Deflate makes at most 1,032 bytes of one, so that more come
/// only of an archive that has the same bytes in it several times.
pub(crate) type Budget = Rc<Cell<u64>>;

/// The budget of an archive of this size.
pub(crate) fn budget(size: u64) -> Budget {
    Rc::new(Cell::new(size.saturating_mul(1100).max(64 << 20)))
}

/// A file in an archive.
pub(crate) struct Entry {
    /// Its path in the archive. Whoever made the archive wrote it.
    pub(crate) name: String,
    start: u64,
    packed: u64,
    /// Its size unpacked, as the archive says.
    pub(crate) size: u64,
    method: CompressionMethod,
    crc: u32,
    is_encrypted: bool,
}

/// The files in an archive; an error if its list cannot be read.
pub(crate) fn entries(whole: &Whole) -> Result<Vec<Entry>, FileError> {
    let file = whole.open().map_err(|error| FileError::NotOpened(error.kind()))?;
    let mut archive = ZipArchive::new(file).map_err(|_| FileError::Damaged)?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else { return Err(FileError::Damaged) };
        let name = entry.name().unwrap_or_default().into_owned();
        if entry.is_dir() || is_of_the_system(&name) {
            continue;
        }
        entries.push(Entry {
            name,
            start: entry.data_start().ok_or(FileError::Damaged)?,
            packed: entry.compressed_size(),
            size: entry.size(),
            method: entry.compression(),
            crc: entry.crc32(),
            is_encrypted: entry.encrypted(),
        });
    }
    Ok(entries)
}

impl Entry {
    /// The file, unpacked as it is read.
    pub(crate) fn open(&self, whole: &Whole, budget: &Budget) -> Result<Stream, FileError> {
        if self.is_encrypted {
            return Err(FileError::Password);
        }
        let failed = |error: io::Error| FileError::ReadFailed(error.kind());
        let mut file = whole.open().map_err(failed)?;
        file.seek(SeekFrom::Start(self.start)).map_err(failed)?;
        let packed = file.take(self.packed);
        let inner: Stream = match self.method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
            _ => return Err(FileError::Unsupported("ZIP")),
        };
        Ok(Box::new(Unpacked { inner, crc: Crc::new(), expected: self.crc, budget: Rc::clone(budget) }))
    }
}

/// Unpacks, and tells what is damaged.
struct Unpacked {
    inner: Stream,
    crc: Crc,
    expected: u32,
    budget: Budget,
}

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => FileError::CutShort.into(),
            _ => FileError::Damaged.into(),
        })?;
        if count == 0 && !into.is_empty() && self.crc.sum() != self.expected {
            return Err(FileError::Damaged.into());
        }
        self.crc.update(into.get(..count).unwrap_or_default());
        let left = self.budget.get().checked_sub(count as u64).ok_or(FileError::Bomb)?;
        self.budget.set(left);
        Ok(count)
    }
}

/// Hands on the files of an archive whose list cannot be read, one after another, as far as they come.
pub(crate) fn salvage(whole: &Whole, budget: &Budget, mut found: impl FnMut(String, Stream)) {
    let Ok(mut file) = whole.open() else { return };
    while let Ok(Some(entry)) = read_zipfile_from_stream(&mut file) {
        let name = entry.name().unwrap_or_default().into_owned();
        if entry.is_dir() || is_of_the_system(&name) {
            continue;
        }
        let limited = entry.take(budget.get());
        let (read, error) = Whole::of(limited);
        budget.set(budget.get().saturating_sub(read.size()));
        let Ok(bytes) = read.open() else { return };
        let is_whole = error.is_none();
        // What the decoder says of an end that never came is not told apart.
        let error = error.map(|error| if error == FileError::TooLarge { error } else { FileError::CutShort });
        found(name, Box::new(bytes.chain(Failing(error.map(io::Error::from)))));
        if !is_whole || budget.get() == 0 {
            return;
        }
    }
}

//! Makes of a file's bytes a stream of UTF-8 text, decompressed and decoded.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use crate::input::compressed::{self, Compression, Gzip, Zstd, has_file_error};
use crate::input::encoding::{self, Encoding, Utf16};
use crate::input::file_error::FileError;

/// How many bytes at the start of a file its format is detected from.
pub(crate) const HEAD: usize = 64 * 1024;

/// Bytes to be read, from wherever they come.
pub(crate) type Stream = Box<dyn Read>;

/// An open file.
pub(crate) struct Source {
    /// Its text. Errors that have a [`FileError`] inside say what is wrong with the file.
    pub(crate) text: Stream,
    /// The first [`HEAD`] bytes of `text`, or all of it.
    pub(crate) head: Vec<u8>,
    /// How many bytes of the file have been read, counted before decompression.
    pub(crate) position: Rc<Cell<u64>>,
    /// The size of the file in bytes, before decompression; `None` for a pipe.
    pub(crate) size: Option<u64>,
}

/// The text in a stream of bytes; `size` is how many bytes it has, where that is known.
pub(crate) fn of(raw: Stream, size: Option<u64>) -> Result<Source, FileError> {
    let position = Rc::new(Cell::new(0));
    let counted = Counted { inner: raw, position: Rc::clone(&position) };
    let (start, counted) = peek(counted, 4096);
    let unpacked = decompress(&start, counted)?;
    let (start, unpacked) = peek(unpacked, 4096);
    let text: Stream = match encoding::detect(&start) {
        Encoding::Utf16 { encoding, mark } => Box::new(Utf16::new(skip(unpacked, mark)?, encoding)),
        Encoding::Bytes { mark } => skip(unpacked, mark)?,
    };
    let (head, text) = peek(text, HEAD as u64);
    Ok(Source { text, head, position, size })
}

/// The first bytes of a stream, and the stream with these bytes still in it.
pub(crate) fn peek(mut inner: impl Read + 'static, bytes: u64) -> (Vec<u8>, Stream) {
    let mut start = Vec::new();
    let error = (&mut inner).take(bytes).read_to_end(&mut start).err();
    let again = Cursor::new(start.clone());
    let stream: Stream = match error {
        // What could be read comes first, and then the error.
        Some(error) => Box::new(again.chain(Failing(Some(error)))),
        None => Box::new(again.chain(inner)),
    };
    (start, stream)
}

fn skip(mut inner: Stream, bytes: u64) -> Result<Stream, FileError> {
    io::copy(&mut (&mut inner).take(bytes), &mut io::sink()).map_err(|error| FileError::of(&error))?;
    Ok(inner)
}

/// Of the kinds that are not text, those that the program takes apart.
pub(crate) const PROGRAM_READS: [&str; 3] = ["ZIP, Excel", "Outlook PST/OST", "Outlook MSG, Excel XLS"];

/// Decompresses, going by the content: the name of a file may be wrong.
fn decompress(start: &[u8], inner: Stream) -> Result<Stream, FileError> {
    const UNSUPPORTED: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "ZIP, Excel"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"7z\xbc\xaf", "7-Zip"),
        (b"!BDN", "Outlook PST/OST"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook MSG, Excel XLS"),
        (b"%PDF", "PDF"),
        (b"Rar!", "RAR"),
    ];
    if let Some((_, name)) = UNSUPPORTED.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err(FileError::Unsupported(name));
    }
    Ok(match compressed::detect(start) {
        Some(Compression::Gzip) => Box::new(Decompressed(Gzip::new(inner))),
        Some(Compression::Zstd) => Box::new(Decompressed(Zstd::new(inner))),
        Some(Compression::CutShort) => return Err(FileError::CutShort),
        None => inner,
    })
}

/// Counts the bytes that are read.
struct Counted {
    inner: Stream,
    position: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.position.set(self.position.get() + count as u64);
        Ok(count)
    }
}

/// Returns an error that was met earlier, once.
pub(crate) struct Failing(pub(crate) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// A decompressed stream. Its errors say whether the compressed data is cut short or damaged.
struct Decompressed<R>(R);

impl<R: Read> Read for Decompressed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            // The file cannot be read, whatever is in it.
            _ if has_file_error(&error) => error,
            io::ErrorKind::UnexpectedEof => FileError::CutShort.into(),
            _ => FileError::Damaged.into(),
        })
    }
}

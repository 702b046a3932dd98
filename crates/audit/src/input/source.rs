//! A file as a stream of UTF-8 text: opened, unpacked, decoded.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use ruzstd::decoding::StreamingDecoder;

use crate::input::encoding::{self, Encoding, Utf16};
use crate::input::file_error::Ending;
use crate::input::interrupt;

/// How much of a file tells what it is, in bytes.
pub(crate) const HEAD: usize = 64 * 1024;

/// An open file.
pub(crate) struct Source {
    /// Its text. An error of the kind `InvalidData` with an [`Ending`] inside tells what is wrong with it.
    pub(crate) text: Box<dyn Read + Send>,
    /// The first [`HEAD`] bytes of `text`, or all of it.
    pub(crate) head: Vec<u8>,
    /// How many bytes of the file have been read, before unpacking.
    pub(crate) position: Arc<AtomicU64>,
    /// The bytes of the file, before unpacking; `None` for a pipe.
    pub(crate) size: Option<u64>,
}

/// Opens a file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> Result<Source, Ending> {
    let (raw, size): (Box<dyn Read + Send>, Option<u64>) = if path.as_os_str() == "-" {
        (Box::new(Patient::new(io::stdin())), None)
    } else {
        let file = File::open(path).map_err(|error| Ending::Unopened(error.kind()))?;
        let about = file.metadata().map_err(|error| Ending::Unopened(error.kind()))?;
        if about.is_file() { (Box::new(file), Some(about.len())) } else { (Box::new(Patient::new(file)), None) }
    };
    of(raw, size)
}

/// A stream of bytes, of which `size` are known to come.
pub(crate) fn of(raw: Box<dyn Read + Send>, size: Option<u64>) -> Result<Source, Ending> {
    let position = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: raw, position: Arc::clone(&position) };
    let (start, counted) = peek(counted, 4096)?;
    let unpacked = unpack(&start, counted)?;
    let (start, unpacked) = peek(unpacked, 4096)?;
    let mut text: Box<dyn Read + Send> = match encoding::detect(&start) {
        Encoding::Utf16 { encoding, mark } => Box::new(Utf16::new(skip(unpacked, mark)?, encoding)),
        Encoding::Bytes { mark } => skip(unpacked, mark)?,
    };
    let mut head = Vec::new();
    // An error here comes again when the text is read in earnest, after what could be read.
    let ended = (&mut text).take(HEAD as u64).read_to_end(&mut head).err();
    let again = Cursor::new(head.clone());
    let text: Box<dyn Read + Send> = match ended {
        Some(error) => Box::new(again.chain(Broken(Some(error)))),
        None => Box::new(again.chain(text)),
    };
    Ok(Source { text, head, position, size })
}

fn peek<R: Read + Send + 'static>(mut inner: R, bytes: u64) -> Result<(Vec<u8>, Box<dyn Read + Send>), Ending> {
    let mut start = Vec::new();
    let ended = (&mut inner).take(bytes).read_to_end(&mut start).err();
    let again = Cursor::new(start.clone());
    let again: Box<dyn Read + Send> = match ended {
        Some(error) => Box::new(again.chain(Broken(Some(error)))),
        None => Box::new(again.chain(inner)),
    };
    Ok((start, again))
}

fn skip(mut inner: Box<dyn Read + Send>, bytes: u64) -> Result<Box<dyn Read + Send>, Ending> {
    io::copy(&mut (&mut inner).take(bytes), &mut io::sink()).map_err(|error| Ending::of(&error))?;
    Ok(inner)
}

/// Unpacks by content: the name of a file may say anything.
fn unpack(start: &[u8], inner: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>, Ending> {
    const OTHER: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "ZIP, Excel"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"7z\xbc\xaf", "7-Zip"),
        (b"!BDN", "Outlook PST/OST"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook MSG, Excel XLS"),
        (b"%PDF", "PDF"),
        (b"Rar!", "RAR"),
    ];
    if let Some((_, name)) = OTHER.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err(Ending::Container(name));
    }
    Ok(match start {
        [0x1f, 0x8b, ..] => Box::new(Unpacked(flate2::read::MultiGzDecoder::new(inner))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(Unpacked(Zstd { frame: None, inner: Some(inner) })),
        _ => inner,
    })
}

/// Tells how far reading has come.
struct Counted {
    inner: Box<dyn Read + Send>,
    position: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.position.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Fails once, with an error that was met before.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// An unpacked stream, whose errors are those of packed data: cut short, or damaged.
struct Unpacked<R>(R);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => Ending::CutShort.into(),
            _ => Ending::Damaged.into(),
        })
    }
}

/// The frames of a zstd file one after another, as appending to such a file makes them.
struct Zstd {
    frame: Option<StreamingDecoder<Box<dyn Read + Send>, ruzstd::decoding::FrameDecoder>>,
    inner: Option<Box<dyn Read + Send>>,
}

impl Read for Zstd {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(into).map_err(|error| zstd_error(&error))?;
                if count > 0 || into.is_empty() {
                    return Ok(count);
                }
                self.inner = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut inner) = self.inner.take() else { return Ok(0) };
            let mut start = Vec::new();
            (&mut inner).take(4).read_to_end(&mut start)?;
            if start.is_empty() {
                return Ok(0);
            }
            let whole: Box<dyn Read + Send> = Box::new(Cursor::new(start).chain(inner));
            self.frame = Some(StreamingDecoder::new(whole).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?);
        }
    }
}

/// The decoder tells the end of its input within other errors.
fn zstd_error(error: &io::Error) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> =
        error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
    while let Some(inner) = cause {
        if inner.downcast_ref::<io::Error>().is_some_and(|inner| inner.kind() == io::ErrorKind::UnexpectedEof) {
            return io::ErrorKind::UnexpectedEof.into();
        }
        cause = inner.source();
    }
    error.kind().into()
}

/// A pipe, read on a thread of its own, so that Ctrl-C ends waiting for it.
struct Patient {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Cursor<Vec<u8>>,
}

impl Patient {
    fn new(mut inner: impl Read + Send + 'static) -> Self {
        let (sender, pieces) = sync_channel(2);
        thread::spawn(move || {
            loop {
                let mut piece = vec![0; 256 * 1024];
                let count = match inner.read(&mut piece) {
                    Ok(0) => return,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    done => done,
                };
                let failed = count.is_err();
                let sent = sender.send(count.map(|count| {
                    piece.truncate(count);
                    piece
                }));
                if failed || sent.is_err() {
                    return;
                }
            }
        });
        Self { pieces, piece: Cursor::default() }
    }
}

impl Read for Patient {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.piece.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            match self.pieces.recv_timeout(Duration::from_millis(50)) {
                Ok(piece) => self.piece = Cursor::new(piece?),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) if interrupt::asked() => return Ok(0),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

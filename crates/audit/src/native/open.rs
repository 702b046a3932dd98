//! Opens files, and standard input.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use crate::input::file_error::FileError;
use crate::input::interrupt;
use crate::input::source::{self, Source, Stream};

/// Opens a file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> Result<Source, FileError> {
    let (raw, size): (Stream, Option<u64>) = if path.as_os_str() == "-" {
        (Box::new(InterruptiblePipe::new(io::stdin())), None)
    } else {
        let file = File::open(path).map_err(|error| FileError::NotOpened(error.kind()))?;
        let about = file.metadata().map_err(|error| FileError::NotOpened(error.kind()))?;
        if about.is_file() {
            (Box::new(file), Some(about.len()))
        } else {
            (Box::new(InterruptiblePipe::new(file)), None)
        }
    };
    source::of(raw, size)
}

/// A pipe that is read on a thread of its own, so that Ctrl-C ends the wait for more input.
struct InterruptiblePipe {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Cursor<Vec<u8>>,
}

impl InterruptiblePipe {
    fn new(mut inner: impl Read + Send + 'static) -> Self {
        let (sender, chunks) = sync_channel(2);
        thread::spawn(move || {
            loop {
                let mut chunk = vec![0; 256 * 1024];
                let count = match inner.read(&mut chunk) {
                    Ok(0) => return,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    done => done,
                };
                let failed = count.is_err();
                let sent = sender.send(count.map(|count| {
                    chunk.truncate(count);
                    chunk
                }));
                if failed || sent.is_err() {
                    return;
                }
            }
        });
        Self { chunks, chunk: Cursor::default() }
    }
}

impl Read for InterruptiblePipe {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.chunk.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            match self.chunks.recv_timeout(Duration::from_millis(50)) {
                Ok(chunk) => self.chunk = Cursor::new(chunk?),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) if interrupt::is_requested() => return Ok(0),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

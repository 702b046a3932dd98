//! Reads gzip and zstd. Their checksums are compared: whatever does not match is damaged, and never a clean file.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::input::file_error::FileError;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
    /// Nothing but the first byte or bytes of what a compressed file begins with.
    CutShort,
}

/// Detects the compression by the first bytes of a file; `None` if there is none.
pub(crate) fn detect(start: &[u8]) -> Option<Compression> {
    match start {
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        [first, rest @ ..] if is_skippable([*first, *rest.first()?, *rest.get(1)?, *rest.get(2)?]) => {
            Some(Compression::Zstd)
        }
        [0x1f] | [0x28, 0xb5] | [0x28, 0xb5, 0x2f] => Some(Compression::CutShort),
        _ => None,
    }
}

/// Is it the magic number of a frame that holds no content (RFC 8878, 3.1.2)? `pzstd` writes one before each frame, and the
/// seekable format one at the end.
fn is_skippable(magic: [u8; 4]) -> bool {
    matches!(magic, [0x50..=0x5f, 0x2a, 0x4d, 0x18])
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// Reads the members of a gzip file one after another: appending to such a file adds members. Zeros after the last one are
/// padding, as tapes and some programs write it.
pub(crate) struct Gzip<R: Read> {
    member: Option<GzDecoder<BufReader<R>>>,
}

impl<R: Read> Gzip<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { member: Some(GzDecoder::new(BufReader::with_capacity(64 * 1024, inner))) }
    }
}

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            let Some(mut inner) = self.member.take().map(GzDecoder::into_inner) else { break };
            if is_padding_to_the_end(&mut inner)? {
                break;
            }
            self.member = Some(GzDecoder::new(inner));
        }
        Ok(0)
    }
}

/// Passes over zeros. What follows them other than the end is no member.
fn is_padding_to_the_end(inner: &mut impl BufRead) -> io::Result<bool> {
    let mut has_zeros = false;
    loop {
        let zeros = match inner.fill_buf()? {
            [] => return Ok(true),
            buffer => buffer.iter().take_while(|byte| **byte == 0).count(),
        };
        if zeros == 0 {
            return if has_zeros { Err(damaged()) } else { Ok(false) };
        }
        has_zeros = true;
        inner.consume(zeros);
    }
}

/// A stream of which some bytes were read before.
type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads the frames of a zstd file one after another: appending to such a file adds frames.
pub(crate) struct Zstd<R: Read> {
    frame: Option<StreamingDecoder<Peeked<R>, FrameDecoder>>,
    inner: Option<R>,
}

impl<R: Read> Zstd<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { frame: None, inner: Some(inner) }
    }

    /// Begins the next frame that has content; `false` if there is none.
    fn next_frame(&mut self) -> io::Result<bool> {
        let Some(mut inner) = self.inner.take() else { return Ok(false) };
        loop {
            let mut magic = [0; 4];
            let count = fill(&mut inner, &mut magic)?;
            if count == 0 {
                return Ok(false);
            }
            if count == magic.len() && is_skippable(magic) {
                let mut length = [0; 4];
                inner.read_exact(&mut length)?;
                let length = u64::from(u32::from_le_bytes(length));
                if io::copy(&mut (&mut inner).take(length), &mut io::sink())? < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                continue;
            }
            let start = magic.get(..count).unwrap_or_default().to_vec();
            let frame = StreamingDecoder::new(Cursor::new(start).chain(inner));
            self.frame = Some(frame.map_err(|_| damaged())?);
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the stream ends.
fn fill(inner: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while let Some(rest) = buffer.get_mut(count..).filter(|rest| !rest.is_empty()) {
        match inner.read(rest) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(into).map_err(|error| zstd_error(&error))?;
                if count > 0 || into.is_empty() {
                    return Ok(count);
                }
                let Some((inner, decoder)) = self.frame.take().map(StreamingDecoder::into_parts) else { continue };
                let told = decoder.get_checksum_from_data();
                if told.is_some() && told != decoder.get_calculated_checksum() {
                    return Err(damaged());
                }
                self.inner = Some(inner.into_inner().1);
            }
            if !self.next_frame()? {
                return Ok(0);
            }
        }
    }
}

/// Looks for an error of reading among the causes of an error: the decoder wraps it in other errors.
fn zstd_error(error: &io::Error) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> =
        error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
    while let Some(inner) = cause {
        match inner.downcast_ref::<io::Error>() {
            Some(read) if read.kind() == io::ErrorKind::UnexpectedEof => return io::ErrorKind::UnexpectedEof.into(),
            Some(read) if has_file_error(read) => return FileError::of(read).into(),
            _ => {}
        }
        cause = inner.source();
    }
    error.kind().into()
}

pub(crate) fn has_file_error(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<FileError>())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::write::GzEncoder;

    use super::{Compression, Gzip, Zstd, detect};

    const TEXT: &[u8] = b"Referat\nVedr. 010203-1234\nReferat af sagen om 010203-1234 og andre ting\n";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// A frame of one raw block, with a checksum.
    fn zstd(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn skippable(content: &[u8]) -> Vec<u8> {
        [&[0x50, 0x2a, 0x4d, 0x18][..], &u32::try_from(content.len()).unwrap().to_le_bytes(), content].concat()
    }

    fn read(bytes: &[u8]) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        match detect(bytes)? {
            Compression::Gzip => Gzip::new(bytes).read_to_end(&mut text).ok()?,
            Compression::Zstd => Zstd::new(bytes).read_to_end(&mut text).ok()?,
            Compression::CutShort => return None,
        };
        Some(text)
    }

    #[test]
    fn what_other_programs_write_is_read() {
        let twice = [TEXT, TEXT].concat();
        for (name, bytes, expected) in [
            ("gzip", gzip(TEXT), TEXT),
            ("gzip, appended to", [gzip(TEXT), gzip(TEXT)].concat(), &twice),
            ("gzip, padded", [gzip(TEXT), vec![0; 100_000]].concat(), TEXT),
            ("zstd", zstd(TEXT), TEXT),
            ("zstd, appended to", [zstd(TEXT), zstd(TEXT)].concat(), &twice),
            ("pzstd", [skippable(b"size"), zstd(TEXT), skippable(b"size"), zstd(TEXT)].concat(), &twice),
            ("zstd, seekable", [zstd(TEXT), skippable(&[7; 100])].concat(), TEXT),
            ("a frame without content", skippable(b""), b""),
        ] {
            assert_eq!(read(&bytes).as_deref(), Some(expected), "{name}");
        }
    }

    /// Once 20 of 40 single bits passed in zstd, whose checksum was not compared.
    #[test]
    fn no_flipped_bit_and_no_cut_passes_for_another_text() {
        for (name, bytes) in [("gzip", gzip(TEXT)), ("zstd", zstd(TEXT))] {
            for at in 0..bytes.len() {
                let cut = read(&bytes[..at]);
                assert!(cut.as_deref().is_none_or(|text| text == TEXT), "{name} cut at {at}");
                for bit in 0..8 {
                    let mut other = bytes.clone();
                    other[at] ^= 1 << bit;
                    let text = read(&other);
                    assert!(text.as_deref().is_none_or(|text| text == TEXT), "{name}, bit {bit} of {at}");
                }
            }
        }
        for wrong in [[gzip(TEXT), b"\0\0x".to_vec()].concat(), [gzip(TEXT), b"x".to_vec()].concat()] {
            assert_eq!(read(&wrong), None);
        }
        assert_eq!(read(&[zstd(TEXT), skippable(&[7; 100])[..50].to_vec()].concat()), None, "a frame is cut short");
    }

    /// Each frame was once read through all before it: 150,000 frames took more than two minutes.
    #[test]
    fn many_frames_are_read_one_by_one() {
        let bytes = zstd(b"x\n").repeat(20_000);
        assert_eq!(read(&bytes).map(|text| text.len()), Some(40_000));
    }
}

//! UTF-8, UTF-16 and Windows-1252, told apart by their bytes.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::input::file_error::Ending;

/// What a stream of text is.
pub(crate) enum Encoding {
    /// UTF-16, after a byte order mark of so many bytes.
    Utf16 { encoding: &'static encoding_rs::Encoding, mark: u64 },
    /// Anything in which a line feed is one byte; [`tidy`] sees to each line.
    Bytes { mark: u64 },
}

/// Tells the encoding from a byte order mark, or from where the zeros of UTF-16 stand: Exchange writes some of its
/// reports as UTF-16 without a mark.
pub(crate) fn detect(start: &[u8]) -> Encoding {
    match start {
        [0xff, 0xfe, ..] => return Encoding::Utf16 { encoding: UTF_16LE, mark: 2 },
        [0xfe, 0xff, ..] => return Encoding::Utf16 { encoding: UTF_16BE, mark: 2 },
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Bytes { mark: 3 },
        _ => {}
    }
    let (pairs, _) = start.as_chunks::<2>();
    let high_zeros = pairs.iter().filter(|[low, high]| *high == 0 && *low != 0).count();
    let low_zeros = pairs.iter().filter(|[high, low]| *high == 0 && *low != 0).count();
    if 2 * high_zeros > pairs.len() {
        Encoding::Utf16 { encoding: UTF_16LE, mark: 0 }
    } else if 2 * low_zeros > pairs.len() {
        Encoding::Utf16 { encoding: UTF_16BE, mark: 0 }
    } else {
        Encoding::Bytes { mark: 0 }
    }
}

/// How many bytes of UTF-16 are decoded at once.
const PIECE: usize = 32 * 1024;

/// UTF-16 as UTF-8.
pub(crate) struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Decoded, and not yet handed over from `given` on.
    text: String,
    given: usize,
    ended: bool,
    broken: Option<io::Error>,
}

impl<R: Read> Utf16<R> {
    pub(crate) fn new(inner: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { inner, decoder, raw: Vec::new(), text: String::new(), given: 0, ended: false, broken: None }
    }

    fn refill(&mut self) {
        self.text.clear();
        self.given = 0;
        self.raw.clear();
        if let Err(error) = (&mut self.inner).take(PIECE as u64).read_to_end(&mut self.raw) {
            self.broken = Some(error);
        }
        self.ended = self.raw.len() < PIECE;
        if self.broken.is_none() && is_other_text(&self.raw) {
            self.broken = Some(Ending::Mixed.into());
            self.ended = true;
            return;
        }
        self.text.reserve(self.decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(4 * PIECE));
        let (done, _, _) = self.decoder.decode_to_string(&self.raw, &mut self.text, self.ended);
        debug_assert!(done == CoderResult::InputEmpty, "there is room for all of it");
    }
}

/// Is this one byte a character, though it should be two? ASCII read as UTF-16 is Chinese.
fn is_other_text(raw: &[u8]) -> bool {
    let (pairs, _) = raw.as_chunks::<2>();
    let printable = |byte: &u8| matches!(byte, b' '..=b'~');
    let suspect = pairs.iter().filter(|pair| pair.iter().all(printable)).count();
    4 * suspect > pairs.len()
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if self.ended {
                return self.broken.take().map_or(Ok(0), Err);
            }
            self.refill();
        }
        let mut rest = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let count = rest.read(into)?;
        self.given += count;
        Ok(count)
    }
}

/// What [`tidy`] met, by the index of the line in the block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Met {
    /// Lines that are not UTF-8, and were read as Windows-1252.
    pub(crate) foreign: Vec<u64>,
    /// Lines with zero bytes, which are no text; nothing is left of them.
    pub(crate) binary: Vec<u64>,
}

/// Makes a block of lines UTF-8. The number of lines stays.
pub(crate) fn tidy(block: &mut Vec<u8>) -> Met {
    let mut met = Met::default();
    if memchr::memchr(0, block).is_none() && simdutf8::basic::from_utf8(block).is_ok() {
        return met;
    }
    let mut clean = Vec::with_capacity(block.len() + block.len() / 8);
    for (number, line) in (0_u64..).zip(block.split_inclusive(|&byte| byte == b'\n')) {
        if memchr::memchr(0, line).is_some() {
            met.binary.push(number);
            clean.extend(line.last().filter(|&&byte| byte == b'\n'));
        } else if simdutf8::basic::from_utf8(line).is_ok() {
            clean.extend_from_slice(line);
        } else {
            met.foreign.push(number);
            clean.extend_from_slice(WINDOWS_1252.decode_without_bom_handling(line).0.as_bytes());
        }
    }
    *block = clean;
    met
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Encoding, Met, Utf16, detect, tidy};

    fn decoded(bytes: &[u8]) -> Option<String> {
        match detect(bytes) {
            Encoding::Utf16 { encoding, mark } => {
                let mut text = String::new();
                let rest = bytes.get(usize::try_from(mark).ok()?..)?;
                Utf16::new(rest, encoding).read_to_string(&mut text).ok().map(|_| text)
            }
            Encoding::Bytes { .. } => None,
        }
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_is_known_with_and_without_a_mark() {
        let text = "Emne\tPartshøring 😀\r\n";
        for bytes in [
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
            utf16(&format!("\u{feff}{text}"), u16::to_le_bytes),
            utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
        ] {
            assert_eq!(decoded(&bytes).as_deref(), Some(text));
        }
        for bytes in [text.as_bytes(), b"", b"a", b"f\xf8dt"] {
            assert!(decoded(bytes).is_none());
        }
        let long = "Børnefaglig undersøgelse 😀😀\n".repeat(10_000);
        assert_eq!(decoded(&utf16(&long, u16::to_le_bytes)).as_deref(), Some(long.as_str()), "over many pieces");
    }

    #[test]
    fn text_of_one_byte_a_character_after_utf_16_is_an_error() {
        let mut bytes = utf16("\u{feff}Subject\n", u16::to_le_bytes);
        bytes.extend_from_slice(b"Vedr. noget andet, skrevet i en anden kodning\n");
        assert_eq!(decoded(&bytes), None);
    }

    #[test]
    fn each_line_is_made_utf_8() {
        let mut block = b"f\xc3\xb8dt\nf\xf8dt\na\0b\n\nsidst\xe6".to_vec();
        let met = tidy(&mut block);
        assert_eq!(str::from_utf8(&block), Ok("født\nfødt\n\n\nsidstæ"));
        assert_eq!(met, Met { foreign: vec![1, 4], binary: vec![2] });
    }
}

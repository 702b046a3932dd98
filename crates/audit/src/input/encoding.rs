//! Detects UTF-8, UTF-16 and Windows-1252 by their bytes, and decodes them.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::input::file_error::FileError;

/// The encoding of a stream of text.
pub(crate) enum Encoding {
    /// UTF-16, after a byte order mark of `mark` bytes.
    Utf16 { encoding: &'static encoding_rs::Encoding, mark: u64 },
    /// Any encoding in which a line feed is one byte; [`make_utf8`] decides for each line.
    Bytes { mark: u64 },
}

/// Detects the encoding by the byte order mark, or by the zero bytes of UTF-16: Exchange writes some of its reports as
/// UTF-16 without a mark.
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

/// How many bytes of UTF-16 are decoded at a time.
const CHUNK: usize = 32 * 1024;

/// Reads UTF-16 as UTF-8.
pub(crate) struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Decoded text, of which the first `taken` bytes have been read by the caller.
    text: String,
    taken: usize,
    has_ended: bool,
    error: Option<io::Error>,
    other: OtherText,
}

impl<R: Read> Utf16<R> {
    pub(crate) fn new(inner: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self {
            inner,
            decoder,
            raw: Vec::new(),
            text: String::new(),
            taken: 0,
            has_ended: false,
            error: None,
            other: OtherText::new(encoding == UTF_16BE),
        }
    }

    fn refill(&mut self) {
        self.text.clear();
        self.taken = 0;
        self.raw.clear();
        if let Err(error) = (&mut self.inner).take(CHUNK as u64).read_to_end(&mut self.raw) {
            self.error = Some(error);
        }
        self.has_ended = self.raw.len() < CHUNK;
        if self.error.is_none()
            && let Some(at) = self.other.find(&self.raw, self.has_ended)
        {
            // What stands before it is read.
            self.raw.truncate(at);
            self.error = Some(FileError::MixedEncodings.into());
            self.has_ended = true;
        }
        self.text.reserve(self.decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(4 * CHUNK));
        let (done, _, _) = self.decoder.decode_to_string(&self.raw, &mut self.text, self.has_ended);
        debug_assert!(done == CoderResult::InputEmpty, "there is room for all of it");
    }
}

/// A run of what looks like text in another encoding, of one byte for a character: PowerShell's `Add-Content` writes such lines
/// after the UTF-16 of its `>`. Read as UTF-16, ASCII is Chinese, and whatever number it holds would go unseen.
struct OtherText {
    is_big_endian: bool,
    /// How many units there are in the run.
    units: usize,
    has_line_end: bool,
    /// How many units have a space, a digit or a mark as their high byte: hardly a letter of any script has.
    marks: usize,
}

/// As many units as a short line has.
const SHORT_LINE: usize = 8;

impl OtherText {
    fn new(is_big_endian: bool) -> Self {
        Self { is_big_endian, units: 0, has_line_end: false, marks: 0 }
    }

    /// Where in these bytes such text begins, or 0 if it began before them. The file ends with them if `has_ended`.
    fn find(&mut self, raw: &[u8], has_ended: bool) -> Option<usize> {
        let (units, _) = raw.as_chunks::<2>();
        for (index, unit) in units.iter().enumerate() {
            let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
            if !unit.iter().all(|byte| is_line_end(byte) || matches!(byte, b'\t' | b' '..=b'~')) {
                *self = Self::new(self.is_big_endian);
                continue;
            }
            let [first, second] = unit;
            let high = if self.is_big_endian { first } else { second };
            self.units += 1;
            self.has_line_end |= unit.iter().any(is_line_end);
            self.marks += usize::from(matches!(high, b' '..=b'?'));
            let is_last = has_ended && index + 1 == units.len();
            if self.units >= SHORT_LINE && self.marks >= 2 && (self.has_line_end || is_last) {
                return Some(2 * (index + 1).saturating_sub(self.units));
            }
        }
        None
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.text.len() {
            if self.has_ended {
                return self.error.take().map_or(Ok(0), Err);
            }
            self.refill();
        }
        let mut rest = self.text.as_bytes().get(self.taken..).unwrap_or_default();
        let count = rest.read(into)?;
        self.taken += count;
        Ok(count)
    }
}

/// The lines that [`make_utf8`] changed, by their index in the block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ChangedLines {
    /// Lines that were not UTF-8 and were decoded as Windows-1252.
    pub(crate) windows_1252: Vec<u64>,
    /// Lines with zero bytes, which cannot be text; they were emptied.
    pub(crate) binary: Vec<u64>,
}

/// Makes a block of lines valid UTF-8, without changing the number of lines.
pub(crate) fn make_utf8(block: &mut Vec<u8>) -> ChangedLines {
    let mut changed = ChangedLines::default();
    if memchr::memchr(0, block).is_none() && simdutf8::basic::from_utf8(block).is_ok() {
        return changed;
    }
    let mut clean = Vec::with_capacity(block.len() + block.len() / 8);
    for (number, line) in (0_u64..).zip(block.split_inclusive(|&byte| byte == b'\n')) {
        if memchr::memchr(0, line).is_some() {
            changed.binary.push(number);
            clean.extend(line.last().filter(|&&byte| byte == b'\n'));
        } else if simdutf8::basic::from_utf8(line).is_ok() {
            clean.extend_from_slice(line);
        } else {
            changed.windows_1252.push(number);
            clean.extend_from_slice(WINDOWS_1252.decode_without_bom_handling(line).0.as_bytes());
        }
    }
    *block = clean;
    changed
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{ChangedLines, Encoding, Utf16, detect, make_utf8};

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
    fn utf_16_is_detected_with_and_without_a_mark() {
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
        assert_eq!(decoded(&utf16(&long, u16::to_le_bytes)).as_deref(), Some(long.as_str()), "over many chunks");
    }

    #[test]
    fn single_byte_text_after_utf_16_is_an_error() {
        let mut bytes = utf16("\u{feff}Subject\n", u16::to_le_bytes);
        bytes.extend_from_slice(b"Vedr. noget andet, skrevet i en anden kodning\n");
        assert_eq!(decoded(&bytes), None);
    }

    /// 1,000 lines of UTF-16 and then 100 plain ones were once read without an error: they are a small part of a chunk.
    #[test]
    fn a_few_lines_in_another_encoding_are_an_error_after_what_stands_before_them() {
        for (name, bytes) in [("little", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("big", u16::to_be_bytes)] {
            for lines in [1, 1_000, 20_000] {
                for end in [
                    "\r\nVedr. 010203-1234\r\n",
                    "\nVedr. 010203-1234\n",
                    "\nxVedr. 010203-1234\n",
                    "Vedr. 010203-1234",
                ] {
                    let first = "Referat\r\n".repeat(lines);
                    let mut all = utf16(&format!("\u{feff}{first}"), bytes);
                    all.extend_from_slice(end.as_bytes());
                    let Encoding::Utf16 { encoding, mark } = detect(&all) else { panic!("{name}") };
                    let mut text = Vec::new();
                    let rest = &all[usize::try_from(mark).unwrap()..];
                    assert!(Utf16::new(rest, encoding).read_to_end(&mut text).is_err(), "{name} {lines} {end:?}");
                    assert!(text.starts_with(first.as_bytes()), "{name} {lines} {end:?}");
                }
            }
        }
    }

    #[test]
    fn chinese_is_no_other_encoding() {
        let text = "关于社会福利的通知，请查收。上海市儿童医院转诊记录上下文不丁丐丑且世丘业东丝丟\n".repeat(2_000);
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf16(&format!("\u{feff}{text}"), bytes)).as_deref(), Some(text.as_str()));
        }
    }

    #[test]
    fn each_line_is_made_utf_8() {
        let mut block = b"f\xc3\xb8dt\nf\xf8dt\na\0b\n\nsidst\xe6".to_vec();
        let changed = make_utf8(&mut block);
        assert_eq!(str::from_utf8(&block), Ok("født\nfødt\n\n\nsidstæ"));
        assert_eq!(changed, ChangedLines { windows_1252: vec![1, 4], binary: vec![2] });
    }
}

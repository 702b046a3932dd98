//! The text of a mail and the names of what is attached to it, out of its MIME parts, line by line.
//!
//! A part that is not text is passed over and never held, so that memory does not grow with what is attached. `mail_parser` reads
//! the headers, decodes and knows the charsets. It could split a mail too, but it holds the mail whole, searches the rest of it
//! for each boundary that never comes, and goes as deep as mails are within mails: a hostile mail costs it the square of its
//! length, or the stack.

use std::collections::HashSet;

use encoding_rs::WINDOWS_1252;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode_char;
use mail_parser::{ContentType, HeaderName, Message, MessageParser, MimeHeaders};
use sendvagt::{Attachment, Body, BodyKind};

use crate::judge::{Contents, TextGap};

/// How many bytes of text are read of a mail, before it is decoded.
pub(crate) const LONGEST_TEXT: usize = 8 * 1024 * 1024;
/// How many bytes of headers a part may have that say what it is. A name of 255 letters takes two thousand.
const LONGEST_HEADERS: usize = 8 * 1024;
/// How many bytes of the headers of an attached mail are looked through for its subject.
const LONGEST_ATTACHED: usize = 64 * 1024;
const MOST_PARTS: usize = 2000;
/// How deep parts may be within parts.
const DEEPEST: usize = 50;

/// Reads the parts of a mail.
pub(crate) struct MimeReader {
    /// The multiparts that are open, the outermost first.
    open: Vec<Multipart>,
    state: State,
    parts: usize,
    /// How many bytes of text were kept.
    kept: usize,
    texts: Vec<Text>,
    attachments: Vec<Attached>,
    /// Is there text in a form that is not read?
    has_other_form: bool,
    gap: Option<TextGap>,
}

/// A part that holds parts.
struct Multipart {
    boundary: Vec<u8>,
    /// The number of the outermost `multipart/alternative` that it is in, or that it is.
    group: Option<usize>,
    /// Are its parts mails, unless they say otherwise?
    is_digest: bool,
}

enum State {
    /// What is not read: attachments, and what is before the first part and after the last one.
    Skip,
    /// The headers of a part.
    Headers(Vec<u8>),
    /// The headers of an attached mail, whose subject is its name.
    Attached(Vec<u8>),
    Text(Box<Text>),
}

/// A text, until the mail ends.
struct Text {
    raw: Vec<u8>,
    is_html: bool,
    /// The outermost `multipart/alternative` that it is in.
    group: Option<usize>,
    encoding: Encoding,
    charset: Option<String>,
    /// Are its lines to be joined (RFC 3676), and is the space at their ends to be deleted then?
    flowed: Option<bool>,
    /// Was not all of it kept?
    cut: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Plain,
    Base64,
    QuotedPrintable,
}

struct Attached {
    name: String,
    /// The id by which the text may show it.
    id: Option<String>,
}

impl MimeReader {
    /// Begins to read a mail with these headers.
    pub(crate) fn new(headers: &[u8]) -> Self {
        let mut reader = Self {
            open: Vec::new(),
            state: State::Skip,
            parts: 0,
            kept: 0,
            texts: Vec::new(),
            attachments: Vec::new(),
            has_other_form: false,
            gap: None,
        };
        let mut about = Vec::new();
        let mut is_of_part = false;
        for line in headers.split_inclusive(|&byte| byte == b'\n') {
            reader.take_header(&mut about, &mut is_of_part, line);
        }
        reader.begin(&about, true);
        reader
    }

    /// Takes the next line of the body, with its line end.
    pub(crate) fn push(&mut self, line: &[u8]) {
        if let Some((depth, is_end)) = self.boundary(line) {
            self.end_part();
            self.open.truncate(if is_end { depth } else { depth + 1 });
            self.state = if is_end { State::Skip } else { State::Headers(Vec::new()) };
            return;
        }
        let is_blank = line.trim_ascii().is_empty();
        match &mut self.state {
            State::Skip => {}
            State::Headers(_) if is_blank => {
                let State::Headers(headers) = std::mem::replace(&mut self.state, State::Skip) else { return };
                let (mut about, mut is_of_part) = (Vec::new(), false);
                for line in headers.split_inclusive(|&byte| byte == b'\n') {
                    self.take_header(&mut about, &mut is_of_part, line);
                }
                self.begin(&about, false);
            }
            State::Attached(_) if is_blank => self.end_part(),
            State::Headers(headers) | State::Attached(headers) if headers.len() + line.len() <= LONGEST_ATTACHED => {
                headers.extend_from_slice(line);
            }
            State::Headers(_) => self.note(TextGap::Damaged),
            State::Attached(_) => {}
            State::Text(text) => {
                let room = LONGEST_TEXT.saturating_sub(self.kept);
                if line.len() <= room && !text.cut {
                    text.raw.extend_from_slice(line);
                    self.kept += line.len();
                } else {
                    text.cut = true;
                    self.note(TextGap::TooLong);
                }
            }
        }
    }

    /// Takes notice of a line that was too long to be read.
    pub(crate) fn push_too_long(&mut self) {
        match &mut self.state {
            State::Text(text) => {
                text.cut = true;
                self.note(TextGap::TooLong);
            }
            State::Headers(_) | State::Attached(_) => self.note(TextGap::Damaged),
            State::Skip => {}
        }
    }

    /// What the mail holds.
    pub(crate) fn finish(mut self) -> Contents {
        self.end_part();
        if !self.open.is_empty() {
            self.note(TextGap::Damaged);
        }
        if self.texts.is_empty() && self.has_other_form {
            self.note(TextGap::Form);
        }
        let with_html: HashSet<usize> =
            self.texts.iter().filter(|text| text.is_html).filter_map(|text| text.group).collect();
        let mut contents = Contents::default();
        for text in std::mem::take(&mut self.texts) {
            let is_other_view = !text.is_html && text.group.is_some_and(|group| with_html.contains(&group));
            let body = self.body(text);
            if is_other_view { &mut contents.alternatives } else { &mut contents.bodies }.push(body);
        }
        let mut shown = HashSet::new();
        for body in contents.bodies.iter().filter(|body| body.kind == BodyKind::Html) {
            shown.extend(shown_parts(&body.content));
        }
        contents.attachments = self
            .attachments
            .into_iter()
            .map(|Attached { name, id }| {
                let inline = id.is_some_and(|id| shown.contains(id.as_str()));
                Attachment { name, inline, cloud: false }
            })
            .collect();
        contents.gap = self.gap;
        contents
    }

    /// The gravest of what is wrong with a mail is told.
    fn note(&mut self, gap: TextGap) {
        self.gap = Some(self.gap.map_or(gap, |known| known.min(gap)));
    }

    /// The boundary in a line: how deep it is, and whether it is the last one there.
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let line = line.strip_prefix(b"--").filter(|_| !self.open.is_empty())?.trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(depth, multipart)| {
            match line.strip_prefix(multipart.boundary.as_slice())? {
                b"" => Some((depth, false)),
                b"--" => Some((depth, true)),
                _ => None,
            }
        })
    }

    /// Keeps a line of headers if it says what a part is. The rest is not parsed: it may be long.
    fn take_header(&mut self, about: &mut Vec<u8>, is_of_part: &mut bool, line: &[u8]) {
        let is_continued = line.starts_with(b" ") || line.starts_with(b"\t");
        if !is_continued {
            *is_of_part = line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
        }
        if *is_of_part && about.len() + line.len() <= LONGEST_HEADERS {
            about.extend_from_slice(line);
        } else if *is_of_part {
            self.note(TextGap::Damaged);
        }
    }

    /// Begins a part of which this is said.
    fn begin(&mut self, about: &[u8], is_root: bool) {
        self.parts += 1;
        if self.parts > MOST_PARTS || self.open.len() > DEEPEST {
            self.note(TextGap::Parts);
            self.open.clear();
            self.state = State::Skip;
            return;
        }
        let headers = [about, b"\n\n"].concat();
        let parser = MessageParser::new().with_mime_headers().default_header_ignore();
        let part = parser.parse_headers(&headers);
        let part = part.as_ref();
        let kind = part.and_then(MimeHeaders::content_type);
        let is_in_digest = kind.is_none() && self.open.last().is_some_and(|multipart| multipart.is_digest);
        let (kind_name, subtype) = match kind {
            Some(kind) => (kind.ctype().to_ascii_lowercase(), kind.subtype().unwrap_or_default().to_ascii_lowercase()),
            None if is_in_digest => ("message".to_owned(), "rfc822".to_owned()),
            None => ("text".to_owned(), "plain".to_owned()),
        };
        let group = self.open.last().and_then(|multipart| multipart.group);
        match (kind_name.as_str(), subtype.as_str()) {
            ("multipart", subtype) => self.begin_multipart(kind, subtype, group),
            ("message", "rfc822" | "global") => {
                self.attach(part, &subtype);
                let is_named = self.attachments.last().is_some_and(|attached| !attached.name.is_empty());
                let is_plain = Encoding::of(part) == Encoding::Plain;
                if !is_named && is_plain {
                    self.state = State::Attached(Vec::new());
                } else if !is_named {
                    self.note(TextGap::Form);
                }
            }
            ("text", subtype) => {
                let is_file = part.is_some_and(|part| {
                    part.content_disposition().is_some_and(ContentType::is_attachment)
                        || (part.attachment_name().is_some() && !is_root && group.is_none())
                });
                match subtype {
                    "plain" | "html" if !is_file => {
                        self.state = State::Text(Box::new(Text::new(part, kind, subtype == "html", group)));
                    }
                    _ => {
                        self.has_other_form |= !is_file;
                        self.attach(part, subtype);
                    }
                }
            }
            ("message", "partial") => {
                self.note(TextGap::Damaged);
                self.attach(part, &subtype);
            }
            (_, subtype) => self.attach(part, subtype),
        }
    }

    fn begin_multipart(&mut self, kind: Option<&ContentType>, subtype: &str, group: Option<usize>) {
        self.state = State::Skip;
        if subtype == "encrypted" {
            self.note(TextGap::Encrypted);
        }
        let boundary = kind.and_then(|kind| kind.attribute("boundary")).unwrap_or_default().trim_end();
        if boundary.is_empty() {
            self.note(TextGap::Damaged);
            self.state = State::Text(Box::new(Text::new(None, None, false, group)));
            return;
        }
        self.open.push(Multipart {
            boundary: boundary.as_bytes().to_owned(),
            group: group.or_else(|| (subtype == "alternative").then_some(self.parts)),
            is_digest: subtype == "digest",
        });
    }

    fn attach(&mut self, part: Option<&Message>, subtype: &str) {
        self.state = State::Skip;
        let name = part.and_then(MimeHeaders::attachment_name).unwrap_or_default();
        match subtype {
            "ms-tnef" | "vnd.ms-tnef" => self.note(TextGap::Tnef),
            "pkcs7-mime" | "x-pkcs7-mime" | "pgp-encrypted" | "x-microsoft-rpmsg-message" => {
                self.note(TextGap::Encrypted);
            }
            _ => {
                if let Some(gap) = gap_by_name(name) {
                    self.note(gap);
                }
            }
        }
        let is_file = part.and_then(MimeHeaders::content_disposition).is_some_and(ContentType::is_attachment);
        let id = part.and_then(MimeHeaders::content_id).filter(|_| !is_file);
        let id = id.map(|id| id.trim_matches(['<', '>', ' ']).to_owned());
        self.attachments.push(Attached { name: name.to_owned(), id });
    }

    /// Ends what is being read.
    fn end_part(&mut self) {
        match std::mem::replace(&mut self.state, State::Skip) {
            State::Skip => {}
            // A part of which only headers came has nothing in it.
            State::Headers(headers) => {
                if !headers.is_empty() {
                    self.note(TextGap::Damaged);
                }
            }
            State::Attached(mut headers) => {
                headers.extend_from_slice(b"\n\n");
                let parser = MessageParser::new().header_text(HeaderName::Subject).default_header_ignore();
                let subject = parser.parse_headers(&headers).and_then(|mail| mail.subject().map(str::to_owned));
                if let (Some(attached), Some(subject)) = (self.attachments.last_mut(), subject) {
                    attached.name = subject;
                }
            }
            State::Text(text) => self.texts.push(*text),
        }
    }

    fn body(&mut self, text: Text) -> Body {
        let (bytes, is_whole) = decoded(text.raw, text.encoding);
        // The end of what is cut may be the middle of anything.
        if !is_whole && !text.cut {
            self.note(TextGap::Damaged);
        }
        let content = match text.charset.as_deref() {
            Some(name) => match (charset_decoder(name.as_bytes()), encoding_rs::Encoding::for_label(name.as_bytes())) {
                (Some(decode), _) => decode(&bytes),
                (None, Some(encoding)) => encoding.decode(&bytes).0.into_owned(),
                (None, None) => {
                    self.note(TextGap::Charset);
                    String::from_utf8_lossy(&bytes).into_owned()
                }
            },
            // Older programs say nothing of their charset.
            None => match String::from_utf8(bytes) {
                Ok(content) => content,
                Err(error) => WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
            },
        };
        let content = match text.flowed {
            Some(deletes_space) if !text.is_html => unflowed(&content, deletes_space),
            _ => content,
        };
        if is_encrypted(&content) {
            self.note(TextGap::Encrypted);
        }
        let kind = if text.is_html { BodyKind::Html } else { BodyKind::Text };
        Body { kind, content, cut: text.cut }
    }
}

impl Encoding {
    fn of(part: Option<&Message>) -> Self {
        let name = part.and_then(MimeHeaders::content_transfer_encoding).unwrap_or_default().trim();
        match name {
            _ if name.eq_ignore_ascii_case("base64") => Self::Base64,
            _ if name.eq_ignore_ascii_case("quoted-printable") => Self::QuotedPrintable,
            _ => Self::Plain,
        }
    }
}

impl Text {
    fn new(part: Option<&Message>, kind: Option<&ContentType>, is_html: bool, group: Option<usize>) -> Self {
        let says = |name: &str| kind.and_then(|kind| kind.attribute(name));
        let is = |name: &str, value: &str| says(name).is_some_and(|said| said.eq_ignore_ascii_case(value));
        Self {
            raw: Vec::new(),
            is_html,
            group,
            encoding: Encoding::of(part),
            charset: says("charset").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
            flowed: is("format", "flowed").then(|| is("delsp", "yes")),
            cut: false,
        }
    }
}

/// Undoes an encoding; is all of it in order?
fn decoded(raw: Vec<u8>, encoding: Encoding) -> (Vec<u8>, bool) {
    match encoding {
        Encoding::Plain => (raw, true),
        Encoding::Base64 => match base64_decode(&raw) {
            Some(bytes) => {
                let is_whole = raw.iter().filter(|byte| !byte.is_ascii_whitespace()).count().is_multiple_of(4);
                (bytes, is_whole)
            }
            None => {
                let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
                let signs: Vec<u8> = raw.into_iter().filter(is_sign).collect();
                (base64_decode(&signs).unwrap_or_default(), false)
            }
        },
        Encoding::QuotedPrintable => (unquoted(&raw), true),
    }
}

/// Decodes quoted-printable. What is no code is left as it stands: some programs leave a sign uncoded.
fn unquoted(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        let written = line.trim_ascii_end();
        let mut rest = written.strip_suffix(b"=").unwrap_or(written);
        let goes_on = rest.len() < written.len();
        while let Some((&byte, after)) = rest.split_first() {
            let code = match after {
                [high, low, ..] if byte == b'=' => quoted_printable_decode_char(*high, *low),
                _ => None,
            };
            bytes.push(code.unwrap_or(byte));
            rest = after.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
        }
        if !goes_on && line.ends_with(b"\n") {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// Joins lines that were broken for the width of a window (RFC 3676).
fn unflowed(text: &str, deletes_space: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    // How deep the line before is quoted, if it goes on.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let quoted = line.trim_start_matches('>');
        let depth = line.len() - quoted.len();
        let words = quoted.strip_prefix(' ').unwrap_or(quoted);
        if open != Some(depth) {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.extend(line.get(..depth));
        }
        let goes_on = words.ends_with(' ') && words != "-- ";
        joined.push_str(if goes_on && deletes_space { words.trim_end_matches(' ') } else { words });
        open = goes_on.then_some(depth);
    }
    joined
}

/// Is the text itself encrypted?
pub(crate) fn is_encrypted(text: &str) -> bool {
    text.contains("-----BEGIN PGP MESSAGE-----")
}

/// What an attachment of this name says of the mail.
pub(crate) fn gap_by_name(name: &str) -> Option<TextGap> {
    match name.to_ascii_lowercase().as_str() {
        "winmail.dat" => Some(TextGap::Tnef),
        "smime.p7m" | "message.rpmsg" => Some(TextGap::Encrypted),
        _ => None,
    }
}

/// The ids of the parts that HTML shows within it.
pub(crate) fn shown_parts(html: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | ')' | '<' | '&');
    html.split("cid:").skip(1).filter_map(move |rest| rest.split(ends).next()).map(str::to_owned)
}

#[cfg(test)]
mod tests;

//! Mails as they are: the headers of `.eml`, mbox and Maildir. Bodies are passed over.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mail_parser::{Address, MessageParser};
use sendvagt::Draft;

use crate::input::encoding::tidy;
use crate::judge::Mail;
use crate::judge::timestamp::When;

/// The most bytes of headers that are read. Mail servers take far less.
const HEADERS: usize = 1024 * 1024;

/// Finds the mails in a stream of lines.
pub(crate) struct Letters {
    /// Do mails follow one another, each after a line that starts with `From `?
    many: bool,
    state: State,
    headers: Vec<u8>,
    /// The line on which the mail began, from 0.
    start: u64,
    line: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Headers,
    Body { blank: bool },
}

/// A mail with its headers read, or without any that can be read.
pub(crate) enum Letter {
    Mail(Box<Mail>),
    NoHeaders { line: u64 },
}

impl Letters {
    pub(crate) fn new(many: bool) -> Self {
        let state = if many { State::Body { blank: true } } else { State::Headers };
        Self { many, state, headers: Vec::new(), start: 0, line: 0 }
    }

    /// Takes the next line, with its line end; gives a mail when its headers are complete.
    pub(crate) fn take(&mut self, line: &[u8]) -> Option<Letter> {
        let at = self.line;
        self.line += 1;
        let blank = line.trim_ascii().is_empty();
        match self.state {
            State::Body { blank: true } if self.many && line.starts_with(b"From ") => {
                self.state = State::Headers;
                self.start = at;
                None
            }
            State::Body { .. } => {
                self.state = State::Body { blank };
                None
            }
            State::Headers if blank || self.headers.len() > HEADERS => {
                self.state = State::Body { blank };
                Some(self.letter())
            }
            State::Headers => {
                self.headers.extend_from_slice(line);
                None
            }
        }
    }

    /// Has the one mail of a file been read?
    pub(crate) fn is_done(&self) -> bool {
        !self.many && self.state != State::Headers
    }

    /// The last mail, if the file ends within its headers.
    pub(crate) fn end(&mut self) -> Option<Letter> {
        (self.state == State::Headers).then(|| self.letter())
    }

    fn letter(&mut self) -> Letter {
        let mut headers = std::mem::take(&mut self.headers);
        tidy(&mut headers);
        // The parser wants the end of the headers, which a file that is cut short does not have.
        headers.extend_from_slice(b"\n\n");
        read(&headers, self.start).map_or(Letter::NoHeaders { line: self.start }, |mail| Letter::Mail(Box::new(mail)))
    }
}

/// Reads headers, with encoded words decoded.
fn read(headers: &[u8], place: u64) -> Option<Mail> {
    if headers.len() > HEADERS + 2 {
        return None;
    }
    let message = MessageParser::new()
        .header_text(mail_parser::HeaderName::Subject)
        .header_address(mail_parser::HeaderName::From)
        .header_address(mail_parser::HeaderName::To)
        .header_address(mail_parser::HeaderName::Cc)
        .header_address(mail_parser::HeaderName::Bcc)
        .header_date(mail_parser::HeaderName::Date)
        .header_id(mail_parser::HeaderName::MessageId)
        .default_header_ignore()
        .parse_headers(headers)?;
    let known = message.headers().iter().any(|header| !matches!(header.name, mail_parser::HeaderName::Other(_)));
    if !known {
        return None;
    }
    let each = |list: Option<&Address>| -> Vec<String> {
        list.into_iter().flat_map(Address::iter).filter_map(|one| one.address()).map(str::to_owned).collect()
    };
    let to = [message.to(), message.cc(), message.bcc()].into_iter().flat_map(each).collect::<Vec<_>>();
    let draft = Draft {
        subject: message.subject().unwrap_or_default().replace(['\n', '\r'], " "),
        from: each(message.from()).into_iter().next(),
        ..Draft::default()
    };
    let id = message.message_id().map(|id| format!("<{id}>")).unwrap_or_default();
    let when = message.date().and_then(|date| When::parse(&date.to_rfc3339()));
    Some(Mail { place, id, when, draft }.with_recipients(to.iter().map(String::as_str)))
}

/// Is the folder a Maildir?
pub(crate) fn is_maildir(folder: &Path) -> bool {
    folder.join("cur").is_dir() || folder.join("new").is_dir()
}

/// The mails of a Maildir and of the Maildirs in it, in the order of their names.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for sub in ["cur", "new"] {
        let sub = folder.join(sub);
        if sub.is_dir() {
            files.extend(entries(&sub)?.into_iter().filter(|path| path.is_file()));
        }
    }
    for path in entries(folder)? {
        let ours = path.file_name().is_some_and(|name| name == "cur" || name == "new" || name == "tmp");
        if !ours && path.is_dir() && is_maildir(&path) {
            files.extend(self::files(&path)?);
        }
    }
    Ok(files)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::{Letter, Letters};

    /// Line, subject, sender, recipients, date, id of each mail; a mail without headers is its line alone.
    fn letters(text: &[u8], many: bool) -> Vec<String> {
        let mut letters = Letters::new(many);
        let mut all: Vec<Letter> = Vec::new();
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            all.extend(letters.take(line));
        }
        all.extend(letters.end());
        all.into_iter()
            .map(|letter| match letter {
                Letter::NoHeaders { line } => format!("{line}"),
                Letter::Mail(mail) => {
                    let to: Vec<_> = mail.draft.recipients.iter().map(|one| one.address.as_str()).collect();
                    let when = mail.when.map(|when| when.to_string()).unwrap_or_default();
                    let from = mail.draft.from.unwrap_or_default();
                    format!("{}|{}|{from}|{}|{when}|{}", mail.place, mail.draft.subject, to.join(" "), mail.id)
                }
            })
            .collect()
    }

    #[test]
    fn headers_are_read_and_bodies_are_not() {
        let eml = b"Message-ID: <1@kommune.example>\r\nDate: Mon, 3 Nov 2025 09:41:22 +0100\r\n\
            From: =?utf-8?Q?J=C3=B8rn?= <a@kommune.example>\r\nTo: x@region.example,\r\n \"Y, Y\" <y@region.example>\r\n\
            Cc: z@firma.example\r\nSubject: =?iso-8859-1?Q?F=F8dt?=\r\n =?utf-8?B?IDAxMDIwMy0xMjM0?=\r\n\r\n\
            From here on\r\nSubject: the body\r\n";
        let expected = "0|Født 010203-1234|a@kommune.example|x@region.example y@region.example z@firma.example|2025-11-03T09:41:22|<1@kommune.example>";
        assert_eq!(letters(eml, false), [expected]);
        assert_eq!(letters(b"Subject: uden krop", false), ["0|uden krop||||"]);
        assert_eq!(letters(b"Subject: f\xf8dt\n\n", false), ["0|født||||"]);
        assert_eq!(letters(b"no headers\n\n", false), ["0"]);
        assert_eq!(letters(b"", false), ["0"]);
    }

    #[test]
    fn an_mbox_is_cut_where_mails_begin() {
        let cut = b"From a@b\nSubject: 1\n\ntext\nFrom the body\n\nFrom a@b\nSubject: 2\n\n>From\n\nFrom c\nx\n";
        assert_eq!(letters(cut, true), ["0|1||||", "6|2||||", "11"]);
    }
}

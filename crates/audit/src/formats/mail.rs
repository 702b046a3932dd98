//! Mails: `.eml`, mbox and the files of a Maildir. Their headers are read, and of the rest no more than the judge wishes.

use mail_parser::{Address, HeaderName, Message, MessageParser};
use sendvagt::{Draft, Field};

use crate::formats::mime::MimeReader;
use crate::input::encoding::make_utf8;
use crate::judge::timestamp::Timestamp;
use crate::judge::{Contents, Judge, Mail, Signs, Wish};

/// How many bytes of headers are read. Mail servers accept far fewer.
const MOST_HEADERS: usize = 1024 * 1024;

/// Finds the mails in a stream of lines.
pub(crate) struct MailReader {
    /// Are there many mails, each after a line that starts with `From `?
    is_mbox: bool,
    state: State,
    headers: Vec<u8>,
    /// The line on which the mail begins, from 0.
    start: u64,
    line: u64,
}

enum State {
    Headers,
    Body {
        after_blank_line: bool,
        /// The mail, while its text is read.
        reads: Option<Box<Reads>>,
    },
}

/// A mail whose text is read.
struct Reads {
    mail: Mail,
    parts: MimeReader,
}

impl Reads {
    fn finish(self) -> Mail {
        Mail { contents: Some(self.parts.finish()), ..self.mail }
    }
}

/// A mail without headers that can be read.
pub(crate) struct NoHeaders {
    /// The line on which it begins, from 0.
    pub(crate) line: u64,
}

impl MailReader {
    /// Reads a file that holds one mail.
    pub(crate) fn of_mail() -> Self {
        Self { is_mbox: false, state: State::Headers, headers: Vec::new(), start: 0, line: 0 }
    }

    /// Reads an mbox.
    pub(crate) fn of_mbox() -> Self {
        Self { is_mbox: true, state: State::Body { after_blank_line: true, reads: None }, ..Self::of_mail() }
    }

    /// Takes the next line, with its line end, and returns the mail that is read with it.
    pub(crate) fn push(&mut self, line: &[u8], judge: &Judge) -> Option<Result<Mail, NoHeaders>> {
        let number = self.line;
        self.line += 1;
        let is_blank = line.trim_ascii().is_empty();
        match &mut self.state {
            State::Body { after_blank_line, reads } if self.is_mbox && begins_mail(line, *after_blank_line) => {
                let mail = reads.take().map(|reads| Ok(reads.finish()));
                self.state = State::Headers;
                self.start = number;
                mail
            }
            // A mail without a body, and without the empty line that should follow its headers.
            State::Headers if self.is_mbox && !self.headers.is_empty() && begins_mail(line, false) => {
                let mail = self.mail_without_body(judge);
                self.start = number;
                Some(mail)
            }
            State::Body { after_blank_line, reads } => {
                *after_blank_line = is_blank;
                if let Some(reads) = reads {
                    reads.parts.push(if self.is_mbox { without_escape(line) } else { line });
                }
                None
            }
            State::Headers if is_blank || self.headers.len() > MOST_HEADERS => {
                let (mail, reads) = match self.mail(judge) {
                    Ok((mail, Some(parts))) => (None, Some(Box::new(Reads { mail, parts }))),
                    Ok((mail, None)) => (Some(Ok(mail)), None),
                    Err(error) => (Some(Err(error)), None),
                };
                self.state = State::Body { after_blank_line: is_blank, reads };
                mail
            }
            State::Headers => {
                self.headers.extend_from_slice(line);
                None
            }
        }
    }

    /// Takes a line that was too long to be read. It can only be part of a body.
    pub(crate) fn push_too_long(&mut self, judge: &Judge) -> Option<Result<Mail, NoHeaders>> {
        if let State::Body { after_blank_line, reads: Some(reads) } = &mut self.state {
            *after_blank_line = false;
            self.line += 1;
            reads.parts.push_too_long();
            return None;
        }
        self.push(b"\0", judge)
    }

    /// Is the rest of the file the body of its only mail, which nobody reads?
    pub(crate) fn is_done(&self) -> bool {
        !self.is_mbox && matches!(self.state, State::Body { reads: None, .. })
    }

    /// The last mail, where the file ends.
    pub(crate) fn finish(&mut self, judge: &Judge) -> Option<Result<Mail, NoHeaders>> {
        match &mut self.state {
            State::Headers => Some(self.mail_without_body(judge)),
            State::Body { reads, .. } => reads.take().map(|reads| Ok(reads.finish())),
        }
    }

    /// A mail that ends with its headers.
    fn mail_without_body(&mut self, judge: &Judge) -> Result<Mail, NoHeaders> {
        let (mail, parts) = self.mail(judge)?;
        Ok(match parts {
            Some(parts) => Reads { mail, parts }.finish(),
            None => mail,
        })
    }

    /// The mail, as far as its headers tell, and what reads the rest if that is wanted.
    fn mail(&mut self, judge: &Judge) -> Result<(Mail, Option<MimeReader>), NoHeaders> {
        let mut headers = std::mem::take(&mut self.headers);
        // A zero byte, which no header may hold, must not hide the rest of a subject.
        headers.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = b' ');
        make_utf8(&mut headers);
        // The parser needs the empty line after the headers, which a file that is cut short lacks.
        headers.extend_from_slice(b"\n\n");
        let mut mail = parse(&headers, self.start, judge.signs()).ok_or(NoHeaders { line: self.start })?;
        let parts = match judge.wish_of_mail(&mail.draft) {
            Wish::Nothing => None,
            Wish::Received => {
                mail.is_received = true;
                None
            }
            Wish::Text => Some(MimeReader::new(&headers)),
            Wish::Gap(gap) => {
                mail.contents = Some(Contents { gap: Some(gap), ..Contents::default() });
                None
            }
        };
        Ok((mail, parts))
    }
}

/// Does a mail of an mbox begin with this line? Some programs write no empty line before it: then it has to end with a date, as
/// the sentence "From now on" does not.
fn begins_mail(line: &[u8], after_blank_line: bool) -> bool {
    line.starts_with(b"From ") && (after_blank_line || ends_with_date(line))
}

/// `Mon Nov  3 09:41:22 2025`, perhaps with a zone before or after the year.
fn ends_with_date(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    let words: Vec<&[u8]> = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(20).collect();
    let is_number = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    words.windows(4).any(|four| {
        let [weekday, month, day, time] = four else { return false };
        DAYS.contains(weekday)
            && MONTHS.contains(month)
            && is_number(day)
            && time.contains(&b':')
            && time.split(|byte| *byte == b':').all(is_number)
    })
}

/// A line of a mail in an mbox, in which a `From ` at its start is marked.
fn without_escape(line: &[u8]) -> &[u8] {
    let rest = line.strip_prefix(b">").unwrap_or(line);
    let is_marked = rest.iter().position(|&byte| byte != b'>').and_then(|at| rest.get(at..));
    if is_marked.is_some_and(|rest| rest.starts_with(b"From ")) { rest } else { line }
}

/// The header in which a mail has the ids of its sensitivity labels, as `MSIP_Label_…_Enabled=true`.
const LABELS: &str = "msip_labels";

/// Parses headers and decodes encoded words.
fn parse(headers: &[u8], line: u64, signs: &Signs) -> Option<Mail> {
    if headers.len() > MOST_HEADERS + 2 {
        return None;
    }
    let message = MessageParser::new()
        .header_text(HeaderName::Subject)
        .header_address(HeaderName::From)
        .header_address(HeaderName::To)
        .header_address(HeaderName::Cc)
        .header_address(HeaderName::Bcc)
        .header_date(HeaderName::Date)
        .header_id(HeaderName::MessageId)
        .default_header_ignore()
        .parse_headers(headers)?;
    let is_mail = message.headers().iter().any(|header| !matches!(header.name, HeaderName::Other(_)));
    if !is_mail {
        return None;
    }
    let addresses = |list: Option<&Address>| -> Vec<String> {
        list.into_iter().flat_map(Address::iter).filter_map(|one| one.address()).map(str::to_owned).collect()
    };
    let mut draft = Draft {
        subject: message.subject().unwrap_or_default().replace(['\n', '\r'], " "),
        from: addresses(message.from()).into_iter().next(),
        ..Draft::default()
    };
    take_signs(&mut draft, &message, signs);
    let id = message.message_id().map(|id| format!("<{id}>")).unwrap_or_default();
    let date = message.date().and_then(Timestamp::of_header);
    let fields = [(Field::To, message.to()), (Field::Cc, message.cc()), (Field::Bcc, message.bcc())];
    Some(
        fields
            .into_iter()
            .fold(Mail { line, id, date, draft, is_received: false, contents: None }, |mail, (field, list)| {
                mail.with_recipients(field, addresses(list).iter().map(String::as_str))
            }),
    )
}

/// Takes the signs of secure mail that the policy asks for.
pub(crate) fn take_signs(draft: &mut Draft, message: &Message, signs: &Signs) {
    for name in &signs.headers {
        let named = HeaderName::parse(name.as_str()).and_then(|name| message.header_raw(name));
        if let Some(value) = named {
            draft.headers.push(name.clone(), value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    if signs.labels.is_empty() {
        return;
    }
    let Some(told) = message.header_raw(HeaderName::Other(LABELS.into())) else { return };
    let told: String = told.to_ascii_lowercase().split_whitespace().collect();
    let is_on = |id: &&String| told.contains(&format!("msip_label_{}_enabled=true", id.to_ascii_lowercase()));
    draft.labels.extend(signs.labels.iter().filter(is_on).cloned());
}

#[cfg(test)]
mod tests {
    use sendvagt::Policy;

    use super::{MailReader, NoHeaders};
    use crate::judge::{Judge, Mail};

    /// Line, subject, sender, recipients, date and id of each mail; of a mail without headers, only the line.
    fn mails(text: &[u8], mut reader: MailReader) -> Vec<String> {
        let judge = Judge::new(Policy::default(), false, false);
        let mut all: Vec<Result<Mail, NoHeaders>> = Vec::new();
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            all.extend(reader.push(line, &judge));
        }
        all.extend(reader.finish(&judge));
        all.into_iter()
            .map(|mail| match mail {
                Err(NoHeaders { line }) => format!("{line}"),
                Ok(mail) => {
                    let to: Vec<_> = mail.draft.recipients.iter().map(|one| one.address.as_str()).collect();
                    let date = mail.date.map(|date| date.to_string()).unwrap_or_default();
                    let from = mail.draft.from.unwrap_or_default();
                    format!("{}|{}|{from}|{}|{date}|{}", mail.line, mail.draft.subject, to.join(" "), mail.id)
                }
            })
            .collect()
    }

    #[test]
    fn headers_are_read_and_bodies_are_skipped() {
        let eml = b"Message-ID: <1@kommune.example>\r\nDate: Mon, 3 Nov 2025 09:41:22 +0100\r\n\
            From: =?utf-8?Q?J=C3=B8rn?= <a@kommune.example>\r\nTo: x@region.example,\r\n \"Y, Y\" <y@region.example>\r\n\
            Cc: z@firma.example\r\nSubject: =?iso-8859-1?Q?F=F8dt?=\r\n =?utf-8?B?IDAxMDIwMy0xMjM0?=\r\n\r\n\
            From here on\r\nSubject: the body\r\n";
        let expected = "0|Født 010203-1234|a@kommune.example|x@region.example y@region.example z@firma.example|2025-11-03T09:41:22|<1@kommune.example>";
        assert_eq!(mails(eml, MailReader::of_mail()), [expected]);
        assert_eq!(mails(b"Subject: uden krop", MailReader::of_mail()), ["0|uden krop||||"]);
        assert_eq!(mails(b"Subject: f\xf8dt\n\n", MailReader::of_mail()), ["0|født||||"]);
        assert_eq!(mails(b"no headers\n\n", MailReader::of_mail()), ["0"]);
        assert_eq!(mails(b"", MailReader::of_mail()), ["0"]);
    }

    #[test]
    fn an_mbox_is_split_where_mails_begin() {
        let cut = b"From a@b\nSubject: 1\n\ntext\nFrom the body\n\nFrom a@b\nSubject: 2\n\n>From\n\nFrom c\nx\n";
        assert_eq!(mails(cut, MailReader::of_mbox()), ["0|1||||", "6|2||||", "11"]);
    }

    /// Such an mbox once lost all mails but the first, without a word.
    #[test]
    fn an_mbox_without_empty_lines_between_its_mails_is_split_at_dates() {
        for (date, is_mail) in [
            ("b@c.dk Mon Nov  3 09:41:22 2025", true),
            ("\"b c\"@d.dk Mon Nov 13 09:41 2025\r", true),
            ("- Tue Feb  3 09:41:22 +0100 2026", true),
            ("MAILER-DAEMON Fri Jul  8 12:08:34 CEST 2011", true),
            ("now on", false),
            ("Mon to Fri 09:41", false),
            ("Mon Nov 3 at 09:41", false),
        ] {
            let text = format!("From a\nSubject: 1\n\nbody\nFrom {date}\nSubject: 2\n\n");
            let expected: &[&str] = if is_mail { &["0|1||||", "4|2||||"] } else { &["0|1||||"] };
            assert_eq!(mails(text.as_bytes(), MailReader::of_mbox()), expected, "{date}");
        }
        let bare = b"From a Mon Nov  3 09:41:22 2025\nSubject: 1\nFrom b Mon Nov  3 09:41:23 2025\nSubject: 2\n";
        assert_eq!(mails(bare, MailReader::of_mbox()), ["0|1||||", "2|2||||"]);
    }

    /// A zero byte once hid the rest of a subject.
    #[test]
    fn a_zero_byte_in_a_header_hides_nothing() {
        let text = b"From: a@b.dk\nSubject: Vedr. 010203-1234\0 x\nTo: x@\0y.dk\n\n";
        assert_eq!(mails(text, MailReader::of_mail())[0].split('|').nth(1), Some("Vedr. 010203-1234  x"));
    }
}

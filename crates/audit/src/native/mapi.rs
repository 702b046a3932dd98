//! Mails as Outlook keeps them: properties by number ([MS-OXPROPS]), whatever file they are in.
//!
//! [MS-OXPROPS]: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxprops

use std::collections::{BTreeMap, HashSet};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::{DateTime, MessageParser};
use sendvagt::{Attachment, Body, BodyKind, Draft, Field};

use crate::formats::mail::take_signs;
use crate::formats::mime::{LONGEST_TEXT, gap_by_name, is_encrypted, shown_parts};
use crate::judge::timestamp::Timestamp;
use crate::judge::{Contents, Judge, Mail, TextGap, Wish};

const CLASS: u16 = 0x001a;
const SUBJECT: u16 = 0x0037;
const SENT: u16 = 0x0039;
const DELIVERED: u16 = 0x0e06;
const HEADERS: u16 = 0x007d;
const MESSAGE_ID: u16 = 0x1035;
const FROM_SMTP: u16 = 0x5d02;
const SENDER_SMTP: u16 = 0x5d01;
const FROM: u16 = 0x0065;
const SENDER: u16 = 0x0c1f;
const CODEPAGE: u16 = 0x3ffd;
const HTML_CODEPAGE: u16 = 0x3fde;
const TEXT: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const FIELD: u16 = 0x0c15;
const SMTP: u16 = 0x39fe;
const ADDRESS: u16 = 0x3003;
const NAME: u16 = 0x3001;
const SHORT_NAME: u16 = 0x3704;
const LONG_NAME: u16 = 0x3707;
const METHOD: u16 = 0x3705;
const CONTENT_ID: u16 = 0x3712;
const HIDDEN: u16 = 0x7ffe;

/// What is read of each mail.
pub(crate) const OF_MAIL: [u16; 12] = [
    CLASS,
    SUBJECT,
    SENT,
    DELIVERED,
    HEADERS,
    MESSAGE_ID,
    FROM_SMTP,
    SENDER_SMTP,
    FROM,
    SENDER,
    CODEPAGE,
    HTML_CODEPAGE,
];
/// What is read of anything to tell whether it is a mail.
pub(crate) const OF_CLASS: [u16; 1] = [CLASS];
/// What is read of a mail whose text is wanted.
pub(crate) const OF_TEXT: [u16; 3] = [TEXT, RTF, HTML];
/// What is read of a recipient.
pub(crate) const OF_RECIPIENT: [u16; 4] = [FIELD, SMTP, ADDRESS, NAME];
/// What is read of an attachment.
pub(crate) const OF_ATTACHMENT: [u16; 6] = [NAME, SHORT_NAME, LONG_NAME, CONTENT_ID, HIDDEN, METHOD];

/// The value of a property.
#[derive(Debug)]
pub(crate) enum Value {
    Text(String),
    /// Bytes, or text in the mail's own codepage.
    Bytes(Vec<u8>),
    Number(i64),
}

/// Some properties of a mail, a recipient or an attachment.
#[derive(Debug, Default)]
pub(crate) struct Bag {
    pub(crate) values: BTreeMap<u16, Value>,
    /// Was one longer than is read?
    pub(crate) is_cut: bool,
    /// Could some of them not be read?
    pub(crate) is_damaged: bool,
}

impl Bag {
    fn number(&self, id: u16) -> Option<i64> {
        match self.values.get(&id)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A text; one that is not there is empty.
    fn text(&self, id: u16, codepage: Option<i64>) -> String {
        match self.values.get(&id) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Bytes(bytes)) => encoding(codepage).decode(bytes).0.into_owned(),
            _ => String::new(),
        }
        .trim_end_matches('\0')
        .to_owned()
    }
}

/// The encoding of a codepage of Windows. Those of Western Europe are one.
fn encoding(codepage: Option<i64>) -> &'static Encoding {
    let label = match codepage {
        Some(65001) => return UTF_8,
        Some(page @ 1250..=1258) => format!("windows-{page}"),
        Some(page @ 28592..=28606) => format!("iso-8859-{}", page - 28590),
        _ => return WINDOWS_1252,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// Is it a mail or an invitation, and no contact, note or appointment?
pub(crate) fn is_mail(bag: &Bag) -> bool {
    let class = bag.text(CLASS, None).to_ascii_lowercase();
    class.is_empty() || ["ipm.note", "ipm.schedule", "report."].iter().any(|known| class.starts_with(known))
}

/// A mail, without its text.
pub(crate) fn mail(line: u64, bag: &Bag, recipients: &[Bag], judge: &Judge) -> Mail {
    let codepage = bag.number(CODEPAGE);
    let text = |id| bag.text(id, codepage);
    let first = |ids: &[u16], of: &Bag| {
        let all: Vec<String> = ids.iter().map(|id| of.text(*id, codepage)).filter(|text| !text.is_empty()).collect();
        // A path in the directory says less than an address.
        all.iter().find(|text| text.contains('@')).or(all.first()).cloned()
    };
    let subject = text(SUBJECT);
    // Before it Outlook has the length of the prefix, such as `SV: `, in a character after this one.
    let subject = match subject.strip_prefix('\u{1}') {
        Some(rest) => rest.chars().skip(1).collect(),
        None => subject,
    };
    let mut draft = Draft {
        subject: subject.replace(['\n', '\r'], " "),
        from: first(&[FROM_SMTP, FROM, SENDER_SMTP, SENDER], bag),
        ..Draft::default()
    };
    let headers = text(HEADERS) + "\n\n";
    if let Some(message) = MessageParser::new().default_header_ignore().parse_headers(&headers) {
        take_signs(&mut draft, &message, judge.signs());
    }
    let date = bag.number(SENT).or(bag.number(DELIVERED)).and_then(timestamp);
    let mut mail = Mail { line, id: text(MESSAGE_ID), date, draft, is_received: false, contents: None };
    for recipient in recipients {
        let field = match recipient.number(FIELD).unwrap_or_default() & 0xf {
            2 => Field::Cc,
            3 => Field::Bcc,
            _ => Field::To,
        };
        mail = mail.with_recipients(field, first(&[SMTP, ADDRESS, NAME], recipient).as_deref());
    }
    mail
}

/// A time in tenths of a microsecond since 1601.
fn timestamp(time: i64) -> Option<Timestamp> {
    let seconds = time.checked_div(10_000_000)?.checked_sub(11_644_473_600)?;
    // Other years are no dates of mails, and the parser's own arithmetic is for these.
    (0..8_000_000_000)
        .contains(&seconds)
        .then(|| DateTime::from_timestamp(seconds))
        .as_ref()
        .and_then(Timestamp::of_header)
}

/// Adds to a mail what the judge wishes of its text: the properties of texts, and those of each attachment.
pub(crate) fn with_text<E>(
    mut mail: Mail,
    bag: &Bag,
    judge: &Judge,
    read: impl FnOnce() -> Result<(Bag, Vec<Bag>), E>,
) -> Result<Mail, E> {
    mail.contents = match judge.wish_of_mail(&mail.draft) {
        Wish::Nothing => None,
        Wish::Received => {
            mail.is_received = true;
            None
        }
        Wish::Gap(gap) => Some(Contents { gap: Some(gap), ..Contents::default() }),
        Wish::Text => {
            let (text, attachments) = read()?;
            Some(contents(bag, &text, &attachments))
        }
    };
    Ok(mail)
}

/// Is this the whole name of an attachment? An attached mail is called by its subject.
pub(crate) fn is_named(bag: &Bag) -> bool {
    const ATTACHED_MAIL: i64 = 5;
    let has = |id| bag.values.contains_key(&id);
    has(LONG_NAME) || (bag.number(METHOD) == Some(ATTACHED_MAIL) && has(NAME))
}

fn contents(bag: &Bag, text: &Bag, attachments: &[Bag]) -> Contents {
    let codepage = bag.number(CODEPAGE);
    let html = text.text(HTML, bag.number(HTML_CODEPAGE).or(codepage));
    let plain = text.text(TEXT, codepage);
    let cut = text.is_cut;
    let body = |kind, content: String| (!content.is_empty()).then_some(Body { kind, content, cut });
    let is_damaged = attachments.iter().any(|attachment| attachment.is_damaged);
    let shown: HashSet<String> = shown_parts(&html).collect();
    let attachments: Vec<Attachment> = attachments
        .iter()
        .map(|attachment| {
            let name = [LONG_NAME, SHORT_NAME, NAME].map(|id| attachment.text(id, codepage));
            let id = attachment.text(CONTENT_ID, codepage);
            let is_hidden = attachment.number(HIDDEN).is_some_and(|hidden| hidden != 0);
            let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
            Attachment { name, inline: is_hidden || (!id.is_empty() && shown.contains(&id)), cloud: false }
        })
        .collect();
    let class = bag.text(CLASS, None).to_ascii_lowercase();
    let is_sealed = class.starts_with("ipm.note.smime") && !class.ends_with("multipartsigned");
    let gaps = [
        (is_sealed || is_encrypted(&plain)).then_some(TextGap::Encrypted),
        attachments.iter().filter_map(|attachment| gap_by_name(&attachment.name)).min(),
        (html.is_empty() && plain.is_empty() && text.values.contains_key(&RTF)).then_some(TextGap::Form),
        is_damaged.then_some(TextGap::Damaged),
        (cut || html.len().max(plain.len()) > LONGEST_TEXT).then_some(TextGap::TooLong),
    ];
    let (html, plain) = (body(BodyKind::Html, html), body(BodyKind::Text, plain));
    let has_html = html.is_some();
    let (bodies, alternatives) = if has_html { (html, plain) } else { (plain, None) };
    Contents {
        bodies: bodies.into_iter().collect(),
        alternatives: alternatives.into_iter().collect(),
        attachments,
        gap: gaps.into_iter().flatten().min(),
    }
}

#[cfg(test)]
mod tests {
    use sendvagt::Policy;

    use super::{Bag, CLASS, CODEPAGE, FROM, FROM_SMTP, SENT, SUBJECT, Value, is_mail, mail, timestamp};
    use crate::judge::Judge;

    fn bag(values: impl IntoIterator<Item = (u16, Value)>) -> Bag {
        Bag { values: values.into_iter().collect(), ..Bag::default() }
    }

    #[test]
    fn mails_are_told_from_what_else_a_mailbox_holds() {
        for (class, expected) in [
            ("IPM.Note", true),
            ("IPM.Note.SMIME.MultipartSigned", true),
            ("IPM.Schedule.Meeting.Request", true),
            ("REPORT.IPM.Note.NDR", true),
            ("", true),
            ("IPM.Contact", false),
            ("IPM.Appointment", false),
            ("IPM.Task", false),
            ("IPM.StickyNote", false),
        ] {
            assert_eq!(is_mail(&bag([(CLASS, Value::Text(class.to_owned()))])), expected, "{class}");
        }
    }

    #[test]
    fn a_mail_is_read_in_its_codepage_and_its_time() {
        let judge = Judge::new(Policy::default(), false, false);
        let of = |codepage, subject: &[u8]| {
            let path = Value::Text("/o=ex/cn=a".to_owned());
            let values = [
                (SUBJECT, Value::Bytes(subject.to_owned())),
                (CODEPAGE, Value::Number(codepage)),
                (FROM, path),
                (FROM_SMTP, Value::Text("a@b.example".to_owned())),
                (SENT, Value::Number(134_066_448_000_000_000)),
            ];
            mail(0, &bag(values), &[], &judge)
        };
        for (codepage, subject, expected) in [
            (1252, &b"f\xf8dt\0"[..], "f\u{f8}dt"),
            (65001, b"f\xc3\xb8dt", "f\u{f8}dt"),
            (1251, b"\xc0", "\u{410}"),
            (28592, b"\xb3", "\u{142}"),
            (20127, b"x", "x"),
            (-1, b"x\ny", "x y"),
        ] {
            let mail = of(codepage, subject);
            assert_eq!(mail.draft.subject, expected, "{codepage}");
            assert_eq!(mail.draft.from.as_deref(), Some("a@b.example"));
            assert_eq!(mail.date.map(|date| date.to_string()).as_deref(), Some("2025-11-03T12:00:00"));
        }
        for time in [0, -1, i64::MIN, i64::MAX] {
            assert!(timestamp(time).is_none(), "{time}");
        }
    }
}

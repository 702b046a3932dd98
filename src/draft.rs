//! What Outlook holds when Send is pressed.

mod body;
mod headers;

use serde::{Deserialize, Serialize};

pub use body::{Attachment, Body, BodyKind};
pub use headers::Headers;

use crate::cpr::{Date, RELEASED};

/// Is the engine compiled with the rules on what is read beyond subject and recipients?
const HAS_CONTENT: bool = cfg!(feature = "content");

/// A mail or an appointment that is about to be sent.
///
/// Only `subject` is required. An unknown key is an error: a misspelt `recipients` must not pass as "no recipients".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Draft {
    /// The subject as the user typed or pasted it. Each lone surrogate arrives as U+FFFD, so that positions in UTF-16
    /// code units stay right.
    pub subject: String,
    /// Message or appointment.
    #[serde(default)]
    pub item: Item,
    /// The address the mail is sent from. A shared mailbox such as `sikkerpost@…` may make it secure mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Everyone the mail goes to, in the order of the fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipient>,
    /// Ids of the sensitivity labels on the mail; read only when the policy asks for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Internet headers by name; read only when the policy asks for them.
    #[serde(default, skip_serializing_if = "Headers::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub headers: Headers,
    /// The day on which the mail is written, `YYYY-MM-DD`. If left out, it is the day of the release. A date near that day
    /// with a time after it is not a CPR number. The shell and the audit know the day; the engine reads no clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// The mark of the question that the user answered by pressing Send a second time, on a client without *Send anyway*
    /// ([`crate::verdict::Alert::mark`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The marks of numbers that the user said are not CPR numbers ([`crate::verdict::Objection::marks`]). A mark holds for
    /// this subject alone: after any change of it the number is found again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_cpr: Vec<String>,
    /// The note of who was in the conversation when this draft was begun as a reply ([`crate::rules::conversation`]); absent
    /// if it is no reply, or the client has lost the note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The body; read only when the policy asks for it, and never kept or repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// What is attached, by its name; read only when the policy asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What Outlook did not say, or not in full. A sign of secure mail among it makes a doubt: the draft is then judged as
    /// ordinary mail and as secure mail, and what only one of the two finds becomes a question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
}

impl Draft {
    /// The day on which it counts as written.
    #[must_use]
    pub fn day(&self) -> Date {
        self.date.unwrap_or(RELEASED)
    }
}

/// The kind of Outlook item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Item {
    /// A mail.
    #[default]
    Message,
    /// A meeting, whose invitation is sent as a mail.
    Appointment,
}

/// A part of a draft that could not be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Unread {
    /// The address it is sent from. One that is no mail address counts as unread too.
    #[default]
    From,
    /// The sensitivity labels.
    Labels,
    /// The internet headers.
    Headers,
    /// Some of the recipients: a field may hold more than a client tells.
    Recipients,
    /// The body.
    Body,
    /// The names of the attachments.
    Attachments,
}

/// One recipient of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recipient {
    /// The field that holds the recipient.
    #[serde(default)]
    pub field: Field,
    /// The address as Outlook gives it: mostly SMTP, sometimes an X500 path, in "send securely" a CPR number.
    pub address: String,
    /// The display name. It may contain an address itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Outlook's type of the recipient.
    #[serde(default, skip_serializing_if = "RecipientKind::is_other")]
    pub kind: RecipientKind,
}

/// The field of a recipient. The last two are those of an appointment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// To.
    #[default]
    To,
    /// Copy.
    Cc,
    /// Blind copy.
    Bcc,
    /// Required attendee.
    Required,
    /// Optional attendee.
    Optional,
}

/// `Office.MailboxEnums.RecipientType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum RecipientKind {
    /// Unknown. On many clients the type is also stale after the sender has changed.
    #[default]
    Other,
    /// A distribution list, whose members cannot be seen.
    List,
    /// A user of the same organisation.
    User,
    /// A user of another organisation.
    External,
}

impl Draft {
    /// Reads the lines that the shell writes (`addin/src/engine/lines.ts`): a key of the contract, then its values, each
    /// after a tab. A list has a line for each entry, and an object a name and a value for each of its own. In a value
    /// `\\`, `\t` and `\n` are a backslash, a tab and a line feed. `None` if a key is unknown: as in JSON, a misspelt
    /// `recipients` must not pass as "no recipients".
    ///
    /// A JSON parser in its place would be a sixth of the engine, and would reject half an emoji.
    #[must_use]
    pub fn from_lines(text: &str) -> Option<Self> {
        let mut draft = Self::default();
        for line in text.split('\n') {
            let (key, values) = line.split_once('\t')?;
            let mut values = values.split('\t').map(unescaped);
            let first = values.next()?;
            match key {
                "subject" => draft.subject = first,
                "item" => draft.item = Item::named(&first),
                "from" => draft.from = Some(first),
                "recipients" => draft.recipients.push(Recipient::from_values(first, values)?),
                "labels" => draft.labels.push(first),
                "headers" => draft.headers.push(first, values.next()?),
                "date" => draft.date = Some(Date::parse(&first)?),
                "asked" => draft.asked = Some(first),
                "notCpr" => draft.not_cpr.push(first),
                "conversation" => draft.conversation = Some(first),
                "unread" => draft.unread.push(Unread::named(&first)?),
                "body" if HAS_CONTENT => draft.body.get_or_insert_default().take(&first, values.next()?)?,
                "attachments" if HAS_CONTENT => draft.attachments.push(Attachment::from_values(first, values)?),
                _ => return None,
            }
        }
        Some(draft)
    }
}

impl Recipient {
    /// Reads names and values in turn.
    fn from_values(first: String, mut rest: impl Iterator<Item = String>) -> Option<Self> {
        let mut recipient = Self::default();
        let mut name = Some(first);
        while let Some(key) = name {
            let value = rest.next()?;
            match key.as_str() {
                "field" => recipient.field = Field::named(&value),
                "address" => recipient.address = value,
                "name" => recipient.name = value,
                "kind" => recipient.kind = RecipientKind::named(&value),
                _ => return None,
            }
            name = rest.next();
        }
        Some(recipient)
    }
}

fn unescaped(value: &str) -> String {
    if !value.contains('\\') {
        return value.to_owned();
    }
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        text.extend(match c {
            '\\' => chars.next().map(|escaped| match escaped {
                't' => '\t',
                'n' => '\n',
                other => other,
            }),
            other => Some(other),
        });
    }
    text
}

impl Item {
    /// The item of that name; a message for an unknown name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name == "appointment" { Self::Appointment } else { Self::Message }
    }
}

impl Unread {
    /// The part of that name. An unknown one is no reason to take everything for read.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "from" => Some(Self::From),
            "labels" => Some(Self::Labels),
            "headers" => Some(Self::Headers),
            "recipients" => Some(Self::Recipients),
            "body" if HAS_CONTENT => Some(Self::Body),
            "attachments" if HAS_CONTENT => Some(Self::Attachments),
            _ => None,
        }
    }
}

impl Field {
    /// The field of that name; *To* for an unknown name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "cc" => Self::Cc,
            "bcc" => Self::Bcc,
            "required" => Self::Required,
            "optional" => Self::Optional,
            _ => Self::To,
        }
    }
}

impl RecipientKind {
    /// The kind of that name; *other* for an unknown name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "list" => Self::List,
            "user" => Self::User,
            "external" => Self::External,
            _ => Self::Other,
        }
    }

    fn is_other(&self) -> bool {
        *self == Self::Other
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, RecipientKind, Unread};

    #[test]
    fn what_is_not_known_of_a_recipient_is_not_written() {
        let written = |kind| serde_json::to_value(super::Recipient { kind, ..super::Recipient::default() }).unwrap();
        assert_eq!(written(RecipientKind::Other), serde_json::json!({ "field": "to", "address": "" }));
        assert_eq!(written(RecipientKind::List), serde_json::json!({ "field": "to", "address": "", "kind": "list" }));
    }

    #[test]
    fn a_day_is_read_or_its_error_says_what_to_write() {
        let read = |text: &str| serde_json::from_str::<super::Draft>(text);
        let draft = read(r#"{"subject": "x", "date": "2026-02-01"}"#).unwrap();
        assert_eq!(draft.day(), crate::cpr::Date::new(2026, 2, 1).unwrap());
        assert_eq!(serde_json::to_value(&draft).unwrap()["date"], "2026-02-01");
        assert_eq!(read(r#"{"subject": "x"}"#).unwrap().day(), crate::cpr::RELEASED);
        for text in ["2026-02-30", "01-02-2026", "2026-02-01T09:00:00Z", ""] {
            let error = read(&format!(r#"{{"subject": "x", "date": "{text}"}}"#)).unwrap_err().to_string();
            assert!(error.contains("a day that exists, as YYYY-MM-DD"), "{error}");
        }
    }

    #[test]
    fn the_shell_hands_over_lines() {
        let lines = "subject\tVedr.\\t\\\\n\\n010203-1234\nitem\tappointment\nfrom\ta@b.dk\n\
                     recipients\tfield\tcc\taddress\tc@d.dk\tname\t\tkind\tlist\nrecipients\taddress\te@f.dk\n\
                     labels\tl\nlabels\tm\nheaders\tx-a\t\nheaders\tx-b\tja\ndate\t2026-02-01\nasked\tmark\nnotCpr\tm\nnotCpr\tn\n\
                     body\tkind\thtml\nbody\tcontent\t<p>a\\n\\tb</p>\nbody\tcut\ttrue\n\
             attachments\tname\ta.pdf\tinline\tfalse\tcloud\ttrue\nattachments\tname\tb.png\tinline\ttrue\n\
             unread\tlabels\nunread\trecipients";
        let json = r#"{"subject":"Vedr.\t\\n\n010203-1234","item":"appointment","from":"a@b.dk",
            "recipients":[{"field":"cc","address":"c@d.dk","kind":"list"},{"address":"e@f.dk"}],
            "labels":["l","m"],"headers":{"x-a":"","x-b":"ja"},"date":"2026-02-01","asked":"mark","notCpr":["m","n"],
            "body":{"kind":"html","content":"<p>a\n\tb</p>","cut":true},
            "attachments":[{"name":"a.pdf","cloud":true},{"name":"b.png","inline":true}],
            "unread":["labels","recipients"]}"#;
        assert_eq!(super::Draft::from_lines(lines), Some(serde_json::from_str(json).unwrap()));
        for wrong in [
            "",
            "subject",
            "recipient\taddress\ta@b.dk",
            "recipients\tadress\ta@b.dk",
            "recipients\taddress",
            "date\tnow",
            "unread\tlabel",
            "body\tkind\trtf",
            "body\tcontents\tx",
            "body\tcut",
            "attachments\tname",
            "attachments\ttitle\tx",
            "attachments\tinline\tperhaps",
        ] {
            assert_eq!(super::Draft::from_lines(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn names_are_those_of_the_contract() {
        for field in [Field::To, Field::Cc, Field::Bcc, Field::Required, Field::Optional] {
            let name = serde_json::to_value(field).unwrap();
            assert_eq!(Field::named(name.as_str().unwrap()), field);
        }
        for kind in [RecipientKind::Other, RecipientKind::List, RecipientKind::User, RecipientKind::External] {
            let name = serde_json::to_value(kind).unwrap();
            assert_eq!(RecipientKind::named(name.as_str().unwrap()), kind);
        }
        for part in
            [Unread::From, Unread::Labels, Unread::Headers, Unread::Recipients, Unread::Body, Unread::Attachments]
        {
            let name = serde_json::to_value(part).unwrap();
            assert_eq!(Unread::named(name.as_str().unwrap()), Some(part));
        }
    }
}

//! The verdict on a draft.

use serde::{Deserialize, Serialize};

use crate::policy::Organisation;
use crate::text::decimal;

/// May the mail go?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// Yes. Nothing is shown.
    Send,
    /// If the user confirms.
    Ask,
    /// Not until it is mended.
    Stop,
}

/// The decision on a draft, with the reasons and the words to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Verdict {
    /// May the mail go?
    pub decision: Decision,
    /// Is it secure mail by the policy? False too where that could not be told.
    pub secure: bool,
    /// Is it unknown whether it is secure mail? Then it was judged both ways.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_doubt: bool,
    /// What made it secure mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secure_by: Option<SecureBy>,
    /// What the rules found, gravest first.
    pub findings: Vec<Finding>,
    /// The findings as a person reads them: one card for each cause. The dialog and the information bar count these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    /// Recipients that could not be judged, as indexes into [`crate::Draft::recipients`]: paths in the organisation's
    /// Exchange directory, and texts that are not addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unjudged: Vec<usize>,
    /// One line on the whole draft: how many things need the user, or what was looked at and what was not. Words that were
    /// not looked at are never called in order.
    pub status: String,
    /// Whose policy it is, where that is a part for the sender of the draft; without its domains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Organisation>,
    /// What the client shows; absent when the mail may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
}

/// As much of a verdict as a send event needs. It is made without the findings and their fixes, whose code the send event
/// then need not load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Ruling {
    /// As in [`Verdict::decision`].
    pub decision: Decision,
    /// As in [`Verdict::alert`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
}

impl Ruling {
    /// The ruling as records, which the shell reads (`addin/src/engine/lines.ts`): the path to a value, as in the JSON of this
    /// type, and the value. ASCII's own separators stand between records (U+001E) and between the units of one (U+001F): no
    /// text of an alert holds a control character other than the ends of its lines.
    ///
    /// A serializer of JSON in its place would be a hundredth of the engine.
    #[must_use]
    pub fn to_records(&self) -> String {
        let decision = match self.decision {
            Decision::Send => "send",
            Decision::Ask => "ask",
            Decision::Stop => "stop",
        };
        let mut records = ["decision\u{1f}", decision].concat();
        let mut add = |path: &str, value: &str| [path, value].into_iter().for_each(|part| records.push_str(part));
        if let Some(Alert { text, markdown, button, bar, mark, again }) = &self.alert {
            add("\u{1e}alert\u{1f}text\u{1f}", text);
            add("\u{1e}alert\u{1f}markdown\u{1f}", markdown);
            add("\u{1e}alert\u{1f}button\u{1f}", button);
            add("\u{1e}alert\u{1f}bar\u{1f}", bar);
            add("\u{1e}alert\u{1f}mark\u{1f}", mark);
            if let Some(Again { text, stuck }) = again {
                add("\u{1e}alert\u{1f}again\u{1f}text\u{1f}", text);
                add("\u{1e}alert\u{1f}again\u{1f}stuck\u{1f}", stuck);
            }
        }
        records
    }
}

/// What one rule says of all its findings together. A recipient with several faults is on the card of the gravest alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Card {
    /// The name of the rule.
    pub rule: String,
    /// What the policy lets the rule do.
    pub action: Decision,
    /// Its findings, as indexes into [`Verdict::findings`]. For numbers in the subject the fixes of the first one clear all;
    /// each recipient has fixes of its own.
    pub findings: Vec<usize>,
    /// What is wrong, in one sentence.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    #[serde(rename = "do")]
    pub remedy: String,
    /// What it was taken from, in sentences for the user, strongest first.
    pub because: Vec<String>,
    /// How the user can object. Only for numbers in the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<Objection>,
}

/// How the user can say that a number is not a CPR number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Objection {
    /// The label of what opens it.
    pub label: String,
    /// What happens next, and whom to ask.
    pub text: String,
    /// What the number may be instead, for the user to choose from. Empty if the user cannot decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What `notCpr` of the draft has to hold after a choice: marks without any content. Empty if the user cannot
    /// decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<String>,
    /// What the user can read out or copy to those who decide: the rule, the evidence and the form, every digit a 9. Absent
    /// if the user decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

/// The part of the policy that made a draft secure mail. Only its kind is named: the address or header that matched may
/// reveal what the mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SecureBy {
    /// The address it is sent from.
    From,
    /// A tag in the subject.
    Tag,
    /// The domain of a recipient.
    Domain,
    /// The address of a recipient.
    Address,
    /// A sensitivity label.
    Label,
    /// An internet header.
    Header,
    /// The policy counts every mail that leaves the organisation as secure mail.
    External,
}

/// One fault that one rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Finding {
    /// The name of the rule, such as `cpr-in-subject`.
    pub rule: String,
    /// What the policy lets this finding do.
    pub action: Decision,
    /// Where in the draft.
    pub at: At,
    /// What supports the finding, strongest first, in the rule's own names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// What is wrong, in one sentence.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do.
    #[serde(rename = "do")]
    pub remedy: String,
    /// Changes that clear it, the recommended one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
}

/// The place of a finding. In JSON an object with one key: `{"subject":[5,16]}`, `{"recipient":0}`, `{"draft":{}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum At {
    /// Start and end in the subject, in UTF-16 code units, end exclusive.
    Subject(usize, usize),
    /// The index of a recipient in [`crate::Draft::recipients`].
    Recipient(usize),
    /// The draft as a whole: no single part of it is at fault.
    Draft {},
    /// Start and end of the first number in the HTML or text of the body, in UTF-16 code units, end exclusive.
    Body(usize, usize),
    /// A place in the name of an attachment.
    #[serde(rename_all = "camelCase")]
    Attachment {
        /// The index of the attachment.
        index: usize,
        /// Start in its name, in UTF-16 code units.
        start: usize,
        /// End in its name, in UTF-16 code units, exclusive.
        end: usize,
    },
}

impl At {
    /// The place in a short form without any content, such as `0-11`, `body:3-14` or `draft`. Two findings of one rule
    /// never share it.
    #[must_use]
    pub fn mark(self) -> String {
        let range = |start: usize, end: usize| [decimal(start), decimal(end)].join("-");
        match self {
            Self::Subject(start, end) => range(start, end),
            Self::Recipient(index) => decimal(index),
            Self::Draft {} => "draft".to_owned(),
            Self::Body(start, end) => ["body:", &range(start, end)].concat(),
            Self::Attachment { index, start, end } => {
                ["attachment:", &decimal(index), ":", &range(start, end)].concat()
            }
        }
    }
}

/// A change of the draft that clears a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fix {
    /// Take the numbers out of the subject and write them in the body instead.
    MoveToBody {
        /// The subject after the fix.
        subject: String,
        /// The label of the button.
        label: String,
    },
    /// The same, and make the mail secure mail by a sign that the policy knows.
    MoveToSecureBody {
        /// The subject after the fix, with the tag if that is the sign.
        subject: String,
        /// The label of the button.
        label: String,
    },
    /// Take the numbers out of the subject.
    Remove {
        /// The subject after the fix.
        subject: String,
        /// The label of the button.
        label: String,
    },
    /// Make the mail secure mail by a sign that the policy knows.
    MakeSecure {
        /// The subject after the fix, with the tag if that is the sign.
        subject: String,
        /// The label of the button.
        label: String,
    },
    /// Take the earlier mail out of the body.
    RemoveQuoted {
        /// The label of the button.
        label: String,
    },
    /// Replace the last four characters of each number in the body by bullets.
    MaskNumbers {
        /// The label of the button.
        label: String,
    },
    /// Move the outside recipients from *To* and *Cc* to *Bcc*.
    MoveToBcc {
        /// The label of the button.
        label: String,
    },
    /// Add the address that a recipient should have, to the same field. The user takes the old one out: Office.js can
    /// neither take out one recipient nor show the names that Outlook has not resolved yet, so that writing a whole field
    /// could lose somebody.
    Add {
        /// The index of the recipient in [`crate::Draft::recipients`].
        recipient: usize,
        /// The address to add.
        address: String,
        /// The label of the button.
        label: String,
    },
}

impl Fix {
    /// The label of its button.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::MoveToBody { label, .. }
            | Self::MoveToSecureBody { label, .. }
            | Self::Remove { label, .. }
            | Self::MakeSecure { label, .. }
            | Self::RemoveQuoted { label }
            | Self::MaskNumbers { label }
            | Self::MoveToBcc { label }
            | Self::Add { label, .. } => label,
        }
    }
}

/// The words for the client's own dialog and information bar, within the limits of Smart Alerts
/// (Microsoft: "Handle OnMessageSend and OnAppointmentSend events with Smart Alerts").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alert {
    /// Plain text of at most 500 UTF-16 code units, never empty.
    pub text: String,
    /// The same in the Markdown that Smart Alerts takes, at most 500 UTF-16 code units.
    pub markdown: String,
    /// The label of the button that opens the task pane, at most 20 UTF-16 code units.
    pub button: String,
    /// One line for the information bar, at most 150 UTF-16 code units.
    pub bar: String,
    /// Identifies the findings, a mark for each with spaces between, without any content. What was asked about or shown for
    /// a mark need not be asked about or shown again.
    pub mark: String,
    /// Present on `ask` only: how to ask on a client without *Send anyway*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
}

/// The question on a client without *Send anyway*: the first Send is rejected with this text, and a second Send of the
/// same draft passes, since the shell then returns [`Alert::mark`] in [`crate::Draft::asked`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Again {
    /// Plain text of at most 500 UTF-16 code units, shown instead of [`Alert::text`].
    pub text: String,
    /// The same for a client that did not store the mark: it names another way to send, since this one may ask without end.
    pub stuck: String,
}

#[cfg(test)]
mod tests {
    use super::{Again, Alert, At, Decision, Ruling};

    #[test]
    fn a_ruling_becomes_records() {
        assert_eq!(Ruling { decision: Decision::Send, alert: None }.to_records(), "decision\u{1f}send");
        let alert = Alert {
            text: "Emnet.".to_owned(),
            markdown: "- a\r\n\n\\*b\t".to_owned(),
            button: "Vis".to_owned(),
            bar: "Linje".to_owned(),
            mark: "x:0-11".to_owned(),
            again: Some(Again { text: "Igen".to_owned(), stuck: "Ellers".to_owned() }),
        };
        let records = Ruling { decision: Decision::Ask, alert: Some(alert) }.to_records();
        assert_eq!(
            records.replace('\u{1e}', "|").replace('\u{1f}', ">"),
            "decision>ask|alert>text>Emnet.|alert>markdown>- a\r\n\n\\*b\t|alert>button>Vis|alert>bar>Linje|\
             alert>mark>x:0-11|alert>again>text>Igen|alert>again>stuck>Ellers"
        );
    }

    #[test]
    fn each_place_has_its_own_spelling() {
        let places = [
            (At::Subject(0, 11), r#"{"subject":[0,11]}"#, "0-11"),
            (At::Recipient(3), r#"{"recipient":3}"#, "3"),
            (At::Draft {}, r#"{"draft":{}}"#, "draft"),
            (At::Body(0, 11), r#"{"body":[0,11]}"#, "body:0-11"),
            (
                At::Attachment { index: 0, start: 4, end: 15 },
                r#"{"attachment":{"index":0,"start":4,"end":15}}"#,
                "attachment:0:4-15",
            ),
        ];
        for (at, json, mark) in places {
            assert_eq!(serde_json::to_string(&at).unwrap(), json);
            assert_eq!(serde_json::from_str::<At>(json).unwrap(), at);
            assert_eq!(at.mark(), mark);
        }
    }
}

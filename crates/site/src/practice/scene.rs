//! A scene: a task, the mail as the user finds it, and the model answer.

use sendvagt::{Attachment, Body, BodyKind, Both, Draft, Field, Language, Recipient};
use serde::Serialize;

/// A mail of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The sender's mailbox.
    pub from: String,
    /// The recipients, as a user types them.
    pub to: Vec<String>,
    /// Those whose addresses the others do not see.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bcc: Vec<String>,
    /// The note of who was in the conversation, if it is a reply ([`Draft::conversation`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
    /// The subject.
    pub subject: Both<String>,
    /// The id of the sensitivity label; empty when it has none.
    pub label: String,
    /// The body, as plain text.
    pub body: Both<String>,
    /// The names of the attached files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
}

impl Mail {
    /// The mail as a draft for the engine.
    #[must_use]
    pub fn draft(&self, language: Language) -> Draft {
        Draft {
            subject: self.subject.get(language).to_owned(),
            from: Some(self.from.clone()),
            recipients: recipients(&self.to, Field::To).chain(recipients(&self.bcc, Field::Bcc)).collect(),
            conversation: self.conversation.clone(),
            body: Some(Body { kind: BodyKind::Text, content: self.body.get(language).to_owned(), cut: false }),
            attachments: self
                .attachments
                .iter()
                .map(|name| Attachment { name: name.clone(), ..Attachment::default() })
                .collect(),
            labels: Some(&self.label).filter(|label| !label.is_empty()).cloned().into_iter().collect(),
            ..Draft::default()
        }
    }
}

/// Recipients in a field, by their addresses.
pub(super) fn recipients(addresses: &[String], field: Field) -> impl Iterator<Item = Recipient> {
    addresses.iter().map(move |address| Recipient { field, address: address.clone(), ..Recipient::default() })
}

/// A mail in which the engine finds what the scene is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongMail {
    /// The name of the rule that must find something in it.
    pub finding: String,
    /// The mail.
    pub mail: Mail,
}

/// One scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scene {
    /// The name of its file, without the extension.
    pub id: String,
    /// Its position in the list; the lowest comes first.
    #[serde(skip)]
    pub order: u32,
    /// Is it in the printed guide?
    #[serde(skip)]
    pub guide: bool,
    /// Its title in the list.
    pub title: Both<String>,
    /// What the user is asked to do.
    pub task: Both<String>,
    /// What there is to learn, shown when the task is done.
    pub explanation: Both<String>,
    /// The mail as the user finds it.
    pub start: Mail,
    /// Mails in which the engine must find something.
    #[serde(skip)]
    pub wrong: Vec<WrongMail>,
    /// The model answer: it does what the task asks, and nothing is found in it.
    pub model: Mail,
}

impl Scene {
    /// Is the mail already correct as the user finds it?
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.start == self.model
    }
}

//! A scene as its TOML file has it.

use sendvagt::rules::conversation;
use sendvagt::{Both, Draft, Field};
use serde::Deserialize;

use super::OWN_MAILBOX;
use super::scene::{Mail, Scene, WrongMail, recipients};

/// A scene.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneFile {
    order: u32,
    #[serde(default)]
    guide: bool,
    title: Both<String>,
    task: Both<String>,
    explanation: Both<String>,
    start: MailFile,
    #[serde(default)]
    wrong: Vec<MailFile>,
    #[serde(default)]
    model: MailFile,
}

/// A mail. A key that is left out has the value of the mail at the start.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MailFile {
    finding: Option<String>,
    from: Option<String>,
    to: Option<Vec<String>>,
    bcc: Option<Vec<String>>,
    conversation: Option<Vec<String>>,
    subject: Option<Both<String>>,
    label: Option<String>,
    body: Option<Both<String>>,
    attachments: Option<Vec<String>>,
}

impl MailFile {
    /// The mail, with the values of `base` for the keys that are left out.
    fn or(self, base: &Mail) -> Mail {
        Mail {
            from: self.from.unwrap_or_else(|| base.from.clone()),
            to: self.to.unwrap_or_else(|| base.to.clone()),
            bcc: self.bcc.unwrap_or_else(|| base.bcc.clone()),
            conversation: self.conversation.map_or_else(|| base.conversation.clone(), |began| noted(&began)),
            subject: self.subject.unwrap_or_else(|| base.subject.clone()),
            label: self.label.unwrap_or_else(|| base.label.clone()),
            body: self.body.unwrap_or_else(|| base.body.clone()),
            attachments: self.attachments.unwrap_or_else(|| base.attachments.clone()),
        }
    }
}

/// The note of a reply that was begun to these.
fn noted(began: &[String]) -> Option<String> {
    conversation(&Draft { recipients: recipients(began, Field::To).collect(), ..Draft::default() })
}

impl Scene {
    /// Parses the file of a scene.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, and where.
    pub fn parse(id: &str, text: &str) -> Result<Self, String> {
        let file: SceneFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let empty = Mail {
            from: OWN_MAILBOX.to_owned(),
            to: Vec::new(),
            bcc: Vec::new(),
            conversation: None,
            subject: Both::default(),
            label: String::new(),
            body: Both::default(),
            attachments: Vec::new(),
        };
        if file.start.finding.is_some() || file.model.finding.is_some() {
            return Err("only a [[wrong]] mail has a finding; leave it out of the others".to_owned());
        }
        let start = file.start.or(&empty);
        let wrong = file.wrong.into_iter().map(|mut mail| {
            let finding = mail.finding.take().ok_or("a [[wrong]] mail needs the name of its finding; add `finding`")?;
            Ok(WrongMail { finding, mail: mail.or(&start) })
        });
        Ok(Self {
            wrong: wrong.collect::<Result<_, String>>()?,
            model: file.model.or(&start),
            id: id.to_owned(),
            order: file.order,
            guide: file.guide,
            title: file.title,
            task: file.task,
            explanation: file.explanation,
            start,
        })
    }
}

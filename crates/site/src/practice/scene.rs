//! The scenes that users practise on: made-up mails, and what there is to learn of each.
//!
//! A scene is one TOML file below `practice/scenes/`; docs/practice.md tells how to write one. Nothing here goes into the
//! engine: a scene is judged by the engine as every mail is, under the policy of `practice/policy.json`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use sendvagt::policy::packed;
use sendvagt::{Both, Draft, Language, Policy, PolicyFile, Recipient, Verdict, check};

use crate::pack::put;

/// The literal in the built practice script that the scenes take the place of, with its quotation marks.
pub const PLACEHOLDER: &str = "\"@@SENDVAGT-PRACTICE@@\"";
/// The mailbox that is the user's own in every scene.
pub const OWN_MAILBOX: &str = "mette@kommune.example";
/// The longest a sentence may be, in words: it is read by people who are busy learning something else.
pub const LONGEST_SENTENCE: usize = 18;

/// A text in both languages.
pub type Texts = Both<String>;

/// A mail of a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The mailbox it is sent from.
    pub from: String,
    /// Its recipients, as a user writes them.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: Texts,
    /// The id of its sensitivity label; empty for none.
    pub label: String,
    /// Its text.
    pub body: Texts,
}

impl Mail {
    /// The mail as the engine takes it.
    #[must_use]
    pub fn draft(&self, language: Language) -> Draft {
        let recipient = |address: &String| Recipient { address: address.clone(), ..Recipient::default() };
        Draft {
            subject: self.subject.get(language).to_owned(),
            from: Some(self.from.clone()),
            recipients: self.to.iter().map(recipient).collect(),
            labels: Some(&self.label).filter(|label| !label.is_empty()).cloned().into_iter().collect(),
            ..Draft::default()
        }
    }
}

/// A mail that the scene's finding is found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The name of the rule that speaks.
    pub finding: String,
    /// The mail.
    pub mail: Mail,
}

/// One scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scene {
    /// Its name: that of its file, without the ending.
    pub id: String,
    /// Where it stands among the scenes; the lowest comes first.
    #[serde(skip)]
    pub order: u32,
    /// Does the printed guide show it?
    #[serde(skip)]
    pub guide: bool,
    /// A few words for the list.
    pub title: Texts,
    /// What the user is asked to do.
    pub task: Texts,
    /// What there was to learn.
    pub explanation: Texts,
    /// The mail as the user finds it.
    pub start: Mail,
    /// Mails that are found fault with.
    #[serde(skip)]
    pub wrong: Vec<Wrong>,
    /// A mail that does what the task asks, and that nothing is found in.
    pub model: Mail,
}

/// A scene as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneFile {
    order: u32,
    #[serde(default)]
    guide: bool,
    title: Texts,
    task: Texts,
    explanation: Texts,
    start: MailFile,
    #[serde(default)]
    wrong: Vec<MailFile>,
    #[serde(default)]
    model: MailFile,
}

/// A mail as a scene's file has it. What is left out is as at the start.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MailFile {
    finding: Option<String>,
    from: Option<String>,
    to: Option<Vec<String>>,
    subject: Option<Texts>,
    label: Option<String>,
    body: Option<Texts>,
}

impl MailFile {
    fn over(self, base: &Mail) -> Mail {
        Mail {
            from: self.from.unwrap_or_else(|| base.from.clone()),
            to: self.to.unwrap_or_else(|| base.to.clone()),
            subject: self.subject.unwrap_or_else(|| base.subject.clone()),
            label: self.label.unwrap_or_else(|| base.label.clone()),
            body: self.body.unwrap_or_else(|| base.body.clone()),
        }
    }
}

impl Scene {
    /// Reads a scene.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, and where in it.
    pub fn read(id: &str, text: &str) -> Result<Self, String> {
        let file: SceneFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let empty = Mail {
            from: OWN_MAILBOX.to_owned(),
            to: Vec::new(),
            subject: Texts::default(),
            label: String::new(),
            body: Texts::default(),
        };
        if file.start.finding.is_some() || file.model.finding.is_some() {
            return Err("only a [[wrong]] mail has a finding; leave it out elsewhere".to_owned());
        }
        let start = file.start.over(&empty);
        let wrong = file.wrong.into_iter().map(|mut mail| {
            let finding =
                mail.finding.take().ok_or("a [[wrong]] mail needs the name of the finding that it teaches")?;
            Ok(Wrong { finding, mail: mail.over(&start) })
        });
        Ok(Self {
            wrong: wrong.collect::<Result<_, String>>()?,
            model: file.model.over(&start),
            id: id.to_owned(),
            order: file.order,
            guide: file.guide,
            title: file.title,
            task: file.task,
            explanation: file.explanation,
            start,
        })
    }

    /// Is the mail in order as the user finds it?
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.start == self.model
    }

    /// Everything that is wrong with the scene; nothing when it may be practised on.
    #[must_use]
    pub fn problems(&self, policy: &Policy) -> Vec<String> {
        let mut problems = Vec::new();
        for (name, texts) in [("title", &self.title), ("task", &self.task), ("explanation", &self.explanation)] {
            Language::ALL.into_iter().for_each(|language| problems.extend(prose(name, texts.get(language), language)));
        }
        let mails = [&self.start, &self.model].into_iter().chain(self.wrong.iter().map(|wrong| &wrong.mail));
        mails.for_each(|mail| problems.extend(unoffered(mail, policy)));
        for language in Language::ALL {
            problems.extend(self.misjudged(policy, language));
        }
        if self.wrong.is_empty() && !self.is_clean() {
            problems.push("it teaches no finding: add a [[wrong]] mail, or let the model be as the start".to_owned());
        }
        problems.into_iter().map(|problem| format!("{}: {problem}", self.id)).collect()
    }

    fn misjudged(&self, policy: &Policy, language: Language) -> Vec<String> {
        let tag = language.tag();
        let mut problems = Vec::new();
        for (number, Wrong { finding, mail }) in self.wrong.iter().enumerate() {
            let found = rules(&check(policy, &mail.draft(language), language));
            if !found.contains(finding) {
                problems.push(format!("{tag}: wrong mail {number} gives {found:?}, not {finding}"));
            }
        }
        let verdict = check(policy, &self.model.draft(language), language);
        let (subject, to) = (self.model.subject.get(language), &self.model.to);
        if !verdict.findings.is_empty() || !verdict.unjudged.is_empty() {
            problems.push(format!("{tag}: the model is not clean: {:?}", rules(&verdict)));
        }
        if subject.trim().is_empty() || to.is_empty() {
            problems.push(format!("{tag}: the model needs a subject and a recipient"));
        }
        problems
    }
}

fn rules(verdict: &Verdict) -> Vec<String> {
    verdict.findings.iter().map(|finding| finding.rule.clone()).collect()
}

/// Senders and labels are chosen from lists: what is not on them cannot be had.
fn unoffered(mail: &Mail, policy: &Policy) -> Option<String> {
    let known_from = senders(policy).contains(&mail.from);
    let known_label = mail.label.is_empty() || policy.file().secure_mail.labels.contains(&mail.label);
    (!known_from || !known_label).then(|| "a mail has a sender or a label that is not offered".to_owned())
}

fn prose(name: &str, text: &str, language: Language) -> Vec<String> {
    let tag = language.tag();
    if text.trim().is_empty() {
        return vec![format!("{name}.{tag} is empty")];
    }
    let long = text.split_inclusive(['.', '!', '?', ':']).filter(|part| words(part) > LONGEST_SENTENCE);
    long.map(|part| format!("{name}.{tag}: a sentence of {} words is too long: {}", words(part), part.trim())).collect()
}

fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The mailboxes that the user may send from.
fn senders(policy: &Policy) -> Vec<String> {
    let secure = policy.file().secure_mail.from.iter().cloned();
    [OWN_MAILBOX.to_owned()].into_iter().chain(secure).collect()
}

/// All scenes, in their order, with the policy that they are judged under.
#[derive(Clone, Debug)]
pub struct Practice {
    policy: Policy,
    scenes: Vec<Scene>,
}

impl Practice {
    /// Makes a practice of the policy and the scenes' files: each its id and its text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, each with the scene's id.
    pub fn new(policy: PolicyFile, files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<String>> {
        let policy = Policy::new(policy);
        let (mut scenes, mut problems) = (Vec::new(), Vec::new());
        for (id, text) in files {
            match Scene::read(&id, &text) {
                Ok(scene) => {
                    problems.extend(scene.problems(&policy));
                    scenes.push(scene);
                }
                Err(error) => problems.push(format!("{id}: {error}")),
            }
        }
        scenes.sort_by_key(|scene| scene.order);
        problems.extend(same_place(&scenes));
        if problems.is_empty() { Ok(Self { policy, scenes }) } else { Err(problems) }
    }

    /// The policy that the scenes are judged under.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The scenes, in their order.
    #[must_use]
    pub fn scenes(&self) -> &[Scene] {
        &self.scenes
    }

    /// Puts the scenes into the built practice script.
    ///
    /// # Errors
    ///
    /// The script must hold [`PLACEHOLDER`] exactly once.
    pub fn embed(&self, script: &str) -> Result<String, String> {
        let embedded = Embedded {
            packed: packed(self.policy.file()),
            senders: senders(&self.policy),
            labels: &self.policy.file().secure_mail.labels,
            scenes: &self.scenes,
        };
        let json = serde_json::to_string(&embedded).map_err(|error| error.to_string())?;
        put(script, PLACEHOLDER, &json)
    }
}

fn same_place(scenes: &[Scene]) -> Vec<String> {
    let mut seen = HashMap::new();
    let taken = |scene: &Scene| Some((scene.id.clone(), seen.insert(scene.order, scene.id.clone())?));
    scenes
        .iter()
        .filter_map(taken)
        .map(|(id, first)| format!("{id}: {first} has the same order; give one of the two another"))
        .collect()
}

/// What the practice script holds.
#[derive(Serialize)]
struct Embedded<'a> {
    packed: String,
    senders: Vec<String>,
    labels: &'a [String],
    scenes: &'a [Scene],
}

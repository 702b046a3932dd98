//! What the organisation has decided.
//!
//! [`PolicyFile`] is the JSON as IT writes it, [`Policy`] the same prepared for look-ups. A policy is checked when it is
//! packed, so that nothing in it can fail when Send is pressed.

mod lookup;
mod packed;
mod rules;
#[cfg_attr(not(feature = "content"), expect(dead_code, reason = "only the rules on what else is read have patterns"))]
mod sought;

use serde::{Deserialize, Serialize};

use crate::Language;
use crate::verdict::Decision;

pub use lookup::Policy;
pub use packed::{packed, unpacked};
pub use rules::Rules;
pub(crate) use sought::{PLACES, Sought};

/// The policy file. Every key may be left out: an empty object means that the CPR rules work and the rules that
/// need to know the organisation stay silent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PolicyFile {
    /// The path of the JSON Schema of this file; for editors only.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Who the organisation is.
    pub organisation: Organisation,
    /// How much Sendvagt may do.
    pub mode: Mode,
    /// The language of all words. Left out, they follow each user's Outlook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What happens to a mail that could not be checked.
    pub on_failure: OnFailure,
    /// What happens to a mail of which subject and recipients were checked, while its text or the names of its attachments, which
    /// a rule asks for, did not come in time.
    pub on_unread: OnUnread,
    /// What a user can do whose mail was stopped for a number that is not a CPR number.
    pub false_stop: FalseStop,
    /// What each rule does, by the rule's name. A rule that is left out does what its own default is.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Action>"))]
    pub rules: Rules,
    /// What counts as secure mail, and whom it reaches.
    pub secure_mail: SecureMail,
    /// Mailboxes that nobody reads any more.
    pub retired_mailboxes: Vec<RetiredMailbox>,
    /// Domains that the organisation often writes to. Sendvagt asks about a recipient domain that differs from one of
    /// them by one slip. The organisation's own domains and those of secure mail are known already.
    pub known_domains: Vec<String>,
    /// Private mail services besides the built-in ones such as `gmail.com`.
    pub private_services: Vec<String>,
    /// How many outside recipients may see each other's addresses before Sendvagt asks. The organisation's own domains, those
    /// of secure mail, and `knownDomains` do not count.
    pub visible_recipients: VisibleRecipients,
    /// Words that say what a number in the subject is.
    pub words: NumberWords,
    /// Words and numbers of the organisation's own that must not leave, or not so.
    pub patterns: Vec<OwnPattern>,
    /// Those in use as the engine looks for them ([`OwnPattern::line`]), made when the policy is read.
    #[serde(skip)]
    pub sought: Vec<String>,
    /// What the subject becomes when nothing is left of it after a CPR number is taken out.
    pub neutral_subject: NeutralSubject,
    /// What a subject calls the person whose CPR number is taken out, where the sentence needs a word: `Statusudtalelse
    /// til 010203-1234` becomes `Statusudtalelse til borgeren`.
    pub citizen: Citizen,
    /// The same for several persons.
    pub citizens: Citizens,
    /// How users are invited to practise.
    pub practice: Practice,
    /// What holds for the senders of each of several organisations in one house: whole policies, worked out when the file is
    /// read. In the file a part has its senders and the keys in which it differs.
    #[serde(skip)]
    pub parts: Vec<PolicyFile>,
    /// Of a part: the domains and mailboxes whose mail it is for. Empty in the policy that holds for all others.
    #[serde(skip)]
    pub senders: Vec<String>,
}

/// Who the organisation is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Organisation {
    /// Its name, such as `Eksempel Kommune`. At most 60 characters.
    #[cfg_attr(feature = "schema", schemars(length(max = 60)))]
    pub name: String,
    /// Its own mail domains. `*.eksempel.dk` means every domain below `eksempel.dk`, not `eksempel.dk` itself.
    pub domains: Vec<String>,
    /// Whom a user can ask, such as `Servicedesk, tlf. 12 34 56 78`. At most 80 characters.
    #[cfg_attr(feature = "schema", schemars(length(max = 80)))]
    pub contact: Option<String>,
    /// An `https` link to the organisation's own guidance. At most 120 characters.
    #[cfg_attr(feature = "schema", schemars(length(max = 120)))]
    pub help: Option<String>,
}

/// How much Sendvagt may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Each rule does what it says.
    #[default]
    Enforce,
    /// Nothing is stopped: what a rule would stop becomes a question.
    Advise,
    /// Nothing is shown and every mail goes; the findings are only in the verdict.
    Observe,
}

/// What happens to a mail that could not be checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum OnFailure {
    /// It is sent. Nothing claims that it was checked.
    Send,
    /// The user learns that it was not checked, and decides.
    #[default]
    Ask,
    /// It is not sent.
    Stop,
}

/// What happens to a mail whose text or attachments' names could not be read. Some clients take seconds for a long mail: a
/// question then would be one on an ordinary day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum OnUnread {
    /// It is sent. Nothing claims that they were checked, and the pane says that they were not.
    #[default]
    Send,
    /// The user learns that they were not checked, and decides.
    Ask,
}

/// What a user can do whose mail was stopped for a number that is not a CPR number. A question is always the user's own to
/// answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum FalseStop {
    /// Say what it is instead, and press Send again.
    Allow,
    /// Ask the organisation's contact. Sendvagt shows whom, and a text without any content of the mail to pass on.
    #[default]
    Contact,
}

/// What a rule does with what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// The rule is not run.
    Off,
    /// The user decides.
    Ask,
    /// The mail is not sent until it is mended.
    Stop,
}

impl Action {
    /// The decision that a finding leads to; `None` if the rule is not run.
    #[must_use]
    pub fn decision(self) -> Option<Decision> {
        match self {
            Self::Off => None,
            Self::Ask => Some(Decision::Ask),
            Self::Stop => Some(Decision::Stop),
        }
    }
}

/// What makes a mail secure mail (any one of these is enough), and whom secure mail reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SecureMail {
    /// Mailboxes whose mail is secure mail, such as `sikkerpost@eksempel.dk`.
    pub from: Vec<String>,
    /// Tags in the subject, such as `sikker`: found in any case, with or without brackets, after `SV:` or `VS:` too.
    pub tags: Vec<String>,
    /// Recipient domains, also with a leading `*.`.
    pub domains: Vec<String>,
    /// Recipient addresses.
    pub addresses: Vec<String>,
    /// Ids of sensitivity labels. Reading labels needs a licence and a client that have them.
    pub labels: Vec<String>,
    /// Internet headers.
    pub headers: Vec<Header>,
    /// Every mail with a recipient outside the organisation's own domains is secure mail.
    pub every_external: bool,
    /// How a user sends secure mail here, as one sentence, such as `Vælg »Send sikkert« i båndet.` If left out, Sendvagt says
    /// it for the first tag or mailbox above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<HowToSend>,
    /// Whom secure mail reaches. If empty, `unsecured-recipient` stays silent.
    pub reaches: Reach,
}

/// How a user sends secure mail, in the organisation's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HowToSend {
    /// In Danish. At most 100 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub da: String,
    /// In English. At most 100 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub en: String,
}

/// An internet header that marks secure mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    /// The header's name, such as `x-sikker`. Case does not matter.
    pub name: String,
    /// The value that marks secure mail. If left out, any value does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Whom secure mail reaches, besides the organisation itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Reach {
    /// Domains, also with a leading `*.`.
    pub domains: Vec<String>,
    /// Single addresses.
    pub addresses: Vec<String>,
}

/// A mailbox that nobody reads any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetiredMailbox {
    /// Its address. Before the `@` a `*` matches any characters: `*@eksempel.dk` is every mailbox there.
    pub address: String,
    /// The day on which it was retired, `YYYY-MM-DD`. The user sees it; the rule applies whatever the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")))]
    pub since: Option<String>,
    /// The address to write to instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
}

/// From how many outside recipients in *To* and *Cc* on Sendvagt asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct VisibleRecipients {
    /// Of those at private mail services. At least 2.
    #[cfg_attr(feature = "schema", schemars(range(min = 2)))]
    pub private: u16,
    /// Of all who are outside the organisation. Needs `organisation.domains`. At least 2.
    #[cfg_attr(feature = "schema", schemars(range(min = 2)))]
    pub outside: u16,
}

impl Default for VisibleRecipients {
    fn default() -> Self {
        Self { private: 5, outside: 15 }
    }
}

/// Words that say what a number in the subject is, besides the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NumberWords {
    /// Words before a CPR number, such as `cpr`.
    pub cpr: Vec<String>,
    /// Words before some other number, such as `sagsnr`.
    pub other: Vec<String>,
}

/// What is one of a few is written as a letter, by its place among them.
pub(crate) fn place_in<T: PartialEq>(all: &[T], one: T) -> String {
    let letters = all.iter().zip('a'..).filter(|(other, _)| **other == one);
    letters.map(|(_, letter)| letter).collect()
}

pub(crate) fn at_place<T: Copy>(all: &[T], letter: char) -> Option<T> {
    all.get((letter as usize).wrapping_sub('a' as usize)).copied()
}

/// Something that the organisation looks for in its mail, besides CPR numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnPattern {
    /// What IT calls it. At most 40 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub name: String,
    /// What to look for, in the syntax of the `regex` crate; letters match in any case. `\bfjord\b` is the whole word.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub pattern: String,
    /// Where to look.
    #[serde(rename = "in", default = "in_subject")]
    pub places: Vec<Place>,
    /// In which mail.
    #[serde(default)]
    pub mail: PatternMail,
    /// What happens when it is found; never more than `own-pattern` does in `rules`.
    #[serde(default = "ask")]
    pub action: Action,
    /// What the user reads, as one sentence, such as `Emnet nævner et projekt, som ikke må omtales.`
    pub what: PatternWords,
    /// What the user should do, as one sentence. If left out, Sendvagt says where to take it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<PatternWords>,
    /// Texts in which it must be found. `policy check` tries them.
    #[serde(default)]
    pub finds: Vec<String>,
    /// Texts in which it must not be found. `policy check` tries them.
    #[serde(default)]
    pub passes: Vec<String>,
}

fn in_subject() -> Vec<Place> {
    vec![Place::Subject]
}

fn ask() -> Action {
    Action::Ask
}

impl Default for Action {
    fn default() -> Self {
        ask()
    }
}

/// Where a pattern is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// In the subject.
    Subject,
    /// In the text that the user wrote, not in earlier mail below it.
    Body,
    /// In the names of attachments.
    Attachments,
}

/// In which mail a pattern is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PatternMail {
    /// In every mail.
    #[default]
    All,
    /// In mail to someone outside the organisation.
    Leaving,
    /// In mail to someone outside the organisation that is not secure mail.
    Unprotected,
    /// In secure mail.
    Secure,
}

/// What a user reads, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PatternWords {
    /// In Danish. At most 100 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub da: String,
    /// In English. At most 100 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub en: String,
}

/// How users are invited to practise on made-up mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Practice {
    /// Offer it in the task pane to each user who has not practised yet. The pane has the button for all users.
    pub offer: bool,
    /// An `https` link to the organisation's own course, shown next to the practice. At most 120 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 120)))]
    pub course: Option<String>,
}

impl Default for Practice {
    fn default() -> Self {
        Self { offer: true, course: None }
    }
}

/// What the subject becomes when nothing is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NeutralSubject {
    /// In Danish. At most 100 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub da: String,
    /// In English. At most 100 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub en: String,
}

impl Default for NeutralSubject {
    fn default() -> Self {
        Self { da: "Henvendelse om en sag".to_owned(), en: "About a case".to_owned() }
    }
}

/// The word for a person whose CPR number is taken out of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Citizen {
    /// In Danish, such as `eleven` for a school. At most 40 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub da: String,
    /// In English. At most 40 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub en: String,
}

impl Default for Citizen {
    fn default() -> Self {
        Self { da: "borgeren".to_owned(), en: "the citizen".to_owned() }
    }
}

/// The word for several persons whose CPR numbers are taken out of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Citizens {
    /// In Danish, such as `eleverne` for a school. At most 40 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub da: String,
    /// In English. At most 40 characters.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub en: String,
}

impl Default for Citizens {
    fn default() -> Self {
        Self { da: "borgerne".to_owned(), en: "the citizens".to_owned() }
    }
}

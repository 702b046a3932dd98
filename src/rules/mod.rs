//! The rules, one file each. To add one: write its file, give it a name in `policy::RuleName`, and put it in
//! [`RULES`].

mod cpr_in_subject;
mod mistyped_domain;
#[cfg(not(target_arch = "wasm32"))]
mod page;
mod possible_cpr_in_subject;
mod private_mailbox;
mod retired_mailbox;
mod unchecked_list;
mod unsecured_recipient;

#[cfg(test)]
mod examples;

use crate::Language;
use crate::address::{self, Address, Mailbox};
use crate::cpr::{self, Candidate};
use crate::domain;
use crate::draft::{Draft, Recipient, RecipientKind};
use crate::policy::{Action, Policy, RuleName};
use crate::text::units;
use crate::verdict::{At, Decision, Fix, SecureBy};

#[cfg(not(target_arch = "wasm32"))]
pub use page::page;

/// Every rule, in the order in which a mail's faults are told: gravest first.
pub static RULES: [&Rule; 7] = [
    &cpr_in_subject::RULE,
    &retired_mailbox::RULE,
    &unsecured_recipient::RULE,
    &possible_cpr_in_subject::RULE,
    &mistyped_domain::RULE,
    &private_mailbox::RULE,
    &unchecked_list::RULE,
];

/// One check of a draft, with its words and its examples.
pub struct Rule {
    /// Its name in a policy and in a verdict.
    pub name: RuleName,
    /// What it does when the policy does not say.
    pub default: Action,
    /// What it looks for, in one sentence, in Danish and in English.
    pub about: Both,
    /// Drafts on which it speaks, and drafts on which it must not.
    #[cfg(not(target_arch = "wasm32"))]
    pub examples: &'static [Example],
    pub(crate) check: fn(&Case) -> Vec<Hit>,
    pub(crate) words: fn(&Case, &[Hit], Language) -> Words,
}

/// A text in Danish and in English.
#[derive(Clone, Copy, Debug)]
pub struct Both {
    /// Danish.
    pub da: &'static str,
    /// English.
    pub en: &'static str,
}

impl Both {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &'static str {
        language.pick(self.da, self.en)
    }
}

/// A draft that shows what a rule does. Examples are tests, and stand in the rule's documentation.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The subject.
    pub subject: &'static str,
    /// The recipients' addresses.
    pub to: &'static [&'static str],
    /// Does the rule speak?
    pub found: bool,
    /// Why, in English.
    pub because: &'static str,
}

/// What one rule says of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// What is wrong.
    pub(crate) what: String,
    /// Why it matters.
    pub(crate) why: String,
    /// What to do.
    pub(crate) remedy: String,
}

/// One fault as the rule found it, still without words.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) at: At,
    pub(crate) evidence: Vec<String>,
    pub(crate) fixes: Vec<Fix>,
    /// What the words name: a masked number, a domain of the policy. Never anything else of the draft.
    pub(crate) named: String,
}

impl Hit {
    /// A recipient whose words name its domain and nothing more of it. No fix is known.
    fn at_domain(index: usize, mailbox: &Mailbox, evidence: &str) -> Self {
        Self {
            at: At::Recipient(index),
            evidence: vec![evidence.to_owned()],
            fixes: Vec::new(),
            named: clip(&domain::display(mailbox.domain()), 60),
        }
    }
}

/// A draft under a policy, with what several rules need worked out once.
pub(crate) struct Case<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) policy: &'a Policy,
    pub(crate) language: Language,
    pub(crate) secure: Option<SecureBy>,
    pub(crate) numbers: Vec<Candidate>,
    pub(crate) addresses: Vec<Address>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(policy: &'a Policy, draft: &'a Draft, language: Language) -> Self {
        let addresses: Vec<Address> =
            draft.recipients.iter().map(|recipient| address::parse(&recipient.address, &recipient.name)).collect();
        Self {
            secure: crate::secure::decide(policy, draft, &addresses),
            numbers: cpr::find_on(&draft.subject, policy.words(), Some(draft.day())),
            draft,
            policy,
            language,
            addresses,
        }
    }

    /// The recipients that are mailboxes, with their index in the draft. Lists, CPR numbers and directory paths
    /// are none.
    pub(crate) fn mailboxes(&self) -> impl Iterator<Item = (usize, &Mailbox)> {
        self.addresses.iter().enumerate().filter_map(|(index, address)| match address {
            Address::Mailbox(mailbox) => Some((index, mailbox)),
            _ => None,
        })
    }

    /// Recipients that no rule could judge, by index.
    pub(crate) fn unjudged(&self) -> Vec<usize> {
        let judged = |address: &Address| matches!(address, Address::Mailbox(_) | Address::DigitalPost);
        self.addresses.iter().enumerate().filter(|(_, address)| !judged(address)).map(|(index, _)| index).collect()
    }

    pub(crate) fn lists(&self) -> impl Iterator<Item = (usize, &Recipient)> {
        let recipients = self.draft.recipients.iter().enumerate();
        recipients.filter(|(_, recipient)| recipient.kind == RecipientKind::List)
    }

    /// What a rule's findings do to this mail; `None` when the rule is off.
    pub(crate) fn decision(&self, rule: RuleName) -> Option<Decision> {
        use crate::policy::Mode;
        let decision = self.policy.action(rule).decision()?;
        Some(match self.policy.file().mode {
            Mode::Enforce => decision,
            Mode::Advise => decision.min(Decision::Ask),
            Mode::Observe => Decision::Send,
        })
    }
}

/// What a rule does when the policy does not say.
pub(crate) fn default_action(name: RuleName) -> Action {
    RULES.iter().find(|rule| rule.name == name).map_or(Action::Off, |rule| rule.default)
}

/// Shortens what a policy may make long, so that the words stay in the limits of a dialog. At most `limit` UTF-16
/// code units come out.
pub(crate) fn clip(text: &str, limit: usize) -> String {
    if units(text) <= limit {
        return text.to_owned();
    }
    let mut length = 1;
    let head = text.chars().take_while(|c| {
        length += c.len_utf16();
        length <= limit
    });
    head.chain(['…']).collect()
}

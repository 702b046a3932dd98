//! The draft that the rules judge.

use std::cell::{Cell, OnceCell};

use super::Hit;
#[cfg(feature = "content")]
use super::content::ReadBody;
use super::secure;
use super::subject::{Removed, is_answered};
use crate::Language;
use crate::address::{self, Address, Mailbox};
use crate::cpr::{self, Candidate};
use crate::draft::{Draft, Item, Recipient, RecipientKind, Unread};
use crate::policy::{Mode, Policy};
use crate::rule_name::RuleName;
use crate::verdict::{At, Decision, SecureBy};

/// A draft under a policy, with everything that several rules need computed once.
pub(crate) struct Case<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) policy: &'a Policy,
    pub(crate) language: Language,
    pub(crate) secure: Option<SecureBy>,
    /// Do the rules have to suppose that it is secure mail, since that could not be read?
    pub(crate) supposed_secure: Cell<bool>,
    pub(crate) numbers: Vec<Candidate>,
    /// What the user has said is not a CPR number, as it was written.
    pub(crate) spared: Vec<String>,
    pub(crate) addresses: Vec<Address>,
    /// The subject without its numbers, once it was asked for: each finding in the subject has the same fixes.
    pub(crate) removed: OnceCell<Removed>,
    /// The text of the draft, once it was asked for.
    #[cfg(feature = "content")]
    pub(super) body: OnceCell<Option<ReadBody>>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(policy: &'a Policy, draft: &'a Draft, language: Language) -> Self {
        let policy = policy.of_sender(draft.from.as_deref());
        let addresses: Vec<Address> =
            draft.recipients.iter().map(|recipient| address::parse(&recipient.address, &recipient.name)).collect();
        let mut case = Self {
            secure: secure::decide(policy, draft, &addresses),
            supposed_secure: Cell::new(false),
            numbers: cpr::find_on(&draft.subject, policy.words(), Some(draft.day())),
            spared: Vec::new(),
            draft,
            policy,
            language,
            addresses,
            removed: OnceCell::new(),
            #[cfg(feature = "content")]
            body: OnceCell::new(),
        };
        if !draft.not_cpr.is_empty() {
            let found = std::mem::take(&mut case.numbers);
            let (spared, left): (Vec<_>, Vec<_>) = found.into_iter().partition(|number| is_answered(&case, number));
            let written = |number: &Candidate| draft.subject.get(number.bytes.clone()).unwrap_or_default().to_owned();
            case.spared = spared.iter().map(written).collect();
            case.numbers = left;
        }
        case
    }

    /// What the words call the draft in running text: a meeting is no mail.
    pub(crate) fn the_mail(&self) -> &'static str {
        match self.draft.item {
            Item::Message => self.language.pick("mailen", "the mail"),
            Item::Appointment => self.language.pick("indkaldelsen", "the invitation"),
        }
    }

    /// The same at the beginning of a sentence.
    pub(crate) fn the_mail_first(&self) -> &'static str {
        match self.draft.item {
            Item::Message => self.language.pick("Mailen", "The mail"),
            Item::Appointment => self.language.pick("Indkaldelsen", "The invitation"),
        }
    }

    /// The recipients that are mailboxes, with their index in the draft: neither CPR numbers nor directory paths.
    pub(crate) fn mailboxes(&self) -> impl Iterator<Item = (usize, &Mailbox)> {
        self.addresses.iter().enumerate().filter_map(|(index, address)| match address {
            Address::Mailbox(mailbox) => Some((index, mailbox)),
            _ => None,
        })
    }

    /// The mailbox at which a finding is.
    pub(crate) fn mailbox_at(&self, hit: &Hit) -> Option<&Mailbox> {
        let At::Recipient(index) = hit.at else { return None };
        match self.addresses.get(index)? {
            Address::Mailbox(mailbox) => Some(mailbox),
            _ => None,
        }
    }

    /// Is it secure mail, or supposed to be?
    pub(crate) fn is_secure(&self) -> bool {
        self.secure.is_some() || self.supposed_secure.get()
    }

    /// Is it ordinary mail as far as could be read, and may a sign of secure mail be where Outlook did not tell?
    pub(crate) fn may_be_secure(&self) -> bool {
        self.secure.is_none() && secure::is_possible(self)
    }

    /// Did Outlook hold back some of the recipients?
    pub(crate) fn lacks_recipients(&self) -> bool {
        self.draft.unread.contains(&Unread::Recipients)
    }

    /// Is the address among the recipients?
    pub(crate) fn has(&self, address: &str) -> bool {
        let wanted = address::parse(address, "");
        self.addresses.contains(&wanted)
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

    /// The decision that a rule's findings lead to; `None` if the rule is off.
    pub(crate) fn decision(&self, rule: RuleName) -> Option<Decision> {
        let decision = rule.action(self.policy).decision()?;
        Some(match self.policy.file().mode {
            Mode::Enforce => decision,
            Mode::Advise => decision.min(Decision::Ask),
            Mode::Observe => Decision::Send,
        })
    }
}

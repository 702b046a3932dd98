//! What a rule is, and what it says.

use super::Case;
use crate::address::{Mailbox, domain};
use crate::draft::{Draft, Field, Recipient, RecipientKind};
use crate::policy::{Action, PolicyFile};
use crate::rule_name::RuleName;
use crate::text::clip;
use crate::verdict::{At, Fix};
use crate::{Both, Language};

/// One check of a draft, with its words.
pub struct Rule {
    /// Its name in a policy and in a verdict.
    pub name: RuleName,
    /// What it does when the policy does not say.
    pub default: Action,
    /// What it looks for, in one sentence.
    pub about: Both,
    pub(crate) check: fn(&Case) -> Vec<Hit>,
    pub(crate) words: fn(&Case, &[Hit], Language) -> Words,
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

/// One fault as the rule found it, not yet in words.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) at: At,
    pub(crate) evidence: Vec<String>,
    pub(crate) fixes: Vec<Fix>,
    /// What the words name: a masked number, a domain, an address of the policy. Never anything else of the draft.
    pub(crate) named: String,
}

impl Hit {
    /// A recipient of whom the words name the domain and nothing more. No fix is known.
    pub(super) fn at_domain(index: usize, mailbox: &Mailbox, evidence: &str) -> Self {
        Self {
            at: At::Recipient(index),
            evidence: vec![evidence.to_owned()],
            fixes: Vec::new(),
            named: clip(&domain::display(mailbox.domain()), 60),
        }
    }
}

/// What shows a rule at work: to readers of its documentation, and to the tests. The engine itself never names it, so
/// that the linker leaves it out.
pub struct Examples {
    /// Drafts on which the rule speaks, and drafts on which it must not.
    pub drafts: &'static [Example],
    /// Changes the made-up policy of the examples where another rule would speak in this one's place.
    pub policy: fn(&mut PolicyFile),
    /// Adds to a draft what brings out the longest words of the rule under a policy whose texts are all as long as they
    /// may be.
    pub longest: fn(&PolicyFile, &mut Draft),
}

/// A draft that shows what a rule does.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The subject.
    pub subject: &'static str,
    /// The recipients, each an address. `cc:`, `bcc:` or `list:` before it says what *To* and a single mailbox are not.
    pub to: &'static [&'static str],
    /// Does the rule speak?
    pub found: bool,
    /// Why, in English.
    pub because: &'static str,
}

impl Example {
    /// The example as a draft.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft::example(self.subject, self.to)
    }
}

impl Draft {
    /// A draft from short spellings: each recipient an address, with `cc:`, `bcc:` or `list:` before it where it is not
    /// a single mailbox in *To*.
    #[must_use]
    pub fn example(subject: &str, to: &[&str]) -> Self {
        let recipients = to.iter().map(|written| Recipient::example(written)).collect();
        Self { subject: subject.to_owned(), recipients, ..Self::default() }
    }
}

impl Recipient {
    fn example(written: &str) -> Self {
        let (mut recipient, mut address) = (Self::default(), written);
        while let Some((mark, rest)) = address.split_once(':') {
            match mark {
                "cc" => recipient.field = Field::Cc,
                "bcc" => recipient.field = Field::Bcc,
                "list" => recipient.kind = RecipientKind::List,
                _ => break,
            }
            address = rest;
        }
        Self { address: address.to_owned(), ..recipient }
    }
}

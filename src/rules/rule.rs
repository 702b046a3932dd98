//! What a rule is, and what it says.

use super::{Case, conversation};
use crate::Language;
use crate::address::{Mailbox, domain};
use crate::cpr::{Evidence, EvidenceSet};
use crate::draft::{Draft, Field, Recipient, RecipientKind};
use crate::policy::{Action, PolicyFile};
use crate::rule_name::RuleName;
use crate::text::clip;
use crate::verdict::At;

/// One check of a draft, with its words.
pub struct Rule {
    /// Its name in a policy and in a verdict.
    pub name: RuleName,
    /// What it does when the policy does not say.
    pub default: Action,
    pub(crate) check: fn(&Case) -> Vec<Hit>,
    pub(crate) words: fn(&Case, &[Hit], Language) -> Words,
}

/// What a rule says about its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// What is wrong.
    pub(crate) what: String,
    /// Why it matters.
    pub(crate) why: String,
    /// What to do.
    pub(crate) remedy: String,
}

/// A finding before it is put into words.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) at: At,
    pub(crate) basis: Basis,
    /// The one thing that the words may name: a masked number, a domain, or an address of the policy. Nothing else of the
    /// draft is ever repeated.
    pub(crate) named: String,
}

/// What a finding was taken from. A send asks for no names, so that its engine has none of those of numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Basis {
    /// The evidence for a number.
    Number(EvidenceSet),
    /// The one thing that the rule has to say of recipients.
    Recipients(&'static str),
}

impl Basis {
    /// The names of the evidence, strongest first.
    pub(crate) fn names(self) -> Vec<&'static str> {
        match self {
            Self::Number(evidence) => evidence.iter().map(Evidence::name).collect(),
            Self::Recipients(name) => vec![name],
        }
    }
}

impl Hit {
    /// A finding at a recipient, of whom the words name only the domain.
    pub(super) fn at_domain(index: usize, mailbox: &Mailbox, evidence: &'static str) -> Self {
        Self {
            at: At::Recipient(index),
            basis: Basis::Recipients(evidence),
            named: clip(&domain::display(mailbox.domain()), 60),
        }
    }
}

/// The policy under which the examples are judged, as JSON.
pub const EXAMPLES_POLICY: &str = r#"{
    "organisation": { "name": "Eksempel Kommune", "domains": ["eksempel.example.dk"] },
    "secureMail": { "tags": ["sikker"], "reaches": { "domains": ["region.example.dk"] } },
    "retiredMailboxes": [
        { "address": "opkraevning@gammel.example.dk", "since": "2026-05-01", "replacement": "opkraevning@ny.example.dk" },
        { "address": "*@lukket.example.dk" }
    ]
}"#;

/// What stands before a recipient of a reply when it was begun, in the notation of [`Draft::example`].
pub const BEGAN: &str = "began:";

/// What shows a rule at work, in its documentation and in the tests. The engine never refers to it, so that the linker
/// drops it.
pub struct Examples {
    /// Drafts in which the rule finds something, and drafts in which it must not.
    pub drafts: &'static [Example],
    /// Adapts the made-up policy of the examples, where another rule would otherwise take precedence.
    pub policy: fn(&mut PolicyFile),
    /// Adds to a draft what makes the rule say the most, under a policy in which every text is as long as allowed.
    pub longest: fn(&PolicyFile, &mut Draft),
}

/// A draft that shows what a rule does.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The subject.
    pub subject: &'static str,
    /// The recipients, as [`Draft::example`] takes them.
    pub to: &'static [&'static str],
    /// Does the rule find something?
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
    /// A draft in short notation. Each recipient is an address in *To*, unless `cc:`, `bcc:` or `list:` (a distribution
    /// list) comes before it. With [`BEGAN`] it is a recipient of the reply when it was begun.
    #[must_use]
    pub fn example(subject: &str, to: &[&str]) -> Self {
        let (mut began, mut recipients) = (Vec::new(), Vec::new());
        for written in to {
            match written.strip_prefix(BEGAN) {
                Some(written) => began.push(Recipient::example(written)),
                None => recipients.push(Recipient::example(written)),
            }
        }
        let conversation = conversation(&Self { recipients: began, ..Self::default() });
        Self { subject: subject.to_owned(), recipients, conversation, ..Self::default() }
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

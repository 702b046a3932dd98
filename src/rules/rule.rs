//! What a rule is, and what it says.

use super::{Case, conversation};
use crate::Language;
use crate::address::{Mailbox, domain};
use crate::cpr::{Evidence, EvidenceSet};
use crate::draft::{Attachment, Body, BodyKind, Draft, Field, Recipient, RecipientKind};
use crate::policy::{Action, Place, PolicyFile};
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

impl Rule {
    /// The rule, where the engine is compiled with the rules on what is read beyond subject and recipients. Elsewhere it finds
    /// nothing, and the compiler leaves its code out; no policy that has it on is loaded there ([`crate::policy::unpacked`]).
    pub(super) const fn of_content(self) -> Self {
        if cfg!(feature = "content") {
            return self;
        }
        let words = |_: &Case, _: &[Hit], _| Words { what: String::new(), why: String::new(), remedy: String::new() };
        Self { check: |_| Vec::new(), words, ..self }
    }
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
    /// The evidence for a number in earlier mail, which the user did not write.
    Quoted(EvidenceSet),
    /// Nothing was found, but something was not looked at.
    Unread(&'static str),
    /// One of the organisation's own patterns, where it was found, and whether it stops.
    Pattern(Place, bool),
}

impl Basis {
    /// The names of the evidence, strongest first.
    pub(crate) fn names(self) -> Vec<&'static str> {
        match self {
            Self::Number(evidence) => evidence.iter().map(Evidence::name).collect(),
            Self::Recipients(name) => vec![name],
            Self::Quoted(evidence) => evidence.iter().map(Evidence::name).collect(),
            Self::Unread(name) => vec![name],
            Self::Pattern(Place::Subject, _) => vec!["in-subject"],
            Self::Pattern(Place::Body, _) => vec!["in-body"],
            Self::Pattern(Place::Attachments, _) => vec!["in-attachment-name"],
        }
    }

    /// Is it never more than a question, whatever the policy lets the rule do?
    pub(crate) fn is_question(self) -> bool {
        matches!(self, Self::Quoted(_) | Self::Unread(_) | Self::Pattern(_, false))
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

/// What stands before the text of a draft, in the same notation.
pub const TEXT: &str = "text:";

/// What stands before the name of an attachment, in the same notation.
pub const ATTACHED: &str = "attached:";

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
    /// list) comes before it. With [`BEGAN`] it is a recipient of the reply when it was begun. [`TEXT`] is before a body of
    /// plain text, and [`ATTACHED`] before the name of a file.
    #[must_use]
    pub fn example(subject: &str, to: &[&str]) -> Self {
        let mut draft = Self { subject: subject.to_owned(), ..Self::default() };
        let mut began = Vec::new();
        for written in to {
            if let Some(written) = written.strip_prefix(BEGAN) {
                began.push(Recipient::example(written));
            } else if let Some(content) = written.strip_prefix(TEXT) {
                draft.body = Some(Body { kind: BodyKind::Text, content: content.to_owned(), cut: false });
            } else if let Some(name) = written.strip_prefix(ATTACHED) {
                draft.attachments.push(Attachment { name: name.to_owned(), ..Attachment::default() });
            } else {
                draft.recipients.push(Recipient::example(written));
            }
        }
        draft.conversation = conversation(&Self { recipients: began, ..Self::default() });
        draft
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

//! `unjudged-recipient`: a recipient has no address that the other rules could judge.

use super::{Case, Example, Examples, Hit, Rule, Words};
use crate::address::Address;
use crate::draft::Recipient;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::verdict::{At, Fix};
use crate::{Both, Language};

/// Off by default: Outlook gives a path in the directory for some colleagues too, and nobody is helped by a question about
/// each of them.
pub(super) static RULE: Rule = Rule { name: RuleName::UnjudgedRecipient, default: Action::Off, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En modtager har ingen mailadresse, som kan tjekkes.",
    en: "A recipient has no mail address that can be checked.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Referat",
            to: &["/o=Eksempel/ou=Exchange/cn=Recipients/cn=navn"],
            found: true,
            because: "a path in the Exchange directory, which Outlook gives for some contacts",
        },
        Example {
            subject: "Referat",
            to: &["Projektgruppen"],
            found: true,
            because: "a personal group, which has no address",
        },
        Example { subject: "Referat", to: &["kollega@eksempel.example.dk"], found: false, because: "a mail address" },
        Example {
            subject: "Referat",
            to: &["010203-1234"],
            found: false,
            because: "a CPR number as recipient is Digital Post",
        },
    ],
    policy: |_| {},
    longest: |_, draft| draft.recipients.push(Recipient { address: "/o=x/cn=x".to_owned(), ..Recipient::default() }),
};

fn check(case: &Case) -> Vec<Hit> {
    let evidence = |index: usize| match case.addresses.get(index) {
        Some(Address::Exchange) => "directory-path",
        _ => "no-address",
    };
    let hit =
        |index| Hit { at: At::Recipient(index), evidence: vec![evidence(index).to_owned()], named: String::new() };
    case.unjudged().into_iter().map(hit).collect()
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    Some(match evidence {
        "directory-path" => Both {
            da: "Outlook oplyser en sti i Exchange og ingen mailadresse.",
            en: "Outlook gives a path in Exchange and no mail address.",
        },
        _ => Both { da: "Outlook oplyser ingen mailadresse.", en: "Outlook gives no mail address." },
    })
}

pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(_: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [_] => language.pick("En modtager kunne ikke tjekkes.", "A recipient could not be checked.").to_owned(),
        _ => language.fill(
            "{} af modtagerne kunne ikke tjekkes.",
            "{} of the recipients could not be checked.",
            &[&hits.len().to_string()],
        ),
    };
    let why = language.pick(
        "Outlook oplyser ingen mailadresse, så Sendvagt kan ikke se, hvem det er.",
        "Outlook gives no mail address, so Sendvagt cannot see who it is.",
    );
    let remedy = match hits {
        [_] => language
            .pick("Tjek selv, at det er den rigtige modtager.", "Check yourself that it is the right recipient."),
        _ => language
            .pick("Tjek selv, at det er de rigtige modtagere.", "Check yourself that they are the right recipients."),
    };
    Words { what, why: why.to_owned(), remedy: remedy.to_owned() }
}

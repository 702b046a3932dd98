//! `unjudged-recipient`: a recipient has no address that the other rules could judge.

use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::address::Address;
use crate::draft::Recipient;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::decimal;
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
    let hit = |at, evidence: &'static str| Hit { at, basis: Basis::Recipients(evidence), named: String::new() };
    let mut hits = Vec::new();
    for (index, address) in case.addresses.iter().enumerate() {
        match address {
            Address::Mailbox(_) | Address::DigitalPost => {}
            Address::Exchange => hits.push(hit(At::Recipient(index), "directory-path")),
            Address::Unreadable => hits.push(hit(At::Recipient(index), "no-address")),
        }
    }
    if case.lacks_recipients() {
        hits.push(hit(At::Draft {}, "not-told"));
    }
    hits
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    Some(match evidence {
        "directory-path" => Both {
            da: "Outlook oplyser en sti i Exchange og ingen mailadresse.",
            en: "Outlook gives a path in Exchange and no mail address.",
        },
        "no-address" => Both { da: "Outlook oplyser ingen mailadresse.", en: "Outlook gives no mail address." },
        _ => Both { da: "Outlook oplyser kun de første modtagere.", en: "Outlook gives only the first recipients." },
    })
}

pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(_: &Case, hits: &[Hit], language: Language) -> Words {
    if hits.iter().any(|hit| hit.at == At::Draft {}) {
        let what = language.pick("Ikke alle modtagere kunne tjekkes.", "Not all recipients could be checked.");
        let why = language
            .pick("Der er flere, end Outlook oplyser til Sendvagt.", "There are more than Outlook tells Sendvagt.");
        let remedy = language.pick("Tjek selv, at det er de rigtige.", "Check yourself that they are the right ones.");
        return Words { what: what.to_owned(), why: why.to_owned(), remedy: remedy.to_owned() };
    }
    let what = match hits {
        [_] => language.pick("En modtager kunne ikke tjekkes.", "A recipient could not be checked.").to_owned(),
        _ => language.fill(
            "{} af modtagerne kunne ikke tjekkes.",
            "{} of the recipients could not be checked.",
            &[&decimal(hits.len())],
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

#[cfg(test)]
mod tests {
    use crate::{Draft, Language, Policy, Unread, check};

    #[test]
    fn recipients_that_outlook_held_back_are_asked_about_too() {
        let policy =
            Policy::new(serde_json::from_str(r#"{"rules":{"unjudged-recipient":"ask"}}"#).expect("the policy reads"));
        let draft = Draft { unread: vec![Unread::Recipients], ..Draft::example("Referat", &["a@b.dk", "/o=ex/cn=x"]) };
        let verdict = check(&policy, &draft, Language::Da);
        let cards: Vec<(&str, usize)> =
            verdict.cards.iter().map(|card| (card.what.as_str(), card.findings.len())).collect();
        assert_eq!(cards, [("Ikke alle modtagere kunne tjekkes.", 2)]);
    }
}

//! `unchecked-list`: a recipient is a distribution list whose members cannot be seen.

use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::draft::{Recipient, RecipientKind};
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::{At, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::UncheckedList, default: Action::Off, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En modtager er en distributionsliste, hvis medlemmer ikke kan ses.",
    en: "A recipient is a distribution list whose members cannot be seen.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Referat",
            to: &["list:alle@eksempel.example.dk"],
            found: true,
            because: "Outlook says that the recipient is a list",
        },
        Example { subject: "Referat", to: &["kollega@eksempel.example.dk"], found: false, because: "a single mailbox" },
    ],
    policy: |_| {},
    longest: |policy, draft| {
        let address = format!("alle@{}", policy.secure_mail.reaches.domains.concat());
        draft.recipients.push(Recipient { address, kind: RecipientKind::List, ..Recipient::default() });
    },
};

fn check(case: &Case) -> Vec<Hit> {
    case.lists()
        .map(|(index, _)| Hit { at: At::Recipient(index), basis: Basis::Recipients("list"), named: String::new() })
        .collect()
}
pub(super) fn because(_: &str) -> Option<Both> {
    Some(Both { da: "Outlook oplyser, at modtageren er en liste.", en: "Outlook says that the recipient is a list." })
}

pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [_] => language
            .pick("En modtager er en distributionsliste.".to_owned(), "A recipient is a distribution list.".to_owned()),
        _ => language.fill(
            "{} af modtagerne er distributionslister.",
            "{} of the recipients are distribution lists.",
            &[&decimal(hits.len())],
        ),
    };
    let why =
        language.pick("Sendvagt kan ikke se, hvem der står på listen.", "Sendvagt cannot see who is on the list.");
    let remedy = language.fill(
        "Tjek, at alle på listen må se {}.",
        "Make sure that everyone on the list may see {}.",
        &[case.the_mail()],
    );
    Words { what, why: why.to_owned(), remedy }
}

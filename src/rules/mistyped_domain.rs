//! `mistyped-domain`: a recipient's domain is one slip from one that the organisation knows.

use super::{Case, Example, Examples, Hit, Rule, Words};
use crate::address::Mailbox;
use crate::address::domain;
use crate::draft::Recipient;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::clip;
use crate::verdict::{At, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule {
    name: RuleName::MistypedDomain,
    default: Action::Ask,
    about: Both {
        da: "En modtagers domæne ligner et, som organisationen kender.",
        en: "A recipient's domain is one slip from one that the organisation knows.",
    },
    check,
    words,
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Referat",
            to: &["post@regoin.example.dk"],
            found: true,
            because: "two letters have changed places",
        },
        Example {
            subject: "Referat",
            to: &["borger@gmai1.com"],
            found: true,
            because: "the digit 1 looks like the letter l",
        },
        Example { subject: "Referat", to: &["post@region.example.dk"], found: false, because: "the domain is known" },
        Example {
            subject: "Referat",
            to: &["post@helt-andet.dk"],
            found: false,
            because: "it resembles no known domain",
        },
    ],
    policy: |_| {},
    longest: |policy, draft| {
        let known = policy.secure_mail.reaches.domains.concat();
        let address = format!("a@{}", known.replacen('r', "", 1));
        draft.recipients.push(Recipient { address, ..Recipient::default() });
    },
};

fn check(case: &Case) -> Vec<Hit> {
    let near = case.mailboxes().filter_map(|(index, mailbox)| Some((index, mailbox, right_domain(case, mailbox)?)));
    near.map(|(index, mailbox, right)| Hit {
        at: At::Recipient(index),
        evidence: vec!["one-slip".to_owned()],
        fixes: vec![fix(index, mailbox, &right, case.language)],
        named: domain::display(&right),
    })
    .collect()
}

/// The mailbox's domain without the slip. Labels below the known domain are kept.
fn right_domain(case: &Case, mailbox: &Mailbox) -> Option<String> {
    let known = case.policy.near(mailbox.domain())?;
    let depth = known.matches('.').count();
    let labels: Vec<&str> = mailbox.domain().split('.').collect();
    let kept = labels.len().saturating_sub(depth + 1);
    let below = labels.get(..kept).unwrap_or_default();
    Some(below.iter().copied().chain([known]).collect::<Vec<_>>().join("."))
}

fn fix(recipient: usize, mailbox: &Mailbox, right: &str, language: Language) -> Fix {
    let shown = clip(&domain::display(right), 48);
    let label = language.fill("Ret domænet til {}", "Correct the domain to {}", &[&shown]);
    Fix::Replace { recipient, address: [mailbox.local(), "@", right].concat(), label }
}

fn words(_: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => {
            let right = clip(&hit.named, 60);
            language.fill(
                "En modtagers domæne ligner »{}«, men er stavet anderledes.",
                "A recipient's domain looks like “{}”, but is spelt differently.",
                &[&right],
            )
        }
        _ => language.fill(
            "{} af modtagernes domæner ser ud til at være stavet forkert.",
            "{} of the recipients' domains seem to be misspelt.",
            &[&hits.len().to_string()],
        ),
    };
    let why = language
        .pick("Et enkelt bogstav kan sende mailen til en fremmed.", "A single letter can send the mail to a stranger.");
    let remedy = language.pick("Ret adressen, hvis det er en tastefejl.", "Correct the address if it is a slip.");
    Words { what, why: why.to_owned(), remedy: remedy.to_owned() }
}

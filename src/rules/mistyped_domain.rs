//! `mistyped-domain`: a recipient's domain is one slip from one that the organisation knows.

use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::address::{Mailbox, domain};
use crate::draft::Recipient;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::{clip, decimal};
use crate::verdict::{At, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::MistypedDomain, default: Action::Ask, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En modtagers adresse ligner en, som organisationen kender, men er skrevet anderledes.",
    en: "A recipient's domain is one typo away from one that the organisation knows.",
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
    let near = case.mailboxes().filter_map(|(index, mailbox)| Some((index, right_domain(case, mailbox)?)));
    near.map(|(index, right)| Hit {
        at: At::Recipient(index),
        basis: Basis::Recipients("one-slip"),
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
pub(super) fn because(_: &str) -> Option<Both> {
    Some(Both {
        da: "Domænet ligner et kendt domæne, men et tegn eller to er anderledes.",
        en: "The domain resembles a known one, but for a character or two.",
    })
}

pub(super) fn fixes(case: &Case, hit: &Hit) -> Vec<Fix> {
    fix(case, hit).into_iter().collect()
}

fn fix(case: &Case, hit: &Hit) -> Option<Fix> {
    let At::Recipient(recipient) = hit.at else { return None };
    let mailbox = case.mailbox_at(hit)?;
    let right = right_domain(case, mailbox)?;
    let shown = clip(&domain::display(&right), 48);
    let label = case.language.fill("Tilføj adressen på {}", "Add the address at {}", &[&shown]);
    let address = [mailbox.local(), "@", &right].concat();
    (!case.has(&address)).then_some(Fix::Add { recipient, address, label })
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => {
            let right = clip(&hit.named, 60);
            language.fill(
                "Er adressen skrevet rigtigt? Den ligner en på »{}«.",
                "Is the address spelt correctly? It looks like one at “{}”.",
                &[&right],
            )
        }
        _ => language.fill(
            "Er adresserne skrevet rigtigt? {} af dem ligner kendte adresser.",
            "Are the addresses spelt correctly? {} of them look like known ones.",
            &[&decimal(hits.len())],
        ),
    };
    let why = language.fill(
        "Er adressen forkert, kan {} havne hos en fremmed.",
        "If the address is wrong, a stranger may get {}.",
        &[case.the_mail()],
    );
    let is_there = |hit: &Hit| fix(case, hit).is_none();
    let remedy = match hits {
        [hit] if is_there(hit) => language.pick(
            "Er det en tastefejl, så fjern den. Den rigtige er der allerede.",
            "If it is a typo, remove it. The right one is there already.",
        ),
        [_] => language.pick("Ret adressen, hvis det er en tastefejl.", "Correct the address if it is a typo."),
        _ => language.pick("Ret dem, hvis det er tastefejl.", "Correct them if they are typos."),
    };
    Words { what, why, remedy: remedy.to_owned() }
}

//! `unsecured-recipient`: a secure mail goes to a recipient that secure mail does not reach.

use super::{Case, Example, Examples, Hit, Rule, Words, retired_mailbox};
use crate::address::{Mailbox, domain};
use crate::draft::Recipient;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::{clip, decimal};
use crate::verdict::{Decision, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::UnsecuredRecipient, default: Action::Stop, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En sikker mail er på vej til en modtager, der ikke kan få sikker post.",
    en: "A secure mail is addressed to a recipient that secure mail does not reach.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "[sikker] Handleplan",
            to: &["leder@firma.example.com"],
            found: true,
            because: "the policy does not name the domain among those that secure mail reaches",
        },
        Example {
            subject: "[sikker] Handleplan",
            to: &["post@region.example.dk"],
            found: false,
            because: "secure mail reaches the domain",
        },
        Example {
            subject: "[sikker] Handleplan",
            to: &["kollega@eksempel.example.dk"],
            found: false,
            because: "a colleague",
        },
        Example { subject: "Handleplan", to: &["leder@firma.example.com"], found: false, because: "an ordinary mail" },
        Example {
            subject: "[sikker] Handleplan",
            to: &["010203-1234"],
            found: false,
            because: "a CPR number as recipient is Digital Post",
        },
    ],
    policy: |_| {},
    longest: |_, draft| {
        let address = format!("a@{}.com", "u".repeat(60));
        draft.recipients.push(Recipient { address, ..Recipient::default() });
    },
};

fn check(case: &Case) -> Vec<Hit> {
    if !case.is_secure() {
        return Vec::new();
    }
    case.mailboxes()
        .filter(|(_, mailbox)| is_unsecured(case, mailbox))
        .map(|(index, mailbox)| Hit::at_domain(index, mailbox, "unreached"))
        .collect()
}

fn is_unsecured(case: &Case, mailbox: &Mailbox) -> bool {
    // A retired mailbox has to be replaced anyway, and its replacement is checked then.
    case.policy.knows_reach() && !case.policy.reaches(mailbox) && !retired_mailbox::reports(case, mailbox)
}

/// Does this rule report the mailbox? Then `private-mailbox`, which says less, stays silent.
pub(super) fn reports(case: &Case, mailbox: &Mailbox) -> bool {
    RULE.name.action(case.policy) != Action::Off && is_unsecured(case, mailbox)
}

pub(super) fn because(_: &str) -> Option<Both> {
    Some(Both {
        da: "Domænet står ikke på listen over dem, der kan få sikker post.",
        en: "The domain is not on the list of those that secure mail reaches.",
    })
}

/// None of its own: a slip in the domain is mended by the fix of `mistyped-domain`, and any recipient can be taken out.
pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => language.fill(
            "Modtageren på {} kan ikke få sikker post.",
            "Secure mail does not reach the recipient at {}.",
            &[&hit.named],
        ),
        _ => language.fill(
            "{} af modtagerne kan ikke få sikker post.",
            "Secure mail does not reach {} of the recipients.",
            &[&decimal(hits.len())],
        ),
    };
    let why = language.fill(
        "{} når ikke frem, eller den når frem ubeskyttet.",
        "{} does not arrive, or it arrives unprotected.",
        &[case.the_mail_first()],
    );
    Words { what, why, remedy: remedy(case, hits, language) }
}

fn remedy(case: &Case, hits: &[Hit], language: Language) -> String {
    if let Some(right) = near_domain(case, hits) {
        return language.fill(
            "Er adressen skrevet rigtigt? Den ligner en på »{}«.",
            "Is the address spelt correctly? It looks like one at “{}”.",
            &[&clip(&right, 60)],
        );
    }
    let is_private = |hit: &Hit| case.mailbox_at(hit).is_some_and(|mailbox| case.policy.is_private(mailbox.domain()));
    if hits.iter().all(is_private) {
        return language.pick("Send brevet som Digital Post i stedet.", "Send it as Digital Post instead.").to_owned();
    }
    let is_near = |hit: &Hit| case.mailbox_at(hit).is_some_and(|mailbox| case.policy.near(mailbox.domain()).is_some());
    if hits.iter().any(is_near) {
        return language
            .pick(
                "Tjek, om adresserne er skrevet rigtigt. Er de det, så send som Digital Post.",
                "Check whether the addresses are spelt correctly. If they are, send it as Digital Post.",
            )
            .to_owned();
    }
    let stops = case.decision(RULE.name) == Some(Decision::Stop);
    let owner = language.pick(
        if hits.len() == 1 { "modtagerens" } else { "modtagernes" },
        if hits.len() == 1 { "recipient's" } else { "recipients'" },
    );
    if stops {
        language.fill(
            "Brug {} adresse til sikker post, hvis der er en. Ellers send som Digital Post.",
            "Use the {} address for secure mail, if there is one. Otherwise send it as Digital Post.",
            &[owner],
        )
    } else {
        language.fill(
            "Brug hellere {} adresse til sikker post, hvis der er en. Ellers send som Digital Post.",
            "It is better to use the {} address for secure mail, if there is one. Otherwise send it as Digital Post.",
            &[owner],
        )
    }
}

/// The domain that was meant, if a single recipient has a slip in it.
fn near_domain(case: &Case, hits: &[Hit]) -> Option<String> {
    let [hit] = hits else { return None };
    case.policy.near(case.mailbox_at(hit)?.domain()).map(domain::display)
}

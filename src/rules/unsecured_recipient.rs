//! `unsecured-recipient`: a secure mail goes to a recipient that secure mail does not reach.

use super::{Case, Example, Examples, Hit, Rule, Words, retired_mailbox};
use crate::address::Mailbox;
use crate::draft::Recipient;
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::verdict::Decision;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule {
    name: RuleName::UnsecuredRecipient,
    default: Action::Stop,
    about: Both {
        da: "En sikker mail går til en modtager, som sikker post ikke kan nå.",
        en: "A secure mail goes to a recipient that secure mail does not reach.",
    },
    check,
    words,
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
    if case.secure.is_none() {
        return Vec::new();
    }
    case.mailboxes()
        .filter(|(_, mailbox)| is_unsecured(case, mailbox))
        .map(|(index, mailbox)| Hit::at_domain(index, mailbox, "policy"))
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

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => language.fill(
            "Sikker post kan ikke nå modtageren på {}.",
            "Secure mail does not reach the recipient at {}.",
            &[&hit.named],
        ),
        _ => language.fill(
            "Sikker post kan ikke nå {} af modtagerne.",
            "Secure mail does not reach {} of the recipients.",
            &[&hits.len().to_string()],
        ),
    };
    let why = language.pick(
        "Mailen når ikke frem, eller den når frem uden at være sikret.",
        "The mail does not arrive, or it arrives unprotected.",
    );
    let remedy = if case.decision(RULE.name) == Some(Decision::Stop) {
        language.pick(
            "Brug modtagerens sikre hovedpostkasse, eller send med Digital Post.",
            "Use the recipient's secure main mailbox, or send with Digital Post.",
        )
    } else {
        language.pick(
            "Brug hellere modtagerens sikre hovedpostkasse eller Digital Post.",
            "Better use the recipient's secure main mailbox or Digital Post.",
        )
    };
    Words { what, why: why.to_owned(), remedy: remedy.to_owned() }
}

//! `visible-recipients`: many outside recipients see each other's addresses.

use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::address::Mailbox;
use crate::address::index::Index;
use crate::draft::{Field, Item, Recipient};
use crate::policy::{Action, VisibleRecipients};
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::{At, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::VisibleRecipients, default: Action::Ask, check, words };

pub(super) static ABOUT: Both = Both {
    da: "Mange eksterne modtagere kan se hinandens mailadresser.",
    en: "Many outside recipients see each other's addresses.",
};

const CITIZENS: &[&str] =
    &["anna@gmail.com", "bo@gmail.com", "cc:carl@hotmail.com", "cc:dorte@icloud.com", "erik@live.dk"];

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Forældremøde",
            to: CITIZENS,
            found: true,
            because: "five addresses at private mail services in To and Cc",
        },
        Example {
            subject: "Forældremøde",
            to: &["anna@gmail.com", "bo@gmail.com", "cc:carl@hotmail.com", "bcc:dorte@icloud.com", "bcc:erik@live.dk"],
            found: false,
            because: "nobody sees who is in Bcc",
        },
        Example {
            subject: "Forældremøde",
            to: &["anna@gmail.com", "bo@gmail.com", "Anna@gmail.com", "bo+skole@gmail.com", "carl@hotmail.com"],
            found: false,
            because: "the same mailboxes again are no more people",
        },
        Example {
            subject: "Temadag",
            to: &["a@region.example.dk", "b@region.example.dk", "c@region.example.dk", "d@eksempel.example.dk"],
            found: false,
            because: "partners and colleagues know each other's addresses",
        },
    ],
    policy: |_| {},
    longest: |_, draft| {
        let citizen = |n: u32| Recipient { address: format!("borger{n}@gmail.com"), ..Recipient::default() };
        draft.recipients.extend((0..100).map(citizen));
    },
};

/// The outside recipients in *To* and *Cc*, with their index in the draft. Partners are not among them.
pub(crate) fn outside<'a>(case: &'a Case) -> impl Iterator<Item = (usize, &'a Mailbox)> {
    let is_visible =
        |index: usize| case.draft.recipients.get(index).is_some_and(|recipient| recipient.field != Field::Bcc);
    case.mailboxes().filter(move |(index, mailbox)| {
        is_visible(*index) && !case.policy.reaches(mailbox) && !case.policy.is_known(mailbox.domain())
    })
}

fn check(case: &Case) -> Vec<Hit> {
    let mut seen = Index::default();
    let visible: Vec<&Mailbox> = outside(case)
        .map(|(_, mailbox)| mailbox)
        .filter(|mailbox| {
            let is_new = !seen.contains(mailbox.address());
            seen.insert(mailbox.address().to_owned(), 0);
            is_new
        })
        .collect();
    let private = visible.iter().filter(|mailbox| case.policy.is_private(mailbox.domain())).count();
    let VisibleRecipients { private: few, outside: many } = case.policy.file().visible_recipients;
    let hit = |count: usize, evidence: &'static str| Hit {
        at: At::Draft {},
        basis: Basis::Recipients(evidence),
        named: decimal(count),
    };
    // Who is outside is known where the policy says who is inside.
    if case.policy.knows_itself() && visible.len() >= usize::from(many) {
        vec![hit(visible.len(), "many-outside")]
    } else if private >= usize::from(few) {
        vec![hit(private, "private-services")]
    } else {
        Vec::new()
    }
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    Some(match evidence {
        "many-outside" => Both {
            da: "De står i Til eller Cc og er hverken kolleger eller kendte samarbejdspartnere.",
            en: "They are in To or Cc, and are neither colleagues nor known partners.",
        },
        _ => Both {
            da: "De står i Til eller Cc med private mailadresser.",
            en: "They are in To or Cc with private mail addresses.",
        },
    })
}

/// A field is written anew without those who are moved. Where Outlook did not tell everyone in it, or somebody has no address
/// that could be written again, that could lose somebody.
pub(super) fn fixes(case: &Case, _: &Hit) -> Vec<Fix> {
    let is_writable = |recipient: &Recipient| recipient.address.contains('@');
    if case.draft.item == Item::Appointment || case.lacks_recipients() || !case.draft.recipients.iter().all(is_writable)
    {
        return Vec::new();
    }
    vec![Fix::MoveToBcc { label: case.language.pick("Flyt dem til Bcc", "Move them to Bcc").to_owned() }]
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let count = hits.first().map(|hit| hit.named.as_str()).unwrap_or_default();
    let what = language.fill(
        "{} eksterne modtagere kan se hinandens mailadresser.",
        "{} outside recipients can see each other's mail addresses.",
        &[count],
    );
    let why = language.fill(
        "Alene det, at de får {}, kan være fortroligt.",
        "That they get {} may be confidential in itself.",
        &[case.the_mail()],
    );
    let remedy = match case.draft.item {
        Item::Message => language.pick(
            "Flyt dem til Bcc, hvis de ikke må kende hinanden. Bcc skjuler kun adresserne: Send fortroligt indhold som Digital Post.",
            "Move them to Bcc if they should not know of each other. Bcc hides the addresses only: send confidential content as Digital Post.",
        ),
        Item::Appointment => language.pick(
            "Et møde har ingen Bcc. Indkald dem hver for sig, hvis de ikke må kende hinanden.",
            "A meeting has no Bcc. Invite them one by one if they should not know of each other.",
        ),
    };
    Words { what, why, remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::draft::{Field, Item, Unread};
    use crate::mend::mend;
    use crate::verdict::Fix;
    use crate::{Draft, Language, Policy, check};

    const OWN: &str = r#""organisation":{"domains":["own.dk"]},"knownDomains":["partner.dk"],
        "secureMail":{"domains":["sikker.dk"],"reaches":{"domains":["region.dk"]}}"#;

    fn policy(more: &str) -> Policy {
        Policy::new(serde_json::from_str(&format!("{{{OWN}{more}}}")).expect("the policy reads"))
    }

    fn many(count: usize, domain: &str) -> Vec<String> {
        (0..count).map(|n| format!("a{n}@{domain}")).collect()
    }

    fn draft(to: &[String]) -> Draft {
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        Draft::example("Temadag", &to)
    }

    fn found(policy: &Policy, draft: &Draft) -> Option<String> {
        let verdict = check(policy, draft, Language::Da);
        verdict.findings.into_iter().find(|one| one.rule == "visible-recipients").map(|one| one.what)
    }

    #[test]
    fn counts_those_who_are_outside_and_seen() {
        let standard = policy("");
        let cases = [
            ("few private ones", many(4, "gmail.com"), None),
            ("private ones", many(5, "gmail.com"), Some("5 ")),
            ("few of a firm", many(14, "firma.dk"), None),
            ("of a firm", many(15, "firma.dk"), Some("15 ")),
            ("of a firm and private ones", [many(11, "firma.dk"), many(4, "gmail.com")].concat(), Some("15 ")),
            ("colleagues", many(40, "own.dk"), None),
            ("known partners", many(40, "partner.dk"), None),
            ("whom secure mail reaches", many(40, "region.dk"), None),
            ("whose domain makes secure mail", many(40, "sikker.dk"), None),
            ("numbers, which are Digital Post", vec!["0102031234".to_owned(); 40], None),
            ("paths", vec!["/o=ex/cn=x".to_owned(); 40], None),
        ];
        for (name, to, expected) in cases {
            let what = found(&standard, &draft(&to));
            assert_eq!(what.is_some(), expected.is_some(), "{name}");
            assert!(what.unwrap_or_default().starts_with(expected.unwrap_or_default()), "{name}");
        }
    }

    #[test]
    fn the_policy_decides_how_many() {
        let fewer = policy(r#","visibleRecipients":{"private":2,"outside":3}"#);
        let nobody = Policy::default();
        for (name, policy, to, expected) in [
            ("two private ones", &fewer, many(2, "gmail.com"), true),
            ("two of a firm", &fewer, many(2, "firma.dk"), false),
            ("three of a firm", &fewer, many(3, "firma.dk"), true),
            ("without own domains nobody is known to be outside", &nobody, many(40, "own.dk"), false),
            ("but at a private mail service", &nobody, many(5, "gmail.com"), true),
        ] {
            assert_eq!(found(policy, &draft(&to)).is_some(), expected, "{name}");
        }
    }

    #[test]
    fn moves_all_outside_ones_to_bcc_and_nobody_else() {
        let policy = policy("");
        let to = [
            "a@own.dk",
            "b@gmail.com",
            "cc:c@gmail.com",
            "cc:d@region.dk",
            "e@gmail.com",
            "f@gmail.com",
            "cc:F@gmail.com",
            "g@firma.dk",
            "bcc:h@gmail.com",
            "cc:i@gmail.com",
        ];
        let draft = Draft::example("Temadag", &to);
        let change = mend(&policy, &draft, Language::Da, 0, 0).expect("a fix");
        let mended = change.applied_to(&draft);
        let seen: Vec<&str> = { mended.recipients.iter() }
            .filter(|one| one.field != Field::Bcc)
            .map(|one| one.address.as_str())
            .collect();
        assert_eq!(seen, ["a@own.dk", "d@region.dk"]);
        assert_eq!(mended.recipients.len(), draft.recipients.len());
        assert_eq!(found(&policy, &mended), None);
    }

    /// Writing a field anew could lose whom Outlook did not tell, or who has no address.
    #[test]
    fn offers_no_fix_that_could_lose_somebody() {
        let standard = policy("");
        let citizens = many(5, "gmail.com");
        let with = |more: &str| draft(&[citizens.clone(), vec![more.to_owned()]].concat());
        let cases = [
            ("citizens", draft(&citizens), true),
            ("a colleague among them", with("a@own.dk"), true),
            ("a group without an address", with("Projektgruppen"), false),
            ("a path", with("/o=ex/cn=x"), false),
            ("more than Outlook tells", Draft { unread: vec![Unread::Recipients], ..draft(&citizens) }, false),
            ("a meeting, which has no Bcc", Draft { item: Item::Appointment, ..draft(&citizens) }, false),
        ];
        for (name, draft, expected) in cases {
            let verdict = check(&standard, &draft, Language::Da);
            let offered =
                verdict.findings.iter().flat_map(|one| &one.fixes).any(|fix| matches!(fix, Fix::MoveToBcc { .. }));
            assert_eq!(offered, expected, "{name}");
        }
    }
}

//! `stranger-in-reply`: a reply goes to a domain that was not in the conversation when the reply was begun.
//!
//! Outlook takes a name of another organisation, and a stranger gets what all the others have written. A draft does not tell
//! who was in the conversation, but when a reply is begun its recipients are just they: [`conversation`] makes a note of
//! them, which the shell keeps with the draft. Without a note the rule is silent.
//!
//! A forward has no note: its recipients are all new, and who was in the conversation stands in its text alone. A rule that
//! asked about each would be answered without being read.

use super::{Case, Example, Examples, Hit, Rule, Words, retired_mailbox};
use crate::address::index::{Index, hash};
use crate::address::{self, Address, domain};
use crate::draft::{Draft, Recipient, Unread};
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::Fix;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::StrangerInReply, default: Action::Ask, check, words };

pub(super) static ABOUT: Both = Both {
    da: "Et svar går til et domæne, som ikke var med, da svaret blev begyndt.",
    en: "A reply goes to a domain that was not in the conversation when the reply was begun.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "SV: Referat",
            to: &["began:anne@eksempel.example.dk", "began:bo@firma.example.com", "carl@nabo.example.com"],
            found: true,
            because: "nobody at this domain was in the conversation",
        },
        Example {
            subject: "SV: Referat",
            to: &["began:anna@gmail.com", "anna2@gmail.com"],
            found: true,
            because: "at a private mail service each mailbox is somebody else",
        },
        Example {
            subject: "SV: Referat",
            to: &["began:bo@firma.example.com", "carl@firma.example.com", "dorte@post.firma.example.com"],
            found: false,
            because: "they are at the domain of somebody who was there, or below it",
        },
        Example {
            subject: "SV: Referat",
            to: &["began:bo@firma.example.com", "anne@eksempel.example.dk", "carl@region.example.dk"],
            found: false,
            because: "the organisation knows them",
        },
        Example { subject: "Referat", to: &["carl@nabo.example.com"], found: false, because: "it is no reply" },
    ],
    policy: |_| {},
    longest: |_, draft| {
        draft.conversation = conversation(&Draft::example("", &["anna@gmail.com"]));
        let address = format!("carl@{}.com", "s".repeat(60));
        draft.recipients.push(Recipient { address, ..Recipient::default() });
    },
};

/// How many different digests there are. The chance that a stranger is taken for somebody of a small conversation is one in
/// some three hundred, and some eighty of the domains below `.dk` alone share each digest, so that a note tells nobody who was there.
const DIGESTS: usize = 1 << 14;

/// A note of who is in the conversation to which this draft was just begun as a reply, for [`Draft::conversation`]: digests
/// of addresses and domains. `None` if Outlook does not tell.
#[must_use]
pub fn conversation(draft: &Draft) -> Option<String> {
    if draft.unread.contains(&Unread::Recipients) {
        return None;
    }
    let mut noted = Index::default();
    for recipient in &draft.recipients {
        if let Address::Mailbox(mailbox) = address::parse(&recipient.address, &recipient.name) {
            let domain = mailbox.domain();
            noted.insert(digest(mailbox.address()), 0);
            noted.insert(digest(domain), 0);
            above(domain).for_each(|parent| noted.insert(digest(&below(parent)), 0));
        }
    }
    (!noted.is_empty()).then(|| noted.texts().collect::<Vec<_>>().join(" "))
}

fn digest(text: &str) -> String {
    decimal(hash(text) as usize % DIGESTS)
}

/// What is noted of a domain when somebody below it is there.
fn below(domain: &str) -> String {
    [".", domain].concat()
}

/// The domains above one that are still mail domains.
fn above(domain: &str) -> impl Iterator<Item = &str> {
    domain::parents(domain).filter(|parent| parent.contains('.'))
}

fn check(case: &Case) -> Vec<Hit> {
    let policy = case.policy;
    let Some(note) = case.draft.conversation.as_ref().filter(|_| policy.knows_itself()) else { return Vec::new() };
    let noted = Index::of_words(note);
    let is_noted = |text: &str| noted.contains(&digest(text));
    let mut hits = Vec::new();
    for (index, mailbox) in case.mailboxes() {
        let domain = mailbox.domain();
        let is_private = policy.is_private(domain);
        let was_there = if is_private {
            is_noted(mailbox.address())
        } else {
            is_noted(domain) || is_noted(&below(domain)) || above(domain).any(is_noted)
        };
        let is_known = policy.reaches(mailbox) || policy.is_known(domain) || retired_mailbox::reports(case, mailbox);
        if !was_there && !is_known {
            hits.push(Hit::at_domain(index, mailbox, if is_private { "new-private-mailbox" } else { "new-domain" }));
        }
    }
    hits
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    Some(match evidence {
        "new-domain" => Both {
            da: "Ingen på det domæne var med, da du begyndte at svare, og det er ikke et kendt domæne.",
            en: "Nobody at that domain was there when you began the reply, and it is not a known one.",
        },
        _ => Both {
            da: "Den private mailadresse var ikke med, da du begyndte at svare.",
            en: "That private mail address was not there when you began the reply.",
        },
    })
}

/// None: Outlook lets no add-in take out one recipient.
pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(_: &Case, hits: &[Hit], language: Language) -> Words {
    let (what, remedy) = match hits {
        [hit] => (
            language.fill(
                "Skal modtageren på {} have svaret? Vedkommende var ikke med i samtalen.",
                "Should the recipient at {} get the reply? They were not in the conversation.",
                &[&hit.named],
            ),
            language.pick("Fjern modtageren, hvis det er en forkert.", "Remove the recipient if it is the wrong one."),
        ),
        _ => (
            language.fill(
                "Skal de have svaret? {} modtagere var ikke med i samtalen.",
                "Should they get the reply? {} recipients were not in the conversation.",
                &[&decimal(hits.len())],
            ),
            language.pick("Fjern dem, der ikke skal have det.", "Remove those who should not get it."),
        ),
    };
    let why = language
        .pick("Svaret kan rumme det, som de andre har skrevet.", "The reply may hold what the others have written.");
    Words { what, why: why.to_owned(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::draft::{Draft, Unread};
    use crate::rules::conversation;
    use crate::{Language, Policy, check};

    const POLICY: &str = r#"{
        "organisation": { "domains": ["own.dk"] },
        "knownDomains": ["partner.dk"],
        "secureMail": { "domains": ["sikker.dk"], "reaches": { "domains": ["region.dk"] } },
        "retiredMailboxes": [{ "address": "gammel@nabo.dk" }]
    }"#;

    /// Whom the rule asks about in a reply that is begun to some and sent to others, by index.
    fn asked(policy: &str, begun: &[&str], to: &[&str]) -> Vec<usize> {
        let conversation = conversation(&Draft::example("", begun));
        let draft = Draft { conversation, ..Draft::example("SV: Referat", to) };
        let policy = Policy::new(serde_json::from_str(policy).expect("the policy reads"));
        let findings = check(&policy, &draft, Language::Da).findings;
        let at = findings.iter().filter(|one| one.rule == "stranger-in-reply").map(|one| one.at.mark());
        at.map(|mark| mark.parse().expect("a recipient")).collect()
    }

    #[test]
    fn asks_about_those_who_were_not_there() {
        type Row<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [usize]);
        let cases: [Row; 16] = [
            ("another firm", &["a@firma.dk"], &["a@firma.dk", "b@nabo.dk"], &[1]),
            ("the same name at another domain", &["a@firma.dk"], &["a@firma.com"], &[0]),
            ("two strangers", &["a@firma.dk"], &["b@nabo.dk", "a@firma.dk", "c@anden.dk"], &[0, 2]),
            ("an internal conversation that goes out", &["a@own.dk"], &["a@own.dk", "b@firma.dk"], &[1]),
            ("somebody of the same firm", &["a@firma.dk"], &["a@firma.dk", "cc:b@firma.dk"], &[]),
            ("in other letters", &["A@Firma.DK"], &["b@firma.dk"], &[]),
            ("below a domain that was there", &["a@firma.dk"], &["b@post.firma.dk"], &[]),
            ("above a domain that was there", &["a@post.firma.dk"], &["b@firma.dk"], &[]),
            ("beside it", &["a@post.firma.dk"], &["b@anden.firma.dk"], &[0]),
            ("below the same ending", &["a@firma.co.uk"], &["b@nabo.co.uk"], &[0]),
            ("another citizen", &["a@gmail.com"], &["a@gmail.com", "b@gmail.com"], &[1]),
            ("the same citizen", &["a@gmail.com"], &["A+sag@gmail.com"], &[]),
            ("a colleague", &["a@firma.dk"], &["b@own.dk"], &[]),
            ("whom the policy knows", &["a@firma.dk"], &["b@partner.dk", "c@region.dk", "d@sikker.dk"], &[]),
            ("a mailbox that is stopped anyway", &["a@firma.dk"], &["gammel@nabo.dk"], &[]),
            ("neither numbers nor paths", &["a@firma.dk"], &["0102031234", "/o=ex/cn=x"], &[]),
        ];
        for (name, begun, to, expected) in cases {
            assert_eq!(asked(POLICY, begun, to), expected, "{name}");
        }
    }

    #[test]
    fn is_silent_where_it_knows_too_little() {
        let stranger: &[&str] = &["b@nabo.dk"];
        assert_eq!(asked(POLICY, &[], stranger), [0; 0], "nobody was there: a new mail, or Outlook did not tell");
        assert_eq!(asked(POLICY, &["/o=ex/cn=x"], stranger), [0; 0], "nobody with an address was there");
        assert_eq!(asked("{}", &["a@firma.dk"], stranger), [0; 0], "nothing is known to be outside");
        let more = Draft { unread: vec![Unread::Recipients], ..Draft::example("", &["a@firma.dk"]) };
        assert_eq!(conversation(&more), None, "there are more than Outlook tells");
    }

    /// A note comes back from a place that others can write to.
    #[test]
    fn takes_any_note() {
        let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
        for note in ["", " ", "x", "-1", "16384", "99999999999999999999999", "1 2 3", "1\t2"] {
            let draft = Draft { conversation: Some(note.to_owned()), ..Draft::example("SV:", &["b@nabo.dk"]) };
            assert_eq!(check(&policy, &draft, Language::Da).findings.len(), 1, "{note:?}");
        }
    }

    #[test]
    fn a_note_says_nothing_that_can_be_read() {
        let note = conversation(&Draft::example("", &["anne.holm@firma.dk", "b@own.dk"])).expect("a note");
        assert!(note.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '), "{note}");
        assert_eq!(note.split(' ').count(), 4, "two addresses and two domains");
        let same = conversation(&Draft::example("", &["anne.holm@firma.dk", "b@own.dk", "Anne.Holm@firma.dk"]));
        assert_eq!(same.as_deref(), Some(note.as_str()), "each is noted once");
    }
}

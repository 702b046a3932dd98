//! `retired-mailbox`: a recipient is a mailbox that nobody reads.

use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::address::Mailbox;
use crate::address::domain;
use crate::cpr::Date;
use crate::draft::Recipient;
use crate::policy::{Action, RetiredMailbox};
use crate::rule_name::RuleName;
use crate::text::{clip, decimal};
use crate::verdict::{At, Fix};
use crate::{Both, Language};

/// The most UTF-16 code units of an address that the words show.
const SHOWN: usize = 48;

pub(super) static RULE: Rule = Rule { name: RuleName::RetiredMailbox, default: Action::Stop, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En modtager er en nedlagt postkasse, som ingen læser.",
    en: "A recipient is a retired mailbox that nobody reads.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Opkrævning",
            to: &["opkraevning@gammel.example.dk"],
            found: true,
            because: "the policy names the mailbox as retired",
        },
        Example {
            subject: "Opkrævning",
            to: &["Opkraevning+sag7@GAMMEL.example.dk"],
            found: true,
            because: "case and plus tag make no other mailbox",
        },
        Example {
            subject: "Opkrævning",
            to: &["post@lukket.example.dk"],
            found: true,
            because: "the policy retires every mailbox there",
        },
        Example {
            subject: "Opkrævning",
            to: &["opkraevning@ny.example.dk"],
            found: false,
            because: "the new mailbox is read",
        },
    ],
    policy: |_| {},
    longest: |policy, draft| {
        let address = policy.retired_mailboxes.first().map(|entry| entry.address.clone()).unwrap_or_default();
        draft.recipients.push(Recipient { address, ..Recipient::default() });
    },
};

fn check(case: &Case) -> Vec<Hit> {
    let retired = case.mailboxes().filter_map(|(index, mailbox)| Some((index, case.policy.retired(mailbox)?)));
    retired
        .map(|(index, entry)| Hit {
            at: At::Recipient(index),
            basis: Basis::Recipients("retired"),
            named: entry.address.clone(),
        })
        .collect()
}

/// Does this rule report the mailbox?
pub(super) fn reports(case: &Case, mailbox: &Mailbox) -> bool {
    RULE.name.action(case.policy) != Action::Off && case.policy.retired(mailbox).is_some()
}
pub(super) fn because(_: &str) -> Option<Both> {
    Some(Both {
        da: "Postkassen står på listen over nedlagte postkasser.",
        en: "The mailbox is on the list of retired mailboxes.",
    })
}

pub(super) fn fixes(case: &Case, hit: &Hit) -> Vec<Fix> {
    fix(case, hit).into_iter().collect()
}

fn fix(case: &Case, hit: &Hit) -> Option<Fix> {
    let At::Recipient(recipient) = hit.at else { return None };
    let address = entry(case, hit)?.replacement.clone()?;
    let shown = clip(&address, SHOWN);
    let label = case.language.fill("Tilføj {}", "Add {}", &[&shown]);
    (!case.has(&address)).then_some(Fix::Add { recipient, address, label })
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let why = language.fill(
        "Ingen læser {}, og du får det ikke at vide.",
        "Nobody reads {}, and you will not be told.",
        &[case.the_mail()],
    );
    let (what, remedy) = match hits {
        [hit] => (one(case, hit, language), instead(case, hit, language)),
        _ => (
            language.fill(
                "{} af modtagerne er nedlagte postkasser.",
                "{} of the recipients are retired mailboxes.",
                &[&decimal(hits.len())],
            ),
            new_addresses(case, hits, language).to_owned(),
        ),
    };
    Words { what, why, remedy }
}

fn entry<'a>(case: &'a Case, hit: &Hit) -> Option<&'a RetiredMailbox> {
    case.policy.file().retired_mailboxes.iter().find(|entry| entry.address == hit.named)
}

fn one(case: &Case, hit: &Hit, language: Language) -> String {
    let since = entry(case, hit).and_then(|entry| entry.since.as_deref()).and_then(|day| date(day, language));
    let (subject, are) = mailbox_words(&hit.named, language);
    match (since, are) {
        (Some(day), false) => language.fill("{} blev nedlagt den {}.", "{} was retired on {}.", &[&subject, &day]),
        (Some(day), true) => language.fill("{} blev nedlagt den {}.", "{} were retired on {}.", &[&subject, &day]),
        (None, false) => language.fill("{} er nedlagt.", "{} is retired.", &[&subject]),
        (None, true) => language.fill("{} er nedlagt.", "{} are retired.", &[&subject]),
    }
}

/// What is retired, and whether it is several mailboxes. A pattern covers many, and which of them the mail goes to is the
/// user's business: only the policy's part is named.
fn mailbox_words(address: &str, language: Language) -> (String, bool) {
    match address.rsplit_once('@') {
        Some((local, below)) if local.contains('*') || below.starts_with("*.") => {
            let place = clip(&domain::display(below.strip_prefix("*.").unwrap_or(below)), SHOWN);
            if local == "*" {
                (language.fill("Alle postkasser på {}", "All mailboxes at {}", &[&place]), true)
            } else {
                (language.fill("Modtagerens postkasse på {}", "The recipient's mailbox at {}", &[&place]), false)
            }
        }
        _ => (language.fill("Postkassen {}", "The mailbox {}", &[&clip(address, SHOWN)]), false),
    }
}

fn instead(case: &Case, hit: &Hit, language: Language) -> String {
    match entry(case, hit).and_then(|entry| entry.replacement.as_deref()) {
        Some(address) if case.has(address) => language
            .pick("Fjern den. Den nye adresse er der allerede.", "Remove it. The new address is there already.")
            .to_owned(),
        Some(address) => {
            let shown = clip(address, SHOWN);
            language.fill("Send til {} i stedet.", "Send to {} instead.", &[&shown])
        }
        None => language
            .pick("Find den rigtige adresse, fx en hovedpostkasse.", "Find the right address, such as a main mailbox.")
            .to_owned(),
    }
}

/// What to do about several mailboxes, some of which may have no new address.
fn new_addresses(case: &Case, hits: &[Hit], language: Language) -> &'static str {
    let new = |hit: &Hit| entry(case, hit).and_then(|entry| entry.replacement.as_deref());
    let replaced = hits.iter().filter(|hit| new(hit).is_some()).count();
    if hits.iter().all(|hit| new(hit).is_some_and(|address| case.has(address))) {
        language
            .pick("Fjern dem. De nye adresser er der allerede.", "Remove them. The new addresses are there already.")
    } else if replaced == hits.len() {
        language.pick("Brug de nye adresser i stedet.", "Use the new addresses instead.")
    } else if replaced == 0 {
        language
            .pick("Find de rigtige adresser, fx hovedpostkasser.", "Find the right addresses, such as main mailboxes.")
    } else {
        language.pick("Brug de nye adresser, hvis de findes.", "Use the new addresses if there are any.")
    }
}

/// `2026-05-01` as people say it.
fn date(day: &str, language: Language) -> Option<String> {
    let date = Date::parse(day)?;
    let month = language.month(usize::from(date.month()))?;
    let (day, year) = (decimal(date.day().into()), decimal(date.year().into()));
    Some(language.fill("{}. {} {}", "{} {} {}", &[&day, month, &year]))
}

#[cfg(test)]
mod tests {
    use super::date;
    use crate::draft::{Draft, Recipient};
    use crate::{Language, Policy, check};

    /// The words once said to use the new addresses even where a mailbox has none.
    #[test]
    fn new_addresses_are_recommended_only_where_there_are_any() {
        let policy = r#"{"retiredMailboxes":[
            {"address":"a@x.dk","replacement":"ny@x.dk"},{"address":"b@x.dk","replacement":"ny@x.dk"},
            {"address":"c@x.dk"},{"address":"d@x.dk"}]}"#;
        let policy = Policy::new(serde_json::from_str(policy).expect("the policy reads"));
        for (to, expected) in [
            (["a@x.dk", "b@x.dk"], "Brug de nye adresser i stedet."),
            (["a@x.dk", "c@x.dk"], "Brug de nye adresser, hvis de findes."),
            (["c@x.dk", "d@x.dk"], "Find de rigtige adresser, fx hovedpostkasser."),
            (["a@x.dk", "e@x.dk"], "Send til ny@x.dk i stedet."),
            // The new address is added, and the old one is the user's to take out.
            (["a@x.dk", "Ny@x.dk"], "Fjern den. Den nye adresse er der allerede."),
        ] {
            let recipients = to.map(|address| Recipient { address: address.to_owned(), ..Recipient::default() });
            let draft = Draft { recipients: recipients.into(), ..Draft::default() };
            let alert = check(&policy, &draft, Language::Da).alert.expect("the mail is stopped");
            assert!(alert.text.contains(expected), "{to:?}: {}", alert.text);
        }
    }

    #[test]
    fn a_day_is_written_as_people_say_it() {
        let cases = [
            ("2026-05-01", Some("1. maj 2026"), Some("1 May 2026")),
            ("2025-12-31", Some("31. december 2025"), Some("31 December 2025")),
            ("2026-13-01", None, None),
            ("2026-00-01", None, None),
            ("maj", None, None),
        ];
        for (day, da, en) in cases {
            assert_eq!((date(day, Language::Da).as_deref(), date(day, Language::En).as_deref()), (da, en), "{day}");
        }
    }
}

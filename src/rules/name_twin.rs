//! `name-twin`: an outside recipient has the name of another recipient.
//!
//! Outlook completes a name while it is typed, and takes the wrong person of that name. Only the recipients are compared,
//! since a draft holds no address book. The sender is not among them: `anne.holm@` who writes to `anne.holm@` at a private
//! mail service means a mailbox of her own, and would be asked each time.
//!
//! One person with two addresses is the common innocent case. The question is right there too, for only one of the two may
//! have been meant, but each pair is asked about once: at the recipient who is farther from the organisation.

use super::{Case, Example, Examples, Hit, Rule, Words, retired_mailbox};
use crate::address::Mailbox;
use crate::address::index::Index;
use crate::draft::{Recipient, RecipientKind};
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::{decimal, is_alphanumeric, is_invisible, lower_char, trim};
use crate::verdict::Fix;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::NameTwin, default: Action::Ask, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En modtager uden for organisationen har samme navn som en anden modtager.",
    en: "A recipient outside the organisation has the same name as another recipient.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Referat",
            to: &["anne.holm@eksempel.example.dk", "cc:anne.holm@firma.example.com"],
            found: true,
            because: "a colleague and an outsider have the same name before the @",
        },
        Example {
            subject: "Referat",
            to: &["Holm, Anne <aho@eksempel.example.dk>", "Anne M. Holm (Firma A/S) <post@firma.example.com>"],
            found: true,
            because: "the display names are of one name",
        },
        Example {
            subject: "Referat",
            to: &["Søren Kjær <skj@region.example.dk>", "soeren.kjaer@firma.example.com"],
            found: true,
            because: "a display name and an address are of one name, and neither is a colleague",
        },
        Example {
            subject: "Referat",
            to: &["kommunen@eksempel.example.dk", "kommunen@nabo.example.dk", "sikker.post@nabo.example.dk"],
            found: false,
            because: "mailboxes of offices are called the same at many places",
        },
        Example {
            subject: "Referat",
            to: &["Lars Bjerg Jensen <a@eksempel.example.dk>", "Lars Holm Jensen <b@firma.example.com>"],
            found: false,
            because: "the middle names are different",
        },
        Example {
            subject: "Referat",
            to: &["anne.holm@eksempel.example.dk", "cc:Anne.Holm@eksempel.example.dk"],
            found: false,
            because: "it is the same mailbox",
        },
    ],
    policy: |_| {},
    longest: |policy, draft| {
        let outside = format!("{}.com", "t".repeat(60));
        for domain in [&policy.organisation.domains.concat(), &outside] {
            let address = format!("anne.holm@{domain}");
            draft.recipients.push(Recipient { address, ..Recipient::default() });
        }
    },
};

/// What stands in the name of an office and in no person's.
const OFFICE: [&str; 22] = [
    "afdeling",
    "afdelingen",
    "and",
    "borgerservice",
    "center",
    "digital",
    "faktura",
    "for",
    "info",
    "jobcenter",
    "kommune",
    "kontakt",
    "mail",
    "no",
    "og",
    "post",
    "region",
    "service",
    "sikker",
    "sikkerpost",
    "support",
    "team",
];

/// What stands before a name without being a part of it. What ends in a full stop is no part of it anyway.
const TITLES: [&str; 7] = ["advokat", "dr", "fru", "hr", "lage", "overlage", "professor"];

/// The most recipients who have the name of one other. A name at more places is that of an office, in a mail to many
/// authorities.
const MOST: usize = 2;

/// A name of a recipient.
struct Named<'a> {
    index: usize,
    mailbox: &'a Mailbox,
    name: String,
    /// The first and the last name.
    ends: String,
    /// How far the recipient is from the organisation: its own, whom secure mail reaches, anyone else.
    distance: u8,
}

impl Named<'_> {
    /// Of two with one name the question is at the one who is farther away, and of two strangers at either, but always at
    /// the same one: the order of the recipients decides nothing.
    fn is_before(&self, other: &Self) -> bool {
        match self.distance.checked_sub(other.distance) {
            Some(0) => self.mailbox.address() < other.mailbox.address(),
            farther => farther.is_none(),
        }
    }
}

fn check(case: &Case) -> Vec<Hit> {
    let names = names(case);
    // Each text has the number of whoever came first, and at that number the first by rank.
    let mut known = Index::default();
    let mut first: Vec<usize> = Vec::new();
    for (place, one) in names.iter().enumerate() {
        for text in [&one.name, &one.ends] {
            known.insert(text.clone(), first.len());
            first.push(place);
            let Some(there) = known.get(text).and_then(|number| first.get_mut(number)) else { continue };
            if names.get(*there).is_some_and(|there| one.is_before(there)) {
                *there = place;
            }
        }
    }
    let mut asked: Vec<(&Named, usize)> = Vec::new();
    let mut twins = vec![0; names.len()];
    for one in &names {
        let twin = [&one.name, &one.ends].into_iter().find_map(|text| {
            let twin = *first.get(known.get(text)?)?;
            let there = names.get(twin)?;
            // Different middle names are those of two persons.
            let is_same = there.name == *text || one.name == one.ends;
            let is_elsewhere = there.mailbox.domain() != one.mailbox.domain();
            (is_same && is_elsewhere && there.is_before(one)).then_some(twin)
        });
        let is_asked = asked.last().is_some_and(|(last, _)| last.index == one.index);
        if let Some(twin) = twin
            && one.distance > 0
            && !is_asked
        {
            asked.push((one, twin));
            twins.get_mut(twin).into_iter().for_each(|twins| *twins += 1);
        }
    }
    asked.retain(|(_, twin)| twins.get(*twin).is_some_and(|twins| *twins <= MOST));
    asked.iter().map(|(one, _)| Hit::at_domain(one.index, one.mailbox, "same-name")).collect()
}

/// A name without middle names, which is also that of everyone who has some.
fn ends(name: &str) -> String {
    let first = name.split_once(' ').map_or(name, |(first, _)| first);
    let last = name.rsplit_once(' ').map_or(name, |(_, last)| last);
    [first, " ", last].concat()
}

/// The names of the recipients: that which is shown, and that before the `@`. A recipient who has to be replaced anyway
/// has none: what takes its place would be its twin.
///
/// Before the `@` a person's name is put together by a full stop or `_`. A single word may be an office (`kommunen@`),
/// initials or a number, and so may words with a hyphen (`plan-byg@`).
fn names<'a>(case: &'a Case) -> Vec<Named<'a>> {
    let mut names = Vec::new();
    let policy = case.policy;
    let is_on = RuleName::MistypedDomain.action(policy) != Action::Off;
    for (index, mailbox) in case.mailboxes() {
        let Some(recipient) = case.draft.recipients.get(index) else { continue };
        let (local, domain) = (mailbox.local(), mailbox.domain());
        // Without domains of its own everybody is outside the organisation, and so is nobody.
        if policy.file().organisation.domains.is_empty()
            || recipient.kind == RecipientKind::List
            || retired_mailbox::reports(case, mailbox)
            || (is_on && policy.near(domain).is_some())
        {
            continue;
        }
        let distance = if policy.is_own(domain) { 0 } else { 2 - u8::from(policy.reaches(mailbox)) };
        let shown = if trim(&recipient.name).is_empty() { &recipient.address } else { &recipient.name };
        let is_put_together = local.bytes().any(|byte| matches!(byte, b'.' | b'_'));
        for (text, is_local) in [(shown.as_str(), false), (if is_put_together { local } else { "" }, true)] {
            let name = name(text, is_local);
            if name.contains(' ') {
                names.push(Named { index, mailbox, ends: ends(&name), name, distance });
            }
        }
    }
    names
}

/// The letters from ß to ÿ without what stands above them, as addresses have them. So are å, æ and ø.
const PLAIN: &[u8; 33] = b"saaaaaaaceeeeiiiidnooooo ouuuuyty";

/// A person's name in one spelling, the first name first, without what stands behind it ("Anne Holm (Firma A/S)"). In a
/// local part a full stop stands between words, in a name after a title or an initial.
fn name(text: &str, is_local: bool) -> String {
    let [mut name, mut last_name, mut word] = [const { String::new() }; 3];
    let mut before = ' ';
    for written in [text, ";"].concat().chars() {
        let mut c = lower_char(written);
        if let Some(plain) = u32::from(c).checked_sub(0xdf).and_then(|place| PLAIN.get(place as usize)) {
            c = char::from(*plain);
        }
        match (word.bytes().next_back(), c) {
            // aa, ae, oe and ue are written for å, æ, ø and ü.
            (Some(b'a' | b'o' | b'u'), 'e') | (Some(b'a'), 'a') | (_, '\'' | '\u{300}'..='\u{36f}') => {}
            _ if is_alphanumeric(c) && !c.is_ascii_digit() => word.push(c),
            _ if is_invisible(c) => {}
            (_, '@') => return String::new(),
            (_, '.') if !is_local => word.clear(),
            _ => {
                if OFFICE.contains(&word.as_str()) {
                    return String::new();
                }
                if word.len() > 1 && !TITLES.contains(&word.as_str()) {
                    if !name.is_empty() {
                        name.push(' ');
                    }
                    name.push_str(&word);
                }
                word.clear();
                let is_single = last_name.is_empty() && !name.contains(' ');
                match c {
                    ',' if is_single => last_name = std::mem::take(&mut name),
                    ',' | '(' | '[' | '{' | '<' | '|' | '/' | ';' => break,
                    '-' | '–' if before == ' ' => break,
                    _ => {}
                }
            }
        }
        before = c;
    }
    if !last_name.is_empty() && !name.is_empty() {
        name.push(' ');
        name.push_str(&last_name);
    }
    name
}

pub(super) fn because(_: &str) -> Option<Both> {
    Some(Both {
        da: "En modtager på et andet domæne har samme navn, eller det samme står før @.",
        en: "A recipient at another domain has the same name, or the same stands before the @.",
    })
}

/// None: only the user knows who was meant.
pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => language.fill(
            "Er modtageren på {} den rigtige? En anden modtager har samme navn.",
            "Is the recipient at {} the right one? Another recipient has the same name.",
            &[&hit.named],
        ),
        _ => language.fill(
            "Er det de rigtige? {} af modtagerne har samme navn som en anden modtager.",
            "Are they the right ones? {} of the recipients have the same name as another recipient.",
            &[&decimal(hits.len())],
        ),
    };
    let why = language.fill(
        "Outlook kan have foreslået en anden person med samme navn. Så får en fremmed {}.",
        "Outlook may have suggested another person of that name. Then a stranger gets {}.",
        &[case.the_mail()],
    );
    let remedy = match hits {
        [_] => language.fill(
            "Fjern den, der ikke skal have {}.",
            "Remove the one who should not get {}.",
            &[case.the_mail()],
        ),
        _ => language.fill(
            "Fjern dem, der ikke skal have {}.",
            "Remove those who should not get {}.",
            &[case.the_mail()],
        ),
    };
    Words { what, why, remedy }
}

#[cfg(test)]
mod tests {
    use crate::draft::{Draft, Item, Recipient, RecipientKind};
    use crate::verdict::{At, Verdict};
    use crate::{Language, Policy, check};

    const POLICY: &str = r#"{
        "organisation": { "domains": ["own.dk", "*.own.dk"] },
        "secureMail": { "reaches": { "domains": ["region.dk"] } },
        "retiredMailboxes": [{ "address": "anne.holm@gammel.dk", "replacement": "anne.holm@ny.dk" }]
    }"#;

    fn judged(policy: &str, recipients: Vec<Recipient>) -> Verdict {
        let policy = Policy::new(serde_json::from_str(policy).expect("the policy reads"));
        check(&policy, &Draft { recipients, ..Draft::default() }, Language::Da)
    }

    /// A display name and an address.
    fn recipient((name, address): (&str, &str)) -> Recipient {
        Recipient { name: name.to_owned(), address: address.to_owned(), ..Recipient::default() }
    }

    /// The indexes of the recipients at whom the rule asks.
    fn asked(policy: &str, recipients: Vec<Recipient>) -> Vec<usize> {
        let findings = judged(policy, recipients).findings.into_iter().filter(|one| one.rule == "name-twin");
        findings
            .filter_map(|one| match one.at {
                At::Recipient(index) => Some(index),
                _ => None,
            })
            .collect()
    }

    fn asked_of(recipients: &[(&str, &str)]) -> Vec<usize> {
        asked(POLICY, recipients.iter().copied().map(recipient).collect())
    }

    /// Is the recipient with this name taken for the colleague of that name?
    fn is_twin(colleague: &str, name: &str) -> bool {
        asked_of(&[(colleague, "c1@own.dk"), (name, "o1@firma.dk")]) == [1]
    }

    #[test]
    fn one_name_has_many_spellings() {
        for (name, other) in [
            ("Anne Holm", "ANNE HOLM"),
            ("Anne Holm", "Holm, Anne"),
            ("Anne Marie Holm", "Holm, Anne Marie"),
            ("Anne Marie Holm", "Anne-Marie Holm"),
            ("Anne Holm", "Anne Marie Holm"),
            ("Anne Marie Holm", "Anne Holm"),
            ("Anne Holm", "Anne M. Holm"),
            ("Anne Holm", "Anne M Holm"),
            ("Anne Holm", "dr. Anne Holm"),
            ("Anne Holm", "Dr Anne Holm, ph.d."),
            ("Anne Holm", "Advokat Anne Holm"),
            ("Pia Holm", "Overlæge Pia Holm"),
            ("Anne Holm", "Anne Holm (Firma A/S)"),
            ("Anne Holm", "Anne Holm [EKSTERN]"),
            ("Anne Holm", "Anne Holm | Firma"),
            ("Anne Holm", "Anne Holm/Firma"),
            ("Anne Holm", "Anne Holm; Firma"),
            ("Anne Holm", "Anne Holm - BUF"),
            ("Anne Holm", "Anne Holm – BUF"),
            ("Anne Holm", "Anne Holm, Børn og Unge"),
            ("Anne Holm", "Anne Holm <anne@firma.dk>"),
            ("Anne Holm", "\"Holm, Anne\" <anne@firma.dk>"),
            ("Anne Holm", "'Anne  Holm'"),
            ("Anne Holm", "\u{202b}Anne\u{a0}Holm\u{202c}"),
            ("Åse Kjær", "Aase Kjaer"),
            ("Åse Kjær", "ase kjær"),
            ("Åse Kjær", "A\u{30a}se Kjær"),
            ("Søren Bøgh", "Soeren Bogh"),
            ("Zoë Müller", "Zoe Mueller"),
            ("René Strauß", "Rene Straus"),
            ("Anne O'Neill", "Anne ONeill"),
            ("Ewa Łoś", "ewa łoś"),
            ("Анна Холм", "Анна Холм"),
            ("محمد علي", "محمد علي"),
        ] {
            assert!(is_twin(name, other), "{name:?} {other:?}");
        }
    }

    #[test]
    fn other_names_are_those_of_others() {
        for (name, other) in [
            ("Anne Holm", "Anna Holm"),
            ("Anne Holm", "Anne Holmgaard"),
            ("Anne Holm", "Bo Holm"),
            ("Anne Holm", "Holm Anne"),
            ("Anne Marie Holm", "Anne Kirstine Holm"),
            ("Anne", "Anne"),
            ("A. Holm", "A. Holm"),
            ("A Holm", "A Holm"),
            ("AHO", "AHO"),
            ("12 34", "12 34"),
            ("x", "x"),
            ("", ""),
            ("Teknik og Miljø", "Teknik og Miljø"),
            ("Digital Post", "Digital Post"),
            ("Team Nord", "Team Nord"),
            ("Hr. Holm", "Hr. Holm"),
            ("(Anne Holm)", "(Anne Holm)"),
            ("x@y.dk", "x@y.dk"),
            ("Анна Холм", "Нина Холм"),
            ("محمد علي", "محمد سعد"),
        ] {
            assert!(!is_twin(name, other), "{name:?} {other:?}");
        }
    }

    #[test]
    fn an_address_says_a_name_if_it_is_put_together_as_persons_are() {
        for (local, other, expected) in [
            ("anne.holm", "anne.holm", true),
            ("anne.holm", "Anne.Holm+nyt", true),
            ("anne.holm", "anne_holm", true),
            ("anne.holm", "anne.m.holm", true),
            ("anne.holm", "anne.marie.holm", true),
            ("anne-marie.holm", "anne.marie.holm", true),
            ("anne.holm", "anne.holm2", true),
            ("søren.kjær", "soeren.kjaer", true),
            ("kommunen", "kommunen", false),
            ("aho", "aho", false),
            ("1234", "1234", false),
            ("a.holm", "a.holm", false),
            ("a.h", "a.h", false),
            ("12.34", "12.34", false),
            ("plan-byg", "plan-byg", false),
            ("sikker.post", "sikker.post", false),
            ("no_reply", "no_reply", false),
            ("holm.anne", "anne.holm", false),
        ] {
            let twin = asked_of(&[("", &format!("{local}@own.dk")), ("", &format!("{other}@firma.dk"))]);
            assert_eq!(twin == [1], expected, "{local} {other}");
        }
    }

    /// The recipients, and those at whom the question is.
    #[test]
    fn each_pair_is_asked_about_once_at_the_one_who_is_farther_away() {
        let cases: [(&str, &[&str], &[usize]); 14] = [
            ("the colleague comes last", &["anne.holm@firma.dk", "anne.holm@own.dk"], &[0]),
            ("two colleagues", &["anne.holm@own.dk", "anne.holm@skole.own.dk"], &[]),
            ("of two strangers one", &["anne.holm@firma.dk", "anne.holm@a.dk"], &[0]),
            ("the same one in any order", &["anne.holm@a.dk", "anne.holm@firma.dk"], &[1]),
            ("a known partner is nearer", &["anne.holm@firma.dk", "anne.holm@region.dk"], &[0]),
            ("a known partner and a colleague", &["anne.holm@region.dk", "anne.holm@own.dk"], &[0]),
            ("without and with a middle name", &["anne.holm@firma.dk", "anne.marie.holm@a.dk"], &[1]),
            ("one mailbox twice", &["anne.holm@firma.dk", "anne.holm@firma.dk"], &[]),
            ("one domain", &["Anne Holm <a1@firma.dk>", "Anne Holm <a2@firma.dk>"], &[]),
            ("one outsider in two fields", &["anne.holm@own.dk", "anne.holm@a.dk", "anne.holm@a.dk"], &[1, 2]),
            ("two pairs", &["ib.dam@own.dk", "bo.ek@own.dk", "ib.dam@a.dk", "bo.ek@b.dk"], &[2, 3]),
            ("a name at three places", &["ib.dam@own.dk", "ib.dam@a.dk", "ib.dam@b.dk"], &[1, 2]),
            (
                "a name at four places is that of an office",
                &["byg.land@own.dk", "byg.land@a.dk", "byg.land@b.dk", "byg.land@c.dk", "ib.dam@own.dk", "ib.dam@d.dk"],
                &[5],
            ),
            ("a directory path tells no domain", &["/o=x/cn=anne.holm", "anne.holm@firma.dk"], &[]),
        ];
        for (name, to, expected) in cases {
            let recipients = Draft::example("", to).recipients;
            assert_eq!(asked(POLICY, recipients), expected, "{name}");
        }
    }

    #[test]
    fn it_is_silent_where_it_knows_too_little_or_another_rule_speaks() {
        const NOBODY: [usize; 0] = [];
        let to = |addresses: &[&str]| Draft::example("", addresses).recipients;
        assert_eq!(asked("{}", to(&["anne.holm@own.dk", "anne.holm@firma.dk"])), NOBODY, "nobody is a colleague");
        // Whose domain is mistyped has a question already, and what takes its place would be its twin.
        let mistyped = ["anne.holm@own.dk", "anne.holm@regoin.dk", "bo.ek@regoin.dk", "bo.ek@region.dk"];
        assert_eq!(asked(POLICY, to(&mistyped)), NOBODY);
        let off =
            r#"{"organisation":{"domains":["own.dk"]},"knownDomains":["region.dk"],"rules":{"mistyped-domain":"off"}}"#;
        assert_eq!(asked(off, to(&mistyped)), [1, 2]);
        assert_eq!(asked(POLICY, to(&["anne.holm@gammel.dk", "anne.holm@ny.dk"])), NOBODY, "the new mailbox");
        let list = Recipient { kind: RecipientKind::List, ..recipient(("Alle Ledere", "b@region.dk")) };
        assert_eq!(asked(POLICY, vec![recipient(("Alle Ledere", "a@own.dk")), list]), NOBODY, "a list is no person");
        let from = Draft { from: Some("anne.holm@own.dk".to_owned()), ..Draft::example("", &["anne.holm@gmail.com"]) };
        let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
        assert!(check(&policy, &from, Language::Da).findings.is_empty(), "a mailbox of the sender's own");
    }

    #[test]
    fn it_says_which_recipient_and_nothing_else_of_the_draft() {
        let pairs =
            ["Ib Dam <x@own.dk>", "Ib Dam <qqq@firma.dk>", "Bo Ek <y@own.dk>", "Bo Ek <zzz@æble.dk>"].as_slice();
        let cases = [
            (2, Language::Da, "Er modtageren på firma.dk den rigtige? En anden modtager har samme navn."),
            (2, Language::En, "Is the recipient at firma.dk the right one? Another recipient has the same name."),
            (4, Language::Da, "Er det de rigtige? 2 af modtagerne har samme navn som en anden modtager."),
            (4, Language::En, "Are they the right ones? 2 of the recipients have the same name as another recipient."),
        ];
        let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
        for (count, language, what) in cases {
            let draft = Draft { item: Item::Appointment, ..Draft::example("", &pairs[..count]) };
            let verdict = check(&policy, &draft, language);
            let [card] = verdict.cards.as_slice() else { panic!("one card") };
            assert_eq!(card.what, what);
            assert!(card.remedy.contains(language.pick("indkaldelsen", "the invitation")), "{}", card.remedy);
            let all = serde_json::to_string(&verdict).expect("a verdict is JSON").to_lowercase();
            for part in ["ib", "dam", "ek", "qqq", "zzz"] {
                assert!(!all.split(|c: char| !c.is_alphanumeric()).any(|word| word == part), "{part} in {all}");
            }
        }
    }

    #[test]
    fn any_name_of_any_length_is_read_in_linear_time() {
        let long = "Anne ".repeat(100_000);
        for name in
            [long.as_str(), &"<".repeat(500), &"&".repeat(500), &",.-@(".repeat(100), "\u{202e}\u{301}", "ß", "."]
        {
            assert!(asked_of(&[(name, "x@own.dk"), ("", "x@firma.dk")]).is_empty());
        }
        let many = (0..1000).map(|number| {
            // Each colleague has a twin.
            let word: String = (number / 2).to_string().bytes().map(|digit| char::from(digit - b'0' + b'k')).collect();
            recipient(("", &format!("ane.x{word}@{}", if number % 2 == 0 { "own.dk" } else { "firma.dk" })))
        });
        let twins: Vec<usize> = (1..1000).step_by(2).collect();
        assert_eq!(asked(POLICY, many.collect()), twins);
    }
}

//! The policy prepared for look-ups: hashed once, when it is loaded.

use std::sync::OnceLock;

use super::sought::Sought;
use super::{Citizen, Citizens, Mode, NeutralSubject, PolicyFile, RetiredMailbox, SecureMail};
use crate::address::domain::DomainSet;
use crate::address::index::Index;
use crate::address::lookalike::NearDomains;
use crate::address::{self, Address, Mailbox, PRIVATE_SERVICES};
use crate::cpr::ContextWords;
use crate::text::{lower, trim};
use crate::{Automaton, Language};

/// A policy prepared for checks.
#[derive(Clone, Debug)]
pub struct Policy {
    file: PolicyFile,
    own: DomainSet,
    secure_domains: DomainSet,
    secure_addresses: Index,
    secure_from: Index,
    reached: DomainSet,
    reached_addresses: Index,
    private: DomainSet,
    known: DomainSet,
    retired: Index,
    retired_patterns: Vec<(Pattern, usize)>,
    words: ContextWords,
    near: OnceLock<NearDomains>,
    /// The tables of the organisation's own patterns in use, one for each of their lines.
    #[cfg(feature = "content")]
    tables: Vec<Option<Automaton>>,
    /// The senders of the parts, mailboxes first, and the index of each one's part.
    senders: Vec<(Pattern, usize)>,
    parts: Vec<Policy>,
}

impl Default for Policy {
    fn default() -> Self {
        Self::new(PolicyFile::default())
    }
}

impl Policy {
    /// Prepares a policy. Invalid entries, such as a domain that is not one, are skipped; `sendvagt policy check` reports
    /// them, and packing rejects them.
    #[must_use]
    pub fn new(mut file: PolicyFile) -> Self {
        let secure = &file.secure_mail;
        let mut retired = Index::default();
        let mut retired_patterns = Vec::new();
        for (index, entry) in file.retired_mailboxes.iter().enumerate() {
            if entry.address.contains('*') {
                retired_patterns.extend(Pattern::new(&entry.address).map(|pattern| (pattern, index)));
            } else if let Some(address) = spelling(&entry.address) {
                retired.insert(address, index);
            }
        }
        let mut private = DomainSet::new(&file.private_services);
        for service in PRIVATE_SERVICES {
            private.insert(service);
        }
        Self {
            own: DomainSet::new(&file.organisation.domains),
            secure_domains: DomainSet::new(&secure.domains),
            secure_addresses: spellings(&secure.addresses),
            secure_from: spellings(&secure.from),
            reached: DomainSet::new(&secure.reaches.domains),
            reached_addresses: spellings(&secure.reaches.addresses),
            private,
            known: DomainSet::new(&file.known_domains),
            retired,
            retired_patterns,
            words: ContextWords::default().with_cpr(&file.words.cpr).with_other(&file.words.other),
            near: OnceLock::new(),
            #[cfg(feature = "content")]
            tables: file.sought.iter().map(|line| super::sought::table(line)).collect(),
            senders: senders(&file.parts),
            parts: std::mem::take(&mut file.parts).into_iter().map(Self::new).collect(),
            file,
        }
    }

    /// This policy and those of its parts.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        [self].into_iter().chain(&self.parts)
    }

    /// The policy for mail from an address: that of the part which names it, or else this one, which holds for all others.
    ///
    /// A mailbox goes before a domain, and otherwise the first part in which the sender is.
    #[must_use]
    pub fn of_sender(&self, from: Option<&str>) -> &Self {
        let part = || {
            self.parts.first()?;
            let Address::Mailbox(sender) = address::parse(from?, "") else { return None };
            let (_, part) = self.senders.iter().find(|(pattern, _)| pattern.matches(&sender))?;
            self.parts.get(*part)
        };
        part().unwrap_or(self)
    }

    /// The policy as it was written, without its parts.
    #[must_use]
    pub fn file(&self) -> &PolicyFile {
        &self.file
    }

    /// The policy as it was written, with its parts.
    #[must_use]
    pub fn whole_file(&self) -> PolicyFile {
        PolicyFile { parts: self.parts.iter().map(|part| part.file.clone()).collect(), ..self.file.clone() }
    }

    /// The language of all words: the policy's, or else the client's.
    #[must_use]
    pub fn language(&self, client: Language) -> Language {
        self.file.language.unwrap_or(client)
    }

    /// Is practice offered to users who have not practised yet? Never where the policy shows nothing at all.
    #[must_use]
    pub fn offers_practice(&self) -> bool {
        self.file.practice.offer && self.file.mode != Mode::Observe
    }

    /// The words that say what a number is: the built-in ones and those of the policy.
    #[must_use]
    pub fn words(&self) -> &ContextWords {
        &self.words
    }

    /// Does the policy say what secure mail is?
    #[must_use]
    pub fn knows_secure_mail(&self) -> bool {
        let SecureMail { from, tags, domains, addresses, labels, headers, every_external, how: _, reaches: _ } =
            &self.file.secure_mail;
        let named = [from, tags, domains, addresses, labels].iter().any(|list| !list.is_empty());
        named || !headers.is_empty() || *every_external
    }

    /// The organisation's own patterns in use.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = Sought<'_>> {
        #[cfg(feature = "content")]
        let tables = self.tables.as_slice();
        #[cfg(not(feature = "content"))]
        let tables: &[Option<Automaton>] = &[];
        self.file.sought.iter().zip(tables).map(|(line, table)| Sought::new(line, table.as_ref()))
    }

    /// What the subject becomes when nothing is left of it.
    #[must_use]
    pub fn neutral_subject(&self, language: Language) -> &str {
        let NeutralSubject { da, en } = &self.file.neutral_subject;
        language.pick(da, en)
    }

    /// The word for the person whose number is taken out of a subject, or for several persons.
    #[must_use]
    pub fn citizen(&self, several: bool, language: Language) -> &str {
        let Citizen { da, en } = &self.file.citizen;
        let Citizens { da: many_da, en: many_en } = &self.file.citizens;
        if several { language.pick(many_da, many_en) } else { language.pick(da, en) }
    }

    pub(crate) fn is_own(&self, domain: &str) -> bool {
        self.own.contains(domain)
    }

    /// Does the policy name the organisation's own domains? Without them everybody is outside, and so is nobody.
    #[must_use]
    pub fn knows_itself(&self) -> bool {
        !self.own.is_empty()
    }

    /// Is it one of the domains that the organisation often writes to?
    pub(crate) fn is_known(&self, domain: &str) -> bool {
        self.known.contains(domain)
    }

    pub(crate) fn is_secure_domain(&self, domain: &str) -> bool {
        self.secure_domains.contains(domain)
    }

    pub(crate) fn is_secure_address(&self, mailbox: &Mailbox) -> bool {
        !self.secure_addresses.is_empty() && self.secure_addresses.contains(mailbox.address())
    }

    pub(crate) fn is_secure_sender(&self, mailbox: &Mailbox) -> bool {
        self.secure_from.contains(mailbox.address())
    }

    pub(crate) fn is_private(&self, domain: &str) -> bool {
        self.private.contains(domain)
    }

    /// Does the policy say whom secure mail reaches?
    pub(crate) fn knows_reach(&self) -> bool {
        !self.reached.is_empty() || !self.reached_addresses.is_empty()
    }

    /// Does secure mail reach this mailbox? It reaches the organisation itself and everyone whom the policy names.
    pub(crate) fn reaches(&self, mailbox: &Mailbox) -> bool {
        self.is_own(mailbox.domain())
            || self.reached.contains(mailbox.domain())
            || self.reached_addresses.contains(mailbox.address())
            || self.is_secure_domain(mailbox.domain())
            || self.is_secure_address(mailbox)
    }

    /// The policy's entry for a mailbox that is retired.
    #[must_use]
    pub fn retired(&self, mailbox: &Mailbox) -> Option<&RetiredMailbox> {
        let exact = self.retired.get(mailbox.address());
        let index = exact.or_else(|| {
            let hit = self.retired_patterns.iter().find(|(pattern, _)| pattern.matches(mailbox));
            hit.map(|(_, index)| *index)
        })?;
        self.file.retired_mailboxes.get(index)
    }

    /// Is this the address of a retired mailbox?
    #[must_use]
    pub fn retires(&self, address: &str) -> bool {
        match address::parse(address, "") {
            Address::Mailbox(mailbox) => self.retired(&mailbox).is_some(),
            _ => false,
        }
    }

    /// The known domain from which `domain` differs by one slip.
    pub(crate) fn near(&self, domain: &str) -> Option<&str> {
        let near = self.near.get_or_init(|| {
            let known = [&self.own, &self.secure_domains, &self.reached, &self.private];
            let mut near = NearDomains::default();
            for set in known {
                near.extend(set);
            }
            near.extend(&self.known);
            near
        });
        near.nearest(domain)
    }
}

/// A mailbox pattern: `*` before the `@` matches any characters, `*.` at the start of the domain every domain below it.
#[derive(Clone, Debug)]
struct Pattern {
    local: Vec<String>,
    domains: DomainSet,
}

impl Pattern {
    fn new(text: &str) -> Option<Self> {
        let (local, domain) = trim(text).rsplit_once('@')?;
        let domains = DomainSet::new(&[domain.to_owned()]);
        let local = lower(local).split('*').map(str::to_owned).collect();
        (!domains.is_empty()).then_some(Self { local, domains })
    }

    fn matches(&self, mailbox: &Mailbox) -> bool {
        self.domains.contains(mailbox.domain()) && matches_parts(&self.local, mailbox.local())
    }
}

/// Does the text consist of these parts in this order, with anything between them?
fn matches_parts(parts: &[String], text: &str) -> bool {
    let Some((first, rest)) = parts.split_first() else {
        return text.is_empty();
    };
    let Some((last, middle)) = rest.split_last() else {
        return first == text;
    };
    let Some(mut left) = text.strip_prefix(first.as_str()).and_then(|left| left.strip_suffix(last.as_str())) else {
        return false;
    };
    for part in middle {
        match after(left, part) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    true
}

/// The rest of a text after the first `part`. It tries every position: addresses are short, and a search for long texts
/// would make up a hundredth of the engine.
fn after<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    places.filter_map(|at| text.get(at..)).find_map(|rest| rest.strip_prefix(part))
}

/// A sender that is no mailbox is a domain, from which every mailbox sends.
fn senders(parts: &[PolicyFile]) -> Vec<(Pattern, usize)> {
    let mut found = Vec::new();
    for is_mailbox in [true, false] {
        for (part, file) in parts.iter().enumerate() {
            let senders = file.senders.iter().filter(|sender| sender.contains('@') == is_mailbox);
            let every = if is_mailbox { "" } else { "*@" };
            found.extend(senders.filter_map(|sender| Some((Pattern::new(&[every, sender].concat())?, part))));
        }
    }
    found
}

fn spellings(addresses: &[String]) -> Index {
    let mut index = Index::default();
    addresses.iter().filter_map(|address| spelling(address)).for_each(|address| index.insert(address, 0));
    index
}

fn spelling(text: &str) -> Option<String> {
    match address::parse(text, "") {
        Address::Mailbox(mailbox) => Some(mailbox.address().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Policy, PolicyFile, RetiredMailbox};
    use crate::address::Mailbox;
    use crate::cpr::{Grade, find};
    use crate::policy::Organisation;

    fn mailbox(local: &str, domain: &str) -> Mailbox {
        Mailbox::new(local, domain)
    }

    #[test]
    fn a_pattern_covers_mailboxes() {
        let cases = [
            ("*@gammel.dk", "post", "gammel.dk", true),
            ("*@gammel.dk", "post", "ny.gammel.dk", false),
            ("*@*.gammel.dk", "post", "ny.gammel.dk", true),
            ("post@*.gammel.dk", "post", "ny.gammel.dk", true),
            ("post@*.gammel.dk", "postkasse", "ny.gammel.dk", false),
            ("post*@gammel.dk", "postkasse", "gammel.dk", true),
            ("*post@gammel.dk", "postkasse", "gammel.dk", false),
            ("a*b*c@gammel.dk", "a1b2c", "gammel.dk", true),
            ("a*b*c@gammel.dk", "ac", "gammel.dk", false),
            ("aa*aa@gammel.dk", "aaa", "gammel.dk", false),
        ];
        for (pattern, local, domain, expected) in cases {
            let pattern = Pattern::new(pattern);
            assert_eq!(pattern.is_some_and(|p| p.matches(&mailbox(local, domain))), expected, "{local}@{domain}");
        }
    }

    #[test]
    fn an_empty_policy_knows_nobody() {
        let policy = Policy::default();
        assert!(policy.retired(&mailbox("post", "eksempel.dk")).is_none());
        assert!(!policy.knows_reach());
        assert!(!policy.retires("post@eksempel.dk"));
    }

    #[test]
    fn the_part_of_the_sender_holds() {
        let part = |name: &str, senders: &[&str]| PolicyFile {
            organisation: Organisation { name: name.to_owned(), ..Organisation::default() },
            senders: senders.iter().map(|sender| (*sender).to_owned()).collect(),
            ..PolicyFile::default()
        };
        let parts = vec![
            part("vest", &["vest.dk", "*.vest.dk"]),
            part("øst", &["øst.dk", "faelles@vest.dk"]),
            part("nord", &["vest.dk"]),
        ];
        let file = PolicyFile { parts, ..part("alle", &[]) };
        let policy = Policy::new(file.clone());
        assert_eq!(policy.whole_file(), file);
        for (from, expected) in [
            (Some("a@vest.dk"), "vest"),
            (Some("A@Skole.VEST.dk"), "vest"),
            (Some("Fælles <faelles@vest.dk>"), "øst"),
            (Some("a@øst.dk"), "øst"),
            (Some("a@xn--st-kka.dk"), "øst"),
            (Some("a@sydvest.dk"), "alle"),
            (Some("vest.dk"), "alle"),
            (Some("010203-1234"), "alle"),
            (Some(""), "alle"),
            (None, "alle"),
        ] {
            assert_eq!(policy.of_sender(from).file().organisation.name, expected, "{from:?}");
        }
    }

    #[test]
    fn the_words_of_the_policy_are_heard() {
        let file = r#"{"words":{"cpr":["borgerid"],"other":["novasag"]}}"#;
        let policy = Policy::new(serde_json::from_str(file).unwrap());
        let grades = |subject| find(subject, policy.words()).into_iter().map(|one| one.grade).collect::<Vec<_>>();
        assert_eq!(grades("borgerid 0102031234"), [Grade::Certain]);
        assert_eq!(grades("novasag 0102031234"), []);
        assert_eq!(grades("vedr. 0102031234"), [Grade::Possible]);
    }

    #[test]
    fn an_address_is_read_before_it_is_looked_up() {
        let entry = RetiredMailbox { address: "post@gammel.dk".to_owned(), since: None, replacement: None };
        let policy = Policy::new(PolicyFile { retired_mailboxes: vec![entry], ..PolicyFile::default() });
        for (address, expected) in [
            ("post@gammel.dk", true),
            ("Post+sag@GAMMEL.dk", true),
            ("Posten <post@gammel.dk>", true),
            ("post@ny.dk", false),
            ("010203-1234", false),
            ("", false),
        ] {
            assert_eq!(policy.retires(address), expected);
        }
    }
}

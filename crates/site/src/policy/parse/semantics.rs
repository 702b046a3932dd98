//! What the entries mean: a policy that reads may still be nonsense.

use std::collections::HashMap;

use serde_json::Value;

use super::Problem;
use super::positions::Places;
use sendvagt::address::{self, Address, PRIVATE_SERVICES, domain};
use sendvagt::{Policy, PolicyFile, cpr};

/// Every entry that means nothing, or contradicts another.
pub(super) fn problems(file: &PolicyFile, places: &Places) -> Vec<Problem> {
    let policy = Policy::new(file.clone());
    let mut check = Check { file, policy: &policy, places, problems: Vec::new() };
    check.organisation();
    check.secure_mail();
    check.retired_mailboxes();
    check.private_services();
    check.domains("/knownDomains", &file.known_domains);
    check.neutral_subject();
    check.words("/words/cpr", &file.words.cpr);
    check.words("/words/other", &file.words.other);
    check.problems
}

/// Every text that holds a line break or another control character. Each is shown on one line or compared with one, and
/// the pack keeps one entry a line.
pub(super) fn broken_texts(value: &Value, places: &Places) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::String(text) if text.chars().any(char::is_control) => {
                let message = "the text must stand on one line, without tabs and other control characters";
                problems.push(places.value(&pointer, message.to_owned()));
            }
            Value::Array(entries) => {
                open.extend(entries.iter().enumerate().map(|(index, entry)| (format!("{pointer}/{index}"), entry)));
            }
            Value::Object(entries) => {
                let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
                open.extend(entries.iter().map(|(key, entry)| (format!("{pointer}/{}", escaped(key)), entry)));
            }
            _ => {}
        }
    }
    problems
}

struct Check<'a> {
    file: &'a PolicyFile,
    /// The same, ready for look-ups.
    policy: &'a Policy,
    places: &'a Places<'a>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn report(&mut self, pointer: &str, message: impl Into<String>) {
        self.problems.push(self.places.value(pointer, message.into()));
    }

    fn organisation(&mut self) {
        let organisation = &self.file.organisation;
        self.domains("/organisation/domains", &organisation.domains);
        self.link("/organisation/help", organisation.help.as_deref());
        self.link("/practice/course", self.file.practice.course.as_deref());
    }

    fn link(&mut self, pointer: &str, link: Option<&str>) {
        if link.is_some_and(|link| !is_https(link)) {
            self.report(pointer, "a link that begins with https:// is expected here, without blanks or brackets");
        }
    }

    fn secure_mail(&mut self) {
        let secure = &self.file.secure_mail;
        self.addresses("/secureMail/from", &secure.from);
        self.addresses("/secureMail/addresses", &secure.addresses);
        self.addresses("/secureMail/reaches/addresses", &secure.reaches.addresses);
        self.domains("/secureMail/domains", &secure.domains);
        self.domains("/secureMail/reaches/domains", &secure.reaches.domains);
        self.words("/secureMail/tags", &secure.tags);
        self.words("/secureMail/labels", &secure.labels);
        for (index, header) in secure.headers.iter().enumerate() {
            let is_token = |byte: u8| byte.is_ascii_graphic() && byte != b':';
            if header.name.is_empty() || !header.name.bytes().all(is_token) {
                let message = "a header's name has letters, digits and hyphens only, as in \"x-sikker\"";
                self.report(&format!("/secureMail/headers/{index}/name"), message);
            }
        }
        if secure.every_external && self.file.organisation.domains.is_empty() {
            let message = "which mail is external is known only when organisation.domains names the own domains";
            self.report("/secureMail/everyExternal", message);
        }
    }

    fn retired_mailboxes(&mut self) {
        let mut seen = HashMap::new();
        for (index, entry) in self.file.retired_mailboxes.iter().enumerate() {
            let pointer = format!("/retiredMailboxes/{index}");
            self.retired_address(&format!("{pointer}/address"), &entry.address);
            if let Some(first) = seen.insert(entry.address.trim().to_lowercase(), index) {
                self.report(&format!("{pointer}/address"), format!("the same mailbox stands at [{first}] already"));
            }
            if entry.since.as_deref().is_some_and(|day| !is_day(day)) {
                self.report(&format!("{pointer}/since"), "this day does not exist; write it as \"2026-05-01\"");
            }
            if let Some(replacement) = &entry.replacement {
                self.replacement(&format!("{pointer}/replacement"), &entry.address, replacement);
            }
        }
    }

    fn retired_address(&mut self, pointer: &str, text: &str) {
        let Some((_, domain)) = text.trim().rsplit_once('@').filter(|_| text.contains('*')) else {
            return self.address(pointer, text);
        };
        if let Some(fault) = domain_fault(domain) {
            return self.report(pointer, fault);
        }
        let local = text.trim().split('@').next().unwrap_or_default();
        let own = self.file.organisation.domains.iter().filter_map(|own| domain::normalise(own));
        if local == "*" && own.into_iter().any(|own| domain::normalise(domain).as_ref() == Some(&own)) {
            self.report(pointer, "this retires every mailbox of one of the organisation's own domains");
        }
    }

    fn replacement(&mut self, pointer: &str, address: &str, replacement: &str) {
        let Address::Mailbox(mailbox) = address::parse(replacement, "") else {
            return self.address(pointer, replacement);
        };
        if matches!(address::parse(address, ""), Address::Mailbox(retired) if retired == mailbox) {
            return self.report(pointer, "the mailbox is replaced by itself; name another, or leave the key out");
        }
        if self.policy.retired(&mailbox).is_some() {
            self.report(pointer, "this mailbox is retired too; name the one that is read");
        }
    }

    fn private_services(&mut self) {
        self.domains("/privateServices", &self.file.private_services);
        let private = self.file.private_services.iter().map(String::as_str).chain(PRIVATE_SERVICES.iter().copied());
        let private: Vec<String> = private.filter_map(domain::normalise).collect();
        for (index, own) in self.file.organisation.domains.iter().enumerate() {
            if domain::normalise(own).is_some_and(|own| private.contains(&own)) {
                let message = "this is a private mail service as well; a domain cannot be both";
                self.report(&format!("/organisation/domains/{index}"), message);
            }
        }
    }

    fn neutral_subject(&mut self) {
        let neutral = &self.file.neutral_subject;
        let words = cpr::ContextWords::default();
        for (language, text) in [("da", &neutral.da), ("en", &neutral.en)] {
            let pointer = format!("/neutralSubject/{language}");
            if !text.chars().any(char::is_alphabetic) {
                self.report(&pointer, "a subject with words in it is expected here");
            } else if !cpr::find(text, &words).is_empty() {
                self.report(&pointer, "the neutral subject must not hold a number that may be a CPR number");
            }
        }
    }

    fn domains(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if let Some(fault) = domain_fault(entry) {
                self.report(&at, fault);
                continue;
            }
            let base = entry.trim().strip_prefix("*.");
            let key = (base.is_some(), domain::normalise(base.unwrap_or(entry)));
            if let Some(first) = seen.insert(key, index) {
                self.report(&at, format!("the same domain stands at [{first}] already"));
            }
        }
    }

    fn addresses(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            let Address::Mailbox(mailbox) = address::parse(entry, "") else {
                self.address(&at, entry);
                continue;
            };
            if self.policy.retired(&mailbox).is_some() {
                self.report(&at, "this mailbox stands among the retired ones too");
            }
            if let Some(first) = seen.insert(mailbox.address().to_owned(), index) {
                self.report(&at, format!("the same address stands at [{first}] already"));
            }
        }
    }

    fn address(&mut self, pointer: &str, text: &str) {
        if !matches!(address::parse(text, ""), Address::Mailbox(_)) {
            self.report(pointer, "a mail address is expected here, as in \"post@eksempel.dk\"");
        }
    }

    fn words(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if !entry.chars().any(char::is_alphanumeric) {
                self.report(&at, "a word with letters or digits is expected here");
            } else if let Some(first) = seen.insert(entry.trim().to_lowercase(), index) {
                self.report(&at, format!("the same word stands at [{first}] already"));
            }
        }
    }
}

fn domain_fault(entry: &str) -> Option<&'static str> {
    let entry = entry.trim();
    let base = entry.strip_prefix("*.").unwrap_or(entry);
    if entry == "*" || (base != entry && !base.contains('.')) {
        return Some("this covers every domain there is; name the domain, as in \"*.eksempel.dk\"");
    }
    domain::normalise(base).is_none().then_some("a domain is expected here, as in \"eksempel.dk\" or \"*.eksempel.dk\"")
}

fn is_https(link: &str) -> bool {
    let rest = link.strip_prefix("https://").unwrap_or_default();
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "()[]<>\"'\\".contains(c);
    domain::normalise(host).is_some() && !link.chars().any(odd)
}

/// Does a day written `YYYY-MM-DD` exist?
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

//! What the values mean: a policy with the right keys and types may still make no sense.

use std::collections::HashMap;

use serde_json::Value;

use super::PolicyError;
use super::positions::Positions;
use sendvagt::address::{self, Address, PRIVATE_SERVICES, domain};
use sendvagt::cpr::{self, Date};
use sendvagt::{Policy, PolicyFile};

/// Every value that has no meaning, is a duplicate, or contradicts another.
pub(super) fn errors(file: &PolicyFile, positions: &Positions) -> Vec<PolicyError> {
    let policy = Policy::new(file.clone());
    let mut check = Check { file, policy: &policy, positions, errors: Vec::new() };
    check.organisation();
    check.secure_mail();
    check.retired_mailboxes();
    check.private_services();
    check.domain_list("/knownDomains", &file.known_domains);
    check.neutral_subject();
    check.citizen();
    check.word_list("/words/cpr", &file.words.cpr);
    check.word_list("/words/other", &file.words.other);
    check.errors
}

/// Every text with a line break or another control character. Texts are shown on one line or compared with one, and the
/// pack has one entry per line.
pub(super) fn control_characters(value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::String(text) if text.chars().any(char::is_control) => {
                let message = "the text must be on one line, without tabs or other control characters";
                errors.push(positions.value(&pointer, message.to_owned()));
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
    errors
}

struct Check<'a> {
    file: &'a PolicyFile,
    /// The same file, ready for look-ups.
    policy: &'a Policy,
    positions: &'a Positions<'a>,
    errors: Vec<PolicyError>,
}

impl Check<'_> {
    fn report(&mut self, pointer: &str, message: impl Into<String>) {
        self.errors.push(self.positions.value(pointer, message.into()));
    }

    fn organisation(&mut self) {
        let organisation = &self.file.organisation;
        self.domain_list("/organisation/domains", &organisation.domains);
        self.link("/organisation/help", organisation.help.as_deref());
        self.link("/practice/course", self.file.practice.course.as_deref());
    }

    fn link(&mut self, pointer: &str, link: Option<&str>) {
        if link.is_some_and(|link| !is_https(link)) {
            self.report(pointer, "expected a link that begins with https:// and has no spaces or brackets");
        }
    }

    fn secure_mail(&mut self) {
        let secure = &self.file.secure_mail;
        self.address_list("/secureMail/from", &secure.from);
        self.address_list("/secureMail/addresses", &secure.addresses);
        self.address_list("/secureMail/reaches/addresses", &secure.reaches.addresses);
        self.domain_list("/secureMail/domains", &secure.domains);
        self.domain_list("/secureMail/reaches/domains", &secure.reaches.domains);
        self.word_list("/secureMail/tags", &secure.tags);
        self.word_list("/secureMail/labels", &secure.labels);
        for (index, header) in secure.headers.iter().enumerate() {
            let is_token = |byte: u8| byte.is_ascii_graphic() && byte != b':';
            if header.name.is_empty() || !header.name.bytes().all(is_token) {
                let message = "a header name has only letters, digits and hyphens, such as \"x-sikker\"";
                self.report(&format!("/secureMail/headers/{index}/name"), message);
            }
        }
        if let Some(how) = &secure.how {
            for (language, text) in [("da", &how.da), ("en", &how.en)] {
                let pointer = format!("/secureMail/how/{language}");
                if !text.chars().any(char::is_alphabetic) || !text.ends_with(['.', '!', '?']) {
                    let message = "expected a whole sentence, such as \"Vælg »Send sikkert« i båndet.\"";
                    self.report(&pointer, message);
                }
            }
        }
        if secure.every_external && self.file.organisation.domains.is_empty() {
            let message = "this needs organisation.domains: without your own domains, nothing is known to be external";
            self.report("/secureMail/everyExternal", message);
        }
    }

    fn retired_mailboxes(&mut self) {
        let mut seen = HashMap::new();
        for (index, entry) in self.file.retired_mailboxes.iter().enumerate() {
            let pointer = format!("/retiredMailboxes/{index}");
            self.retired_address(&format!("{pointer}/address"), &entry.address);
            if let Some(first) = seen.insert(entry.address.trim().to_lowercase(), index) {
                self.report(&format!("{pointer}/address"), format!("the same mailbox is already at [{first}]"));
            }
            if entry.since.as_deref().is_some_and(|day| !is_date(day)) {
                self.report(
                    &format!("{pointer}/since"),
                    "this date does not exist; write an existing one, such as \"2026-05-01\"",
                );
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
        if let Some(message) = domain_error(domain) {
            return self.report(pointer, message);
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
            return self.report(pointer, "a mailbox cannot replace itself; name another, or leave the key out");
        }
        if self.policy.retired(&mailbox).is_some() {
            self.report(pointer, "this mailbox is retired too; name one that is read");
        }
    }

    fn private_services(&mut self) {
        self.domain_list("/privateServices", &self.file.private_services);
        let private = self.file.private_services.iter().map(String::as_str).chain(PRIVATE_SERVICES.iter().copied());
        let private: Vec<String> = private.filter_map(domain::normalise).collect();
        for (index, own) in self.file.organisation.domains.iter().enumerate() {
            if domain::normalise(own).is_some_and(|own| private.contains(&own)) {
                let message = "this domain is a private mail service too; it cannot be both";
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
                self.report(&pointer, "expected a subject with words in it");
            } else if !cpr::find(text, &words).is_empty() {
                self.report(&pointer, "the neutral subject must not hold a number that may be a CPR number");
            }
        }
    }

    fn citizen(&mut self) {
        let (one, several) = (&self.file.citizen, &self.file.citizens);
        let texts = [
            ("/citizen/da", &one.da),
            ("/citizen/en", &one.en),
            ("/citizens/da", &several.da),
            ("/citizens/en", &several.en),
        ];
        for (pointer, text) in texts {
            if !text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-')) || text.trim() != text.as_str() {
                self.report(pointer, "expected one or more words, such as \"borgeren\" or \"the citizen\"");
            }
        }
    }

    fn domain_list(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if let Some(message) = domain_error(entry) {
                self.report(&at, message);
                continue;
            }
            let base = entry.trim().strip_prefix("*.");
            let key = (base.is_some(), domain::normalise(base.unwrap_or(entry)));
            if let Some(first) = seen.insert(key, index) {
                self.report(&at, format!("the same domain is already at [{first}]"));
            }
        }
    }

    fn address_list(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            let Address::Mailbox(mailbox) = address::parse(entry, "") else {
                self.address(&at, entry);
                continue;
            };
            if self.policy.retired(&mailbox).is_some() {
                self.report(&at, "this mailbox is in retiredMailboxes too; remove it from one of the two");
            }
            if let Some(first) = seen.insert(mailbox.address().to_owned(), index) {
                self.report(&at, format!("the same address is already at [{first}]"));
            }
        }
    }

    fn address(&mut self, pointer: &str, text: &str) {
        if !matches!(address::parse(text, ""), Address::Mailbox(_)) {
            self.report(pointer, "expected a mail address, such as \"post@eksempel.dk\"");
        }
    }

    fn word_list(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if !entry.chars().any(char::is_alphanumeric) {
                self.report(&at, "expected a word with letters or digits");
            } else if let Some(first) = seen.insert(entry.trim().to_lowercase(), index) {
                self.report(&at, format!("the same word is already at [{first}]"));
            }
        }
    }
}

fn domain_error(entry: &str) -> Option<&'static str> {
    let entry = entry.trim();
    let base = entry.strip_prefix("*.").unwrap_or(entry);
    if entry == "*" || (base != entry && !base.contains('.')) {
        return Some("this covers every domain; name one, such as \"*.eksempel.dk\"");
    }
    domain::normalise(base).is_none().then_some("expected a domain, such as \"eksempel.dk\" or \"*.eksempel.dk\"")
}

fn is_https(link: &str) -> bool {
    let rest = link.strip_prefix("https://").unwrap_or_default();
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "()[]<>\"'\\".contains(c);
    domain::normalise(host).is_some() && !link.chars().any(odd)
}

/// Is this a date that exists, written `YYYY-MM-DD`?
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return false };
    Date::new(year, month, day).is_some()
}

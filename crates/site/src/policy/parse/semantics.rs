//! What the values mean: a policy with the right keys and types may still make no sense.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use super::PolicyError;
use super::parts::PARTS;
use super::positions::{Positions, escaped};
use super::repair::Faults;
use super::words::{self, Message, plain, with};
use sendvagt::address::{self, Address, PRIVATE_SERVICES, domain};
use sendvagt::cpr::{self, Date};
use sendvagt::policy::{OwnPattern, PatternMail, PatternWords};
use sendvagt::{Automaton, Both, Policy, PolicyFile};

use crate::pattern;
use crate::web_address::{has_plain_host, is_invisible};

/// Every value that has no meaning, is a duplicate, or contradicts another, but for those that are reported already. What a part
/// has from the common policy is reported there, and what is wrong only together with the part, at the part.
pub(super) fn errors(file: &PolicyFile, faults: &Faults, positions: &Positions) -> Vec<PolicyError> {
    let common = of_one(file, Place { part: String::new(), common: &[], faults, positions });
    let mut errors = common.clone();
    for (index, part) in file.parts.iter().enumerate() {
        let part_pointer = format!("/{PARTS}/{index}");
        errors.extend(of_one(part, Place { part: part_pointer, common: &common, faults, positions }));
    }
    errors.into_iter().map(|(pointer, message)| positions.value(&pointer, message)).collect()
}

/// What is wrong, and the JSON pointer to it.
type Error = (String, Message);

fn of_one(file: &PolicyFile, place: Place) -> Vec<Error> {
    // Each part is checked by itself.
    let policy = Policy::new(PolicyFile { parts: Vec::new(), ..file.clone() });
    let mut check = Check { file, policy: &policy, place, errors: Vec::new() };
    check.organisation();
    check.secure_mail();
    check.retired_mailboxes();
    check.private_services();
    check.domain_list("/knownDomains", &file.known_domains);
    check.patterns();
    check.neutral_subject();
    check.citizen();
    check.word_list("/words/cpr", &file.words.cpr);
    check.word_list("/words/other", &file.words.other);
    check.errors
}

/// Where the policy that is checked stands in the file.
struct Place<'a> {
    /// The JSON pointer of the part; empty for the common policy.
    part: String,
    /// What is wrong with the common policy by itself.
    common: &'a [Error],
    faults: &'a Faults,
    positions: &'a Positions<'a>,
}

impl Place<'_> {
    /// Where to report what is wrong at this pointer of the policy; `None` if it is reported already.
    fn of(&self, pointer: &str, message: &Message) -> Option<String> {
        let own = [&self.part, pointer].concat();
        if self.faults.covers(&own) {
            return None;
        }
        if self.part.is_empty() || self.positions.has(&own) {
            return Some(own);
        }
        // The value is the common policy's.
        let is_known = self.common.iter().any(|(at, other)| at == pointer && other == message);
        if is_known || self.faults.covers(pointer) {
            return None;
        }
        let above = own.match_indices('/').map(|(at, _)| at).rev();
        let above = above.filter_map(|at| own.get(..at)).find(|above| self.positions.has(above));
        Some(above.unwrap_or(&self.part).to_owned())
    }
}

/// Every text with a line break or another control character, or with one that cannot be seen. Texts are shown on one line or
/// compared with one, and the pack has one entry per line.
pub(super) fn odd_characters(value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::String(text) if text.chars().any(char::is_control) => {
                errors.push(positions.value(&pointer, plain(words::ONE_LINE)));
            }
            // A link says it of itself.
            Value::String(text) if text.chars().any(is_invisible) && !text.starts_with("http") => {
                errors.push(positions.value(&pointer, plain(words::INVISIBLE)));
            }
            Value::Array(entries) => {
                open.extend(entries.iter().enumerate().map(|(index, entry)| (format!("{pointer}/{index}"), entry)));
            }
            Value::Object(entries) => {
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
    place: Place<'a>,
    errors: Vec<Error>,
}

impl Check<'_> {
    fn report(&mut self, pointer: &str, message: Both) {
        self.push(pointer, plain(message));
    }

    fn push(&mut self, pointer: &str, message: Message) {
        if let Some(pointer) = self.place.of(pointer, &message) {
            self.errors.push((pointer, message));
        }
    }

    /// Reports a duplicate of the entry at `first`.
    fn same(&mut self, pointer: &str, message: Both, first: usize) {
        self.push(pointer, with(message, &[&first.to_string()]));
    }

    fn organisation(&mut self) {
        let organisation = &self.file.organisation;
        self.domain_list("/organisation/domains", &organisation.domains);
        self.link("/organisation/help", organisation.help.as_deref());
        let words = cpr::ContextWords::default();
        for (key, text) in [("name", Some(organisation.name.as_str())), ("contact", organisation.contact.as_deref())] {
            if text.is_some_and(|text| !cpr::find(text, &words).is_empty()) {
                self.report(&format!("/organisation/{key}"), words::NUMBER_SHOWN);
            }
        }
        self.link("/practice/course", self.file.practice.course.as_deref());
    }

    fn link(&mut self, pointer: &str, link: Option<&str>) {
        if link.is_some_and(|link| !is_https(link)) {
            self.report(pointer, words::LINK);
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
        self.label_list("/secureMail/labels", &secure.labels);
        for (index, header) in secure.headers.iter().enumerate() {
            let is_token = |byte: u8| byte.is_ascii_graphic() && byte != b':';
            if header.name.is_empty() || !header.name.bytes().all(is_token) {
                self.report(&format!("/secureMail/headers/{index}/name"), words::HEADER);
            }
        }
        if let Some(how) = &secure.how {
            for (language, text) in [("da", &how.da), ("en", &how.en)] {
                self.sentence(&format!("/secureMail/how/{language}"), text);
            }
        }
        let domains = "/organisation/domains";
        let is_wrong = |pointer: &str| self.place.faults.touch(pointer);
        let has_domains = !self.file.organisation.domains.is_empty()
            || is_wrong(domains)
            || is_wrong(&[&self.place.part, domains].concat());
        if secure.every_external && !has_domains {
            self.report("/secureMail/everyExternal", words::EXTERNAL);
        }
    }

    fn retired_mailboxes(&mut self) {
        let mut seen = HashMap::new();
        for (index, entry) in self.file.retired_mailboxes.iter().enumerate() {
            let pointer = format!("/retiredMailboxes/{index}");
            self.retired_address(&format!("{pointer}/address"), &entry.address);
            if let Some(first) = seen.insert(entry.address.trim().to_lowercase(), index) {
                self.same(&format!("{pointer}/address"), words::SAME_MAILBOX, first);
            }
            if entry.since.as_deref().is_some_and(|day| !is_date(day)) {
                self.report(&format!("{pointer}/since"), words::NO_SUCH_DATE);
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
            return self.push(pointer, message);
        }
        let local = text.trim().split('@').next().unwrap_or_default();
        let own = self.file.organisation.domains.iter().filter_map(|own| domain::normalise(own));
        if local == "*" && own.into_iter().any(|own| domain::normalise(domain).as_ref() == Some(&own)) {
            self.report(pointer, words::WHOLE_OWN_DOMAIN);
        }
    }

    fn replacement(&mut self, pointer: &str, address: &str, replacement: &str) {
        let Address::Mailbox(mailbox) = address::parse(replacement, "") else {
            return self.address(pointer, replacement);
        };
        if matches!(address::parse(address, ""), Address::Mailbox(retired) if retired == mailbox) {
            return self.report(pointer, words::REPLACES_ITSELF);
        }
        if self.policy.retired(&mailbox).is_some() {
            self.report(pointer, words::REPLACEMENT_RETIRED);
        }
    }

    fn private_services(&mut self) {
        self.domain_list("/privateServices", &self.file.private_services);
        let private = self.file.private_services.iter().map(String::as_str).chain(PRIVATE_SERVICES.iter().copied());
        let private: Vec<String> = private.filter_map(domain::normalise).collect();
        for (index, own) in self.file.organisation.domains.iter().enumerate() {
            if domain::normalise(own).is_some_and(|own| private.contains(&own)) {
                self.report(&format!("/organisation/domains/{index}"), words::OWN_AND_PRIVATE);
            }
        }
    }

    fn patterns(&mut self) {
        let mut seen = HashMap::new();
        let mut room = pattern::BUDGET;
        for (index, one) in self.file.patterns.iter().enumerate() {
            let at = |key: &str| format!("/patterns/{index}/{key}");
            if let Some(first) = seen.insert(one.name.trim().to_lowercase(), index) {
                self.same(&at("name"), words::SAME_WORD, first);
            }
            if one.places.is_empty() {
                self.report(&at("in"), words::NOWHERE);
            }
            let needs_domains = matches!(one.mail, PatternMail::Leaving | PatternMail::Unprotected);
            if needs_domains && self.file.organisation.domains.is_empty() {
                self.report(&at("mail"), words::LEAVING);
            }
            for (key, told) in [("what", Some(&one.what)), ("remedy", one.remedy.as_ref())] {
                let Some(PatternWords { da, en }) = told else { continue };
                for (language, text) in [("da", da), ("en", en)] {
                    self.sentence(&at(&format!("{key}/{language}")), text);
                }
            }
            match pattern::compile(&one.pattern) {
                Err(error) => self.push(&at("pattern"), error.message()),
                Ok(compiled) if compiled.size > room => {
                    let sizes = [pattern::kilobytes(compiled.size), pattern::kilobytes(pattern::BUDGET)];
                    self.push(&at("pattern"), with(words::PATTERN_TOO_LARGE, &[&sizes[0], &sizes[1]]));
                }
                Ok(compiled) => {
                    room -= compiled.size;
                    self.pattern_examples(index, one, &compiled.table);
                }
            }
        }
    }

    /// The examples of a pattern hold it to what it was meant for.
    fn pattern_examples(&mut self, index: usize, one: &OwnPattern, table: &str) {
        let Some(table) = Automaton::parse(table) else { return };
        for (key, examples, is_found, message) in
            [("finds", &one.finds, true, words::NOT_FOUND), ("passes", &one.passes, false, words::FOUND)]
        {
            for (place, _) in examples.iter().enumerate().filter(|(_, text)| table.is_in(text) != is_found) {
                self.report(&format!("/patterns/{index}/{key}/{place}"), message);
            }
        }
    }

    fn sentence(&mut self, pointer: &str, text: &str) {
        if !text.chars().any(char::is_alphabetic) || !text.ends_with(['.', '!', '?']) {
            self.report(pointer, words::SENTENCE);
        }
    }

    fn neutral_subject(&mut self) {
        let neutral = &self.file.neutral_subject;
        let words = cpr::ContextWords::default();
        for (language, text) in [("da", &neutral.da), ("en", &neutral.en)] {
            let pointer = format!("/neutralSubject/{language}");
            if !text.chars().any(char::is_alphabetic) {
                self.report(&pointer, words::SUBJECT_WORDS);
            } else if !cpr::find(text, &words).is_empty() {
                self.report(&pointer, words::SUBJECT_NUMBER);
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
                self.report(pointer, words::CITIZEN);
            }
        }
    }

    fn domain_list(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if let Some(message) = domain_error(entry) {
                self.push(&at, message);
                continue;
            }
            let base = entry.trim().strip_prefix("*.");
            let key = (base.is_some(), domain::normalise(base.unwrap_or(entry)));
            if let Some(first) = seen.insert(key, index) {
                self.same(&at, words::SAME_DOMAIN, first);
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
                self.report(&at, words::ADDRESS_RETIRED);
            }
            if let Some(first) = seen.insert(mailbox.address().to_owned(), index) {
                self.same(&at, words::SAME_ADDRESS, first);
            }
        }
    }

    fn address(&mut self, pointer: &str, text: &str) {
        if !matches!(address::parse(text, ""), Address::Mailbox(_)) {
            self.report(pointer, words::ADDRESS);
        }
    }

    fn label_list(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if !is_guid(entry) {
                self.report(&at, words::LABEL);
            } else if let Some(first) = seen.insert(entry.to_lowercase(), index) {
                self.same(&at, words::SAME_LABEL, first);
            }
        }
    }

    fn word_list(&mut self, pointer: &str, entries: &[String]) {
        let mut seen = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let at = format!("{pointer}/{index}");
            if !entry.chars().any(char::is_alphanumeric) {
                self.report(&at, words::WORD);
            } else if let Some(first) = seen.insert(entry.trim().to_lowercase(), index) {
                self.same(&at, words::SAME_WORD, first);
            }
        }
    }
}

/// Is this a GUID, as Microsoft 365 writes the ids of sensitivity labels?
fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(is_hex)
}

pub(super) fn domain_error(entry: &str) -> Option<Message> {
    let entry = entry.trim();
    if let Some((_, domain)) = entry.rsplit_once('@').filter(|(_, domain)| domain::normalise(domain).is_some()) {
        return Some(with(words::DOMAIN_WITH_AT, &[domain]));
    }
    let base = entry.strip_prefix("*.").unwrap_or(entry);
    if entry == "*" || (base != entry && !base.contains('.')) {
        return Some(plain(words::EVERY_DOMAIN));
    }
    domain::normalise(base).is_none().then_some(plain(words::DOMAIN))
}

fn is_https(link: &str) -> bool {
    let rest = link.strip_prefix("https://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || "()[]<>\"'\\".contains(c);
    let parsed = Url::parse(link).ok().filter(|url| has_plain_host(url, authority) && url.port() != Some(0));
    // What stands before an @ looks like the host and is none.
    domain::normalise(host).is_some() && !authority.contains('@') && !link.chars().any(odd) && parsed.is_some()
}

/// Is this a date that exists, written `YYYY-MM-DD`?
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return false };
    Date::new(year, month, day).is_some()
}

//! The policy as the engine reads it when Send is pressed: one line per entry, with tabs between its parts.
//!
//! It was checked when it was packed, so that nothing is checked here; the parser is a tenth the size of one for JSON.
//! The first line names the version that packed it, the last line shows that nothing is missing.

use super::{
    Action, Citizen, Citizens, FalseStop, Header, HowToSend, Mode, NeutralSubject, NumberWords, OnFailure,
    Organisation, PolicyFile, RetiredMailbox, SecureMail, VisibleRecipients,
};
use crate::rule_name::RuleName;
use crate::{Language, VERSION};

const END: &str = "end";

/// The policy as lines.
#[must_use]
pub fn packed(policy: &PolicyFile) -> String {
    let PolicyFile {
        schema: _,
        organisation,
        mode,
        language,
        on_failure,
        false_stop,
        rules,
        secure_mail,
        retired_mailboxes,
        known_domains,
        private_services,
        visible_recipients,
        words,
        neutral_subject,
        citizen,
        citizens,
        // The shell's business.
        practice: _,
    } = policy;
    let Organisation { name, domains, contact, help } = organisation;
    let SecureMail { from, tags, domains: secure_domains, addresses, labels, headers, every_external, how, reaches } =
        secure_mail;
    let NumberWords { cpr, other } = words;
    let NeutralSubject { da, en } = neutral_subject;
    let mut lines = Lines(String::new());
    lines.add("sendvagt", &[VERSION]);
    lines.add("mode", &[mode_name(*mode)]);
    lines.add("failure", &[failure_name(*on_failure)]);
    lines.each("allow", (*false_stop == FalseStop::Allow).then_some(""));
    lines.each("language", language.iter().map(|language| language.tag()));
    for rule in RuleName::ALL {
        if let Some(action) = rules.get(rule) {
            lines.add(rule.as_str(), &[action_name(action)]);
        }
    }
    lines.each("name", [name.as_str()]);
    lines.each("contact", contact.as_deref());
    lines.each("help", help.as_deref());
    lines.each("own", texts(domains));
    lines.each("from", texts(from));
    lines.each("tag", texts(tags));
    lines.each("domain", texts(secure_domains));
    lines.each("address", texts(addresses));
    lines.each("label", texts(labels));
    lines.each("external", every_external.then_some(""));
    lines.each("reaches", texts(&reaches.domains));
    lines.each("reached", texts(&reaches.addresses));
    lines.each("known", texts(known_domains));
    lines.each("private", texts(private_services));
    lines.each("cpr", texts(cpr));
    lines.each("other", texts(other));
    let VisibleRecipients { private, outside } = visible_recipients;
    lines.add("visible", &[&private.to_string(), &outside.to_string()]);
    lines.add("neutral", &[da, en]);
    if let Some(HowToSend { da, en }) = how {
        lines.add("how", &[da, en]);
    }
    let Citizen { da, en } = citizen;
    lines.add("citizen", &[da, en]);
    let Citizens { da, en } = citizens;
    lines.add("citizens", &[da, en]);
    for Header { name, value } in headers {
        lines.add("header", &[name, value.as_deref().unwrap_or_default()]);
    }
    for RetiredMailbox { address, since, replacement } in retired_mailboxes {
        lines.add(
            "retired",
            &[address, since.as_deref().unwrap_or_default(), replacement.as_deref().unwrap_or_default()],
        );
    }
    lines.add(END, &[]);
    lines.0
}

fn texts(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter().map(String::as_str)
}

struct Lines(String);

impl Lines {
    fn add(&mut self, key: &str, parts: &[&str]) {
        self.0.push_str(key);
        for part in parts {
            self.0.push('\t');
            // Strict reading rejects control characters; this only keeps an unchecked policy from breaking the lines.
            self.0.extend(part.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
        self.0.push('\n');
    }

    fn each<'a>(&mut self, key: &str, values: impl IntoIterator<Item = &'a str>) {
        values.into_iter().for_each(|value| self.add(key, &[value]));
    }
}

/// Reads what [`packed`] wrote; `None` if it is damaged or another version wrote it.
#[must_use]
pub fn unpacked(text: &str) -> Option<PolicyFile> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let mut policy = PolicyFile::default();
    let mut last = "";
    let first = lines.next()?.split_once('\t')?;
    for line in lines {
        let (key, value) = line.split_once('\t').unwrap_or((line, ""));
        take(&mut policy, key, value)?;
        last = key;
    }
    (first == ("sendvagt", VERSION) && last == END).then_some(policy)
}

fn take(policy: &mut PolicyFile, key: &str, value: &str) -> Option<()> {
    let own = || value.to_owned();
    let secure = &mut policy.secure_mail;
    let list = match key {
        "own" => &mut policy.organisation.domains,
        "from" => &mut secure.from,
        "tag" => &mut secure.tags,
        "domain" => &mut secure.domains,
        "address" => &mut secure.addresses,
        "label" => &mut secure.labels,
        "reaches" => &mut secure.reaches.domains,
        "reached" => &mut secure.reaches.addresses,
        "known" => &mut policy.known_domains,
        "private" => &mut policy.private_services,
        "cpr" => &mut policy.words.cpr,
        "other" => &mut policy.words.other,
        _ => {
            match key {
                "mode" => policy.mode = named(&[Mode::Enforce, Mode::Advise, Mode::Observe], mode_name, value)?,
                "failure" => {
                    policy.on_failure = named(&[OnFailure::Send, OnFailure::Ask, OnFailure::Stop], failure_name, value)?
                }
                "language" => policy.language = Some(Language::of_locale(value)),
                "name" => policy.organisation.name = own(),
                "contact" => policy.organisation.contact = Some(own()),
                "help" => policy.organisation.help = Some(own()),
                "allow" => policy.false_stop = FalseStop::Allow,
                "external" => secure.every_external = true,
                "visible" => {
                    let (private, outside) = value.split_once('\t')?;
                    let (private, outside) = (private.parse().ok()?, outside.parse().ok()?);
                    policy.visible_recipients = VisibleRecipients { private, outside };
                }
                "neutral" => {
                    let (da, en) = value.split_once('\t')?;
                    policy.neutral_subject = NeutralSubject { da: da.to_owned(), en: en.to_owned() };
                }
                "how" => {
                    let (da, en) = value.split_once('\t')?;
                    secure.how = Some(HowToSend { da: da.to_owned(), en: en.to_owned() });
                }
                "citizen" => {
                    let (da, en) = value.split_once('\t')?;
                    policy.citizen = Citizen { da: da.to_owned(), en: en.to_owned() };
                }
                "citizens" => {
                    let (da, en) = value.split_once('\t')?;
                    policy.citizens = Citizens { da: da.to_owned(), en: en.to_owned() };
                }
                "header" => {
                    let (name, value) = value.split_once('\t')?;
                    secure.headers.push(Header { name: name.to_owned(), value: filled(value) });
                }
                "retired" => {
                    let (address, rest) = value.split_once('\t')?;
                    let (since, replacement) = rest.split_once('\t')?;
                    let (since, replacement) = (filled(since), filled(replacement));
                    policy.retired_mailboxes.push(RetiredMailbox { address: address.to_owned(), since, replacement });
                }
                END => {}
                rule => {
                    let action = named(&[Action::Off, Action::Ask, Action::Stop], action_name, value)?;
                    policy.rules.set(RuleName::named(rule)?, action);
                }
            }
            return Some(());
        }
    };
    list.push(own());
    Some(())
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|one| name(*one) == text)
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Enforce => "enforce",
        Mode::Advise => "advise",
        Mode::Observe => "observe",
    }
}

fn failure_name(on_failure: OnFailure) -> &'static str {
    match on_failure {
        OnFailure::Send => "send",
        OnFailure::Ask => "ask",
        OnFailure::Stop => "stop",
    }
}

fn action_name(action: Action) -> &'static str {
    match action {
        Action::Off => "off",
        Action::Ask => "ask",
        Action::Stop => "stop",
    }
}

#[cfg(test)]
mod tests {
    use super::{packed, unpacked};
    use crate::policy::{Header, PolicyFile, RetiredMailbox};

    /// A policy in which every field has a value of its own.
    fn full() -> PolicyFile {
        serde_json::from_value(serde_json::json!({
            "organisation": { "name": "Ø Kommune", "domains": ["ø.dk"], "contact": "It, tlf. 12", "help": "https://ø.dk/?a=1&b=2" },
            "mode": "advise", "language": "en", "onFailure": "stop",
            "rules": { "cpr-in-subject": "ask", "unchecked-list": "stop", "mistyped-domain": "off" },
            "secureMail": {
                "from": ["a@ø.dk"], "tags": ["sikker"], "domains": ["*.b.dk"], "addresses": ["c@d.dk"], "labels": ["id"],
                "headers": [{ "name": "x", "value": "y" }, { "name": "z" }], "everyExternal": true,
                "reaches": { "domains": ["e.dk"], "addresses": ["f@g.dk"] }
            },
            "retiredMailboxes": [
                { "address": "h@i.dk", "since": "2026-05-01", "replacement": "j@k.dk" }, { "address": "l@m.dk" },
                { "address": "n@o.dk", "replacement": "p@q.dk" }
            ],
            "knownDomains": ["r.dk"], "privateServices": ["s.dk"], "visibleRecipients": { "private": 7, "outside": 300 }, "words": { "cpr": ["t"], "other": ["u"] },
            "neutralSubject": { "da": "v", "en": "w" },
            "citizen": { "da": "x", "en": "y" }, "citizens": { "da": "z", "en": "æ" }
        }))
        .expect("the full policy reads")
    }

    #[test]
    fn what_is_packed_is_read_again() {
        for policy in [full(), PolicyFile::default()] {
            assert_eq!(unpacked(&packed(&policy)), Some(policy));
        }
    }

    #[test]
    fn damage_is_seen() {
        let whole = packed(&full());
        let cut = |at: usize| whole.chars().take(at).collect::<String>();
        for at in 0..whole.chars().count() {
            assert_eq!(unpacked(&cut(at)), None, "cut at {at}");
        }
        assert_eq!(unpacked(&whole.replacen(crate::VERSION, "0.0.0", 1)), None, "another version packed it");
        assert_eq!(unpacked(&whole.replace("mode\tadvise", "mode\tadvice")), None);
    }

    #[test]
    fn a_text_cannot_make_a_line_of_its_own() {
        let mut policy = PolicyFile::default();
        policy.organisation.name = "x\nmode\tobserve".to_owned();
        policy.secure_mail.headers.push(Header { name: "a\tb".to_owned(), value: None });
        policy.retired_mailboxes.push(RetiredMailbox { address: "c\td".to_owned(), ..RetiredMailbox::default() });
        let read = unpacked(&packed(&policy)).expect("it reads");
        assert_eq!(read.mode, PolicyFile::default().mode);
        assert_eq!(read.organisation.name, "x mode observe");
    }
}

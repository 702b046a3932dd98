//! The policy as the engine reads it when Send is pressed: one line per entry, which begins with the character of its kind
//! ([`kind`]), and has tabs between its parts.
//!
//! It was checked when it was packed, so that nothing is checked here; the parser is a tenth the size of one for JSON.
//! The first line names the version that packed it, the last line shows that nothing is missing.

use super::{
    Action, Citizen, Citizens, FalseStop, Header, HowToSend, Mode, NeutralSubject, NumberWords, OnFailure, OnUnread,
    Organisation, PolicyFile, RetiredMailbox, SecureMail, VisibleRecipients, at_place, place_in,
};
use crate::rule_name::RuleName;
use crate::text::number;
use crate::{Language, VERSION};

/// What a line is of. One character each: names, compared one by one, are code that every send loads.
mod kind {
    pub(super) const MODE: char = 'm';
    pub(super) const FAILURE: char = 'f';
    pub(super) const UNREAD: char = 'u';
    pub(super) const ALLOW: char = 'a';
    pub(super) const LANGUAGE: char = 'l';
    pub(super) const RULE: char = 'r';
    pub(super) const NAME: char = 'n';
    pub(super) const CONTACT: char = 'c';
    pub(super) const HELP: char = 'h';
    pub(super) const OWN: char = 'o';
    pub(super) const FROM: char = 'F';
    pub(super) const TAG: char = 'T';
    pub(super) const DOMAIN: char = 'D';
    pub(super) const ADDRESS: char = 'A';
    pub(super) const LABEL: char = 'L';
    pub(super) const HEADER: char = 'H';
    pub(super) const EXTERNAL: char = 'E';
    pub(super) const HOW: char = 'W';
    pub(super) const REACHES: char = 'R';
    pub(super) const REACHED: char = 'S';
    pub(super) const KNOWN: char = 'k';
    pub(super) const PRIVATE: char = 'p';
    pub(super) const CPR: char = '+';
    pub(super) const OTHER: char = '-';
    pub(super) const VISIBLE: char = 'v';
    pub(super) const NEUTRAL: char = 's';
    pub(super) const CITIZEN: char = 'b';
    pub(super) const CITIZENS: char = 'B';
    pub(super) const RETIRED: char = 'x';
    pub(super) const PATTERN: char = 'P';
    /// The first of a part: a line for each of its senders.
    pub(super) const SENDER: char = '>';
    /// The last line of a policy and of each part after it, which shows that nothing is missing.
    pub(super) const END: char = '.';
}

const MODES: [Mode; 3] = [Mode::Enforce, Mode::Advise, Mode::Observe];
const FAILURES: [OnFailure; 3] = [OnFailure::Send, OnFailure::Ask, OnFailure::Stop];
const ACTIONS: [Action; 3] = [Action::Off, Action::Ask, Action::Stop];

/// The policy as lines, and after it its parts.
#[must_use]
pub fn packed(policy: &PolicyFile) -> String {
    let mut lines = Lines(["sendvagt\t", VERSION, "\n"].concat());
    for one in [policy].into_iter().chain(&policy.parts) {
        add(&mut lines, one);
    }
    lines.0
}

fn add(lines: &mut Lines, policy: &PolicyFile) {
    let PolicyFile {
        schema: _,
        organisation,
        mode,
        language,
        on_failure,
        on_unread,
        false_stop,
        rules,
        secure_mail,
        retired_mailboxes,
        known_domains,
        private_services,
        visible_recipients,
        words,
        // The engine looks for what they are compiled to.
        patterns: _,
        sought,
        neutral_subject,
        citizen,
        citizens,
        // The shell's business.
        practice: _,
        parts: _,
        senders,
    } = policy;
    let Organisation { name, domains, contact, help } = organisation;
    let SecureMail { from, tags, domains: secure_domains, addresses, labels, headers, every_external, how, reaches } =
        secure_mail;
    let NumberWords { cpr, other } = words;
    let NeutralSubject { da, en } = neutral_subject;
    lines.each(kind::SENDER, texts(senders));
    lines.add(kind::MODE, &[&place_in(&MODES, *mode)]);
    lines.add(kind::FAILURE, &[&place_in(&FAILURES, *on_failure)]);
    lines.each(kind::UNREAD, (*on_unread == OnUnread::Ask).then_some(""));
    lines.each(kind::ALLOW, (*false_stop == FalseStop::Allow).then_some(""));
    lines.each(kind::LANGUAGE, language.iter().map(|language| language.tag()));
    for rule in RuleName::ALL {
        if let Some(action) = rules.get(rule) {
            lines.add(kind::RULE, &[&(place_in(&RuleName::ALL, rule) + &place_in(&ACTIONS, action))]);
        }
    }
    lines.each(kind::NAME, [name.as_str()]);
    lines.each(kind::CONTACT, contact.as_deref());
    lines.each(kind::HELP, help.as_deref());
    lines.each(kind::OWN, texts(domains));
    lines.each(kind::FROM, texts(from));
    lines.each(kind::TAG, texts(tags));
    lines.each(kind::DOMAIN, texts(secure_domains));
    lines.each(kind::ADDRESS, texts(addresses));
    lines.each(kind::LABEL, texts(labels));
    lines.each(kind::EXTERNAL, every_external.then_some(""));
    lines.each(kind::REACHES, texts(&reaches.domains));
    lines.each(kind::REACHED, texts(&reaches.addresses));
    lines.each(kind::KNOWN, texts(known_domains));
    lines.each(kind::PRIVATE, texts(private_services));
    lines.each(kind::CPR, texts(cpr));
    lines.each(kind::OTHER, texts(other));
    let VisibleRecipients { private, outside } = visible_recipients;
    lines.add(kind::VISIBLE, &[&private.to_string(), &outside.to_string()]);
    lines.add(kind::NEUTRAL, &[da, en]);
    if let Some(HowToSend { da, en }) = how {
        lines.add(kind::HOW, &[da, en]);
    }
    let Citizen { da, en } = citizen;
    lines.add(kind::CITIZEN, &[da, en]);
    let Citizens { da, en } = citizens;
    lines.add(kind::CITIZENS, &[da, en]);
    for Header { name, value } in headers {
        lines.add(kind::HEADER, &[name, value.as_deref().unwrap_or_default()]);
    }
    for RetiredMailbox { address, since, replacement } in retired_mailboxes {
        lines.add(
            kind::RETIRED,
            &[address, since.as_deref().unwrap_or_default(), replacement.as_deref().unwrap_or_default()],
        );
    }
    for line in sought {
        lines.add(kind::PATTERN, &line.split('\t').collect::<Vec<_>>());
    }
    lines.add(kind::END, &[]);
}

fn texts(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter().map(String::as_str)
}

struct Lines(String);

impl Lines {
    fn add(&mut self, kind: char, parts: &[&str]) {
        self.0.push(kind);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.0.push('\t');
            }
            // Strict reading rejects control characters; this only keeps an unchecked policy from breaking the lines.
            self.0.extend(part.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
        self.0.push('\n');
    }

    fn each<'a>(&mut self, kind: char, values: impl IntoIterator<Item = &'a str>) {
        values.into_iter().for_each(|value| self.add(kind, &[value]));
    }
}

/// Reads what [`packed`] wrote; `None` if it is damaged, another version wrote it, or a rule is on that this engine was compiled
/// without.
#[must_use]
pub fn unpacked(text: &str) -> Option<PolicyFile> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let first = lines.next()?.split_once('\t')?;
    let mut all = Vec::new();
    let mut open = PolicyFile::default();
    let mut last = ' ';
    for line in lines {
        let mut rest = line.chars();
        last = rest.next()?;
        take(&mut open, last, rest.as_str())?;
        if last == kind::END {
            all.push(std::mem::take(&mut open));
        }
    }
    let mut all = all.into_iter();
    let mut policy = all.next()?;
    policy.parts = all.collect();
    (first == ("sendvagt", VERSION) && last == kind::END).then_some(policy)
}

fn take(policy: &mut PolicyFile, kind: char, value: &str) -> Option<()> {
    let own = || value.to_owned();
    let secure = &mut policy.secure_mail;
    let list = match kind {
        kind::OWN => &mut policy.organisation.domains,
        kind::FROM => &mut secure.from,
        kind::TAG => &mut secure.tags,
        kind::DOMAIN => &mut secure.domains,
        kind::ADDRESS => &mut secure.addresses,
        kind::LABEL => &mut secure.labels,
        kind::REACHES => &mut secure.reaches.domains,
        kind::REACHED => &mut secure.reaches.addresses,
        kind::KNOWN => &mut policy.known_domains,
        kind::PRIVATE => &mut policy.private_services,
        kind::CPR => &mut policy.words.cpr,
        kind::OTHER => &mut policy.words.other,
        kind::SENDER => &mut policy.senders,
        #[cfg(feature = "content")]
        kind::PATTERN => &mut policy.sought,
        _ => {
            match kind {
                kind::MODE => policy.mode = at_place(&MODES, value.chars().next()?)?,
                kind::FAILURE => policy.on_failure = at_place(&FAILURES, value.chars().next()?)?,
                kind::LANGUAGE => policy.language = Some(Language::of_locale(value)),
                kind::NAME => policy.organisation.name = own(),
                kind::CONTACT => policy.organisation.contact = Some(own()),
                kind::HELP => policy.organisation.help = Some(own()),
                kind::UNREAD => policy.on_unread = OnUnread::Ask,
                kind::ALLOW => policy.false_stop = FalseStop::Allow,
                kind::EXTERNAL => secure.every_external = true,
                kind::VISIBLE => {
                    let (private, outside) = value.split_once('\t')?;
                    let count = |text: &str| u16::try_from(number(text)?).ok();
                    let (private, outside) = (count(private)?, count(outside)?);
                    policy.visible_recipients = VisibleRecipients { private, outside };
                }
                kind::NEUTRAL => {
                    let (da, en) = both(value)?;
                    policy.neutral_subject = NeutralSubject { da, en };
                }
                kind::HOW => {
                    let (da, en) = both(value)?;
                    secure.how = Some(HowToSend { da, en });
                }
                kind::CITIZEN => {
                    let (da, en) = both(value)?;
                    policy.citizen = Citizen { da, en };
                }
                kind::CITIZENS => {
                    let (da, en) = both(value)?;
                    policy.citizens = Citizens { da, en };
                }
                kind::HEADER => {
                    let (name, value) = value.split_once('\t')?;
                    secure.headers.push(Header { name: name.to_owned(), value: filled(value) });
                }
                kind::RETIRED => {
                    let (address, rest) = value.split_once('\t')?;
                    let (since, replacement) = rest.split_once('\t')?;
                    let (since, replacement) = (filled(since), filled(replacement));
                    policy.retired_mailboxes.push(RetiredMailbox { address: address.to_owned(), since, replacement });
                }
                kind::RULE => {
                    let mut places = value.chars();
                    let rule = at_place(&RuleName::ALL, places.next()?)?;
                    let action = at_place(&ACTIONS, places.next()?)?;
                    if !cfg!(feature = "content") && rule.is_of_content() && action != Action::Off {
                        return None;
                    }
                    policy.rules.set(rule, action);
                }
                kind::END => {}
                _ => return None,
            }
            return Some(());
        }
    };
    list.push(own());
    Some(())
}

/// A text in both languages.
fn both(value: &str) -> Option<(String, String)> {
    let (da, en) = value.split_once('\t')?;
    Some((da.to_owned(), en.to_owned()))
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{packed, unpacked};
    use crate::policy::{Header, OwnPattern, PolicyFile, RetiredMailbox};

    /// A policy in which every field has a value of its own.
    fn full() -> PolicyFile {
        let mut full: PolicyFile = serde_json::from_value(serde_json::json!({
            "organisation": { "name": "Ø Kommune", "domains": ["ø.dk"], "contact": "It, tlf. 12", "help": "https://ø.dk/?a=1&b=2" },
            "mode": "advise", "language": "en", "onFailure": "stop", "onUnread": "ask",
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
        .expect("the full policy reads");
        let patterns: [OwnPattern; 3] = serde_json::from_value(serde_json::json!([
            { "name": "a", "pattern": "", "in": ["body", "attachments"], "mail": "secure", "action": "stop", "what": { "da": "aa", "en": "bb" } },
            { "name": "b", "pattern": "", "what": { "da": "dd", "en": "ee" }, "remedy": { "da": "ff", "en": "gg" } },
            { "name": "c", "pattern": "", "action": "off", "what": { "da": "hh", "en": "ii" } }
        ]))
        .expect("the patterns read");
        full.sought = patterns.iter().filter_map(|pattern| pattern.line("1 0")).collect();
        full
    }

    #[test]
    fn what_is_packed_is_read_again() {
        let part = |senders: &[&str], policy| PolicyFile {
            senders: senders.iter().map(|sender| (*sender).to_owned()).collect(),
            ..policy
        };
        let parts = vec![part(&["a.dk", "b@c.dk"], PolicyFile::default()), part(&["*.d.dk"], full())];
        for policy in [full(), PolicyFile::default(), PolicyFile { parts, ..full() }] {
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
        assert_eq!(unpacked(&whole.replace("\nmb\n", "\nmd\n")), None, "no such mode");
    }

    #[test]
    fn a_text_cannot_make_a_line_of_its_own() {
        let mut policy = PolicyFile::default();
        policy.organisation.name = "x\nmc".to_owned();
        policy.secure_mail.headers.push(Header { name: "a\tb".to_owned(), value: None });
        policy.retired_mailboxes.push(RetiredMailbox { address: "c\td".to_owned(), ..RetiredMailbox::default() });
        let read = unpacked(&packed(&policy)).expect("it reads");
        assert_eq!(read.mode, PolicyFile::default().mode);
        assert_eq!(read.organisation.name, "x mc");
    }
}

//! Is a draft secure mail? The policy says what makes it so.

use super::Case;
use crate::Language;
use crate::address::{self, Address, Mailbox};
use crate::draft::{Draft, Item, Unread};
use crate::policy::{Policy, SecureMail};
use crate::text::reply_prefix;
use crate::text::{clip, is_alphanumeric, lower, trim, trim_end, trim_start};
use crate::verdict::SecureBy;

/// What makes the draft secure mail, by the surest sign; `None` for ordinary mail. `addresses` are the parsed recipients
/// of the draft.
pub(crate) fn decide(policy: &Policy, draft: &Draft, addresses: &[Address]) -> Option<SecureBy> {
    let secure = &policy.file().secure_mail;
    let signs = Signs { policy, secure, draft, addresses };
    SURENESS.into_iter().find(|by| signs.hold(*by))
}

/// May a sign that the policy asks for be on the draft for all that Outlook said? A sign that was read decides.
pub(crate) fn is_possible(case: &Case) -> bool {
    let SecureMail { from, labels, headers, .. } = &case.policy.file().secure_mail;
    let unread = |part| case.draft.unread.contains(&part);
    // Outlook gives a path in the directory for some senders, such as a delegate.
    let is_path = |from: &String| !matches!(address::parse(from, ""), Address::Mailbox(_));
    (!from.is_empty() && (unread(Unread::From) || case.draft.from.as_ref().is_some_and(is_path)))
        || (!labels.is_empty() && unread(Unread::Labels))
        || (!headers.is_empty() && unread(Unread::Headers))
}

/// The signs, surest first: what the user chose on purpose comes before whom the mail goes to.
const SURENESS: [SecureBy; 7] = [
    SecureBy::From,
    SecureBy::Tag,
    SecureBy::Domain,
    SecureBy::Address,
    SecureBy::Label,
    SecureBy::Header,
    SecureBy::External,
];

struct Signs<'a> {
    policy: &'a Policy,
    secure: &'a SecureMail,
    draft: &'a Draft,
    addresses: &'a [Address],
}

impl Signs<'_> {
    fn hold(&self, by: SecureBy) -> bool {
        match by {
            SecureBy::From => self.from(),
            SecureBy::Tag => self.tag(),
            SecureBy::Domain => self.domain(),
            SecureBy::Address => self.address(),
            SecureBy::Label => self.label(),
            SecureBy::Header => self.header(),
            SecureBy::External => self.external(),
        }
    }

    fn from(&self) -> bool {
        match self.draft.from.as_deref().map(|from| address::parse(from, "")) {
            Some(Address::Mailbox(mailbox)) => self.policy.is_secure_sender(&mailbox),
            _ => false,
        }
    }

    fn tag(&self) -> bool {
        self.secure.tags.iter().any(|tag| has_tag(&self.draft.subject, tag))
    }

    fn domain(&self) -> bool {
        self.any_recipient(
            |address| matches!(address, Address::Mailbox(mailbox) if self.policy.is_secure_domain(mailbox.domain())),
        )
    }

    fn address(&self) -> bool {
        self.any_recipient(
            |address| matches!(address, Address::Mailbox(mailbox) if self.policy.is_secure_address(mailbox)),
        )
    }

    fn label(&self) -> bool {
        self.draft.labels.iter().any(|id| self.secure.labels.iter().any(|label| label.eq_ignore_ascii_case(id)))
    }

    fn header(&self) -> bool {
        self.draft.headers.iter().any(|(name, value)| {
            self.secure.headers.iter().any(|header| {
                let asked = header.value.as_deref();
                header.name.eq_ignore_ascii_case(name)
                    && asked.is_none_or(|asked| trim(asked).eq_ignore_ascii_case(trim(value)))
            })
        })
    }

    /// A CPR number as recipient is Digital Post, and so leaves the organisation. A directory path does not.
    fn external(&self) -> bool {
        self.secure.every_external
            && self.any_recipient(|address| match address {
                Address::Mailbox(mailbox) => !self.policy.is_own(mailbox.domain()),
                Address::DigitalPost => true,
                Address::Exchange | Address::Unreadable => false,
            })
    }

    fn any_recipient(&self, holds: impl Fn(&Address) -> bool) -> bool {
        self.addresses.iter().any(holds)
    }
}

/// A sign of secure mail that can be put on a draft in Outlook. A mailbox to send from cannot, and neither can a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Tag(String),
    Label(String),
    Header { name: String, value: String },
}

impl Sign {
    /// The first sign of the policy that can be put on a draft: the one that the user sees comes first.
    fn of(policy: &Policy) -> Option<Self> {
        let secure = &policy.file().secure_mail;
        let tag = secure.tags.first().map(|tag| Self::Tag(tag.trim_matches(|c: char| !is_alphanumeric(c)).to_owned()));
        let label = || secure.labels.first().cloned().map(Self::Label);
        let header = || {
            let header = secure.headers.first()?;
            Some(Self::Header {
                name: header.name.clone(),
                value: header.value.clone().unwrap_or_else(|| "1".to_owned()),
            })
        };
        tag.or_else(label).or_else(header)
    }

    /// The sign to put on this draft, if all its recipients can have secure mail.
    pub(crate) fn that_fits(case: &Case) -> Option<Self> {
        let reached = |mailbox: &Mailbox| {
            case.policy.reaches(mailbox) || !(case.policy.knows_reach() || case.policy.is_private(mailbox.domain()))
        };
        let meets_all = case.mailboxes().all(|(_, mailbox)| reached(mailbox));
        // A meeting has no headers, and whether a tag or a label makes an invitation secure differs from place to place.
        let is_mail = case.draft.item == Item::Message;
        Self::of(case.policy).filter(|_| is_mail && meets_all)
    }

    /// The subject with the tag, if that is the sign.
    pub(crate) fn on_subject(&self, subject: &str) -> String {
        match self {
            Self::Tag(tag) => ["[", tag, "] ", subject].concat(),
            Self::Label(_) | Self::Header { .. } => subject.to_owned(),
        }
    }
}

/// How to send secure mail, in one sentence: the policy's own, or one on its first tag or mailbox.
pub(crate) fn how_to_send(policy: &Policy, language: Language) -> Option<String> {
    let secure = &policy.file().secure_mail;
    let own = || secure.how.as_ref().map(|how| language.pick(&how.da, &how.en).clone());
    let by_tag = || match Sign::of(policy)? {
        Sign::Tag(tag) => Some(language.fill("Skriv [{}] først i emnet.", "Write [{}] first in the subject.", &[&tag])),
        Sign::Label(_) | Sign::Header { .. } => None,
    };
    let by_mailbox =
        || secure.from.first().map(|from| language.fill("Send fra {}.", "Send from {}.", &[&clip(from, 60)]));
    own().or_else(by_tag).or_else(by_mailbox)
}

/// Does the subject carry the tag? In brackets or with `#` the tag may be anywhere. Without them it must be the first word
/// after `SV:` and the like, so that a subject that only mentions the word is not secure mail.
pub(crate) fn has_tag(subject: &str, tag: &str) -> bool {
    let word = bare(tag);
    if word.is_empty() {
        return false;
    }
    let subject = spaced(&lower(subject));
    // Trying every position: a search for long texts would make up a hundredth of the engine.
    let marked = subject.char_indices().any(|(at, _)| {
        let (before, rest) = subject.split_at_checked(at).unwrap_or_default();
        let Some(rest) = rest.strip_prefix(&word) else { return false };
        let (before, after) = (trim_end(before).chars().next_back(), trim_start(rest).chars().next());
        matches!(
            (before, after),
            (Some('['), Some(']')) | (Some('('), Some(')')) | (Some('{'), Some('}')) | (Some('<'), Some('>'))
        ) || (before == Some('#') && after.is_none_or(|c| !is_alphanumeric(c) || rest.starts_with(char::is_whitespace)))
    });
    let start = reply_prefix::strip(&subject);
    marked
        || start
            .strip_prefix(&word)
            .is_some_and(|rest| rest.chars().next().is_none_or(|c| !is_alphanumeric(c) && c != '-'))
}

/// The tag's words without brackets, `#` and colon.
fn bare(tag: &str) -> String {
    let inner = tag.trim_matches(|c: char| !is_alphanumeric(c));
    spaced(&lower(inner))
}

/// Collapses each run of white space to one blank.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::has_tag;
    use crate::verdict::SecureBy;
    use crate::{Draft, Language, Policy, Recipient, check};

    /// What makes a draft secure mail under a policy, both as JSON.
    fn by(secure_mail: &str, draft: &str) -> Option<SecureBy> {
        let policy = format!(r#"{{"organisation":{{"domains":["own.dk"]}},"secureMail":{secure_mail}}}"#);
        let policy = Policy::new(serde_json::from_str(&policy).unwrap());
        let draft: Draft = serde_json::from_str(draft).unwrap();
        let verdict = check(&policy, &draft, Language::Da);
        assert_eq!(verdict.secure, verdict.secure_by.is_some());
        verdict.secure_by
    }

    #[test]
    fn each_sign_makes_secure_mail_and_nothing_else_does() {
        let from = r#"{"from":["Sikker@own.dk"]}"#;
        let label = r#"{"labels":["Id-1"]}"#;
        let header = r#"{"headers":[{"name":"X-Sikker","value":"Ja"}]}"#;
        let any_value = r#"{"headers":[{"name":"x-sikker"}]}"#;
        let cases = [
            (from, r#"{"subject":"","from":"sikker@OWN.dk"}"#, Some(SecureBy::From)),
            (from, r#"{"subject":"","from":"post@own.dk"}"#, None),
            (from, r#"{"subject":""}"#, None),
            (r#"{"tags":["sikker"]}"#, r#"{"subject":"[sikker] Sag"}"#, Some(SecureBy::Tag)),
            (label, r#"{"subject":"","labels":["other","id-1"]}"#, Some(SecureBy::Label)),
            (label, r#"{"subject":"","labels":["other"]}"#, None),
            (header, r#"{"subject":"","headers":{"x-sikker":" ja "}}"#, Some(SecureBy::Header)),
            (header, r#"{"subject":"","headers":{"x-sikker":"nej"}}"#, None),
            (header, r#"{"subject":"","headers":{"x-andet":"ja"}}"#, None),
            (any_value, r#"{"subject":"","headers":{"X-Sikker":"nej"}}"#, Some(SecureBy::Header)),
        ];
        for (policy, draft, expected) in cases {
            assert_eq!(by(policy, draft), expected, "{policy} {draft}");
        }
    }

    #[test]
    fn a_recipient_can_make_secure_mail() {
        let domain = r#"{"domains":["*.kommune.dk"]}"#;
        let address = r#"{"addresses":["post@firma.dk"]}"#;
        let external = r#"{"everyExternal":true}"#;
        let cases = [
            (domain, "a@by.kommune.dk", Some(SecureBy::Domain)),
            (domain, "a@kommune.dk", None),
            (address, "Post+sag@firma.dk", Some(SecureBy::Address)),
            (address, "anden@firma.dk", None),
            (external, "a@firma.dk", Some(SecureBy::External)),
            (external, "a@own.dk", None),
            // A CPR number is Digital Post, which leaves the house; a directory path stays in it.
            (external, "010203-1234", Some(SecureBy::External)),
            (external, "/o=Own/cn=post", None),
        ];
        for (policy, recipient, expected) in cases {
            let draft = format!(r#"{{"subject":"","recipients":[{{"address":"{recipient}"}}]}}"#);
            assert_eq!(by(policy, &draft), expected, "{policy} {recipient}");
        }
    }

    #[test]
    fn secure_mail_reaches_whom_the_policy_makes_it_secure_for() {
        let policy = r#"{"secureMail":{"tags":["sikker"],"domains":["a.example"],"addresses":["b@b.example"],"reaches":{"addresses":["c@c.example"]}}}"#;
        let policy = Policy::new(serde_json::from_str(policy).unwrap());
        for (address, reached) in [
            ("x@a.example", true),
            ("b@b.example", true),
            ("c@c.example", true),
            ("x@b.example", false),
            ("x@c.example", false),
        ] {
            let recipients = vec![Recipient { address: address.to_owned(), ..Recipient::default() }];
            let draft = Draft { subject: "[sikker] Sag".to_owned(), recipients, ..Draft::default() };
            assert_eq!(check(&policy, &draft, Language::Da).findings.is_empty(), reached, "{address}");
        }
    }

    #[test]
    fn a_tag_is_found_as_people_write_it() {
        let cases = [
            ("[sikker] Handleplan", "sikker", true),
            ("[SIKKER] Handleplan", "[sikker]", true),
            ("SV: [sikker] Handleplan", "sikker", true),
            ("SV: VS: sikker: Handleplan", "sikker", true),
            ("Sikker Handleplan", "sikker", true),
            ("Handleplan [ sikker ]", "sikker", true),
            ("Handleplan #sikker", "#sikker", true),
            ("#sikker Handleplan", "sikker", true),
            ("Sikker  mail: Handleplan", "Sikker mail", true),
            ("sikker", "sikker", true),
            ("Er skolevejen sikker?", "sikker", false),
            ("Sikkerhed på skolevejen", "sikker", false),
            ("#sikkerpost Handleplan", "sikker", false),
            ("[usikker] Handleplan", "sikker", false),
            ("Handleplan", "", false),
            ("Handleplan", "[]", false),
        ];
        for (subject, tag, expected) in cases {
            assert_eq!(has_tag(subject, tag), expected, "{subject:?} {tag:?}");
        }
    }
}

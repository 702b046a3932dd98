//! The parts of a policy, for several organisations in one house.
//!
//! A part says what is different for its senders. It is worked out to a whole policy: what it says stands in place of what the
//! common policy says, in an object key by key, and a list as a whole.

use std::collections::HashMap;

use sendvagt::address::{self, Address, domain};
use sendvagt::policy::PolicyFile;
use serde_json::{Map, Value, json};

use super::PolicyError;
use super::positions::Positions;
use super::repair::Faults;
use super::semantics::domain_error;
use super::words::{self, Message, plain, with};

/// The key of the parts, and in a part the key of its senders.
pub(super) const PARTS: &str = "parts";
const SENDERS: &str = "senders";

/// What a part may say otherwise. The rest is one for the whole add-in: it is needed before, or without, knowing who sends.
const KEYS: [&str; 14] = [
    "organisation",
    "mode",
    "falseStop",
    "rules",
    "secureMail",
    "retiredMailboxes",
    "knownDomains",
    "privateServices",
    "visibleRecipients",
    "words",
    "patterns",
    "neutralSubject",
    "citizen",
    "citizens",
];

/// Adds the parts to the schema of a policy.
pub(super) fn add_to(schema: &mut Value) {
    let Some(all) = schema.get("properties").and_then(Value::as_object) else { return };
    let mut properties = Map::new();
    properties.insert(
        SENDERS.to_owned(),
        json!({
            "type": "array",
            "items": { "type": "string" },
            "description": "Whose mail the part is for: domains, also with a leading `*.`, and mailboxes. A mailbox goes \
                            before a domain.",
        }),
    );
    for key in KEYS {
        let mut property = all.get(key).cloned().unwrap_or_default();
        // What a part leaves out is not the default but what the common policy says.
        if let Some(property) = property.as_object_mut() {
            property.remove("default");
        }
        properties.insert(key.to_owned(), property);
    }
    let part = json!({
        "type": "object",
        "description": "What is different for the senders of one organisation. An object such as `secureMail` is taken key \
                        by key, a list as a whole; what is left out is as above.",
        "properties": properties,
        "required": [SENDERS],
        "additionalProperties": false,
    });
    let parts = json!({
        "type": "array",
        "items": { "$ref": "#/$defs/Part" },
        "default": [],
        "description": "What is different for each of several organisations in one house, chosen by the address that a mail \
                        is sent from. Mail from other addresses has what stands above.",
    });
    for (place, key, value) in [("/$defs", "Part", part), ("/properties", PARTS, parts)] {
        if let Some(object) = schema.pointer_mut(place).and_then(Value::as_object_mut) {
            object.insert(key.to_owned(), value);
        }
    }
}

/// A part as it is written.
pub(super) struct Written {
    senders: Vec<String>,
    says: Value,
}

/// Takes the parts out of a policy.
pub(super) fn taken(policy: &mut Value) -> Vec<Written> {
    let parts = policy.as_object_mut().and_then(|policy| policy.remove(PARTS));
    let Some(Value::Array(parts)) = parts else { return Vec::new() };
    let written = |mut says: Value| {
        let senders = says.as_object_mut().and_then(|part| part.remove(SENDERS));
        let senders = senders.as_ref().and_then(Value::as_array).into_iter().flatten();
        Written { senders: senders.filter_map(Value::as_str).map(str::to_owned).collect(), says }
    };
    parts.into_iter().map(written).collect()
}

impl Written {
    /// The whole policy for the senders of this part.
    pub(super) fn worked_out(&self, common: &Value) -> serde_json::Result<PolicyFile> {
        let mut whole = common.clone();
        put(&mut whole, &self.says);
        let policy: PolicyFile = serde_json::from_value(whole)?;
        let senders = self.senders.iter().map(|sender| spelling(sender).unwrap_or_else(|_| sender.clone())).collect();
        Ok(PolicyFile { senders, ..policy })
    }
}

fn put(into: &mut Value, says: &Value) {
    match (into, says) {
        (Value::Object(into), Value::Object(says)) => {
            for (key, value) in says {
                put(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, says) => *into = says.clone(),
    }
}

/// Every sender that is none, or that is in a part already.
pub(super) fn errors(parts: &[Written], faults: &Faults, positions: &Positions) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    let mut seen = HashMap::new();
    let mut report = |pointer: &str, message: Message| {
        if !faults.covers(pointer) {
            errors.push(positions.value(pointer, message));
        }
    };
    for (index, part) in parts.iter().enumerate() {
        let list = format!("/{PARTS}/{index}/{SENDERS}");
        if part.senders.is_empty() {
            report(&list, plain(words::NO_SENDERS));
        }
        for (place, sender) in part.senders.iter().enumerate() {
            let pointer = format!("{list}/{place}");
            match spelling(sender) {
                Err(message) => report(&pointer, message),
                Ok(spelling) => {
                    if let Some(first) = seen.insert(spelling, (index, place)) {
                        let (part, place) = (first.0.to_string(), first.1.to_string());
                        report(&pointer, with(words::SAME_SENDER, &[&part, &place]));
                    }
                }
            }
        }
    }
    errors
}

/// A sender in the form in which two spellings of it are the same.
fn spelling(sender: &str) -> Result<String, Message> {
    let sender = sender.trim();
    if !sender.contains('@') {
        let base = sender.strip_prefix("*.").unwrap_or(sender);
        let star = if base == sender { "" } else { "*." };
        return match domain_error(sender) {
            Some(message) => Err(message),
            None => Ok([star, &domain::normalise(base).unwrap_or_default()].concat()),
        };
    }
    match address::parse(sender, "") {
        Address::Mailbox(mailbox) if !sender.contains('*') => Ok(mailbox.address().to_owned()),
        _ => Err(plain(words::SENDER)),
    }
}

#[cfg(test)]
mod tests {
    use sendvagt::policy::{Action, Mode};
    use sendvagt::{Policy, RuleName};

    use crate::policy::{parse, warnings};

    const HOUSE: &str = r#"{
  "organisation": { "name": "Fælles-it", "contact": "Servicedesk", "domains": ["vest.example", "ost.example"] },
  "secureMail": { "tags": ["sikker"], "reaches": { "domains": ["fællesnet.example"] } },
  "rules": { "name-twin": "off" },
  "retiredMailboxes": [{ "address": "gammel@vest.example" }],
  "parts": [
    {
      "senders": ["vest.example", "*.vest.example"],
      "organisation": { "name": "Vest" },
      "mode": "observe",
      "secureMail": { "reaches": { "addresses": ["post@nabo.example"] } },
      "rules": { "cpr-in-subject": "ask" },
      "retiredMailboxes": []
    },
    { "senders": ["Sikker post <Sikker@OST.example>"], "organisation": { "contact": null }, "secureMail": { "tags": ["øst"] } }
  ]
}"#;

    #[test]
    fn a_part_says_what_is_different() {
        let policy = Policy::new(parse(HOUSE).unwrap_or_else(|errors| panic!("{errors:?}")));
        let file = |from: &str| policy.of_sender(Some(from)).file().clone();
        let (vest, ost, common) = (file("a@vest.example"), file("sikker@ost.example"), file("a@ost.example"));
        assert_eq!(common, *policy.file());
        assert_eq!((vest.organisation.name.as_str(), vest.mode), ("Vest", Mode::Observe));
        assert_eq!(vest.organisation.contact.as_deref(), Some("Servicedesk"), "an object is taken key by key");
        assert_eq!(vest.organisation.domains, common.organisation.domains);
        assert_eq!(vest.secure_mail.tags, ["sikker"]);
        let reaches = vest.secure_mail.reaches;
        assert_eq!(
            (reaches.domains.as_slice(), reaches.addresses.as_slice()),
            (["fællesnet.example".to_owned()].as_slice(), ["post@nabo.example".to_owned()].as_slice(),)
        );
        assert_eq!(vest.rules.get(RuleName::NameTwin), Some(Action::Off));
        assert_eq!(vest.rules.get(RuleName::CprInSubject), Some(Action::Ask));
        assert!(vest.retired_mailboxes.is_empty(), "a list is taken as a whole");
        assert_eq!(ost.organisation.contact, None);
        assert_eq!((ost.secure_mail.tags.as_slice(), ost.retired_mailboxes.len()), (["øst".to_owned()].as_slice(), 1));
    }

    #[test]
    fn errors_of_a_part_are_at_their_place() {
        let common =
            r#""organisation": { "domains": ["a.example"] }, "retiredMailboxes": [{ "address": "x@a.example" }]"#;
        let cases: [(&str, &[&str]); 12] = [
            (r#"[{ "senders": ["a.example", "x@b.example"] }]"#, &[]),
            ("{}", &["parts: expected"]),
            ("[{}]", &["parts[0]: the key `senders`"]),
            (r#"[{ "senders": [] }]"#, &["parts[0].senders: the domains or mailboxes"]),
            (
                r#"[{ "senders": ["*@a.example", "*.dk", "a", "010203-1234"] }]"#,
                &["parts[0].senders[0]: ", "parts[0].senders[1]: ", "parts[0].senders[2]: ", "parts[0].senders[3]: "],
            ),
            (
                r#"[{ "senders": ["a.example"] }, { "senders": ["b.example", "A.Example"] }]"#,
                &["parts[1].senders[1]: the same sender is already at parts[0].senders[0]"],
            ),
            (r#"[{ "senders": ["a.example"], "language": "da" }]"#, &["parts[0].language: unknown key"]),
            (r#"[{ "senders": ["a.example"], "parts": [] }]"#, &["parts[0].parts: unknown key"]),
            (r#"[{ "senders": ["a.example"], "mode": "advice" }]"#, &["parts[0].mode: expected one of"]),
            (
                r#"[{ "senders": ["a.example"], "secureMail": { "from": ["x@a.example", "y"] } }]"#,
                &["parts[0].secureMail.from[0]: this mailbox is in retiredMailboxes", "parts[0].secureMail.from[1]: "],
            ),
            // What is wrong only together with the part, which has no such key.
            (
                r#"[{ "senders": ["a.example"], "privateServices": ["a.example"] }]"#,
                &["parts[0]: this domain is a private mail service"],
            ),
            (
                r#"[{ "senders": ["a.example"], "organisation": { "domains": [] }, "secureMail": { "everyExternal": true } }]"#,
                &["parts[0].secureMail.everyExternal: "],
            ),
        ];
        for (parts, expected) in cases {
            let text = format!("{{ {common}, \"parts\": {parts} }}");
            let found = parse(&text).err().unwrap_or_default();
            let found: Vec<String> = found.iter().map(|error| error.to_string()).collect();
            let is_expected = |(error, expected): (&String, &&str)| {
                error.split_once(": ").is_some_and(|(_, error)| error.starts_with(expected))
            };
            assert!(
                found.len() == expected.len() && found.iter().zip(expected).all(is_expected),
                "{parts}: {found:#?}"
            );
        }
    }

    #[test]
    fn what_is_wrong_above_is_reported_there_alone() {
        let text =
            r#"{ "knownDomains": ["x"], "parts": [{ "senders": ["a.example"] }, { "senders": ["b.example"] }] }"#;
        let errors = parse(text).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["knownDomains[0]"]);
    }

    #[test]
    fn warnings_reach_into_the_parts() {
        let text = r#"{ "parts": [{ "senders": ["a.example"], "organisation": { "contact": "IT & drift" } }] }"#;
        let found: Vec<String> = warnings(text).into_iter().map(|warning| warning.path).collect();
        assert_eq!(found, ["parts[0].organisation.contact"]);
    }
}

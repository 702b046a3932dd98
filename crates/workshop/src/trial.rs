//! What would become of a mail.

use sendvagt::{Decision, Draft, Field, Language, Policy, Recipient, check};

/// Something that marks secure mail and is not written in the subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A mailbox that it is sent from.
    From(String),
    /// The id of a sensitivity label.
    Label(String),
    /// An internet header with its value.
    Header(String, String),
}

/// The signs of secure mail that a policy has, in the order of its keys; of each of its parts a sender first, by whom its own
/// are in use.
pub fn signs(policy: &Policy) -> Vec<Sign> {
    let mut all: Vec<Sign> = Vec::new();
    for part in policy.all() {
        let sender = part.file().senders.first().map(|sender| Sign::From(mailbox_of(sender)));
        for sign in sender.into_iter().chain(signs_of_one(part)) {
            if !all.contains(&sign) {
                all.push(sign);
            }
        }
    }
    all
}

/// A mailbox of a sender, which may be a domain.
fn mailbox_of(sender: &str) -> String {
    if sender.contains('@') { sender.to_owned() } else { format!("navn@{}", sender.trim_start_matches("*.")) }
}

fn signs_of_one(policy: &Policy) -> Vec<Sign> {
    let secure = &policy.file().secure_mail;
    let headers = secure
        .headers
        .iter()
        .map(|header| Sign::Header(header.name.clone(), header.value.clone().unwrap_or_else(|| "1".to_owned())));
    let from = secure.from.iter().cloned().map(Sign::From);
    from.chain(secure.labels.iter().cloned().map(Sign::Label)).chain(headers).collect()
}

/// Addresses as people write them: after each other, or one a line.
pub fn recipients(field: Field, text: &str) -> Vec<Recipient> {
    let addresses = text.split([';', ',', '\n']).map(str::trim).filter(|address| !address.is_empty());
    let recipient = |address: &str| Recipient { field, address: address.to_owned(), ..Recipient::default() };
    addresses.map(recipient).collect()
}

/// The recipients of a field, as they are written in it.
pub fn written(draft: &Draft, field: Field) -> String {
    let addresses = draft.recipients.iter().filter(|one| one.field == field).map(|one| one.address.as_str());
    addresses.collect::<Vec<_>>().join("; ")
}

/// The draft with a sign of secure mail.
pub fn signed(mut draft: Draft, sign: Option<&Sign>) -> Draft {
    match sign {
        None => {}
        Some(Sign::From(address)) => draft.from = Some(address.clone()),
        Some(Sign::Label(id)) => draft.labels.push(id.clone()),
        Some(Sign::Header(name, value)) => draft.headers.push(name.clone(), value.clone()),
    }
    draft
}

/// What would become of a mail with one of many subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The subject.
    pub subject: String,
    /// The decision.
    pub decision: Decision,
    /// The decision under the policy as it was before the changes.
    pub before: Decision,
    /// What each cause is about.
    pub what: Vec<String>,
}

/// Judges a draft with each of these subjects, one a line.
pub fn rows(now: &Policy, before: &Policy, like: &Draft, subjects: &str, language: Language) -> Vec<Row> {
    let subjects = subjects.lines().map(str::trim).filter(|subject| !subject.is_empty());
    let judged = |subject: &str| {
        let draft = Draft { subject: subject.to_owned(), ..like.clone() };
        let verdict = check(now, &draft, language);
        Row {
            subject: draft.subject.clone(),
            decision: verdict.decision,
            before: check(before, &draft, language).decision,
            what: verdict.cards.into_iter().map(|card| card.what).collect(),
        }
    };
    subjects.map(judged).collect()
}

#[cfg(test)]
mod tests {
    use sendvagt::{Decision, Draft, Field, Language, Policy};

    use super::{Sign, recipients, rows, signed, signs, written};

    fn policy(json: &str) -> Policy {
        Policy::new(sendvagt_site::policy::parse(json).unwrap())
    }

    #[test]
    fn recipients_are_read_as_they_are_written() {
        let draft = Draft { recipients: recipients(Field::Cc, "a@x.dk; b@x.dk,\n c@x.dk;"), ..Draft::default() };
        assert_eq!(written(&draft, Field::Cc), "a@x.dk; b@x.dk; c@x.dk");
        assert_eq!(written(&draft, Field::To), "");
    }

    #[test]
    fn each_sign_makes_secure_mail() {
        let policy = policy(
            r#"{"secureMail":{"from":["s@x.dk"],"labels":["5b0c8c6e-0000-4000-8000-000000000001"],"headers":[{"name":"x-sikker"},{"name":"x-s","value":"ja"}]}}"#,
        );
        let all = signs(&policy);
        assert_eq!(all.len(), 4);
        for sign in &all {
            let draft = signed(Draft::default(), Some(sign));
            assert!(sendvagt::check(&policy, &draft, Language::Da).secure, "{sign:?}");
        }
        assert!(!sendvagt::check(&policy, &signed(Draft::default(), None), Language::Da).secure);
        assert_eq!(all.first(), Some(&Sign::From("s@x.dk".to_owned())));
    }

    #[test]
    fn many_subjects_are_judged_under_both_policies() {
        let (now, before) = (policy(r#"{"mode":"advise"}"#), policy("{}"));
        let found = rows(&now, &before, &Draft::default(), "Vedr. 010203-1234\n\n Referat \n", Language::Da);
        let decisions: Vec<_> = found.iter().map(|row| (row.subject.as_str(), row.before, row.decision)).collect();
        assert_eq!(
            decisions,
            [("Vedr. 010203-1234", Decision::Stop, Decision::Ask), ("Referat", Decision::Send, Decision::Send)]
        );
        assert_eq!(found[0].what.len(), 1);
    }
}

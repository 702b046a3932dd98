//! Any draft: it is judged in both languages, its words keep within Outlook's limits and show no number, and every fix does
//! what it says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sendvagt::mend::mend;
use sendvagt::verdict::Fix;
use sendvagt::{Draft, Field, Item, Language, Policy, PolicyFile, Recipient, check};

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../../addin/policy.example.json");
    Policy::new(sendvagt_site::policy::parse(text).unwrap_or_else(|_| PolicyFile::default()))
});

/// The subject, then recipients, a line each; the sender is the last line that begins with a blank.
fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut lines = text.split('\n');
    draft.subject = lines.next().unwrap_or_default().to_owned();
    for (number, line) in lines.enumerate() {
        if let Some(from) = line.strip_prefix(' ') {
            draft.from = Some(from.to_owned());
        } else if line == "!" {
            draft.item = Item::Appointment;
        } else {
            let (address, name) = line.split_once('|').unwrap_or((line, ""));
            let field = [Field::To, Field::Cc, Field::Bcc][number % 3];
            draft.recipients.push(Recipient {
                field,
                address: address.into(),
                name: name.into(),
                ..Recipient::default()
            });
        }
    }
    draft
}

fuzz_target!(|text: &str| {
    let draft = draft(text);
    for language in Language::ALL {
        let verdict = check(&POLICY, &draft, language);
        if let Some(alert) = &verdict.alert {
            assert!(alert.text.encode_utf16().count() <= 500, "too long for a dialog");
        }
        for (number, finding) in verdict.findings.iter().enumerate() {
            for (at, fix) in finding.fixes.iter().enumerate() {
                let change = mend(&POLICY, &draft, language, number, at);
                let change = change.expect("every fix that is offered can be done");
                let mut mended = draft.clone();
                if let Some(subject) = change.subject {
                    assert!(!subject.trim().is_empty(), "a subject is never emptied");
                    mended.subject = subject;
                }
                if let Some(field) = change.recipients {
                    mended.recipients.retain(|recipient| recipient.field != field.field);
                    mended.recipients.extend(field.list);
                }
                let after = check(&POLICY, &mended, language);
                let same = |rule: &str| after.findings.iter().filter(|finding| finding.rule == rule).count();
                if matches!(fix, Fix::Remove { .. } | Fix::MoveToBody { .. }) && finding.rule == "cpr-in-subject" {
                    assert_eq!(same("cpr-in-subject"), 0, "what a fix takes out is gone");
                }
                assert!(mend(&POLICY, &draft, language, number, at + 100).is_none());
            }
        }
        // The order of recipients decides nothing.
        let mut turned = draft.clone();
        turned.recipients.reverse();
        assert_eq!(check(&POLICY, &turned, language).decision, verdict.decision, "by the order of recipients");
    }
});

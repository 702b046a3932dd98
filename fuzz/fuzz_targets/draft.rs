//! Any draft: it is judged in both languages, its words keep within Outlook's limits and show no number, and every fix does
//! what it says.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use sendvagt::mend::mend;
use sendvagt::verdict::Fix;
use sendvagt::{Language, Policy, PolicyFile, check};

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../../tests/policy.json");
    Policy::new(sendvagt_site::policy::parse(text).unwrap_or_else(|_| PolicyFile::default()))
});

fuzz_target!(|bytes: &[u8]| {
    let draft = sendvagt_testing::draft(&mut Unstructured::new(bytes));
    for language in Language::ALL {
        let verdict = check(&POLICY, &draft, language);
        if let Some(alert) = &verdict.alert {
            assert!(alert.text.encode_utf16().count() <= 500, "too long for a dialog");
        }
        for (number, finding) in verdict.findings.iter().enumerate() {
            for (at, fix) in finding.fixes.iter().enumerate() {
                let change = mend(&POLICY, &draft, language, number, at);
                let change = change.expect("every fix that is offered can be done");
                if let Some(subject) = &change.subject {
                    assert!(!subject.trim().is_empty(), "a subject is never emptied");
                }
                let mended = change.applied_to(&draft);
                let after = check(&POLICY, &mended, language);
                let of_number = |rule: &str| rule.ends_with("cpr-in-subject");
                if matches!(fix, Fix::Remove { .. } | Fix::MoveToBody { .. } | Fix::MoveToSecureBody { .. }) {
                    assert!(!after.findings.iter().any(|left| of_number(&left.rule)), "what a fix takes out is gone");
                }
                assert!(mend(&POLICY, &draft, language, number, at + 100).is_none());
            }
        }
        // The order of recipients decides nothing, but for the mark of an answered question, which names them by place.
        let mut turned = draft.clone();
        turned.recipients.reverse();
        if draft.asked.is_none() {
            assert_eq!(check(&POLICY, &turned, language).decision, verdict.decision, "by the order of recipients");
        }
    }
});

//! Any text as a body: it is judged as HTML and as plain text, places lie within it, no word shows it, and every fix changes what
//! it says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sendvagt::mend::mend;
use sendvagt::verdict::{At, Fix};
use sendvagt::{Body, BodyKind, Draft, Language, Policy, PolicyFile, check};

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../../tests/policy.json");
    Policy::new(sendvagt_site::policy::parse(text).unwrap_or_else(|_| PolicyFile::default()))
});

fuzz_target!(|bytes: &[u8]| {
    let content = String::from_utf8_lossy(bytes).into_owned();
    let units: Vec<u16> = content.encode_utf16().collect();
    for kind in [BodyKind::Html, BodyKind::Text] {
        let body = Some(Body { kind, content: content.clone(), cut: false });
        let draft = Draft { body, ..Draft::example("Referat", &["a@firma.example"]) };
        let verdict = check(&POLICY, &draft, Language::Da);
        for (number, finding) in verdict.findings.iter().enumerate() {
            if let At::Body(start, end) = finding.at {
                let part = units.get(start..end).expect("within the body");
                assert!(start < end && String::from_utf16(part).is_ok(), "half of a character");
            }
            for (at, fix) in finding.fixes.iter().enumerate() {
                let change = mend(&POLICY, &draft, Language::Da, number, at).expect("what is offered can be done");
                if let (Fix::MaskNumbers { .. }, Some(body)) = (fix, &change.content) {
                    let bullets = |text: &str| text.matches('•').count();
                    assert!(bullets(&body.content) > bullets(&content), "nothing is masked");
                }
            }
        }
    }
});

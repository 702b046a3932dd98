//! Any text as an address or a display name: judged without a panic, and a clean recipient beside it clears nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendvagt::{Draft, Language, Policy, PolicyFile, Recipient, check};
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../../addin/policy.example.json");
    Policy::new(sendvagt_site::policy::parse(text).unwrap_or_else(|_| PolicyFile::default()))
});

fuzz_target!(|text: &str| {
    let (address, name) = text.split_once('\n').unwrap_or((text, ""));
    let recipient = Recipient { address: address.into(), name: name.into(), ..Recipient::default() };
    let mut draft = Draft { subject: "[sikker] Referat".into(), recipients: vec![recipient], ..Draft::default() };
    let alone = check(&POLICY, &draft, Language::Da);
    draft.recipients.push(Recipient { address: "akut@region.example".into(), ..Recipient::default() });
    let beside = check(&POLICY, &draft, Language::Da);
    assert!(beside.findings.len() >= alone.findings.len(), "a clean recipient clears nothing");
});

//! The examples of the rules are their tests.

use super::{RULES, clip};
use crate::draft::{Draft, Recipient, RecipientKind};
use crate::policy::{Action, Policy, PolicyFile, RuleName};
use crate::{Language, check};

/// The policy under which the examples are judged.
fn policy() -> Policy {
    let file: PolicyFile = serde_json::from_str(
        r#"{
            "organisation": { "name": "Eksempel Kommune", "domains": ["eksempel.example.dk"] },
            "secureMail": { "tags": ["sikker"], "reaches": { "domains": ["region.example.dk"] } },
            "retiredMailboxes": [
                { "address": "opkraevning@gammel.example.dk", "since": "2026-05-01", "replacement": "opkraevning@ny.example.dk" },
                { "address": "*@lukket.example.dk" }
            ]
        }"#,
    )
    .expect("the examples' policy reads");
    Policy::new(file)
}

/// The examples of `private-mailbox` need a policy that does not say whom secure mail reaches, since
/// `unsecured-recipient` would speak otherwise.
fn policy_for(rule: RuleName) -> Policy {
    let mut file = policy().file().clone();
    if rule == RuleName::PrivateMailbox {
        file.secure_mail.reaches = crate::policy::Reach::default();
    }
    // A rule that is off by default is judged as if it were on.
    file.rules.set(rule, Action::Ask);
    Policy::new(file)
}

fn draft(subject: &str, to: &[&str]) -> Draft {
    let recipient = |address: &&str| match address.strip_prefix("list:") {
        Some(list) => Recipient { address: list.to_owned(), kind: RecipientKind::List, ..Recipient::default() },
        None => Recipient { address: (*address).to_owned(), ..Recipient::default() },
    };
    Draft { subject: subject.to_owned(), recipients: to.iter().map(recipient).collect(), ..Draft::default() }
}

#[test]
fn every_example_is_judged_as_it_says() {
    for rule in RULES {
        let policy = policy_for(rule.name);
        for example in rule.examples {
            let verdict = check(&policy, &draft(example.subject, example.to), Language::En);
            let found = verdict.findings.iter().any(|finding| finding.rule == rule.name.as_str());
            assert_eq!(found, example.found, "{}: {}", rule.name.as_str(), example.because);
        }
    }
}

#[test]
fn every_rule_shows_both_what_it_finds_and_what_it_does_not() {
    for rule in RULES {
        assert!(rule.examples.iter().any(|example| example.found), "{}", rule.name.as_str());
        assert!(rule.examples.iter().any(|example| !example.found), "{}", rule.name.as_str());
    }
}

#[test]
fn every_name_has_one_rule() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
    assert_eq!(names.len(), RuleName::ALL.len());
}

#[test]
fn who_could_not_be_judged_is_told() {
    let to = ["/o=ex/cn=x", "a@eksempel.example.dk", "0102031234", "", "ikke-en-adresse"];
    assert_eq!(check(&policy(), &draft("Referat", &to), Language::Da).unjudged, [0, 3, 4]);
}

#[test]
fn without_a_word_of_the_policy_each_rule_does_what_it_says_itself() {
    let policy = Policy::default();
    for rule in RULES {
        assert_eq!(policy.action(rule.name), rule.default, "{}", rule.name.as_str());
    }
    assert_ne!(policy.action(RuleName::CprInSubject), policy.action(RuleName::UncheckedList));
}

#[test]
fn clipping_counts_utf16_code_units() {
    assert_eq!(clip("kort", 4), "kort");
    assert_eq!(clip("længere", 4), "læn…");
    assert_eq!(clip("😀😀😀", 4), "😀…");
}

#[test]
fn a_number_as_recipient_is_never_found_and_never_repeated() {
    let mut file = policy().file().clone();
    file.secure_mail.every_external = true;
    RuleName::ALL.into_iter().for_each(|rule| file.rules.set(rule, Action::Stop));
    let policy = Policy::new(file);
    for address in [
        "010203-1234",
        "0102031234",
        "<010203 1234>",
        "0102031234@digital-post.dk",
        "Borger <010203-1234>",
        "010203-1OS6",
    ] {
        for (to, name) in [(address, ""), ("", address), (address, address)] {
            let recipient = Recipient { address: to.to_owned(), name: name.to_owned(), ..Recipient::default() };
            let draft =
                Draft { subject: "[sikker] Afgørelse".to_owned(), recipients: vec![recipient], ..Draft::default() };
            let verdict = check(&policy, &draft, Language::Da);
            assert!(verdict.findings.is_empty() && verdict.secure, "a form of writing it is found");
            assert!(!serde_json::to_string(&verdict).unwrap().contains("0102"), "the verdict repeats it");
        }
    }
}

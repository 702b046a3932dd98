//! The examples of the rules are their tests.

use crate::draft::{Draft, Recipient};
use crate::policy::{Action, Policy, PolicyFile};
use crate::rule_name::RuleName;
use crate::{Language, check};

/// The policy under which the examples are judged.
fn policy() -> Policy {
    let file: PolicyFile = serde_json::from_str(super::EXAMPLES_POLICY).expect("the examples' policy reads");
    Policy::new(file)
}

/// The policy for one rule's examples. A rule that is off by default is on here.
pub(super) fn policy_for(rule: RuleName) -> Policy {
    let mut file = policy().file().clone();
    (rule.examples().policy)(&mut file);
    file.rules.set(rule, Action::Ask);
    Policy::new(file)
}

#[test]
fn every_example_is_judged_as_it_says() {
    for rule in RuleName::ALL {
        let policy = policy_for(rule);
        for example in rule.examples().drafts {
            let verdict = check(&policy, &example.draft(), Language::En);
            let found = verdict.findings.iter().any(|finding| finding.rule == rule.as_str());
            assert_eq!(found, example.found, "{}: {}", rule.as_str(), example.because);
        }
    }
}

#[test]
fn every_rule_shows_both_what_it_finds_and_what_it_does_not() {
    for rule in RuleName::ALL {
        let drafts = rule.examples().drafts;
        assert!(drafts.iter().any(|example| example.found), "{}", rule.as_str());
        assert!(drafts.iter().any(|example| !example.found), "{}", rule.as_str());
    }
}

#[test]
fn every_name_has_its_own_rule() {
    for name in RuleName::ALL {
        assert_eq!(name.rule().name, name);
    }
}

#[test]
fn recipients_that_cannot_be_judged_are_listed() {
    let to = ["/o=ex/cn=x", "a@eksempel.example.dk", "0102031234", "", "ikke-en-adresse"];
    assert_eq!(check(&policy(), &Draft::example("Referat", &to), Language::Da).unjudged, [0, 3, 4]);
}

#[test]
fn a_rule_that_the_policy_leaves_out_has_its_default_action() {
    // A policy without patterns has nothing for the rule on them to do.
    let mut file = PolicyFile::default();
    (RuleName::OwnPattern.examples().policy)(&mut file);
    assert_eq!(RuleName::OwnPattern.action(&Policy::default()), Action::Off);
    let policy = Policy::new(file);
    for rule in RuleName::ALL {
        assert_eq!(rule.action(&policy), rule.rule().default, "{}", rule.as_str());
    }
    assert_ne!(RuleName::CprInSubject.action(&policy), RuleName::UncheckedList.action(&policy));
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

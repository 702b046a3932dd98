//! After a fix the finding is gone, and the rest of the draft is as it was.

use proptest::prelude::*;

use super::{Change, mend};
use crate::draft::Draft;
use crate::policy::{Policy, PolicyFile};
use crate::verdict::{Finding, Fix};
use crate::{Decision, Language, check};

fn policy() -> Policy {
    let file: PolicyFile =
        serde_json::from_str(include_str!("../../addin/policy.example.json")).expect("the example policy reads");
    Policy::new(file)
}

/// Every fix of every finding, with its change.
fn changes(policy: &Policy, draft: &Draft) -> Vec<(Finding, Fix, Change)> {
    let verdict = check(policy, draft, Language::Da);
    let mut changes = Vec::new();
    for (at, finding) in verdict.findings.iter().enumerate() {
        for (nth, fix) in finding.fixes.iter().enumerate() {
            let change = mend(policy, draft, Language::Da, at, nth).expect("a fix that is offered can be done");
            changes.push((finding.clone(), fix.clone(), change));
        }
    }
    changes
}

#[test]
fn the_subject_reads_well_without_the_number() {
    let cases = [
        ("Vedr. 010203-1234", "Henvendelse om en sag"),
        ("Vedr. 010203-1234, underretning", "Underretning"),
        ("Underretning, 010203-1234, haster", "Underretning, haster"),
        ("Handleplan: 010203-1234", "Handleplan"),
        ("Handleplan (010203-1234)", "Handleplan"),
        ("Handleplan (010203-1234) til orientering", "Handleplan til orientering"),
        ("SV: Handleplan om 010203-1234 – 2. rykker", "SV: Handleplan om borgeren – 2. rykker"),
        ("Ansøgning_010203-1234_v2.pdf", "Ansøgning_v2.pdf"),
        ("cpr.nr. 010203-1234", "Henvendelse om en sag"),
        ("SV: 010203-1234", "SV: Henvendelse om en sag"),
        ("[sikker] 010203-1234", "[sikker] Henvendelse om en sag"),
        ("010203-1234", "Henvendelse om en sag"),
        ("010203-1234 Underretning", "Underretning"),
        ("Børn 010203-1234 og 020304-1234, statusmøde", "Børn, statusmøde"),
        ("Pension – CPR: 010203-1234", "Pension"),
        ("Pension\u{a0}om\u{a0}CPR\u{a0}nr. 010203-1234", "Pension\u{a0}om\u{a0}borgeren"),
        ("Handleplan (010203-1234 haster)", "Handleplan (haster)"),
        ("Sag: 010203-1234 haster", "Henvendelse om en sag, haster"),
        ("Afgørelse, 010203-1234 haster", "Afgørelse, haster"),
        ("Statusattest vedr. borger »010203-1234« i dag", "Statusattest vedr. borger i dag"),
    ];
    let policy = policy();
    for (subject, expected) in cases {
        let changes = changes(&policy, &Draft::example(subject, &[]));
        let (_, _, change) = changes.first().expect("the subject holds a number");
        assert_eq!(change.subject.as_deref(), Some(expected), "{subject}");
    }
}

/// Each number that goes brings the halves of another one together.
#[test]
fn numbers_within_numbers_go_too() {
    let policy = policy();
    let nested = |deep: usize| format!("{}010203-1234{} i dag", "010203-(".repeat(deep), ") 1234".repeat(deep));
    for (deep, expected) in
        [(1, "Borgeren i dag"), (3, "Borgeren i dag"), (31, "Borgeren i dag"), (40, "Henvendelse om en sag")]
    {
        let changes = changes(&policy, &Draft::example(&nested(deep), &[]));
        let (_, _, change) = changes.first().expect("the subject holds a number");
        assert_eq!(change.subject.as_deref(), Some(expected), "{deep} deep");
    }
}

#[test]
fn a_number_is_moved_to_the_body_as_it_was_written() {
    let policy = policy();
    let secure = Draft::example("[sikker] Børn 010203-1234 og 020304 – 1234", &[]);
    let (_, fix, change) = changes(&policy, &secure).into_iter().next().expect("a finding");
    assert!(matches!(fix, Fix::MoveToBody { .. }), "moving is what is recommended for secure mail");
    let note = change.body.expect("the number goes to the body");
    assert_eq!(note.text, "CPR-numre: 010203-1234, 020304 – 1234\n");
    assert_eq!(note.html, "<p>CPR-numre: 010203-1234, 020304 – 1234</p>");
    let ordinary = changes(&policy, &Draft::example("Barn 010203-1234", &[]));
    assert!(
        ordinary.iter().all(|(_, fix, _)| matches!(fix, Fix::Remove { .. })),
        "an ordinary mail's body is no safer"
    );
}

#[test]
fn a_recipient_is_replaced_in_its_own_field() {
    let policy = policy();
    let to = ["a@kommune.example", "Mellemkommunal@kommune.example", "b@kommune.example"];
    let cases: [(&[&str], &[&str]); 2] = [
        (&to, &["a@kommune.example", "refusion@kommune.example", "b@kommune.example"]),
        (&["refusion@kommune.example", "mellemkommunal@kommune.example"], &["refusion@kommune.example"]),
    ];
    for (to, expected) in cases {
        let draft = Draft::example("Refusion", to);
        let (_, _, change) = changes(&policy, &draft).into_iter().next().expect("a finding");
        let field = change.recipients.clone().expect("recipients change");
        let list: Vec<&str> = field.list.iter().map(|recipient| recipient.address.as_str()).collect();
        assert_eq!(list, expected);
        assert_eq!(check(&policy, &change.applied_to(&draft), Language::Da).decision, Decision::Send);
    }
}

#[test]
fn one_number_is_spoken_of_as_one() {
    let policy = policy();
    let one = changes(&policy, &Draft::example("[sikker] Barn 010203-1234", &[]));
    let (_, Fix::MoveToBody { label, .. }, change) = one.first().expect("a finding") else {
        panic!("moving comes first")
    };
    assert_eq!(label, "Flyt nummeret til teksten");
    assert_eq!(change.body.as_ref().expect("a note").text, "CPR-nummer: 010203-1234\n");
    let many = changes(&policy, &Draft::example("[sikker] Børn 010203-1234 og 020304-1234", &[]));
    let labels = |changes: &[(Finding, Fix, Change)]| -> Vec<String> {
        let label = |fix: &Fix| match fix {
            Fix::MoveToBody { label, .. } | Fix::Remove { label, .. } | Fix::Replace { label, .. } => label.clone(),
        };
        changes.iter().map(|(_, fix, _)| label(fix)).collect()
    };
    let both = ["Flyt numrene til teksten", "Fjern numrene fra emnet"];
    assert_eq!(labels(&many), [both, both].concat());
    // What is only possible goes alone, and is spoken of alone.
    let possible = changes(&policy, &Draft::example("Sager 1312092317 og 1412092317", &[]));
    assert_eq!(labels(&possible), ["Fjern nummeret fra emnet", "Fjern nummeret fra emnet"]);
}

#[test]
fn a_new_recipient_stands_in_the_field_of_the_old_one() {
    let policy = policy();
    let mut draft = Draft::example("Referat", &["akut@regoin.example", "leder@kommune.example"]);
    draft.recipients.iter_mut().for_each(|recipient| recipient.field = crate::Field::Cc);
    let (_, _, change) = changes(&policy, &draft).into_iter().next().expect("a finding");
    let field = change.recipients.expect("recipients change");
    assert_eq!(field.field, crate::Field::Cc);
    assert!(field.list.iter().all(|recipient| recipient.field == crate::Field::Cc));
}

#[test]
fn a_domain_is_corrected() {
    let policy = policy();
    let draft = Draft::example("Referat", &["borger@gmai1.com"]);
    let (_, fix, _) = changes(&policy, &draft).into_iter().next().expect("a finding");
    assert!(matches!(fix, Fix::Replace { recipient: 0, address, .. } if address == "borger@gmail.com"));
}

#[test]
fn a_fix_that_is_not_offered_is_none() {
    let policy = policy();
    let draft = Draft::example("Vedr. 010203-1234", &[]);
    assert!(mend(&policy, &draft, Language::Da, 1, 0).is_none());
    assert!(mend(&policy, &draft, Language::Da, 0, 9).is_none());
}

/// Pieces of which subjects with and without numbers are made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("010203-1234".to_owned()),
        Just("0102031234".to_owned()),
        Just("010203".to_owned()),
        Just("1234".to_owned()),
        Just("-".to_owned()),
        Just(" ".to_owned()),
        Just(", ".to_owned()),
        Just("SV: ".to_owned()),
        Just("[sikker] ".to_owned()),
        Just("cpr.nr. ".to_owned()),
        Just("Vedr. ".to_owned()),
        Just("😀".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\u{200b}".to_owned()),
        "[0-9]{1,6}",
        "[a-zæøå]{1,8}",
        "\\PC{0,3}",
    ]
}

proptest! {
    #[test]
    fn a_fix_clears_its_finding_and_nothing_else_changes(pieces in prop::collection::vec(piece(), 1..12), tagged: bool) {
        let policy = policy();
        let subject = if tagged { "[sikker] ".to_owned() } else { String::new() } + &pieces.concat();
        let draft = Draft::example(&subject, &["post@kommune.example"]);
        for (finding, fix, change) in changes(&policy, &draft) {
            let mended = change.applied_to(&draft);
            let after = check(&policy, &mended, Language::Da);
            // What is only possible goes alone, and what stood beside it may then be certain.
            if finding.rule == "cpr-in-subject" {
                prop_assert!(after.findings.iter().all(|left| left.rule != finding.rule), "after {fix:?}");
                prop_assert!(after.decision <= check(&policy, &draft, Language::Da).decision);
            }
            prop_assert!(mended.subject.chars().any(char::is_alphanumeric), "a subject is never empty");
            prop_assert_eq!(&mended.recipients, &draft.recipients);
            prop_assert!(mend(&policy, &mended, Language::Da, 0, 0).is_none() || finding.rule != "cpr-in-subject" || !after.findings.is_empty());
        }
    }

    #[test]
    fn any_subject_gets_a_verdict_within_the_limits(subject in "\\PC*") {
        let verdict = check(&policy(), &Draft::example(&subject, &[]), Language::Da);
        let units = subject.encode_utf16().count();
        for finding in &verdict.findings {
            if let crate::verdict::At::Subject(start, end) = finding.at {
                prop_assert!(start < end && end <= units);
            }
        }
    }
}

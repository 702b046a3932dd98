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
    let kinds: Vec<bool> = ordinary.iter().map(|(_, fix, _)| matches!(fix, Fix::MoveToBody { .. })).collect();
    assert!(!kinds.contains(&true), "an ordinary mail's body is no safer");
}

/// The number was taken out, the mail went unprotected, and the recipient got nothing.
#[test]
fn ordinary_mail_is_made_secure_where_a_sign_can_be_put_on_it() {
    let signs = [
        (r#""tags":["[Sikker]"],"labels":["l"]"#, Some("[Sikker] Børn"), None, None),
        (r#""labels":["l"],"headers":[{"name":"x-s"}]"#, Some("Børn"), Some("l"), None),
        (r#""headers":[{"name":"x-s","value":"ja"}]"#, Some("Børn"), None, Some(("x-s", "ja"))),
        (r#""headers":[{"name":"x-s"}]"#, Some("Børn"), None, Some(("x-s", "1"))),
        (r#""from":["sikkerpost@x.dk"]"#, None, None, None),
        (r#""everyExternal":true"#, None, None, None),
    ];
    for (signs, subject, label, header) in signs {
        let policy = format!(r#"{{"secureMail":{{{signs}}}}}"#);
        let policy = Policy::new(serde_json::from_str(&policy).expect("the policy reads"));
        let draft = Draft::example("Børn, 010203-1234", &["post@region.dk"]);
        let changes = changes(&policy, &draft);
        let secure = changes.iter().find(|(_, fix, _)| matches!(fix, Fix::MoveToSecureBody { .. }));
        assert_eq!(secure.and_then(|(_, _, change)| change.subject.as_deref()), subject, "{signs}");
        let Some((_, _, change)) = secure else { continue };
        assert_eq!(change.label.as_deref(), label, "{signs}");
        let set = change.header.as_ref().map(|header| (header.name.as_str(), header.value.as_str()));
        assert_eq!(set, header, "{signs}");
        assert_eq!(change.body.as_ref().expect("a note").text, "CPR-nummer: 010203-1234\n");
        let after = check(&policy, &change.applied_to(&draft), Language::Da);
        assert!(after.secure && after.findings.is_empty(), "{signs}");
        // The line in the body stays when the fix is undone, and so the mail must stay secure mail.
        let subject = change.undo_subject.clone().unwrap_or_else(|| draft.subject.clone());
        let undone = Draft { subject, ..change.applied_to(&draft) };
        let verdict = check(&policy, &undone, Language::Da);
        assert!(verdict.secure && verdict.decision == Decision::Stop, "{signs}: {}", undone.subject);
    }
}

#[test]
fn ordinary_mail_to_whom_secure_mail_does_not_reach_is_not_made_secure() {
    let policy = policy();
    for (to, offered) in [
        (&["post@region.example"][..], true),
        (&["kollega@kommune.example"], true),
        (&[], true),
        (&["post@region.example", "leder@firma.example"], false),
        (&["borger@gmail.com"], false),
    ] {
        let changes = changes(&policy, &Draft::example("Barn 010203-1234", to));
        let secure = changes.iter().any(|(_, fix, _)| matches!(fix, Fix::MoveToSecureBody { .. }));
        assert_eq!(secure, offered, "{to:?}");
    }
}

/// Whether a tag makes an invitation secure differs from place to place.
#[test]
fn a_meeting_is_not_made_secure() {
    let mut draft = Draft::example("Møde om 010203-1234", &["post@region.example"]);
    for (item, offered) in [(crate::Item::Message, true), (crate::Item::Appointment, false)] {
        draft.item = item;
        let changes = changes(&policy(), &draft);
        let secure = changes.iter().any(|(_, fix, _)| matches!(fix, Fix::MoveToSecureBody { .. }));
        assert_eq!(secure, offered, "{item:?}");
    }
}

/// Two cards on one recipient: the first said to use a secure mailbox, the second to correct the spelling.
#[test]
fn a_recipient_with_two_faults_is_on_one_card_with_the_fix_that_helps() {
    let policy = policy();
    let draft = Draft::example("[sikker] Referat", &["akut@regoin.example"]);
    let verdict = check(&policy, &draft, Language::Da);
    assert_eq!(verdict.findings.len(), 2);
    let [card] = verdict.cards.as_slice() else { panic!("one cause, one card") };
    assert_eq!((card.rule.as_str(), card.findings.as_slice()), ("unsecured-recipient", &[0][..]));
    assert_eq!(card.remedy, "Er adressen skrevet rigtigt? Den ligner en på »region.example«.");
    let fixes = &verdict.findings.first().expect("a finding").fixes;
    assert!(matches!(fixes.as_slice(), [Fix::Add { address, .. }] if address == "akut@region.example"));
    assert!(
        verdict.alert.expect("it is stopped").bar.starts_with("Modtageren på regoin.example kan ikke få sikker post.")
    );
}

/// The whole field was written, without a name that Outlook had not resolved yet: nobody was told that it was gone.
#[test]
fn a_new_address_is_added_and_the_old_one_is_left_to_the_user() {
    let policy = policy();
    let to = ["a@kommune.example", "cc:Mellemkommunal@kommune.example", "b@kommune.example"];
    let draft = Draft::example("Refusion", &to);
    let (_, _, change) = changes(&policy, &draft).into_iter().next().expect("a finding");
    let added = change.add.as_ref().expect("a recipient is added");
    assert_eq!((added.field, added.address.as_str()), (crate::Field::Cc, "refusion@kommune.example"));
    let after = change.applied_to(&draft);
    assert_eq!(after.recipients.get(..3), Some(draft.recipients.as_slice()), "nobody is lost");
    let verdict = check(&policy, &after, Language::Da);
    let [finding] = verdict.findings.as_slice() else { panic!("it stays until the old one is gone") };
    assert_eq!(finding.remedy, "Fjern den. Den nye adresse er der allerede.");
    assert!(finding.fixes.is_empty(), "it is not added a second time");
    let mut done = after;
    done.recipients.remove(1);
    assert_eq!(check(&policy, &done, Language::Da).decision, Decision::Send);
}

#[test]
fn one_number_is_spoken_of_as_one() {
    let policy = policy();
    let one = changes(&policy, &Draft::example("[sikker] Barn 010203-1234", &[]));
    let (_, Fix::MoveToBody { label, .. }, change) = one.first().expect("a finding") else {
        panic!("moving comes first")
    };
    assert_eq!(label, "Flyt nummeret ned i mailen");
    assert_eq!(change.body.as_ref().expect("a note").text, "CPR-nummer: 010203-1234\n");
    let many = changes(&policy, &Draft::example("[sikker] Børn 010203-1234 og 020304-1234", &[]));
    let labels = |changes: &[(Finding, Fix, Change)]| -> Vec<String> {
        changes.iter().map(|(_, fix, _)| fix.label().to_owned()).collect()
    };
    let both = ["Flyt numrene ned i mailen", "Slet numrene i emnet"];
    assert_eq!(labels(&many), [both, both].concat());
}

/// Certain and possible numbers took two fixes, and the first left half a sentence.
#[test]
fn all_numbers_go_at_once_certain_and_possible() {
    let policy = policy();
    let draft = Draft::example("[sikker] Vedr. 010203-1234 og 1407521234 plejeplan", &[]);
    for (finding, _, change) in changes(&policy, &draft) {
        assert_eq!(change.numbers, ["010203-1234", "1407521234"], "{}", finding.rule);
        assert!(check(&policy, &change.applied_to(&draft), Language::Da).findings.is_empty());
    }
    let verdict = check(&policy, &draft, Language::Da);
    let [card] = verdict.cards.as_slice() else { panic!("one cause, one card") };
    assert_eq!(card.what, "Der står et CPR-nummer i emnet (010203-••••) og ét mere, der ligner.");
}

#[test]
fn an_address_without_the_slip_is_added() {
    let policy = policy();
    let draft = Draft::example("Referat", &["borger@gmai1.com"]);
    let (_, fix, change) = changes(&policy, &draft).into_iter().next().expect("a finding");
    assert!(matches!(fix, Fix::Add { recipient: 0, address, .. } if address == "borger@gmail.com"));
    let verdict = check(&policy, &change.applied_to(&draft), Language::Da);
    let [finding] = verdict.findings.as_slice() else { panic!("it stays until the wrong one is gone") };
    assert!(finding.fixes.is_empty() && finding.remedy.ends_with("Den rigtige er der allerede."), "{}", finding.remedy);
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
        for (_, fix, change) in changes(&policy, &draft) {
            let mended = change.applied_to(&draft);
            let after = check(&policy, &mended, Language::Da);
            prop_assert!(after.findings.iter().all(|left| !left.rule.ends_with("cpr-in-subject")), "after {fix:?}");
            prop_assert!(mended.subject.chars().any(char::is_alphanumeric), "a subject is never empty");
            prop_assert_eq!(&mended.recipients, &draft.recipients);
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

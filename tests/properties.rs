//! What holds of every draft, whatever is written in it.
//!
//! The drafts are those of `sendvagt_testing`, in which every field of a draft is set now and then.
//! What the pane does with a fix, and takes back, is held to in addin/src/pane/change.test.ts.

#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use arbitrary::Unstructured;
use proptest::prelude::*;
use proptest::sample::select;
use sendvagt::cpr::{ContextWords, find};
use sendvagt::mend::{Change, mend};
use sendvagt::verdict::{At, Finding, Fix};
use sendvagt::{Decision, Draft, Language, Policy, Recipient, Verdict, check};
use sendvagt_site::policy::parse;

/// The made-up municipality, with every rule on and every sign of secure mail. Its contact has no telephone number, which
/// has digits of its own.
static POLICY: LazyLock<Policy> =
    LazyLock::new(|| Policy::new(parse(include_str!("policy.json")).expect("the policy of the tests reads")));

/// What the generator makes of bytes, which proptest chooses and shrinks.
fn made<T: std::fmt::Debug>(longest: usize, make: fn(&mut Unstructured<'_>) -> T) -> impl Strategy<Value = T> {
    prop::collection::vec(any::<u8>(), 0..longest).prop_map(move |bytes| make(&mut Unstructured::new(&bytes)))
}

fn draft() -> impl Strategy<Value = Draft> {
    made(160, sendvagt_testing::draft)
}

fn recipient() -> impl Strategy<Value = Recipient> {
    made(24, sendvagt_testing::recipient)
}

fn judged(draft: &Draft) -> Verdict {
    check(&POLICY, draft, Language::Da)
}

/// A fix that is offered, with what it is of and what it does.
struct Fixed {
    finding: Finding,
    fix: Fix,
    change: Change,
    mended: Draft,
}

/// Each fix that the verdict offers, done.
fn fixed(draft: &Draft) -> Vec<Fixed> {
    let findings = judged(draft).findings;
    let all = findings.iter().enumerate().flat_map(|(at, finding)| {
        finding.fixes.iter().enumerate().map(move |(nth, fix)| (at, nth, finding.clone(), fix.clone()))
    });
    all.map(|(at, nth, finding, fix)| {
        let change = mend(&POLICY, draft, Language::Da, at, nth).expect("what is offered can be done");
        let mended = change.applied_to(draft);
        Fixed { finding, fix, change, mended }
    })
    .collect()
}

/// A finding by what it is of: a place in the subject, or an address. Indexes change when recipients move.
fn of(draft: &Draft, finding: &Finding) -> (String, String) {
    let place = match finding.at {
        At::Subject(start, end) => format!("{start}..{end}"),
        At::Recipient(index) => {
            let recipient = draft.recipients.get(index).expect("a finding is of a recipient that is there");
            format!("{:?} {}", recipient.field, recipient.address)
        }
        elsewhere => elsewhere.mark(),
    };
    (finding.rule.clone(), place)
}

fn all_of(draft: &Draft, verdict: &Verdict) -> Vec<(String, String)> {
    let mut all: Vec<_> = verdict.findings.iter().map(|finding| of(draft, finding)).collect();
    all.sort();
    all
}

/// Every text that is shown of a verdict. Of a fix the label is, not the subject that it leaves.
fn shown(verdict: Verdict) -> Vec<String> {
    let mut texts = Vec::new();
    for finding in verdict.findings {
        texts.extend([finding.what, finding.why, finding.remedy]);
        texts.extend(finding.evidence);
        texts.extend(finding.fixes.iter().map(|fix| fix.label().to_owned()));
    }
    texts.push(verdict.status);
    for card in verdict.cards {
        texts.extend([card.what, card.why, card.remedy]);
        texts.extend(card.because);
        let Some(objection) = card.objection else { continue };
        texts.extend([objection.label, objection.text]);
        texts.extend(objection.choices);
        texts.extend(objection.report);
    }
    if let Some(alert) = verdict.alert {
        texts.extend([alert.text, alert.markdown, alert.button, alert.bar, alert.mark]);
        texts.extend(alert.again.into_iter().flat_map(|again| [again.text, again.stuck]));
    }
    texts
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A number of a person, with what stands around it on an ordinary day, some of which begins or ends as a number does.
fn beside() -> impl Strategy<Value = (String, &'static str)> {
    let number = select(vec![
        ("100379-1721", "1721"),
        ("100379 - 1721", "1721"),
        ("100379–1721", "1721"),
        ("120585-4827", "4827"),
        ("(10 03 79-1721)", "1721"),
        ("10.03.79-1721", "1721"),
        ("cpr 1003791721", "1721"),
    ]);
    let neighbour = || {
        prop_oneof![
            select(vec![
                "Møde d. 16/09",
                "16/09",
                "010226 0900",
                "01.02.26 kl. 10",
                "12-02-2026",
                "uge 12",
                "5800 Nyborg",
                "kl. 10.30",
                "10 30",
                "tlf. 63 12 10 30",
                "20102030",
                "24/12345",
                "27.24.00-G01-1-26",
                "1500 kr.",
                "§ 50",
                "12",
                "12-03",
                "2026",
                "EAN 5798000416642",
                "P-nr. 1005464656",
                "06-08/02 2026",
                "",
                "",
            ])
            .prop_map(String::from),
            "[0-9]{1,4}",
            "[0-3][0-9][./-][01][0-9]",
        ]
    };
    let joint = || select(vec![" ", " - ", " – ", ", ", "; ", " (", " vedr. ", ": ", "_", " / "]);
    (neighbour(), joint(), number, joint(), neighbour()).prop_map(|(before, joint, (number, serial), after, last)| {
        let before = if before.is_empty() { before } else { before + joint };
        let last = if last.is_empty() { last } else { after.to_owned() + &last };
        (format!("{before}{number}{last}"), serial)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_a_fix_the_check_is_clean(draft in draft()) {
        let before = all_of(&draft, &judged(&draft));
        for Fixed { fix, mended, .. } in fixed(&draft) {
            let left = judged(&mended);
            match fix {
                Fix::MoveToBody { .. } | Fix::MoveToSecureBody { .. } | Fix::Remove { .. } => {
                    let of_number = |rule: &str| rule.ends_with("cpr-in-subject");
                    prop_assert!(!left.findings.iter().any(|left| of_number(&left.rule)), "a number is left");
                }
                Fix::MakeSecure { .. } => prop_assert!(left.secure, "it is ordinary mail"),
                Fix::RemoveQuoted { .. } | Fix::MaskNumbers { .. } => {
                    let units = |draft: &Draft| draft.body.as_ref().map_or(0, |body| body.content.encode_utf16().count());
                    prop_assert!(mended != draft && units(&mended) <= units(&draft), "the body grows, or stays");
                    let rest = Draft { body: draft.body.clone(), ..mended };
                    prop_assert_eq!(rest, draft.clone(), "more than the body is changed");
                }
                Fix::MoveToBcc { .. } => {
                    let addresses = |draft: &Draft| {
                        draft.recipients.iter().map(|one| one.address.clone()).collect::<Vec<_>>()
                    };
                    prop_assert_eq!(addresses(&mended), addresses(&draft), "one is lost");
                    prop_assert!(!left.findings.iter().any(|left| left.rule == "visible-recipients"), "they see each other");
                }
                Fix::Add { address, .. } => {
                    prop_assert_eq!(&mended.recipients[..draft.recipients.len()], &draft.recipients[..], "one is lost");
                    let added = |fix: &Fix| matches!(fix, Fix::Add { address: again, .. } if *again == address);
                    prop_assert!(!left.findings.iter().any(|left| left.fixes.iter().any(added)), "it is added twice");
                    let after = all_of(&mended, &left);
                    prop_assert!(before.iter().all(|one| after.contains(one)), "the old address is still there");
                }
            }
        }
    }

    /// The number that is shown is the one that stands there: whatever stands beside it, a fix takes all of it away and
    /// leaves no four digits of it behind.
    #[test]
    fn a_fix_leaves_nothing_of_a_number((subject, serial) in beside()) {
        let draft = Draft { subject: subject.clone(), ..Draft::default() };
        let found = find(&subject, &ContextWords::default());
        prop_assert!(!found.is_empty(), "{subject:?} is let go");
        let mut now = draft;
        while let Some(Fixed { mended, .. }) = fixed(&now).into_iter().next() {
            now = mended;
        }
        prop_assert!(!now.subject.contains(serial), "{subject:?} becomes {:?}", now.subject);
        let mut at_once = fixed(&Draft { subject: subject.clone(), ..Draft::default() });
        at_once.retain(|fixed| matches!(fixed.fix, Fix::Remove { .. }));
        let named = |fixed: &Fixed| fixed.finding.what.contains("100379-") || fixed.finding.what.contains("120585-");
        for fixed in at_once.iter().filter(|fixed| named(fixed)) {
            prop_assert!(!fixed.mended.subject.contains(serial), "{subject:?} becomes {:?}", fixed.mended.subject);
        }
    }

    /// Whoever presses what is recommended comes to an end, and then no number is left that is certain.
    #[test]
    fn fixes_lead_to_a_draft_without_numbers(draft in draft()) {
        let mut now = draft;
        let mut presses = 0;
        while let Some(Fixed { mended, .. }) = fixed(&now).into_iter().next() {
            prop_assert!(mended != now, "a fix changes nothing");
            now = mended;
            presses += 1;
            prop_assert!(presses < 40, "fixes go on for ever");
        }
        // Of a body that is cut the rest would be lost.
        let is_cut = now.body.as_ref().is_some_and(|body| body.cut);
        let may_stay = |at: At| match at {
            At::Recipient(_) | At::Draft {} | At::Attachment { .. } => true,
            At::Subject(..) => false,
            At::Body(..) => is_cut,
        };
        prop_assert!(judged(&now).findings.iter().all(|finding| may_stay(finding.at)), "a number is left");
    }

    #[test]
    fn a_fix_done_twice_is_done_once(draft in draft()) {
        for Fixed { finding, change, mended, .. } in fixed(&draft) {
            prop_assert_eq!(&change.applied_to(&mended), &mended);
            if finding.rule == "cpr-in-subject" {
                prop_assert!(fixed(&mended).iter().all(|again| again.finding.rule != finding.rule), "offered again");
            }
        }
    }

    #[test]
    fn positions_lie_on_character_boundaries(draft in draft()) {
        let units: Vec<u16> = draft.subject.encode_utf16().collect();
        for finding in judged(&draft).findings {
            match finding.at {
                At::Subject(start, end) => {
                    prop_assert!(start < end);
                    let part = units.get(start..end).expect("within the subject");
                    prop_assert!(String::from_utf16(part).is_ok(), "half of a character");
                    prop_assert!(String::from_utf16(&units[..start]).is_ok(), "half of a character");
                }
                At::Recipient(index) => prop_assert!(index < draft.recipients.len()),
                At::Draft {} => {}
                At::Body(start, end) => {
                    let content = draft.body.as_ref().map_or("", |body| body.content.as_str());
                    let units: Vec<u16> = content.encode_utf16().collect();
                    let part = units.get(start..end).expect("within the body");
                    prop_assert!(start < end && String::from_utf16(part).is_ok(), "half of a character");
                    prop_assert!(String::from_utf16(&units[..start]).is_ok(), "half of a character");
                }
                At::Attachment { index, start, end } => {
                    let name = draft.attachments.get(index).map_or("", |attachment| attachment.name.as_str());
                    prop_assert!(start < end && end <= name.encode_utf16().count());
                }
            }
        }
    }

    #[test]
    fn masking_hides(mut draft in draft()) {
        // Names and addresses have digits of their own.
        draft.recipients.clear();
        let candidates = find(&draft.subject, &ContextWords::default());
        for language in Language::ALL {
            let shown = shown(check(&POLICY, &draft, language));
            for candidate in &candidates {
                let written = &draft.subject[candidate.bytes.clone()];
                let number = digits(written);
                for text in &shown {
                    prop_assert!(!text.contains(written), "the number as it was written");
                    prop_assert!(number.len() < 10 || !digits(text).contains(&number), "its digits");
                }
            }
        }
    }

    #[test]
    fn the_order_of_recipients_decides_nothing(
        (draft, turned) in draft().prop_flat_map(|draft| {
            let turned = Just(draft.recipients.clone()).prop_shuffle();
            (Just(draft), turned)
        })
    ) {
        // The mark of an answered question names recipients by their place.
        let draft = Draft { asked: None, ..draft };
        let turned = Draft { recipients: turned, ..draft.clone() };
        let (one, other) = (judged(&draft), judged(&turned));
        prop_assert_eq!(one.decision, other.decision);
        prop_assert_eq!(one.secure, other.secure);
        prop_assert_eq!(all_of(&draft, &one), all_of(&turned, &other));
    }

    #[test]
    fn another_recipient_never_clears_a_finding(draft in draft(), more in recipient(), place in 0usize..6) {
        let mut larger = draft.clone();
        larger.recipients.insert(place.min(draft.recipients.len()), more);
        let (before, after) = (judged(&draft), judged(&larger));
        let after_all: BTreeSet<_> = all_of(&larger, &after).into_iter().collect();
        for one in all_of(&draft, &before) {
            prop_assert!(after_all.contains(&one), "{} is cleared", one.0);
        }
        prop_assert!(before.decision <= after.decision);
    }

    #[test]
    fn a_colleague_adds_nothing(draft in draft(), place in 0usize..6) {
        let mut larger = draft.clone();
        let colleague = Recipient { address: "leder@kommune.example".to_owned(), ..Recipient::default() };
        larger.recipients.insert(place.min(draft.recipients.len()), colleague);
        prop_assert_eq!(all_of(&draft, &judged(&draft)), all_of(&larger, &judged(&larger)));
    }

    #[test]
    fn the_language_decides_nothing(draft in draft()) {
        let (danish, english) = (judged(&draft), check(&POLICY, &draft, Language::En));
        prop_assert_eq!(danish.decision, english.decision);
        prop_assert_eq!(all_of(&draft, &danish), all_of(&draft, &english));
        prop_assert_eq!(danish.alert.is_some(), danish.decision != Decision::Send);
    }
}

//! What the dialogs say, word for word: docs/dialogs.md. `SENDVAGT_WRITE=1 cargo test --features strict --test dialogs`
//! writes it anew.
#![cfg(feature = "strict")]
#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::fmt::Write;
use std::{env, fs};

use sendvagt::failure::{Failure, unchecked};
use sendvagt::policy::read::read;
use sendvagt::policy::{Action, Mode, OnFailure, Reach, RuleName};
use sendvagt::{Draft, Item, Language, Policy, PolicyFile, Recipient, RecipientKind, Verdict, check};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/dialogs.md");

fn file() -> PolicyFile {
    read(include_str!("../addin/policy.example.json")).expect("the example policy reads")
}

fn with(change: impl Fn(&mut PolicyFile)) -> Policy {
    let mut file = file();
    change(&mut file);
    Policy::new(file)
}

fn mail(subject: &str, to: &[&str]) -> Draft {
    let recipient = |address: &&str| match address.strip_prefix("list:") {
        Some(list) => Recipient { address: list.to_owned(), kind: RecipientKind::List, ..Recipient::default() },
        None => Recipient { address: (*address).to_owned(), ..Recipient::default() },
    };
    Draft { subject: subject.to_owned(), recipients: to.iter().map(recipient).collect(), ..Draft::default() }
}

/// Drafts with one fault, with several, and with all there are; in each mode, and as a meeting.
fn cases() -> Vec<(&'static str, Policy, Draft)> {
    let plain = || with(|_| {});
    let unsure = || {
        with(|file| {
            file.secure_mail.reaches = Reach::default();
            file.rules.set(RuleName::UncheckedList, Action::Ask);
        })
    };
    let all = mail(
        "[sikker] Børn 010203-1234 og 020304-1234, sag 1312092317",
        &["mellemkommunal@kommune.example", "nogen@gammelkommune.example", "a@firma.example.com", "b@regoin.example"],
    );
    vec![
        ("A CPR number in the subject", plain(), mail("Vedr. 010203-1234, underretning", &["akut@region.example"])),
        ("The same in secure mail", plain(), mail("[sikker] Vedr. 010203-1234", &["akut@region.example"])),
        ("Two CPR numbers", plain(), mail("Børn 010203-1234 og 020304-1234", &["akut@region.example"])),
        (
            "Two of them in secure mail",
            plain(),
            mail("[sikker] Børn 010203-1234 og 020304-1234", &["akut@region.example"]),
        ),
        ("Two that may be CPR numbers", plain(), mail("Sager 1312092317 og 1412092317", &["akut@region.example"])),
        ("What may be a CPR number", plain(), mail("Sag 1312092317", &["akut@region.example"])),
        ("A retired mailbox with a new one", plain(), mail("Referat", &["mellemkommunal@kommune.example"])),
        ("A retired mailbox without one", plain(), mail("Referat", &["nogen@gammelkommune.example"])),
        ("A recipient out of reach", plain(), mail("[sikker] Referat", &["leder@firma.example.com"])),
        (
            "Two recipients out of reach",
            plain(),
            mail("[sikker] Referat", &["leder@firma.example.com", "a@anden.example.org"]),
        ),
        ("A misspelt domain", plain(), mail("Referat", &["akut@regoin.example"])),
        ("A private mailbox", unsure(), mail("[sikker] Referat", &["borger@gmail.com"])),
        ("A distribution list", unsure(), mail("Referat", &["list:alle@kommune.example"])),
        ("Everything at once", plain(), all.clone()),
        (
            "A meeting",
            plain(),
            Draft { item: Item::Appointment, ..mail("Møde om 010203-1234", &["akut@region.example"]) },
        ),
        ("Nothing but advice", with(|file| file.mode = Mode::Advise), all),
        (
            "Without contact and help",
            with(|file| {
                file.organisation.contact = None;
                file.organisation.help = None;
            }),
            mail("Vedr. 010203-1234", &["akut@region.example"]),
        ),
    ]
}

fn tell(page: &mut String, language: &str, verdict: &Verdict) {
    let Some(alert) = &verdict.alert else { return };
    let again = alert.again.as_ref().map(|again| format!("\n\nAgain:\n\n{}", again.text)).unwrap_or_default();
    let text = format!("{}\n\nMarkdown:\n\n{}{again}", alert.text, alert.markdown);
    writeln!(page, "\n{language}: `{}` · bar: {}\n\n```text\n{text}\n```", alert.button, alert.bar)
        .expect("a text grows");
}

fn page() -> String {
    let mut page = "# What the dialogs say\n\nMade from the code, under the policy of the made-up municipality, to be read \
                    aloud.\n*Again* is what a client says that has no *Send anyway*. All numbers and addresses are made up.\n"
        .to_owned();
    let languages = [(Language::Da, "Dansk"), (Language::En, "English")];
    for (name, policy, draft) in cases() {
        write!(page, "\n## {name}\n").expect("a text grows");
        for (language, shown) in languages {
            tell(&mut page, shown, &check(&policy, &draft, language));
        }
    }
    for (name, failure) in [
        ("A mail that Outlook does not hand over", Failure::Office),
        ("A mail when the engine cannot run", Failure::Engine),
        ("A check that takes too long", Failure::Slow),
    ] {
        write!(page, "\n## {name}\n").expect("a text grows");
        for on_failure in [OnFailure::Ask, OnFailure::Stop] {
            let policy = with(|file| file.on_failure = on_failure);
            for (language, shown) in languages {
                tell(&mut page, shown, &unchecked(&policy, failure, language));
            }
        }
    }
    page
}

#[test]
fn the_page_has_every_word() {
    let made = page();
    if env::var_os("SENDVAGT_WRITE").is_some() {
        fs::write(PAGE, &made).expect("the page can be written");
    }
    let there = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        made == there,
        "docs/dialogs.md is out of date; SENDVAGT_WRITE=1 cargo test --features strict --test dialogs writes it"
    );
}

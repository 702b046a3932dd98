//! docs/dialogs.md: what the dialogs say, word for word, to be read aloud.

use sendvagt::policy::{Action, Mode, OnFailure, Reach};
use sendvagt::unchecked::{Failure, unchecked};
use sendvagt::{Draft, Item, Language, Policy, PolicyFile, RuleName, Verdict, check};

fn with(file: &PolicyFile, change: impl Fn(&mut PolicyFile)) -> Policy {
    let mut file = file.clone();
    change(&mut file);
    Policy::new(file)
}

/// Drafts with one finding, with several and with all at once, in each mode, and as a meeting.
fn cases(file: &PolicyFile) -> Vec<(&'static str, Policy, Draft)> {
    let mail = Draft::example;
    let with = |change: fn(&mut PolicyFile)| with(file, change);
    let plain = || with(|_| {});
    let unsure = || {
        with(|file| {
            file.secure_mail.reaches = Reach::default();
            file.rules.set(RuleName::UncheckedList, Action::Ask);
            file.rules.set(RuleName::UnjudgedRecipient, Action::Ask);
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
        ("A recipient without an address", unsure(), mail("Referat", &["Projektgruppen"])),
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

/// What the client shows of a verdict, in one language.
fn shown(language: &str, verdict: &Verdict) -> String {
    let Some(alert) = &verdict.alert else { return String::new() };
    let again = alert.again.as_ref().map(|again| format!("\n\nAgain:\n\n{}", again.text)).unwrap_or_default();
    let text = format!("{}\n\nMarkdown:\n\n{}{again}", alert.text, alert.markdown);
    format!("\n{language}: `{}` · bar: {}\n\n```text\n{text}\n```\n", alert.button, alert.bar)
}

/// The page, as Markdown, under this policy.
pub(super) fn page(file: &PolicyFile) -> String {
    let mut page = "# What the dialogs say\n\nMade from the code, under the policy of the made-up municipality, to be read \
                    aloud.\n*Again* is what a client says that has no *Send anyway*. All numbers and addresses are made up.\n"
        .to_owned();
    let languages = [(Language::Da, "Dansk"), (Language::En, "English")];
    for (name, policy, draft) in cases(file) {
        page.push_str(&format!("\n## {name}\n"));
        for (language, name) in languages {
            page.push_str(&shown(name, &check(&policy, &draft, language)));
        }
    }
    for (name, failure) in [
        ("A mail that Outlook does not hand over", Failure::Office),
        ("A mail when the engine cannot run", Failure::Engine),
        ("A check that takes too long", Failure::Slow),
    ] {
        page.push_str(&format!("\n## {name}\n"));
        for on_failure in [OnFailure::Ask, OnFailure::Stop] {
            let policy = with(file, |file| file.on_failure = on_failure);
            for (language, name) in languages {
                page.push_str(&shown(name, &unchecked(&policy, failure, language)));
            }
        }
    }
    page
}

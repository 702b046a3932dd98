//! `private-mailbox`: a secure mail goes to a private mail service.

use super::{Case, Example, Examples, Hit, Rule, Words, unsecured_recipient};
use crate::draft::Recipient;
use crate::policy::{Action, Reach};
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::Fix;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::PrivateMailbox, default: Action::Ask, check, words };

pub(super) static ABOUT: Both = Both {
    da: "En sikker mail er på vej til en privat mailadresse.",
    en: "A secure mail is addressed to a private mail service.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "[sikker] Afgørelse",
            to: &["borger@gmail.com"],
            found: true,
            because: "a mail service for private persons",
        },
        Example { subject: "Afgørelse", to: &["borger@gmail.com"], found: false, because: "an ordinary mail" },
        Example {
            subject: "[sikker] Afgørelse",
            to: &["post@region.example.dk"],
            found: false,
            because: "an authority",
        },
        Example {
            subject: "[sikker] Afgørelse",
            to: &["post@gmail.com.example.dk"],
            found: false,
            because: "another domain that only begins the same",
        },
    ],
    policy: |file| file.secure_mail.reaches = Reach::default(),
    longest: |_, draft| {
        draft.recipients.push(Recipient { address: "borger@gmail.com".to_owned(), ..Recipient::default() });
    },
};

fn check(case: &Case) -> Vec<Hit> {
    if !is_confidential(case) {
        return Vec::new();
    }
    case.mailboxes()
        .filter(|(_, mailbox)| case.policy.is_private(mailbox.domain()) && !case.policy.reaches(mailbox))
        .filter(|(_, mailbox)| !unsecured_recipient::reports(case, mailbox))
        .map(|(index, mailbox)| Hit::at_domain(index, mailbox, "private-service"))
        .collect()
}

/// Does the mail hold what must not lie in a private mailbox? Secure mail does. Of ordinary mail nothing is known: its body is
/// not read.
fn is_confidential(case: &Case) -> bool {
    case.is_secure()
}

pub(super) fn because(_: &str) -> Option<Both> {
    Some(Both {
        da: "Domænet hører til en mailtjeneste for private.",
        en: "The domain belongs to a mail service for private persons.",
    })
}

pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(_: &Case, hits: &[Hit], language: Language) -> Words {
    let what = match hits {
        [hit] => language.fill(
            "En modtager har en privat mailadresse ({}).",
            "A recipient has a private mail address ({}).",
            &[&hit.named],
        ),
        _ => language.fill(
            "{} af modtagerne har private mailadresser.",
            "{} of the recipients have private mail addresses.",
            &[&decimal(hits.len())],
        ),
    };
    let why = language.pick(
        "Fortrolige oplysninger skal ikke ligge i en privat postkasse.",
        "Confidential information should not be kept in a private mailbox.",
    );
    let remedy = language.pick("Send brevet som Digital Post i stedet.", "Send it as Digital Post instead.");
    Words { what, why: why.to_owned(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::draft::{Draft, Recipient};
    use crate::{Language, Policy, check};

    #[test]
    fn says_less_than_unsecured_recipient_and_only_where_that_is_silent() {
        let to = vec![Recipient { address: "borger@gmail.com".to_owned(), ..Recipient::default() }];
        let draft = Draft { subject: "[sikker] Sag".to_owned(), recipients: to, ..Draft::default() };
        let reaches = r#""secureMail":{"tags":["sikker"],"reaches":{"domains":["region.dk"]}}"#;
        for (policy, expected) in [
            (format!("{{{reaches}}}"), "unsecured-recipient"),
            (format!(r#"{{{reaches},"rules":{{"unsecured-recipient":"off"}}}}"#), "private-mailbox"),
            (r#"{"secureMail":{"tags":["sikker"]}}"#.to_owned(), "private-mailbox"),
        ] {
            let policy_file = serde_json::from_str(&policy).expect("the policy reads");
            let verdict = check(&Policy::new(policy_file), &draft, Language::Da);
            let rules: Vec<&str> = verdict.findings.iter().map(|finding| finding.rule.as_str()).collect();
            assert_eq!(rules, [expected], "{policy}");
        }
    }
}

//! One line on the whole draft.

use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::rules::Case;
use crate::text::decimal;
use crate::verdict::{Card, Decision};

/// How many things need the user, or, if none does, what was looked at and what was not.
pub(crate) fn status(case: &Case, cards: &[Card]) -> String {
    let language = case.language;
    let count = decimal(cards.len());
    let stops = cards.iter().any(|card| card.action == Decision::Stop);
    match (cards.len(), stops) {
        (0, _) => looked_at(case).to_owned(),
        (1, true) => language.pick("Der er én ting at rette.", "There is 1 thing to fix.").to_owned(),
        (1, false) => language.pick("Der er én ting at tjekke.", "There is 1 thing to check.").to_owned(),
        (_, true) => language.fill("Der er {} ting at rette.", "There are {} things to fix.", &[&count]),
        (_, false) => language.fill("Der er {} ting at tjekke.", "There are {} things to check.", &[&count]),
    }
}

/// How much of the recipients the rules could look at.
enum Recipients {
    All,
    Some,
    NoneYet,
    Off,
}

/// Whole sentences rather than parts put together: each has to be true and to read well by itself.
fn looked_at(case: &Case) -> &'static str {
    let of_subject = |rule: &RuleName| matches!(rule, RuleName::CprInSubject | RuleName::PossibleCprInSubject);
    let on = |rule: &RuleName| rule.action(case.policy) != Action::Off;
    let subject = RuleName::ALL.iter().any(|rule| of_subject(rule) && on(rule));
    let recipients = if !RuleName::ALL.iter().any(|rule| !of_subject(rule) && on(rule)) {
        Recipients::Off
    } else if case.lacks_recipients() || !case.unjudged().is_empty() {
        Recipients::Some
    } else if case.draft.recipients.is_empty() {
        Recipients::NoneYet
    } else {
        Recipients::All
    };
    let (da, en) = match (subject, recipients) {
        (true, Recipients::All) => (
            "Emne og modtagere er i orden. Tekst og bilag er ikke tjekket.",
            "No problems found in subject and recipients. Text and attachments are not checked.",
        ),
        (true, Recipients::Some) => (
            "Emnet er i orden. Ikke alle modtagere kunne tjekkes. Tekst og bilag er ikke tjekket.",
            "No problems found in the subject. Not all recipients could be checked. Text and attachments are not checked.",
        ),
        (true, Recipients::NoneYet) => (
            "Emnet er i orden. Der er ingen modtagere. Tekst og bilag er ikke tjekket.",
            "No problems found in the subject. There are no recipients. Text and attachments are not checked.",
        ),
        (true, Recipients::Off) => (
            "Emnet er i orden. Modtagere, tekst og bilag er ikke tjekket.",
            "No problems found in the subject. Recipients, text and attachments are not checked.",
        ),
        (false, Recipients::All) => (
            "Modtagerne er i orden. Emne, tekst og bilag er ikke tjekket.",
            "No problems found in the recipients. Subject, text and attachments are not checked.",
        ),
        (false, Recipients::Some) => (
            "Ikke alle modtagere kunne tjekkes. Emne, tekst og bilag er ikke tjekket.",
            "Not all recipients could be checked. Subject, text and attachments are not checked.",
        ),
        (false, Recipients::NoneYet) => (
            "Der er ingen modtagere. Emne, tekst og bilag er ikke tjekket.",
            "There are no recipients. Subject, text and attachments are not checked.",
        ),
        (false, Recipients::Off) => ("Intet er tjekket.", "Nothing is checked."),
    };
    case.language.pick(da, en)
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Language, Policy, RuleName, Unread, check};

    fn status(policy: &str, subject: &str, to: &[&str]) -> String {
        let policy = Policy::new(serde_json::from_str(policy).unwrap());
        check(&policy, &Draft::example(subject, to), Language::Da).status
    }

    #[test]
    fn only_what_was_looked_at_is_called_in_order() {
        let no_subject = r#"{"rules":{"cpr-in-subject":"off","possible-cpr-in-subject":"off"}}"#;
        let of_recipients = RuleName::ALL.iter().map(|rule| rule.as_str()).filter(|name| !name.ends_with("in-subject"));
        let off: Vec<String> = of_recipients.map(|name| format!(r#""{name}":"off""#)).collect();
        let no_recipients = &format!(r#"{{"rules":{{{}}}}}"#, off.join(","));
        let cases: [(&str, &[&str], &str); 7] = [
            ("{}", &["a@b.dk"], "Emne og modtagere er i orden. Tekst og bilag er ikke tjekket."),
            ("{}", &[], "Emnet er i orden. Der er ingen modtagere."),
            ("{}", &["a@b.dk", "/o=ex/cn=x"], "Emnet er i orden. Ikke alle modtagere kunne tjekkes."),
            (no_subject, &["a@b.dk"], "Modtagerne er i orden. Emne, tekst og bilag er ikke tjekket."),
            (no_subject, &["x"], "Ikke alle modtagere kunne tjekkes. Emne,"),
            (no_subject, &[], "Der er ingen modtagere. Emne,"),
            (no_recipients, &["a@b.dk"], "Emnet er i orden. Modtagere, tekst og bilag er ikke tjekket."),
        ];
        for (policy, to, expected) in cases {
            assert!(status(policy, "Referat", to).starts_with(expected), "{policy} {to:?}");
        }
    }

    /// Outlook tells the first 500 or 1,000 recipients of a field, and all were called in order.
    #[test]
    fn recipients_that_outlook_held_back_are_not_called_in_order() {
        let draft = Draft { unread: vec![Unread::Recipients], ..Draft::example("Referat", &["a@b.dk"]) };
        let status = check(&Policy::default(), &draft, Language::Da).status;
        assert_eq!(status, "Emnet er i orden. Ikke alle modtagere kunne tjekkes. Tekst og bilag er ikke tjekket.");
    }

    #[test]
    fn what_needs_the_user_is_counted_as_the_cards_are() {
        let retired = r#"{"retiredMailboxes":[{"address":"a@b.dk"}]}"#;
        let cases: [(&str, &str, &[&str], &str); 4] = [
            ("{}", "Børn 010203-1234 og 020304-1234", &[], "Der er én ting at rette."),
            ("{}", "Vedr. 0102031234", &[], "Der er én ting at tjekke."),
            (retired, "Vedr. 010203-1234", &["a@b.dk"], "Der er 2 ting at rette."),
            (r#"{"knownDomains":["region.dk"]}"#, "Vedr. 0102031234", &["a@regoin.dk"], "Der er 2 ting at tjekke."),
        ];
        for (policy, subject, to, expected) in cases {
            assert_eq!(status(policy, subject, to), expected);
        }
    }
}

//! One line on the whole draft.

use crate::draft::Unread;
use crate::policy::{Action, Place};
use crate::rule_name::RuleName;
use crate::rules::Case;
use crate::rules::content::leaves_unprotected;
use crate::rules::own_pattern::wants;
use crate::text::decimal;
use crate::verdict::{Card, Decision};

/// How many things need the user, or, if none does, what was looked at and what was not.
pub(crate) fn status(case: &Case, cards: &[Card]) -> String {
    let language = case.language;
    let count = decimal(cards.len());
    let stops = cards.iter().any(|card| card.action == Decision::Stop);
    match (cards.len(), stops) {
        (0, _) => looked_at(case),
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
fn looked_at(case: &Case) -> String {
    let of_subject = |rule: &RuleName| matches!(rule, RuleName::CprInSubject | RuleName::PossibleCprInSubject);
    let on = |rule: &RuleName| rule.action(case.policy) != Action::Off;
    let of_recipients = |rule: &RuleName| !of_subject(rule) && !rule.is_of_content();
    let subject = RuleName::ALL.iter().any(|rule| of_subject(rule) && on(rule));
    let recipients = if !RuleName::ALL.iter().any(|rule| of_recipients(rule) && on(rule)) {
        Recipients::Off
    } else if case.lacks_recipients() || !case.unjudged().is_empty() {
        Recipients::Some
    } else if case.draft.recipients.is_empty() {
        Recipients::NoneYet
    } else {
        Recipients::All
    };
    let content = content(case);
    let (da, en) = match (subject, recipients) {
        (true, Recipients::All) => ("Emne og modtagere er i orden.", "No problems found in subject and recipients."),
        (true, Recipients::Some) => (
            "Emnet er i orden. Ikke alle modtagere kunne tjekkes.",
            "No problems found in the subject. Not all recipients could be checked.",
        ),
        (true, Recipients::NoneYet) => {
            ("Emnet er i orden. Der er ingen modtagere.", "No problems found in the subject. There are no recipients.")
        }
        (true, Recipients::Off) => (
            "Emnet er i orden. Modtagerne er ikke tjekket.",
            "No problems found in the subject. The recipients are not checked.",
        ),
        (false, Recipients::All) => (
            "Modtagerne er i orden. Emnet er ikke tjekket.",
            "No problems found in the recipients. The subject is not checked.",
        ),
        (false, Recipients::Some) => (
            "Ikke alle modtagere kunne tjekkes. Emnet er ikke tjekket.",
            "Not all recipients could be checked. The subject is not checked.",
        ),
        (false, Recipients::NoneYet) => {
            ("Der er ingen modtagere. Emnet er ikke tjekket.", "There are no recipients. The subject is not checked.")
        }
        (false, Recipients::Off) if content.is_empty() => ("", ""),
        (false, Recipients::Off) => ("Emne og modtagere er ikke tjekket.", "Subject and recipients are not checked."),
    };
    let (rest_da, rest_en) = match (content.is_empty(), da.is_empty()) {
        (true, true) => ("Intet er tjekket.", "Nothing is checked."),
        (true, false) => ("Tekst og bilag er ikke tjekket.", "Text and attachments are not checked."),
        (false, _) => ("", ""),
    };
    let parts = [case.language.pick(da, en), &content, case.language.pick(rest_da, rest_en)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was looked at of the text and the attachments; empty if neither was asked for. Outlook does not list what is shared as a
/// link (Microsoft: "Office.MessageCompose", getAttachmentsAsync), and nobody reads what is in a file.
fn content(case: &Case) -> String {
    let language = case.language;
    let draft = case.draft;
    let unread = |part| draft.unread.contains(&part);
    let text = match &draft.body {
        _ if unread(Unread::Body) => Some(
            language
                .pick("Teksten kunne ikke læses og er ikke tjekket.", "The text could not be read and is not checked."),
        ),
        Some(body) if body.cut => Some(language.pick(
            "Kun den første del af teksten er tjekket for CPR-numre.",
            "Only the first part of the text is checked for CPR numbers.",
        )),
        Some(_) if is_checked(case, RuleName::CprInBody) => {
            Some(language.pick("Teksten er tjekket for CPR-numre.", "The text is checked for CPR numbers."))
        }
        Some(_) if wants(case, Place::Body) => Some(language.pick(
            "Teksten er kun tjekket for det, organisationen selv holder øje med.",
            "The text is checked only for what the organisation looks out for itself.",
        )),
        _ => None,
    };
    let names = if unread(Unread::Attachments) {
        Some(language.pick(
            "Bilagene kunne ikke ses og er ikke tjekket.",
            "The attachments could not be seen and are not checked.",
        ))
    } else if !draft.attachments.is_empty() && is_checked(case, RuleName::CprInAttachmentName) {
        Some(language.pick(
            "Bilagenes navne er tjekket for CPR-numre, men ikke deres indhold og ikke delte links.",
            "The names of the attachments are checked for CPR numbers, but neither their content nor shared links.",
        ))
    } else if !draft.attachments.is_empty() && wants(case, Place::Attachments) {
        Some(language.pick(
            "Bilagenes navne er kun tjekket for det, organisationen selv holder øje med.",
            "The names of the attachments are checked only for what the organisation looks out for itself.",
        ))
    } else {
        None
    };
    let not = |da, en| Some(language.pick(da, en));
    let sentences = match (text, names) {
        (None, None) => return String::new(),
        (None, names) => [not("Teksten er ikke tjekket.", "The text is not checked."), names],
        (text, None) => [text, not("Bilag er ikke tjekket.", "Attachments are not checked.")],
        both => [both.0, both.1],
    };
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Has a rule looked at what was read?
fn is_checked(case: &Case, rule: RuleName) -> bool {
    rule.action(case.policy) != Action::Off && leaves_unprotected(case)
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
        let of_recipients = RuleName::ALL.iter().map(|rule| rule.as_str()).filter(|name| !name.contains("cpr-in-"));
        let off: Vec<String> = of_recipients.map(|name| format!(r#""{name}":"off""#)).collect();
        let no_recipients = &format!(r#"{{"rules":{{{}}}}}"#, off.join(","));
        let cases: [(&str, &[&str], &str); 7] = [
            ("{}", &["a@b.dk"], "Emne og modtagere er i orden. Tekst og bilag er ikke tjekket."),
            ("{}", &[], "Emnet er i orden. Der er ingen modtagere."),
            ("{}", &["a@b.dk", "/o=ex/cn=x"], "Emnet er i orden. Ikke alle modtagere kunne tjekkes."),
            (no_subject, &["a@b.dk"], "Modtagerne er i orden. Emnet er ikke tjekket. Tekst og bilag er ikke tjekket."),
            (no_subject, &["x"], "Ikke alle modtagere kunne tjekkes. Emnet er ikke"),
            (no_subject, &[], "Der er ingen modtagere. Emnet er ikke"),
            (
                no_recipients,
                &["a@b.dk"],
                "Emnet er i orden. Modtagerne er ikke tjekket. Tekst og bilag er ikke tjekket.",
            ),
        ];
        for (policy, to, expected) in cases {
            assert!(status(policy, "Referat", to).starts_with(expected), "{policy} {to:?}");
        }
    }

    #[test]
    fn what_was_read_of_text_and_attachments_is_told_and_what_was_not() {
        let on =
            r#"{"organisation":{"domains":["own.dk"]},"rules":{"cpr-in-body":"stop","cpr-in-attachment-name":"stop"}}"#;
        let policy = Policy::new(serde_json::from_str(on).unwrap());
        let off = Policy::new(serde_json::from_str(r#"{"organisation":{"domains":["own.dk"]}}"#).unwrap());
        let (outside, inside) = ("a@b.dk", "a@own.dk");
        let all = ["text:Hej", "attached:a.pdf"];
        let read = "Teksten er tjekket for CPR-numre.";
        let names = "Bilagenes navne er tjekket for CPR-numre, men ikke deres indhold og ikke delte links.";
        let none = "Tekst og bilag er ikke tjekket.";
        let (text_unread, names_unread) =
            ("Teksten kunne ikke læses og er ikke tjekket.", "Bilagene kunne ikke ses og er ikke tjekket.");
        type Case<'a> = (&'a Policy, &'a str, &'a [&'a str], &'a [Unread], String);
        let cases: [Case; 9] = [
            (&policy, outside, &all, &[], format!("{read} {names}")),
            (&policy, outside, &["text:Hej"], &[], format!("{read} Bilag er ikke tjekket.")),
            (&policy, outside, &["attached:a.pdf"], &[], format!("Teksten er ikke tjekket. {names}")),
            (&policy, outside, &[], &[], none.to_owned()),
            (&policy, inside, &all, &[], none.to_owned()),
            (&off, outside, &all, &[], none.to_owned()),
            (&policy, outside, &[], &[Unread::Body, Unread::Attachments], format!("{text_unread} {names_unread}")),
            (&policy, outside, &["attached:a.pdf"], &[Unread::Body], format!("{text_unread} {names}")),
            (&policy, outside, &["text:Hej"], &[Unread::Attachments], format!("{read} {names_unread}")),
        ];
        for (policy, to, more, unread, expected) in cases {
            let draft = Draft { unread: unread.to_vec(), ..Draft::example("Referat", &[&[to], more].concat()) };
            let status = check(policy, &draft, Language::Da).status;
            assert_eq!(status, format!("Emne og modtagere er i orden. {expected}"), "{to} {more:?} {unread:?}");
        }
        let mut draft = Draft::example("Referat", &[outside, "text:Hej"]);
        draft.body.iter_mut().for_each(|body| body.cut = true);
        let status = check(&policy, &draft, Language::Da).status;
        assert!(status.contains("Kun den første del af teksten er tjekket for CPR-numre."), "{status}");
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

//! Shared by the rules on what is read beyond subject and recipients: when it is read, and what is done about it.
//!
//! A rule that reads the text asks [`Case::body`] for it, and the names of attachments are those of [`names`]. What is read is
//! what [`wanted`] says before anything is: a further rule adds its own wish there.

use crate::address::{self, Address};
use crate::content::{Numbers, Page, Part};
use crate::draft::{Attachment, Draft, Unread};
use crate::policy::{OnUnread, Place, Policy};
use crate::rule_name::RuleName;
use crate::rules::own_pattern;
use crate::rules::{Basis, Case, Hit, Sign, checksum};
use crate::text::units;
use crate::verdict::{At, Decision, Fix};

/// The text of a draft, read once.
pub(crate) struct ReadBody {
    pub(crate) page: Page,
    pub(crate) numbers: Numbers,
}

impl Case<'_> {
    /// The text of the draft; `None` if it was not read.
    #[cfg(feature = "content")]
    pub(crate) fn body(&self) -> Option<&ReadBody> {
        let read = || {
            let page = Page::of(self.draft.body.as_ref()?);
            let numbers = Numbers::of(&page, self.policy.words(), self.draft.day());
            Some(ReadBody { page, numbers })
        };
        self.body.get_or_init(read).as_ref()
    }

    /// Nothing is kept for what no rule asks for: dropping it would be code in each ordinary send.
    #[cfg(not(feature = "content"))]
    #[expect(clippy::unused_self, reason = "the same function with the rules that ask for it")]
    pub(crate) fn body(&self) -> Option<&ReadBody> {
        None
    }
}

/// The attachments that have a name of their own, with their index in the draft: pictures within the text have not.
pub(crate) fn names(draft: &Draft) -> impl Iterator<Item = (usize, &Attachment)> {
    draft.attachments.iter().enumerate().filter(|(_, attachment)| !attachment.inline)
}

/// What the policy asks for of a draft besides what was read of it already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its body.
    pub body: bool,
    /// The names of its attachments.
    pub attachments: bool,
}

/// Decides what else is read of a draft of which subject, recipients and signs of secure mail are known. Nothing is, unless a
/// rule on it is on, it would be shown, the mail goes to someone outside, and it is not secure mail.
#[must_use]
pub fn wanted(policy: &Policy, draft: &Draft) -> Wanted {
    let case = Case::new(policy, draft, policy.language(crate::Language::Da));
    let asks = |rule| case.decision(rule).is_some_and(|decision| decision != Decision::Send);
    let is_open = leaves_unprotected(&case);
    let wants = |rule, place| is_open && asks(rule) || own_pattern::wants(&case, place);
    Wanted {
        body: wants(RuleName::CprInBody, Place::Body),
        attachments: wants(RuleName::CprInAttachmentName, Place::Attachments),
    }
}

impl Wanted {
    /// The names of what is wanted, with a space between, as in [`Draft`].
    #[must_use]
    pub fn names(self) -> &'static str {
        match (self.body, self.attachments) {
            (true, true) => "body attachments",
            (true, false) => "body",
            (false, true) => "attachments",
            (false, false) => "",
        }
    }
}

/// Is it ordinary mail to someone outside? Who is outside is known where the policy says who is inside.
pub(crate) fn leaves_unprotected(case: &Case) -> bool {
    !case.is_secure() && leaves(case)
}

/// Does it go to someone outside?
pub(crate) fn leaves(case: &Case) -> bool {
    case.policy.knows_itself() && case.mailboxes().any(|(_, mailbox)| !case.policy.is_own(mailbox.domain()))
}

/// Was a mail sent from the organisation, as far as its sender tells? Whoever reads old mail asks: a draft always is.
#[must_use]
pub fn is_ours(policy: &Policy, draft: &Draft) -> bool {
    let sender = draft.from.as_deref().map(|from| address::parse(from, ""));
    match sender {
        Some(Address::Mailbox(sender)) => policy.of_sender(draft.from.as_deref()).is_own(sender.domain()),
        _ => true,
    }
}

/// A finding for what was wanted and could not be read, where the policy asks then.
pub(crate) fn unread(case: &Case, part: Unread) -> Option<Hit> {
    let is_unread = case.draft.unread.contains(&part);
    (is_unread && case.policy.file().on_unread == OnUnread::Ask).then(|| gap("unread"))
}

/// A finding for what was not looked at.
pub(crate) fn gap(named: &'static str) -> Hit {
    Hit { at: At::Draft {}, basis: Basis::Unread(named), named: named.to_owned() }
}

/// Where the first number of a part stands in the source of the body, in UTF-16 code units.
pub(crate) fn place(case: &Case, page: &Page, part: &Part) -> Option<At> {
    let source = page.source(part.places.first()?.clone());
    let content = case.draft.body.as_ref()?.content.as_str();
    let start = units(content.get(..source.start)?);
    Some(At::Body(start, start + units(content.get(source)?)))
}

/// The numbers that a finding in the text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many different ones.
    pub different: usize,
    /// Do they stand in earlier mail?
    pub is_quoted: bool,
}

/// The numbers that a finding at this place counts, for those who count findings. `None` if numbers are not what was found.
#[must_use]
pub fn counted(policy: &Policy, draft: &Draft, at: At) -> Option<Counted> {
    let case = Case::new(policy, draft, policy.language(crate::Language::Da));
    let ReadBody { page, numbers } = case.body()?;
    let parts = [(&numbers.own, false), (&numbers.quoted, true)];
    let (part, is_quoted) = parts.into_iter().find(|(part, _)| place(&case, page, part) == Some(at))?;
    Some(Counted { different: part.count, is_quoted })
}

/// Makes it secure mail, if that is a sign to put on it.
pub(crate) fn make_secure(case: &Case) -> Option<Fix> {
    let sign = Sign::that_fits(case)?;
    let label = case.language.pick("Gør mailen til sikker post", "Make it secure mail").to_owned();
    Some(Fix::MakeSecure { subject: sign.on_subject(&case.draft.subject), label })
}

/// Why it matters, for both rules.
pub(crate) fn why(case: &Case) -> String {
    case.language.fill(
        "{} er ikke sikker post, og der er eksterne modtagere.",
        "{} is not secure mail, and there are outside recipients.",
        &[case.the_mail_first()],
    )
}

/// How it becomes secure mail, after a space; empty where nobody says.
pub(crate) fn how(case: &Case) -> String {
    super::secure::how_to_send(case.policy, case.language).map(|how| [" ", &how].concat()).unwrap_or_default()
}

/// What the mark of a finding says of its place. In a body the numbers count and not where they stand: Outlook does not always
/// give the same text twice (office-js issues 5036 and 5981).
pub(crate) fn mark(case: &Case, hit: &Hit) -> (String, u32) {
    let is_quoted = matches!(hit.basis, Basis::Quoted(_));
    match (hit.at, case.body()) {
        (At::Body(..), Some(ReadBody { numbers, .. })) => {
            let (name, part) = if is_quoted { ("quoted-", &numbers.quoted) } else { ("own-", &numbers.own) };
            ([name, &hit.named, "-"].concat(), u32::from(part.digest))
        }
        (At::Attachment { index, .. }, _) => {
            let name = case.draft.attachments.get(index).map_or("", |attachment| attachment.name.as_str());
            ([&hit.at.mark(), "-"].concat(), u32::from(checksum(name)))
        }
        (at, _) => (at.mark(), 0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Counted, counted, is_ours, wanted};
    use crate::draft::{Body, BodyKind, Item, Unread};
    use crate::mend::mend;
    use crate::verdict::{At, Fix};
    use crate::{Decision, Draft, Language, Policy, Verdict, check, decide};

    const ON: &str = r#""rules":{"cpr-in-body":"stop","cpr-in-attachment-name":"stop"}"#;
    const OWN: &str =
        r#""organisation":{"domains":["own.dk"]},"secureMail":{"tags":["sikker"],"from":["sikker@own.dk"]}"#;

    fn policy(more: &str) -> Policy {
        Policy::new(serde_json::from_str(&format!("{{{more}}}")).expect("the policy reads"))
    }

    fn on(more: &str) -> Policy {
        policy([OWN, ON, more].join(",").trim_end_matches(','))
    }

    fn judged(policy: &Policy, draft: &Draft) -> Verdict {
        let verdict = check(policy, draft, Language::Da);
        let ruling = decide(policy, draft, Language::Da);
        assert_eq!((ruling.decision, &ruling.alert), (verdict.decision, &verdict.alert), "both functions agree");
        verdict
    }

    fn html(content: &str) -> Draft {
        let body = Some(Body { kind: BodyKind::Html, content: content.to_owned(), cut: false });
        Draft { body, ..Draft::example("Skolestart", &["a@firma.dk"]) }
    }

    #[test]
    fn nothing_is_read_unless_it_matters() {
        let all = "body attachments";
        let cases: [(&str, &Policy, Draft, &str); 11] = [
            ("someone outside", &on(""), Draft::example("x", &["a@firma.dk", "b@own.dk"]), all),
            ("colleagues", &on(""), Draft::example("x", &["b@own.dk"]), ""),
            ("nobody", &on(""), Draft::example("x", &[]), ""),
            ("Digital Post", &on(""), Draft::example("x", &["0102031234"]), ""),
            ("a path in the directory", &on(""), Draft::example("x", &["/o=x/cn=y"]), ""),
            ("secure mail", &on(""), Draft::example("[sikker] x", &["a@firma.dk"]), ""),
            (
                "perhaps secure mail",
                &on(""),
                Draft { unread: vec![Unread::From], ..Draft::example("x", &["a@firma.dk"]) },
                all,
            ),
            ("no rule", &policy(OWN), Draft::example("x", &["a@firma.dk"]), ""),
            ("nobody is known to be outside", &policy(ON), Draft::example("x", &["a@firma.dk"]), ""),
            ("nothing would be shown", &on(r#""mode":"observe""#), Draft::example("x", &["a@firma.dk"]), ""),
            (
                "one rule",
                &policy(&format!(r#"{OWN},"rules":{{"cpr-in-attachment-name":"ask"}}"#)),
                Draft::example("x", &["a@firma.dk"]),
                "attachments",
            ),
        ];
        for (name, policy, draft, expected) in cases {
            assert_eq!(wanted(policy, &draft).names(), expected, "{name}");
        }
    }

    #[test]
    fn what_the_user_wrote_stops_and_earlier_mail_asks() {
        let quoted = "<div id=\"divRplyFwdMsg\">x</div><p>cpr 010203-1234 og 020304-1234</p>";
        let cases = [
            ("own", "<p>cpr 010203-1234</p>".to_owned(), Decision::Stop, "Der står et CPR-nummer i teksten."),
            ("quoted", quoted.to_owned(), Decision::Ask, "Der står 2 CPR-numre i den tidligere mail nedenunder."),
            (
                "both",
                format!("<p>cpr 010203-1234, 020304-1234, 030405-1234, 010203-1234</p>{quoted}"),
                Decision::Stop,
                "Antal CPR-numre: 3 i teksten, 2 i den tidligere mail nedenunder.",
            ),
        ];
        for (name, content, decision, what) in cases {
            let verdict = judged(&on(""), &html(&content));
            let [card] = verdict.cards.as_slice() else { panic!("one card") };
            assert_eq!((verdict.decision, card.what.as_str()), (decision, what), "{name}");
            assert!(!serde_json::to_string(&verdict).unwrap_or_default().contains("1234"), "{name}: shows a number");
        }
        assert_eq!(judged(&on(""), &html("<p>Vedr. 0102031234</p>")).decision, Decision::Send, "only possible");
    }

    #[test]
    fn a_mail_is_ours_unless_its_sender_is_outside() {
        for (from, expected) in [
            (None, true),
            (Some("Jens@OWN.dk"), true),
            (Some("/o=ex/cn=jens"), true),
            (Some("a@firma.dk"), false),
            (Some("a@sub.own.dk"), false),
        ] {
            let draft = Draft { from: from.map(str::to_owned), ..Draft::example("x", &[]) };
            assert_eq!(is_ours(&on(""), &draft), expected, "{from:?}");
        }
    }

    #[test]
    fn a_finding_counts_different_numbers() {
        let quoted = "<div id=\"divRplyFwdMsg\">x</div><p>cpr 040506-1234</p>";
        let draft = html(&format!("<p>cpr 010203-1234, 020304-1234, 010203-1234</p>{quoted}"));
        let findings = judged(&on(""), &draft).findings;
        let counts: Vec<_> = findings.iter().filter_map(|one| counted(&on(""), &draft, one.at)).collect();
        let count = |different, is_quoted| Counted { different, is_quoted };
        assert_eq!(counts, [count(2, false), count(1, true)]);
        assert_eq!(counted(&on(""), &draft, At::Draft {}), None);
    }

    #[test]
    fn a_place_is_in_the_source() {
        let content = "<p>æ😀 0102<b>03-12</b>&#51;4.</p>";
        let verdict = judged(&on(""), &html(content));
        let Some(At::Body(start, end)) = verdict.findings.first().map(|finding| finding.at) else { panic!("a place") };
        let units: Vec<u16> = content.encode_utf16().collect();
        assert_eq!(String::from_utf16_lossy(&units[start..end]), "0102<b>03-12</b>&#51;4");
    }

    /// In doubt whether it is secure mail, a number in the text is no more than a question.
    #[test]
    fn a_doubt_is_a_question() {
        let mut draft = html("<p>cpr 010203-1234</p>");
        draft.unread = vec![Unread::From];
        let verdict = judged(&on(""), &draft);
        assert_eq!(verdict.decision, Decision::Ask);
        assert!(verdict.cards.iter().any(|card| card.why.contains("om mailen er sikker post")));
    }

    #[test]
    fn what_did_not_come_asks_only_if_the_policy_says_so() {
        let asks = on(r#""onUnread":"ask""#);
        let unread = Draft { unread: vec![Unread::Body, Unread::Attachments], ..Draft::example("x", &["a@firma.dk"]) };
        assert_eq!(judged(&on(""), &unread).decision, Decision::Send);
        let verdict = judged(&asks, &unread);
        assert_eq!((verdict.decision, verdict.cards.len()), (Decision::Ask, 2));
        let mark = verdict.alert.map(|alert| alert.mark);
        assert_eq!(judged(&asks, &Draft { asked: mark, ..unread.clone() }).decision, Decision::Send, "it is answered");
        let inside = Draft { unread: unread.unread, ..Draft::example("x", &["a@own.dk"]) };
        assert_eq!(judged(&asks, &inside).decision, Decision::Send, "nobody asked for it");
        let mut cut = html("<p>x</p>");
        cut.body.iter_mut().for_each(|body| body.cut = true);
        assert_eq!((judged(&on(""), &cut).decision, judged(&asks, &cut).decision), (Decision::Send, Decision::Ask));
        let mut cut = html("<p>cpr 010203-1234</p>");
        cut.body.iter_mut().for_each(|body| body.cut = true);
        let verdict = judged(&asks, &cut);
        assert_eq!(verdict.decision, Decision::Stop);
        assert!(!verdict.findings.iter().flat_map(|finding| &finding.fixes).any(rewrites), "the rest would be lost");
    }

    fn rewrites(fix: &Fix) -> bool {
        matches!(fix, Fix::MaskNumbers { .. } | Fix::RemoveQuoted { .. })
    }

    #[test]
    fn an_answer_holds_for_these_numbers() {
        let ask = policy(&format!(r#"{OWN},"rules":{{"cpr-in-body":"ask","cpr-in-attachment-name":"ask"}}"#));
        let mut draft = html("<p>cpr 010203-1234</p>");
        draft.attachments = Draft::example("", &["attached:010203-1234.pdf"]).attachments;
        draft.asked = judged(&ask, &draft).alert.map(|alert| alert.mark);
        assert_eq!(judged(&ask, &draft).decision, Decision::Send);
        let content = |content: &str| Some(Body { content: content.to_owned(), ..Body::default() });
        let moved = Draft { body: content("<p>Hej. Mit cpr 010203-1234</p>"), ..draft.clone() };
        assert_eq!(judged(&ask, &moved).decision, Decision::Send, "Outlook may give the same text in another form");
        let other = Draft { body: content("<p>cpr 010203-1235</p>"), ..draft.clone() };
        assert_eq!(judged(&ask, &other).decision, Decision::Ask, "another number");
        let mut renamed = draft.clone();
        renamed.attachments = Draft::example("", &["attached:010203-1235.pdf"]).attachments;
        assert_eq!(judged(&ask, &renamed).decision, Decision::Ask, "another name");
        let mark = draft.asked.unwrap_or_default();
        assert!(!mark.contains("0203") && !mark.contains("1234"), "{mark}");
    }

    fn fixed(policy: &Policy, draft: &Draft, is: fn(&Fix) -> bool) -> Draft {
        let verdict = judged(policy, draft);
        let fixes = verdict.findings.iter().map(|finding| finding.fixes.iter().position(is));
        let (finding, fix) = fixes.enumerate().find_map(|(at, fix)| Some((at, fix?))).expect("there is such a fix");
        mend(policy, draft, Language::Da, finding, fix).expect("it can be done").applied_to(draft)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        /// Masking was once offered that `mend` could not do. Found by fuzzing.
        #[test]
        fn every_fix_that_is_offered_can_be_done(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..12)) {
            for kind in [BodyKind::Html, BodyKind::Text] {
                let body = Some(Body { kind, content: pieces.concat(), cut: false });
                let draft = Draft { body, ..Draft::example("Referat", &["a@firma.dk"]) };
                for (number, finding) in judged(&on(""), &draft).findings.iter().enumerate() {
                    for fix in 0..finding.fixes.len() {
                        let change = mend(&on(""), &draft, Language::Da, number, fix);
                        prop_assert!(change.is_some(), "{:?} of {pieces:?}", finding.fixes.get(fix));
                    }
                }
            }
        }
    }

    /// What numbers are made of, whole and in parts, and what may stand within them or around them.
    const PIECES: &[&str] = &[
        "cpr ",
        "010203-1234",
        "0102031234",
        "010203",
        "1234",
        "-",
        " ",
        "\n",
        "0",
        "l",
        "O",
        "&#49;",
        "&#8209;",
        "&nbsp;",
        "&frac12;",
        "%31",
        "%E2%80%93",
        "=31",
        "&amp;#49;",
        "\u{200b}",
        "\u{ff11}",
        "²",
        "①",
        "ﬁ",
        "½",
        "<b>",
        "</b>",
        "<br>",
        "<p>",
        "</p>",
        "<table><tr><td>CPR</td></tr><tr><td>",
        "</td><td>",
        "</td></tr><tr><td>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "<div id=\"divRplyFwdMsg\">",
        "\n> ",
        "\nFra: A\nSendt: B\nTil: C\n",
        "\t",
        "&",
        ";",
        "https://a.dk/?c=",
    ];

    fn content(draft: &Draft) -> &str {
        draft.body.as_ref().map_or("", |body| body.content.as_str())
    }

    #[test]
    fn masking_changes_digits_and_nothing_else() {
        let cases = [
            ("<p>cpr 010203-1234.</p>", "<p>cpr 010203-••••.</p>"),
            ("<p>cpr 0102<b>03-1</b>2<i a='1'>34</i></p>", "<p>cpr 0102<b>03-•</b>•<i a='1'>••</i></p>"),
            ("<p>cpr &#48;10203&#8209;12&#51;4</p>", "<p>cpr &#48;10203&#8209;••••</p>"),
            ("<p>cpr 0102031234 &amp; 010203&nbsp;1234</p>", "<p>cpr 010203•••• &amp; 010203&nbsp;••••</p>"),
            ("<p>cpr 130878-1OS6</p>", "<p>cpr 130878-••••</p>"),
            ("<p>cpr 010203-12\u{200b}34</p>", "<p>cpr 010203-••\u{200b}••</p>"),
            (
                "<p>cpr 010203-1234</p><div id=appendonsend></div><p>cpr 020304-1234</p>",
                "<p>cpr 010203-••••</p><div id=appendonsend></div><p>cpr 020304-••••</p>",
            ),
        ];
        for (source, masked) in cases {
            let mended = fixed(&on(""), &html(source), |fix| matches!(fix, Fix::MaskNumbers { .. }));
            assert_eq!(content(&mended), masked);
            assert_eq!(judged(&on(""), &mended).decision, Decision::Send, "{masked}");
        }
    }

    #[test]
    fn earlier_mail_is_removed_and_nothing_else() {
        let cases = [
            (
                "<html><body><p>Hej</p><div id=\"divRplyFwdMsg\"><b>Fra:</b></div><p>cpr 010203-1234</p></body></html>",
                "<html><body><p>Hej</p></body></html>",
            ),
            (
                "<body><blockquote type=cite>cpr 010203-1234</blockquote><p>Hej</p></body>",
                "<body><blockquote type=cite></blockquote><p>Hej</p></body>",
            ),
            // Parts that overlap: the fix once did nothing.
            ("Hej\n<br>&gt; 010203-1234<div id=\"divRplyFwdMsg\">", "Hej\n<br>"),
        ];
        for (source, left) in cases {
            let mended = fixed(&on(""), &html(source), |fix| matches!(fix, Fix::RemoveQuoted { .. }));
            assert_eq!(content(&mended), left);
            assert_eq!(judged(&on(""), &mended).decision, Decision::Send);
        }
        let text = "Hej\r\n\r\nFra: A\r\nSendt: B\r\nTil: C\r\ncpr 010203-1234\r\n";
        let mut draft = html(text);
        draft.body.iter_mut().for_each(|body| body.kind = BodyKind::Text);
        let mended = fixed(&on(""), &draft, |fix| matches!(fix, Fix::RemoveQuoted { .. }));
        assert_eq!(content(&mended), "Hej\r\n\r\n");
    }

    #[test]
    fn secure_mail_is_made_of_it_where_a_sign_can_be_put_on() {
        let draft = html("<p>cpr 010203-1234</p>");
        let mended = fixed(&on(""), &draft, |fix| matches!(fix, Fix::MakeSecure { .. }));
        assert_eq!(mended.subject, "[sikker] Skolestart");
        assert_eq!(judged(&on(""), &mended).decision, Decision::Send);
        let meeting = Draft { item: Item::Appointment, ..draft };
        let fixes = judged(&on(""), &meeting).findings.into_iter().flat_map(|finding| finding.fixes);
        assert!(!fixes.into_iter().any(|fix| matches!(fix, Fix::MakeSecure { .. })), "an invitation has no such sign");
    }

    #[test]
    fn names_of_attachments_are_read_and_pictures_are_not() {
        let draft = |names: &[&str]| Draft::example("x", &[&["a@firma.dk"], names].concat());
        let cases: [(&str, &[&str], usize); 6] = [
            ("a number", &["attached:Afgørelse 010203-1234.pdf"], 1),
            ("two of them", &["attached:010203-1234.pdf", "attached:020304-1234.pdf", "attached:x.pdf"], 2),
            ("two in one name", &["attached:010203-1234 og 020304-1234.pdf"], 1),
            ("only possible", &["attached:0102031234.pdf"], 0),
            ("a day and a time", &["attached:Scan 20261103 091244.pdf"], 0),
            ("none", &[], 0),
        ];
        for (name, attached, count) in cases {
            let found = judged(&on(""), &draft(attached)).findings;
            assert_eq!(found.len(), count, "{name}");
        }
        let mut picture = draft(&["attached:010203-1234.png"]);
        picture.attachments.iter_mut().for_each(|one| one.inline = true);
        assert_eq!(judged(&on(""), &picture).decision, Decision::Send);
        let verdict = judged(&on(""), &draft(&["attached:x 010203-1234.pdf"]));
        assert_eq!(
            verdict.findings.first().map(|found| found.at),
            Some(At::Attachment { index: 0, start: 2, end: 13 })
        );
        assert!(!serde_json::to_string(&verdict).unwrap_or_default().contains("1234"));
    }
}

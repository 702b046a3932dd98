//! The patterns of a policy at work, from the file to the verdict.

use sendvagt::{Decision, Draft, Language, Policy, Unread, check, decide, rules};

use crate::policy::{explain, parse};

const HOUSE: &str = r#""organisation": { "domains": ["own.example"] }, "secureMail": { "tags": ["sikker"] }"#;

fn pattern(more: &str) -> String {
    format!(
        r#"{{ {HOUSE}, "patterns": [{{ "name": "Fjord", "pattern": "\\bfjord\\b", "what": {{ "da": "Mailen nævner Fjord.", "en": "The mail mentions Fjord." }}{more} }}] }}"#
    )
}

fn policy(text: &str) -> Policy {
    Policy::new(parse(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}")))
}

#[test]
fn a_pattern_is_looked_for_where_and_in_which_mail_it_says() {
    let (inside, outside) = ("a@own.example", "a@firma.example");
    for (more, subject, to, decision) in [
        ("", "Status på Fjord", &[inside][..], Decision::Ask),
        ("", "Status på fjorden", &[inside], Decision::Send),
        (r#", "action": "stop""#, "Status på FJORD.", &[inside], Decision::Stop),
        (r#", "action": "off""#, "Status på Fjord", &[inside], Decision::Send),
        (r#", "mail": "leaving""#, "Status på Fjord", &[inside], Decision::Send),
        (r#", "mail": "leaving""#, "Status på Fjord", &[inside, outside], Decision::Ask),
        (r#", "mail": "unprotected""#, "Status på Fjord", &[outside], Decision::Ask),
        (r#", "mail": "unprotected""#, "[sikker] Status på Fjord", &[outside], Decision::Send),
        (r#", "mail": "secure""#, "Status på Fjord", &[outside], Decision::Send),
        (r#", "mail": "secure""#, "[sikker] Status på Fjord", &[outside], Decision::Ask),
        (r#", "in": ["body"]"#, "Status på Fjord", &[outside], Decision::Send),
        (r#", "in": ["body"]"#, "Status", &[outside, "text:Det om Fjord.\n> om Fjord"], Decision::Ask),
        (r#", "in": ["body"]"#, "Status", &[outside, "text:Hej\n> om Fjord"], Decision::Send),
        (r#", "in": ["attachments"]"#, "Status", &[outside, "attached:fjord.pdf"], Decision::Ask),
        (r#", "in": ["subject", "attachments"]"#, "Status", &[outside, "attached:fjordby.pdf"], Decision::Send),
    ] {
        let policy = policy(&pattern(more));
        let draft = Draft::example(subject, to);
        let verdict = check(&policy, &draft, Language::Da);
        assert_eq!(verdict.decision, decision, "{more} {subject} {to:?}");
        let ruling = decide(&policy, &draft, Language::Da);
        assert_eq!((ruling.decision, ruling.alert), (verdict.decision, verdict.alert), "both functions agree");
        if let [card] = verdict.cards.as_slice() {
            assert_eq!((card.what.as_str(), card.rule.as_str()), ("Mailen nævner Fjord.", "own-pattern"));
        }
    }
}

#[test]
fn no_more_is_read_than_a_pattern_needs() {
    for (more, to, wanted) in [
        ("", "a@firma.example", ""),
        (r#", "in": ["subject", "body"]"#, "a@own.example", "body"),
        (r#", "in": ["attachments"], "mail": "leaving""#, "a@own.example", ""),
        (r#", "in": ["attachments"], "mail": "leaving""#, "a@firma.example", "attachments"),
        (r#", "in": ["body"], "mail": "secure""#, "a@firma.example", ""),
        (r#", "in": ["body"], "action": "off""#, "a@firma.example", ""),
    ] {
        let policy = policy(&pattern(more));
        assert_eq!(rules::wanted(&policy, &Draft::example("x", &[to])).names(), wanted, "{more} {to}");
        assert_eq!(rules::reads_content(&policy), !more.contains("off"), "{more}: which engine is packed");
    }
}

#[test]
fn what_could_not_be_read_is_told_once() {
    let asks = pattern(r#", "in": ["body"]"#).replace(r#""patterns""#, r#""onUnread": "ask", "patterns""#);
    let draft = Draft { unread: vec![Unread::Body], ..Draft::example("x", &["a@firma.example"]) };
    let verdict = check(&policy(&asks), &draft, Language::Da);
    assert_eq!((verdict.decision, verdict.cards.len()), (Decision::Ask, 1), "{verdict:?}");
    assert!(verdict.cards[0].what.contains("kunne ikke læse"));
    let both = asks.replace(r#""onUnread""#, r#""rules": { "cpr-in-body": "ask" }, "onUnread""#);
    assert_eq!(check(&policy(&both), &draft, Language::Da).cards.len(), 1);
}

#[test]
fn a_wrong_pattern_is_told_at_its_place() {
    for (more, expected) in [
        (r#", "finds": ["Projekt Fjord", "fjorden"]"#, "patterns[0].finds[1]: the pattern is not found"),
        (r#", "passes": ["fjorden", "ved fjord"]"#, "patterns[0].passes[1]: the pattern is found"),
        (r#", "in": []"#, "patterns[0].in: there is nowhere to look"),
        (r#", "in": ["text"]"#, "patterns[0].in[0]: expected one of"),
        (r#", "action": "block""#, "patterns[0].action: expected one of"),
        (r#", "remedy": { "da": "Ret det", "en": "Change it." }"#, "patterns[0].remedy.da: "),
        (r#", "regex": "x""#, "patterns[0].regex: unknown key"),
    ] {
        let errors = parse(&pattern(more)).err().unwrap_or_default();
        let [error] = errors.as_slice() else { panic!("{more}: {errors:?}") };
        assert!(error.to_string().contains(expected), "{more}: {error}");
    }
    for (wrong, expected) in
        [("(", "cannot be read at character 1"), ("x*", "is found in every text"), (r"\\w{40}", "is too large")]
    {
        let text = pattern("").replace(r"\\bfjord\\b", wrong);
        let errors = parse(&text).err().unwrap_or_default();
        let [error] = errors.as_slice() else { panic!("{wrong}: {errors:?}") };
        assert!(
            error.to_string().contains(&format!("patterns[0].pattern: the pattern {expected}")),
            "{wrong}: {error}"
        );
    }
    let nobody = pattern(r#", "mail": "leaving""#).replace(r#""domains": ["own.example"]"#, "");
    assert!(parse(&nobody).is_err_and(|errors| errors[0].path == "patterns[0].mail"));
}

#[test]
fn the_budget_is_for_all_patterns_together() {
    let one = |name: &str| {
        format!(
            r#"{{ "name": "{name}", "pattern": "\\w+@\\w+", "what": {{ "da": "Der står en adresse.", "en": "An address." }} }}"#
        )
    };
    let text = |names: &[&str]| {
        let all: Vec<String> = names.iter().map(|name| one(name)).collect();
        format!(r#"{{ "patterns": [{}] }}"#, all.join(","))
    };
    assert!(parse(&text(&["a"])).is_ok());
    let errors = parse(&text(&["a", "b"])).err().unwrap_or_default();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert!(error.to_string().contains("patterns[1].pattern: the pattern takes "), "{error}");
}

#[test]
fn patterns_are_explained_with_what_they_take() {
    let text = explain(&policy(&pattern(r#", "in": ["subject", "body"], "action": "stop""#)), Language::Da);
    assert!(text.contains("Egne mønstre:\n- Fjord: stopper. Leder i emnet og teksten, i alle mails. 0."), "{text}");
    assert!(!text.contains("bliver ikke læst"), "{text}");
}

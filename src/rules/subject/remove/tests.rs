//! How subjects read without their numbers.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;

use super::lexicon::needs_a_word;
use super::token::{Kind, Token, tokens};
use super::{Removed, every};
use crate::Language;
use crate::cpr::{Date, find_on};
use crate::draft::Draft;
use crate::policy::{Policy, PolicyFile};
use crate::rules::Case;
use crate::rules::secure::has_tag;

#[path = "../../../../tests/workday/subjects.rs"]
#[expect(dead_code, reason = "the generator is shared with tests that need more of it")]
mod workday;

/// Subjects before and after, by sections; docs/subjects.md shows them.
const SUBJECTS: &str = include_str!("../../../../tests/subjects.tsv");

/// The lines of the labelled corpora.
const CORPORA: [&str; 5] = [
    include_str!("../../../../tests/corpus/dev.jsonl"),
    include_str!("../../../../tests/corpus/hard.jsonl"),
    include_str!("../../../../tests/corpus/ordinary-dev.jsonl"),
    include_str!("../../../../tests/corpus/trades.jsonl"),
    include_str!("../../../../tests/corpus/workday-dev.jsonl"),
];

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let file: PolicyFile =
        serde_json::from_str(include_str!("../../../../tests/policy.json")).expect("the policy of the tests reads");
    Policy::new(file)
});

fn removed<T>(policy: &Policy, subject: &str, language: Language, remove: impl Fn(&Case) -> T) -> T {
    let draft = Draft { subject: subject.to_owned(), ..Draft::default() };
    remove(&Case::new(policy, &draft, language))
}

fn without(policy: &Policy, subject: &str) -> String {
    removed(policy, subject, Language::Da, every).subject
}

#[test]
fn subjects_read_well_without_their_numbers() {
    let rows: Vec<_> = SUBJECTS.lines().filter_map(|line| line.split_once('\t')).collect();
    let wrong: Vec<_> = rows
        .iter()
        .map(|(before, expected)| (before, expected, without(&POLICY, before)))
        .filter(|(_, expected, after)| after != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(rows.len() >= 120, "{} rows", rows.len());
}

/// A number that the user has said is not a CPR number stays as it is.
#[test]
fn a_number_that_stays_is_not_touched() {
    let rows: [(&str, &[&str], &str, &[&str]); 9] = [
        ("Vedr. 010203-1234 og 1407521234 plejeplan", &["1407521234"], "Vedr. 1407521234 plejeplan", &["010203-1234"]),
        ("Vedr. 1407521234 og 010203-1234 plejeplan", &["1407521234"], "Vedr. 1407521234 plejeplan", &["010203-1234"]),
        ("Vedr. 010203-1234 og 1407521234 plejeplan", &["010203-1234"], "Vedr. 010203-1234 plejeplan", &["1407521234"]),
        ("Møde med 1407521234 010203-1234", &["1407521234"], "Møde med 1407521234", &["010203-1234"]),
        ("Møde med 1407521234 / 010203-1234.", &["1407521234"], "Møde med 1407521234.", &["010203-1234"]),
        ("Vedr. 010203-1234, søster 1407521234", &["1407521234"], "Søster 1407521234", &["010203-1234"]),
        ("010203-1234 1407521234", &["1407521234"], "1407521234", &["010203-1234"]),
        ("Vedr. 010203-1234 og 020304-1234", &[], "Henvendelse om en sag", &["010203-1234", "020304-1234"]),
        ("010203-(010203-1234) 1234 plan", &[], "Plan", &["010203-1234", "010203 1234"]),
    ];
    for (subject, spared, expected, numbers) in rows {
        let draft = Draft::example(subject, &[]);
        let mut case = Case::new(&POLICY, &draft, Language::Da);
        case.spared = spared.iter().map(|number| (*number).to_owned()).collect();
        let Removed { subject: after, numbers: taken } = every(&case);
        assert_eq!(
            (after.as_str(), taken.iter().map(String::as_str).collect::<Vec<_>>()),
            (expected, numbers.to_vec())
        );
    }
}

/// The word is that of the subject's language, and the user's language decides only where the subject does not.
#[test]
fn the_words_are_in_the_language_of_the_subject() {
    let rows = [
        ("Statusudtalelse til 010203-1234", Language::En, "Statusudtalelse til borgeren"),
        ("Report on 010203-1234", Language::Da, "Report on the citizen"),
        ("Plejeplan for 010203-1234 og mor", Language::En, "Plejeplan for borgeren og mor"),
        ("Plan for 010203-1234", Language::En, "Plan for the citizen"),
        ("Plan for 010203-1234", Language::Da, "Plan for borgeren"),
        ("Vedr. 010203-1234", Language::En, "Henvendelse om en sag"),
        ("010203-1234", Language::En, "About a case"),
        ("010203-1234s plan", Language::En, "The citizen's plan"),
        ("010203-1234 er rask, plan for mor", Language::En, "Borgeren er rask, plan for mor"),
    ];
    for (subject, language, expected) in rows {
        assert_eq!(removed(&POLICY, subject, language, every).subject, expected, "{subject}");
    }
}

#[test]
fn the_policy_chooses_the_words() {
    let mut file = POLICY.file().clone();
    file.citizen.da = "eleven".to_owned();
    file.citizens.da = "eleverne".to_owned();
    file.citizen.en = "the pupil".to_owned();
    file.citizens.en = "the pupils".to_owned();
    file.neutral_subject.da = "Om en elev".to_owned();
    let policy = Policy::new(file);
    let rows = [
        ("Udtalelse om 010203-1234", "Udtalelse om eleven"),
        ("Udtalelse om 010203-1234 og 020304-1234", "Udtalelse om eleverne"),
        ("Letter to 010203-1234", "Letter to the pupil"),
        ("Letter to 010203-1234, 020304-1234", "Letter to the pupils"),
        ("SV: 010203-1234", "SV: Om en elev"),
    ];
    for (subject, expected) in rows {
        assert_eq!(without(&policy, subject), expected, "{subject}");
    }
}

/// What is wrong with a subject, as far as its marks and its last word show.
fn fault(subject: &str) -> Option<&'static str> {
    let tokens = tokens(subject, &[]);
    let visible: Vec<&Token<'_>> = tokens.iter().filter(|token| !token.is(Kind::Blank)).collect();
    let list = |token: &Token<'_>| matches!(token.text, "," | ";" | ":");
    let mut open: Vec<&Token<'_>> = Vec::new();
    for token in &visible {
        match token.kind {
            Kind::Open => open.push(token),
            Kind::Close if open.pop().is_none_or(|open| !token.closes(open)) => {
                return Some("a bracket without its pair");
            }
            _ => {}
        }
    }
    if !open.is_empty() {
        return Some("a bracket that is not closed");
    }
    for pair in visible.windows(2) {
        match pair {
            [one, other] if one.is(Kind::Separator) && other.is(Kind::Separator) => return Some("two separators"),
            [one, other] if one.is(Kind::Open) && other.is(Kind::Close) => return Some("empty brackets"),
            [one, other] if one.is(Kind::Open) && other.is(Kind::Separator) => {
                return Some("a separator after a bracket");
            }
            [one, other] if one.is(Kind::Separator) && matches!(other.kind, Kind::Close | Kind::Stop) => {
                return Some("a separator before the end of a part");
            }
            _ => {}
        }
    }
    for pair in tokens.windows(2) {
        match pair {
            [blank, mark] if blank.is(Kind::Blank) && list(mark) => return Some("a blank before a mark"),
            [one, other] if one.is(Kind::Blank) && other.is(Kind::Blank) => return Some("two blanks"),
            _ => {}
        }
    }
    match (visible.first(), visible.last()) {
        (Some(first), _) if first.is(Kind::Separator) => Some("a separator at the start"),
        (_, Some(last)) if last.is(Kind::Separator) => Some("a separator at the end"),
        (_, Some(last)) if last.is(Kind::Word) && needs_a_word(&last.word()) => Some("nothing follows the last word"),
        (None, _) => Some("nothing is left"),
        _ if subject.trim() != subject => Some("blanks at an end"),
        _ => None,
    }
}

/// A number of one of the forms, as it may stand in a subject.
fn number() -> impl Strategy<Value = &'static str> {
    select(vec!["010203-1234", "020304 - 1234", "110579-1721", "cpr 1407521234", "cpr-nr.: 010203-1234", "130878-1OS6"])
}

/// What stands at the start and stays.
fn first() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", "SV: ", "VS: SV: ", "Re[2]: ", "[sikker] ", "SV: [EKSTERN] ", "#sikkerpost ", "FW: "])
}

/// Words that do not stand beside a number.
fn words() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "Underretning",
        "Statusattest, rykker",
        "Møde i Odense kl. 10",
        "Plejeplan (udkast)",
        "»Min plan«",
        "Afgørelse 24/56789",
        "Ansøgning_ny",
        "Report",
    ])
}

/// How words and a number are joined.
fn joint() -> impl Strategy<Value = &'static str> {
    select(vec![
        " ", ", ", " - ", " – ", ": ", "/", "_", "; ", " vedr. ", " til ", " om ", " med ", " og ", " (", " »", ". ",
    ])
}

/// The words of a text, in lower case.
fn plain_words(text: &str) -> Vec<String> {
    tokens(text, &[]).iter().filter(|token| token.is(Kind::Word)).map(Token::word).collect()
}

/// Do the words occur in this order?
fn in_order(words: &[String], all: &[String]) -> bool {
    let mut all = all.iter();
    words.iter().all(|word| all.any(|other| other == word))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_left_over(
        first in first(),
        before in words(),
        joint in joint(),
        numbers in prop::collection::vec((number(), select(vec![", ", " og ", " / ", " "])), 1..4),
        after_joint in select(vec!["", "", " ", ", ", " - ", ": ", " er ", " i ", ". "]),
        after in words(),
    ) {
            let listed: Vec<String> = numbers.iter().enumerate()
            .map(|(at, (number, joint))| if at == 0 { (*number).to_owned() } else { format!("{joint}{number}") }).collect();
        let close = match joint { " (" => ")", " »" => "«", _ => "" };
        let joint = if before.is_empty() { "" } else { joint };
        let close = if joint.is_empty() { "" } else { close };
        let after_joint = if after.is_empty() || after_joint.is_empty() { "" } else { after_joint };
        let after = if after_joint.is_empty() { "" } else { after };
        let subject = format!("{first}{before}{joint}{}{close}{after_joint}{after}", listed.concat());
        let result = removed(&POLICY, &subject, Language::Da, every);
        let text = &result.subject;

        prop_assert_eq!(result.numbers.len(), numbers.len(), "{:?}", subject);
        prop_assert_eq!(fault(text.strip_prefix(first).unwrap_or_default()), None, "{:?} becomes {:?}", subject, text);
        prop_assert!(text.starts_with(first), "{:?} becomes {:?}", subject, text);
        prop_assert!(in_order(&plain_words(before), &plain_words(text)), "{:?} becomes {:?}", subject, text);
        prop_assert!(in_order(&plain_words(after), &plain_words(text)), "{:?} becomes {:?}", subject, text);
        for number in &result.numbers {
            let last: String = number.chars().filter(char::is_ascii_alphanumeric).rev().take(4).collect();
            prop_assert!(!text.contains(&last.chars().rev().collect::<String>()), "{:?} becomes {:?}", subject, text);
        }
        prop_assert_eq!(&without(&POLICY, text), text, "again");
        for tag in &POLICY.file().secure_mail.tags {
            prop_assert_eq!(has_tag(&subject, tag), has_tag(text, tag), "{:?} becomes {:?}", subject, text);
        }
    }

    #[test]
    fn any_text_comes_to_an_end(parts in prop::collection::vec(prop_oneof![
        number().prop_map(str::to_owned), joint().prop_map(str::to_owned), words().prop_map(str::to_owned), "\\PC{0,4}",
        select(vec![")", "«", "(", "[", "]", "\"", "*", "#", "s", "'s", "er", "og", "vedr.", "i", "\n", "\t", "😀", "&nbsp;"])
            .prop_map(str::to_owned),
    ], 0..14)) {
            let subject = parts.concat();
        let Removed { subject: text, numbers } = removed(&POLICY, &subject, Language::Da, every);
        prop_assert!(numbers.is_empty() == (text == subject), "{:?} becomes {:?}", subject, text);
        prop_assert!(numbers.is_empty() || text.chars().any(char::is_alphanumeric), "{:?} becomes {:?}", subject, text);
        prop_assert!(find_on(&text, POLICY.words(), Some(Draft::default().day())).is_empty(), "{:?}", text);
        prop_assert_eq!(&without(&POLICY, &text), &text);
    }
}

#[test]
fn subjects_of_a_working_day_read_well_too() {
    let mut wrong = Vec::new();
    for subject in workday::subjects(20_000, 19, true) {
        let (year, month, day) = subject.day;
        let draft = Draft { subject: subject.text.clone(), date: Date::new(year, month, day), ..Draft::default() };
        let after = every(&Case::new(&POLICY, &draft, Language::Da)).subject;
        let number = subject.number.expect("each has a number");
        let around = subject.text.get(..number.start).unwrap_or_default().to_owned()
            + "N"
            + subject.text.get(number.end..).unwrap_or_default();
        if let Some(fault) = fault(&after).filter(|_| fault(&around).is_none()) {
            wrong.push((subject.text, after, fault));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong: {:#?}", wrong.len(), wrong.get(..10.min(wrong.len())));
}

#[test]
fn the_corpora_read_well_too() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CORPORA.iter().flat_map(|corpus| corpus.lines()) {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of the corpus reads");
        let subject = line.get("subject").and_then(|subject| subject.as_str()).expect("it has a subject");
        let Removed { subject: after, numbers } = removed(&POLICY, subject, Language::Da, every);
        count += usize::from(!numbers.is_empty());
        if numbers.is_empty() {
            assert_eq!(after, subject);
        } else if let Some(fault) = fault(&after).filter(|_| fault(subject).is_none()) {
            wrong.push((subject.to_owned(), after, fault));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong: {wrong:#?}", wrong.len());
    assert!(count > 1000, "{count} subjects have numbers");
}

/// Twice the subject takes twice the time, whatever it is made of.
#[test]
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the engine asks no clock; this test does")]
fn time_is_linear() {
    let rows = [
        ("", "Vedr. 010203-1234, plan "),
        ("", "010203-1234 og "),
        ("", "(010203-1234 "),
        ("", "- 010203-1234 a"),
        ("", "((((((010203-1234))))))"),
        ("", "010203-(010203-1234) 1234 "),
        ("", "cpr cpr cpr cpr 010203-1234 "),
        ("", "Vedr. Vedr. Vedr. 010203-1234; "),
        ("", "_ _ _ _ 010203-1234 og søster "),
        ("", "for 010203-1234; "),
        ("-", "010203-1234)"),
        ("(", "010203-1234 "),
        ("_ ", "010203-1234]"),
        ("cpr ", "010203-1234 a "),
    ];
    for (filler, piece) in rows {
        let time = |length: usize| {
            let subject =
                format!("a {}{}", filler.repeat(length / filler.len().max(1)), piece.repeat(length / piece.len()));
            let start = std::time::Instant::now();
            let _ = without(&POLICY, &subject);
            start.elapsed()
        };
        let short = time(20_000).max(std::time::Duration::from_millis(10));
        let long = time(160_000);
        assert!(long < short * 24, "{piece:?}: {short:?}, then {long:?}");
    }
}

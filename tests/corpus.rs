//! The labelled subject lines of `tests/corpus`.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the engine reads no files; its tests read the corpus")]

use std::{collections::BTreeMap, fs, path::Path};

use sendvagt::cpr::{Candidate, ContextWords, Grade, find};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: u32,
    subject: String,
    cpr: Vec<[usize; 2]>,
    class: String,
    expect: String,
    ambiguous: bool,
}

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
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let lines = read(name);
    for line in lines.iter().filter(|line| !line.ambiguous) {
        let found = find(&line.subject, &words);
        let places: Vec<_> = found.iter().map(|candidate| [candidate.at.start, candidate.at.end]).collect();
        if decision(&found) != line.expect || places != line.cpr {
            let evidence: Vec<_> = found.iter().flat_map(|c| c.evidence.iter()).map(|e| e.name()).collect();
            let story =
                format!("line {}: {} instead of {}, {places:?} {evidence:?}", line.id, decision(&found), line.expect);
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

/// `docs/cpr-grading.md` is what the code says. `SENDVAGT_WRITE=1` writes it anew.
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

//! An ordinary working day without a false alarm: subjects that hold no CPR number are let go, and those that hold one
//! are not.
//!
//! Other seeds, and how many: `SENDVAGT_SEED=7 SENDVAGT_LINES=1000000 cargo test --release --test workday -- --nocapture`.

#![cfg(test)]
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the engine prints and reads nothing; this test takes a seed and prints its figures"
)]

#[path = "workday/subjects.rs"]
#[expect(dead_code, reason = "benchmarks need all lines of one day")]
mod subjects;

use std::collections::BTreeMap;

use sendvagt::cpr::{ContextWords, Date, Grade, find_on};
use subjects::{DATES, Subject, date, days_of, later, subjects};

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn lines() -> usize {
    from_environment("SENDVAGT_LINES", 100_000) as usize
}

fn day_of(subject: &Subject) -> Option<Date> {
    let (year, month, day) = subject.day;
    Date::new(year, month, day)
}

/// At most one line in 10,000 is stopped, and one in 200 asked about.
#[test]
fn ordinary_subjects_are_let_go() {
    let words = ContextWords::default();
    let mut by_template: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for subject in subjects(lines(), from_environment("SENDVAGT_SEED", 1), false) {
        let found = find_on(&subject.text, &words, day_of(&subject));
        match found.iter().map(|candidate| candidate.grade).max() {
            Some(Grade::Certain) => by_template.entry(subject.template).or_default()[0] += 1,
            Some(Grade::Possible) => by_template.entry(subject.template).or_default()[1] += 1,
            None => {}
        }
    }
    let stops: usize = by_template.values().map(|counts| counts[0]).sum();
    let asks: usize = by_template.values().map(|counts| counts[1]).sum();
    println!("{} subjects without a number: {stops} stopped, {asks} asked about", lines());
    assert!(stops * 10_000 <= lines(), "{stops} stopped: {by_template:?}");
    assert!(asks * 200 <= lines(), "{asks} asked about: {by_template:?}");
}

/// Beside all that, a number is found where it stands: no date, time or phone number hides it.
#[test]
fn a_number_beside_them_is_found() {
    let words = ContextWords::default();
    let (mut asked, mut missed) = (0, Vec::new());
    for subject in subjects(lines(), from_environment("SENDVAGT_SEED", 1) + 1000, true) {
        let place = subject.number.clone().expect("the generator places one");
        let found = find_on(&subject.text, &words, day_of(&subject));
        match found.iter().find(|candidate| candidate.bytes == place) {
            Some(candidate) => asked += usize::from(candidate.grade == Grade::Possible),
            None => missed.push(subject.text),
        }
    }
    println!("{} subjects with a number: {asked} asked about, {} missed", lines(), missed.len());
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(asked * 40 <= lines(), "{asked} asked about");
}

/// Every day of ten years in every form, with every form of a time after it, after the words that people write: nothing
/// is stopped, and nothing asked about but one day in a hundred after a word for a person.
#[test]
fn no_date_and_time_is_stopped() {
    const TIMES: [&str; 10] =
        ["0900", "09.00", "9:00", "kl. 0900", "kl. 09.00", "1430", "14:30", "0900-1000", "13.15-14.45", "2200"];
    const BETWEEN: [&str; 5] = [" ", "-", " - ", ", ", " – "];
    const BEFORE: [&str; 8] =
        ["Møde ", "Møde d. ", "Samtale med borger ", "Barn ", "Vagt søn. ", "Referat ", "Tolk til mor ", "CPR-kursus "];
    let words = ContextWords::default();
    let mut day = (2021, 1, 1);
    let (mut lines, mut asked) = (0, 0);
    while day.0 < 2031 {
        let (year, month, of_month) = day;
        let written_on = Date::new(year, month, of_month);
        let turn = usize::from(of_month) + usize::from(month) * 31;
        for form in 0..DATES {
            let date = date(form, day);
            for (nth, time) in TIMES.iter().enumerate() {
                // Each day takes one of the words and signs in turn, so that all meet all within weeks.
                let before = BEFORE[(turn + nth + form) % BEFORE.len()];
                let between = BETWEEN[(turn / 8 + nth) % BETWEEN.len()];
                let subject = format!("{before}{date}{between}{time}");
                lines += 1;
                for candidate in find_on(&subject, &words, written_on) {
                    assert!(candidate.grade == Grade::Possible, "{subject:?} is stopped");
                    asked += 1;
                }
            }
        }
        day = later(day, 1);
    }
    println!("{lines} dates with a time: {asked} asked about");
    assert!(asked * 200 <= lines, "{asked} of {lines} are asked about");
}

/// The generator's calendar is the one that counts the days of its months.
#[test]
fn the_calendar_of_the_generator() {
    let mut day = (2020, 1, 1);
    let mut days = 0;
    while day.0 < 2036 {
        assert!(day.2 <= days_of(day.0, day.1));
        assert!(Date::new(day.0, day.1, day.2).is_some(), "{day:?}");
        day = later(day, 1);
        days += 1;
    }
    assert_eq!(days, 5844);
}

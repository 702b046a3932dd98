//! Speed: the municipality's whole period of mail in one scan, beside the `regex` crate and beside reading alone.
//!
//! `cargo bench --bench find`. Every number and name is made up; the lines are the same on every run.
#![expect(clippy::disallowed_macros, reason = "the engine prints nothing; its benchmark does")]

use divan::{Bencher, counter::BytesCount};
use regex::bytes::Regex;
use sendvagt::cpr::{ContextWords, find, scan_lines};

#[path = "../tests/workday/subjects.rs"]
#[expect(dead_code, clippy::panic, clippy::expect_used, clippy::indexing_slicing, reason = "written for a test")]
mod workday;

use workday::{Dice, subjects_on};

fn main() {
    println!("tame: {} subjects, {} bytes", SUBJECTS, subjects(SUBJECTS).len());
    println!("of a working day: {} subjects, {} bytes", SUBJECTS, of_a_working_day(SUBJECTS).len());
    divan::main();
}

/// Subjects of a working day, most of which hold dates, times, phone or case numbers and no CPR number. A tenth is made,
/// and repeated: no one line comes twice within what a processor keeps at hand.
fn of_a_working_day(count: usize) -> Vec<u8> {
    let made = subjects_on((2026, 11, 25), count / 10, 1, false);
    let text: String = made.into_iter().flat_map(|subject| [subject.text, "\n".to_owned()]).collect();
    text.repeat(10).into_bytes()
}

/// Secure and ordinary mails of the municipality's period.
const SUBJECTS: usize = 5_163_000;

/// The pattern that most filters have.
const NAIVE: &str = r"(?-u)[0-9]{6}[- ]?[0-9]{4}";

/// Lines as municipal staff write them: four in ten hold digits, one in fifty a CPR number in one of its forms.
pub fn subjects(count: usize) -> Vec<u8> {
    const STARTS: &[&str] = &["", "", "", "SV: ", "SV: SV: ", "VS: ", "Re: ", "[sikker] ", "#sikkerpost "];
    const TOPICS: &[&str] = &[
        "Underretning",
        "Partshøring",
        "Kopi af afgørelse",
        "Handleplan",
        "Boligstøtte",
        "Børnefaglig undersøgelse",
        "Anmodning om journaloplysninger",
        "Indkaldelse til netværksmøde",
        "Ændret betalingskommune",
        "Statusattest",
        "Vedr. refusionstilsagn",
        "Svar på aktindsigt",
        "Pensionsoplysninger",
        "Hjælpemiddelbevilling",
    ];
    const ENDS: &[&str] = &["", "", "", " i dag", " - haster", " – 2. rykker", ", se bilag", " mvh Familieafdelingen"];
    let mut dice = Dice(1);
    let mut text = String::with_capacity(count * 46);
    for _ in 0..count {
        text.push_str(dice.pick(STARTS));
        text.push_str(dice.pick(TOPICS));
        let (day, month, year) = (1 + dice.roll(28), 1 + dice.roll(12), dice.roll(100));
        let (serial, number) = (dice.roll(10_000), dice.roll(100_000_000));
        text.push_str(&match dice.roll(100) {
            0 => format!(" {day:02}{month:02}{year:02}-{serial:04}"),
            1 => match dice.roll(4) {
                0 => format!(", cpr {day:02}{month:02}{year:02}{serial:04}"),
                1 => format!(" {day:02}{month:02}{year:02} {serial:04}"),
                2 => format!(": {day:02}.{month:02}.{year:02}-{serial:04}"),
                _ => format!(" om {day:02}{month:02}{year:02}–{serial:04}"),
            },
            2..=7 => format!(" {day:02}-{month:02}-20{:02}", year % 30),
            8..=12 => format!(", sagsnr. {}/{:05}", 10 + year % 15, number % 100_000),
            13..=15 => format!(" tlf. {:02} {:02} {month:02} {day:02}", 20 + year % 70, number % 100),
            16..=18 => format!(" CVR {number:08}"),
            19..=22 => format!(", § {} stk. {}", number % 200, number % 9),
            23..=27 => format!(" uge {}", year % 53),
            28..=31 => format!(", Torvet {year}, {serial:04} Nyborg"),
            32..=33 => format!(" EAN 5798{:09}", number),
            34..=38 => " LÆ 255".into(),
            _ => String::new(),
        });
        text.push_str(dice.pick(ENDS));
        text.push('\n');
    }
    text.into_bytes()
}

/// Every byte once: as fast as memory goes without a hand-written vector loop.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn sum_of_all_bytes(bencher: Bencher<'_, '_>) {
    let text = subjects(SUBJECTS);
    bencher.counter(BytesCount::of_slice(&text)).bench_local(|| text.iter().map(|&byte| u64::from(byte)).sum::<u64>());
}

/// The naive pattern with the `regex` crate, in one pass over the whole buffer.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn regex_one_pass(bencher: Bencher<'_, '_>) {
    let text = subjects(SUBJECTS);
    let Ok(pattern) = Regex::new(NAIVE) else { return };
    bencher.counter(BytesCount::of_slice(&text)).bench_local(|| pattern.find_iter(&text).count());
}

/// Sendvagt: every form, graded.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn sendvagt_scan_lines(bencher: Bencher<'_, '_>) {
    let text = subjects(SUBJECTS);
    let words = ContextWords::default();
    bencher.counter(BytesCount::of_slice(&text)).bench_local(|| {
        let mut count = 0_usize;
        scan_lines(&text, &words, |_, _| count += 1);
        count
    });
}

/// The same on subjects of a working day.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn sendvagt_scan_working_day(bencher: Bencher<'_, '_>) {
    let text = of_a_working_day(SUBJECTS);
    let words = ContextWords::default();
    bencher.counter(BytesCount::of_slice(&text)).bench_local(|| {
        let mut count = 0_usize;
        scan_lines(&text, &words, |_, _| count += 1);
        count
    });
}

/// Sendvagt, a line at a time, as one mail is checked.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn sendvagt_find_each(bencher: Bencher<'_, '_>) {
    let text = String::from_utf8(subjects(SUBJECTS)).unwrap_or_default();
    let words = ContextWords::default();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| text.lines().map(|line| find(line, &words).len()).sum::<usize>());
}

/// One subject of 100 characters.
#[divan::bench(args = ["nothing", "number", "digits"])]
fn one_subject(bencher: Bencher<'_, '_>, kind: &str) {
    let start = match kind {
        "number" => "Vedr. 010203-1234 ",
        "digits" => "Sag 23/012345, 01-02-2023 tlf. 12345678 ",
        _ => "",
    };
    let subject: String =
        start.chars().chain("Indkaldelse til netværksmøde i Børn og Unge ".chars().cycle()).take(100).collect();
    let words = ContextWords::default();
    bencher.bench_local(|| find(divan::black_box(&subject), &words));
}

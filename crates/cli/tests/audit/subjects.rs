//! Subjects as municipal staff write them, with CPR numbers planted in the spellings of the corpus.
//! Every number and name is made up, and the same on every run.

use std::collections::BTreeSet;

/// Subjects, one per line.
pub(crate) struct Subjects {
    /// The text.
    pub(crate) text: Vec<u8>,
    /// The lines that hold a CPR number, from 1.
    pub(crate) planted: BTreeSet<u64>,
}

/// A random number generator with the same results everywhere (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    /// One of these.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.roll(from.len())).copied().unwrap_or_default()
    }
}

/// Subjects of the corpus that must be stopped.
fn positives() -> Vec<String> {
    let corpus = include_str!("../../../../tests/corpus/dev.jsonl");
    let rows = corpus.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let stopped = rows.filter(|row| row["expect"] == "stop");
    stopped.filter_map(|row| row["subject"].as_str().map(str::to_owned)).filter(|s| !s.contains('\n')).collect()
}

/// Makes `count` subjects, of which `planted` hold a number.
pub(crate) fn plain(count: usize, planted: usize) -> Subjects {
    let positives = positives();
    let mut dice = Dice(7);
    let mut lines = BTreeSet::new();
    while lines.len() < planted {
        lines.insert(1 + dice.roll(count) as u64);
    }
    let mut text = String::with_capacity(count * 46);
    for line in 1..=count as u64 {
        if lines.contains(&line) {
            text.push_str(&positives[dice.roll(positives.len())]);
        } else {
            innocent(&mut dice, &mut text);
        }
        text.push('\n');
    }
    Subjects { text: text.into_bytes(), planted: lines }
}

/// Appends a subject without a CPR number; four in ten hold digits.
pub(crate) fn innocent(dice: &mut Dice, text: &mut String) {
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
    const ENDS: &[&str] = &[
        "",
        "",
        " i dag",
        " - haster",
        " – 2. rykker",
        ", se bilag",
        " mvh Familieafdelingen",
        " til orientering i Børn og Unge",
    ];
    use std::fmt::Write;
    text.push_str(dice.pick(STARTS));
    text.push_str(dice.pick(TOPICS));
    let (day, month, year) = (1 + dice.roll(28), 1 + dice.roll(12), dice.roll(100));
    let (serial, number) = (dice.roll(10_000), dice.roll(100_000_000));
    let _ = match dice.roll(100) {
        0..=7 => write!(text, " {day:02}-{month:02}-20{:02}", year % 30),
        8..=12 => write!(text, ", sagsnr. {}/{:05}", 10 + year % 15, number % 100_000),
        13..=15 => write!(text, " tlf. {:02} {:02} {month:02} {day:02}", 20 + year % 70, number % 100),
        16..=18 => write!(text, " CVR {number:08}"),
        19..=22 => write!(text, ", § {} stk. {}", number % 200, number % 9),
        23..=27 => write!(text, " uge {}", year % 53),
        28..=31 => write!(text, ", Torvet {year}, {serial:04} Nyborg"),
        32..=33 => write!(text, " EAN 5798{number:09}"),
        34..=38 => write!(text, " LÆ 255"),
        _ => Ok(()),
    };
    text.push_str(dice.pick(ENDS));
}

//! The finder against an oracle that is written another way: regular expressions on normalised text, a calendar made by
//! counting days, and a chain of questions. It knows the common forms, and no trick.
//!
//! And the pass over whole buffers against the finder, a line at a time.
//!
//! The long tests: `cargo test --release --test oracle -- --ignored`.

#![cfg(test)]

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;
use sendvagt::{
    cpr::{ContextWords, Date, Evidence, Grade, find, find_on, scan_lines},
    text::{fold, sym},
};

/// What is found: start and end in UTF-16 code units, and whether it is certain.
type Found = Vec<(usize, usize, bool)>;

/// What is found on no day in particular; the oracle knows no slips.
fn ours(subject: &str) -> Found {
    find_on(subject, &ContextWords::default(), None)
        .iter()
        .filter(|candidate| !candidate.evidence.contains(Evidence::Slip))
        .map(|candidate| (candidate.at.start, candidate.at.end, candidate.grade == Grade::Certain))
        .collect()
}

/// A generator of numbers that is the same everywhere (a linear congruence, its upper bits).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }
}

/// Every `DDMMYY` and seventh digit of a person born from 1858 to 2057, by counting days; the raised days too.
static BIRTHS: LazyLock<HashSet<(u32, u32)>> = LazyLock::new(|| {
    let mut births = HashSet::new();
    for year in 1858..=2057 {
        let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, length) in (1..).zip(lengths) {
            for day in 1..=length {
                let yy = year % 100;
                // CPR-kontoret's table, read by century instead of by digit.
                let sevenths: &[u32] = match year {
                    1858..=1899 => &[5, 6, 7, 8],
                    1900..=1936 => &[0, 1, 2, 3],
                    1937..=1999 => &[0, 1, 2, 3, 4, 9],
                    2000..=2036 => &[4, 5, 6, 7, 8, 9],
                    _ => &[5, 6, 7, 8],
                };
                for &seventh in sevenths {
                    births.insert((day * 10_000 + month * 100 + yy, seventh));
                    births.insert(((day + 60) * 10_000 + month * 100 + yy, seventh));
                }
            }
        }
    }
    births
});

fn exists(head: u32, serial: u32) -> bool {
    BIRTHS.contains(&(head, serial / 1000))
}

fn passes_modulus_11(head: u32, serial: u32) -> bool {
    let mut number = u64::from(head) * 10_000 + u64::from(serial);
    let mut sum = 0;
    for weight in [1, 2, 3, 4, 5, 6, 7, 2, 3, 4] {
        sum += weight * (number % 10);
        number /= 10;
    }
    sum % 11 == 0
}

fn is_backed(head: u32, serial: u32) -> bool {
    let issued_without =
        [60, 62, 64, 65, 66, 67, 69, 70, 74, 75, 78, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 94, 95];
    let century_1900 = matches!(serial / 1000, 0..=4 | 9);
    let listed = head / 100 == 101 && issued_without.contains(&(head % 100)) && century_1900;
    head < 600_000 && (listed || passes_modulus_11(head, serial))
}

/// A text with its characters normalised one by one, and the UTF-16 place of each.
fn normalised(subject: &str) -> (String, Vec<usize>) {
    static DIGIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{Nd}$").unwrap());
    static DASH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{Pd}\u{2212}]$").unwrap());
    static SPACE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s$").unwrap());
    let (mut text, mut places, mut unit) = (String::new(), Vec::new(), 0);
    for c in subject.chars() {
        let mut buffer = [0; 4];
        let one: &str = c.encode_utf8(&mut buffer);
        let as_ascii = if c.is_ascii() {
            c
        } else if DASH.is_match(one) {
            '-'
        } else if SPACE.is_match(one) {
            ' '
        } else if DIGIT.is_match(one) {
            // Digits stand in runs of ten, of which the first is the one with no digit ten before it.
            let code = u32::from(c);
            let back = (0..10).find(|n| {
                char::from_u32(code - n - 1).is_none_or(|before| !DIGIT.is_match(before.encode_utf8(&mut [0; 4])))
            });
            char::from_digit(back.expect("the oracle is given digits of simple runs"), 10).unwrap()
        } else {
            'x'
        };
        text.push(as_ascii);
        places.push(unit);
        unit += c.len_utf16();
    }
    places.push(unit);
    (text, places)
}

fn oracle(subject: &str) -> Found {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x) (?<head>
                (?<d>\d\d) (?: (?<m>\d\d)(?<y>\d\d) | \.\d\d\.\d\d | -\d\d-\d\d | /\d\d/\d\d | \x20\d\d\x20\d\d ) )
                (?<gap> \x20*-{1,3}\x20* | \x20+ | \.| /\x20* | _ | )
                (?<serial> \d{4})",
        )
        .unwrap()
    });
    static CPR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\b(cpr(-?nr)?|personnummer)\.?:?(x[a-z]{0,9} )? ?$").unwrap());
    static PERSON: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\b(borger|fxdt|f\.) $").unwrap());
    static UNIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bp-nr\. $").unwrap());
    static UNSURE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\b(p-nr\.|konto|kundenr\.) $").unwrap());
    static OTHER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\b(faktura|ordrenr\.:|EAN) $").unwrap());

    let (text, places) = normalised(subject);
    let mut found = Found::new();
    let mut from = 0;
    while let Some(hit) = NUMBER.captures_at(&text, from) {
        let all = hit.get(0).unwrap();
        let digit_at = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        if all.start() > 0 && digit_at(all.start() - 1) {
            // Within a longer run: on to its end.
            from = (all.start()..text.len()).find(|&at| !digit_at(at)).unwrap_or(text.len());
            continue;
        }
        if digit_at(all.end()) {
            from = all.start() + 1;
            continue;
        }
        let digits: String = hit["head"].chars().filter(char::is_ascii_digit).collect();
        let (head, serial): (u32, u32) = (digits.parse().unwrap(), hit["serial"].parse().unwrap());
        let before = &text[..all.start()];
        let split = hit.name("m").is_none();
        let gap = &hit["gap"];
        let joint = hit["head"].chars().nth(2).filter(|_| split);
        let uniform = match joint {
            Some('-') => gap.contains('-'),
            Some(' ') => gap.trim().is_empty(),
            Some(joint) => gap.trim() == joint.to_string(),
            None => false,
        };
        let year_like = split && (1900..2100).contains(&serial);
        let backed = is_backed(head, serial);

        let certain = if !exists(head, serial) || (split && gap.is_empty()) {
            None
        } else if CPR.is_match(before) {
            Some(true)
        } else if PERSON.is_match(before) {
            // A question where it may be a year, and only on modulus 11's word where it must be days and a year.
            let yy = head % 100;
            let of_this_century =
                matches!(serial / 1000, 4 | 9) && yy < 37 || matches!(serial / 1000, 5..=8) && yy < 58;
            let mobile = gap.is_empty() && !split && head / 1000 == 70 && of_this_century && !backed;
            Some((!year_like || (gap.contains('-') && !uniform)) && !mobile)
        } else {
            let other = OTHER.is_match(before);
            let unsure = UNSURE.is_match(before);
            if gap.contains('-') {
                Some(!(other || unsure || year_like && uniform))
            } else if gap.trim().is_empty() && !gap.is_empty() {
                match year_like && !uniform {
                    true => None,
                    false => Some(!other && !unsure && !year_like),
                }
            } else if !gap.is_empty() {
                match (other, backed) {
                    _ if year_like => None,
                    (true, false) => None,
                    _ => Some(backed && !other && !unsure),
                }
            } else if UNIT.is_match(before) {
                None
            } else if other {
                backed.then_some(false)
            } else {
                Some(backed && !unsure)
            }
        };
        if let Some(certain) = certain {
            found.push((places[all.start()], places[all.end()], certain));
            from = all.end();
        } else {
            from = all.start() + 1;
        }
    }
    found
}

const SEPARATORS: [&str; 16] = [
    "-", "", " ", "–", "—", "\u{2011}", "\u{2212}", "\u{a0}", "\u{202f}", " - ", " – ", "--", ".", "/", "_", "\u{ff0d}",
];

fn compare(subject: &str) {
    let (ours, oracle) = (ours(subject), oracle(subject));
    assert!(ours == oracle, "{subject:?}: we find {ours:?}, the oracle {oracle:?}");
}

/// Every head in `heads` with every separator, the serial thrown.
fn all_separators(heads: impl Iterator<Item = u32>) {
    let mut dice = Dice(7);
    for head in heads {
        for separator in SEPARATORS {
            compare(&format!("Vedr. {head:06}{separator}{:04} i dag", dice.roll(10_000)));
        }
    }
}

#[test]
fn six_digit_heads() {
    all_separators((0..1_000_000).step_by(331));
}

/// A number with a hyphen and no word, on a day: what its digits read as beside a CPR number.
fn on_a_day(head: u32, serial: u32, (year, month, day): (u32, u32, u32)) -> Option<bool> {
    /// Days since the first of the year 0, by a calendar of months of 31 days, which orders days rightly.
    fn order(year: u32, month: u32, day: u32) -> u32 {
        (year * 12 + month) * 31 + day
    }
    let today = order(year, month, day);
    let is_near = |yy: u32, mm: u32, dd: u32| {
        let length = [31, if yy.is_multiple_of(4) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        (1..=12).contains(&mm)
            && (1..=length[mm as usize - 1]).contains(&dd)
            && (today - 3 * 372..=today + 2 * 372).contains(&order(2000 + yy, mm, dd))
    };
    if !exists(head, serial) {
        return None;
    }
    let (dd, mm, yy) = (head / 10_000, head / 100 % 100, head % 100);
    let raised = dd > 60;
    let dd = if raised { dd - 60 } else { dd };
    let century = match serial / 1000 {
        0..=3 => 1900,
        4 | 9 if yy < 37 => 2000,
        4 | 9 => 1900,
        _ if yy < 58 => 2000,
        _ => 1800,
    };
    let birth = order(century + yy, mm, dd);
    if birth > today {
        return None;
    }
    let (hour, minute) = (serial / 100, serial % 100);
    let is_time = hour < 24 && minute < 60;
    let near = !raised && is_near(yy, mm, dd);
    let reversed = !raised && is_near(dd, mm, yy);
    let ancient = !near && birth + 104 * 372 < today;
    let hundred = near && century == 1900;
    let (by_day, by_five) = (hour >= 6, minute % 5 == 0);
    let is_end = (1..=12).contains(&minute) && (1..=31).contains(&hour) && {
        !(hour == 31 && [2, 4, 6, 9, 11].contains(&minute) || hour == 30 && minute == 2)
    };
    let is_year = (1999 + yy..2020 + yy).contains(&serial);
    if near && (is_time && (by_day || by_five) || is_end || is_year) {
        return None;
    }
    if reversed && is_time && (hundred || ancient) {
        return None;
    }
    if reversed && is_time && by_day && by_five && birth + 88 * 372 < today {
        return Some(false);
    }
    Some(!(hundred || (ancient && reversed)))
}

#[test]
fn near_days() {
    let mut dice = Dice(9);
    let words = ContextWords::default();
    for _ in 0..300_000 {
        let (year, month, day) = (2020 + dice.roll(16) as u32, 1 + dice.roll(12) as u32, 1 + dice.roll(28) as u32);
        let date = Date::new(year as u16, month as u8, day as u8);
        let around = (year + dice.roll(12) as u32 - 6) % 100;
        let (dd, mm) = (1 + dice.roll(31) as u32, 1 + dice.roll(12) as u32);
        let head = match dice.roll(4) {
            0 => around * 10_000 + mm * 100 + dd,
            1 => dd * 10_000 + mm * 100 + dice.roll(100) as u32,
            _ => dd * 10_000 + mm * 100 + around,
        };
        let serial = dice.roll(10_000) as u32;
        let subject = format!("Vedr. {head:06}-{serial:04} i dag");
        let found = find_on(&subject, &words, date);
        let ours = found.first().map(|candidate| candidate.grade == Grade::Certain);
        let expected = on_a_day(head, serial, (year, month, day));
        assert!(ours == expected, "{subject:?} on {year}-{month}-{day}: we find {ours:?}, the oracle {expected:?}");
    }
}

/// Without a day at least as much is found as on any, which those rely on who look for candidates first and learn the
/// day of the mail later.
#[test]
fn no_day_finds_the_most() {
    let mut dice = Dice(10);
    let words = ContextWords::default();
    for _ in 0..20_000 {
        let line = thrown_line(&mut dice);
        let date = Date::new(2020 + dice.roll(16) as u16, 1 + dice.roll(12) as u8, 1 + dice.roll(28) as u8);
        let most = find_on(&line, &words, None);
        assert!(!most.is_empty() || find_on(&line, &words, date).is_empty(), "{line:?}");
    }
}

#[test]
#[ignore = "long: all 10^6 heads with every separator"]
fn all_six_digit_heads() {
    all_separators(0..1_000_000);
}

/// Subjects with words, one or two numbers in many spellings, and digits of other scripts.
fn thrown(count: usize, seed: u64) {
    const BEFORE: [&str; 21] = [
        "",
        "Vedr. ",
        "Underretning om ",
        "SV: SV: ",
        "[sikker] ",
        "(",
        "cpr ",
        "CPR-nr. ",
        "cprnr.: ",
        "CPR: ",
        "personnummer ",
        "borger ",
        "født ",
        "f. ",
        "P-nr. ",
        "konto ",
        "kundenr. ",
        "faktura ",
        "ordrenr.: ",
        "EAN ",
        "»",
    ];
    const AFTER: [&str; 10] =
        ["", " i dag", ", se bilag", ")", "…", " – haster", "«", " (fortroligt)", "!", " til orientering"];
    const BETWEEN: [&str; 4] = [" samt det andet tal ", " (forrige) ", "; derudover haves ", ", endvidere "];
    const DATES: [&str; 5] = ["", ".", "-", "/", " "];
    // Zeros of scripts, and ASCII more often.
    const ZEROS: [u32; 8] = [0x30, 0x30, 0x30, 0x30, 0x660, 0x966, 0xff10, 0x104a0];
    let mut dice = Dice(seed);
    for _ in 0..count {
        let mut subject = String::from(dice.pick(&BEFORE));
        for number in 0..=dice.roll(4) / 3 {
            if number > 0 {
                subject.push_str(dice.pick(&BETWEEN));
            }
            let [day, month, year] = match dice.roll(4) {
                0 => [dice.roll(100), dice.roll(100), dice.roll(100)],
                1 => [61 + dice.roll(31), 1 + dice.roll(12), dice.roll(100)],
                _ => [1 + dice.roll(31), 1 + dice.roll(12), dice.roll(100)],
            };
            let joint = if dice.roll(3) == 0 { dice.pick(&DATES) } else { "" };
            let separator = dice.pick(&SEPARATORS);
            let serial = match dice.roll(12) {
                0 if !separator.is_empty() => format!("{:03}", dice.roll(1000)),
                1 => format!("{:05}", dice.roll(100_000)),
                _ => format!("{:04}", dice.roll(10_000)),
            };
            // Split dates with these are other forms, which the oracle does not know.
            let known = joint.is_empty() || !(separator.is_empty() || serial.len() != 4);
            let joint = if known { joint } else { "" };
            let zero = dice.pick(&ZEROS);
            for c in format!("{day:02}{joint}{month:02}{joint}{year:02}{separator}{serial}").chars() {
                subject.push(c.to_digit(10).map_or(c, |digit| char::from_u32(zero + digit).unwrap()));
            }
        }
        subject.push_str(dice.pick(&AFTER));
        compare(&subject);
    }
}

#[test]
fn thrown_subjects() {
    thrown(100_000, 1);
}

#[test]
#[ignore = "long: 10^7 subjects"]
fn ten_million_thrown_subjects() {
    thrown(10_000_000, 2);
}

/// A number as it is written, or with one character that is another.
fn thrown_number(dice: &mut Dice) -> String {
    const NUMBERS: [&str; 25] = [
        "2O231O1Ol",
        "010203-1234",
        "0102031234",
        "01 02 03-12 34",
        "130878-1OS6",
        "1308781OS6",
        "01O2O3-l234",
        "010203-12OO",
        "O10203-1lO2",
        "010203-123|",
        "|1O203-1234",
        "0 1 0 2 0 3 - 1 2 3 4",
        "102031234",
        "10203-1234",
        "010203––1234",
        "010203 \u{a0}– 1234",
        "01.02.1903-1234",
        "010219031234",
        "01,02,031234",
        "0707 61 4285",
        "٠١٠٢٠٣-١٢٣٤",
        "010203&ndash;1234",
        "010203%E2%80%931234",
        "0102\u{ad}031234",
        "130878            1OS6",
    ];
    const OTHERS: [char; 13] = ['O', 'o', 'l', 'I', '|', '0', '1', '9', ' ', '-', '–', 'a', '.'];
    let number = dice.pick(&NUMBERS);
    let place = dice.roll(60) as usize;
    let other = dice.pick(&OTHERS);
    number.chars().enumerate().map(|(at, c)| if at == place { other } else { c }).collect()
}

/// A line with a number among letters, or of numbers and what may stand around them.
fn thrown_line(dice: &mut Dice) -> String {
    const AROUND: [&str; 24] = [
        "x",
        "xxxxx",
        "æ",
        "–",
        "\u{a0}",
        " ",
        " ",
        "7",
        "12",
        "a1",
        "O",
        "1O",
        "l",
        "2O23",
        "cpr ",
        "tlf. 12 34 56 78 ",
        " og ",
        "\u{200b}",
        "%",
        "&amp;",
        "-",
        "kl 10:30 ",
        "99990102",
        "(",
    ];
    let mut line = String::new();
    if dice.roll(2) == 0 {
        line.push_str(&"x".repeat(dice.roll(100) as usize));
        line.push_str(dice.pick(&[" ", " cpr "]));
        line.push_str(&thrown_number(dice));
        line.push_str(&" x".repeat(dice.roll(40) as usize));
        return line;
    }
    for _ in 0..dice.roll(14) {
        if dice.roll(5) == 0 {
            line.push_str(&thrown_number(dice));
            line.push_str(dice.pick(&["", " "]));
        } else {
            line.push_str(dice.pick(&AROUND));
        }
    }
    line
}

fn thrown_buffers(count: usize, seed: u64) {
    let mut dice = Dice(seed);
    let words = ContextWords::default();
    for _ in 0..count {
        let lines: Vec<String> = (0..40).map(|_| thrown_line(&mut dice)).collect();
        let mut expected = Vec::new();
        let mut start = 0;
        for line in &lines {
            expected.extend(find(line, &words).into_iter().map(|candidate| (start, candidate)));
            start += line.len() + 1;
        }
        let mut found = Vec::new();
        scan_lines(lines.join("\n").as_bytes(), &words, |line, candidate| found.push((line.at.start, candidate)));
        assert_eq!(found, expected, "in {lines:?}");
    }
}

#[test]
fn buffers_of_thrown_lines() {
    thrown_buffers(5_000, 3);
}

#[test]
#[ignore = "long: 10^7 lines"]
fn ten_million_thrown_lines() {
    thrown_buffers(250_000, 4);
}

/// Folding knows the digits, dashes, spaces, marks and invisible characters that the `regex` crate knows.
#[test]
fn folding_agrees_with_the_unicode_tables_of_regex() {
    let class = |class: &str| Regex::new(&format!("^{class}$")).unwrap();
    let (digit, dash, space) = (class(r"\p{Nd}"), class(r"\p{Pd}"), class(r"\s"));
    let (mark, joiner) = (class(r"\p{M}"), '\u{34f}');
    let invisible = class(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]");
    let unassigned = class(r"\p{Cn}");
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        let mut buffer = [0; 4];
        let one: &str = c.encode_utf8(&mut buffer);
        if unassigned.is_match(one) {
            continue;
        }
        // Between two letters, so that nothing is at an end.
        let text = format!("a{c}b");
        let codes: Vec<u8> = fold(&text).map(|symbol| symbol.code).collect();
        let folded = match codes[..] {
            [b'a', code, b'b'] => Some(code),
            _ => None,
        };
        let name = format!("U+{:04X}", u32::from(c));
        if mark.is_match(one) && c != joiner || invisible.is_match(one) {
            // A ring above makes å of the a.
            assert!(folded.is_none() && codes.len() == 2, "{name} shows nothing of its own: {codes:?}");
        } else if digit.is_match(one) {
            let ascii = folded.and_then(sym::digit).map(u32::from);
            assert!(ascii.is_some(), "{name} is a digit");
        } else if dash.is_match(one) {
            assert_eq!(folded, Some(b'-'), "{name} is a dash");
        } else if space.is_match(one) {
            assert_eq!(folded, Some(b' '), "{name} is a space");
        } else {
            assert!(folded.is_some_and(|code| sym::digit(code).is_none()), "{name} is one symbol and no digit");
        }
    }
}

//! Made-up subjects of an ordinary working day: dates, times, periods, places, counts and numbers of other kinds, as
//! municipal staff write them, each on a day of its own, with and without a CPR number beside them.
//!
//! A template is a sentence with slots; a slot is filled in one of the forms that people use. The same seed gives the same
//! lines everywhere.

use std::ops::Range;

/// A generator of numbers that is the same everywhere (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }
}

/// A subject, the day on which it is written, and where a CPR number stands in it, in bytes.
pub(crate) struct Subject {
    pub(crate) text: String,
    pub(crate) day: (u16, u8, u8),
    pub(crate) number: Option<Range<usize>>,
    /// The template, for the counts by kind.
    pub(crate) template: &'static str,
}

/// The subjects of a seed: so many, each with a CPR number in it or none.
pub(crate) fn subjects(count: usize, seed: u64, with_number: bool) -> Vec<Subject> {
    let mut dice = Dice(seed);
    (0..count).map(|_| subject(&mut dice, with_number)).collect()
}

/// The same, all written on one day.
pub(crate) fn subjects_on(day: Day, count: usize, seed: u64, with_number: bool) -> Vec<Subject> {
    let mut dice = Dice(seed);
    (0..count).map(|_| subject_on(&mut dice, day, with_number)).collect()
}

type Day = (u16, u8, u8);

pub(crate) fn days_of(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub(crate) fn later((mut year, mut month, mut day): Day, days: usize) -> Day {
    for _ in 0..days {
        day += 1;
        if day > days_of(year, month) {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    (year, month, day)
}

fn earlier((mut year, mut month, mut day): Day, days: usize) -> Day {
    for _ in 0..days {
        if day > 1 {
            day -= 1;
            continue;
        }
        if month > 1 {
            month -= 1;
        } else {
            (month, year) = (12, year - 1);
        }
        day = days_of(year, month);
    }
    (year, month, day)
}

/// The day of the week, Monday first (Sakamoto's method).
fn weekday((year, month, day): Day) -> usize {
    const SHIFTS: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = usize::from(year) - usize::from(month < 3);
    (year + year / 4 - year / 100 + year / 400 + SHIFTS[usize::from(month) - 1] + usize::from(day) + 6) % 7
}

fn any_day(dice: &mut Dice) -> Day {
    let (year, month) = (2020 + dice.roll(16) as u16, 1 + dice.roll(12) as u8);
    (year, month, 1 + dice.roll(usize::from(days_of(year, month))) as u8)
}

/// A day that mail of a day speaks of: mostly of the weeks around it.
fn near(dice: &mut Dice, day: Day) -> Day {
    match dice.roll(8) {
        0 => earlier(day, dice.roll(900)),
        1 => later(day, dice.roll(600)),
        2 => earlier(day, dice.roll(30)),
        _ => later(day, dice.roll(90)),
    }
}

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// The forms in which dates are written; the first three hold year, month and day without anything between.
pub(crate) const DATES: usize = 14;

pub(crate) fn date(form: usize, (year, month, day): Day) -> String {
    let yy = year % 100;
    let name = MONTHS[usize::from(month) - 1];
    match form {
        0 => format!("{day:02}{month:02}{yy:02}"),
        1 => format!("{day:02}.{month:02}.{yy:02}"),
        2 => format!("{day:02}-{month:02}-{yy:02}"),
        3 => format!("{day:02}/{month:02}-{yy:02}"),
        4 => format!("{day}/{month}-{yy:02}"),
        5 => format!("{day:02}.{month:02}.{year}"),
        6 => format!("{day:02}-{month:02}-{year}"),
        7 => format!("{day:02}/{month:02}-{year}"),
        8 => format!("{day}. {name} {year}"),
        9 => format!("{year}-{month:02}-{day:02}"),
        10 => format!("{day:02}{month:02}{year}"),
        11 => format!("{day}.{month}.{year}"),
        12 => format!("{day:02} {month:02} {yy:02}"),
        _ => format!("{day:02}/{month:02}"),
    }
}

fn time_at(dice: &mut Dice, hour: usize, minute: usize) -> String {
    match dice.roll(6) {
        0 | 1 => format!("{hour:02}{minute:02}"),
        2 | 3 => format!("{hour:02}.{minute:02}"),
        4 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour}.{minute:02}"),
    }
}

fn time(dice: &mut Dice) -> String {
    let (hour, minute) = (6 + dice.roll(17), 5 * dice.roll(12));
    let minute = if dice.one_in(3) { minute } else { minute / 15 * 15 };
    let from = time_at(dice, hour, minute);
    match dice.roll(6) {
        0 => {
            let dash = dice.pick(&["-", " - ", "–"]);
            let to = time_at(dice, hour + 1, minute);
            format!("{from}{dash}{to}")
        }
        1 => format!("{}-{}", hour, hour + 1 + dice.roll(3)),
        _ => from,
    }
}

const BETWEEN: [&str; 12] = [" ", " ", " ", "-", " - ", ", ", " – ", " kl. ", " kl ", ", kl. ", " / ", ": "];

fn date_and_time(dice: &mut Dice, day: Day) -> String {
    let form = dice.roll(DATES);
    let date = date(form, near(dice, day));
    let between = dice.pick(&BETWEEN);
    let time = time(dice);
    format!("{date}{between}{time}")
}

fn town(dice: &mut Dice) -> String {
    const TOWNS: [&str; 40] = [
        "Nyborg",
        "Odense C",
        "København Ø",
        "Aarhus N",
        "Vejle",
        "Rønne",
        "Køge",
        "Aalborg",
        "Ullerslev",
        "Randers C",
        "Horsens",
        "Kolding",
        "Roskilde",
        "Herning",
        "Helsingør",
        "Silkeborg",
        "Næstved",
        "Fredericia",
        "Viborg",
        "Holstebro",
        "Taastrup",
        "Slagelse",
        "Hillerød",
        "Sønderborg",
        "Svendborg",
        "Hjørring",
        "Haderslev",
        "Frederikshavn",
        "Skive",
        "Ringsted",
        "Farum",
        "Middelfart",
        "Ikast",
        "Grenaa",
        "Korsør",
        "Varde",
        "Valby",
        "Brønshøj",
        "Kbh. NV",
        "Ribe",
    ];
    let code = 1000 + dice.roll(8990);
    format!("{code:04} {}", dice.pick(&TOWNS))
}

fn period(dice: &mut Dice, day: Day) -> String {
    let from = near(dice, day);
    let to = later(from, 1 + dice.roll(60));
    let ((_, m1, d1), (year, m2, d2)) = (from, to);
    let yy = year % 100;
    match dice.roll(9) {
        0 => format!("{d1:02}{m1:02}{:02}-{d2:02}{m2:02}", from.0 % 100),
        1 => format!("{d1:02}.{m1:02}-{d2:02}.{m2:02}.{yy:02}"),
        2 => format!("{d1:02}.{m1:02}.-{d2:02}.{m2:02}.{year}"),
        3 => format!("{d1}/{m1}-{d2}/{m2} {year}"),
        4 => format!("{}-{}", date(0, from), date(0, to)),
        5 => format!("{} - {}", date(1, from), date(1, to)),
        6 => format!("{d1:02}/{m1:02} - {}", date(0, to)),
        7 => format!("{} til {}", date(6, from), date(6, to)),
        _ => format!("{}–{}", date(5, from), date(5, to)),
    }
}

fn phone(dice: &mut Dice) -> String {
    let [a, b, c, d] = [20 + dice.roll(79), dice.roll(100), dice.roll(100), dice.roll(100)];
    match dice.roll(5) {
        0 => format!("{a} {b:02} {c:02} {d:02}"),
        1 => format!("{a}{b:02} {c:02}{d:02}"),
        2 => format!("{a}{b:02}{c:02}{d:02}"),
        3 => format!("+45 {a}{b:02}{c:02}{d:02}"),
        _ => format!("+45 {a} {b:02} {c:02} {d:02}"),
    }
}

fn case_number(dice: &mut Dice, (year, ..): Day) -> String {
    let number = dice.roll(100_000);
    let (yy, year) = (year % 100, year - dice.roll(3) as u16);
    match dice.roll(8) {
        0 => format!("{yy:02}/{number:05}"),
        1 => format!("{yy:02}-{number:06}"),
        2 => format!("{year}-{number:06}"),
        3 => format!("S{year}-{number}"),
        4 => format!("EMN-{year}-{number:05}"),
        5 => format!(
            "{:02}.{:02}.{:02}-G01-{}-{yy:02}",
            dice.roll(55),
            1 + dice.roll(36),
            dice.roll(30),
            1 + dice.roll(90)
        ),
        6 => format!("{:02}.{:02}.{:02}-P19-{number}-{yy:02}", 1 + dice.roll(54), 1 + dice.roll(36), dice.roll(30)),
        _ => format!("{year}-{:04}", number % 10_000),
    }
}

fn amount(dice: &mut Dice) -> String {
    let kroner = 100 + dice.roll(900_000);
    match dice.roll(5) {
        0 => format!("{kroner} kr."),
        1 => format!("kr. {kroner},00"),
        2 if kroner >= 1000 => format!("{}.{:03} kr.", kroner / 1000, kroner % 1000),
        3 => format!("DKK {kroner}"),
        _ => format!("{kroner},{:02} kr", dice.roll(100)),
    }
}

const PERSONS: [&str; 30] = [
    "mor",
    "far",
    "borger",
    "barn",
    "elev",
    "søn",
    "datter",
    "beboer",
    "patient",
    "klient",
    "ansøger",
    "forældre",
    "pårørende",
    "medarbejder",
    "værge",
    "plejebarn",
    "Anna",
    "Jens Jensen",
    "familien",
    "bisidder",
    "partsrepræsentant",
    "ægtefælle",
    "vikar",
    "praktikant",
    "pige",
    "dreng",
    "borgeren",
    "eleven",
    "bruger",
    "Lone K.",
];

const WEEKDAYS: [[&str; 4]; 7] = [
    ["mandag", "man", "man.", "ma"],
    ["tirsdag", "tirs", "tir.", "ti"],
    ["onsdag", "ons", "ons.", "on"],
    ["torsdag", "tors", "tor.", "to"],
    ["fredag", "fre", "fre.", "fr"],
    ["lørdag", "lør", "lør.", "lø"],
    ["søndag", "søn", "søn.", "sø"],
];

/// Slots: D date, W weekday and date, T date and time, H time, P period, A postcode and town, K case number, B amount,
/// F phone, M person, Y year, N count of four digits, S running number of four digits, R ten digits that are no person's.
const TEMPLATES: [&str; 120] = [
    "Møde {T}",
    "Møde med {M} {T}",
    "Samtale {M} {T}",
    "Netværksmøde om {M} {T}",
    "Indkaldelse: {T}",
    "Referat {T}",
    "Referat af møde {D}",
    "Dagsorden {T}, lokale {n}",
    "MUS {M} {T}",
    "Vagt {W} {H}",
    "Vagtplan {P}",
    "Byttevagt {W} {H} - hvem kan?",
    "Ledig vagt {T}",
    "Sygemelding {M} {D}",
    "Syg {W}",
    "{M} syg {P}",
    "Ferie {M} {P}",
    "Ferie {P}",
    "Feriekalender {Y} - frist {D}",
    "Afspadsering {W} {H}",
    "Barsel {M} {P}",
    "Aflastning {P}",
    "Samvær {M} {P}",
    "Hjemmebesøg {M} {T}",
    "Sundhedsplejerske: besøg {T}",
    "Barn født {D} {v} g",
    "Nyfødt, født {D}, {v} g, {c} cm",
    "Vejning {M} {D}: {v} gram",
    "Tandlæge {M} {T}",
    "Skole-hjem-samtale {M} {T}",
    "Forældremøde {T}",
    "Lejrskole {P}",
    "Udflugt {W} - bus {H}",
    "Bus {T}",
    "Kørsel {M} {T}",
    "Taxa {T} fra {A}",
    "Tolk {T}",
    "Tolkebestilling {T}, arabisk",
    "Flyttedato {D} {A}",
    "Flytning {D} - {A}",
    "Fraflytning {D}, {A}",
    "Tilflytter {M} {D} {A}",
    "Adresseændring pr. {D}, ny adresse Torvet {n}, {A}",
    "Nøgleaflevering {T}, {A}",
    "Syn af lejemål {T}, {A}",
    "Lejemål {n}-{n} ledigt {D}",
    "Status pr. {D} - {N}",
    "Opgørelse pr. {D}: {N}",
    "Ledelsesinformation {D} {N}",
    "Ventelister {D} - {N}",
    "Regnskab {D}-{Y}",
    "Budget {Y} - {D}",
    "Planperiode {D}-{Y}",
    "Beredskabsplan {D} - {Y}",
    "Lokalplan {n}, høring til {D}",
    "Byggetilladelse {K}, syn {T}",
    "Nabohøring {A}, frist {D}",
    "Sag {K}, møde {T}",
    "Sagsnr. {K} - svar senest {D}",
    "J.nr. {K} {D}",
    "Vedr. {K} – {D}",
    "Aktindsigt {K}, frist {D} {H}",
    "KLE {K} {D}",
    "Faktura {R} forfald {D}",
    "Faktura {R}, {B}",
    "Rykker {R} {D}",
    "Ordre {R} leveres {T}",
    "Bevilling {B} fra {D}",
    "Udbetaling {D} {B}",
    "Egenbetaling {D} {B}",
    "Refusion {P} {B}",
    "Tlf. {F}, ring {T}",
    "Ring til {M} {F} {T}",
    "Kontakt {F} eller {F}",
    "{M} {F}",
    "EAN {E} {D}",
    "P-nr. {U} tilsyn {D}",
    "CVR {C} P-nummer {U}, kontrol {T}",
    "Fødevarekontrol {D}, P-nr. {U}",
    "Projekt {D}-{S}",
    "Projektmøde {T}",
    "Prøve {D}-{S}",
    "Vandprøve {D} {H}",
    "Prøvenr. {s}-{S}",
    "Opgave {s}-{S}",
    "Rekvisition {s}-{S}",
    "Scan {T}.pdf",
    "Scan_{Q}.pdf",
    "SKM_{Q}.pdf",
    "Referat_{D}_{n}.docx",
    "IMG_{Q}",
    "Eksport {T}.xlsx",
    "Log {D} {h}",
    "Driftsforstyrrelse {T}",
    "Nedetid {W} {H}",
    "Systemopdatering {T}: alle systemer",
    "Kursus {T}, {A}",
    "Kursus {P}",
    "Førstehjælp {T}",
    "CPR-kursus {T}",
    "cpr-opslag {T}",
    "Biblioteket: arrangement {T}",
    "Reservation {T}, {N}",
    "Mødelokale {n} booket {T}",
    "Vejarbejde {P}, {A}",
    "Gravetilladelse {K} {P}",
    "Renovation {W}, rute {n}",
    "Tømning {D} rute {n}",
    "Strømafbrydelse {T}-{H}",
    "Levering {T}, {A}",
    "Hjælpemiddel leveres {T}, ordre {R}",
    "Indlagt {M} {T}",
    "Borger udskrives {T}",
    "Triage {T}",
    "UTH {T}",
    "Magtanvendelse {T}",
    "Uge {u}: {P}",
    "Lønkørsel {D} {B}",
    "Timesedler uge {u} {Y}, frist {D} {H}",
    "Valg {D}: {N}",
];

const PREFIXES: [&str; 12] = ["", "", "", "", "", "SV: ", "VS: ", "RE: ", "SV: VS: ", "[sikker] ", "Haster: ", "FYI "];
const ENDS: [&str; 12] =
    ["", "", "", "", "", "", " - haster", ", se bilag", " mvh Ida", " (ændret)", " til orientering", " / kopi"];

/// What leads to a number that stands beside the rest, and what follows it.
const LEADS: [(&str, &str); 10] = [
    ("vedr. ", ""),
    ("", ""),
    ("(", ")"),
    ("- ", ""),
    ("cpr ", ""),
    ("CPR-nr. ", ""),
    ("borger ", ""),
    ("om ", ""),
    ("", ","),
    ("– ", ""),
];

fn fill(dice: &mut Dice, slot: char, day: Day, text: &mut String) {
    let form = dice.roll(DATES);
    let filled = match slot {
        'D' => date(form, near(dice, day)),
        'W' => {
            let on = near(dice, day);
            let name = dice.pick(&WEEKDAYS[weekday(on)]);
            format!("{name} {}{}", dice.pick(&["", "", "d. ", "den "]), date(form, on))
        }
        'T' => date_and_time(dice, day),
        'H' => time(dice),
        'h' => format!("{:02}{:02}", dice.roll(24), dice.roll(60)),
        'P' => period(dice, day),
        'A' => town(dice),
        'K' => case_number(dice, day),
        'B' => amount(dice),
        'F' => phone(dice),
        'M' => dice.pick(&PERSONS).to_owned(),
        'Y' => format!("{}", usize::from(day.0) + dice.roll(6)),
        'N' => {
            let unit = dice.pick(&[
                "sager",
                "borgere",
                "elever",
                "stk.",
                "ansøgninger",
                "timer",
                "km",
                "personer",
                "deltagere",
                "enheder",
            ]);
            format!("{} {unit}", 1000 + dice.roll(9000))
        }
        'S' => format!("{:04}", dice.roll(10_000)),
        's' => {
            let (year, month, day) = near(dice, day);
            format!("{:02}{month:02}{day:02}", year % 100)
        }
        'Q' => {
            let (year, month, day) = near(dice, day);
            let (hour, minute, second) = (6 + dice.roll(14), dice.roll(60), dice.roll(60));
            match dice.roll(4) {
                0 => format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}"),
                1 => format!("{year}{month:02}{day:02}_{hour:02}{minute:02}{second:02}"),
                2 => format!("{:02}{month:02}{day:02}-{hour:02}{minute:02}", year % 100),
                _ => format!("{day:02}{month:02}{:02}-{hour:02}{minute:02}", year % 100),
            }
        }
        'R' => match dice.roll(2) {
            // Year and month, and a running number.
            0 => format!("{:02}{:02}{:06}", day.0 % 100, day.1, dice.roll(1_000_000)),
            _ => format!("{:010}", 4_000_000_000 + dice.roll(5_999_999_999)),
        },
        'U' => format!("{:010}", 1_000_000_000 + dice.roll(31_000_000)),
        'C' => format!("{:08}", 10_000_000 + dice.roll(35_000_000)),
        'E' => format!("57980{:08}", dice.roll(100_000_000)),
        'n' => format!("{}", 1 + dice.roll(400)),
        'u' => format!("{}", 1 + dice.roll(52)),
        'v' => format!("{}", 2000 + dice.roll(2900)),
        'c' => format!("{}", 45 + dice.roll(12)),
        other => panic!("no slot {other}"),
    };
    text.push_str(&filled);
}

fn filled(dice: &mut Dice, template: &str, day: Day) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, after) = after.split_once('}').expect("a slot is closed");
        fill(dice, slot.chars().next().expect("a slot has a letter"), day, &mut text);
        rest = after;
    }
    text.push_str(rest);
    text
}

fn subject(dice: &mut Dice, with_number: bool) -> Subject {
    let day = any_day(dice);
    subject_on(dice, day, with_number)
}

fn subject_on(dice: &mut Dice, day: Day, with_number: bool) -> Subject {
    let template = dice.pick(&TEMPLATES);
    let line = [dice.pick(&PREFIXES), &filled(dice, template, day), dice.pick(&ENDS)].concat();
    if !with_number {
        return Subject { text: line, day, number: None, template };
    }
    let number = number(dice, day);
    let (lead, end) = LEADS[dice.roll(LEADS.len())];
    // Before the whole, behind it, or at a space between two words.
    let spaces: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).collect();
    let place = match dice.roll(4) {
        0 => 0,
        1 if !spaces.is_empty() => {
            let at = spaces[dice.roll(spaces.len())];
            let beside =
                |at: Option<usize>| at.and_then(|at| line.as_bytes().get(at)).is_some_and(u8::is_ascii_alphabetic);
            // Nobody sets a number into the middle of a date or a phone number.
            if beside(at.checked_sub(1)) && beside(Some(at + 1)) { at } else { line.len() }
        }
        _ => line.len(),
    };
    let (before, after) = line.split_at(place);
    let before = if before.is_empty() { String::new() } else { format!("{before} ") };
    let start = before.len() + lead.len();
    let after = match after {
        "" => String::new(),
        after if after.starts_with(' ') => after.to_owned(),
        after => format!(" {after}"),
    };
    let text = format!("{before}{lead}{number}{end}{after}");
    Subject { text, day, number: Some(start..start + number.len()), template }
}

/// A number of somebody who lives on that day, from newborn to 96, as it is mostly written.
fn number(dice: &mut Dice, day: Day) -> String {
    let (year, month, date) = earlier((day.0 - dice.roll(96) as u16, day.1, day.2.min(28)), 1 + dice.roll(360));
    let sevenths: &[usize] = match year {
        ..=1936 => &[0, 1, 2, 3],
        1937..=1999 => &[0, 1, 2, 3, 4, 9],
        _ => &[4, 5, 6, 7, 9],
    };
    let head = format!("{date:02}{month:02}{:02}", year % 100);
    loop {
        let serial = 1000 * sevenths[dice.roll(sevenths.len())] + dice.roll(1000);
        let compact = format!("{head}{serial:04}");
        let weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        let sum: u32 = compact.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        // Numbers without modulus 11 are few.
        if sum.is_multiple_of(11) || dice.one_in(100) {
            let separator = dice.pick(&["-", "-", "-", "-", "-", " ", " - ", "–", ""]);
            return format!("{head}{separator}{serial:04}");
        }
    }
}

//! Made-up mails of a working day: no body without a CPR number stops a mail, and none with one passes.

use sendvagt::{Body, BodyKind, Decision, Draft, Language, Policy, decide};
use sendvagt_testing::Dice;

const POLICY: &str = r#"{"organisation":{"domains":["kommune.example"]},
    "rules":{"cpr-in-body":"stop","cpr-in-attachment-name":"stop"}}"#;

fn decision(policy: &Policy, kind: BodyKind, content: String) -> Decision {
    let draft = Draft {
        body: Some(Body { kind, content, cut: false }),
        ..Draft::example("Referat", &["a@firma.example", "b@kommune.example"])
    };
    decide(policy, &draft, Language::Da).decision
}

/// So many digits.
fn digits(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| char::from(b'0' + u8::try_from(dice.roll(10)).unwrap_or(0))).collect()
}

/// A day of these years, and a time.
fn day(dice: &mut Dice) -> (usize, usize, usize, usize, usize) {
    (1 + dice.roll(28), 1 + dice.roll(12), 2024 + dice.roll(4), 6 + dice.roll(12), 5 * dice.roll(12))
}

const NAMES: [&str; 6] = ["Anna Holm", "Bo Dahl", "Carl Friis", "Dorte Skov", "Erik Bæk", "Familieafdelingen"];

/// A paragraph as people write it, without a number of a person.
fn prose(dice: &mut Dice) -> String {
    let (d, m, y, hour, minute) = day(dice);
    let name = dice.pick(&NAMES);
    match dice.roll(16) {
        0 => format!(
            "Kan vi mødes den {d:02}-{m:02}-{y} kl. {hour:02}.{minute:02}? Ring på {} {}.",
            digits(dice, 4),
            digits(dice, 4)
        ),
        1 => format!("Mødet er flyttet til {d}/{m} kl. {hour}-{}.", hour + 1),
        2 => format!("Faktura {} er betalt den {d:02}.{m:02}.{}.", digits(dice, 10), y % 100),
        3 => format!("Sagsnr. {}/{} og journalnr. {y}-{}.", y % 100, digits(dice, 6), digits(dice, 6)),
        4 => format!("Beløbet er {}.{},00 kr., ordre {}.", digits(dice, 2), digits(dice, 3), digits(dice, 8)),
        5 => format!("EAN 5798{} og CVR {}.", digits(dice, 9), digits(dice, 8)),
        6 => format!("Perioden er {d:02}{m:02}{}-{:02}{m:02}{}.", y % 100, 28, y % 100),
        7 => format!(
            "Tlf. +45 {} {} {} {}, mobil {}",
            digits(dice, 2),
            digits(dice, 2),
            digits(dice, 2),
            digits(dice, 2),
            digits(dice, 8)
        ),
        8 => format!(
            "Se https://intra.firma.example/sag/{}?id={}&t={}",
            digits(dice, 10),
            digits(dice, 12),
            digits(dice, 10)
        ),
        9 => format!("P-nr. 10{}", digits(dice, 8)),
        10 => format!("Konto {} {}.", digits(dice, 4), digits(dice, 10)),
        11 => {
            format!("Versionen er {}.{}.{}, build {}.", dice.roll(20), dice.roll(20), dice.roll(20), digits(dice, 10))
        }
        12 => format!("{y}-{m:02}-{d:02}T{hour:02}:{minute:02}:00Z INFO {} {name}", digits(dice, 5)),
        13 => format!("Hej {name}. Tak for snakken i går. Vi vender tilbage i uge {}.", 1 + dice.roll(52)),
        14 => format!("Kundenr. {} hos forsyningen, aftalenr. {}.", digits(dice, 10), digits(dice, 7)),
        _ => "Venlig hilsen".to_owned(),
    }
}

/// What stands at the end of mails.
fn footer(dice: &mut Dice) -> String {
    let name = dice.pick(&NAMES);
    match dice.roll(3) {
        0 => format!(
            "{name}\nSocialrådgiver\n\nTelefon {} {}\nEksempel Kommune, Torvet 1, {} Nyborg\nCVR {} | EAN 5798{}",
            digits(dice, 4),
            digits(dice, 4),
            digits(dice, 4),
            digits(dice, 8),
            digits(dice, 9)
        ),
        1 => format!(
            "________________\nMicrosoft Teams\nDeltag: https://teams.microsoft.example/meet/{}?p={}\nMøde-id: {} {} {} {}\nAdgangskode: aB{}\n\
             Ring op\n+45 {},,{}# Danmark\nTelefonkonference-id: {} {} {}#",
            digits(dice, 13),
            digits(dice, 16),
            digits(dice, 3),
            digits(dice, 3),
            digits(dice, 3),
            digits(dice, 3),
            digits(dice, 2),
            digits(dice, 8),
            digits(dice, 9),
            digits(dice, 3),
            digits(dice, 3),
            digits(dice, 3)
        ),
        _ => format!("Mvh. {name}, tlf. {}", digits(dice, 8)),
    }
}

/// An earlier mail below, with its header.
fn quoted(dice: &mut Dice, lines: &str) -> String {
    let (d, _, y, hour, minute) = day(dice);
    format!(
        "Fra: {} <a@firma.example>\nSendt: {d}. marts {y} {hour:02}:{minute:02}\nTil: {}\nEmne: SV: Referat\n\n{lines}",
        dice.pick(&NAMES),
        dice.pick(&NAMES)
    )
}

/// A table of other numbers, as HTML or as pasted from a spreadsheet.
fn table(dice: &mut Dice, kind: BodyKind) -> String {
    let heading =
        ["Navn", dice.pick(&["Kundenr.", "Ordre", "Nummer", "Id", "P-nr.", "Måler"]), "Dato"].map(str::to_owned);
    let mut rows = vec![heading];
    for _ in 0..3 + dice.roll(40) {
        let (d, m, y, ..) = day(dice);
        rows.push([dice.pick(&NAMES).to_owned(), digits(dice, 10), format!("{d:02}-{m:02}-{y}")]);
    }
    match kind {
        BodyKind::Text => rows.iter().map(|row| row.join("\t") + "\n").collect(),
        BodyKind::Html => {
            let row = |row: &[String; 3]| format!("<tr><td><p>{}</p></td></tr>", row.join("</p></td><td><p>"));
            format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
        }
    }
}

/// Lines as HTML: paragraphs, with the tags that Word and Outlook put around and into words.
fn as_html(dice: &mut Dice, lines: &str) -> String {
    lines
        .lines()
        .map(|line| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;");
            match dice.roll(4) {
                0 => format!("<p class=MsoNormal><span style='font-size:11.0pt'>{line}<o:p></o:p></span></p>\r\n"),
                1 => format!("<div>{}</div>", line.replace(' ', "&nbsp;")),
                2 => format!("{line}<br>\n"),
                _ => format!("<p>{}</p>", line.replace('-', "&#8209;")),
            }
        })
        .collect()
}

/// A body. `number` stands in what the user wrote, `earlier` in an earlier mail.
fn body(dice: &mut Dice, number: Option<&str>, earlier: Option<&str>) -> (BodyKind, String) {
    let kind = if dice.roll(4) == 0 { BodyKind::Text } else { BodyKind::Html };
    let mut own: Vec<String> = (0..1 + dice.roll(5)).map(|_| prose(dice)).collect();
    if let Some(number) = number {
        let line = dice.pick(&[
            "Barnet # starter mandag.",
            "Det drejer sig om #.",
            "Cpr-nr. #",
            "Hej Anna\nHer er #, som aftalt.",
            "(#)",
        ]);
        let at = dice.roll(own.len() + 1);
        own.insert(at, line.replace('#', number));
    }
    own.push(footer(dice));
    let own = own.join("\n");
    let mut below: Vec<String> = (0..dice.roll(4)).map(|_| prose(dice)).collect();
    if let Some(earlier) = earlier {
        below.push(format!("Det er {earlier}."));
    }
    below.push(footer(dice));
    let below = quoted(dice, &below.join("\n"));
    let has_below = earlier.is_some() || dice.roll(2) == 0;
    let table = if dice.roll(3) == 0 { table(dice, kind) } else { String::new() };
    let parts = match kind {
        BodyKind::Text => [own + "\n\n", table + "\n", below],
        BodyKind::Html => {
            let head = "<html><head><style>p{margin:0}</style></head><body>";
            [head.to_owned() + &as_html(dice, &own), table, as_html(dice, &below)]
        }
    };
    (kind, parts.into_iter().take(if has_below { 3 } else { 2 }).collect())
}

#[test]
fn bodies_without_numbers_stop_no_mail() {
    let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
    let mut dice = Dice::new(20_261_103);
    let count = 4000;
    let mut held = Vec::new();
    for _ in 0..count {
        let (kind, content) = body(&mut dice, None, None);
        if decision(&policy, kind, content.clone()) != Decision::Send {
            held.push(content);
        }
    }
    assert!(held.len() <= count / 2000, "{} of {count} bodies, such as: {:?}", held.len(), held.first());
}

#[test]
fn numbers_in_bodies_are_found() {
    let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
    let mut dice = Dice::new(7);
    for _ in 0..2000 {
        let (d, m, y) = (1 + dice.roll(28), 1 + dice.roll(12), 40 + dice.roll(56));
        let number = format!("{d:02}{m:02}{y}-{}{}", dice.roll(4), digits(&mut dice, 3));
        let in_own = dice.roll(2) == 0;
        let (own, earlier) = if in_own { (Some(number.as_str()), None) } else { (None, Some(number.as_str())) };
        let (kind, content) = body(&mut dice, own, earlier);
        let expected = if in_own { Decision::Stop } else { Decision::Ask };
        assert_eq!(decision(&policy, kind, content.clone()), expected, "{content}");
    }
}

/// Makes a body of about so many bytes.
type Make = fn(usize) -> String;

/// Bodies that are made to take long.
fn hostile() -> Vec<(&'static str, Make)> {
    vec![
        ("one line", |n| "010203-1234 æøå &nbsp;".repeat(n / 22)),
        ("digits only", |n| "1".repeat(n)),
        ("ten digits each", |n| "4739390345 ".repeat(n / 11)),
        ("lines of numbers", |n| "<p>010203-1234</p>".repeat(n / 18)),
        ("nested tables", |n| "<table><tr><td>0102031234".repeat(n / 25)),
        ("tables that are closed", |n| "<table><tr><td>CPR<td>0102031234</table>".repeat(n / 40)),
        ("columns", |n| "<table><tr>".to_owned() + &"<td>0102031234".repeat(n / 14)),
        ("tags", |n| "<b>".repeat(n / 3)),
        ("tags without an end", |n| "<b x=\"".repeat(n / 6)),
        ("signs", |n| "<".repeat(n)),
        ("entities that are none", |n| "&".repeat(n)),
        ("entities without an end", |n| "&#".repeat(n / 2)),
        ("a picture within the text", |n| format!("<img src=\"data:image/png;base64,{}\">", "iVBORw0K".repeat(n / 8))),
        ("comments without an end", |n| "<!--".repeat(n / 4)),
        ("heads without an end", |n| "<head>".repeat(n / 6)),
        ("styles", |n| "<style>x</style>".repeat(n / 16)),
        ("earlier mails", |n| "Fra: A<br>Sendt: B<br>Til: C<br>010203-1234<br>".repeat(n / 47)),
        ("cited again and again", |n| "<blockquote type=cite>010203-1234".repeat(n / 33)),
        ("headers that are none", |n| "<p>Fra: A".repeat(n / 9)),
        ("a long address", |n| format!("https://x.example/{}", "0102031234/".repeat(n / 11))),
        ("what RTF leaves", |n| "{\\rtf1\\ansi\\deff0 \\par 010203-1234}".repeat(n / 35)),
    ]
}

#[test]
fn hostile_bodies_are_judged_to_their_end() {
    let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
    for (name, make) in hostile() {
        for (kind, end) in [(BodyKind::Html, "<p>cpr 010203-1234"), (BodyKind::Text, "\ncpr 010203-1234")] {
            let content = make(200_000);
            // A browser would not show what comes after a tag or a comment that is never ended.
            let is_shown = kind == BodyKind::Text || !name.ends_with("without an end");
            let decision = decision(&policy, kind, content + end);
            assert!(decision != Decision::Send || !is_shown, "{name} as {kind:?}: {decision:?}");
        }
    }
}

/// A megabyte takes time that grows with its length alone.
#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "the engine reads no clock; its test does")]
#[test]
#[ignore = "it reads the clock: run it on a quiet machine"]
fn hostile_bodies_take_linear_time() {
    let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
    for (name, make) in hostile() {
        for kind in [BodyKind::Html, BodyKind::Text] {
            let time = |n| {
                let content = make(n);
                (0..2)
                    .map(|_| {
                        let start = std::time::Instant::now();
                        decision(&policy, kind, content.clone());
                        start.elapsed()
                    })
                    .min()
                    .unwrap_or_default()
            };
            let (quarter, whole) = (time(250_000), time(1_000_000));
            // Four times as long, and twice that for what else the machine does.
            let most = quarter * 8 + std::time::Duration::from_millis(100);
            assert!(whole < most, "{name} as {kind:?}: {quarter:?} for a quarter, {whole:?} for the whole");
        }
    }
}

#[test]
fn a_number_at_the_end_of_a_megabyte_is_found() {
    let policy = Policy::new(serde_json::from_str(POLICY).expect("the policy reads"));
    for (kind, filler) in [(BodyKind::Html, "<p>Hej med dig</p>"), (BodyKind::Text, "Hej med dig\r\n")] {
        let content = filler.repeat(1_000_000 / filler.len()) + "cpr 010203-1234";
        assert_eq!(decision(&policy, kind, content), Decision::Stop);
    }
}

//! Speed of the rule on the text of a mail.
//!
//! `cargo bench --bench body`. Every number and name is made up.
use divan::{Bencher, counter::CharsCount};
use sendvagt::{Body, BodyKind, Draft, Language, Policy, decide};

fn main() {
    divan::main();
}

/// A paragraph as Outlook writes it, with dates, times and phone numbers, and one number in fifty paragraphs.
fn paragraph(number: usize) -> String {
    let text = match number % 5 {
        0 => format!("Mødet er den {:02}-03-2026 kl. 10.30, tlf. 12 34 56 {:02}.", 1 + number % 28, number % 100),
        1 => format!("Sagsnr. 2026-{:06} er sendt til høring.", number % 1_000_000),
        2 => "Tak for jeres svar. Vi vender tilbage i næste uge.".to_owned(),
        3 => format!("Se https://intra.firma.example/sag/{:010}", number * 7919),
        _ if number.is_multiple_of(50) => "Barnet 010203-1234 starter i skole.".to_owned(),
        _ => "Med venlig hilsen".to_owned(),
    };
    format!("<p class=\"MsoNormal\"><span lang=\"DA\" style=\"font-size:11.0pt\">{text}<o:p></o:p></span></p>\r\n")
}

/// A body of so many characters.
fn body(length: usize) -> String {
    let mut text = String::from("<html><head><style>p.MsoNormal{margin:0cm}</style></head><body>");
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        text.push_str(&paragraph(number));
    }
    text
}

#[divan::bench(args = [100_000, 400_000, 1_600_000])]
fn a_body_is_judged(bencher: Bencher, length: usize) {
    let policy = r#"{"organisation":{"domains":["own.example"]},"rules":{"cpr-in-body":"stop"}}"#;
    let policy = Policy::new(serde_json::from_str(policy).unwrap_or_default());
    let body = Body { kind: BodyKind::Html, content: body(length), cut: false };
    let draft = Draft { body: Some(body), ..Draft::example("Referat", &["a@firma.example"]) };
    bencher.counter(CharsCount::new(length)).bench(|| decide(&policy, &draft, Language::Da));
}

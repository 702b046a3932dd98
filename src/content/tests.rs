use proptest::prelude::*;

use super::{Numbers, Page};
use crate::cpr::{ContextWords, RELEASED};
use crate::draft::{Body, BodyKind};

fn body(content: &str, kind: BodyKind) -> Body {
    Body { kind, content: content.to_owned(), cut: false }
}

fn html(content: &str) -> Page {
    Page::of(&body(content, BodyKind::Html))
}

fn plain(content: &str) -> Page {
    Page::of(&body(content, BodyKind::Text))
}

fn numbers(page: &Page) -> Numbers {
    Numbers::of(page, &ContextWords::default(), RELEASED)
}

/// How many different numbers there are in what the user wrote and in earlier mail.
fn count(page: &Page) -> (usize, usize) {
    let Numbers { own, quoted } = numbers(page);
    (own.count, quoted.count)
}

#[test]
fn html_is_read_as_a_browser_shows_it() {
    let cases = [
        ("plain", "Hej 1", "Hej 1^"),
        ("tags within a line", "a<b>b</b><span class=\"x>y\">c</span>d", "abcd^"),
        ("lines", "<p>a</p><p>b<br>c</p><div>d</div>e", "a^b^c^d^e^"),
        ("a line is ended once", "<div><p>a</p></div><br/><p>b", "a^b^"),
        ("white space is one space", "a \r\n\t b\n<b> c</b>", "a b c^"),
        ("no space begins a line", "<p>\n  a</p>", "a^"),
        ("line ends count in pre", "<pre>a\nb  c</pre>", "a^b c^"),
        ("entities", "&aelig;&nbsp;&#48;&#x31;&lt;&amp;&#8209;", "æ\u{a0}01<&\u{2011}^"),
        ("entities without a semicolon", "&nbsp1 &#49 &amp", "\u{a0}1 1 &^"),
        ("entities of Windows-1252", "1&#150;2", "1–2^"),
        ("what is no entity", "A&B &fnord; & &# &#x; &#0; &#99999999999;", "A&B &fnord; & &# &#x; \u{fffd} \u{fffd}^"),
        ("comments", "a<!-- 1 > 2 -->b<!-->c<!--->d<!-- no end", "abcd^"),
        ("Word's conditions", "a<![if !x]>b<![endif]>c<!--[if gte mso 9]><xml>1</xml><![endif]-->", "abc^"),
        (
            "what is not shown",
            "<head><title>t</title><style>1</style></head><STYLE>p{}</Style >a<script>'<p>'</script>b",
            "ab^",
        ),
        ("a style without an end", "a<style>b", "a^"),
        ("a head without an end", "<head>a<head>b", "ab^"),
        ("a sign", "1 < 2 <3 a<>b </ x", "1 < 2 <3 a<>b ^"),
        ("no end of a tag", "a<b", "a^"),
        ("no end of a value", "a<b x=\">c", "a^"),
        ("a quotation mark outside a value", "a<b x\">c", "ac^"),
        ("a table", "<table><tr><th>a<th>b</tr><tr><td><p>c</p><p>d</p></td><td>e</td></tr></table>f", "a^b^c^d^e^f^"),
        ("a name that is too long", "a<abcdefghijklmnopqrstuvwxyz>b", "ab^"),
        ("a name of another script", "a<pé>b", "ab^"),
        ("an element of Word", "a<o:p>b</o:p>", "ab^"),
        ("nothing", "", ""),
    ];
    for (name, source, text) in cases {
        assert_eq!(html(source).text, text, "{name}");
    }
}

#[test]
fn every_character_knows_its_source() {
    let source = "<p>\u{e6}&#48;1\u{1f600}<b>2</b> &nbsp;\r\n3</p>";
    let page = html(source);
    let of: Vec<(char, &str)> =
        page.text.char_indices().map(|(at, c)| (c, &source[page.source(at..at + c.len_utf8())])).collect();
    let expected = [
        ('\u{e6}', "\u{e6}"),
        ('0', "&#48;"),
        ('1', "1"),
        ('\u{1f600}', "\u{1f600}"),
        ('2', "2"),
        (' ', " "),
        ('\u{a0}', "&nbsp;"),
        (' ', "\r\n"),
        ('3', "3"),
        ('^', ""),
    ];
    assert_eq!(of, expected);
    let all = page.source(2..page.text.len() - 1);
    assert_eq!(&source[all], "&#48;1\u{1f600}<b>2</b> &nbsp;\r\n3", "tags within a part belong to it");
}

#[test]
fn numbers_are_found_however_they_are_written() {
    let cases = [
        ("prose", "<p>Barnet 010203-1234 starter.</p>", 1),
        ("split by tags", "<p>Barnet 0102<b>03-1</b>2<span>34</span></p>", 1),
        ("as entities", "<p>Barnet &#48;&#49;0203&#8209;1234</p>", 1),
        ("with a space that does not break", "cpr 010203&nbsp;1234", 1),
        ("a soft line end of the source", "<p>cpr\r\n010203-1234</p>", 1),
        ("split by lines", "<p>010203</p><p>-1234</p>", 0),
        ("in a comment", "<!-- 010203-1234 -->", 0),
        ("in a style", "<style>010203-1234</style>", 0),
        ("in an attribute", "<p title='010203-1234'>x</p>", 0),
        ("twice", "<p>010203-1234</p><p>0102031234, cpr</p><p>cpr 010203 1234</p>", 1),
        ("different ones", "<p>010203-1234</p><p>020304-1234</p>", 2),
        ("a label on the line before", "<p>CPR-nr.:</p><p>0102031234</p>", 1),
        ("a label in the cell before", "<table><tr><td>CPR</td><td>0102031234</td></tr></table>", 1),
        ("only possible", "<p>0102031234</p>", 0),
        ("bare, and modulus 11 passes", "<p>Vedr. 0707614285</p>", 1),
        ("masked", "<p>010203-xxxx og 010203-\u{2022}\u{2022}\u{2022}\u{2022}</p>", 0),
        ("a word of the next line", "<p>010203-1234</p><p>Faktura vedlagt</p>", 1),
        ("in an address", "<p>https://x.example/0707614285/a?b=010203-1234</p>", 0),
        ("named in an address", "<p>https://x.example/?cpr=0102031234</p>", 1),
        ("of a replacement number", "<p>cpr 130878-1OS6</p>", 1),
    ];
    for (name, source, own) in cases {
        assert_eq!(count(&html(source)), (own, 0), "{name}");
    }
}

#[test]
fn a_heading_names_its_column() {
    let row = |cells: [&str; 3]| {
        format!("<tr><td><p>{}</p></td><td><p>{}</p></td><td>{}</td></tr>", cells[0], cells[1], cells[2])
    };
    let table = |heading: [&str; 3]| {
        let names = ["Anna Holm", "Bo Dahl", "Carl Friis"];
        let rows: String = names
            .iter()
            .zip(["0102031234", "0203041234", "0304051234"])
            .map(|(name, number)| row([name, number, "8500 Grenaa"]))
            .collect();
        format!("<p>Hej</p><table>{}{rows}</table><p>0405061234</p>", row(heading))
    };
    assert_eq!(count(&html(&table(["Navn", "CPR-nr.", "By"]))), (3, 0));
    assert_eq!(count(&html(&table(["Navn", "Personnummer", "By"]))), (3, 0));
    assert_eq!(count(&html(&table(["Navn", "Kundenr.", "By"]))), (0, 0));
    assert_eq!(count(&html(&table(["Navn", "P-nr.", "By"]))), (0, 0));
    let text = "Navn\tCPR\tBy\r\nAnna\t0102031234\tGrenaa\r\nBo\t0203041234\tRibe\r\n\r\nEn anden\t0304051234\r\n";
    assert_eq!(count(&plain(text)), (2, 0), "pasted from a spreadsheet");
    let nested = "<table><tr><td>CPR</td></tr><tr><td><table><tr><td>Navn</td></tr><tr><td>x</td></tr></table>0102031234</td></tr></table>";
    assert_eq!(count(&html(nested)), (1, 0), "the cell around a table");
}

#[test]
fn what_the_user_wrote_is_told_from_earlier_mail() {
    let number = "<p>cpr 010203-1234</p>";
    let own = "<p>cpr 020304-1234</p>";
    let cases = [
        (
            "Outlook on the web",
            format!("{own}<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\">x</div>{number}"),
            (1, 1),
        ),
        ("an answer to it", format!("{own}<div id=\"x_divRplyFwdMsg\">x</div>{number}"), (1, 1)),
        (
            "classic Outlook",
            format!("{own}<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> x</p></div>{number}"),
            (1, 1),
        ),
        ("Gmail", format!("{own}<div class=\"gmail_quote\">x{number}</div>"), (1, 1)),
        (
            "a header",
            format!(
                "{own}<p><b>Fra:</b> Anna<br><b>Sendt:</b> 3. november<br><b>Til:</b> Bo<br><b>Emne:</b> x</p>{number}"
            ),
            (1, 1),
        ),
        (
            "a header after a line",
            format!("{own}<hr><p>From: Anna</p><p>Sent: 3 November</p><p>To: Bo</p>{number}"),
            (1, 1),
        ),
        (
            "cited, and an answer below",
            format!("<blockquote type=\"cite\">{number}<blockquote>x</blockquote></blockquote>{own}"),
            (1, 1),
        ),
        ("indented by the user", format!("<blockquote style=\"margin:0\">{number}</blockquote>"), (1, 0)),
        ("no header", format!("<p>Fra: Anna</p><p>Til: Bo</p>{number}"), (1, 0)),
        ("a word", format!("<p>Sendt: i går</p>{number}"), (1, 0)),
    ];
    for (name, source, expected) in cases {
        assert_eq!(count(&html(&source)), expected, "{name}");
    }
    let number = "cpr 010203-1234\n";
    let own = "cpr 020304-1234\n";
    let cases = [
        ("a header", format!("{own}\nFra: A\nSendt: B\nTil: C\nEmne: D\n\n{number}"), (1, 1)),
        ("a header after signs", format!("{own}> Fra: A\n> Sendt: B\n> Til: C\n{number}"), (1, 1)),
        ("a long list of recipients", format!("{own}Fra: A\nSendt: B\na\nb\nc\nTil: C\n{number}"), (1, 1)),
        ("a divider", format!("{own}-----Oprindelig meddelelse-----\n{number}"), (1, 1)),
        ("an English divider", format!("{own}----- Original Message -----\n{number}"), (1, 1)),
        ("words of a divider", format!("{own}Oprindelig meddelelse var\n{number}"), (2, 0)),
        ("lines after a sign", format!("{own}> {number}> x\n"), (1, 1)),
        ("an answer between", format!("> {number}{own}> x"), (1, 1)),
        ("who wrote", format!("{own}Den 3. november 2026 kl. 09.12 skrev Anna <a@b.dk>:\n{number}"), (1, 1)),
        ("a sentence", format!("{own}Den dag skrev moren:\n{number}"), (2, 0)),
    ];
    for (name, source, expected) in cases {
        assert_eq!(count(&plain(&source)), expected, "{name}");
    }
}

/// Digits that look random, and are the same each time.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn list(count: usize, separator: &str, mut number: impl FnMut() -> String) -> Page {
    let row = |number: String| {
        let (date, serial) = number.split_at(6);
        format!("<tr><td>Navn</td><td>{date}{separator}{serial}</td></tr>")
    };
    let rows: String = (0..count).map(|_| row(number())).collect();
    html(&format!("<table>{rows}</table>"))
}

/// Of random numbers one in 27 has an existing date, and one in 300 modulus 11 too.
#[test]
fn lists_of_other_numbers_are_silent() {
    let mut seed = 1;
    let mut ten = move |from: u64, to: u64| (from + (random(&mut seed) << 20 | 5) % (to - from)).to_string();
    for (name, lists, count_of, separator, range) in [
        ("random", 1000, 100, "", (1_000_000_000, 9_999_999_999)),
        ("random, separated", 300, 100, "-", (1_000_000_000, 9_999_999_999)),
        ("random, few", 1000, 8, "", (1_000_000_000, 9_999_999_999)),
        ("P-numbers", 1000, 20, "", (1_000_000_000, 1_031_999_999)),
        ("P-numbers, few", 1000, 5, "", (1_000_000_000, 1_031_999_999)),
    ] {
        let found =
            (0..lists).filter(|_| count(&list(count_of, separator, || ten(range.0, range.1))) != (0, 0)).count();
        assert!(found == 0, "{name}: {found} of {lists} lists");
    }
}

/// A number of somebody between 30 and 85 years old; with modulus 11 if wanted. Who is about a hundred may be the date of a near
/// day and some number.
fn cpr(seed: &mut u64, passes: bool) -> String {
    loop {
        let (day, month, year) = (1 + random(seed) % 28, 1 + random(seed) % 12, 40 + random(seed) % 56);
        let text = format!("{day:02}{month:02}{year:02}{:04}", random(seed) % 4000);
        let checks = crate::cpr::Cpr::parse(&text).is_some_and(|cpr| cpr.checksum() == crate::cpr::Checksum::Passes);
        if checks || !passes {
            return text;
        }
    }
}

#[test]
fn lists_of_cpr_numbers_are_found() {
    let mut seed = 7;
    for (name, count_of, separator, passes, least) in [
        ("separated", 300, "-", false, 290),
        ("separated, few", 3, "-", false, 1),
        ("bare", 300, "", true, 290),
        ("bare, few", 4, "", true, 3),
        ("bare, without modulus 11", 300, "", false, 290),
    ] {
        for _ in 0..50 {
            let (own, _) = count(&list(count_of, separator, || cpr(&mut seed, passes)));
            assert!(own >= least, "{name}: {own} of {count_of}");
        }
    }
}

#[test]
fn a_number_is_not_silenced_by_a_list_elsewhere() {
    let others: String = (0..30).map(|n| format!("<p>Vare {}</p>", 4_739_390_345_u64 + 77_777 * n)).collect();
    assert_eq!(count(&html(&format!("<p>Barnet 010203-1234.</p>{others}"))), (1, 0));
    assert_eq!(count(&html(&format!("{others}<p>cpr 0102031234</p>"))), (1, 0));
}

proptest! {
    /// Whatever the source is, each character of the text has a place in it, in order.
    #[test]
    fn any_html_is_read(source in "(<[a-z/!]{0,3}|</?(table|td|tr|pre|p|style|blockquote type=cite)>|&#?x?[0-9a-z]{0,5};?|[\"'=>^<-]| |\\PC|[0-9]{1,10}){0,60}") {
        let page = html(&source);
        let mut last = 0;
        for (at, c) in page.text.char_indices() {
            let place = page.source(at..at + c.len_utf8());
            prop_assert!(place.start >= last && place.end <= source.len(), "{place:?} after {last}");
            prop_assert!(source.is_char_boundary(place.start) && source.is_char_boundary(place.end));
            last = place.start;
        }
        let _ = numbers(&page);
        for part in page.quoted_source(&source) {
            prop_assert!(source.get(part).is_some());
        }
    }

    #[test]
    fn any_plain_text_is_read(source in "(\\PC|[\\r\\n\\t>]|Fra: |Sendt: |Til: |[0-9]{1,10}|-){0,60}") {
        let page = plain(&source);
        prop_assert_eq!(page.text.len(), source.len());
        let _ = numbers(&page);
        for part in page.quoted_source(&source) {
            prop_assert!(source.get(part).is_some());
        }
    }
}

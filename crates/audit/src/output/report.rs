//! The report for the data protection officer: one HTML file that needs nothing else, with no script.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use sendvagt_files::Whole;

use crate::error::AuditError;
use crate::judge::RULES;
use crate::judge::timestamp::When;
use crate::output::table::{Group, groups, summary};
use crate::output::tally::{Counts, Tally};
use crate::output::texts::Words;

const STYLE: &str = include_str!("report.css");

/// Writes the report, whole or not at all.
pub(crate) fn write(path: &Path, tally: &Tally, words: Words, organisation: &str) -> Result<(), AuditError> {
    let page = page(tally, words, organisation, &When::today());
    let written = Whole::start(path).and_then(|mut whole| {
        whole.write_all(page.as_bytes())?;
        whole.finish()
    });
    written.map_err(|error| AuditError::unwritten(path, &error))
}

fn page(tally: &Tally, words: Words, organisation: &str, today: &When) -> String {
    let title = words.pick("Gennemgang af sendte mails", "Audit of sent mail");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n<p>",
        words.0.tag()
    );
    if !organisation.is_empty() {
        page.push_str(&format!("{} · ", text(organisation)));
    }
    page.push_str(&format!("{today} · Sendvagt {}</p>\n</header>\n", sendvagt::VERSION));
    overview(&mut page, tally, words);
    rules(&mut page, tally, words);
    for (at, (title, groups)) in groups(tally, words).iter().enumerate() {
        section(&mut page, words, &format!("group-{at}"), title, groups);
    }
    files(&mut page, tally, words);
    notes(&mut page, words);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn overview(page: &mut String, tally: &Tally, words: Words) {
    let warn = tally.has_gaps();
    let _ = writeln!(
        page,
        "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">{}</h2>",
        words.pick("Overblik", "Overview")
    );
    let lines = summary(tally, words);
    let (warning, plain) = lines.split_at(if warn { lines.len() } else { 0 });
    let (warning, told) = warning.split_last().map_or((None, plain), |(last, rest)| (Some(last), rest));
    page.push_str("<ul>\n");
    for line in told {
        let _ = writeln!(page, "<li>{}</li>", text(line));
    }
    page.push_str("</ul>\n");
    if let Some(warning) = warning {
        let _ = writeln!(page, "<p class=\"warning\"><strong>{}</strong></p>", text(warning));
    }
    page.push_str("</section>\n");
}

fn rules(page: &mut String, tally: &Tally, words: Words) {
    let groups: Vec<Group> = (0..RULES.len())
        .map(|rule| {
            let mut counts = Counts::default();
            if let (Some(into), Some(count)) = (counts.get_mut(rule), tally.by_rule.get(rule)) {
                *into = *count;
            }
            (words.rule(rule).to_owned(), counts)
        })
        .collect();
    let title = words.pick("Regel", "Rule");
    let _ = writeln!(page, "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">{title}</h2>\n<div class=\"pair\">");
    chart(page, words, "rules", &groups);
    let _ = writeln!(
        page,
        "<table>\n<thead><tr><th scope=\"col\">{title}</th><th scope=\"col\">Mails</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        words.pick("Fund", "Findings")
    );
    for (rule, (mails, findings)) in tally.by_rule.iter().zip(tally.findings).enumerate() {
        let (name, mails, findings) = (words.rule(rule), words.number(*mails), words.number(findings));
        let _ = writeln!(page, "<tr><th scope=\"row\">{name}</th><td>{mails}</td><td>{findings}</td></tr>");
    }
    page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

fn section(page: &mut String, words: Words, id: &str, title: &str, groups: &[Group]) {
    let _ = writeln!(page, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<div class=\"pair\">");
    chart(page, words, id, groups);
    let _ = write!(page, "<table>\n<thead><tr><th scope=\"col\">{title}</th>");
    for rule in 0..RULES.len() {
        let _ = write!(page, "<th scope=\"col\">{}</th>", words.rule(rule));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for (name, counts) in groups {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", text(name));
        for count in counts {
            let _ = write!(page, "<td>{}</td>", words.number(*count));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

/// Where the names of a chart end and its bars begin, how long a bar may be, and how high a row is.
const NAMES: u64 = 190;
const LONGEST: u64 = 330;
const ROW: u64 = 26;

/// A bar for each group, in parts for the rules. All it shows stands in the table beside it as well.
fn chart(page: &mut String, words: Words, id: &str, groups: &[Group]) {
    let sum = |counts: &Counts| counts.iter().sum::<u64>();
    let most = groups.iter().map(|(_, counts)| sum(counts)).max().unwrap_or_default().max(1);
    let height = ROW * groups.len() as u64;
    let width = NAMES + LONGEST + 80;
    let label = words.pick("Søjlediagram. Tallene står i tabellen.", "Bar chart. The numbers are in the table.");
    let _ = writeln!(
        page,
        "<figure>\n<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-chart\">\n<title id=\"{id}-chart\">{label}</title>"
    );
    for (row, (name, counts)) in (0_u64..).zip(groups) {
        let (top, middle) = (row * ROW + 4, row * ROW + 18);
        let short: String =
            if name.chars().count() > 26 { name.chars().take(25).chain(['…']).collect() } else { name.clone() };
        let _ = writeln!(page, "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{}</text>", NAMES - 8, text(&short));
        let (mut left, mut before) = (NAMES, 0);
        for (rule, count) in counts.iter().enumerate() {
            before += count;
            let right = NAMES + (before * LONGEST).div_ceil(most);
            if right > left {
                let long = right - left;
                let _ = writeln!(
                    page,
                    "<rect class=\"rule-{rule}\" x=\"{left}\" y=\"{top}\" width=\"{long}\" height=\"{}\"/>",
                    ROW - 8
                );
            }
            left = right;
        }
        let _ = writeln!(page, "<text x=\"{}\" y=\"{middle}\">{}</text>", left + 6, words.number(sum(counts)));
    }
    page.push_str("</svg>\n<figcaption><ul class=\"legend\">");
    for rule in 0..RULES.len() {
        let _ = write!(page, "<li><span class=\"rule-{rule}\" aria-hidden=\"true\"></span>{}</li>", words.rule(rule));
    }
    page.push_str("</ul></figcaption>\n</figure>\n");
}

fn files(page: &mut String, tally: &Tally, words: Words) {
    let title = words.pick("Filer", "Files");
    let _ = writeln!(
        page,
        "<section aria-labelledby=\"files\">\n<h2 id=\"files\">{title}</h2>\n<table class=\"files\">\n<thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"told\">{}</th></tr></thead>\n<tbody>",
        words.pick("Fil", "File"),
        words.pick("Læst", "Read"),
        words.pick("Ikke læst", "Not read"),
        words.pick("Bemærkninger", "Remarks"),
    );
    for file in &tally.files {
        let told: Vec<String> = words.of_file(file).into_iter().chain(words.guessed(file)).collect();
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"told\">{}</td></tr>",
            text(&file.name),
            words.number(file.read),
            words.number(file.unreadable()),
            text(&told.join(" "))
        );
    }
    page.push_str("</tbody>\n</table>\n</section>\n");
}

fn notes(page: &mut String, words: Words) {
    let (title, notes) = words.pick(
        (
            "Sådan læses tallene",
            [
                "CPR-nummer i emnet: Sendvagt er sikker. Måske et CPR-nummer: ti cifre, der også kan være noget andet. Se dem efter.",
                "En mail tæller én gang i hver regel. En mail til flere domæner tæller én gang for hvert domæne.",
                "I en message trace kan en mail stå på flere linjer. Læst er antallet af linjer. Fund tæller hver mail for sig, når den har et message-id.",
                "Rapporten viser hverken emner, numre eller adresser. Filen med fund viser, hvilke mails det er.",
            ],
        ),
        (
            "How to read the numbers",
            [
                "CPR number in the subject: Sendvagt is sure. Possible CPR number: ten digits that may be something else. Look at them.",
                "A mail counts once for each rule. A mail to several domains counts once for each domain.",
                "In a message trace a mail may stand on several lines. Read is the number of lines. What is found counts each mail once, if it has a message id.",
                "The report shows no subjects, numbers or addresses. The file of findings tells which mails they are.",
            ],
        ),
    );
    let _ = writeln!(page, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">{title}</h2>\n<ul>");
    for note in notes {
        let _ = writeln!(page, "<li>{note}</li>");
    }
    page.push_str("</ul>\n</section>\n");
}

/// Text as HTML.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use sendvagt::Language;

    use super::{page, text};
    use crate::judge::timestamp::When;
    use crate::output::tally::{FileSum, Tally};
    use crate::output::texts::Words;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(text("<b>\"&\""), "&lt;b&gt;&quot;&amp;&quot;");
        let mut tally = Tally::default();
        tally.files.push(FileSum { name: "<script>".to_owned(), ..FileSum::default() });
        tally.by_sender.insert("<img>".to_owned(), [1, 0, 0]);
        let page = page(&tally, Words(Language::Da), "<i>", &When::today());
        for markup in ["<script", "<img", "<i>", "http"] {
            assert!(!page.contains(markup), "{markup}");
        }
    }
}

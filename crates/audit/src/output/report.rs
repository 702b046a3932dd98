//! The report for the data protection officer: one HTML file with everything in it, and no script.

use std::io::{self, Write};

use askama::Template;
use sendvagt::{Language, RuleName};

use crate::judge::RULES;
use crate::judge::timestamp::Timestamp;
use crate::output::overview::{Group, groups, sentences, warning};
use crate::output::tally::{Counts, FileSummary, Tally, of};
use crate::output::texts::Texts;

/// Writes the report of this day.
pub(crate) fn write(
    tally: &Tally,
    texts: Texts,
    organisation: &str,
    today: Option<Timestamp>,
    out: &mut impl Write,
) -> io::Result<()> {
    Report::new(tally, texts, organisation, today).write_into(out)
}

#[derive(Template)]
#[template(path = "report.html")]
struct Report<'a> {
    texts: Texts,
    language: Language,
    organisation: &'a str,
    today: String,
    sentences: Vec<String>,
    warning: Option<&'static str>,
    rules: Vec<RuleRow>,
    reads_text: bool,
    rules_chart: Chart,
    sections: Vec<Section>,
    files: &'a [FileSummary],
}

struct RuleRow {
    rule: RuleName,
    mails: u64,
    findings: u64,
}

/// A chart of groups, and the table of the same numbers.
struct Section {
    id: String,
    title: &'static str,
    groups: Vec<Group>,
    chart: Chart,
}

impl<'a> Report<'a> {
    fn new(tally: &'a Tally, texts: Texts, organisation: &'a str, today: Option<Timestamp>) -> Self {
        let section = |(index, (title, groups)): (usize, (&'static str, Vec<Group>))| Section {
            id: format!("group-{index}"),
            title,
            chart: Chart::new(&groups),
            groups,
        };
        let rules = rule_rows(tally);
        Self {
            texts,
            language: texts.language,
            organisation,
            today: today.map(|today| today.to_string()).unwrap_or_default(),
            sentences: sentences(tally, texts),
            warning: warning(tally).map(|warning| *warning.get(texts.language)),
            rules_chart: Chart::new(&rule_groups(&rules, texts)),
            reads_text: tally.reads_text,
            rules,
            sections: groups(tally, texts).into_iter().enumerate().map(section).collect(),
            files: &tally.files,
        }
    }

    // The template hands its values over by reference.

    fn rule(&self, rule: &RuleName) -> &'static str {
        self.texts.rule(*rule)
    }

    fn number(&self, number: &u64) -> String {
        self.texts.number(*number)
    }

    fn colour(&self, rule: &RuleName) -> usize {
        RULES.iter().position(|one| one == rule).unwrap_or_default()
    }

    fn remarks(&self, file: &FileSummary) -> String {
        self.texts.remarks(file).join(" ")
    }
}

fn rule_rows(tally: &Tally) -> Vec<RuleRow> {
    let row = |&rule| RuleRow { rule, mails: of(&tally.by_rule, rule), findings: of(&tally.findings, rule) };
    tally.rules.iter().map(row).collect()
}

/// A group for each rule, so that the chart has a bar in the colour of each.
fn rule_groups(rows: &[RuleRow], texts: Texts) -> Vec<Group> {
    let group = |row: &RuleRow| Group {
        name: texts.rule(row.rule).to_owned(),
        counts: RULES.map(|rule| if rule == row.rule { row.mails } else { 0 }),
    };
    rows.iter().map(group).collect()
}

/// Where in a chart the bars begin, how long the longest one is, and the height of a row, in pixels.
const BARS: u64 = 190;
const LONGEST_BAR: u64 = 330;
const ROW: u64 = 26;
/// The longest name in a chart, in characters.
const LONGEST_NAME: usize = 26;

/// A bar for each group, with a segment for each rule.
struct Chart {
    width: u64,
    height: u64,
    names_end: u64,
    bar_height: u64,
    rows: Vec<ChartRow>,
}

struct ChartRow {
    name: String,
    top: u64,
    baseline: u64,
    segments: Vec<Segment>,
    total: u64,
    total_start: u64,
}

struct Segment {
    /// The index of the rule in [`RULES`], which decides the colour.
    rule: usize,
    left: u64,
    width: u64,
}

impl Chart {
    fn new(groups: &[Group]) -> Self {
        let most = groups.iter().map(|group| total(&group.counts)).max().unwrap_or_default().max(1);
        Self {
            width: BARS + LONGEST_BAR + 80,
            height: ROW * groups.len() as u64,
            names_end: BARS - 8,
            bar_height: ROW - 8,
            rows: (0..).zip(groups).map(|(row, group)| ChartRow::new(row, group, most)).collect(),
        }
    }
}

impl ChartRow {
    fn new(row: u64, group: &Group, most: u64) -> Self {
        let (mut left, mut sum) = (BARS, 0);
        let mut segments = Vec::new();
        for (rule, count) in group.counts.iter().enumerate() {
            sum += count;
            let right = BARS + (sum * LONGEST_BAR).div_ceil(most);
            if right > left {
                segments.push(Segment { rule, left, width: right - left });
            }
            left = right;
        }
        let name = match group.name.chars().count() > LONGEST_NAME {
            true => group.name.chars().take(LONGEST_NAME - 1).chain(['…']).collect(),
            false => group.name.clone(),
        };
        Self { name, top: row * ROW + 4, baseline: row * ROW + 18, segments, total: sum, total_start: left + 6 }
    }
}

fn total(counts: &Counts) -> u64 {
    counts.iter().sum()
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use sendvagt::Language;

    use super::{RULES, Report};
    use crate::output::tally::{FileSummary, Tally};
    use crate::output::texts::Texts;

    /// A rule without a colour would have no bar.
    #[test]
    fn each_rule_has_a_colour() {
        let css = include_str!("../../templates/report.css");
        for rule in 0..RULES.len() {
            assert_eq!(css.matches(&format!("--rule-{rule}: #")).count(), 3, "light, dark and printed");
            assert!(css.contains(&format!(".rule-{rule} {{")), "{rule}");
        }
    }

    #[test]
    fn text_cannot_become_markup() {
        let mut tally = Tally::default();
        tally.files.push(FileSummary { name: "<script>".to_owned(), ..FileSummary::default() });
        tally.by_sender.insert("<img>".to_owned(), [1; RULES.len()]);
        let report = Report::new(&tally, Texts { language: Language::Da }, "<i>\"&\"", None);
        let page = report.render().expect("writing into memory cannot fail");
        for markup in ["<script", "<img", "<i>", "http", "\"&\""] {
            assert!(!page.contains(markup), "{markup}");
        }
        for escaped in ["&#60;script&#62;", "&#60;img&#62;", "&#60;i&#62;&#34;&#38;&#34;"] {
            assert!(page.contains(escaped), "{escaped}");
        }
    }
}

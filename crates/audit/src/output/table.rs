//! The result as tables of text.

use std::collections::HashMap;
use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::judge::RULES;
use crate::output::tally::{Counts, Largest, Tally, largest};
use crate::output::texts::Words;

/// How many domains a table names.
pub(crate) const MOST: usize = 15;

/// A group of mails with its name.
pub(crate) type Group = (String, Counts);

/// Prints what was read and found.
pub(crate) fn print(tally: &Tally, words: Words, out: &mut impl Write) -> io::Result<()> {
    for line in summary(tally, words) {
        writeln!(out, "{line}")?;
    }
    if tally.mails == 0 {
        return Ok(());
    }
    let mut rules = table(vec![words.pick("Regel", "Rule"), "Mails", words.pick("Fund", "Findings")]);
    for (rule, (mails, findings)) in tally.by_rule.iter().zip(tally.findings).enumerate() {
        rules.add_row([Cell::new(words.rule(rule)), number(words, *mails), number(words, findings)]);
    }
    writeln!(out, "\n{rules}")?;
    for (title, groups) in groups(tally, words) {
        let mut names = vec![title];
        names.extend((0..RULES.len()).map(|rule| words.rule(rule)));
        let mut shown = table(names);
        for (name, counts) in groups {
            let cells = counts.iter().map(|&count| number(words, count));
            shown.add_row([Cell::new(name)].into_iter().chain(cells));
        }
        writeln!(out, "\n{shown}")?;
    }
    Ok(())
}

/// What was read and found, a sentence a line.
pub(crate) fn summary(tally: &Tally, words: Words) -> Vec<String> {
    let (read, unread) = (words.mails(tally.read()), words.number(tally.unreadable()));
    let files = tally.files.len();
    let found = words.mails(tally.mails);
    let mut lines = vec![words.pick(
        format!("Læst: {read} i {files} {}.", if files == 1 { "fil" } else { "filer" }),
        format!("Read: {read} in {files} {}.", if files == 1 { "file" } else { "files" }),
    )];
    if tally.unreadable() > 0 {
        lines.push(words.pick(format!("Kunne ikke læses: {unread}."), format!("Could not be read: {unread}.")));
    }
    lines.push(match tally.mails {
        0 => words.pick("Der blev ikke fundet noget.", "Nothing was found.").to_owned(),
        _ => words.pick(format!("Fundet: {found}."), format!("Found: {found}.")),
    });
    if tally.is_partial() {
        let told = words.pick(
            "Læsningen blev afbrudt. Tallene gælder kun den del, der blev læst.",
            "Reading was stopped. The numbers are those of the part that was read.",
        );
        lines.push(told.to_owned());
    } else if tally.has_gaps() {
        let told = words.pick(
            "Noget kunne ikke læses. Tallene gælder kun det, der blev læst.",
            "Something could not be read. The numbers are those of what was read.",
        );
        lines.push(told.to_owned());
    }
    lines
}

/// The groups that are known, with their titles: a list of subjects has neither months nor domains.
pub(crate) fn groups(tally: &Tally, words: Words) -> Vec<(&'static str, Vec<Group>)> {
    let mut all = Vec::new();
    if tally.by_month.keys().any(|month| !month.is_empty()) {
        let months = tally.by_month.iter().map(|(month, counts)| (words.month(month), *counts)).collect();
        all.push((words.pick("Måned", "Month"), months));
    }
    for (title, groups) in [
        (words.pick("Afsenders domæne", "Sending domain"), &tally.by_sender),
        (words.pick("Modtagers domæne", "Receiving domain"), &tally.by_receiver),
    ] {
        if groups.keys().any(|domain| !domain.is_empty()) {
            all.push((title, domains(groups, words)));
        }
    }
    all
}

fn domains(groups: &HashMap<String, Counts>, words: Words) -> Vec<Group> {
    let Largest { named, others, of_others } = largest(groups, MOST);
    let named = named.into_iter().map(|(domain, counts)| (words.domain(domain), counts));
    let others = (others > 0).then(|| {
        let count = words.number(others as u64);
        (words.pick(format!("{count} andre"), format!("{count} others")), of_others)
    });
    named.chain(others).collect()
}

fn table(names: Vec<&str>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    let align = |at| if at == 0 { CellAlignment::Left } else { CellAlignment::Right };
    table.set_header(names.into_iter().enumerate().map(|(at, name)| Cell::new(name).set_alignment(align(at))));
    table
}

fn number(words: Words, number: u64) -> Cell {
    Cell::new(words.number(number)).set_alignment(CellAlignment::Right)
}

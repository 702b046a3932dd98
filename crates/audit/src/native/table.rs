//! Prints the result as tables in plain text.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::output::overview::{Group, groups, sentences, warning};
use crate::output::tally::{Tally, of};
use crate::output::texts::Texts;

/// Prints what was read and found.
pub(crate) fn print(tally: &Tally, texts: Texts, out: &mut impl Write) -> io::Result<()> {
    for line in sentences(tally, texts) {
        writeln!(out, "{line}")?;
    }
    if let Some(warning) = warning(tally) {
        writeln!(out, "{}", warning.get(texts.language))?;
    }
    if tally.mails == 0 {
        return Ok(());
    }
    let mut rules = table(vec![texts.language.pick("Regel", "Rule"), "Mails", texts.language.pick("Fund", "Findings")]);
    for &rule in &tally.rules {
        let (mails, findings) = (of(&tally.by_rule, rule), of(&tally.findings, rule));
        rules.add_row([Cell::new(texts.rule(rule)), number(texts, mails), number(texts, findings)]);
    }
    writeln!(out, "\n{rules}")?;
    for (title, groups) in groups(tally, texts) {
        let mut names = vec![title];
        names.extend(tally.rules.iter().map(|&rule| texts.rule(rule)));
        let mut shown = table(names);
        for Group { name, counts } in groups {
            let cells = tally.rules.iter().map(|&rule| number(texts, of(&counts, rule)));
            shown.add_row([Cell::new(name)].into_iter().chain(cells));
        }
        writeln!(out, "\n{shown}")?;
    }
    Ok(())
}

fn table(names: Vec<&str>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    let align = |at| if at == 0 { CellAlignment::Left } else { CellAlignment::Right };
    table.set_header(names.into_iter().enumerate().map(|(at, name)| Cell::new(name).set_alignment(align(at))));
    table
}

fn number(texts: Texts, number: u64) -> Cell {
    Cell::new(texts.number(number)).set_alignment(CellAlignment::Right)
}

//! docs/subjects.md: subjects before and after a fix, to be read aloud.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The table that the tests hold the engine to.
const TABLE: &str = "tests/subjects.tsv";

pub(super) fn page(root: &Path) -> Result<String> {
    let table = fs::read_to_string(root.join(TABLE)).with_context(|| format!("{TABLE} cannot be read"))?;
    let mut page = format!(
        "# Subjects before and after a fix\n\n<!-- Made from the code by `cargo xtask generate`. -->\n\n\
         What a subject becomes when its numbers are taken out. `cargo xtask generate` writes this page from `{TABLE}`, to which the\n\
         tests hold the engine. All numbers are made up.\n\n\
         A number goes together with the words that only name it (`cpr-nr.`, `født`) or lead to it (`Vedr.`), with brackets around\n\
         nothing else, and with one of the marks around it. Where the sentence needs a word, it is the policy's `citizen`, or `citizens`\n\
         for several numbers in a row. A subject that says nothing without the number becomes the policy's `neutralSubject`. Prefixes\n\
         and tags stay as they were written, and so does everything that does not stand beside a number. The first word gets a\n\
         capital letter if the words before it are gone.\n"
    );
    for line in table.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            write!(page, "\n## {title}\n\n| before | after |\n| --- | --- |\n")?;
        } else if let Some((before, after)) = line.split_once('\t') {
            writeln!(page, "| {} | {} |", cell(before), cell(after))?;
        }
    }
    Ok(page)
}

/// As code, so that no character of a subject is read as Markdown.
fn cell(subject: &str) -> String {
    format!("`{}`", subject.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_bar_does_not_end_a_cell() {
        assert_eq!(cell("Møde | plan"), "`Møde \\| plan`");
    }
}

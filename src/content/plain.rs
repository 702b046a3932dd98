//! Reads plain text.

use super::page::{END, Page};
use super::quotes;

/// The text, letter for letter but for what ends a line or a cell.
pub(super) fn page(source: &str) -> Page {
    let ends = |c| matches!(c, '\n' | '\r' | '\t');
    let mut page = Page::verbatim(source.chars().map(|c| if ends(c) { END } else { c }).collect());
    // Lines with tabs, one after another, are a table.
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let mut parts = line.split('\t').peekable();
        let mut at = start;
        while let Some(part) = parts.next() {
            if at == start {
                page.cells.begin_line(parts.peek().is_some());
            }
            page.cells.begin(at);
            at += part.len() + 1;
            page.cells.end(page.text.get(at - part.len() - 1..at - 1).unwrap_or_default());
        }
        start += line.len();
    }
    page.cells.begin_line(false);
    quotes::mark(&mut page);
    page
}

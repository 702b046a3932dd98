//! Tells what the user wrote from the earlier mail below it.
//!
//! A program that answers a mail puts a header before it, in one of a few forms. The signs in HTML are found where it is read;
//! here are those that stand in the text.

use std::ops::Range;

use super::find;
use super::page::{END, Page};
use crate::text::lower_char;

/// Lines that begin the header of an earlier mail, its day, and its recipients or subject; Danish, English, German, Swedish and
/// Norwegian Outlook.
const FROM: &str = "fra:|from:|von:|från:";
const SENT: &str = "sendt:|sent:|dato:|date:|gesendet:|skickat:|datum:";
const REST: &str = "til:|to:|emne:|subject:|an:|betreff:|till:|ämne:|cc:";

/// How many lines after the first one the header may take: addresses may be many.
const HEADER_LINES: usize = 12;

/// Lines that say that an earlier mail follows, between dashes.
const DIVIDERS: &str = "oprindelig meddelelse|oprindelig besked|original message|original besked|videresendt meddelelse|\
    videresendt mail|forwarded message";

/// Marks what is quoted: what HTML cites, lines after a `>`, and all from where an earlier mail begins.
pub(super) fn mark(page: &mut Page) {
    let mut cited = std::mem::take(&mut page.quoted).into_iter().peekable();
    let mut first = page.mark.map(|(_, text)| text);
    let mut quoted: Vec<Range<usize>> = Vec::new();
    let mut header: Option<Header> = None;
    for (at, line) in page.lines() {
        if first.is_some_and(|first| first <= at) {
            break;
        }
        while cited.next_if(|part| part.end <= at).is_some() {}
        let end = at + line.len() + END.len_utf8();
        if line.trim_start_matches(' ').starts_with('>') || cited.peek().is_some_and(|part| part.start <= at) {
            match quoted.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = end,
                None => quoted.push(at..end),
            }
        }
        let text = line.trim_start_matches(['>', ' ', '*', '\u{a0}']);
        if text.is_empty() {
            continue;
        }
        if is_divider(text) || is_attribution(text) {
            first = Some(at);
        } else if begins_with(text, FROM) {
            header = Some(Header { at, left: HEADER_LINES, is_dated: false });
        } else if let Some(one) = header.as_mut() {
            one.left -= 1;
            one.is_dated |= begins_with(text, SENT);
            if one.is_dated && begins_with(text, REST) {
                first = Some(one.at);
            } else if one.left == 0 {
                header = None;
            }
        }
    }
    if let Some(first) = first {
        while quoted.pop_if(|part| part.end > first).is_some() {}
        quoted.push(first..page.text.len());
    }
    page.quoted = quoted;
}

/// The header of an earlier mail, as far as it was read.
struct Header {
    at: usize,
    left: usize,
    is_dated: bool,
}

/// Does a text begin with one of these words, between which bars stand?
fn begins_with(text: &str, words: &str) -> bool {
    words.split('|').any(|word| {
        let mut letters = text.chars().map(lower_char);
        word.chars().all(|letter| letters.next() == Some(letter))
    })
}

/// `-----Oprindelig meddelelse-----`
fn is_divider(text: &str) -> bool {
    let words = text.trim_start_matches(['-', '_', '–', '—', ' ']);
    words.len() + 2 <= text.len() && begins_with(words, DIVIDERS)
}

/// `Den 3. november 2026 kl. 09.12 skrev Anna Holm <anna@firma.example>:`
fn is_attribution(text: &str) -> bool {
    let names = |words: &[&str]| words.iter().any(|word| find(text.as_bytes(), word).is_some());
    text.len() < 300
        && text.trim_end_matches(' ').ends_with(':')
        && begins_with(text, "den |on |på |am ")
        && names(&["skrev", "wrote", "schrieb"])
        && names(&[" kl", "@", " at "])
}

//! What stands before the subject proper: `SV:`, `[EKSTERN]`, the tags of secure mail.

use crate::text::{is_alphanumeric, lower, reply_prefix, trim_start};

/// The length of the prefixes and tags at the start of a text, with the blanks after them.
pub(super) fn length(text: &str, tags: &[String]) -> usize {
    let mut rest = trim_start(text);
    loop {
        let next = trim_start(after_tag(reply_prefix::strip(rest), tags));
        if next.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = next;
    }
}

/// The text after one tag, or the text itself.
fn after_tag<'a>(text: &'a str, tags: &[String]) -> &'a str {
    let tag = bracketed(text).or_else(|| hashed(text)).or_else(|| tags.iter().find_map(|tag| bare(text, tag)));
    let rest = tag.and_then(|length| text.get(length..));
    // A colon or a dash belongs to the tag before it.
    rest.map_or(text, |rest| {
        let separated = trim_start(rest).trim_start_matches([':', '-', '–', '—', ',']);
        if separated.len() < trim_start(rest).len() { separated } else { rest }
    })
}

/// `[EKSTERN]`, `(sikker)` only where the policy knows the tag.
fn bracketed(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    inside.split_once(']').filter(|(tag, _)| !tag.contains('[')).map(|(tag, _)| tag.len() + 2)
}

/// `#sikker`.
fn hashed(text: &str) -> Option<usize> {
    let word = text.strip_prefix('#')?;
    let length = word.find(|c: char| !is_alphanumeric(c) && c != '-').unwrap_or(word.len());
    (length > 0).then_some(length + 1)
}

/// A tag of the policy, with any marks or none around it: `sikker`, `(sikker)`.
fn bare(text: &str, tag: &str) -> Option<usize> {
    let mark = |c: char| !is_alphanumeric(c);
    let word = lower(tag.trim_matches(mark));
    let opened = text.trim_start_matches(['(', '{', '<', '*']);
    let head: String = opened.chars().take(word.chars().count()).collect();
    if word.is_empty() || lower(&head) != word {
        return None;
    }
    let rest = opened.get(head.len()..)?;
    let closed = rest.trim_start_matches([')', '}', '>', '*']);
    let ends = rest.chars().next().is_none_or(|c| mark(c) && c != '-');
    (ends && (opened.len() == text.len()) == (closed.len() == rest.len())).then_some(text.len() - closed.len())
}

//! The measured part of docs/transport-rule.md: which of the labelled subject lines the mail-flow rule rejects.
//!
//! The patterns are read from the script that `sendvagt transport-rule` prints. The `regex` crate stands in for Exchange:
//! all that they use means the same in both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use regex::RegexSet;
use sendvagt::Policy;
use sendvagt_site::transport_rule::script;
use serde_json::Value;

use super::{between, example_policy};

const PAGE: &str = "docs/transport-rule.md";
const BEGIN: &str = "<!-- Measured: `cargo xtask generate` writes what follows. -->\n";
const END: &str = "<!-- End of what is measured. -->\n";

const CORPORA: [&str; 2] = ["dev.jsonl", "hard.jsonl"];

/// The page, with what is measured in its place.
pub(super) fn page(root: &Path) -> Result<String> {
    let patterns = patterns(&script(&Policy::new(example_policy(root)?), None, false))?;
    let rule = RegexSet::new(&patterns).context("the patterns are no regular expressions")?;
    let corpora = CORPORA.map(|name| Ok((name, count(&rule, &root.join("tests/corpus").join(name))?)));
    let corpora = corpora.into_iter().collect::<Result<Vec<_>>>()?;
    between(root, PAGE, BEGIN, &measured(&patterns, &corpora), END)
}

/// The patterns in a script: literals, one a line.
fn patterns(script: &str) -> Result<Vec<String>> {
    let (_, rest) = script.split_once("$patterns = @(\n").context("the script sets no $patterns")?;
    let (list, _) = rest.split_once("\n)\n").context("the list of $patterns has no end")?;
    let lines = list.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let literal = line.trim_end_matches(',').strip_prefix('\'').and_then(|line| line.strip_suffix('\''));
            literal.map(str::to_owned).with_context(|| format!("`{line}` is no literal in single quotes"))
        })
        .collect()
}

/// How many lines there are, and how many of them the rule rejects.
#[derive(Clone, Copy, Default)]
struct Count {
    lines: usize,
    rejected: usize,
}

/// Counts by what the add-in does and by class.
type Counts = BTreeMap<String, BTreeMap<String, Count>>;

/// Counts the lines that people agree on.
fn count(rule: &RegexSet, corpus: &Path) -> Result<Counts> {
    let text = fs::read_to_string(corpus).with_context(|| format!("{} cannot be read", corpus.display()))?;
    let mut counts = Counts::new();
    for (number, line) in text.lines().enumerate() {
        let place = || format!("{}, line {}", corpus.display(), number + 1);
        let line: Value = serde_json::from_str(line).with_context(place)?;
        let field = |key: &str| {
            let text = line.get(key).and_then(Value::as_str);
            text.with_context(|| format!("{}: no text `{key}`", place()))
        };
        if line.get("ambiguous").and_then(Value::as_bool).with_context(place)? {
            continue;
        }
        let expect = counts.entry(field("expect")?.to_owned()).or_default();
        let count = expect.entry(field("class")?.to_owned()).or_default();
        count.lines += 1;
        count.rejected += usize::from(rule.is_match(field("subject")?));
    }
    Ok(counts)
}

fn measured(patterns: &[String], corpora: &[(&str, Counts)]) -> String {
    let longest = patterns.iter().map(String::len).max().unwrap_or_default();
    let total: usize = patterns.iter().map(String::len).sum();
    let mut text = format!(
        "\n{} patterns, {total} characters together, the longest {longest}.\n\n\
         | lines | stopped by the add-in | asked about by the add-in | sent by the add-in |\n| --- | --- | --- | --- |\n",
        patterns.len()
    );
    for (name, counts) in corpora {
        let cells = ["stop", "ask", "send"].map(|expect| rejected(counts.get(expect)));
        text.push_str(&format!("| `{name}` | {} |\n", cells.join(" | ")));
    }
    for (name, counts) in corpora {
        for (expect, title) in [
            ("stop", "The add-in stops them: the rule lets some or all go"),
            ("ask", "The add-in asks about them: the rule rejects some or all"),
            ("send", "The add-in lets them go: the rule rejects them wrongly"),
        ] {
            text.push_str(&classes(&format!("`{name}`. {title}"), counts.get(expect), expect == "stop"));
        }
    }
    text.push('\n');
    text
}

fn rejected(counts: Option<&BTreeMap<String, Count>>) -> String {
    let counts = || counts.into_iter().flat_map(BTreeMap::values);
    let lines: usize = counts().map(|count| count.lines).sum();
    let rejected: usize = counts().map(|count| count.rejected).sum();
    let tenths = (rejected * 1000 + lines / 2) / lines.max(1);
    format!("{rejected} of {lines} rejected ({}.{} %)", tenths / 10, tenths % 10)
}

/// The classes in which the rule differs from the add-in. Of those that should be stopped it also names the ones that
/// are rejected whole.
fn classes(title: &str, counts: Option<&BTreeMap<String, Count>>, should_stop: bool) -> String {
    let differs = |count: &Count| if should_stop { count.rejected < count.lines } else { count.rejected > 0 };
    let (different, same): (Vec<_>, Vec<_>) =
        counts.into_iter().flatten().partition::<Vec<_>, _>(|(_, count)| differs(count));
    if different.is_empty() && !should_stop {
        return String::new();
    }
    let mut text = format!("\n**{title}**\n\n");
    if !different.is_empty() {
        text.push_str("| class | lines | rejected |\n| --- | --- | --- |\n");
    }
    for (class, Count { lines, rejected }) in different {
        text.push_str(&format!("| {class} | {lines} | {rejected} |\n"));
    }
    if should_stop {
        let same: Vec<&str> = same.into_iter().map(|(class, _)| class.as_str()).collect();
        text.push_str(&format!("\nAll rejected: {}.\n", same.join("; ")));
    }
    text
}

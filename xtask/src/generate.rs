//! `cargo xtask generate`: files that are made from the code, so that they cannot drift from it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// A file and what it is made by.
type Made = (&'static str, fn() -> String);

const FILES: [Made; 4] = [
    ("policy.schema.json", schema),
    ("docs/policy.md", policy),
    ("docs/rules.md", sendvagt::rules::page),
    ("docs/cpr-grading.md", sendvagt::cpr::grading_page),
];

pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for (name, make) in FILES {
        let path = root.join(name);
        let text = make();
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            continue;
        }
        if check {
            stale.push(name);
        } else {
            fs::write(&path, text).with_context(|| format!("{name} cannot be written"))?;
            println!("{name} is written");
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!("out of date: {}; run `cargo xtask generate`", stale.join(", "))
}

fn schema() -> String {
    format!("{:#}\n", sendvagt::policy::read::schema())
}

fn policy() -> String {
    sendvagt::policy::page(include_str!("../../addin/policy.example.json"))
}

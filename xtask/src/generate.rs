//! `cargo xtask generate`: files that are made from the code, so that they cannot drift from it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sendvagt::Language;

use crate::{practice, supply};

/// A file and what it is made by.
type Made = (&'static str, fn(&Path) -> Result<String>);

const FILES: [Made; 7] = [
    ("policy.schema.json", |_| Ok(schema())),
    ("docs/policy.md", |_| Ok(policy())),
    ("docs/rules.md", |_| Ok(sendvagt::rules::page())),
    ("docs/cpr-grading.md", |_| Ok(sendvagt::cpr::grading_page())),
    ("docs/supply-chain.md", supply::page),
    ("docs/guide.da.html", |root| guide(root, Language::Da)),
    ("docs/guide.en.html", |root| guide(root, Language::En)),
];

pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for (name, make) in FILES {
        let path = root.join(name);
        let text = make(root)?;
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

fn guide(root: &Path, language: Language) -> Result<String> {
    Ok(sendvagt::practice::guide(&practice::read(root)?, language))
}

//! `cargo xtask generate`: files that are made from the code, so that they cannot drift from it.

mod dialogs;
mod policy;
mod rules;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use sendvagt::{Language, PolicyFile};
use sendvagt_site::policy::{parse, schema};
use sendvagt_site::practice::guide;

use crate::{practice, supply};

/// A file and what it is made by.
type Made = (&'static str, fn(&Path) -> Result<String>);

const FILES: [Made; 8] = [
    ("policy.schema.json", |_| Ok(format!("{:#}\n", schema()))),
    ("docs/policy.md", |root| Ok(policy::page(&example(root)?))),
    ("docs/rules.md", |_| Ok(rules::page())),
    ("docs/dialogs.md", |root| Ok(dialogs::page(&example_policy(root)?))),
    ("docs/cpr-grading.md", |_| Ok(sendvagt::cpr::grading_page())),
    ("docs/supply-chain.md", supply::page),
    ("docs/guide.da.html", |root| Ok(guide(&practice::read(root)?, Language::Da))),
    ("docs/guide.en.html", |root| Ok(guide(&practice::read(root)?, Language::En))),
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

/// The policy of the made-up municipality.
fn example(root: &Path) -> Result<String> {
    const EXAMPLE: &str = "addin/policy.example.json";
    fs::read_to_string(root.join(EXAMPLE)).with_context(|| format!("{EXAMPLE} cannot be read"))
}

fn example_policy(root: &Path) -> Result<PolicyFile> {
    parse(&example(root)?).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("the example policy has errors:\n{}", lines.join("\n"))
    })
}

//! `cargo xtask generate`: every page and file that is made from the code, so that it cannot drift from it.
//!
//! To add one, write its maker and add a line to [`FILES`]. The measured part of docs/detection.md is not among them:
//! `cargo xtask peers` fetches the detectors of others for it.

mod contract;
mod dialogs;
mod field_reports;
mod policy;
mod rules;
mod shell;
mod subjects;
mod transport_rule;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use sendvagt::{Language, PolicyFile};
use sendvagt_site::policy::{parse, schema};
use sendvagt_site::practice::guide;
use sendvagt_site::rules_page;

use crate::{practice, setup, supply};

/// A file, from the repository's folder, and its maker, which is given that folder.
type Made = (&'static str, fn(&Path) -> Result<String>);

const FILES: &[Made] = &[
    ("addin/src/contract.ts", contract::types),
    ("policy.schema.json", |_| Ok(format!("{:#}\n", schema()))),
    ("docs/clients.md", |root| shell::page(root, "addin/src/launch/clients.page.ts")),
    ("docs/contracts.md", |_| contract::page()),
    ("docs/cpr-grading.md", |_| Ok(sendvagt::cpr::grading_page())),
    ("docs/dialogs.md", |root| Ok(dialogs::page(&example_policy(root)?))),
    ("docs/failures.md", |root| shell::page(root, "addin/src/launch/failures.page.ts")),
    ("docs/field-reports.md", field_reports::page),
    ("docs/guide.da.html", |root| Ok(guide(&practice::read(root)?, Language::Da))),
    ("docs/guide.en.html", |root| Ok(guide(&practice::read(root)?, Language::En))),
    ("docs/policy.md", |root| Ok(policy::page(&example(root)?))),
    ("docs/rules.da.html", |_| Ok(rules_page(Language::Da))),
    ("docs/rules.en.html", |_| Ok(rules_page(Language::En))),
    ("docs/rules.md", |_| Ok(rules::page())),
    ("docs/simulator.md", |root| shell::page(root, "addin/simulator/quirks.page.ts")),
    ("docs/subjects.md", subjects::page),
    ("docs/supply-chain.md", supply::page),
    ("docs/transport-rule.md", transport_rule::page),
];

/// Writes the files that differ from what the code makes. With `check` they are an error instead.
pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    setup::npm_packages(root)?;
    files(root, FILES, check)
}

fn files(root: &Path, files: &[Made], check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for (name, make) in files {
        let path = root.join(name);
        let text = make(root).with_context(|| format!("{name} cannot be made"))?;
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            continue;
        }
        if check {
            stale.push(*name);
        } else {
            fs::write(&path, text).with_context(|| format!("{name} cannot be written"))?;
            println!("{name} is written");
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!("out of date: {}; `cargo xtask generate` writes them", stale.join(", "))
}

/// A page of which only the part between two lines is made.
fn between(root: &Path, name: &str, begin: &str, part: &str, end: &str) -> Result<String> {
    let page = fs::read_to_string(root.join(name)).with_context(|| format!("{name} cannot be read"))?;
    let (head, rest) = page.split_once(begin).with_context(|| format!("{name} has no line {begin}"))?;
    let (_, tail) = rest.split_once(end).with_context(|| format!("{name} has no line {end}"))?;
    Ok([head, begin, part, end, tail].concat())
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Made, between, files};

    #[test]
    fn a_file_that_differs_is_named_with_the_command_that_writes_it() {
        let folder = tempfile::tempdir().unwrap();
        let made: [Made; 2] = [("a.md", |_| Ok("a\n".to_owned())), ("b.md", |_| Ok("b\n".to_owned()))];
        fs::write(folder.path().join("a.md"), "a\n").unwrap();
        fs::write(folder.path().join("b.md"), "old\n").unwrap();
        let error = files(folder.path(), &made, true).unwrap_err().to_string();
        assert_eq!(error, "out of date: b.md; `cargo xtask generate` writes them");
        assert_eq!(fs::read_to_string(folder.path().join("b.md")).unwrap(), "old\n", "a check writes nothing");
        files(folder.path(), &made, false).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("b.md")).unwrap(), "b\n");
        files(folder.path(), &made, true).unwrap();
    }

    #[test]
    fn only_the_part_between_the_lines_changes() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("p.md"), "head\n<!-- b -->\nold\n<!-- e -->\ntail\n").unwrap();
        let page = between(folder.path(), "p.md", "<!-- b -->\n", "new\n", "<!-- e -->\n").unwrap();
        assert_eq!(page, "head\n<!-- b -->\nnew\n<!-- e -->\ntail\n");
        assert!(between(folder.path(), "p.md", "<!-- x -->\n", "new\n", "<!-- e -->\n").is_err());
        assert!(between(folder.path(), "p.md", "<!-- b -->\n", "new\n", "<!-- head -->\n").is_err());
    }
}

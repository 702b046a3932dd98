//! `cargo xtask supply`: whose code Sendvagt is made of, and whether it is what it should be.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{command, read, run as call};

/// Why a package stands in the way of a mail. One that is not named here fails the tests.
const REASONS: [(&str, &str); 13] = [
    ("cfg-if", "rlsf chooses by platform with it"),
    ("const-default", "rlsf begins with it"),
    ("itoa", "serde_json writes numbers with it"),
    ("memchr", "serde_json looks for the end of a text with it"),
    ("rlsf", "the memory of the engine: an allocator a third of the size of the standard library's"),
    ("serde", "reads drafts and writes verdicts"),
    ("serde_core", "the part of serde without macros"),
    ("serde_json", "the form in which drafts and verdicts cross the border"),
    ("strsim", "how far a domain is from one that the organisation knows"),
    ("unicode-ident", "wasm-bindgen names things by it while building; nothing of it is left in the engine"),
    ("wasm-bindgen", "the border between the engine and the shell"),
    ("wasm-bindgen-shared", "what wasm-bindgen's parts have in common"),
    ("zmij", "serde_json writes fractions with it; no verdict has one"),
];

/// Looks at everything; what has no tool here says so.
pub(crate) fn run(root: &Path) -> Result<()> {
    let there = command(root, "cargo").args(["deny", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        bail!("cargo-deny is not installed; `cargo install cargo-deny --locked` installs it");
    }
    let deny = |manifest: &str| {
        let mut deny = command(root, "cargo");
        deny.args([
            "deny",
            "--manifest-path",
            manifest,
            "--config",
            "deny.toml",
            "--workspace",
            "--all-features",
            "check",
        ]);
        deny
    };
    call(deny("Cargo.toml").args(["licenses", "bans", "sources"]))?;
    // The targets have fewer packages than deny.toml tells of.
    call(deny("fuzz/Cargo.toml").args(["--allow", "unmatched-skip", "licenses", "bans", "sources"]))?;
    call(deny("Cargo.toml").arg("advisories"))
        .context("a package has a known weakness, or the list of them cannot be fetched")?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    call(command(root, npm).args(["audit", "signatures"]))?;
    call(command(root, npm).args(["audit", "--audit-level=high"]))
}

/// A package that is linked into the engine.
struct Linked {
    name: String,
    version: String,
    licence: String,
}

/// What stands in the way of a mail: the packages in the engine, without those that only build it.
fn send_path(root: &Path) -> Result<Vec<Linked>> {
    let tree = read(
        command(root, "cargo")
            .args(["tree", "--locked", "--package", "sendvagt", "--target", "wasm32-unknown-unknown"])
            .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{l}"]),
    )
    .context("cargo does not tell the packages of the engine")?;
    let lines: BTreeSet<&str> =
        tree.lines().filter(|line| !line.is_empty() && !line.starts_with("sendvagt ")).collect();
    lines
        .into_iter()
        .map(|line| {
            let (package, licence) = line.split_once('|').with_context(|| format!("`{line}` is no package"))?;
            let mut words = package.split(' ');
            let (Some(name), Some(version)) = (words.next(), words.next()) else { bail!("`{line}` is no package") };
            Ok(Linked {
                name: name.to_owned(),
                version: version.trim_start_matches('v').to_owned(),
                licence: licence.to_owned(),
            })
        })
        .collect()
}

/// The page of the packages, of which the table is made from the lock file.
pub(crate) fn page(root: &Path) -> Result<String> {
    let packages = send_path(root)?;
    let mut page = format!(
        "# Whose code it is\n\n\
         ## In the way of a mail\n\n\
         From the press on Send to the answer run the engine, in Rust, and the shell, in TypeScript. The engine is linked with \
         {} packages of others; the shell has none: a test sees to it that no package of npm is bundled. Microsoft's office.js \
         comes from Microsoft, as every add-in's does.\n\n\
         | package | version | licence | what for |\n| --- | --- | --- | --- |\n",
        packages.len()
    );
    for Linked { name, version, licence } in packages {
        let reason = REASONS.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason);
        let reason =
            reason.with_context(|| format!("{name} is new in the engine; say in xtask/src/supply.rs what for"))?;
        page.push_str(&format!("| {name} | {version} | {licence} | {reason} |\n"));
    }
    page.push_str(REST);
    Ok(page)
}

const REST: &str = "
## In the program

`sendvagt`, which packs the add-in and reads old mail, is made of more. Each release has the list of them, in CycloneDX, as
`sendvagt.cdx.json`, their licences as `THIRD-PARTY.txt`, and the sums of its files; `cargo xtask release --twice` builds it
twice and compares the bytes.

## How it is watched

* The lock files name every package with its hash. npm's names no address, so that it serves every mirror; a test holds each
  entry to a hash, and each version in `package.json` to an exact one.
* `cargo xtask setup` runs no script of a package.
* `cargo xtask supply` asks cargo-deny, by `deny.toml`: licences, doubles, sources and known weaknesses. Then npm: signatures
  and known weaknesses. It needs the network; the workflow `supply` runs it each week and when a lock file changes.
* The actions of the workflows are pinned by commit; a test holds them to it.
";

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{REASONS, send_path};
    use crate::root;

    fn json(name: &str) -> Value {
        serde_json::from_str(&std::fs::read_to_string(root().join(name)).unwrap()).unwrap()
    }

    #[test]
    fn the_packages_in_the_way_of_a_mail_are_those_with_a_reason() {
        let linked: Vec<String> = send_path(&root()).unwrap().into_iter().map(|package| package.name).collect();
        assert_eq!(linked, REASONS.map(|(name, _)| name));
    }

    #[test]
    fn every_package_of_npm_has_a_hash_and_no_address() {
        let lock = json("package-lock.json");
        let packages = lock["packages"].as_object().unwrap();
        assert!(packages.len() > 100);
        for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
            assert!(
                package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")),
                "{path} has no hash"
            );
            assert!(package.get("resolved").is_none(), "{path} names an address");
        }
    }

    #[test]
    fn the_versions_asked_of_npm_are_exact() {
        let package = json("package.json");
        for list in ["dependencies", "devDependencies", "optionalDependencies"] {
            for (name, version) in package[list].as_object().into_iter().flatten() {
                let version = version.as_str().unwrap();
                assert!(
                    version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'),
                    "{name} is asked for as {version}"
                );
            }
        }
        assert!(package.get("dependencies").is_none(), "a package would be shipped");
    }

    #[test]
    fn the_lock_files_name_one_registry() {
        for name in ["Cargo.lock", "fuzz/Cargo.lock"] {
            let lock = std::fs::read_to_string(root().join(name)).unwrap();
            let sources = lock.lines().filter(|line| line.starts_with("source = "));
            assert!(sources.clone().count() > 10);
            let one = sources.clone().next();
            assert!(
                sources.clone().all(|line| Some(line) == one && line.starts_with("source = \"registry+")),
                "{name}"
            );
        }
    }
}

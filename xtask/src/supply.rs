//! `cargo xtask supply`: checks the packages that Sendvagt is built from, and the workflows that build it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{command, read, run as call};

/// Why each package is linked into the engine. A package that is not named here fails the tests.
const REASONS: [(&str, &str); 13] = [
    ("cfg-if", "lets rlsf choose code by platform"),
    ("const-default", "the initial values of rlsf"),
    ("itoa", "writes integers for serde_json"),
    ("memchr", "finds the end of a string for serde_json"),
    ("rlsf", "the allocator of the engine, a third of the size of the standard library's"),
    ("serde", "writes verdicts"),
    ("serde_core", "the part of serde without macros"),
    ("serde_json", "the JSON in which verdicts reach the shell"),
    ("strsim", "the edit distance between a domain and those that the organisation knows"),
    ("unicode-ident", "names things for wasm-bindgen while building; nothing of it is left in the engine"),
    ("wasm-bindgen", "the calls between the engine and the shell"),
    ("wasm-bindgen-shared", "what the parts of wasm-bindgen share"),
    ("zmij", "writes fractions for serde_json; no verdict has one"),
];

/// Runs cargo-deny, npm's audits and zizmor.
pub(crate) fn run(root: &Path) -> Result<()> {
    read(command(root, "cargo").args(["deny", "--version"]))
        .context("cargo-deny is not installed; `cargo install cargo-deny --locked` installs it")?;
    read(command(root, "zizmor").arg("--version"))
        .context("zizmor is not installed; `pipx install zizmor` installs it")?;
    call(command(root, "zizmor").args(["--persona=auditor", "--offline", "--no-progress", ".github"]))?;
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
    // The fuzz targets use fewer packages than deny.toml has exceptions for.
    call(deny("fuzz/Cargo.toml").args(["--allow", "unmatched-skip", "licenses", "bans", "sources"]))?;
    call(deny("Cargo.toml").arg("advisories"))
        .context("a package has an advisory, or the advisories cannot be fetched")?;
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

/// The packages in the engine, without those that only build it.
fn engine_packages(root: &Path) -> Result<Vec<Linked>> {
    let tree = read(
        command(root, "cargo")
            .args(["tree", "--locked", "--package", "sendvagt", "--target", "wasm32-unknown-unknown"])
            .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{l}"]),
    )
    .context("`cargo tree` does not list the packages of the engine")?;
    let lines: BTreeSet<&str> =
        tree.lines().filter(|line| !line.is_empty() && !line.starts_with("sendvagt ")).collect();
    lines
        .into_iter()
        .map(|line| {
            let (package, licence) = line.split_once('|').with_context(|| format!("`{line}` names no package"))?;
            let mut words = package.split(' ');
            let (Some(name), Some(version)) = (words.next(), words.next()) else { bail!("`{line}` names no package") };
            Ok(Linked {
                name: name.to_owned(),
                version: version.trim_start_matches('v').to_owned(),
                licence: licence.to_owned(),
            })
        })
        .collect()
}

/// docs/supply-chain.md. Its table is made from the lock file.
pub(crate) fn page(root: &Path) -> Result<String> {
    let packages = engine_packages(root)?;
    let mut page = format!(
        "# The supply chain\n\n\
         <!-- Made by `cargo xtask generate` from xtask/src/supply.rs. -->\n\n\
         ## In the add-in\n\n\
         Between the press on Send and the verdict run the engine, in Rust, and the shell, in TypeScript. {} third-party\n\
         packages are linked into the engine. The shell has none: a test fails when a package from npm is bundled. Outlook\n\
         loads office.js from Microsoft, as for every add-in.\n\n\
         | package | version | licence | purpose |\n| --- | --- | --- | --- |\n",
        packages.len()
    );
    for Linked { name, version, licence } in packages {
        let reason = REASONS.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason);
        let reason = reason.with_context(|| {
            format!("{name} is new in the engine; add its purpose to REASONS in xtask/src/supply.rs")
        })?;
        page.push_str(&format!("| {name} | {version} | {licence} | {reason} |\n"));
    }
    page.push_str(REST);
    Ok(page)
}

const REST: &str = "
## In the program

The program `sendvagt`, which packs the add-in and reads old mail, has more packages. Each release lists those of all machines
and of the engine in `sendvagt.cdx.json` (CycloneDX), each with the SHA-256 that the registry has, their licences in
`THIRD-PARTY.txt`, the checksums of its files in `SHA256SUMS`, and commit, compilers and Node in `BUILD.txt`: with the same,
anybody gets the same bytes. `cargo xtask release --twice` builds it twice and compares them. The program for Linux is linked
against musl and the one for Windows against mingw's runtime, both of Debian's or Ubuntu's packages, which `BUILD.txt` names.

## What is checked

* The lock files hold a hash of every package. npm's holds no address, so that it works with every mirror. Tests check that
  each entry has a hash and that each version in `package.json` is exact.
* `cargo xtask setup` runs no install script of a package.
* `cargo xtask supply` has cargo-deny check licences, duplicates, sources and advisories by `deny.toml`, and npm check
  signatures and advisories. It has zizmor check the workflows: they name actions by commit, keep no credentials and run
  no text that others can write. It needs the network; the workflow `supply` runs it weekly, and when a lock file or a
  workflow changes.
";

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{REASONS, engine_packages};
    use crate::root;

    fn json(name: &str) -> Value {
        serde_json::from_str(&std::fs::read_to_string(root().join(name)).unwrap()).unwrap()
    }

    #[test]
    fn every_package_in_the_engine_has_a_reason() {
        let linked: Vec<String> = engine_packages(&root()).unwrap().into_iter().map(|package| package.name).collect();
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
    fn the_versions_in_package_json_are_exact() {
        let package = json("package.json");
        for list in ["dependencies", "devDependencies", "optionalDependencies"] {
            for (name, version) in package[list].as_object().into_iter().flatten() {
                let version = version.as_str().unwrap();
                assert!(
                    version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'),
                    "{name}: {version} is not exact"
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

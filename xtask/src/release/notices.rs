//! The licences of what the program is made of: most ask that their text goes with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use cargo_metadata::{Metadata, Package};

use super::contents;
use crate::command::host;

/// How the files are called that hold a licence or a notice.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// Every licence text once, after the packages that it is the text of. A package without a file is under the text that its
/// licence has in others.
pub(super) fn collect(root: &Path) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut without = BTreeSet::new();
    // The engine lies within the program.
    let both = [
        (contents::metadata(root, &host()?)?, contents::PROGRAM),
        (contents::metadata(root, "wasm32-unknown-unknown")?, contents::ENGINE),
    ];
    let packages = both.iter().map(|(metadata, of)| packages(metadata, of)).collect::<Result<Vec<_>>>()?;
    for package in packages.into_iter().flatten() {
        let name =
            format!("{} {} ({})", package.name, package.version, package.license.as_deref().unwrap_or("see below"));
        let folder = package.manifest_path.parent().context("a package has no folder")?;
        let files = files(folder.as_std_path())?;
        if files.is_empty() {
            without.insert(name.clone());
        }
        for text in files {
            texts.entry(text).or_default().insert(name.clone());
        }
    }
    if texts.is_empty() {
        bail!("no package has a licence; are the sources of the packages there?");
    }
    let mut all = "sendvagt is made with the packages named here. Each text goes for those above it.\n".to_owned();
    let mut blocks: Vec<(Vec<String>, String)> =
        texts.into_iter().map(|(text, names)| (names.into_iter().collect(), text)).collect();
    blocks.sort();
    for (names, text) in blocks {
        all.push_str(&format!("\n{}\n{}\n\n{}\n", "=".repeat(80), names.join("\n"), text.trim_end()));
    }
    if !without.is_empty() {
        let names: Vec<String> = without.into_iter().collect();
        all.push_str(&format!("\n{}\nWithout a text of their own:\n{}\n", "=".repeat(80), names.join("\n")));
    }
    Ok(all)
}

/// The packages of others that go into one of ours.
fn packages<'a>(metadata: &'a Metadata, of: &str) -> Result<Vec<&'a Package>> {
    let used = contents::uses(metadata, of)?;
    let of_others = |package: &&Package| !metadata.workspace_members.contains(&package.id);
    Ok(metadata.packages.iter().filter(|package| used.contains_key(&package.id)).filter(of_others).collect())
}

fn files(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        if path.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            // The same text may have the line ends of Windows.
            texts.push(String::from_utf8_lossy(&fs::read(&path)?).replace("\r\n", "\n"));
        }
    }
    texts.sort();
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::collect;
    use crate::root;

    #[test]
    fn every_package_of_the_program_has_its_licence_told() {
        let all = collect(&root()).unwrap();
        for name in ["serde_json ", "clap ", "csv ", "mail-parser ", "ureq ", "rustls ", "rlsf ", "wasm-bindgen "] {
            assert!(all.lines().any(|line| line.starts_with(name)), "{name}is not told");
        }
        assert!(all.contains("Permission is hereby granted") && all.contains("Apache License"));
        assert!(!all.contains(&root().display().to_string()), "it names a folder of this machine");
        assert_eq!(all, collect(&root()).unwrap(), "it is the same each time");
    }
}

//! The licence texts of the packages in the programs and the workshop: most licences require that their text is included.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use cargo_metadata::{Metadata, Package};

use super::contents;

/// Names that files of licences and notices begin with.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// Every licence text once, below the packages that have it. Packages without such a file are listed at the end.
pub(super) fn collect(root: &Path) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut without = BTreeSet::new();
    let graphs = contents::LINKED
        .map(|(package, platform)| Ok((contents::metadata(root, platform)?, package)))
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    let packages = graphs.iter().map(|(metadata, of)| packages(metadata, of)).collect::<Result<Vec<_>>>()?;
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
        bail!("no package has a licence file; are the sources of the packages complete?");
    }
    let mut all =
        "sendvagt and its workshop contain the packages named here. Each text applies to the packages above it.\n"
            .to_owned();
    let mut blocks: Vec<(Vec<String>, String)> =
        texts.into_iter().map(|(text, names)| (names.into_iter().collect(), text)).collect();
    blocks.sort();
    for (names, text) in blocks {
        all.push_str(&format!("\n{}\n{}\n\n{}\n", "=".repeat(80), names.join("\n"), text.trim_end()));
    }
    if !without.is_empty() {
        let names: Vec<String> = without.into_iter().collect();
        all.push_str(&format!("\n{}\nPackages without a licence file:\n{}\n", "=".repeat(80), names.join("\n")));
    }
    Ok(all)
}

/// The third-party packages that are linked into one of ours.
fn packages<'a>(metadata: &'a Metadata, of: &str) -> Result<Vec<&'a Package>> {
    let used = contents::uses(metadata, of)?;
    let third_party = |package: &&Package| !metadata.workspace_members.contains(&package.id);
    Ok(metadata.packages.iter().filter(|package| used.contains_key(&package.id)).filter(third_party).collect())
}

fn files(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        if path.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            // The same text may have Windows line endings elsewhere.
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
    fn the_packages_of_the_program_are_listed_with_their_licences() {
        let all = collect(&root()).unwrap();
        for name in ["serde_json ", "clap ", "csv ", "mail-parser ", "ureq ", "rustls ", "rlsf ", "wasm-bindgen "] {
            assert!(all.lines().any(|line| line.starts_with(name)), "{name}is missing");
        }
        assert!(all.contains("Permission is hereby granted") && all.contains("Apache License"));
        assert!(!all.contains(&root().display().to_string()), "it contains a path of this machine");
        assert_eq!(all, collect(&root()).unwrap(), "two runs differ");
    }
}

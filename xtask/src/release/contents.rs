//! The software bill of materials of a release, in CycloneDX.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::external_models::spdx::SpdxExpression;
use cyclonedx_bom::external_models::uri::Purl;
use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::models::component::{Classification, Component, Components};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata as About;
use cyclonedx_bom::prelude::Validate;

/// The package of the program.
pub(super) const PROGRAM: &str = "sendvagt-cli";
/// The package of the engine.
pub(super) const ENGINE: &str = "sendvagt";

/// The package of the workshop.
const WORKSHOP: &str = "sendvagt-workshop";

/// What is linked together for the programs that are released, and for the workshop beside them: the engine is in each of
/// them, as WebAssembly.
pub(super) const LINKED: [(&str, &str); 5] = [
    (PROGRAM, "x86_64-unknown-linux-musl"),
    (PROGRAM, "x86_64-pc-windows-gnu"),
    (PROGRAM, "aarch64-apple-darwin"),
    (ENGINE, "wasm32-unknown-unknown"),
    (WORKSHOP, "wasm32-unknown-unknown"),
];

/// The bill of materials as JSON, for all machines together. It names no time and no path, so the same sources give the
/// same bytes.
pub(super) fn list(root: &Path) -> Result<Vec<u8>> {
    let graphs = LINKED
        .map(|(package, platform)| Ok((metadata(root, platform)?, package)))
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    let mut packages = BTreeMap::new();
    let mut uses_of = BTreeMap::<String, BTreeSet<String>>::new();
    for (metadata, of) in &graphs {
        let named = |id: &PackageId| metadata.packages.iter().find(|package| package.id == *id);
        for (id, used) in uses(metadata, of)? {
            let package = named(id).context("a package is missing from `cargo metadata`")?;
            packages.insert(reference(package), package);
            let used = used.into_iter().filter_map(&named).map(reference);
            uses_of.entry(reference(package)).or_default().extend(used);
        }
    }
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let bom = bom(&packages, &uses_of, &checksums(&lock))?;
    let checked = bom.validate_version(SpecVersion::V1_5);
    if !checked.passed() {
        bail!("the bill of materials is not valid CycloneDX: {checked:?}");
    }
    let mut json = Vec::new();
    bom.output_as_json(&mut json, SpecVersion::V1_5).context("the bill of materials cannot be written")?;
    json.push(b'\n');
    Ok(json)
}

/// The packages that cargo resolves for a platform.
pub(super) fn metadata(root: &Path, platform: &str) -> Result<Metadata> {
    MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .other_options(vec!["--locked".to_owned(), "--filter-platform".to_owned(), platform.to_owned()])
        .exec()
        .context("`cargo metadata` failed")
}

/// Every package that is linked into the one of this name, and the packages that it uses. Packages that only build or
/// test are left out.
pub(super) fn uses<'a>(metadata: &'a Metadata, name: &str) -> Result<BTreeMap<&'a PackageId, BTreeSet<&'a PackageId>>> {
    let graph = metadata.resolve.as_ref().context("`cargo metadata` has no dependency graph")?;
    let program = metadata.packages.iter().find(|package| package.name.as_str() == name);
    let mut open = vec![&program.with_context(|| format!("there is no package {name}"))?.id];
    let mut uses = BTreeMap::new();
    while let Some(id) = open.pop() {
        if uses.contains_key(id) {
            continue;
        }
        let node =
            graph.nodes.iter().find(|node| node.id == *id).context("a package is missing from the dependency graph")?;
        let used = node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        let used: BTreeSet<_> = used.map(|dep| &dep.pkg).collect();
        open.extend(&used);
        uses.insert(id, used);
    }
    Ok(uses)
}

fn bom(
    packages: &BTreeMap<String, &Package>,
    uses: &BTreeMap<String, BTreeSet<String>>,
    checksums: &BTreeMap<String, String>,
) -> Result<Bom> {
    let mut components = Vec::new();
    let mut program = None;
    for (reference, package) in packages {
        if package.name.as_str() == PROGRAM {
            program = Some(component(package, Classification::Application, None)?);
        } else {
            components.push(component(package, Classification::Library, checksums.get(reference))?);
        }
    }
    let dependencies = uses.iter().map(|(reference, used)| Dependency {
        dependency_ref: reference.clone(),
        dependencies: used.iter().cloned().collect(),
    });
    Ok(Bom {
        version: 1,
        serial_number: None,
        metadata: Some(About { timestamp: None, component: program, ..About::default() }),
        components: Some(Components(components)),
        dependencies: Some(Dependencies(dependencies.collect())),
        ..Bom::default()
    })
}

/// The SHA-256 of each package as the registry hands it out, from the lock file.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let value = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
    let (mut name, mut version, mut all) = (String::new(), String::new(), BTreeMap::new());
    for line in lock.lines() {
        match line.split(' ').next() {
            Some("name") => name = value(line),
            Some("version") => version = value(line),
            Some("checksum") => {
                all.insert(format!("pkg:cargo/{name}@{version}"), value(line));
            }
            _ => {}
        }
    }
    all
}

fn component(package: &Package, kind: Classification, checksum: Option<&String>) -> Result<Component> {
    let version = package.version.to_string();
    let mut component = Component::new(kind, &package.name, &version, Some(reference(package)));
    component.purl = Some(Purl::new("cargo", &package.name, &version)?);
    component.description = package.description.as_deref().map(NormalizedString::new);
    component.hashes =
        checksum.map(|sum| Hashes(vec![Hash { alg: HashAlgorithm::SHA_256, content: HashValue(sum.clone()) }]));
    if let Some(license) = &package.license {
        // Old manifests separate alternatives by a slash.
        let expression = SpdxExpression::new(&license.replace('/', " OR "));
        component.licenses = Some(Licenses(vec![LicenseChoice::Expression(expression)]));
    }
    Ok(component)
}

fn reference(package: &Package) -> String {
    format!("pkg:cargo/{}@{}", package.name, package.version)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::list;
    use crate::root;

    /// The list once held the packages of the machine that made it, without those of Windows and of the engine.
    #[test]
    fn every_machine_and_the_engine_are_listed_with_hashes() {
        let list: Value = serde_json::from_slice(&list(&root()).unwrap()).unwrap();
        let components = list["components"].as_array().unwrap();
        for name in ["serde_json", "glob", "windows-sys", "security-framework", "rlsf", "rustls"] {
            let of_name: Vec<_> = components.iter().filter(|component| component["name"] == name).collect();
            let hash = |component: &&Value| component["hashes"][0]["content"].as_str().is_some_and(|h| h.len() == 64);
            assert!(!of_name.is_empty() && of_name.iter().all(hash), "{name}: {of_name:?}");
        }
        assert!(!components.iter().any(|component| component["name"] == "proptest"), "it only tests");
    }
}

//! The software bill of materials of a release, in CycloneDX.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::external_models::spdx::SpdxExpression;
use cyclonedx_bom::external_models::uri::Purl;
use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::models::component::{Classification, Component, Components};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata as About;
use cyclonedx_bom::prelude::Validate;

use crate::command::host;

/// The package of the program.
pub(super) const PROGRAM: &str = "sendvagt-cli";
/// The package of the engine.
pub(super) const ENGINE: &str = "sendvagt";

/// The bill of materials as JSON. It names no time and no path, so the same sources give the same bytes.
pub(super) fn list(root: &Path) -> Result<Vec<u8>> {
    let metadata = metadata(root, &host()?)?;
    let uses = uses(&metadata, PROGRAM)?;
    let bom = bom(&metadata, &uses)?;
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

fn bom(metadata: &Metadata, uses: &BTreeMap<&PackageId, BTreeSet<&PackageId>>) -> Result<Bom> {
    let package = |id: &PackageId| metadata.packages.iter().find(|package| package.id == *id);
    let reference_of = |id: &PackageId| package(id).map(reference).unwrap_or_default();
    let mut components = Vec::new();
    let mut program = None;
    for id in uses.keys() {
        let package = package(id).context("a package is missing from `cargo metadata`")?;
        if package.name.as_str() == PROGRAM {
            program = Some(component(package, Classification::Application)?);
        } else {
            components.push(component(package, Classification::Library)?);
        }
    }
    let dependencies = uses.iter().map(|(id, used)| Dependency {
        dependency_ref: reference_of(id),
        dependencies: used.iter().map(|id| reference_of(id)).collect(),
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

fn component(package: &Package, kind: Classification) -> Result<Component> {
    let version = package.version.to_string();
    let mut component = Component::new(kind, &package.name, &version, Some(reference(package)));
    component.purl = Some(Purl::new("cargo", &package.name, &version)?);
    component.description = package.description.as_deref().map(NormalizedString::new);
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

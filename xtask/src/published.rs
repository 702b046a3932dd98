//! Tests of what the repository publishes: its catalogue entry, its workflows and its pages.

use std::fs;

use serde_yaml_ng::Value;

use crate::root;

fn yaml(path: &str) -> Value {
    serde_yaml_ng::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_sequence().into_iter().flatten().map(|one| one.as_str().unwrap()).collect()
}

/// The mandatory keys of publiccode.yml 0.5 and the form of their values
/// (<https://yml.publiccode.tools/schema.core.html>).
#[test]
fn the_catalogue_entry_follows_the_standard() {
    let entry = yaml("publiccode.yml");
    let text = |key: &str| entry[key].as_str().unwrap_or_else(|| panic!("{key} is missing"));
    assert_eq!(text("publiccodeYmlVersion"), "0.5");
    assert!(!text("name").is_empty() && text("url").starts_with("https://"));
    assert_eq!(text("softwareVersion"), env!("CARGO_PKG_VERSION"), "the version is that of Cargo.toml");
    let statuses = ["concept", "development", "beta", "stable", "obsolete"];
    assert!(statuses.contains(&text("developmentStatus")));
    assert_eq!(text("softwareType"), "addon");
    assert!(!texts(&entry["platforms"]).is_empty() && !texts(&entry["categories"]).is_empty());
    assert_eq!(entry["legal"]["license"], "MPL-2.0");
    assert_eq!(entry["localisation"]["localisationReady"], true);
    let languages = texts(&entry["localisation"]["availableLanguages"]);
    assert_eq!(languages, ["da", "en"]);
    for language in languages {
        let described = &entry["description"][language];
        let short = described["shortDescription"].as_str().unwrap();
        assert!((1..=150).contains(&short.chars().count()), "{language}: at most 150 characters");
        let long = described["longDescription"].as_str().unwrap();
        assert!((150..=10_000).contains(&long.chars().count()), "{language}: from 150 to 10,000 characters");
        assert!(texts(&described["features"]).len() >= 3);
    }
    assert_eq!(entry["maintenance"]["type"], "community");
    assert!(entry["maintenance"]["contacts"][0]["name"].is_string(), "a community names a contact");
    assert!(entry["maintenance"].get("contractors").is_none(), "contractors are for contracts");
}

#[test]
fn the_licence_is_the_same_everywhere() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    assert!(read("LICENSE").starts_with("Mozilla Public License Version 2.0"));
    for path in ["Cargo.toml", "fuzz/Cargo.toml"] {
        assert!(read(path).contains("license = \"MPL-2.0\""), "{path}");
    }
    assert!(read("package.json").contains("\"license\": \"MPL-2.0\""));
    assert!(read("README.md").contains("Mozilla Public License 2.0") || read("README.md").contains("MPL-2.0"));
}

fn workflows() -> Vec<(String, Value)> {
    let files = fs::read_dir(root().join(".github/workflows")).unwrap();
    files
        .map(|file| {
            let name = file.unwrap().file_name().to_string_lossy().into_owned();
            let workflow = yaml(&format!(".github/workflows/{name}"));
            (name, workflow)
        })
        .collect()
}

/// zizmor allows a job to have permissions of its own; only the release needs any.
#[test]
fn workflows_may_only_read_and_jobs_have_time_limits() {
    let all = workflows();
    assert_eq!(all.len(), 4);
    for (name, workflow) in all {
        assert_eq!(workflow["permissions"]["contents"], "read", "{name}");
        assert_eq!(workflow["permissions"].as_mapping().unwrap().len(), 1, "{name}");
        for (job, steps) in workflow["jobs"].as_mapping().unwrap() {
            assert!(steps["timeout-minutes"].as_u64().is_some_and(|minutes| minutes <= 60), "{name}: {job:?}");
            assert!(
                name == "release.yml" || steps.get("permissions").is_none(),
                "{name}: {job:?} has permissions of its own"
            );
        }
    }
}

#[test]
fn the_workflow_runs_every_fuzz_target() {
    let (_, workflow) = workflows().into_iter().find(|(name, _)| name == "fuzz.yml").unwrap();
    assert_eq!(texts(&workflow["jobs"]["fuzz"]["strategy"]["matrix"]["target"]), crate::fuzz::TARGETS);
}

/// The files in a folder whose names end so.
fn ending(folder: &str, end: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(end));
    names.sort();
    names
}

#[test]
fn every_page_is_in_the_index() {
    let index = fs::read_to_string(root().join("docs/README.md")).unwrap();
    for name in [ending("docs", ".md"), ending("docs", ".html")].concat() {
        assert!(name == "README.md" || index.contains(&format!("]({name})")), "docs/README.md does not name {name}");
    }
    assert!(fs::read_to_string(root().join("README.md")).unwrap().contains("docs/README.md"));
}

#[test]
fn no_link_between_pages_is_broken() {
    let pages = ending("docs", ".md").into_iter().map(|name| format!("docs/{name}"));
    let mut followed = 0;
    for page in pages.chain(ending("", ".md")) {
        let text = fs::read_to_string(root().join(&page)).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.starts_with('#')) {
            let file = link.split(['#', ' ']).next().unwrap_or_default();
            let to = root().join(&page).parent().unwrap().join(file);
            assert!(to.exists(), "{page} links to {link}, which does not exist");
            followed += 1;
        }
    }
    assert!(followed > 40);
}

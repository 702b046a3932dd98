//! Reads the files of the practice.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use sendvagt_site::policy::parse;
use sendvagt_site::practice::Practice;

const POLICY: &str = "practice/policy.json";
const SCENES: &str = "practice/scenes";

/// The scenes with their policy. The error names every problem in the scenes.
pub(crate) fn read(root: &Path) -> Result<Practice> {
    let text = fs::read_to_string(root.join(POLICY)).with_context(|| format!("{POLICY} cannot be read"))?;
    let policy = parse(&text).map_err(|problems| {
        anyhow!("{POLICY}: {}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    let mut files = Vec::new();
    for entry in fs::read_dir(root.join(SCENES)).with_context(|| format!("{SCENES} cannot be read"))? {
        let path = entry?.path();
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push((id, fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?));
        }
    }
    Practice::new(policy, files).map_err(|problems| anyhow!("below {SCENES}:\n{}", problems.join("\n")))
}

//! `cargo xtask build`: the add-in, the simulator and the workshop, into dist/.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use sendvagt::PolicyFile;
use sendvagt_site::pack::Pack;
use sendvagt_site::policy::parse;
use sendvagt_site::support_page;

use crate::bundle::{Bundle, bundle};
use crate::{engine, practice, setup, sizes, workshop};

#[derive(Args, Default)]
pub(crate) struct Arguments {
    /// The policy to put into the add-in; that of a made-up municipality when left out
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// The built add-in, below the repository's folder.
pub(crate) const ADDIN: &str = "dist/addin";
/// The add-in without a policy, from which `sendvagt package` packs sites.
pub(crate) const TEMPLATE: &str = "dist/template";
/// The built simulator.
pub(crate) const SIMULATOR: &str = "dist/simulator";

/// What the browsers of new Outlook, Outlook on the web and Outlook for Mac run.
const MODERN: &str = "es2020";
/// Classic Outlook before version 2403 reads nothing newer (Microsoft: "Troubleshoot event-based and spam-reporting
/// add-ins").
const CLASSIC: &str = "es2016";

const ADDIN_FILES: [(&str, &str); 10] = [
    ("manifest.xml", "manifest.xml"),
    ("addin/src/launch/launch.html", "launch.html"),
    ("addin/src/pane/pane.html", "pane.html"),
    ("addin/src/pane/pane.css", "pane.css"),
    ("addin/src/practice/practice.html", "practice.html"),
    ("addin/src/practice/practice.css", "practice.css"),
    ("docs/guide.da.html", "guide.da.html"),
    ("docs/guide.en.html", "guide.en.html"),
    ("docs/rules.da.html", "rules.da.html"),
    ("docs/rules.en.html", "rules.en.html"),
];
/// Replaces the add-in's own pages in a site that lets every mail pass.
const PAUSED_PAGE: (&str, &str) = ("addin/src/paused/paused.html", "paused.html");
const SIMULATOR_FILES: [(&str, &str); 3] = [
    ("addin/simulator/index.html", "index.html"),
    ("addin/simulator/simulator.css", "simulator.css"),
    ("addin/simulator/microsoft-ajax.js", "microsoft-ajax.js"),
];
const ICONS: [u32; 5] = [16, 32, 64, 80, 128];

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    setup::ready(root)?;
    let policy = policy(root, arguments.policy.as_deref())?;
    let engine = engine::build(root)?;
    let (addin, template, simulator) = (root.join(ADDIN), root.join(TEMPLATE), root.join(SIMULATOR));
    for folder in [&addin.join("icons"), &template.join("icons"), &simulator] {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    }
    shell(root, &engine, &policy, &template, &addin, false)?;
    // In a packed site it is made from that site's policy.
    fs::write(addin.join("support.html"), support_page(&policy, false))?;
    paused(root, &engine, &template)?;
    for folder in [&addin, &template] {
        pages(root, folder)?;
    }
    let modern = |entry| Bundle { entry, target: MODERN, mapped: false };
    bundle(root, &modern("addin/simulator/main.ts"), &engine.glue, &simulator.join("simulator.js"))?;
    copy(root, &SIMULATOR_FILES, &simulator)?;
    sizes::check(&addin)?;
    workshop::build(root)
}

/// Builds the add-in into another folder, with source maps, to measure coverage.
pub(crate) fn mapped(root: &Path, to: &Path) -> Result<()> {
    run(root, &Arguments::default())?;
    let template = to.join("template");
    let addin = to.join("addin");
    for folder in [&template, &addin.join("icons")] {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    }
    shell(root, &engine::build(root)?, &policy(root, None)?, &template, &addin, true)?;
    pages(root, &addin)
}

/// Copies the files that are not scripts.
fn pages(root: &Path, folder: &Path) -> Result<()> {
    copy(root, &ADDIN_FILES, folder)?;
    for size in ICONS {
        let name = format!("icons/icon-{size}.png");
        copy(root, &[(&format!("addin/{name}"), &name)], folder)?;
    }
    Ok(())
}

/// Reads the policy. The error lists every error in it.
fn policy(root: &Path, policy: Option<&Path>) -> Result<PolicyFile> {
    let path = policy.map_or_else(|| root.join("addin/policy.example.json"), Path::to_path_buf);
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    parse(&text).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("{}:{problem}", path.display())).collect();
        anyhow!("nothing is built, since the policy has errors\n{}", lines.join("\n"))
    })
}

/// Bundles the scripts, without a policy into `template` and with it into `addin`.
fn shell(
    root: &Path,
    engine: &engine::Engine,
    policy: &PolicyFile,
    template: &Path,
    addin: &Path,
    mapped: bool,
) -> Result<()> {
    let pack = Pack::new(policy.clone());
    let scripts = [
        ("addin/src/launch/browser.ts", MODERN, "launch-web.js"),
        ("addin/src/launch/browser-content.ts", MODERN, "launch-web-content.js"),
        ("addin/src/launch/classic.ts", CLASSIC, "launch.js"),
        ("addin/src/launch/classic-content.ts", CLASSIC, "launch-content.js"),
        ("addin/src/pane/pane.ts", MODERN, "pane.js"),
        ("addin/src/practice/practice.ts", MODERN, "practice.js"),
    ];
    for (entry, target, name) in scripts {
        let to = template.join(name);
        bundle(root, &Bundle { entry, target, mapped }, &engine.glue, &to)?;
        let inside = match name {
            "launch.js" => Some(&engine.send.translated),
            "launch-content.js" => Some(&engine.content.translated),
            _ => None,
        };
        if let Some(inside) = inside {
            fs::write(&to, one_file(&fs::read_to_string(inside)?, &fs::read_to_string(&to)?)?)?;
        }
        if name == "practice.js" {
            let whole = practice::read(root)?.embed(&fs::read_to_string(&to)?);
            fs::write(&to, whole.map_err(|error| anyhow!("{name}: {error}"))?)?;
        }
        let packed = pack.embed(&fs::read_to_string(&to)?).map_err(|error| anyhow!("{name}: {error}"))?;
        fs::write(addin.join(name), packed)?;
    }
    for folder in [template, addin] {
        let engines = [(&engine.whole, "engine"), (&engine.send, "engine-send"), (&engine.content, "engine-content")];
        for (built, name) in engines {
            fs::copy(&built.wasm, folder.join(name).with_extension("wasm"))?;
            fs::copy(&built.translated, folder.join(name).with_extension("js"))?;
        }
    }
    Ok(())
}

/// Builds the files of a site that lets every mail pass.
fn paused(root: &Path, engine: &engine::Engine, template: &Path) -> Result<()> {
    for (entry, target, name) in [
        ("addin/src/paused/browser.ts", MODERN, "paused-web.js"),
        ("addin/src/paused/classic.ts", CLASSIC, "paused.js"),
    ] {
        bundle(root, &Bundle { entry, target, mapped: false }, &engine.glue, &template.join(name))?;
    }
    copy(root, &[PAUSED_PAGE], template)
}

/// Classic Outlook loads one file: the engine and the shell together, in a function, so that they define no globals.
fn one_file(engine: &str, shell: &str) -> Result<String> {
    if !engine.starts_with("function sendvagtEngine()") {
        bail!("the translated engine does not begin with the function sendvagtEngine");
    }
    Ok(format!("(function(){{{engine}{shell}}})();\n"))
}

fn copy(root: &Path, files: &[(&str, &str)], to: &Path) -> Result<()> {
    for (from, name) in files {
        fs::copy(root.join(from), to.join(name)).with_context(|| format!("{from} cannot be copied"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::policy;
    use crate::root;

    #[test]
    fn a_policy_with_errors_is_not_packed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.json");
        std::fs::write(&path, r#"{"mode":"hard","moed":1}"#).unwrap();
        let error = policy(&root(), Some(&path)).unwrap_err().to_string();
        assert!(error.contains("1:9: mode:") && error.contains("1:16: moed:"), "{error}");
        assert!(policy(&root(), None).is_ok(), "the example policy is packed");
    }
}

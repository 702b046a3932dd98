//! What building needs besides cargo.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{command, read, run};

const WASM: &str = "wasm32-unknown-unknown";
/// A copy of the lock file that the installed packages came from.
const STAMP: &str = "node_modules/.sendvagt-lock.json";

pub(crate) fn ready(root: &Path) -> Result<()> {
    target(root, WASM)?;
    npm_packages(root)
}

/// Node.js, and the npm packages of the lock file.
pub(crate) fn npm_packages(root: &Path) -> Result<()> {
    node(root)?;
    packages(root)
}

/// Adds a target to the Rust toolchain unless it is there.
pub(crate) fn target(root: &Path, target: &str) -> Result<()> {
    // A toolchain from a distribution has its targets as packages and no rustup.
    let sysroot = read(command(root, "rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if Path::new(&sysroot).join("lib/rustlib").join(target).exists() {
        return Ok(());
    }
    println!("Adding the Rust target {target}");
    run(command(root, "rustup").args(["target", "add", target])).with_context(|| {
        format!("the Rust target {target} is missing; install Rust with rustup, or your distribution's package for it")
    })
}

fn node(root: &Path) -> Result<()> {
    let Some(version) = read(command(root, "node").arg("--version")) else {
        bail!("Node.js is missing; install version 20 or later, with npm");
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("Node.js {version} is too old; install version 20 or later");
    }
    Ok(())
}

/// Installs the packages of the lock file unless they are installed already. No install script of a package is run.
fn packages(root: &Path) -> Result<()> {
    let lock = fs::read(root.join("package-lock.json")).context("package-lock.json cannot be read")?;
    if fs::read(root.join(STAMP)).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of the lock file");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(command(root, npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))
        .context("the npm packages cannot be installed; is the registry reachable?")?;
    fs::write(root.join(STAMP), lock).context("node_modules cannot be written")
}

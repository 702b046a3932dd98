//! `cargo xtask coverage`: the share of lines of the core and of the shell that the tests run.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::command::{command, npm_program, run as call};
use crate::{browser, build, setup, test};

#[derive(Args)]
pub(crate) struct Arguments {
    /// What to measure [default: both]
    #[arg(value_enum)]
    part: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The engine in Rust
    Core,
    /// The shell in TypeScript, in Node and in a browser
    Shell,
}

/// The least share of lines that the tests must run, in percent.
const CORE: &str = "95";
const SHELL: &str = "85";
/// Everything but the engine, and `wasm.rs`, which is compiled for WebAssembly alone: tests/engine runs the shipped build.
const NOT_CORE: &str = "crates/|src/wasm.rs|xtask/|/tests/|/tests\\.rs";
const FOLDER: &str = "target/coverage";

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    if arguments.part != Some(Part::Shell) {
        core(root)?;
    }
    if arguments.part != Some(Part::Core) {
        shell(root)?;
    }
    Ok(())
}

fn core(root: &Path) -> Result<()> {
    let there = command(root, "cargo").args(["llvm-cov", "--version"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        bail!("cargo-llvm-cov is not installed; `cargo install cargo-llvm-cov --locked` installs it");
    }
    call(command(root, "rustup").args(["component", "add", "llvm-tools"]))?;
    call(
        command(root, "cargo")
            .args(["llvm-cov", "--locked", "--package", "sendvagt", "--all-features", "--summary-only"])
            .args(["--ignore-filename-regex", NOT_CORE, "--fail-under-lines", CORE]),
    )
    .with_context(|| format!("the tests of the core failed, or run less than {CORE} % of its lines"))
}

/// Node and Chromium record what they ran; the source maps lead back to the modules.
fn shell(root: &Path) -> Result<()> {
    setup::ready(root)?;
    let folder = root.join(FOLDER);
    let (node, chromium) = (folder.join("node"), folder.join("chromium"));
    for raw in [&node, &chromium] {
        if raw.exists() {
            fs::remove_dir_all(raw)?;
        }
        fs::create_dir_all(raw)?;
    }
    build::mapped(root, &folder)?;
    call(test::node_command(root, &["addin"])?.env("NODE_V8_COVERAGE", &node))?;
    call(
        npm_program(root, "playwright")
            .args(["test", "--config", "tests/browser/playwright.config.ts"])
            .args(["pane", "practice", "rules", "cpr-subject", "phone", "engines"])
            .env("SENDVAGT_ADDIN", folder.join("addin"))
            .env("SENDVAGT_COVERAGE", &chromium)
            .env("SENDVAGT_BROWSER", browser::find_or_install(root)?),
    )?;
    call(
        command(root, "node")
            .args(["--import", "tsx", "tests/browser/coverage.ts", SHELL])
            .args([&node, &chromium])
            .arg(folder.join("report")),
    )
}

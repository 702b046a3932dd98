//! `cargo xtask test`: every check and test. `cargo xtask bench`: the benchmarks.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::command::{command, npm_program, run};
use crate::{browser, build, format, generate, release, setup, windows};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The steps to run [default: all]
    #[arg(value_enum)]
    steps: Vec<Step>,
    /// Skip the browser tests; an error in CI
    #[arg(long)]
    no_browser: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// The formatting of the Rust and TypeScript code
    Format,
    /// Clippy, for this machine, for WebAssembly, for Windows, and on the fuzz targets
    Clippy,
    /// The tests in Rust
    Rust,
    /// Whether the pages and files made from the code are up to date
    Generated,
    /// The types of the TypeScript code
    Types,
    /// ESLint
    Lint,
    /// The unit tests of the shell and the simulator
    Shell,
    /// The build of the add-in and the simulator, and the size budgets
    Build,
    /// The built scripts, in Node
    Engine,
    /// The add-in in a browser, through the real office.js
    Browser,
}

pub(crate) fn steps(root: &Path, arguments: &Arguments) -> Result<()> {
    if arguments.no_browser && env::var_os("CI").is_some() {
        bail!("CI is set, and --no-browser is not allowed there");
    }
    let all = Step::value_variants();
    let chosen = if arguments.steps.is_empty() { all } else { arguments.steps.as_slice() };
    setup::ready(root)?;
    let begun = Instant::now();
    let mut skipped = false;
    for step in all.iter().filter(|step| chosen.contains(step)) {
        if *step == Step::Browser && arguments.no_browser {
            skipped = true;
            continue;
        }
        let (name, started) = (name(*step), Instant::now());
        println!("── {name}");
        run_step(root, *step)
            .with_context(|| format!("step `{name}` failed; run it alone with `cargo xtask test {name}`"))?;
        println!("── {name}: {:.1} s", started.elapsed().as_secs_f32());
    }
    if skipped {
        println!("THE BROWSER TESTS WERE SKIPPED: nothing is known about the add-in in a browser.");
    }
    println!("All steps passed in {:.0} s.", begun.elapsed().as_secs_f32());
    Ok(())
}

fn name(step: Step) -> String {
    step.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

fn run_step(root: &Path, step: Step) -> Result<()> {
    match step {
        Step::Format => format::run(root, true),
        Step::Clippy => clippy(root),
        Step::Rust => {
            run(command(root, "cargo").args(["test", "--locked", "--quiet", "--workspace", "--all-features"]))
        }
        Step::Generated => generate::run(root, true),
        Step::Types => run(&mut npm_program(root, "tsc")),
        Step::Lint => run(npm_program(root, "eslint").args(["--max-warnings=0", "."])),
        Step::Shell => node_tests(root, &["addin"]),
        Step::Build => build::run(root, &build::Arguments::default()),
        Step::Engine => node_tests(root, &["tests/engine"]),
        Step::Browser => browser_tests(root),
    }
}

fn clippy(root: &Path) -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    run(command(root, "cargo")
        .args(["clippy", "--locked", "--quiet", "--workspace", "--all-targets", "--all-features"])
        .args(deny))?;
    // A workspace of its own with the same packages: they share a target folder.
    let fuzz = ["--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target"];
    run(command(root, "cargo").args(["clippy", "--locked", "--quiet"]).args(fuzz).args(deny))?;
    for package in ["sendvagt", "sendvagt-audit", "sendvagt-workshop"] {
        let wasm = ["--package", package, "--lib", "--target", "wasm32-unknown-unknown"];
        run(command(root, "cargo").args(["clippy", "--locked", "--quiet"]).args(wasm).args(deny))?;
    }
    if cfg!(windows) { Ok(()) } else { clippy_for_windows(root) }
}

/// Clippy on what runs on Windows, which is otherwise compiled for a release only.
fn clippy_for_windows(root: &Path) -> Result<()> {
    setup::target(root, release::WINDOWS.target)?;
    let packages = windows::PACKAGES.iter().flat_map(|package| ["--package", package]);
    // Nothing is linked here, so that no compiler of C for Windows is needed: `true` compiles nothing, and succeeds.
    run(command(root, "cargo")
        .args(["clippy", "--locked", "--quiet", "--all-targets", "--target", release::WINDOWS.target])
        .args(packages)
        .args(["--target-dir", "target/windows-clippy", "--", "-D", "warnings"])
        .env("CC_x86_64_pc_windows_gnu", "true")
        .env("AR_x86_64_pc_windows_gnu", "true"))
}

/// Node's own test runner, with TypeScript through tsx.
fn node_tests(root: &Path, folders: &[&str]) -> Result<()> {
    run(&mut node_command(root, folders)?)
}

/// The command that runs the tests below these folders.
pub(crate) fn node_command(root: &Path, folders: &[&str]) -> Result<Command> {
    let files: Vec<_> = folders.iter().flat_map(|folder| tests_below(&root.join(folder))).collect();
    if files.is_empty() {
        bail!("there are no tests below {}", folders.join(", "));
    }
    let mut node = command(root, "node");
    // Two files at a time: by default Node leaves one core free, and of two that is half of them.
    node.args(["--import", "tsx", "--test", "--test-reporter=dot", "--test-concurrency=2"]).args(files);
    Ok(node)
}

fn tests_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<_> = entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { tests_below(&path) } else { vec![path] }
        })
        .filter(|path| path.to_string_lossy().ends_with(".test.ts"))
        .collect();
    files.sort();
    files
}

#[derive(Args)]
pub(crate) struct Bench {
    /// What to measure [default: all]
    #[arg(value_enum)]
    part: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Loading and checking, as WebAssembly and as JavaScript, in V8 and in the other engines
    Engine,
    /// From the send event to its completion in a browser, compared with an add-in that does nothing
    Start,
    /// Old mail in the workshop, compared with the program on one core
    OldMail,
}

/// Prints the tables of tests/engine/bench.ts, tests/browser/start.ts and tests/browser/old-mail.ts.
pub(crate) fn bench(root: &Path, arguments: &Bench) -> Result<()> {
    let script = |path: &str| {
        let mut script = command(root, "node");
        script.args(["--import", "tsx", path]);
        script
    };
    let is_wanted = |part: Part| arguments.part.is_none_or(|wanted| wanted == part);
    if is_wanted(Part::Engine) {
        run(&mut script("tests/engine/bench.ts"))?;
    }
    if is_wanted(Part::Start) {
        let browser = browser::find_or_install(root)?;
        run(script("tests/browser/start.ts").env("SENDVAGT_BROWSER", browser))?;
    }
    if is_wanted(Part::OldMail) {
        let browser = browser::find_or_install(root)?;
        let folder = root.join("target/old-mail");
        std::fs::create_dir_all(&folder)?;
        run(command(root, "cargo")
            .args(["bench", "--locked", "--quiet", "--package", "sendvagt-cli", "--bench", "audit", "--"])
            .arg(OLD_MAILS)
            .arg(&folder))?;
        run(script("tests/browser/old-mail.ts").arg(&folder).env("SENDVAGT_BROWSER", browser))?;
    }
    Ok(())
}

/// How many mails the traces of the benchmark hold: 200 MB.
const OLD_MAILS: &str = "1200000";

fn browser_tests(root: &Path) -> Result<()> {
    let browser = browser::find_or_install(root)?;
    let nginx = browser::find_or_install_nginx(root)?;
    let firefox = browser::find_or_install_firefox(root)?;
    run(command(root, "cargo").args(["build", "--locked", "--quiet", "--package", "sendvagt-cli"]))?;
    run(npm_program(root, "playwright")
        .args(["test", "--config", "tests/browser/playwright.config.ts"])
        .env("SENDVAGT_PROGRAM", root.join("target/debug/sendvagt"))
        .env("SENDVAGT_NGINX", nginx)
        .env("SENDVAGT_FIREFOX", firefox)
        .env("SENDVAGT_BROWSER", browser))
}

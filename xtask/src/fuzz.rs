//! `cargo xtask fuzz`: random input, steered by what it reaches.
//!
//! cargo-fuzz asks for a nightly compiler, for the sanitizer alone. The core has no unsafe code for one to watch over, so
//! libFuzzer runs here with the compiler in use, and only its counters are put in.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command::{command, host, run};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The targets to run, one after the other; all when none is named
    targets: Vec<String>,
    /// How long each runs
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    seconds: u32,
}

const TARGETS: [&str; 5] = ["subject", "fold", "draft", "address", "policy"];

/// The counters that libFuzzer reads, as cargo-fuzz sets them.
const FLAGS: [&str; 9] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Clink-dead-code",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
];

pub(crate) fn fuzz(root: &Path, arguments: &Arguments) -> Result<()> {
    let chosen: Vec<&str> = match arguments.targets.as_slice() {
        [] => TARGETS.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    if let Some(unknown) = chosen.iter().find(|name| !TARGETS.contains(name)) {
        bail!("there is no target {unknown}; there are {}", TARGETS.join(", "));
    }
    let (folder, host) = (root.join("fuzz"), host()?);
    run(command(root, "cargo")
        .args([
            "build",
            "--locked",
            "--release",
            "--quiet",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--target-dir",
            "fuzz/target",
        ])
        // Named, so that what only runs while building has no counters.
        .args(["--target", &host])
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
        .env_remove("RUSTFLAGS"))?;
    for target in chosen {
        let (corpus, finds) = (folder.join("corpus").join(target), folder.join("artifacts").join(target));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&finds)?;
        seed(root, target, &corpus)?;
        println!("── {target}, {} s", arguments.seconds);
        run(command(root, folder.join("target").join(&host).join("release").join(target))
            .arg(&corpus)
            .arg(format!("-max_total_time={}", arguments.seconds))
            .arg(format!("-artifact_prefix={}/", finds.display()))
            .args(["-print_final_stats=1", "-verbosity=0", "-timeout=10", "-max_len=2000"]))
        .with_context(|| format!("{target} found something: it lies in {}", finds.display()))?;
    }
    Ok(())
}

/// The labelled lines, the policies and the drafts of the tests are where the search begins.
fn seed(root: &Path, target: &str, corpus: &Path) -> Result<()> {
    let lines = |name: &str| -> Result<Vec<String>> {
        let text = fs::read_to_string(root.join("tests/corpus").join(name))?;
        let subject = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(line.get("subject")?.as_str()?.to_owned())
        };
        Ok(text.lines().filter_map(subject).collect())
    };
    let seeds: Vec<String> = match target {
        "policy" => vec![fs::read_to_string(root.join("addin/policy.example.json"))?, "{}".into()],
        "address" => ["a@region.example", "010203-1234", "/o=ex/cn=x", "a@xn--rdovre-bya.dk\nNavn <b@c.dk>", "*@*"]
            .map(str::to_owned)
            .into(),
        "draft" => lines("dev.jsonl")?
            .into_iter()
            .map(|subject| format!("{subject}\nnedlagt@kommune.example\na@gmail.com|Navn\n sikkerpost@kommune.example"))
            .collect(),
        _ => [lines("dev.jsonl")?, lines("hard.jsonl")?].concat(),
    };
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    Ok(())
}

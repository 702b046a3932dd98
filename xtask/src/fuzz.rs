//! `cargo xtask fuzz`: coverage-guided random input.
//!
//! cargo-fuzz needs a nightly compiler, but only for the sanitizer. The core has no unsafe code that a sanitizer could
//! check, so libFuzzer runs here with the stable compiler, which inserts its counters alone.

mod seeds;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command::{command, host, run};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The targets to run, one after the other [default: all]
    targets: Vec<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    seconds: u32,
}

pub(crate) const TARGETS: [&str; 9] =
    ["subject", "fold", "draft", "body", "address", "policy", "pattern", "csv", "mail"];

/// Inserts the counters that libFuzzer reads; the same flags as cargo-fuzz.
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
        bail!("there is no target {unknown}; the targets are {}", TARGETS.join(", "));
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
            "--features",
            "run",
            "--target-dir",
            "fuzz/target",
        ])
        // A named target keeps the counters out of build scripts and macros.
        .args(["--target", &host])
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
        .env_remove("RUSTFLAGS"))?;
    for target in chosen {
        let (corpus, artifacts) = (folder.join("corpus").join(target), folder.join("artifacts").join(target));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&artifacts)?;
        for (number, seed) in seeds::of(root, target)?.iter().enumerate() {
            fs::write(corpus.join(format!("seed-{number}")), seed)?;
        }
        println!("── {target}, {} s", arguments.seconds);
        run(command(root, folder.join("target").join(&host).join("release").join(target))
            .arg(&corpus)
            .arg(format!("-max_total_time={}", arguments.seconds))
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .args(["-print_final_stats=1", "-verbosity=0", "-timeout=10", "-max_len=2000"]))
        .with_context(|| format!("{target} found a failure; the input is in {}", artifacts.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::{TARGETS, seeds};

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    #[test]
    fn every_target_is_built_and_has_seeds() {
        let targets: BTreeSet<String> = TARGETS.map(str::to_owned).into();
        let files = fs::read_dir(root().join("fuzz/fuzz_targets")).unwrap();
        let files = files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
        assert_eq!(files.collect::<BTreeSet<_>>(), targets);
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        for target in TARGETS {
            assert!(
                manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")),
                "{target} is not a binary of fuzz/Cargo.toml"
            );
            assert!(!seeds::of(root(), target).unwrap().is_empty(), "{target} has no seeds");
        }
    }
}

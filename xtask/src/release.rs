//! `cargo xtask release`: the program that is published, with the add-in inside.

mod contents;
mod notices;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use crate::command::{command, run};
use crate::{build, engine};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Build a second time, from a fresh clone in another folder, and fail when a byte differs
    #[arg(long)]
    twice: bool,
}

const RELEASE: &str = "dist/release";
const PROGRAM: &str = "sendvagt";
const CONTENTS: &str = "sendvagt.cdx.json";
const NOTICES: &str = "THIRD-PARTY.txt";
const LICENSE: &str = "LICENSE";
const SUMS: &str = "SHA256SUMS";

pub(crate) fn release(root: &Path, arguments: &Arguments) -> Result<()> {
    make(root)?;
    if arguments.twice {
        again(root)?;
    }
    Ok(())
}

fn make(root: &Path) -> Result<()> {
    build::run(root, &build::Arguments::default())?;
    let folder = root.join(RELEASE);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let archive = root.join("target/release-addin.tar.gz");
    fs::write(&archive, archived(&root.join(build::TEMPLATE))?)?;
    let program = compile(root, &archive)?;
    fs::copy(&program, folder.join(PROGRAM)).with_context(|| format!("{} cannot be copied", program.display()))?;
    fs::write(folder.join(CONTENTS), contents::list(root)?)?;
    fs::write(folder.join(NOTICES), notices::collect(root)?)?;
    fs::copy(root.join(LICENSE), folder.join(LICENSE)).context("the licence cannot be copied")?;
    let sums = sums(&folder)?;
    fs::write(folder.join(SUMS), &sums)?;
    print!("{sums}");
    println!("The release is in {RELEASE}.");
    Ok(())
}

/// The add-in as one archive; the same bytes whenever and wherever it is made.
fn archived(template: &Path) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzBuilder::new().mtime(0).write(Vec::new(), Compression::best()));
    for path in files(template, "")? {
        let bytes = fs::read(template.join(&path))?;
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(bytes.len())?);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, &path, bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

/// The files below a folder, sorted, with slashes.
fn files(folder: &Path, below: &str) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            paths.extend(files(&entry.path(), &format!("{path}/"))?);
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn compile(root: &Path, archive: &Path) -> Result<PathBuf> {
    // A folder of its own: with other flags cargo would rebuild everything, here and in the next ordinary build.
    let target = root.join("target/release-program");
    run(command(root, "cargo")
        .args(["rustc", "--locked", "--quiet", "--release", "--package", "sendvagt-cli", "--bin", PROGRAM])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "--cfg", "sendvagt_addin", "-C", "strip=symbols"])
        .env("SENDVAGT_ADDIN", archive)
        .env("CARGO_ENCODED_RUSTFLAGS", engine::remap(root).join("\u{1f}"))
        .env_remove("RUSTFLAGS"))?;
    Ok(target.join("release").join(PROGRAM))
}

/// The format of `sha256sum`.
fn sums(folder: &Path) -> Result<String> {
    let mut sums = String::new();
    for path in files(folder, "")? {
        let hash: String = Sha256::digest(fs::read(folder.join(&path))?).iter().map(|b| format!("{b:02x}")).collect();
        sums.push_str(&format!("{hash}  {path}\n"));
    }
    Ok(sums)
}

/// Builds what is committed a second time, in another folder.
fn again(root: &Path) -> Result<()> {
    let other = tempfile::tempdir()?;
    let copy = other.path().join("elsewhere");
    run(command(root, "git").args(["clone", "--quiet", "--no-hardlinks"]).arg(root).arg(&copy))?;
    run(command(&copy, "cargo").args(["xtask", "release"]).env_remove("CARGO_TARGET_DIR"))?;
    let (first, second) =
        (fs::read_to_string(root.join(RELEASE).join(SUMS))?, fs::read_to_string(copy.join(RELEASE).join(SUMS))?);
    if first != second {
        bail!("the two builds differ; is everything committed?\nhere:\n{first}in another folder:\n{second}");
    }
    println!("Both builds gave the same bytes.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{archived, sums};

    #[test]
    fn an_archive_is_the_same_whenever_it_is_made() {
        let made = || {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join("icons")).unwrap();
            for path in ["b.js", "a.js", "icons/icon.png"] {
                std::fs::write(folder.path().join(path), path).unwrap();
            }
            (archived(folder.path()).unwrap(), sums(folder.path()).unwrap())
        };
        let (first, sums) = made();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(made().0, first, "a second later");
        assert_eq!(sums.lines().count(), 3);
        assert!(sums.lines().next().is_some_and(|line| line.ends_with("  a.js") && line.len() == 64 + 6), "{sums}");
    }
}

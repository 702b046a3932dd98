//! `cargo xtask release`: the programs that are published, with the add-in inside, and what goes with them.

mod archive;
mod contents;
mod notices;
mod platform;
mod winget;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use sha2::{Digest, Sha256};

use crate::command::{command, output, run};
use crate::{build, workshop};

pub(crate) use platform::WINDOWS;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Build a second time, from a fresh clone in another folder, and fail when a byte differs
    #[arg(long)]
    twice: bool,
    /// Put the archives in this folder, made on other machines, into the release too
    #[arg(long, value_name = "FOLDER")]
    with: Option<PathBuf>,
    /// The address below which the files will be published: with it, a manifest for winget is written
    #[arg(long, value_name = "URL")]
    address: Option<String>,
}

const RELEASE: &str = "dist/release";
const PROGRAM: &str = "sendvagt";
const CONTENTS: &str = "sendvagt.cdx.json";
const NOTICES: &str = "THIRD-PARTY.txt";
const WORKSHOP: &str = "sendvagt-workshop.html";
const LICENSE: &str = "LICENSE";
const BUILD: &str = "BUILD.txt";
const SUMS: &str = "SHA256SUMS";

pub(crate) fn release(root: &Path, arguments: &Arguments) -> Result<()> {
    if arguments.twice {
        committed(root)?;
    }
    make(root, arguments)?;
    if arguments.twice {
        // What was changed while it was built may be in one of the programs.
        committed(root)?;
        again(root, arguments)?;
    }
    Ok(())
}

/// Fails unless all is committed: the second build is of what is, and half an hour later they would differ.
fn committed(root: &Path) -> Result<()> {
    let changed = output(command(root, "git").args(["status", "--porcelain"]))?;
    if !changed.trim().is_empty() {
        bail!("commit first, and leave the files alone meanwhile: the second build is of what is committed\n{changed}");
    }
    Ok(())
}

fn make(root: &Path, arguments: &Arguments) -> Result<()> {
    let platforms = platform::made_here()?;
    for platform in &platforms {
        platform.ready(root)?;
    }
    build::run(root, &build::Arguments::default())?;
    let folder = root.join(RELEASE);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let addin = root.join("target/release-addin.tar.gz");
    fs::write(&addin, archived(&root.join(build::TEMPLATE))?)?;
    let notices = notices::collect(root)?;
    let page = fs::read(root.join(workshop::PAGE)).context("the workshop cannot be read")?;
    let common = archive::common(root, &notices, page.clone())?;
    for platform in &platforms {
        println!("Building for {}", platform.name);
        let program = platform.compile(root, &addin)?;
        let path = folder.join(platform.program);
        fs::write(&path, &program)?;
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        let (name, bytes) = archive::packed(platform, &program, &common)?;
        fs::write(folder.join(&name), &bytes)?;
        if let Some(address) = arguments.address.as_deref().filter(|_| name.ends_with(".zip")) {
            winget::write(&folder, address, &name, &sha256(&bytes))?;
        }
    }
    if let Some(others) = &arguments.with {
        for path in files(others, "")? {
            fs::copy(others.join(&path), folder.join(&path)).with_context(|| format!("{path} cannot be copied"))?;
        }
    }
    fs::write(folder.join(WORKSHOP), page)?;
    fs::write(folder.join(CONTENTS), contents::list(root)?)?;
    fs::write(folder.join(NOTICES), notices)?;
    fs::write(folder.join(BUILD), tools(root, &platforms)?)?;
    fs::copy(root.join(LICENSE), folder.join(LICENSE)).context("the licence cannot be copied")?;
    let sums = sums(&folder)?;
    fs::write(folder.join(SUMS), &sums)?;
    print!("{sums}");
    println!("The release is in {RELEASE}.");
    Ok(())
}

/// With what it was built: with the same, anybody gets the same bytes.
fn tools(root: &Path, platforms: &[platform::Platform]) -> Result<String> {
    let said = |program: &str, argument: &str| -> Result<String> {
        Ok(output(command(root, program).arg(argument))?.trim().to_owned())
    };
    let commit = output(command(root, "git").args(["rev-parse", "HEAD"]))?;
    let mut text = format!(
        "Sendvagt {}, commit {}, was built with\n\n{}\n{}\nnode {}\n",
        sendvagt::VERSION,
        commit.trim(),
        said("rustc", "--version")?,
        said("cargo", "--version")?,
        said("node", "--version")?
    );
    for platform in platforms {
        text.push_str(&format!("{}: {}\n", platform.name, platform.compiler_version(root)?));
    }
    text.push_str("\nWith the same, `cargo xtask release` gives the same bytes.\n");
    Ok(text)
}

/// The add-in as one archive; the same bytes whenever and wherever it is made.
pub(crate) fn archived(template: &Path) -> Result<Vec<u8>> {
    let paths = files(template, "")?;
    let read = |path: String| Ok((path.clone(), fs::read(template.join(&path))?, 0o644));
    archive::tarred(paths.into_iter().map(read).collect::<Result<Vec<_>>>()?)
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

/// The format of `sha256sum`.
fn sums(folder: &Path) -> Result<String> {
    let mut sums = String::new();
    for path in files(folder, "")? {
        sums.push_str(&format!("{}  {path}\n", sha256(&fs::read(folder.join(&path))?)));
    }
    Ok(sums)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Builds what is committed a second time, in another folder.
fn again(root: &Path, arguments: &Arguments) -> Result<()> {
    let other = tempfile::tempdir()?;
    let copy = other.path().join("elsewhere");
    run(command(root, "git").args(["clone", "--quiet", "--no-hardlinks"]).arg(root).arg(&copy))?;
    let mut release = command(&copy, "cargo");
    release.args(["xtask", "release"]).env_remove("CARGO_TARGET_DIR");
    if let Some(others) = &arguments.with {
        release.arg("--with").arg(fs::canonicalize(others)?);
    }
    if let Some(address) = &arguments.address {
        release.args(["--address", address]);
    }
    run(&mut release)?;
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

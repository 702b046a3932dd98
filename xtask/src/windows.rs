//! `cargo xtask windows`: the tests of the program as Windows runs it, on Windows itself or under Wine.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command::{command, read, run};
use crate::release::WINDOWS;

/// The program, and what it reads and writes files with.
pub(crate) const PACKAGES: [&str; 4] = ["sendvagt-cli", "sendvagt-files", "sendvagt-site", "sendvagt-audit"];

pub(crate) fn test(root: &Path) -> Result<()> {
    let mut tests = command(root, "cargo");
    tests.args(["test", "--locked", "--no-fail-fast"]);
    tests.args(PACKAGES.iter().flat_map(|package| ["--package", package]));
    if cfg!(windows) {
        return run(&mut tests);
    }
    let wine = Wine::ready(root)?;
    wine.prepare(tests.args(["--target", WINDOWS.target]).env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "wine"));
    run(&mut tests)?;
    ctrl_c(root, &wine)?;
    println!("Ctrl-C leaves a valid partial result.");
    Ok(())
}

struct Wine {
    /// Its Windows folder and registry.
    prefix: PathBuf,
    /// Where it looks for libraries that it lacks.
    libraries: PathBuf,
}

impl Wine {
    fn ready(root: &Path) -> Result<Self> {
        WINDOWS.ready(root)?;
        let version = read(command(root, "wine").arg("--version"))
            .context("Wine is missing; Debian and Ubuntu have it in wine and wine64")?;
        println!("{version}");
        let libraries = root.join("target/wine");
        fs::create_dir_all(&libraries)?;
        // Wine 8 lacks this library. Where Wine has it, Wine's own is found first.
        run(command(root, "x86_64-w64-mingw32-gcc")
            .args(["-shared", "-O2", "-o"])
            .arg(libraries.join("bcryptprimitives.dll"))
            .args(["tests/windows/bcryptprimitives.c", "-ladvapi32"]))?;
        Ok(Self { prefix: libraries.join("prefix"), libraries })
    }

    fn prepare(&self, command: &mut Command) {
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEPATH", &self.libraries)
            // Neither its own log nor the offer to install .NET and a browser.
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=");
    }
}

/// Stops an audit by the signal of which Wine makes a Ctrl-C: it gives the tests no console to send one from.
fn ctrl_c(root: &Path, wine: &Wine) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let program = root.join("target").join(WINDOWS.target).join("debug").join(WINDOWS.program);
    let mut audit = command(folder.path(), "wine");
    wine.prepare(&mut audit);
    audit.arg(program).args(["audit", "-", "--language", "en", "--findings", "found.csv"]);
    let mut audit = audit.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut input = audit.stdin.take().context("its input is piped")?;
    // More than a pipe holds: once all is taken, the program is reading.
    for _ in 0..20_000 {
        input.write_all(b"Vedr. 010203-1234\n")?;
    }
    run(command(root, "kill").args(["-INT", &audit.id().to_string()]))?;
    let output = audit.wait_with_output()?;
    drop(input);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let left: Vec<_> = fs::read_dir(folder.path())?.map(|entry| Ok(entry?.file_name())).collect::<Result<_>>()?;
    if output.status.code() != Some(2) || !printed.contains("Reading was stopped.") || left != ["found.csv"] {
        bail!("Ctrl-C: {}, {left:?}\n{printed}", output.status);
    }
    Ok(())
}

//! The machines that a program is made for, and what building for them needs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::PROGRAM;
use crate::command::{command, host, read, run};
use crate::{engine, setup, workshop};

/// A machine that a program is made for.
pub(crate) struct Platform {
    /// As in the names of files.
    pub(crate) name: &'static str,
    /// Rust's name for it.
    pub(crate) target: &'static str,
    /// The file that is run.
    pub(crate) program: &'static str,
    /// The C compiler: ring, for the TLS of `sendvagt verify`, has parts in C.
    compiler: &'static str,
    /// What to install when the compiler is missing.
    install: &'static str,
    flags: &'static [&'static str],
}

/// Linked against musl, whose code is in the program: it runs on every Linux, whatever its glibc.
const LINUX: Platform = Platform {
    name: "linux-x86_64",
    target: "x86_64-unknown-linux-musl",
    program: PROGRAM,
    compiler: "musl-gcc",
    install: "Debian and Ubuntu have it in musl-tools",
    flags: &[],
};

/// Of the two kinds of programs for Windows the one that builds on Linux. It needs no library but those of Windows.
pub(crate) const WINDOWS: Platform = Platform {
    name: "windows-x86_64",
    target: "x86_64-pc-windows-gnu",
    program: "sendvagt.exe",
    compiler: "x86_64-w64-mingw32-gcc",
    install: "Debian and Ubuntu have it in gcc-mingw-w64-x86-64-win32",
    // The linker would write the time into the program.
    flags: &["-C", "link-arg=-Wl,--no-insert-timestamp"],
};

const MAC: Platform = Platform {
    name: "macos-aarch64",
    target: "aarch64-apple-darwin",
    program: PROGRAM,
    compiler: "cc",
    install: "`xcode-select --install` installs it",
    flags: &[],
};

/// The programs that this machine makes.
pub(super) fn made_here() -> Result<Vec<Platform>> {
    match host()?.as_str() {
        of if of.contains("linux") => Ok(vec![LINUX, WINDOWS]),
        of if of.contains("darwin") => Ok(vec![MAC]),
        other => bail!("a release is made on Linux, for Linux and Windows, or on a Mac; this machine is {other}"),
    }
}

impl Platform {
    /// Fails when something is missing that building needs.
    pub(crate) fn ready(&self, root: &Path) -> Result<()> {
        setup::target(root, self.target)?;
        self.compiler_version(root).map(|_| ())
    }

    /// The first line that the C compiler says of itself.
    pub(super) fn compiler_version(&self, root: &Path) -> Result<String> {
        let Platform { name, compiler, install, .. } = self;
        let said = read(command(root, compiler).arg("--version"));
        let said = said.with_context(|| format!("{compiler} is missing, and {name} needs it; {install}"))?;
        Ok(said.lines().next().unwrap_or_default().to_owned())
    }

    /// Builds the program with this add-in and the workshop inside.
    pub(super) fn compile(&self, root: &Path, archive: &Path) -> Result<Vec<u8>> {
        // A folder of its own: with other flags cargo would rebuild everything, here and in the next ordinary build. It lies
        // where temporary files do, since mingw's linker orders the imports by the paths of the libraries: the order must not
        // depend on where the repository is.
        let temporary = tempfile::Builder::new().prefix("sendvagt-release-").tempdir()?;
        let folder = temporary.path().to_path_buf();
        run(command(root, "cargo")
            .args(["rustc", "--locked", "--quiet", "--release", "--package", "sendvagt-cli", "--bin", PROGRAM])
            .args(["--target", self.target, "--target-dir"])
            .arg(&folder)
            .args(["--", "--cfg", "sendvagt_addin", "-C", "strip=symbols"])
            .args(self.flags)
            .env("SENDVAGT_ADDIN", archive)
            .env("SENDVAGT_WORKSHOP", root.join(workshop::WITHOUT_ADDIN))
            .env("CARGO_ENCODED_RUSTFLAGS", engine::remap(root).join("\u{1f}"))
            .env_remove("RUSTFLAGS"))?;
        let program = folder.join(self.target).join("release").join(self.program);
        fs::read(&program).with_context(|| format!("{} was not built", program.display()))
    }
}

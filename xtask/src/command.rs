//! Runs other programs.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A program that runs in the repository's folder.
pub(crate) fn command(root: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root);
    command
}

/// Node with a script, named by its path from the repository's folder.
pub(crate) fn node(root: &Path, script: &str) -> Command {
    let mut node = command(root, "node");
    node.arg(root.join(script));
    node
}

/// A program that an npm package installs.
pub(crate) fn npm_program(root: &Path, name: &str) -> Command {
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    command(root, root.join("node_modules/.bin").join(format!("{name}{suffix}")))
}

/// Runs to the end; what the program prints is shown as it comes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = name(command);
    let status = command.status().with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs to the end and shows what the program prints only if it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    stdout(command).map(|_| ())
}

/// Runs to the end and returns what the program prints.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    String::from_utf8(stdout(command)?).with_context(|| format!("{} does not print UTF-8", name(command)))
}

/// The standard output. The error of a program that fails holds all that it printed.
fn stdout(command: &mut Command) -> Result<Vec<u8>> {
    let name = name(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        let printed = [output.stdout, output.stderr].concat();
        bail!("{name} failed ({}):\n{}", output.status, String::from_utf8_lossy(&printed));
    }
    Ok(output.stdout)
}

/// The standard output of a program that may be missing; `None` when it cannot be started or fails.
pub(crate) fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn name(command: &Command) -> String {
    let file = |text: &OsStr| Path::new(text).file_name().unwrap_or(text).to_string_lossy().into_owned();
    let first = command.get_args().next().map(|argument| format!(" {}", file(argument)));
    format!("{}{}", file(command.get_program()), first.unwrap_or_default())
}

/// The platform that rustc builds for by default.
pub(crate) fn host() -> Result<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("`rustc -vV` prints no host")
}

//! `cargo xtask demo` and `serve`: the simulator with the add-in in it, or with `--https` the add-in alone for a real
//! Outlook; on this machine only. xtask/serve is the server.

use std::path::{Path, PathBuf, absolute};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command::command;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The port; the next free one if it is in use, but not with --https
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    https: Https,
}

/// For a real Outlook, which accepts only what comes over TLS.
#[derive(Args)]
struct Https {
    /// Serve the add-in alone, over TLS, to install it in Outlook (docs/develop.md)
    #[arg(long)]
    https: bool,
    /// Have the developer certificate trusted for your user first; the system may ask you
    #[arg(long, requires = "https", conflicts_with = "cert")]
    trust: bool,
    /// A certificate of your own for localhost, instead of the one that office-addin-dev-certs makes
    #[arg(long, value_name = "FILE", requires_all = ["https", "key"])]
    cert: Option<PathBuf>,
    /// Its key
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let Arguments { port, no_open, https } = arguments;
    let mut server = command(root, "node");
    server.args(["--import", "tsx", "xtask/serve/main.ts", "--port", &port.to_string()]);
    for (flag, is_set) in [("--no-open", *no_open), ("--https", https.https), ("--trust", https.trust)] {
        if is_set {
            server.arg(flag);
        }
    }
    for (option, file) in [("--cert", &https.cert), ("--key", &https.key)] {
        if let Some(file) = file {
            // The server runs in the repository's folder; the paths are relative to the user's.
            server.arg(option).arg(absolute(file)?);
        }
    }
    let mut server = server.stdin(Stdio::piped()).spawn().context("Node.js cannot be started")?;
    // The server ends when its input does, even if this program is killed; waiting for it would close the input at once.
    let input = server.stdin.take();
    let status = server.wait()?;
    drop(input);
    if status.success() { Ok(()) } else { bail!("port {port} is not served") }
}

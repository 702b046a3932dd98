//! Bundles the shell and the simulator with esbuild.

use std::path::Path;

use anyhow::Result;

use crate::command::{command, run_quietly};

/// A script to build.
pub(crate) struct Bundle<'a> {
    /// The entry module, as a path from the repository's folder.
    pub(crate) entry: &'a str,
    /// The newest syntax that it may use, as esbuild names it.
    pub(crate) target: &'a str,
    /// Is it left readable, with a source map, to measure coverage?
    pub(crate) mapped: bool,
}

/// Bundles one script.
pub(crate) fn bundle(root: &Path, bundle: &Bundle, glue: &Path, to: &Path) -> Result<()> {
    run_quietly(
        command(root, "node")
            .arg(root.join("node_modules/esbuild/bin/esbuild"))
            .arg(root.join(bundle.entry))
            .args([
                "--bundle",
                if bundle.mapped { "--sourcemap=inline" } else { "--minify" },
                "--format=iife",
                "--charset=utf8",
                "--legal-comments=none",
                "--log-level=warning",
            ])
            .arg(format!("--target={}", bundle.target))
            .arg(format!("--alias:sendvagt-engine-glue={}", glue.display()))
            .arg(format!("--outfile={}", to.display())),
    )
}

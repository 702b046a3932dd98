//! The shell and the simulator, bundled by esbuild.

use std::path::Path;

use anyhow::Result;

use crate::command::{command, run_quietly};

/// A script to make.
pub(crate) struct Bundle<'a> {
    /// The module it begins with, from the repository's folder.
    pub(crate) entry: &'a str,
    /// The newest syntax it may have, in esbuild's words.
    pub(crate) target: &'a str,
    /// Readable, with a map to the modules it is made of, to measure what of them runs?
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

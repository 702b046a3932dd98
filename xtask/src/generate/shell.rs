//! The pages that modules of the shell make: each exports `page(): string`.

use std::path::Path;

use anyhow::Result;

use crate::command::{command, output};

const PRINT: &str = "const { page } = await import(process.argv[1]); process.stdout.write(page());";

/// The page that a module makes, in Node; its path is that from the repository's folder.
pub(super) fn page(root: &Path, module: &str) -> Result<String> {
    output(
        command(root, "node")
            .args(["--import", "tsx", "--input-type=module", "--eval", PRINT])
            .arg(format!("./{module}")),
    )
}

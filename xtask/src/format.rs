//! `cargo xtask format`: the layout of the code.
//!
//! Prettier formats TypeScript, HTML and CSS. rustfmt is given every file. `cargo fmt` follows `mod` lines and stays in the workspace: it misses the rules, whose
//! lines a macro writes, and the fuzz targets.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{command, npm_program, run as call};

const REMEDY: &str = "`cargo xtask format` formats the code";

/// Formats the code. With `check`, code that is not formatted is an error instead.
pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    rust(root, check)?;
    web(root, check)
}

fn rust(root: &Path, check: bool) -> Result<()> {
    let mut rustfmt = command(root, "rustfmt");
    rustfmt.args(["--edition", "2024"]);
    if check {
        rustfmt.arg("--check");
    }
    call(rustfmt.args(rust_files(root, Path::new(""))?)).context(REMEDY)
}

/// Formats the TypeScript, HTML and CSS, or checks them.
fn web(root: &Path, check: bool) -> Result<()> {
    let mode = if check { "--check" } else { "--write" };
    call(npm_program(root, "prettier").args([mode, "--log-level=warn", "."])).context(REMEDY)
}

/// The files below a folder, as paths from the root, without what is built or installed.
fn rust_files(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let read = fs::read_dir(root.join(folder)).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in read {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            let name = entry.file_name();
            let foreign = name == "dist" || name == "node_modules" || name == "target";
            if !foreign && !name.to_string_lossy().starts_with('.') {
                files.extend(rust_files(root, &path)?);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{rust, rust_files};
    use crate::root;

    #[test]
    fn files_that_cargo_fmt_misses_are_found() {
        let files = rust_files(&root(), Path::new("")).unwrap();
        for file in ["src/lib.rs", "src/rules/cpr_in_subject.rs", "fuzz/fuzz_targets/draft.rs", "xtask/src/main.rs"] {
            assert!(files.iter().any(|path| path == Path::new(file)), "{file}");
        }
        assert!(!files.iter().any(|path| path.starts_with("target") || path.starts_with("fuzz/target")));
    }

    #[test]
    fn a_check_names_the_command_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("src/rules")).unwrap();
        let file = folder.path().join("src/rules/rule.rs");
        fs::write(&file, "fn  rule( ) {}\n").unwrap();
        let error = format!("{:#}", rust(folder.path(), true).unwrap_err());
        assert!(error.contains("cargo xtask format"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "fn  rule( ) {}\n");
        rust(folder.path(), false).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "fn rule() {}\n");
        rust(folder.path(), true).unwrap();
    }
}

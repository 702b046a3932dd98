//! Wildcards in the names of files. Unix shells expand them; Windows' shells leave that to the programs.

use std::path::PathBuf;

#[cfg(not(windows))]
#[expect(clippy::unnecessary_wraps, reason = "on Windows a pattern may match nothing")]
pub(crate) fn expanded(files: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    Ok(files.to_vec())
}

/// The files that each name stands for, sorted. A name without wildcards stands for itself.
#[cfg(windows)]
pub(crate) fn expanded(files: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for file in files {
        match file.to_str().filter(|name| name.contains(['*', '?'])) {
            Some(pattern) => all.extend(matching(pattern)?),
            None => all.push(file.clone()),
        }
    }
    Ok(all)
}

#[cfg(windows)]
fn matching(pattern: &str) -> Result<Vec<PathBuf>, String> {
    // Only `*` and `?` are wildcards to people on Windows, and `trace[1].csv` is what a browser names a second download.
    let literal = pattern.replace('[', "[[]");
    let options = glob::MatchOptions { case_sensitive: false, ..glob::MatchOptions::new() };
    let found = glob::glob_with(&literal, options).map_err(|error| format!("{pattern} is no pattern: {error}"))?;
    let found: Vec<PathBuf> =
        found.collect::<Result<_, _>>().map_err(|error| format!("{pattern} cannot be followed: {error}"))?;
    if found.is_empty() {
        return Err(format!("{pattern} matches no file; is it the right folder?"));
    }
    Ok(found)
}

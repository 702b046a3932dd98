//! The files of a Maildir.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) fn is_maildir(folder: &Path) -> bool {
    folder.join("cur").is_dir() || folder.join("new").is_dir()
}

/// The mails of a Maildir and of the Maildirs in it, sorted by name.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for name in ["cur", "new"] {
        let mails = folder.join(name);
        if mails.is_dir() {
            files.extend(entries(&mails)?.into_iter().filter(|path| path.is_file()));
        }
    }
    for path in entries(folder)? {
        let is_own = path.file_name().is_some_and(|name| name == "cur" || name == "new" || name == "tmp");
        // A link may lead back: then each mail would count many times, or reading would never end.
        if !is_own && !path.is_symlink() && path.is_dir() && is_maildir(&path) {
            files.extend(self::files(&path)?);
        }
    }
    Ok(files)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

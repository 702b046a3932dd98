//! Writes a file or a folder whole or not at all: under a temporary name first, which is then renamed.
//!
//! Invariants: what was at the path before stays there until the new content is complete, and after any error. Temporary
//! files are created in the same folder, so that renaming works, and are removed after an error.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file under a temporary name until it is finished. Only its owner may read it, since it may hold personal data.
#[derive(Debug)]
pub struct AtomicFile {
    writer: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl AtomicFile {
    /// Creates the temporary file, in the folder of `path`.
    ///
    /// # Errors
    ///
    /// When no file can be created in the folder.
    pub fn start(path: &Path) -> io::Result<Self> {
        Self::start_as(&tempfile::Builder::new(), path)
    }

    fn start_as(builder: &tempfile::Builder<'_, '_>, path: &Path) -> io::Result<Self> {
        Ok(Self { writer: BufWriter::new(builder.tempfile_in(folder_of(path))?), path: path.to_owned() })
    }

    /// The path that the finished file will have.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the rest and renames the file to its path, replacing an earlier file.
    ///
    /// # Errors
    ///
    /// When the rest cannot be written or the file cannot be renamed. An earlier file is unchanged then.
    pub fn finish(self) -> io::Result<()> {
        let file = self.writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes a file with the user's usual permissions (`umask`).
///
/// # Errors
///
/// When it cannot be written. An earlier file is unchanged then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = AtomicFile::start_as(&builder, path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// Replaces the folder `out` by one with these files, whose paths have slashes.
///
/// # Errors
///
/// When a file or folder cannot be written. An earlier folder is unchanged then.
pub fn write_folder(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let parent = folder_of(out);
    fs::create_dir_all(parent)?;
    let temporary = tempfile::Builder::new().prefix(".sendvagt-").tempdir_in(parent)?;
    let new = temporary.path().join("new");
    for (path, bytes) in files {
        let file = new.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, bytes)?;
    }
    let old = temporary.path().join("old");
    if out.exists() {
        fs::rename(out, &old)?;
    }
    fs::rename(&new, out).inspect_err(|_| {
        // Restore the earlier folder. When that fails too, nothing more can be done.
        let _ = fs::rename(&old, out);
    })
}

/// The folder that contains a path.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Write;

    use super::{AtomicFile, write, write_folder};

    #[test]
    fn an_unfinished_file_leaves_the_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        write(&path, b"first").unwrap();
        let mut unfinished = AtomicFile::start(&path).unwrap();
        unfinished.write_all(b"half").unwrap();
        drop(unfinished);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_folder_replaces_the_earlier_one_and_leaves_it_on_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        let files = |name: &str| BTreeMap::from([(name.to_owned(), b"x".to_vec())]);
        write_folder(&out, &files("a/b")).unwrap();
        write_folder(&out, &files("c")).unwrap();
        assert!(out.join("c").exists() && !out.join("a").exists());
        let both = BTreeMap::from([("d".to_owned(), Vec::new()), ("d/e".to_owned(), Vec::new())]);
        assert!(write_folder(&out, &both).is_err(), "a file cannot be a folder too");
        assert!(out.join("c").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}

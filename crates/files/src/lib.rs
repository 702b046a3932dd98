//! Writes a file or a folder whole or not at all: under another name first, then in its place. What was there stays until
//! the new one is complete.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file under another name until it is whole. Only its owner may read it: what it holds is about people.
#[derive(Debug)]
pub struct Whole {
    into: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Whole {
    /// Starts a file in the folder in which it shall lie.
    ///
    /// # Errors
    ///
    /// When the folder takes no new file.
    pub fn start(path: &Path) -> io::Result<Self> {
        Self::start_as(&tempfile::Builder::new(), path)
    }

    fn start_as(builder: &tempfile::Builder<'_, '_>, path: &Path) -> io::Result<Self> {
        Ok(Self { into: BufWriter::new(builder.tempfile_in(folder_of(path))?), path: path.to_owned() })
    }

    /// Where it will lie.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name; a file that had it before is replaced.
    ///
    /// # Errors
    ///
    /// When the rest cannot be written, or the name cannot be taken. The file that had it before is unchanged then.
    pub fn finish(self) -> io::Result<()> {
        let file = self.into.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.into.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}

/// Writes a file that others may read, as far as the user's settings let them.
///
/// # Errors
///
/// When it cannot be written. A file that had the name before is unchanged then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut whole = Whole::start_as(&builder, path)?;
    whole.write_all(bytes)?;
    whole.finish()
}

/// Writes files, by their paths with slashes, into a new folder beside `out`, and puts it in its place.
///
/// # Errors
///
/// When it cannot be written. What lay at `out` before is there still then.
pub fn write_folder(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let parent = folder_of(out);
    fs::create_dir_all(parent)?;
    let fresh = tempfile::Builder::new().prefix(".sendvagt-").tempdir_in(parent)?;
    let whole = fresh.path().join("new");
    for (path, bytes) in files {
        let file = whole.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, bytes)?;
    }
    let aside = fresh.path().join("old");
    if out.exists() {
        fs::rename(out, &aside)?;
    }
    fs::rename(&whole, out).inspect_err(|_| {
        // What was there comes back; nothing more can be done where even that fails.
        let _ = fs::rename(&aside, out);
    })
}

/// The folder in which a path lies.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Write;

    use super::{Whole, write, write_folder};

    #[test]
    fn a_file_that_is_not_finished_leaves_the_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        write(&path, b"first").unwrap();
        let mut half = Whole::start(&path).unwrap();
        half.write_all(b"half").unwrap();
        drop(half);
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

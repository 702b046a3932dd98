//! Writes a file or a folder whole or not at all: under a temporary name first, which is then renamed.
//!
//! Invariants: what was at the path before stays there until the new content is complete, and after any error. Temporary
//! files are created in the same folder, so that renaming works, and are removed after an error. Windows replaces no file
//! that another program has open: this is found before the work begins, and said in words.

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

    /// The same with the user's usual permissions (`umask`).
    ///
    /// # Errors
    ///
    /// When no file can be created in the folder.
    pub fn start_shared(path: &Path) -> io::Result<Self> {
        #[cfg_attr(not(unix), expect(unused_mut, reason = "Windows has no such permissions"))]
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Self::start_as(&builder, path)
    }

    fn start_as(builder: &tempfile::Builder<'_, '_>, path: &Path) -> io::Result<Self> {
        refuse_if_open(path)?;
        let folder = folder_of(path);
        let file = builder.tempfile_in(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                io::Error::new(error.kind(), format!("the folder {} is not there", folder.display()))
            }
            // The error names the temporary file, of which the user knows nothing.
            kind => io::Error::from(kind),
        })?;
        Ok(Self { writer: BufWriter::new(file), path: path.to_owned() })
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
        file.persist(&self.path).map_err(|error| explained(error.error))?;
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
    let mut file = AtomicFile::start_shared(path)?;
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
    refuse_if_any_open(out)?;
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
        fs::rename(out, &old).map_err(explained)?;
    }
    fs::rename(&new, out).inspect_err(|_| {
        // Restore the earlier folder. When that fails too, nothing more can be done.
        let _ = fs::rename(&old, out);
    })
}

/// Fails where the file cannot be replaced because another program has it open. Other systems than Windows can always.
///
/// # Errors
///
/// What to do about it.
pub fn refuse_if_open(path: &Path) -> io::Result<()> {
    #[cfg(windows)]
    if path.is_file() {
        let alone = std::os::windows::fs::OpenOptionsExt::share_mode(fs::OpenOptions::new().write(true), 0).open(path);
        alone.map_err(explained)?;
    }
    #[cfg(not(windows))]
    let _ = path;
    Ok(())
}

/// The same for every file in a folder; the error names the file.
fn refuse_if_any_open(folder: &Path) -> io::Result<()> {
    if !cfg!(windows) || !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            refuse_if_any_open(&path)?;
        } else {
            refuse_if_open(&path)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        }
    }
    Ok(())
}

/// Windows' own words, such as "Access is denied", do not say what to do.
fn explained(error: io::Error) -> io::Error {
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    match error.raw_os_error() {
        Some(ACCESS_DENIED | SHARING_VIOLATION | LOCK_VIOLATION) if cfg!(windows) => io::Error::new(
            error.kind(),
            "is it open in another program, such as Excel? Close it there and try again; if it is open nowhere, you may \
             not change it",
        ),
        _ => error,
    }
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

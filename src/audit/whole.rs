//! Files that are written whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;

/// A file under another name until it is whole. Only its owner may read it: what it holds is about people.
pub(super) struct Whole {
    into: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Whole {
    /// Starts a file in the folder in which it shall lie.
    pub(super) fn start(path: &Path) -> Result<Self, Failure> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(folder).map_err(|error| failed(path, &error))?;
        Ok(Self { into: BufWriter::new(file), path: path.to_owned() })
    }

    /// Gives it its name; a file that had it before is replaced.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Self { into, path } = self;
        let file = into.into_inner().map_err(|error| failed(&path, error.error()))?;
        file.as_file().sync_all().map_err(|error| failed(&path, &error))?;
        file.persist(&path).map_err(|error| failed(&path, &error.error))?;
        Ok(())
    }

    /// Why writing to it failed.
    pub(super) fn failure(&self, error: &io::Error) -> Failure {
        failed(&self.path, error)
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

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", path.display()))
}

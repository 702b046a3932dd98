//! The built add-in without a policy.

use std::collections::BTreeMap;
use std::io::{self, Read};
#[cfg(feature = "native")]
use std::{fs, path::Path};

use flate2::read::GzDecoder;

/// The files of the add-in, by their paths with slashes.
#[derive(Debug)]
pub struct Addin {
    files: BTreeMap<String, Vec<u8>>,
}

impl Addin {
    /// Reads a folder that `cargo xtask build` has made.
    ///
    /// # Errors
    ///
    /// When the folder or a file in it cannot be read.
    #[cfg(feature = "native")]
    pub fn from_folder(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)?;
        Ok(Self { files })
    }

    /// Reads a gzipped tar archive, as a released program contains it.
    ///
    /// # Errors
    ///
    /// When the archive is damaged.
    pub fn from_archive(archive: &[u8]) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
            let mut entry = entry?;
            let path = entry.path()?.to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            files.insert(path, bytes);
        }
        Ok(Self { files })
    }

    /// A file; the error names it when it is missing.
    pub(super) fn file(&self, path: &str) -> Result<&[u8], String> {
        let file = self.files.get(path).map(Vec::as_slice);
        file.ok_or_else(|| format!("the add-in has no {path}; build it again with `cargo xtask build`"))
    }

    /// A text file.
    pub(super) fn text(&self, path: &str) -> Result<&str, String> {
        str::from_utf8(self.file(path)?).map_err(|_| format!("the add-in's {path} is not text; build it again"))
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

#[cfg(feature = "native")]
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
impl Addin {
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Self { files: files.collect() }
    }
}

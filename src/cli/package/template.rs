//! The built add-in without a policy.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::cli::Failure;

/// The add-in in a released program, as a tar file pressed with gzip.
#[cfg(sendvagt_addin)]
const INSIDE: Option<&[u8]> = Some(include_bytes!(env!("SENDVAGT_ADDIN")));
/// Other programs have none: building it takes more than cargo.
#[cfg(not(sendvagt_addin))]
const INSIDE: Option<&[u8]> = None;

/// The files of the add-in by their paths, with slashes.
pub(crate) struct Template {
    files: BTreeMap<String, Vec<u8>>,
}

impl Template {
    /// The one in a folder, or the one inside this program.
    pub(crate) fn load(folder: Option<&Path>) -> Result<Self, Failure> {
        match (folder, INSIDE) {
            (Some(folder), _) => Self::of_folder(folder),
            (None, Some(archive)) => Self::of_archive(archive)
                .map_err(|error| Failure::new(format!("the add-in inside this program cannot be read: {error}"))),
            (None, None) => Err(Failure::new(
                "this program was built without the add-in inside; take one that `cargo xtask release` has made, or name \
                 a folder with --addin",
            )),
        }
    }

    fn of_folder(folder: &Path) -> Result<Self, Failure> {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)
            .map_err(|error| Failure::new(format!("--addin {} cannot be read: {error}", folder.display())))?;
        Ok(Self { files })
    }

    fn of_archive(archive: &[u8]) -> std::io::Result<Self> {
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

    /// A file; the error says which is missing.
    pub(super) fn file(&self, path: &str) -> Result<&[u8], String> {
        let file = self.files.get(path).map(Vec::as_slice);
        file.ok_or_else(|| format!("the add-in has no {path}; build it anew with `cargo xtask build`"))
    }

    /// A file that is text.
    pub(super) fn text(&self, path: &str) -> Result<&str, String> {
        str::from_utf8(self.file(path)?).map_err(|_| format!("the add-in's {path} is no text"))
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
impl Template {
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Self { files: files.collect() }
    }
}

//! Writing a folder whole or not at all.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use super::integrity;
use crate::cli::Failure;

/// May the folder be written: is there none, an empty one, or an earlier output?
pub(super) fn may_write(out: &Path) -> Result<(), Failure> {
    let shown = out.display();
    match fs::read_dir(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::new(format!("--out {shown} is no folder that can be written: {error}"))),
        Ok(mut entries) => {
            let earlier = fs::read_to_string(out.join(integrity::NAME))
                .is_ok_and(|text| serde_json::from_str::<integrity::List>(&text).is_ok());
            if earlier || entries.next().is_none() {
                return Ok(());
            }
            Err(Failure::new(format!(
                "--out {shown} holds something else than an earlier output of this command; name another folder"
            )))
        }
    }
}

/// Writes the files into a new folder beside `out`, and puts it in its place when it is complete.
pub(super) fn write(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = (|| {
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
            // What was there comes back; there is nothing more to be done where even that fails.
            let _ = fs::rename(&aside, out);
        })
    })();
    written.map_err(|error: io::Error| {
        Failure::new(format!("{} cannot be written, and is as it was before: {error}", out.display()))
    })
}

//! The folder of the output.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use super::integrity;
use crate::SiteError;

/// May the folder be written: is there none, an empty one, or an earlier output?
pub(super) fn may_write(out: &Path) -> Result<(), SiteError> {
    let shown = out.display();
    match fs::read_dir(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(SiteError::new(format!("--out {shown} is no folder that can be written: {error}"))),
        Ok(mut entries) => {
            let earlier = fs::read_to_string(out.join(integrity::LIST_NAME))
                .is_ok_and(|text| serde_json::from_str::<integrity::List>(&text).is_ok());
            if earlier || entries.next().is_none() {
                return Ok(());
            }
            Err(SiteError::new(format!(
                "--out {shown} holds something else than an earlier output of this command; name another folder"
            )))
        }
    }
}

/// Writes the files into the folder.
pub(super) fn write(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), SiteError> {
    sendvagt_files::write_folder(out, files).map_err(|error| {
        SiteError::new(format!("{} cannot be written, and is as it was before: {error}", out.display()))
    })
}

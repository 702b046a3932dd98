//! The output folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use super::integrity::{INTEGRITY_FILE, IntegrityList};
use crate::SiteError;

/// Fails unless the folder is missing, empty or the output of an earlier packing: nothing else is ever replaced.
pub(super) fn check(out: &Path) -> Result<(), SiteError> {
    let shown = out.display();
    match fs::read_dir(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(SiteError::new(format!("--out {shown} is not a folder that can be written: {error}"))),
        Ok(mut entries) => {
            let earlier = fs::read_to_string(out.join(INTEGRITY_FILE))
                .is_ok_and(|text| serde_json::from_str::<IntegrityList>(&text).is_ok());
            if earlier || entries.next().is_none() {
                return Ok(());
            }
            Err(SiteError::new(format!(
                "--out {shown} holds something other than an earlier output of this command; name another folder"
            )))
        }
    }
}

/// Writes the files into the folder, all of them or none.
pub(super) fn write(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), SiteError> {
    sendvagt_files::write_folder(out, files)
        .map_err(|error| SiteError::new(format!("{} cannot be written and is unchanged: {error}", out.display())))
}

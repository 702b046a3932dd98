//! The output folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs, io};

use super::host_settings::WELL_KNOWN;
use super::integrity::{INTEGRITY_FILE, IntegrityList};
use super::site_files::INDEX;
use crate::SiteError;

/// What systems put into any folder.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Fails unless the folder is missing, empty or the output of an earlier packing: nothing else is ever replaced.
pub(super) fn check(out: &Path, state: &Path) -> Result<(), SiteError> {
    let shown = out.display();
    match fs::read_dir(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(SiteError::new(format!("--out {shown} is not a folder that can be written: {error}")));
        }
        Ok(_) => {}
    }
    let inside = |path: &Path| fs::canonicalize(path).ok().zip(fs::canonicalize(out).ok());
    let is_inside = |path: &Path| inside(path).is_some_and(|(path, out)| path.starts_with(out));
    if env::current_dir().is_ok_and(|here| is_inside(&here)) {
        return Err(SiteError::new(format!(
            "--out {shown} is replaced as a whole, and you are in it; go to the folder above"
        )));
    }
    if state.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && is_inside(folder)) {
        return Err(SiteError::new(format!(
            "--out {shown} is replaced as a whole, and --state {} lies in it; keep that elsewhere",
            state.display()
        )));
    }
    let mut files = BTreeSet::new();
    collect(out, "", &mut files)
        .map_err(|error| SiteError::new(format!("--out {shown} is not a folder that can be read: {error}")))?;
    if files.is_empty() {
        return Ok(());
    }
    let list = fs::read(out.join(INTEGRITY_FILE)).ok().and_then(|list| IntegrityList::parse(&list).ok());
    let Some(list) = list else {
        return Err(SiteError::new(format!(
            "--out {shown} holds something other than an earlier output of this command; name another folder"
        )));
    };
    let packed = packed_files(&list);
    match files.iter().find(|file| !packed.contains(*file)) {
        Some(file) => Err(SiteError::new(format!(
            "--out {shown} is replaced as a whole, and {file} in it was not packed; move it elsewhere, or name another folder"
        ))),
        None => Ok(()),
    }
}

/// All files of the packing that made this list.
fn packed_files(list: &IntegrityList) -> BTreeSet<String> {
    let folder = list.origin.split('/').skip(3).map(|folder| format!("{folder}/")).collect::<String>();
    let served = list.files.keys().map(|path| format!("www/{folder}{path}"));
    // Earlier versions wrote a manifest.json too.
    let beside = ["nginx.conf", "manifest.json", "manifest.xml", INTEGRITY_FILE].map(str::to_owned);
    let at_root = [WELL_KNOWN, INDEX, "staticwebapp.config.json"].map(|name| format!("www/{name}"));
    served.chain(beside).chain(at_root).chain([format!("www/{folder}web.config")]).collect()
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else if !OF_THE_SYSTEM.contains(&name.as_str()) {
            files.insert(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// Writes the files into the folder, all of them or none.
pub(super) fn write(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), SiteError> {
    sendvagt_files::write_folder(out, files)
        .map_err(|error| SiteError::new(format!("{} cannot be written and is unchanged: {error}", out.display())))
}

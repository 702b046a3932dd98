//! What is downloaded: one archive for each kind of machine, with the program, the guides, an example policy and its schema.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use sendvagt_site::policy;
use zip::write::SimpleFileOptions;

use super::platform::Platform;
use super::{LICENSE, NOTICES, files};

/// The pages of the repository that are in each archive besides docs/.
const PAGES: [&str; 3] = ["README.md", "CHANGELOG.md", "SECURITY.md"];
const EXAMPLE: &str = "policy.example.json";
const SCHEMA: &str = "policy.schema.json";

/// The files that are the same for every machine, by their paths in the archive.
pub(super) fn common(root: &Path, notices: &str) -> Result<BTreeMap<String, Vec<u8>>> {
    let read = |path: &str| fs::read(root.join(path)).with_context(|| format!("{path} cannot be read"));
    let mut all = BTreeMap::new();
    for page in files(&root.join("docs"), "docs/")? {
        all.insert(page.clone(), read(&page)?);
    }
    for page in PAGES.into_iter().chain([LICENSE]) {
        all.insert(page.to_owned(), read(page)?);
    }
    // Beside the schema, so that an editor finds it.
    let example = String::from_utf8(read("addin/policy.example.json")?)?;
    all.insert(EXAMPLE.to_owned(), example.replace("\"../policy.schema.json\"", "\"./policy.schema.json\"").into());
    all.insert(SCHEMA.to_owned(), format!("{:#}\n", policy::schema()).into());
    all.insert(NOTICES.to_owned(), notices.into());
    Ok(all)
}

/// The name of an archive, and its bytes: the same whenever and wherever it is made.
pub(super) fn packed(
    platform: &Platform,
    program: &[u8],
    common: &BTreeMap<String, Vec<u8>>,
) -> Result<(String, Vec<u8>)> {
    let name = format!("sendvagt-{}-{}", sendvagt::VERSION, platform.name);
    let mut all: Vec<(&str, &[u8], u32)> = vec![(platform.program, program, 0o755)];
    all.extend(common.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice(), 0o644)));
    if platform.program.ends_with(".exe") {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes, mode) in all {
            // Without a time of its own a file gets the first that the format knows.
            archive.start_file(format!("{name}/{path}"), SimpleFileOptions::default().unix_permissions(mode))?;
            archive.write_all(bytes)?;
        }
        return Ok((format!("{name}.zip"), archive.finish()?.into_inner()));
    }
    // In a tar archive a program stays one that may be run.
    let all = all.into_iter().map(|(path, bytes, mode)| (format!("{name}/{path}"), bytes, mode));
    Ok((format!("{name}.tar.gz"), tarred(all)?))
}

/// A gzipped tar archive of files with their modes; the same bytes whenever and wherever it is made.
pub(super) fn tarred(files: impl IntoIterator<Item = (String, impl AsRef<[u8]>, u32)>) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzBuilder::new().mtime(0).write(Vec::new(), Compression::best()));
    for (path, bytes, mode) in files {
        let bytes = bytes.as_ref();
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(bytes.len())?);
        header.set_mode(mode);
        header.set_cksum();
        archive.append_data(&mut header, &path, bytes)?;
    }
    Ok(archive.into_inner()?.finish()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;

    use super::super::platform::WINDOWS;
    use super::{EXAMPLE, SCHEMA, common, packed};
    use crate::root;

    #[test]
    fn a_zip_holds_the_program_and_no_time() {
        let beside = BTreeMap::from([("docs/deploy.md".to_owned(), b"guide".to_vec())]);
        let (name, bytes) = packed(&WINDOWS, b"MZ", &beside).unwrap();
        let folder = name.strip_suffix(".zip").unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for path in ["sendvagt.exe", "docs/deploy.md"] {
            let file = archive.by_name(&format!("{folder}/{path}")).unwrap();
            assert_eq!(file.last_modified(), Some(zip::DateTime::default()), "{path}");
        }
    }

    /// A release once held no guide, and an example whose schema pointed nowhere.
    #[test]
    fn guide_example_and_schema_are_in_it() {
        let files = common(&root(), "notices").unwrap();
        for path in ["docs/deploy.md", "docs/deploy.da.md", "docs/policy.md", "LICENSE", "THIRD-PARTY.txt"] {
            assert!(files.contains_key(path), "{path}");
        }
        let text = |path: &str| String::from_utf8(files.get(path).unwrap().clone()).unwrap();
        assert!(text(EXAMPLE).contains(&format!("\"./{SCHEMA}\"")));
        assert!(sendvagt_site::policy::parse(&text(EXAMPLE)).is_ok());
        assert!(serde_json::from_str::<serde_json::Value>(&text(SCHEMA)).is_ok());
    }
}

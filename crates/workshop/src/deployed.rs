//! A site as it was copied to its host, from a folder or a zip, compared with the list of what was packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use sendvagt_site::compared::{Compared, Fault, LAUNCH, compare_files};
use sendvagt_site::package::{INTEGRITY_FILE, IntegrityList};
use zip::ZipArchive;
use zip::result::ZipError;

/// Files by their paths with slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most that is read of one file, and of all together: a site has a few megabytes.
pub const LARGEST: u64 = 32_000_000;
const ALL: u64 = 200_000_000;

/// Why a zip is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no zip, or a damaged one.
    NoZip,
    /// A file in it is protected by a password.
    Password,
    /// It holds more than a site.
    TooLarge,
}

/// The files of a zip.
///
/// # Errors
///
/// Why it is not read.
pub fn unzipped(bytes: &[u8]) -> Result<Files, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::NoZip)?;
    let mut files = Files::new();
    let mut left = ALL;
    for index in 0..zip.len() {
        let file = zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unread::Password,
            _ => Unread::NoZip,
        })?;
        if !file.is_file() {
            continue;
        }
        let path = file.name().map_err(|_| Unread::NoZip)?.replace('\\', "/");
        let mut bytes = Vec::new();
        // What a zip says of its sizes may be wrong.
        file.take(left.min(LARGEST) + 1).read_to_end(&mut bytes).map_err(|_| Unread::NoZip)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > left.min(LARGEST) {
            return Err(Unread::TooLarge);
        }
        left -= size;
        files.insert(path, bytes);
    }
    Ok(files)
}

/// The lists of what was packed among these files, with their paths: the zip of a packing has one of each site.
pub fn lists(files: &Files) -> Vec<(String, IntegrityList)> {
    let named = files.iter().filter(|(path, _)| path.rsplit('/').next() == Some(INTEGRITY_FILE));
    named.filter_map(|(path, bytes)| Some((path.clone(), IntegrityList::parse(bytes).ok()?))).collect()
}

/// The folders that hold a site, with a slash at the end: the shortest first.
pub fn sites<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let found =
        paths.filter_map(|path| path.strip_suffix(LAUNCH).filter(|folder| folder.is_empty() || folder.ends_with('/')));
    let mut found: Vec<String> = found.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect();
    found.sort_by_key(String::len);
    found
}

/// Compares the site in a folder with the list, as `sendvagt verify --folder` does.
pub fn compared(list: &IntegrityList, files: &Files, folder: &str) -> Compared {
    compare_files(list, |path| files.get(&format!("{folder}{path}")).cloned().ok_or(Fault::Missing))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use sendvagt_site::compared::{Fault, Served};
    use sendvagt_site::package::{IntegrityList, ServedFile, sha256};
    use sendvagt_site::verify::{Source, compare};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::{Files, Unread, compared, lists, sites, unzipped};

    fn files(of: &[(&str, &str)]) -> Files {
        of.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn zipped(files: &Files) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_directory("a/", SimpleFileOptions::default()).unwrap();
        for (path, bytes) in files {
            zip.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const PAGE: &str = "<script src=\"assets/launch-web.1.js\">";

    fn list() -> IntegrityList {
        let served = |text: &str| ServedFile {
            sha256: sha256(text.as_bytes()),
            bytes: text.len(),
            headers: std::collections::BTreeMap::new(),
        };
        let files = [("launch.html", PAGE), ("pane.html", "pane"), ("assets/launch-web.1.js", "js")];
        IntegrityList {
            sendvagt: "0".to_owned(),
            origin: "https://addins.example.dk/sendvagt".to_owned(),
            files: files.map(|(path, text)| (path.to_owned(), served(text))).into(),
        }
    }

    /// The page and the program say the same of the same files.
    #[test]
    fn a_folder_is_compared_as_the_program_does() {
        let whole =
            [("launch.html", PAGE), ("pane.html", "pane"), ("assets/launch-web.1.js", "js"), ("other.txt", "x")];
        let changed = [whole[0], ("pane.html", "panes"), whole[2]];
        let paused = [("launch.html", "<script src=\"assets/paused-web.2.js\">"), whole[1]];
        let another = [("launch.html", "<script src=\"assets/launch-web.2.js\">"), whole[1]];
        for (name, of, is_as_packed, served) in [
            ("whole", whole.as_slice(), true, None),
            ("changed", &changed, false, None),
            ("missing", &whole[..1], false, None),
            ("none", &[], false, None),
            ("paused", &paused, false, Some(Served::Paused)),
            ("another packing", &another, false, Some(Served::AnotherPacking)),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join("assets")).unwrap();
            for (path, text) in of {
                std::fs::write(folder.path().join(path), text).unwrap();
            }
            let program = compare(&list(), Source::Folder(folder.path())).unwrap();
            let below: Vec<(String, &str)> =
                of.iter().map(|(path, text)| (format!("www/sendvagt/{path}"), *text)).collect();
            let below: Vec<(&str, &str)> = below.iter().map(|(path, text)| (path.as_str(), *text)).collect();
            let page = compared(&list(), &unzipped(&zipped(&files(&below))).unwrap(), "www/sendvagt/");
            let said: Vec<_> = page.faults.iter().map(|(path, fault)| (path.clone(), fault.said().en)).collect();
            let by_program: Vec<_> =
                program.differences.iter().map(|one| (one.path.clone(), one.what.clone())).collect();
            assert_eq!(
                (said, page.served, page.is_as_packed()),
                (by_program, program.served, program.is_as_packed()),
                "{name}"
            );
            assert_eq!((page.is_as_packed(), page.served), (is_as_packed, served), "{name}");
        }
        let one = compared(&list(), &files(&changed), "");
        assert_eq!(one.faults, [("pane.html".to_owned(), Fault::Content { bytes: 5, packed: 4 })]);
    }

    #[test]
    fn sites_and_lists_are_found_wherever_they_are() {
        for (paths, expected) in [
            (&["launch.html", "pane.html"] as &[_], &[""] as &[_]),
            (&["sendvagt/launch.html", ".well-known/x.json"], &["sendvagt/"]),
            (&["site-paused/www/a/launch.html", "site/www/a/launch.html"], &["site/www/a/", "site-paused/www/a/"]),
            (&["xlaunch.html", "a.txt"], &[]),
        ] {
            assert_eq!(sites(paths.iter().copied()), expected, "{paths:?}");
        }
        let json = serde_json::to_string(&list()).unwrap();
        let found =
            lists(&files(&[("site/integrity.json", &json), ("integrity.json", "{"), ("xintegrity.json", &json)]));
        assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["site/integrity.json"]);
    }

    #[test]
    fn what_is_no_zip_is_told_apart() {
        let whole = zipped(&files(&[("launch.html", PAGE)]));
        assert_eq!(unzipped(b"no zip"), Err(Unread::NoZip));
        assert_eq!(unzipped(&whole[..whole.len() / 2]), Err(Unread::NoZip));
        let bomb = zipped(&Files::from([("zeros".to_owned(), vec![0; 33_000_000])]));
        assert_eq!(unzipped(&bomb), Err(Unread::TooLarge));
        // The first bit of a file's flags, in its header and in the directory, says that it is encrypted.
        let mut locked = whole.clone();
        for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            for at in (0..whole.len() - 4).filter(|at| whole[*at..].starts_with(mark)) {
                locked[at + flags] |= 1;
            }
        }
        assert_eq!(unzipped(&locked), Err(Unread::Password));
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0xff;
            unzipped(&changed).unwrap_or_default();
        }
    }
}

//! What is downloaded: one archive for each kind of machine, with the program, the workshop, the guides, an example policy and
//! its schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use sendvagt_site::policy;
use zip::write::SimpleFileOptions;

use super::platform::Platform;
use super::{LICENSE, NOTICES, WORKSHOP, files};

/// The pages of the repository that are in each archive besides docs/.
const PAGES: [&str; 4] = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];
const EXAMPLE: &str = "policy.example.json";
const SCHEMA: &str = "policy.schema.json";

/// The files that are the same for every machine, by their paths in the archive.
pub(super) fn common(root: &Path, notices: &str, workshop: Vec<u8>) -> Result<BTreeMap<String, Vec<u8>>> {
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
    // Also in the program, which a managed PC may not let run.
    all.insert(WORKSHOP.to_owned(), workshop);
    let paths: BTreeSet<String> = all.keys().cloned().collect();
    for (path, bytes) in all.iter_mut().filter(|(path, _)| path.ends_with(".md")) {
        let page = String::from_utf8(std::mem::take(bytes)).with_context(|| format!("{path} is not UTF-8"))?;
        *bytes = without_dead_links(path, &page, &paths).into();
    }
    Ok(all)
}

/// A page in Markdown whose links to files that are not in the archive, such as tests, are the names of these files alone.
fn without_dead_links(page: &str, text: &str, paths: &BTreeSet<String>) -> String {
    let (folder, _) = page.rsplit_once('/').unwrap_or_default();
    let is_dead = |target: &str| {
        let (path, _) = target.split_once('#').unwrap_or((target, ""));
        !path.is_empty() && !target.contains(':') && !is_there(&resolved(folder, path), paths)
    };
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((target, behind)) = after.split_once(')') else { break };
        match before.rsplit_once('[') {
            Some((earlier, words)) if is_dead(target) => {
                whole.push_str(earlier.strip_suffix('!').unwrap_or(earlier));
                whole.push_str(words);
            }
            _ => whole.push_str(&format!("{before}]({target})")),
        }
        rest = behind;
    }
    whole + rest
}

/// Is this a file, or a folder of files?
fn is_there(path: &str, paths: &BTreeSet<String>) -> bool {
    let folder = format!("{path}/");
    paths.contains(path) || paths.range(folder.clone()..).next().is_some_and(|first| first.starts_with(&folder))
}

/// A path from the root of the archive, for one from a folder in it.
fn resolved(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
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
    use std::collections::{BTreeMap, BTreeSet};
    use std::io::Cursor;

    use super::super::platform::WINDOWS;
    use super::{EXAMPLE, SCHEMA, common, packed, without_dead_links};
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
        let files = common(&root(), "notices", Vec::new()).unwrap();
        for path in
            ["docs/deploy.md", "docs/deploy.da.md", "docs/policy.md", "LICENSE", "THIRD-PARTY.txt", super::WORKSHOP]
        {
            assert!(files.contains_key(path), "{path}");
        }
        let text = |path: &str| String::from_utf8(files.get(path).unwrap().clone()).unwrap();
        assert!(text(EXAMPLE).contains(&format!("\"./{SCHEMA}\"")));
        assert!(sendvagt_site::policy::parse(&text(EXAMPLE)).is_ok());
        assert!(serde_json::from_str::<serde_json::Value>(&text(SCHEMA)).is_ok());
    }
    /// The list of reports links to the tests of the repository, which the archive does not have.
    #[test]
    fn a_link_out_of_the_archive_is_a_name() {
        let paths: BTreeSet<String> = ["docs/a.md", "docs/images/x.png", "README.md"].map(str::to_owned).into();
        for (page, text, expected) in [
            ("docs/b.md", "see [a](a.md#part), [it](../README.md).", "see [a](a.md#part), [it](../README.md)."),
            ("docs/b.md", "[`x.ts`](../tests/x.ts) and [a](a.md)", "`x.ts` and [a](a.md)"),
            ("README.md", "[map](docs/c.md) [pictures](docs/images/)", "map [pictures](docs/images/)"),
            ("README.md", "![a picture](docs/images/y.png)", "a picture"),
            ("README.md", "[here](#part) [out](https://example.org/x)", "[here](#part) [out](https://example.org/x)"),
            ("README.md", "`a[0](x` and no end", "`a[0](x` and no end"),
        ] {
            assert_eq!(without_dead_links(page, text, &paths), expected);
        }
    }
}

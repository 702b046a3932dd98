//! The state file: what is kept from one packing to the next.

use std::fmt;
#[cfg(feature = "native")]
use std::{fs, io, io::Write, path::Path};

#[cfg(feature = "native")]
use sendvagt_files::AtomicFile;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::xml_manifest::{self, XmlManifest};
#[cfg(feature = "native")]
use crate::SiteError;

/// The id by which Outlook knows the add-in, the version of its manifest, and what shows whether the manifest changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageState {
    /// A note to whoever opens the file.
    about: String,
    #[serde(deserialize_with = "uuid")]
    pub(super) id: String,
    pub(super) version: Version,
    /// The SHA-256 of the manifest without its id and version.
    manifest: String,
    /// The SHA-256 of what an administrator consents to.
    consent: String,
}

/// The usual name of the state file.
pub const STATE_FILE: &str = "sendvagt-state.json";

const ABOUT: &str = "Made by `sendvagt package`. Keep it: it holds the id by which Outlook knows the add-in.";

/// Four numbers: the version of Sendvagt, and how often the manifest has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version([u16; 4]);

/// What has changed since the last packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing was packed before.
    First,
    /// The files to serve at most; the manifest is the same.
    FilesOnly,
    /// The manifest, but nothing that an administrator consents to.
    Manifest,
    /// The manifest, and something that an administrator consents to.
    Consent,
}

impl PackageState {
    /// Parses the content of a state file.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        // Notepad and PowerShell put a byte order mark before it.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }

    /// The state after the packing that made this `manifest.xml`, for when its state file is lost.
    ///
    /// # Errors
    ///
    /// When it is no manifest of this add-in, or its id is none.
    pub fn of_manifest(bytes: &[u8]) -> Result<Self, String> {
        let (id, version, manifest, consent) = xml_manifest::identity(bytes)?;
        Ok(Self { about: ABOUT.to_owned(), id: valid_id(id)?, version: version.try_into()?, manifest, consent })
    }

    /// The content of the state file.
    #[must_use]
    pub fn to_json(&self) -> String {
        format!("{:#}\n", serde_json::to_value(self).unwrap_or_default())
    }

    /// The id by which Outlook knows the add-in.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The version of the manifest.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Reads the state file; `None` when it does not exist.
    #[cfg(feature = "native")]
    pub(super) fn load(path: &Path) -> Result<Option<Self>, SiteError> {
        let shown = path.display();
        match fs::read(path) {
            Ok(bytes) => Self::parse(&bytes).map(Some).map_err(|error| {
                SiteError::new(format!(
                    "{shown} is not a state file of `sendvagt package` ({error}); restore it from a backup, or take id and \
                     version from the manifest in use with --manifest"
                ))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SiteError::new(format!("{shown} cannot be read: {error}"))),
        }
    }

    /// Reads the `manifest.xml` of an earlier packing.
    #[cfg(feature = "native")]
    pub(super) fn load_manifest(path: &Path) -> Result<Self, SiteError> {
        let shown = path.display();
        let bytes = fs::read(path).map_err(|error| SiteError::new(format!("{shown} cannot be read: {error}")))?;
        Self::of_manifest(&bytes)
            .map_err(|error| SiteError::new(format!("{shown} is not a manifest made by `sendvagt package`: {error}")))
    }

    /// Starts the state file, so that it is known before anything is written whether it can be.
    #[cfg(feature = "native")]
    pub(super) fn start_file(path: &Path) -> Result<AtomicFile, SiteError> {
        AtomicFile::start_shared(path).map_err(|error| {
            SiteError::new(format!("--state {} cannot be written, so nothing is packed: {error}", path.display()))
        })
    }

    /// Writes the state file, whole or not at all.
    #[cfg(feature = "native")]
    pub(super) fn finish_file(&self, mut file: AtomicFile) -> Result<(), SiteError> {
        let shown = file.path().display().to_string();
        file.write_all(self.to_json().as_bytes()).and_then(|()| file.finish()).map_err(|error| {
            SiteError::new(format!(
                "the site is written, but {shown} is not: {error}. Pack again with --manifest, or the add-in loses its id"
            ))
        })
    }

    /// The state after packing this manifest, with this id if there is no last one.
    pub(super) fn next(last: Option<&Self>, manifest: &XmlManifest, id: &str) -> (Self, Change) {
        let fresh = || Self {
            about: ABOUT.to_owned(),
            id: id.to_owned(),
            version: Version::of_program(),
            manifest: manifest.content.clone(),
            consent: manifest.consent.clone(),
        };
        let Some(last) = last else { return (fresh(), Change::First) };
        let change = if last.manifest == manifest.content {
            Change::FilesOnly
        } else if last.consent == manifest.consent {
            Change::Manifest
        } else {
            Change::Consent
        };
        let version = if change == Change::FilesOnly { last.version } else { last.version.next() };
        (Self { id: last.id.clone(), version, ..fresh() }, change)
    }
}

fn uuid<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    valid_id(String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// An id that Outlook takes: a UUID.
fn valid_id(id: String) -> Result<String, String> {
    let is_uuid = id.len() == 36
        && id
            .char_indices()
            .all(|(at, c)| if matches!(at, 8 | 13 | 18 | 23) { c == '-' } else { c.is_ascii_hexdigit() });
    if is_uuid {
        return Ok(id);
    }
    let shown: String = id.chars().take(40).collect();
    Err(format!("the id {shown:?} is none; an id looks like 01234567-89ab-4cde-8f01-23456789abcd"))
}

impl Version {
    /// The version of this program.
    fn of_program() -> Self {
        let mut parts = [0; 4];
        for (part, text) in parts.iter_mut().zip(sendvagt::VERSION.split('.')) {
            *part = text.parse().unwrap_or_default();
        }
        Self(parts)
    }

    /// A higher version: Outlook ignores a changed manifest without one.
    fn next(self) -> Self {
        let [a, b, c, revision] = self.0;
        Self([a, b, c, revision.saturating_add(1)]).max(Self::of_program())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0;
        write!(f, "{a}.{b}.{c}.{d}")
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for Version {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts: Option<Vec<u16>> = text.split('.').map(|part| part.parse::<u16>().ok()).collect();
        let parts = parts.and_then(|parts| parts.try_into().ok());
        parts.map(Self).ok_or_else(|| format!("the version {text} is not four numbers separated by full stops"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::SendMode;
    use super::super::xml_manifest::tests::manifest;
    use super::{Change, PackageState, Version};

    const ID: &str = "11111111-2222-4333-8444-555555555555";

    #[test]
    fn the_id_stays_and_the_version_rises_with_the_manifest() {
        let one = manifest("https://a.example", SendMode::SoftBlock);
        let (first, change) = PackageState::next(None, &one, ID);
        assert_eq!((change, first.version), (Change::First, Version::of_program()));
        let (same, change) = PackageState::next(Some(&first), &one, ID);
        assert_eq!((change, &same), (Change::FilesOnly, &first));
        let other = manifest("https://b.example", SendMode::SoftBlock);
        let (moved, change) = PackageState::next(Some(&first), &other, "another");
        assert_eq!((change, &moved.id), (Change::Manifest, &first.id));
        assert!(moved.version > first.version);
        let asks_more = PackageState { consent: "other".into(), manifest: "other".into(), ..first.clone() };
        assert_eq!(PackageState::next(Some(&asks_more), &one, ID).1, Change::Consent);
        assert_eq!(PackageState::next(None, &one, "another").0.id, "another", "another add-in");
    }

    #[test]
    fn a_state_reads_with_a_byte_order_mark_and_from_its_manifest() {
        let source = manifest("https://a.example", SendMode::Block);
        let (state, _) = PackageState::next(None, &source, ID);
        let (state, _) = PackageState::next(Some(&state), &manifest("https://b.example", SendMode::Block), ID);
        let json = format!("\u{feff}{}", state.to_json());
        assert_eq!(PackageState::parse(json.as_bytes()).as_ref(), Ok(&state));
        let xml = format!("\u{feff}{}", manifest("https://b.example", SendMode::Block).text(&state));
        assert_eq!(PackageState::of_manifest(xml.as_bytes()), Ok(state), "nothing is lost with the state file");
        for damaged in ["", "<OfficeApp/>", "<OfficeApp><Id>x</Id><Version>1.0.0.0</Version></OfficeApp>"] {
            assert!(PackageState::of_manifest(damaged.as_bytes()).is_err(), "{damaged}");
        }
    }

    /// The guide once had a state to be written by hand, with `<Id>` for the id; it was packed as it stood.
    #[test]
    fn an_id_that_is_none_is_an_error_with_its_place() {
        let (state, _) = PackageState::next(None, &manifest("https://a.example", SendMode::Block), ID);
        for id in [
            "<Id>",
            "",
            "../../x",
            "x\\\"><script>",
            "11111111-2222-4333-8444-55555555555g",
            "1111111122224333844455555555",
        ] {
            let json = state.to_json().replace(ID, id);
            let error = PackageState::parse(json.as_bytes()).unwrap_err();
            assert!(error.contains("an id looks like") && error.contains("line 4 column"), "{id}: {error}");
        }
    }

    #[cfg(feature = "native")]
    #[test]
    fn a_state_is_kept_and_a_damaged_one_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        assert!(PackageState::load(&path).ok().unwrap().is_none());
        let (state, _) = PackageState::next(None, &manifest("https://a.example", SendMode::Block), ID);
        let file = PackageState::start_file(&path).ok().unwrap();
        state.finish_file(file).ok().unwrap();
        assert_eq!(PackageState::load(&path).ok().unwrap(), Some(state));
        std::fs::write(&path, "{\"id\":7}").unwrap();
        assert!(PackageState::load(&path).is_err());
        for text in ["", "1.2.3", "1.2.3.x", "1.2.3.70000"] {
            assert!(Version::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}

//! The files of a site compared with the list of what was packed, wherever they are read from.

use sendvagt::{Both, Language};
use serde::Serialize;

use crate::package::{IntegrityList, sha256};

/// The page by which a site is known.
pub const LAUNCH: &str = "launch.html";

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// How many files were to be compared.
    pub files: usize,
    /// Which other site is there, where it is known. What differs for that reason is not named file by file.
    pub served: Option<Served>,
    /// The files that differ, in their order.
    pub faults: Vec<(String, Fault)>,
}

/// A site that is there instead of the one that was packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Served {
    /// The site that lets all mail pass, instead of the one that checks mail.
    Paused,
    /// The site that checks mail, instead of the one that lets all mail pass.
    Checking,
    /// Another packing.
    AnotherPacking,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It cannot be read, in the words of the system.
    Unreadable(String),
    /// It has other content.
    Content {
        /// Its size in bytes.
        bytes: usize,
        /// The size that was packed.
        packed: usize,
    },
}

impl Fault {
    /// What is wrong, and what to do about it.
    #[must_use]
    pub fn said(&self) -> Both<String> {
        match self {
            Self::Missing => {
                Both { da: "den mangler; kopiér den også".to_owned(), en: "it is missing; copy it too".to_owned() }
            }
            Self::Unreadable(why) => {
                Both { da: format!("den kan ikke læses: {why}"), en: format!("it cannot be read: {why}") }
            }
            Self::Content { bytes, packed } => Both {
                da: format!(
                    "dens indhold er et andet ({bytes} byte i stedet for {packed}); kopiér den igen, uden at noget komprimerer \
                     eller omskriver den"
                ),
                en: format!(
                    "its content differs ({bytes} bytes instead of {packed}); copy it again, without minifying or rewriting it"
                ),
            },
        }
    }
}

impl Served {
    /// Which site is there instead of the one in this list.
    #[must_use]
    pub fn said(self, list: &str) -> Both<String> {
        match self {
            Self::Paused => Both {
                da: format!("Her ligger det site, der er på PAUSE og lader alle mails passere, og ikke det i {list}."),
                en: format!("The PAUSED site is here, which lets all mail pass, and not the one in {list}."),
            },
            Self::Checking => Both {
                da: format!("Her ligger det site, der kontrollerer mails, og ikke det på pause i {list}."),
                en: format!("The site that checks mail is here, and not the paused one in {list}."),
            },
            Self::AnotherPacking => Both {
                da: format!(
                    "Her ligger en anden pakning end den i {list}: en ældre, eller en, som en cache på vejen har gemt. Kopiér \
                     filerne igen, og tøm cachen."
                ),
                en: format!(
                    "Another packing is here than the one in {list}: an older one, or one that a cache on the way has kept. \
                     Copy the files again, and empty the cache."
                ),
            },
        }
    }
}

impl Compared {
    /// Is everything as packed?
    #[must_use]
    pub fn is_as_packed(&self) -> bool {
        self.faults.is_empty() && self.served.is_none()
    }

    /// How many files are as packed, or not.
    #[must_use]
    pub fn summed_up(&self, language: Language) -> Option<String> {
        let (files, faults) = (self.files, self.faults.len());
        match (faults, self.served) {
            (0, Some(_)) => None,
            (0, None) => Some(language.pick(
                format!("Alle {files} filer er, som de blev pakket."),
                format!("All {files} files are as packed."),
            )),
            _ => Some(language.pick(
                format!("{faults} af {files} filer er ikke, som de blev pakket."),
                format!("{faults} of {files} files are not as packed."),
            )),
        }
    }
}

/// Compares each file of the list with the one that is read for its path.
pub fn compare_files(list: &IntegrityList, mut read: impl FnMut(&str) -> Result<Vec<u8>, Fault>) -> Compared {
    let mut served = None;
    let mut faults = Vec::new();
    for (path, expected) in &list.files {
        let fault = match read(path) {
            Err(fault) => fault,
            Ok(bytes) => {
                if path == LAUNCH {
                    served = recognised(list, &bytes);
                }
                if sha256(&bytes) == expected.sha256 {
                    continue;
                }
                Fault::Content { bytes: bytes.len(), packed: expected.bytes }
            }
        };
        faults.push((path.clone(), fault));
    }
    if served.is_some() {
        faults.clear();
    }
    Compared { files: list.files.len(), served, faults }
}

/// Tells by its first page which other site is there.
pub(crate) fn recognised(list: &IntegrityList, page: &[u8]) -> Option<Served> {
    if list.files.get(LAUNCH).is_none_or(|expected| expected.sha256 == sha256(page)) {
        return None;
    }
    let page = String::from_utf8_lossy(page);
    let loads = |script: &str| page.contains(&format!("\"assets/{script}."));
    let is_packed = |script: &str| list.files.keys().any(|path| path.starts_with(&format!("assets/{script}.")));
    match (loads("paused-web"), loads("launch-web"), is_packed("paused-web")) {
        (true, _, false) => Some(Served::Paused),
        (_, true, true) => Some(Served::Checking),
        (true, ..) | (_, true, _) => Some(Served::AnotherPacking),
        _ => None,
    }
}

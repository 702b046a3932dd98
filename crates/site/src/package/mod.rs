//! Packs the add-in for one organisation: the files to serve, the manifests, and the settings of the host.
//!
//! | what | module |
//! | --- | --- |
//! | the built add-in, without a policy | `addin` |
//! | where the site will be served | `origin` |
//! | the files to serve, with the policy inside | `site_files` |
//! | their checksums and headers | `integrity` |
//! | the headers, as settings of each kind of host | `host_settings` |
//! | the add-in's id and version, kept from one packing to the next | `state` |
//! | `manifest.xml`, and the same as `manifest.json` | `xml_manifest`, `unified_manifest` |
//! | the folder that all of it is written to | `out_folder` |
//!
//! [`pack`] is a pure function from add-in, order and state to files; only the feature `native` reads and writes any.
//!
//! Invariants: the output folder is replaced whole or not at all. The same add-in, order and state give the same bytes.
//! The site that lets all mail pass needs no other host settings and no other manifest than the site that checks mail.

mod addin;
mod host_settings;
pub(crate) mod integrity;
mod origin;
#[cfg(feature = "native")]
mod out_folder;
mod site_files;
mod state;
mod unified_manifest;
mod xml_manifest;

use std::collections::BTreeMap;
#[cfg(feature = "native")]
use std::path::Path;

use sendvagt::PolicyFile;

use crate::SiteError;
use site_files::SiteFiles;
use xml_manifest::XmlManifest;

pub use addin::Addin;
pub use integrity::{INTEGRITY_FILE, IntegrityList, ServedFile};
pub use origin::{Origin, OriginError};
pub use site_files::sha256;
pub use state::{Change, PackageState, STATE_FILE, Version};

/// What Outlook does at a send when it cannot reach the add-in, as the manifest asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendMode {
    /// The mail waits until the add-in can be reached.
    Block,
    /// The mail can be sent unchecked.
    SoftBlock,
}

impl SendMode {
    fn in_manifest(self) -> &'static str {
        match self {
            Self::Block => "Block",
            Self::SoftBlock => "SoftBlock",
        }
    }
}

/// What to pack.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Where the site will be served.
    pub origin: &'a Origin,
    /// The policy, which is embedded in the scripts.
    pub policy: &'a PolicyFile,
    /// What Outlook does when the add-in cannot run at a send.
    pub send_mode: SendMode,
    /// Pack the site that lets all mail pass?
    pub pass_through: bool,
}

/// A packed site.
#[derive(Debug)]
pub struct Site {
    /// The files, by their paths with slashes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What the next packing has to know.
    pub state: PackageState,
    /// What has changed since the last packing.
    pub change: Change,
}

/// Packs the add-in. The id is that of the add-in if there is no last state.
///
/// # Errors
///
/// When the add-in is incomplete.
pub fn pack(addin: &Addin, order: &Order<'_>, last: Option<&PackageState>, id: &str) -> Result<Site, SiteError> {
    let manifest = XmlManifest::new(addin, order.origin, order.send_mode)?;
    let (state, change) = PackageState::next(last, &manifest, id);
    Ok(Site { files: files(addin, order, &manifest, &state)?, state, change })
}

/// Where to read the last state and to write the site.
#[cfg(feature = "native")]
#[derive(Clone, Copy, Debug)]
pub struct Paths<'a> {
    /// The folder to write. It may be missing, empty or the output of an earlier packing.
    pub out: &'a Path,
    /// The file that keeps the add-in's id and version from one packing to the next.
    pub state: &'a Path,
}

/// The result of a packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What has changed since the last packing.
    pub change: Change,
    /// The version of the manifest.
    pub version: Version,
}

/// Packs the add-in: writes the output folder, then the state file.
///
/// # Errors
///
/// When the add-in is incomplete, or a file or folder cannot be read or written. An earlier output is unchanged then.
#[cfg(feature = "native")]
pub fn package(addin: &Addin, order: &Order<'_>, paths: Paths<'_>) -> Result<Packed, SiteError> {
    out_folder::check(paths.out)?;
    let last = PackageState::load(paths.state)?;
    let site = pack(addin, order, last.as_ref(), &uuid::Uuid::new_v4().to_string())?;
    out_folder::write(paths.out, &site.files)?;
    site.state.save(paths.state)?;
    Ok(Packed { change: site.change, version: site.state.version() })
}

/// All files of the output, by their paths in it.
fn files(
    addin: &Addin,
    order: &Order<'_>,
    manifest: &XmlManifest,
    state: &PackageState,
) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let origin = order.origin;
    let checking = SiteFiles::checking(addin, order.policy)?;
    // The host settings are always those of the site that checks mail, so that in an emergency only files are replaced.
    let checking_list = IntegrityList::new(origin, &checking)?;
    let site = if order.pass_through { SiteFiles::pass_through(addin, order.policy)? } else { checking };
    let list = IntegrityList::new(origin, &site)?;
    list.check_headers_against(&checking_list)?;

    let folder = origin.folder();
    let served = site.by_path.into_iter().map(|(path, bytes)| (format!("www/{folder}{path}"), bytes));
    let beside = [
        (format!("www/{}", host_settings::WELL_KNOWN), host_settings::well_known(origin)),
        (format!("www/{folder}web.config"), host_settings::iis(&checking_list)),
        ("www/staticwebapp.config.json".to_owned(), host_settings::static_web_apps(origin, &checking_list)),
        ("nginx.conf".to_owned(), host_settings::nginx(origin, &checking_list)),
        ("manifest.json".to_owned(), unified_manifest::text(manifest, state, origin)?),
        ("manifest.xml".to_owned(), manifest.text(state).into_bytes()),
        (INTEGRITY_FILE.to_owned(), list.to_json()),
    ];
    Ok(served.chain(beside).collect())
}

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
//! | `manifest.xml` | `xml_manifest` |
//! | the folder that all of it is written to | `out_folder` |
//!
//! [`pack`] is a pure function from add-in, order and state to files; only the feature `native` reads and writes any.
//!
//! There is no `manifest.json`, the unified manifest of Microsoft 365: Outlook on the Mac and versions bought once do not read
//! it (Microsoft, "Office Add-ins with the unified app manifest for Microsoft 365"), the events of another sender and another
//! label do not come with it on the web and in new Outlook ("Activate add-ins with events"), and whoever deployed both would
//! have the add-in twice.
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
mod xml_manifest;

use std::collections::BTreeMap;
#[cfg(feature = "native")]
use std::path::Path;

use sendvagt::PolicyFile;

use crate::SiteError;
use site_files::SiteFiles;
use xml_manifest::XmlManifest;

pub use addin::Addin;
#[cfg(feature = "native")]
pub(crate) use host_settings::WELL_KNOWN;
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
    /// Which add-in this is.
    pub identity: Identity<'a>,
}

/// Where the id of the add-in comes from. A second id is a second add-in, and both would check each mail.
#[cfg(feature = "native")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity<'a> {
    /// The state file; if that is lost, the manifest of the earlier output.
    Known,
    /// This manifest, since the state file is lost.
    Manifest(&'a Path),
    /// It is a new add-in.
    New,
}

/// The result of a packing.
#[cfg(feature = "native")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What has changed since the last packing.
    pub change: Change,
    /// The version of the manifest.
    pub version: Version,
    /// The id by which Outlook knows the add-in.
    pub id: String,
    /// The manifest that the id was taken from, as the state file was not there.
    pub restored_from: Option<std::path::PathBuf>,
}

/// Packs the add-in: writes the output folder, then the state file.
///
/// # Errors
///
/// When the add-in is incomplete, its id is not known, or a file or folder cannot be read or written. An earlier output is
/// unchanged then.
#[cfg(feature = "native")]
pub fn package(addin: &Addin, order: &Order<'_>, paths: Paths<'_>) -> Result<Packed, SiteError> {
    out_folder::check(paths.out, paths.state)?;
    let (last, restored_from) = last_state(paths)?;
    let site = pack(addin, order, last.as_ref(), &uuid::Uuid::new_v4().to_string())?;
    let state_file = PackageState::start_file(paths.state)?;
    out_folder::write(paths.out, &site.files)?;
    site.state.finish_file(state_file)?;
    Ok(Packed { change: site.change, version: site.state.version(), id: site.state.id().to_owned(), restored_from })
}

/// The last state, and the manifest that it was restored from.
#[cfg(feature = "native")]
fn last_state(paths: Paths<'_>) -> Result<(Option<PackageState>, Option<std::path::PathBuf>), SiteError> {
    let shown = paths.state.display();
    let restored =
        |manifest: &Path| PackageState::load_manifest(manifest).map(|state| (Some(state), Some(manifest.to_owned())));
    let earlier = paths.out.join("manifest.xml");
    match (paths.identity, PackageState::load(paths.state)?) {
        (Identity::Known, Some(state)) => Ok((Some(state), None)),
        (Identity::New, None) => Ok((None, None)),
        (Identity::Manifest(manifest), None) => restored(manifest),
        (Identity::Known, None) if earlier.is_file() => restored(&earlier),
        (Identity::Known, None) => Err(SiteError::new(format!(
            "{shown} is not there, so this would be a NEW add-in, and two add-ins would check each mail. If nothing was packed \
             before, add --new. Otherwise go to the folder with that file, name it with --state, or name the manifest.xml in \
             use with --manifest"
        ))),
        (_, Some(state)) => Err(SiteError::new(format!(
            "{shown} is there, with the id {}; leave --new and --manifest out, or name another file with --state for another \
             add-in",
            state.id()
        ))),
    }
}

/// All files of the output, by their paths in it.
fn files(
    addin: &Addin,
    order: &Order<'_>,
    manifest: &XmlManifest,
    state: &PackageState,
) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let origin = order.origin;
    let checking = SiteFiles::checking(addin, order.policy, origin)?;
    // The host settings are always those of the site that checks mail, so that in an emergency only files are replaced.
    let checking_list = IntegrityList::new(origin, &checking)?;
    let site = if order.pass_through { SiteFiles::pass_through(addin, order.policy, origin)? } else { checking };
    let list = IntegrityList::new(origin, &site)?;
    list.check_headers_against(&checking_list)?;

    let folder = origin.folder();
    // Azure Static Web Apps refuses a site without one at its root.
    let root = site.by_path.get(site_files::INDEX).map(|page| (format!("www/{}", site_files::INDEX), page.clone()));
    let served = site.by_path.into_iter().map(|(path, bytes)| (format!("www/{folder}{path}"), bytes));
    let beside = [
        (format!("www/{}", host_settings::WELL_KNOWN), host_settings::well_known(origin)),
        (format!("www/{folder}web.config"), host_settings::iis(&checking_list)),
        ("www/staticwebapp.config.json".to_owned(), host_settings::static_web_apps(origin, &checking_list)),
        ("nginx.conf".to_owned(), host_settings::nginx(origin, &checking_list)),
        ("manifest.xml".to_owned(), manifest.text(state).into_bytes()),
        (INTEGRITY_FILE.to_owned(), list.to_json()),
    ];
    Ok(served.chain(root).chain(beside).collect())
}

//! A site of the add-in for one organisation: the files to serve, the manifests, and the settings of the host.

mod addin;
mod host_settings;
pub(crate) mod integrity;
mod origin;
mod out_folder;
mod site_files;
mod state;
mod unified_manifest;
mod xml_manifest;

use std::collections::BTreeMap;
use std::path::Path;

use sendvagt::PolicyFile;

use crate::SiteError;
use crate::pack::Pack;

pub use addin::Template;
pub use integrity::{LIST_NAME, List, Served};
pub use origin::Origin;
pub use site_files::sha256;
pub use state::{Change, Version};

/// What the manifest asks of Outlook when the add-in is out of reach at a send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendMode {
    /// The mail waits until the add-in can be reached.
    Block,
    /// The mail goes.
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
#[derive(Debug)]
pub struct Packing<'a> {
    /// Where the site will lie.
    pub origin: &'a Origin,
    /// The policy, which goes into the scripts.
    pub policy: PolicyFile,
    /// What Outlook does when the add-in cannot run at a send.
    pub send_mode: SendMode,
    /// Is it the site that lets all mail pass?
    pub pass_through: bool,
    /// The folder to write; an earlier output is replaced.
    pub out: &'a Path,
    /// The file that holds what must stay the same from one packing to the next: the add-in's id and its version.
    pub state: &'a Path,
}

/// What was packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What is new since the packing before.
    pub change: Change,
    /// The version of the manifest.
    pub version: Version,
}

impl Packing<'_> {
    /// Packs, and writes the folder and the state.
    ///
    /// # Errors
    ///
    /// When the template is not whole, or something cannot be read or written. An earlier output is unchanged then.
    pub fn pack(self, template: &Template) -> Result<Packed, SiteError> {
        out_folder::may_write(self.out)?;
        let before = state::State::load(self.state)?;
        let source = xml_manifest::Manifest::new(template, self.origin, self.send_mode)?;
        let (state, change) = state::State::next(before.as_ref(), &source);
        let files = self.files(template, &source, &state)?;
        out_folder::write(self.out, &files)?;
        state.save(self.state)?;
        Ok(Packed { change, version: state.version })
    }

    /// All files, by their paths in the output.
    fn files(
        &self,
        template: &Template,
        source: &xml_manifest::Manifest,
        state: &state::State,
    ) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
        let checking = site_files::Files::checking(template, &Pack::new(self.policy.clone()))?;
        // The settings of the host are those of the site that checks, so that files alone are exchanged in a hurry.
        let settings = List::new(self.origin, &checking)?;
        let served = if self.pass_through { site_files::Files::paused(template)? } else { checking };
        let list = List::new(self.origin, &served)?;
        list.is_served_by(&settings)?;

        let below = self.origin.folder();
        let site = served.by_path.into_iter().map(|(path, bytes)| (format!("www/{below}{path}"), bytes));
        let beside = [
            (format!("www/{}", host_settings::WELL_KNOWN), host_settings::well_known(self.origin)),
            (format!("www/{below}web.config"), host_settings::iis(&settings)),
            ("www/staticwebapp.config.json".to_owned(), host_settings::static_web_apps(self.origin, &settings)),
            ("nginx.conf".to_owned(), host_settings::nginx(self.origin, &settings)),
            ("manifest.json".to_owned(), unified_manifest::manifest(source, state, self.origin)?),
            ("manifest.xml".to_owned(), source.text(state).into_bytes()),
            (LIST_NAME.to_owned(), list.to_json()),
        ];
        Ok(site.chain(beside).collect())
    }
}

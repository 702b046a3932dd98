//! `sendvagt package`: a site of the add-in for one organisation.

mod headers;
pub(super) mod integrity;
mod manifest;
mod origin;
mod output;
mod site;
mod state;
mod template;
mod unified;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sendvagt::pack::Pack;

pub(super) use origin::Origin;
pub(super) use site::sha256;

use super::{Failure, SEND, policy};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Where the site will lie: https, a host, and a path if it shares the host with others
    #[arg(long, value_name = "URL")]
    origin: Origin,
    /// The policy, which is put into the scripts
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The folder to write; an earlier output of this command is replaced
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// What Outlook does when the add-in cannot run at a send
    #[arg(long, value_enum, default_value = "soft-block")]
    send_mode: SendMode,
    /// Make the site that lets all mail pass, and says so in the task pane
    #[arg(long)]
    pass_through: bool,
    /// What must stay the same from one packing to the next: the add-in's id and its version. Keep this file
    #[arg(long, value_name = "FILE", default_value = "sendvagt-state.json")]
    state: PathBuf,
    /// The add-in to pack instead of the one inside this program: a folder that `cargo xtask build` has made
    #[arg(long, value_name = "FOLDER")]
    addin: Option<PathBuf>,
}

/// What the manifest asks of Outlook when the add-in is out of reach at a send.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SendMode {
    /// The mail waits until the add-in can be reached
    Block,
    /// The mail goes
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

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let policy = policy::read(&arguments.policy)?;
    let template = template::Template::load(arguments.addin.as_deref())?;
    output::may_write(&arguments.out)?;
    let before = state::State::load(&arguments.state)?;

    let checking = site::Site::checking(&template, &Pack::new(policy)).map_err(Failure::new)?;
    // The settings of the host are those of the site that checks, so that files alone are exchanged in a hurry.
    let settings = integrity::List::new(&arguments.origin, &checking).map_err(Failure::new)?;
    let site = if arguments.pass_through { site::Site::paused(&template).map_err(Failure::new)? } else { checking };
    let wanted = manifest::Wanted { origin: &arguments.origin, mode: arguments.send_mode };
    let source = manifest::Manifest::new(&template, &wanted).map_err(Failure::new)?;
    let (state, change) = state::State::next(before.as_ref(), &source);
    let manifest = source.text(&state);
    let list = integrity::List::new(&arguments.origin, &site).map_err(Failure::new)?;
    list.served_by(&settings).map_err(Failure::new)?;

    let mut files = BTreeMap::new();
    let below = arguments.origin.folder();
    for (path, bytes) in &site.files {
        files.insert(format!("www/{below}{path}"), bytes.clone());
    }
    files.insert(format!("www/{}", headers::WELL_KNOWN), headers::well_known(&arguments.origin));
    files.insert(format!("www/{below}web.config"), headers::iis(&settings));
    files.insert("www/staticwebapp.config.json".into(), headers::static_web_apps(&arguments.origin, &settings));
    files.insert("nginx.conf".into(), headers::nginx(&arguments.origin, &settings));
    files.insert("manifest.json".into(), unified::manifest(&source, &state, &arguments.origin).map_err(Failure::new)?);
    files.insert("manifest.xml".into(), manifest.into_bytes());
    files.insert(integrity::NAME.into(), list.to_json());

    output::write(&arguments.out, &files)?;
    state.save(&arguments.state)?;
    tell(arguments, &change, &state)?;
    Ok(SEND)
}

/// What was written, and what is to be done with it.
fn tell(arguments: &Arguments, change: &state::Change, state: &state::State) -> io::Result<()> {
    let out = arguments.out.as_path();
    let mut lines = vec![
        format!("{}: the site for {}, version {}", out.display(), arguments.origin, state.version),
        format!("1. Lay what is in {} at the root of {}.", shown(out, "www"), arguments.origin.host()),
        format!("2. Run: sendvagt verify --origin {} --list {}", arguments.origin, shown(out, integrity::NAME)),
    ];
    let manifest = shown(out, "manifest.xml");
    lines.push(match change {
        state::Change::First => {
            format!("3. Add {manifest} in the Microsoft 365 admin center, for a pilot group first.")
        }
        state::Change::FilesOnly => {
            "3. The manifest is the same as before: nothing to do in the admin center.".to_owned()
        }
        state::Change::Manifest => format!(
            "3. The manifest has changed: upload {manifest} in the admin center. Permissions and events are the same."
        ),
        state::Change::Consent => format!(
            "3. Permissions or events have changed: upload {manifest} in the admin center, where an administrator must \
             consent again. Users are without the add-in until then."
        ),
    });
    lines.push(format!("Keep {}: without it the next packing makes another add-in.", arguments.state.display()));
    if arguments.pass_through {
        lines.push("This site lets ALL MAIL PASS. Pack without --pass-through to check mail again.".to_owned());
    }
    if *change != state::Change::First {
        lines.push(
            "Classic Outlook reads its script anew when it starts, the others when they load the add-in next."
                .to_owned(),
        );
    }
    let mut stdout = io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(stdout, "{line}"))
}

fn shown(out: &Path, name: &str) -> String {
    out.join(name).display().to_string()
}

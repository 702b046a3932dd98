//! `sendvagt package`: a site of the add-in for one organisation.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sendvagt_site::package::{Change, LIST_NAME, Origin, Packed, Packing, SendMode, Template};

use crate::exit::{Ending, SEND};
use crate::{choice, policy};

/// The add-in in a released program, as a tar file pressed with gzip.
#[cfg(sendvagt_addin)]
const INSIDE: Option<&[u8]> = Some(include_bytes!(env!("SENDVAGT_ADDIN")));
/// Other programs have none: building it takes more than cargo.
#[cfg(not(sendvagt_addin))]
const INSIDE: Option<&[u8]> = None;

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
    #[arg(long, value_parser = choice::send_mode(), default_value = "soft-block")]
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

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let packing = Packing {
        policy: policy::read(&arguments.policy)?,
        origin: &arguments.origin,
        send_mode: arguments.send_mode,
        pass_through: arguments.pass_through,
        out: &arguments.out,
        state: &arguments.state,
    };
    let packed = packing.pack(&template(arguments.addin.as_deref())?)?;
    print_next_steps(arguments, packed)?;
    Ok(SEND)
}

/// The add-in in a folder, or the one inside this program.
fn template(folder: Option<&Path>) -> Result<Template, Ending> {
    match (folder, INSIDE) {
        (Some(folder), _) => Template::in_folder(folder)
            .map_err(|error| Ending::new(format!("--addin {} cannot be read: {error}", folder.display()))),
        (None, Some(archive)) => Template::in_archive(archive)
            .map_err(|error| Ending::new(format!("the add-in inside this program cannot be read: {error}"))),
        (None, None) => Err(Ending::new(
            "this program was built without the add-in inside; take one that `cargo xtask release` has made, or name a \
             folder with --addin",
        )),
    }
}

/// What was written, and what is to be done with it.
fn print_next_steps(arguments: &Arguments, packed: Packed) -> io::Result<()> {
    let out = arguments.out.as_path();
    let mut lines = vec![
        format!("{}: the site for {}, version {}", out.display(), arguments.origin, packed.version),
        format!("1. Lay what is in {} at the root of {}.", shown(out, "www"), arguments.origin.host()),
        format!("2. Run: sendvagt verify --origin {} --list {}", arguments.origin, shown(out, LIST_NAME)),
    ];
    let manifest = shown(out, "manifest.xml");
    lines.push(match packed.change {
        Change::First => {
            format!("3. Add {manifest} in the Microsoft 365 admin center, for a pilot group first.")
        }
        Change::FilesOnly => "3. The manifest is the same as before: nothing to do in the admin center.".to_owned(),
        Change::Manifest => format!(
            "3. The manifest has changed: upload {manifest} in the admin center. Permissions and events are the same."
        ),
        Change::Consent => format!(
            "3. Permissions or events have changed: upload {manifest} in the admin center, where an administrator must \
             consent again. Users are without the add-in until then."
        ),
    });
    lines.push(format!("Keep {}: without it the next packing makes another add-in.", arguments.state.display()));
    if arguments.pass_through {
        lines.push("This site lets ALL MAIL PASS. Pack without --pass-through to check mail again.".to_owned());
    }
    if packed.change != Change::First {
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

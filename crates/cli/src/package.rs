//! `sendvagt package`: packs the add-in for one organisation.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sendvagt_site::package::{
    Addin, Change, INTEGRITY_FILE, Identity, Order, Origin, Packed, Paths, STATE_FILE, SendMode, package,
};

use sendvagt::Language;
use sendvagt_site::pack::Pack;

use crate::exit::{Ending, SEND};
use crate::{bundled, choice, policy};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The URL where the site will be served: https, a host, and a path if the host serves other sites too
    #[arg(long, value_name = "URL")]
    origin: Origin,
    /// The policy, which is embedded in the scripts
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The folder to write; an earlier output of this command is replaced
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// What Outlook does when the add-in cannot run at a send
    #[arg(long, value_parser = choice::send_mode(), default_value = "soft-block")]
    send_mode: SendMode,
    /// Pack the site that lets all mail pass and says so in the task pane
    #[arg(long)]
    pass_through: bool,
    /// The file that keeps the add-in's id and version from one run to the next. Back it up
    #[arg(long, value_name = "FILE", default_value = STATE_FILE)]
    state: PathBuf,
    /// Make a new add-in, with an id of its own: the first time
    #[arg(long, conflicts_with = "manifest")]
    new: bool,
    /// Take id and version from this manifest.xml, made by this command, because the state file is lost
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Pack the add-in in this folder, made by `cargo xtask build`, instead of the one inside this program
    #[arg(long, value_name = "FOLDER")]
    addin: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let policy = policy::read(&arguments.policy)?;
    let order = Order {
        origin: &arguments.origin,
        policy: &policy,
        send_mode: arguments.send_mode,
        pass_through: arguments.pass_through,
    };
    let identity = match &arguments.manifest {
        Some(manifest) => Identity::Manifest(manifest),
        None if arguments.new => Identity::New,
        None => Identity::Known,
    };
    let paths = Paths { out: &arguments.out, state: &arguments.state, identity };
    if let Some(warning) = arguments.origin.warning() {
        // When standard error is closed, nothing more can be done.
        let _ = writeln!(io::stderr(), "sendvagt: {}: {} (warning)", arguments.origin, warning.get(Language::En));
    }
    let packed = package(&addin(arguments.addin.as_deref())?, &order, paths)?;
    print_next_steps(arguments, &packed, &Pack::new(policy).policy_id())?;
    Ok(SEND)
}

/// The add-in in a folder, or the one inside this program.
fn addin(folder: Option<&Path>) -> Result<Addin, Ending> {
    match (folder, bundled::ADDIN) {
        (Some(folder), _) => Addin::from_folder(folder)
            .map_err(|error| Ending::new(format!("--addin {} cannot be read: {error}", folder.display()))),
        (None, Some(archive)) => Addin::from_archive(archive)
            .map_err(|error| Ending::new(format!("the add-in inside this program cannot be read: {error}"))),
        (None, None) => Err(Ending::new(
            "this program was built without the add-in inside; use one built by `cargo xtask release`, or name a folder \
             with --addin",
        )),
    }
}

/// What was written, and what to do with it.
fn print_next_steps(arguments: &Arguments, packed: &Packed, policy_id: &str) -> io::Result<()> {
    let out = arguments.out.as_path();
    let shares_host = arguments.origin.to_string() != arguments.origin.host();
    let but_index = if shares_host { ", but index.html over none that the host has of its own" } else { "" };
    let mut lines = vec![
        format!("{}: the site for {}, version {}", out.display(), arguments.origin, packed.version),
        format!("Policy id {policy_id}, as the task pane shows it; id of the add-in {}", packed.id),
        format!(
            "1. Copy the content of {} to the root of {}{}.",
            shown(out, "www"),
            arguments.origin.host(),
            but_index
        ),
        format!("2. Run: sendvagt verify --origin {} --list {}", arguments.origin, quoted(shown(out, INTEGRITY_FILE))),
    ];
    if arguments.pass_through {
        // Before the steps: who follows them without reading on would switch off the check.
        lines.insert(2, "This site lets ALL MAIL PASS. Keep it ready, and go on only in an emergency:".to_owned());
    }
    if let Some(manifest) = &packed.restored_from {
        lines.insert(
            1,
            format!("{} was not there: id and version are those of {}.", arguments.state.display(), manifest.display()),
        );
    }
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
    lines.push(format!("Keep {}: it has the id of the add-in.", arguments.state.display()));
    if packed.change != Change::First {
        lines.push(
            "Classic Outlook loads the new script when it is restarted, the others when they next load the add-in."
                .to_owned(),
        );
    }
    let mut stdout = io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(stdout, "{line}"))
}

fn shown(out: &Path, name: &str) -> String {
    out.join(name).display().to_string()
}

/// A path as a shell takes it.
fn quoted(path: String) -> String {
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}

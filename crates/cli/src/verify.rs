//! `sendvagt verify`: is what a host serves what was packed?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sendvagt_site::package::Origin;
use sendvagt_site::verify::{Place, compare, read_list};

use crate::exit::{Ending, HELD, SEND};

#[derive(Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["origin", "folder"])))]
pub(crate) struct Arguments {
    /// The host to ask, as it was named to `sendvagt package`
    #[arg(long, value_name = "URL")]
    origin: Option<Origin>,
    /// A folder to look into instead: the site below www, before it is laid on the host
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// The list of what was packed
    #[arg(long, value_name = "FILE", default_value = "site/integrity.json")]
    list: PathBuf,
    /// A certificate authority to trust beside those of the system, in PEM: that of the organisation's own network
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let list = read_list(&arguments.list)?;
    let (place, what) = match (&arguments.origin, &arguments.folder) {
        (Some(origin), _) if origin.to_string() != list.origin => {
            return Err(Ending::new(format!(
                "{} is the list of a site for {}, not for {origin}; pack for this origin, or name the other",
                arguments.list.display(),
                list.origin
            )));
        }
        (Some(origin), _) => (Place::Host { origin, ca: arguments.ca.as_deref() }, "as packed, headers included"),
        (None, folder) => (Place::Folder(folder.as_deref().unwrap_or("".as_ref())), "as packed"),
    };
    let mut out = io::stdout().lock();
    let differing = compare::<Ending>(&list, place, |path, fault| Ok(writeln!(out, "{path}: {fault}")?))?;
    let all = list.files.len();
    if differing == 0 {
        writeln!(out, "All {all} files are {what}.")?;
        return Ok(SEND);
    }
    writeln!(out, "{differing} of {all} files are not {what}.")?;
    Ok(HELD)
}

//! `sendvagt verify`: compares what a host serves with what was packed.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sendvagt_site::package::Origin;
use sendvagt_site::verify::{Source, compare, read_list};

use crate::exit::{Ending, HELD, SEND};

#[derive(Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["origin", "folder"])))]
pub(crate) struct Arguments {
    /// The site to check: the URL given to `sendvagt package`
    #[arg(long, value_name = "URL")]
    origin: Option<Origin>,
    /// Check a folder instead: the site below www, before it is copied to the host
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// The list of what was packed
    #[arg(long, value_name = "FILE", default_value = "site/integrity.json")]
    list: PathBuf,
    /// A certificate authority to trust besides those of the system, in PEM, such as that of your own network
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let list = read_list(&arguments.list)?;
    let (source, what) = match (&arguments.origin, &arguments.folder) {
        (Some(origin), _) if origin.to_string() != list.origin => {
            return Err(Ending::new(format!(
                "{} is the list of a site for {}, not for {origin}; pack for this origin, or name the other one",
                arguments.list.display(),
                list.origin
            )));
        }
        (Some(origin), _) => (Source::Host { origin, ca: arguments.ca.as_deref() }, "as packed, headers included"),
        (None, folder) => (Source::Folder(folder.as_deref().unwrap_or("".as_ref())), "as packed"),
    };
    let mut out = io::stdout().lock();
    let differing = compare::<Ending>(&list, source, |path, difference| Ok(writeln!(out, "{path}: {difference}")?))?;
    let count = list.files.len();
    if differing == 0 {
        writeln!(out, "All {count} files are {what}.")?;
        return Ok(SEND);
    }
    writeln!(out, "{differing} of {count} files are not {what}.")?;
    Ok(HELD)
}

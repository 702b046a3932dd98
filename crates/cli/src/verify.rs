//! `sendvagt verify`: compares what a host serves with what was packed.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use sendvagt_site::package::{IntegrityList, Origin};
use sendvagt_site::verify::{Certificate, Difference, Report, Source, compare, read_list};
use serde_json::json;

use crate::exit::{Ending, FAILED, HELD, SEND};

/// From how many files on the same fault is said once.
const MANY: usize = 3;
/// From how many days on a certificate is worth a word.
const SOON: i64 = 30;

#[derive(Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["origin", "folder"])))]
#[command(after_help = "\
Exit status: 0 everything is as packed, 1 something differs, 2 the host could not be reached, or not in time, or an error.")]
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
    /// Trust the certificate authorities in this file instead of those of the system: those of your own network, say. One
    /// or more certificates in PEM (Base-64), or one in DER
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// How many seconds all of it may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// Print the result as one line of JSON, for a monitor
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let list = read_list(&arguments.list)?;
    let source = match (&arguments.origin, &arguments.folder) {
        (Some(origin), _) if origin.to_string() != list.origin => {
            return Err(Ending::new(format!(
                "{} is the list of a site for {}, not for {origin}; pack for this origin, or name the other one",
                arguments.list.display(),
                list.origin
            )));
        }
        (Some(origin), _) => {
            Source::Host { origin, ca: arguments.ca.as_deref(), limit: Duration::from_secs(arguments.timeout) }
        }
        (None, folder) => Source::Folder(folder.as_deref().unwrap_or("".as_ref())),
    };
    let report = compare(&list, source)?;
    let status = match (report.is_as_packed(), report.is_incomplete()) {
        (false, _) => HELD,
        (true, true) => FAILED,
        (true, false) => SEND,
    };
    let printed = if arguments.json { print_json(&report, &list, status) } else { print(&report, arguments) };
    match printed {
        // The reader may have enough; the status is still that of the comparison.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(status),
    }
}

fn print_json(report: &Report, list: &IntegrityList, status: u8) -> io::Result<()> {
    let mut value = serde_json::to_value(report)?;
    if let Some(value) = value.as_object_mut() {
        value.insert("origin".to_owned(), json!(list.origin));
        value.insert("sendvagt".to_owned(), json!(list.sendvagt));
        value.insert("status".to_owned(), json!(status));
    }
    writeln!(io::stdout().lock(), "{value}")
}

fn print(report: &Report, arguments: &Arguments) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if let Some(why) = &report.unreached {
        return writeln!(out, "{why}");
    }
    if let Some(served) = report.served {
        writeln!(out, "{}", served.said(&arguments.list.display().to_string()).en)?;
    }
    for (files, what) in grouped(report.differences.iter().chain(&report.unread)) {
        writeln!(out, "{files}: {what}")?;
    }
    let what = if arguments.origin.is_some() { "as packed, headers included" } else { "as packed" };
    let count = report.files;
    let differing = paths(&report.differences);
    if !report.unread.is_empty() {
        writeln!(out, "{} of {count} files could not be compared.", paths(&report.unread))?;
    }
    if differing > 0 {
        writeln!(out, "{differing} of {count} files are not {what}.")?;
    } else if report.is_as_packed() && !report.is_incomplete() {
        writeln!(out, "All {count} files are {what}.")?;
    }
    if let Some(Certificate { until, days_left }) = &report.certificate {
        let renew = if *days_left < SOON { ": renew it" } else { "" };
        writeln!(out, "The certificate is valid until {until}, {days_left} more days{renew}.")?;
    }
    Ok(())
}

/// How many files are named.
fn paths(differences: &[Difference]) -> usize {
    differences.iter().map(|difference| &difference.path).collect::<std::collections::BTreeSet<_>>().len()
}

/// The faults with their files. What many files have in common is one line.
fn grouped<'a>(differences: impl Iterator<Item = &'a Difference> + Clone) -> Vec<(String, &'a str)> {
    let mut by_fault = BTreeMap::<&str, Vec<&str>>::new();
    for difference in differences.clone() {
        by_fault.entry(&difference.what).or_default().push(&difference.path);
    }
    let mut lines = Vec::new();
    for difference in differences {
        let Some(files) = by_fault.get_mut(difference.what.as_str()) else { continue };
        if files.len() < MANY {
            lines.push((difference.path.clone(), difference.what.as_str()));
        } else {
            lines.push((format!("{} and {} others", difference.path, files.len() - 1), difference.what.as_str()));
            by_fault.remove(difference.what.as_str());
        }
    }
    lines
}

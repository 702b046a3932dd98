//! `sendvagt transport-rule`: a mail-flow rule for clients where no add-in runs.

mod pattern;
mod script;
mod words;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sendvagt::policy::{Action, Mode, RuleName};
use sendvagt::{Language, Policy};

use super::{Failure, SEND, policy};
use script::Script;

/// Prints Exchange Online PowerShell for a rule that rejects, with the reason, what has a CPR number in its subject.
#[derive(Args)]
#[command(after_help = "The rule finds less than the add-in does: docs/transport-rule.md says what.")]
pub(crate) struct Arguments {
    /// The organisation's policy; `-` for standard input
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The language of the reason; the policy's when left out, and Danish when it has none
    #[arg(long)]
    language: Option<Language>,
    /// Let the rule only write down what it would reject
    #[arg(long)]
    audit_only: bool,
    /// Write the script to this file, as Windows PowerShell reads it (UTF-8 with a mark, CRLF); standard output when
    /// left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let policy = Policy::new(policy::read(&arguments.policy)?);
    let text = script(arguments, &policy).text();
    let Some(path) = &arguments.out else {
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(SEND);
    };
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    save(path, marked.as_bytes())?;
    Ok(SEND)
}

fn script<'a>(arguments: &Arguments, policy: &'a Policy) -> Script<'a> {
    let organisation = &policy.file().organisation;
    let language = arguments.language.or(policy.file().language).unwrap_or_default();
    Script {
        organisation: &organisation.name,
        online: words::reason(organisation, language, words::ONLINE_LIMIT),
        server: words::reason(organisation, language, words::SERVER_LIMIT),
        audit: audit(arguments.audit_only, policy),
    }
}

/// Why the rule must not reject: it stops no mail that the add-in, under the same policy, would let go.
fn audit(asked: bool, policy: &Policy) -> Option<&'static str> {
    match (policy.file().mode, policy.action(RuleName::CprInSubject)) {
        _ if asked => Some("--audit-only was given"),
        (Mode::Observe, _) => Some("the policy's mode is observe"),
        (Mode::Advise, _) => Some("the policy's mode is advise"),
        (_, Action::Off) => Some("the policy has cpr-in-subject off"),
        (_, Action::Ask) => Some("the policy has cpr-in-subject at ask"),
        (Mode::Enforce, Action::Stop) => None,
    }
}

/// Writes the file whole or not at all: beside it first, then in its place.
fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let failed = |path: &Path, error: io::Error| Failure::new(format!("{} cannot be written: {error}", path.display()));
    let mut file = File::create_new(&beside).map_err(|error| failed(&beside, error))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
        failed(path, error)
    })
}

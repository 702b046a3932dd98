//! `sendvagt transport-rule`: a mail-flow rule for clients where no add-in runs.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sendvagt::{Language, Policy};
use sendvagt_site::transport_rule;

use crate::exit::{Ending, SEND};
use crate::{choice, policy};

/// Prints Exchange Online PowerShell for a rule that rejects, with the reason, what has a CPR number in its subject.
#[derive(Args)]
#[command(after_help = "The rule finds less than the add-in does: docs/transport-rule.md says what.")]
pub(crate) struct Arguments {
    /// The organisation's policy; `-` for standard input
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The language of the reason; the policy's when left out, and Danish when it has none
    #[arg(long, value_parser = choice::language())]
    language: Option<Language>,
    /// Let the rule only write down what it would reject
    #[arg(long)]
    audit_only: bool,
    /// Write the script to this file, as Windows PowerShell reads it (UTF-8 with a mark, CRLF); standard output when
    /// left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let policy = Policy::new(policy::read(&arguments.policy)?);
    let text = transport_rule::script(&policy, arguments.language, arguments.audit_only);
    let Some(path) = &arguments.out else {
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(SEND);
    };
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    sendvagt_files::write(path, marked.as_bytes())
        .map_err(|error| Ending::new(format!("{} cannot be written: {error}", path.display())))?;
    Ok(SEND)
}

//! `sendvagt transport-rule`: prints a mail-flow rule for mail that no add-in sees.

use std::path::PathBuf;

use clap::Args;
use sendvagt::{Language, Policy};
use sendvagt_site::transport_rule;

use crate::exit::{Ending, SEND};
use crate::{choice, out, policy};

/// Prints a PowerShell script for Exchange Online. Its rule rejects a mail with a CPR number in its subject, with a reason.
#[derive(Args)]
#[command(after_help = "The rule finds fewer numbers than the add-in does: docs/transport-rule.md says which.")]
pub(crate) struct Arguments {
    /// The organisation's policy; `-` for standard input
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The language of the reason; by default that of the policy, or Danish if it has none
    #[arg(long, value_parser = choice::language())]
    language: Option<Language>,
    /// Make the rule reject nothing, and only log what it would reject
    #[arg(long)]
    audit_only: bool,
    /// Write the script to this file, as Windows PowerShell expects it (UTF-8 with byte order mark, CRLF); standard
    /// output by default
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let policy = Policy::new(policy::read(&arguments.policy)?);
    let text = transport_rule::script(&policy, arguments.language, arguments.audit_only);
    out::text(arguments.out.as_deref(), &text)?;
    Ok(SEND)
}

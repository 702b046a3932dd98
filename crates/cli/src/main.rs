//! `sendvagt`: the engine, the packing of a site and the audit on the command line. Arguments and words only.

#![forbid(unsafe_code)]

mod audit;
mod check;
mod choice;
mod exit;
mod package;
mod policy;
mod transport_rule;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Checks mail as the Outlook add-in does.
#[derive(Parser)]
#[command(name = "sendvagt", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Find in old mail what would have been stopped
    Audit(audit::Arguments),
    /// Judge a draft, or many
    Check(check::Arguments),
    /// Check a policy, explain it, or print its schema
    Policy(policy::Arguments),
    /// Make a site of the add-in, and its manifest, for one organisation
    Package(package::Arguments),
    /// Compare what a host serves with what was packed
    Verify(verify::Arguments),
    /// Print a mail-flow rule for Exchange, for mail that no add-in sees
    TransportRule(transport_rule::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::TransportRule(arguments) => transport_rule::run(&arguments),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(ending) => {
            ending.print();
            ExitCode::from(ending.code)
        }
    }
}

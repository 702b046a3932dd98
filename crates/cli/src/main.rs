//! `sendvagt`: the engine, the packing of a site and the audit on the command line.
//!
//! | command | module |
//! | --- | --- |
//! | `sendvagt audit` | `audit` |
//! | `sendvagt check` | `check` |
//! | `sendvagt policy` | `policy` |
//! | `sendvagt package` | `package` |
//! | `sendvagt verify` | `verify` |
//! | `sendvagt transport-rule` | `transport_rule` |
//! | `sendvagt workshop` | `workshop` |
//!
//! Invariants: this crate parses arguments and words messages; every decision is made in the libraries. The exit status is
//! one of those in `exit`. Messages never contain what an input holds, only where it is.

#![forbid(unsafe_code)]

mod audit;
mod bundled;
mod check;
mod choice;
mod exit;
mod out;
mod package;
mod policy;
mod transport_rule;
mod verify;
mod wildcards;
mod workshop;

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
    /// Search old mail for what the add-in would have stopped
    Audit(audit::Arguments),
    /// Check one draft, or many
    Check(check::Arguments),
    /// Check or explain a policy, or print its schema
    Policy(policy::Arguments),
    /// Pack the add-in for one organisation: the site to serve, and the manifest
    Package(package::Arguments),
    /// Compare what a host serves with what was packed
    Verify(verify::Arguments),
    /// Print a mail-flow rule for Exchange, for mail that no add-in sees
    TransportRule(transport_rule::Arguments),
    /// Serve the workshop, a page in which a policy is written, tried and packed, to this machine alone
    Workshop(workshop::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::TransportRule(arguments) => transport_rule::run(&arguments),
        Command::Workshop(arguments) => workshop::run(&arguments),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(ending) => {
            ending.print();
            ExitCode::from(ending.code)
        }
    }
}

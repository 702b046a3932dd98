//! The command line.

mod check;
mod policy;
mod transport;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sendvagt::Policy;

/// Every mail may go.
pub(crate) const SEND: u8 = 0;
/// At least one mail is asked about or stopped.
pub(crate) const HELD: u8 = 1;
/// Something could not be done or read.
pub(crate) const FAILED: u8 = 2;

/// Checks mail as the Outlook add-in does.
#[derive(Parser)]
#[command(name = "sendvagt", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge a draft, or many
    Check(check::Arguments),
    /// Check a policy, explain it, or print its schema
    Policy(policy::Arguments),
    /// Print a mail-flow rule for clients where no add-in runs
    TransportRule(transport::Arguments),
}

pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::TransportRule(arguments) => transport::run(&arguments),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.code)
        }
    }
}

/// Why a command ended early: what, where, and what to do instead.
pub(crate) struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: FAILED }
    }

    fn tell(&self) {
        if !self.message.is_empty() {
            // Nothing is left to tell it to when even standard error is closed.
            let _ = writeln!(io::stderr(), "sendvagt: {}", self.message);
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            // The reader has enough, as `head` does: nothing went wrong.
            return Self { message: String::new(), code: SEND };
        }
        Self::new(format!("the answer cannot be written: {error}"))
    }
}

/// The policy of `--policy`, or the default one.
pub(crate) fn policy_of(path: Option<&PathBuf>) -> Result<Policy, Failure> {
    path.map_or_else(|| Ok(Policy::default()), |path| policy::read(path).map(Policy::new))
}

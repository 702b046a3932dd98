//! `sendvagt`: the engine on the command line.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}

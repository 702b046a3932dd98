//! `cargo xtask …`: builds, shows, tests and releases Sendvagt.

mod browser;
mod build;
mod bundle;
mod command;
mod coverage;
mod engine;
mod format;
mod fuzz;
mod generate;
mod peers;
mod practice;
#[cfg(test)]
mod published;
mod release;
mod serve;
mod setup;
mod sizes;
mod supply;
mod test;
mod windows;
mod workshop;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Build, show, test and release Sendvagt. Most commands install the tools that they need.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what building needs: the WebAssembly target and the npm packages of the lock file
    Setup,
    /// Build the add-in, the simulator and the workshop into dist/
    Build(build::Arguments),
    /// Build the workshop page into dist/, with the add-in of the last build inside
    Workshop,
    /// Build, serve the simulator and open it in a browser
    Demo(serve::Arguments),
    /// Serve the last build without building
    Serve(serve::Arguments),
    /// Run all checks and tests, or the named steps
    Test(test::Arguments),
    /// Measure the time of a check in each engine, and of a send in a browser
    Bench(test::Bench),
    /// Measure the line coverage of the core and of the shell
    Coverage(coverage::Arguments),
    /// Run the fuzz targets
    Fuzz(fuzz::Arguments),
    /// Measure the finder beside other detectors, into docs/detection.md (needs the network)
    Peers(peers::Arguments),
    /// Build the released program, with the add-in inside, into dist/release
    Release(release::Arguments),
    /// Run the program's tests as Windows runs it: on Windows, or under Wine
    Windows,
    /// Check licences, duplicates and advisories of the packages, and the workflows (needs the network)
    Supply,
    /// Write the pages and files that are made from the code
    Generate {
        /// Write nothing, and fail when one is out of date
        #[arg(long)]
        check: bool,
    },
    /// Format the code
    Format {
        /// Write nothing, and fail when a file is not formatted
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let root = root();
    let done = match Arguments::parse().command {
        Command::Setup => setup::ready(&root),
        Command::Build(arguments) => build::run(&root, &arguments),
        Command::Workshop => workshop::build(&root),
        Command::Demo(arguments) => {
            build::run(&root, &build::Arguments::default()).and_then(|()| serve::run(&root, &arguments))
        }
        Command::Serve(arguments) => serve::run(&root, &arguments),
        Command::Test(arguments) => test::steps(&root, &arguments),
        Command::Bench(arguments) => {
            build::run(&root, &build::Arguments::default()).and_then(|()| test::bench(&root, &arguments))
        }
        Command::Coverage(arguments) => coverage::run(&root, &arguments),
        Command::Fuzz(arguments) => fuzz::fuzz(&root, &arguments),
        Command::Peers(arguments) => peers::run(&root, &arguments),
        Command::Release(arguments) => release::release(&root, &arguments),
        Command::Windows => windows::test(&root),
        Command::Supply => supply::run(&root),
        Command::Generate { check } => generate::run(&root, check),
        Command::Format { check } => format::run(&root, check),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's folder, which is the parent of this package's.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

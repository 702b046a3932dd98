//! `sendvagt policy`: checks a policy, explains it, or prints its schema.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sendvagt::{Both, Language, Policy, PolicyFile};
use sendvagt_site::pack::Pack;
use sendvagt_site::policy;

use crate::exit::{Ending, SEND};
use crate::{choice, out};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check a policy strictly, and report every error in it
    Check {
        /// The policy
        file: PathBuf,
        /// The language of the errors
        #[arg(long, default_value = "en", value_parser = choice::language())]
        language: Language,
    },
    /// Print a policy as it is embedded in the built scripts
    Pack {
        /// The policy; `-` for standard input
        file: PathBuf,
        /// Write it to this file; standard output by default
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Print the JSON Schema of a policy
    Schema {
        /// Write it to this file; standard output by default
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Say in plain words what a policy will do
    Explain {
        /// The policy
        file: PathBuf,
        /// The language of the explanation
        #[arg(long, default_value = "en", value_parser = choice::language())]
        language: Language,
        /// Write the explanation to this file, as Windows programs expect it (UTF-8 with byte order mark, CRLF); standard
        /// output by default
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

const NO_ERRORS: Both = Both { da: "ingen fejl", en: "no errors" };
const WARNING: Both = Both { da: "advarsel", en: "warning" };
const INVALID: Both = Both { da: "er ikke en gyldig policy", en: "is not a valid policy" };
const ONE_ERROR: Both = Both { da: "fejl", en: "error" };
const ERRORS: Both = Both { da: "fejl", en: "errors" };

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    match &arguments.command {
        Command::Check { file, language } => {
            let (text, shown) = (text(file)?, file.display());
            parsed(&text, file, *language)?;
            let mut out = io::stdout().lock();
            writeln!(out, "{shown}: {}", NO_ERRORS.get(*language))?;
            for warning in policy::warnings(&text) {
                writeln!(out, "{shown}:{} ({})", warning.said(*language), WARNING.get(*language))?;
            }
        }
        Command::Pack { file, out } => {
            let packed = serde_json::to_string(&Pack::new(read(file)?)).map_err(io::Error::from)?;
            out::data(out.as_deref(), &format!("{packed}\n"))?;
        }
        Command::Schema { out } => out::data(out.as_deref(), &format!("{:#}\n", policy::schema()))?,
        Command::Explain { file, language, out } => {
            out::text(out.as_deref(), &policy::explain(&Policy::new(read(file)?), *language))?;
        }
    }
    Ok(SEND)
}

/// Reads a policy file. The error lists every error in it, one per line.
pub(crate) fn read(path: &PathBuf) -> Result<PolicyFile, Ending> {
    parsed(&text(path)?, path, Language::En)
}

fn text(path: &PathBuf) -> Result<String, Ending> {
    let shown = path.display();
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| Ending::new(format!("{shown} cannot be read: {error}")))?;
    String::from_utf8(bytes)
        .map_err(|_| Ending::new(format!("{shown} is not UTF-8 text; save it as UTF-8, not as UTF-16 or Windows-1252")))
}

fn parsed(text: &str, path: &Path, language: Language) -> Result<PolicyFile, Ending> {
    let shown = path.display();
    policy::parse(text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("{shown}:{}", error.said(language))).collect();
        let noun = Both::counted(errors.len(), ONE_ERROR, ERRORS);
        let (invalid, count) = (INVALID.get(language), errors.len());
        Ending::new(format!("{shown} {invalid}: {count} {}\n{}", noun.get(language), lines.join("\n")))
    })
}

/// Reads the policy of `--policy`; the default policy if the option is left out.
pub(crate) fn read_or_default(path: Option<&PathBuf>) -> Result<Policy, Ending> {
    path.map_or_else(|| Ok(Policy::default()), |path| read(path).map(Policy::new))
}

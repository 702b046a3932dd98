//! `sendvagt policy`: checks a policy, explains it, or prints its schema.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sendvagt::{Both, Language, Policy, PolicyFile};
use sendvagt_site::pack::Pack;
use sendvagt_site::policy;

use crate::choice;
use crate::exit::{Ending, SEND};

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
    },
    /// Print the JSON Schema of a policy
    Schema,
    /// Say in plain words what a policy will do
    Explain {
        /// The policy
        file: PathBuf,
        /// The language of the explanation
        #[arg(long, default_value = "en", value_parser = choice::language())]
        language: Language,
    },
}

const NO_ERRORS: Both = Both { da: "ingen fejl", en: "no errors" };
const WARNING: Both = Both { da: "advarsel", en: "warning" };
const INVALID: Both = Both { da: "er ikke en gyldig policy", en: "is not a valid policy" };
const ONE_ERROR: Both = Both { da: "fejl", en: "error" };
const ERRORS: Both = Both { da: "fejl", en: "errors" };

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let mut out = io::stdout().lock();
    match &arguments.command {
        Command::Check { file, language } => {
            let (text, shown) = (text(file)?, file.display());
            parsed(&text, file, *language)?;
            writeln!(out, "{shown}: {}", NO_ERRORS.get(*language))?;
            for warning in policy::warnings(&text) {
                writeln!(out, "{shown}:{} ({})", warning.said(*language), WARNING.get(*language))?;
            }
        }
        Command::Pack { file } => {
            serde_json::to_writer(&mut out, &Pack::new(read(file)?)).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Command::Schema => writeln!(out, "{:#}", policy::schema())?,
        Command::Explain { file, language } => {
            let text = policy::explain(&Policy::new(read(file)?), *language);
            out.write_all(text.as_bytes())?;
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

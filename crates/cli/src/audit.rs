//! `sendvagt audit`: finds in old mail what the add-in would have stopped.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::thread;

use clap::Args;
use sendvagt::Language;
use sendvagt_audit::{Audit, Format, Outcome};

use crate::exit::{Ending, FAILED, HELD, SEND};
use crate::{choice, policy, wildcards};

#[derive(Args)]
#[command(after_help = "\
Exit status: 0 everything was read and nothing found; 1 something was found; 2 something could not be read, or reading \
was stopped, whether or not something was found. What could not be read is reported on standard error with its place.

Neither subjects, CPR numbers nor addresses are shown unless --reveal is given. docs/audit.md has more.")]
pub(crate) struct Arguments {
    /// Exports of mail: Exchange message traces (CSV), lists of subjects, drafts in JSON Lines, .eml, .msg, mbox, Maildir,
    /// .pst, workbooks; also compressed with gzip or zstd, or in a ZIP archive. Standard input if no file is named, or for `-`
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the files; detected by name and content when left out
    #[arg(long, value_parser = choice::format())]
    format: Option<Format>,
    /// The organisation's policy, with its retired mailboxes and its words for numbers of other kinds
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Write each finding to this file, .csv or .jsonl
    #[arg(long, value_name = "FILE")]
    findings: Option<PathBuf>,
    /// Write an HTML report to this file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The language of the table and the report; that of the policy, or Danish, when left out
    #[arg(long, value_parser = choice::language())]
    language: Option<Language>,
    /// How many threads read; one per core when left out
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Read the texts of mails and the names of attachments too, of mails that leave the organisation and are no secure mail.
    /// Needs a policy with organisation.domains, which says who is inside. The rules on texts count as on, whatever the policy
    /// does with them
    #[arg(long)]
    body: bool,
    /// Show subjects, numbers and addresses in the file of findings; of texts and attachments nothing is ever shown
    #[arg(long, requires = "findings")]
    reveal: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let audit = Audit {
        policy: policy::read_or_default(arguments.policy.as_ref())?,
        files: files(arguments)?,
        format: arguments.format,
        findings: arguments.findings.clone(),
        report: arguments.report.clone(),
        language: arguments.language,
        threads: arguments.threads.map_or_else(cores, usize::from),
        reveal: arguments.reveal,
        reads_text: arguments.body,
    };
    Ok(match audit.run()? {
        Outcome::Clean => SEND,
        Outcome::Found => HELD,
        Outcome::Incomplete => FAILED,
    })
}

fn files(arguments: &Arguments) -> Result<Vec<PathBuf>, Ending> {
    if !arguments.files.is_empty() {
        return Ok(wildcards::expanded(&arguments.files)?);
    }
    if io::stdin().is_terminal() {
        return Err(Ending::new("no file is named; use `sendvagt audit FILE…`, or `-` for standard input"));
    }
    Ok(vec![PathBuf::from("-")])
}

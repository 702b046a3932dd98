//! `sendvagt check`: checks one draft from options, or many from JSON Lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use sendvagt::verdict::Finding;
use sendvagt::{Decision, Draft, Field, Item, Language, Policy, Recipient, Verdict, check};
use sendvagt_files::AtomicFile;
use serde::Serialize;

use crate::exit::{Ending, FAILED, HELD, SEND};
use crate::{choice, out, policy};

#[derive(Args)]
#[command(after_help = "Exit status: 0 every mail may go, 1 a mail is asked about or stopped, 2 an error.")]
pub(crate) struct Arguments {
    /// The subject
    #[arg(long, required_unless_present = "jsonl", conflicts_with = "jsonl")]
    subject: Option<String>,
    /// A recipient in To; repeat the option for more
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    to: Vec<String>,
    /// A recipient in Cc; repeat the option for more
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    cc: Vec<String>,
    /// A recipient in Bcc; repeat the option for more
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    bcc: Vec<String>,
    /// The sender's address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    from: Option<String>,
    /// Check a meeting invitation instead of a mail
    #[arg(long, conflicts_with = "jsonl")]
    appointment: bool,
    /// Print the verdict as JSON
    #[arg(long)]
    json: bool,
    /// Read one draft as JSON from each line, and print one verdict for each; for an invalid line, print its number and
    /// the error
    #[arg(long)]
    jsonl: bool,
    /// The file to read with --jsonl; standard input by default
    #[arg(value_name = "FILE", requires = "jsonl")]
    file: Option<PathBuf>,
    /// Write the output to this file; standard output by default
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The organisation's policy; the default policy if left out
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The language of the output
    #[arg(long, default_value = "en", value_parser = choice::language())]
    language: Language,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let policy = policy::read_or_default(arguments.policy.as_ref())?;
    let Some(path) = &arguments.out else {
        let mut out = BufWriter::new(io::stdout().lock());
        let status = check_all(arguments, &policy, &mut out)?;
        out.flush()?;
        return Ok(status);
    };
    let unwritten = |error: io::Error| out::unwritten(path, &error);
    let mut file = AtomicFile::start(path).map_err(unwritten)?;
    let status = check_all(arguments, &policy, &mut file)?;
    file.finish().map_err(unwritten)?;
    Ok(status)
}

fn check_all(arguments: &Arguments, policy: &Policy, out: &mut impl Write) -> Result<u8, Ending> {
    if arguments.jsonl { check_file(arguments, policy, out) } else { check_one(arguments, policy, out) }
}

fn check_one(arguments: &Arguments, policy: &Policy, out: &mut impl Write) -> Result<u8, Ending> {
    let verdict = check(policy, &draft(arguments), arguments.language);
    if arguments.json {
        write_line(out, &verdict)?;
    } else {
        print(&verdict, out)?;
    }
    Ok(exit_status(verdict.decision))
}

fn draft(arguments: &Arguments) -> Draft {
    let fields = [(Field::To, &arguments.to), (Field::Cc, &arguments.cc), (Field::Bcc, &arguments.bcc)];
    let recipients = fields.into_iter().flat_map(|(field, addresses)| {
        addresses.iter().map(move |address| Recipient { field, address: address.clone(), ..Recipient::default() })
    });
    Draft {
        subject: arguments.subject.clone().unwrap_or_default(),
        item: if arguments.appointment { Item::Appointment } else { Item::Message },
        from: arguments.from.clone(),
        recipients: recipients.collect(),
        ..Draft::default()
    }
}

fn print(verdict: &Verdict, out: &mut impl Write) -> io::Result<()> {
    let kind = match verdict {
        Verdict { in_doubt: true, .. } => "ordinary or secure mail",
        Verdict { secure: true, .. } => "secure mail",
        _ => "ordinary mail",
    };
    writeln!(out, "{}: {kind}", name(verdict.decision))?;
    for Finding { rule, action, evidence, what, why, remedy, .. } in &verdict.findings {
        writeln!(out, "\n{rule} ({}; {})\n  {what}\n  {why}\n  {remedy}", name(*action), evidence.join(", "))?;
    }
    for index in &verdict.unjudged {
        writeln!(out, "\nRecipient {} could not be checked: its address is not a mail address.", index + 1)?;
    }
    Ok(())
}

fn name(decision: Decision) -> &'static str {
    match decision {
        Decision::Send => "send",
        Decision::Ask => "ask",
        Decision::Stop => "stop",
    }
}

fn exit_status(decision: Decision) -> u8 {
    if decision == Decision::Send { SEND } else { HELD }
}

/// The output for a line that is not a draft. It has the position and not the text, which may contain a CPR number.
#[derive(Serialize)]
struct LineError {
    line: u64,
    error: String,
}

fn check_file(arguments: &Arguments, policy: &Policy, out: &mut impl Write) -> Result<u8, Ending> {
    match &arguments.file {
        None => check_lines(io::stdin().lock(), policy, arguments.language, out),
        Some(path) => {
            let file = File::open(path)
                .map_err(|error| Ending::new(format!("{} cannot be opened: {error}", path.display())))?;
            check_lines(BufReader::new(file), policy, arguments.language, out)
        }
    }
}

fn check_lines(
    mut lines: impl BufRead,
    policy: &Policy,
    language: Language,
    out: &mut impl Write,
) -> Result<u8, Ending> {
    let (mut worst, mut number, mut line) = (SEND, 0, Vec::new());
    loop {
        line.clear();
        number += 1;
        let read = lines.read_until(b'\n', &mut line);
        if read.map_err(|error| Ending::new(format!("line {number} cannot be read: {error}")))? == 0 {
            return Ok(worst);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        worst = worst.max(check_line(&line, number, policy, language, out)?);
    }
}

fn check_line(line: &[u8], number: u64, policy: &Policy, language: Language, out: &mut impl Write) -> io::Result<u8> {
    match serde_json::from_slice::<Draft>(line) {
        Ok(draft) => {
            let verdict = check(policy, &draft, language);
            write_line(out, &verdict)?;
            Ok(exit_status(verdict.decision))
        }
        Err(error) => {
            write_line(out, &LineError { line: number, error: reason(&error) })?;
            Ok(FAILED)
        }
    }
}

fn reason(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Syntax => "the line is not JSON",
        serde_json::error::Category::Eof => "the line ends too early",
        serde_json::error::Category::Data => "the JSON is not a draft: a key is unknown, missing or of the wrong type",
        serde_json::error::Category::Io => "the line cannot be read",
    };
    format!("{what}, at column {}; `subject` is required, and docs/contracts.md describes the rest", error.column())
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

//! `sendvagt check`: judges one draft from options, or many from JSON Lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use sendvagt::verdict::Finding;
use sendvagt::{Decision, Draft, Field, Item, Language, Policy, Recipient, Verdict, check};
use serde::Serialize;

use crate::exit::{Ending, FAILED, HELD, SEND};
use crate::{choice, policy};

/// Exit status: 0 the mail may go, 1 it is asked about or stopped, 2 an error.
#[derive(Args)]
#[command(after_help = "Exit status: 0 every mail may go, 1 a mail is asked about or stopped, 2 an error.")]
pub(crate) struct Arguments {
    /// The subject
    #[arg(long, required_unless_present = "jsonl", conflicts_with = "jsonl")]
    subject: Option<String>,
    /// A recipient; repeat it for more
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    to: Vec<String>,
    /// A recipient of a copy; repeat it for more
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    cc: Vec<String>,
    /// A recipient of a blind copy; repeat it for more
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    bcc: Vec<String>,
    /// The address it is sent from
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jsonl")]
    from: Option<String>,
    /// A meeting instead of a mail
    #[arg(long, conflicts_with = "jsonl")]
    appointment: bool,
    /// Answer with the verdict as JSON
    #[arg(long)]
    json: bool,
    /// Read drafts as JSON, one a line, and answer with a verdict a line; a line that does not read is answered
    /// with its number and what is wrong with it
    #[arg(long)]
    jsonl: bool,
    /// Where the lines are, with --jsonl; standard input when left out
    #[arg(value_name = "FILE", requires = "jsonl")]
    file: Option<PathBuf>,
    /// The organisation's policy; the default policy when left out
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The language of the words
    #[arg(long, default_value = "en", value_parser = choice::language())]
    language: Language,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let policy = policy::read_or_default(arguments.policy.as_ref())?;
    let mut out = BufWriter::new(io::stdout().lock());
    let code = if arguments.jsonl { lines(arguments, &policy, &mut out)? } else { one(arguments, &policy, &mut out)? };
    out.flush()?;
    Ok(code)
}

fn one(arguments: &Arguments, policy: &Policy, out: &mut impl Write) -> Result<u8, Ending> {
    let verdict = check(policy, &draft(arguments), arguments.language);
    if arguments.json {
        write_line(out, &verdict)?;
    } else {
        tell(&verdict, out)?;
    }
    Ok(code(verdict.decision))
}

fn draft(arguments: &Arguments) -> Draft {
    let in_field = |field: Field, addresses: &[String]| {
        addresses
            .iter()
            .map(|address| Recipient { field, address: address.clone(), ..Recipient::default() })
            .collect::<Vec<_>>()
    };
    let fields = [(Field::To, &arguments.to), (Field::Cc, &arguments.cc), (Field::Bcc, &arguments.bcc)];
    Draft {
        subject: arguments.subject.clone().unwrap_or_default(),
        item: if arguments.appointment { Item::Appointment } else { Item::Message },
        from: arguments.from.clone(),
        recipients: fields.into_iter().flat_map(|(field, addresses)| in_field(field, addresses)).collect(),
        ..Draft::default()
    }
}

fn tell(verdict: &Verdict, out: &mut impl Write) -> io::Result<()> {
    let kind = if verdict.secure { "secure mail" } else { "ordinary mail" };
    writeln!(out, "{}: {kind}", name(verdict.decision))?;
    for Finding { rule, action, evidence, what, why, remedy, .. } in &verdict.findings {
        writeln!(out, "\n{rule} ({}; {})\n  {what}\n  {why}\n  {remedy}", name(*action), evidence.join(", "))?;
    }
    for index in &verdict.unjudged {
        writeln!(out, "\nRecipient {} could not be judged: its address is no mail address.", index + 1)?;
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

fn code(decision: Decision) -> u8 {
    if decision == Decision::Send { SEND } else { HELD }
}

/// The answer to a line that is no draft. It tells the place and not the text, which may hold a number.
#[derive(Serialize)]
struct Unreadable {
    line: u64,
    error: String,
}

fn lines(arguments: &Arguments, policy: &Policy, out: &mut impl Write) -> Result<u8, Ending> {
    match &arguments.file {
        None => judge_lines(io::stdin().lock(), policy, arguments.language, out),
        Some(path) => {
            let file = File::open(path)
                .map_err(|error| Ending::new(format!("{} cannot be opened: {error}", path.display())))?;
            judge_lines(BufReader::new(file), policy, arguments.language, out)
        }
    }
}

fn judge_lines(
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
        worst = worst.max(judge_line(&line, number, policy, language, out)?);
    }
}

fn judge_line(line: &[u8], number: u64, policy: &Policy, language: Language, out: &mut impl Write) -> io::Result<u8> {
    match serde_json::from_slice::<Draft>(line) {
        Ok(draft) => {
            let verdict = check(policy, &draft, language);
            write_line(out, &verdict)?;
            Ok(code(verdict.decision))
        }
        Err(error) => {
            write_line(out, &Unreadable { line: number, error: reason(&error) })?;
            Ok(FAILED)
        }
    }
}

fn reason(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Syntax => "the line is not JSON",
        serde_json::error::Category::Eof => "the line ends too early",
        serde_json::error::Category::Data => "the JSON is no draft: a key is unknown, missing or of the wrong type",
        serde_json::error::Category::Io => "the line cannot be read",
    };
    format!("{what}, at column {}; `subject` is required, and docs/contracts.md has the rest", error.column())
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

//! The file of findings, as CSV or as JSON Lines.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::error::AuditError;
use crate::judge::{Fault, Found, RULES};
use sendvagt_files::Whole;

/// Where the findings go.
pub(crate) struct Findings {
    into: Into,
    reveal: bool,
}

enum Into {
    Csv(Box<csv::Writer<Whole>>),
    Lines(Whole),
}

/// One finding. The order of the keys is that of the columns.
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: u64,
    message_id: &'a str,
    date: &'a str,
    rule: &'a str,
    start: Option<usize>,
    end: Option<usize>,
    evidence: &'a str,
    number: &'a str,
    sending_domain: &'a str,
    receiving_domains: &'a str,
    #[serde(flatten)]
    revealed: Option<RevealedRow<'a>>,
}

/// What only `--reveal` adds.
#[derive(Serialize)]
struct RevealedRow<'a> {
    subject: &'a str,
    found: &'a str,
    sender: &'a str,
    recipients: &'a str,
}

const COLUMNS: [&str; 11] = [
    "file",
    "line",
    "message_id",
    "date",
    "rule",
    "start",
    "end",
    "evidence",
    "number",
    "sending_domain",
    "receiving_domains",
];
const REVEALED: [&str; 4] = ["subject", "found", "sender", "recipients"];

impl Findings {
    /// Starts the file; the end of its name tells its form.
    pub(crate) fn start(path: &Path, reveal: bool) -> Result<Self, AuditError> {
        let is = |end: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(end));
        let lines = is("jsonl") || is("ndjson");
        if !lines && !is("csv") {
            let message =
                format!("{}: findings are written as .csv or .jsonl; give it one of these endings", path.display());
            return Err(AuditError::new(message));
        }
        let mut whole = Whole::start(path).map_err(|error| AuditError::unwritten(path, &error))?;
        if lines {
            return Ok(Self { into: Into::Lines(whole), reveal });
        }
        // Excel takes a CSV without the mark for Windows-1252.
        whole.write_all("\u{feff}".as_bytes()).map_err(|error| AuditError::unwritten(whole.path(), &error))?;
        let mut writer =
            csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(whole);
        let columns = COLUMNS.iter().chain(REVEALED.iter().filter(|_| reveal));
        writer.write_record(columns).map_err(io::Error::from)?;
        Ok(Self { into: Into::Csv(Box::new(writer)), reveal })
    }

    /// Writes what was found in a mail, a row for each finding.
    pub(crate) fn add(&mut self, file: &str, found: &Found) -> io::Result<()> {
        for fault in &found.faults {
            self.add_fault(file, found, fault)?;
        }
        Ok(())
    }

    fn add_fault(&mut self, file: &str, found: &Found, fault: &Fault) -> io::Result<()> {
        let date = found.when.as_ref().map(ToString::to_string).unwrap_or_default();
        let evidence = fault.evidence.join(" ");
        let to = fault.to.clone().unwrap_or_else(|| found.to.join(" "));
        let revealed = found.revealed.as_ref().filter(|_| self.reveal);
        let everyone = revealed.map(|revealed| revealed.to.join(" ")).unwrap_or_default();
        let row = Row {
            file,
            line: found.place,
            message_id: &found.id,
            date: &date,
            rule: RULES.get(fault.rule).map_or("", |rule| rule.as_str()),
            start: fault.at.map(|at| at.0),
            end: fault.at.map(|at| at.1),
            evidence: &evidence,
            number: &fault.number,
            sending_domain: &found.from,
            receiving_domains: to.trim(),
            revealed: revealed.map(|revealed| RevealedRow {
                subject: &revealed.subject,
                found: fault.revealed.as_deref().unwrap_or_default(),
                sender: &revealed.from,
                recipients: &everyone,
            }),
        };
        match &mut self.into {
            Into::Lines(whole) => {
                serde_json::to_writer(&mut *whole, &row)?;
                whole.write_all(b"\n")
            }
            Into::Csv(writer) => write_cells(writer, &row),
        }
    }

    /// Ends the file. A partial one says so in its last row.
    pub(crate) fn finish(self, partial: bool) -> Result<(), AuditError> {
        let whole = match self.into {
            Into::Lines(mut whole) => {
                if partial {
                    let written = whole.write_all(b"{\"partial\":true}\n");
                    written.map_err(|error| AuditError::unwritten(whole.path(), &error))?;
                }
                whole
            }
            Into::Csv(mut writer) => {
                if partial {
                    let width = COLUMNS.len() + if self.reveal { REVEALED.len() } else { 0 };
                    let mark = ["partial: reading was stopped"].into_iter().chain(std::iter::repeat_n("", width - 1));
                    writer.write_record(mark).map_err(io::Error::from)?;
                }
                writer.into_inner().map_err(|error| AuditError::from(error.into_error()))?
            }
        };
        let path = whole.path().to_owned();
        whole.finish().map_err(|error| AuditError::unwritten(&path, &error))
    }
}

fn write_cells(writer: &mut csv::Writer<Whole>, row: &Row) -> io::Result<()> {
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let (line, start, end) = (row.line.to_string(), number(row.start), number(row.end));
    let cells = [
        row.file,
        &line,
        row.message_id,
        row.date,
        row.rule,
        &start,
        &end,
        row.evidence,
        row.number,
        row.sending_domain,
        row.receiving_domains,
    ];
    let revealed = row.revealed.as_ref().map(|row| [row.subject, row.found, row.sender, row.recipients]);
    let cells = cells.into_iter().chain(revealed.into_iter().flatten()).map(without_formula);
    writer.write_record(cells.map(String::into_bytes)).map_err(io::Error::from)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it: a subject is written by strangers
/// (OWASP: "CSV Injection").
fn without_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::without_formula;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+45", "'+45"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("\t=1", "'\t=1"),
            ("Vedr. 1=1", "Vedr. 1=1"),
            ("", ""),
        ] {
            assert_eq!(without_formula(cell), expected);
        }
    }
}

//! The file of findings, as CSV or JSON Lines.

use std::io::{self, Write};

use serde::Serialize;

use crate::judge::{AuditFinding, FlaggedMail};

/// How a file of findings is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Csv,
    Jsonl,
}

/// The file in which each finding is a row.
pub(crate) struct FindingsFile<W: Write> {
    writer: Writer<W>,
    reveal: bool,
}

enum Writer<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Jsonl(W),
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

/// The columns that `--reveal` adds.
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

impl<W: Write> FindingsFile<W> {
    /// Starts the file.
    pub(crate) fn start(kind: Kind, mut file: W, reveal: bool) -> io::Result<Self> {
        if kind == Kind::Jsonl {
            return Ok(Self { writer: Writer::Jsonl(file), reveal });
        }
        // Excel takes a CSV without the mark for Windows-1252.
        file.write_all("\u{feff}".as_bytes())?;
        let mut writer =
            csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(file);
        let columns = COLUMNS.iter().chain(REVEALED.iter().filter(|_| reveal));
        writer.write_record(columns).map_err(io::Error::from)?;
        Ok(Self { writer: Writer::Csv(Box::new(writer)), reveal })
    }

    /// Writes the findings of a mail, a row each.
    pub(crate) fn add(&mut self, file: &str, mail: &FlaggedMail) -> io::Result<()> {
        mail.findings.iter().try_for_each(|finding| self.add_finding(file, mail, finding))
    }

    fn add_finding(&mut self, file: &str, mail: &FlaggedMail, finding: &AuditFinding) -> io::Result<()> {
        let date = mail.date.as_ref().map(ToString::to_string).unwrap_or_default();
        let evidence = finding.evidence.join(" ");
        let to = finding.recipient_domain.clone().unwrap_or_else(|| mail.to.join(" "));
        let revealed = mail.revealed.as_ref().filter(|_| self.reveal);
        let recipients = revealed.map(|revealed| revealed.to.join(" ")).unwrap_or_default();
        let row = Row {
            file,
            line: mail.line,
            message_id: &mail.id,
            date: &date,
            rule: finding.rule.as_str(),
            start: finding.at.map(|at| at.0),
            end: finding.at.map(|at| at.1),
            evidence: &evidence,
            number: &finding.number,
            sending_domain: &mail.from,
            receiving_domains: to.trim(),
            revealed: revealed.map(|revealed| RevealedRow {
                subject: &revealed.subject,
                found: finding.revealed.as_deref().unwrap_or_default(),
                sender: &revealed.from,
                recipients: &recipients,
            }),
        };
        match &mut self.writer {
            Writer::Jsonl(file) => {
                serde_json::to_writer(&mut *file, &row)?;
                file.write_all(b"\n")
            }
            Writer::Csv(writer) => write_cells(writer, &row),
        }
    }

    /// Ends the file. The last row says if the audit was interrupted.
    pub(crate) fn finish(self, is_interrupted: bool) -> io::Result<W> {
        match self.writer {
            Writer::Jsonl(mut file) => {
                if is_interrupted {
                    file.write_all(b"{\"partial\":true}\n")?;
                }
                Ok(file)
            }
            Writer::Csv(mut writer) => {
                if is_interrupted {
                    let width = COLUMNS.len() + if self.reveal { REVEALED.len() } else { 0 };
                    let mark = ["partial: reading was stopped"].into_iter().chain(std::iter::repeat_n("", width - 1));
                    writer.write_record(mark).map_err(io::Error::from)?;
                }
                writer.into_inner().map_err(csv::IntoInnerError::into_error)
            }
        }
    }
}

fn write_cells(writer: &mut csv::Writer<impl Write>, row: &Row) -> io::Result<()> {
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

/// Puts an apostrophe before a cell that a spreadsheet would run as a formula: strangers write subjects (OWASP: "CSV
/// Injection").
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

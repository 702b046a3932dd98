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
    columns: Columns,
}

/// The columns that a file has besides those that each has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Columns {
    /// The subject, the number and the addresses.
    pub(crate) reveal: bool,
    /// Where in the mail it is, and how many different numbers there are.
    pub(crate) of_text: bool,
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
    of_text: Option<OfText<'a>>,
    #[serde(flatten)]
    revealed: Option<RevealedRow<'a>>,
}

/// The columns that `--body` adds.
#[derive(Serialize)]
struct OfText<'a> {
    place: &'a str,
    different_numbers: Option<usize>,
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
const OF_TEXT: [&str; 2] = ["place", "different_numbers"];
const REVEALED: [&str; 4] = ["subject", "found", "sender", "recipients"];

impl<W: Write> FindingsFile<W> {
    /// Starts the file.
    pub(crate) fn start(kind: Kind, mut file: W, columns: Columns) -> io::Result<Self> {
        if kind == Kind::Jsonl {
            return Ok(Self { writer: Writer::Jsonl(file), columns });
        }
        // Excel takes a CSV without the mark for Windows-1252.
        file.write_all("\u{feff}".as_bytes())?;
        let mut writer =
            csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(file);
        writer.write_record(columns.names()).map_err(io::Error::from)?;
        Ok(Self { writer: Writer::Csv(Box::new(writer)), columns })
    }

    /// Writes the findings of a mail, a row each.
    pub(crate) fn add(&mut self, file: &str, mail: &FlaggedMail) -> io::Result<()> {
        mail.findings.iter().try_for_each(|finding| self.add_finding(file, mail, finding))
    }

    fn add_finding(&mut self, file: &str, mail: &FlaggedMail, finding: &AuditFinding) -> io::Result<()> {
        let date = mail.date.as_ref().map(ToString::to_string).unwrap_or_default();
        let evidence = finding.evidence.join(" ");
        let to = finding.recipient_domain.clone().unwrap_or_else(|| mail.to.join(" "));
        let place = finding.place.to_string();
        let revealed = mail.revealed.as_ref().filter(|_| self.columns.reveal);
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
            of_text: self.columns.of_text.then_some(OfText { place: &place, different_numbers: finding.different }),
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
                    let width = self.columns.names().count();
                    let mark = ["partial: reading was stopped"].into_iter().chain(std::iter::repeat_n("", width - 1));
                    writer.write_record(mark).map_err(io::Error::from)?;
                }
                writer.into_inner().map_err(csv::IntoInnerError::into_error)
            }
        }
    }
}

impl Columns {
    fn names(self) -> impl Iterator<Item = &'static str> {
        let of_text = OF_TEXT.into_iter().filter(move |_| self.of_text);
        COLUMNS.into_iter().chain(of_text).chain(REVEALED.into_iter().filter(move |_| self.reveal))
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
    let different = number(row.of_text.as_ref().and_then(|row| row.different_numbers));
    let of_text = row.of_text.as_ref().map(|row| [row.place, &different]);
    let revealed = row.revealed.as_ref().map(|row| [row.subject, row.found, row.sender, row.recipients]);
    let cells = cells
        .into_iter()
        .chain(of_text.into_iter().flatten())
        .chain(revealed.into_iter().flatten())
        .map(without_formula);
    writer.write_record(cells.map(String::into_bytes)).map_err(io::Error::from)
}

/// Puts an apostrophe before a cell that a spreadsheet would run as a formula: strangers write subjects (OWASP: "CSV
/// Injection"). A Danish Excel splits a line at semicolons, so that a cell begins after each of them.
fn without_formula(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 1);
    for part in cell.split_inclusive([';', '\t', '\r', '\n']) {
        let begins = part.trim_start_matches('"');
        if begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    safe
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
            ("\t=1", "'\t'=1"),
            ("Vedr. 1=1", "Vedr. 1=1"),
            ("x;=cmd|a", "x;'=cmd|a"),
            ("x;\"=1\";-2; =3", "x;'\"=1\";'-2; =3"),
            ("a\t+1", "a\t'+1"),
            ("=a;=b", "'=a;'=b"),
            ("", ""),
        ] {
            assert_eq!(without_formula(cell), expected);
        }
    }
}

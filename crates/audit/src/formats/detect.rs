//! Detects the format of a file by its name and its first bytes.

use std::path::Path;

use sendvagt::Draft;

use crate::formats::columns::Columns;
use crate::input::file_error::FileError;

/// The format of a file, as a user names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table with a column for the subject: an Exchange message trace, a tracking log, CSV from Excel
    Trace,
    /// Plain text, one subject per line
    Text,
    /// Drafts in JSON Lines, as `sendvagt check --jsonl` reads them
    Jsonl,
    /// One mail
    Eml,
    /// Many mails, each after a line that starts with "From "
    Mbox,
}

/// A format, with what reading it needs.
pub(crate) enum Layout {
    Trace(Columns),
    Text,
    Jsonl,
    Eml,
    Mbox,
}

/// Headers with which mails begin. Others are not enough: subjects begin with `Re:` and `SV:`.
const FIRST_HEADERS: &[&str] = &[
    "arc-seal",
    "authentication-results",
    "bcc",
    "cc",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "message-id",
    "mime-version",
    "received",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "thread-topic",
    "to",
    "user-agent",
];

/// Decides how to read a file that begins with these bytes; `asked` overrules its name.
pub(crate) fn detect(asked: Option<Format>, path: &Path, head: &[u8]) -> Result<Layout, FileError> {
    let format = asked.or_else(|| by_name(path));
    let columns = || Columns::find(head);
    match format {
        _ if head.is_empty() => Err(FileError::Empty),
        // It begins as none of these does, and is not what its name says.
        None if is_of_another_kind(path) => Err(FileError::Damaged),
        Some(Format::Trace) => columns().map(Layout::Trace).ok_or(FileError::NoSubjectColumn),
        Some(Format::Text) => Ok(Layout::Text),
        Some(Format::Jsonl) => Ok(Layout::Jsonl),
        Some(Format::Eml) => Ok(Layout::Eml),
        Some(Format::Mbox) => Ok(Layout::Mbox),
        None => Ok(match by_content(head) {
            Some(layout) => layout,
            None => columns().filter(Columns::are_of_mails).map_or(Layout::Text, Layout::Trace),
        }),
    }
}

fn by_name(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|extension| name.strip_suffix(extension)).unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "csv" | "tsv" => Some(Format::Trace),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "eml" => Some(Format::Eml),
        "mbox" => Some(Format::Mbox),
        _ => None,
    }
}

/// Is it by its name a file that is no text?
fn is_of_another_kind(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let kinds = ["msg", "ost", "pst", "ods", "xls", "xlsb", "xlsm", "xlsx", "zip"];
    extension.is_some_and(|extension| kinds.contains(&extension.as_str()))
}

fn by_content(head: &[u8]) -> Option<Layout> {
    let mut lines = head.split(|&byte| byte == b'\n');
    let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
    if first.starts_with(b"From ") && header_name(second).is_some() {
        return Some(Layout::Mbox);
    }
    if first.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<Draft>(first).is_ok() {
        return Some(Layout::Jsonl);
    }
    let known =
        |line| header_name(line).is_some_and(|name| FIRST_HEADERS.contains(&name.as_str()) || name.starts_with("x-"));
    let is_continued = second.starts_with(b" ") || second.starts_with(b"\t");
    (known(first) && (is_continued || known(second))).then_some(Layout::Eml)
}

/// The name of the header in a line, in lower case.
fn header_name(line: &[u8]) -> Option<String> {
    let end = line.iter().position(|&byte| byte == b':')?;
    let name = line.get(..end).filter(|name| !name.is_empty())?;
    let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Format, Layout, detect};

    fn name(asked: Option<Format>, path: &str, head: &str) -> &'static str {
        match detect(asked, Path::new(path), head.as_bytes()) {
            Ok(Layout::Trace(_)) => "trace",
            Ok(Layout::Text) => "text",
            Ok(Layout::Jsonl) => "jsonl",
            Ok(Layout::Eml) => "eml",
            Ok(Layout::Mbox) => "mbox",
            Err(_) => "error",
        }
    }

    #[test]
    fn a_format_is_detected_by_name_and_content() {
        let trace = "Subject,SenderAddress\nx,a@b.example\n";
        for (asked, path, head, expected) in [
            (None, "x.csv", trace, "trace"),
            (None, "x.CSV.gz", trace, "trace"),
            (None, "-", trace, "trace"),
            (None, "x.csv", "Vedr. noget\n", "error"),
            (None, "x.csv", "Emne\nx\n", "trace"),
            (None, "x.txt", "Emne\nx\n", "text"),
            (None, "x", "Re: noget\nSV: andet\n", "text"),
            (None, "x", "From: a@b.example\nSubject: x\n\n", "eml"),
            (None, "x", "Received: from x\n by y\nSubject: x\n\n", "eml"),
            (None, "x", "From a@b.example\nSubject: x\n\n", "mbox"),
            (None, "x", "From Jens\nand so on\n", "text"),
            (None, "x", "{\"subject\":\"x\"}\n", "jsonl"),
            (None, "x", "{sagsnr} Subject\n", "text"),
            (None, "x.jsonl.zst", "nonsense", "jsonl"),
            (None, "x", "", "error"),
            (None, "x.MSG", "Referat\n", "error"),
            (None, "x.pst", "Referat\n", "error"),
            (Some(Format::Text), "x.msg", "Referat\n", "text"),
            (Some(Format::Text), "x.csv", trace, "text"),
            (Some(Format::Trace), "x.txt", "x\n", "error"),
            (Some(Format::Eml), "x", "x", "eml"),
            (Some(Format::Mbox), "x", "x", "mbox"),
        ] {
            assert_eq!(name(asked, path, head), expected, "{asked:?} {path} {head}");
        }
    }
}

//! Output into a file that `--out` names. A shell's `>` may write it in another encoding, as Windows PowerShell does.

use std::io::{self, Write};
use std::path::Path;

use crate::exit::Ending;

/// Writes text for people as Windows programs expect it (UTF-8 with byte order mark, CRLF), or prints it.
pub(crate) fn text(out: Option<&Path>, text: &str) -> Result<(), Ending> {
    match out {
        None => Ok(io::stdout().lock().write_all(text.as_bytes())?),
        Some(path) => file(path, &format!("\u{feff}{}", text.replace('\n', "\r\n"))),
    }
}

/// Writes text for programs, such as JSON, as it is, or prints it.
pub(crate) fn data(out: Option<&Path>, data: &str) -> Result<(), Ending> {
    match out {
        None => Ok(io::stdout().lock().write_all(data.as_bytes())?),
        Some(path) => file(path, data),
    }
}

fn file(path: &Path, content: &str) -> Result<(), Ending> {
    sendvagt_files::write(path, content.as_bytes()).map_err(|error| unwritten(path, &error))
}

pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Ending {
    Ending::new(format!("{} cannot be written: {error}", path.display()))
}

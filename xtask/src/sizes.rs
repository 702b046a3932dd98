//! The sizes of the built files, and their budgets.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Files that are loaded together, and the most they may weigh together: bytes of gzip, 1000 to the kilobyte.
struct Budget {
    what: &'static str,
    files: &'static [&'static str],
    most: usize,
}

const BUDGETS: [Budget; 4] = [
    Budget { what: "classic Outlook loads at a send", files: &["launch.js"], most: 90_000 },
    Budget {
        what: "a browser runtime loads at a send, without office.js",
        files: &["launch.html", "launch-web.js", "engine-send.wasm"],
        most: 80_000,
    },
    Budget { what: "the same with the rules on text and attachments", files: &["launch-content.js"], most: 105_000 },
    Budget {
        what: "the same with the rules on text and attachments",
        files: &["launch.html", "launch-web-content.js", "engine-content.wasm"],
        most: 95_000,
    },
];

/// Prints the sizes, and fails when one is over its budget.
pub(crate) fn check(addin: &Path) -> Result<()> {
    let mut exceeded = Vec::new();
    for Budget { what, files, most } in BUDGETS {
        let mut total = 0;
        for file in files {
            total += gzipped(&addin.join(file))?;
        }
        println!("{what}: {} = {:.1} kB of {:.0} kB gzip", files.join(" + "), kilobytes(total), kilobytes(most));
        if total > most {
            exceeded.push(what);
        }
    }
    if exceeded.is_empty() {
        return Ok(());
    }
    bail!("over the budget: {}", exceeded.join("; "))
}

fn gzipped(path: &Path) -> Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok(encoder.finish()?.len())
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52 bytes, printed with one decimal")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

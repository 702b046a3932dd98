//! What the built files weigh, and what they may.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Files that are loaded together, and what they may weigh together, gzip, in bytes of 1000 to the kilobyte.
struct Budget {
    what: &'static str,
    files: &'static [&'static str],
    most: usize,
}

const BUDGETS: [Budget; 2] = [
    Budget { what: "classic Outlook loads at a send", files: &["launch.js"], most: 90_000 },
    Budget {
        what: "a browser runtime loads at a send, without office.js",
        files: &["launch.html", "launch-web.js", "engine.wasm"],
        most: 80_000,
    },
];

/// Prints the weights, and fails when a budget is broken.
pub(crate) fn check(addin: &Path) -> Result<()> {
    let mut broken = Vec::new();
    for Budget { what, files, most } in BUDGETS {
        let mut total = 0;
        for file in files {
            total += gzipped(&addin.join(file))?;
        }
        println!("{what}: {} = {:.1} kB of {:.0} kB gzip", files.join(" + "), kilobytes(total), kilobytes(most));
        if total > most {
            broken.push(what);
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!("over the budget: {}", broken.join("; "))
}

fn gzipped(path: &Path) -> Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok(encoder.finish()?.len())
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand bytes, shown with one decimal")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

//! Builds the workshop: one HTML file with its WebAssembly, its style and the add-in inside.
//!
//! The script and the style of the page are allowed by their hashes, and nothing else is: no connection, no other script.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use data_encoding::BASE64;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{command, run, run_quietly};
use crate::{build, engine, release};

/// The page, below the repository's folder.
pub(crate) const PAGE: &str = "dist/sendvagt-workshop.html";
/// The same without the add-in, gzipped, for the program: the add-in is in it anyway.
pub(crate) const WITHOUT_ADDIN: &str = "target/workshop/page.html.gz";
/// Stands there for the add-in.
const ADDIN_PLACE: &str = "{addin}";
/// The most that it may weigh, in bytes: it is downloaded once and opened from a disk.
const MOST: usize = 4_000_000;

/// Builds the page. The add-in in it is the one that was built last.
pub(crate) fn build(root: &Path) -> Result<()> {
    let folder = root.join("target/workshop");
    fs::create_dir_all(&folder)?;
    let wasm = compile(root)?;
    Bindgen::new()
        .input_bytes("workshop", wasm)
        .no_modules(true)?
        .typescript(false)
        .generate(&folder)
        .context("wasm-bindgen cannot read the workshop")?;
    let small = folder.join("small.wasm");
    optimised(root, &folder.join("workshop_bg.wasm"), &small)?;
    let source = root.join("crates/workshop");
    let text = |name: &str| {
        fs::read_to_string(source.join(name)).with_context(|| format!("crates/workshop/{name} cannot be read"))
    };
    let glue = fs::read_to_string(folder.join("workshop.js"))?;
    let script = minified(root, &folder, "page.js", &format!("{glue}\n{}", text("boot.js")?))?;
    let style = minified(root, &folder, "page.css", &text("page.css")?)?;
    let engine = packed(&fs::read(&small)?)?;
    let page = filled(
        &text("page.html")?,
        &[
            ("{script-hash}", &hash(&script)),
            ("{style-hash}", &hash(&style)),
            // The report of old mail is shown as it is saved.
            ("{report-style-hash}", &hash(report_style(root)?)),
            ("{icon}", &BASE64.encode(&fs::read(root.join("addin/icons/icon-64.png"))?)),
            ("{style}", &style),
            ("{engine}", &BASE64.encode(&engine)),
            (ADDIN_PLACE, ADDIN_PLACE),
            ("{script}", &script),
        ],
    )?;
    if page.matches(ADDIN_PLACE).count() != 1 {
        bail!("the workshop has another {ADDIN_PLACE} than the place of the add-in");
    }
    fs::write(root.join(WITHOUT_ADDIN), packed(page.as_bytes())?)?;
    let page = page.replace(ADDIN_PLACE, &BASE64.encode(&release::archived(&root.join(build::TEMPLATE))?));
    println!("the workshop: {:.2} MB of {:.0} MB", megabytes(page.len()), megabytes(MOST));
    if page.len() > MOST {
        bail!("the workshop is over its budget");
    }
    fs::write(root.join(PAGE), page).with_context(|| format!("{PAGE} cannot be written"))
}

/// What the template of the audit's report puts into its style element: it leaves out the last line end of what it includes.
fn report_style(root: &Path) -> Result<String> {
    let style = "crates/audit/templates/report.css";
    let style = fs::read_to_string(root.join(style)).with_context(|| format!("{style} cannot be read"))?;
    Ok(format!("\n{}", style.strip_suffix('\n').unwrap_or(&style)))
}

fn compile(root: &Path) -> Result<Vec<u8>> {
    // The vectors of WebAssembly, with which the audit searches: Chrome and Edge 91, Firefox 89 and Safari 16.4 have them.
    let flags = [engine::remap(root), vec!["-Ctarget-feature=+simd128".to_owned()]].concat();
    run(command(root, "cargo")
        .args(["rustc", "--locked", "--quiet", "--package", "sendvagt-workshop", "--lib", "--crate-type", "cdylib"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", "workshop"])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env_remove("RUSTFLAGS"))?;
    let path = root.join("target/wasm32-unknown-unknown/workshop/sendvagt_workshop.wasm");
    fs::read(&path).with_context(|| format!("{} was not built", path.display()))
}

/// A page may use what every browser of the last years has: tables of references, and vectors in some packages. Optimising takes half a minute,
/// and is done only for another module than the last.
fn optimised(root: &Path, from: &Path, to: &Path) -> Result<()> {
    let stamp = to.with_extension("from");
    let hash = hash(&fs::read(from)?);
    if to.exists() && fs::read_to_string(&stamp).is_ok_and(|last| last == hash) {
        return Ok(());
    }
    // For speed: packed the page is no larger so.
    engine::optimise(root, from, to, &["--enable-simd", "--enable-reference-types", "--enable-multivalue"], "-O2")?;
    fs::write(&stamp, hash).context("target/workshop cannot be written")
}

/// The text as esbuild shortens it.
fn minified(root: &Path, folder: &Path, name: &str, text: &str) -> Result<String> {
    let from = folder.join(name);
    let to = folder.join(format!("small-{name}"));
    fs::write(&from, text)?;
    run_quietly(
        command(root, "node")
            .arg(root.join("node_modules/esbuild/bin/esbuild"))
            .arg(&from)
            .args(["--minify", "--format=iife", "--target=es2022", "--legal-comments=none", "--log-level=warning"])
            .arg(format!("--outfile={}", to.display())),
    )?;
    let text = fs::read_to_string(&to)?;
    if text.contains("</script") || text.contains("</style") {
        bail!("{name} would end its own element");
    }
    Ok(text)
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// A source of the content security policy.
fn hash(text: impl AsRef<[u8]>) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text)))
}

/// The page with a value in each place, which must be there once. What was put in is not looked at again.
fn filled(page: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut whole = String::new();
    let mut rest = page;
    for (place, value) in values {
        let Some((before, after)) = rest.split_once(place) else {
            bail!("page.html has no {place}, or not in this order");
        };
        whole.push_str(before);
        whole.push_str(value);
        rest = after;
    }
    whole.push_str(rest);
    Ok(whole)
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52 bytes, printed with two decimals")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1_000_000.0
}

#[cfg(test)]
mod tests {
    use super::{filled, hash};

    #[test]
    fn each_place_is_filled_once_and_in_order() {
        let page = filled("<{a}><{b}>", &[("{a}", "{b}"), ("{b}", "x")]).unwrap();
        assert_eq!(page, "<{b}><x>");
        assert!(filled("<{b}><{a}>", &[("{a}", ""), ("{b}", "")]).is_err());
        assert!(filled("", &[("{a}", "")]).is_err());
    }

    #[test]
    fn a_hash_is_written_as_a_browser_compares_it() {
        // The example of the specification of content security policies, level 2.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}

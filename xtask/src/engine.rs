//! Builds the core as WebAssembly, and as WebAssembly translated to JavaScript.
//!
//! cargo builds the core twice, for speed and for size. Browsers run the fast one. Binaryen's wasm2js translates the
//! small one for classic Outlook, where size counts. wasm-bindgen's glue for bundlers serves both: it is plain functions
//! over a module that it is given. The tests in tests/engine check that both give the same verdicts.
//!
//! Each comes three times: whole, for the task pane and the practice, and twice as a send needs it, which decides and words no
//! findings: with the rules on what is read beyond subject and recipients, for a site whose policy has one of them on, and
//! without. All are compiled: wasm-opt drops functions that nothing calls, but not their tables and texts.

mod data;
mod features;
mod traps;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{command, node, run, run_quietly};

/// The files that the bundles are made of.
pub(crate) struct Engine {
    /// The glue, for the WebAssembly and for its translation.
    pub(crate) glue: PathBuf,
    /// The engine of the task pane and the practice.
    pub(crate) whole: Built,
    /// The engine of a send.
    pub(crate) send: Built,
    /// The same with the rules on what is read beyond subject and recipients.
    pub(crate) content: Built,
}

/// An engine in its two forms.
pub(crate) struct Built {
    /// The optimised WebAssembly.
    pub(crate) wasm: PathBuf,
    /// A script with one function, `sendvagtEngine()`, which returns the exports of the translated engine.
    pub(crate) translated: PathBuf,
}

/// The exports that not every engine has: whole verdicts, fixes, and what else is read of a draft. They are behind features in
/// src/wasm.rs.
const OF_SOME: [&str; 3] = ["check", "mend", "wanted"];

/// What cargo is told of the features of the three engines.
const WHOLE: [&str; 2] = ["--features", "whole"];
const CONTENT: [&str; 2] = ["--features", "content"];
const ORDINARY: [&str; 1] = ["--no-default-features"];

pub(crate) fn build(root: &Path) -> Result<Engine> {
    let folder = root.join("target/engine");
    fs::create_dir_all(&folder)?;
    let bound =
        |profile: &str, features: &[&str], name: &str| bind(&compile(root, profile, features)?, &folder.join(name));
    let (fast, small) = (bound("wasm", &WHOLE, "fast")?, bound("wasm-small", &WHOLE, "small")?);
    let (fast_send, small_send) =
        (bound("wasm", &ORDINARY, "fast-send")?, bound("wasm-small", &ORDINARY, "small-send")?);
    let (fast_content, small_content) =
        (bound("wasm", &CONTENT, "fast-content")?, bound("wasm-small", &CONTENT, "small-content")?);
    // One glue serves both: it calls an export by its name, when it is asked to.
    let built = |name: &str, fast: &Path, small_wasm: &Path| -> Result<Built> {
        let folder = folder.join(name);
        fs::create_dir_all(&folder)?;
        let wasm = folder.join("engine.wasm");
        optimise(root, fast, &wasm, &[], "-Oz")?;
        Ok(Built { wasm, translated: translate(root, small_wasm, &small.glue, &folder)? })
    };
    let whole = built("whole", &fast.wasm, &small.wasm)?;
    let send = built("send", &fast_send.wasm, &small_send.wasm)?;
    let content = built("content", &fast_content.wasm, &small_content.wasm)?;
    Ok(Engine { glue: fast.glue, whole, send, content })
}

/// The core with the glue that wasm-bindgen generated for it.
struct Bound {
    wasm: PathBuf,
    glue: PathBuf,
}

fn compile(root: &Path, profile: &str, features: &[&str]) -> Result<Vec<u8>> {
    // As a cdylib alone: for a library that is also an rlib, cargo links without link-time optimisation.
    run(command(root, "cargo")
        .args(["rustc", "--locked", "--quiet", "--package", "sendvagt", "--lib", "--crate-type", "cdylib"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(features)
        .env("CARGO_ENCODED_RUSTFLAGS", remap(root).join("\u{1f}"))
        // The cargo that runs this program may have set it, and the build must not depend on that.
        .env_remove("RUSTFLAGS"))?;
    let path = root.join("target/wasm32-unknown-unknown").join(profile).join("sendvagt.wasm");
    fs::read(&path).with_context(|| format!("{} was not built", path.display()))
}

/// Panic messages name source files: without this the build would contain paths of the machine that builds it.
pub(crate) fn remap(root: &Path) -> Vec<String> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let of = |name: &str, below: &str| std::env::var_os(name).map_or_else(|| home.join(below), PathBuf::from);
    let paths = [
        (of("RUSTUP_HOME", ".rustup"), "rustup"),
        (of("CARGO_HOME", ".cargo"), "cargo"),
        (root.to_path_buf(), "sendvagt"),
    ];
    paths.iter().map(|(path, name)| format!("--remap-path-prefix={}=/{name}", path.display())).collect()
}

/// Runs wasm-bindgen.
fn bind(wasm: &[u8], folder: &Path) -> Result<Bound> {
    fs::create_dir_all(folder)?;
    Bindgen::new()
        .input_bytes("engine", features::cleared(wasm)?)
        .bundler(true)?
        .typescript(false)
        .generate(folder)
        .context("wasm-bindgen cannot read the core")?;
    let glue = folder.join("engine_bg.js");
    let text = fs::read_to_string(&glue)?;
    fs::write(&glue, fresh_views(&text)?)?;
    let wasm = folder.join("engine_bg.wasm");
    fs::write(&wasm, traps::at_once(&fs::read(&wasm)?)?)?;
    Ok(Bound { wasm, glue })
}

/// wasm-bindgen caches a view of the memory and relies on growth to detach its buffer. When translated memory grows, it
/// gets a new buffer and the old one stays usable: after the first growth nearly every answer would be wrong, silently.
/// So the view is replaced whenever its buffer is not the one in use. Each check must be found exactly once: glue in
/// another form may have the same fault elsewhere.
fn fresh_views(glue: &str) -> Result<String> {
    let views = ["Uint8Array", "DataView"];
    let mut text = glue.to_owned();
    for view in views {
        let name = format!("cached{view}Memory0");
        if !text.contains(&name) {
            continue;
        }
        let start = format!("if ({name} === null || ");
        let Some((before, rest)) = text.split_once(&start) else {
            bail!("wasm-bindgen's glue checks {name} in a new way; find out whether it is right when memory grows");
        };
        let Some((_, after)) = rest.split_once(") {") else {
            bail!("wasm-bindgen's glue checks {name} in a new way; find out whether it is right when memory grows");
        };
        if after.contains(&start) {
            bail!("wasm-bindgen's glue checks {name} twice; change `fresh_views` to fix both places");
        }
        text = format!("{before}{start}{name}.buffer !== wasm.memory.buffer) {{{after}");
    }
    if text.matches(".buffer !== wasm.memory.buffer").count() == 0
        || text.contains(".byteLength === 0")
        || text.contains(".detached")
    {
        bail!("wasm-bindgen's glue still relies on a grown memory detaching its buffer");
    }
    Ok(text)
}

/// What rustc enables by default. The module's own list is empty (see [`features`]), so wasm-opt needs them named.
const FEATURES: [&str; 5] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];

pub(crate) fn optimise(root: &Path, from: &Path, to: &Path, passes: &[&str], level: &str) -> Result<()> {
    run_quietly(
        node(root, "node_modules/binaryen/bin/wasm-opt")
            .args(FEATURES)
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            // The first kilobyte is the end of the stack: rustc puts the stack first, and whoever gets there overflows.
            .arg("--low-memory-unused")
            .args(passes)
            .arg(level)
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}

fn translate(root: &Path, from: &Path, glue: &Path, folder: &Path) -> Result<PathBuf> {
    let lowered = folder.join("lowered.wasm");
    let lower = ["--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering", "--signext-lowering"];
    // Loops and branches made anew are shorter in JavaScript, by a hundredth of the whole.
    let shorten = ["--flatten", "--rereloop", "-Oz", "--one-caller-inline-max-function-size=0"];
    optimise(root, from, &lowered, &[&lower[..], &shorten[..]].concat(), "-Oz")?;
    let module = folder.join("engine_wasm.js");
    run_quietly(
        node(root, "node_modules/binaryen/bin/wasm2js")
            .args(["--enable-mutable-globals", "-Oz"])
            .arg(&lowered)
            .arg("-o")
            .arg(&module),
    )?;
    fs::write(&module, data::as_text(&fs::read_to_string(&module)?)?)?;
    let entry = folder.join("translated_entry.js");
    let exports = names(&fs::read_to_string(&module)?, "export var ");
    // The glue calls an export by its own name.
    let called = names(&fs::read_to_string(glue)?, "export function ");
    let called = called
        .into_iter()
        .filter(|name| !OF_SOME.contains(&name.as_str()) || exports.contains(name))
        .collect::<Vec<_>>();
    let (wasm, functions) = (members("wasm", &exports), members("glue", &called));
    fs::write(
        &entry,
        format!(
            "import * as wasm from \"./engine_wasm.js\";\nimport * as glue from \"../small/engine_bg.js\";\n\
             glue.__wbg_set_wasm({wasm});\nengine = {functions};\n"
        ),
    )?;
    let bundle = folder.join("translated.js");
    run_quietly(
        node(root, "node_modules/esbuild/bin/esbuild")
            .arg(&entry)
            .args(["--bundle", "--minify", "--format=iife", "--target=es2016", "--legal-comments=none"])
            .arg(format!("--inject:{}", root.join("addin/src/engine/utf8.ts").display()))
            .arg(format!("--outfile={}", bundle.display())),
    )?;
    wrap(&bundle, &folder.join("engine.js"))
}

/// An object literal of a module's exports. esbuild's own has getters made in a loop, each closing over the loop's `let`;
/// in an engine that does not give each iteration its own binding (Hermes 0.12) all of them return the last export.
fn members(module: &str, names: &[String]) -> String {
    let members: Vec<String> = names.iter().map(|name| format!("{name}: {module}.{name}")).collect();
    format!("{{ {} }}", members.join(", "))
}

/// What the lines of a module export that begin like this.
fn names(text: &str, export: &str) -> Vec<String> {
    let names = text.lines().filter_map(|line| {
        let rest = line.strip_prefix(export)?;
        rest.split(|end: char| !end.is_ascii_alphanumeric() && end != '_').next()
    });
    names.map(str::to_owned).collect()
}

/// Runs nothing of the engine before it is called: a script that throws while it loads fails silently.
fn wrap(bundle: &Path, to: &Path) -> Result<PathBuf> {
    let script = fs::read_to_string(bundle)?;
    let body = script.trim_end().strip_prefix("\"use strict\";").unwrap_or(&script);
    fs::write(
        to,
        format!("function sendvagtEngine(){{\"use strict\";var engine;{}return engine}}\n", body.trim_end()),
    )?;
    Ok(to.to_path_buf())
}

//! What manifest.xml must hold beside what Microsoft's schemas check: faults at which Outlook is silent.
//!
//! Sources: Microsoft, "Office Add-ins manifest" reference (`Runtimes`, `LaunchEvent`, `ExtensionPoint`,
//! `Requirements`, `Icon`, `SupportsSharedFolders`), "Configure your Outlook add-in for event-based activation",
//! "Localization for Office Add-ins".

mod events;
mod head;
mod resources;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::{fmt, fs};

use anyhow::{Context, Result, bail};
use roxmltree::{Document, Node};

/// Texts come in these languages; the first is the default.
const LOCALES: [&str; 2] = ["da-DK", "en-US"];
/// Where the manifest says that the add-in lies.
const ORIGIN: &str = "https://localhost:3000/";

/// Checks the built manifest against the built files.
pub(crate) fn check(site: &Path) -> Result<()> {
    let read = |name| {
        let file = site.join(name);
        fs::read_to_string(&file).with_context(|| format!("cannot read {}: build the add-in first", file.display()))
    };
    let shell = Shell::of_script(&read("launch.js")?);
    let faults = faults(&read("manifest.xml")?, &Surroundings { shell: &shell, site })?;
    if !faults.is_empty() {
        let lines: Vec<_> = faults.iter().map(|fault| format!("manifest.xml:{fault}")).collect();
        bail!("manifest.xml has faults:\n{}", lines.join("\n"));
    }
    Ok(())
}

/// The names that the shell gives to Outlook, and that the manifest must know.
pub(crate) struct Shell {
    /// Functions that are associated with events.
    pub(crate) handlers: Vec<String>,
    /// Buttons that a dialog or a bar points to.
    pub(crate) commands: Vec<String>,
    /// Images that a bar shows.
    pub(crate) icons: Vec<String>,
}

impl Shell {
    /// Reads the names from a built script, whose strings and property names outlast minifying.
    fn of_script(script: &str) -> Self {
        Self { handlers: handlers(script), commands: strings(script, "SendvagtPane"), icons: strings(script, "Icon.") }
    }
}

/// Properties that are named as handlers are: `onMessageSend`.
fn handlers(script: &str) -> Vec<String> {
    let names = script.match_indices(':').filter_map(|(colon, _)| {
        let before = script.get(..colon)?;
        let start = before.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        before.get(start..).filter(|name| name.starts_with("on") && name.chars().nth(2).is_some_and(char::is_uppercase))
    });
    names.map(str::to_owned).collect()
}

/// String literals that begin with `prefix`.
fn strings(script: &str, prefix: &str) -> Vec<String> {
    let names = script.match_indices(prefix).filter_map(|(start, _)| {
        let quote = script.get(..start)?.chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        script.get(start..)?.split(quote).next()
    });
    names.map(str::to_owned).collect()
}

/// What a manifest is held against.
pub(crate) struct Surroundings<'a> {
    pub(crate) shell: &'a Shell,
    /// The folder that lies at the manifest's origin.
    pub(crate) site: &'a Path,
}

/// What is wrong, and what it should be instead.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Counted from 1.
    pub(crate) line: u32,
    pub(crate) sentence: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.sentence)
    }
}

/// Every fault of the manifest `text`, by line.
pub(crate) fn faults(text: &str, surroundings: &Surroundings<'_>) -> Result<Vec<Fault>> {
    let document = Document::parse(text).context("manifest.xml is not XML")?;
    let mut lint = Lint { root: document.root_element(), surroundings, faults: Vec::new() };
    lint.head();
    lint.requirements();
    lint.events();
    lint.runtimes();
    lint.shell();
    lint.resources();
    lint.texts();
    lint.urls();
    lint.icons();
    lint.faults.sort_by_key(|fault| fault.line);
    Ok(lint.faults)
}

struct Lint<'a, 'input> {
    root: Node<'a, 'input>,
    surroundings: &'a Surroundings<'a>,
    faults: Vec<Fault>,
}

impl<'a, 'input> Lint<'a, 'input> {
    /// Every element of this local name; one name has one meaning here, whatever its namespace.
    fn all(&self, name: &str) -> Vec<Node<'a, 'input>> {
        self.root.descendants().filter(|node| is(*node, name)).collect()
    }

    fn unless(&mut self, holds: bool, at: Node<'_, '_>, sentence: impl FnOnce() -> String) {
        if !holds {
            let line = at.document().text_pos_at(at.range().start).row;
            self.faults.push(Fault { line, sentence: sentence() });
        }
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|node| is(*node, name))
}

fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// The value of a text or an address for the default language and for each other.
fn values<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    let others = node.children().filter(|node| is(*node, "Override")).filter_map(|node| node.attribute("Value"));
    node.attribute("DefaultValue").into_iter().chain(others).collect()
}

/// The length by which Office counts: in UTF-16 code units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

//! What manifest.xml must hold beside what Microsoft's schemas check.
//!
//! Sources: Microsoft, "Office Add-ins manifest" reference (`Runtimes`, `LaunchEvent`, `ExtensionPoint`, `Requirements`,
//! `Icon`), "Configure your Outlook add-in for event-based activation", "Localization for Office Add-ins".

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use roxmltree::{Document, Node};

/// Events that Outlook raises for a mail or an appointment that is composed.
const EVENTS: [&str; 15] = [
    "OnNewMessageCompose",
    "OnNewAppointmentOrganizer",
    "OnMessageAttachmentsChanged",
    "OnAppointmentAttachmentsChanged",
    "OnMessageRecipientsChanged",
    "OnAppointmentAttendeesChanged",
    "OnAppointmentTimeChanged",
    "OnAppointmentRecurrenceChanged",
    "OnInfoBarDismissClicked",
    "OnMessageSend",
    "OnAppointmentSend",
    "OnMessageCompose",
    "OnAppointmentOrganizer",
    "OnMessageFromChanged",
    "OnSensitivityLabelChanged",
];
const SEND_EVENTS: [&str; 2] = ["OnMessageSend", "OnAppointmentSend"];
/// Texts come in these languages; the first is the default.
const LOCALES: [&str; 2] = ["da-DK", "en-US"];
const ORIGIN: &str = "https://localhost:3000/";

/// What a manifest is held against.
pub(crate) struct Surroundings<'a> {
    /// The names under which the shell associates its handlers.
    pub(crate) handlers: &'a [String],
    /// The folder that lies at the manifest's origin.
    pub(crate) site: &'a Path,
}

/// Checks the built manifest against the built files.
pub(crate) fn check(site: &Path) -> Result<()> {
    let text = fs::read_to_string(site.join("manifest.xml")).context("the add-in is not built")?;
    let script = fs::read_to_string(site.join("launch.js")).context("the add-in is not built")?;
    let faults = faults(&text, &Surroundings { handlers: &handlers(&script), site })?;
    if !faults.is_empty() {
        bail!("manifest.xml has faults:\n{}", faults.join("\n"));
    }
    Ok(())
}

/// The names of handlers in the built script: properties that are named as the manifest's functions are.
fn handlers(script: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric();
    let names = script.match_indices(":").filter_map(|(colon, _)| {
        let before = script.get(..colon)?;
        let start = before.rfind(|c| !is_name(c)).map_or(0, |at| at + 1);
        before.get(start..).filter(|name| name.starts_with("on") && name.chars().nth(2).is_some_and(char::is_uppercase))
    });
    names.map(str::to_owned).collect()
}

/// Every fault, as a sentence.
pub(crate) fn faults(text: &str, surroundings: &Surroundings) -> Result<Vec<String>> {
    let document = Document::parse(text).context("manifest.xml is no XML")?;
    let mut lint = Lint { root: document.root_element(), surroundings, faults: Vec::new() };
    lint.head();
    lint.resources();
    lint.events();
    lint.runtime();
    lint.lengths();
    lint.locales();
    lint.urls();
    lint.icons();
    Ok(lint.faults)
}

struct Lint<'a, 'input> {
    root: Node<'a, 'input>,
    surroundings: &'a Surroundings<'a>,
    faults: Vec<String>,
}

impl<'a, 'input> Lint<'a, 'input> {
    fn all(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> + use<'a, 'input> {
        self.root.descendants().filter(move |node| node.tag_name().name() == name)
    }

    fn fault(&mut self, fault: String) {
        self.faults.push(fault);
    }

    fn unless(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.fault(fault());
        }
    }

    fn head(&mut self) {
        let text = |lint: &Self, name| {
            lint.all(name).next().and_then(|node| node.text()).unwrap_or_default().trim().to_owned()
        };
        let id = text(self, "Id");
        let is_guid = id.len() == 36
            && id.split('-').map(str::len).eq([8, 4, 4, 4, 12])
            && id.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
        self.unless(is_guid, || "Id is no GUID".to_owned());
        let version = text(self, "Version");
        let parts: Vec<&str> = version.split('.').collect();
        let is_version = parts.len() <= 4
            && parts.iter().all(|part| (1..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
        self.unless(is_version, || format!("Version is {version}; it has one to four numbers of at most five digits"));
        let permission = text(self, "Permissions");
        self.unless(permission == "ReadWriteItem", || {
            format!("Permissions is {permission}; Sendvagt asks for ReadWriteItem and no more")
        });
        let locale = text(self, "DefaultLocale");
        self.unless(LOCALES.first() == Some(&locale.as_str()), || {
            format!("DefaultLocale is {locale}, not {}", LOCALES.concat())
        });
    }

    /// Every resource that is asked for is there, and every one that is there is asked for.
    fn resources(&mut self) {
        let resources = ["Image", "Url", "String"]
            .into_iter()
            .flat_map(|name| self.all(name))
            .filter_map(|node| node.attribute("id"));
        let resources: Vec<&str> = resources.collect();
        let asked: HashSet<&str> = self.root.descendants().filter_map(|node| node.attribute("resid")).collect();
        for resid in &asked {
            self.unless(resources.contains(resid), || format!("resid {resid} names no resource"));
        }
        for id in &resources {
            self.unless(asked.contains(id), || format!("the resource {id} is never asked for"));
        }
        let mut seen = HashSet::new();
        let ids: Vec<&str> =
            self.root.descendants().filter_map(|node| node.attribute("id")).filter(|id| *id != "TabDefault").collect();
        for id in ids {
            self.unless(seen.insert(id), || format!("the id {id} stands twice"));
        }
    }

    fn events(&mut self) {
        let events: Vec<_> = self.all("LaunchEvent").collect();
        for event in events {
            let kind = event.attribute("Type").unwrap_or_default();
            let function = event.attribute("FunctionName").unwrap_or_default();
            let mode = event.attribute("SendMode");
            self.unless(EVENTS.contains(&kind), || format!("LaunchEvent {kind} is none that Outlook raises"));
            let known = self.surroundings.handlers.iter().any(|name| name == function);
            self.unless(known, || {
                format!("LaunchEvent {kind} names the function {function}, which the shell does not associate")
            });
            if SEND_EVENTS.contains(&kind) {
                // Block fails validation in the store and locks mail up when the add-in cannot load: IT chooses it, not we.
                self.unless(mode == Some("SoftBlock"), || format!("LaunchEvent {kind} must have SendMode SoftBlock"));
            } else {
                self.unless(mode.is_none(), || {
                    format!("LaunchEvent {kind} has a SendMode, which only send events have")
                });
            }
        }
        for kind in SEND_EVENTS {
            let found = self.all("LaunchEvent").filter(|event| event.attribute("Type") == Some(kind)).count();
            self.unless(found == 1, || format!("LaunchEvent {kind} stands {found} times; it must stand once"));
        }
    }

    /// Outlook finds the page of the events by the runtime of the same name.
    fn runtime(&mut self) {
        let runtimes: Vec<_> = self.all("Runtime").collect();
        self.unless(runtimes.len() == 1, || format!("there are {} runtimes; Outlook takes one", runtimes.len()));
        for runtime in runtimes {
            let page = runtime.attribute("resid");
            let points = self
                .all("ExtensionPoint")
                .filter(|point| point.attributes().any(|attribute| attribute.value() == "LaunchEvent"));
            let sources: Vec<_> = points
                .flat_map(|point| point.children().filter(|node| node.tag_name().name() == "SourceLocation"))
                .collect();
            for source in sources {
                self.unless(source.attribute("resid") == page, || {
                    "the LaunchEvent SourceLocation and the Runtime name two pages".to_owned()
                });
            }
            let script = runtime
                .children()
                .any(|node| node.tag_name().name() == "Override" && node.attribute("type") == Some("javascript"));
            self.unless(script, || {
                "the Runtime has no Override of type javascript, without which classic Outlook runs nothing".to_owned()
            });
        }
    }

    fn lengths(&mut self) {
        let strings: Vec<_> = self.root.descendants().filter(Node::is_element).collect();
        for node in strings {
            let parent = node.parent_element().map_or("", |parent| parent.tag_name().name());
            let most = match (node.tag_name().name(), parent) {
                ("DisplayName" | "ProviderName", _) | ("String", "ShortStrings") => 125,
                ("Description", "OfficeApp") | ("String", "LongStrings") => 250,
                ("Url", _) => 2048,
                _ => continue,
            };
            let own = node.attribute("DefaultValue").or_else(|| node.text()).unwrap_or_default();
            let others = node.children().filter_map(|node| node.attribute("Value"));
            for text in others.chain([own]) {
                self.unless(text.encode_utf16().count() <= most, || {
                    format!("a text of {} is longer than {most} characters", node.tag_name().name())
                });
            }
        }
        let ids: Vec<&str> = self
            .root
            .descendants()
            .flat_map(|node| [node.attribute("id"), node.attribute("resid")])
            .flatten()
            .collect();
        for id in ids {
            self.unless(id.len() <= 32, || format!("the id {id} is longer than 32 characters"));
        }
    }

    fn locales(&mut self) {
        let texts: Vec<_> = ["DisplayName", "Description", "String"]
            .into_iter()
            .flat_map(|name| self.all(name))
            .filter(|node| node.has_attribute("DefaultValue"))
            .collect();
        for node in texts {
            let there: Vec<_> = node.children().filter_map(|node| node.attribute("Locale")).collect();
            let name = node.attribute("id").unwrap_or(node.tag_name().name()).to_owned();
            self.unless(there == LOCALES[1..], || format!("{name} is not there in every language"));
        }
    }

    fn urls(&mut self) {
        let urls: Vec<&str> = self
            .root
            .descendants()
            .filter_map(|node| node.attribute("DefaultValue"))
            .filter(|value| value.contains("://"))
            .collect();
        for url in urls {
            self.unless(url.starts_with("https://"), || format!("{url} is not https"));
            if let Some(file) = url.strip_prefix(ORIGIN) {
                let there = self.surroundings.site.join(file).is_file();
                self.unless(there, || format!("{file} is named, and the build makes no such file"));
            }
        }
    }

    /// Icons are as large as they say.
    fn icons(&mut self) {
        let url = |node: Option<Node>| {
            node.and_then(|node| node.attribute("DefaultValue").map(str::to_owned)).unwrap_or_default()
        };
        let mut wanted =
            vec![(url(self.all("IconUrl").next()), 64), (url(self.all("HighResolutionIconUrl").next()), 128)];
        let images: Vec<_> = self.all("Image").filter(|node| node.has_attribute("size")).collect();
        for image in images {
            let size = image.attribute("size").and_then(|size| size.parse().ok()).unwrap_or(0);
            let resource = self
                .all("Image")
                .find(|node| node.has_attribute("id") && node.attribute("id") == image.attribute("resid"));
            wanted.push((url(resource), size));
        }
        for (url, size) in wanted {
            let file = self.surroundings.site.join(url.trim_start_matches(ORIGIN));
            let found = fs::read(&file).ok().and_then(|bytes| png_size(&bytes));
            self.unless(found == Some((size, size)), || format!("{url} must be a PNG of {size} × {size} pixels"));
        }
        let icons: Vec<_> = self.all("Icon").collect();
        for icon in icons {
            let sizes: Vec<_> = icon.children().filter_map(|node| node.attribute("size")).collect();
            self.unless(sizes == ["16", "32", "80"], || "an Icon must have the sizes 16, 32 and 80".to_owned());
        }
    }
}

/// Width and height, from the header that every PNG begins with.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..16)?;
    let number = |part: &[u8]| part.try_into().ok().map(u32::from_be_bytes);
    Some((number(header.get(..4)?)?, number(header.get(4..)?)?))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Surroundings, faults, handlers};

    const MANIFEST: &str = include_str!("../../manifest.xml");

    /// The sources stand in for what is built: the names of the pages differ, so that each is made here.
    fn lint(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        std::fs::create_dir_all(site.join("icons")).unwrap();
        for page in ["launch.html", "launch.js", "pane.html"] {
            std::fs::write(site.join(page), "").unwrap();
        }
        let icons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../addin/icons");
        for size in [16, 32, 64, 80, 128] {
            let name = format!("icon-{size}.png");
            std::fs::copy(icons.join(&name), site.join("icons").join(&name)).unwrap();
        }
        let names = [
            "onMessageSend",
            "onAppointmentSend",
            "onNewMessageCompose",
            "onMessageRecipientsChanged",
            "onAppointmentAttendeesChanged",
        ];
        let names = names.map(str::to_owned);
        faults(text, &Surroundings { handlers: &names, site }).unwrap()
    }

    #[test]
    fn the_manifest_has_no_fault() {
        assert_eq!(lint(MANIFEST), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_told() {
        let cases = [
            ("resid=\"Pane.Page\"", "resid=\"Pane.Pag\"", "resid Pane.Pag names no resource"),
            (
                "Type=\"OnNewMessageCompose\"",
                "Type=\"OnNewMesageCompose\"",
                "LaunchEvent OnNewMesageCompose is none that Outlook raises",
            ),
            (
                "FunctionName=\"onMessageSend\"",
                "FunctionName=\"onSend\"",
                "LaunchEvent OnMessageSend names the function onSend, which the shell does not associate",
            ),
            ("SendMode=\"SoftBlock\"", "SendMode=\"Block\"", "LaunchEvent OnMessageSend must have SendMode SoftBlock"),
            (
                "<FunctionFile resid=\"Launch.Page\" />",
                "<FunctionFile resid=\"Launch.Page\" id=\"SendvagtPaneMessage\" />",
                "the id SendvagtPaneMessage stands twice",
            ),
            (
                "ReadWriteItem",
                "ReadWriteMailbox",
                "Permissions is ReadWriteMailbox; Sendvagt asks for ReadWriteItem and no more",
            ),
            (
                "<Version>0.1.0.0<",
                "<Version>0.1.0.0.0<",
                "Version is 0.1.0.0.0; it has one to four numbers of at most five digits",
            ),
            ("5c1b8f0e-", "5c1b8f0-", "Id is no GUID"),
            (
                "https://localhost:3000/launch.js",
                "http://localhost:3000/launch.js",
                "http://localhost:3000/launch.js is not https",
            ),
            ("3000/launch.js", "3000/lunch.js", "lunch.js is named, and the build makes no such file"),
            (
                "<SourceLocation resid=\"Launch.Page\" />",
                "<SourceLocation resid=\"Pane.Page\" />",
                "the LaunchEvent SourceLocation and the Runtime name two pages",
            ),
            (
                "Override type=\"javascript\"",
                "Override type=\"script\"",
                "the Runtime has no Override of type javascript, without which classic Outlook runs nothing",
            ),
            (
                "icons/icon-80.png",
                "icons/icon-32.png",
                "https://localhost:3000/icons/icon-32.png must be a PNG of 80 × 80 pixels",
            ),
            (
                "<bt:Override Locale=\"en-US\" Value=\"Check the mail\" />",
                "",
                "Pane.Message is not there in every language",
            ),
        ];
        for (from, to, fault) in cases {
            let faults = lint(&MANIFEST.replacen(from, to, 1));
            assert!(faults.iter().any(|told| told == fault), "{fault}: {faults:?}");
        }
        let long = MANIFEST.replacen("Tjek mailen", &"x".repeat(126), 1);
        assert_eq!(lint(&long), ["a text of String is longer than 125 characters"]);
    }

    #[test]
    fn handlers_are_found_in_a_minified_script() {
        assert_eq!(handlers("var a={onMessageSend:b,once:c,on:d},e=f?g:h"), ["onMessageSend"]);
    }
}

//! The add-in only manifest for one origin.

use roxmltree::{Document, Node};

use super::SendMode;
use super::addin::Template;
use super::origin::Origin;
use super::site_files::sha256;
use super::state::State;

/// Where the manifest of the template says that the add-in lies.
const LOCAL: &str = "https://localhost:3000/";

/// The manifest, but for its id and version.
pub(super) struct Manifest {
    text: String,
    /// The SHA-256 of all but the id and the version.
    pub(super) content: String,
    /// The SHA-256 of what an administrator consents to.
    pub(super) consent: String,
    pub(super) events: Vec<Event>,
}

/// An event that the add-in is called for.
pub(super) struct Event {
    /// As the add-in only manifest names it, `OnMessageSend`.
    pub(super) kind: String,
    pub(super) function: String,
    pub(super) mode: Option<String>,
}

impl Manifest {
    pub(super) fn new(template: &Template, origin: &Origin, mode: SendMode) -> Result<Self, String> {
        let source = template.text("manifest.xml")?;
        if !source.contains(LOCAL) {
            return Err(format!("the add-in's manifest.xml names no address below {LOCAL}; build it anew"));
        }
        let text = source
            .replace(LOCAL, &format!("{}/", origin))
            .replace("SendMode=\"SoftBlock\"", &format!("SendMode=\"{}\"", mode.in_manifest()));
        let document =
            Document::parse(&text).map_err(|error| format!("the add-in's manifest.xml is no XML: {error}"))?;
        let events = events(&document);
        if events.iter().filter(|event| event.mode.as_deref() == Some(mode.in_manifest())).count() != 2 {
            return Err("the add-in's manifest.xml does not set the mode of its two send events; build it anew".into());
        }
        let content = sha256(with(&text, "", "")?.as_bytes());
        Ok(Self { content, consent: consent(&document), events, text })
    }

    /// The whole manifest.
    pub(super) fn text(&self, state: &State) -> String {
        with(&self.text, &state.id, &state.version.to_string()).unwrap_or_default()
    }

    /// The text of the first element of this name.
    pub(super) fn value(&self, name: &str) -> String {
        let document = Document::parse(&self.text);
        let found = document.iter().flat_map(|document| document.descendants()).find(|node| is(*node, name));
        found
            .map(|node| node.attribute("DefaultValue").or(node.text()).unwrap_or_default().to_owned())
            .unwrap_or_default()
    }

    /// A text of the resources in the default language, and in English.
    pub(super) fn string(&self, id: &str) -> (String, String) {
        let document = Document::parse(&self.text);
        let node =
            document.iter().flat_map(|document| document.descendants()).find(|node| node.attribute("id") == Some(id));
        let attribute = |node: Option<Node<'_, '_>>, name| {
            node.and_then(|node| node.attribute(name)).unwrap_or_default().to_owned()
        };
        let english = node.and_then(|node| node.children().find(|child| is(*child, "Override")));
        (attribute(node, "DefaultValue"), attribute(english, "Value"))
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn events(document: &Document<'_>) -> Vec<Event> {
    // Phones have a part of their own, with some of the same.
    let desktop = document.descendants().filter(|node| is(*node, "DesktopFormFactor"));
    let nodes = desktop.flat_map(|part| part.descendants()).filter(|node| is(*node, "LaunchEvent"));
    let event = |node: Node<'_, '_>| {
        Some(Event {
            kind: node.attribute("Type")?.to_owned(),
            function: node.attribute("FunctionName")?.to_owned(),
            mode: node.attribute("SendMode").map(str::to_owned),
        })
    };
    nodes.filter_map(event).collect()
}

/// What a change of which cuts users off until an administrator has consented anew: permissions, hosts, requirements and
/// events (Microsoft, "Maintain your Office Add-in").
fn consent(document: &Document<'_>) -> String {
    let mut told = String::new();
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if matches!(name, "Permissions" | "Host" | "Set" | "Sets" | "LaunchEvent" | "SupportsSharedFolders") {
            let attributes = node.attributes().filter(|attribute| attribute.name() != "SendMode");
            let attributes: Vec<_> = attributes.map(|attribute| (attribute.name(), attribute.value())).collect();
            told.push_str(&format!("{name} {attributes:?} {}\n", node.text().unwrap_or_default().trim()));
        }
    }
    sha256(told.as_bytes())
}

/// The manifest with this id and version in the place of the template's.
fn with(text: &str, id: &str, version: &str) -> Result<String, String> {
    let text = element(text, "Id", id)?;
    element(&text, "Version", version)
}

fn element(text: &str, name: &str, value: &str) -> Result<String, String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts = text.split_once(&open).and_then(|(before, rest)| Some((before, rest.split_once(&close)?.1)));
    let (before, after) = parts.ok_or_else(|| format!("the add-in's manifest.xml has no {open}; build it anew"))?;
    Ok([before, &open, value, &close, after].concat())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::addin::Template;
    use super::{Manifest, SendMode};

    pub(crate) fn manifest(origin: &str, mode: SendMode) -> Manifest {
        let template = Template::of(&[("manifest.xml", include_str!("../../../../manifest.xml"))]);
        Manifest::new(&template, &origin.parse().unwrap(), mode).unwrap()
    }

    #[test]
    fn speaks_of_its_origin_alone() {
        let manifest = manifest("https://addins.example.dk/sendvagt", SendMode::Block);
        assert!(!manifest.text.contains("localhost"));
        assert!(manifest.text.contains("https://addins.example.dk/sendvagt/launch.js\""));
        assert_eq!(manifest.text.matches("SendMode=\"Block\"").count(), 2);
        assert!(!manifest.text.contains("SendMode=\"SoftBlock\""));
    }

    #[test]
    fn the_send_mode_needs_no_new_consent_and_another_host_neither() {
        let one = manifest("https://a.example", SendMode::Block);
        let other = manifest("https://b.example", SendMode::SoftBlock);
        assert_ne!(one.content, other.content);
        assert_eq!(one.consent, other.consent);
        let more = Template::of(&[(
            "manifest.xml",
            &include_str!("../../../../manifest.xml").replace("ReadWriteItem", "ReadWriteMailbox"),
        )]);
        let origin = "https://a.example".parse().unwrap();
        assert_ne!(Manifest::new(&more, &origin, SendMode::Block).unwrap().consent, one.consent);
    }

    #[test]
    fn a_manifest_of_another_kind_is_told() {
        let origin = "https://a.example".parse().unwrap();
        for (text, told) in [
            ("<OfficeApp/>", "names no address"),
            ("<OfficeApp>https://localhost:3000/", "no XML"),
            ("<OfficeApp>https://localhost:3000/</OfficeApp>", "two send events"),
        ] {
            let error =
                Manifest::new(&Template::of(&[("manifest.xml", text)]), &origin, SendMode::Block).err().unwrap();
            assert!(error.contains(told), "{error}");
        }
    }
}

//! `manifest.xml`, the add-in only manifest, for one origin.

use roxmltree::{Document, Node};

use super::SendMode;
use super::addin::Addin;
use super::origin::Origin;
use super::site_files::sha256;
use super::state::PackageState;

/// The origin in the manifest of the built add-in.
const LOCAL: &str = "https://localhost:3000/";

/// The manifest without its id and version.
pub(super) struct XmlManifest {
    text: String,
    /// The SHA-256 of the manifest without its id and version.
    pub(super) content: String,
    /// The SHA-256 of what an administrator consents to.
    pub(super) consent: String,
    pub(super) events: Vec<Event>,
}

/// An event that Outlook calls the add-in for.
pub(super) struct Event {
    /// Its name in the add-in only manifest, such as `OnMessageSend`.
    pub(super) kind: String,
    pub(super) function: String,
    pub(super) mode: Option<String>,
}

impl XmlManifest {
    pub(super) fn new(addin: &Addin, origin: &Origin, mode: SendMode) -> Result<Self, String> {
        let source = addin.text("manifest.xml")?;
        if !source.contains(LOCAL) {
            return Err(format!("the add-in's manifest.xml has no URL below {LOCAL}; build it again"));
        }
        let text = source
            .replace(LOCAL, &format!("{}/", origin))
            .replace("SendMode=\"SoftBlock\"", &format!("SendMode=\"{}\"", mode.in_manifest()));
        let document =
            Document::parse(&text).map_err(|error| format!("the add-in's manifest.xml is not XML: {error}"))?;
        let events = events(&document);
        if events.iter().filter(|event| event.mode.as_deref() == Some(mode.in_manifest())).count() != 2 {
            return Err(
                "the add-in's manifest.xml does not set the send mode of its two send events; build it again".into()
            );
        }
        let content = sha256(with_identity(&text, "", "")?.as_bytes());
        Ok(Self { content, consent: consent(&document), events, text })
    }

    /// The complete manifest.
    pub(super) fn text(&self, state: &PackageState) -> String {
        with_identity(&self.text, &state.id, &state.version.to_string()).unwrap_or_default()
    }

    /// The value of the first element of this name.
    pub(super) fn value(&self, name: &str) -> String {
        self.find(|node| is(node, name), |node| node.attribute("DefaultValue").or(node.text()))
    }

    /// The string resource of this id, in Danish, the default language of the manifest.
    pub(super) fn string(&self, id: &str) -> String {
        self.find(|node| node.attribute("id") == Some(id), |node| node.attribute("DefaultValue"))
    }

    /// A value of the first node that is wanted; empty when there is none.
    fn find(
        &self,
        wanted: impl Fn(Node<'_, '_>) -> bool,
        value: impl for<'a> Fn(Node<'a, '_>) -> Option<&'a str>,
    ) -> String {
        let document = Document::parse(&self.text);
        let node = document.iter().flat_map(|document| document.descendants()).find(|node| wanted(*node));
        node.and_then(value).unwrap_or_default().to_owned()
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn events(document: &Document<'_>) -> Vec<Event> {
    // Phones have an element of their own, with some of the same events.
    let desktop = document.descendants().filter(|node| is(*node, "DesktopFormFactor"));
    let nodes = desktop.flat_map(|node| node.descendants()).filter(|node| is(*node, "LaunchEvent"));
    let event = |node: Node<'_, '_>| {
        Some(Event {
            kind: node.attribute("Type")?.to_owned(),
            function: node.attribute("FunctionName")?.to_owned(),
            mode: node.attribute("SendMode").map(str::to_owned),
        })
    };
    nodes.filter_map(event).collect()
}

/// A hash of what an administrator consents to: permissions, hosts, requirements and events. When it changes, users are
/// without the add-in until an administrator consents again (Microsoft, "Maintain your Office Add-in").
fn consent(document: &Document<'_>) -> String {
    let mut parts = String::new();
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if matches!(name, "Permissions" | "Host" | "Set" | "Sets" | "LaunchEvent" | "SupportsSharedFolders") {
            let attributes = node.attributes().filter(|attribute| attribute.name() != "SendMode");
            let attributes: Vec<_> = attributes.map(|attribute| (attribute.name(), attribute.value())).collect();
            parts.push_str(&format!("{name} {attributes:?} {}\n", node.text().unwrap_or_default().trim()));
        }
    }
    sha256(parts.as_bytes())
}

/// The manifest with this id and version.
fn with_identity(text: &str, id: &str, version: &str) -> Result<String, String> {
    let text = with_element(text, "Id", id)?;
    with_element(&text, "Version", version)
}

fn with_element(text: &str, name: &str, value: &str) -> Result<String, String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts = text.split_once(&open).and_then(|(before, rest)| Some((before, rest.split_once(&close)?.1)));
    let (before, after) = parts.ok_or_else(|| format!("the add-in's manifest.xml has no {open}; build it again"))?;
    Ok([before, &open, value, &close, after].concat())
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::addin::Addin;
    use super::{SendMode, XmlManifest};

    pub(crate) fn manifest(origin: &str, mode: SendMode) -> XmlManifest {
        let addin = Addin::of(&[("manifest.xml", include_str!("../../../../manifest.xml"))]);
        XmlManifest::new(&addin, &origin.parse().unwrap(), mode).unwrap()
    }

    #[test]
    fn has_no_other_origin() {
        let manifest = manifest("https://addins.example.dk/sendvagt", SendMode::Block);
        assert!(!manifest.text.contains("localhost"));
        assert!(manifest.text.contains("https://addins.example.dk/sendvagt/launch.js\""));
        assert_eq!(manifest.text.matches("SendMode=\"Block\"").count(), 2);
        assert!(!manifest.text.contains("SendMode=\"SoftBlock\""));
    }

    #[test]
    fn neither_another_send_mode_nor_another_host_needs_new_consent() {
        let one = manifest("https://a.example", SendMode::Block);
        let other = manifest("https://b.example", SendMode::SoftBlock);
        assert_ne!(one.content, other.content);
        assert_eq!(one.consent, other.consent);
        let more = Addin::of(&[(
            "manifest.xml",
            &include_str!("../../../../manifest.xml").replace("ReadWriteItem", "ReadWriteMailbox"),
        )]);
        let origin = "https://a.example".parse().unwrap();
        assert_ne!(XmlManifest::new(&more, &origin, SendMode::Block).unwrap().consent, one.consent);
    }

    #[test]
    fn a_manifest_of_another_kind_is_an_error() {
        let origin = "https://a.example".parse().unwrap();
        for (text, message) in [
            ("<OfficeApp/>", "has no URL"),
            ("<OfficeApp>https://localhost:3000/", "not XML"),
            ("<OfficeApp>https://localhost:3000/</OfficeApp>", "two send events"),
        ] {
            let error =
                XmlManifest::new(&Addin::of(&[("manifest.xml", text)]), &origin, SendMode::Block).err().unwrap();
            assert!(error.contains(message), "{error}");
        }
    }
}

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
        if send_modes(&document).filter(|found| *found == mode.in_manifest()).count() != 2 {
            return Err(
                "the add-in's manifest.xml does not set the send mode of its two send events; build it again".into()
            );
        }
        let content = sha256(with_identity(&text, "", "")?.as_bytes());
        Ok(Self { content, consent: consent(&document), text })
    }

    /// The complete manifest.
    pub(super) fn text(&self, state: &PackageState) -> String {
        with_identity(&self.text, &state.id, &state.version.to_string()).unwrap_or_default()
    }
}

/// Id, version, content and consent of a complete manifest.
pub(super) fn identity(bytes: &[u8]) -> Result<(String, String, String, String), String> {
    let text = str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|_| "it is not UTF-8 text".to_owned())?;
    let document = Document::parse(text).map_err(|error| format!("it is not XML: {error}"))?;
    let value = |name: &str| {
        let found = document.root_element().children().find(|node| is(*node, name)).and_then(|node| node.text());
        found.map(|text| text.trim().to_owned()).ok_or_else(|| format!("it has no {name}"))
    };
    let content = sha256(with_identity(text, "", "")?.as_bytes());
    Ok((value("Id")?, value("Version")?, content, consent(&document)))
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The send modes of the events, without those of phones, which have an element of their own.
fn send_modes<'a>(document: &'a Document<'_>) -> impl Iterator<Item = &'a str> {
    let desktop = document.descendants().filter(|node| is(*node, "DesktopFormFactor"));
    let events = desktop.flat_map(|node| node.descendants()).filter(|node| is(*node, "LaunchEvent"));
    events.filter_map(|node| node.attribute("SendMode"))
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

//! What the add-in is, and which clients it asks for.

use roxmltree::Node;

use super::{LOCALES, Lint, child, is, text};

/// Exchange servers of an organisation's own advertise no set above this one.
const MOST_OF_BASE: (u32, u32) = (1, 5);
/// The set that phones claim.
const PHONES: (u32, u32) = (1, 5);

impl Lint<'_, '_> {
    pub(super) fn head(&mut self) {
        self.head_text("Id", is_guid, |id| format!("the Id {id} is not a GUID: write 8-4-4-4-12 hexadecimal digits"));
        let version = concat!(env!("CARGO_PKG_VERSION"), ".0");
        self.head_text("Version", is_version, |found| {
            format!("the Version {found} is malformed: write one to four numbers of at most five digits")
        });
        self.head_text(
            "Version",
            |found| !is_version(found) || found == version,
            |found| {
                format!("the Version is {found}: write {version}, by which Outlook tells this manifest from older ones")
            },
        );
        self.head_text(
            "Permissions",
            |found| found == "ReadWriteItem",
            |found| {
                format!("Permissions is {found}: write ReadWriteItem, which is what mending a draft needs and no more")
            },
        );
        self.head_text(
            "DefaultLocale",
            |found| LOCALES.first() == Some(&found),
            |found| format!("the DefaultLocale is {found}: write {}, which the default texts are in", LOCALES[0]),
        );
    }

    /// Checks the text of a child of the root; one that is missing counts as empty.
    fn head_text(&mut self, name: &str, good: impl Fn(&str) -> bool, sentence: impl FnOnce(&str) -> String) {
        let node = child(self.root, name);
        let found = node.map_or("", text);
        self.unless(good(found), node.unwrap_or(self.root), || sentence(found));
    }

    /// Unmet requirements hide the add-in, or all of its buttons and events, without a word.
    pub(super) fn requirements(&mut self) {
        let base = child(self.root, "Requirements");
        self.unless(
            base.and_then(mailbox_set).is_some_and(|set| set <= MOST_OF_BASE),
            base.unwrap_or(self.root),
            || "the base Requirements do not ask for Mailbox 1.5 or less: no server of one's own meets more".to_owned(),
        );
        // The innermost overrides are those that count.
        let overrides = self.all("VersionOverrides").pop().unwrap_or(self.root);
        let asked = child(overrides, "Requirements");
        self.unless(asked.and_then(mailbox_set) == Some(PHONES), asked.unwrap_or(overrides), || {
            "the overrides do not require Mailbox 1.5: more loses phones and older clients, with all events".to_owned()
        });
        self.unless(!self.all("MobileFormFactor").is_empty(), overrides, || {
            "there is no MobileFormFactor: phones would show nothing while a mail is written".to_owned()
        });
        for desktop in self.all("DesktopFormFactor") {
            let shared = child(desktop, "SupportsSharedFolders").is_some_and(|node| text(node) == "true");
            self.unless(shared, desktop, || {
                "DesktopFormFactor lacks SupportsSharedFolders true: mail from shared mailboxes would go unchecked"
                    .to_owned()
            });
        }
    }
}

fn mailbox_set(requirements: Node<'_, '_>) -> Option<(u32, u32)> {
    let sets = child(requirements, "Sets")?;
    let set = sets.children().find(|node| is(*node, "Set") && node.attribute("Name") == Some("Mailbox"))?;
    let (major, minor) = set.attribute("MinVersion").or(sets.attribute("DefaultMinVersion"))?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn is_guid(id: &str) -> bool {
    id.split('-').map(str::len).eq([8, 4, 4, 4, 12]) && id.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

fn is_version(version: &str) -> bool {
    version.split('.').count() <= 4
        && version.split('.').all(|part| (1..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

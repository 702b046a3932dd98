//! The text of a draft and the names of what is attached to it.

use serde::{Deserialize, Serialize};

/// The body of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Body {
    /// How it is written.
    #[serde(default)]
    pub kind: BodyKind,
    /// The HTML or the plain text, as Outlook gives it. Each lone surrogate arrives as U+FFFD.
    pub content: String,
    /// Was it longer than is read? Then this is its beginning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BodyKind {
    /// As HTML.
    #[default]
    Html,
    /// As plain text.
    Text,
}

/// What is attached to a draft, as far as its name tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attachment {
    /// The name of the file.
    pub name: String,
    /// Is it a picture within the text?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
    /// Is it a link to a file that lies elsewhere?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cloud: bool,
}

impl Body {
    /// Takes one of the values that the shell writes ([`crate::Draft::from_lines`]).
    pub(super) fn take(&mut self, name: &str, value: String) -> Option<()> {
        match (name, value.as_str()) {
            ("kind", "html") => self.kind = BodyKind::Html,
            ("kind", "text") => self.kind = BodyKind::Text,
            ("cut", flag) => self.cut = is_true(flag)?,
            ("content", _) => self.content = value,
            _ => return None,
        }
        Some(())
    }
}

impl Attachment {
    /// Reads names and values in turn.
    pub(super) fn from_values(first: String, mut rest: impl Iterator<Item = String>) -> Option<Self> {
        let mut attachment = Self::default();
        let mut name = Some(first);
        while let Some(key) = name {
            let value = rest.next()?;
            match key.as_str() {
                "name" => attachment.name = value,
                "inline" => attachment.inline = is_true(&value)?,
                "cloud" => attachment.cloud = is_true(&value)?,
                _ => return None,
            }
            name = rest.next();
        }
        Some(attachment)
    }
}

fn is_true(value: &str) -> Option<bool> {
    match value {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

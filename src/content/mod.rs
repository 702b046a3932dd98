//! What is read of a mail beyond subject and recipients: its text and the names of its attachments.
//!
//! [`Page`] is the text as a person reads it, with the way back to the source. [`Numbers`] are the CPR numbers in it.

mod html;
mod numbers;
mod page;
mod plain;
mod quotes;
mod tables;

pub(crate) use numbers::{Numbers, Part};
pub(crate) use page::Page;

use crate::draft::{Body, BodyKind};

/// Where some ASCII is first, in any case. The standard library's search would be a hundredth of the engine.
fn find(text: &[u8], wanted: &str) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

impl Page {
    /// The text of a body.
    pub(crate) fn of(body: &Body) -> Self {
        match body.kind {
            BodyKind::Html => html::page(&body.content),
            BodyKind::Text => plain::page(&body.content),
        }
    }
}

#[cfg(test)]
mod tests;

//! How templates escape what is put into HTML and XML.

use std::fmt;

use askama::filters::Escaper;
use sendvagt::text::escape_html;

/// The engine's escaping of HTML, for askama. It serves XML too.
#[derive(Clone, Copy)]
pub(crate) struct Html;

impl Escaper for Html {
    fn write_escaped_str<W: fmt::Write>(&self, mut out: W, text: &str) -> fmt::Result {
        out.write_str(&escape_html(text))
    }
}

//! Options with a fixed set of values.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use sendvagt::Language;
use sendvagt_audit::Format;
use sendvagt_site::package::SendMode;

pub(crate) fn language() -> impl TypedValueParser<Value = Language> {
    one_of(&[(Language::Da, "da", "Danish"), (Language::En, "en", "English")])
}

pub(crate) fn format() -> impl TypedValueParser<Value = Format> {
    one_of(&[
        (
            Format::Trace,
            "trace",
            "A table with a column for the subject: an Exchange message trace, a tracking log, CSV from Excel",
        ),
        (Format::Text, "text", "Plain text, one subject per line"),
        (Format::Jsonl, "jsonl", "Drafts in JSON Lines, as `sendvagt check --jsonl` reads them"),
        (Format::Eml, "eml", "One mail"),
        (Format::Mbox, "mbox", "Many mails, each after a line that starts with \"From \""),
    ])
}

pub(crate) fn send_mode() -> impl TypedValueParser<Value = SendMode> {
    one_of(&[
        (SendMode::Block, "block", "The mail waits until the add-in can be reached"),
        (SendMode::SoftBlock, "soft-block", "The mail can be sent unchecked"),
    ])
}

/// One of these values, each with its name and its line in the help.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [(T, &'static str, &'static str)],
) -> impl TypedValueParser<Value = T> {
    let names = all.iter().map(|(_, name, help)| PossibleValue::new(*name).help(*help));
    PossibleValuesParser::new(names).try_map(move |chosen| {
        let value = all.iter().find(|(_, name, _)| *name == chosen).map(|(value, ..)| *value);
        value.ok_or("unknown value; use one of those listed")
    })
}

//! Fits the words of the rules into what a client can show.
//!
//! A Smart Alerts dialog takes 500 characters, a button 20, an information bar 150 (Microsoft: "Handle
//! OnMessageSend and OnAppointmentSend events with Smart Alerts"; "Create notifications for your Outlook add-in").
//! Characters are counted as UTF-16 code units, as JavaScript counts them.

mod dialog;

use crate::Language;
use crate::draft::Item;
use crate::policy::Policy;
use crate::rules::Words;
use crate::text::{clip, decimal, units};
use crate::verdict::{Again, Alert, Decision};

pub(crate) use dialog::Closing;
use dialog::{Dialog, Style};

/// The longest text of a dialog, in UTF-16 code units.
pub const DIALOG_LIMIT: usize = 500;
/// The longest label of a dialog's button, in UTF-16 code units.
pub const BUTTON_LIMIT: usize = 20;
/// The longest text of an information bar, in UTF-16 code units.
pub const BAR_LIMIT: usize = 150;

/// The longest body that is written, in UTF-16 code units (Microsoft: "Body.setAsync").
pub(crate) const WRITE_LIMIT: usize = 1_000_000;

/// The alert for a draft that is asked about or stopped. `said` holds the words of each rule that found something,
/// gravest first.
pub(crate) fn alert(
    policy: &Policy,
    language: Language,
    item: Option<Item>,
    decision: Decision,
    said: &[Words],
    mark: String,
) -> Alert {
    let dialog = Dialog { policy, language, item, said };
    let closing = if decision == Decision::Ask { Closing::SendAnyway } else { Closing::None };
    Alert {
        text: dialog.text(Style::Plain, closing),
        markdown: dialog.text(Style::Markdown, closing),
        button: language.pick("Vis og ret", "Show and fix").to_owned(),
        bar: bar(said, language),
        mark,
        again: (decision == Decision::Ask).then(|| Again {
            text: dialog.text(Style::Plain, Closing::SendAgain),
            stuck: dialog.text(Style::Plain, Closing::Elsewhere),
        }),
    }
}

/// One line: the gravest fault, and how many more there are.
fn bar(said: &[Words], language: Language) -> String {
    let first = said.first().map_or("", |words| words.what.as_str());
    let more = match said.len() {
        0 | 1 => String::new(),
        2 => language.pick(" Og én ting mere.", " And 1 more thing.").to_owned(),
        count => language.fill(" Og {} andre ting.", " And {} more things.", &[&decimal(count - 1)]),
    };
    let room = BAR_LIMIT - units(&more);
    let full = [first, said.first().map_or("", |words| words.remedy.as_str())].join(" ");
    let line = if said.len() == 1 && units(&full) <= room { full } else { clip(first, room) };
    line + &more
}

#[cfg(test)]
mod tests;

//! The text of the dialog, as complete as its limit allows.

use super::DIALOG_LIMIT;
use crate::Language;
use crate::draft::Item;
use crate::policy::Policy;
use crate::rules::Words;
use crate::text::{clip, decimal, first_that_fits};

/// The format that a client takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Markdown,
}

/// How the text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// Without a way to send: the mail has to be mended.
    None,
    /// The client has a button that sends the mail anyway.
    SendAnyway,
    /// The client has no such button: pressing Send again sends the mail.
    SendAgain,
    /// The same, where the client may not remember that Send was pressed before.
    Elsewhere,
}

/// How many of each rule's words the text includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// What, why and what to do, for every rule.
    Full,
    /// As [`Self::Full`], but why only for the first rule, which is the gravest.
    FirstReason,
    /// What and what to do, for every rule.
    NoReason,
    /// What, for every rule; what to do only for the first.
    WhatOnly,
    /// The first rule, and how many more there are.
    Counted,
}

/// Everything the text is made from.
pub(super) struct Dialog<'a> {
    pub(super) policy: &'a Policy,
    pub(super) language: Language,
    /// `None` when it is not known whether it is a mail or a meeting.
    pub(super) item: Option<Item>,
    pub(super) said: &'a [Words],
}

impl Dialog<'_> {
    /// The most complete text that fits. The contact and the help link stay longer than the reasons: a user who is stopped
    /// wrongly needs them most.
    pub(super) fn text(&self, style: Style, closing: Closing) -> String {
        use Depth::{Counted, FirstReason, Full, NoReason, WhatOnly};
        let steps = [
            (Full, true),
            (FirstReason, true),
            (NoReason, true),
            (WhatOnly, true),
            (NoReason, false),
            (WhatOnly, false),
            (Counted, true),
            (Counted, false),
        ];
        let texts = steps.into_iter().map(|(depth, extras)| self.compose(style, closing, depth, extras));
        clip(&first_that_fits(texts, DIALOG_LIMIT), DIALOG_LIMIT)
    }

    fn compose(&self, style: Style, closing: Closing, depth: Depth, extras: bool) -> String {
        let mut parts = vec![strong(style, self.opening())];
        parts.extend(self.body(style, depth));
        parts.extend(self.closing(closing));
        if extras {
            parts.extend(self.extras(style));
        }
        match style {
            Style::Plain => parts.join(" "),
            Style::Markdown => parts.join("\n\n"),
        }
    }

    fn opening(&self) -> &'static str {
        match self.item {
            Some(Item::Message) => self.language.pick("Mailen er ikke sendt.", "The mail is not sent."),
            Some(Item::Appointment) => self.language.pick("Indkaldelsen er ikke sendt.", "The invitation is not sent."),
            None => self.language.pick("Der er ikke sendt noget.", "Nothing is sent."),
        }
    }

    fn body(&self, style: Style, depth: Depth) -> Vec<String> {
        let said = if depth == Depth::Counted { self.said.get(..1).unwrap_or_default() } else { self.said };
        let items: Vec<String> =
            said.iter().enumerate().map(|(index, words)| item(style, words, depth, index == 0)).collect();
        let mut body = match style {
            // Several rules make a list. Outlook wants a carriage return at the end of each item.
            Style::Markdown if items.len() > 1 => {
                vec![items.iter().map(|item| ["- ", item, "\r"].concat()).collect::<String>()]
            }
            _ => items,
        };
        if depth == Depth::Counted {
            body.extend(self.more());
        }
        body
    }

    fn more(&self) -> Option<String> {
        match self.said.len().checked_sub(1)? {
            0 => None,
            1 => Some(self.language.pick("Der er én ting mere.", "There is 1 more thing.").to_owned()),
            more => Some(self.language.fill("Der er {} ting mere.", "There are {} more things.", &[&decimal(more)])),
        }
    }

    fn closing(&self, closing: Closing) -> Option<String> {
        let it = match self.item {
            Some(Item::Message) => self.language.pick("mailen", "the mail"),
            Some(Item::Appointment) => self.language.pick("indkaldelsen", "the invitation"),
            None => self.language.pick("alt", "everything"),
        };
        match closing {
            Closing::None => None,
            Closing::SendAnyway => Some(self.language.fill(
                "Er {} i orden, så vælg »Send alligevel«.",
                "If {} is in order, choose “Send Anyway”.",
                &[it],
            )),
            Closing::SendAgain => Some(self.language.fill(
                "Er {} i orden, så tryk på Send igen.",
                "If {} is in order, press Send again.",
                &[it],
            )),
            Closing::Elsewhere => Some(self.language.fill(
                "Er {} i orden, så tryk på Send igen. Kommer beskeden igen, så send fra Outlook på nettet.",
                "If {} is in order, press Send again. If this message returns, send from Outlook on the web.",
                &[it],
            )),
        }
    }

    fn extras(&self, style: Style) -> Option<String> {
        let organisation = &self.policy.file().organisation;
        let contact = organisation.contact.as_deref().map(|contact| {
            let contact = shown(style, contact);
            self.language.fill("Spørg: {}.", "Ask: {}.", &[&contact])
        });
        let help = organisation.help.as_deref().map(|link| match style {
            Style::Plain => self.language.fill("Læs mere: {}", "Read more: {}", &[link]),
            Style::Markdown => self.language.fill("[Læs mere]({})", "[Read more]({})", &[link]),
        });
        let extras: Vec<String> = contact.into_iter().chain(help).collect();
        (!extras.is_empty()).then(|| extras.join(" "))
    }
}

fn item(style: Style, words: &Words, depth: Depth, first: bool) -> String {
    let why = depth == Depth::Full || (depth == Depth::FirstReason && first);
    let remedy = depth != Depth::WhatOnly || first;
    let mut parts = vec![strong(style, &words.what)];
    if why {
        parts.push(shown(style, &words.why));
    }
    if remedy {
        parts.push(shown(style, &words.remedy));
    }
    parts.join(" ")
}

fn strong(style: Style, text: &str) -> String {
    match style {
        Style::Plain => text.to_owned(),
        Style::Markdown => ["**", &shown(style, text), "**"].concat(),
    }
}

/// Escapes what Markdown would read as formatting.
fn shown(style: Style, text: &str) -> String {
    let marks = |c: char| matches!(c, '\\' | '*' | '_' | '[' | ']' | '`' | '#' | '<' | '>');
    if style == Style::Plain || !text.contains(marks) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if marks(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

//! The organisation's own patterns as the engine looks for them.
//!
//! A pattern in use is one line of text with tabs between its parts, in the packed policy and in memory. The engine needs it
//! only where it judges a mail, and a struct of owned texts would cost every send the code that fills, copies and drops it.

use super::{Action, OwnPattern, PatternMail, PatternWords, Place, at_place, place_in};
use crate::{Automaton, Language};

/// All places, in the order in which they are looked at.
pub(crate) const PLACES: [Place; 3] = [Place::Subject, Place::Body, Place::Attachments];
const MAILS: [PatternMail; 4] = [PatternMail::All, PatternMail::Leaving, PatternMail::Unprotected, PatternMail::Secure];
const ACTIONS: [Action; 2] = [Action::Ask, Action::Stop];

/// A pattern in use.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    line: &'a str,
    table: Option<&'a Automaton>,
}

/// The parts of a line. What is to be done is empty where Sendvagt says it.
enum Part {
    Places,
    Mail,
    Action,
    What,
    Remedy = 5,
    Table = 7,
}

impl OwnPattern {
    /// The line of a pattern that is compiled to this table ([`Automaton`]); `None` where the policy has turned it off.
    #[must_use]
    pub fn line(&self, table: &str) -> Option<String> {
        let action = place_in(&ACTIONS, self.action);
        let places: String = self.places.iter().map(|place| place_in(&PLACES, *place)).collect();
        let PatternWords { da, en } = &self.what;
        let remedy = self.remedy.clone().unwrap_or_default();
        let parts = [&places, &place_in(&MAILS, self.mail), &action, da, en, &remedy.da, &remedy.en];
        // A tab in a text would shift the parts after it. Strict reading rejects it.
        let parts = parts.map(|part| part.replace('\t', " "));
        (!action.is_empty()).then(|| [parts.join("\t").as_str(), "\t", table].concat())
    }
}

/// The table of a line.
pub(super) fn table(line: &str) -> Option<Automaton> {
    Automaton::parse(part(line, Part::Table as usize))
}

impl<'a> Sought<'a> {
    pub(super) const fn new(line: &'a str, table: Option<&'a Automaton>) -> Self {
        Self { line, table }
    }

    pub(crate) fn is_found(self, text: &str) -> bool {
        self.table.is_some_and(|table| table.is_in(text))
    }

    pub(crate) fn looks_in(self, place: Place) -> bool {
        part(self.line, Part::Places as usize).chars().any(|letter| at_place(&PLACES, letter) == Some(place))
    }

    pub(crate) fn mail(self) -> PatternMail {
        self.one(Part::Mail, &MAILS)
    }

    pub(crate) fn stops(self) -> bool {
        self.one(Part::Action, &ACTIONS) == Action::Stop
    }

    pub(crate) fn what(self, language: Language) -> &'a str {
        self.words(Part::What, language)
    }

    /// What the user should do, if the policy says it.
    pub(crate) fn remedy(self, language: Language) -> Option<&'a str> {
        Some(self.words(Part::Remedy, language)).filter(|words| !words.is_empty())
    }

    fn words(self, first: Part, language: Language) -> &'a str {
        part(self.line, first as usize + usize::from(language == Language::En))
    }

    fn one<T: Copy + Default>(self, kind: Part, all: &[T]) -> T {
        let letter = part(self.line, kind as usize).chars().next();
        letter.and_then(|letter| at_place(all, letter)).unwrap_or_default()
    }
}

fn part(line: &str, index: usize) -> &str {
    line.split('\t').nth(index).unwrap_or_default()
}

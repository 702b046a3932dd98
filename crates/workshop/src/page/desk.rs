//! What all rooms share.

use std::rc::Rc;

use sendvagt::{Both, Language, Policy, PolicyFile};
use sendvagt_site::policy::{PolicyError, parse, warnings};
use serde_json::Value;
use sycamore::prelude::*;

use super::parts::window;
use super::store::{self, Kept};
use crate::edit;

/// What was read of the policy's text.
pub(super) struct Read {
    /// The JSON object, if the text is one.
    pub(super) value: Option<Value>,
    pub(super) policy: Option<PolicyFile>,
    pub(super) errors: Vec<PolicyError>,
    pub(super) warnings: Vec<PolicyError>,
}

impl Read {
    fn new(text: &str) -> Self {
        let value = serde_json::from_str(text).ok().filter(Value::is_object);
        let (policy, errors) = match parse(text) {
            Ok(policy) => (Some(policy), Vec::new()),
            Err(errors) => (None, errors),
        };
        Self { value, policy, errors, warnings: warnings(text) }
    }
}

/// A notice at the top of the page, with a way back if there is one.
#[derive(Clone)]
pub(super) struct Notice {
    pub(super) words: Both<String>,
    pub(super) is_problem: bool,
    /// The text and the name of the file that were there before.
    pub(super) undo: Option<(String, String)>,
}

#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) language: Signal<Language>,
    /// The policy as it is written.
    pub(super) text: Signal<String>,
    /// The name of its file.
    pub(super) name: Signal<String>,
    /// The text as it was opened or saved last.
    pub(super) saved: Signal<String>,
    pub(super) read: ReadSignal<Rc<Read>>,
    /// The last JSON object that was read.
    pub(super) value: Signal<Rc<Value>>,
    /// The last policy without errors.
    pub(super) policy: Signal<Rc<Policy>>,
    pub(super) notice: Signal<Option<Notice>>,
    /// Can the browser keep what was written?
    pub(super) is_kept: Signal<bool>,
    /// Does another tab write too?
    pub(super) is_shared: Signal<bool>,
    pub(super) subjects: Signal<String>,
    pub(super) origin: Signal<String>,
    pub(super) blocks: Signal<bool>,
    /// The state file of the last packing; empty for none.
    pub(super) state: Signal<String>,
    pub(super) addin: Signal<Rc<Vec<u8>>>,
}

/// What a new policy begins with.
pub(super) const NEW: &str =
    "{\n  \"organisation\": {\n    \"name\": \"\",\n    \"domains\": []\n  },\n  \"mode\": \"enforce\"\n}\n";
/// A made-up municipality's.
pub(super) const EXAMPLE: &str = include_str!("../../../../addin/policy.example.json");

impl Desk {
    pub(super) fn new(addin: Vec<u8>) -> Self {
        let kept =
            store::load().unwrap_or_else(|| Kept { text: NEW.to_owned(), saved: NEW.to_owned(), ..Kept::default() });
        let language = match window().navigator().language().unwrap_or_default() {
            tag if tag.starts_with("en") => Language::En,
            _ => Language::Da,
        };
        let text = create_signal(kept.text);
        let read = create_memo(move || Rc::new(text.with(|text| Read::new(text))));
        let value = create_signal(Rc::new(Value::Object(serde_json::Map::new())));
        let policy = create_signal(Rc::new(Policy::default()));
        create_effect(move || {
            let read = read.get_clone();
            if let Some(found) = &read.value {
                value.set(Rc::new(found.clone()));
            }
            if let Some(found) = &read.policy {
                policy.set(Rc::new(Policy::new(found.clone())));
            }
        });
        Self {
            language: create_signal(kept.language.as_deref().map_or(language, Language::of_locale)),
            text,
            name: create_signal(if kept.name.is_empty() { "policy.json".to_owned() } else { kept.name }),
            saved: create_signal(kept.saved),
            read,
            value,
            policy,
            notice: create_signal(None),
            is_kept: create_signal(true),
            is_shared: create_signal(false),
            subjects: create_signal(kept.subjects),
            origin: create_signal(kept.origin),
            blocks: create_signal(kept.blocks),
            state: create_signal(kept.state),
            addin: create_signal(Rc::new(addin)),
        }
    }

    /// Replaces the policy. The one before can be had back.
    pub(super) fn open(self, name: &str, text: &str, words: Both<String>) {
        let undo = (self.text.get_clone_untracked(), self.name.get_clone_untracked());
        self.name.set(name.to_owned());
        self.saved.set(text.to_owned());
        self.text.set(text.to_owned());
        self.notice.set(Some(Notice { words, is_problem: false, undo: Some(undo) }));
    }

    pub(super) fn tell(self, is_problem: bool, words: Both<String>) {
        self.notice.set(Some(Notice { words, is_problem, undo: None }));
    }

    /// Writes a value into the policy, or takes it out.
    pub(super) fn set(self, path: &str, value: Option<&Value>) {
        let text = self.text.with_untracked(|text| edit::set(text, path, value));
        self.text.set(text);
    }

    /// The value at a path of the policy.
    pub(super) fn get(self, path: &str) -> Option<Value> {
        self.value.with(|value| edit::get(value, path).cloned())
    }

    /// Is there a JSON object that the form can change?
    pub(super) fn is_object(self) -> bool {
        self.read.with(|read| read.value.is_some())
    }

    /// What is wrong at this place of the policy, and in a list at its entries.
    pub(super) fn errors(self, path: &str, language: Language) -> Vec<String> {
        self.read.with(|read| {
            let here = read.errors.iter().chain(&read.warnings).filter_map(|error| {
                let rest = error.path.strip_prefix(path)?;
                let message = sentence(error.message.get(language));
                match rest.strip_prefix('[') {
                    None if rest.is_empty() => Some(message),
                    Some(rest) => {
                        let index: usize = rest.split(']').next()?.parse().ok()?;
                        Some(format!("{} {}: {message}", language.pick("Linje", "Line"), index + 1))
                    }
                    None => None,
                }
            });
            here.collect()
        })
    }

    /// How many errors there are at this place or below.
    pub(super) fn count(self, path: &str) -> usize {
        self.read.with(|read| read.errors.iter().filter(|error| is_below(&error.path, path)).count())
    }
}

fn is_below(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A message as a sentence of its own.
pub(super) fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if message.ends_with(['.', '?', '!', '"']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

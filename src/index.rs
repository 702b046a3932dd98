//! Texts that are looked up.

use std::collections::HashMap;

/// Texts with a number each. One type serves for every look-up, since each further one would come to the engine's size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index(HashMap<String, usize>);

impl Index {
    /// The first number given to a text stays.
    pub(crate) fn insert(&mut self, text: String, number: usize) {
        if !self.contains(&text) {
            self.0.insert(text, number);
        }
    }

    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        self.0.get(text).copied()
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

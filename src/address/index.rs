//! An index from texts to numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Numbers by the hash of a text (FNV-1a, 32 bits). One type serves every look-up, since each further instance would add
/// to the engine's size. The keys are hashes already, so that nothing is hashed twice.
pub(crate) type Table = HashMap<u32, u32, BuildHasherDefault<AsItIs>>;

/// Texts, each with a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    texts: Vec<(String, usize)>,
    table: Table,
}

impl Index {
    /// Adds a text. If it is there already, it keeps its number.
    pub(crate) fn insert(&mut self, text: String, number: usize) {
        let mut key = hash(&text);
        // A different text with the same hash takes the next free key.
        while let Some((there, _)) = self.at(key) {
            if *there == text {
                return;
            }
            key = key.wrapping_add(1);
        }
        if let Ok(place) = u32::try_from(self.texts.len()) {
            self.table.insert(key, place);
            self.texts.push((text, number));
        }
    }

    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        let mut key = hash(text);
        loop {
            let (there, number) = self.at(key)?;
            if there == text {
                return Some(*number);
            }
            key = key.wrapping_add(1);
        }
    }

    pub(crate) fn contains(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(text, _)| text.as_str())
    }

    fn at(&self, key: u32) -> Option<&(String, usize)> {
        self.texts.get(usize::try_from(*self.table.get(&key)?).ok()?)
    }
}

/// FNV-1a over the bytes of a text, 32 bits, which JavaScript counts in.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |state, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A hasher for keys that are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsItIs(u32);

impl Hasher for AsItIs {
    /// The table takes its place in the list from the low bits, and seven more from the highest.
    fn finish(&self) -> u64 {
        u64::from(self.0) << 32 | u64::from(self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(self.0.wrapping_mul(0x0100_0193) ^ u32::from(*byte)));
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn the_first_number_stays() {
        let mut index = Index::default();
        for (text, number) in [("a", 1), ("b", 2), ("a", 3), ("", 4)] {
            index.insert(text.to_owned(), number);
        }
        assert_eq!([index.get("a"), index.get("b"), index.get(""), index.get("c")], [Some(1), Some(2), Some(4), None]);
        assert_eq!(index.texts().collect::<Vec<_>>(), ["a", "b", ""]);
    }
}

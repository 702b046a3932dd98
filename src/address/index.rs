//! An index from texts to numbers.

/// Numbers by a hash: a table with open addressing, never more than half full. `HashMap` would be a fiftieth of the engine
/// that a send loads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Keys and numbers. Their count is a power of two, or none.
    slots: Vec<Option<(u32, u32)>>,
    len: usize,
}

impl Table {
    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        let (_, number) = (*self.slots.get(self.slot(key)?)?)?;
        Some(number)
    }

    /// Adds a number under a key that is not there yet.
    pub(crate) fn insert(&mut self, key: u32, number: u32) {
        if self.len * 2 >= self.slots.len() {
            let size = (self.slots.len() * 2).max(8);
            for (key, number) in std::mem::replace(&mut self.slots, vec![None; size]).into_iter().flatten() {
                self.put(key, number);
            }
        }
        self.put(key, number);
        self.len += 1;
    }

    fn put(&mut self, key: u32, number: u32) {
        let slot = self.slot(key).and_then(|slot| self.slots.get_mut(slot));
        if let Some(slot) = slot {
            *slot = Some((key, number));
        }
    }

    /// The slot of a key, or the free one that it would take. `None` while there are no slots.
    fn slot(&self, key: u32) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        // Keys that follow one another are common, and shall not lie side by side.
        let mut at = usize::try_from(key.wrapping_mul(0x9e37_79b1).rotate_left(16)).ok()? & last;
        while self.slots.get(at)?.is_some_and(|(there, _)| there != key) {
            at = (at + 1) & last;
        }
        Some(at)
    }
}

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

    /// Of the words of a text, which single spaces part.
    pub(crate) fn of_words(text: &str) -> Self {
        let mut index = Self::default();
        text.split(' ').for_each(|word| index.insert(word.to_owned(), 0));
        index
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
        self.texts.get(usize::try_from(self.table.get(key)?).ok()?)
    }
}

/// FNV-1a over the bytes of a text, 32 bits, which JavaScript counts in.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |state, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::{Index, Table};

    #[test]
    fn the_first_number_stays() {
        let mut index = Index::default();
        for (text, number) in [("a", 1), ("b", 2), ("a", 3), ("", 4)] {
            index.insert(text.to_owned(), number);
        }
        assert_eq!([index.get("a"), index.get("b"), index.get(""), index.get("c")], [Some(1), Some(2), Some(4), None]);
        assert_eq!(index.texts().collect::<Vec<_>>(), ["a", "b", ""]);
    }

    #[test]
    fn every_key_keeps_its_number_while_the_table_grows() {
        let mut table = Table::default();
        assert_eq!(table.get(0), None, "an empty table");
        // Keys in a row, keys that share their low bits, and the ends of the range.
        let keys = || (0..500).chain((1..500).map(|n| n << 16)).chain([u32::MAX, u32::MAX - 1]);
        for (count, key) in (0..).zip(keys()) {
            assert_eq!(table.get(key), None);
            table.insert(key, count);
        }
        for (count, key) in (0..).zip(keys()) {
            assert_eq!(table.get(key), Some(count));
        }
        assert_eq!(table.get(1000), None);
    }
}

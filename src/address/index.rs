//! An index from texts to numbers.

/// Numbers by hash, in one sorted list. It replaces a hash table, whose code would be a large part of the engine.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByHash(Vec<(u64, u32)>);

impl ByHash {
    /// All numbers of a hash, in the order in which they were given.
    pub(crate) fn get(&self, hash: u64) -> impl Iterator<Item = usize> {
        let start = self.0.partition_point(|(other, _)| *other < hash);
        let same = self.0.iter().skip(start).take_while(move |(other, _)| *other == hash);
        same.filter_map(|(_, number)| usize::try_from(*number).ok())
    }
}

impl FromIterator<(u64, usize)> for ByHash {
    fn from_iter<I: IntoIterator<Item = (u64, usize)>>(entries: I) -> Self {
        let numbered = entries.into_iter().filter_map(|(hash, number)| Some((hash, u32::try_from(number).ok()?)));
        let mut sorted: Vec<(u64, u32)> = numbered.collect();
        // Stable: of two equal texts the first stays first.
        sorted.sort_by_key(|(hash, _)| *hash);
        Self(sorted)
    }
}

/// Texts, each with a number. Of two equal texts the first one counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    texts: Vec<(String, usize)>,
    places: ByHash,
}

impl FromIterator<(String, usize)> for Index {
    fn from_iter<I: IntoIterator<Item = (String, usize)>>(entries: I) -> Self {
        let texts: Vec<(String, usize)> = entries.into_iter().collect();
        let places = texts.iter().enumerate().map(|(place, (text, _))| (hash(text), place)).collect();
        Self { texts, places }
    }
}

impl Index {
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        let candidates = self.places.get(hash(text)).filter_map(|place| self.texts.get(place));
        candidates.filter(|(candidate, _)| candidate == text).map(|(_, number)| *number).next()
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
}

/// FNV-1a over the bytes of a text, 64 bits.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::{ByHash, Index};

    #[test]
    fn the_first_of_two_equal_texts_counts() {
        let texts = [("a", 1), ("b", 2), ("a", 3), ("", 4)];
        let index: Index = texts.into_iter().map(|(text, number)| (text.to_owned(), number)).collect();
        assert_eq!([index.get("a"), index.get("b"), index.get(""), index.get("c")], [Some(1), Some(2), Some(4), None]);
    }

    #[test]
    fn a_hash_has_all_its_numbers() {
        let by_hash: ByHash = [(7, 0), (3, 1), (7, 2), (9, 3)].into_iter().collect();
        let numbers = |hash| by_hash.get(hash).collect::<Vec<_>>();
        assert_eq!([numbers(7), numbers(3), numbers(8), numbers(10)], [vec![0, 2], vec![1], vec![], vec![]]);
    }
}

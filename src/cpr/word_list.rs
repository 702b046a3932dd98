//! Lists of words, ordered while compiling so that a word is compared with few of them.

use std::iter;

/// Words by their first letter, or endings by their last one. A list of references would be four times as large.
pub(super) struct WordList<T: ?Sized = [u8]> {
    /// Where the words of each letter start in `entries`.
    starts: [u16; LETTERS + 1],
    /// Of each word the index of its list, its length in bytes, and its bytes.
    entries: T,
}

/// The end of its words by which a list is ordered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    First,
    Last,
}

/// Makes a list of several, in their order.
macro_rules! word_list {
    ($edge:ident, $lists:expr) => {{
        const WORDS: &[&[&str]] = $lists;
        &$crate::cpr::word_list::WordList::<[u8; $crate::cpr::word_list::bytes_of(WORDS)]>::of(
            $crate::cpr::word_list::Edge::$edge,
            WORDS,
        )
    }};
}
pub(super) use word_list;

impl WordList {
    /// The words that may be one that has this letter at the edge, each with the index of its list.
    #[inline]
    pub(super) fn at(&self, letter: u8) -> impl Iterator<Item = (u8, &[u8])> {
        let place = place_of(letter);
        let part = self.starts.get(place).zip(self.starts.get(place + 1));
        let part = part.and_then(|(&from, &to)| self.entries.get(usize::from(from)..usize::from(to)));
        let mut rest = part.unwrap_or_default();
        iter::from_fn(move || {
            let [list, length, after @ ..] = rest else { return None };
            let (word, others) = after.split_at_checked(usize::from(*length))?;
            rest = others;
            Some((*list, word))
        })
    }

    /// Is the word in a list by first letters?
    pub(super) fn contains(&self, word: &[u8]) -> bool {
        word.first().is_some_and(|&first| self.at(first).any(|(_, known)| known == word))
    }

    /// What stands before each ending that the word has, of a list by last letters.
    pub(super) fn stems_of<'a>(&'a self, word: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let endings = word.last().into_iter().flat_map(|&last| self.at(last));
        endings.filter_map(|(_, ending)| word.strip_suffix(ending))
    }
}

const LETTERS: usize = 28;

/// The place of a letter: a to z, then the lead byte of æ, ø and å, then everything else. Any other order would do, and
/// only be slower.
const fn place_of(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => (letter - b'a') as usize,
        0xc3 => LETTERS - 2,
        _ => LETTERS - 1,
    }
}

/// The bytes of the entries of all these words.
#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
pub(super) const fn bytes_of(lists: &[&[&str]]) -> usize {
    let (mut bytes, mut list) = (0, 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            bytes += lists[list][at].len() + 2;
            at += 1;
        }
        list += 1;
    }
    bytes
}

impl<const BYTES: usize> WordList<[u8; BYTES]> {
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
    pub(super) const fn of(edge: Edge, lists: &[&[&str]]) -> Self {
        let mut entries = [0; BYTES];
        let mut starts = [0; LETTERS + 1];
        let (mut filled, mut place) = (0, 0);
        // The place after the last is where that one ends.
        while place <= LETTERS {
            starts[place] = filled as u16;
            let mut list = 0;
            while list < lists.len() {
                let mut at = 0;
                while at < lists[list].len() {
                    let word = lists[list][at].as_bytes();
                    let letter = match edge {
                        // The sign before a word is not a letter of it.
                        Edge::First if word[0] == b'=' => word[1],
                        Edge::First => word[0],
                        Edge::Last => word[word.len() - 1],
                    };
                    if place_of(letter) == place {
                        entries[filled] = list as u8;
                        entries[filled + 1] = word.len() as u8;
                        filled += 2;
                        let mut byte = 0;
                        while byte < word.len() {
                            entries[filled] = word[byte];
                            filled += 1;
                            byte += 1;
                        }
                    }
                    at += 1;
                }
                list += 1;
            }
            place += 1;
        }
        assert!(filled == BYTES, "every word has a place");
        Self { starts, entries }
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;

    static WORDS: &WordList = word_list!(First, &[&["by", "=a-b", "bus"], &["ål", "bæk", "øst"]]);
    static ENDINGS: &WordList = word_list!(Last, &[&["by", "ø", "sø"]]);

    #[test]
    fn lists_words_by_letter_in_the_order_of_their_lists() {
        let at = |letter| WORDS.at(letter).map(|(list, word)| (list, word.to_vec())).collect::<Vec<_>>();
        assert_eq!(at(b'b'), [(0, b"by".to_vec()), (0, b"bus".to_vec()), (1, "bæk".into())]);
        assert_eq!(at(b'a'), [(0, b"=a-b".to_vec())]);
        assert_eq!(at("æ".as_bytes()[0]), [(1, "ål".into()), (1, "øst".into())]);
        assert_eq!(at(b'?'), []);
    }

    #[test]
    fn contains_whole_words() {
        for (word, expected) in [("by", true), ("ål", true), ("byen", false), ("b", false), ("", false), ("ø", false)]
        {
            assert_eq!(WORDS.contains(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn gives_what_stands_before_each_ending() {
        let stems = |word: &'static str| ENDINGS.stems_of(word.as_bytes()).collect::<Vec<_>>();
        assert_eq!(stems("nyby"), [b"ny"]);
        assert_eq!(stems("sejrsø"), [&b"sejrs"[..], b"sejr"]);
        assert_eq!(stems("by"), [b""]);
        assert!(stems("ny").is_empty());
        assert!(stems("").is_empty());
    }
}

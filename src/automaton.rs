//! What an organisation's own pattern is when it is packed: a table that a text is read through once, byte by byte.
//!
//! Patterns are compiled when the policy is read (crates/site/src/pattern). Here is no regular expression, only its table, so
//! that no pattern can make a check slow: each byte of a text costs one look into the table, whatever the pattern.
//!
//! The table is text, since the policy is ([`packed`](crate::policy::packed)): numbers with a space between, `7*12` standing for
//! twelve times 7. First the number of classes; then the class of each of the 256 bytes; then for each state where it goes by
//! class. The last class is the end of the text. State 0 is the first, and the number after the last state means *found*.

use crate::text::number;

/// A pattern, ready to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automaton {
    /// How many classes there are, with the end of the text.
    width: usize,
    classes: Vec<u16>,
    next: Vec<u16>,
}

/// As many entries as a table may have: two bytes each while a mail is judged.
const ENTRIES: usize = 1 << 20;

impl Automaton {
    /// Reads a table; `None` if it is none.
    #[must_use]
    pub fn parse(table: &str) -> Option<Self> {
        let mut numbers = Vec::new();
        for run in table.split(' ') {
            let (value, times) = run.split_once('*').unwrap_or((run, "1"));
            let (value, times) = (u16::try_from(number(value)?).ok()?, number(times)? as usize);
            if numbers.len() + times > ENTRIES {
                return None;
            }
            numbers.resize(numbers.len() + times, value);
        }
        let width = usize::from(*numbers.first()?);
        let classes = numbers.get(1..257)?.to_vec();
        let next = numbers.get(257..)?.to_vec();
        let states = next.len().checked_div(width).filter(|states| states * width == next.len() && *states > 0)?;
        let is_sound = classes.iter().all(|class| usize::from(*class) < width - 1)
            && next.iter().all(|state| usize::from(*state) <= states);
        is_sound.then_some(Self { width, classes, next })
    }

    /// Is the pattern somewhere in this text? Takes as long as the text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let mut state = 0;
        for byte in text.bytes() {
            let class = self.classes.get(usize::from(byte)).copied().unwrap_or_default();
            match self.next.get(state * self.width + usize::from(class)) {
                Some(next) => state = usize::from(*next),
                None => return true,
            }
        }
        let end = self.next.get(state * self.width + self.width - 1).map(|next| usize::from(*next) * self.width);
        end.is_none_or(|found| found >= self.next.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Automaton;

    /// `ab`, by hand: classes a, b, all others, and the end of the text.
    const AB: &str = "4 2*97 0 1 2*157 1 0*3 1 2 0*2";

    #[test]
    fn a_table_is_read_and_followed() {
        let ab = Automaton::parse(AB).expect("it is a table");
        for (text, found) in [("ab", true), ("xaabx", true), ("aXb", false), ("ba", false), ("a", false), ("", false)] {
            assert_eq!(ab.is_in(text), found, "{text}");
        }
        // What has to be at the end of the text.
        let end = Automaton::parse("3 1*97 0 1*158 1 0*2 1 0 2").expect("it is a table");
        for (text, found) in [("xa", true), ("ax", false), ("", false)] {
            assert_eq!(end.is_in(text), found, "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_not_followed() {
        for table in [
            "",
            "x",
            "4",
            "0 0*256 0",
            "4 2*97 0 1 2*157",
            "4 2*97 0 1 2*157 1 0*3 1 2 0",
            "4 2*97 0 1 2*157 1 0*3 1 3 0*2",
            "4 3*97 0 1 2*157 1 0*3 1 2 0*2",
            "4 2*97 0 1 2*157 1 0*4000000000",
            "4 2*97 0 1 2*157 1 0*99999999999999999999",
        ] {
            assert_eq!(Automaton::parse(table), None, "{table}");
        }
    }
}

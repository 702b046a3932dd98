//! The patterns of the rule, in the subset of regular expressions that Exchange documents.
//!
//! That subset is `\d \D \s \S \w \W | * ( ) \ ^ $` (Microsoft: "Regular Expressions in Transport Rules", Exchange 2010).
//! Administrators report that little more is reliable in Exchange Online: no character classes, no counts, no `?` or `+`,
//! no look-around. So each start and each end of a number has a pattern of its own, with `^` only at the start and `$` only
//! at the end. A pattern has at most two `*`, neither in nor after a group, which Exchange Online is reported to reject.
//! The patterns are ASCII, so that no encoding of the script can damage them, and do not depend on whether Exchange
//! distinguishes case.

/// The days 01 to 29, or 61 to 89 in a replacement number.
const DAY: &str = r"((0|6)(1|2|3|4|5|6|7|8|9)|(1|2|7|8)\d)";
const MONTH: &str = "(0(1|2|3|4|5|6|7|8|9)|1(0|1|2))";
/// The months that have a 30th.
const MONTH_OF_30: &str = "(0(1|3|4|5|6|7|8|9)|1(0|1|2))";
/// The months that have a 31st.
const MONTH_OF_31: &str = "(0(1|3|5|7|8)|1(0|2))";
/// A four-digit year is 19xx only: `01022024-1430` is more often a date and a time than a child's number.
const YEAR: &str = r"(\d\d|19\d\d)";
const SERIAL: &str = r"\d\d\d\d";

/// A spelling of a number, and the patterns that find it.
pub(super) struct Spelling {
    /// Examples of it, for the comment above its patterns.
    pub(super) about: &'static str,
    /// What may precede the date, one pattern each.
    before: &'static [&'static str],
    /// What separates day, month and year.
    in_date: &'static str,
    /// What separates the year and the serial.
    after_date: &'static str,
}

pub(super) const SPELLINGS: [Spelling; 4] = [
    Spelling {
        about: "010203-1234, 010203 - 1234, 010203 1234, 010203.1234, 010203/1234, 01021903-1234, any dash",
        before: &["^", r"\D"],
        in_date: "",
        after_date: r"(\W|_|\s\W\s|\s-|-\s)",
    },
    Spelling {
        about: "01.02.03-1234, 01/02/03-1234, 01 02 03-1234, 01.02.1903-1234; no letter before it, as in a version number",
        before: &["^", r"\W"],
        in_date: r"(\.|/|\s)",
        after_date: r"(-|\s\W\s)",
    },
    Spelling {
        about: "0102031234 after \"cpr\", with anything but letters and digits before the serial",
        before: &[r"(c|C)(p|P)(r|R)\D*"],
        in_date: "",
        after_date: r"\W*",
    },
    Spelling {
        about: "the same after \"personnr\" or \"personnummer\"",
        before: &[r"(p|P)ersonn\D*"],
        in_date: "",
        after_date: r"\W*",
    },
];

impl Spelling {
    /// One pattern for each combination of start, date and end.
    pub(super) fn patterns(&self) -> Vec<String> {
        let dates = dates(self.in_date);
        let whole = |before: &str, date: &str, end: &str| [before, date, YEAR, self.after_date, SERIAL, end].concat();
        let of_start = |before: &&str| {
            let each_end = |date: &String| [whole(before, date, r"\D"), whole(before, date, "$")];
            dates.iter().flat_map(each_end).collect::<Vec<_>>()
        };
        self.before.iter().flat_map(of_start).collect()
    }
}

/// The dates that exist, and 29 February in every year.
fn dates(gap: &str) -> [String; 2] {
    let usual = [DAY, gap, MONTH, gap].concat();
    let last = ["((3|9)0", gap, MONTH_OF_30, "|(3|9)1", gap, MONTH_OF_31, ")", gap].concat();
    [usual, last]
}

#[cfg(test)]
mod tests {
    use super::SPELLINGS;

    /// The longest pattern that Exchange accepts, in characters.
    const PATTERN_LIMIT: usize = 128;

    fn all() -> Vec<String> {
        SPELLINGS.iter().flat_map(super::Spelling::patterns).collect()
    }

    #[test]
    fn no_pattern_is_longer_than_exchange_accepts() {
        for pattern in all() {
            assert!(pattern.is_ascii(), "{pattern}");
            assert!(pattern.len() <= PATTERN_LIMIT, "{}: {pattern}", pattern.len());
        }
    }

    /// A pattern has only what Microsoft documents, and nothing that Exchange is known to reject.
    #[test]
    fn patterns_keep_to_what_exchange_documents() {
        for pattern in all() {
            let inner = pattern.strip_prefix('^').unwrap_or(&pattern);
            let inner = inner.strip_suffix('$').unwrap_or(inner);
            assert!(!inner.contains(['^', '$', '[', ']', '{', '}', '?', '+']), "{pattern}");
            for refused in ["(|", "||", "|)", "()", ")*", "**", "|*", "(*"] {
                assert!(!pattern.contains(refused), "{refused} in {pattern}");
            }
            assert!(!inner.ends_with('*') && !inner.starts_with('*'), "{pattern}");
            let mut characters = inner.chars();
            while let Some(character) = characters.next() {
                let known = match character {
                    '\\' => characters.next().is_some_and(|escaped| "dDsW.".contains(escaped)),
                    other => other.is_ascii_alphanumeric() || "()|*-_/".contains(other),
                };
                assert!(known, "{character:?} in {pattern}");
            }
            let mut depth = 0_usize;
            for character in pattern.chars() {
                depth = match character {
                    '(' => depth + 1,
                    ')' => depth.checked_sub(1).expect("no group is closed that is not open"),
                    _ => depth,
                };
                assert!(character != '*' || depth == 0, "a repetition in a group: {pattern}");
            }
            assert_eq!(depth, 0, "{pattern}");
            assert!(pattern.matches('*').count() <= 2, "more than two repetitions: {pattern}");
        }
    }

    #[test]
    fn no_pattern_is_a_duplicate() {
        let mut patterns = all();
        let count = patterns.len();
        patterns.sort();
        patterns.dedup();
        assert_eq!(patterns.len(), count);
    }
}

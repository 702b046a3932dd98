//! The prefixes of replies and forwards.

use super::{trim_end, trim_start};

/// `SV:` and `VS:` of Danish Outlook, and what other languages have.
const PREFIXES: [&str; 12] = ["sv", "vs", "re", "fw", "fwd", "aw", "wg", "tr", "antw", "vb", "rv", "ang"];

/// The subject without the prefixes of replies and forwards, however many.
pub(crate) fn strip(subject: &str) -> &str {
    let mut rest = trim_start(subject);
    while let Some(next) = strip_one(rest) {
        rest = trim_start(next);
    }
    rest
}

fn strip_one(subject: &str) -> Option<&str> {
    let (head, rest) = subject.split_once(':')?;
    // Some programs count: `SV[2]:`.
    let word =
        trim_end(head).trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^'));
    PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(word)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn prefixes_go_and_the_rest_stays() {
        let cases = [
            ("SV: VS: Handleplan", "Handleplan"),
            ("Re[2]: Handleplan", "Handleplan"),
            ("re:fwd:Handleplan", "Handleplan"),
            ("Handleplan: SV", "Handleplan: SV"),
            ("SVar: Handleplan", "SVar: Handleplan"),
            (":", ":"),
            ("", ""),
        ];
        for (subject, expected) in cases {
            assert_eq!(strip(subject), expected, "{subject:?}");
        }
    }
}

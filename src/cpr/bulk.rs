//! Finding CPR numbers in the subjects of years of mail.

use std::{borrow::Cow, ops::Range};

use super::{
    find::{Candidate, scan},
    sieve::{LEAST_DIGITS, STEP, count_in_step, may_hold},
    words::ContextWords,
};

/// A line of a buffer.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Where it stands in the buffer, in bytes, without its line feed.
    pub at: Range<usize>,
    /// Its text. A line that is not UTF-8 is read as Latin-1, as old exports are.
    pub text: Cow<'a, str>,
}

/// [`super::find`] for every line of a buffer, at the speed of memory: hands each candidate with its line to `found`,
/// in order. Positions in the candidate are those in the line.
///
/// Most lines hold no number. A first pass over the whole buffer counts digits in steps of fixed size and
/// looks at lines only where the digits are enough.
pub fn scan_lines<'a>(buffer: &'a [u8], words: &ContextWords, mut found: impl FnMut(&Line<'a>, Candidate)) {
    let mut done = 0;
    // Digits since the start of the step in which the current line starts.
    let mut digits = 0;
    let (steps, rest) = buffer.as_chunks::<STEP>();
    let mut look = |count: usize, ends_line: bool, end: usize| {
        if digits + count >= LEAST_DIGITS {
            done = scan_around(buffer, done, end, words, &mut found);
        }
        digits = if ends_line { count } else { digits + count };
    };
    let mut end = 0;
    for step in steps {
        end += STEP;
        let count = count_in_step(step);
        let feeds = step.iter().fold(0_u8, |feeds, &byte| feeds.wrapping_add(u8::from(byte == b'\n')));
        look(count.into(), feeds > 0, end);
    }
    look(count_in_step(rest).into(), true, buffer.len());
}

/// Scans the lines that are not done and start before `end`; tells how far that went.
fn scan_around<'a>(
    buffer: &'a [u8],
    done: usize,
    end: usize,
    words: &ContextWords,
    found: &mut impl FnMut(&Line<'a>, Candidate),
) -> usize {
    // The line that reaches into the last two steps may start far before them.
    let near = end.saturating_sub(2 * STEP).max(done);
    let before = buffer.get(done..near).unwrap_or_default();
    let mut start = before.iter().rposition(|&byte| byte == b'\n').map_or(done, |at| done + at + 1);
    while start < end {
        let rest = buffer.get(start..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        let raw = rest.get(..length).unwrap_or_default();
        if may_hold(raw) {
            let text =
                str::from_utf8(raw).map_or_else(|_| raw.iter().copied().map(char::from).collect(), Cow::Borrowed);
            let line = Line { at: start..start + length, text };
            scan(&line.text, words, |candidate| found(&line, candidate));
        }
        start += length + 1;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::{Line, scan_lines};
    use crate::cpr::{Candidate, ContextWords, find};

    fn all(buffer: &[u8]) -> Vec<(std::ops::Range<usize>, Candidate)> {
        let mut all = Vec::new();
        scan_lines(buffer, &ContextWords::default(), |line: &Line<'_>, candidate| {
            all.push((line.at.clone(), candidate))
        });
        all
    }

    #[test]
    fn finds_in_lines_what_find_finds() {
        let numbers =
            ["010203-1234", "0102031234", "01.02.03 1234", "０１０２０３-１２３４", "cpr 0102031234", "12345678"];
        let lines: Vec<String> = (0..2000_usize)
            .map(|n| {
                let number = numbers[n % numbers.len()];
                format!("{}{}{}", "æ".repeat(n * 7 % 90), if n % 3 == 0 { number } else { "" }, "x".repeat(n % 61))
            })
            .collect();
        let mut expected = Vec::new();
        let mut start = 0;
        for line in &lines {
            let end = start + line.len();
            expected.extend(find(line, &ContextWords::default()).into_iter().map(|candidate| (start..end, candidate)));
            start = end + 1;
        }
        assert!(expected.len() > 300);
        assert_eq!(all(lines.join("\n").as_bytes()), expected);
    }

    #[test]
    fn long_lines_and_none() {
        let long =
            format!("{}010203{}-1234{}\n010203-1234", "a".repeat(1000), "\u{200b}".repeat(500), "b".repeat(1000));
        let places: Vec<_> = all(long.as_bytes()).into_iter().map(|(_, candidate)| candidate.at).collect();
        assert_eq!(places, [1000..1511, 0..11]);
        assert_eq!(all(b""), []);
        assert_eq!(all(b"\n\n\n"), []);
        assert_eq!(all(b"1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1").len(), 0, "digits of several lines");
    }

    #[test]
    fn reads_latin_1() {
        let found = all(b"f\xf8dt 0102031234");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.at, 5..15);
        assert!(found[0].1.evidence.contains(crate::cpr::Evidence::PersonWord));
    }
}

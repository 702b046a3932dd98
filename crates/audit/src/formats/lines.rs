//! Plain text, one subject per line.

use std::ops::Range;

use sendvagt::Draft;
use sendvagt::cpr::{Candidate, Date, RELEASED, scan_lines_on};

use crate::formats::batch::{Batch, LineNumbers};
use crate::input::blocks::Block;
use crate::judge::{Judge, Mail};

/// Reads a block of subjects.
pub(crate) fn read(block: Block, judge: &Judge) -> Batch {
    let mut batch = Batch::of(block);
    batch.read = batch.lines - batch.errors.len() as u64;
    let mut line_numbers = LineNumbers::new(&batch.bytes);
    let mut lines = suspect_lines(&batch.bytes, judge, Some(RELEASED));
    add_sought(&mut lines, &batch.bytes, judge);
    for SuspectLine { at, numbers } in lines {
        let line = line_numbers.at(at.start);
        let text = String::from_utf8_lossy(batch.bytes.get(at).unwrap_or_default());
        let draft = Draft { subject: text.trim_end_matches('\r').to_owned(), ..Draft::default() };
        batch.flagged.extend(judge.check(Mail { line, draft, ..Mail::default() }, &numbers));
    }
    batch
}

/// A line that may hold CPR numbers.
pub(crate) struct SuspectLine {
    /// Where it is in the buffer, in bytes.
    pub(crate) at: Range<usize>,
    /// The numbers.
    pub(crate) numbers: Vec<Candidate>,
}

/// The lines of a buffer that may hold CPR numbers, in order. Without a day at least as many are found as on any day.
pub(crate) fn suspect_lines(buffer: &[u8], judge: &Judge, day: Option<Date>) -> Vec<SuspectLine> {
    let mut lines: Vec<SuspectLine> = Vec::new();
    scan_lines_on(buffer, judge.context_words(), day, |line, number| match lines.last_mut() {
        Some(last) if last.at == line.at => last.numbers.push(number),
        _ => lines.push(SuspectLine { at: line.at.clone(), numbers: vec![number] }),
    });
    lines
}

/// Adds the lines in which one of the organisation's own patterns is, in order.
fn add_sought(lines: &mut Vec<SuspectLine>, buffer: &[u8], judge: &Judge) {
    if !judge.has_patterns() {
        return;
    }
    let (mut start, mut more) = (0, Vec::new());
    for line in buffer.split(|byte| *byte == b'\n') {
        let at = start..start + line.len();
        start = at.end + 1;
        if judge.is_sought(line.trim_ascii_end())
            && lines.binary_search_by_key(&at.start, |line| line.at.start).is_err()
        {
            more.push(SuspectLine { at, numbers: Vec::new() });
        }
    }
    lines.append(&mut more);
    lines.sort_by_key(|line| line.at.start);
}

#[cfg(test)]
mod tests {
    use sendvagt::Policy;

    use super::read;
    use crate::input::blocks::Block;
    use crate::judge::Judge;

    /// The scan sees the carriage return at the end of a line, and the engine does not.
    #[test]
    fn every_number_of_a_line_is_masked_whatever_the_line_ends() {
        for end in ["", "\n", "\r\n", "\r\r\n"] {
            let bytes = format!("0102031235, 020304-1234 og cpr 0102031234{end}").into_bytes();
            let batch = read(Block { bytes, too_long: false }, &Judge::new(Policy::default(), false, false));
            let mut masked: Vec<&str> =
                batch.flagged.iter().flat_map(|mail| &mail.findings).map(|one| one.number.as_str()).collect();
            masked.sort_unstable();
            assert_eq!(masked, ["010203-••••", "010203-••••", "020304-••••"], "{end:?}");
        }
    }
}

//! Plain text, one subject a line.

use sendvagt::Draft;
use sendvagt::cpr::scan_lines;

use crate::formats::batch::{Batch, LineOf};
use crate::input::blocks::Block;
use crate::judge::{Judge, Mail};

/// Reads a block of subjects.
pub(crate) fn read(block: Block, judge: &Judge) -> Batch {
    let mut batch = Batch::of(block);
    batch.read = batch.lines - batch.troubles.len() as u64;
    let mut hits = Vec::new();
    scan_lines(&batch.bytes, judge.words(), |line, _| {
        if hits.last() != Some(&line.at) {
            hits.push(line.at.clone());
        }
    });
    let mut line_of = LineOf::new(&batch.bytes);
    for at in hits {
        let place = line_of.at(at.start);
        let line = batch.bytes.get(at).unwrap_or_default();
        let subject = String::from_utf8_lossy(line).trim_end_matches('\r').to_owned();
        batch.found.extend(judge.judge(Mail {
            place,
            draft: Draft { subject, ..Draft::default() },
            ..Mail::default()
        }));
    }
    batch
}

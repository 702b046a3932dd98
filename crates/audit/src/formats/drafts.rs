//! JSON Lines of drafts, as `sendvagt check --jsonl` reads them.

use sendvagt::Draft;

use crate::formats::batch::Batch;
use crate::input::blocks::Block;
use crate::input::file_error::Trouble;
use crate::judge::{Judge, Mail};

/// Reads a block of drafts.
pub(crate) fn read(block: Block, judge: &Judge) -> Batch {
    let mut batch = Batch::of(block);
    for (place, line) in (0_u64..).zip(batch.bytes.split(|&byte| byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Draft>(line) {
            Ok(draft) => {
                batch.read += 1;
                batch.found.extend(judge.judge_if_suspect(Mail { place, draft, ..Mail::default() }));
            }
            Err(_) => batch.troubles.push((place, Trouble::NoDraft)),
        }
    }
    batch
}

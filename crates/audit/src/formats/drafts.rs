//! Drafts in JSON Lines, as `sendvagt check --jsonl` reads them.

use sendvagt::Draft;

use crate::formats::batch::{Batch, MailError};
use crate::input::blocks::Block;
use crate::judge::{Judge, Mail};

/// Reads a block of drafts.
pub(crate) fn read(block: Block, judge: &Judge) -> Batch {
    let mut batch = Batch::of(block);
    for (line, text) in (0_u64..).zip(batch.bytes.split(|&byte| byte == b'\n')) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Draft>(text) {
            Ok(draft) => {
                batch.read += 1;
                batch.flagged.extend(judge.check_if_suspect(Mail { line, draft, ..Mail::default() }));
            }
            Err(_) => batch.errors.push((line, MailError::NotADraft)),
        }
    }
    batch
}

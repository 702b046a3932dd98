//! Drafts in JSON Lines, as `sendvagt check --jsonl` reads them.

use sendvagt::Draft;

use crate::formats::batch::{Batch, MailError};
use crate::input::blocks::Block;
use crate::judge::{Judge, Mail, Wish};

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
                let gap = match judge.wish(&draft) {
                    Wish::Nothing | Wish::Received => None,
                    Wish::Text => {
                        let gap = Judge::gap_of_draft(&draft);
                        batch.texts += u64::from(gap.is_none());
                        gap
                    }
                    Wish::Gap(gap) => Some(gap),
                };
                batch.gaps.extend(gap.map(|gap| (line, gap)));
                batch.flagged.extend(judge.check_if_suspect(Mail { line, draft, ..Mail::default() }));
            }
            Err(_) => batch.errors.push((line, MailError::NotADraft)),
        }
    }
    batch
}

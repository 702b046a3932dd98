//! Any bytes as mails, drafts or subjects: what the target `csv` asks of tables.
#![no_main]

#[path = "../old_mail.rs"]
mod old_mail;

use libfuzzer_sys::fuzz_target;
use sendvagt_audit::Format;

const FORMATS: [Option<Format>; 6] =
    [None, Some(Format::Eml), Some(Format::Mbox), Some(Format::Jsonl), Some(Format::Text), None];

fuzz_target!(|input: (u8, u8, &[u8])| {
    let (format, block_size, bytes) = input;
    let format = FORMATS[usize::from(format) % FORMATS.len()];
    old_mail::examine("export", format, 16 + usize::from(block_size), bytes);
});

//! Any bytes as a table of mails: they are read to the end, or the reason is given why not; the size of the blocks and
//! the number of threads make no difference.
#![no_main]

#[path = "../old_mail.rs"]
mod old_mail;

use libfuzzer_sys::fuzz_target;
use sendvagt_audit::Format;

fuzz_target!(|input: (bool, u8, &[u8])| {
    let (is_named, block_size, bytes) = input;
    let (name, format) = if is_named { ("export", Some(Format::Trace)) } else { ("export.csv", None) };
    old_mail::examine(name, format, 16 + usize::from(block_size), bytes);
});

//! Any bytes as a table of mails: they are read to the end or it is told why not, in pieces and on threads as in one go.
#![no_main]

#[path = "../old_mail.rs"]
mod old_mail;

use libfuzzer_sys::fuzz_target;
use sendvagt_audit::Format;

fuzz_target!(|input: (bool, u8, &[u8])| {
    let (told, block, bytes) = input;
    let (name, format) = if told { ("export", Some(Format::Trace)) } else { ("export.csv", None) };
    old_mail::examine(name, format, 16 + usize::from(block), bytes);
});

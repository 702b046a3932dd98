//! Any text as a subject: the finder ends, its places are in order and on character boundaries, and a buffer of lines
//! holds what its lines hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendvagt::cpr::{ContextWords, find, scan_lines};

fuzz_target!(|data: &[u8]| {
    let words = ContextWords::default();
    let text = String::from_utf8_lossy(data);
    let mut expected = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let mut last = 0;
        for candidate in find(line, &words) {
            assert!(candidate.bytes.start >= last && candidate.bytes.end > candidate.bytes.start, "out of order");
            last = candidate.bytes.end;
            assert!(line.get(candidate.bytes.clone()).is_some(), "not on boundaries");
            let units = |bytes: usize| line.get(..bytes).map_or(0, |before| before.encode_utf16().count());
            assert_eq!(candidate.at, units(candidate.bytes.start)..units(candidate.bytes.end));
            let masked = candidate.masked().to_string();
            assert!(masked.ends_with("-••••") && masked.chars().count() == 11, "not masked");
            expected.push((start, candidate));
        }
        start += line.len() + 1;
    }
    let mut found = Vec::new();
    scan_lines(text.as_bytes(), &words, |line, candidate| found.push((line.at.start, candidate)));
    assert_eq!(found, expected);
    // Bytes that are no UTF-8 are read too.
    scan_lines(data, &words, |_, _| {});
});

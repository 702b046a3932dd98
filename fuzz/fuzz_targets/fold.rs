//! Any text folds to symbols whose bytes are in order, apart, and on character boundaries; and folding can be taken up
//! at any symbol.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendvagt::text::{Utf16, fold};

fuzz_target!(|text: &str| {
    let symbols: Vec<_> = fold(text).collect();
    let mut last = 0;
    let mut units = Utf16::new(text);
    for symbol in &symbols {
        assert!(symbol.at.start >= last && symbol.at.end > symbol.at.start, "out of order");
        assert!(text.get(symbol.at.clone()).is_some(), "not on boundaries");
        assert_eq!(units.units_at(symbol.at.start), text[..symbol.at.start].encode_utf16().count());
        last = symbol.at.end;
    }
    if let Some(middle) = symbols.get(symbols.len() / 2) {
        let mut again = fold(text);
        again.seek(middle.at.start);
        assert_eq!(again.next().map(|symbol| symbol.at.end), Some(middle.at.end));
    }
});

//! Any text as a pattern, and lines after it to look in: it is refused with a reason, or its table finds what the `regex` crate
//! finds.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use regex::{Regex, RegexBuilder};
use sendvagt::Automaton;
use sendvagt_site::pattern::{PatternError, compile};

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\w").expect("it is a pattern"));

fuzz_target!(|text: &str| {
    let (pattern, text) = text.split_once('\n').unwrap_or((text, ""));
    match compile(pattern) {
        Err(error) => {
            if let PatternError::Syntax(at, _) = error {
                assert!((1..=pattern.chars().count() + 1).contains(&at), "a place outside the pattern");
            }
            assert!(!error.message().da.is_empty());
        }
        Ok(compiled) => {
            let table = Automaton::parse(&compiled.table).expect("a table is written as it is read");
            let Ok(regex) = RegexBuilder::new(pattern).case_insensitive(true).build() else { return };
            // Letters beyond the Latin script are no letters to `\b` here.
            let is_latin = |line: &&str| !line.chars().any(|c| c > 'ɏ' && WORD.is_match(c.encode_utf8(&mut [0; 4])));
            for line in text.lines().filter(is_latin).chain([""]) {
                assert_eq!(table.is_in(line), regex.is_match(line), "another answer");
            }
        }
    }
});

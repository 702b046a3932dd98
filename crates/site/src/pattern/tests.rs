use std::sync::LazyLock;

use proptest::prelude::*;
use regex::{Regex, RegexBuilder};
use sendvagt::Automaton;

use super::{PatternError, compile};

fn table(pattern: &str) -> Automaton {
    let compiled = compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
    Automaton::parse(&compiled.table).unwrap_or_else(|| panic!("{pattern}: no table"))
}

fn regex(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).build().expect("the regex crate reads it")
}

static TABLES: LazyLock<Vec<(Automaton, Regex)>> =
    LazyLock::new(|| PATTERNS.iter().map(|pattern| (table(pattern), regex(pattern))).collect());
static WORD: LazyLock<Regex> = LazyLock::new(|| regex(r"\w"));

/// Patterns as organisations write them, and stranger ones.
const PATTERNS: &[&str] = &[
    "projekt fjord",
    r"\bfjord\b",
    r"\b(fjord|bælt|Ærø|sø)\b",
    r"\bEMN-20[0-9]{2}-[0-9]{4,6}\b",
    r"^(?:internt|fortroligt):",
    r"kun til internt brug$",
    r"\bsagsnr\.? ?[0-9]{2}/[0-9]+",
    r"s[øo]+s\b",
    r"(?-i)NATO",
    r"[^a-zæøå ]{3}",
    r"a.c",
    r"(?s)a.c",
    r"(?m)^x$",
    r"\bø|å\b",
    r"(\bab)|(cd\b)",
    r"fjord\b!",
    r"!\bfjord",
    r"x\b y",
    r"é\b",
    r"[0-9]+\b",
    r"\b[a-zæøå]+\b",
    r"(?:(?:a|b)c){2,3}",
    r"^\bfjord",
    r"fjord\b$",
    r"\.\b",
];

#[test]
fn a_table_finds_what_the_regex_crate_finds() {
    let texts = [
        "",
        "fjord",
        "Fjord",
        "fjorden",
        "en FJORD.",
        "ærø",
        "Ærø-turen",
        "søs",
        "sø",
        "EMN-2026-00123",
        "xEMN-2026-0012",
        "internt: x",
        " internt: x",
        "det er kun til internt brug",
        "kun til internt brug.",
        "sagsnr. 26/1234",
        "nato NATO",
        "a\nc",
        "abc",
        "x",
        "a\nx\nb",
        "fjord!",
        "!fjord",
        "x y",
        "é",
        "12a",
        "acbcac",
        "😀fjord😀",
        "øfjord",
        "fjordø",
        "a.",
        ".a",
    ];
    for (pattern, (table, regex)) in PATTERNS.iter().zip(TABLES.iter()) {
        for text in texts {
            assert_eq!(table.is_in(text), regex.is_match(text), "{pattern} in {text:?}");
        }
    }
}

#[test]
fn what_a_table_cannot_look_for_is_refused() {
    for (pattern, expected) in [
        ("a*", PatternError::Everywhere),
        ("", PatternError::Everywhere),
        ("$", PatternError::Everywhere),
        (r"\b", PatternError::Boundary),
        (r"x?\bfjord", PatternError::Boundary),
        (r"\Bfjord", PatternError::Boundary),
        (r"(\bfjord)+", PatternError::Boundary),
        // Found by fuzzing: the letter after `^` was taken for none.
        (r"\b^fjord", PatternError::Boundary),
        (r"fjord$\b", PatternError::Boundary),
        (r"\b\w", PatternError::TooLarge),
        (r"(?:a|b)*a(?:a|b){30}", PatternError::TooLarge),
    ] {
        let error = compile(pattern).err();
        // `\w` is every letter of the world: it fits into a table, but into no budget.
        match (pattern, error) {
            (r"\b\w", error) => assert_eq!(error, None),
            (_, error) => assert_eq!(error, Some(expected), "{pattern}"),
        }
    }
    assert!(matches!(compile("æ(b"), Err(PatternError::Syntax(2, _))), "{:?}", compile("æ(b"));
    assert!(matches!(compile(r"x(?=y)"), Err(PatternError::Syntax(2, _))));
    assert!(matches!(compile(r"(x)\1"), Err(PatternError::Syntax(4, _))));
}

#[test]
fn sizes_are_told() {
    for (pattern, from, to) in [
        (r"\bfjord\b", 1, 700),
        (r"\b(fjord|bælt|strand|klippe|mose|hede|skov|eng)\b", 100, 3_000),
        (r"\w+@\w+", 3_000, 8_000),
    ] {
        let size = compile(pattern).map_or(0, |compiled| compiled.size);
        assert!((from..to).contains(&size), "{pattern}: {size}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn any_text_is_read_as_the_regex_crate_reads_it(
        index in 0..PATTERNS.len(),
        text in r"(fjord|bælt|ærø|sø|EMN-2026-00123|internt:|sagsnr 26/1|NATO|[abcxyzæøåÆØÅé0-9 .,!_/\n-]|\PC){0,12}",
    ) {
        // Letters beyond the Latin script are no letters to `\b` here.
        prop_assume!(!text.chars().any(|c| c > 'ɏ' && WORD.is_match(&c.to_string())));
        if let Some((table, regex)) = TABLES.get(index) {
            prop_assert_eq!(table.is_in(&text), regex.is_match(&text), "{} in {:?}", regex, text);
        }
    }
}

#[test]
fn the_example_of_the_rule_is_its_pattern() {
    assert_eq!(compile("projekt fjord").map(|compiled| compiled.table).as_deref(), Ok(sendvagt::rules::FJORD));
}

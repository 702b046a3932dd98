//! Scanning a text allocates nothing where nothing is found: most mail is such, and an audit reads millions.

use sendvagt::cpr::{ContextWords, find, scan_lines};

#[test]
fn nothing_is_allocated_where_nothing_is_found() {
    let words = ContextWords::default();
    let subjects = [
        ("no digits", "Indkaldelse til netværksmøde i Børn og Unge".into()),
        ("a date", "Møde 01-02-2023 kl. 10".into()),
        ("another number", "EAN 5798001234567, faktura 12345678".into()),
        ("strange characters", "Sag\u{200b} 23/01234 – Børn & Unge &nbsp; 50 %".into()),
        ("a date that does not exist", "Vedr. 300297-1234".into()),
        ("longer than a window", "Handleplan 8. ".repeat(500)),
    ];
    for (name, subject) in subjects {
        let mut found = 0;
        let counted = allocation_counter::measure(|| found = find(&subject, &words).len());
        assert_eq!((found, counted.count_total), (0, 0), "{name}");
        let buffer = format!("{subject}\n").repeat(100);
        let counted = allocation_counter::measure(|| scan_lines(buffer.as_bytes(), &words, |_, _| found += 1));
        assert_eq!((found, counted.count_total), (0, 0), "{name}, in lines");
    }
}

/// The counter itself would be broken if it never counted.
#[test]
fn what_is_found_is_allocated() {
    let words = ContextWords::default();
    let counted = allocation_counter::measure(|| assert_eq!(find("Vedr. 010203-1234", &words).len(), 1));
    assert!(counted.count_total > 0);
}

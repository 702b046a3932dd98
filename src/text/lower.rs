//! Lower case for the letters that stand in Danish mail.

/// The text in lower case: ASCII, and the letters of Western and Central Europe (Latin-1 and Latin Extended-A).
///
/// The full tables of Unicode, which `str::to_lowercase` brings, are a tenth of the engine.
pub(crate) fn lower(text: &str) -> String {
    text.chars().map(lower_char).collect()
}

/// One letter in lower case. The length in UTF-16 code units and in bytes stays.
pub(crate) fn lower_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'À'..='Ö' | 'Ø'..='Þ' => shifted(c, 32),
        // Capitals and small letters stand in pairs; the capital is even up to U+0137, odd from there, even again.
        '\u{100}'..='\u{12f}' | '\u{132}'..='\u{137}' | '\u{14a}'..='\u{177}' if u32::from(c).is_multiple_of(2) => {
            shifted(c, 1)
        }
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' if !u32::from(c).is_multiple_of(2) => shifted(c, 1),
        'Ÿ' => 'ÿ',
        _ => c,
    }
}

/// The letter as a capital; the inverse of [`lower_char`], without the rare `ÿ`.
pub(crate) fn upper_char(c: char) -> char {
    let capital = |by| char::from_u32(u32::from(c).checked_sub(by)?).filter(|&capital| lower_char(capital) == c);
    capital(32).or_else(|| capital(1)).filter(|_| lower_char(c) == c).unwrap_or(c)
}

fn shifted(c: char, by: u32) -> char {
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::{lower_char, upper_char};

    #[test]
    fn lower_case_is_that_of_unicode_as_far_as_it_goes() {
        // The dotted capital I has no small letter of its own: Unicode makes two characters of it.
        for c in ('\0'..='\u{17f}').filter(|c| *c != 'İ') {
            assert_eq!(lower_char(c).to_string(), c.to_lowercase().to_string(), "{c}");
        }
    }

    #[test]
    fn a_capital_is_that_of_unicode_as_far_as_it_goes() {
        // The capitals of these are two letters, of another script or far off.
        for c in ('\0'..='\u{17f}').filter(|c| !matches!(c, 'ß' | 'µ' | 'ÿ' | 'ı' | 'ŉ' | 'ſ')) {
            assert_eq!(upper_char(c).to_string(), c.to_uppercase().to_string(), "{c}");
        }
    }
}

//! The fullest text that fits.

use super::units;

/// The first of these texts, fullest first, that has at most `limit` UTF-16 code units; the last one when none has.
#[must_use]
pub fn first_that_fits(texts: impl IntoIterator<Item = String>, limit: usize) -> String {
    let mut last = String::new();
    for text in texts {
        last = text;
        if units(&last) <= limit {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::first_that_fits;

    #[test]
    fn the_first_that_fits_else_the_last() {
        let texts = ["😀😀", "to", "t"].map(str::to_owned);
        for (limit, text) in [(4, "😀😀"), (3, "to"), (2, "to"), (1, "t"), (0, "t")] {
            assert_eq!(first_that_fits(texts.clone(), limit), text, "{limit}");
        }
        assert_eq!(first_that_fits([], 1), "");
    }
}

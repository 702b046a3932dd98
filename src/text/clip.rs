//! Shortening texts.

use super::units;

/// Shortens what a policy may make long, so that the words stay within the limits of a dialog: at most `limit` UTF-16
/// code units.
pub(crate) fn clip(text: &str, limit: usize) -> String {
    if units(text) <= limit {
        return text.to_owned();
    }
    let mut length = 1;
    let head = text.chars().take_while(|c| {
        length += c.len_utf16();
        length <= limit
    });
    head.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn clipping_counts_utf16_code_units() {
        assert_eq!(clip("kort", 4), "kort");
        assert_eq!(clip("længere", 4), "læn…");
        assert_eq!(clip("😀😀😀", 4), "😀…");
    }
}

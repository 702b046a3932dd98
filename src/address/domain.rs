//! Mail domains: one spelling for each, and patterns over them.

use super::index::Index;
use super::punycode;
use crate::text::{lower, trim};

/// The one spelling in which domains are compared: lower case, without a final dot, in the ASCII form that mail
/// systems use, so that `Ærø.dk` and its punycode `xn--r-3fa9c.dk` are equal. `None` if it is not a mail domain.
///
/// It does lower-casing and punycode, not the whole mapping of UTS 46: the tables would be larger than the rest of the
/// engine, and what else they map (full-width letters, ligatures) occurs in no domain in use.
pub fn normalise(text: &str) -> Option<String> {
    let text = trim(text).trim_end_matches('.');
    if text.is_ascii() {
        let domain = text.to_ascii_lowercase();
        return is_domain(&domain).then_some(domain);
    }
    let labels: Option<Vec<String>> = text.split('.').map(ascii_label).collect();
    let domain = labels?.join(".");
    is_domain(&domain).then_some(domain)
}

/// Is this a mail domain, in lower case and ASCII? It has at least two labels, and the last is not a number.
fn is_domain(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit());
    domain.contains('.') && !numeric && domain.len() <= 253 && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let letters = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (1..=63).contains(&label.len()) && letters && !label.starts_with('-') && !label.ends_with('-')
}

fn ascii_label(label: &str) -> Option<String> {
    let lower = compose(&lower(label));
    if lower.is_ascii() {
        return Some(lower);
    }
    let letters = lower.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || is_letter_beyond_ascii(c));
    letters.then(|| Some(["xn--", &punycode::encode(&lower)?].concat())).flatten()
}

fn is_letter_beyond_ascii(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic()
}

/// Composes a letter and its combining mark, for the letters of Denmark and its neighbours: macOS writes `å` as two
/// characters.
fn compose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let composed = match (out.chars().next_back(), c) {
            (Some('a'), '\u{30a}') => Some('å'),
            (Some('a'), '\u{308}') => Some('ä'),
            (Some('o'), '\u{308}') => Some('ö'),
            (Some('u'), '\u{308}') => Some('ü'),
            (Some('e'), '\u{301}') => Some('é'),
            _ => None,
        };
        match composed {
            Some(letter) => {
                out.pop();
                out.push(letter);
            }
            None => out.push(c),
        }
    }
    out
}

/// The domain as people write it, with punycode decoded where possible.
pub fn display(domain: &str) -> String {
    domain
        .split('.')
        .map(|label| label.strip_prefix("xn--").and_then(punycode::decode).unwrap_or_else(|| label.to_owned()))
        .collect::<Vec<_>>()
        .join(".")
}

/// A set of domains. A wildcard entry covers all domains below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct DomainSet {
    exact: Index,
    below: Index,
}

impl DomainSet {
    /// Invalid entries are skipped here; reading a policy strictly reports them.
    pub(crate) fn new<'a>(entries: impl IntoIterator<Item = &'a String>) -> Self {
        let mut set = Self::default();
        for entry in entries {
            set.insert(entry);
        }
        set
    }

    pub(crate) fn insert(&mut self, entry: &str) {
        let (into, domain) = match trim(entry).strip_prefix("*.") {
            Some(base) => (&mut self.below, base),
            None => (&mut self.exact, entry),
        };
        if let Some(domain) = normalise(domain) {
            into.insert(domain, 0);
        }
    }

    /// Does the set cover `domain`, which is in its normal spelling?
    pub(crate) fn contains(&self, domain: &str) -> bool {
        self.exact.contains(domain) || (!self.below.is_empty() && parents(domain).any(|base| self.below.contains(base)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.below.is_empty()
    }

    pub(crate) fn exact(&self) -> impl Iterator<Item = &str> {
        self.exact.texts()
    }

    pub(crate) fn bases(&self) -> impl Iterator<Item = &str> {
        self.below.texts()
    }
}

/// Every domain above `domain`: `b.c` and `c` for `a.b.c`.
pub(crate) fn parents(domain: &str) -> impl Iterator<Item = &str> {
    domain.match_indices('.').filter_map(|(dot, _)| domain.get(dot + 1..))
}

#[cfg(test)]
mod tests {
    use super::{DomainSet, display, normalise};

    #[test]
    fn a_domain_has_one_spelling() {
        let cases = [
            ("Eksempel.DK", Some("eksempel.dk")),
            (" eksempel.dk. ", Some("eksempel.dk")),
            ("ærø.dk", Some("xn--r-3fa9c.dk")),
            ("XN--R-3FA9C.dk", Some("xn--r-3fa9c.dk")),
            ("a\u{30a}rhus.dk", Some("xn--rhus-poa.dk")),
            ("ø-by.dk", Some("xn---by-zna.dk")),
            ("ø_by.dk", None),
            ("ø😀.dk", None),
            ("eksempel", None),
            ("eksempel..dk", None),
            ("-eksempel.dk", None),
            ("eks empel.dk", None),
            ("192.168.0.1", None),
            ("ek_sempel.dk", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(normalise(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(normalise(&format!("{}.dk", "a".repeat(64))), None, "a label has 63 characters at most");
        assert_eq!(display("xn--r-3fa9c.dk"), "ærø.dk");
        for (apart, whole) in
            [("a\u{308}", "ä"), ("o\u{308}", "ö"), ("u\u{308}", "ü"), ("e\u{301}", "é"), ("a\u{30a}", "å")]
        {
            assert_eq!(
                normalise(&format!("x{apart}y.dk")),
                normalise(&format!("x{whole}y.dk")),
                "{whole} in two characters"
            );
        }
    }

    #[test]
    fn a_star_stands_for_what_is_below() {
        let set = DomainSet::new(&["*.kommune.dk".to_owned(), "region.dk".to_owned()]);
        for (domain, expected) in [
            ("aarhus.kommune.dk", true),
            ("a.b.kommune.dk", true),
            ("kommune.dk", false),
            ("falskkommune.dk", false),
            ("kommune.dk.falsk.dk", false),
            ("region.dk", true),
            ("x.region.dk", false),
        ] {
            assert_eq!(set.contains(domain), expected, "{domain}");
        }
    }
}

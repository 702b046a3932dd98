//! Domains that are one slip away from one that is known.

use crate::address::domain::{self, DomainSet};
use crate::address::index::{Index, Table};

/// A domain shorter than this before its last label says too little: `ssi.dk` and `sst.dk` are both authorities.
const SHORTEST_NAME: usize = 4;

/// Known domains, found by what is left of them when one character is taken out: two domains one slip apart share such
/// a remainder, so that a look-up costs as many hashes as the domain has characters, however many are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct NearDomains {
    names: Index,
    listed: Vec<String>,
    by_remainder: Table,
    by_look: Index,
}

impl NearDomains {
    pub(crate) fn extend(&mut self, set: &DomainSet) {
        set.exact().chain(set.bases()).for_each(|name| self.add(name));
    }

    fn add(&mut self, name: &str) {
        let index = self.listed.len();
        self.listed.push(name.to_owned());
        self.names.insert(name.to_owned(), index);
        self.by_look.insert(look(name), index);
        let Ok(number) = u32::try_from(index) else { return };
        if has_length(name) {
            for mut remainder in remainders(name) {
                // Several domains may share a remainder: each further one lies at the next key.
                while self.by_remainder.contains_key(&remainder) {
                    remainder = remainder.wrapping_add(1);
                }
                self.by_remainder.insert(remainder, number);
            }
        }
    }

    /// The known domain that `domain` is one slip from: one letter wrong, missing, doubled or swapped with its
    /// neighbour, or letters that look alike. `None` for a domain that is itself known.
    pub(crate) fn nearest(&self, domain: &str) -> Option<&str> {
        // What lies below a known domain is no slip, and neither is a wildcard's own base.
        if levels(domain).any(|level| self.names.contains(level)) {
            return None;
        }
        levels(domain).find_map(|domain| self.one_slip(domain))
    }

    fn one_slip(&self, domain: &str) -> Option<&str> {
        let alike = self.by_look.get(&look(domain)).and_then(|index| self.name(index));
        if let Some(alike) = alike.filter(|name| *name != domain) {
            return Some(alike);
        }
        if !has_length(domain) {
            return None;
        }
        let names =
            remainders(domain).flat_map(|remainder| self.sharing(remainder)).filter_map(|index| self.name(index));
        // The first in the alphabet, so that the answer does not hang on the order of the policy.
        names.filter(|name| strsim::osa_distance(name, domain) == 1).min()
    }

    /// The domains that share a remainder.
    fn sharing(&self, mut remainder: u64) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let index = self.by_remainder.get(&remainder)?;
            remainder = remainder.wrapping_add(1);
            usize::try_from(*index).ok()
        })
    }

    fn name(&self, index: usize) -> Option<&str> {
        self.listed.get(index).map(String::as_str)
    }
}

/// The domain, and every one above it that is a mail domain still.
fn levels(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::once(domain).chain(domain::parents(domain)).filter(|level| level.contains('.'))
}

fn has_length(domain: &str) -> bool {
    domain.rsplit_once('.').is_some_and(|(name, _)| name.len() >= SHORTEST_NAME)
}

/// Hashes of the domain itself, and of the domain without each of its characters; of two equal neighbours one is enough.
/// They are polynomials over the characters, so that each remainder's hash follows from those of what stands before and
/// behind the character, and no text is put together.
fn remainders(domain: &str) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let add = |state: u64, byte: u8| state.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1);
    let whole = domain.bytes().fold(0, add);
    // What stands behind a character weighs as much as it did in the whole; what stands before it one power less.
    let powers: Vec<u64> =
        (0..domain.len()).scan(1_u64, |power, _| Some(std::mem::replace(power, power.wrapping_mul(BASE)))).collect();
    let (mut before, mut last) = (0_u64, None);
    let without = domain.bytes().enumerate().filter_map(move |(at, byte)| {
        let power = powers.get(domain.len() - 1 - at).copied()?;
        let through = add(before, byte);
        let behind = whole.wrapping_sub(through.wrapping_mul(power));
        let remainder = before.wrapping_mul(power).wrapping_add(behind);
        before = through;
        (last.replace(byte) != Some(byte)).then_some(remainder)
    });
    std::iter::once(whole).chain(without)
}

/// The domain as it looks at a glance: what is easily taken for one another becomes the same.
fn look(domain: &str) -> String {
    if domain.split('.').any(|label| label.starts_with("xn--")) {
        glance(domain::display(domain).chars())
    } else {
        glance(domain.chars())
    }
}

fn glance(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut letters = letters.peekable();
    while let Some(letter) = letters.next() {
        let pair = letters.peek().and_then(|next| pair(letter, *next));
        if pair.is_some() {
            letters.next();
        }
        out.push(pair.unwrap_or_else(|| alike(letter)));
    }
    out
}

/// Two letters that stand for one, or look like one.
fn pair(first: char, second: char) -> Option<char> {
    Some(match (first, second) {
        ('a', 'a') => 'å',
        ('o', 'e') => 'ø',
        ('a', 'e') => 'æ',
        ('r', 'n') => 'm',
        ('v', 'v') => 'w',
        _ => return None,
    })
}

/// The letter that stands for all that look like it; the last six are Cyrillic.
fn alike(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | 'i' | 'ı' => 'l',
        'ö' => 'ø',
        'ä' => 'æ',
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'х' => 'x',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::NearDomains;
    use crate::address::domain::{DomainSet, normalise};

    fn near(domain: &str) -> Option<String> {
        let known = [
            "aarhus.dk",
            "region-syd.dk",
            "gmail.com",
            "ssi.dk",
            "kommune.dk",
            "*.kommune.dk",
            "ærø.dk",
            "varmt-vand.dk",
            "winday.dk",
            "*.styrelse.dk",
            "windy.dk",
        ];
        let mut domains = NearDomains::default();
        domains.extend(&DomainSet::new(&known.map(str::to_owned)));
        let domain = normalise(domain)?;
        domains.nearest(&domain).map(crate::address::domain::display)
    }

    #[test]
    fn one_slip_is_seen() {
        let cases = [
            ("aarhsu.dk", Some("aarhus.dk")),
            ("arhus.dk", Some("aarhus.dk")),
            ("aarhuss.dk", Some("aarhus.dk")),
            ("aarhos.dk", Some("aarhus.dk")),
            ("aarhus.de", Some("aarhus.dk")),
            ("århus.dk", Some("aarhus.dk")),
            ("aero.dk", None),
            ("aeroe.dk", Some("ærø.dk")),
            ("gmai1.com", Some("gmail.com")),
            ("grnail.com", Some("gmail.com")),
            ("varmt-wand.dk", Some("varmt-vand.dk")),
            ("x.komune.dk", Some("kommune.dk")),
            ("komune.dk", Some("kommune.dk")),
            ("x.styrlse.dk", Some("styrelse.dk")),
            ("vvindy.dk", Some("windy.dk")),
            // Two that are known may be near each other.
            ("winday.dk", None),
            ("aarhus.dk", None),
            ("x.kommune.dk", None),
            ("post.aarhus.dk", None),
            ("sst.dk", None),
            ("aaarhuss.dk", None),
            ("helt-andet.dk", None),
        ];
        for (domain, expected) in cases {
            assert_eq!(near(domain).as_deref(), expected, "{domain}");
        }
    }
}

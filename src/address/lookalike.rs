//! Finds the known domain from which a domain differs by one slip.

use crate::address::domain::{self, DomainSet};
use crate::address::index::{Index, Table};

/// Shorter names before the last label are too much alike: `ssi.dk` and `sst.dk` are both authorities.
const SHORTEST_NAME: usize = 4;

/// Known domains, indexed by what is left of each when one character is removed (a deletion neighbourhood). Two domains
/// that differ by one slip share such a remainder, so that a look-up costs one hash per character, however many domains
/// are known.
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
                while self.by_remainder.get(remainder).is_some() {
                    remainder = remainder.wrapping_add(1);
                }
                self.by_remainder.insert(remainder, number);
            }
        }
    }

    /// The known domain from which `domain` differs by one slip: one letter wrong, missing, doubled or swapped with its
    /// neighbour, or letters that look alike. `None` for a domain that is known itself.
    pub(crate) fn nearest(&self, domain: &str) -> Option<&str> {
        // Neither a domain below a known one nor the base of a wildcard is a slip.
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
        // The first by alphabet, so that the result does not depend on the order of the policy.
        names.filter(|name| strsim::osa_distance(name, domain) == 1).min()
    }

    /// The domains that share a remainder.
    fn sharing(&self, mut remainder: u32) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let index = self.by_remainder.get(remainder)?;
            remainder = remainder.wrapping_add(1);
            usize::try_from(index).ok()
        })
    }

    fn name(&self, index: usize) -> Option<&str> {
        self.listed.get(index).map(String::as_str)
    }
}

/// The domain, and every domain above it that is still a mail domain.
fn levels(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::once(domain).chain(domain::parents(domain)).filter(|level| level.contains('.'))
}

fn has_length(domain: &str) -> bool {
    domain.rsplit_once('.').is_some_and(|(name, _)| name.len() >= SHORTEST_NAME)
}

/// Hashes of the domain, and of the domain without each of its characters; of two equal neighbours one is enough. The
/// hash is a polynomial over the characters, so that the hash of a remainder follows from the hashes of the parts before
/// and after the character, without building the text.
fn remainders(domain: &str) -> impl Iterator<Item = u32> {
    const BASE: u32 = 0x9e37_79b1;
    let add = |state: u32, byte: u8| state.wrapping_mul(BASE).wrapping_add(u32::from(byte) + 1);
    let whole = domain.bytes().fold(0, add);
    // The part after the character keeps its weight; the part before it loses one power.
    let powers: Vec<u32> =
        (0..domain.len()).scan(1_u32, |power, _| Some(std::mem::replace(power, power.wrapping_mul(BASE)))).collect();
    let (mut before, mut last) = (0_u32, None);
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

/// The domain as it looks at a glance: letters that are easily confused become equal.
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

/// The letter that a pair replaces or looks like.
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

/// One letter for all that look like it; the last six are Cyrillic.
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
            // Two known domains may differ by one slip.
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

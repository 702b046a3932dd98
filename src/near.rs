//! Domains that are one slip away from one that is known.

use crate::domain::{self, DomainSet};
use crate::index::Index;

/// A domain shorter than this before its last label says too little: `ssi.dk` and `sst.dk` are both authorities.
const SHORTEST_NAME: usize = 4;

/// No domain has this character.
const MORE: char = '+';

/// Known domains, found by what is left of them when one character is taken out: two domains one slip apart share
/// such a remainder, so that a look-up costs as many hashes as the domain has characters, however many are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct NearDomains {
    known: DomainSet,
    names: Vec<String>,
    by_remainder: Index,
    by_look: Index,
}

impl NearDomains {
    pub(crate) fn extend(&mut self, set: &DomainSet) {
        for name in set.exact() {
            self.known.insert(name);
            self.add(name);
        }
        for base in set.bases() {
            self.known.insert(&format!("*.{base}"));
            self.add(base);
        }
    }

    fn add(&mut self, name: &str) {
        let index = self.names.len();
        self.names.push(name.to_owned());
        self.by_look.insert(look(name), index);
        if has_length(name) {
            for mut remainder in remainders(name) {
                // Several domains may share a remainder: each further one has one mark more.
                while self.by_remainder.contains(&remainder) {
                    remainder.push(MORE);
                }
                self.by_remainder.insert(remainder, index);
            }
        }
    }

    /// The known domain that `domain` is one slip from: one letter wrong, missing, doubled or swapped with its
    /// neighbour, or letters that look alike. `None` for a domain that is itself known.
    pub(crate) fn nearest(&self, domain: &str) -> Option<&str> {
        let bases = domain::parents(domain).filter(|base| base.contains('.'));
        if self.known.contains(domain) || self.is_base(domain) {
            return None;
        }
        std::iter::once(domain).chain(bases).find_map(|domain| self.one_slip(domain))
    }

    /// A wildcard's own base, and what lies below a known domain, is no slip.
    fn is_base(&self, domain: &str) -> bool {
        let mut bases = std::iter::once(domain).chain(domain::parents(domain));
        bases.any(|base| self.names.iter().any(|name| name == base))
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
    fn sharing(&self, mut remainder: String) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let index = self.by_remainder.get(&remainder)?;
            remainder.push(MORE);
            Some(index)
        })
    }

    fn name(&self, index: usize) -> Option<&str> {
        self.names.get(index).map(String::as_str)
    }
}

fn has_length(domain: &str) -> bool {
    domain.rsplit_once('.').is_some_and(|(name, _)| name.len() >= SHORTEST_NAME)
}

/// The domain itself, and the domain without each of its characters. Of two equal neighbours one is enough.
fn remainders(domain: &str) -> impl Iterator<Item = String> {
    let mut before = None;
    let without = domain.char_indices().filter_map(move |(at, c)| {
        let same = before.replace(c) == Some(c);
        let (head, tail) = (domain.get(..at)?, domain.get(at + c.len_utf8()..)?);
        (!same).then(|| [head, tail].concat())
    });
    std::iter::once(domain.to_owned()).chain(without)
}

/// The domain as it looks at a glance: what is easily taken for one another becomes the same.
fn look(domain: &str) -> String {
    let mut text = domain::display(domain);
    for (pair, single) in [("aa", "å"), ("oe", "ø"), ("ae", "æ"), ("rn", "m"), ("vv", "w")] {
        text = text.replace(pair, single);
    }
    text.chars()
        .map(|c| match c {
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
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::NearDomains;
    use crate::domain::{DomainSet, normalise};

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
        ];
        let mut domains = NearDomains::default();
        domains.extend(&DomainSet::new(&known.map(str::to_owned)));
        let domain = normalise(domain)?;
        domains.nearest(&domain).map(crate::domain::display)
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

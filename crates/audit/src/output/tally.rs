//! What was read and found, in numbers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::input::file_error::{Ending, Trouble};
use crate::judge::timestamp::When;
use crate::judge::{Found, RULES};

/// Mails by rule, in the order of [`RULES`].
pub(crate) type Counts = [u64; RULES.len()];

/// How many places of a kind are named; the rest are only counted.
const NAMED: usize = 5;

/// Places in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) count: u64,
    /// The first of them.
    pub(crate) first: Vec<Place>,
}

/// A place in a file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line, from 1.
    Line(u64),
    /// A file in a folder.
    File(String),
}

impl Places {
    pub(crate) fn add(&mut self, place: Place) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(place);
        }
    }
}

/// What became of one file.
#[derive(Debug, Default)]
pub(crate) struct FileSum {
    pub(crate) name: String,
    /// Mails read.
    pub(crate) read: u64,
    /// Lines passed, read or not.
    pub(crate) lines: u64,
    pub(crate) troubles: BTreeMap<Trouble, Places>,
    /// Lines that were read as Windows-1252.
    pub(crate) foreign: Places,
    /// Why it was not read to its end.
    pub(crate) ending: Option<Ending>,
}

impl FileSum {
    /// Mails that could not be read.
    pub(crate) fn unreadable(&self) -> u64 {
        self.troubles.values().map(|places| places.count).sum()
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) files: Vec<FileSum>,
    /// Mails with any finding.
    pub(crate) mails: u64,
    /// Findings by rule; a mail may have several.
    pub(crate) findings: Counts,
    /// Mails by rule.
    pub(crate) by_rule: Counts,
    /// Mails by month, `2025-11`; under the empty name those without a date.
    pub(crate) by_month: BTreeMap<String, Counts>,
    /// Mails by the sending domain; under the empty name those of unknown ones.
    pub(crate) by_sender: HashMap<String, Counts>,
    /// Mails by the receiving domain. A mail to several counts for each.
    pub(crate) by_receiver: HashMap<String, Counts>,
    /// What was counted of mails that have an id: the same mail stands on many lines.
    seen: HashSet<u64>,
}

impl Tally {
    /// Counts a mail, and leaves in it only the findings that are new.
    pub(crate) fn add(&mut self, found: &mut Found) {
        let key = found.key;
        if self.is_new(key, "mail") {
            self.mails += 1;
        }
        for rule in 0..RULES.len() {
            if found.faults.iter().any(|fault| fault.rule == rule) {
                self.count(rule, found);
            }
        }
        found.faults.retain(|fault| self.is_new(key, (fault.rule, fault.at, fault.recipient)));
        for fault in &found.faults {
            add_one(&mut self.findings, fault.rule);
        }
    }

    fn count(&mut self, rule: usize, found: &Found) {
        if self.is_new(found.key, ("rule", rule)) {
            add_one(&mut self.by_rule, rule);
            let month = found.when.as_ref().map(When::month).unwrap_or_default();
            add_one(self.by_month.entry(month).or_default(), rule);
            add_one(self.by_sender.entry(found.from.clone()).or_default(), rule);
        }
        let of_rule = || found.faults.iter().filter(|fault| fault.rule == rule);
        let mut domains: Vec<&String> = of_rule().filter_map(|fault| fault.to.as_ref()).collect();
        if of_rule().any(|fault| fault.at.is_some()) {
            domains.extend(&found.to);
        }
        domains.sort_unstable();
        domains.dedup();
        for domain in domains {
            if self.is_new(found.key, ("to", rule, domain)) {
                add_one(self.by_receiver.entry(domain.clone()).or_default(), rule);
            }
        }
    }

    /// Is this counted for the first time? A mail without an id stands in one place only.
    fn is_new(&mut self, key: Option<u64>, what: impl Hash) -> bool {
        key.is_none_or(|key| {
            let mut hasher = DefaultHasher::new();
            (key, what).hash(&mut hasher);
            self.seen.insert(hasher.finish())
        })
    }

    /// Mails read.
    pub(crate) fn read(&self) -> u64 {
        self.files.iter().map(|file| file.read).sum()
    }

    /// Mails that could not be read.
    pub(crate) fn unreadable(&self) -> u64 {
        self.files.iter().map(FileSum::unreadable).sum()
    }

    /// Is something left out: a mail that could not be read, or the end of a file?
    pub(crate) fn has_gaps(&self) -> bool {
        self.files.iter().any(|file| file.ending.is_some() || !file.troubles.is_empty())
    }

    /// Did the user stop it?
    pub(crate) fn is_partial(&self) -> bool {
        self.files.iter().any(|file| file.ending == Some(Ending::Interrupted))
    }
}

fn add_one(counts: &mut Counts, rule: usize) {
    if let Some(count) = counts.get_mut(rule) {
        *count += 1;
    }
}

/// The groups with most mails.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Largest<'a> {
    /// The largest first.
    pub(crate) named: Vec<(&'a str, Counts)>,
    /// How many there are beside these.
    pub(crate) others: usize,
    /// The mails of the others.
    pub(crate) of_others: Counts,
}

/// The groups with most mails, as many as asked for, and what is left of the others.
pub(crate) fn largest(groups: &HashMap<String, Counts>, most: usize) -> Largest<'_> {
    let sum = |counts: &Counts| counts.iter().sum::<u64>();
    let mut sorted: Vec<(&str, Counts)> = groups.iter().map(|(name, counts)| (name.as_str(), *counts)).collect();
    sorted.sort_unstable_by(|(a, x), (b, y)| sum(y).cmp(&sum(x)).then_with(|| a.cmp(b)));
    let rest = sorted.split_off(most.min(sorted.len()));
    let mut of_others = Counts::default();
    for (_, counts) in &rest {
        of_others.iter_mut().zip(counts).for_each(|(all, one)| *all += one);
    }
    Largest { named: sorted, others: rest.len(), of_others }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Largest, Tally, largest};
    use crate::judge::timestamp::When;
    use crate::judge::{Fault, Found};

    fn fault(rule: usize, at: Option<(usize, usize)>, to: Option<&str>) -> Fault {
        let to = to.map(str::to_owned);
        Fault { rule, at, to, recipient: 0, evidence: Vec::new(), number: String::new(), revealed: None }
    }

    fn found(key: Option<u64>, to: &[&str], faults: Vec<Fault>) -> Found {
        Found {
            place: 1,
            id: String::new(),
            key,
            when: When::parse("2025-11-03"),
            from: "kommune.example".to_owned(),
            to: to.iter().map(|&domain| domain.to_owned()).collect(),
            faults,
            revealed: None,
        }
    }

    #[test]
    fn a_mail_on_many_lines_counts_once() {
        let mut tally = Tally::default();
        let number = || fault(0, Some((0, 11)), None);
        let mut first = found(Some(7), &["a.example"], vec![number(), fault(0, Some((20, 31)), None)]);
        let mut again = found(Some(7), &["b.example"], vec![number(), fault(1, None, Some("b.example"))]);
        let mut other = found(None, &["a.example"], vec![number()]);
        let mut same = found(None, &["a.example"], vec![number()]);
        for found in [&mut first, &mut again, &mut other, &mut same] {
            tally.add(found);
        }
        let left: Vec<usize> = [&first, &again, &other, &same].iter().map(|found| found.faults.len()).collect();
        assert_eq!((left, tally.mails), (vec![2, 1, 1, 1], 3));
        assert_eq!((tally.findings, tally.by_rule), ([4, 1, 0], [3, 1, 0]));
        assert_eq!(tally.by_month["2025-11"], [3, 1, 0]);
        assert_eq!(tally.by_sender["kommune.example"], [3, 1, 0]);
        assert_eq!((tally.by_receiver["a.example"], tally.by_receiver["b.example"]), ([3, 0, 0], [1, 1, 0]));
    }

    #[test]
    fn the_largest_come_first_and_the_rest_together() {
        let groups: HashMap<String, [u64; 3]> =
            [("b", [1, 0, 0]), ("a", [0, 1, 0]), ("c", [5, 0, 0]), ("d", [0, 0, 1])]
                .map(|(n, c)| (n.to_owned(), c))
                .into();
        let two = Largest { named: vec![("c", [5, 0, 0]), ("a", [0, 1, 0])], others: 2, of_others: [1, 0, 1] };
        assert_eq!(largest(&groups, 2), two);
        assert_eq!(largest(&groups, 9).others, 0);
    }
}

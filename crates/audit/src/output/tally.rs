//! Counts what was read and found.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use sendvagt::RuleName;

use crate::formats::batch::MailError;
use crate::input::file_error::FileError;
use crate::judge::timestamp::Timestamp;
use crate::judge::{FlaggedMail, Judge, RULES, TextGap};

/// A count for each rule, in the order of [`RULES`].
pub(crate) type Counts = [u64; RULES.len()];

/// How many places are named; the rest are only counted.
const NAMED: usize = 5;

/// The places in a file that have the same problem.
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
    /// A mail of a file that has no lines, from 1.
    Mail(u64),
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

/// What was read of one file.
#[derive(Debug, Default)]
pub(crate) struct FileSummary {
    pub(crate) name: String,
    /// Mails read.
    pub(crate) read: u64,
    /// Lines, whether they could be read or not.
    pub(crate) lines: u64,
    pub(crate) errors: BTreeMap<MailError, Places>,
    /// Lines that were decoded as Windows-1252.
    pub(crate) windows_1252: Places,
    /// Mails whose text was read.
    pub(crate) texts: u64,
    /// Mails whose text was passed over, since someone outside sent them.
    pub(crate) received: u64,
    /// Mails whose text was wanted and not read, or not to its end.
    pub(crate) gaps: BTreeMap<TextGap, Places>,
    /// Has it mails and no lines? Then they count as lines.
    pub(crate) has_no_lines: bool,
    /// Is it of a kind in which mails have no text, though it was asked for?
    pub(crate) has_no_text: bool,
    /// Why it was not read to its end.
    pub(crate) error: Option<FileError>,
}

impl FileSummary {
    /// The place of a mail that begins on this line, from 0.
    pub(crate) fn place(&self, line: u64) -> Place {
        if self.has_no_lines { Place::Mail(line + 1) } else { Place::Line(line + 1) }
    }

    /// Mails that could not be read.
    pub(crate) fn unreadable(&self) -> u64 {
        self.errors.values().map(|places| places.count).sum()
    }

    /// Mails whose text was wanted and not read, or not to its end.
    pub(crate) fn gaps(&self) -> u64 {
        self.gaps.values().map(|places| places.count).sum()
    }
}

/// What was read and found.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) files: Vec<FileSummary>,
    /// Are texts read?
    pub(crate) reads_text: bool,
    /// The rules that are reported.
    pub(crate) rules: Vec<RuleName>,
    /// Mails with any finding.
    pub(crate) mails: u64,
    /// Findings by rule; a mail may have several.
    pub(crate) findings: Counts,
    /// Mails by rule.
    pub(crate) by_rule: Counts,
    /// Mails by month, such as `2025-11`; mails without a date are under the empty name.
    pub(crate) by_month: BTreeMap<String, Counts>,
    /// Mails by sending domain; unknown domains are under the empty name.
    pub(crate) by_sender: HashMap<String, Counts>,
    /// Mails by receiving domain. A mail to several domains counts for each.
    pub(crate) by_receiver: HashMap<String, Counts>,
    /// What has been counted of mails that have an id, since a mail may be on many lines.
    seen: HashSet<u64>,
}

impl Tally {
    /// The tally of what is judged so.
    pub(crate) fn of(judge: &Judge) -> Self {
        Self { reads_text: judge.reads_text(), rules: judge.rules().to_vec(), ..Self::default() }
    }

    /// Adds what was read of a file.
    pub(crate) fn add_file(&mut self, file: FileSummary) {
        self.files.push(FileSummary { has_no_text: file.has_no_text && self.reads_text, ..file });
    }

    /// Counts a mail, and removes from it the findings that were counted before.
    pub(crate) fn add(&mut self, mail: &mut FlaggedMail) {
        let key = mail.key;
        if self.is_new(key, "mail") {
            self.mails += 1;
        }
        for rule in RULES {
            if mail.findings.iter().any(|finding| finding.rule == rule) {
                self.add_rule(rule, mail);
            }
        }
        mail.findings.retain(|finding| {
            let what = (finding.rule.as_str(), finding.at, finding.recipient_key, finding.number_key, finding.place);
            self.is_new(key, what)
        });
        for finding in &mail.findings {
            add_one(&mut self.findings, finding.rule);
        }
    }

    fn add_rule(&mut self, rule: RuleName, mail: &FlaggedMail) {
        if self.is_new(mail.key, ("rule", rule.as_str())) {
            add_one(&mut self.by_rule, rule);
            let month = mail.date.as_ref().map(Timestamp::month).unwrap_or_default();
            add_one(self.by_month.entry(month).or_default(), rule);
            add_one(self.by_sender.entry(mail.from.clone()).or_default(), rule);
        }
        let findings = || mail.findings.iter().filter(|finding| finding.rule == rule);
        let mut domains: Vec<&String> = findings().filter_map(|finding| finding.recipient_domain.as_ref()).collect();
        if findings().any(|finding| finding.at.is_some() || finding.place.is_of_content()) {
            domains.extend(&mail.to);
        }
        domains.sort_unstable();
        domains.dedup();
        for domain in domains {
            if self.is_new(mail.key, ("to", rule.as_str(), domain)) {
                add_one(self.by_receiver.entry(domain.clone()).or_default(), rule);
            }
        }
    }

    /// Is this counted for the first time? A mail without an id always is.
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
        self.files.iter().map(FileSummary::unreadable).sum()
    }

    /// Mails whose text was read.
    pub(crate) fn texts(&self) -> u64 {
        self.files.iter().map(|file| file.texts).sum()
    }

    /// Mails whose text was passed over, since someone outside sent them.
    pub(crate) fn received(&self) -> u64 {
        self.files.iter().map(|file| file.received).sum()
    }

    /// Mails whose text was wanted and not read, or not to its end.
    pub(crate) fn gaps(&self) -> u64 {
        self.files.iter().map(FileSummary::gaps).sum()
    }

    /// Is there a mail, a text or the end of a file that could not be read?
    pub(crate) fn is_incomplete(&self) -> bool {
        let lacks_text = |file: &FileSummary| file.has_no_text || !file.gaps.is_empty();
        self.files.iter().any(|file| file.error.is_some() || !file.errors.is_empty() || lacks_text(file))
    }

    /// Did the user stop the audit?
    pub(crate) fn is_interrupted(&self) -> bool {
        self.files.iter().any(|file| file.error == Some(FileError::Interrupted))
    }
}

/// The count of a rule.
pub(crate) fn of(counts: &Counts, rule: RuleName) -> u64 {
    counts.iter().zip(RULES).find(|(_, counted)| *counted == rule).map_or(0, |(count, _)| *count)
}

fn add_one(counts: &mut Counts, rule: RuleName) {
    counts.iter_mut().zip(RULES).filter(|(_, counted)| *counted == rule).for_each(|(count, _)| *count += 1);
}

/// The groups with most mails.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Largest<'a> {
    /// The largest first.
    pub(crate) named: Vec<(&'a str, Counts)>,
    /// How many other groups there are.
    pub(crate) others: usize,
    /// The counts of the others, added up.
    pub(crate) of_others: Counts,
}

/// The groups with most mails, at most `most` of them, and the sum of the others.
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

    use sendvagt::RuleName;

    use super::{Counts, Largest, Tally, largest};
    use crate::judge::timestamp::Timestamp;
    use crate::judge::{AuditFinding, FlaggedMail, Place};

    fn counts(first: [u64; 4]) -> Counts {
        let mut counts = Counts::default();
        counts.iter_mut().zip(first).for_each(|(count, first)| *count = first);
        counts
    }

    fn finding(rule: RuleName, at: Option<(usize, usize)>, recipient_domain: Option<&str>) -> AuditFinding {
        AuditFinding {
            rule,
            place: Place::Subject,
            at,
            recipient_domain: recipient_domain.map(str::to_owned),
            recipient_key: 0,
            number_key: 0,
            evidence: Vec::new(),
            number: String::new(),
            different: None,
            revealed: None,
        }
    }

    fn mail(key: Option<u64>, to: &[&str], findings: Vec<AuditFinding>) -> FlaggedMail {
        FlaggedMail {
            line: 1,
            id: String::new(),
            key,
            date: Timestamp::parse("2025-11-03"),
            from: "kommune.example".to_owned(),
            to: to.iter().map(|&domain| domain.to_owned()).collect(),
            findings,
            revealed: None,
        }
    }

    #[test]
    fn a_mail_on_many_lines_counts_once() {
        let mut tally = Tally::default();
        let (cpr, retired) = (RuleName::CprInSubject, RuleName::RetiredMailbox);
        let number = || finding(cpr, Some((0, 11)), None);
        let mut first = mail(Some(7), &["a.example"], vec![number(), finding(cpr, Some((20, 31)), None)]);
        let mut again = mail(Some(7), &["b.example"], vec![number(), finding(retired, None, Some("b.example"))]);
        let mut other = mail(None, &["a.example"], vec![number()]);
        let mut same = mail(None, &["a.example"], vec![number()]);
        for mail in [&mut first, &mut again, &mut other, &mut same] {
            tally.add(mail);
        }
        let left: Vec<usize> = [&first, &again, &other, &same].iter().map(|mail| mail.findings.len()).collect();
        assert_eq!((left, tally.mails), (vec![2, 1, 1, 1], 3));
        assert_eq!((tally.findings, tally.by_rule), (counts([4, 1, 0, 0]), counts([3, 1, 0, 0])));
        assert_eq!(tally.by_month["2025-11"], counts([3, 1, 0, 0]));
        assert_eq!(tally.by_sender["kommune.example"], counts([3, 1, 0, 0]));
        let received = (tally.by_receiver["a.example"], tally.by_receiver["b.example"]);
        assert_eq!(received, (counts([3, 0, 0, 0]), counts([1, 1, 0, 0])));
    }

    #[test]
    fn the_largest_groups_come_first_and_the_others_are_added_up() {
        let groups: HashMap<String, Counts> =
            [("b", [1, 0, 0, 0]), ("a", [0, 1, 0, 0]), ("c", [5, 0, 0, 0]), ("d", [0, 0, 1, 0])]
                .map(|(name, few)| (name.to_owned(), counts(few)))
                .into();
        let named = vec![("c", counts([5, 0, 0, 0])), ("a", counts([0, 1, 0, 0]))];
        let two = Largest { named, others: 2, of_others: counts([1, 0, 1, 0]) };
        assert_eq!(largest(&groups, 2), two);
        assert_eq!(largest(&groups, 9).others, 0);
    }
}

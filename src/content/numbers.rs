//! The CPR numbers in a text.
//!
//! The finder was made for subjects, in which a number of ten digits is rare. In a text they come in lists, of which a few have
//! an existing date by chance: of random ones 3.65 %, of P-numbers 37.5 %. So the numbers of a list are judged together.

use std::ops::Range;

use super::find;
use super::page::{END, Page};
use super::tables::Column;
use crate::address::index::{Index, hash};
use crate::cpr::{self, Candidate, Checksum, ContextWords, Cpr, Date, Evidence, EvidenceSet, Grade, Says};

/// The CPR numbers that count: those that were read as such beyond doubt.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// In what the user wrote.
    pub(crate) own: Part,
    /// In earlier mail.
    pub(crate) quoted: Part,
}

/// The numbers in a part of a text.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Where they stand, in bytes of the text.
    pub(crate) places: Vec<Range<usize>>,
    /// How many different ones.
    pub(crate) count: usize,
    /// Eight bits that change when one of the different numbers does.
    pub(crate) digest: u8,
    /// What the first one was taken from.
    pub(crate) evidence: EvidenceSet,
}

impl Part {
    fn add(&mut self, at: Range<usize>, evidence: EvidenceSet, new: Option<u8>) {
        if self.places.is_empty() {
            self.evidence = evidence;
        }
        self.places.push(at);
        if let Some(digest) = new {
            self.count += 1;
            self.digest ^= digest;
        }
    }
}

/// How much text before a line is read for its words.
const BEFORE: usize = 80;

impl Numbers {
    /// Finds the numbers of a page.
    pub(crate) fn of(page: &Page, words: &ContextWords, day: Date) -> Self {
        let candidates = candidates(page, words, day);
        let lists = if candidates.is_empty() { Lists::default() } else { Lists::of(page) };
        let mut numbers = Self::default();
        let mut own = Index::default();
        let mut quoted = Index::default();
        let mut named_to = None;
        for candidate in candidates {
            let at = candidate.bytes.clone();
            let goes_on = named_to.is_some_and(|end| goes_on(page.part(end..at.start)));
            let Some(counted) = lists.weigh(page, &candidate, goes_on) else { continue };
            if counted.is_named {
                named_to = Some(at.end);
            }
            let Some(cpr) = &candidate.cpr else { continue };
            let (part, seen) = match page.is_quoted(at.start) {
                false => (&mut numbers.own, &mut own),
                true => (&mut numbers.quoted, &mut quoted),
            };
            let key = cpr.key();
            let new = (!seen.contains(&key)).then(|| digest(&key));
            if new.is_some() {
                seen.insert(key, 0);
            }
            part.add(at, candidate.evidence, new);
        }
        numbers
    }
}

/// Eight bits of a number, which a million others share.
fn digest(key: &str) -> u8 {
    hash(key).to_le_bytes().iter().fold(0, |sum, byte| sum ^ byte)
}

/// What the finder makes of each line, in order.
fn candidates(page: &Page, words: &ContextWords, day: Date) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, line) in page.lines() {
        let mut start = at.saturating_sub(BEFORE);
        while !page.text.is_char_boundary(start) {
            start += 1;
        }
        let text = page.part(start..at + line.len());
        for mut candidate in cpr::find_from(text, at - start, words, day) {
            candidate.bytes = candidate.bytes.start + start..candidate.bytes.end + start;
            found.push(candidate);
        }
    }
    found
}

/// Is it the next of a list: are there only signs and a short word between?
fn goes_on(between: &str) -> bool {
    between.len() <= 12 && between.chars().filter(|c| c.is_alphabetic()).count() <= 4
}

/// Evidence of another reading: what has it is counted only where the finder is sure, or a word or a heading names it.
const DOUBTS: [Evidence; 15] = [
    Evidence::LettersAsDigits,
    Evidence::UnusualGroups,
    Evidence::LostZero,
    Evidence::NearDay,
    Evidence::Slip,
    Evidence::PartOfLonger,
    Evidence::MayBeTime,
    Evidence::MayBePeriod,
    Evidence::MayBeYear,
    Evidence::MayBePostcode,
    Evidence::MayBeCount,
    Evidence::MayBeDates,
    Evidence::MayBeSerialNumber,
    Evidence::MayBeAccount,
    Evidence::OtherNumberWord,
];

/// A number that counts.
struct Counted {
    /// Did a word name it?
    is_named: bool,
}

/// The lists of a text: numbers of ten digits that stand together.
#[derive(Debug, Default)]
struct Lists {
    /// Each number of ten digits, in order.
    digits: Vec<TenDigits>,
    lists: Vec<List>,
}

/// Ten digits, together or six and four.
#[derive(Debug)]
struct TenDigits {
    at: usize,
    list: usize,
}

/// Numbers of one form that stand together.
#[derive(Debug)]
struct List {
    column: Option<usize>,
    is_bare: bool,
    end: usize,
    /// How many there are, how many of them have an existing date, and how many of those modulus 11 speaks for.
    count: usize,
    dated: usize,
    backed: usize,
}

/// Numbers further apart are not of one list.
const APART: usize = 200;

impl List {
    /// So many numbers are judged together. Fewer are what the finder says.
    const FEWEST: usize = 3;
    const FEWEST_SEPARATED: usize = 4;
    /// So many numbers with dates are no chance, whatever modulus 11 says of them.
    const MANY: usize = 20;

    /// Are there enough to judge them together?
    fn is_judged(&self) -> bool {
        self.count >= if self.is_bare { Self::FEWEST } else { Self::FEWEST_SEPARATED }
    }

    /// Do most of them read as CPR numbers? Of random numbers three in four have a date in one list of 10,000; of three random
    /// P-numbers all do in one list of 20, so that bare ones need modulus 11 too, or to be many.
    fn is_of_cpr(&self) -> bool {
        4 * self.dated >= 3 * self.count
            && (!self.is_bare
                || 2 * self.backed >= self.count
                || (self.count >= Self::MANY && self.dated >= self.count - 1))
    }
}

impl Lists {
    fn of(page: &Page) -> Self {
        let mut lists = Self::default();
        // The list that goes on, in running text, bare and separated.
        let mut running: [Option<usize>; 2] = [None, None];
        let mut of_column: Vec<[Option<usize>; 2]> = Vec::new();
        each_of_ten(&page.text, |at, is_bare, digits| {
            let column = page.column(at.start).map(|Column { id, .. }| id);
            let slots = match column {
                Some(id) => {
                    if of_column.len() <= id {
                        of_column.resize(id + 1, [None, None]);
                    }
                    of_column.get_mut(id)
                }
                None => Some(&mut running),
            };
            let Some(slot) = slots.and_then(|slots| slots.get_mut(usize::from(is_bare))) else { return };
            let goes_on = |index: &usize| {
                column.is_some() || lists.lists.get(*index).is_some_and(|list| at.start <= list.end + APART)
            };
            let index = slot.filter(goes_on).unwrap_or(lists.lists.len());
            *slot = Some(index);
            if index == lists.lists.len() {
                lists.lists.push(List { column, is_bare, end: 0, count: 0, dated: 0, backed: 0 });
            }
            if let Some(list) = lists.lists.get_mut(index) {
                list.end = at.end;
                list.count += 1;
                if let Some(cpr) = Cpr::from_compact(digits) {
                    list.dated += 1;
                    let backed = matches!(cpr.checksum(), Checksum::Passes | Checksum::IssuedWithout);
                    list.backed += usize::from(backed);
                }
            }
            lists.digits.push(TenDigits { at: at.start, list: index });
        });
        lists
    }

    /// Does a candidate count?
    fn weigh(&self, page: &Page, candidate: &Candidate, goes_on: bool) -> Option<Counted> {
        let Candidate { bytes, grade, evidence, cpr, .. } = candidate;
        cpr.as_ref()?;
        let has = |one| evidence.contains(one);
        let has_doubts = DOUBTS.into_iter().any(has);
        let is_certain = *grade == Grade::Certain;
        let named = |holds: bool| holds.then_some(Counted { is_named: true });
        let counted = |holds: bool| holds.then_some(Counted { is_named: false });
        if has(Evidence::CprWord) {
            return named(is_certain);
        }
        if is_in_address(page, bytes.start) {
            return counted(is_certain && has(Evidence::Separator) && has(Evidence::Checksum));
        }
        match page.column(bytes.start).map(|column| column.says) {
            Some(Says::Cpr) => return named(true),
            Some(Says::Nothing | Says::Person) | None => {}
            Some(Says::Unsure | Says::ProductionUnit | Says::Series | Says::Other) => return None,
        }
        if goes_on && !has_doubts {
            return named(true);
        }
        let place = self.digits.binary_search_by_key(&bytes.start, |ten| ten.at);
        let ten = place.ok().and_then(|place| self.digits.get(place));
        match ten.and_then(|ten| self.lists.get(ten.list)).filter(|list| list.is_judged()) {
            Some(list) if list.is_of_cpr() => counted(is_certain || !has_doubts),
            // The finder was sure for the sake of a word beside this one.
            Some(list) if has(Evidence::PersonWord) && list.column.is_none() => counted(is_certain),
            Some(_) => None,
            None => counted(is_certain),
        }
    }
}

/// Hands on each number of ten digits, together or six and four with a sign between, that is no part of a longer one.
fn each_of_ten(text: &str, mut found: impl FnMut(Range<usize>, bool, [u8; 10])) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let is_free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let mut at = 0;
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)).map(|to| at + to)
    {
        let length = run(start);
        at = start + length;
        if !is_free(start.checked_sub(1).and_then(|before| bytes.get(before))) {
            continue;
        }
        let digits = |from: usize, count: usize| bytes.get(from..from + count).unwrap_or_default();
        let (first, last, end) = match length {
            10 => (digits(start, 6), digits(start + 6, 4), at),
            6 => {
                let gap = bytes.iter().skip(at).take(6).take_while(|byte| !byte.is_ascii_alphanumeric()).count();
                let from = at + gap;
                let is_apart = digits(at, gap).contains(&(END as u8));
                if gap == 0 || is_apart || run(from) != 4 {
                    continue;
                }
                (digits(start, 6), digits(from, 4), from + 4)
            }
            _ => continue,
        };
        if is_free(bytes.get(end)) {
            let mut ten = [0; 10];
            ten.iter_mut().zip(first.iter().chain(last)).for_each(|(place, digit)| *place = *digit);
            found(start..end, length == 10, ten);
            at = end;
        }
    }
}

/// Is it within the address of a page on the web? Those are full of numbers.
fn is_in_address(page: &Page, at: usize) -> bool {
    let before = page.text.as_bytes().get(at.saturating_sub(2000)..at).unwrap_or_default();
    let word = before.iter().rev().take_while(|byte| **byte > b' ' && **byte != END as u8).count();
    let word = before.get(before.len() - word..).unwrap_or_default();
    find(word, "://").or_else(|| find(word, "www.")).is_some()
}

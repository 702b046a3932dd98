//! Writes the subject again without the numbers that go.
//!
//! The tokens are read once, from left to right, onto a stack. At a number, what only belongs to it is popped from the
//! stack and skipped ahead; then either the policy's word is pushed in its place or the gap is closed. Each token is
//! pushed and popped at most once, so that the time is linear in the length of the subject.

use std::cell::OnceCell;
use std::ops::Range;

use super::head;
use super::lexicon::{
    AND, ATTRIBUTES, BIRTH, COPULAS, DATES, LEADS, NAMES, PERSONS, POINTERS, PREPOSITIONS, QUALIFIERS, RELATIVES,
    SUBJECT_VERBS, WITH, is_hollow, is_name, language, needs_a_word, says_something,
};
use super::token::{Kind, Token, tokens};
use crate::Both;
use crate::language::Language;
use crate::rules::Case;

/// So many words are looked at to tell the language of a subject.
const TELLING_WORDS: usize = 200;

/// So many tokens may join two numbers of a list: `, og cpr-nr. `.
const JOINT: usize = 8;

/// So many tokens are looked back over for a word: beyond that, a row of marks separates.
const REACH: usize = 32;

/// A sentence ends at a full stop after a word of so many letters; shorter ones are abbreviations.
const SENTENCE_WORD: usize = 5;

/// The subject without the numbers that go.
pub(super) fn without(case: &Case, subject: &str, numbers: &[(Range<usize>, bool)]) -> String {
    let first = numbers.first().map_or(subject.len(), |(range, _)| range.start);
    let tags = &case.policy.file().secure_mail.tags;
    let head = head::length(subject.get(..first).unwrap_or_default(), tags);
    let (head, body) = subject.split_at_checked(head).unwrap_or(("", subject));
    let numbers: Vec<_> =
        numbers.iter().map(|(range, goes)| (range.start - head.len()..range.end - head.len(), *goes)).collect();
    let input = tokens(body, &numbers);
    let mut writer = Writer { case, input: &input, at: 0, out: Out::default(), language: OnceCell::new() };
    while let Some(token) = writer.next() {
        writer.at += 1;
        if token.is(Kind::Number) {
            writer.take_out();
        } else {
            writer.out.push(token);
        }
    }
    let mut text = head.to_owned();
    if !head.is_empty() && !head.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    writer.finish(&mut text);
    text
}

/// What is written so far.
#[derive(Default)]
struct Out<'a> {
    tokens: Vec<Token<'a>>,
    words: usize,
    /// Brackets and quotation marks that are not closed.
    open: usize,
    /// Does the next word get a capital?
    capital: bool,
}

impl<'a> Out<'a> {
    fn push(&mut self, mut token: Token<'a>) {
        match token.kind {
            Kind::Word | Kind::Kept | Kind::Citizen => {
                token.capital = self.capital;
                self.capital = false;
                self.words += 1;
            }
            Kind::Open => self.open += 1,
            Kind::Close => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.tokens.push(token);
    }

    fn blank(&mut self) {
        self.push(Token::new(Kind::Blank, " "));
    }

    fn truncate(&mut self, length: usize) {
        for token in self.tokens.drain(length.min(self.tokens.len())..) {
            match token.kind {
                Kind::Word | Kind::Kept | Kind::Citizen => self.words -= 1,
                Kind::Open => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn last(&self) -> Option<Token<'a>> {
        self.tokens.last().copied()
    }

    fn ends_in(&self, kinds: &[Kind]) -> bool {
        self.last().is_some_and(|last| kinds.contains(&last.kind))
    }

    /// Pops while the last token is one of these kinds.
    fn trim(&mut self, kinds: &[Kind]) {
        while self.ends_in(kinds) {
            self.truncate(self.len() - 1);
        }
    }

    /// The last token before `end` that is not skipped, and its index.
    fn before(&self, end: usize, skipped: impl Fn(&Token<'a>) -> bool) -> Option<(usize, Token<'a>)> {
        let start = end.saturating_sub(REACH);
        let tokens = self.tokens.get(start..end)?;
        let at = tokens.iter().rposition(|token| !skipped(token))?;
        tokens.get(at).map(|token| (start + at, *token))
    }

    /// The last word before `end`, in lower case, if there are only blanks after it.
    fn word_before(&self, end: usize) -> Option<(usize, String)> {
        let (at, token) = self.before(end, |token| token.is(Kind::Blank))?;
        token.is(Kind::Word).then(|| (at, token.word()))
    }

    /// Where the longest of the phrases begins that ends before `end`.
    fn phrase_before(&self, end: usize, phrases: &Both<&[&str]>) -> Option<usize> {
        let begin = |phrase: &&str| {
            let mut at = end;
            for expected in phrase.rsplit(' ') {
                let (before, word) = self.word_before(at)?;
                if word != expected {
                    return None;
                }
                at = before;
            }
            Some(at)
        };
        phrases.da.iter().chain(phrases.en).filter_map(begin).min()
    }

    /// Does a part of the subject begin at `at`?
    fn is_boundary(&self, at: usize) -> bool {
        self.before(at, |token| token.is(Kind::Blank))
            .is_none_or(|(_, token)| !matches!(token.kind, Kind::Word | Kind::Kept | Kind::Citizen))
    }
}

/// What stands before a number.
enum Left {
    /// Nothing, or a mark that begins a part of the subject.
    Boundary { mark: bool, sentence: bool },
    /// A word that leads to what the mail is about; it begins there.
    Lead(usize),
    /// A word after which another one must follow.
    Needs(String),
    /// A word or a sign that can do without.
    Plain,
}

/// What stands after a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Verb,
    And,
    Attribute,
    Relative,
    Other,
}

struct Writer<'a, 'c> {
    case: &'c Case<'a>,
    input: &'c [Token<'c>],
    at: usize,
    out: Out<'c>,
    /// The language of the subject, once it was asked for.
    language: OnceCell<Language>,
}

impl<'c> Writer<'_, 'c> {
    fn next(&self) -> Option<Token<'c>> {
        self.input.get(self.at).copied()
    }

    fn skip_blank(&mut self) -> Option<Token<'c>> {
        let blank = self.next().filter(|token| token.is(Kind::Blank))?;
        self.at += 1;
        Some(blank)
    }

    /// The index of the first token from `at` on that is no blank.
    fn after_blank(&self, at: usize) -> usize {
        if self.input.get(at).is_some_and(|token| token.is(Kind::Blank)) { at + 1 } else { at }
    }

    /// Takes out the number that was just read.
    fn take_out(&mut self) {
        let mut several = false;
        let mut named = false;
        loop {
            if self.skip_next_of_list() {
                several = true;
                continue;
            }
            if self.skip_name_in_brackets() || self.pop_brackets() {
                continue;
            }
            match self.pop_names() {
                Names::None => break,
                Names::Popped => named = true,
                Names::Kept => return self.close_gap(Gap { label: true, ..Gap::default() }),
            }
        }
        if named {
            self.pop_with();
        } else if let Some((at, _)) = self.out.word_before(self.out.len()).filter(|(_, word)| POINTERS.has(word)) {
            self.out.truncate(at);
        }
        if self.skip_joint_to_kept() {
            return;
        }
        self.fill(several);
    }

    /// Puts a word in the place of the number, or closes the gap.
    fn fill(&mut self, several: bool) {
        let mut led = false;
        loop {
            let genitive = self.genitive();
            let right = self.right();
            let left = self.left();
            if !matches!(left, Left::Plain) && self.unwrap_person() {
                return;
            }
            match left {
                Left::Lead(begin) => {
                    if genitive > 0 || matches!(right, Right::And | Right::Attribute | Right::Relative) {
                        return self.insert(None, several, genitive, false);
                    }
                    self.out.truncate(begin);
                    self.pop_brackets();
                    led = true;
                }
                Left::Needs(word) => return self.insert(language(&word), several, genitive, false),
                Left::Boundary { mark, sentence } => {
                    let starts_a_clause = match right {
                        Right::Verb | Right::And => true,
                        Right::Attribute | Right::Relative => !mark,
                        Right::Other => genitive > 0,
                    };
                    if starts_a_clause {
                        return self.insert(None, several, genitive, sentence);
                    }
                    return self.close_gap(Gap { sentence, led, label: false });
                }
                Left::Plain if genitive > 0 => {
                    // "Anne 010203-1234s sag": the ending belongs to the name.
                    return self.out.trim(&[Kind::Blank]);
                }
                Left::Plain => return self.close_gap(Gap { led, ..Gap::default() }),
            }
        }
    }

    /// "010203-1234 (mor)": the person takes the place of the number, without the brackets.
    fn unwrap_person(&mut self) -> bool {
        let opens = self.after_blank(self.at);
        let Some([open, person, close]) = self.input.get(opens..opens + 3) else { return false };
        if !open.is(Kind::Open) || !close.closes(open) || !PERSONS.has(&person.word()) {
            return false;
        }
        self.out.capital |= self.out.words == 0;
        self.space();
        self.out.push(*person);
        self.at = opens + 3;
        true
    }

    /// Skips the next number of a list, with what joins and names it: `, `, ` og cpr-nr. `, `; (` … `)`.
    fn skip_next_of_list(&mut self) -> bool {
        let mut at = self.at;
        let mut open = None;
        for _ in 0..JOINT {
            let Some(token) = self.input.get(at) else { return false };
            at += 1;
            match token.kind {
                Kind::Number => {
                    if let Some(open) = open {
                        if !self.input.get(at).is_some_and(|close| close.closes(open)) {
                            return false;
                        }
                        at += 1;
                    }
                    self.at = at;
                    return true;
                }
                Kind::Blank | Kind::Separator | Kind::Stop => {}
                Kind::Open if open.is_none() => open = Some(token),
                Kind::Word => {
                    let word = token.word();
                    if !AND.has(&word) && !is_name(&word) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        false
    }

    /// Skips brackets that hold nothing but the name of the number: `010203-1234 (cpr)`.
    fn skip_name_in_brackets(&mut self) -> bool {
        let opens = self.after_blank(self.at);
        let name = self.input.get(opens + 1).filter(|name| name.is(Kind::Word));
        let pair = self.input.get(opens).zip(self.input.get(opens + 2));
        let encloses = pair.is_some_and(|(open, close)| open.is(Kind::Open) && close.closes(open));
        let skips = encloses && name.is_some_and(|name| is_name(&name.word()));
        if skips {
            self.at = opens + 3;
        }
        skips
    }

    /// Beside a number that stays only the joint goes: `010203-1234 og …`, `… og 010203-1234`.
    fn skip_joint_to_kept(&mut self) -> bool {
        let is_joint =
            |token: &Token<'_>| token.is(Kind::Separator) || (token.is(Kind::Word) && AND.has(&token.word()));
        let joint = self.after_blank(self.at);
        let kept = self.after_blank(joint + 1);
        let is_kept = |at: usize| self.input.get(at).is_some_and(|token| token.is(Kind::Kept));
        if is_kept(joint) {
            self.at = joint;
            return true;
        }
        if self.input.get(joint).is_some_and(is_joint) && is_kept(kept) {
            self.at = kept;
            return true;
        }
        let blank = |token: &Token<'c>| token.is(Kind::Blank);
        let Some((joint, token)) = self.out.before(self.out.len(), blank) else { return false };
        let before = self.out.before(joint, blank);
        if is_joint(&token) && before.is_some_and(|(_, token)| token.is(Kind::Kept)) {
            self.out.truncate(joint);
            self.close_gap(Gap::default());
            return true;
        }
        false
    }

    /// Pops an opening bracket, and skips the closing one, where nothing is left between them.
    fn pop_brackets(&mut self) -> bool {
        let Some((opens, open)) = self.out.before(self.out.len(), |token| token.is(Kind::Blank)) else { return false };
        let closes = self.after_blank(self.at);
        if open.is(Kind::Open) && self.input.get(closes).is_some_and(|close| close.closes(&open)) {
            self.out.truncate(opens);
            self.at = closes + 1;
            return true;
        }
        false
    }

    /// Pops the words that name the number, with the marks between: `cpr.-nr.: `.
    fn pop_names(&mut self) -> Names {
        let introduces = |token: &Token<'c>| {
            token.is(Kind::Blank) || matches!(token.text, ":" | "." | "=" | "-" | "–" | "/" | "#" | "№")
        };
        let end_before = |end: usize| self.out.before(end, introduces).map(|(at, _)| at + 1);
        let name_before = |end: usize| {
            let end = end_before(end)?;
            let phrase = self.out.phrase_before(end, &NAMES);
            let word = || self.out.word_before(end).filter(|(_, word)| is_name(word) || DATES.has(word));
            Some((phrase.or_else(|| word().map(|(at, _)| at))?, end))
        };
        let mut run: Option<(usize, usize)> = None;
        let mut at = self.out.len();
        let copula = end_before(at).and_then(|end| self.out.word_before(end)).filter(|(_, word)| COPULAS.has(word));
        if let Some((copula, _)) = copula {
            if name_before(copula).is_some() {
                at = copula;
            } else if self.is_named_near(copula) {
                self.out.truncate(copula);
                return Names::Kept;
            }
        }
        for _ in 0..JOINT {
            let Some((begin, end)) = name_before(at) else { break };
            run = Some((begin, run.map_or(end, |(_, end)| end)));
            at = begin;
        }
        let Some((begin, end)) = run else { return self.pop_number_sign() };
        let last = self.out.word_before(end).map(|(_, word)| word);
        let born = last.is_some_and(|word| BIRTH.has(&word)) && self.place_follows();
        if born || self.out.phrase_before(begin, &QUALIFIERS).is_some() {
            // The full stop of "nr." stays with it.
            let stop = self.out.tokens.get(end).is_some_and(|token| token.text == ".");
            self.out.truncate(end + usize::from(stop));
            return Names::Kept;
        }
        self.out.truncate(begin);
        Names::Popped
    }

    /// Does one of the words right before `end` name a number: "CPR-nummeret på min søn er"?
    fn is_named_near(&self, end: usize) -> bool {
        let near = self.out.tokens.get(end.saturating_sub(JOINT)..end).unwrap_or_default();
        near.iter().any(|token| token.is(Kind::Word) && is_name(&token.word()))
    }

    /// Do a preposition and a name follow, "i Odense"?
    fn place_follows(&self) -> bool {
        let preposition = self.after_blank(self.at);
        let name = self.input.get(self.after_blank(preposition + 1));
        self.right() == Right::Attribute && name.is_some_and(|name| name.text.starts_with(char::is_uppercase))
    }

    /// Pops a sign for "number" right before the number.
    fn pop_number_sign(&mut self) -> Names {
        if self.out.last().is_some_and(|last| matches!(last.text, "#" | "№")) {
            self.out.truncate(self.out.len() - 1);
            return Names::Popped;
        }
        Names::None
    }

    /// Pops the "med" of "borger med cpr-nr. …".
    fn pop_with(&mut self) {
        if let Some((with, word)) = self.out.word_before(self.out.len())
            && WITH.has(&word)
            && self.out.word_before(with).is_some_and(|(_, person)| PERSONS.has(&person))
        {
            self.out.truncate(with);
        }
    }

    fn left(&self) -> Left {
        let Some((at, token)) = self.out.before(self.out.len(), |token| token.is(Kind::Blank)) else {
            return Left::Boundary { mark: false, sentence: false };
        };
        match token.kind {
            Kind::Word => self.left_word(at, token.word()),
            Kind::Separator => self.marked(at, token),
            Kind::Stop if token.text == "." => self.marked(at, token),
            Kind::Stop => Left::Boundary { mark: false, sentence: true },
            Kind::Open => Left::Boundary { mark: false, sentence: false },
            Kind::Sign if self.out.words == 0 => Left::Boundary { mark: false, sentence: false },
            _ => Left::Plain,
        }
    }

    /// After a mark: the word before it may be a lead ("Vedr.:") or an abbreviation ("mht.").
    fn marked(&self, at: usize, mark: Token<'c>) -> Left {
        let is_mark = |token: &Token<'c>| token.is(Kind::Blank) || token.is(Kind::Separator) || token.text == ".";
        let boundary = |sentence| Left::Boundary { mark: mark.is(Kind::Separator), sentence };
        let Some((before, token)) = self.out.before(at, is_mark).filter(|(_, token)| token.is(Kind::Word)) else {
            return boundary(false);
        };
        let word = token.word();
        if LEADS.has(&word) && self.out.is_boundary(before) {
            return Left::Lead(before);
        }
        let label = matches!(mark.text, ":" | ".") && before + 1 == at;
        if label && (LEADS.has(&word) || PREPOSITIONS.has(&word)) {
            return Left::Needs(word);
        }
        boundary(mark.is(Kind::Stop) && word.chars().count() >= SENTENCE_WORD)
    }

    fn left_word(&self, at: usize, word: String) -> Left {
        if LEADS.has(&word) && self.out.is_boundary(at) {
            Left::Lead(at)
        } else if needs_a_word(&word) {
            Left::Needs(word)
        } else {
            Left::Plain
        }
    }

    fn right(&self) -> Right {
        let at = self.after_blank(self.at);
        let Some(token) = self.input.get(at) else { return Right::Other };
        match token.kind {
            Kind::Word => {
                let word = token.word();
                if SUBJECT_VERBS.has(&word) {
                    Right::Verb
                } else if AND.has(&word) && self.input.get(self.after_blank(at + 1)).is_some() {
                    Right::And
                } else if ATTRIBUTES.has(&word) {
                    Right::Attribute
                } else {
                    Right::Other
                }
            }
            Kind::Separator if token.text == "," => {
                let next = self.input.get(self.after_blank(at + 1));
                let relative = next.is_some_and(|next| next.is(Kind::Word) && RELATIVES.has(&next.word()));
                if relative { Right::Relative } else { Right::Other }
            }
            _ => Right::Other,
        }
    }

    /// How many tokens of a genitive ending follow without a blank: `s`, `'s`.
    fn genitive(&self) -> usize {
        let text = |ahead: usize| self.input.get(self.at + ahead).map(|token| token.text);
        match (text(0), text(1)) {
            (Some("s"), _) => 1,
            (Some("'" | "’"), Some("s")) => 2,
            _ => 0,
        }
    }

    /// Writes a blank where a word cannot follow without one.
    fn space(&mut self) {
        let glued = self.out.last().is_some_and(|last| {
            matches!(last.kind, Kind::Word | Kind::Kept | Kind::Citizen | Kind::Close | Kind::Stop)
                || matches!(last.text, "," | ";" | ":")
        });
        if glued {
            self.out.blank();
        }
    }

    /// Puts the policy's word for a citizen in the place of the number.
    fn insert(&mut self, language: Option<Language>, several: bool, genitive: usize, sentence: bool) {
        let language = language.unwrap_or_else(|| self.language());
        self.space();
        self.out.capital |= sentence || self.out.words == 0;
        self.out.push(Token::new(Kind::Citizen, self.case.policy.citizen(several, language)));
        if genitive > 0 {
            self.at += genitive;
            self.out.push(Token::new(Kind::Citizen, language.pick("s", "'s")));
        }
        match self.next().map(|next| next.kind) {
            Some(Kind::Word | Kind::Kept | Kind::Open | Kind::Sign) => self.out.blank(),
            Some(Kind::Blank) if self.at + 1 == self.input.len() => self.at += 1,
            _ => {}
        }
    }

    /// Closes the gap where the number stood. Of the marks on both sides one stays: the one after the number, or the one
    /// before it if the number had a lead of its own there; none where nothing follows or nothing is before.
    fn close_gap(&mut self, gap: Gap) {
        const GAP: &[Kind] = &[Kind::Blank, Kind::Separator];
        let left_blank = self.out.last().filter(|last| last.is(Kind::Blank));
        self.out.trim(&[Kind::Blank]);
        if self.out.words == 0 {
            self.out.trim(&[Kind::Separator, Kind::Blank, Kind::Stop]);
        }
        self.out.capital |= gap.sentence || self.out.words == 0;
        loop {
            let right_blank = self.skip_blank();
            let Some(next) = self.next() else { return self.out.trim(&[Kind::Blank, Kind::Separator, Kind::Open]) };
            match next.kind {
                Kind::Close if self.out.open == 0 => self.at += 1,
                Kind::Close => return self.out.trim(GAP),
                Kind::Stop => {
                    self.out.trim(GAP);
                    if self.out.len() > 0 && !self.out.ends_in(&[Kind::Open, Kind::Stop]) {
                        return;
                    }
                    self.at += 1;
                }
                Kind::Separator => {
                    let end = self.end_of_separators();
                    let nothing_follows =
                        self.input.get(end).is_none_or(|token| matches!(token.kind, Kind::Close | Kind::Stop));
                    let nothing_before = self.out.words == 0
                        || self.out.ends_in(&[Kind::Open])
                        || (!gap.label && self.out.ends_in(&[Kind::Stop]))
                        || (gap.led && self.out.ends_in(&[Kind::Separator]));
                    let before_end = self.input.get(end - 1).filter(|token| token.is(Kind::Blank));
                    self.at =
                        if nothing_before && !nothing_follows { end - usize::from(before_end.is_some()) } else { end };
                    if !nothing_before && !nothing_follows {
                        self.out.trim(GAP);
                        return self.separate(next, left_blank, right_blank, before_end.copied());
                    }
                }
                Kind::Open => {
                    self.out.trim(GAP);
                    if self.out.len() > 0 && !self.out.ends_in(&[Kind::Open]) {
                        self.out.blank();
                    }
                    return;
                }
                _ => return self.join(left_blank, right_blank, gap.led),
            }
        }
    }

    fn end_of_separators(&self) -> usize {
        let rest = self.input.get(self.at..).unwrap_or_default();
        self.at + rest.iter().take_while(|token| matches!(token.kind, Kind::Blank | Kind::Separator)).count()
    }

    /// Writes the separator that stood after the number, as it was written.
    fn separate(
        &mut self,
        separator: Token<'c>,
        left: Option<Token<'c>>,
        before: Option<Token<'c>>,
        after: Option<Token<'c>>,
    ) {
        let list = matches!(separator.text, "," | ";" | ":");
        if !list && before.is_none() && after.is_none() && left.is_some() {
            // "Notat 010203-1234/mor": the mark joined the number to the next word.
            return self.out.blank();
        }
        if let Some(blank) = before.filter(|_| !list) {
            self.out.push(blank);
        }
        self.out.push(separator);
        if let Some(blank) = after {
            self.out.push(blank);
        }
    }

    /// Joins two words, or a mark before the number with the word after it.
    fn join(&mut self, left: Option<Token<'c>>, right: Option<Token<'c>>, led: bool) {
        if self.out.len() == 0 || self.out.ends_in(&[Kind::Open]) {
            return;
        }
        let is_line = |blank: Token<'c>| blank.text == "_";
        let blank = left.into_iter().chain(right).next();
        match self.out.last() {
            Some(last) if last.text == ":" && !led => {
                // "Plejeplan: 010203-1234 haster": the colon led to the number.
                self.out.trim(&[Kind::Separator, Kind::Blank]);
                self.out.blank();
            }
            Some(last) if last.is(Kind::Separator) && left.is_none() && right.is_some() => {
                // "Notat/010203-1234 haster": the mark joined the number to the word before.
                self.out.trim(&[Kind::Separator]);
                self.out.blank();
            }
            Some(last) if last.is(Kind::Separator) => {
                if left.is_some() || matches!(last.text, "," | ";" | ":") {
                    self.out.blank();
                }
            }
            _ if blank.is_some_and(is_line) && right.is_none_or(is_line) => self.out.push(Token::new(Kind::Blank, "_")),
            _ => self.out.blank(),
        }
    }

    /// The language of the subject, by its words; in doubt that of the user.
    fn language(&self) -> Language {
        *self.language.get_or_init(|| {
            let words = self.input.iter().filter(|token| token.is(Kind::Word)).take(TELLING_WORDS);
            let languages = words.filter_map(|token| language(&token.word()));
            match languages.map(|language| language.pick(1, -1)).sum::<i32>() {
                1.. => Language::Da,
                0 => self.case.language,
                _ => Language::En,
            }
        })
    }

    /// Writes the result; where it does not say what the mail is about, the policy's neutral subject before what is left.
    fn finish(&self, text: &mut String) {
        let tokens = &self.out.tokens;
        let asides = asides(tokens);
        let parts = || tokens.iter().zip(&asides);
        let says = |token: &Token<'_>| match token.kind {
            Kind::Kept | Kind::Citizen => true,
            Kind::Word => says_something(&token.word()),
            _ => false,
        };
        if parts().any(|(token, aside)| !aside && says(token)) {
            return tokens.iter().for_each(|token| token.write(text));
        }
        let signs = tokens.iter().take_while(|token| token.is(Kind::Blank) || is_picture(token)).count();
        let hollow = |token: &Token<'_>| match token.kind {
            Kind::Word => is_hollow(&token.word()),
            Kind::Sign => is_picture(token),
            _ => true,
        };
        let start = parts().position(|(token, aside)| if *aside { !token.is(Kind::Blank) } else { !hollow(token) });
        let rest = start.and_then(|start| tokens.get(start..)).unwrap_or_default();
        for token in tokens.iter().take(signs) {
            text.push_str(token.text);
        }
        if signs > 0 && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        text.push_str(self.case.policy.neutral_subject(self.language()));
        if let Some((first, others)) = rest.split_first() {
            text.push_str(if first.is(Kind::Word) { ", " } else { " " });
            text.push_str(&first.uncapitalised());
            others.iter().for_each(|token| text.push_str(token.text));
        }
    }
}

/// Which tokens stand in brackets or belong to a tag with `#`.
fn asides(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut depth = 0_usize;
    let mut tag = false;
    let aside = |token: &Token<'_>| {
        depth += usize::from(matches!(token.text, "(" | "[" | "{" | "<"));
        let aside = depth > 0 || tag || token.text == "#";
        depth -= usize::from(depth > 0 && matches!(token.text, ")" | "]" | "}" | ">"));
        tag = token.text == "#";
        aside
    };
    tokens.iter().map(aside).collect()
}

/// Is it a picture such as 📎, and no sign of a word, as `#` and `§`?
fn is_picture(token: &Token<'_>) -> bool {
    token.is(Kind::Sign) && token.text.starts_with(|c| c >= FIRST_PICTURE)
}

/// The first character of the blocks of symbols.
const FIRST_PICTURE: char = '\u{2190}';

/// How a gap is closed.
#[derive(Clone, Copy, Default)]
struct Gap {
    /// A sentence begins there.
    sentence: bool,
    /// A lead of the number was popped.
    led: bool,
    /// The name of the number stays: "Barnets cpr-nr.".
    label: bool,
}

/// What happened to the words that name a number.
enum Names {
    None,
    Popped,
    Kept,
}

//! The words around a number, and what kind of number they say it is.

use super::lexicon::{AMOUNTS, CPR_PHRASES, ENDINGS, LINKS, NOUN_ENDINGS, NUMBER_ENDINGS, WEEKDAYS, beginning_with};
use super::word_list::WordList;
use crate::text::{fold, lower_char, sym};

/// What the words around a number say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Says {
    /// Nothing.
    #[default]
    Nothing,
    /// That it is a CPR number: "cpr-nr.", "personnummer".
    Cpr,
    /// That it belongs to a person: "borger", "født".
    Person,
    /// That it is a number which can be mistaken for a CPR number, or used in its place: "P-nr.", "konto", "kundenr.".
    Unsure,
    /// That it is the number of a production unit: "P-nr.".
    ProductionUnit,
    /// That it is one of a row of things which are numbered or dated: "projekt", "prøve".
    Series,
    /// That it is a number of another kind: "faktura", "EAN".
    Other,
}

impl Says {
    /// Its name in the documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Cpr => "CPR",
            Self::Person => "person",
            Self::Unsure => "unsure",
            Self::ProductionUnit => "production unit",
            Self::Series => "series",
            Self::Other => "other",
        }
    }
}

/// The words that say what a number is: the built-in lists, and those of the policy.
///
/// A word is compared without case, full stops and hyphens; several words stand with spaces between them;
/// `*` at its end or start stands for anything, `~` at its end for the endings of a noun. A word also matches when
/// "nr" or "nummer" is added to it; with `#` at the end it matches only then. With `=` at the start its hyphens matter: "P-nr." is the number of a
/// production unit, "pnr." more often a personal number.
#[derive(Clone, Debug, Default)]
pub struct ContextWords {
    cpr: Vec<String>,
    other: Vec<String>,
}

/// How many words may stand between "cpr" and the number: "cpr-nummer på den ældste borger er 010203 1234".
const CPR_REACH: usize = 6;
/// How many words may stand between "borger" and the number: "borger Jens Hansen, 0102031234".
const PERSON_REACH: usize = 3;
/// How many symbols before a number are looked at.
pub(super) const BEFORE: usize = 80;
/// How many symbols after a number are looked at.
pub(super) const AFTER: usize = 40;

/// What the words of a text may be, as far as a few letters of each say: too much, and never too little.
#[derive(Clone, Copy, Default)]
pub(super) struct Hints {
    /// A word may name a CPR number.
    pub(super) names_cpr: bool,
    /// A word may name one with a slip in it, or one that is split by words.
    pub(super) slip: bool,
}

/// Letters that stand side by side in every word of a kind, at each place one of a few. A full stop or a hyphen may join
/// parts: "C.P.R.", "SS-N".
type Row = &'static [&'static [u8]];

/// Rows of the words that may name a CPR number.
const NAMES: [Row; 8] = [
    &[b"c", b"pi.-"],
    &[b"s.-", b"o", b"c"],
    &[b"s", b"s", b"n.-"],
    &[b"i.-", b"s", b"h"],
    &[b"i.-", b"t", b"y"],
    &[b"p", b"e", b"r", b"s"],
    &[b"f", b"o\xf8", b"de"],
    &[b"i", b"o", b"n"],
];

/// Rows of the words that may name one with a slip in it, or one that is split by words.
const SLIPS: [Row; 3] = [&[b"c", b"p"], &[b"d", b"s", b"t"], &[b"\xf8", b"b", b"e"]];

/// All rows, read at once: each place of each row has a bit.
struct Bits {
    /// The places at which a letter stands.
    places: [u32; 256],
    first_places: u32,
    last_of_names: u32,
    last_of_slips: u32,
}

static BITS: Bits = {
    let mut bits = Bits { places: [0; 256], first_places: 0, last_of_names: 0, last_of_slips: 0 };
    let mut free = 0;
    bits.last_of_names = bits.add(&NAMES, &mut free);
    bits.last_of_slips = bits.add(&SLIPS, &mut free);
    bits
};

impl Bits {
    /// Gives each place of these rows a bit, from the lowest that is free on, and returns the last places of them.
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
    const fn add(&mut self, rows: &[Row], free: &mut u32) -> u32 {
        let (mut last, mut row) = (0, 0);
        while row < rows.len() {
            self.first_places |= 1 << *free;
            let mut place = 0;
            while place < rows[row].len() {
                let mut letter = 0;
                while letter < rows[row][place].len() {
                    let code = rows[row][place][letter];
                    self.places[code as usize] |= 1 << *free;
                    if sym::is_letter(code) {
                        self.places[code as usize - 0x20] |= 1 << *free;
                    }
                    letter += 1;
                }
                *free += 1;
                place += 1;
            }
            last |= 1 << (*free - 1);
            row += 1;
        }
        last
    }
}

impl ContextWords {
    pub(super) fn hints(&self, codes: impl IntoIterator<Item = u8>) -> Hints {
        let (mut read, mut seen) = (0, 0);
        for code in codes {
            let places = BITS.places.get(usize::from(code)).copied().unwrap_or_default();
            read = (read << 1 | BITS.first_places) & places;
            seen |= read;
        }
        Hints {
            names_cpr: !self.cpr.is_empty() || seen & BITS.last_of_names != 0,
            slip: seen & BITS.last_of_slips != 0,
        }
    }

    /// May a word name a CPR number, in a line of bytes without strange ones?
    pub(super) fn may_name_cpr(&self, text: &[u8]) -> bool {
        let code = |byte| match byte {
            // Of ø in two bytes the second one.
            0x98 | 0xb8 => 0xf8,
            // What else is beyond ASCII may be a hyphen or a full stop.
            b'~' | 0x80.. => b'-',
            ascii => ascii,
        };
        self.hints(text.iter().filter(|&&byte| byte != 0xc3).map(|&byte| code(byte))).names_cpr
    }

    /// Adds words which mark a number as a CPR number.
    #[must_use]
    pub fn with_cpr(mut self, words: &[String]) -> Self {
        self.cpr.extend(words.iter().map(|word| in_normal_form(word)));
        self
    }

    /// Adds words which mark a number as something else than a CPR number.
    #[must_use]
    pub fn with_other(mut self, words: &[String]) -> Self {
        self.other.extend(words.iter().map(|word| in_normal_form(word)));
        self
    }

    /// What the words before and after a number say; the nearest word before it has the first say.
    ///
    /// `dated` where its first digits are the date of a near day: "søn" and "mand" before it are days of the week.
    /// `unnamed` where certainly no word names a CPR number.
    pub(super) fn say(&self, before: &[u8], after: &[u8], dated: bool, unnamed: bool) -> Says {
        let reach = if unnamed { PERSON_REACH } else { CPR_REACH };
        match self.say_before(before, dated, reach) {
            Says::Nothing => self.say_after(after),
            says => says,
        }
    }

    /// Does a word with "cpr" in it name what stands right after this text?
    pub(super) fn names_cpr(&self, before: &[u8]) -> bool {
        let mut words = Before::new(before);
        let word = words.find(|word| !word.is_any(LINKS));
        word.is_some_and(|word| {
            words.crossed == 0
                && word.letters().windows(3).any(|part| part == b"cpr")
                && !word.is_about_cpr()
                && self.classify(&word, words.rest) == Says::Cpr
        })
    }

    /// What the heading of a column says that the numbers below are.
    pub(crate) fn heading(&self, text: &str) -> Says {
        let codes: Vec<u8> = fold(text).map(|symbol| symbol.code).collect();
        self.say_before(&codes, false, CPR_REACH)
    }

    fn say_before(&self, before: &[u8], dated: bool, reach: usize) -> Says {
        let mut words = Before::new(before);
        let mut gap = 0;
        let mut named = false;
        let mut person = Says::Nothing;
        while let Some(mut word) = words.next() {
            if gap > reach {
                break;
            }
            if word.is_any(LINKS) {
                named |= word.is_any(NUMBER_ENDINGS);
                continue;
            }
            if gap == 0 && ((dated && word.is_any(WEEKDAYS)) || (word.is_any(AMOUNTS) && words.ends_in_digit())) {
                continue;
            }
            word.named = named;
            match self.classify(&word, words.rest) {
                // "CPR-kursus" is about the register.
                Says::Cpr if words.crossed <= 2 && word.is_about_cpr() => person = Says::Person,
                Says::Cpr if words.crossed <= 2 || (words.crossed == 8 && word.letters().starts_with(b"cvr")) => {
                    return Says::Cpr;
                }
                Says::Person if gap <= PERSON_REACH && words.crossed == 0 => person = Says::Person,
                // "CPR/CVR": the word before has its say too.
                Says::Other if words.rest.ends_with(b"/") => {}
                says @ (Says::Unsure | Says::ProductionUnit | Says::Series | Says::Other)
                    if gap == 0 && words.crossed == 0 =>
                {
                    return says;
                }
                _ => {}
            }
            gap += 1;
        }
        person
    }

    /// The word right after a number, unless it names the next one.
    fn say_after(&self, after: &[u8]) -> Says {
        let mut rest = after;
        let mut linked = 0;
        loop {
            let start = rest.iter().position(|&code| sym::is_letter(code) || sym::digit(code).is_some());
            rest = start.and_then(|start| rest.get(start..)).unwrap_or_default();
            let length = word_length(rest);
            let (written, follows) = rest.split_at_checked(length).unwrap_or_default();
            rest = follows;
            let word = Word::new(written);
            if word.is_any(LINKS) {
                linked = 1;
                continue;
            }
            let names_the_next = follows
                .iter()
                .take(12)
                .find(|&&code| !matches!(code, b' ' | b'.' | b':' | b'#' | b'=' | b'(' | b'-' | b'+' | b'n' | b'r'))
                .is_some_and(|&code| sym::digit(code).is_some());
            return match self.classify(&word, &[]) {
                _ if names_the_next => Says::Nothing,
                says @ (Says::Cpr | Says::Other) => says,
                // "… er borgerens cpr"
                _ if linked == 1 => {
                    linked = 2;
                    continue;
                }
                _ => Says::Nothing,
            };
        }
    }

    fn classify(&self, word: &Word, before: &[u8]) -> Says {
        let policy = |list: &[String]| list.iter().any(|known| word.ends(known, before));
        let phrase = |[first, last]: &[&str; 2]| {
            word.letters() == last.as_bytes()
                && (Before::new(before)).next().is_some_and(|word| word.letters() == first.as_bytes())
        };
        let (first, second) = match word.letters() {
            [first, second, ..] => (*first, *second),
            [first] => (*first, 0),
            [] => return Says::Nothing,
        };
        if policy(&self.cpr) || CPR_PHRASES.iter().any(phrase) {
            return Says::Cpr;
        }
        // Two letters decide nearly all of them.
        let may_be = |known: &[u8]| match known {
            [b'=', ..] | [_, b'*' | b'#' | b'~', ..] | [_] => true,
            [_, known, ..] => *known == second,
            [] => false,
        };
        let listed = beginning_with(first).find(|(known, _)| may_be(known) && word.is(known)).map(|found| found.1);
        let by_ending = |of_cpr: bool| {
            let may_be = |ending: &str| ending.as_bytes().last() == word.letters().last();
            let mut endings = ENDINGS.iter().filter(|(ending, says)| (*says == Says::Cpr) == of_cpr && may_be(ending));
            endings.find(|(ending, _)| word.is(ending.as_bytes())).map(|found| found.1)
        };
        // A word of CPR numbers has its say before one of others, and a listed word before an ending.
        let says = match listed {
            Some(Says::Cpr) => listed,
            _ => by_ending(true).or(listed).or_else(|| by_ending(false)),
        };
        let says = says.unwrap_or(Says::Nothing);
        if says != Says::Cpr && policy(&self.other) { Says::Other } else { says }
    }
}

/// Does the text before a number end in one of these words?
pub(super) fn ends_in(before: &[u8], list: &WordList) -> bool {
    let mut words = Before::new(before);
    words.next().is_some_and(|word| words.crossed == 0 && list.contains(word.letters()))
}

/// Does one of the words before a number end in one of these?
pub(super) fn has_word_ending_in(before: &[u8], list: &WordList) -> bool {
    Before::new(before).any(|word| list.stems_of(word.letters()).next().is_some())
}

/// The most bytes of a word that are compared.
const LONGEST: usize = 48;

/// A word of a text in normal form: UTF-8, small letters only.
pub(super) struct Word {
    letters: [u8; LONGEST],
    length: usize,
    /// How much of it stands before an ending such as "nr"; 0 if it has none.
    stem: usize,
    /// Where it has a hyphen, in bytes of `letters`; 0 if it has none.
    hyphen: usize,
    /// Did "nr" or "nummer" follow as a word of its own?
    named: bool,
}

impl Word {
    pub(super) fn new(written: &[u8]) -> Self {
        let mut word = Self { letters: [0; LONGEST], length: 0, stem: 0, hyphen: 0, named: false };
        for &code in written {
            match code {
                b'-' => word.hyphen = word.length,
                b'.' => {}
                code => word.push(sym::lower(code)),
            }
        }
        let letters = word.letters();
        let last = letters.last();
        let ends_in = |ending: &&&str| ending.as_bytes().last() == last && letters.ends_with(ending.as_bytes());
        let ending = NUMBER_ENDINGS.iter().find(ends_in);
        word.stem = ending.map_or(0, |ending| letters.len() - ending.len());
        word
    }

    fn push(&mut self, code: u8) {
        if let (0..0x80, Some(place)) = (code, self.letters.get_mut(self.length)) {
            *place = code;
            self.length += 1;
            return;
        }
        // A letter outside Latin-1 is in no list; any byte that is no letter does.
        let c = if code == sym::OTHER_LETTER { '?' } else { char::from(code) };
        let mut buffer = [0; 4];
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            if let Some(place) = self.letters.get_mut(self.length) {
                *place = byte;
                self.length += 1;
            }
        }
    }

    pub(super) fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// Is it a compound of "cpr" and something else than "nr"?
    fn is_about_cpr(&self) -> bool {
        let rest = self.letters().strip_prefix(b"cpr").filter(|_| self.hyphen == 3).unwrap_or_default();
        !rest.is_empty() && !NUMBER_ENDINGS.iter().any(|ending| rest.starts_with(ending.as_bytes()))
    }

    /// Is it one of these words, which stand for nothing but themselves?
    fn is_any(&self, list: &[&str]) -> bool {
        let letters = self.letters();
        list.iter().map(|known| known.as_bytes()).any(|known| known.first() == letters.first() && known == letters)
    }

    /// Is it this known word, see [`ContextWords`]?
    fn is(&self, known: &[u8]) -> bool {
        let letters = self.letters();
        let stem = letters.get(..self.stem).filter(|stem| !stem.is_empty());
        match known {
            [b'=', known @ ..] => self.is_with_hyphen(known),
            [b'*', ending @ ..] => {
                letters.last() == ending.last() && letters.len() > ending.len() && letters.ends_with(ending)
            }
            [known @ .., b'#'] => stem == Some(known) || (self.named && letters == known),
            [noun @ .., b'~'] => letters
                .strip_prefix(noun)
                .is_some_and(|ending| NOUN_ENDINGS.iter().any(|known| known.as_bytes() == ending)),
            [start @ .., b'*'] => letters.starts_with(start),
            known => letters == known || stem == Some(known),
        }
    }

    /// The same with the hyphen in its place: "p-nr" is not "pnr".
    fn is_with_hyphen(&self, known: &[u8]) -> bool {
        let hyphen = known.iter().position(|&byte| byte == b'-').unwrap_or(0);
        let (start, end) = known.split_at_checked(hyphen).unwrap_or_default();
        let (letters_before, letters_after) = self.letters().split_at_checked(hyphen).unwrap_or_default();
        let end = end.strip_prefix(b"-").unwrap_or(end);
        let same_end = match end {
            [end @ .., b'*'] => letters_after.starts_with(end),
            end => letters_after == end,
        };
        self.hyphen == hyphen && letters_before == start && same_end
    }

    /// Is it this known word, or the last of these known words?
    fn ends(&self, known: &str, before: &[u8]) -> bool {
        let mut parts = known.rsplit(' ');
        let mut before = Before::new(before);
        parts.next().is_some_and(|last| self.is(last.as_bytes()))
            && parts.all(|part| before.next().is_some_and(|word| word.is(part.as_bytes())) && before.crossed == 0)
    }
}

/// A known word as words of a text are compared with it: small letters, no full stops, and hyphens only after `=`.
fn in_normal_form(known: &str) -> String {
    let hyphens = known.trim_start().starts_with('=');
    let kept = |&c: &char| c.is_alphabetic() || matches!(c, '*' | '#' | '~' | '=') || (hyphens && c == '-');
    let words: Vec<String> =
        known.split_whitespace().map(|word| word.chars().filter(kept).map(lower_char).collect()).collect();
    words.join(" ")
}

/// The words of a text from its end, and how many digits were passed.
struct Before<'a> {
    rest: &'a [u8],
    crossed: usize,
}

impl<'a> Before<'a> {
    fn new(before: &'a [u8]) -> Self {
        Self { rest: before, crossed: 0 }
    }

    /// Does a digit come before what was read, as that of "1500 kr."?
    fn ends_in_digit(&self) -> bool {
        self.rest.iter().rev().find(|&&code| code != b' ').is_some_and(|&code| sym::digit(code).is_some())
    }
}

impl Iterator for Before<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut after = b' ';
        while let Some((&last, rest)) = self.rest.split_last() {
            if sym::is_letter(last) {
                let start = word_start(self.rest);
                let (rest, written) = self.rest.split_at_checked(start)?;
                self.rest = rest;
                let mut word = Word::new(written);
                // "Sal F", and not "f." or "F:".
                if written == b"F" && after == b' ' {
                    word.length = 0;
                }
                return Some(word);
            }
            after = last;
            self.crossed += usize::from(sym::digit(last).is_some());
            self.rest = rest;
        }
        None
    }
}

/// Where the word at the end of `text` starts. Hyphens join letters, full stops only abbreviations: "cpr.nr".
fn word_start(text: &[u8]) -> usize {
    let mut start = text.len();
    loop {
        let letters = text.iter().take(start).rev().take_while(|&&code| sym::is_letter(code)).count();
        start -= letters;
        let joint = start.checked_sub(1).and_then(|at| text.get(at));
        let joined = text.iter().take(start.saturating_sub(1)).rev().take_while(|&&c| sym::is_letter(c)).count();
        match joint {
            Some(b'-') if joined > 0 => start -= 1,
            Some(b'.') if (1..=4).contains(&joined) => start -= 1,
            _ => return start,
        }
    }
}

/// How long the word at the start of `text` is, by the same joints.
fn word_length(text: &[u8]) -> usize {
    let mut length = 0;
    loop {
        let letters = text.iter().skip(length).take_while(|&&code| sym::is_letter(code)).count();
        length += letters;
        let joined = text.get(length + 1).is_some_and(|&code| sym::is_letter(code));
        match text.get(length) {
            Some(b'-') if joined => length += 1,
            Some(b'.') if joined && (1..=4).contains(&letters) => length += 1,
            _ => return length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ContextWords, Says, ends_in};
    use crate::cpr::lexicon::DAYS;
    use crate::text::fold;

    fn codes(text: &str) -> Vec<u8> {
        fold(text).map(|symbol| symbol.code).collect()
    }

    #[test]
    fn hears_the_words_before_a_number() {
        let cases = [
            ("cpr", "cpr ", Says::Cpr),
            ("with nr", "CPR-nr. ", Says::Cpr),
            ("with full stops", "cpr.nr.", Says::Cpr),
            ("two words", "CPR nr. ", Says::Cpr),
            ("glued", "CPR", Says::Cpr),
            ("colon", "Cpr:", Says::Cpr),
            ("compound", "erstatnings-cpr ", Says::Cpr),
            ("personnummer", "Personnummer: ", Says::Cpr),
            ("personnr", "personnr. ", Says::Cpr),
            ("far off", "cpr nummer på borgeren er ", Says::Cpr),
            ("English", "civil registration number ", Says::Cpr),
            ("nearly too far off", "cpr på den ældste beboelse i huset ", Says::Cpr),
            ("just too far off", "cpr på den ældste beboelse i det hus ", Says::Nothing),
            ("too far off", "cpr er et tal som man ikke må skrive her ", Says::Nothing),
            ("the number of another", "cpr 0102031234 og ", Says::Nothing),
            ("a small number between", "cpr på 2 børn: ", Says::Cpr),
            ("born", "født ", Says::Person),
            ("born, short", "f. ", Says::Person),
            ("citizen", "borger ", Says::Person),
            ("citizen by name", "borger Jens Hansen, ", Says::Person),
            ("citizen, nearly too far off", "borger som fik brev ", Says::Person),
            ("citizen, too far off", "borger som har fået brev ", Says::Nothing),
            ("citizen before a number", "borger 2: ", Says::Nothing),
            ("a word that begins as citizen does", "borgerservice ", Says::Nothing),
            ("pnr", "pnr. ", Says::Person),
            ("production unit", "P-nr. ", Says::ProductionUnit),
            ("production unit, two words", "P nr. ", Says::ProductionUnit),
            ("production unit, a compound", "P-enhedsnr. ", Says::ProductionUnit),
            ("one of a row of things", "projekt ", Says::Series),
            ("a compound of one", "vandprøve ", Says::Series),
            ("a course about CPR", "CPR-kursus ", Says::Person),
            ("the amount before", "1500 kr. - ", Says::Nothing),
            ("a ward", "Sal F ", Says::Nothing),
            ("a letter alone", "p ", Says::Nothing),
            ("account", "reg. 2518 konto ", Says::Unsure),
            ("case number", "sagsnr. ", Says::Unsure),
            ("case number, two words", "sag nr. ", Says::Unsure),
            ("case", "sag ", Says::Nothing),
            ("an unlisted number", "flasketaltsnummer ", Says::Unsure),
            ("id alone", "id ", Says::Unsure),
            ("p.nr., one word", "p.nr. ", Says::Person),
            ("cpr ends the name of another number", "indbetalingscpr ", Says::Cpr),
            ("two hyphens", "konto--faktura ", Says::Other),
            ("the full stop of a sentence", "borgeren.faktura ", Says::Other),
            ("invoice", "faktura ", Says::Other),
            ("invoice number", "fakturanr.: ", Says::Other),
            ("invoice about", "faktura vedr. ", Says::Nothing),
            ("invoice about a citizen", "faktura for borger ", Says::Person),
            ("citizen's invoice", "borger med faktura ", Says::Other),
            ("a citizen's invoice, cpr nearer", "faktura cpr ", Says::Cpr),
            ("either of two", "CPR/CVR ", Says::Cpr),
            ("verb, not SE number", "se ", Says::Nothing),
            ("journal", "journaloplysninger ", Says::Nothing),
            ("no word", "12 - ", Says::Nothing),
            ("empty", "", Says::Nothing),
        ];
        for (name, before, expected) in cases {
            let words = ContextWords::default();
            assert_eq!(words.say(&codes(before), &[], false, false), expected, "{name}");
            if !words.hints(codes(before)).names_cpr {
                assert_eq!(words.say(&codes(before), &[], false, true), expected, "{name}, where no word names one");
            }
        }
    }

    /// "søn" is a Sunday before the date of a near day, and elsewhere a son.
    #[test]
    fn a_day_of_the_week_is_no_person() {
        let words = ContextWords::default();
        for (before, dated, expected) in [
            ("vagt søn. ", true, Says::Nothing),
            ("møde mand. ", true, Says::Nothing),
            ("vedr. søn ", false, Says::Person),
            ("vedr. mor søn ", true, Says::Person),
        ] {
            assert_eq!(words.say(&codes(before), &[], dated, false), expected, "{before}{dated}");
        }
    }

    #[test]
    fn hears_the_word_after_a_number() {
        let cases = [
            ("cpr in brackets", " (cpr)", Says::Cpr),
            ("is a cpr number", " er cpr-nr.", Says::Cpr),
            ("of the next number", ", cpr 0102031234", Says::Nothing),
            ("of the next number, with nr", " CPR-nr. 0102031234", Says::Nothing),
            ("a compound", " (erstatnings-cpr)", Says::Cpr),
            ("an abbreviation of two words", " er pers.nr.", Says::Cpr),
            ("the full stop of a sentence", " faktura.til", Says::Other),
            ("two hyphens", " kr--til", Says::Other),
            ("amount", " kr.", Says::Other),
            ("a citizen's cpr", " er borgerens cpr", Says::Cpr),
            ("another number's word and sign", " tlf. +45 12345678", Says::Nothing),
            ("a word", " til borger", Says::Nothing),
            ("a number", " 12 cpr", Says::Nothing),
            ("the end", "", Says::Nothing),
        ];
        for (name, after, expected) in cases {
            assert_eq!(ContextWords::default().say(&[], &codes(after), false, false), expected, "{name}");
        }
    }

    #[test]
    fn takes_the_words_of_the_policy() {
        let words = ContextWords::default().with_cpr(&["Borger-ID".into(), "vores borger".into()]).with_other(&[
            "Nova-sag".into(),
            "Ærøkort*".into(),
            "=a-bilag".into(),
            "*liste".into(),
            "12".into(),
        ]);
        let cases = [
            ("a word", "borgerid ", Says::Cpr),
            ("two words", "Vores borger ", Says::Cpr),
            ("with a hyphen", "NOVA-SAG ", Says::Other),
            ("without its hyphen", "novasag ", Says::Other),
            ("a start", "ærøkortet ", Says::Other),
            ("two words and a number between", "vores 2 borger ", Says::Person),
            ("the last of two words", "deres borger ", Says::Person),
            ("with its hyphen", "A-bilag ", Says::Other),
            ("without the hyphen it must have", "abilag ", Says::Nothing),
            ("with the hyphen elsewhere", "ab-ilag ", Says::Nothing),
            ("an ending", "venteliste ", Says::Other),
            ("an ending alone", "liste ", Says::Nothing),
            ("built in still", "cpr ", Says::Cpr),
        ];
        for (name, before, expected) in cases {
            assert_eq!(words.say(&codes(before), &[], false, false), expected, "{name}");
        }
    }

    #[test]
    fn hints_pass_over_no_word_that_names_a_cpr_number() {
        let words = ContextWords::default();
        for (says, known) in crate::cpr::lexicon::lists() {
            for word in known.iter().filter(|_| says == Says::Cpr) {
                let text = word.replace(['*', '#', '~'], "");
                for written in [text.clone(), text.to_uppercase(), format!("{text}nr")] {
                    assert!(words.hints(codes(&written)).names_cpr, "{written}");
                }
            }
        }
        assert!(!words.hints(codes("Referat af møde med borger, se bilag")).names_cpr);
        assert!(words.with_cpr(&["kunde".into()]).hints(codes("x")).names_cpr);
    }

    #[test]
    fn the_built_in_words_are_in_normal_form() {
        for word in crate::cpr::lexicon::lists().flat_map(|(_, words)| words) {
            assert_eq!(super::in_normal_form(&word), word);
        }
    }

    #[test]
    fn knows_the_words_before_a_date() {
        for (name, before, expected) in
            [("day", "mandag d. ", true), ("short", "den ", true), ("none", "vedr. ", false), ("empty", "", false)]
        {
            assert_eq!(ends_in(&codes(before), DAYS), expected, "{name}");
        }
    }
}

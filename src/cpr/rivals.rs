//! What else the digits of a candidate may be: a date and a time, a period, a postcode, a count, a phone number …
//!
//! Nothing is decided here. [`super::grade`] weighs what is found against what speaks for a CPR number.

use super::{
    context::{Word, ends_in},
    date::Date,
    form::{Gap, Reading},
    grade::Evidence,
    lexicon::{DAYS, TOWN_ENDINGS, TOWNS, UNITS},
    number::Kind,
    surroundings::Surroundings,
};
use crate::text::sym;

/// Another reading of a candidate's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rival {
    /// A near date and a time of day as people set them: `010226-1430`, `260201-1430`.
    Time,
    /// A near date and a time at night or of another minute: `010226 0410`, `010226 1437`.
    OddTime,
    /// A near date, and the day and month on which something ends: `150726-2807`.
    Period,
    /// A near date and a year of these decades: `010126-2029`.
    Year,
    /// One of these after a word for a meeting, a shift or a holiday, or with a time after it: "Møde med mor 010226 1430",
    /// `010226 1430-1500`.
    Appointment,
    /// A near date as year, month and day, and a time: `260201-1430`.
    ReversedTime,
    /// A near date and a postcode with its town: `010226 5800 Nyborg`.
    Town,
    /// A near date and four digits before a capital letter, which may be a town.
    Capital,
    /// A near date and a count with its unit: `310126 - 3421 sager`.
    Count,
    /// A near date and four digits before a noun in the plural.
    Noun,
    /// Two dates: `27/01 - 290126`, `12 - 05-06-2026`, `01.02.2026 14`.
    Dates,
    /// A phone number in pairs, and four digits: `63 12 10 30 - 1234`.
    Phone,
    /// A case number that begins with its year: `2010-12-0283`, `24/1234`.
    Case,
    /// Year, month and day, and a running number: `241012-1001`.
    Reversed,
    /// Any date and time after a word for a day: "mandag d. 010203 1430".
    DayAndTime,
    /// Dates and a year: `01-02-03-2019`.
    YearLike,
    /// Any date with a year of four digits, and a postcode with a capital letter after it.
    Address,
    /// An account number after its branch.
    Account,
    /// A Swedish mobile number.
    Mobile,
    /// Groups that are set apart in different ways.
    Uneven,
    /// Letters in the serial without the hyphen, or small ones.
    UnsureLetters,
}

impl Rival {
    /// Every reading, in order.
    pub(super) const ALL: [Self; 21] = [
        Self::Time,
        Self::OddTime,
        Self::Period,
        Self::Year,
        Self::Appointment,
        Self::ReversedTime,
        Self::Town,
        Self::Capital,
        Self::Count,
        Self::Noun,
        Self::Dates,
        Self::Phone,
        Self::Case,
        Self::Reversed,
        Self::DayAndTime,
        Self::YearLike,
        Self::Address,
        Self::Account,
        Self::Mobile,
        Self::Uneven,
        Self::UnsureLetters,
    ];

    /// Those of a near date and something that follows it.
    pub(super) const DATED: Rivals =
        Rivals::of(&[Self::Time, Self::OddTime, Self::Period, Self::Year, Self::Town, Self::Count, Self::Dates]);

    /// Those of a near date and a time, a period or a year, as people set them.
    pub(super) const SET: Rivals = Rivals::of(&[Self::Time, Self::Period, Self::Year]);

    /// Its name in the documentation.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::OddTime => "odd time",
            Self::Period => "period",
            Self::Year => "year",
            Self::Appointment => "appointment",
            Self::ReversedTime => "YYMMDD and time",
            Self::Town => "town",
            Self::Capital => "capital",
            Self::Count => "count",
            Self::Noun => "plural",
            Self::Dates => "dates",
            Self::Phone => "phone",
            Self::Case => "case number",
            Self::Reversed => "YYMMDD",
            Self::DayAndTime => "day and time",
            Self::YearLike => "dates and year",
            Self::Address => "address",
            Self::Account => "account",
            Self::Mobile => "Swedish mobile",
            Self::Uneven => "uneven",
            Self::UnsureLetters => "unsure letters",
        }
    }

    /// What a finding says of it.
    pub(super) fn evidence(self) -> Option<Evidence> {
        match self {
            Self::Time | Self::OddTime | Self::ReversedTime | Self::DayAndTime => Some(Evidence::MayBeTime),
            Self::Period => Some(Evidence::MayBePeriod),
            Self::Year | Self::YearLike => Some(Evidence::MayBeYear),
            Self::Town | Self::Capital | Self::Address => Some(Evidence::MayBePostcode),
            Self::Count | Self::Noun => Some(Evidence::MayBeCount),
            Self::Dates => Some(Evidence::MayBeDates),
            Self::Reversed => Some(Evidence::MayBeSerialNumber),
            Self::Account => Some(Evidence::MayBeAccount),
            Self::Appointment | Self::Phone | Self::Case | Self::Mobile | Self::Uneven | Self::UnsureLetters => None,
        }
    }

    /// What it means, for the documentation.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Time => "a near date, and a time from 6:00 on in steps of five minutes",
            Self::OddTime => {
                "the same with a time before 6:00 or of another minute; of both only where spaces separate them"
            }
            Self::Period => "a near date, and a day and a month: `150726-2807`",
            Self::Year => "a near date, and the year before it, its own or one of the nineteen after it",
            Self::Appointment => "a time, a period or a year after a word for an appointment, or with a time after it",
            Self::ReversedTime => {
                "a near date as year, month and day, and a time; by the number a person of about a hundred or more, or of more than 88 and a time as above"
            }
            Self::Town => "a near date, and a postcode with a town that is known or ends as towns do",
            Self::Capital => "a near date, and after spaces four digits with a capital letter after them",
            Self::Count => {
                "a near date, or any date and spaces, and a number with its unit or its decimals: `310126 - 3421 sager`"
            }
            Self::Noun => {
                "a near date, and after spaces a number with a word after it that ends as nouns in the plural do"
            }
            Self::Dates => "two dates: `27/01 - 290126`, `12 - 05-06-2026`",
            Self::Phone => "a phone number in pairs, and four digits",
            Self::Case => "a case number that begins or ends with its year: `2010-12-0283`, `28/03 - 24/1234`",
            Self::Reversed => "six digits in a row that read as a near date by year, month and day",
            Self::DayAndTime => "after a word for a day, any date, a space and a time",
            Self::YearLike => "a date in groups, and a number from 1900 to 2099",
            Self::Address => {
                "a date with a year of four digits, a space, and a postcode with a capital letter after it"
            }
            Self::Account => "four digits before it, as the branch before an account number",
            Self::Mobile => "ten digits that begin with 070, with a birth year from 2000 on",
            Self::Uneven => "groups that are set apart in different ways",
            Self::UnsureLetters => "letters in the serial, but small ones or no hyphen",
        }
    }
}

/// The other readings of one candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rivals(u32);

impl Rivals {
    pub(super) fn add_if(&mut self, holds: bool, rival: Rival) {
        self.0 |= u32::from(holds) << rival as u32;
    }

    pub(super) fn bits(self) -> u32 {
        self.0
    }

    const fn of(rivals: &[Rival]) -> Self {
        let (mut bits, mut rest) = (0, rivals);
        while let [rival, others @ ..] = rest {
            bits |= 1 << *rival as u32;
            rest = others;
        }
        Self(bits)
    }

    pub(super) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    fn contains(self, rival: Rival) -> bool {
        self.0 >> rival as u32 & 1 == 1
    }

    /// The readings in order.
    pub(super) fn iter(self) -> impl Iterator<Item = Rival> {
        Rival::ALL.into_iter().filter(move |&rival| self.contains(rival))
    }
}

/// What the birth date says on the day of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Born after that day: no number yet.
    Unborn,
    /// Born in the last three years.
    Infant,
    /// About a hundred years old: the date is that of a near day, and the seventh digit stands for the last century.
    Hundred,
    /// Older than anyone who is written about.
    Ancient,
    /// Any other.
    Ordinary,
}

impl Age {
    /// Its name in the documentation.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Unborn => "unborn",
            Self::Infant => "infant",
            Self::Hundred => "hundred",
            Self::Ancient => "ancient",
            Self::Ordinary => "ordinary",
        }
    }
}

/// Nobody older than this is written about, unless the number is named or stands alone.
const OLDEST: u16 = 104;
/// Few people are older than this.
const OLD: u16 = 88;

/// The age, and whether the date as it is written is near the day of the draft.
pub(super) fn age(reading: &Reading, day: Option<Date>) -> (Age, bool) {
    let birth = reading.cpr.birth_date();
    let Some(day) = day.filter(|_| reading.cpr.kind() != Kind::HealthCare) else { return (Age::Ordinary, false) };
    let short_year = !reading.long_year || birth.year() >= 2000;
    let near = short_year
        && reading.cpr.kind() == Kind::Ordinary
        && in_this_century(birth).is_some_and(|date| date.is_near(day));
    let age = match near {
        _ if birth > day => Age::Unborn,
        true if birth.year() >= 2000 => Age::Infant,
        true => Age::Hundred,
        false if birth.in_years(OLDEST) < day => Age::Ancient,
        false => Age::Ordinary,
    };
    (age, near)
}

fn in_this_century(date: Date) -> Option<Date> {
    Date::new(2000 + date.year() % 100, date.month(), date.day())
}

/// Is it a time of day?
fn is_time(serial: u16) -> bool {
    serial / 100 < 24 && serial % 100 < 60
}

/// Does a time lie between six and midnight, and is it a multiple of five minutes? Those that people set are both, and
/// those that programs note are mostly one of the two.
fn is_usual(time: u16) -> [bool; 2] {
    [time >= 600, time.is_multiple_of(5)]
}

/// The other readings of a candidate.
pub(super) fn rivals(
    surroundings: &Surroundings<'_>,
    reading: &Reading,
    age: Age,
    near: bool,
    day: Option<Date>,
) -> Rivals {
    let mut rivals = Rivals::default();
    let birth = reading.cpr.birth_date();
    let reversed = reading.cpr.kind() == Kind::Ordinary
        && day.is_some_and(|day| {
            u8::try_from(birth.year() % 100)
                .ok()
                .and_then(|last| Date::new(2000 + u16::from(birth.day()), birth.month(), last))
                .is_some_and(|date| date.is_near(day))
        });
    let old = day.is_some_and(|day| birth.in_years(OLD) < day);
    if let Some(serial) = reading.serial {
        let usual = is_usual(serial);
        let dated_time = near && is_time(serial);
        let year = 2000 + birth.year() % 100;
        rivals.add_if(dated_time && usual == [true, true], Rival::Time);
        // With a hyphen, a time that is neither is rather the serial of somebody of about a hundred.
        rivals.add_if(
            dated_time && usual != [true, true] && (usual != [false, false] || is_roomy(reading)),
            Rival::OddTime,
        );
        let aged = matches!(age, Age::Hundred | Age::Ancient);
        rivals.add_if(
            reversed && is_time(serial) && (aged || (old && (usual == [true, true] || surroundings.is_file_name()))),
            Rival::ReversedTime,
        );
        let ends = near
            && Date::new(
                2000,
                u8::try_from(serial % 100).unwrap_or_default(),
                u8::try_from(serial / 100).unwrap_or_default(),
            )
            .is_some();
        rivals.add_if(ends, Rival::Period);
        rivals.add_if(near && (year - 1..year + 20).contains(&serial), Rival::Year);
        rivals.add_if(is_time(serial) && reading.spaced && ends_in(surroundings.before(), DAYS), Rival::DayAndTime);
        let after = Next::new(surroundings.after());
        let postcode = serial >= 800 && after.capital;
        let decided = rivals.any(Rival::SET) || rivals.contains(Rival::OddTime);
        // "02/01 767588,91 kr": an amount after a day and a month.
        let amount = reading.layout.shape() == 0x226;
        rivals.add_if((near || amount) && after.is_unit(), Rival::Count);
        let decimals = matches!(surroundings.after(), [b',', b'0'..=b'9', b'0'..=b'9', rest @ ..] if rest.first().is_none_or(|&code| sym::digit(code).is_none()));
        rivals.add_if(decimals && is_roomy(reading), Rival::Count);
        if near && !decided {
            rivals.add_if(postcode && after.is_town(), Rival::Town);
            rivals.add_if(postcode && is_roomy(reading), Rival::Capital);
            rivals.add_if(is_roomy(reading) && after.is_noun(), Rival::Noun);
        }
        rivals.add_if(
            reading.spaced && reading.long_year && serial >= 1000 && after.capital && !after.comma,
            Rival::Address,
        );
    }
    if rivals.any(Rival::SET) {
        let range = matches!(surroundings.after(), [b'-', b'0'..=b'2', b'0'..=b'9', ..]);
        rivals.add_if(range, Rival::Appointment);
    }
    rivals.add_if(reversed, Rival::Reversed);
    rivals.add_if(is_dates(surroundings, reading), Rival::Dates);
    rivals.add_if(is_phone(surroundings, reading), Rival::Phone);
    rivals.add_if(is_case(reading), Rival::Case);
    rivals.add_if(surroundings.is_after_branch(), Rival::Account);
    rivals.add_if(
        reading.layout.shape() == 0xa
            && reading.cpr.kind() == Kind::Ordinary
            && birth.day() == 7
            && birth.month() < 10
            && birth.year() >= 2000,
        Rival::Mobile,
    );
    rivals.add_if(reading.year_like, Rival::YearLike);
    rivals
}

/// Do spaces separate date and serial, alone or around a dash?
pub(super) fn is_roomy(reading: &Reading) -> bool {
    reading.layout.last_gap().is_some_and(|(_, roomy)| roomy)
}

/// The value of the digits from one place to another.
fn value(reading: &Reading, from: usize, to: usize) -> u16 {
    let digits = reading.digits.get(from..to).unwrap_or_default();
    digits.iter().fold(0, |value, &digit| 10 * value + u16::from(digit))
}

fn is_day(reading: &Reading, from: usize) -> bool {
    let part = |at| u8::try_from(value(reading, at, at + 2)).unwrap_or_default();
    Date::new(2000, part(from + 2), part(from)).is_some()
}

/// A year as mail of these decades has it.
fn is_year(value: u16) -> bool {
    (1990..2050).contains(&value)
}

fn is_dates(surroundings: &Surroundings<'_>, reading: &Reading) -> bool {
    let layout = &reading.layout;
    let gaps: [Option<(Gap, bool)>; 3] = [layout.gap(0), layout.gap(1), layout.gap(2)];
    let iso_after =
        matches!(surroundings.after(), [b'-', b'0' | b'1', b'0'..=b'9', b'-', b'0'..=b'3', b'0'..=b'9', ..]);
    let iso_before = match surroundings.before() {
        [.., century @ b'1'..=b'2', hundreds @ (b'0' | b'9'), b'0'..=b'9', b'0'..=b'9', b'-'] => {
            matches!(century, b'1') == matches!(hundreds, b'9') && layout.gap(0) == Some((Gap::Hyphen, false))
        }
        _ => false,
    };
    if iso_before || (iso_after && reading.serial.is_some_and(is_year)) {
        return true;
    }
    match layout.shape() {
        0x226 => gaps[0] != gaps[1] && is_day(reading, 4),
        0x2224 => {
            gaps[1] == gaps[2]
                && gaps[1].is_some_and(|(_, roomy)| !roomy)
                && is_day(reading, 2)
                && is_year(value(reading, 6, 10))
                && (gaps[0] != gaps[1] || surroundings.is_joined_before())
        }
        0x2242 => (1900..2100).contains(&value(reading, 4, 8)),
        0x82 => is_day(reading, 0) && is_year(value(reading, 4, 8)),
        0x22222 => gaps[0] == gaps[2] && gaps[0] != gaps[1] && is_day(reading, 4),
        _ => false,
    }
}

/// Do the pairs that the reading begins with, and those around them, make phone numbers?
fn is_phone(surroundings: &Surroundings<'_>, reading: &Reading) -> bool {
    let layout = &reading.layout;
    let within = match layout.shape() {
        0x2224 => 3,
        0x22222 => 5,
        0x226 => 2,
        _ => return false,
    };
    if (0..within - 1).any(|at| !matches!(layout.gap(at), Some((Gap::Space, _)))) {
        return false;
    }
    let (mut before, mut pairs) = (surroundings.before(), within);
    let mut first = reading.digits.first().map_or(0, |digit| digit + b'0');
    while let [rest @ .., tens @ b'0'..=b'9', b'0'..=b'9', b' '] = before {
        (before, first) = (rest, *tens);
        pairs += 1;
    }
    let mut after = surroundings.after();
    // "65 02 12 82 24.4.": the last pair begins a date.
    pairs -= usize::from(within == 5 && matches!(after, [b'.' | b'/' | b'-', ..]));
    while let [b' ', b'0'..=b'9', b'0'..=b'9', rest @ ..] = after {
        after = rest;
        pairs += usize::from(within == 5);
    }
    let alone = before.last().is_none_or(|&code| sym::digit(code).is_none());
    // Seven pairs are a phone number and a date.
    alone && (pairs.is_multiple_of(4) || pairs == 7) && first >= b'2'
}

fn is_case(reading: &Reading) -> bool {
    let layout = &reading.layout;
    match layout.shape() {
        0x424 | 0x46 | 0x442 => is_year(value(reading, 0, 4)),
        0x2224 => {
            matches!(
                [layout.gap(0), layout.gap(1), layout.gap(2)],
                [Some((Gap::Slash, false)), Some((_, true)), Some((Gap::Slash, false))]
            )
        }
        _ => false,
    }
}

/// The word after a candidate.
struct Next<'a> {
    word: &'a [u8],
    capital: bool,
    comma: bool,
    /// Do digits follow it: "kr. 1500"?
    names_the_next: bool,
}

impl<'a> Next<'a> {
    fn new(after: &'a [u8]) -> Self {
        let (comma, rest) = match after {
            [b' ', rest @ ..] => (false, rest),
            [b',', b' ', rest @ ..] => (true, rest),
            _ => (false, &[][..]),
        };
        let length = rest.iter().take_while(|&&code| sym::is_letter(code)).count();
        let word = rest.get(..length).unwrap_or_default();
        let capital = word.first().is_some_and(|&code| sym::lower(code) != code);
        let follows = rest.get(length..).unwrap_or_default().iter();
        let next = { follows }.find(|&&code| !matches!(code, b' ' | b'.'));
        Self { word, capital, comma, names_the_next: next.is_some_and(|&code| sym::digit(code).is_some()) }
    }

    fn is_unit(&self) -> bool {
        let may_be = !self.word.is_empty() && !self.comma && !self.capital && !self.names_the_next;
        may_be && UNITS.contains(Word::new(self.word).letters())
    }

    fn is_town(&self) -> bool {
        let word = Word::new(self.word);
        // Two letters at least stand before the ending of a name.
        let is_name = |stem: &[u8]| str::from_utf8(stem).is_ok_and(|stem| stem.chars().nth(1).is_some());
        TOWNS.contains(word.letters()) || TOWN_ENDINGS.stems_of(word.letters()).any(is_name)
    }

    /// A noun in the plural, as far as an ending says so; verbs may end so too.
    fn is_noun(&self) -> bool {
        !self.comma && !self.capital && self.word.len() >= 5 && self.word.ends_with(b"er")
    }
}

//! Grading: from the evidence to how sure we are, in one table.

use super::{
    context::Says,
    form::Form,
    rivals::{Age, Rival, Rivals},
};

/// How sure it is that something is a CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It may be one: rule `possible-cpr-in-subject`.
    Possible,
    /// It is one: rule `cpr-in-subject`.
    Certain,
}

/// One thing that speaks for or against a candidate. Those that speak for it come first, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A word beside it says that it is a CPR number.
    CprWord,
    /// A word beside it tells of a person or a birth.
    PersonWord,
    /// Date and serial are set apart as in a CPR number.
    Separator,
    /// It passes modulus 11.
    Checksum,
    /// It does not pass modulus 11, but numbers that do not have been issued for its birth date.
    IssuedWithoutChecksum,
    /// The year is written with four digits, and the seventh digit stands for the same century.
    FourDigitYear,
    /// Its serial has two letters, as health-care replacement numbers have.
    LettersInSerial,
    /// Its day is raised by 60, as in replacement numbers.
    RaisedDay,
    /// Its birth date exists. True of every candidate.
    Date,
    /// The letters O, I or l stand where digits must.
    LettersAsDigits,
    /// Its digits stand in groups that are not a CPR number's.
    UnusualGroups,
    /// Its leading zero is missing.
    LostZero,
    /// It is a person of about a hundred, or the date is that of a near day.
    NearDay,
    /// It is named as a CPR number, but no CPR number is written so: a digit is wrong, missing or too many.
    Slip,
    /// It is joined to other digits or to a code.
    PartOfLonger,
    /// It reads as a date and a time.
    MayBeTime,
    /// It reads as a period, from a date to the day and month on which it ends.
    MayBePeriod,
    /// It reads as a date, or dates, and a year.
    MayBeYear,
    /// It reads as a date and a postcode with a town.
    MayBePostcode,
    /// It reads as a date and a count.
    MayBeCount,
    /// It reads as two dates.
    MayBeDates,
    /// It reads as year, month and day with a running number.
    MayBeSerialNumber,
    /// It stands where an account number does, after four digits.
    MayBeAccount,
    /// A word beside it says that it is a number of another kind.
    OtherNumberWord,
}

impl Evidence {
    /// Every kind of evidence, in order.
    pub const ALL: [Self; 24] = [
        Self::CprWord,
        Self::PersonWord,
        Self::Separator,
        Self::Checksum,
        Self::IssuedWithoutChecksum,
        Self::FourDigitYear,
        Self::LettersInSerial,
        Self::RaisedDay,
        Self::Date,
        Self::LettersAsDigits,
        Self::UnusualGroups,
        Self::LostZero,
        Self::NearDay,
        Self::Slip,
        Self::PartOfLonger,
        Self::MayBeTime,
        Self::MayBePeriod,
        Self::MayBeYear,
        Self::MayBePostcode,
        Self::MayBeCount,
        Self::MayBeDates,
        Self::MayBeSerialNumber,
        Self::MayBeAccount,
        Self::OtherNumberWord,
    ];

    /// What it means, in a few words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::CprWord => "a word beside it says that it is a CPR number",
            Self::PersonWord => "a word beside it tells of a person or a birth",
            Self::Separator => "date and serial are set apart as in a CPR number",
            Self::Checksum => "it passes modulus 11",
            Self::IssuedWithoutChecksum => "numbers without modulus 11 have been issued for its birth date",
            Self::FourDigitYear => "the year has four digits, and the serial is of the same century",
            Self::LettersInSerial => "the serial has two letters, as health-care replacement numbers have",
            Self::RaisedDay => "the day is raised by 60, as in replacement numbers",
            Self::Date => "the birth date exists; true of every candidate",
            Self::LettersAsDigits => "O, I or l stands where a digit must",
            Self::UnusualGroups => "the digits stand in groups that are not a CPR number's",
            Self::LostZero => "the leading zero is missing",
            Self::NearDay => "born about a hundred years ago, or the date is that of a near day",
            Self::Slip => "it is named as a CPR number, but a digit is wrong, missing or too many",
            Self::PartOfLonger => "it is joined to other digits or to a code",
            Self::MayBeTime => "it reads as a date and a time",
            Self::MayBePeriod => "it reads as a period, from a date to a day and month",
            Self::MayBeYear => "it reads as a date, or dates, and a year",
            Self::MayBePostcode => "it reads as a date and a postcode with a town",
            Self::MayBeCount => "it reads as a date and a count",
            Self::MayBeDates => "it reads as two dates",
            Self::MayBeSerialNumber => "it reads as year, month and day with a running number",
            Self::MayBeAccount => "it stands after four digits, as an account number after its branch",
            Self::OtherNumberWord => "a word beside it says that it is a number of another kind",
        }
    }

    /// Its stable name, as it stands in a finding.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CprWord => "cpr-word",
            Self::PersonWord => "person-word",
            Self::Separator => "separator",
            Self::Checksum => "checksum",
            Self::IssuedWithoutChecksum => "issued-without-checksum",
            Self::FourDigitYear => "four-digit-year",
            Self::LettersInSerial => "letters-in-serial",
            Self::RaisedDay => "raised-day",
            Self::Date => "date",
            Self::LettersAsDigits => "letters-as-digits",
            Self::UnusualGroups => "unusual-groups",
            Self::LostZero => "lost-zero",
            Self::NearDay => "near-day",
            Self::Slip => "slip",
            Self::PartOfLonger => "part-of-longer",
            Self::MayBeTime => "may-be-time",
            Self::MayBePeriod => "may-be-period",
            Self::MayBeYear => "may-be-year",
            Self::MayBePostcode => "may-be-postcode",
            Self::MayBeCount => "may-be-count",
            Self::MayBeDates => "may-be-dates",
            Self::MayBeSerialNumber => "may-be-serial-number",
            Self::MayBeAccount => "may-be-account",
            Self::OtherNumberWord => "other-number-word",
        }
    }
}

/// The evidence on one candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceSet(u32);

impl EvidenceSet {
    pub(super) fn add(&mut self, evidence: Evidence) {
        self.0 |= 1 << evidence as u32;
    }

    pub(super) fn add_if(&mut self, holds: bool, evidence: Evidence) {
        // Without a branch it is half the code, two dozen times.
        self.0 |= u32::from(holds) << evidence as u32;
    }

    /// Is it among the evidence?
    #[must_use]
    pub fn contains(self, evidence: Evidence) -> bool {
        self.0 & (1 << evidence as u32) != 0
    }

    /// The evidence in order: what speaks for it first, the strongest first.
    pub fn iter(self) -> impl Iterator<Item = Evidence> {
        Evidence::ALL.into_iter().filter(move |&evidence| self.contains(evidence))
    }
}

/// What decides the grade.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) form: Form,
    pub(super) says: Says,
    /// Modulus 11 passes, or the birth date is one of those with numbers issued without it.
    pub(super) backed: bool,
    /// It is joined to other digits or to a code.
    pub(super) joined: bool,
    /// Letters stand for digits.
    pub(super) letters_as_digits: bool,
    /// Spaces separate date and serial, alone or around a dash.
    pub(super) roomy: bool,
    /// Nobody sets a CPR number in such groups: `01.02.2003 12`, `0102 03 12 34`.
    pub(super) gross: bool,
    pub(super) age: Age,
    /// What else the digits may be.
    pub(super) rivals: Rivals,
}

/// One row of the table: the grade, when everything it asks for holds. What it leaves open may be anything.
struct Row {
    forms: &'static [Form],
    says: &'static [Says],
    ages: &'static [Age],
    /// One of these readings fits too.
    rivals: &'static [Rival],
    backed: Option<bool>,
    joined: Option<bool>,
    roomy: Option<bool>,
    gross: Option<bool>,
    letters_as_digits: bool,
    grade: Option<Grade>,
    because: &'static str,
}

/// The rows of the table are these three with what they ask for.
const NOTHING: Row = Row {
    forms: &[],
    says: &[],
    ages: &[],
    rivals: &[],
    backed: None,
    joined: None,
    roomy: None,
    gross: None,
    letters_as_digits: false,
    grade: None,
    because: "",
};
const POSSIBLE: Row = Row { grade: Some(Grade::Possible), ..NOTHING };
const CERTAIN: Row = Row { grade: Some(Grade::Certain), ..NOTHING };

/// Other readings that are no more than possible.
const DOUBTS: &[Rival] =
    &[Rival::DayAndTime, Rival::YearLike, Rival::Address, Rival::Account, Rival::Uneven, Rival::UnsureLetters];

/// The grading. The first row that holds decides.
#[rustfmt::skip]
const TABLE: &[Row] = {
    use Age::{Ancient, Hundred, Infant, Unborn};
    use Form::{Bare, Hyphen, Loose, LostZero, Mark, Space};
    use Rival::{Appointment, Capital, Case, Count, Dates, Mobile, Noun, OddTime, Period, Phone, Reversed, ReversedTime, Time, Town, Year};
    use Says::{Cpr, Other, Person, ProductionUnit, Series, Unsure};
    &[
        Row { letters_as_digits: true, says: &[Cpr, Person], because: "a slip of the keyboard; never more than a question", ..POSSIBLE },
        Row { letters_as_digits: true, joined: Some(true), because: "codes mix letters and digits", ..NOTHING },
        Row { letters_as_digits: true, says: &[Other], because: "it is named as something else", ..NOTHING },
        Row { letters_as_digits: true, forms: &[Hyphen, Space, Mark, Bare], because: "a slip of the keyboard, or an old typewriter's habit", ..POSSIBLE },
        Row { letters_as_digits: true, because: "codes mix letters and digits", ..NOTHING },

        Row { says: &[Cpr], forms: &[LostZero], because: "a spreadsheet drops a leading zero", ..POSSIBLE },
        Row { says: &[Cpr], ages: &[Unborn], because: "named as a CPR number, but nobody has it yet: a slip", ..POSSIBLE },
        Row { says: &[Cpr], rivals: &[Dates, Time, OddTime, Period, Year], because: "a date and a time may follow CPR as the subject matter", ..POSSIBLE },
        Row { says: &[Cpr], forms: &[Loose], joined: Some(true), because: "where it begins and ends is not clear", ..POSSIBLE },
        Row { says: &[Cpr], because: "it is named as a CPR number", ..CERTAIN },

        Row { forms: &[LostZero], because: "nine digits may be anything", ..NOTHING },
        Row { ages: &[Unborn], because: "nobody has the number yet", ..NOTHING },
        Row { gross: Some(true), because: "phone numbers, amounts and dates are written so", ..NOTHING },
        Row { rivals: &[Dates, Phone, Case], because: "the digits are grouped as dates, a phone number or a case number", ..NOTHING },
        Row { says: &[ProductionUnit], forms: &[Bare], because: "it is named as the number of a production unit", ..NOTHING },
        Row { ages: &[Infant], rivals: &[Town, Count], roomy: Some(false), because: "any word may follow a number", ..POSSIBLE },
        Row { rivals: &[Town, Count], because: "a date, and a postcode or a count", ..NOTHING },
        Row { rivals: &[Appointment], because: "a date and a time, or a period", ..NOTHING },
        Row { rivals: &[Time, OddTime, Period, Year], forms: &[Loose], because: "a date and a time, a period or a year", ..NOTHING },
        Row { rivals: &[OddTime], says: &[Person], because: "a person of about a hundred, or a date and a time", ..POSSIBLE },
        Row { rivals: &[Time, Period, Year], says: &[Person], backed: Some(true), because: "the number of every person of about a hundred passes modulus 11", ..POSSIBLE },
        Row { rivals: &[Time, OddTime, Period, Year], because: "a date and a time, a period or a year; one in 3,000 Danes is about a hundred", ..NOTHING },
        Row { rivals: &[ReversedTime], ages: &[Hundred, Ancient], because: "year, month, day and time", ..NOTHING },
        Row { rivals: &[ReversedTime], says: &[Series, Unsure, Other], because: "year, month, day and time", ..NOTHING },
        Row { rivals: &[ReversedTime], forms: &[Hyphen, Mark, Bare], says: &[Says::Nothing], because: "a person of more than 88, or year, month, day and time", ..POSSIBLE },
        Row { says: &[Series, Unsure, Other], ages: &[Infant, Hundred], backed: Some(true), because: "numbers of things begin with a date too", ..POSSIBLE },
        Row { says: &[Series, Unsure, Other], ages: &[Infant, Hundred], because: "numbers of things begin with a date too", ..NOTHING },
        Row { says: &[Series, Unsure, Other], rivals: &[Reversed], backed: Some(false), because: "year, month and day begin the number of a thing", ..NOTHING },
        Row { says: &[Series, Unsure, Other], rivals: &[Reversed], because: "year, month and day begin the number of a thing", ..POSSIBLE },
        Row { rivals: &[Capital, Noun], forms: &[Loose], because: "a date, and a postcode or a count", ..NOTHING },
        Row { rivals: &[Capital, Noun], ages: &[Hundred], backed: Some(false), because: "a date, and a postcode or a count", ..NOTHING },
        Row { rivals: &[Capital, Noun], because: "it may be a date, and a postcode or a count", ..POSSIBLE },
        Row { ages: &[Hundred], forms: &[Mark, Bare, Loose], backed: Some(false), because: "the number of every person of about a hundred passes modulus 11", ..NOTHING },
        Row { ages: &[Hundred], because: "a person of about a hundred, or the date of a near day and some number", ..POSSIBLE },
        Row { ages: &[Ancient], rivals: &[Reversed], forms: &[Bare, Mark], says: &[Says::Nothing], backed: Some(false), because: "year, month and day, and a running number", ..NOTHING },
        Row { ages: &[Ancient], rivals: &[Reversed], forms: &[Hyphen, Space, Mark], because: "year, month and day, and a running number", ..POSSIBLE },
        Row { ages: &[Infant], forms: &[Hyphen], roomy: Some(true), says: &[Says::Nothing], backed: Some(false), because: "the date of a near day and some number", ..POSSIBLE },

        Row { says: &[Person], forms: &[Loose], because: "a birth date and a postcode look the same", ..POSSIBLE },
        Row { says: &[Person], rivals: DOUBTS, because: "a birth date may be followed by a time or a postcode", ..POSSIBLE },
        Row { says: &[Person], rivals: &[Mobile], backed: Some(false), because: "Swedish mobile numbers have ten digits too", ..POSSIBLE },
        Row { says: &[Person], because: "persons are named by CPR numbers", ..CERTAIN },

        Row { forms: &[Hyphen, Space], says: &[Other, ProductionUnit], because: "the form of a CPR number, but named as something else", ..POSSIBLE },
        Row { forms: &[Hyphen, Space], says: &[Unsure], because: "account, customer and case numbers are written so too", ..POSSIBLE },
        Row { forms: &[Hyphen, Space], joined: Some(true), because: "the form of a CPR number within something longer", ..POSSIBLE },
        Row { forms: &[Hyphen, Space], rivals: DOUBTS, because: "it may be a time, a year or a postcode", ..POSSIBLE },
        Row { forms: &[Hyphen, Space], because: "an existing date and four digits: no other Danish number is written so", ..CERTAIN },

        Row { forms: &[Mark], says: &[Other], backed: Some(false), because: "it is named as something else", ..NOTHING },
        Row { forms: &[Mark], joined: Some(true), backed: Some(false), because: "case and version numbers are written so", ..NOTHING },
        Row { forms: &[Mark], rivals: DOUBTS, because: "it may be a time, a year or a postcode", ..POSSIBLE },
        Row { forms: &[Mark], says: &[Says::Nothing], joined: Some(false), backed: Some(true), because: "modulus 11 rules chance out", ..CERTAIN },
        Row { forms: &[Mark], because: "an existing date and four digits", ..POSSIBLE },

        Row { forms: &[Loose], rivals: DOUBTS, because: "phone numbers, amounts and dates are written so", ..NOTHING },
        Row { forms: &[Loose], says: &[Says::Nothing], joined: Some(false), backed: Some(true), because: "modulus 11 nearly rules chance out", ..POSSIBLE },
        Row { forms: &[Loose], because: "phone numbers, amounts and dates are written so", ..NOTHING },

        Row { forms: &[Bare], says: &[Other, Series], backed: Some(false), because: "it is named as something else", ..NOTHING },
        Row { forms: &[Bare], says: &[Other, Series], because: "named as something else, but one such number in 300 passes", ..POSSIBLE },
        Row { forms: &[Bare], joined: Some(true), backed: Some(false), because: "ten digits within something longer", ..NOTHING },
        Row { forms: &[Bare], joined: Some(true), because: "within something longer, but one such number in 300 passes", ..POSSIBLE },
        Row { forms: &[Bare], says: &[Unsure], because: "accounts have ten digits too", ..POSSIBLE },
        Row { forms: &[Bare], rivals: DOUBTS, because: "accounts have ten digits too", ..POSSIBLE },
        Row { forms: &[Bare], backed: Some(true), because: "one ten-digit number in 300 has a date and passes", ..CERTAIN },
        Row { forms: &[Bare], because: "one ten-digit number in 27 has a date; valid CPR numbers without modulus 11 look the same", ..POSSIBLE },
    ]
};

/// A row as it is compared: a bit for each value that it takes.
#[derive(Clone, Copy)]
struct Mask {
    /// Forms, ages and answers, see [`together`].
    open: u32,
    says: u8,
    /// One of these readings must fit; none is asked for where this is 0.
    rivals: u32,
    grade: Option<Grade>,
}

/// The table as it is compared, in as many steps as it has rows.
static MASKS: [Mask; TABLE.len()] = {
    let mut masks = [Mask { open: 0, says: 0, rivals: 0, grade: None }; TABLE.len()];
    let mut at = 0;
    while at < TABLE.len() {
        #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
        {
            masks[at] = TABLE[at].mask();
        }
        at += 1;
    }
    masks
};

/// A bit for each value of a list; all of them where the list is empty.
macro_rules! bits {
    ($list:expr) => {{
        let (list, mut bits, mut at) = ($list, 0, 0);
        while at < list.len() {
            bits |= 1 << list[at] as u32;
            at += 1;
        }
        bits
    }};
}

/// The forms, the ages and the answers to questions as the bits of one number.
const fn together(forms: u32, ages: u32, [backed, joined, roomy, gross, letters_as_digits]: [Option<bool>; 5]) -> u32 {
    /// Yes is the upper bit; both are set where nothing is asked.
    const fn answer(asked: Option<bool>, place: u32) -> u32 {
        let bits = match asked {
            Some(true) => 0b10,
            Some(false) => 0b01,
            None => 0b11,
        };
        bits << (2 * place)
    }
    let answers =
        answer(backed, 0) | answer(joined, 1) | answer(roomy, 2) | answer(gross, 3) | answer(letters_as_digits, 4);
    forms | ages << 8 | answers << 16
}

impl Row {
    #[expect(clippy::indexing_slicing, reason = "runs in the compiler, which checks every index")]
    const fn mask(&self) -> Mask {
        const fn or_all(bits: u32) -> u32 {
            if bits == 0 { u8::MAX as u32 } else { bits }
        }
        let letters_as_digits = Some(self.letters_as_digits);
        Mask {
            open: together(
                or_all(bits!(self.forms)),
                or_all(bits!(self.ages)),
                [self.backed, self.joined, self.roomy, self.gross, letters_as_digits],
            ),
            says: or_all(bits!(self.says)) as u8,
            rivals: bits!(self.rivals),
            grade: self.grade,
        }
    }
}

impl Facts {
    /// What is true, as the same bits.
    fn bits(&self) -> u32 {
        together(
            1 << self.form as u32,
            1 << self.age as u32,
            [self.backed, self.joined, self.roomy, self.gross, self.letters_as_digits].map(Some),
        )
    }

    /// The highest claim that the table leaves open when the words say one of these: the grade of the first row that holds.
    fn decide(&self, says: u8) -> Option<Grade> {
        let (facts, rivals) = (self.bits(), self.rivals.bits());
        for row in &MASKS {
            let holds =
                (facts & !row.open == 0) & (row.says & says != 0) & (row.rivals == 0 || row.rivals & rivals != 0);
            // A row that says nothing of some of the words leaves the others open.
            if holds && (row.grade.is_some() || row.says & says == says) {
                return row.grade;
            }
        }
        None
    }
}

/// The grade of a candidate; `None` when it is nothing.
pub(super) fn grade(facts: &Facts) -> Option<Grade> {
    facts.decide(1 << facts.says as u32)
}

/// Is a candidate nothing, whatever the words around it, unless they name it as a CPR number?
pub(super) fn is_nothing_unless_named(facts: &Facts) -> bool {
    facts.decide(!(1 << Says::Cpr as u32)).is_none()
}

/// The table in Markdown.
pub(super) fn table() -> String {
    let mut table = String::from(
        "| written | words | age | may be | checksum | joined | spaced | letters | grade | because |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in TABLE {
        let asked = |asked: Option<bool>| match asked {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        let cells = [
            match row.gross {
                Some(true) => "odd groups".into(),
                _ => row.forms.iter().map(|form| form.name()).collect::<Vec<_>>().join(", "),
            },
            row.says.iter().map(|says| says.name()).collect::<Vec<_>>().join(", "),
            row.ages.iter().map(|age| age.name()).collect::<Vec<_>>().join(", "),
            row.rivals.iter().map(|rival| rival.name()).collect::<Vec<_>>().join(", "),
            asked(row.backed).into(),
            asked(row.joined).into(),
            asked(row.roomy).into(),
            if row.letters_as_digits { "yes" } else { "" }.into(),
            match row.grade {
                Some(Grade::Certain) => "**certain**",
                Some(Grade::Possible) => "*possible*",
                None => "nothing",
            }
            .into(),
            row.because.into(),
        ];
        table.push_str("| ");
        table.push_str(&cells.join(" | "));
        table.push_str(" |\n");
    }
    table
}

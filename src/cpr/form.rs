//! The forms a CPR number is written in: groups of digits, and what stands between them.

use super::{number::Cpr, window::value};
use crate::text::sym;

/// How a number is written, which tells more than anything else whether it is a CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Date and serial with a hyphen or another dash between: `010203-1234`, `01.02.03 – 1234`.
    Hyphen,
    /// With a space between: `010203 1234`, `01 02 03 1234`.
    Space,
    /// With a full stop, slash, underscore or lost character between, `010203.1234`, or in more groups that leave
    /// the date whole: `01 02 03 12 34`, `01 02 03-12 34`.
    Mark,
    /// Ten digits: `0102031234`.
    Bare,
    /// In other groups, or with something else between: `0102 03 1234`, `010203, 1234`, `010219031234`.
    Loose,
    /// Nine digits, the leading zero lost in a spreadsheet: `102031234`, `10203-1234`.
    LostZero,
}

impl Form {
    /// Its name in the documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hyphen => "hyphen",
            Self::Space => "space",
            Self::Mark => "mark",
            Self::Bare => "bare",
            Self::Loose => "loose",
            Self::LostZero => "lost zero",
        }
    }
}

/// Ten digits of a form, with an existing birth date.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) cpr: Cpr,
    pub(super) form: Form,
    /// The index after its last symbol.
    pub(super) end: usize,
    /// Do letters stand for digits?
    pub(super) letters_as_digits: bool,
    /// Is the year written with four digits?
    pub(super) long_year: bool,
    /// Is the date written in groups of its own?
    pub(super) split_date: bool,
    /// Does nothing but spaces separate date and serial?
    pub(super) spaced: bool,
    /// Is the serial in groups of its own?
    pub(super) split_serial: bool,
    /// Does the same separator, spaces or hyphens, stand between all groups?
    pub(super) even: bool,
    /// Does the serial read as a year where one would end a date?
    pub(super) year_like: bool,
    /// The serial as a number; `None` when it has letters.
    pub(super) serial: Option<u16>,
    /// Are the letters of a health-care number small ones?
    pub(super) small_letters: bool,
    /// Its digits as they are written, without those that are letters.
    pub(super) digits: [u8; 12],
    /// The groups of digits and the separators between them.
    pub(super) layout: Layout,
}

/// How the digits of a reading are grouped.
#[derive(Clone, Copy, Default)]
pub(super) struct Layout {
    lengths: [u8; GROUPS],
    /// The last eight of the lengths, a hexadecimal digit each: `01.02.03-1234` is 0x2224. Comparing a number takes a
    /// fraction of the code that comparing slices does.
    shape: u32,
    count: usize,
    gaps: [Option<Gap>; GROUPS],
    /// A bit for each gap that holds a space.
    roomy: u16,
}

impl Layout {
    /// The number of digits in each group as one number, `01.02.03-1234` as 0x2224. No two readings of up to eight
    /// groups share one.
    pub(super) fn shape(&self) -> u32 {
        self.shape
    }

    /// The number of digits in each group.
    fn lengths(&self) -> &[u8] {
        self.lengths.get(..self.count).unwrap_or_default()
    }

    /// What separates the groups.
    fn gaps(&self) -> &[Option<Gap>] {
        self.gaps.get(..self.count.saturating_sub(1)).unwrap_or_default()
    }

    /// Do all separators hold a space, or none?
    fn is_equally_spaced(&self) -> bool {
        let all = (1 << self.count.saturating_sub(1)) - 1;
        self.roomy == 0 || self.roomy == all
    }

    /// The separator after the group at `at`, and whether it holds a space.
    pub(super) fn gap(&self, at: usize) -> Option<(Gap, bool)> {
        Some(((*self.gaps.get(at)?)?, self.roomy >> at & 1 == 1))
    }

    /// The last separator, and whether it holds a space.
    pub(super) fn last_gap(&self) -> Option<(Gap, bool)> {
        self.gap(self.count.checked_sub(2)?)
    }
}

impl Reading {
    /// The rank of a number whose date and serial are a group each.
    pub(super) const BEST: u8 = 3;

    /// How well its groups are those of a CPR number. Where two readings overlap, the better one holds.
    pub(super) fn rank(&self) -> u8 {
        match (self.form, self.layout.shape) {
            (Form::Loose | Form::LostZero, _) => 0,
            (_, 0xa | 0xc | 0x64 | 0x84 | 0x6 | 0x7) => Self::BEST,
            (_, 0x222 | 0x2224 | 0x2244) => 2,
            _ => 1,
        }
    }

    /// Are the groups such that nobody sets a CPR number so, unless a word names it: `01.02.2003 12`?
    pub(super) fn is_gross(&self) -> bool {
        let shape = self.layout.shape;
        let phone = matches!(shape, 0x82 | 0x442);
        let dated = shape == 0x2224 && self.layout.gap(0) == self.layout.gap(1);
        // Ten groups are digits one by one.
        let usual = self.even || dated || matches!(shape, 0x64 | 0x84 | 0xc) || self.layout.count == GROUPS;
        self.form == Form::Loose && (phone || !usual)
    }
}

/// The most groups of a form.
const GROUPS: usize = 10;

/// The most symbols of a form: "0 1 0 2 0 3 - 1 2 3 4" has 21.
pub(super) const LONGEST: usize = 22;

/// The most letters that may stand for digits.
const MOST_LETTERS: u8 = 4;

/// What separates two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Hyphen,
    Dot,
    /// A full stop and a space: within a date a joint, elsewhere the end of a sentence.
    DotSpace,
    /// A full stop and a hyphen: `010203.-1234`.
    DotHyphen,
    Slash,
    Underscore,
    Lost,
    Other,
}

/// The groups of digits from some place on.
#[derive(Default)]
struct Groups {
    digits: [u8; 12],
    total: usize,
    layout: Layout,
    end: usize,
    letters: u8,
    /// Is the serial's first digit, and no other, set off by an invisible character?
    soft: u16,
}

/// What the digits from a symbol on may be, as far as their number, day, month and groups say. Most are ruled out here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outline {
    /// No form.
    Nothing,
    /// Groups in which nobody sets a CPR number, unless a word names it.
    Gross,
    /// Perhaps a form.
    Form,
}

/// The groups of digits read so far, as far as their outline goes.
pub(super) struct Sketch<D> {
    /// All digits from the first one on.
    digits: D,
    /// The lengths of the groups, a hexadecimal digit each, as in [`Layout::shape`].
    shape: u64,
    count: usize,
    total: usize,
    /// Does a sign other than a space or a hyphen separate groups?
    signs: bool,
}

impl<D: Iterator<Item = u8> + Clone> Sketch<D> {
    pub(super) fn new(digits: D) -> Self {
        Self { digits, shape: 0, count: 0, total: 0, signs: false }
    }

    /// Goes on with a group of so many digits, and gives the outline once it is known.
    #[inline]
    pub(super) fn add(&mut self, length: usize) -> Option<Outline> {
        self.total += length;
        self.count += 1;
        self.shape = self.shape << 4 | length as u64;
        // Most numbers are not dates, and are left at once.
        if self.count == 1 && !matches!(length, 5 | 9) && !self.may_start_with_a_date() {
            return Some(Outline::Nothing);
        }
        match self.total {
            10 | 12 => Some(self.outline()),
            _ if matches!(self.shape, 0x9 | 0x54) => Some(self.outline()),
            13.. => Some(Outline::Nothing),
            _ if self.count >= GROUPS => Some(Outline::Nothing),
            _ => None,
        }
    }

    /// Goes on with what separates two groups.
    #[inline]
    pub(super) fn separate(&mut self, gap: &[u8]) {
        self.signs |= gap.iter().any(|code| matches!(code, b'.' | b'/' | b':' | b','));
    }

    /// May a letter follow the groups read so far, that of a health-care number?
    fn may_end_in_letters(&self) -> bool {
        matches!(self.shape, 0x7 | 0x61 | 0x2221)
    }

    #[inline]
    fn may_start_with_a_date(&self) -> bool {
        let mut digits = self.digits.clone();
        let mut two = || 10 * digits.next().unwrap_or_default() + digits.next().unwrap_or_default();
        may_be_day_and_month(two(), two())
    }

    /// The outline of ten or twelve digits, or nine where the leading zero is lost.
    #[inline]
    fn outline(&self) -> Outline {
        match self.shape {
            // A date with a year of four digits, and the hour after it.
            shape if matches!(shape >> (4 * self.count.saturating_sub(3)), 0x114 | 0x124 | 0x214) => Outline::Nothing,
            0x2242 => Outline::Nothing,
            0x82 | 0x442 => Outline::Gross,
            0x84 | 0x2244 | 0xc if self.is_date_and_time() => Outline::Nothing,
            0x84 | 0x2244 | 0xc => Outline::Form,
            _ if self.total == 12 => Outline::Nothing,
            0xa | 0x64 | 0x226 | 0x2224 | 0x9 | 0x54 => Outline::Form,
            // In other groups only spaces and hyphens separate, or each digit is a group.
            _ if self.signs && self.count < GROUPS => Outline::Gross,
            _ => Outline::Form,
        }
    }

    /// Are twelve digits a date of this century and a number that says the last one, as times do?
    fn is_date_and_time(&self) -> bool {
        let digit = |place| self.digits.clone().nth(place).unwrap_or_default();
        digit(4) == 2 && digit(5) == 0 && digit(8) < 4
    }
}

/// May these be the day and the month of a number?
pub(super) const fn may_be_day_and_month(day: u8, month: u8) -> bool {
    matches!(day, 1..=31 | 61..=91) && matches!(month, 1..=12)
}

/// The outline of the digits at a symbol.
pub(super) fn outline(codes: &[u8], start: usize) -> Outline {
    let is_digit = |code: u8| sym::digit(code).is_some();
    let mut rest = codes.get(start..).unwrap_or_default();
    let mut sketch = Sketch::new(rest.iter().filter_map(|&code| sym::digit(code)));
    loop {
        let length = rest.iter().take_while(|&&code| is_digit(code)).count();
        let after = rest.get(length..).unwrap_or_default();
        if let Some(outline) = sketch.add(length) {
            return outline;
        }
        let gap = after.iter().take(LONGEST).position(|&code| is_digit(code) || sym::is_letter(code));
        let (gap, next) = gap.and_then(|gap| after.split_at_checked(gap)).unwrap_or_default();
        let is_number = next.first().is_some_and(|&code| is_digit(code));
        match gap {
            [] if !next.is_empty() && sketch.may_end_in_letters() => return Outline::Form,
            [_, ..] if is_number => sketch.separate(gap),
            _ => return Outline::Nothing,
        }
        rest = next;
    }
}

/// Reads the form that starts at a symbol; with `letters_as_digits` O and I may stand for digits.
pub(super) fn read(codes: &[u8], start: usize, letters_as_digits: bool) -> Option<Reading> {
    let mut groups = Groups { end: start, ..Groups::default() };
    loop {
        groups.read_group(codes, letters_as_digits)?;
        if !groups.may_start_a_date() || groups.end - start > LONGEST {
            return None;
        }
        if let Some(reading) = groups.health_care(codes, start) {
            return Some(reading);
        }
        if groups.total == 10 || groups.total == 12 || groups.is_lost_zero() {
            return groups.reading();
        }
        groups.read_gap(codes, letters_as_digits)?;
    }
}

impl Groups {
    fn shape(&self) -> u32 {
        self.layout.shape
    }

    fn gaps(&self) -> &[Option<Gap>] {
        self.layout.gaps()
    }

    fn read_group(&mut self, codes: &[u8], letters_as_digits: bool) -> Option<()> {
        let (mut length, mut letters) = (0, 0);
        while let Some(&code) = codes.get(self.end)
            && let Some(digit) = value(code, letters_as_digits)
        {
            *self.digits.get_mut(self.total)? = digit;
            self.soft |= u16::from(sym::is_soft(code)) << self.total;
            letters += u8::from(sym::digit(code).is_none());
            self.total += 1;
            self.end += 1;
            length += 1;
        }
        self.letters += letters;
        *self.layout.lengths.get_mut(self.layout.count)? = length;
        self.layout.shape = self.layout.shape << 4 | u32::from(length);
        self.layout.count += 1;
        (length > letters && self.letters <= MOST_LETTERS).then_some(())
    }

    fn read_gap(&mut self, codes: &[u8], letters_as_digits: bool) -> Option<()> {
        let rest = codes.get(self.end..)?;
        let length = rest.iter().take(LONGEST).position(|&code| value(code, letters_as_digits).is_some())?;
        let between = rest.get(..length)?;
        let at = self.layout.count - 1;
        *self.layout.gaps.get_mut(at)? = Some(gap(between)?);
        self.layout.roomy |= u16::from(between.contains(&b' ')) << at;
        self.end += length;
        Some(())
    }

    /// Most numbers are not dates, and are left at once.
    fn may_start_a_date(&self) -> bool {
        let [d1, d2, m1, m2, ..] = self.digits;
        let day = 10 * d1 + d2;
        let month = 10 * m1 + m2;
        let lost_zero = matches!(self.layout.lengths, [5 | 9, ..]);
        lost_zero
            || ((self.total < 2 || matches!(day, 1..=31 | 61..=91)) && (self.total < 4 || matches!(month, 1..=12)))
    }

    /// Only what a spreadsheet takes for a number loses its zero, so that it has no letters.
    fn is_lost_zero(&self) -> bool {
        self.letters == 0 && matches!(self.shape(), 0x9 | 0x54)
    }

    /// `130878-1OS6`: after a date a digit, two letters and a digit.
    fn health_care(&self, codes: &[u8], start: usize) -> Option<Reading> {
        let compact = match self.shape() {
            0x7 => true,
            0x6 | 0x222 if self.is_one_date() => false,
            _ => return None,
        };
        if self.letters > 0 {
            return None;
        }
        let (gap, from) = if compact {
            (None, self.end)
        } else {
            let rest = codes.get(self.end..)?;
            let length = rest.iter().take(LONGEST).position(|&code| sym::digit(code).is_some())?;
            (Some(gap(rest.get(..length)?)?), self.end + length + 1)
        };
        let century_digit = codes.get(from - 1).and_then(|&code| sym::digit(code))?;
        let [a, b, last] = *codes.get(from..)?.first_chunk()?;
        // `Cpr` judges the second letter.
        if !a.is_ascii_alphabetic() {
            return None;
        }
        let last = sym::digit(last)?;
        // `010203-1XX4` is a masked number.
        let masked = matches!((a, b), (b'X' | b'x', b'X' | b'x'));
        if masked || codes.get(from + 3).is_some_and(|&code| sym::is_letter(code) || sym::digit(code).is_some()) {
            return None;
        }
        if from + 3 - start > LONGEST {
            return None;
        }
        let mut text = self.text();
        let serial = [b'0' + century_digit, a.to_ascii_uppercase(), b.to_ascii_uppercase(), b'0' + last];
        text.iter_mut().skip(6).zip(serial).for_each(|(to, from)| *to = from);
        Some(Reading {
            cpr: Cpr::from_compact(text)?,
            form: match gap {
                None => Form::Bare,
                Some(gap) => form_of(gap),
            },
            end: from + 3,
            letters_as_digits: false,
            long_year: false,
            split_date: self.layout.count > 1,
            spaced: gap == Some(Gap::Space),
            split_serial: false,
            even: false,
            year_like: false,
            serial: None,
            small_letters: a.is_ascii_lowercase() || b.is_ascii_lowercase(),
            digits: self.digits,
            layout: self.layout,
        })
    }

    /// Is what stands within the date the same twice, or Danish "28/11-35"?
    fn is_one_date(&self) -> bool {
        match self.layout.gaps {
            // "12, 10:30": other signs do not make a date.
            [Some(Gap::Other), ..] => false,
            // "24/09 48": the year cannot be an hour.
            [Some(Gap::Slash), Some(Gap::Space), Some(Gap::Hyphen), ..] => {
                self.digits.get(4).is_some_and(|&tens| tens > 2)
            }
            [Some(first), Some(second), ..] => {
                // "24/07 – 1930": what spaces set off is not the year.
                let tight = self.layout.roomy & 0b11 == 0;
                first == second || (first == Gap::Slash && second == Gap::Hyphen && tight)
            }
            _ => true,
        }
    }

    /// Are there spaces anywhere, but a hyphen after the date: "01 02 03-12 34"?
    fn is_set_off(&self) -> bool {
        let mut passed = 0;
        self.layout.lengths().iter().zip(self.gaps()).all(|(length, &gap)| {
            passed += length;
            matches!(length, 1 | 2 | 6) && gap == Some(if passed == 6 { Gap::Hyphen } else { Gap::Space })
        }) && self.gaps().contains(&Some(Gap::Hyphen))
    }

    /// The first ten digits, in ASCII.
    fn text(&self) -> [u8; 10] {
        let mut text = [b'0'; 10];
        text.iter_mut().zip(self.digits).for_each(|(to, digit)| *to = b'0' + digit);
        text
    }

    fn reading(&self) -> Option<Reading> {
        let last_gap = self.gaps().last().copied().flatten();
        let long_year = matches!(self.shape(), 0x84 | 0x2244 | 0xc);
        let date_gaps = match self.shape() {
            0x2224 | 0x2244 | 0x226 => self.is_one_date(),
            _ => true,
        };
        let form = match self.shape() {
            // An invisible character stands where the hyphen would: it was a soft hyphen or a lost one.
            0xa if self.soft & !1 == 1 << 6 => Form::Hyphen,
            0xa => Form::Bare,
            0x64 | 0x84 | 0x2224 | 0x2244 if date_gaps => form_of(last_gap?),
            0x226 if date_gaps && last_gap != Some(Gap::Other) => Form::Mark,
            0x9 | 0x54 => Form::LostZero,
            0x22222 | 0x622 if self.gaps().iter().all(|&gap| gap == Some(Gap::Space)) => Form::Mark,
            _ if self.total == 10 && self.is_set_off() => Form::Mark,
            _ if self.total == 10 || long_year => Form::Loose,
            _ => return None,
        };
        let mut digits = self.digits;
        if form == Form::LostZero {
            digits.rotate_right(1);
        }
        let written_year = |digits: &[u8; 12]| digits.iter().skip(4).take(4).fold(0, |y, &d| 10 * y + u16::from(d));
        let year = long_year.then(|| written_year(&digits));
        if long_year {
            // DDMMYYYYSSSS without the century.
            let [d1, d2, m1, m2, _, _, rest @ ..] = digits;
            let [a, b, c, d, e, f] = rest;
            digits = [d1, d2, m1, m2, a, b, c, d, e, f, 0, 0];
        }
        let mut text = [b'0'; 10];
        text.iter_mut().zip(digits).for_each(|(to, digit)| *to = b'0' + digit);
        let cpr = Cpr::from_compact(text)?;
        // With the wrong century it is a date and some other number, such as a time or a year.
        if year.is_some_and(|year| year != cpr.birth_date().year()) {
            return None;
        }
        let serial = text.iter().skip(6).fold(0, |serial, &c| 10 * serial + u16::from(c - b'0'));
        let split_date = self.layout.count > 2 && self.shape() != 0x622;
        let uniform = self.gaps().iter().all(|&gap| gap == last_gap);
        let may_end_in_year = split_date && (uniform || form != Form::Hyphen);
        let year_like = may_end_in_year && !long_year && (1900..2100).contains(&serial);
        let form = match form {
            // "10.11.12.2023", "10/12-14 2023": days and a year.
            Form::Mark if year_like => Form::Loose,
            Form::Space if year_like && !uniform => Form::Loose,
            form => form,
        };
        Some(Reading {
            cpr,
            form,
            end: self.end,
            letters_as_digits: self.letters > 0,
            long_year,
            split_date,
            spaced: last_gap == Some(Gap::Space),
            split_serial: form == Form::Loose || (form == Form::Mark && self.shape() & 0xf == 2),
            even: uniform && matches!(last_gap, Some(Gap::Space | Gap::Hyphen)) && self.layout.is_equally_spaced(),
            year_like,
            serial: Some(serial),
            small_letters: false,
            digits: self.digits,
            layout: self.layout,
        })
    }
}

fn form_of(gap: Gap) -> Form {
    match gap {
        Gap::Hyphen => Form::Hyphen,
        Gap::Space => Form::Space,
        Gap::Dot | Gap::DotHyphen | Gap::Slash | Gap::Underscore | Gap::Lost => Form::Mark,
        Gap::DotSpace | Gap::Other => Form::Loose,
    }
}

/// What a row of symbols between two groups is. `None` when it holds a letter, or what masks a number.
fn gap(codes: &[u8]) -> Option<Gap> {
    // Spaces, hyphens, full stops, slashes, underscores, lost characters, others.
    let mut seen = [0_u8; 7];
    for &code in codes {
        let kind = match code {
            b' ' => 0,
            b'-' => 1,
            b'.' => 2,
            b'/' => 3,
            b'_' => 4,
            b'?' => 5,
            // The mark of a quoted line is nothing beside a space or a hyphen.
            b'>' if codes.len() > 1 => 0,
            b',' | b':' | b';' | b'+' | b'(' | b')' | b'|' | b'=' | b'\'' | b'"' | b'<' | b'>' | sym::OTHER => 6,
            _ => return None,
        };
        if let Some(count) = seen.get_mut(kind) {
            *count += 1;
        }
    }
    match seen {
        [_, 0, 0, 0, 0, 0, 0] => Some(Gap::Space),
        [_, 1..=3, 0, 0, 0, 0, 0] => Some(Gap::Hyphen),
        [0, 0, 1, 0, 0, 0, 0] => Some(Gap::Dot),
        [_, 0, 1, 0, 0, 0, 0] => Some(Gap::DotSpace),
        [0, 1, 1, 0, 0, 0, 0] => Some(Gap::DotHyphen),
        [_, 0, 0, 1, 0, 0, 0] => Some(Gap::Slash),
        [0, 0, 0, 0, 1..=9, 0, 0] => Some(Gap::Underscore),
        [0, 0, 0, 0, 0, 1..=3, 0] => Some(Gap::Lost),
        [_, 0..=3, _, _, _, 0..=3, _] if codes.len() <= 4 => Some(Gap::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Groups, read};
    use crate::text::fold;

    fn form(text: &str, letters: bool) -> Option<(Form, usize)> {
        let codes: Vec<u8> = fold(text).map(|symbol| symbol.code).collect();
        read(&codes, 0, letters).map(|reading| (reading.form, codes.len() - reading.end))
    }

    #[test]
    fn reads_the_forms() {
        use Form::{Bare, Hyphen, Loose, LostZero, Mark, Space};
        let cases = [
            ("hyphen", "010203-1234", Some(Hyphen)),
            ("two hyphens", "010203--1234", Some(Hyphen)),
            ("four hyphens", "010203----1234", None),
            ("en dash in spaces", "010203 – 1234", Some(Hyphen)),
            ("hyphen and a new line", "010203-\r\n> 1234", Some(Hyphen)),
            ("space", "010203 1234", Some(Space)),
            ("full stop", "010203.1234", Some(Mark)),
            ("slash", "010203/1234", Some(Mark)),
            ("underscore", "010203_1234", Some(Mark)),
            ("lost character", "010203\u{fffd}1234", Some(Mark)),
            ("comma", "010203, 1234", Some(Loose)),
            ("bare", "0102031234", Some(Bare)),
            ("soft hyphen", "010203\u{ad}1234", Some(Hyphen)),
            ("soft everywhere", "0\u{ad}1\u{ad}0\u{ad}2\u{ad}0\u{ad}3\u{ad}1\u{ad}2\u{ad}3\u{ad}4", Some(Bare)),
            ("dotted date", "01.02.03-1234", Some(Hyphen)),
            ("spaced date", "01 02 03 1234", Some(Space)),
            ("slashed date", "01/02/03 1234", Some(Space)),
            ("day and month by slash", "28/11-35 1353", Some(Space)),
            ("hyphens all through", "01-02-03-1234", Some(Hyphen)),
            ("full stops all through", "01.02.03.1234", Some(Mark)),
            ("dotted date, glued serial", "01.02.031234", Some(Mark)),
            ("year of four digits", "01021903-1234", Some(Hyphen)),
            ("year of four digits, split", "01.02.1903 1234", Some(Space)),
            ("the wrong century", "01-02-2023-1234", None),
            ("a date and a time", "01.02.2023 1430", None),
            ("a year of four digits, bare", "010219031234", Some(Loose)),
            ("pairs", "01 02 03 12 34", Some(Mark)),
            ("pairs with a hyphen", "01 02 03 - 12 34", Some(Mark)),
            ("digits one by one", "0 1 0 2 0 3 1 2 3 4", Some(Loose)),
            ("digits one by one with a hyphen", "0 1 0 2 0 3-1 2 3 4", Some(Mark)),
            ("the end of a sentence", "010203. 1234", Some(Loose)),
            ("a date with spaces", "01. 02. 03 - 1234", Some(Hyphen)),
            ("fours", "0102 0312 34", Some(Loose)),
            ("nine digits", "102031234", Some(LostZero)),
            ("five and four", "10203-1234", Some(LostZero)),
            ("days and a year", "01.-03.02.2023", Some(Loose)),
            ("health care", "130878-1OS6", Some(Hyphen)),
            ("health care, bare", "1308781OS6", Some(Bare)),
            ("health care, split date", "13.08.78-1OS6", Some(Hyphen)),
            ("health care, longer", "130878-1OS67", None),
            ("health care, a letter and a digit", "130878-1O46", None),
            ("health care, a digit and a letter", "130878-14O6", None),
            ("health care, twelve spaces, the most symbols", "130878            1OS6", Some(Space)),
            ("health care, thirteen spaces", "130878             1OS6", None),
            ("masked in the middle", "130878-1XX6", None),
            ("masked", "010203-xxxx", None),
            ("masked by stars", "010203-****", None),
            ("masked in part", "010203-12**", None),
            ("date range", "010203-020304", None),
            ("eleven digits", "01020312345", None),
            ("seven before", "2230914-1918", None),
            ("five after", "300884-66734", None),
            ("no such day", "300297-1234", None),
            ("twelve spaces, the most symbols", "010203            1234", Some(Space)),
            ("thirteen spaces", "010203             1234", None),
            ("a comma within the date and after it", "01,02,031234", Some(Loose)),
            ("a date of two marks, glued serial", "01.02 031234", Some(Loose)),
            ("a date with spaces, glued serial", "01. 02. 031234", Some(Mark)),
            ("a full stop and four spaces", "010203.    1234", Some(Loose)),
            ("four other signs", "010203 , ,1234", Some(Loose)),
            ("five other signs", "010203 , , 1234", None),
            ("the mark of a quoted line, alone", "010203>1234", Some(Loose)),
            ("eleven digits in two groups, and one more", "01020312345 6", None),
            ("letters", "010203 nr. 1234", None),
            ("a word", "abc", None),
            ("empty", "", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(form(text, false).map(|(form, _)| form), expected, "{name}");
        }
    }

    #[test]
    fn reads_letters_as_digits_where_they_may_be() {
        for (name, text, expected) in [
            ("O for 0", "O1O2O3-1234", Some((Form::Hyphen, 0))),
            ("I and l for 1", "0I0203-l234", Some((Form::Hyphen, 0))),
            ("more letters than digits", "OIOIO3-I234", None),
            ("no digit in a group", "OI 02 03 1234", None),
            ("small i", "0i0203-1234", None),
            // The prefilter once ruled it out in a line of its own, and the audit reported it among others.
            ("a lost zero and letters", "1O2O3-l234", None),
            ("a lost zero and letters, in one group", "1O2O31234", None),
            ("l and O where a health-care number has letters", "O10203-1lO2", Some((Form::Hyphen, 0))),
        ] {
            assert_eq!(form(text, true), expected, "{name}");
        }
        assert_eq!(form("O1O2O3-1234", false), None, "where they may not");
    }

    /// Only speed depends on it: numbers that are not dates are read no further than to the day or the month.
    #[test]
    fn leaves_what_is_not_a_date() {
        for (digits, expected) in [
            ("0", true),
            ("9", true),
            ("31", true),
            ("32", false),
            ("60", false),
            ("61", true),
            ("91", true),
            ("92", false),
            ("00", false),
            ("319", true),
            ("3112", true),
            ("3113", false),
            ("3100", false),
            ("3212", false),
            ("99999", true),
            ("999999", false),
            ("999999999", true),
        ] {
            let mut groups = Groups::default();
            assert_eq!(groups.read_group(digits.as_bytes(), false), Some(()), "{digits}");
            assert_eq!(groups.may_start_a_date(), expected, "{digits}");
        }
    }
}

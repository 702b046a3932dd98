//! The page `docs/cpr-grading.md`, written from the code that grades.

use super::{
    context::Says,
    grade::{Evidence, table},
    lexicon::lists,
    rivals::Rival,
};

const HEAD: &str = "# How a CPR number is graded

<!-- Written by `sendvagt::cpr::grading_page` from src/cpr. Do not edit: `SENDVAGT_WRITE=1 cargo test --test corpus` rewrites it. -->

Ten digits with an existing birth date are a *candidate*. Its grade decides which rule speaks: **certain** is
`cpr-in-subject`, *possible* is `possible-cpr-in-subject`. A number of an impossible date is nothing, nor is one
within a longer run of digits, a GUID, a long hexadecimal number or a version.

Modulus 11 is evidence for a number, never a filter: numbers without it have been issued since 2007.

## The table

The first row that holds decides. An empty cell holds always.

";

const COLUMNS: &str = "
* **written**: *hyphen*, any dash between date and serial, spaces or not (`010203-1234`, `01.02.03 – 1234`,
  `01021903-1234`, an invisible character where the hyphen would be); *space* (`010203 1234`, `01 02 03 1234`);
  *mark*, a full stop, slash, underscore or lost character (`010203.1234`); *bare* (`0102031234`); *loose*, other groups
  or separators (`01 02 03 12 34`, `010203, 1234`, `010219031234`); *lost zero* (`102031234`, `10203-1234`).
  *Odd groups* are loose ones in which nobody sets a CPR number (`01.02.2003 12`).
* **words**: what the nearest known word says, see below.
* **age**: what the birth date says on the day of the draft. *Unborn*: it lies after that day. A date is *near* from three
  years before that day to two years after it; a near date is an *infant*'s, or where the seventh digit stands for the last
  century that of a person of about a *hundred*. *Ancient*: more than 104 years ago, and not near. Without a day there is
  none of this.
* **may be**: one of these other readings fits the digits, see below.
* **checksum**: modulus 11 passes, or the birth date is one of those with numbers issued without it.
* **joined**: it is joined to other digits or to a code by a hyphen, full stop, slash or nothing at all, or stands in a row
  of groups of digits.
* **spaced**: spaces separate date and serial, alone or around a dash.
* **letters**: O, I or l stands where a digit must.

What is named as a CPR number and has a digit wrong, missing or too many, or a date as `19660107` or `2.11.91`, is
*possible*; so is a birth date whose last four digits words set apart (`010283, de sidste fire er 1234`).

## The other readings

";

const EVIDENCE: &str = "
## The evidence

Every finding names its evidence.

";

const WORDS: &str = "
## The words

A word is compared without case, full stops and hyphens, and also matches with \"nr\" or \"nummer\" added. `*` stands for
anything, `~` for the endings of a noun, `#` for a \"nr\" or \"nummer\" that must follow, `=` for hyphens that matter. CPR words may stand up to six words
before the number, words of persons up to three, and words of other numbers right before it; of those, words of
amounts and CPR words may also follow it. The policy can add CPR words and words of other numbers.

";

/// The page in Markdown.
#[must_use]
pub fn grading_page() -> String {
    let mut page = String::from(HEAD);
    page.push_str(&table());
    page.push_str(COLUMNS);
    page.push_str("| reading | meaning |\n| --- | --- |\n");
    for rival in Rival::ALL {
        page.push_str(&["| ", rival.name(), " | ", rival.meaning(), " |\n"].concat());
    }
    page.push_str(EVIDENCE);
    page.push_str("| evidence | meaning |\n| --- | --- |\n");
    for evidence in Evidence::ALL {
        page.push_str(&["| `", evidence.name(), "` | ", evidence.meaning(), " |\n"].concat());
    }
    page.push_str(WORDS);
    for (says, words) in lists() {
        let about = match says {
            Says::Cpr => "it is a CPR number",
            Says::Person => "it belongs to a person",
            Says::Unsure => "it is a number that can be mistaken for a CPR number, or used in its place",
            Says::ProductionUnit => "it is the number of a production unit",
            Says::Series => "it is one of a row of things that are numbered or dated",
            Says::Other => "it is another number, or an amount",
            Says::Nothing => "nothing",
        };
        let words: Vec<String> = words.iter().map(|word| ["`", word.as_str(), "`"].concat()).collect();
        page.push_str(&["* **", says.name(), "**, ", about, ": ", &words.join(", "), "\n"].concat());
    }
    page
}

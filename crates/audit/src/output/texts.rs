//! The words of the table and the report, in Danish and English.

use std::io::ErrorKind;

use sendvagt::Language;
use sendvagt::RuleName;

use crate::input::blocks::LONGEST;
use crate::input::file_error::{Ending, Trouble};
use crate::judge::RULES;
use crate::output::tally::{FileSum, Place, Places};

/// The words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub(crate) Language);

impl Words {
    /// Picks the text in this language.
    pub(crate) fn pick<T>(self, da: T, en: T) -> T {
        match self.0 {
            Language::Da => da,
            Language::En => en,
        }
    }

    /// A number as it is written: `5.163.000` and `5,163,000`.
    pub(crate) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.pick('.', ','));
            }
            text.push(digit);
        }
        text
    }

    /// So many mails.
    pub(crate) fn mails(self, count: u64) -> String {
        let word = if count == 1 { "mail" } else { "mails" };
        format!("{} {word}", self.number(count))
    }

    /// A rule's name for people, by its index in [`RULES`].
    pub(crate) fn rule(self, rule: usize) -> &'static str {
        match RULES.get(rule) {
            Some(RuleName::CprInSubject) => self.pick("CPR-nummer i emnet", "CPR number in the subject"),
            Some(RuleName::RetiredMailbox) => self.pick("Nedlagt postkasse", "Retired mailbox"),
            _ => self.pick("Måske et CPR-nummer", "Possible CPR number"),
        }
    }

    /// `2025-11` as people say it; empty for mails without a date.
    pub(crate) fn month(self, month: &str) -> String {
        let told = month.split_once('-').and_then(|(year, month)| {
            let name = self.0.month(month.parse().ok()?)?;
            Some(format!("{name} {year}"))
        });
        told.unwrap_or_else(|| self.pick("uden dato", "without a date").to_owned())
    }

    /// A domain; empty if it is unknown.
    pub(crate) fn domain(self, domain: &str) -> String {
        if domain.is_empty() { self.pick("ukendt", "unknown").to_owned() } else { domain.to_owned() }
    }

    /// What is wrong with the mails that could not be read.
    fn trouble(self, trouble: Trouble) -> String {
        let most = LONGEST / (1024 * 1024);
        match trouble {
            Trouble::TooLong => {
                self.pick(format!("linjen er længere end {most} MB"), format!("the line is longer than {most} MB"))
            }
            Trouble::Binary => self.pick("linjen er ikke tekst", "the line is no text").to_owned(),
            Trouble::OpenQuote => {
                self.pick("et anførselstegn mangler sin makker", "a quotation mark is never closed").to_owned()
            }
            Trouble::Columns => self
                .pick(
                    "linjen har ikke lige så mange kolonner som den første",
                    "the line has not as many columns as the first one",
                )
                .to_owned(),
            Trouble::NoDraft => self.pick("linjen er ikke en kladde i JSON", "the line is no draft in JSON").to_owned(),
            Trouble::Unreadable => self.pick("filen kan ikke læses", "the file cannot be read").to_owned(),
            Trouble::NoHeaders => self
                .pick(
                    "det ligner ikke en mail: der er ingen linjer som Subject og From",
                    "there are no headers of a mail",
                )
                .to_owned(),
        }
    }

    /// Why a file was not read to its end, and what to do.
    fn ending(self, ending: Ending) -> String {
        let text = match ending {
            Ending::Unopened(kind) => return self.unopened(kind),
            Ending::Unread(kind) => {
                return self.pick(format!("filen kan ikke læses videre: {kind}"), format!("reading failed: {kind}"));
            }
            Ending::CutShort => self.pick(
                "den pakkede fil slutter for tidligt. Hent den igen",
                "the packed file ends too early. Fetch it again",
            ),
            Ending::Damaged => {
                self.pick("den pakkede fil er beskadiget. Hent den igen", "the packed file is damaged. Fetch it again")
            }
            Ending::Mixed => self.pick(
                "filen skifter fra UTF-16 til en anden kodning. Gem delene hver for sig",
                "the file changes from UTF-16 to another encoding. Save the parts on their own",
            ),
            Ending::Container(kind) => {
                return self.pick(
                    format!("filtypen ({kind}) kan ikke læses. Gem som CSV, eller pak filen ud først"),
                    format!("this kind of file ({kind}) is not read. Save it as CSV, or unpack it first"),
                );
            }
            Ending::Folder => self.pick(
                "mappen er ikke en Maildir: den har hverken cur eller new. Angiv filerne i den i stedet",
                "the folder is no Maildir: it has neither cur nor new. Name the files in it instead",
            ),
            Ending::NoSubjectColumn => self.pick(
                "der er ingen kolonne med emnet (Subject, message_subject, Emne). Er hver linje et emne, så brug --format text",
                "there is no column for the subject (Subject, message_subject, Emne). If each line is a subject, use --format text",
            ),
            Ending::Empty => self.pick("filen er tom", "the file is empty"),
            Ending::Interrupted => self.pick("læsningen blev afbrudt", "reading was stopped"),
        };
        text.to_owned()
    }

    fn unopened(self, kind: ErrorKind) -> String {
        match kind {
            ErrorKind::NotFound => self.pick("filen findes ikke", "there is no such file").to_owned(),
            ErrorKind::PermissionDenied => {
                self.pick("du har ikke adgang til filen", "you may not read the file").to_owned()
            }
            _ => self.pick(format!("filen kan ikke åbnes: {kind}"), format!("the file cannot be opened: {kind}")),
        }
    }

    fn places(self, places: &Places) -> String {
        let lines: Vec<String> = places
            .first
            .iter()
            .map(|place| match place {
                Place::Line(line) => self.number(*line),
                Place::File(name) => name.clone(),
            })
            .collect();
        let more = if places.count > lines.len() as u64 { ", …" } else { "" };
        let word = match (places.first.first(), lines.len()) {
            (Some(Place::Line(_)), 1) => self.pick("linje ", "line "),
            (Some(Place::Line(_)), _) => self.pick("linje ", "lines "),
            _ => "",
        };
        format!("{word}{}{more}", lines.join(", "))
    }

    /// What is to be said of a file, a sentence each: what could not be read, and where.
    pub(crate) fn of_file(self, file: &FileSum) -> Vec<String> {
        let mut told = Vec::new();
        for (&trouble, places) in &file.troubles {
            let (count, what, where_) = (self.number(places.count), self.trouble(trouble), self.places(places));
            told.push(self.pick(
                format!("{count} kunne ikke læses: {what} ({where_})."),
                format!("{count} could not be read: {what} ({where_})."),
            ));
        }
        if let Some(ending) = file.ending {
            let what = self.ending(ending);
            let read = self.mails(file.read);
            let lines = self.number(file.lines);
            let nothing = file.read == 0;
            told.push(self.pick(
                if nothing {
                    format!("{what}.")
                } else {
                    format!("{what}. {read} frem til linje {lines} er talt med.")
                },
                if nothing { format!("{what}.") } else { format!("{what}. {read} up to line {lines} are counted.") },
            ));
        }
        told
    }

    /// What was guessed when a file was read, if anything.
    pub(crate) fn guessed(self, file: &FileSum) -> Option<String> {
        let places = &file.foreign;
        (places.count > 0).then(|| {
            let (count, where_) = (self.number(places.count), self.places(places));
            let one = places.count == 1;
            let (da, en) = if one { ("linje", "line is") } else { ("linjer", "lines are") };
            let was = if one { "was" } else { "were" };
            self.pick(
                format!("{count} {da} er ikke UTF-8 og er læst som Windows-1252 ({where_})."),
                format!("{count} {en} not UTF-8 and {was} read as Windows-1252 ({where_})."),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use sendvagt::Language;

    use super::{Ending, FileSum, Place, Trouble, Words};

    #[test]
    fn numbers_and_months_are_written_as_people_do() {
        let (da, en) = (Words(Language::Da), Words(Language::En));
        for (number, danish, english) in [(0, "0", "0"), (913, "913", "913"), (5_163_000, "5.163.000", "5,163,000")] {
            assert_eq!((da.number(number).as_str(), en.number(number).as_str()), (danish, english));
        }
        for (month, danish, english) in [
            ("2025-11", "november 2025", "November 2025"),
            ("2025-13", "uden dato", "without a date"),
            ("", "uden dato", "without a date"),
        ] {
            assert_eq!((da.month(month).as_str(), en.month(month).as_str()), (danish, english));
        }
    }

    #[test]
    fn a_file_is_told_with_its_places() {
        let mut file = FileSum { read: 7, lines: 1200, ending: Some(Ending::CutShort), ..FileSum::default() };
        for line in [3, 1000, 1001, 1002, 1003, 1004] {
            file.troubles.entry(Trouble::OpenQuote).or_default().add(Place::Line(line));
        }
        assert_eq!(
            Words(Language::Da).of_file(&file),
            [
                "6 kunne ikke læses: et anførselstegn mangler sin makker (linje 3, 1.000, 1.001, 1.002, 1.003, …).",
                "den pakkede fil slutter for tidligt. Hent den igen. 7 mails frem til linje 1.200 er talt med."
            ]
        );
        assert_eq!(Words(Language::En).guessed(&file), None);
    }
}

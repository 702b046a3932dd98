//! The texts of the table and the report, in Danish and English.

use std::io::ErrorKind;

use sendvagt::{Both, Language, RuleName};

use crate::formats::batch::MailError;
use crate::formats::mime::LONGEST_TEXT;
use crate::input::blocks::LONGEST_LINE;
use crate::input::file_error::FileError;
use crate::judge::TextGap;
use crate::output::tally::{FileSummary, Place, Places};

/// The texts in one language.
#[derive(Clone, Copy)]
pub(crate) struct Texts {
    pub(crate) language: Language,
}

impl Texts {
    /// A number with its thousands separated: `5.163.000` in Danish, `5,163,000` in English.
    pub(crate) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(self.language.pick('.', ','));
            }
            text.push(digit);
        }
        text
    }

    /// `1 mail`, `2 mails`.
    pub(crate) fn mails(self, count: u64) -> String {
        let word = if count == 1 { "mail" } else { "mails" };
        format!("{} {word}", self.number(count))
    }

    /// What users call a rule.
    pub(crate) fn rule(self, rule: RuleName) -> &'static str {
        match rule {
            RuleName::CprInSubject => self.language.pick("CPR-nummer i emnet", "CPR number in the subject"),
            RuleName::VisibleRecipients => self.language.pick("Synlige modtagere", "Visible recipients"),
            RuleName::RetiredMailbox => self.language.pick("Nedlagt postkasse", "Retired mailbox"),
            RuleName::PossibleCprInSubject => self.language.pick("Muligt CPR-nummer", "Possible CPR number"),
            RuleName::CprInBody => self.language.pick("CPR-nummer i teksten", "CPR number in the text"),
            RuleName::CprInAttachmentName => {
                self.language.pick("CPR-nummer i bilagsnavn", "CPR number in an attachment's name")
            }
            RuleName::OwnPattern => self.language.pick("Eget mønster", "Own pattern"),
            other => other.as_str(),
        }
    }

    /// The name of a month such as `2025-11`; empty stands for mails without a date.
    pub(crate) fn month(self, month: &str) -> String {
        let name = month.split_once('-').and_then(|(year, month)| {
            let name = self.language.month(month.parse().ok()?)?;
            Some(format!("{name} {year}"))
        });
        name.unwrap_or_else(|| self.language.pick("uden dato", "without a date").to_owned())
    }

    /// A domain; empty stands for unknown ones.
    pub(crate) fn domain(self, domain: &str) -> String {
        if domain.is_empty() { self.language.pick("ukendt", "unknown").to_owned() } else { domain.to_owned() }
    }

    fn places(self, places: &Places) -> String {
        let named: Vec<String> = places
            .first
            .iter()
            .map(|place| match place {
                Place::Line(line) | Place::Mail(line) => self.number(*line),
                Place::File(name) => name.clone(),
            })
            .collect();
        let more = if places.count > named.len() as u64 { ", …" } else { "" };
        let word = match places.first.first() {
            Some(Place::Line(_)) => {
                let (one, several) = (Both { da: "linje ", en: "line " }, Both { da: "linje ", en: "lines " });
                *Both::counted(named.len(), one, several).get(self.language)
            }
            Some(Place::Mail(_)) => {
                let (one, several) = (Both { da: "mail ", en: "mail " }, Both { da: "mail ", en: "mails " });
                *Both::counted(named.len(), one, several).get(self.language)
            }
            _ => "",
        };
        format!("{word}{}{more}", named.join(", "))
    }

    /// What to say about a file, a sentence each: what could not be read and where, and what was guessed.
    pub(crate) fn remarks(self, file: &FileSummary) -> Vec<String> {
        let mut remarks = Vec::new();
        for (&error, places) in &file.errors {
            let (count, places) = (self.number(places.count), self.places(places));
            let error = mail_error(error);
            remarks.push(self.language.pick(
                format!("{count} kunne ikke læses: {} ({places}).", error.da),
                format!("{count} could not be read: {} ({places}).", error.en),
            ));
        }
        for (&gap, places) in &file.gaps {
            let (count, places) = (self.mails(places.count), self.places(places));
            let gap = text_gap(gap);
            remarks.push(self.language.pick(
                format!("Tekst eller bilagsnavne er ikke læst, eller ikke til ende, i {count}: {} ({places}).", gap.da),
                format!(
                    "Text or attachments' names were not read, or not to their end, in {count}: {} ({places}).",
                    gap.en
                ),
            ));
        }
        if file.has_no_text {
            remarks.push(
                self.language
                    .pick(
                        "Filen har kun emner, så ingen tekst er læst.",
                        "The file has subjects only, so that no text was read.",
                    )
                    .to_owned(),
            );
        }
        if let Some(error) = file.error {
            let error = file_error(error);
            let (read, line) = (self.mails(file.read), self.number(file.lines));
            remarks.push(match file.read {
                0 => self.language.pick(format!("{}.", error.da), format!("{}.", error.en)),
                _ if file.has_no_lines => self
                    .language
                    .pick(format!("{}. {read} er talt med.", error.da), format!("{}. {read} are counted.", error.en)),
                _ => self.language.pick(
                    format!("{}. {read} frem til linje {line} er talt med.", error.da),
                    format!("{}. {read} up to line {line} are counted.", error.en),
                ),
            });
        }
        remarks.extend(self.guessed(file));
        remarks
    }

    fn guessed(self, file: &FileSummary) -> Option<String> {
        let Places { count, .. } = file.windows_1252;
        let (one, several) = (
            Both { da: "linje er ikke UTF-8 og er læst", en: "line is not UTF-8 and was read" },
            Both { da: "linjer er ikke UTF-8 og er læst", en: "lines are not UTF-8 and were read" },
        );
        let text = Both::counted(usize::try_from(count).unwrap_or(usize::MAX), one, several);
        let (count_text, places) = (self.number(count), self.places(&file.windows_1252));
        (count > 0).then(|| {
            self.language.pick(
                format!("{count_text} {} som Windows-1252 ({places}).", text.da),
                format!("{count_text} {} as Windows-1252 ({places}).", text.en),
            )
        })
    }
}

const _: () = assert!(LONGEST_LINE == 4 * 1024 * 1024, "the texts say 4 MB");

/// Why a mail could not be read.
fn mail_error(error: MailError) -> Both {
    match error {
        MailError::TooLong => Both { da: "linjen er længere end 4 MB", en: "the line is longer than 4 MB" },
        MailError::Binary => Both { da: "linjen er ikke tekst", en: "the line is not text" },
        MailError::OpenQuote => {
            Both { da: "et anførselstegn er ikke afsluttet", en: "a quotation mark is never closed" }
        }
        MailError::ColumnCount => Both {
            da: "linjen har ikke lige så mange kolonner som den første",
            en: "the line does not have as many columns as the first one",
        },
        MailError::NotADraft => Both { da: "linjen er ikke en kladde i JSON", en: "the line is not a draft in JSON" },
        MailError::Damaged => Both { da: "mailen er beskadiget", en: "the mail is damaged" },
        MailError::Unreadable => Both { da: "filen kan ikke læses", en: "the file cannot be read" },
        MailError::NoHeaders => Both {
            da: "det ligner ikke en mail: der er ingen linjer som Subject og From",
            en: "there are no headers of a mail",
        },
    }
}

const _: () = assert!(LONGEST_TEXT == 8 * 1024 * 1024, "the texts say 8 MB");

/// Why the text of a mail was not read.
fn text_gap(gap: TextGap) -> Both {
    match gap {
        TextGap::NobodyKnown => Both {
            da: "policyen siger ikke for den afsender, hvem der er i huset (organisation.domains)",
            en: "for this sender the policy does not say who is inside (organisation.domains)",
        },
        TextGap::Encrypted => Both { da: "mailen er krypteret", en: "the mail is encrypted" },
        TextGap::Tnef => Both { da: "noget ligger i winmail.dat (TNEF)", en: "some of it is in winmail.dat (TNEF)" },
        TextGap::Form => {
            Both { da: "teksten er hverken HTML eller ren tekst", en: "the text is neither HTML nor plain text" }
        }
        TextGap::Parts => Both { da: "mailen har for mange dele", en: "the mail has too many parts" },
        TextGap::Damaged => {
            Both { da: "mailen er beskadiget eller slutter for tidligt", en: "the mail is damaged or ends too early" }
        }
        TextGap::TooLong => Both { da: "teksten er længere end 8 MB", en: "the text is longer than 8 MB" },
        TextGap::Charset => Both { da: "tegnsættet er ukendt", en: "the charset is unknown" },
        TextGap::NotInDraft => {
            Both { da: "kladden har ikke hele teksten", en: "the draft does not have all of the text" }
        }
    }
}

/// Why a file was not read to its end, and what to do.
fn file_error(error: FileError) -> Both<String> {
    let text = match error {
        FileError::NotOpened(kind) => return not_opened(kind),
        FileError::ReadFailed(kind) => {
            return Both { da: format!("filen kan ikke læses videre: {kind}"), en: format!("reading failed: {kind}") };
        }
        FileError::CutShort => Both {
            da: "den pakkede fil slutter for tidligt. Hent den igen",
            en: "the packed file ends too early. Fetch it again",
        },
        FileError::Damaged => Both {
            da: "den pakkede fil er beskadiget. Hent den igen",
            en: "the packed file is damaged. Fetch it again",
        },
        FileError::MixedEncodings => Both {
            da: "filen skifter fra UTF-16 til en anden kodning. Gem delene hver for sig",
            en: "the file changes from UTF-16 to another encoding. Save the parts as separate files",
        },
        FileError::Password => Both {
            da: "filen er beskyttet med en adgangskode. Fjern den, eller pak filen ud først",
            en: "the file is protected by a password. Remove it, or unpack the file first",
        },
        FileError::TooDeep => Both {
            da: "filen ligger i en ZIP-fil i en ZIP-fil i en ZIP-fil. Pak den yderste ud først",
            en: "the file is in a ZIP file in a ZIP file in a ZIP file. Unpack the outer one first",
        },
        FileError::TooLarge => Both {
            da: "filen er for stor til at blive læst inde i en ZIP-fil. Pak den ud først",
            en: "the file is too large to be read within a ZIP file. Unpack it first",
        },
        FileError::Bomb => Both {
            da: "filen fylder mere pakket ud, end den kan. Den er lavet til at gøre skade",
            en: "the file unpacks to more than it can hold. It is made to do harm",
        },
        FileError::OnlyProgram(kind) => {
            return Both {
                da: format!(
                    "siden læser ikke {kind}. Det gør programmet (sendvagt audit). Eller pak filen ud, eller gem som CSV"
                ),
                en: format!(
                    "the page does not read {kind}. The program does (sendvagt audit). Or unpack the file, or save it as CSV"
                ),
            };
        }
        FileError::Unsupported(kind) => {
            return Both {
                da: format!("filtypen ({kind}) kan ikke læses. Gem som CSV, eller pak filen ud først"),
                en: format!("this kind of file ({kind}) is not read. Save it as CSV, or unpack it first"),
            };
        }
        FileError::Changed => Both {
            da: "filen kan ikke læses. Den er ændret, flyttet eller slettet, siden den blev valgt, eller er åben i et andet program. Vælg den igen",
            en: "the file cannot be read. It was changed, moved or deleted since it was chosen, or is open in another program. Choose it again",
        },
        FileError::NotMaildir => Both {
            da: "mappen er ikke en Maildir: den har hverken cur eller new. Angiv filerne i den i stedet",
            en: "the folder is not a Maildir: it has neither cur nor new. Name the files in it instead",
        },
        FileError::NoSubjectColumn => Both {
            da: "der er ingen kolonne med emnet (Subject, message_subject, Emne). Er hver linje et emne, så vælg formatet tekst (--format text)",
            en: "there is no column for the subject (Subject, message_subject, Emne). If each line is a subject, choose the format text (--format text)",
        },
        FileError::Empty => Both { da: "filen er tom", en: "the file is empty" },
        FileError::Interrupted => Both { da: "læsningen blev afbrudt", en: "reading was stopped" },
    };
    Both { da: text.da.to_owned(), en: text.en.to_owned() }
}

fn not_opened(kind: ErrorKind) -> Both<String> {
    let text = match kind {
        ErrorKind::NotFound => Both { da: "filen findes ikke", en: "there is no such file" },
        ErrorKind::PermissionDenied => Both { da: "du har ikke adgang til filen", en: "you may not read the file" },
        _ => {
            return Both {
                da: format!("filen kan ikke åbnes: {kind}"),
                en: format!("the file cannot be opened: {kind}"),
            };
        }
    };
    Both { da: text.da.to_owned(), en: text.en.to_owned() }
}

#[cfg(test)]
mod tests {
    use sendvagt::Language;

    use super::{FileError, FileSummary, MailError, Place, Texts};

    #[test]
    fn numbers_and_months_are_written_as_people_write_them() {
        let (da, en) = (Texts { language: Language::Da }, Texts { language: Language::En });
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
    fn remarks_name_the_places() {
        let mut file = FileSummary { read: 7, lines: 1200, error: Some(FileError::CutShort), ..FileSummary::default() };
        for line in [3, 1000, 1001, 1002, 1003, 1004] {
            file.errors.entry(MailError::OpenQuote).or_default().add(Place::Line(line));
        }
        assert_eq!(
            Texts { language: Language::Da }.remarks(&file),
            [
                "6 kunne ikke læses: et anførselstegn er ikke afsluttet (linje 3, 1.000, 1.001, 1.002, 1.003, …).",
                "den pakkede fil slutter for tidligt. Hent den igen. 7 mails frem til linje 1.200 er talt med."
            ]
        );
        assert_eq!(Texts { language: Language::En }.guessed(&file), None);
    }
}

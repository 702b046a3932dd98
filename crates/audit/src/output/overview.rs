//! What the table and the report both say.

use std::collections::HashMap;

use sendvagt::Both;

use crate::output::tally::{Counts, Largest, Tally, largest};
use crate::output::texts::Texts;

/// How many domains a table names.
const MOST_DOMAINS: usize = 15;

/// A group of mails, such as those of a month.
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) counts: Counts,
}

/// What was read and found, a sentence each.
pub(crate) fn sentences(tally: &Tally, texts: Texts) -> Vec<String> {
    let language = texts.language;
    let (read, unreadable, found) =
        (texts.mails(tally.read()), texts.number(tally.unreadable()), texts.mails(tally.mails));
    let files = tally.files.len();
    let file_word = Both::counted(files, Both { da: "fil", en: "file" }, Both { da: "filer", en: "files" });
    let mut lines = vec![language.pick(
        format!("Læst: {read} i {files} {}.", file_word.da),
        format!("Read: {read} in {files} {}.", file_word.en),
    )];
    if tally.unreadable() > 0 {
        lines.push(
            language.pick(format!("Kunne ikke læses: {unreadable}."), format!("Could not be read: {unreadable}.")),
        );
    }
    if tally.reads_text {
        let (texts_read, gaps) = (texts.mails(tally.texts()), texts.mails(tally.gaps()));
        lines.push(language.pick(
            format!("Tekst og bilagsnavne er læst i {texts_read}, der gik ud af huset og ikke var sikker post."),
            format!("Text and attachments' names were read in {texts_read} that left the organisation and were no secure mail."),
        ));
        if tally.received() > 0 {
            let received = texts.mails(tally.received());
            lines.push(language.pick(
                format!("Sprunget over, fordi afsenderen ikke er i huset: {received}."),
                format!("Passed over, since the sender is not inside: {received}."),
            ));
        }
        if tally.gaps() > 0 {
            lines.push(language.pick(
                format!("De kunne ikke læses, eller ikke til ende, i {gaps}."),
                format!("They could not be read, or not to their end, in {gaps}."),
            ));
        }
    }
    // Nothing is said of what was not read.
    match (tally.mails, tally.read(), tally.is_incomplete()) {
        (0, 0, _) => {}
        (0, _, true) => lines.push(
            language
                .pick("Der blev ikke fundet noget i det, der blev læst.", "Nothing was found in what was read.")
                .to_owned(),
        ),
        (0, _, false) => lines.push(language.pick("Der blev ikke fundet noget.", "Nothing was found.").to_owned()),
        _ => lines.push(language.pick(format!("Fundet: {found}."), format!("Found: {found}."))),
    }
    lines
}

/// What the reader must know about the numbers, if not everything was read.
pub(crate) fn warning(tally: &Tally) -> Option<Both> {
    if tally.is_interrupted() {
        return Some(Both {
            da: "Læsningen blev afbrudt. Tallene gælder kun den del, der blev læst.",
            en: "Reading was stopped. The numbers cover only the part that was read.",
        });
    }
    tally.is_incomplete().then_some(Both {
        da: "Noget kunne ikke læses. Tallene gælder kun det, der blev læst.",
        en: "Something could not be read. The numbers cover only what was read.",
    })
}

/// The groups with their titles, without those that are unknown for every mail: a list of subjects has no months and no
/// domains.
pub(crate) fn groups(tally: &Tally, texts: Texts) -> Vec<(&'static str, Vec<Group>)> {
    let mut all = Vec::new();
    if tally.by_month.keys().any(|month| !month.is_empty()) {
        let months =
            tally.by_month.iter().map(|(month, counts)| Group { name: texts.month(month), counts: *counts }).collect();
        all.push((texts.language.pick("Måned", "Month"), months));
    }
    for (title, groups) in [
        (texts.language.pick("Afsenderens domæne", "Sending domain"), &tally.by_sender),
        (texts.language.pick("Modtagerens domæne", "Receiving domain"), &tally.by_receiver),
    ] {
        if groups.keys().any(|domain| !domain.is_empty()) {
            all.push((title, domains(groups, texts)));
        }
    }
    all
}

fn domains(groups: &HashMap<String, Counts>, texts: Texts) -> Vec<Group> {
    let Largest { named, others, of_others } = largest(groups, MOST_DOMAINS);
    let named = named.into_iter().map(|(domain, counts)| Group { name: texts.domain(domain), counts });
    let others = (others > 0).then(|| {
        let count = texts.number(others as u64);
        let name = texts.language.pick(format!("{count} andre"), format!("{count} others"));
        Group { name, counts: of_others }
    });
    named.chain(others).collect()
}

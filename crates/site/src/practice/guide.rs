//! The page to print: how to write the subject of secure mail.

use askama::Template;
use sendvagt::policy::Action;
use sendvagt::verdict::{At, Finding};
use sendvagt::{Both, Language, RuleName, check};

use super::Practice;
use super::scene::Scene;

const TITLE: Both = Both { da: "Sådan skriver du emnet i sikker post", en: "How to write the subject of secure mail" };
const LEAD: Both = Both {
    da: "Emnet kan læses af andre, ligesom det, der står uden på en kuvert. Skriv, hvad sagen handler om, og gerne sagsnummeret. \
         Skriv aldrig et CPR-nummer i emnet, og undgå helst navne.",
    en: "Everybody can read the subject, like what stands on an envelope. Say what the case is about, and preferably give \
         its number. Never write a CPR number, and preferably no names.",
};
const DO_NOT_WRITE: Both = Both { da: "Skriv ikke", en: "Do not write" };
const WRITE_INSTEAD: Both = Both { da: "Skriv i stedet", en: "Write instead" };
const WHY: Both = Both { da: "Hvorfor?", en: "Why?" };
const GOOD: Both = Both { da: "Det er helt i orden", en: "This is quite in order" };
const ALSO: Both = Both { da: "Sendvagt siger også til, når …", en: "Sendvagt also speaks up when …" };
const FOOTER: Both = Both {
    da: "Numre og adresser er opdigtede. Siden er lavet af Sendvagts egne regler.",
    en: "Numbers and addresses are made up. The page is made from Sendvagt's own rules.",
};

/// What `guide.html` shows.
#[derive(Template)]
#[template(path = "guide.html")]
struct Guide<'a> {
    language: Language,
    pairs: Vec<Pair<'a>>,
    /// Why not to write a number in the subject, in the engine's words.
    reason: Option<Finding>,
    /// Subjects that are correct.
    good: Vec<&'a str>,
    /// What the rules on recipients look for.
    also: Vec<&'static str>,
}

/// A wrong subject beside the one of the model answer.
struct Pair<'a> {
    title: &'a str,
    wrong: Vec<Part>,
    right: &'a str,
}

/// A part of a subject: a finding, or the text between two.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    text: String,
    is_marked: bool,
}

/// The page as self-contained HTML, on one sheet of A4. Its examples are the scenes marked for it, as the engine judges them.
#[must_use]
pub fn guide(practice: &Practice, language: Language) -> String {
    let scenes = || practice.scenes().iter().filter(|scene| scene.guide);
    let guide = Guide {
        language,
        pairs: scenes().filter_map(|scene| pair(practice, scene, language)).collect(),
        reason: scenes().flat_map(|scene| findings(practice, scene, language)).next(),
        good: scenes()
            .filter(|scene| scene.is_clean())
            .map(|scene| scene.model.subject.get(language).as_str())
            .collect(),
        also: about_recipients(language).collect(),
    };
    guide.to_string()
}

/// What the engine finds in the first wrong mail of a scene.
fn findings(practice: &Practice, scene: &Scene, language: Language) -> Vec<Finding> {
    let wrong = scene.wrong.first();
    wrong.map(|wrong| check(practice.policy(), &wrong.mail.draft(language), language).findings).unwrap_or_default()
}

/// `None` when nothing is found in the subject.
fn pair<'a>(practice: &Practice, scene: &'a Scene, language: Language) -> Option<Pair<'a>> {
    let subject = scene.wrong.first()?.mail.subject.get(language);
    Some(Pair {
        title: scene.title.get(language),
        wrong: marked(subject, &findings(practice, scene, language))?,
        right: scene.model.subject.get(language),
    })
}

/// The subject with the findings in it marked; `None` when nothing is found in it.
fn marked(subject: &str, findings: &[Finding]) -> Option<Vec<Part>> {
    let units: Vec<u16> = subject.encode_utf16().collect();
    let part = |from: usize, to: usize, is_marked| {
        Some(Part { text: String::from_utf16_lossy(units.get(from..to)?), is_marked })
    };
    let mut parts = Vec::new();
    let mut from = 0;
    for finding in findings {
        if let At::Subject(start, end) = finding.at {
            parts.extend([part(from, start, false)?, part(start, end, true)?]);
            from = end;
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(part(from, units.len(), false)?);
    Some(parts)
}

fn about_recipients(language: Language) -> impl Iterator<Item = &'static str> {
    let on = RuleName::ALL.into_iter().map(RuleName::rule).filter(|rule| rule.default != Action::Off);
    on.filter(|rule| !rule.name.as_str().ends_with("in-subject")).map(move |rule| *rule.name.about().get(language))
}

//! The page to print: how to write the subject of secure mail.

use sendvagt::policy::Action;
use sendvagt::text::escape_html as html;
use sendvagt::verdict::{At, Finding};
use sendvagt::{Both, Language, RuleName, check};

use super::{Practice, Scene};

const TITLE: Both = Both { da: "Sådan skriver du emnet i sikker post", en: "How to write the subject of secure mail" };
const LEAD: Both = Both {
    da: "Alle kan læse emnet, ligesom det, der står uden på en kuvert. Skriv, hvad sagen handler om, og gerne sagsnummeret. \
         Skriv aldrig et CPR-nummer, og helst ingen navne.",
    en: "Everybody can read the subject, like what stands on an envelope. Say what the case is about, and preferably give \
         its number. Never write a CPR number, and preferably no names.",
};
const INSTEAD: Both = Both { da: "Skriv ikke", en: "Do not write" };
const WRITE: Both = Both { da: "Skriv i stedet", en: "Write instead" };
const WHY: Both = Both { da: "Hvorfor?", en: "Why?" };
const GOOD: Both = Both { da: "Det er helt i orden", en: "This is quite in order" };
const ALSO: Both =
    Both { da: "Sendvagt holder også øje med modtagerne", en: "Sendvagt looks after the recipients too" };
const FOOT: Both = Both {
    da: "Numre og adresser er opdigtede. Siden er lavet af Sendvagts egne regler.",
    en: "Numbers and addresses are made up. The page is made from Sendvagt's own rules.",
};

/// The page as self-contained HTML, on one sheet of A4. Its examples are the scenes marked for it, as the engine judges
/// them.
#[must_use]
pub fn guide(practice: &Practice, language: Language) -> String {
    let text = |both: &Both| html(both.get(language));
    let scenes = || practice.scenes().iter().filter(|scene| scene.guide);
    let rows: String = scenes().filter_map(|scene| row(practice, scene, language)).collect();
    let good: String = scenes().filter(|scene| scene.is_clean()).map(|scene| subject(scene, language)).collect();
    let also: String = others(language).map(|about| format!("<li>{}</li>\n", html(about))).collect();
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <!-- Made from the rules and the scenes of the practice by `cargo xtask generate`. -->\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p class=\"lead\">{lead}</p>\n\
         <table>\n<thead><tr><th scope=\"col\">{instead}</th><th scope=\"col\">{write}</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n\
         <h2>{why_title}</h2>\n{why}\
         <h2>{good_title}</h2>\n<ul class=\"good\">\n{good}</ul>\n\
         <h2>{also_title}</h2>\n<ul>\n{also}</ul>\n</main>\n<footer>{foot}</footer>\n</body>\n</html>\n",
        tag = language.tag(),
        title = text(&TITLE),
        lead = text(&LEAD),
        instead = text(&INSTEAD),
        write = text(&WRITE),
        why_title = text(&WHY),
        why = why(practice, language),
        good_title = text(&GOOD),
        also_title = text(&ALSO),
        foot = text(&FOOT),
    )
}

/// A wrong subject beside that of the model; `None` where the scene is about something else.
fn row(practice: &Practice, scene: &Scene, language: Language) -> Option<String> {
    let wrong = scene.wrong.first()?;
    let draft = wrong.mail.draft(language);
    let findings = check(practice.policy(), &draft, language).findings;
    let marked = marked(&draft.subject, &findings)?;
    let model = html(scene.model.subject.get(language));
    let title = html(scene.title.get(language));
    Some(format!("<tr><td><small>{title}</small>{marked}</td><td>{model}</td></tr>\n"))
}

/// The subject with what is found in it marked; `None` when nothing is.
fn marked(subject: &str, findings: &[Finding]) -> Option<String> {
    let units: Vec<u16> = subject.encode_utf16().collect();
    let part = |from: usize, to: usize| units.get(from..to).map(|part| html(&String::from_utf16_lossy(part)));
    let places: Vec<(usize, usize)> = findings
        .iter()
        .filter_map(|finding| match finding.at {
            At::Subject(start, end) => Some((start, end)),
            _ => None,
        })
        .collect();
    let mut out = String::new();
    let mut from = 0;
    for (start, end) in &places {
        out.push_str(&format!("{}<mark>{}</mark>", part(from, *start)?, part(*start, *end)?));
        from = *end;
    }
    out.push_str(&part(from, units.len())?);
    (!places.is_empty()).then_some(out)
}

/// What the first scene's finding says, in the engine's words.
fn why(practice: &Practice, language: Language) -> String {
    let wrong = practice.scenes().iter().filter(|scene| scene.guide).flat_map(|scene| &scene.wrong).next();
    let findings = wrong.map(|wrong| check(practice.policy(), &wrong.mail.draft(language), language).findings);
    let paragraph = |finding: Finding| format!("<p>{} {}</p>\n", html(&finding.why), html(&finding.remedy));
    findings.into_iter().flatten().take(1).map(paragraph).collect()
}

fn subject(scene: &Scene, language: Language) -> String {
    format!("<li>{}</li>\n", html(scene.model.subject.get(language)))
}

/// What the rules on recipients look for.
fn others(language: Language) -> impl Iterator<Item = &'static str> {
    let on = RuleName::ALL.into_iter().map(RuleName::rule).filter(|rule| rule.default != Action::Off);
    on.filter(|rule| !rule.name.as_str().ends_with("in-subject")).map(move |rule| *rule.about.get(language))
}

const STYLE: &str = "\
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem; background: #fff; color: #1a1a1a; \
font: 12pt/1.45 \"Segoe UI\", system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 .25rem; font-size: 22pt; line-height: 1.2; color: #0b5c53; }
h2 { margin: 1.1rem 0 .25rem; font-size: 13pt; color: #0b5c53; }
p { margin: 0 0 .5rem; }
.lead { font-size: 13pt; }
table { width: 100%; margin-top: .75rem; border-collapse: collapse; }
th, td { width: 50%; padding: .4rem .6rem; border: 1px solid #767676; text-align: start; vertical-align: bottom; }
th { background: #e6f2f0; }
small { display: block; font-size: 9pt; color: #595959; }
mark { padding: 0 .15rem; background: #fdcfb4; color: #5c1a00; text-decoration: line-through; \
print-color-adjust: exact; -webkit-print-color-adjust: exact; }
ul { margin: 0; padding-inline-start: 1.2rem; }
.good { padding: 0; list-style: none; }
.good li::before { content: \"✓ \"; color: #0b5c53; font-weight: bold; }
footer { margin-top: 1rem; font-size: 9pt; color: #595959; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h1 { font-size: 20pt; } }
";

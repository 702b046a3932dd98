//! The room *Try*: what would become of a mail under the policy as it is written, by the engine that rules in Outlook.

use std::rc::Rc;

use sendvagt::cpr::Date;
use sendvagt::mend::mend;
use sendvagt::policy::Mode;
use sendvagt::verdict::{Card, Fix, Verdict};
use sendvagt::{Both, Decision, Draft, Field, Language, Policy, check};
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{
    button, dd, details, div, dl, dt, h2, h3, label, li, ol, option, p, section, select, span, summary, table, tbody,
    td, textarea, th, thead, tr, ul,
};
use wasm_bindgen::JsValue;
use web_sys::{DragEvent, Event};

use super::desk::Desk;
use super::files;
use super::parts::{counted, open_button, outdated, text_field, written};
use crate::trial::{Row, recipients, rows, signed, signs, written as addresses};

/// Rows of the table of subjects that are shown.
const SHOWN: usize = 500;

const DECISIONS: [(Decision, Both); 3] = [
    (Decision::Send, Both { da: "Sendes", en: "Sent" }),
    (Decision::Ask, Both { da: "Spørger", en: "Asks" }),
    (Decision::Stop, Both { da: "Stopper", en: "Stops" }),
];

fn named(decision: Decision, language: Language) -> &'static str {
    DECISIONS.iter().find(|(one, _)| *one == decision).map_or("", |(_, name)| name.get(language))
}

fn id_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Send => "send",
        Decision::Ask => "ask",
        Decision::Stop => "stop",
    }
}

/// The mail as it is written.
#[derive(Clone, Copy)]
struct Mail {
    subject: Signal<String>,
    to: Signal<String>,
    cc: Signal<String>,
    bcc: Signal<String>,
    /// The index of the sign of secure mail, from 1; 0 for none.
    sign: Signal<usize>,
}

impl Mail {
    fn draft(self, policy: &Policy) -> Draft {
        let fields = [(Field::To, self.to), (Field::Cc, self.cc), (Field::Bcc, self.bcc)];
        let recipients = fields.iter().flat_map(|(field, of)| of.with(|text| recipients(*field, text)));
        let draft = Draft {
            subject: self.subject.get_clone(),
            recipients: recipients.collect(),
            date: today(),
            ..Draft::default()
        };
        signed(draft, self.sign.get().checked_sub(1).and_then(|index| signs(policy).get(index).cloned()).as_ref())
    }

    fn write(self, draft: &Draft) {
        self.subject.set(draft.subject.clone());
        for (field, of) in [(Field::To, self.to), (Field::Cc, self.cc), (Field::Bcc, self.bcc)] {
            of.set(addresses(draft, field));
        }
    }
}

/// The day on this computer, as the add-in takes it.
fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    let text = format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date());
    Date::parse(&text)
}

pub(super) fn room(desk: Desk, language: Language) -> View {
    let text = |start: &str| create_signal(start.to_owned());
    let mail = Mail {
        subject: text("Vedr. 010203-1234"),
        to: text("kollega@kommune.example"),
        cc: text(""),
        bcc: text(""),
        sign: create_signal(0),
    };
    let judged = create_memo(move || {
        let policy = desk.policy.get_clone();
        let draft = mail.draft(&policy);
        Rc::new((check(&policy, &draft, language), draft))
    });
    let verdict = move || {
        // No signal may be borrowed while a view is made: views register themselves beside the signals.
        let judged = judged.get_clone();
        shown(desk, mail, &judged.0, &judged.1, language)
    };
    (
        div().role("status").children(View::from_dynamic(outdated(desk, language))),
        div().class("sides").children((
            div()
                .class("form")
                .children((h2().children(language.pick("En mail", "A mail")), form(desk, mail, language))),
            section()
                .class("outcome")
                .attr(
                    "aria-label",
                    language
                        .pick("Det sker der, når brugeren trykker på Send", "What happens when the user presses Send"),
                )
                .children(View::from_dynamic(verdict)),
        )),
        many(desk, mail, language),
    )
        .into()
}

fn form(desk: Desk, mail: Mail, language: Language) -> View {
    let several = language.pick("Flere adresser skilles med semikolon.", "Separate addresses by semicolons.");
    let all = move || {
        let policy = desk.policy.get_clone();
        let none = language.pick("Nej", "No");
        let first = View::from(option().value("0").children(none));
        let sign = |(index, sign): (usize, crate::trial::Sign)| {
            let name = match sign {
                crate::trial::Sign::From(address) => format!("{} {address}", language.pick("Ja, fra", "Yes, from")),
                crate::trial::Sign::Label(id) => {
                    format!("{} {id}", language.pick("Ja, med mærkaten", "Yes, with the label"))
                }
                crate::trial::Sign::Header(name, value) => {
                    format!("{} {name}: {value}", language.pick("Ja, med headeren", "Yes, with the header"))
                }
            };
            View::from(option().value((index + 1).to_string()).children(name))
        };
        std::iter::once(first).chain(signs(&policy).into_iter().enumerate().map(sign)).collect::<Vec<View>>()
    };
    let about = move || {
        if signs(&desk.policy.get_clone()).is_empty() {
            language.pick(
                "Policyen har ingen afsender, mærkat eller header, der gør en mail til sikker post.",
                "The policy has no sender, label or header that makes a mail secure mail.",
            )
        } else {
            language.pick(
                "Kendetegn i emnet og hos modtagerne skriver du i felterne ovenfor.",
                "Write signs in the subject and at the recipients into the fields above.",
            )
        }
    };
    (
        text_field("mail-to", language.pick("Til", "To"), several, mail.to),
        text_field("mail-cc", "Cc", "", mail.cc),
        text_field("mail-bcc", "Bcc", "", mail.bcc),
        text_field("mail-subject", language.pick("Emne", "Subject"), "", mail.subject),
        div().class("field").children((
            label().attr("for", "mail-secure").children(language.pick("Sendt som sikker post", "Sent as secure mail")),
            p().class("about").id("mail-secure-about").children(about),
            select()
                .id("mail-secure")
                .attr("aria-describedby", "mail-secure-about")
                .children(View::from_dynamic(all))
                .prop("value", move || {
                    desk.policy.track();
                    JsValue::from(mail.sign.get().to_string())
                })
                .on(events::change, move |event: Event| mail.sign.set(written(&event).parse().unwrap_or_default())),
        )),
    )
        .into()
}

/// The dialog and the pane.
fn shown(desk: Desk, mail: Mail, verdict: &Verdict, draft: &Draft, language: Language) -> View {
    let spoken = desk.policy.with_untracked(|policy| policy.language(language));
    let kind = if verdict.secure {
        spoken.pick("Sikker post", "Secure mail")
    } else {
        spoken.pick("Almindelig mail", "Ordinary mail")
    };
    let dialog = verdict.alert.as_ref().map(|alert| {
        let closing = match verdict.decision {
            Decision::Ask => vec![
                alert.button.clone(),
                spoken.pick("Send alligevel", "Send anyway").to_owned(),
                spoken.pick("Send ikke", "Don't send").to_owned(),
            ],
            _ => vec![alert.button.clone(), spoken.pick("Send ikke", "Don't send").to_owned()],
        };
        let buttons: Vec<View> = closing.into_iter().map(|name| View::from(li().children(name))).collect();
        let lines: Vec<View> = alert
            .text
            .split('\n')
            .filter(|line| !line.trim().is_empty())
            .map(|line| View::from(p().children(line.to_owned())))
            .collect();
        View::from((
            h3().children(language.pick("Outlooks dialog", "Outlook's dialog")),
            div().class("dialog").lang(spoken.tag()).children((
                p().class("sender").children("Sendvagt"),
                View::from(lines),
                ul().class("buttons").attr("aria-label", language.pick("Knapper", "Buttons")).children(buttons),
            )),
        ))
    });
    let observes =
        desk.policy.with_untracked(|policy| policy.of_sender(draft.from.as_deref()).file().mode == Mode::Observe);
    let quiet = verdict.alert.is_none().then(|| {
        View::from(p().children(if observes {
            language.pick(
                "Der kommer ingen dialog, for policyen holder kun øje. Mailen bliver sendt.",
                "There is no dialog, since the policy only observes. The mail is sent.",
            )
        } else {
            language.pick("Der kommer ingen dialog. Mailen bliver sendt.", "There is no dialog. The mail is sent.")
        }))
    });
    let cards: Vec<View> = verdict.cards.iter().map(|one| card(desk, mail, one, verdict, draft, language)).collect();
    (
        h2().children(language.pick("Når brugeren trykker på Send", "When the user presses Send")),
        p().class("decision")
            .role("status")
            .attr("data-decision", id_of(verdict.decision))
            .children(named(verdict.decision, language)),
        quiet,
        dialog,
        h3().children(language.pick("Ruden", "The pane")),
        div().class("pane").lang(spoken.tag()).children((
            p().class("status").attr("data-decision", id_of(verdict.decision)).children(verdict.status.clone()),
            p().class("about").children(kind),
            ol().class("cards").children(cards),
        )),
    )
        .into()
}

fn card(desk: Desk, mail: Mail, card: &Card, verdict: &Verdict, draft: &Draft, language: Language) -> View {
    let fixes = card.findings.iter().flat_map(|finding| {
        let fixes = verdict.findings.get(*finding).map(|found| found.fixes.as_slice()).unwrap_or_default();
        fixes.iter().enumerate().map(move |(fix, of)| (*finding, fix, of))
    });
    let buttons: Vec<View> = fixes
        .map(|(finding, fix, of): (usize, usize, &Fix)| {
            let draft = draft.clone();
            let press = move |_| {
                let change = desk.policy.with_untracked(|policy| mend(policy, &draft, language, finding, fix));
                if let Some(change) = change {
                    mail.write(&change.applied_to(&draft));
                }
            };
            View::from(button().r#type("button").on(events::click, press).children(of.label().to_owned()))
        })
        .collect();
    let reasons: Vec<View> = card.because.iter().map(|reason| View::from(li().children(reason.clone()))).collect();
    li().attr("data-action", id_of(card.action))
        .attr("data-rule", card.rule.clone())
        .children((
            p().class("what").children(card.what.clone()),
            p().children(card.why.clone()),
            p().children(card.remedy.clone()),
            View::from(buttons),
            details().children((
                summary().children(format!("{} {}", language.pick("Regel:", "Rule:"), card.rule)),
                ul().children(reasons),
            )),
        ))
        .into()
}

/// Many subjects at once, under the policy as it is and as it was when its file was opened.
fn many(desk: Desk, mail: Mail, language: Language) -> View {
    let before = create_memo(move || {
        let read = desk.saved.with(|saved| sendvagt_site::policy::parse(saved));
        Rc::new(Policy::new(read.unwrap_or_default()))
    });
    let is_changed = move || before.get_clone().whole_file() != desk.policy.get_clone().whole_file();
    let found = create_memo(move || {
        let (policy, before) = (desk.policy.get_clone(), before.get_clone());
        let like = Draft { subject: String::new(), ..mail.draft(&policy) };
        Rc::new(rows(&policy, &before, &like, &desk.subjects.get_clone(), language))
    });
    let counts = move || {
        let found = found.get_clone();
        if found.is_empty() {
            return View::default();
        }
        let entry = |(decision, name): (Decision, Both)| {
            let now = found.iter().filter(|row| row.decision == decision).count();
            let then = found.iter().filter(|row| row.before == decision).count();
            let was = (is_changed() && now != then).then(|| format!(" ({} {then})", language.pick("før", "before")));
            View::from((dt().children(*name.get(language)), dd().children((now.to_string(), was.unwrap_or_default()))))
        };
        dl().class("counts").children(DECISIONS.into_iter().map(entry).collect::<Vec<_>>()).into()
    };
    let shown = move || {
        let is_changed = is_changed();
        let found = found.get_clone();
        if found.is_empty() {
            return View::default();
        }
        let head = |name: &'static str| View::from(th().attr("scope", "col").children(name));
        let mut heads = vec![head(language.pick("Emne", "Subject"))];
        heads.extend(is_changed.then(|| head(language.pick("Som filen var", "As the file was"))));
        heads.push(head(language.pick("Nu", "Now")));
        heads.push(head(language.pick("Hvorfor", "Why")));
        let body: Vec<View> = found.iter().take(SHOWN).map(|row| line(row, is_changed, language)).collect();
        let rest = found.len().saturating_sub(SHOWN);
        let more = (rest > 0)
            .then(|| View::from(p().children(format!("{} {rest}.", language.pick("Ikke vist:", "Not shown:")))));
        (
            div()
                .class("wide")
                .attr("tabindex", "0")
                .role("region")
                .attr("aria-label", language.pick("Emnerne og det, der sker", "The subjects and what happens"))
                .children(
                    table()
                        .class("subjects")
                        .children((thead().children(tr().children(heads)), tbody().children(body))),
                ),
            more,
        )
            .into()
    };
    let id = "subjects";
    let open = move |_: String, text: String| desk.subjects.set(text);
    section()
        .class("many")
        .attr("aria-labelledby", "many-heading")
        .children((
            h2().id("many-heading").children(language.pick("Mange emner på én gang", "Many subjects at once")),
            p().class("about").id("subjects-about").children(language.pick(
                "Ét emne på hver linje. De får modtagerne fra mailen ovenfor. Brug opdigtede numre, når du viser siden for andre.",
                "One subject a line. They get the recipients of the mail above. Use made-up numbers when you show the page to others.",
            )),
            label().attr("for", id).children(language.pick("Emner", "Subjects")),
            textarea()
                .id(id)
                .attr("rows", "6")
                .attr("spellcheck", "false")
                .attr("aria-describedby", "subjects-about")
                .prop("value", move || JsValue::from(desk.subjects.get_clone()))
                .on(events::input, move |event: Event| desk.subjects.set(written(&event)))
                .on(events::drop, move |event: DragEvent| files::dropped(desk, &event, files::text, open)),
            open_button(desk, "subjects-file", language.pick("Åbn en tekstfil", "Open a text file"), ".txt,.csv,text/plain", files::text, open),
            div().role("status").children((View::from_dynamic(counts), span().class("unseen").children(move || {
                let count = found.get_clone().len();
                if count == 0 { String::new() } else { format!("{count} {}", language.pick(counted(count, "emne", "emner"), counted(count, "subject", "subjects"))) }
            }))),
            View::from_dynamic(shown),
        ))
        .into()
}

fn line(row: &Row, is_changed: bool, language: Language) -> View {
    let cell = |decision: Decision| {
        View::from(td().attr("data-decision", id_of(decision)).class("decision").children(named(decision, language)))
    };
    let class = if is_changed && row.before != row.decision { "changed" } else { "" };
    tr().class(class)
        .children((
            td().children(row.subject.clone()),
            is_changed.then(|| cell(row.before)),
            cell(row.decision),
            td().children(row.what.join(" ")),
        ))
        .into()
}

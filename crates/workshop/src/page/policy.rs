//! The room *Policy*: the form and the text, each changing the other.

use sendvagt::{Both, Language};
use sendvagt_site::policy::{PolicyError, explain};
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{button, details, div, fieldset, h2, label, li, ol, p, pre, summary, textarea};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, Event, HtmlTextAreaElement};

use super::desk::{Desk, EXAMPLE, NEW, sentence};
use super::parts::{counted, element, open_button, written};
use super::{fields, files};
use crate::form::sections;

const TEXT: &str = "policy-text";
/// How many sections of the form are open from the start.
const OPEN: usize = 3;

pub(super) fn room(desk: Desk, language: Language) -> View {
    let all: Vec<View> = sections()
        .iter()
        .enumerate()
        .map(|(index, section)| fields::section(desk, section, index < OPEN, language))
        .collect();
    let broken = move || {
        (!desk.is_object()).then(|| {
            let words = language.pick(
                "Formularen venter, til teksten kan læses som JSON igen. Fejlen står under teksten.",
                "The form waits until the text can be read as JSON again. The error is below the text.",
            );
            View::from(p().class("error").children(words))
        })
    };
    let form = div().class("form").children((
        h2().children(language.pick("Formular", "Form")),
        div().role("status").children(View::from_dynamic(broken)),
        fieldset()
            .class("whole")
            .attr("aria-label", language.pick("Policyens nøgler", "The keys of the policy"))
            .prop("disabled", move || JsValue::from(!desk.is_object()))
            .children(all),
    ));
    (toolbar(desk, language), div().class("sides").children((form, text(desk, language)))).into()
}

fn toolbar(desk: Desk, language: Language) -> View {
    let opened = move |name: String, text: String| {
        let words = Both { da: format!("{name} er åbnet."), en: format!("{name} is open.") };
        desk.open(&name, &text, words);
    };
    let save = move |_| {
        let text = desk.text.get_clone_untracked();
        files::save(&desk.name.get_clone_untracked(), text.as_bytes(), "application/json");
        desk.saved.set(text);
        desk.tell(
            false,
            Both {
                da: "Filen ligger nu i mappen Overførsler, eller hvor browseren ellers gemmer filer.".to_owned(),
                en: "The file is now in your Downloads folder, or wherever the browser saves files.".to_owned(),
            },
        );
    };
    let fresh = move |_| {
        desk.open(
            "policy.json",
            NEW,
            Both { da: "Her er en ny policy.".to_owned(), en: "Here is a new policy.".to_owned() },
        );
    };
    let example = move |_| {
        desk.open(
            "policy.json",
            EXAMPLE,
            Both {
                da: "Her er en opdigtet kommunes policy. Ret den til jeres.".to_owned(),
                en: "Here is the policy of a made-up municipality. Make it yours.".to_owned(),
            },
        );
    };
    let state = move || {
        let name = desk.name.get_clone();
        match desk.text.with(|text| desk.saved.with(|saved| text == saved)) {
            true => name,
            false => format!(
                "{name} · {}",
                language.pick("ændret siden sidst, den blev gemt", "changed since it was last saved")
            ),
        }
    };
    div()
        .class("toolbar")
        .children((
            open_button(
                desk,
                "policy-file",
                language.pick("Åbn en policy", "Open a policy"),
                ".json,application/json,.txt",
                files::text,
                opened,
            ),
            button()
                .r#type("button")
                .class("first")
                .on(events::click, save)
                .children(language.pick("Gem filen", "Save the file")),
            button().r#type("button").on(events::click, fresh).children(language.pick("Ny", "New")),
            button().r#type("button").on(events::click, example).children(language.pick("Eksempel", "Example")),
            p().class("file").children(state),
        ))
        .into()
}

fn text(desk: Desk, language: Language) -> View {
    let count = move || {
        desk.read.with(|read| match (read.errors.len(), read.warnings.len()) {
            (0, 0) => language.pick("Ingen fejl.", "No errors.").to_owned(),
            (0, warnings) => format!(
                "{} {warnings} {}.",
                language.pick("Ingen fejl.", "No errors."),
                language.pick(counted(warnings, "advarsel", "advarsler"), counted(warnings, "warning", "warnings"))
            ),
            (errors, _) => format!("{errors} {}", language.pick("fejl:", counted(errors, "error:", "errors:"))),
        })
    };
    let decision = move || if desk.read.with(|read| read.errors.is_empty()) { "send" } else { "stop" };
    let list = move || {
        let read = desk.read.get_clone();
        let errors = read.errors.iter().map(|error| entry(error, false, language));
        errors.chain(read.warnings.iter().map(|error| entry(error, true, language))).collect::<Vec<View>>()
    };
    let field = textarea()
        .id(TEXT)
        .class("code")
        .attr("rows", "28")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("wrap", "off")
        .attr("aria-describedby", "policy-count")
        .prop("value", move || JsValue::from(desk.text.get_clone()))
        .on(events::input, move |event: Event| desk.text.set(written(&event)))
        .on(events::drop, move |event: DragEvent| {
            files::dropped(desk, &event, files::text, move |name, text: String| {
                let words = Both { da: format!("{name} er åbnet."), en: format!("{name} is open.") };
                desk.open(&name, &text, words);
            });
        });
    div()
        .class("text")
        .children((
            h2().children(label().attr("for", TEXT).children(language.pick("Teksten (JSON)", "The text (JSON)"))),
            field,
            p().id("policy-count").class("status").role("status").attr("data-decision", decision).children(count),
            ol().class("found").children(View::from_dynamic(list)),
            explained(desk, language),
        ))
        .into()
}

/// An error as a button that shows its place in the text.
fn entry(error: &PolicyError, is_warning: bool, language: Language) -> View {
    let (line, column) = (error.line, error.column);
    let path = if error.path.is_empty() { String::new() } else { format!("{}: ", error.path) };
    let message = sentence(error.message.get(language));
    let place = format!("{} {line}", language.pick("Linje", "Line"));
    li().class(if is_warning { "warning" } else { "" })
        .children((
            button().r#type("button").class("quiet").on(events::click, move |_| show(line, column)).children(place),
            format!(" {path}{message}"),
        ))
        .into()
}

/// Selects the rest of the line in the text, from the place of an error on.
fn show(line: usize, column: usize) {
    let Some(field) = element(TEXT).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    let text = field.value();
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let before: u32 = text.split_inclusive('\n').take(line - 1).map(units).sum();
    let here = text.split('\n').nth(line - 1).unwrap_or_default();
    let column_units: u32 = here.chars().take(column - 1).map(|c| if c.len_utf16() == 2 { 2 } else { 1 }).sum();
    let end = before + units(here).max(column_units + 1);
    field.focus().unwrap_or_default();
    field.set_selection_range(before + column_units, end).unwrap_or_default();
    // A browser scrolls to the selection only while something is typed.
    let lines = i32::try_from(text.lines().count().max(1)).unwrap_or(i32::MAX);
    let at = i32::try_from(line).unwrap_or(i32::MAX);
    field.set_scroll_top(field.scroll_height() / lines * (at - 5).max(0));
}

/// What the policy does, in words, for whoever owns the rules.
fn explained(desk: Desk, language: Language) -> View {
    let words = create_memo(move || explain(&desk.policy.get_clone(), language));
    let save = move |_| {
        let name = language.pick("policy-forklaret.txt", "policy-explained.txt");
        // Notepad of older Windows takes a text without the mark for another encoding.
        files::save(
            name,
            format!("\u{feff}{}", words.get_clone_untracked().replace('\n', "\r\n")).as_bytes(),
            "text/plain",
        );
    };
    details()
        .class("explained")
        .children((
            summary().children(
                language.pick("Hvad policyen gør, i almindelige ord", "What the policy does, in plain words"),
            ),
            p().class("about").children(language.pick(
                "Til dem, der ejer reglerne, fx databeskyttelsesrådgiveren.",
                "For those who own the rules, such as the data protection officer.",
            )),
            pre().attr("tabindex", "0").children(move || words.get_clone()),
            button().r#type("button").on(events::click, save).children(language.pick("Gem teksten", "Save the text")),
        ))
        .into()
}

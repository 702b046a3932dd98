//! The fields of the form, each reading from the policy and writing into it.

use sendvagt::{Both, Language};
use serde_json::{Value, json};
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{
    button, details, div, fieldset, input, label, legend, option, p, select, span, summary, table, tbody, td, textarea,
    th, thead, tr,
};
use wasm_bindgen::JsValue;
use web_sys::{DragEvent, Event};

use super::desk::Desk;
use super::import::Import;
use super::parts::{counted, element, errors, is_checked, written};
use crate::edit;
use crate::form::{Choice, Field, Kind};

/// Rows of a table that the form shows; the text has them all.
const SHOWN: usize = 200;

pub(super) fn section(desk: Desk, of: &Field, is_open: bool, language: Language) -> View {
    let path = of.path.clone();
    let count = move || {
        let count = desk.count(&path);
        (count > 0).then(|| {
            View::from(
                span()
                    .class("count")
                    .children(format!("{count} {}", language.pick("fejl", counted(count, "error", "errors")))),
            )
        })
    };
    // A choice has its name as the legend of its own group.
    let about = of.about(language);
    let body = match &of.kind {
        Kind::Group(fields) => fields.iter().map(|field| view(desk, field, language)).collect::<Vec<_>>().into(),
        _ => view(desk, of, language),
    };
    let lead = matches!(of.kind, Kind::Group(_)).then(|| View::from(p().class("about").children(about)));
    details()
        .open(is_open)
        .children((
            summary().children((of.name.get(language).clone(), View::from_dynamic(count))),
            div().class("fields").children((lead, body)),
        ))
        .into()
}

fn view(desk: Desk, of: &Field, language: Language) -> View {
    match &of.kind {
        Kind::Text { default } => text(desk, of, default, language),
        Kind::Number { default } => number(desk, of, *default, language),
        Kind::Flag { default } => flag(desk, of, *default, language),
        Kind::Choice { options, default } if above(&of.path).is_some_and(|above| key(above) == "rules") => {
            rule(desk, of, options, default.as_deref(), language)
        }
        Kind::Choice { options, default } => choice(desk, of, options, default.as_deref(), language),
        Kind::Lines => lines(desk, of, language),
        Kind::Table(columns) => rows(desk, of, columns, language),
        Kind::List(fields) => list(desk, of, fields, language),
        Kind::Several { options, default } => several(desk, of, options, default, language),
        Kind::Group(fields) => {
            let fields: Vec<View> = fields.iter().map(|field| view(desk, field, language)).collect();
            fieldset()
                .children((
                    legend().children(of.name.get(language).clone()),
                    p().class("about").children(of.about(language)),
                    errors(format!("{}-errors", of.path), at(desk, &of.path, language)),
                    View::from(fields),
                ))
                .into()
        }
    }
}

/// What is wrong at a path.
fn at(desk: Desk, path: &str, language: Language) -> impl Fn() -> Vec<String> + Clone + 'static {
    let path = path.to_owned();
    move || desk.errors(&path, language)
}

fn is_invalid(found: impl Fn() -> Vec<String> + 'static) -> impl Fn() -> Option<&'static str> + 'static {
    move || (!found().is_empty()).then_some("true")
}

/// What a part says where nothing is chosen.
const AS_ABOVE: Both = Both { da: "Som for alle andre", en: "As for all others" };

fn is_in_part(path: &str) -> bool {
    path.starts_with("parts[")
}

/// The same place in the common policy, of a place in a part.
fn in_common(path: &str) -> &str {
    if is_in_part(path) { path.split_once("].").map_or(path, |(_, path)| path) } else { path }
}

/// The path of the object that a key is in.
fn above(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(above, _)| above)
}

fn key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

/// The section of a key at the top has its name in view already.
fn heading(of: &Field) -> &'static str {
    if of.path.contains('.') { "" } else { "unseen" }
}

/// The label, the explanation and the errors around a field. The field has the path as its id.
fn around(desk: Desk, of: &Field, field: impl Into<View>, language: Language) -> View {
    let about = of.about(language);
    div()
        .class("field")
        .children((
            label().attr("for", of.path.clone()).class(heading(of)).children(of.name.get(language).clone()),
            (!about.is_empty())
                .then(|| View::from(p().class("about").id(format!("{}-about", of.path)).children(about))),
            field.into(),
            errors(format!("{}-errors", of.path), at(desk, &of.path, language)),
        ))
        .into()
}

fn described(of: &Field, language: Language) -> String {
    let about = if of.about(language).is_empty() { String::new() } else { format!("{}-about ", of.path) };
    format!("{about}{}-errors", of.path)
}

/// A value as it is written in a field.
fn shown(value: Option<Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    }
}

fn text(desk: Desk, of: &Field, default: &str, language: Language) -> View {
    let path = of.path.as_str();
    let (read, write) = (path.to_owned(), path.to_owned());
    let input = input()
        .r#type("text")
        .id(path.to_owned())
        .attr("aria-describedby", described(of, language))
        .attr("aria-invalid", is_invalid(at(desk, path, language)))
        .attr("autocomplete", "off")
        .attr("placeholder", default.to_owned())
        .prop("value", move || JsValue::from(shown(desk.get(&read))))
        .on(events::input, move |event: Event| {
            let text = written(&event);
            desk.set(&write, (!text.is_empty()).then(|| Value::from(text)).as_ref());
        });
    around(desk, of, input, language)
}

fn number(desk: Desk, of: &Field, default: u64, language: Language) -> View {
    let (read, write) = (of.path.clone(), of.path.clone());
    let input = input()
        .r#type("text")
        .id(of.path.clone())
        .class("short")
        .attr("inputmode", "numeric")
        .attr("aria-describedby", described(of, language))
        .attr("aria-invalid", is_invalid(at(desk, &of.path, language)))
        .attr("autocomplete", "off")
        .attr("placeholder", default.to_string())
        .prop("value", move || JsValue::from(shown(desk.get(&read))))
        .on(events::input, move |event: Event| {
            let text = written(&event);
            let value = text.trim().parse::<u64>().map_or_else(|_| Value::from(text.as_str()), Value::from);
            desk.set(&write, (!text.trim().is_empty()).then_some(value).as_ref());
        });
    around(desk, of, input, language)
}

fn flag(desk: Desk, of: &Field, default: bool, language: Language) -> View {
    let (read, write) = (of.path.clone(), of.path.clone());
    let about = of.about(language);
    let input = input()
        .r#type("checkbox")
        .id(of.path.clone())
        .attr("aria-describedby", described(of, language))
        .prop("checked", move || {
            let said = desk.get(&read).or_else(|| desk.get(in_common(&read)));
            JsValue::from(said.and_then(|value| value.as_bool()).unwrap_or(default))
        })
        .on(events::change, move |event: Event| desk.set(&write, Some(&is_checked(&event).into())));
    div()
        .class("field flag")
        .children((
            input,
            label().attr("for", of.path.clone()).children(of.name.get(language).clone()),
            p().class("about").id(format!("{}-about", of.path)).children(about),
            errors(format!("{}-errors", of.path), at(desk, &of.path, language)),
        ))
        .into()
}

fn choice(desk: Desk, of: &Field, options: &[Choice], default: Option<&str>, language: Language) -> View {
    let none = default.is_none().then(|| Choice {
        value: String::new(),
        name: match is_in_part(&of.path) {
            true => Both { da: AS_ABOVE.da.to_owned(), en: AS_ABOVE.en.to_owned() },
            false => {
                Both { da: "Følger hver brugers Outlook".to_owned(), en: "Follows each user's Outlook".to_owned() }
            }
        },
        about: Both::default(),
    });
    let default = default.unwrap_or_default().to_owned();
    let radio = |choice: &Choice| {
        let (read, write, value, default) = (of.path.clone(), of.path.clone(), choice.value.clone(), default.clone());
        let id = format!("{}={}", of.path, choice.value);
        let checked = {
            let value = value.clone();
            move || {
                let now = shown(desk.get(&read));
                JsValue::from(if now.is_empty() { default == value } else { now == value })
            }
        };
        let input = input()
            .r#type("radio")
            .id(id.clone())
            .attr("name", of.path.clone())
            .attr("aria-describedby", format!("{id}-about"))
            .prop("checked", checked)
            .on(events::change, move |_| {
                desk.set(&write, (!value.is_empty()).then(|| Value::from(value.as_str())).as_ref());
            });
        let about = p().class("about").id(format!("{id}-about")).children(choice.about.get(language).clone());
        View::from(div().class("option").children((
            input,
            label().attr("for", id).children(choice.name.get(language).clone()),
            about,
        )))
    };
    let radios: Vec<View> = none.iter().chain(options).map(radio).collect();
    fieldset()
        .attr("aria-describedby", described(of, language))
        .children((
            legend().class(heading(of)).children(of.name.get(language).clone()),
            p().class("about").id(format!("{}-about", of.path)).children(of.about(language)),
            View::from(radios),
            errors(format!("{}-errors", of.path), at(desk, &of.path, language)),
        ))
        .into()
}

/// A rule: its name as the policy writes it, what it looks for, and what it does.
fn rule(desk: Desk, of: &Field, options: &[Choice], default: Option<&str>, language: Language) -> View {
    let (read, write) = (of.path.clone(), of.path.clone());
    let usual = options.iter().find(|choice| Some(choice.value.as_str()) == default);
    let usual = usual.map(|choice| choice.name.get(language).to_lowercase()).unwrap_or_default();
    let from_start = match is_in_part(&of.path) {
        true => AS_ABOVE.get(language).to_string(),
        false => format!("{} {usual}", language.pick("Fra start:", "By default:")),
    };
    let first = View::from(option().value("").children(from_start));
    let others = options
        .iter()
        .map(|choice| View::from(option().value(choice.value.clone()).children(choice.name.get(language).clone())));
    let all: Vec<View> = std::iter::once(first).chain(others).collect();
    let select = select()
        .id(of.path.clone())
        .attr("aria-describedby", format!("{}-about {}-errors", of.path, of.path))
        .children(all)
        .prop("value", move || JsValue::from(shown(desk.get(&read))))
        .on(events::change, move |event: Event| {
            let text = written(&event);
            desk.set(&write, (!text.is_empty()).then(|| Value::from(text)).as_ref());
        });
    let name = key(&of.path).to_owned();
    div()
        .class("field rule")
        .children((
            label().attr("for", of.path.clone()).children(of.name.get(language).clone()),
            select,
            p().class("about").id(format!("{}-about", of.path)).children(name),
            errors(format!("{}-errors", of.path), at(desk, &of.path, language)),
        ))
        .into()
}

fn entries(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::Array(entries)) => entries.into_iter().map(|entry| shown(Some(entry))).collect(),
        other => vec![shown(other)].into_iter().filter(|text| !text.is_empty()).collect(),
    }
}

fn written_lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A list of texts, one a line. What is typed stays as it is typed; only another list replaces it.
fn lines(desk: Desk, of: &Field, language: Language) -> View {
    let (read, write) = (of.path.clone(), of.path.clone());
    let raw = create_signal(String::new());
    create_effect(move || {
        let now = entries(desk.get(&read));
        if raw.with_untracked(|raw| written_lines(raw) != now) {
            raw.set(now.join("\n"));
        }
    });
    let import = Import::new(desk, &of.path, std::slice::from_ref(&of.name), language);
    let paste = {
        let import = import.clone();
        move |event: Event| {
            // Plain lines are what the field has anyway.
            let text = clipboard(&event).filter(|text| text.contains(['\t', ';', ',', '"']));
            if let Some(text) = text {
                event.prevent_default();
                import.take_text(&text);
            }
        }
    };
    let by_drop = import.clone();
    let field = textarea()
        .id(of.path.clone())
        .attr("aria-describedby", format!("{} lines-about", described(of, language)))
        .attr("aria-invalid", is_invalid(at(desk, &of.path, language)))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("rows", move || raw.with(|raw| (raw.lines().count() + 1).clamp(2, 10)).to_string())
        .prop("value", move || JsValue::from(raw.get_clone()))
        .on(events::input, move |event: Event| {
            let text = written(&event);
            let all = written_lines(&text);
            raw.set(text);
            desk.set(&write, (!all.is_empty()).then(|| json!(all)).as_ref());
        })
        .on(events::paste, paste)
        .on(events::drop, move |event: DragEvent| by_drop.take_dropped(&event));
    around(desk, of, (field, import.view()), language)
}

fn clipboard(event: &Event) -> Option<String> {
    let data = js_sys::Reflect::get(event, &"clipboardData".into()).ok()?;
    let data: web_sys::DataTransfer = wasm_bindgen::JsCast::dyn_into(data).ok()?;
    data.get_data("text/plain").ok()
}

/// What an entry of a list is called, what a new one has, and which of its fields names it.
struct Entry {
    name: Both,
    add: Both,
    remove: Both,
    new: fn() -> Value,
    title: &'static str,
    first: &'static str,
}

const PART: Entry = Entry {
    name: Both { da: "Del", en: "Part" },
    add: Both { da: "Tilføj en organisation", en: "Add an organisation" },
    remove: Both { da: "Fjern del", en: "Remove part" },
    new: || json!({ "senders": [] }),
    title: "organisation.name",
    first: "senders",
};

const PATTERN: Entry = Entry {
    name: Both { da: "Mønster", en: "Pattern" },
    add: Both { da: "Tilføj et mønster", en: "Add a pattern" },
    remove: Both { da: "Fjern mønster", en: "Remove pattern" },
    new: || json!({ "name": "", "pattern": "", "what": { "da": "", "en": "" } }),
    title: "name",
    first: "name",
};

/// A list whose entries have fields of their own. What is added waits for its first field.
fn list(desk: Desk, of: &Field, fields: &[Field], language: Language) -> View {
    let path = of.path.clone();
    let entry = if key(&path) == "parts" { PART } else { PATTERN };
    let count = {
        let path = path.clone();
        create_memo(move || desk.get(&path).and_then(|list| list.as_array().map(Vec::len)).unwrap_or_default())
    };
    let indices = create_memo(move || (0..count.get()).collect::<Vec<_>>());
    let (fields, entry_path) = (fields.to_vec(), path.clone());
    let all = sycamore::web::Indexed(
        sycamore::web::IndexedProps::builder()
            .list(indices)
            .view(move |index: usize| {
                let path = format!("{entry_path}[{index}]");
                one(desk, &path, index + 1, if key(&entry_path) == "parts" { PART } else { PATTERN }, &fields, language)
            })
            .build(),
    );
    let add = move |_| {
        let at = count.get_untracked();
        let text = desk.text.with_untracked(|text| edit::append(text, &path, &[(entry.new)()]));
        desk.text.set(text);
        if let Some(first) = element(&format!("{path}[{at}].{}", entry.first)) {
            first.focus().unwrap_or_default();
        }
    };
    let about = p().class("about").children(of.about(language));
    let add = button().r#type("button").on(events::click, add).children(*entry.add.get(language));
    div().class("field").children((about, all, add)).into()
}

fn one(desk: Desk, path: &str, number: usize, entry: Entry, fields: &[Field], language: Language) -> View {
    let (first, name, gone) = (format!("{path}.{}", entry.first), format!("{path}.{}", entry.title), path.to_owned());
    let title = move || {
        let name = shown(desk.get(&name));
        let name = if name.is_empty() { entries(desk.get(&first)).join(", ") } else { name };
        format!("{} {number}{}{name}", entry.name.get(language), if name.is_empty() { "" } else { ": " })
    };
    let views: Vec<View> = fields
        .iter()
        .map(|field| {
            let field = field.of_part(path);
            let is_key = !is_in_part(path) || above(&field.path) != Some(path) || key(&field.path) == entry.first;
            if is_key { view(desk, &field, language) } else { section(desk, &field, false, language) }
        })
        .collect();
    let remove = button()
        .r#type("button")
        .class("quiet")
        .on(events::click, move |_| desk.set(&gone, None))
        .children(format!("{} {number}", entry.remove.get(language)));
    fieldset().class("part").children((legend().children(title), View::from(views), remove)).into()
}

/// Some of several values, as a list in the order of the form.
fn several(desk: Desk, of: &Field, options: &[Choice], default: &[String], language: Language) -> View {
    let all: Vec<String> = options.iter().map(|choice| choice.value.clone()).collect();
    let boxes = options.iter().map(|choice| {
        let (path, value, all, default) = (of.path.clone(), choice.value.clone(), all.clone(), default.to_vec());
        let now = move || desk.get(&path).map_or_else(|| default.clone(), |said| entries(Some(said)));
        let (shown_now, write) = (now.clone(), of.path.clone());
        let id = format!("{}={}", of.path, choice.value);
        let is_chosen = {
            let value = value.clone();
            move || shown_now().contains(&value)
        };
        let input = input()
            .r#type("checkbox")
            .id(id.clone())
            .attr("aria-describedby", format!("{id}-about"))
            .prop("checked", move || JsValue::from(is_chosen()))
            .on(events::change, move |event: Event| {
                let now = now();
                let is_wanted = |one: &&String| if **one == value { is_checked(&event) } else { now.contains(one) };
                let chosen: Vec<&String> = all.iter().filter(is_wanted).collect();
                desk.set(&write, Some(&json!(chosen)));
            });
        let about = p().class("about").id(format!("{id}-about")).children(choice.about.get(language).clone());
        View::from(div().class("option").children((
            input,
            label().attr("for", id).children(choice.name.get(language).clone()),
            about,
        )))
    });
    let boxes: Vec<View> = boxes.collect();
    fieldset()
        .attr("aria-describedby", described(of, language))
        .children((
            legend().class(heading(of)).children(of.name.get(language).clone()),
            p().class("about").id(format!("{}-about", of.path)).children(of.about(language)),
            View::from(boxes),
            errors(format!("{}-errors", of.path), at(desk, &of.path, language)),
        ))
        .into()
}

/// Rows with an input for each column.
fn rows(desk: Desk, of: &Field, columns: &[Field], language: Language) -> View {
    let path = of.path.clone();
    let count = {
        let path = path.clone();
        create_memo(move || desk.get(&path).and_then(|list| list.as_array().map(Vec::len)).unwrap_or_default())
    };
    let heads: Vec<View> = columns
        .iter()
        .map(|column| {
            View::from(
                th().attr("scope", "col")
                    .class(column.path.clone())
                    .children((column.name.get(language).clone(), p().class("about").children(column.about(language)))),
            )
        })
        .collect();
    let names: Vec<_> = columns.iter().map(|column| column.name.clone()).collect();
    let columns = columns.to_vec();
    let row_path = path.clone();
    let indices = create_memo(move || (0..count.get().min(SHOWN)).collect::<Vec<_>>());
    let body = sycamore::web::Indexed(
        sycamore::web::IndexedProps::builder()
            .list(indices)
            .view(move |index: usize| row(desk, &row_path, index, &columns, language))
            .build(),
    );
    let more = move || {
        (count.get() > SHOWN).then(|| {
            let rest = (count.get() - SHOWN).to_string();
            let words = language.pick(
                "Her står de første 200. De øvrige {} er i teksten.",
                "These are the first 200. The other {} are in the text.",
            );
            View::from(p().children(words.replace("{}", &rest)))
        })
    };
    let (add_path, focus_path) = (path.clone(), path.clone());
    let add = move |_| {
        let at = count.get_untracked();
        let first = if key(&add_path) == "retiredMailboxes" { "address" } else { "name" };
        let text = desk.text.with_untracked(|text| edit::append(text, &add_path, &[json!({ first: "" })]));
        desk.text.set(text);
        if let Some(input) = element(&format!("{focus_path}[{at}].{first}")) {
            input.focus().unwrap_or_default();
        }
    };
    let import = (path == "retiredMailboxes").then(|| Import::new(desk, &path, &names, language).panel());
    let is_empty = move || count.get() == 0;
    div()
        .class("field")
        .children((
            (!heading(of).contains("unseen"))
                .then(|| View::from(p().class("name").children(of.name.get(language).clone()))),
            p().class("about").children(of.about(language)),
            errors(format!("{path}-errors"), {
                let path = path.clone();
                move || {
                    desk.read.with(|read| {
                        read.errors
                            .iter()
                            .filter(|error| error.path == path)
                            .map(|error| super::desk::sentence(error.message.get(language)))
                            .collect()
                    })
                }
            }),
            div().class("wide").children(
                table().hidden(is_empty).attr("aria-label", of.name.get(language).clone()).children((
                    thead().children(
                        tr().children((
                            View::from(heads),
                            th().attr("scope", "col")
                                .class("remove")
                                .children(span().class("unseen").children(language.pick("Fjern", "Remove"))),
                        )),
                    ),
                    tbody().children(body),
                )),
            ),
            View::from_dynamic(more),
            button().r#type("button").on(events::click, add).children(language.pick("Tilføj en række", "Add a row")),
            import,
        ))
        .into()
}

fn row(desk: Desk, list: &str, index: usize, columns: &[Field], language: Language) -> View {
    let path = format!("{list}[{index}]");
    let number = index + 1;
    let cell = |column: &Field| {
        let path = format!("{path}.{}", column.path);
        let (read, write) = (path.clone(), path.clone());
        let name = format!("{}, {} {number}", column.name.get(language), language.pick("række", "row"));
        // A row without its address or name is not taken out but reported.
        let is_needed = matches!(column.path.as_str(), "address" | "name");
        let field = input()
            .r#type("text")
            .id(path.clone())
            .attr("aria-label", name)
            .attr("aria-describedby", format!("{path}-errors"))
            .attr("aria-invalid", is_invalid(at(desk, &path, language)))
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .prop("value", move || JsValue::from(shown(desk.get(&read))))
            .on(events::input, move |event: Event| {
                let text = written(&event);
                desk.set(&write, (is_needed || !text.is_empty()).then(|| Value::from(text)).as_ref());
            });
        View::from(td().children((field, errors(format!("{path}-errors"), at(desk, &path, language)))))
    };
    let cells: Vec<View> = columns.iter().map(cell).collect();
    let name = format!("{} {number}", language.pick("Fjern række", "Remove row"));
    let gone = path.clone();
    let remove = button()
        .r#type("button")
        .class("quiet")
        .attr("aria-label", name)
        .on(events::click, move |_| desk.set(&gone, None))
        .children(language.pick("Fjern", "Remove"));
    tr().children((View::from(cells), td().children(remove))).into()
}

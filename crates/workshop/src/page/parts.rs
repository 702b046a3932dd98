//! Small parts of the page.

use sendvagt::Language;
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{button, div, input, label, option, p, span};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, File, HtmlElement};

use super::desk::{Desk, Notice};
use super::files::{self, Unread};

/// The window. A page always has one.
pub(super) fn window() -> web_sys::Window {
    web_sys::window().unwrap_or_else(|| js_sys::global().unchecked_into())
}

/// What was written in the field that an event comes from.
pub(super) fn written(event: &Event) -> String {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    js_sys::Reflect::get(&target, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

pub(super) fn is_checked(event: &Event) -> bool {
    let target = event.target().map(JsValue::from).unwrap_or_default();
    js_sys::Reflect::get(&target, &"checked".into()).ok().and_then(|value| value.as_bool()).unwrap_or_default()
}

/// The form for so many things.
pub(super) fn counted(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// The element with this id.
pub(super) fn element(id: &str) -> Option<HtmlElement> {
    window().document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A button that opens a file. The field itself is hidden: browsers word it in their own language.
pub(super) fn open_button<T: 'static, F: Future<Output = Result<T, Unread>> + 'static>(
    desk: Desk,
    id: &str,
    name: &'static str,
    accept: &'static str,
    how: fn(File) -> F,
    then: impl Fn(String, T) + Clone + 'static,
) -> View {
    let field = input()
        .r#type("file")
        .id(id.to_owned())
        .attr("accept", accept)
        .hidden(true)
        .on(events::change, move |event: Event| files::chosen(desk, &event, how, then.clone()));
    let id = id.to_owned();
    let click = move |_| {
        if let Some(field) = element(&id) {
            field.click();
        }
    };
    (button().r#type("button").on(events::click, click).children(name), field).into()
}

/// A value to choose in a field.
pub(super) fn choice(value: String, name: &str, is_chosen: bool) -> View {
    option().value(value).selected(is_chosen).children(name.to_owned()).into()
}

/// Several texts, each in a paragraph: what is wrong with a field.
pub(super) fn errors(id: String, found: impl Fn() -> Vec<String> + 'static) -> View {
    div()
        .id(id)
        .class("errors")
        .children(View::from_dynamic(move || {
            found().into_iter().map(|error| View::from(p().class("error").children(error))).collect::<Vec<_>>()
        }))
        .into()
}

/// A line of text with its label.
pub(super) fn text_field(id: &'static str, name: &'static str, about: &'static str, of: Signal<String>) -> View {
    let about_id = format!("{id}-about");
    div()
        .class("field")
        .children((
            label().attr("for", id).children(name),
            p().class("about").id(about_id.clone()).children(about),
            input()
                .r#type("text")
                .id(id)
                .attr("aria-describedby", format!("{about_id} {id}-errors"))
                .attr("autocomplete", "off")
                .attr("spellcheck", "false")
                .prop("value", move || JsValue::from(of.get_clone()))
                .on(events::input, move |event: Event| of.set(written(&event))),
        ))
        .into()
}

/// What the page has to tell.
pub(super) fn notices(desk: Desk, language: Language) -> View {
    let told = move || {
        desk.notice.get_clone().map(|Notice { words, is_problem, undo }| {
            let undo = undo.map(|(text, name)| {
                let back = move |_| {
                    desk.name.set(name.clone());
                    desk.text.set(text.clone());
                    desk.notice.set(None);
                };
                View::from(button().r#type("button").on(events::click, back).children(language.pick("Fortryd", "Undo")))
            });
            let close = move |_| desk.notice.set(None);
            let close = button().r#type("button").class("quiet").on(events::click, close);
            View::from(div().class(if is_problem { "notice problem" } else { "notice" }).children((
                span().children(words.get(language).clone()),
                undo,
                close.children(language.pick("Luk", "Close")),
            )))
        })
    };
    let unkept = move || {
        (!desk.is_kept.get()).then(|| {
            let words = language.pick(
                "Browseren gemmer ikke det, du skriver her, til næste gang. Gem filen, før du lukker siden.",
                "The browser does not keep what you write here. Save the file before you close the page.",
            );
            View::from(div().class("notice problem").children(words))
        })
    };
    let shared = move || {
        desk.is_shared.get().then(|| {
            let words = language.pick(
                "Værkstedet er også åbent i en anden fane. Hver fane har sin egen policy, og en genindlæsning bevarer den. Gem dem hver for sig.",
                "The workshop is open in another tab too. Each tab has its own policy and keeps it over a reload. Save them one by one.",
            );
            View::from(div().class("notice").children(words))
        })
    };
    div()
        .role("status")
        .children((View::from_dynamic(told), View::from_dynamic(unkept), View::from_dynamic(shared)))
        .into()
}

/// What rooms say that go by the policy, while it has errors.
pub(super) fn outdated(desk: Desk, language: Language) -> impl Fn() -> Option<View> + 'static {
    move || {
        desk.read.with(|read| read.policy.is_none()).then(|| {
            let words = language.pick(
                "Policyen har fejl. Her gælder den, som den var, før de kom.",
                "The policy has errors. Here it counts as it was before they came.",
            );
            View::from(p().class("error").children(words))
        })
    }
}

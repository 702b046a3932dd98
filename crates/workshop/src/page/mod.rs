//! The page: four rooms over one policy.
//!
//! | what | module |
//! | --- | --- |
//! | what all rooms share: the policy's text, what was read of it, the notices | `desk` |
//! | what a reload must not lose | `store` |
//! | files that are opened, dropped and saved | `files` |
//! | small parts of the page | `parts` |
//! | the room *Policy*: the form and the text | `policy`, `fields` |
//! | lists that are pasted, dropped and opened | `import` |
//! | the room *Try* | `mail` |
//! | the room *Pack* | `packing`, `verifying` |
//! | the room *Old mail*, and the worker that reads | `old_mail`, `audit_worker` |
//!
//! Everything below `main` is made anew when the language changes; what was written is in the desk and stays.

mod audit_worker;
mod desk;
mod fields;
mod files;
mod import;
mod mail;
mod old_mail;
mod packing;
mod parts;
mod policy;
mod store;
mod verifying;

use sendvagt::{Both, Language};
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{a, button, div, h1, header, li, main as main_element, nav, p, section, span, ul};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

use desk::Desk;
use old_mail::OldMail;
use parts::window;

const TITLE: Both = Both { da: "Sendvagts værksted", en: "The Sendvagt workshop" };
const ROOMS: [(&str, Both); 4] = [
    ("policy", Both { da: "Policy", en: "Policy" }),
    ("try", Both { da: "Prøv", en: "Try" }),
    ("pack", Both { da: "Pak", en: "Pack" }),
    ("old-mail", Both { da: "Gamle mails", en: "Old mail" }),
];
const PRIVATE: Both = Both {
    da: "Siden har ingen forbindelse til noget. Det, du skriver og åbner, bliver på din computer.",
    en: "The page has no connection to anywhere. What you write and open stays on your computer.",
};
const BROKEN: Both = Both {
    da: "Siden er gået i stå. Det, du har skrevet, er der igen, når du genindlæser den.",
    en: "The page has stopped working. What you wrote is there again when you reload it.",
};

/// Shows the page. The add-in is a gzipped tar archive, as a released program contains it.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "the page's script calls it")]
pub fn start(addin: Vec<u8>) {
    std::panic::set_hook(Box::new(stopped));
    sycamore::render(move || page(Desk::new(addin)));
}

/// Says that the page no longer works, without any of its code.
fn stopped(what: &std::panic::PanicHookInfo<'_>) {
    let document = window().document();
    let Some(body) = document.as_ref().and_then(web_sys::Document::body) else { return };
    let language = document.and_then(|document| document.document_element()).map(|root| root.lang());
    let words = BROKEN.get(Language::of_locale(&language.unwrap_or_default()));
    // Where, and not what: a message may hold what the user wrote.
    let place = what.location().map(ToString::to_string).unwrap_or_default();
    body.set_attribute("data-stopped", &format!("{words} ({place})")).unwrap_or_default();
}

trait Lang {
    fn lang(&self) -> String;
}

impl Lang for web_sys::Element {
    fn lang(&self) -> String {
        self.get_attribute("lang").unwrap_or_default()
    }
}

fn page(desk: Desk) -> View {
    create_effect(move || {
        let language = desk.language.get();
        if let Some(document) = window().document() {
            document.set_title(TITLE.get(language));
            if let Some(root) = document.document_element() {
                root.set_attribute("lang", language.tag()).unwrap_or_default();
            }
        }
    });
    let room = create_signal(room_of_address());
    let moved = Closure::<dyn FnMut()>::new(move || room.set(room_of_address()));
    window().add_event_listener_with_callback("hashchange", moved.as_ref().unchecked_ref()).unwrap_or_default();
    moved.forget();
    store::keep(desk);
    let old_mail = OldMail::new();
    View::from((top(desk, room), View::from_dynamic(move || rooms(desk, old_mail, room, desk.language.get()))))
}

fn room_of_address() -> usize {
    let hash = window().location().hash().unwrap_or_default();
    ROOMS.iter().position(|(id, _)| *id == hash.trim_start_matches('#')).unwrap_or_default()
}

fn top(desk: Desk, room: Signal<usize>) -> View {
    let link = move |index: usize, (id, name): (&'static str, Both)| {
        let current = move || (room.get() == index).then_some("page");
        li().children(
            a().href(format!("#{id}")).attr("aria-current", current).children(move || *name.get(desk.language.get())),
        )
    };
    let choose = move |language: Language, name: &'static str| {
        button()
            .r#type("button")
            .class("quiet")
            .lang(language.tag())
            .attr("aria-pressed", move || (desk.language.get() == language).to_string())
            .on(events::click, move |_| desk.language.set(language))
            .children(name)
    };
    let links = ROOMS.into_iter().enumerate().map(|(index, of)| View::from(link(index, of))).collect::<Vec<_>>();
    header()
        .children((
            h1().children((span().class("logo").attr("aria-hidden", "true"), move || *TITLE.get(desk.language.get()))),
            nav().attr("aria-label", move || desk.language.get().pick("Rum", "Rooms")).children(ul().children(links)),
            div().class("languages").children((choose(Language::Da, "Dansk"), choose(Language::En, "English"))),
        ))
        .into()
}

fn rooms(desk: Desk, old_mail: OldMail, room: Signal<usize>, language: Language) -> View {
    let shown = [
        policy::room(desk, language),
        mail::room(desk, language),
        packing::room(desk, language),
        old_mail::room(desk, old_mail, language),
    ];
    let rooms = shown.into_iter().enumerate().map(|(index, view)| {
        let (_, name) = ROOMS.get(index).copied().unwrap_or_default();
        let hidden = move || room.get() != index;
        View::from(section().attr("aria-label", *name.get(language)).hidden(hidden).children(view))
    });
    let rooms: Vec<View> = rooms.collect();
    main_element()
        .children((
            p().class("promise").children(*PRIVATE.get(language)),
            parts::notices(desk, language),
            View::from(rooms),
        ))
        .into()
}

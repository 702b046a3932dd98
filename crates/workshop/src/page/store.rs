//! What a reload must not lose: in the tab's own storage, and for the next tab in the browser's.

use serde_json::{Value, json};
use sycamore::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Storage;

use super::desk::Desk;
use super::parts::window;

const KEY: &str = "sendvagt-workshop";

/// What is kept.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) name: String,
    pub(super) saved: String,
    pub(super) language: Option<String>,
    pub(super) subjects: String,
    pub(super) origin: String,
    pub(super) blocks: bool,
    pub(super) state: String,
}

/// The tab's own storage first: two tabs may hold two policies.
fn storages() -> [Option<Storage>; 2] {
    [window().session_storage().ok().flatten(), window().local_storage().ok().flatten()]
}

pub(super) fn load() -> Option<Kept> {
    let text = storages().into_iter().flatten().find_map(|storage| storage.get_item(KEY).ok().flatten())?;
    let value: Value = serde_json::from_str(&text).ok()?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Kept {
        text: text("text")?,
        name: text("name").unwrap_or_default(),
        saved: text("saved").unwrap_or_default(),
        language: text("language"),
        subjects: text("subjects").unwrap_or_default(),
        origin: text("origin").unwrap_or_default(),
        blocks: value.get("blocks").and_then(Value::as_bool).unwrap_or_default(),
        state: text("state").unwrap_or_default(),
    })
}

/// Keeps what is written from now on, and asks before a tab is closed whose policy is kept nowhere.
pub(super) fn keep(desk: Desk) {
    create_effect(move || {
        let kept = json!({
            "text": desk.text.get_clone(),
            "name": desk.name.get_clone(),
            "saved": desk.saved.get_clone(),
            "language": desk.language.get().tag(),
            "subjects": desk.subjects.get_clone(),
            "origin": desk.origin.get_clone(),
            "blocks": desk.blocks.get(),
            "state": desk.state.get_clone(),
        });
        let text = kept.to_string();
        let storages: Vec<Storage> = storages().into_iter().flatten().collect();
        // Both are written, since one of them may be full or forbidden.
        let (kept, full): (Vec<_>, Vec<_>) = storages.iter().partition(|storage| storage.set_item(KEY, &text).is_ok());
        let is_kept = !kept.is_empty();
        if is_kept {
            // What the other still has is older, and a reload would take it.
            full.iter().for_each(|storage| storage.remove_item(KEY).unwrap_or_default());
        }
        if desk.is_kept.get_untracked() != is_kept {
            desk.is_kept.set(is_kept);
        }
    });
    let others = Closure::<dyn FnMut(web_sys::StorageEvent)>::new(move |event: web_sys::StorageEvent| {
        if event.key().as_deref() == Some(KEY) && !desk.is_shared.get_untracked() {
            desk.is_shared.set(true);
        }
    });
    window().add_event_listener_with_callback("storage", others.as_ref().unchecked_ref()).unwrap_or_default();
    others.forget();
    let leaving = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        let is_unsaved = desk.text.with_untracked(|text| desk.saved.with_untracked(|saved| text != saved));
        // Of two tabs that are closed, the browser keeps what the last one wrote.
        if is_unsaved && (!desk.is_kept.get_untracked() || desk.is_shared.get_untracked()) {
            event.prevent_default();
        }
    });
    window().add_event_listener_with_callback("beforeunload", leaving.as_ref().unchecked_ref()).unwrap_or_default();
    leaving.forget();
}

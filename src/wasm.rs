//! The engine as the shell sees it. The only file that knows wasm-bindgen.
//!
//! Only texts and small numbers cross the border, since the same WebAssembly is also translated to JavaScript, for a
//! runtime that cannot hold objects of its host. A draft comes in piece by piece and not as JSON: a JSON parser would be
//! a sixth of the engine, and would reject a whole draft because of half an emoji in its subject. A verdict goes out as
//! JSON.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Language;
use crate::check::check;
use crate::draft::{Draft, Field, Item, Recipient, RecipientKind};
use crate::mend::mend;
use crate::policy::{self, Policy};

/// A third of the size of the standard library's allocator.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static POLICY: RefCell<Option<Policy>> = const { RefCell::new(None) };
    static DRAFT: RefCell<Option<Draft>> = const { RefCell::new(None) };
}

/// Takes the policy of a pack, in the form of [`policy::packed`]. False when it does not read.
#[wasm_bindgen(js_name = loadPolicy)]
pub fn load_policy(packed: &str) -> bool {
    let policy = policy::unpacked(packed).map(Policy::new);
    POLICY.with_borrow_mut(|slot| *slot = policy);
    POLICY.with_borrow(Option::is_some)
}

/// Starts a new draft and drops the previous one.
#[wasm_bindgen(js_name = beginDraft)]
pub fn begin_draft(subject: String, appointment: bool) {
    let item = if appointment { Item::Appointment } else { Item::Message };
    DRAFT.with_borrow_mut(|slot| *slot = Some(Draft { subject, item, ..Draft::default() }));
}

/// Adds the address the draft is sent from.
#[wasm_bindgen(js_name = addFrom)]
pub fn add_from(address: String) {
    with_draft(|draft| draft.from = Some(address));
}

/// Adds a recipient; field and kind by their names in the contract.
#[wasm_bindgen(js_name = addRecipient)]
pub fn add_recipient(field: &str, address: String, name: String, kind: &str) {
    let (field, kind) = (Field::named(field), RecipientKind::named(kind));
    with_draft(|draft| draft.recipients.push(Recipient { field, address, name, kind }));
}

/// Adds the id of a sensitivity label.
#[wasm_bindgen(js_name = addLabel)]
pub fn add_label(id: String) {
    with_draft(|draft| draft.labels.push(id));
}

/// Adds an internet header.
#[wasm_bindgen(js_name = addHeader)]
pub fn add_header(name: String, value: String) {
    with_draft(|draft| draft.headers.push(name, value));
}

/// Adds the mark of the question that the user has answered.
#[wasm_bindgen(js_name = addAsked)]
pub fn add_asked(mark: String) {
    with_draft(|draft| draft.asked = Some(mark));
}

/// Judges the draft, in the language of a locale such as `da-DK`. Returns a verdict as JSON; an empty string if no policy
/// is loaded or no draft was started.
#[wasm_bindgen(js_name = check)]
pub fn check_draft(locale: &str) -> String {
    answer(|policy, draft| Some(check(policy, draft, Language::of_locale(locale))))
}

/// The change that fix number `fix` of finding number `finding` makes, as JSON. Both count from 0 in the verdict on this
/// same draft. Returns an empty string if there is no such fix, no policy or no draft.
#[wasm_bindgen(js_name = mend)]
pub fn mend_draft(locale: &str, finding: u32, fix: u32) -> String {
    answer(|policy, draft| mend(policy, draft, Language::of_locale(locale), finding as usize, fix as usize))
}

fn with_draft(add: impl FnOnce(&mut Draft)) {
    DRAFT.with_borrow_mut(|slot| slot.as_mut().map(add));
}

/// Serializing texts and whole numbers cannot fail. If it did, the shell rejects the empty string.
fn answer<T: Serialize>(find: impl FnOnce(&Policy, &Draft) -> Option<T>) -> String {
    let found = POLICY.with_borrow(|policy| DRAFT.with_borrow(|draft| find(policy.as_ref()?, draft.as_ref()?)));
    found.and_then(|found| serde_json::to_string(&found).ok()).unwrap_or_default()
}

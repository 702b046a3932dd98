//! The engine as the shell sees it. The only file that knows wasm-bindgen.
//!
//! Only texts and small numbers cross the border, since the same WebAssembly is also translated to JavaScript, for a
//! runtime that cannot hold objects of its host. A draft comes in as lines ([`Draft::from_lines`]); a ruling goes out as
//! records ([`Ruling::to_records`]) and a verdict as JSON. What a send does not need is behind the feature `whole`, so that its
//! code, tables and texts are not loaded then.
//!
//! [`Ruling::to_records`]: crate::Ruling::to_records

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Language;
#[cfg(feature = "whole")]
use crate::check::check;
use crate::check::decide;
use crate::draft::Draft;
#[cfg(feature = "whole")]
use crate::mend::mend;
use crate::policy::{self, Policy};
use crate::rules::conversation;
#[cfg(feature = "content")]
use crate::rules::wanted;

/// A third of the size of the standard library's allocator.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    static POLICY: RefCell<Option<Policy>> = const { RefCell::new(None) };
}

/// Takes the policy of a pack, in the form of [`policy::packed`]. False when it does not read, or has a rule on that this
/// engine was compiled without.
#[wasm_bindgen(js_name = loadPolicy)]
pub fn load_policy(packed: &str) -> bool {
    let policy = policy::unpacked(packed).map(Policy::new);
    POLICY.with_borrow_mut(|slot| *slot = policy);
    POLICY.with_borrow(Option::is_some)
}

/// Judges the draft, in the language of a locale such as `da-DK`. Returns a verdict as JSON; an empty string if no policy
/// is loaded or the draft cannot be read.
#[cfg(feature = "whole")]
#[wasm_bindgen(js_name = check)]
pub fn check_draft(draft: &str, locale: &str) -> String {
    answer(draft, |policy, draft| serde_json::to_string(&check(policy, draft, Language::of_locale(locale))).ok())
}

/// What else of the draft the policy asks for, before it is judged: `body`, `attachments`, with a space between. Empty if that is
/// nothing, no policy is loaded or the draft cannot be read.
#[cfg(feature = "content")]
#[wasm_bindgen(js_name = wanted)]
pub fn wanted_of_draft(draft: &str) -> String {
    answer(draft, |policy, draft| Some(wanted(policy, draft).names().to_owned()))
}

/// The decision and the words of the client's dialog, as records: all that a send needs. Returns an empty string if no policy
/// is loaded or the draft cannot be read.
#[wasm_bindgen(js_name = decide)]
pub fn decide_draft(draft: &str, locale: &str) -> String {
    answer(draft, |policy, draft| Some(decide(policy, draft, Language::of_locale(locale)).to_records()))
}

/// The note of a reply that was just begun, of which the draft has the recipients ([`conversation`]). Returns an empty string
/// if there is nothing to note.
#[wasm_bindgen(js_name = conversation)]
pub fn note_conversation(draft: &str) -> String {
    Draft::from_lines(draft).and_then(|draft| conversation(&draft)).unwrap_or_default()
}

/// The change that fix number `fix` of finding number `finding` makes, as JSON. Both count from 0 in the verdict on this
/// same draft. Returns an empty string if there is no such fix or no policy, or the draft cannot be read.
#[cfg(feature = "whole")]
#[wasm_bindgen(js_name = mend)]
pub fn mend_draft(draft: &str, locale: &str, finding: u32, fix: u32) -> String {
    answer(draft, |policy, draft| {
        let change = mend(policy, draft, Language::of_locale(locale), finding as usize, fix as usize)?;
        serde_json::to_string(&change).ok()
    })
}

/// The shell rejects the empty string.
fn answer(draft: &str, find: impl FnOnce(&Policy, &Draft) -> Option<String>) -> String {
    POLICY.with_borrow(|policy| find(policy.as_ref()?, &Draft::from_lines(draft)?)).unwrap_or_default()
}

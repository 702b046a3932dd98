//! The scenes that users practise on: made-up mails, and what there is to learn from each.
//!
//! A scene is a TOML file in `practice/scenes/`; docs/practice.md says how to write one. The engine knows nothing of scenes:
//! it judges a mail of a scene as any other mail, under the policy in `practice/policy.json`.
//!
//! | what | module |
//! | --- | --- |
//! | a scene | `scene` |
//! | its file | `scene_file` |
//! | what is wrong with it | `review` |
//! | the page to print, made from the scenes | `guide` |
//!
//! Invariant: in a [`Practice`], the engine finds what each wrong mail names and finds nothing in the model answers, in both
//! languages.

mod guide;
mod review;
mod scene;
mod scene_file;

use std::collections::HashMap;

use sendvagt::policy::packed;
use sendvagt::{Policy, PolicyFile};
use serde::Serialize;

use crate::placeholder;

pub use guide::guide;
pub use scene::{Mail, Scene, WrongMail};

/// The literal in the built practice script that the scenes replace, with its quotation marks.
pub const PLACEHOLDER: &str = "\"@@SENDVAGT-PRACTICE@@\"";
/// The user's own mailbox in every scene.
pub const OWN_MAILBOX: &str = "mette@kommune.example";
/// The most words a sentence may have: its readers are busy learning something else.
pub const LONGEST_SENTENCE: usize = 18;

/// All scenes, in order, with the policy they are judged under.
#[derive(Clone, Debug)]
pub struct Practice {
    policy: Policy,
    scenes: Vec<Scene>,
}

impl Practice {
    /// Reads the scenes' files, each with its id and its text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the scenes, each message with the scene's id.
    pub fn new(policy: PolicyFile, files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<String>> {
        let policy = Policy::new(policy);
        let (mut scenes, mut problems) = (Vec::new(), Vec::new());
        for (id, text) in files {
            match Scene::parse(&id, &text) {
                Ok(scene) => {
                    problems.extend(scene.problems(&policy));
                    scenes.push(scene);
                }
                Err(error) => problems.push(format!("{id}: {error}")),
            }
        }
        scenes.sort_by_key(|scene| scene.order);
        problems.extend(duplicate_orders(&scenes));
        if problems.is_empty() { Ok(Self { policy, scenes }) } else { Err(problems) }
    }

    /// The policy the scenes are judged under.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The scenes, in order.
    #[must_use]
    pub fn scenes(&self) -> &[Scene] {
        &self.scenes
    }

    /// Embeds the scenes in the built practice script.
    ///
    /// # Errors
    ///
    /// When the script does not contain [`PLACEHOLDER`] exactly once: it was built wrongly.
    pub fn embed(&self, script: &str) -> Result<String, String> {
        let embedded = Embedded {
            packed: packed(&self.policy.whole_file()),
            senders: senders(&self.policy),
            labels: &self.policy.file().secure_mail.labels,
            scenes: &self.scenes,
        };
        let json = serde_json::to_string(&embedded).map_err(|error| error.to_string())?;
        placeholder::replace(script, PLACEHOLDER, &json)
    }
}

/// Scenes with the order of another one.
fn duplicate_orders(scenes: &[Scene]) -> Vec<String> {
    let mut seen = HashMap::new();
    let taken = |scene: &Scene| Some((scene.id.clone(), seen.insert(scene.order, scene.id.clone())?));
    scenes
        .iter()
        .filter_map(taken)
        .map(|(id, first)| format!("{id}: {first} has the same order; change one of the two"))
        .collect()
}

/// What the practice script holds.
#[derive(Serialize)]
struct Embedded<'a> {
    packed: String,
    senders: Vec<String>,
    labels: &'a [String],
    scenes: &'a [Scene],
}

/// The mailboxes that the user can send from.
fn senders(policy: &Policy) -> Vec<String> {
    let secure = policy.file().secure_mail.from.iter().cloned();
    [OWN_MAILBOX.to_owned()].into_iter().chain(secure).collect()
}

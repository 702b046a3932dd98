//! Sendvagt ("send guard") checks the subject and the recipients of a mail before it is sent.
//!
//! This is the engine: what runs when Send is pressed, and nothing else. One way through it:
//!
//! | step | module |
//! | --- | --- |
//! | what Outlook holds | [`Draft`] |
//! | what people type becomes what they mean, with the way back | [`text`] |
//! | CPR numbers in it, graded by evidence | [`cpr`] |
//! | addresses, in the spelling in which mail systems compare them | [`address`] |
//! | what the organisation has decided | [`policy`] |
//! | one check each | [`rules`] |
//! | send, ask or stop, with the grounds | [`verdict`], by [`check()`] |
//! | what fits into Outlook's dialogs | [`alert`] |
//! | doing what a fix says | [`mend`] |
//! | what becomes of a mail that cannot be checked | [`unchecked`] |
//!
//! It is pure: no clock, network, file or environment, which `clippy.toml` forbids. Positions in a subject are UTF-16 code
//! units, as Office.js counts. `docs/architecture.md` is the map of the whole project.

#![forbid(unsafe_code)]

pub mod address;
pub mod alert;
mod automaton;
mod check;
#[cfg_attr(
    not(feature = "content"),
    expect(dead_code, reason = "the ordinary engine of a send is compiled without the rules that read it")
)]
mod content;
pub mod cpr;
mod draft;
mod language;
pub mod mend;
pub mod policy;
mod rule_name;
pub mod rules;
mod status;
pub mod text;
pub mod unchecked;
pub mod verdict;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use automaton::Automaton;
pub use check::{check, decide};
pub use draft::{Attachment, Body, BodyKind, Draft, Field, Headers, Item, Recipient, RecipientKind, Unread};
pub use language::{Both, Language};
pub use policy::{Policy, PolicyFile};
pub use rule_name::RuleName;
pub use verdict::{Decision, Verdict};

/// The version of Sendvagt.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

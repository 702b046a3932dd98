//! Sendvagt ("send guard") checks the subject and the recipients of a mail before it is sent.
//!
//! One way through the house:
//!
//! | step | module |
//! | --- | --- |
//! | what Outlook holds | [`Draft`] |
//! | what people type becomes what they mean, with the way back | [`text`] |
//! | CPR numbers in it, graded by evidence | [`cpr`] |
//! | what the organisation has decided | [`policy`] |
//! | one check each | [`rules`] |
//! | send, ask or stop, with the grounds | [`verdict`], by [`check()`] |
//! | within the limits of Outlook's dialogs | [`words`] |
//! | doing what a fix says | [`mend`] |
//! | what becomes of a mail that cannot be checked | [`failure`] |
//! | what is put into the deployed files | [`pack`] |
//! | the made-up mails that users practise on | `practice` |
//! | what was sent before there was a check | `audit` |
//!
//! The core is pure: no clock, no network, no storage. Positions in a subject are UTF-16 code units, as Office.js
//! counts.

#![forbid(unsafe_code)]

mod address;
#[cfg(feature = "audit")]
pub mod audit;
mod check;
pub mod cpr;
mod domain;
mod draft;
pub mod failure;
mod index;
mod language;
mod letters;
pub mod mend;
mod near;
pub mod pack;
pub mod policy;
#[cfg(feature = "strict")]
pub mod practice;
mod prefix;
mod private;
pub mod rules;
mod secure;
mod subject;
pub mod text;
pub mod verdict;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod words;

pub use check::check;
pub use draft::{Draft, Field, Headers, Item, Recipient, RecipientKind};
pub use language::Language;
pub use policy::{Policy, PolicyFile};
pub use verdict::{Decision, Verdict};

/// The version of Sendvagt.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

//! From a policy to the site that an organisation serves.
//!
//! | step | module |
//! | --- | --- |
//! | parse a policy strictly, and explain it | [`policy`] |
//! | the organisation's own patterns as tables | [`pattern`] |
//! | the policy as the built scripts hold it | [`pack`] |
//! | the made-up mails that users practise on | [`practice`] |
//! | the page about the rules | [`rules_page`](rules_page()) |
//! | the page at the root of a site | `index_page` |
//! | the support page, which the manifest names | [`support_page`](support_page()) |
//! | the files to serve, the manifests and the settings of the host | [`package`](mod@package) |
//! | compare the files of a site with what was packed | [`compared`] |
//! | ask a host for them, and for their headers | `verify` |
//! | a mail-flow rule, for mail that no add-in sees | [`transport_rule`] |
//!
//! Invariants: a policy that has errors is never packed. Output is written whole or not at all. Errors say what is wrong,
//! where, and what to do instead. Nothing here reads or writes mail. Network, files and random numbers need the feature
//! `native`: without it the crate is pure, for the workshop in a browser.

#![forbid(unsafe_code)]

pub mod compared;
mod error;
mod escape;
mod index_page;
pub mod pack;
pub mod package;
pub mod pattern;
mod placeholder;
pub mod policy;
pub mod practice;
mod rules_page;
mod support_page;
pub mod transport_rule;
#[cfg(feature = "native")]
pub mod verify;
mod web_address;

pub use error::SiteError;
pub use rules_page::rules_page;
pub use support_page::support_page;

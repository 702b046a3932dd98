//! Sendvagt ("send guard") checks the subject and the recipients of a mail before it is sent.
//!
//! One way through the house: text → fold → CPR scan → rules → verdict → words.

#![forbid(unsafe_code)]

mod draft;
pub mod verdict;

pub use draft::{Draft, Field, Item, Recipient, RecipientKind};
pub use verdict::{Decision, Verdict};

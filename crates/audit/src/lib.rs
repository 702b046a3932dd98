//! Finds in old mail what the add-in would have stopped.
//!
//! | part | what it does |
//! | --- | --- |
//! | `input` | decompresses and decodes a file, and cuts it into blocks that several cores can read |
//! | `judge` | has the engine check one mail, and keeps what an audit may show of it |
//! | `formats` | detects the format of a file, finds the mails in a block of it, and has the suspect ones judged |
//! | `output` | counts the findings, and writes them as a report and a file of findings |
//! | `reading` | takes a file through all of these, block by block |
//! | `session` | an audit in steps, for a page, which reads its files itself |
//! | `native` | an audit for a program: paths, threads, a terminal, Ctrl-C (feature `native`) |
//!
//! Each part uses only the parts above it. Reading is `Read`: the page and the program get the same findings and the same
//! report of the same bytes.

#![forbid(unsafe_code)]

mod formats;
mod input;
mod judge;
#[cfg(feature = "native")]
mod native;
mod output;
mod reading;
mod session;
#[cfg(test)]
mod text_tests;

pub use self::formats::detect::Format;
#[cfg(feature = "native")]
pub use self::native::{Audit, AuditError, FindingSummary, InMemory, Outcome, Summary};
pub use self::session::{File, Input, Progress, Session, file_is_another};

//! Detects the format of a file, and finds the mails in a block of it.

pub(crate) mod batch;
pub(crate) mod columns;
pub(crate) mod detect;
pub(crate) mod drafts;
pub(crate) mod lines;
pub(crate) mod mail;
pub(crate) mod mime;
pub(crate) mod records;
pub(crate) mod trace;

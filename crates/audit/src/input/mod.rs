//! A file as blocks of UTF-8 text, read on several cores.

pub(crate) mod blocks;
pub(crate) mod encoding;
pub(crate) mod file_error;
pub(crate) mod interrupt;
pub(crate) mod maildir;
pub(crate) mod pipeline;
pub(crate) mod progress;
pub(crate) mod source;

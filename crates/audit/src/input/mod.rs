//! A file as blocks of UTF-8 text.

pub(crate) mod blocks;
pub(crate) mod compressed;
pub(crate) mod encoding;
pub(crate) mod file_error;
pub(crate) mod interrupt;
pub(crate) mod source;

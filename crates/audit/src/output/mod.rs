//! Counts the findings, and words and writes them.

pub(crate) mod findings_file;
pub(crate) mod overview;
pub(crate) mod report;
pub(crate) mod tally;
pub(crate) mod texts;

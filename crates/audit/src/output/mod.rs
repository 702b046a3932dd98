//! Counts the findings and writes them.

pub(crate) mod findings_file;
pub(crate) mod overview;
pub(crate) mod report;
pub(crate) mod table;
pub(crate) mod tally;
pub(crate) mod texts;

//! The policy as people write it: parsed strictly, and explained in plain words.
//!
//! Invariant: what [`parse`] accepts, the engine can use. Errors are all reported at once, each with its line, its column
//! and what to write instead.

mod explain;
mod parse;

pub use explain::explain;
pub(crate) use explain::reads_for_patterns;
pub use parse::{PolicyError, parse, schema, warnings};

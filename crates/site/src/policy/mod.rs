//! The policy as people write it: read strictly, and explained in plain words.

mod explain;
pub mod parse;

pub use explain::explain;

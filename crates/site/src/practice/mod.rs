//! The scenes that users practise on, and the page to print.

mod guide;
mod scene;

pub use guide::guide;
pub use scene::*;

//! Text as people type and paste it, read as what they mean.
//!
//! [`fold`] reads a text as a row of [`Symbol`]s of one small alphabet, each with the bytes it came from;
//! [`Utf16`] turns byte offsets into the UTF-16 code units that Office.js counts in.

mod clip;
mod decimal;
mod escapes;
mod fit;
mod fold;
mod html;
mod lower;
mod outlined;
pub(crate) mod reply_prefix;
mod tables;
mod utf16;

pub(crate) use clip::clip;
pub(crate) use decimal::{decimal, number};
pub(crate) use escapes::named_character;
pub use fit::first_that_fits;
pub use fold::{Fold, Symbol, fold, sym};
pub use html::escape_html;
pub(crate) use lower::{lower, lower_char, upper_char};
pub(crate) use outlined::{is_alphanumeric, trim, trim_end, trim_start};
pub(crate) use tables::is_invisible;
pub use utf16::{Utf16, units};

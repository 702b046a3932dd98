#![doc = include_str!("README.md")]

mod buffer;
mod text;

pub(super) use buffer::scan_buffer;
pub(super) use text::{has_digits, may_hold};

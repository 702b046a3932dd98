//! Rules out, at the speed of memory, the texts that hold no number, which is nearly all of them.
//!
//! [`may_hold`] answers for one text, [`scan_buffer`] for a buffer of many lines. Both may let too much through and never
//! too little: what they let through, [`super::find`] judges. The loops are plain, and the compiler makes vector
//! instructions of them.

mod buffer;
mod text;

pub(super) use buffer::scan_buffer;
pub(super) use text::may_hold;

//! Ctrl-C: the first ends reading and keeps what was found, the second ends the program at once.

use std::io;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status of a program that is ended in the middle, which is that of gaps.
const ENDED: i32 = 2;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C, and for the signals with which a service or a closed terminal ends a program.
pub(crate) fn listen() -> io::Result<()> {
    let listening = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            process::exit(ENDED);
        }
    });
    listening.map_err(io::Error::other)
}

/// Has the user asked to stop?
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

//! Ctrl-C: the first one ends reading and keeps what was found, the second one ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status of a program that is killed halfway: that of an incomplete audit.
#[cfg(feature = "native")]
const KILLED: i32 = 2;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Handles Ctrl-C, and the signals with which a service manager or a closing terminal ends a program.
#[cfg(feature = "native")]
pub(crate) fn listen() -> std::io::Result<()> {
    let listening = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::Relaxed) {
            std::process::exit(KILLED);
        }
    });
    listening.map_err(std::io::Error::other)
}

/// Did the user ask to stop?
pub(crate) fn is_requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

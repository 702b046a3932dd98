//! The progress bar of a file. indicatif shows it on a terminal only.

use std::cell::Cell;
use std::rc::Rc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::reading::Reading;

/// Shows how much of a file has been read.
pub(crate) struct Progress {
    bar: ProgressBar,
    position: Rc<Cell<u64>>,
}

impl Progress {
    pub(crate) fn new(reading: &Reading, name: &str) -> Self {
        let (bar, template) = match reading.size {
            Some(size) => (ProgressBar::new(size), "{wide_msg} {bar:30} {bytes}/{total_bytes} {eta}"),
            None => (ProgressBar::new_spinner(), "{wide_msg} {bytes} {elapsed}"),
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: bar.with_style(style).with_message(name.to_owned()), position: Rc::clone(&reading.position) }
    }

    pub(crate) fn update(&self) {
        self.bar.set_position(self.position.get());
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

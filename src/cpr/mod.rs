//! The CPR number (the number of a person in Denmark's civil register), and finding it in text.
//!
//! [`Cpr`] is the number itself. [`find`] finds numbers in a subject line and grades each by the evidence for it;
//! `docs/cpr-grading.md` shows how; [`grading_page`] writes it.

mod context;
mod date;
mod find;
mod form;
mod grade;
mod lexicon;
mod lines;
mod number;
mod page;
mod prefilter;
mod rivals;
mod slip;
mod surroundings;
mod window;
mod word_list;

pub use context::{ContextWords, Says};
pub use date::{Date, RELEASED};
pub(crate) use find::find_from;
pub use find::{Candidate, find, find_on, scan};
pub use form::Form;
pub use grade::{Evidence, EvidenceSet, Grade};
pub use lines::{Line, scan_lines, scan_lines_on};
pub use number::{Checksum, Cpr, Kind, Masked, WITHOUT_CHECKSUM};
pub use page::grading_page;

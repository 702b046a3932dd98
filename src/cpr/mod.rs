//! The CPR number (the number of a person in Denmark's civil register), and finding it in text.
//!
//! [`Cpr`] is the number itself. [`find`] finds numbers in a subject line and grades each by the evidence for it;
//! `docs/cpr-grading.md` shows how; [`grading_page`] writes it.

mod bulk;
mod date;
mod find;
mod form;
mod grade;
mod lexicon;
mod number;
mod page;
mod sieve;
mod sift;
mod surroundings;
mod window;
mod words;

pub use bulk::{Line, scan_lines};
pub use date::Date;
pub use find::{Candidate, find, scan};
pub use form::Form;
pub use grade::{Evidence, EvidenceSet, Grade};
pub use number::{Checksum, Cpr, Kind, Masked, WITHOUT_CHECKSUM};
pub use page::grading_page;
pub use words::{ContextWords, Says};

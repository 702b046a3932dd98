//! Shared by the two rules on the subject: the numbers of one grade, the subject without them, and the user's objection.

mod objection;
mod remove;

pub(crate) use objection::{checksum, is_answered, objection};
pub(crate) use remove::Removed;

use crate::cpr::{Candidate, Evidence, Grade};
use crate::draft::Item;
use crate::rules::secure::Sign;
use crate::rules::{Basis, Case, Hit};
use crate::verdict::{At, Fix};

/// A finding for each number of the grade.
pub(crate) fn hits(case: &Case, grade: Grade) -> Vec<Hit> {
    case.numbers
        .iter()
        .filter(|number| number.grade == grade)
        .map(|number| Hit {
            at: At::Subject(number.at.start, number.at.end),
            basis: Basis::Number(number.evidence),
            named: number.masked().text(),
        })
        .collect()
}

/// One set of fixes for all numbers of the subject. In an ordinary mail the body is no safer than the subject: a number is
/// moved into the body of secure mail only, or of mail that the same fix makes secure.
pub(crate) fn fixes(case: &Case) -> Vec<Fix> {
    let subject = &without(case).subject;
    let many = case.numbers.len() > 1;
    let label = |da: [&str; 2], en: [&str; 2]| {
        let [one, several] = case.language.pick(da, en);
        (if many { several } else { one }).to_owned()
    };
    let remove = Fix::Remove {
        subject: subject.clone(),
        label: label(
            ["Slet nummeret i emnet", "Slet numrene i emnet"],
            ["Delete the number from the subject", "Delete the numbers from the subject"],
        ),
    };
    if case.secure.is_some() {
        let label = match case.draft.item {
            Item::Message => label(
                ["Flyt nummeret ned i mailen", "Flyt numrene ned i mailen"],
                ["Move the number into the mail", "Move the numbers into the mail"],
            ),
            Item::Appointment => label(
                ["Flyt nummeret ned i indkaldelsen", "Flyt numrene ned i indkaldelsen"],
                ["Move the number into the invitation", "Move the numbers into the invitation"],
            ),
        };
        return vec![Fix::MoveToBody { subject: subject.clone(), label }, remove];
    }
    match Sign::that_fits(case) {
        Some(sign) => {
            let label = label(
                [
                    "Gør mailen til sikker post, og flyt nummeret ned i den",
                    "Gør mailen til sikker post, og flyt numrene ned i den",
                ],
                ["Make it secure mail and move the number into it", "Make it secure mail and move the numbers into it"],
            );
            // To delete it changes nothing of how the mail is sent, which is the user's to choose.
            vec![remove, Fix::MoveToSecureBody { subject: sign.on_subject(subject), label }]
        }
        None => vec![remove],
    }
}

/// The subject without any of the numbers.
pub(crate) fn without<'a>(case: &'a Case) -> &'a Removed {
    case.removed.get_or_init(|| remove::every(case))
}

/// Is this number possibly a date and a time?
pub(crate) fn may_be_time(hit: &Hit) -> bool {
    matches!(hit.basis, Basis::Number(evidence) if evidence.contains(Evidence::MayBeTime))
}

/// How many numbers there are of a grade.
pub(crate) fn count(case: &Case, grade: Grade) -> usize {
    let of_grade = |number: &&Candidate| number.grade == grade;
    case.numbers.iter().filter(of_grade).count()
}

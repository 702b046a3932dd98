//! Shared by the two rules on the subject: the numbers of one grade, and the subject without them.

mod remove;

pub(crate) use remove::Removed;

use crate::cpr::{Candidate, Grade};
use crate::rules::{Case, Hit};
use crate::verdict::{At, Fix};

/// A finding for each number of the grade, with its fixes.
pub(crate) fn hits(case: &Case, grade: Grade) -> Vec<Hit> {
    let of_grade = || case.numbers.iter().filter(|number| number.grade == grade);
    of_grade()
        .map(|number| Hit {
            at: At::Subject(number.at.start, number.at.end),
            evidence: number.evidence.iter().map(|evidence| evidence.name().to_owned()).collect(),
            fixes: fixes(case, number, of_grade().count()),
            named: number.masked().to_string(),
        })
        .collect()
}

/// A fix removes all certain numbers at once, but only one possible number: the others may be something else.
fn fixes(case: &Case, number: &Candidate, count: usize) -> Vec<Fix> {
    let all = number.grade == Grade::Certain;
    let subject = without(case, number).subject;
    let many = all && count > 1;
    let remove = Fix::Remove {
        subject: subject.clone(),
        label: label(
            case,
            many,
            "Fjern nummeret fra emnet",
            "Fjern numrene fra emnet",
            "Remove the number",
            "Remove the numbers",
        ),
    };
    // In an ordinary mail the body is no safer than the subject.
    if case.secure.is_none() {
        return vec![remove];
    }
    let label = label(
        case,
        many,
        "Flyt nummeret til teksten",
        "Flyt numrene til teksten",
        "Move the number to the text",
        "Move the numbers to the text",
    );
    vec![Fix::MoveToBody { subject, label }, remove]
}

/// The subject without a number; if the number is certain, without all certain numbers.
pub(crate) fn without(case: &Case, number: &Candidate) -> Removed {
    match number.grade {
        Grade::Certain => remove::every_certain(case),
        Grade::Possible => remove::one(case, number),
    }
}

fn label(case: &Case, many: bool, da_one: &str, da_many: &str, en_one: &str, en_many: &str) -> String {
    let (da, en) = if many { (da_many, en_many) } else { (da_one, en_one) };
    case.language.pick(da, en).to_owned()
}

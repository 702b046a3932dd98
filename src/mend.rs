//! Applies fixes.

use serde::Serialize;

use crate::Language;
use crate::check::check;
use crate::draft::{Draft, Field, Recipient};
use crate::policy::Policy;
use crate::rules::Case;
use crate::rules::subject;
use crate::text::escape_html;
use crate::verdict::{At, Fix};

/// What a shell has to write to apply a fix. A part that is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The new subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The recipients that a field must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<FieldChange>,
    /// A line to insert at the start of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyNote>,
}

impl Change {
    /// The draft after the change. The note for the body is not part of it: a draft has no body.
    #[must_use]
    pub fn applied_to(&self, draft: &Draft) -> Draft {
        let mut mended = draft.clone();
        if let Some(subject) = &self.subject {
            mended.subject.clone_from(subject);
        }
        if let Some(field) = &self.recipients {
            mended.recipients.retain(|recipient| recipient.field != field.field);
            mended.recipients.extend(field.list.iter().cloned());
        }
        mended
    }
}

/// All recipients of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChange {
    /// The field.
    pub field: Field,
    /// Its recipients, in order.
    pub list: Vec<Recipient>,
}

/// The same line in the two formats that a body may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BodyNote {
    /// For a body of plain text, with its line end.
    pub text: String,
    /// For a body of HTML.
    pub html: String,
}

/// The change that fix number `fix` of finding number `finding` makes; both count from 0 in the draft's verdict. `None`
/// if there is no such fix. The draft is judged again here, so that a fix never edits a subject that the user has changed
/// in the meantime.
#[must_use]
pub fn mend(policy: &Policy, draft: &Draft, language: Language, finding: usize, fix: usize) -> Option<Change> {
    let verdict = check(policy, draft, language);
    let finding = verdict.findings.get(finding)?;
    match finding.fixes.get(fix)? {
        Fix::Remove { subject, .. } => Some(Change { subject: Some(subject.clone()), ..Change::default() }),
        Fix::MoveToBody { subject, .. } => {
            let language = policy.language(language);
            let removed = removed(policy, draft, language, finding.at)?;
            Some(Change { subject: Some(subject.clone()), body: Some(note(&removed, language)), ..Change::default() })
        }
        Fix::Replace { recipient, address, .. } => {
            Some(Change { recipients: Some(replaced(draft, *recipient, address)?), ..Change::default() })
        }
    }
}

/// The numbers that this fix takes out of the subject, as the user wrote them.
fn removed(policy: &Policy, draft: &Draft, language: Language, at: At) -> Option<Vec<String>> {
    let At::Subject(start, _) = at else { return None };
    let case = Case::new(policy, draft, language);
    let number = case.numbers.iter().find(|number| number.at.start == start)?;
    Some(subject::without(&case, number).numbers)
}

fn note(numbers: &[String], language: Language) -> BodyNote {
    let label = match numbers {
        [_] => language.pick("CPR-nummer", "CPR number"),
        _ => language.pick("CPR-numre", "CPR numbers"),
    };
    let line = format!("{label}: {}", numbers.join(", "));
    BodyNote { html: format!("<p>{}</p>", escape_html(&line)), text: format!("{line}\n") }
}

/// The recipient's field with the new address in place of the old one. An address that the field already holds is not
/// added a second time.
fn replaced(draft: &Draft, recipient: usize, address: &str) -> Option<FieldChange> {
    let field = draft.recipients.get(recipient)?.field;
    let there = |other: &Recipient| other.field == field && other.address.eq_ignore_ascii_case(address);
    let already = draft.recipients.iter().any(there);
    let new = Recipient { field, address: address.to_owned(), ..Recipient::default() };
    let list =
        draft.recipients.iter().enumerate().filter(|(_, other)| other.field == field).filter_map(|(index, other)| {
            if index == recipient { (!already).then(|| new.clone()) } else { Some(other.clone()) }
        });
    Some(FieldChange { field, list: list.collect() })
}

#[cfg(test)]
mod tests;

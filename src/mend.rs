//! Applies fixes.

use serde::Serialize;

use crate::Language;
use crate::check::verdict;
use crate::draft::{Draft, Field, Recipient};
use crate::policy::Policy;
use crate::rules::{Case, Sign, outside, subject};
use crate::text::escape_html;
use crate::verdict::Fix;

/// What a shell has to write to apply a fix. A part that is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The new subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// A recipient to add to its field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<Recipient>,
    /// The recipients to move to *Bcc*, each with the field in which it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_bcc: Vec<Recipient>,
    /// A line to insert at the start of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyNote>,
    /// The id of the sensitivity label that the draft must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// An internet header that the draft must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderValue>,
    /// What undoing writes as the subject, if it is not the old one. A line in the body cannot be taken back, so the tag of
    /// secure mail stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_subject: Option<String>,
    /// The numbers that the subject loses, as they were written: for the user, who may still need them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}

/// An internet header with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeaderValue {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Change {
    /// The draft after the change. The note for the body is not part of it: a draft has no body.
    #[must_use]
    pub fn applied_to(&self, draft: &Draft) -> Draft {
        let mut mended = draft.clone();
        if let Some(subject) = &self.subject {
            mended.subject.clone_from(subject);
        }
        // A shell does not add an address that the field holds already.
        let there = |one: &Recipient| {
            draft.recipients.iter().any(|old| old.field == one.field && old.address.eq_ignore_ascii_case(&one.address))
        };
        mended.recipients.extend(self.add.clone().filter(|one| !there(one)));
        for one in mended.recipients.iter_mut().filter(|one| self.to_bcc.contains(one)) {
            one.field = Field::Bcc;
        }
        mended.labels.extend(self.label.clone());
        if let Some(HeaderValue { name, value }) = &self.header {
            mended.headers.push(name.clone(), value.clone());
        }
        mended
    }
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
    let case = Case::new(policy, draft, policy.language(language));
    Some(match verdict(&case).findings.get(finding)?.fixes.get(fix)? {
        Fix::Remove { subject, .. } => cut(&case, subject),
        Fix::MoveToBody { subject, .. } => {
            let change = cut(&case, subject);
            Change { body: Some(note(&change.numbers, case.language)), ..change }
        }
        Fix::MoveToSecureBody { subject, .. } => {
            let change = cut(&case, subject);
            let sign = Sign::that_fits(&case)?;
            let undo_subject = Some(sign.on_subject(&draft.subject)).filter(|tagged| *tagged != draft.subject);
            let (label, header) = match sign {
                Sign::Tag(_) => (None, None),
                Sign::Label(id) => (Some(id), None),
                Sign::Header { name, value } => (None, Some(HeaderValue { name, value })),
            };
            Change { body: Some(note(&change.numbers, case.language)), label, header, undo_subject, ..change }
        }
        Fix::MoveToBcc { .. } => {
            let visible = outside(&case).filter_map(|(index, _)| draft.recipients.get(index));
            Change { to_bcc: visible.cloned().collect(), ..Change::default() }
        }
        Fix::Add { recipient, address, .. } => {
            let field = draft.recipients.get(*recipient)?.field;
            let add = Recipient { field, address: address.clone(), ..Recipient::default() };
            Change { add: Some(add), ..Change::default() }
        }
    })
}

/// The subject without its numbers.
fn cut(case: &Case, subject: &str) -> Change {
    Change { subject: Some(subject.to_owned()), numbers: subject::without(case).numbers.clone(), ..Change::default() }
}

fn note(numbers: &[String], language: Language) -> BodyNote {
    let label = match numbers {
        [_] => language.pick("CPR-nummer", "CPR number"),
        _ => language.pick("CPR-numre", "CPR numbers"),
    };
    let line = format!("{label}: {}", numbers.join(", "));
    BodyNote { html: format!("<p>{}</p>", escape_html(&line)), text: format!("{line}\n") }
}

#[cfg(test)]
mod tests;

//! Applies fixes.

use std::ops::Range;

use serde::Serialize;

use crate::Language;
use crate::check::verdict;
use crate::draft::{Body, Draft, Field, Recipient};
use crate::policy::Policy;
use crate::rules::content::ReadBody;
use crate::rules::{Case, Sign, outside, subject};
use crate::text::{Symbol, escape_html, fold, sym};
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
    /// The body, written anew. It replaces the one that was judged, and no other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Body>,
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
    /// The draft after the change. The note for the body is not part of it: where it comes in is Outlook's.
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
        if let Some(content) = &self.content {
            mended.body = Some(content.clone());
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
            let (label, header) = put(sign);
            Change { body: Some(note(&change.numbers, case.language)), label, header, undo_subject, ..change }
        }
        Fix::MakeSecure { subject, .. } => {
            let (label, header) = put(Sign::that_fits(&case)?);
            Change { subject: Some(subject.clone()), label, header, ..Change::default() }
        }
        Fix::RemoveQuoted { .. } => rewritten(&case, without_quoted)?,
        Fix::MaskNumbers { .. } => rewritten(&case, masked)?,
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

/// What puts a sign of secure mail on a draft, besides a tag in its subject.
fn put(sign: Sign) -> (Option<String>, Option<HeaderValue>) {
    match sign {
        Sign::Tag(_) => (None, None),
        Sign::Label(id) => (Some(id), None),
        Sign::Header { name, value } => (None, Some(HeaderValue { name, value })),
    }
}

/// What stands in place of some bytes of a source.
type Edit = (Range<usize>, &'static str);

/// The body with other text in some places of its source.
fn rewritten(case: &Case, edit: fn(&ReadBody, &str) -> Vec<Edit>) -> Option<Change> {
    let body = case.draft.body.as_ref()?;
    let mut content = String::with_capacity(body.content.len());
    let mut done = 0;
    for (at, text) in edit(case.body()?, &body.content) {
        // Parts that are quoted may overlap, as a line with `>` before it and the mail below that line do.
        if at.end <= done {
            continue;
        }
        content.push_str(body.content.get(done..at.start.max(done))?);
        content.push_str(text);
        done = at.end;
    }
    content.push_str(body.content.get(done..)?);
    Some(Change { content: Some(Body { content, ..body.clone() }), ..Change::default() })
}

/// A bullet for each of the last four characters of a number, however they are written.
fn masked(read: &ReadBody, _: &str) -> Vec<Edit> {
    let mut places: Vec<Range<usize>> =
        read.numbers.own.places.iter().chain(&read.numbers.quoted.places).cloned().collect();
    places.sort_unstable_by_key(|place| place.start);
    let mut edits = Vec::new();
    for place in places {
        let is_of_number = |symbol: &Symbol| sym::digit(symbol.code).is_some() || sym::is_letter(symbol.code);
        let symbols: Vec<Symbol> = fold(read.page.part(place.clone())).filter(is_of_number).collect();
        let serial = symbols.iter().skip(symbols.len().saturating_sub(4));
        edits.extend(
            serial.map(|Symbol { at, .. }| (read.page.source(place.start + at.start..place.start + at.end), "•")),
        );
    }
    edits
}

/// Nothing for each part that is quoted. The end of an HTML document stays.
fn without_quoted(read: &ReadBody, source: &str) -> Vec<Edit> {
    read.page.quoted_source(source).into_iter().map(|part| (part, "")).collect()
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

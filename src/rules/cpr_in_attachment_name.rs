//! `cpr-in-attachment-name`: an ordinary mail to someone outside has CPR numbers in the names of its attachments.

use super::because::of_number;
use super::content::{how, leaves_unprotected, make_secure, names, unread, why};
use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::cpr::{self, Grade};
use crate::draft::{Attachment, Recipient, Unread};
use crate::policy::Action;
use crate::rule_name::RuleName;
use crate::text::decimal;
use crate::verdict::{At, Fix};
use crate::{Both, Language};

pub(super) static RULE: Rule =
    Rule { name: RuleName::CprInAttachmentName, default: Action::Off, check, words }.of_content();

pub(super) static ABOUT: Both = Both {
    da: "En almindelig mail til nogen uden for organisationen har et CPR-nummer i navnet på et bilag.",
    en: "An ordinary mail to someone outside the organisation has a CPR number in the name of an attachment.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Afgørelse",
            to: &["skole@region.example.dk", "attached:Afgørelse 010203-1234.pdf"],
            found: true,
            because: "a number in the name of a file, to someone outside",
        },
        Example {
            subject: "Afgørelse",
            to: &["kollega@eksempel.example.dk", "attached:Afgørelse 010203-1234.pdf"],
            found: false,
            because: "it stays in the organisation, so that the names are not even read",
        },
        Example {
            subject: "[sikker] Afgørelse",
            to: &["skole@region.example.dk", "attached:Afgørelse 010203-1234.pdf"],
            found: false,
            because: "it is secure mail",
        },
        Example {
            subject: "Referat",
            to: &["skole@region.example.dk", "attached:Referat 2026-11-03 kl. 0912.pdf"],
            found: false,
            because: "a date and a time",
        },
    ],
    policy: |_| {},
    longest: |_, draft| {
        draft.subject = draft.subject.replace("[sikker]", "");
        draft.recipients.push(Recipient { address: "a@udenfor.example.dk".to_owned(), ..Recipient::default() });
        draft.unread.push(Unread::Attachments);
        let name = |number: &str| Attachment { name: format!("{number}.pdf"), ..Attachment::default() };
        draft.attachments = vec![name("010203-1234"), name("020304-1234")];
    },
};

fn check(case: &Case) -> Vec<Hit> {
    if !leaves_unprotected(case) {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = unread(case, Unread::Attachments).into_iter().collect();
    for (index, attachment) in names(case.draft) {
        let found = cpr::find_on(&attachment.name, case.policy.words(), Some(case.draft.day()));
        if let Some(number) = found.into_iter().find(|number| number.grade == Grade::Certain) {
            let at = At::Attachment { index, start: number.at.start, end: number.at.end };
            hits.push(Hit { at, basis: Basis::Number(number.evidence), named: String::new() });
        }
    }
    hits
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    match evidence {
        "unread" => Some(Both {
            da: "Outlook gav ikke bilagenes navne i tide.",
            en: "Outlook did not give the names of the attachments in time.",
        }),
        number => of_number(number),
    }
}

/// Nothing in Office.js gives an attachment another name.
pub(super) fn fixes(case: &Case, _: &Hit) -> Vec<Fix> {
    make_secure(case).into_iter().collect()
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let found = hits.iter().filter(|hit| matches!(hit.at, At::Attachment { .. })).count();
    let what = match found {
        0 => language
            .pick(
                "Sendvagt kunne ikke se bilagenes navne. De er ikke tjekket.",
                "Sendvagt could not see the names of the attachments. They are not checked.",
            )
            .to_owned(),
        1 => language
            .pick("Der står et CPR-nummer i navnet på et bilag.", "The name of an attachment contains a CPR number.")
            .to_owned(),
        _ => language.fill(
            "Der står CPR-numre i navnene på {} bilag.",
            "The names of {} attachments contain CPR numbers.",
            &[&decimal(found)],
        ),
    };
    let remedy = match found {
        0 => language
            .pick(
                "Tjek selv, om der står CPR-numre i bilagenes navne.",
                "See for yourself whether the names of the attachments contain CPR numbers.",
            )
            .to_owned(),
        _ => language.fill(
            "Giv filen et navn uden nummeret, og vedhæft den igen. Eller send det som sikker post.{}",
            "Give the file a name without the number and attach it again. Or send it as secure mail.{}",
            &[&how(case)],
        ),
    };
    Words { what, why: why(case), remedy }
}

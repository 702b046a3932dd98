//! `cpr-in-body`: an ordinary mail to someone outside holds CPR numbers in its text.

use super::because::of_number;
use super::content::{gap, how, leaves_unprotected, make_secure, place, unread, why};
use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::alert::WRITE_LIMIT;
use crate::content::Part;
use crate::draft::{Body, BodyKind, Recipient, Unread};
use crate::policy::{Action, OnUnread};
use crate::rule_name::RuleName;
use crate::text::{decimal, units};
use crate::verdict::Fix;
use crate::{Both, Language};

pub(super) static RULE: Rule = Rule { name: RuleName::CprInBody, default: Action::Off, check, words }.of_content();

pub(super) static ABOUT: Both = Both {
    da: "En almindelig mail til nogen uden for organisationen har CPR-numre i teksten.",
    en: "An ordinary mail to someone outside the organisation has CPR numbers in its text.",
};

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Skolestart",
            to: &["skole@region.example.dk", "text:Barnets cpr-nr. er 010203-1234."],
            found: true,
            because: "a number in what the user wrote, to someone outside",
        },
        Example {
            subject: "SV: Skolestart",
            to: &[
                "skole@region.example.dk",
                "text:Tak!\nFra: Anna Holm\nSendt: 3. november 2026\nEmne: Skolestart\nCPR 010203-1234",
            ],
            found: true,
            because: "a number in the earlier mail below: the user is asked, and never stopped",
        },
        Example {
            subject: "Skolestart",
            to: &["kollega@eksempel.example.dk", "text:Barnets cpr-nr. er 010203-1234."],
            found: false,
            because: "it stays in the organisation, so that the text is not even read",
        },
        Example {
            subject: "[sikker] Skolestart",
            to: &["skole@region.example.dk", "text:Barnets cpr-nr. er 010203-1234."],
            found: false,
            because: "it is secure mail",
        },
        Example {
            subject: "Skolestart",
            to: &["skole@region.example.dk", "text:Vi ses den 01-02-2027 kl. 12.34. Tlf. 12 34 56 78."],
            found: false,
            because: "dates, times and phone numbers",
        },
    ],
    policy: |_| {},
    longest: |_, draft| {
        draft.subject = draft.subject.replace("[sikker]", "");
        draft.recipients.push(Recipient { address: "a@udenfor.example.dk".to_owned(), ..Recipient::default() });
        let content = "010203-1234 og 020304-1234\nFra: a\nSendt: b\nTil: c\n030405-1234 og 040506-1234".to_owned();
        draft.body = Some(Body { kind: BodyKind::Text, content, cut: true });
    },
};

fn check(case: &Case) -> Vec<Hit> {
    if !leaves_unprotected(case) {
        return Vec::new();
    }
    let mut hits: Vec<Hit> = unread(case, Unread::Body).into_iter().collect();
    if let Some(read) = case.body() {
        let hit =
            |part: &Part, basis| Some(Hit { at: place(case, &read.page, part)?, basis, named: decimal(part.count) });
        let (own, quoted) = (&read.numbers.own, &read.numbers.quoted);
        hits.extend(hit(own, Basis::Number(own.evidence)));
        hits.extend(hit(quoted, Basis::Quoted(quoted.evidence)));
        let is_cut = case.draft.body.as_ref().is_some_and(|body| body.cut);
        hits.extend((is_cut && case.policy.file().on_unread == OnUnread::Ask).then(|| gap("cut")));
    }
    hits
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    match evidence {
        "unread" => Some(Both { da: "Outlook gav ikke teksten i tide.", en: "Outlook did not give the text in time." }),
        "cut" => {
            Some(Both { da: "Der er mere tekst, end Sendvagt læser.", en: "There is more text than Sendvagt reads." })
        }
        number => of_number(number),
    }
}

/// One set for all numbers. Writing a body anew takes all of it, and no more than Outlook takes.
pub(super) fn fixes(case: &Case, _: &Hit) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = make_secure(case).into_iter().collect();
    let is_whole = |body: &&Body| !body.cut && units(&body.content) <= WRITE_LIMIT;
    if let (Some(read), Some(_)) = (case.body(), case.draft.body.as_ref().filter(is_whole)) {
        let (own, quoted) = (read.numbers.own.count, read.numbers.quoted.count);
        if quoted > 0 {
            let label = case.language.pick("Fjern den tidligere mail", "Remove the earlier mail").to_owned();
            fixes.push(Fix::RemoveQuoted { label });
        }
        if own + quoted > 0 {
            let label = match own + quoted {
                1 => case.language.pick("Skjul nummeret i teksten", "Mask the number in the text"),
                _ => case.language.pick("Skjul numrene i teksten", "Mask the numbers in the text"),
            };
            fixes.push(Fix::MaskNumbers { label: label.to_owned() });
        }
    }
    fixes
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let count = |is: fn(&Basis) -> bool| hits.iter().find(|hit| is(&hit.basis)).map(|hit| hit.named.as_str());
    let own = count(|basis| matches!(basis, Basis::Number(_)));
    let quoted = count(|basis| matches!(basis, Basis::Quoted(_)));
    Words { what: what(own, quoted, hits, language), why: why(case), remedy: remedy(case, own, quoted, language) }
}

fn what(own: Option<&str>, quoted: Option<&str>, hits: &[Hit], language: Language) -> String {
    match (own, quoted) {
        (Some("1"), None) => {
            language.pick("Der står et CPR-nummer i teksten.", "The text contains a CPR number.").to_owned()
        }
        (Some(own), None) => {
            language.fill("Der står {} CPR-numre i teksten.", "The text contains {} CPR numbers.", &[own])
        }
        (None, Some("1")) => language
            .pick(
                "Der står et CPR-nummer i den tidligere mail nedenunder.",
                "The earlier mail below contains a CPR number.",
            )
            .to_owned(),
        (None, Some(quoted)) => language.fill(
            "Der står {} CPR-numre i den tidligere mail nedenunder.",
            "The earlier mail below contains {} CPR numbers.",
            &[quoted],
        ),
        (Some(own), Some(quoted)) => language.fill(
            "Antal CPR-numre: {} i teksten, {} i den tidligere mail nedenunder.",
            "CPR numbers: {} in the text, {} in the earlier mail below.",
            &[own, quoted],
        ),
        (None, None) if hits.iter().any(|hit| hit.named == "cut") => language
            .pick("Kun den første del af teksten er tjekket.", "Only the first part of the text is checked.")
            .to_owned(),
        (None, None) => language
            .pick(
                "Sendvagt kunne ikke læse teksten. Den er ikke tjekket.",
                "Sendvagt could not read the text. It is not checked.",
            )
            .to_owned(),
    }
}

fn remedy(case: &Case, own: Option<&str>, quoted: Option<&str>, language: Language) -> String {
    let (da, en) = match (own, quoted) {
        (None, None) => {
            ("Tjek selv, om der står CPR-numre i teksten.", "See for yourself whether the text contains CPR numbers.")
        }
        (Some(_), _) => (
            "Slet det, der ikke er brug for, eller send det hele som sikker post.{}",
            "Delete what is not needed, or send all of it as secure mail.{}",
        ),
        (None, Some(_)) => (
            "Slet den tidligere mail, hvis der ikke er brug for den, eller send det hele som sikker post.{}",
            "Delete the earlier mail if it is not needed, or send all of it as secure mail.{}",
        ),
    };
    language.fill(da, en, &[&how(case)])
}

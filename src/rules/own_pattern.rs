//! `own-pattern`: a mail has something in it that the organisation looks for itself.

use super::content::{leaves, leaves_unprotected, names, unread};
use super::{Basis, Case, Example, Examples, Hit, Rule, Words};
use crate::draft::Unread;
use crate::policy::{Action, OwnPattern, PLACES, PatternMail, PatternWords, Place, Policy, Sought};
use crate::rule_name::RuleName;
use crate::text::{decimal, number};
use crate::verdict::{At, Fix};
use crate::{Both, Language};

/// Each pattern says what it does; this is the most that any of them may.
pub(super) static RULE: Rule = Rule { name: RuleName::OwnPattern, default: Action::Stop, check, words }.of_content();

pub(super) static ABOUT: Both = Both {
    da: "Der står noget i mailen, som organisationen selv holder øje med.",
    en: "The mail contains something that the organisation looks out for itself.",
};

/// `projekt fjord`, as it is packed.
pub const FJORD: &str = "15 0*32 1 0*35 2 3 4 0*3 5 6 0*3 7 8 0 9 0 10 0*15 2 3 4 0*3 5 6 0*3 7 8 0 9 0 10 0*15 11 0*37 12 0*55 13 0*37 1 0*5 2 0*8 1 3 0*4 2*16 0*7 4 1 0*5 2 0*5 5 0*2 1 0*5 2 0*3 6 0*4 1 0*5 2 0*6 7 0 1 0*4 8 2 0*8 1 0 9 0*3 2 0*8 1 0*2 10 0*2 2 0 11 0*6 1 0*5 2 0*8 1 0*3 7 0 2 0*4 12 0*3 1 0*5 2 0*5 13 0*2 1 0*5 2 0*7 14 1 0*5 2 0*8 1 15 0*4 2 0*2 16 0*5 1 0*5 2 17*15";

pub(super) static EXAMPLES: Examples = Examples {
    drafts: &[
        Example {
            subject: "Status på Projekt Fjord",
            to: &["skole@region.example.dk"],
            found: true,
            because: "the made-up organisation has a pattern for the project's name",
        },
        Example {
            subject: "Et projekt ved fjorden",
            to: &["skole@region.example.dk"],
            found: false,
            because: "other words",
        },
    ],
    policy: |policy| {
        policy.sought.extend(example().line(FJORD));
        policy.patterns.push(example());
    },
    longest: |_, draft| draft.subject.push_str(" projekt fjord"),
};

fn example() -> OwnPattern {
    OwnPattern {
        name: "Projekt Fjord".to_owned(),
        pattern: "projekt fjord".to_owned(),
        places: vec![Place::Subject],
        what: PatternWords {
            da: "Emnet nævner projekt Fjord.".to_owned(),
            en: "The subject mentions the project Fjord.".to_owned(),
        },
        ..OwnPattern::default()
    }
}

/// Is something of a draft read for a pattern, of a mail as far as is known?
pub(crate) fn wants(case: &Case, place: Place) -> bool {
    case.decision(RuleName::OwnPattern).is_some_and(|decision| decision != crate::Decision::Send)
        && case.policy.patterns().any(|pattern| pattern.looks_in(place) && concerns(case, pattern.mail()))
}

/// Is a pattern of any part of the policy in this subject, in whatever mail it is looked for? For those who sort many mails.
#[must_use]
pub fn is_sought(policy: &Policy, subject: &str) -> bool {
    let is_in_use = |policy: &&Policy| RuleName::OwnPattern.action(policy) != Action::Off;
    let has = |pattern: Sought| pattern.looks_in(Place::Subject) && pattern.is_found(subject);
    policy.all().filter(is_in_use).any(|policy| policy.patterns().any(has))
}

fn concerns(case: &Case, mail: PatternMail) -> bool {
    match mail {
        PatternMail::All => true,
        PatternMail::Leaving => leaves(case),
        PatternMail::Unprotected => leaves_unprotected(case),
        PatternMail::Secure => case.is_secure() || case.may_be_secure(),
    }
}

fn check(case: &Case) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, pattern) in case.policy.patterns().enumerate() {
        let place = PLACES.into_iter().find(|place| pattern.looks_in(*place) && is_found(case, *place, pattern));
        if let Some(place) = place
            && concerns(case, pattern.mail())
        {
            let basis = Basis::Pattern(place, pattern.stops());
            hits.push(Hit { at: At::Draft {}, basis, named: decimal(index) });
        }
    }
    for (place, part, rule) in [
        (Place::Body, Unread::Body, RuleName::CprInBody),
        (Place::Attachments, Unread::Attachments, RuleName::CprInAttachmentName),
    ] {
        // One rule tells it.
        let is_told = case.decision(rule).is_some() && leaves_unprotected(case);
        if !is_told && wants(case, place) {
            hits.extend(unread(case, part));
        }
    }
    hits
}

fn is_found(case: &Case, place: Place, pattern: Sought) -> bool {
    match place {
        Place::Subject => pattern.is_found(&case.draft.subject),
        // Each line is a text by itself.
        Place::Body => case
            .body()
            .is_some_and(|body| body.page.lines().any(|(at, line)| !body.page.is_quoted(at) && pattern.is_found(line))),
        Place::Attachments => names(case.draft).any(|(_, attachment)| pattern.is_found(&attachment.name)),
    }
}

pub(super) fn because(evidence: &str) -> Option<Both> {
    Some(match evidence {
        "unread" => Both { da: "Outlook gav ikke det hele i tide.", en: "Outlook did not give everything in time." },
        "in-body" => Both { da: "Det står i teksten.", en: "It is in the text." },
        "in-attachment-name" => {
            Both { da: "Det står i navnet på et bilag.", en: "It is in the name of an attachment." }
        }
        _ => Both { da: "Det står i emnet.", en: "It is in the subject." },
    })
}

pub(super) fn fixes(_: &Case, _: &Hit) -> Vec<Fix> {
    Vec::new()
}

fn words(case: &Case, hits: &[Hit], language: Language) -> Words {
    let of = |hit: &Hit| case.policy.patterns().nth(number(&hit.named)? as usize);
    let said: Vec<&str> = hits.iter().filter_map(of).map(|pattern| pattern.what(language)).collect();
    let what = match said.as_slice() {
        [] => language
            .pick(
                "Sendvagt kunne ikke læse hele mailen. Den er ikke tjekket færdig.",
                "Sendvagt could not read the whole mail. It is not fully checked.",
            )
            .to_owned(),
        [first, _, _, ..] => [
            *first,
            &language.fill(
                " Og der er {} ting mere, som organisationen holder øje med.",
                " And there are {} more things that the organisation looks out for.",
                &[&decimal(said.len() - 1)],
            ),
        ]
        .concat(),
        few => few.join(" "),
    };
    let why = language.pick(
        "Det har organisationen bedt Sendvagt holde øje med.",
        "The organisation has asked Sendvagt to look out for it.",
    );
    let own = hits.first().and_then(of).and_then(|pattern| pattern.remedy(language));
    let remedy = own.unwrap_or_else(|| remedy(hits, language));
    Words { what, why: why.to_owned(), remedy: remedy.to_owned() }
}

fn remedy(hits: &[Hit], language: Language) -> &'static str {
    match hits.first().map(|hit| hit.basis) {
        Some(Basis::Pattern(Place::Body, _)) => {
            language.pick("Ret teksten, før du sender.", "Change the text before you send.")
        }
        Some(Basis::Pattern(Place::Attachments, _)) => language
            .pick("Giv filen et andet navn, og vedhæft den igen.", "Give the file another name and attach it again."),
        Some(Basis::Unread(_)) => {
            language.pick("Læs selv mailen igennem, før du sender.", "Read the mail through before you send.")
        }
        _ => language.pick("Ret emnet, før du sender.", "Change the subject before you send."),
    }
}

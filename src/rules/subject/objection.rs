//! "That is not a CPR number": how the user can say so, and what it then does.

use crate::address::index::hash;
use crate::cpr::{Candidate, Evidence, Grade};
use crate::policy::FalseStop;
use crate::rule_name::RuleName;
use crate::rules::Case;
use crate::text::{decimal, units};
use crate::verdict::{Decision, Objection};

/// How the user can object to the numbers that a rule speaks of; `None` for the rules on recipients.
pub(crate) fn objection(case: &Case, rule: RuleName) -> Option<Objection> {
    let language = case.language;
    let many = case.numbers.len() > 1;
    let numbers = numbers_of(case, rule)?;
    let label = if many {
        language.pick("Det er ikke CPR-numre", "These are not CPR numbers")
    } else {
        language.pick("Det er ikke et CPR-nummer", "This is not a CPR number")
    };
    let label = label.to_owned();
    if numbers.iter().any(|number| !may_be_objected_to(case, number)) {
        return Some(Objection {
            label,
            text: whom_to_ask(case),
            choices: Vec::new(),
            marks: Vec::new(),
            report: Some(report(case, rule, &numbers)),
        });
    }
    let text = language.fill(
        "Hvad er det? Svaret gælder kun denne kladde, og kun så længe emnet er det samme.",
        "What is it? The answer holds for this draft alone, and only as long as its subject stays the same.",
        &[],
    );
    let choices = [
        language.pick("En dato og et klokkeslæt", "A date and a time"),
        language.pick("Et sagsnummer", "A case number"),
        language.pick("Noget andet", "Something else"),
    ];
    Some(Objection {
        label,
        text,
        choices: choices.map(str::to_owned).into(),
        marks: numbers.iter().map(|number| mark(&case.draft.subject, number)).collect(),
        report: None,
    })
}

/// The numbers on the card of a rule. The card of the certain ones has the possible ones too.
fn numbers_of<'a>(case: &'a Case, rule: RuleName) -> Option<Vec<&'a Candidate>> {
    match rule {
        RuleName::CprInSubject | RuleName::PossibleCprInSubject => Some(case.numbers.iter().collect()),
        _ => None,
    }
}

/// A question is the user's to answer. A stop is, if the policy says so; but not for a number that the subject itself calls
/// a CPR number.
fn may_be_objected_to(case: &Case, number: &Candidate) -> bool {
    if number.grade == Grade::Certain && number.evidence.iter().any(|evidence| evidence == Evidence::CprWord) {
        return false;
    }
    let rule = match number.grade {
        Grade::Certain => RuleName::CprInSubject,
        Grade::Possible => RuleName::PossibleCprInSubject,
    };
    case.decision(rule) != Some(Decision::Stop) || case.policy.file().false_stop == FalseStop::Allow
}

fn whom_to_ask(case: &Case) -> String {
    let language = case.language;
    match case.policy.file().organisation.contact.as_deref() {
        Some(contact) => language.fill(
            "Så kontakt {}. Læs teksten op, eller kopiér den: Den indeholder intet fra mailen.",
            "Then contact {}. Read the text out or copy it: it holds nothing of the mail.",
            &[contact],
        ),
        None => language.fill(
            "Så kontakt jeres it-support. Læs teksten op, eller kopiér den: Den indeholder intet fra mailen.",
            "Then contact your IT support. Read the text out or copy it: it holds nothing of the mail.",
            &[],
        ),
    }
}

/// The rule, the evidence and the form of each number. Every digit is a 9 and every letter an x.
fn report(case: &Case, rule: RuleName, numbers: &[&Candidate]) -> String {
    let lines = numbers.iter().map(|number| {
        let evidence: Vec<&str> = number.evidence.iter().map(Evidence::name).collect();
        let written = case.draft.subject.get(number.bytes.clone()).unwrap_or_default();
        let form: String = written.chars().map(shape).collect();
        [rule.as_str(), ": ", &form, " (", &evidence.join(", "), ")"].concat()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn shape(c: char) -> char {
    if c.is_numeric() {
        '9'
    } else if c.is_alphabetic() {
        'x'
    } else if c.is_ascii() && !c.is_ascii_control() {
        c
    } else {
        ' '
    }
}

/// Has the user said that it is not a CPR number, of this very subject?
pub(crate) fn is_answered(case: &Case, number: &Candidate) -> bool {
    let answers = &case.draft.not_cpr;
    !answers.is_empty() && answers.contains(&mark(&case.draft.subject, number)) && may_be_objected_to(case, number)
}

/// Names a number by its place and the subject by its length and eight bits of a checksum. After a change the mark no longer
/// fits, but for one change in 256 that keeps length and place. More bits would let whoever finds the mark try which number
/// it was made from: there are 3.65·10⁸, and eight bits leave a million of them.
fn mark(subject: &str, number: &Candidate) -> String {
    let parts = [number.at.start, number.at.end, units(subject), usize::from(checksum(subject))];
    parts.map(decimal).join("-")
}

/// Eight bits that nearly always change with the subject, of which a million numbers share each.
pub(crate) fn checksum(subject: &str) -> u8 {
    hash(subject).to_le_bytes().iter().fold(0, |sum, byte| sum ^ byte)
}

#[cfg(test)]
mod tests {
    use crate::policy::FalseStop;
    use crate::verdict::Objection;
    use crate::{Decision, Draft, Language, Policy, PolicyFile, check};

    fn policy(false_stop: FalseStop) -> Policy {
        Policy::new(PolicyFile { false_stop, ..PolicyFile::default() })
    }

    fn objection(policy: &Policy, subject: &str) -> Objection {
        let verdict = check(policy, &Draft::example(subject, &[]), Language::Da);
        verdict.cards.into_iter().find_map(|card| card.objection).expect("the card can be objected to")
    }

    #[test]
    fn an_answer_holds_for_this_subject_alone() {
        for (subject, false_stop) in [
            ("Lokale 010203-1234", FalseStop::Allow),
            ("Vedr. 0102031234", FalseStop::Contact),
            ("Børn 010203-1234 og 0102031234", FalseStop::Allow),
        ] {
            let policy = policy(false_stop);
            let not_cpr = objection(&policy, subject).marks;
            let decision = |subject: &str| {
                let draft = Draft { not_cpr: not_cpr.clone(), ..Draft::example(subject, &[]) };
                check(&policy, &draft, Language::Da).decision
            };
            assert_eq!(decision(subject), Decision::Send, "{subject}");
            let others = [subject.replace("1234", "1235"), format!("{subject} "), subject.replacen(' ', "  ", 1)];
            for other in others {
                assert_ne!(decision(&other), Decision::Send, "after {subject}: {other}");
            }
        }
    }

    /// One text in 256 has the same checksum: its length must tell it apart.
    #[test]
    fn a_longer_subject_with_the_same_checksum_is_another() {
        let policy = policy(FalseStop::Allow);
        let subject = "Lokale 010203-1234";
        let not_cpr = objection(&policy, subject).marks;
        let last = |marks: &[String]| marks.first().and_then(|mark| mark.rsplit('-').next().map(str::to_owned));
        let longer = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{subject} {a}{b}")));
        let twin = longer.into_iter().find(|other| last(&objection(&policy, other).marks) == last(&not_cpr));
        let draft = Draft { not_cpr, ..Draft::example(&twin.expect("one of 676 has it"), &[]) };
        assert_eq!(check(&policy, &draft, Language::Da).decision, Decision::Stop);
    }

    #[test]
    fn a_stop_is_the_users_to_answer_only_where_the_policy_says_so() {
        let policy = policy(FalseStop::Contact);
        let allowed = objection(&self::policy(FalseStop::Allow), "Vedr. 010203-1234");
        let asked = objection(&policy, "Vedr. 010203-1234");
        assert!(asked.marks.is_empty() && asked.choices.is_empty(), "there is nothing to answer with");
        let forged = Draft { not_cpr: allowed.marks, ..Draft::example("Vedr. 010203-1234", &[]) };
        assert_eq!(check(&policy, &forged, Language::Da).decision, Decision::Stop);
    }

    #[test]
    fn what_is_read_out_holds_nothing_of_the_subject() {
        let report = objection(&policy(FalseStop::Contact), "Anna Holm 010203-1234 og 130878-1OS6").report;
        assert_eq!(
            report.as_deref(),
            Some(
                "cpr-in-subject: 999999-9999 (separator, date)\ncpr-in-subject: 999999-9xx9 (separator, letters-in-serial, date)"
            )
        );
    }

    #[test]
    fn a_mark_holds_no_number() {
        for mark in objection(&policy(FalseStop::Allow), "Vedr. 010203-1234").marks {
            assert!(!mark.contains("010203") && !mark.contains("1234"));
            let check: u32 = mark.rsplit('-').next().unwrap().parse().unwrap();
            assert!(check < 256);
        }
    }
}

//! Judges a draft.

use crate::Language;
use crate::alert;
use crate::draft::Draft;
use crate::policy::Policy;
use crate::rule_name::RuleName;
use crate::rules::{Case, Hit, Rule, Words};
use crate::verdict::{Alert, Decision, Finding, Verdict};

/// Judges a draft under a policy. Pure: the same draft gives the same verdict in every engine and at any time.
///
/// `language` is the client's; a policy may set another.
///
/// ```
/// use sendvagt::{Decision, Draft, Language, Policy, check};
///
/// let draft = Draft { subject: "Vedr. 010203-1234".to_owned(), ..Draft::default() };
/// let verdict = check(&Policy::default(), &draft, Language::En);
/// assert_eq!(verdict.decision, Decision::Stop);
/// ```
#[must_use]
pub fn check(policy: &Policy, draft: &Draft, language: Language) -> Verdict {
    let language = policy.language(language);
    let case = Case::new(policy, draft, language);
    let spoken: Vec<Spoken> = RuleName::ALL.into_iter().filter_map(|name| speak(&case, name.rule())).collect();
    let findings: Vec<Finding> = spoken.iter().flat_map(|spoken| spoken.findings(&case)).collect();
    let decision = spoken.iter().map(|spoken| spoken.decision).max().unwrap_or(Decision::Send);
    let mark = mark(&findings);
    let answered = decision == Decision::Ask && draft.asked.as_deref() == Some(mark.as_str());
    let decision = if answered { Decision::Send } else { decision };
    Verdict {
        decision,
        secure: case.secure.is_some(),
        secure_by: case.secure,
        alert: alert(&case, decision, &spoken, mark),
        unjudged: case.unjudged(),
        findings,
    }
}

/// A rule that found something, and what that does to the mail.
struct Spoken {
    rule: &'static Rule,
    decision: Decision,
    hits: Vec<Hit>,
}

fn speak(case: &Case, rule: &'static Rule) -> Option<Spoken> {
    let decision = case.decision(rule.name)?;
    let hits = (rule.check)(case);
    (!hits.is_empty()).then_some(Spoken { rule, decision, hits })
}

impl Spoken {
    fn findings(&self, case: &Case) -> impl Iterator<Item = Finding> {
        self.hits.iter().map(|hit| {
            let Words { what, why, remedy } = (self.rule.words)(case, std::slice::from_ref(hit), case.language);
            Finding {
                rule: self.rule.name.as_str().to_owned(),
                action: self.decision,
                at: hit.at,
                evidence: hit.evidence.clone(),
                what,
                why,
                remedy,
                fixes: hit.fixes.clone(),
            }
        })
    }
}

/// The rules that made the decision come first in the alert, whatever the order of the rules.
fn alert(case: &Case, decision: Decision, spoken: &[Spoken], mark: String) -> Option<Alert> {
    if decision == Decision::Send {
        return None;
    }
    let (first, rest): (Vec<&Spoken>, Vec<&Spoken>) = spoken.iter().partition(|spoken| spoken.decision == decision);
    let words = |spoken: &Spoken| (spoken.rule.words)(case, &spoken.hits, case.language);
    let told: Vec<Words> = first.into_iter().chain(rest).map(words).collect();
    Some(alert::alert(case.policy, case.language, case.draft.item, decision, &told, mark))
}

/// Identifies the question that these findings raise, by rules and places and without any content. A change of the draft
/// that moves or adds a finding makes it another question.
fn mark(findings: &[Finding]) -> String {
    let names: Vec<String> = findings.iter().map(|finding| format!("{}:{}", finding.rule, finding.at.mark())).collect();
    names.join(" ")
}

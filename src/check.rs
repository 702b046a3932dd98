//! Judges a draft.

use crate::Language;
use crate::alert;
use crate::draft::Draft;
use crate::policy::Policy;
use crate::rule_name::RuleName;
use crate::rules::{Case, Hit, Rule, Words, because, objection};
use crate::status::status;
use crate::verdict::{Alert, At, Card, Decision, Finding, Fix, Ruling, Verdict};

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
    verdict(&Case::new(policy, draft, policy.language(language)))
}

/// The verdict on a draft that is prepared already.
pub(crate) fn verdict(case: &Case) -> Verdict {
    let spoken = spoken(case);
    let Ruling { decision, alert } = ruling(case, &spoken);
    let cards = cards(case, &spoken);
    Verdict {
        decision,
        secure: case.secure.is_some(),
        secure_by: case.secure,
        findings: findings(case, &spoken),
        unjudged: case.unjudged(),
        status: status(case, &cards),
        cards,
        alert,
    }
}

/// The decision alone and the words of the client's dialog, as [`check()`] gives them.
#[must_use]
pub fn decide(policy: &Policy, draft: &Draft, language: Language) -> Ruling {
    let case = Case::new(policy, draft, policy.language(language));
    ruling(&case, &spoken(&case))
}

/// A rule that found something, and what that does to the mail.
struct Spoken {
    rule: &'static Rule,
    decision: Decision,
    hits: Vec<Hit>,
    /// The index of its first hit among the findings of the verdict.
    first: usize,
    /// Those of its hits, by index, that no graver rule speaks of already.
    own: Vec<usize>,
}

/// What the rules found, in the order of the rules.
fn spoken(case: &Case) -> Vec<Spoken> {
    let mut spoken: Vec<Spoken> = Vec::new();
    let mut first = 0;
    for name in RuleName::ALL {
        let Some(decision) = case.decision(name) else { continue };
        let hits = (name.rule().check)(case);
        let count = hits.len();
        if count > 0 {
            spoken.push(Spoken { rule: name.rule(), decision, hits, first, own: Vec::new() });
            first += count;
        }
    }
    let mut places: Vec<At> = Vec::new();
    for index in by_gravity(&spoken) {
        let Some(one) = spoken.get_mut(index) else { continue };
        let own = |hit: &Hit| !places.iter().any(|place| is_one_cause(*place, hit.at));
        one.own = one.hits.iter().enumerate().filter(|(_, hit)| own(hit)).map(|(index, _)| index).collect();
        places.extend(one.own.iter().filter_map(|index| one.hits.get(*index)).map(|hit| hit.at));
    }
    spoken
}

/// The rules that decide come first, whatever the order of the rules. (A sort would be a fiftieth of the engine.)
fn by_gravity(spoken: &[Spoken]) -> Vec<usize> {
    let of = |decision| move |(_, one): &(usize, &Spoken)| one.decision == decision;
    let decisions = [Decision::Stop, Decision::Ask, Decision::Send];
    decisions
        .into_iter()
        .flat_map(|decision| spoken.iter().enumerate().filter(of(decision)))
        .map(|(index, _)| index)
        .collect()
}

/// Are two findings of different rules of one cause? A recipient with two faults is one thing to mend, and so are the
/// numbers of a subject, certain and possible.
fn is_one_cause(graver: At, other: At) -> bool {
    match (graver, other) {
        (At::Recipient(one), At::Recipient(other)) => one == other,
        (At::Subject(..), At::Subject(..)) => true,
        _ => false,
    }
}

impl Spoken {
    /// The hits that this rule speaks of.
    fn told(&self) -> Vec<Hit> {
        self.own.iter().filter_map(|index| self.hits.get(*index)).cloned().collect()
    }

    fn words(&self, case: &Case) -> Words {
        (self.rule.words)(case, &self.told(), case.language)
    }
}

fn ruling(case: &Case, spoken: &[Spoken]) -> Ruling {
    let decision = spoken.iter().map(|spoken| spoken.decision).max().unwrap_or(Decision::Send);
    let mark = mark(spoken);
    let answered = decision == Decision::Ask && case.draft.asked.as_deref() == Some(mark.as_str());
    let decision = if answered { Decision::Send } else { decision };
    Ruling { decision, alert: alert(case, decision, spoken, mark) }
}

fn alert(case: &Case, decision: Decision, spoken: &[Spoken], mark: String) -> Option<Alert> {
    if decision == Decision::Send {
        return None;
    }
    let told: Vec<Words> = with_words(spoken).map(|spoken| spoken.words(case)).collect();
    Some(alert::alert(case.policy, case.language, Some(case.draft.item), decision, &told, mark))
}

/// The rules that have something of their own to say, gravest first.
fn with_words(spoken: &[Spoken]) -> impl Iterator<Item = &Spoken> {
    by_gravity(spoken).into_iter().filter_map(|index| spoken.get(index)).filter(|spoken| !spoken.own.is_empty())
}

/// Identifies the question that these findings raise, by rules and places and without any content. A change of the draft
/// that moves or adds a finding makes it another question.
fn mark(spoken: &[Spoken]) -> String {
    let names = spoken
        .iter()
        .flat_map(|spoken| spoken.hits.iter().map(|hit| [spoken.rule.name.as_str(), ":", &hit.at.mark()].concat()));
    names.collect::<Vec<_>>().join(" ")
}

fn findings(case: &Case, spoken: &[Spoken]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in spoken {
        for hit in &one.hits {
            let Words { what, why, remedy } = (one.rule.words)(case, std::slice::from_ref(hit), case.language);
            findings.push(Finding {
                rule: one.rule.name.as_str().to_owned(),
                action: one.decision,
                at: hit.at,
                evidence: hit.evidence.clone(),
                what,
                why,
                remedy,
                fixes: fixes(case, spoken, one.rule, hit),
            });
        }
    }
    findings
}

/// The fixes of a finding. A recipient gets those of every rule that finds fault with it, and can always be taken out.
fn fixes(case: &Case, spoken: &[Spoken], rule: &Rule, hit: &Hit) -> Vec<Fix> {
    let mut fixes = rule.name.fixes(case, hit);
    let At::Recipient(recipient) = hit.at else { return fixes };
    for other in spoken.iter().filter(|other| other.rule.name != rule.name) {
        for hit in other.hits.iter().filter(|other| other.at == hit.at) {
            let more = other.rule.name.fixes(case, hit);
            fixes.extend(more.into_iter().filter(|fix| !fixes.contains(fix)).collect::<Vec<_>>());
        }
    }
    let label = case.language.pick("Fjern modtageren", "Remove the recipient").to_owned();
    fixes.push(Fix::TakeOut { recipient, label });
    fixes
}

fn cards(case: &Case, spoken: &[Spoken]) -> Vec<Card> {
    with_words(spoken)
        .map(|spoken| {
            let Words { what, why, remedy } = spoken.words(case);
            Card {
                rule: spoken.rule.name.as_str().to_owned(),
                action: spoken.decision,
                findings: spoken.own.iter().map(|index| spoken.first + index).collect(),
                what,
                why,
                remedy,
                because: because(spoken.rule.name, &spoken.told(), case.language),
                objection: objection(case, spoken.rule.name),
            }
        })
        .collect()
}

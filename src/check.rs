//! Judges a draft.

use crate::Language;
use crate::address::index::{Index, hash};
use crate::alert;
use crate::draft::Draft;
use crate::policy::{Organisation, Policy, PolicyFile};
use crate::rule_name::RuleName;
use crate::rules::{Case, Hit, Rule, Words, because, checksum, content, objection};
use crate::status::status;
use crate::text::decimal;
use crate::verdict::{At, Card, Decision, Finding, Fix, Ruling, Verdict};

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
        in_doubt: case.may_be_secure(),
        secure_by: case.secure,
        findings: findings(case, &spoken),
        unjudged: case.unjudged(),
        status: status(case, &cards),
        organisation: organisation(case.policy.file()),
        cards,
        alert,
    }
}

fn organisation(policy: &PolicyFile) -> Option<Organisation> {
    let is_part = !policy.senders.is_empty();
    is_part.then(|| Organisation { domains: Vec::new(), ..policy.organisation.clone() })
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
    /// Do the hits depend on whether it is secure mail, which cannot be told?
    in_doubt: bool,
    /// The index of its first hit among the findings of the verdict.
    first: usize,
    /// Those of its hits, by index, that no graver rule speaks of already.
    own: Vec<usize>,
}

/// What the rules found, in the order of the rules.
fn spoken(case: &Case) -> Vec<Spoken> {
    let mut spoken: Vec<Spoken> = Vec::new();
    let mut first = 0;
    let may_be_secure = case.may_be_secure();
    for name in RuleName::ALL {
        let Some(decision) = case.decision(name) else { continue };
        let rule = name.rule();
        let (hits, in_doubt) = found(case, rule, may_be_secure);
        let is_question = in_doubt || (cfg!(feature = "content") && hits.iter().all(|hit| hit.basis.is_question()));
        let decision = if is_question { decision.min(Decision::Ask) } else { decision };
        let count = hits.len();
        if count > 0 {
            spoken.push(Spoken { rule, decision, hits, in_doubt, first, own: Vec::new() });
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

/// What a rule finds, and whether it finds it in one of secure and ordinary mail only, while nobody can tell which of them this
/// is. No rule finds some of it in one and more in the other.
fn found(case: &Case, rule: &Rule, may_be_secure: bool) -> (Vec<Hit>, bool) {
    let hits = (rule.check)(case);
    let in_secure = || {
        case.supposed_secure.set(true);
        let hits = (rule.check)(case);
        case.supposed_secure.set(false);
        hits
    };
    match (hits.is_empty(), may_be_secure) {
        (_, false) => (hits, false),
        (true, true) => (in_secure(), true),
        // Only what is read beyond subject and recipients is found in ordinary mail and not in secure mail.
        (false, true) => {
            let in_doubt = cfg!(feature = "content") && rule.name.is_of_content() && in_secure().is_empty();
            (hits, in_doubt)
        }
    }
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
        self.told_where(|_| true)
    }

    /// Those of them whose index among the hits is wanted.
    fn told_where(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<Hit> {
        self.own.iter().filter(|index| is_wanted(**index)).filter_map(|index| self.hits.get(*index)).cloned().collect()
    }

    fn words(&self, case: &Case, hits: &[Hit]) -> Words {
        let words = (self.rule.words)(case, hits, case.language);
        if self.in_doubt { doubt(case, words) } else { words }
    }
}

/// What the rule says, with the doubt in place of its reason.
fn doubt(case: &Case, words: Words) -> Words {
    let why = case.language.fill(
        "Det afhænger af, om {} er sikker post, og det kunne Sendvagt ikke se.",
        "It depends on whether {} is secure mail, which Sendvagt could not see.",
        &[case.the_mail()],
    );
    Words { why, ..words }
}

fn ruling(case: &Case, spoken: &[Spoken]) -> Ruling {
    let decision = spoken.iter().map(|spoken| spoken.decision).max().unwrap_or(Decision::Send);
    if decision == Decision::Send {
        return Ruling { decision, alert: None };
    }
    // A stop cannot be answered.
    let answered = case.draft.asked.as_ref().filter(|_| decision == Decision::Ask);
    let answered = Index::of_words(answered.map_or("", |marks| marks));
    let checksum = checksum(&case.draft.subject);
    let mut marks = Vec::new();
    for one in spoken {
        marks.extend(one.hits.iter().map(|hit| mark(case, checksum, one.rule, hit)));
    }
    let told: Vec<Words> = with_words(spoken)
        .filter_map(|one| {
            let is_open = |index: usize| marks.get(one.first + index).is_some_and(|mark| !answered.contains(mark));
            let hits = one.told_where(is_open);
            (!hits.is_empty()).then(|| one.words(case, &hits))
        })
        .collect();
    if told.is_empty() {
        return Ruling { decision: Decision::Send, alert: None };
    }
    let alert = alert::alert(case.policy, case.language, Some(case.draft.item), decision, &told, marks.join(" "));
    Ruling { decision, alert: Some(alert) }
}

/// The rules that have something of their own to say, gravest first.
fn with_words(spoken: &[Spoken]) -> impl Iterator<Item = &Spoken> {
    by_gravity(spoken).into_iter().filter_map(|index| spoken.get(index)).filter(|spoken| !spoken.own.is_empty())
}

/// The mark of a finding: of what the user has answered nothing is asked again, and of what has changed everything is.
///
/// It names the rule and a recipient, whatever the order of the recipients, or the place in this very subject, of which it has
/// the checksum. It holds no content but a few bits, which as many others share: eight of the subject, as an objection has, of
/// the numbers in a body or of the name of an attachment, and twelve of an address.
fn mark(case: &Case, checksum: u8, rule: &Rule, hit: &Hit) -> String {
    let (place, digest) = match hit.at {
        At::Recipient(index) => {
            let address = match (case.mailbox_at(hit), case.draft.recipients.get(index)) {
                (Some(mailbox), _) => mailbox.address(),
                (None, recipient) => recipient.map_or("", |recipient| &recipient.address),
            };
            ("@".to_owned(), hash(address) % 4096)
        }
        At::Draft {} => ("draft-".to_owned(), hash(&hit.named) % 4096),
        At::Body(..) | At::Attachment { .. } if cfg!(feature = "content") => content::mark(case, hit),
        place => (place.mark() + "-", u32::from(checksum)),
    };
    [&decimal(rule.name as usize), ":", &place, &decimal(digest as usize)].concat()
}

fn findings(case: &Case, spoken: &[Spoken]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in spoken {
        for hit in &one.hits {
            let Words { what, why, remedy } = one.words(case, std::slice::from_ref(hit));
            findings.push(Finding {
                rule: one.rule.name.as_str().to_owned(),
                action: one.decision,
                at: hit.at,
                evidence: hit.basis.names().into_iter().map(str::to_owned).collect(),
                what,
                why,
                remedy,
                fixes: fixes(case, spoken, one.rule, hit),
            });
        }
    }
    findings
}

/// The fixes of a finding. A recipient gets those of every rule that finds fault with it.
fn fixes(case: &Case, spoken: &[Spoken], rule: &Rule, hit: &Hit) -> Vec<Fix> {
    let mut fixes = rule.name.fixes(case, hit);
    let At::Recipient(_) = hit.at else { return fixes };
    for other in spoken.iter().filter(|other| other.rule.name != rule.name) {
        for hit in other.hits.iter().filter(|other| other.at == hit.at) {
            let more = other.rule.name.fixes(case, hit);
            fixes.extend(more.into_iter().filter(|fix| !fixes.contains(fix)).collect::<Vec<_>>());
        }
    }
    fixes
}

fn cards(case: &Case, spoken: &[Spoken]) -> Vec<Card> {
    with_words(spoken)
        .map(|spoken| {
            let Words { what, why, remedy } = spoken.words(case, &spoken.told());
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

#[cfg(test)]
mod tests {
    use crate::{Decision, Draft, Headers, Language, Policy, Unread, Verdict, check, decide};

    const SIGNS: &str = r#""from":["sikker@own.dk"],"labels":["l"],"headers":[{"name":"x-s"}]"#;

    fn policy(secure_mail: &str) -> Policy {
        let policy = format!(
            r#"{{"organisation":{{"domains":["own.dk"]}},"secureMail":{{{secure_mail},"reaches":{{"domains":["region.dk"]}}}},
                "retiredMailboxes":[{{"address":"gammel@own.dk"}}]}}"#
        );
        Policy::new(serde_json::from_str(&policy).expect("the policy reads"))
    }

    fn judged(policy: &Policy, draft: &Draft) -> Verdict {
        let verdict = check(policy, draft, Language::Da);
        let ruling = decide(policy, draft, Language::Da);
        assert_eq!((ruling.decision, ruling.alert), (verdict.decision, verdict.alert.clone()), "both functions agree");
        verdict
    }

    /// Of users whose Outlook cannot read labels, each mail was asked about.
    #[test]
    fn what_could_not_be_read_asks_only_where_it_makes_a_difference() {
        use Decision::{Ask, Send, Stop};
        use Unread::{From, Headers as Header, Labels, Recipients};
        let tag = r#""tags":["sikker"],"labels":["l"]"#;
        let cases: [(&str, &str, &str, &[Unread], Decision); 16] = [
            (SIGNS, "Referat", "a@region.dk", &[Labels], Send),
            (SIGNS, "Referat", "a@own.dk", &[From, Labels, Header], Send),
            (SIGNS, "Referat", "a@firma.dk", &[], Send),
            (SIGNS, "Referat", "a@firma.dk", &[Labels], Ask),
            (SIGNS, "Referat", "a@firma.dk", &[From], Ask),
            (SIGNS, "Referat", "a@firma.dk", &[Header], Ask),
            // Found either way.
            (SIGNS, "Vedr. 010203-1234", "a@region.dk", &[Labels], Stop),
            (SIGNS, "Vedr. 010203-1234", "a@firma.dk", &[Labels], Stop),
            (SIGNS, "Referat", "gammel@own.dk", &[From], Stop),
            (SIGNS, "Sag 1312092317", "a@region.dk", &[Labels], Ask),
            // Another sign holds, so that there is no doubt.
            (tag, "[sikker] Referat", "a@firma.dk", &[Labels], Stop),
            (tag, "[sikker] Referat", "a@region.dk", &[Labels], Send),
            (tag, "Referat", "a@firma.dk", &[Labels], Ask),
            // Signs that the policy does not ask for.
            (tag, "Referat", "a@firma.dk", &[From, Header], Send),
            (r#""tags":["sikker"]"#, "Referat", "a@firma.dk", &[From, Labels, Header], Send),
            (SIGNS, "Referat", "a@region.dk", &[Recipients], Send),
        ];
        for (signs, subject, to, unread, expected) in cases {
            let draft = Draft { unread: unread.to_vec(), ..Draft::example(subject, &[to]) };
            let verdict = judged(&policy(signs), &draft);
            assert_eq!(verdict.decision, expected, "{signs} {subject} {to} {unread:?}");
        }
    }

    /// Mail from a secure mailbox that Outlook names by a path was taken for ordinary mail.
    #[test]
    fn a_sender_without_a_mail_address_is_unread_where_the_policy_knows_senders() {
        let cases = [
            (SIGNS, Some("/o=ex/ou=x/cn=sikker"), Decision::Ask),
            (SIGNS, Some(""), Decision::Ask),
            (SIGNS, Some("post@own.dk"), Decision::Send),
            (SIGNS, Some("sikker@own.dk"), Decision::Stop),
            (SIGNS, None, Decision::Send),
            (r#""tags":["sikker"]"#, Some("/o=ex/ou=x/cn=sikker"), Decision::Send),
        ];
        for (signs, from, expected) in cases {
            let draft = Draft { from: from.map(str::to_owned), ..Draft::example("Referat", &["a@firma.dk"]) };
            let verdict = judged(&policy(signs), &draft);
            assert_eq!(verdict.decision, expected, "{signs} {from:?}");
            assert_eq!(verdict.in_doubt, expected == Decision::Ask, "{signs} {from:?}");
        }
    }

    #[test]
    fn a_question_of_doubt_says_what_it_depends_on() {
        let mut draft = Draft { unread: vec![Unread::Labels], ..Draft::example("Referat", &["a@firma.dk"]) };
        let verdict = judged(&policy(SIGNS), &draft);
        let text = verdict.alert.as_ref().map(|alert| alert.text.clone()).unwrap_or_default();
        assert!(
            text.contains("Modtageren på firma.dk kan ikke få sikker post. Det afhænger af, om mailen er sikker post"),
            "{text}"
        );
        assert!(!verdict.secure && verdict.in_doubt);
        let [finding] = verdict.findings.as_slice() else { panic!("one finding") };
        assert_eq!((finding.rule.as_str(), finding.action), ("unsecured-recipient", Decision::Ask));
        let mark = verdict.alert.expect("a question").mark;
        draft.asked = Some(mark);
        assert_eq!(judged(&policy(SIGNS), &draft).decision, Decision::Send, "it can be answered");
        draft.headers = [("x-s".to_owned(), "1".to_owned())].into_iter().collect::<Headers>();
        let verdict = judged(&policy(SIGNS), &draft);
        assert_eq!((verdict.decision, verdict.in_doubt), (Decision::Stop, false), "a sign that was read decides");
    }
}

//! The limits hold whatever the rules find.

use super::{BAR_LIMIT, BUTTON_LIMIT, DIALOG_LIMIT};
use crate::draft::{Draft, Item, Unread};
use crate::policy::{Action, Mode, PatternWords, Policy, PolicyFile};
use crate::rule_name::RuleName;
use crate::rules::Words;
use crate::text::units;
use crate::verdict::Alert;
use crate::verdict::Ruling;
use crate::{Decision, Language, check, decide};

/// Everything that a policy may make long is as long as it may be.
fn longest() -> PolicyFile {
    let label = |c: &str| c.repeat(60);
    let long = |name: &str| format!("{}.{}.{}.dk", label(name), label(name), label(name));
    let mut file: PolicyFile = serde_json::from_value(serde_json::json!({
        "onUnread": "ask",
        "organisation": {
            "name": "N".repeat(60), "domains": [long("e")],
            "contact": "k".repeat(80), "help": format!("https://{}", "h".repeat(112)),
        },
        "secureMail": { "tags": ["sikker"], "labels": ["l"], "reaches": { "domains": [long("r")] } },
        "retiredMailboxes": [
            { "address": format!("{}@{}", "g".repeat(60), long("g")), "since": "2026-09-30", "replacement": format!("{}@{}", "n".repeat(60), long("n")) },
            { "address": format!("*@{}", long("s")), "since": "2026-09-30" },
        ],
    }))
    .expect("the longest policy reads");
    RuleName::ALL.into_iter().for_each(|rule| file.rules.set(rule, Action::Ask));
    // Two patterns are said one after the other, and more of them shorter.
    (0..2).for_each(|_| (RuleName::OwnPattern.examples().policy)(&mut file));
    file.sought.clear();
    for pattern in &mut file.patterns {
        let words = || PatternWords { da: "æ".repeat(99) + ".", en: "w".repeat(99) + "." };
        (pattern.action, pattern.what, pattern.remedy) = (Action::Stop, words(), Some(words()));
        file.sought.extend(pattern.line(crate::rules::FJORD));
    }
    file
}

fn assert_limits(ruling: &Ruling, case: &str) {
    let Some(alert) = &ruling.alert else {
        assert_eq!(ruling.decision, Decision::Send, "{case}");
        return;
    };
    let texts = [&alert.text, &alert.markdown]
        .into_iter()
        .chain(alert.again.iter().flat_map(|again| [&again.text, &again.stuck]));
    for text in texts {
        assert!((1..=DIALOG_LIMIT).contains(&units(text)), "{case}: {} in {text}", units(text));
        assert!(!text.ends_with('…'), "{case}: cut off in {text}");
    }
    assert!((1..=BUTTON_LIMIT).contains(&units(&alert.button)), "{case}");
    assert!((1..=BAR_LIMIT).contains(&units(&alert.bar)), "{case}: {}", alert.bar);
}

#[test]
fn every_combination_of_questions_fits() {
    // In doubt a rule's words are the same whatever the action.
    every_combination_fits(Action::Ask, &[("[sikker]", None), ("", None), ("", Some(Unread::Labels))]);
}

#[test]
fn every_combination_of_stops_fits() {
    every_combination_fits(Action::Stop, &[("[sikker]", None), ("", None)]);
}

/// Up to three rules in every combination, and all of them but one. Where the words of several do not fit, the last resort
/// is those of the gravest and a count, and each rule is the gravest of some three.
fn every_combination_fits(action: Action, subjects: &[(&str, Option<Unread>)]) {
    let rules = RuleName::ALL;
    for reach in [true, false] {
        let mut file = longest();
        RuleName::ALL.into_iter().for_each(|rule| file.rules.set(rule, action));
        if !reach {
            file.known_domains = std::mem::take(&mut file.secure_mail.reaches.domains);
        }
        let policy = Policy::new(file.clone());
        let full = longest();
        let chosen_sets = (0_u32..1 << rules.len()).filter(|set| {
            let count = set.count_ones() as usize;
            count <= 3 || count + 1 >= rules.len()
        });
        for set in chosen_sets {
            for &(secure, unread) in subjects {
                let mut draft =
                    Draft { subject: secure.to_owned(), unread: unread.into_iter().collect(), ..Draft::default() };
                let chosen = rules.iter().enumerate().filter(|(bit, _)| set & (1 << bit) != 0);
                chosen.for_each(|(_, rule)| (rule.examples().longest)(&full, &mut draft));
                for language in Language::ALL {
                    for item in [Item::Message, Item::Appointment] {
                        draft.item = item;
                        assert_limits(
                            &decide(&policy, &draft, language),
                            &format!("rules {set:08b}, {action:?}, {secure}, unread {unread:?}, {language:?}"),
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_rule_can_be_made_to_speak() {
    for rule in RuleName::ALL {
        let (mut file, examples) = (longest(), rule.examples());
        (examples.policy)(&mut file);
        let mut draft = Draft { subject: "[sikker]".to_owned(), ..Draft::default() };
        (examples.longest)(&longest(), &mut draft);
        let verdict = check(&Policy::new(file), &draft, Language::Da);
        let spoke = verdict.findings.iter().any(|finding| finding.rule == rule.as_str());
        assert!(spoke, "{}", rule.as_str());
    }
}

/// The alert on so many rules, each with words of its own.
fn alert(words: &[String]) -> Alert {
    let told: Vec<Words> = words
        .iter()
        .map(|what| Words { what: what.clone(), why: "Derfor.".to_owned(), remedy: "Gør_det.".to_owned() })
        .collect();
    super::alert(&Policy::default(), Language::Da, Some(Item::Message), Decision::Stop, &told, String::new())
}

#[test]
fn what_has_no_room_is_counted() {
    for (rules, more) in [(2, "Der er én ting mere."), (3, "Der er 2 ting mere.")] {
        let alert = alert(&vec!["x".repeat(300); rules]);
        assert!(alert.text.contains(more) && alert.markdown.contains(more), "{rules} rules: {}", alert.text);
        assert!(units(&alert.text) <= DIALOG_LIMIT && units(&alert.markdown) <= DIALOG_LIMIT, "{rules} rules");
        assert!(
            (alert.bar.ends_with(" ting mere.") || alert.bar.ends_with(" andre ting."))
                && units(&alert.bar) == BAR_LIMIT,
            "{rules} rules: {}",
            alert.bar
        );
    }
    let alert = alert(&["x".repeat(300)]);
    assert!(!alert.text.contains("mere"), "nothing more: {}", alert.text);
}

#[test]
fn what_markdown_would_read_as_a_mark_is_escaped() {
    let alert = alert(&[r"a*b_c[d]e`f#g<h>i\j".to_owned()]);
    assert!(alert.text.contains(r"a*b_c[d]e`f#g<h>i\j") && alert.text.contains("Gør_det."), "{}", alert.text);
    assert!(alert.markdown.contains(r"Gør\_det."), "{}", alert.markdown);
    assert!(alert.markdown.contains(r"a\*b\_c\[d\]e\`f\#g\<h\>i\\j"), "{}", alert.markdown);
}

#[test]
fn a_stopped_mail_says_that_it_is_not_sent() {
    let draft = Draft { subject: "010203-1234".to_owned(), ..Draft::default() };
    for (language, words) in [(Language::Da, "Mailen er ikke sendt."), (Language::En, "The mail is not sent.")] {
        let alert = check(&Policy::default(), &draft, language).alert.expect("the mail is stopped");
        assert!(alert.text.starts_with(words) && alert.markdown.starts_with(&format!("**{words}**")), "{language:?}");
        assert!(alert.again.is_none(), "a stop asks nothing");
    }
}

#[test]
fn the_mode_softens_and_silences() {
    let draft = Draft { subject: "010203-1234".to_owned(), ..Draft::default() };
    for (mode, decision) in
        [(Mode::Enforce, Decision::Stop), (Mode::Advise, Decision::Ask), (Mode::Observe, Decision::Send)]
    {
        let verdict = check(&Policy::new(PolicyFile { mode, ..PolicyFile::default() }), &draft, Language::Da);
        assert_eq!(verdict.decision, decision, "{mode:?}");
        assert_eq!(verdict.findings.len(), 1, "{mode:?} finds the same");
        assert_eq!(verdict.alert.is_some(), mode != Mode::Observe, "{mode:?}");
    }
}

#[test]
fn a_question_is_answered_by_its_own_mark_only() {
    let policy = Policy::new(PolicyFile { mode: Mode::Advise, ..PolicyFile::default() });
    let mut draft = Draft { subject: "010203-1234".to_owned(), ..Draft::default() };
    let alert = check(&policy, &draft, Language::Da).alert.expect("the mail is asked about");
    let again = alert.again.expect("a question can be asked twice");
    assert!(!alert.mark.contains("0102"), "the mark holds nothing of the subject");
    // Where the mark could not be stored, each Send asked the same.
    assert!(again.stuck.contains("så send fra Outlook på nettet"), "there is a way out: {}", again.stuck);
    draft.asked = Some(alert.mark);
    assert_eq!(check(&policy, &draft, Language::Da).decision, Decision::Send);
    let strict = Policy::default();
    assert_eq!(check(&strict, &draft, Language::Da).decision, Decision::Stop, "a stop is not answered by its own mark");
    draft.subject.push_str(" og 020304-1234");
    assert_eq!(check(&policy, &draft, Language::Da).decision, Decision::Ask, "a new fault is a new question");
    assert_eq!(check(&strict, &draft, Language::Da).decision, Decision::Stop, "a stop cannot be answered");
}

/// The mark named places alone: another number at the same place, or another recipient, was let through.
#[test]
fn what_was_answered_is_not_asked_again_and_what_has_changed_is() {
    /// The question about a single recipient.
    const ONE: &str = "Er adressen skrevet rigtigt? Den ligner";
    let policy = r#"{"organisation":{"domains":["own.dk"]},"knownDomains":["region.dk"],"mode":"advise"}"#;
    let policy = Policy::new(serde_json::from_str(policy).expect("the policy reads"));
    // Two mistyped domains and a number.
    let first = Draft::example("Vedr. 010203-1234", &["a@regoin.dk", "b@own.dk", "c@rgion.dk"]);
    let asked = check(&policy, &first, Language::Da).alert.map(|alert| alert.mark);
    let crowd: Vec<String> = (0..6).map(|n| format!("p{n}@gmail.com")).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    for (story, subject, to, asks) in [
        ("nothing has changed", "Vedr. 010203-1234", &["a@regoin.dk", "b@own.dk", "c@rgion.dk"][..], None),
        ("in another order", "Vedr. 010203-1234", &["C@rgion.dk", "a@regoin.dk"], None),
        ("one is taken out", "Vedr. 010203-1234", &["a@regoin.dk"], None),
        ("the number is taken out", "Vedr. borgeren", &["a@regoin.dk", "c@rgion.dk"], None),
        ("another number at its place", "Vedr. 020304-1235", &["a@regoin.dk"], Some("CPR")),
        ("another recipient at the place of one", "Vedr. borgeren", &["x@regoin.dk"], Some(ONE)),
        ("one more", "Vedr. borgeren", &["a@regoin.dk", "d@reegion.dk"], Some(ONE)),
        ("a finding of another kind", "Vedr. borgeren", &crowd, Some("6 eksterne")),
    ] {
        let draft = Draft { asked: asked.clone(), ..Draft::example(subject, to) };
        let verdict = check(&policy, &draft, Language::Da);
        assert_eq!(verdict.decision == Decision::Ask, asks.is_some(), "{story}");
        let text = verdict.alert.map(|alert| alert.text).unwrap_or_default();
        assert!(text.contains(asks.unwrap_or_default()), "{story}: {text}");
        assert_eq!(text.contains("adresse"), asks == Some(ONE) || asks == Some("6 eksterne"), "{story}: {text}");
    }
}

/// The user answers, adds somebody, and answers again: the third Send passes.
#[test]
fn answers_add_up() {
    let policy = r#"{"organisation":{"domains":["own.dk"]},"knownDomains":["region.dk"]}"#;
    let policy = Policy::new(serde_json::from_str(policy).expect("the policy reads"));
    let mut draft = Draft::example("Referat", &["a@regoin.dk"]);
    draft.asked = check(&policy, &draft, Language::Da).alert.map(|alert| alert.mark);
    draft.recipients.extend(Draft::example("", &["b@rgion.dk"]).recipients);
    draft.asked = check(&policy, &draft, Language::Da).alert.map(|alert| alert.mark);
    assert_eq!(check(&policy, &draft, Language::Da).decision, Decision::Send);
}

/// Every text that a rule or a failure can say, in a language: each rule alone, in each action, secure or not.
fn said(language: Language) -> Vec<String> {
    let mut texts = Vec::new();
    for action in [Action::Ask, Action::Stop] {
        for mode in [Mode::Enforce, Mode::Advise] {
            let mut file: PolicyFile = serde_json::from_str(include_str!("../../addin/policy.example.json"))
                .expect("the example policy reads");
            file.mode = mode;
            RuleName::ALL.into_iter().for_each(|rule| file.rules.set(rule, action));
            for reach in [true, false] {
                if !reach {
                    file.secure_mail.reaches = crate::policy::Reach::default();
                }
                let policy = Policy::new(file.clone());
                for subject in ["", "[sikker] Sag"] {
                    for draft in drafts(subject) {
                        let verdict = check(&policy, &draft, language);
                        texts.extend(
                            verdict.findings.iter().flat_map(|f| [f.what.clone(), f.why.clone(), f.remedy.clone()]),
                        );
                        texts.push(verdict.status);
                        for card in verdict.cards {
                            texts.extend([card.what, card.why, card.remedy]);
                            texts.extend(card.because);
                            texts.extend(
                                card.objection
                                    .into_iter()
                                    .flat_map(|one| [vec![one.label, one.text], one.choices].concat()),
                            );
                        }
                        texts.extend(verdict.alert.into_iter().flat_map(|alert| {
                            let again = alert.again.into_iter().flat_map(|again| [again.text, again.stuck]);
                            [alert.text, alert.bar].into_iter().chain(again)
                        }));
                    }
                }
                for failure in crate::unchecked::Failure::ALL {
                    let alert = crate::unchecked::unchecked(&policy, failure, language).alert;
                    texts.extend(alert.into_iter().map(|alert| alert.text));
                }
            }
        }
    }
    texts
}

/// Classic Outlook may swallow it in a dialog (office-js issue 6622).
#[test]
fn no_text_has_an_ampersand_of_its_own() {
    for language in Language::ALL {
        for text in said(language) {
            assert!(!text.contains('&'), "{text}");
        }
    }
}

/// Drafts on which the rules speak of one thing and of several.
fn drafts(subject: &str) -> Vec<Draft> {
    let to = |to: &[&str]| Draft::example(subject, to);
    let numbers =
        [" 010203-1234", " 010203-1234 og 020304-1234", " vedr. 0102031235", " vedr. 0102031235 og 0203041236"];
    let subjects = numbers.map(|number| Draft { subject: format!("{subject}{number}"), ..Draft::default() });
    let recipients = [
        to(&["mellemkommunal@kommune.example"]),
        to(&["post@gammelkommune.example", "mellemkommunal@kommune.example"]),
        to(&["a@firma.example"]),
        to(&["a@firma.example", "b@anden.example"]),
        to(&["a@gmail.com"]),
        to(&["a@gmail.com", "b@hotmail.com"]),
        to(&["a@regoin.example"]),
        to(&["a@regoin.example", "b@poilti.example"]),
        to(&["list:alle@kommune.example"]),
        to(&["list:alle@kommune.example", "list:flere@kommune.example"]),
        to(&["/o=ex/cn=x"]),
        to(&["/o=ex/cn=x", "Projektgruppen"]),
    ];
    let unread = vec![Unread::Labels, Unread::Recipients];
    let doubtful = Draft { unread, ..to(&["a@firma.example"]) };
    subjects.into_iter().chain(recipients).chain([doubtful]).collect()
}

/// Sentences of a text, each with its words.
fn sentences(text: &str) -> Vec<Vec<&str>> {
    let ends = text.split_inclusive(['.', '?', '!']).collect::<Vec<_>>();
    ends.into_iter()
        .map(|sentence| sentence.split_whitespace().collect())
        .filter(|words: &Vec<&str>| words.len() > 1)
        .collect()
}

#[test]
fn sentences_are_short_and_easy() {
    for language in Language::ALL {
        let texts = said(language);
        assert!(texts.len() > 60, "the drafts bring out the rules' words");
        let (mut words, mut long, mut count) = (0, 0, 0);
        for text in &texts {
            for sentence in sentences(text) {
                assert!(
                    sentence.len() <= 24,
                    "{language:?}: a sentence of {} words: {}",
                    sentence.len(),
                    sentence.join(" ")
                );
                words += sentence.len();
                long += sentence.iter().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 6).count();
                count += 1;
            }
        }
        // LIX (Björnsson 1968): words a sentence, and the share of words of more than six letters. Below 35 is easy.
        let lix = words / count + 100 * long / words;
        assert!(lix <= 35, "{language:?}: LIX {lix}");
    }
}

#[test]
fn nobody_is_blamed_and_nothing_is_left_out() {
    let blame = [
        "din fejl",
        "din skyld",
        "du har glemt",
        "ulovlig",
        "forbudt",
        "burde",
        "your fault",
        "you forgot",
        "illegal",
        "you failed",
        "should have",
    ];
    for language in Language::ALL {
        for text in said(language) {
            let lower = text.to_lowercase();
            assert!(blame.iter().all(|word| !lower.contains(word)), "{language:?}: {text}");
            assert!(!text.contains("  ") && !text.trim().is_empty() && text.trim() == text, "{language:?}: {text:?}");
        }
    }
    let (da, en) = (said(Language::Da), said(Language::En));
    assert_eq!(da.len(), en.len(), "each language has a text for everything");
    assert!(da.iter().all(|text| !en.contains(text)), "no text stands in the wrong language");
}

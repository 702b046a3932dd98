//! Every scene of the practice, judged by the engine: it finds what each wrong mail names, and nothing in the model answers.
#![expect(clippy::expect_used, clippy::panic, reason = "the helpers of a test fail as loudly as the test")]

use std::fs;
use std::path::Path;

use sendvagt::{Decision, Language, Policy, PolicyFile, check};
use sendvagt_site::policy::parse;
use sendvagt_site::practice::{LONGEST_SENTENCE, PLACEHOLDER, Practice, Scene};

fn policy() -> PolicyFile {
    parse(include_str!("../../../practice/policy.json")).expect("the policy of the practice reads")
}

fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../practice/scenes");
    let entries = fs::read_dir(folder).expect("the scenes are there");
    entries
        .map(|entry| {
            let path = entry.expect("a scene is there").path();
            let id = path.file_stem().expect("a scene has a name").to_string_lossy().into_owned();
            (id, fs::read_to_string(&path).expect("a scene is a text"))
        })
        .collect()
}

fn practice() -> Practice {
    Practice::new(policy(), files()).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

#[test]
fn every_scene_is_valid() {
    assert!(practice().scenes().len() >= 12);
}

#[test]
fn some_scenes_show_that_a_clean_mail_passes() {
    assert!(practice().scenes().iter().filter(|scene| scene.is_clean()).count() >= 2);
}

#[test]
fn each_rule_that_is_on_is_taught() {
    let practice = practice();
    let wrong = practice.scenes().iter().flat_map(|scene| &scene.wrong);
    let taught: Vec<&str> = wrong.map(|wrong| wrong.finding.as_str()).collect();
    for rule in [
        "cpr-in-subject",
        "possible-cpr-in-subject",
        "retired-mailbox",
        "unsecured-recipient",
        "mistyped-domain",
        "stranger-in-reply",
        "name-twin",
        "visible-recipients",
    ] {
        assert!(taught.contains(&rule), "{rule} is not taught");
    }
}

/// The form asks for a sign of secure mail only where the model answer has one.
#[test]
fn a_model_is_secure_in_both_languages_or_in_neither() {
    let practice = practice();
    for scene in practice.scenes() {
        let secure = |language| check(practice.policy(), &scene.model.draft(language), language).secure;
        assert_eq!(secure(Language::Da), secure(Language::En), "{}", scene.id);
    }
}

/// A mail that is wrong at the start must not be sent as it is: otherwise there is nothing to do.
#[test]
fn a_start_that_must_be_corrected_is_not_sent() {
    let practice = practice();
    for scene in practice.scenes().iter().filter(|scene| !scene.is_clean()) {
        for language in Language::ALL {
            let draft = scene.start.draft(language);
            let stopped = check(practice.policy(), &draft, language).decision != Decision::Send;
            assert!(stopped || draft.subject.is_empty(), "{}", scene.id);
        }
    }
}

const SCENE: &str = r#"
order = 1
title = { da = "Titel", en = "Title" }
task = { da = "Gør det.", en = "Do it." }
explanation = { da = "Sådan.", en = "That is how." }
[start]
to = ["a@region.example"]
subject = { da = "Vedr. 010203-1234", en = "About 010203-1234" }
[[wrong]]
finding = "cpr-in-subject"
[model]
subject = { da = "Vedr. sagen", en = "About the case" }
"#;

fn problems(scene: &str) -> Vec<String> {
    match Scene::parse("prøve", scene) {
        Ok(scene) => scene.problems(&Policy::new(policy())),
        Err(error) => vec![error],
    }
}

#[test]
fn what_is_wrong_with_a_scene_is_reported() {
    assert_eq!(problems(SCENE), Vec::<String>::new());
    let long = "Et ord og ".repeat(7);
    let cases = [
        ("\"Gør det.\"", "\" \"", "task.da is empty"),
        ("\"Gør det.\"", &format!("\"{long}.\"") as &str, "is too long"),
        ("\"Do it.\" }", "\"Do it.\", no = \"x\" }", "unknown field"),
        ("en = \"Title\"", "", "missing field `en`"),
        ("finding = \"cpr-in-subject\"", "finding = \"retired-mailbox\"", "not retired-mailbox"),
        ("finding = \"cpr-in-subject\"", "", "needs the name of its finding"),
        ("About the case", "About 010203-1234", "en: the model is not clean"),
        ("About the case", "", "needs a subject and a recipient"),
        ("[start]", "[start]\nfinding = \"cpr-in-subject\"", "only a [[wrong]] mail has a finding"),
        ("[model]", "[model]\nfinding = \"cpr-in-subject\"", "only a [[wrong]] mail has a finding"),
        ("[model]", "[model]\nfrom = \"nobody@kommune.example\"", "is not offered"),
        ("[model]", "[model]\nlabel = \"unknown\"", "is not offered"),
        ("[[wrong]]\nfinding = \"cpr-in-subject\"", "", "teaches no finding"),
    ];
    for (from, to, problem) in cases {
        let scene = SCENE.replacen(from, to, 1);
        assert_ne!(scene, SCENE, "{from} is in the scene");
        let reported = problems(&scene);
        assert!(reported.iter().any(|text| text.contains(problem)), "{from} → {to}: {reported:?}");
    }
}

#[test]
fn a_sentence_may_have_as_many_words_as_are_allowed() {
    let sentence = "ord ".repeat(LONGEST_SENTENCE);
    assert_eq!(problems(&SCENE.replacen("Gør det", &sentence, 1)), Vec::<String>::new());
    assert_ne!(problems(&SCENE.replacen("Gør det", &format!("{sentence}et"), 1)), Vec::<String>::new());
}

#[test]
fn the_script_gets_the_scenes_with_their_policy() {
    let script = practice().embed(&format!("start({PLACEHOLDER})")).expect("the script has one place");
    for part in [r#"start("{"#, r#"\"scenes\":[{"#, r#"\"senders\":[\""#, r#"\"packed\":\""#] {
        assert!(script.contains(part), "{part}");
    }
    assert!(practice().embed("start()").is_err(), "no place for them");
}

#[test]
fn two_scenes_cannot_have_the_same_order() {
    let twice = ["one", "two"].map(|id| (id.to_owned(), SCENE.to_owned()));
    assert_eq!(Practice::new(policy(), twice).unwrap_err(), ["two: one has the same order; change one of the two"]);
}

/// The scene in docs/practice.md is valid.
#[test]
fn the_documented_scene_is_valid() {
    let page = include_str!("../../../docs/practice.md");
    let scene = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the page shows one");
    assert_eq!(problems(scene), Vec::<String>::new());
}

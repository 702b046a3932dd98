//! The pages that are made from the code are what is committed. `cargo xtask generate` writes them anew.
#![cfg(feature = "strict")]
#![expect(clippy::expect_used, clippy::panic, reason = "the helpers of a test fail as loudly as the test")]

use std::fs;
use std::path::Path;

use sendvagt::policy::read::{read, schema};
use sendvagt::practice::{Practice, guide};
use sendvagt::{Language, cpr, policy, rules};

fn committed(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the page is there")
}

fn practice() -> Practice {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("practice/scenes");
    let scenes = fs::read_dir(folder).expect("the scenes are there").map(|entry| {
        let path = entry.expect("a scene is there").path();
        let id = path.file_stem().expect("a scene has a name").to_string_lossy().into_owned();
        (id, fs::read_to_string(&path).expect("a scene is a text"))
    });
    let policy = read(&committed("practice/policy.json")).expect("the policy of the practice reads");
    Practice::new(policy, scenes.collect::<Vec<_>>()).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

#[test]
fn each_page_is_as_the_code_has_it() {
    let practice = practice();
    let pages = [
        ("policy.schema.json", format!("{:#}\n", schema())),
        ("docs/policy.md", policy::page(&committed("addin/policy.example.json"))),
        ("docs/rules.md", rules::page()),
        ("docs/cpr-grading.md", cpr::grading_page()),
        ("docs/guide.da.html", guide(&practice, Language::Da)),
        ("docs/guide.en.html", guide(&practice, Language::En)),
    ];
    for (name, made) in pages {
        assert!(made == committed(name), "{name} is out of date; run `cargo xtask generate`");
    }
}

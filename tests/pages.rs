//! The pages that are made from the code are what is committed. `cargo xtask generate` writes them anew.
//! The guides are compared in tests/practice.rs.
#![cfg(feature = "strict")]
#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::fs;
use std::path::Path;

use sendvagt::policy::read::schema;
use sendvagt::{cpr, policy, rules};

fn committed(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the page is there")
}

#[test]
fn each_page_is_as_the_code_has_it() {
    let pages = [
        ("policy.schema.json", format!("{:#}\n", schema())),
        ("docs/policy.md", policy::page(&committed("addin/policy.example.json"))),
        ("docs/rules.md", rules::page()),
        ("docs/cpr-grading.md", cpr::grading_page()),
    ];
    for (name, made) in pages {
        assert!(made == committed(name), "{name} is out of date; run `cargo xtask generate`");
    }
}

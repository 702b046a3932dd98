//! `cargo xtask rule`: begins a new rule, which works from the first moment and is off.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Its name in a policy and in a verdict, in small letters and hyphens, such as `secret-in-attachment`
    name: String,
}

const TEMPLATE: &str = include_str!("rule/template.txt");

/// Writes the rule's file, and its line in each list.
pub(crate) fn begin(root: &Path, arguments: &Arguments) -> Result<()> {
    let name = arguments.name.as_str();
    let words: Vec<&str> = name.split('-').collect();
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !words.iter().all(is_word) {
        bail!("`{name}` is no name of a rule; write small letters and hyphens, as in `retired-mailbox`");
    }
    let file = format!("src/rules/{}.rs", name.replace('-', "_"));
    if root.join(&file).exists() {
        bail!("{file} is there already; choose another name");
    }
    let variant: String =
        words.iter().map(|word| word.get(..1).unwrap_or_default().to_uppercase() + &word[1..]).collect();
    let module = name.replace('-', "_");
    // All lists are worked out before anything is written.
    let lists = [
        ("src/rules/mod.rs", in_rules(&read(root, "src/rules/mod.rs")?, &module)?),
        ("src/policy/mod.rs", in_names(&read(root, "src/policy/mod.rs")?, name, &variant)?),
        ("src/words/tests.rs", in_words(&read(root, "src/words/tests.rs")?, name, &variant)?),
    ];
    let text = TEMPLATE.replace("{name}", name).replace("{variant}", &variant);
    fs::write(root.join(&file), text).with_context(|| format!("{file} cannot be written"))?;
    for (path, text) in lists {
        fs::write(root.join(path), text).with_context(|| format!("{path} cannot be written"))?;
    }
    println!("{file} is the new rule: write its check, its words and its examples.");
    println!("Then: cargo fmt; cargo test --lib; cargo xtask generate");
    Ok(())
}

fn read(root: &Path, path: &str) -> Result<String> {
    fs::read_to_string(root.join(path)).with_context(|| format!("{path} cannot be read"))
}

fn in_rules(text: &str, module: &str) -> Result<String> {
    let text = before(text, "\n#[cfg(test)]\nmod examples;", &format!("mod {module};\n"))?;
    let text = one_more(&text, "pub static RULES: [&Rule; ")?;
    after_list(&text, "pub static RULES:", "];", &format!("    &{module}::RULE,\n"))
}

fn in_names(text: &str, name: &str, variant: &str) -> Result<String> {
    let text = after_list(text, "pub enum RuleName {", "}", &format!("    /// TELL WHAT IS WRONG.\n    {variant},\n"))?;
    let text = one_more(&text, "pub const ALL: [Self; ")?;
    let text = after_list(&text, "pub const ALL:", "    ];", &format!("        Self::{variant},\n"))?;
    after_list(
        &text,
        "            Self::CprInSubject => ",
        "        }",
        &format!("            Self::{variant} => \"{name}\",\n"),
    )
}

fn in_words(text: &str, name: &str, variant: &str) -> Result<String> {
    let line = format!("        RuleName::{variant} => draft.subject.push_str(\" [{name}] \"),\n");
    after_list(text, "        RuleName::CprInSubject => ", "    }\n}", &line)
}

fn before(text: &str, mark: &str, line: &str) -> Result<String> {
    let at = text.find(mark).with_context(|| format!("the line `{}` is not there any more", mark.trim()))?;
    let (head, tail) = text.split_at(at);
    Ok(format!("{head}{line}{tail}"))
}

/// Puts a line at the end of a list.
fn after_list(text: &str, start: &str, end: &str, line: &str) -> Result<String> {
    let gone = || format!("the list `{}` is not there any more", start.trim());
    let from = text.find(start).with_context(gone)?;
    let tail = text.get(from..).unwrap_or_default();
    let at = from + tail.find(&format!("\n{end}")).with_context(gone)? + 1;
    let (head, tail) = text.split_at(at);
    Ok(format!("{head}{line}{tail}"))
}

/// Counts the length of an array up.
fn one_more(text: &str, start: &str) -> Result<String> {
    let gone = || format!("the list `{}` is not there any more", start.trim());
    let from = text.find(start).with_context(gone)? + start.len();
    let tail = text.get(from..).unwrap_or_default();
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let count: usize = tail.get(..digits).unwrap_or_default().parse().ok().with_context(gone)?;
    Ok(format!("{}{}{}", text.get(..from).unwrap_or_default(), count + 1, tail.get(digits..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Arguments, begin};
    use crate::command::{command, run_quietly};
    use crate::root;

    /// What the core is built of, elsewhere.
    fn copied(to: &Path) {
        let mut left: Vec<String> = [
            "Cargo.toml",
            "Cargo.lock",
            ".cargo",
            "addin/policy.example.json",
            "benches",
            "docs",
            "practice",
            "src",
            "tests",
            "xtask",
        ]
        .map(str::to_owned)
        .into();
        while let Some(path) = left.pop() {
            let (from, to) = (root().join(&path), to.join(&path));
            if from.is_dir() {
                let entries = fs::read_dir(&from).unwrap().map(|entry| entry.unwrap().file_name());
                left.extend(entries.map(|name| format!("{path}/{}", name.to_string_lossy())));
            } else {
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(from, to).unwrap();
            }
        }
    }

    /// What CONTRIBUTING.md says of a new rule: it is there, it is tested, and it is off.
    #[test]
    fn a_rule_that_is_begun_passes_the_tests_of_all_rules() {
        let folder = tempfile::tempdir().unwrap();
        copied(folder.path());
        begin(folder.path(), &Arguments { name: "made-up-tag".to_owned() }).unwrap();
        let file = fs::read_to_string(folder.path().join("src/rules/made_up_tag.rs")).unwrap();
        assert!(file.starts_with("//! `made-up-tag`: ") && !file.contains("{name}") && !file.contains("{variant}"));
        run_quietly(
            command(folder.path(), "cargo")
                .args(["test", "--locked", "--quiet", "--package", "sendvagt", "--lib", "--features", "strict"])
                .args(["--", "rules::", "words::", "policy::"])
                // Other packages are built already.
                .env("CARGO_TARGET_DIR", root().join("target"))
                .env_remove("RUSTFLAGS"),
        )
        .unwrap();
        let again = begin(folder.path(), &Arguments { name: "made-up-tag".to_owned() }).unwrap_err().to_string();
        assert!(again.contains("there already"), "{again}");
    }

    #[test]
    fn a_name_that_is_none_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["", "CprInSubject", "a_b", "a--b", "-a", "../a", "a1"] {
            let told = begin(folder.path(), &Arguments { name: name.to_owned() }).unwrap_err().to_string();
            assert!(told.contains("no name of a rule"), "{name}: {told}");
        }
    }
}

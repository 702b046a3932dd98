//! `sendvagt check` and `sendvagt policy`, as users run them.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "the helpers of a test fail as loudly as the test")]

use assert_cmd::Command;

fn sendvagt() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
    // The root of the repository.
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    command
}

/// Exit status, standard output, standard error.
fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let output = sendvagt().args(arguments).write_stdin(input).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

#[test]
fn the_exit_status_is_the_decision() {
    let cases: [(&[&str], i32, &str); 6] = [
        (&["--subject", "Underretning"], 0, "send: ordinary mail"),
        (&["--subject", "Vedr. 010203-1234"], 1, "stop: ordinary mail"),
        (&["--subject", "Vedr. 0102031235"], 1, "ask: ordinary mail"),
        (
            &["--subject", "[sikker] Handleplan", "--policy", "addin/policy.example.json", "--to", "x@firma.example"],
            1,
            "stop: secure mail",
        ),
        (&["--subject", "Handleplan", "--to", "010203-1234"], 0, "send: ordinary mail"),
        (&["--subject", "", "--appointment"], 0, "send: ordinary mail"),
    ];
    for (arguments, status, first) in cases {
        let (code, out, err) = run(&[&["check"], arguments].concat(), "");
        assert_eq!((code, out.lines().next(), err.as_str()), (status, Some(first), ""), "{arguments:?}");
    }
}

#[test]
fn the_sender_chooses_the_part_of_the_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    let policy = folder.path().join("hus.json");
    let text = r#"{ "parts": [{ "senders": ["a.example"], "mode": "advise" }, { "senders": ["b.example"], "mode": "observe" }] }"#;
    std::fs::write(&policy, text).expect("it is written");
    let policy = policy.to_str().expect("its path is text");
    for (from, first) in [("x@a.example", "ask: "), ("x@b.example", "send: "), ("x@c.example", "stop: ")] {
        let (_, out, err) = run(&["check", "--policy", policy, "--subject", "Vedr. 010203-1234", "--from", from], "");
        assert!(out.starts_with(first), "{from}: {out}{err}");
    }
}

#[test]
fn each_line_is_checked() {
    let input = "{\"subject\":\"Vedr. 010203-1234\"}\n\n{\"subject\":\"Referat\"}\r\n";
    let (code, out, _) = run(&["check", "--jsonl"], input);
    let decisions: Vec<String> = out.lines().map(|line| field(line, "decision")).collect();
    assert_eq!((code, decisions), (1, vec!["stop".to_owned(), "send".to_owned()]));
}

#[test]
fn an_invalid_line_is_reported_and_the_rest_is_checked() {
    let input = "{\"subject\":\"Referat\"}\nnonsense 010203-1234\n{\"subjekt\":\"010203-1234\"}\n{\"subject\":7}\n{\"subject\":\"Referat\"}";
    let (code, out, _) = run(&["check", "--jsonl"], input);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((code, lines.len()), (2, 5));
    for (line, number) in [(1, 2), (2, 3), (3, 4)] {
        let answer: serde_json::Value = serde_json::from_str(lines[line]).expect("every answer is JSON");
        assert_eq!(answer["line"], number);
        assert!(
            answer["error"].as_str().is_some_and(|error| !error.contains("0102")),
            "an error contains nothing of the line"
        );
    }
    assert_eq!(field(lines[4], "decision"), "send");
}

#[test]
fn invalid_utf8_is_an_error_of_its_line() {
    let output = sendvagt()
        .args(["check", "--jsonl"])
        .write_stdin(b"{\"subject\":\"\xff\"}\n{\"subject\":\"a\"}\n".as_slice())
        .output()
        .expect("it runs");
    assert_eq!((output.status.code(), output.stdout.iter().filter(|byte| **byte == b'\n').count()), (Some(2), 2));
}

#[test]
fn errors_are_reported() {
    let cases: [(&[&str], &str); 4] = [
        (&["check", "--jsonl", "none.jsonl"], "none.jsonl cannot be opened"),
        (&["check", "--subject", "x", "--policy", "none.json"], "none.json cannot be read"),
        (&["policy", "check", "README.md"], "README.md is not a valid policy: 1 error"),
        (&["policy", "check", "addin/icons/icon-16.png"], "is not UTF-8 text"),
    ];
    for (arguments, message) in cases {
        let (code, out, err) = run(arguments, "");
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
}

#[test]
fn a_policy_is_checked_explained_and_described() {
    let (code, out, _) = run(&["policy", "check", "addin/policy.example.json"], "");
    assert_eq!((code, out.as_str()), (0, "addin/policy.example.json: no errors\n"));
    let (code, _, err) = run(&["policy", "check", "-", "--language", "da"], r#"{"moed":1,"mode":"hard"}"#);
    assert_eq!(code, 2);
    assert!(err.contains("er ikke en gyldig policy: 2 fejl") && err.contains("-:1:2: moed: ukendt nøgle"), "{err}");
    let (code, out, _) = run(&["policy", "check", "-"], r#"{"organisation":{"contact":"IT & Digitalisering"}}"#);
    assert!(code == 0 && out.starts_with("-: no errors\n-:1:28: organisation.contact: classic Outlook"), "{out}");
    assert!(out.ends_with("\"og\" or \"and\" instead (warning)\n"), "{out}");
    let (code, out, _) = run(&["policy", "explain", "addin/policy.example.json", "--language", "da"], "");
    assert!(code == 0 && out.starts_with("Reglerne gælder for Eksempel Kommune."));
    let (code, out, _) = run(&["policy", "schema"], "");
    assert!(
        code == 0
            && out
                == std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy.schema.json"))
                    .expect("the schema is kept")
    );
}

fn field(line: &str, name: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).expect("every answer is JSON");
    value[name].as_str().unwrap_or_default().to_owned()
}

//! `sendvagt transport-rule`: what it prints, and what its patterns find in the labelled subject lines.
//!
//! The patterns are read back out of the printed script and run by the `regex` crate, which stands in for Exchange: all
//! they use means the same in both.
#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use regex::RegexSet;
use serde::Deserialize;

/// The folder of the repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const POLICY: &str = "addin/policy.example.json";

/// Exit status, standard output, standard error.
fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
    command.current_dir(ROOT).arg("transport-rule").args(arguments);
    let output = command.write_stdin(input).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

/// The script for this policy.
fn script(policy: &str, more: &[&str]) -> String {
    let (code, out, err) = run(&[&["--policy", "-"], more].concat(), policy);
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

/// What a PowerShell literal in single quotes holds; `None` when the text is not one whole literal.
fn unquoted(literal: &str) -> Option<String> {
    let quote = |character: char| matches!(character, '\'' | '\u{2018}'..='\u{201b}');
    let mut inner = literal.strip_prefix('\'')?.strip_suffix('\'')?.chars();
    let mut text = String::new();
    while let Some(character) = inner.next() {
        if quote(character) && !inner.next().is_some_and(quote) {
            return None;
        }
        text.push(character);
    }
    Some(text)
}

/// The value given to a variable of the script.
fn value(script: &str, name: &str) -> String {
    let start = format!("${name} = ");
    let line = script.lines().find_map(|line| line.strip_prefix(&start)).expect("the variable is set on one line");
    unquoted(line).expect("its value is one literal")
}

fn patterns(script: &str) -> Vec<String> {
    let (_, rest) = script.split_once("$patterns = @(\n").expect("the patterns begin");
    let (list, _) = rest.split_once("\n)\n").expect("the patterns end");
    let lines: Vec<&str> = list.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
    let count = lines.len();
    let one = |(at, line): (usize, &&str)| {
        let literal = if at + 1 == count { Some(*line) } else { line.strip_suffix(',') };
        unquoted(literal.expect("a comma stands between patterns")).expect("a pattern is one literal")
    };
    lines.iter().enumerate().map(one).collect()
}

fn rule() -> RegexSet {
    let (_, out, _) = run(&["--policy", POLICY], "");
    RegexSet::new(patterns(&out)).expect("the patterns are regular expressions")
}

#[test]
fn the_rule_rejects_with_the_words_of_the_policy() {
    let (code, out, err) = run(&["--policy", POLICY], "");
    assert_eq!((code, err.as_str()), (0, ""));
    let reason = value(&out, "reason");
    for part in ["CPR-nummer i emnet", "Servicedesk, tlf. 12 34 56 78.", "https://intra.kommune.example/sikker-post"] {
        assert!(reason.contains(part), "{part}: {reason}");
    }
    assert_eq!(value(&out, "mode"), "Enforce");
    for line in [
        "    FromScope               = 'InOrganization'",
        "    SubjectMatchesPatterns  = $patterns",
        "    RejectMessageReasonText = $reason",
    ] {
        assert!(out.lines().any(|there| there == line), "{line}");
    }
    let command = |line: &&str| !line.trim_start().starts_with('#');
    for never in
        ["Quarantine", "ModerateMessage", "DeleteMessage", "RedirectMessageTo", "EnhancedStatusCode", "'Defer'"]
    {
        assert!(
            !out.lines().filter(command).any(|line| line.contains(never)),
            "{never} holds or loses a mail or a word"
        );
    }
}

#[test]
fn a_second_run_changes_the_rule_of_the_first() {
    let danish = script("{}", &["--language", "da"]);
    let english = script("{\"language\":\"en\"}", &[]);
    assert_eq!(value(&danish, "name"), value(&english, "name"));
    assert_ne!(value(&danish, "reason"), value(&english, "reason"));
    for part in [
        "Set-TransportRule -Identity $name @settings",
        "New-TransportRule -Name $name -UseLegacyRegex $false @settings",
    ] {
        assert!(danish.contains(part), "{part}");
    }
    assert!(danish.contains("# To remove it"), "it says how to remove the rule");
    assert_eq!(danish, script("{}", &["--language", "da"]), "the same policy gives the same bytes");
}

#[test]
fn the_language_is_the_option_then_the_policy_then_danish() {
    let cases: [(&str, &[&str], &str); 4] = [
        ("{}", &[], "Mailen"),
        ("{\"language\":\"en\"}", &[], "The mail"),
        ("{\"language\":\"en\"}", &["--language", "da"], "Mailen"),
        ("{}", &["--language", "en"], "The mail"),
    ];
    for (policy, more, start) in cases {
        assert!(value(&script(policy, more), "reason").starts_with(start), "{policy} {more:?}");
    }
}

/// The settings go to both commands, so each must be a parameter of both. UseLegacyRegex once stood among them, which
/// Set-TransportRule does not know: the second run would have failed.
#[test]
fn the_settings_are_parameters_of_both_commands() {
    const OF_BOTH: [&str; 6] =
        ["Comments", "FromScope", "Mode", "RejectMessageReasonText", "RuleErrorAction", "SubjectMatchesPatterns"];
    let script = script("{}", &[]);
    let (_, rest) = script.split_once("$settings = @{\n").expect("the settings begin");
    let (list, _) = rest.split_once("\n}\n").expect("the settings end");
    let set = list.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let mut names: Vec<&str> = set.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim()).collect();
    names.sort_unstable();
    assert_eq!(names, OF_BOTH);
}

/// The rule is a net under the add-in, so it stops nothing that the add-in lets go.
#[test]
fn the_rule_rejects_only_where_the_add_in_stops() {
    let cases: [(&str, &[&str], &str); 6] = [
        ("{}", &[], "Enforce"),
        ("{}", &["--audit-only"], "Audit"),
        ("{\"mode\":\"observe\"}", &[], "Audit"),
        ("{\"mode\":\"advise\"}", &[], "Audit"),
        ("{\"rules\":{\"cpr-in-subject\":\"ask\"}}", &[], "Audit"),
        ("{\"rules\":{\"cpr-in-subject\":\"off\"}}", &[], "Audit"),
    ];
    for (policy, more, mode) in cases {
        let script = script(policy, more);
        assert_eq!(value(&script, "mode"), mode, "{policy} {more:?}");
        assert_eq!(script.contains("# Audit: no mail is rejected; "), mode == "Audit", "the script says why");
    }
}

#[test]
fn names_with_quotes_stay_within_their_literals() {
    for hard in ["Jens' desk", "‘Desk’ “B”", "$(Remove-Item x)", "`n `$x", "\"x\"", "'; Remove-Item x; '", "a#b|c&d"]
    {
        let policy = serde_json::json!({ "organisation": { "name": hard, "contact": hard } }).to_string();
        let script = script(&policy, &[]);
        assert!(value(&script, "reason").contains(hard), "{hard}");
        assert!(value(&script, "comments").ends_with(hard), "{hard}");
        let server =
            script.lines().find_map(|line| line.strip_prefix("# $reason = ")).expect("one for Exchange Server");
        assert!(unquoted(server).expect("one literal").contains(hard), "{hard}");
    }
}

#[test]
fn the_longest_policy_keeps_the_limits_of_exchange() {
    let policy = serde_json::json!({ "organisation": {
        "name": "N".repeat(60), "contact": "Ø".repeat(80), "help": format!("https://intra.example/{}", "h".repeat(98)),
    } });
    for language in ["da", "en"] {
        let script = script(&policy.to_string(), &["--language", language]);
        assert!(value(&script, "name").chars().count() <= 64);
        assert!(value(&script, "reason").encode_utf16().count() <= 1024);
        let server =
            script.lines().find_map(|line| line.strip_prefix("# $reason = ")).expect("one for Exchange Server");
        assert!(unquoted(server).expect("one literal").encode_utf16().count() <= 256);
        let patterns = patterns(&script);
        assert!(patterns.iter().all(|pattern| pattern.is_ascii() && pattern.len() <= 128));
        // A quarter of what all rules of an organisation may use together.
        assert!(patterns.iter().map(String::len).sum::<usize>() <= 20_480 / 4);
    }
}

#[test]
fn every_error_of_a_policy_is_reported_and_nothing_is_printed() {
    let policy = "{\n  \"mode\": \"hard\",\n  \"organisation\": { \"help\": 7 }\n}";
    let (code, out, err) = run(&["--policy", "-"], policy);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("2 errors") && err.contains("-:2:") && err.contains("-:3:"), "{err}");
    let (code, out, err) = run(&["--policy", "none.json"], "");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("none.json cannot be read"), "{err}");
    let (code, out, _) = run(&[], "");
    assert_eq!((code, out.as_str()), (2, ""), "without a policy there is no contact to name");
}

/// A folder of this test run, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the folder can be made");
    path
}

#[test]
fn a_file_is_as_windows_powershell_reads_it() {
    let folder = folder("transport-out");
    let file = folder.join("rule.ps1");
    let arguments = ["--policy", POLICY, "--out", file.to_str().expect("a plain path")];
    for _ in 0..2 {
        assert_eq!(run(&arguments, ""), (0, String::new(), String::new()));
    }
    let written = fs::read_to_string(&file).expect("it is written");
    let text = written.strip_prefix('\u{feff}').expect("the mark tells Windows PowerShell 5 that it is UTF-8");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.replace("\r\n", "\n"), run(&["--policy", POLICY], "").1);
    assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1, "nothing else is left");
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let folder = folder("transport-fail");
    let there = folder.join("there");
    fs::create_dir_all(there.join("full")).expect("the folder can be made");
    for file in [there.clone(), folder.join("none").join("rule.ps1")] {
        let (code, out, err) = run(&["--policy", POLICY, "--out", file.to_str().expect("a plain path")], "");
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("cannot be written"), "{err}");
    }
    assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1);
    let (kept, file) = (folder.join("rule.ps1.new"), folder.join("rule.ps1"));
    fs::write(&kept, "mine").expect("it can be written");
    let (code, _, err) = run(&["--policy", POLICY, "--out", file.to_str().expect("a plain path")], "");
    assert_eq!((code, err.as_str()), (0, ""), "a file of any other name is not in the way");
    assert_eq!(fs::read_to_string(&kept).expect("it is there"), "mine", "no other file is touched");
}

#[test]
fn the_patterns_one_by_one() {
    let rule = rule();
    let rejected = [
        "010203-1234",
        "Vedr. 010203-1234, underretning",
        "010203 - 1234 haster",
        "SV: 010203 1234",
        "Sag 010203.1234",
        "Sag 010203/1234",
        "fil_010203_1234.pdf",
        "Vedr. 010203–1234",
        "Vedr. 010203\u{2011}1234",
        "Vedr. 010203\u{a0}1234",
        "Vedr. 01021903-1234",
        "Vedr. 01.02.03-1234",
        "Vedr. 01/02/1903-1234",
        "Vedr. 610203-1234",
        "Vedr. 910303-1234",
        "Vedr. 310303-1234",
        "Vedr. 300403-1234",
        "CPR-nr. 0102031234",
        "cpr0102031234",
        "Cpr: 01 02 03-1234",
        "Cpr 010203,  1234",
        "Personnummer 3112031234",
    ];
    for subject in rejected {
        assert!(rule.is_match(subject), "{subject}");
    }
    let sent = [
        "Vedr. 0102031234",
        "Vedr. 000203-1234",
        "Vedr. 320203-1234",
        "Vedr. 600203-1234",
        "Vedr. 920203-1234",
        "Vedr. 010003-1234",
        "Vedr. 011303-1234",
        "Vedr. 300203-1234",
        "Vedr. 310403-1234",
        "Vedr. 910203-1234",
        "Vedr. 010203-12345",
        "Vedr. 1010203-1234",
        "Vedr. 010203-xxxx",
        "Firmware v01.02.03-1234",
        "Møde 01022024-1430",
        "EAN 5798000416642",
        "Faktura 010203",
        "CPR-registeret har lukket 24.12",
        "",
    ];
    for subject in sent {
        assert!(!rule.is_match(subject), "{subject}");
    }
}

#[derive(Deserialize)]
struct Line {
    subject: String,
    expect: String,
    ambiguous: bool,
}

/// The least that the rule must do on the lines given to the project, whatever docs/transport-rule.md says.
#[test]
fn the_given_lines_are_rejected_rightly() {
    let rule = rule();
    let path = Path::new(ROOT).join("tests/corpus/dev.jsonl");
    let text = fs::read_to_string(path).expect("the corpus is there");
    let lines = text.lines().map(|line| serde_json::from_str::<Line>(line).expect("a line of the corpus reads"));
    // The lines that people agree on.
    let lines: Vec<Line> = lines.filter(|line| !line.ambiguous).collect();
    let count = |expect: &str| {
        let of_it: Vec<&Line> = lines.iter().filter(|line| line.expect == expect).collect();
        (of_it.iter().filter(|line| rule.is_match(&line.subject)).count(), of_it.len())
    };
    let (rejected, all) = count("stop");
    assert!(rejected * 100 >= all * 84, "{rejected} of {all}");
    let (rejected, all) = count("send");
    assert_eq!((rejected, all > 400), (0, true), "no mail without a number is rejected");
}

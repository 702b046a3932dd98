//! Every wrong policy is told what is wrong, where, and what to write.

use super::read;

/// The problems of a policy, as they are shown.
fn problems(text: &str) -> Vec<String> {
    read(text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn an_empty_policy_reads() {
    assert!(read("{}").is_ok());
    assert!(read("\u{feff}{}\r\n").is_ok(), "a byte order mark and Windows line ends are no error");
}

#[test]
fn each_fault_is_told_in_its_place() {
    let cases = [
        ("", "1:1: the file is empty; `{}` is the smallest policy"),
        ("[]", "1:1: an object in { } is expected here, not a list"),
        (r#"{"mode": 3}"#, r#"1:10: mode: one of "enforce", "advise", "observe" is expected here, not a number"#),
        (
            r#"{"mode": "enforced"}"#,
            r#"1:10: mode: one of "enforce", "advise", "observe" is expected here; did you mean "enforce"?"#,
        ),
        (r#"{"moed": "enforce"}"#, "1:2: moed: the key is unknown; did you mean `mode`?"),
        (r#"{"language": "dk"}"#, r#"1:14: language: one of "da", "en" is expected here; did you mean "da"?"#),
        (
            r#"{"rules": {"cpr-in-subjekt": "stop"}}"#,
            "1:12: rules.cpr-in-subjekt: the key is unknown; did you mean `cpr-in-subject`?",
        ),
        (
            r#"{"rules": {"cpr-in-subject": "block"}}"#,
            r#"1:30: rules.cpr-in-subject: one of "off", "ask", "stop" is expected here, not this text"#,
        ),
        (
            r#"{"mode":"advise","mode":"observe"}"#,
            "1:18: mode: the key `mode` stands here a second time; keep one of the two",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk"},{"address":"b@x.dk","address":"c@x.dk"}]}"#,
            "1:63: retiredMailboxes[1].address: the key `address` stands here a second time; keep one of the two",
        ),
        (
            r#"{"organisation":{"help":5}}"#,
            "1:25: organisation.help: a text in quotation marks is expected here, not a number",
        ),
        (
            r#"{"organisation":{"domains":"eksempel.dk"}}"#,
            "1:28: organisation.domains: a list in [ ] is expected here, not this text",
        ),
        (r#"{"retiredMailboxes":[{}]}"#, "1:22: retiredMailboxes[0]: the key `address` is missing here"),
        (
            "{\n  \"organisation\": {\n    \"domains\": [\"eksempel\"]\n  }\n}",
            r#"3:17: organisation.domains[0]: a domain is expected here, as in "eksempel.dk" or "*.eksempel.dk""#,
        ),
        // The pack made a blank of a control character, so that the add-in showed another text than the command line.
        (
            "{\"neutralSubject\":{\"da\":\"Om\u{7f} en sag\"}}",
            "1:25: neutralSubject.da: the text must stand on one line, without tabs and other control characters",
        ),
        (
            r#"{"words":{"other":["sag","a\tb"]}}"#,
            "1:26: words.other[1]: the text must stand on one line, without tabs and other control characters",
        ),
        (
            r#"{"knownDomains":["*"]}"#,
            r#"1:18: knownDomains[0]: this covers every domain there is; name the domain, as in "*.eksempel.dk""#,
        ),
        (
            r#"{"knownDomains":["*.dk"]}"#,
            r#"1:18: knownDomains[0]: this covers every domain there is; name the domain, as in "*.eksempel.dk""#,
        ),
        (
            r#"{"knownDomains":["ærø.dk","xn--r-3fa9c.DK"]}"#,
            "1:27: knownDomains[1]: the same domain stands at [0] already",
        ),
        (
            r#"{"organisation":{"domains":["gmail.com"]}}"#,
            "1:29: organisation.domains[0]: this is a private mail service as well; a domain cannot be both",
        ),
        (
            r#"{"organisation":{"help":"http://eksempel.dk"}}"#,
            "1:25: organisation.help: a link that begins with https:// is expected here, without blanks or brackets",
        ),
        (
            r#"{"practice":{"course":"intra/kursus"}}"#,
            "1:23: practice.course: a link that begins with https:// is expected here, without blanks or brackets",
        ),
        (r#"{"practice":{"offer":"no"}}"#, "1:22: practice.offer: true or false is expected here, not this text"),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"A@X.dk"}]}"#,
            "1:56: retiredMailboxes[0].replacement: the mailbox is replaced by itself; name another, or leave the key out",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"b@x.dk"},{"address":"b@x.dk"}]}"#,
            "1:56: retiredMailboxes[0].replacement: this mailbox is retired too; name the one that is read",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk"},{"address":"A@x.dk"}]}"#,
            "1:54: retiredMailboxes[1].address: the same mailbox stands at [0] already",
        ),
        (
            r#"{"organisation":{"domains":["x.dk"]},"retiredMailboxes":[{"address":"*@x.dk"}]}"#,
            "1:69: retiredMailboxes[0].address: this retires every mailbox of one of the organisation's own domains",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","since":"2026-02-30"}]}"#,
            r#"1:50: retiredMailboxes[0].since: this day does not exist; write it as "2026-05-01""#,
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","since":"1. maj"}]}"#,
            r#"1:50: retiredMailboxes[0].since: a day is expected here, as in "2026-05-01""#,
        ),
        (
            r#"{"secureMail":{"from":["b@x.dk"]},"retiredMailboxes":[{"address":"b@x.dk"}]}"#,
            "1:24: secureMail.from[0]: this mailbox stands among the retired ones too",
        ),
        (
            r#"{"secureMail":{"tags":["[]"]}}"#,
            "1:24: secureMail.tags[0]: a word with letters or digits is expected here",
        ),
        (
            r#"{"secureMail":{"everyExternal":true}}"#,
            "1:32: secureMail.everyExternal: which mail is external is known only when organisation.domains names the own domains",
        ),
        (
            r#"{"secureMail":{"headers":[{"name":"x sikker"}]}}"#,
            r#"1:35: secureMail.headers[0].name: a header's name has letters, digits and hyphens only, as in "x-sikker""#,
        ),
        (
            r#"{"secureMail":{"headers":[{"name":"x:sikker"}]}}"#,
            r#"1:35: secureMail.headers[0].name: a header's name has letters, digits and hyphens only, as in "x-sikker""#,
        ),
        (
            r#"{"secureMail":{"headers":[{"name":""}]}}"#,
            r#"1:35: secureMail.headers[0].name: a header's name has letters, digits and hyphens only, as in "x-sikker""#,
        ),
        (
            r#"{"secureMail":{"from":["sikkerpost"]}}"#,
            r#"1:24: secureMail.from[0]: a mail address is expected here, as in "post@eksempel.dk""#,
        ),
        (
            r#"{"secureMail":{"from":["a@x.dk","A@x.dk"]}}"#,
            "1:33: secureMail.from[1]: the same address stands at [0] already",
        ),
        (r#"{"secureMail":{"labels":["m","M "]}}"#, "1:30: secureMail.labels[1]: the same word stands at [0] already"),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"b"}]}"#,
            r#"1:56: retiredMailboxes[0].replacement: a mail address is expected here, as in "post@eksempel.dk""#,
        ),
        (
            r#"{"retiredMailboxes":[{"address":"*@x"}]}"#,
            r#"1:33: retiredMailboxes[0].address: a domain is expected here, as in "eksempel.dk" or "*.eksempel.dk""#,
        ),
        (
            r#"{"neutralSubject":{"da":"010203-1234"}}"#,
            "1:25: neutralSubject.da: a subject with words in it is expected here",
        ),
        (
            r#"{"neutralSubject":{"da":"Sag 010203-1234"}}"#,
            "1:25: neutralSubject.da: the neutral subject must not hold a number that may be a CPR number",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text), [expected], "{text}");
    }
}

#[test]
fn what_is_not_json_is_told_with_its_place() {
    for text in
        ["{", "{\"mode\": }", "{} {}", "{'mode': 'advise'}", "{\"mode\": \"advise\",}", "{ // no\n}", "nonsense"]
    {
        let problems = problems(text);
        assert_eq!(problems.len(), 1, "{text}");
        assert!(problems.concat().contains("this is not JSON"), "{text}: {problems:?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text = r#"{
  "mode": "hard",
  "organisation": { "nam": "x", "contact": 7 },
  "rules": { "retired-mailboxes": "stop" },
  "onFailure": "stopp"
}"#;
    let places: Vec<String> =
        problems(text).iter().map(|problem| problem.chars().take_while(|c| *c != ' ').collect()).collect();
    assert_eq!(places, ["2:11:", "3:21:", "3:44:", "4:14:", "5:16:"]);
}

#[test]
fn a_text_that_is_too_short_is_told() {
    let text = r#"{"neutralSubject":{"da":""}}"#;
    assert_eq!(problems(text), ["1:25: neutralSubject.da: the text must have 1 character at least"]);
}

#[test]
fn a_text_over_its_limit_is_told() {
    let text = format!(r#"{{"organisation":{{"contact":"{}"}}}}"#, "x".repeat(81));
    assert_eq!(problems(&text), ["1:28: organisation.contact: the text may have 80 characters at most"]);
}

#[test]
fn days_are_those_of_the_calendar() {
    for (day, exists) in [
        ("2026-01-31", true),
        ("2026-04-30", true),
        ("2026-04-31", false),
        ("2026-02-28", true),
        ("2026-02-29", false),
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("2100-02-29", false),
        ("2026-12-31", true),
        ("2026-12-32", false),
        ("2026-13-01", false),
        ("2026-00-10", false),
        ("2026-05-00", false),
    ] {
        let text = format!(r#"{{"retiredMailboxes":[{{"address":"a@x.dk","since":"{day}"}}]}}"#);
        assert_eq!(read(&text).is_ok(), exists, "{day}");
    }
}

#[test]
fn links_are_those_that_can_be_clicked() {
    for (link, is_one) in [
        ("https://eksempel.dk", true),
        ("https://eksempel.dk/kursus?a=1#b", true),
        ("https://eksempel.dk:8443", true),
        ("http://eksempel.dk", false),
        ("https://", false),
        ("https://eksempel.dk/a b", false),
        ("https://eksempel.dk/(a)", false),
        ("https://eksempel.dk/<a>", false),
        ("https://eksempel.dk/\u{7f}", false),
        ("eksempel.dk", false),
    ] {
        let text = format!(r#"{{"organisation":{{"help":"{link}"}}}}"#);
        assert_eq!(read(&text).is_ok(), is_one, "{link}");
    }
}

#[test]
fn a_header_has_the_name_of_one() {
    assert!(read(r#"{"secureMail":{"headers":[{"name":"x-sikker"}]}}"#).is_ok());
}

/// What the schema has no word for ends here.
#[test]
fn what_serde_alone_refuses_has_a_place_too() {
    let error = serde_json::from_str::<sendvagt::PolicyFile>("[").unwrap_err();
    let told = super::unread(&error);
    assert_eq!((told.line, told.column, told.message), (1, 1, error.to_string()));
}

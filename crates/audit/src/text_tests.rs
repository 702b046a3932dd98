//! What an audit finds in texts and in the names of attachments, from the file to the findings. All numbers are made up.

use std::io::Cursor;

use proptest::prelude::*;
use sendvagt::policy::OwnPattern;
use sendvagt::{Language, Policy, PolicyFile};

use crate::session::{File, Input, Session};

const POLICY: &str = r#"{
    "organisation": { "domains": ["kommune.example"] },
    "secureMail": {
        "tags": ["sikker"], "from": ["sikkerpost@kommune.example"], "domains": ["sikker.example"],
        "headers": [{ "name": "X-Sikker", "value": "ja nu" }], "labels": ["0f0f-1"]
    }
}"#;

/// What came of an audit: the rows of findings, the sentences, the remarks, and whether all of it was read.
struct Read {
    rows: Vec<Vec<String>>,
    said: String,
    remarks: String,
    is_complete: bool,
    found: u64,
    report: String,
}

fn read(policy: &str, name: &str, bytes: &[u8], reads_text: bool) -> Read {
    read_under(serde_json::from_str(policy).expect("the policy reads"), name, bytes, reads_text)
}

fn read_under(policy: PolicyFile, name: &str, bytes: &[u8], reads_text: bool) -> Read {
    let policy = Policy::new(policy);
    let owned = bytes.to_owned();
    let file =
        File { name: name.to_owned(), size: bytes.len() as u64, open: Box::new(move || Box::new(Cursor::new(owned))) };
    let mut session = Session::new(policy, None, false, reads_text, Input::of(vec![file]));
    while session.step() {}
    session.end_findings();
    let findings = session.take_findings();
    let mut table = csv::Reader::from_reader(findings.as_slice());
    let rows = table.records().map(|row| row.expect("it is CSV").iter().map(str::to_owned).collect());
    Read {
        rows: rows.collect(),
        said: session.sentences(Language::En).join(" "),
        remarks: session.remarks(Language::En).join(" "),
        is_complete: session.is_complete(),
        found: session.found(),
        report: session.report(Language::En, 0),
    }
}

/// Rule, place and count of each finding.
fn found(rows: &[Vec<String>]) -> String {
    let shown = |row: &Vec<String>| format!("{} {} {}", row[4], row[11], row[12]).trim_end().to_owned();
    rows.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn mail(to: &str, rest: &str) -> String {
    format!("From: a@kommune.example\nTo: {to}\n{rest}")
}

#[test]
fn texts_and_names_are_found_where_mail_leaves_unprotected() {
    let out = |rest: &str| mail("b@firma.example", rest);
    let number = "Subject: x\n\nBarnets cpr-nr. er 010203-1234.\n";
    let attached = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=cid:1>\n--b\n\
        Content-Type: image/png; name=\"010203-1234.png\"\nContent-ID: <1>\n\nx\n--b\nContent-Type: application/pdf; \
        name=\"Afg 020304-1234.pdf\"\n\nx\n--b\nContent-Type: application/pdf; name=\"a.pdf\"\n\nx\n--b--\n";
    let both = "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\ncpr 010203-1234 og 020304-1234\n--b\n\
        Content-Type: text/html\n\n<p>cpr 010203-1234 og <b>0203</b>04-1234 og 010203-1234</p>\n--b--\n";
    let only_text = "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\ncpr 010203-1234\n--b\n\
        Content-Type: text/html\n\n<p>Hej</p>\n--b--\n";
    let quoted = "Subject: x\n\nTak, cpr 010203-1234\n\nFra: B\nSendt: 3. november 2025\nTil: A\nEmne: x\n\ncpr 020304-1234, \
        030405-1234\n";
    let cases: [(&str, String, &str); 16] = [
        ("a number in the text, to someone outside", out(number), "cpr-in-body text 1"),
        ("the same to a colleague", mail("b@kommune.example", number), ""),
        (
            "to a colleague and to someone outside in copy",
            mail("b@kommune.example\nCc: c@firma.example", number),
            "cpr-in-body text 1",
        ),
        ("to nobody", mail("", number), ""),
        ("secure by its tag", out("Subject: [sikker] x\n\ncpr 010203-1234\n"), ""),
        ("secure by its recipient", mail("b@sikker.example", number), ""),
        ("secure by its sender", format!("From: sikkerpost@kommune.example\nTo: b@firma.example\n{number}"), ""),
        ("secure by a header that goes over two lines", out(&format!("x-sikker: ja\n nu\n{number}")), ""),
        (
            "secure by its label",
            out(&format!("msip_labels: MSIP_Label_0F0F-1_Enabled=True;\n MSIP_Label_0f0f-1_Method=x\n{number}")),
            "",
        ),
        ("another value of the header", out(&format!("X-Sikker: nej\n{number}")), "cpr-in-body text 1"),
        ("the name of the second file that a reader counts", out(attached), "cpr-in-attachment-name attachment 1"),
        ("HTML and text, counted once", out(both), "cpr-in-body text 2"),
        ("only in the text for old programs", out(only_text), "cpr-in-body text 1"),
        ("below it an earlier mail", out(quoted), "cpr-in-body text 1, cpr-in-body earlier mail 2"),
        ("a number that may be something else is silent", out("Subject: x\n\nVedr. 0102031234\n"), ""),
        (
            "in the subject too",
            out("Subject: Vedr. 010203-1234\n\ncpr 010203-1234\n"),
            "cpr-in-subject subject, cpr-in-body text 1",
        ),
    ];
    for (name, mail, expected) in cases {
        let all = read(POLICY, "x.eml", mail.as_bytes(), true);
        assert_eq!(found(&all.rows), expected, "{name}");
        assert!(all.is_complete, "{name}: {}", all.remarks);
        let shown = [all.report, all.said, all.rows.concat().concat()].concat();
        assert!(!shown.contains("-1234"), "{name}: a number is shown");
        let mbox = format!("From a\n{mail}\nFrom b\n{mail}");
        let twice = read(POLICY, "x.mbox", mbox.as_bytes(), true);
        assert_eq!(twice.found, 2 * u64::from(!expected.is_empty()), "{name}: in an mbox");
    }
}

#[test]
fn nothing_that_was_not_read_is_called_clean() {
    let out = |rest: &str| mail("b@firma.example", rest);
    let cases: [(&str, &str, &str, String, &str); 9] = [
        (
            POLICY,
            "encrypted",
            "x.eml",
            out("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n"),
            "is encrypted (line 1)",
        ),
        (POLICY, "TNEF", "x.eml", out("Content-Type: application/ms-tnef\n\nx\n"), "winmail.dat"),
        (
            POLICY,
            "damaged",
            "x.eml",
            out("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n"),
            "ends too early",
        ),
        (POLICY, "a trace", "x.csv", "Subject\nx\n".to_owned(), "subjects only"),
        (POLICY, "a list of subjects", "x.txt", "Referat\n".to_owned(), "subjects only"),
        (
            POLICY,
            "a draft without its text",
            "x.jsonl",
            r#"{"subject":"x","recipients":[{"address":"b@firma.example"}]}"#.to_owned(),
            "does not have all of the text (line 1)",
        ),
        (
            POLICY,
            "a draft of which Outlook gave a part",
            "x.jsonl",
            r#"{"subject":"x","recipients":[{"address":"b@firma.example"}],"body":{"content":"x","cut":true}}"#
                .to_owned(),
            "does not have all of the text",
        ),
        (
            POLICY,
            "an mbox",
            "x.mbox",
            format!("From a\n{}", out("Content-Type: text/plain; charset=x-klingon\n\nx\n")),
            "the charset is unknown (line 1)",
        ),
        ("{}", "nobody is known", "x.eml", out("\ncpr 010203-1234\n"), "does not say who is inside"),
    ];
    for (policy, name, file, bytes, expected) in cases {
        let all = read(policy, file, bytes.as_bytes(), true);
        assert!(!all.is_complete && all.remarks.contains(expected), "{name}: {}", all.remarks);
        assert!(!all.said.contains("Nothing was found. "), "{name}: {}", all.said);
        assert!(all.report.contains(expected), "{name}: the report says it too");
        assert!(read(policy, file, bytes.as_bytes(), false).is_complete, "{name}: unless texts are asked for");
    }
}

#[test]
fn what_was_read_is_said() {
    let mails = format!(
        "From a\n{}\nFrom b\n{}\nFrom c\n{}\nFrom d\n{}",
        mail("b@firma.example", "Subject: x\n\nHej\n>From Jens\n"),
        mail("b@kommune.example", "Subject: x\n\ncpr 010203-1234\n"),
        mail("b@firma.example", "Content-Type: application/ms-tnef\n\nx\n"),
        mail("b@firma.example", "Subject: x\n\ncpr 010203-1234\n"),
    );
    let all = read(POLICY, "x.mbox", mails.as_bytes(), true);
    let expected = "Read: 4 mails in 1 file. Text and attachments' names were read in 2 mails that left the organisation and were \
        no secure mail. They could not be read, or not to their end, in 1 mail. Found: 1 mail. Something could not be read. The \
        numbers cover only what was read.";
    assert_eq!(all.said, expected);
    assert_eq!(all.rows[0][1], "23", "the line on which the mail begins");
}

/// A mailbox has what was received too, and a number in it was not sent from here.
#[test]
fn received_mail_is_passed_over_and_counted() {
    let received = "From: b@firma.example\nTo: a@kommune.example, c@firma.example\nSubject: Vedr. 010203-1234\n\ncpr 010203-1234\n";
    let all = read(POLICY, "x.eml", received.as_bytes(), true);
    assert_eq!(found(&all.rows), "cpr-in-subject subject");
    assert!(
        all.is_complete && all.said.contains("Passed over, since the sender is not inside: 1 mail."),
        "{}",
        all.said
    );
}

#[test]
fn drafts_have_their_texts_with_them() {
    let draft = |more: &str| {
        format!(r#"{{"subject":"x","from":"a@kommune.example","recipients":[{{"address":"b@firma.example"}}],{more}}}"#)
    };
    let lines = [
        draft(r#""body":{"content":"<p>cpr 010203-1234</p>"}"#),
        draft(r#""body":{"kind":"text","content":"Hej"},"attachments":[{"name":"010203-1234.pdf"}]"#),
        draft(r#""body":{"kind":"text","content":"Hej"}"#),
    ];
    let all = read(POLICY, "x.jsonl", lines.join("\n").as_bytes(), true);
    assert_eq!(found(&all.rows), "cpr-in-body text 1, cpr-in-attachment-name attachment 1");
    assert!(all.is_complete, "{}", all.remarks);
    assert!(read(POLICY, "x.jsonl", lines.join("\n").as_bytes(), false).rows.is_empty(), "unless asked for");
}

/// The policy of a pilot shows nothing, and has the rules off.
#[test]
fn texts_are_read_whatever_the_policy_does_with_them() {
    let off = POLICY.trim_end().trim_end_matches('}').to_owned()
        + r#","mode":"observe","onUnread":"ask","rules":{"cpr-in-body":"off"}}"#;
    let mail = mail("b@firma.example", "Subject: x\n\ncpr 010203-1234\n");
    assert_eq!(found(&read(&off, "x.eml", mail.as_bytes(), true).rows), "cpr-in-body text 1");
}

#[test]
fn a_mail_that_is_found_twice_counts_once() {
    let one = mail("b@firma.example", "Message-ID: <1@kommune.example>\nSubject: x\n\ncpr 010203-1234\n");
    let all = read(POLICY, "x.mbox", format!("From a\n{one}\nFrom b\n{one}").as_bytes(), true);
    assert_eq!((all.found, all.rows.len()), (1, 1));
}

proptest! {
    /// Reading texts adds findings of texts, and changes nothing else.
    #[test]
    fn subjects_are_judged_as_without_texts(
        mails in proptest::collection::vec(
            (
                prop_oneof![
                    Just("Vedr. 010203-1234"), Just("Vedr. 0102031234"), Just("[sikker] 020304-1234"), Just("Referat"),
                    Just("sag 0102031234 og 010203-1234"),
                ],
                prop_oneof![Just("b@firma.example"), Just("b@kommune.example"), Just("old@kommune.example, c@firma.example")],
                prop_oneof![
                    Just("\ncpr 010203-1234\n"), Just("\nHej\n\nFrom here\n"), Just("Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
                    Just("\n"), Just("Content-Type: text/html\n\n<td>010203-1234</td>\n"), Just("Content-Type: application/ms-tnef\n\n"),
                ],
            ),
            0..6,
        ),
    ) {
        let policy = POLICY.trim_end().trim_end_matches('}').to_owned() + r#","retiredMailboxes":[{"address":"old@kommune.example"}]}"#;
        let of = |(subject, to, rest): &(&str, &str, &str)| format!("From x\n{}\n", mail(to, &format!("Subject: {subject}\n{rest}")));
        let mbox: String = mails.iter().map(of).collect();
        let (with, without) = (read(&policy, "x.mbox", mbox.as_bytes(), true), read(&policy, "x.mbox", mbox.as_bytes(), false));
        let of_subjects: Vec<Vec<String>> = with
            .rows
            .into_iter()
            .filter(|row| matches!(row[11].as_str(), "subject" | "recipient" | "mail"))
            .map(|row| row[..11].to_owned())
            .collect();
        prop_assert_eq!(of_subjects, without.rows);
    }
}

/// `projekt fjord`, looked for in the subject and the text.
fn with_pattern() -> PolicyFile {
    let mut policy: PolicyFile = serde_json::from_str(POLICY).expect("the policy reads");
    let pattern: OwnPattern = serde_json::from_str(
        r#"{ "name": "Fjord", "pattern": "projekt fjord", "in": ["subject", "body"], "what": { "da": "x.", "en": "x." } }"#,
    )
    .expect("the pattern reads");
    policy.sought.extend(pattern.line(sendvagt::rules::FJORD));
    policy
}

#[test]
fn the_organisations_own_patterns_are_found_in_whatever_is_read() {
    let rules =
        |read: &Read| read.rows.iter().map(|row| format!("{} {}", row[0], row[4])).collect::<Vec<_>>().join(", ");
    let trace = "Subject,SenderAddress,RecipientAddress\nReferat,a@kommune.example,b@x.example\n\
                 Om Projekt Fjord,a@kommune.example,b@x.example\nVedr. 010203-1234 i projekt fjord,a@kommune.example,b@x.example\n";
    assert_eq!(
        rules(&read_under(with_pattern(), "a.csv", trace.as_bytes(), false)),
        "a.csv own-pattern, a.csv cpr-in-subject, a.csv own-pattern"
    );
    let lines = "Projekt Fjord\nReferat\nVedr. 010203-1234 i projekt fjord\r\nTil projekt fjord";
    let found = read_under(with_pattern(), "a.txt", lines.as_bytes(), false);
    assert_eq!(
        found.rows.iter().map(|row| format!("{} {}", row[1], row[4])).collect::<Vec<_>>(),
        ["1 own-pattern", "3 cpr-in-subject", "3 own-pattern", "4 own-pattern"]
    );
    assert!(
        found.report.contains("Own pattern")
            && !read(POLICY, "a.txt", lines.as_bytes(), false).report.contains("Own pattern")
    );
    let text = mail("b@x.example", "Subject: Referat\n\nDet om projekt fjord og 010203-1234");
    assert_eq!(read_under(with_pattern(), "a.eml", text.as_bytes(), false).rows.len(), 0);
    let found = read_under(with_pattern(), "a.eml", text.as_bytes(), true);
    let places = found.rows.iter().map(|row| format!("{} {}", row[4], row[11])).collect::<Vec<_>>();
    assert_eq!(places, ["cpr-in-body text", "own-pattern text"]);
}

/// The second number was once dropped: it stands at the same place of a mail with the same message id.
#[test]
fn another_number_under_the_same_message_id_is_a_finding() {
    let trace = "Subject,SenderAddress,MessageId\nVedr. 010203-1234,a@b.dk,<1@x>\nVedr. 020304-1234,a@b.dk,<1@x>\n\
                 Vedr. 010203-1234,a@b.dk,<1@x>\n";
    let read = read(POLICY, "a.csv", trace.as_bytes(), false);
    assert_eq!(read.rows.iter().map(|row| row[8].as_str()).collect::<Vec<_>>(), ["010203-••••", "020304-••••"]);
}

/// Outlook names a mail by its subject when it is saved, and a name was once shown as it is.
#[test]
fn numbers_in_the_names_of_files_are_masked() {
    let text = mail("b@x.example", "Subject: Vedr. 010203-1234\n\n");
    let read = read(POLICY, "Sag 0102031234/Vedr. 010283-1234 \u{1b}[31mJensen.eml", text.as_bytes(), false);
    assert_eq!(read.rows[0][0], "Sag 010203-••••/Vedr. 010283-•••• \u{fffd}[31mJensen.eml");
    for shown in [&read.report, &read.said, &read.remarks] {
        assert!(!shown.contains("1234"), "{shown}");
    }
}

//! `sendvagt audit` as its users run it. All numbers, names and addresses are made up.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "the helpers of a test fail as loudly as the test")]

#[path = "audit/subjects.rs"]
mod subjects;

use std::fs;
use std::io::Write;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;
#[cfg(unix)]
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::time::{Duration, Instant};

use assert_cmd::Command as Run;
use serde_json::Value;
use tempfile::TempDir;

/// A folder for the files of one test.
struct Folder(TempDir);

/// The exit status, standard output and standard error of a run.
struct Output {
    status: i32,
    out: String,
    err: String,
}

/// Line, rule, start and end of a finding.
type Row = (u64, String, Option<u64>, Option<u64>);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("there is a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(&path, bytes).expect("the file can be written");
        name.to_owned()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there")
    }

    fn audit(&self, arguments: &[&str]) -> Output {
        self.audit_with(arguments, b"")
    }

    fn audit_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = Run::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
        let output = command
            .current_dir(self.0.path())
            .args(["audit", "--language", "en"])
            .args(arguments)
            .write_stdin(input)
            .output()
            .expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        Output {
            status: output.status.code().expect("it ends by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    fn findings(&self, arguments: &[&str]) -> Vec<Row> {
        self.audit(&[arguments, &["--findings", "found.jsonl"]].concat());
        let rows = self.read("found.jsonl");
        let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).expect("every row is JSON"));
        rows.map(|row| {
            let rule = row["rule"].as_str().expect("it has a rule").to_owned();
            (row["line"].as_u64().expect("it has a line"), rule, row["start"].as_u64(), row["end"].as_u64())
        })
        .collect()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("it is written into memory");
    packed.finish().expect("it is written into memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

const CPR: &str = "cpr-in-subject";
const HIT: &str = "Vedr. 010203-1234";

/// A trace as `Get-MessageTraceV2 | Export-Csv` writes it: a row for each recipient.
const TRACE: &str = "\u{feff}\"MessageTraceId\",\"MessageId\",\"Received\",\"SenderAddress\",\"RecipientAddress\",\"Subject\",\"Status\"\r\n\
    \"1\",\"<1@kommune.example>\",\"2025-10-03T09:41:22.7Z\",\"jens@kommune.example\",\"post@region.example\",\"Vedr. 010203-1234, underretning\",\"Delivered\"\r\n\
    \"1\",\"<1@kommune.example>\",\"2025-10-03T09:41:22.7Z\",\"jens@kommune.example\",\"post@nabo.example\",\"Vedr. 010203-1234, underretning\",\"Delivered\"\r\n\
    \"2\",\"<2@kommune.example>\",\"2025-11-03T09:41:22.7Z\",\"dorthe@kommune.example\",\"mellemkommunal@kommune.example\",\"Handleplan\",\"Delivered\"\r\n\
    \"3\",\"<3@kommune.example>\",\"2025-11-04T09:41:22.7Z\",\"dorthe@kommune.example\",\"post@region.example\",\"Vedr. 0102031235\",\"Delivered\"\r\n\
    \"4\",\"<4@kommune.example>\",\"2025-11-04T09:41:22.7Z\",\"dorthe@kommune.example\",\"post@region.example\",\"Referat, \"\"uge 45\"\"\",\"Delivered\"\r\n";

/// The classic extended report: a row for each event, all recipients in one cell.
const EXTENDED: &str = "\u{feff}date_time_utc\tevent_id\tmessage_id\trecipient_address\trecipient_status\tmessage_subject\tsender_address\r\n\
    2025-10-03T09:41:22.7Z\tRECEIVE\t<1@kommune.example>\tpost@region.example;post@nabo.example\t\tFødt: 010203-1234\tjens@kommune.example\r\n\
    2025-10-03T09:41:23.7Z\tSEND\t<1@kommune.example>\tpost@region.example;post@nabo.example\t250 ok\tFødt: 010203-1234\tjens@kommune.example\r\n";

const POLICY: &str =
    r#"{"retiredMailboxes":[{"address":"mellemkommunal@kommune.example"}],"words":{"other":["ydelsesnr"]}}"#;

#[test]
fn a_message_trace_is_counted_by_rule_month_and_domain() {
    let folder = Folder::new();
    let (trace, policy) = (folder.write("trace.csv", TRACE), folder.write("policy.json", POLICY));
    let output = folder.audit(&[&trace, "--policy", &policy]);
    assert_eq!((output.status, output.err.as_str()), (1, ""));
    let squeezed: Vec<String> =
        output.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "Read: 5 mails in 1 file.",
        "Found: 3 mails.",
        "| CPR number in the subject | 1 | 1 |",
        "| Retired mailbox | 1 | 1 |",
        "| Possible CPR number | 1 | 1 |",
        "| October 2025 | 1 | 0 | 0 | 0 |",
        "| November 2025 | 0 | 1 | 1 | 0 |",
        "| kommune.example | 1 | 1 | 1 | 0 |",
        "| kommune.example | 0 | 1 | 0 | 0 |",
        "| region.example | 1 | 0 | 1 | 0 |",
        "| nabo.example | 1 | 0 | 0 | 0 |",
    ] {
        assert!(squeezed.iter().any(|shown| shown == line), "{line} is missing in\n{}", output.out);
    }
}

#[test]
fn the_formats_hold_the_same_mails() {
    let folder = Folder::new();
    let eml = "From: jens@kommune.example\nTo: a@b.example\nSubject: =?utf-8?Q?F=C3=B8dt?=\n 010203-1234\n\nVedr. 020304-1234\n";
    let mbox = format!("From a\n{eml}\nFrom b\nSubject: Referat\n\n\nFrom c\n{eml}");
    let number = |line| (line, CPR.to_owned(), Some(6), Some(17));
    let lines = "Referat\nVedr. 010203-1234\n\nf\u{f8}r 010203-1234\r\n";
    let windows: Vec<u8> = lines.chars().map(|c| u8::try_from(u32::from(c)).expect("it is Latin-1")).collect();
    let cases: [(&str, &str, Vec<u8>, Vec<Row>); 15] = [
        ("plain text", "a.txt", lines.into(), vec![number(2), (4, CPR.to_owned(), Some(4), Some(15))]),
        ("in Windows-1252", "b.txt", windows, vec![number(2), (4, CPR.to_owned(), Some(4), Some(15))]),
        ("in UTF-16", "c.txt", utf16(&format!("\u{feff}{lines}")), vec![number(2), (4, CPR.to_owned(), Some(4), Some(15))]),
        ("packed with gzip", "d.txt", gzip(HIT.as_bytes()), vec![number(1)]),
        ("two in one gzip", "e.gz", [gzip(b"x\n"), gzip(HIT.as_bytes())].concat(), vec![number(2)]),
        ("packed with zstd", "f.zst", zstd(HIT.as_bytes()), vec![number(1)]),
        ("two in one zstd", "g", [zstd(b"x\n"), zstd(HIT.as_bytes())].concat(), vec![number(2)]),
        ("newer trace", "h.csv", TRACE.into(), vec![number(2), (5, "possible-cpr-in-subject".to_owned(), Some(6), Some(16))]),
        ("extended report", "i.csv", utf16(EXTENDED), vec![number(2)]),
        ("extended report without a mark", "j", utf16(&EXTENDED[3..]), vec![number(2)]),
        ("semicolons of Excel", "k.csv", format!("sep=;\nDato;Fra;Til;Emne\n03-11-2025;a;b;{HIT}\n").into(), vec![number(3)]),
        ("drafts", "l.jsonl", format!("{{\"subject\":\"x\"}}\n\n{{\"subject\":\"{HIT}\"}}\n").into(), vec![number(3)]),
        ("a mail", "m.eml", eml.into(), vec![(1, CPR.to_owned(), Some(5), Some(16))]),
        (
            "an mbox",
            "n.mbox",
            mbox.into(),
            vec![(1, CPR.to_owned(), Some(5), Some(16)), (13, CPR.to_owned(), Some(5), Some(16))],
        ),
        ("a tracking log", "o.log", format!("#Software: x\r\n#Fields: date-time,sender-address,message-subject\r\n2025-11-03T09:41:22Z,a@b.example,{HIT}\r\n").into(), vec![number(3)]),
    ];
    for (name, file, bytes, expected) in cases {
        let file = folder.write(file, bytes);
        for threads in ["1", "2"] {
            assert_eq!(folder.findings(&[&file, "--threads", threads]), expected, "{name}");
        }
    }
}

#[test]
fn a_maildir_is_read_with_its_folders() {
    let folder = Folder::new();
    let eml = |subject: &str| format!("Subject: {subject}\nMessage-ID: <{}@x.example>\n\n", subject.len());
    // Windows knows no colon in names; there, programs that write Maildirs take another character.
    let seen = if cfg!(windows) { "1;2,S" } else { "1:2,S" };
    folder.write(&format!("mail/cur/{seen}"), eml(HIT));
    folder.write("mail/new/2", eml("Referat"));
    folder.write("mail/tmp/3", eml("Vedr. 010203-1234, i arbejde"));
    folder.write("mail/.Sent/cur/4", eml("SV: Vedr. 010203-1234"));
    folder.write("mail/.Sent/cur/5", "\n\n");
    let output = folder.audit(&["mail", "--findings", "found.csv"]);
    assert_eq!(output.status, 2, "{}", output.err);
    assert!(
        output.out.starts_with("Read: 3 mails in 1 file.\nCould not be read: 1.\nFound: 2 mails.\n"),
        "{}",
        output.out
    );
    let with_slashes = |text: &str| text.replace('\\', "/");
    assert_eq!(
        with_slashes(&output.err),
        "sendvagt: mail: 1 could not be read: there are no headers of a mail (mail/.Sent/cur/5).\n"
    );
    let found = with_slashes(&folder.read("found.csv"));
    assert!(found.contains(&format!("mail/cur/{seen}")), "the file of the mail is named");
}

#[test]
fn standard_input_is_read() {
    let folder = Folder::new();
    for arguments in [&["-"][..], &[]] {
        let output = folder.audit_with(arguments, &gzip(HIT.as_bytes()));
        assert_eq!(output.status, 1, "{}", output.err);
    }
    assert_eq!(folder.audit_with(&["-", "--format", "trace"], b"Emne\nReferat\n").status, 0);
}

#[test]
fn what_cannot_be_read_is_named_and_counted_and_the_rest_is_read() {
    let folder = Folder::new();
    let many: Vec<u8> = (0..50_000).flat_map(|n| format!("Sag {n} {HIT}\n").into_bytes()).collect();
    let packed = gzip(&many);
    let half = packed.len() / 2;
    let mut damaged = packed.clone();
    damaged[half..half + 64].fill(0xff);
    let long = [b"Referat\n".to_vec(), vec![b'x'; 6 << 20], format!("\n{HIT}\n").into_bytes()].concat();
    let zst = zstd(&many);
    let trace = |rows: &str| format!("Subject,SenderAddress\n{rows}").into_bytes();
    let bytes = |text: &str| text.as_bytes().to_vec();
    // File, bytes, exit status, what standard output and standard error hold.
    let cases: [(&str, Vec<u8>, i32, &str, &str); 18] = [
        ("cut.txt.gz", packed[..half].to_vec(), 2, "Found: ", "the packed file ends too early. Fetch it again. "),
        ("damaged.txt.gz", damaged, 2, "Found: ", "the packed file is damaged"),
        ("cut.zst", zst[..zst.len() / 2].to_vec(), 2, "Read: ", "the packed file ends too early"),
        ("tiny.gz", packed[..5].to_vec(), 2, "Read: 0 mails", "the packed file ends too early"),
        (
            "utf8.txt",
            b"x\nf\xf8r 010203-1234\nx\n".to_vec(),
            1,
            "Read: 3 mails",
            "1 line is not UTF-8 and was read as Windows-1252 (line 2)",
        ),
        (
            "quotes.csv",
            trace(&format!("x,a\n\"{HIT},a\n{HIT},a\n")),
            2,
            "Read: 2 mails",
            "1 could not be read: a quotation mark is never closed (line 3)",
        ),
        ("long.txt", long, 2, "Read: 2 mails", "1 could not be read: the line is longer than 4 MB (line 2)"),
        ("columns.csv", bytes("Sender,Recipient\na,b\n"), 2, "Read: 0 mails", "there is no column for the subject"),
        (
            "narrow.csv",
            trace(&format!("x\n{HIT},a\n")),
            2,
            "Read: 1 mail ",
            "1 could not be read: the line does not have as many columns as the first one (line 2)",
        ),
        (
            "mixed.txt",
            [utf16("\u{feff}Referat\n"), bytes("Vedr. noget helt andet i en anden kodning\n")].concat(),
            2,
            "Read: 1 mail ",
            "changes from UTF-16 to another encoding",
        ),
        (
            "mixed2.txt",
            [bytes("Referat\n"), utf16("Referat\n"), bytes("\n010203-1234\n")].concat(),
            2,
            "Found: 1 mail.",
            "2 could not be read: the line is not text (lines 2, 3)",
        ),
        ("empty.csv", vec![], 2, "Read: 0 mails", "the file is empty"),
        ("empty.gz", gzip(b""), 2, "Read: 0 mails", "the file is empty"),
        ("book.csv", bytes("Rar!xxxx"), 2, "Read: 0 mails", "this kind of file (RAR) is not read. Save it as CSV"),
        (
            "drafts.jsonl",
            bytes("{\"subject\":\"x\"}\n{\"subjekt\":\"010203-1234\"}\nx\n"),
            2,
            "Read: 1 mail ",
            "2 could not be read: the line is not a draft in JSON (lines 2, 3)",
        ),
        ("no.eml", bytes("010203-1234\n\n"), 2, "Read: 0 mails", "there are no headers of a mail (line 1)"),
        ("folder/x", bytes("x"), 2, "Read: 0 mails", "the folder is not a Maildir"),
        ("", vec![], 2, "Read: 0 mails", "there is no such file"),
    ];
    for (file, bytes, status, out, err) in cases {
        let name = match file {
            "" => "missing.csv".to_owned(),
            "folder/x" => {
                folder.write(file, bytes);
                "folder".to_owned()
            }
            _ => folder.write(file, bytes),
        };
        let output = folder.audit(&[&name]);
        assert_eq!(output.status, status, "{name}: {}{}", output.out, output.err);
        assert!(output.out.contains(out), "{name}: {}", output.out);
        assert!(
            output.err.contains(&format!("sendvagt: {name}: ")) && output.err.contains(err),
            "{name}: {}",
            output.err
        );
        assert!(!(output.out + &output.err).contains("010203"), "{name}: nothing of the mail is shown");
    }
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_read() {
    let folder = Folder::new();
    folder.write("good.txt", HIT);
    let output = folder.audit(&["missing.txt", "good.txt", "--report", "report.html"]);
    assert_eq!(output.status, 2);
    assert!(
        output.out.contains("Read: 1 mail in 2 files.\nFound: 1 mail.\nSomething could not be read."),
        "{}",
        output.out
    );
    assert!(folder.read("report.html").contains("there is no such file"), "the report says it too");
}

#[test]
fn nothing_of_a_mail_is_shown_unless_asked_for() {
    let folder = Folder::new();
    let subject = "=Vedr. Hanne Testesen 010203-1234";
    let secrets = ["Hanne", "010203-1234", "jens@", "post@"];
    let row = format!(
        "<sag-010203-1234@x.example>,2025-11-03T09:41:22Z,jens@kommune.example,post@region.example,{subject}\n"
    );
    folder.write("trace.csv", format!("MessageId,Received,SenderAddress,RecipientAddress,Subject\n{row}"));
    for findings in ["found.csv", "found.jsonl"] {
        let output = folder.audit(&["trace.csv", "--findings", findings, "--report", "report.html"]);
        let all = [output.out, output.err, folder.read(findings), folder.read("report.html")].concat();
        for secret in secrets {
            assert!(!all.contains(secret), "{findings} shows {secret}");
        }
        let found = folder.read(findings);
        for shown in ["010203-••••", "region.example", "kommune.example", "2025-11-03T09:41:22", "separator"] {
            assert!(found.contains(shown), "{findings} lacks {shown}: {found}");
        }
        folder.audit(&["trace.csv", "--findings", findings, "--reveal"]);
        let found = folder.read(findings);
        for secret in secrets {
            assert!(found.contains(secret), "{findings} reveals no {secret}");
        }
    }
    assert!(folder.read("found.csv").contains(",'=Vedr."), "a spreadsheet must not take it for a formula");
    assert_eq!(folder.audit(&["trace.csv", "--reveal"]).status, 2, "there is nowhere to reveal anything");
}

#[test]
fn the_policy_decides() {
    let folder = Folder::new();
    folder.write("subjects.txt", "ydelsesnr 0102031235\n");
    folder.write("policy.json", POLICY);
    folder.write("off.json", r#"{"language":"en","rules":{"cpr-in-subject":"off","possible-cpr-in-subject":"off"}}"#);
    assert_eq!(folder.audit(&["subjects.txt"]).status, 1);
    assert_eq!(folder.audit(&["subjects.txt", "--policy", "policy.json"]).status, 0, "it is a number of another kind");
    assert_eq!(folder.audit(&["subjects.txt", "--policy", "off.json"]).status, 0, "the rules are off");
    assert_eq!(folder.audit(&["subjects.txt", "--policy", "missing.json"]).status, 2);
}

/// A policy that says who is inside.
const INSIDE: &str = r#"{"organisation":{"domains":["kommune.example"]},"secureMail":{"tags":["sikker"]}}"#;

#[test]
fn texts_are_read_when_asked_for_and_nothing_of_them_is_shown() {
    let folder = Folder::new();
    folder.write("policy.json", INSIDE);
    folder.write("nobody.json", "{}");
    let mail = |subject: &str| {
        format!(
            "From: a@kommune.example\nTo: b@firma.example\nSubject: {subject}\n\nHanne Testesen, cpr 010203-1234 og 020304-1234\n"
        )
    };
    folder.write("sent.mbox", format!("From a\n{}\nFrom b\n{}", mail("Sag"), mail("[sikker] Sag")));
    let with = ["sent.mbox", "--policy", "policy.json", "--body", "--report", "report.html"];
    for (findings, columns) in [("found.csv", ",text,2"), ("found.jsonl", r#""place":"text","different_numbers":2"#)] {
        for reveal in [&[][..], &["--reveal"]] {
            let output = folder.audit(&[&with[..], &["--findings", findings], reveal].concat());
            assert_eq!((output.status, output.err.as_str()), (1, ""));
            assert!(output.out.contains("| CPR number in the text"), "{}", output.out);
            let found = folder.read(findings);
            assert!(found.contains("cpr-in-body") && found.contains(columns), "{found}");
            let all = [output.out, found, folder.read("report.html")].concat();
            for secret in ["Hanne", "010203", "020304"] {
                assert!(!all.contains(secret), "{findings} {reveal:?} shows {secret}");
            }
        }
    }
    let output = folder.audit(&["sent.mbox", "--policy", "policy.json"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""), "not asked for");
    assert!(!output.out.contains("Text"), "{}", output.out);
    for arguments in [&["sent.mbox", "--body"][..], &["sent.mbox", "--body", "--policy", "nobody.json"]] {
        let output = folder.audit(arguments);
        assert_eq!((output.status, output.out.as_str()), (2, ""), "nobody is known to be outside");
        assert!(output.err.contains(r#"{"organisation": {"domains": ["#), "{}", output.err);
    }
}

#[test]
fn outputs_are_written_whole_or_not_at_all() {
    let folder = Folder::new();
    folder.write("subjects.txt", HIT);
    folder.write("found.csv", "old");
    for (arguments, message) in [
        (vec!["subjects.txt", "--findings", "subjects.txt"], "is a file to be read"),
        (vec!["subjects.txt", "--report", "subjects.txt"], "is a file to be read"),
        (vec!["subjects.txt", "--findings", "found.xlsx"], ".csv or .jsonl"),
        (vec!["subjects.txt", "--findings", "found.csv", "--report", "found.csv"], "name two"),
        (vec!["subjects.txt", "--findings", "found.csv", "--report", "no/report.html"], "cannot be written"),
        (vec!["subjects.txt", "--findings", "no/found.csv"], "cannot be written"),
    ] {
        let output = folder.audit(&arguments);
        assert_eq!(output.status, 2, "{arguments:?}");
        assert!(output.err.contains(message), "{arguments:?}: {}", output.err);
    }
    assert_eq!(folder.read("subjects.txt"), HIT);
    let names = || {
        let mut names: Vec<_> =
            fs::read_dir(folder.path("")).expect("it is there").flatten().map(|e| e.file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["found.csv", "subjects.txt"], "nothing half-written is left behind");
}

#[test]
fn the_report_is_one_accessible_file() {
    let folder = Folder::new();
    folder.write("trace.csv", TRACE);
    folder.write("policy.json", POLICY);
    for (language, words) in [
        ("da", ["Gennemgang af sendte mails", "Modtagerens domæne", "november 2025", "CPR-nummer i emnet"]),
        ("en", ["Audit of sent mail", "Receiving domain", "November 2025", "CPR number in the subject"]),
    ] {
        let mut command = Run::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
        let arguments = ["audit", "trace.csv", "--policy", "policy.json", "--report", "r.html", "--language", language];
        command.current_dir(folder.path("")).args(arguments).assert().code(1);
        let page = folder.read("r.html");
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        for word in words {
            assert!(page.contains(word), "{language}: {word}");
        }
        for foreign in ["<script", "http", "<link", "url(", "@import"] {
            assert!(!page.contains(foreign), "the report is self-contained: {foreign}");
        }
        for needed in ["prefers-color-scheme: dark", "@media print", "role=\"img\"", "scope=\"row\"", "<h1>", "<h2"] {
            assert!(page.contains(needed), "{needed}");
        }
        let count = |what: &str| page.matches(what).count();
        assert_eq!((count("<svg"), count("<table")), (4, 5), "each chart has a table beside it");
        for tag in ["section", "table", "tr", "th", "td", "svg", "text", "figure", "ul", "li", "div", "main"] {
            let opened = count(&format!("<{tag} ")) + count(&format!("<{tag}>"));
            assert_eq!(opened, count(&format!("</{tag}>")), "every {tag} is closed");
        }
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_leaves_a_valid_partial_result() {
    let folder = Folder::new();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"))
        .current_dir(folder.path(""))
        .args(["audit", "-", "--language", "en", "--findings", "found.jsonl", "--report", "report.html"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("its input is piped");
    input.write_all(format!("{HIT}\n").as_bytes()).expect("it takes input");
    input.flush().expect("it takes input");
    std::thread::sleep(Duration::from_millis(700));
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    assert!(stopped.success());
    let start = Instant::now();
    let output = child.wait_with_output().expect("it ends");
    drop(input);
    assert!(start.elapsed() < Duration::from_secs(20), "it does not wait for more input");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(2), "{out}{err}");
    assert!(out.contains("Found: 1 mail.") && out.contains("Reading was stopped."), "{out}");
    assert!(err.contains("stdin: reading was stopped"), "{err}");
    let rows = folder.read("found.jsonl");
    let rows: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).expect("every row is JSON")).collect();
    assert_eq!((rows.len(), rows[1]["partial"].as_bool()), (2, Some(true)));
    assert!(folder.read("report.html").contains("Reading was stopped."));
}

/// Peak memory of a run over standard input, in kB, as the kernel reports it.
#[cfg(target_os = "linux")]
fn peak_memory(folder: &Path, arguments: &[&str], feed: impl Fn(&mut dyn Write)) -> u64 {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"))
        .current_dir(folder)
        .args([&["audit", "-", "--threads", "2"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("its input is piped");
    feed(&mut input);
    let about = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it still waits for input");
    drop(input);
    child.wait().expect("it ends");
    let peak = about.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel reports it");
    peak.trim().trim_end_matches(" kB").parse().expect("it is a number")
}

#[test]
#[cfg(target_os = "linux")]
fn memory_stays_small_for_any_input() {
    let folder = Folder::new();
    let piece = vec![b'1'; 1 << 20];
    let many = "Referat;a@b.example\n".repeat(1 << 14);
    let endless = |input: &mut dyn Write| (0..150).for_each(|_| input.write_all(&piece).expect("it takes input"));
    let quote = |input: &mut dyn Write| {
        input.write_all(b"Emne;Fra\n\"").expect("it takes input");
        (0..100).for_each(|_| input.write_all(many.replace('\n', "\"\"\n").as_bytes()).expect("it takes input"));
    };
    folder.write("policy.json", INSIDE);
    let attachment = format!("{}\n", "QUJD".repeat(18)).repeat(15_000);
    let mail = format!(
        "From x\nFrom: a@kommune.example\nTo: b@firma.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{}\n--b\n\
        Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n{attachment}--b--\n\n",
        "Referat af mødet. ".repeat(1000),
    );
    let mbox = |input: &mut dyn Write| (0..150).for_each(|_| input.write_all(mail.as_bytes()).expect("it takes input"));
    let text = |input: &mut dyn Write| {
        let headers = b"From: a@kommune.example\nTo: b@firma.example\nContent-Type: text/html\n\n";
        input.write_all(headers).expect("it takes input");
        (0..200).for_each(|_| input.write_all(many.as_bytes()).expect("it takes input"));
    };
    let with_text = |format| ["--format", format, "--body", "--policy", "policy.json"];
    for (name, arguments, feed) in [
        ("an mbox of 150 MB with texts", &with_text("mbox")[..], &mbox as &dyn Fn(&mut dyn Write)),
        ("a text of 60 MB", &with_text("eml"), &text),
        ("a line of 150 MB", &["--format", "text"], &endless),
        ("a record of 150 MB", &["--format", "jsonl"], &endless),
        ("a mail of 150 MB", &["--format", "eml"], &endless),
        ("a quotation mark that is never closed", &[], &quote),
    ] {
        let peak = peak_memory(folder.0.path(), arguments, feed);
        assert!(peak < 100_000, "{name}: {peak} kB");
    }
}

#[test]
fn all_planted_numbers_are_found() {
    let folder = Folder::new();
    let made = subjects::plain(100_000, 913);
    folder.write("subjects.txt", &made.text);
    let found = folder.findings(&["subjects.txt"]);
    let lines: std::collections::HashSet<u64> = found.iter().map(|found| found.0).collect();
    let missed: Vec<&u64> = made.planted.iter().filter(|line| !lines.contains(line)).collect();
    let false_stops = found.iter().filter(|found| !made.planted.contains(&found.0) && found.1 == CPR).count();
    let false_questions = found.iter().filter(|found| !made.planted.contains(&found.0) && found.1 != CPR).count();
    println!("false stops: {false_stops}, false questions: {false_questions}, in 100,000 subjects");
    assert_eq!(missed, Vec::<&u64>::new(), "lines with a planted number that was missed");
    assert_eq!(false_stops, 0, "mails that would be stopped for nothing");
}

#[test]
fn records_are_whole_over_the_ends_of_blocks() {
    let folder = Folder::new();
    let (mut table, mut line, mut expected) = (String::from("Subject,MessageId\n"), 2, Vec::new());
    for n in 0..60_000_u64 {
        let subject = match n % 100 {
            3 => "Sag, \"\"uge 45\"\"\nog 010203-1234",
            7 => "Vedr. 010203-1234",
            _ => "Indkaldelse til netværksmøde, Børn og Unge",
        };
        if matches!(n % 100, 3 | 7) {
            expected.push(line);
        }
        table.push_str(&format!("\"{subject}\",<{n}@x.example>\n"));
        line += if n % 100 == 3 { 2 } else { 1 };
    }
    folder.write("trace.csv", &table);
    for threads in ["1", "2", "3"] {
        let found = folder.findings(&["trace.csv", "--threads", threads]);
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), expected, "{threads} threads");
    }
    let output = folder.audit(&["trace.csv"]);
    assert_eq!((output.status, output.err.as_str()), (1, ""), "every record is read");
    assert!(output.out.starts_with("Read: 60,000 mails"), "{}", output.out);
}

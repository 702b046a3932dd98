//! The files that `sendvagt audit` takes apart. All numbers, names and addresses are made up.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "the helpers of a test fail as loudly as the test")]

#[path = "audit/pst.rs"]
mod pst;

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A folder for the files of one test.
struct Folder(TempDir);

/// The exit status, standard output and standard error of a run, and the findings: file, line, rule.
struct Output {
    status: i32,
    out: String,
    err: String,
    found: Vec<String>,
}

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("there is a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("the file can be written");
    }

    fn audit(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
        let run = command
            .current_dir(self.0.path())
            .args(["audit", "--language", "en", "--findings", "found.jsonl"])
            .args(arguments)
            .output()
            .expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        let rows = fs::read_to_string(self.path("found.jsonl")).unwrap_or_default();
        let found = rows.lines().map(|row| {
            let row: Value = serde_json::from_str(row).expect("every row is JSON");
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let place = if row["place"].is_null() { String::new() } else { format!(" {}", text("place")) };
            format!("{} {} {}{place}", text("file"), row["line"], text("rule"))
        });
        Output {
            status: run.status.code().expect("it ends by itself"),
            out: text(run.stdout),
            err: text(run.stderr),
            found: found.collect(),
        }
    }
}

const HIT: &str = "Vedr. 010203-1234";

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("it is written into memory");
        writer.write_all(bytes).expect("it is written into memory");
    }
    writer.finish().expect("it is written into memory").into_inner()
}

#[test]
fn the_files_of_an_archive_are_read_as_if_they_stood_beside_it() {
    let folder = Folder::new();
    let eml = format!("From: a@b.example\nSubject: {HIT}\n\nx\n");
    let trace = format!("Subject,SenderAddress\nx,a\n{HIT},a\n");
    let inner = zip(&[("emner.txt", HIT.as_bytes())]);
    let all = zip(&[
        ("trace.csv", trace.as_bytes()),
        ("mails/en.eml", eml.as_bytes()),
        ("__MACOSX/._en.eml", b"\0"),
        ("mere.zip", &inner),
        ("Thumbs/Thumbs.db", b"\0"),
    ]);
    folder.write("alt.zip", &all);
    let read = folder.audit(&["alt.zip"]);
    assert_eq!((read.status, read.err.as_str()), (1, ""));
    let expected = ["alt.zip/trace.csv 3", "alt.zip/mails/en.eml 1", "alt.zip/mere.zip/emner.txt 1"];
    assert_eq!(read.found, expected.map(|place| format!("{place} cpr-in-subject")));
    assert!(read.out.starts_with("Read: 4 mails in 3 files."), "{}", read.out);
    folder.write("navn.csv", &all);
    assert_eq!(folder.audit(&["navn.csv"]).found.len(), 3, "whatever its name");
}

#[test]
fn what_an_archive_hides_is_told() {
    let folder = Folder::new();
    let many: String = (0..60_000).map(|n| format!("Sag {n}, {HIT}\n")).collect();
    let whole = zip(&[("a.txt", HIT.as_bytes()), ("b.txt", many.as_bytes()), ("c.txt", HIT.as_bytes())]);
    let mut locked = zip(&[("a.txt", HIT.as_bytes())]);
    for at in 0..locked.len() - 4 {
        match &locked[at..at + 4] {
            b"PK\x03\x04" => locked[at + 6] |= 1,
            b"PK\x01\x02" => locked[at + 8] |= 1,
            _ => {}
        }
    }
    let mut damaged = whole.clone();
    let middle = whole.len() / 2;
    damaged[middle..middle + 40].fill(0x55);
    let three = zip(&[("2.zip", &zip(&[("3.zip", &zip(&[("a.txt", HIT.as_bytes())]))]))]);
    let cut = whole[..middle].to_vec();
    let empty = zip(&[]);
    let cases: [(&str, &[u8], usize, &str); 6] = [
        ("a password", &locked, 0, "x.zip/a.txt: the file is protected by a password"),
        ("a damaged file in it", &damaged, 2, "x.zip/b.txt: the packed file is damaged"),
        ("cut short, so that its list is lost", &cut, 1, "x.zip: the packed file is damaged"),
        (
            "an archive in an archive in an archive",
            &three,
            0,
            "x.zip/2.zip/3.zip: the file is in a ZIP file in a ZIP file",
        ),
        ("nothing in it", &empty, 0, "x.zip: the file is empty"),
        ("no archive at all", b"PK\x03\x04xxxx", 0, "x.zip: the packed file is damaged"),
    ];
    for (name, bytes, least, expected) in cases {
        folder.write("x.zip", bytes);
        let read = folder.audit(&["x.zip"]);
        assert_eq!(read.status, 2, "{name}: {}", read.out);
        assert!(read.err.contains(expected), "{name}: {}", read.err);
        assert!(read.found.len() >= least, "{name}: what can be read is read: {:?}", read.found.len());
        assert!(!(read.out + &read.err).contains("010203"), "{name}: nothing of a mail is shown");
    }
}

/// The list of an archive may name the same bytes a thousand times.
#[test]
fn an_archive_that_is_larger_than_it_can_be_is_given_up() {
    let folder = Folder::new();
    let one = zip(&[("a.txt", &vec![b'1'; 10 << 20])]);
    let list = one.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("it has a list");
    let end = one.windows(4).position(|bytes| bytes == b"PK\x05\x06").expect("it has an end");
    let mut bomb = one[..list].to_vec();
    for n in 0..100_u8 {
        let mut entry = one[list..end].to_vec();
        let name = entry.len() - 5;
        entry[name] = n;
        bomb.extend(entry);
    }
    let mut last = one[end..].to_vec();
    last[8] = 100;
    last[10] = 100;
    let size = u32::try_from(bomb.len() - list).expect("it is small");
    last[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(last);
    folder.write("x.zip", bomb);
    let read = folder.audit(&["x.zip", "--format", "text"]);
    assert_eq!(read.status, 2);
    assert!(read.err.contains("unpacks to more than it can hold"), "{}", read.err);
}

/// A workbook as Excel writes it, with these sheets: rows of cells, of which each is a text, or a day if it begins with `=`.
fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let cell = |(at, text): (usize, &&str)| {
        let column = char::from(b'A' + u8::try_from(at).expect("there are few columns"));
        match text.strip_prefix('=') {
            Some(number) => format!("<c r=\"{column}ROW\" s=\"1\"><v>{number}</v></c>"),
            None if text.is_empty() => String::new(),
            None => format!("<c r=\"{column}ROW\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let row = |(at, cells): (usize, &&[&str])| {
        let number = (at + 1).to_string();
        let cells: String = cells.iter().enumerate().map(cell).collect();
        format!("<row r=\"{number}\">{}</row>", cells.replace("ROW", &number))
    };
    let mut files = vec![(
        "xl/styles.xml".to_owned(),
        format!(
            "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
        ),
    )];
    let (mut list, mut relations) = (String::new(), String::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let state = if name.starts_with('_') { " state=\"hidden\"" } else { "" };
        list += &format!("<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"r{at}\"{state}/>", at + 1);
        relations +=
            &format!("<Relationship Id=\"r{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>");
        let rows: String = rows.iter().enumerate().map(row).collect();
        let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        files.push((format!("xl/worksheets/sheet{at}.xml"), sheet));
    }
    let workbook = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>");
    files.push(("xl/workbook.xml".to_owned(), workbook));
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    files.push((
        "_rels/.rels".to_owned(),
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>"),
    ));
    zip(&files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

/// Rows of an export, two of which have a number.
const ROWS: [&[&str]; 5] = [
    &["Emne", "Fra", "Til", "Dato"],
    &["Vedr. 010203-1234, \"haster\"", "a@kommune.example", "b@firma.example", "=45964.5"],
    &[],
    &["Referat"],
    &["Born\nog 020304-1234", "a@kommune.example"],
];

#[test]
fn a_workbook_is_read_by_its_rows() {
    let folder = Folder::new();
    let book = xlsx(&[("Ark1", &ROWS)]);
    folder.write("trace.xlsx", &book);
    let read = folder.audit(&["trace.xlsx"]);
    assert_eq!((read.status, read.err.as_str()), (1, ""));
    assert_eq!(read.found, ["trace.xlsx 2 cpr-in-subject", "trace.xlsx 5 cpr-in-subject"]);
    assert!(read.out.starts_with("Read: 3 mails in 1 file."), "{}", read.out);
    let rows = fs::read_to_string(folder.path("found.jsonl")).expect("it is written");
    assert!(rows.contains(r#""date":"2025-11-03T12:00:00""#), "{rows}");
    folder.write("alt.zip", zip(&[("mappe/trace", &book)]));
    assert_eq!(folder.audit(&["alt.zip"]).found, read.found.map_name("trace.xlsx", "alt.zip/mappe/trace"));
    folder.write("flere.xlsx", xlsx(&[("Juni", &ROWS), ("Tom", &[]), ("_skjult", &ROWS), ("Noter", &[&["Husk det"]])]));
    let read = folder.audit(&["flere.xlsx"]);
    assert_eq!(read.found, ["flere.xlsx/Juni 2 cpr-in-subject", "flere.xlsx/Juni 5 cpr-in-subject"]);
    assert!(read.err.contains("flere.xlsx/Noter: there is no column for the subject"), "{}", read.err);
}

trait Renamed {
    fn map_name(self, from: &str, to: &str) -> Vec<String>;
}

impl Renamed for Vec<String> {
    fn map_name(self, from: &str, to: &str) -> Vec<String> {
        self.into_iter().map(|row| row.replacen(from, to, 1)).collect()
    }
}

#[test]
fn a_workbook_that_cannot_be_read_is_told() {
    let folder = Folder::new();
    let broken = zip(&[("xl/workbook.xml", b"<workbook"), ("xl/worksheets/sheet1.xml", b"x")]);
    for (name, bytes, expected) in [
        ("damaged", broken, "is damaged"),
        ("the start of a container of Office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "is damaged"),
    ] {
        folder.write("x.xlsx", bytes);
        let read = folder.audit(&["x.xlsx"]);
        assert_eq!(read.status, 2, "{name}");
        assert!(read.err.contains("x.xlsx: ") && read.err.contains(expected), "{name}: {}", read.err);
    }
}

/// What a property of Outlook may be.
enum Mapi<'a> {
    Text(&'a str),
    Ansi(&'a [u8]),
    Bytes(&'a [u8]),
    Number(i32),
    Time(i64),
}

/// A mail as Outlook saves it: its properties, its recipients and its attachments, each with theirs.
fn msg(mail: &[(u16, Mapi)], recipients: &[&[(u16, Mapi)]], attachments: &[&[(u16, Mapi)]]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("it is written into memory");
    put(&mut file, "", 32, mail);
    for (kind, all) in [("recip", recipients), ("attach", attachments)] {
        for (at, properties) in all.iter().enumerate() {
            let storage = format!("/__{kind}_version1.0_#{at:08X}");
            file.create_storage(&storage).expect("it is written into memory");
            put(&mut file, &storage, 8, properties);
        }
    }
    file.into_inner().into_inner()
}

fn put(file: &mut cfb::CompoundFile<Cursor<Vec<u8>>>, storage: &str, header: usize, properties: &[(u16, Mapi)]) {
    let mut list = vec![0; header];
    for (id, value) in properties {
        let (kind, fixed, stream) = match value {
            Mapi::Number(number) => (0x0003_u16, i64::from(*number), None),
            Mapi::Time(time) => (0x0040, *time, None),
            Mapi::Text(text) => (0x001f, 0, Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect())),
            Mapi::Ansi(bytes) => (0x001e, 0, Some(bytes.to_vec())),
            Mapi::Bytes(bytes) => (0x0102, 0, Some(bytes.to_vec())),
        };
        list.extend(kind.to_le_bytes());
        list.extend(id.to_le_bytes());
        list.extend([0; 4]);
        list.extend(fixed.to_le_bytes());
        if let Some(bytes) = stream {
            let path = format!("{storage}/__substg1.0_{id:04X}{kind:04X}");
            file.create_stream(path).expect("it is written").write_all(&bytes).expect("it is written into memory");
        }
    }
    let path = format!("{storage}/__properties_version1.0");
    file.create_stream(path).expect("it is written").write_all(&list).expect("it is written into memory");
}

/// The recipient of a mail that leaves.
const OUTSIDE: &[(u16, Mapi)] = &[(0x0c15, Mapi::Number(1)), (0x39fe, Mapi::Text("b@firma.example"))];

#[test]
fn a_mail_that_was_saved_from_outlook_is_read() {
    let folder = Folder::new();
    folder.write(
        "policy.json",
        r#"{"organisation":{"domains":["kommune.example"]},"secureMail":{"headers":[{"name":"x-sikker"}]}}"#,
    );
    let inside: &[(u16, Mapi)] =
        &[(0x0c15, Mapi::Number(2)), (0x3003, Mapi::Text("/o=x/cn=a")), (0x39fe, Mapi::Text("a@kommune.example"))];
    let base = || {
        vec![
            (0x001a, Mapi::Text("IPM.Note")),
            (0x0037, Mapi::Text("\u{1}\u{5}SV: Vedr. 010203-1234")),
            (0x0039, Mapi::Time(134_066_448_000_000_000)),
            (0x1035, Mapi::Text("<1@kommune.example>")),
            (0x5d02, Mapi::Text("a@kommune.example")),
            (0x3fde, Mapi::Number(28591)),
        ]
    };
    let with = |more: Vec<(u16, Mapi<'static>)>| base().into_iter().chain(more).collect::<Vec<_>>();
    let picture: &[(u16, Mapi)] = &[(0x3707, Mapi::Text("010203-1234.png")), (0x3712, Mapi::Text("1@x"))];
    let file: &[(u16, Mapi)] = &[(0x3704, Mapi::Text("AFG~1.PDF")), (0x3707, Mapi::Text("Afg 020304-1234.pdf"))];
    let html: &[u8] = b"<p>F\xf8dt, cpr <b>0102</b>03-1234</p><img src=\"cid:1@x\">";
    let subject = "x.msg 1 cpr-in-subject subject";
    let cases: [(&str, Vec<u8>, Vec<&str>, &str); 7] = [
        (
            "a subject alone, to a colleague",
            msg(&with(vec![(0x1000, Mapi::Text("cpr 010203-1234"))]), &[inside], &[file]),
            vec![subject],
            "",
        ),
        (
            "a text, and the second of its files that a reader sees",
            msg(
                &with(vec![(0x1013, Mapi::Bytes(html)), (0x1000, Mapi::Text("cpr 010203-1234"))]),
                &[OUTSIDE, inside],
                &[picture, file],
            ),
            vec![subject, "x.msg 1 cpr-in-body text", "x.msg 1 cpr-in-attachment-name attachment 1"],
            "",
        ),
        (
            "a plain text in the mail's own codepage",
            msg(&with(vec![(0x1000, Mapi::Ansi(b"F\xf8dt cpr 010203-1234"))]), &[OUTSIDE], &[]),
            vec![subject, "x.msg 1 cpr-in-body text"],
            "",
        ),
        (
            "secure by a header that came with it",
            msg(
                &with(vec![(0x007d, Mapi::Text("X-Sikker: 1\r\nTo: b\r\n")), (0x1000, Mapi::Text("cpr 010203-1234"))]),
                &[OUTSIDE],
                &[],
            ),
            vec![subject],
            "",
        ),
        (
            "rich text alone",
            msg(&with(vec![(0x1009, Mapi::Bytes(b"x"))]), &[OUTSIDE], &[]),
            vec![subject],
            "neither HTML nor plain text (mail 1)",
        ),
        (
            "encrypted",
            msg(&with(vec![]), &[OUTSIDE], &[&[(0x3707, Mapi::Text("smime.p7m"))]]),
            vec![subject],
            "the mail is encrypted (mail 1)",
        ),
        ("nothing of a mail but its container", msg(&[], &[], &[]), vec![], "is damaged"),
    ];
    for (name, bytes, found, err) in cases {
        folder.write("x.msg", &bytes);
        let read = folder.audit(&["x.msg", "--policy", "policy.json", "--body"]);
        assert_eq!(read.found, found, "{name}: {}", read.err);
        assert!(read.err.contains(err) && (read.status == 2) != err.is_empty(), "{name}: {} {}", read.status, read.err);
        folder.write("navn", zip(&[("en mail", &bytes)]));
        let packed = folder.audit(&["navn", "--policy", "policy.json", "--body"]);
        assert_eq!(
            packed.found,
            found.iter().map(|row| row.replacen("x.msg", "navn/en mail", 1)).collect::<Vec<_>>(),
            "{name}: in an archive"
        );
        for end in [600, bytes.len() / 2, bytes.len() - 100] {
            folder.write("x.msg", &bytes[..end]);
            let cut = folder.audit(&["x.msg"]);
            assert!(cut.status == 2 || !cut.found.is_empty() || found.is_empty(), "{name}: cut at {end}: {}", cut.out);
        }
    }
    let rows = fs::read_to_string(folder.path("found.jsonl")).unwrap_or_default();
    assert!(!rows.contains("010203-1234"), "nothing is shown");
}

#[test]
fn what_is_no_mail_in_a_container_of_office_is_told() {
    let folder = Folder::new();
    let with = |stream: &str| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("it is written into memory");
        file.create_stream(stream).expect("it is written").write_all(b"x").expect("it is written into memory");
        file.into_inner().into_inner()
    };
    for (name, stream, expected) in [
        ("a document", "/WordDocument", "this kind of file (Office 97) is not read"),
        ("a workbook with a password", "/EncryptedPackage", "protected by a password"),
        ("a damaged workbook", "/Workbook", "damaged"),
    ] {
        folder.write("x", with(stream));
        let read = folder.audit(&["x"]);
        assert!(read.status == 2 && read.err.contains(expected), "{name}: {}", read.err);
    }
    folder.write("x.msg", "Referat\n");
    assert!(folder.audit(&["x.msg"]).err.contains("damaged"), "a name alone makes no mail");
}

#[test]
fn a_mailbox_of_outlook_is_read_mail_by_mail() {
    use pst::{Item, Value::*, pst};
    let folder = Folder::new();
    folder.write("policy.json", r#"{"organisation":{"domains":["kommune.example"]}}"#);
    let item = |class, subject, text, to, file| Item {
        properties: vec![
            (0x1a, Text(class)),
            (0x37, Text(subject)),
            (0x39, Time(134_066_448_000_000_000)),
            (0x1000, Text(text)),
            (0x5d02, Text("a@kommune.example")),
        ],
        recipients: vec![vec![(0x0c15, Number(1)), (0x39fe, Text(to))]],
        attachments: vec![vec![(0x3705, Number(1)), (0x3707, Text(file))]],
    };
    let items = [
        item("IPM.Note", "\u{1}\u{5}SV: Referat", "Hej", "b@firma.example", "a.pdf"),
        item("IPM.Contact", HIT, "cpr 010203-1234", "b@firma.example", "020304-1234.pdf"),
        item("IPM.Note", HIT, "cpr 010203-1234", "b@firma.example", "Afg 020304-1234.pdf"),
        item("IPM.Note", "Sag", "cpr 010203-1234", "b@kommune.example", "020304-1234.pdf"),
    ];
    let whole = pst(&items, 0);
    let expected = ["cpr-in-subject subject", "cpr-in-body text", "cpr-in-attachment-name attachment 1"];
    folder.write("x.pst", &whole);
    let read = folder.audit(&["x.pst", "--policy", "policy.json", "--body"]);
    assert_eq!((read.status, read.err.as_str()), (1, ""));
    assert_eq!(read.found, expected.map(|found| format!("x.pst 2 {found}")));
    assert!(read.out.starts_with("Read: 3 mails in 1 file."), "a contact is no mail: {}", read.out);
    let rows = fs::read_to_string(folder.path("found.jsonl")).expect("it is written");
    assert!(rows.contains("2025-11-03T12:00:00") && !rows.contains("010203-1234"), "{rows}");
    folder.write("alt.zip", zip(&[("post.pst", &whole)]));
    let read = folder.audit(&["alt.zip", "--policy", "policy.json", "--body"]);
    assert_eq!(read.found, expected.map(|found| format!("alt.zip/post.pst 2 {found}")), "{}", read.err);
    folder.write("x.pst", pst(&items, 7));
    let read = folder.audit(&["x.pst"]);
    assert!(read.status == 2 && read.found.is_empty() && read.err.contains("protected by a password"), "{}", read.err);
    // The root of a tree that leads to itself, with the checksum that it should have.
    for tree in [224, 240] {
        folder.write("x.pst", pst::leading_to_itself(&whole, tree));
        let read = folder.audit(&["x.pst"]);
        assert!(read.status == 2 && read.err.contains("damaged"), "{tree}: {} {}", read.status, read.err);
    }
    for end in (700..whole.len()).step_by(1777) {
        folder.write("x.pst", &whole[..end]);
        assert_eq!(folder.audit(&["x.pst"]).status, 2, "cut at {end}");
    }
}

#[test]
fn a_mailbox_that_cannot_be_opened_is_told() {
    let folder = Folder::new();
    let with = |version: u8, method: u8| {
        let mut head = vec![0; 600];
        head[..4].copy_from_slice(b"!BDN");
        head[10] = version;
        head[513] = method;
        head
    };
    for (name, bytes, expected) in [
        ("an OST of today", with(36, 1), "this kind of file (Outlook OST) is not read"),
        ("encrypted for the organisation", with(23, 0x10), "protected by a password"),
        ("a header and nothing else", with(23, 1), "damaged"),
        ("its first four bytes", b"!BDN".to_vec(), "damaged"),
    ] {
        folder.write("x.pst", bytes);
        let read = folder.audit(&["x.pst"]);
        assert!(read.status == 2 && read.err.contains(expected), "{name}: {}", read.err);
    }
}

/// Reports are fetched for ten days at a time, and the days overlap.
#[test]
fn a_mail_that_is_in_several_exports_counts_once() {
    let folder = Folder::new();
    let row = |n: usize, subject: &str| format!("<{n}@kommune.example>,2025-11-03T09:41:22Z,{subject}\n");
    let export = |rows: &[String]| format!("MessageId,Received,Subject\n{}", rows.concat());
    let (first, both) = (row(1, HIT), row(2, HIT));
    folder.write("uge1.csv", export(&[first, both.clone(), row(3, "Referat")]));
    let second = export(&[both, row(4, HIT), row(3, "Referat")]);
    folder.write("uge2.zip", zip(&[("uge2.csv", second.as_bytes())]));
    let read = folder.audit(&["uge1.csv", "uge2.zip", "uge1.csv"]);
    let expected = ["uge1.csv 2", "uge1.csv 3", "uge2.zip/uge2.csv 3"];
    assert_eq!(read.found, expected.map(|place| format!("{place} cpr-in-subject")));
    assert!(read.out.contains("Found: 3 mails."), "{}", read.out);
}

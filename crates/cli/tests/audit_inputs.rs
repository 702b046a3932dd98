//! The files that `sendvagt audit` takes apart. All numbers, names and addresses are made up.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "the helpers of a test fail as loudly as the test")]

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
    let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [&compound[..], &[0; 600], &name, &[0; 600]].concat();
    let broken = zip(&[("xl/workbook.xml", b"<workbook"), ("xl/worksheets/sheet1.xml", b"x")]);
    for (name, bytes, expected) in [
        ("a password", locked, "protected by a password"),
        ("damaged", broken, "is damaged"),
        ("something else of Office 97", [&compound[..], &[0; 2000]].concat(), "is not read"),
    ] {
        folder.write("x.xlsx", bytes);
        let read = folder.audit(&["x.xlsx"]);
        assert_eq!(read.status, 2, "{name}");
        assert!(read.err.contains("x.xlsx: ") && read.err.contains(expected), "{name}: {}", read.err);
    }
}

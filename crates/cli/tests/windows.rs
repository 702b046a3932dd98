//! What is different on Windows: wildcards, files that are open elsewhere, Ctrl-C, names of files. `cargo xtask windows`
//! runs this, on Windows or under Wine.
#![cfg(windows)]
#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

const HEADER: &str = "Received,SenderAddress,RecipientAddress,Subject\r\n";
const HIT: &str = "2025-11-03T09:41:22Z,jens@kommune.example,post@region.example,\"Vedr. 010203-1234, æøå\"\r\n";

/// A folder with blanks and Danish letters in its name.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("Gamle mails på Ærø ").tempdir().expect("there is a folder");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().expect("a parent")).expect("the folder can be made");
        fs::write(self.path(name), bytes).expect("it can be written");
    }

    /// Exit status and all that is printed.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
        let output = command.current_dir(self.0.path()).args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).expect("it prints UTF-8"))
    }

    /// The names of what is in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("it is there").map(|entry| entry.expect("it is there"));
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Has a file open as Excel has: others may read it, not write or delete it.
fn open_as_excel(path: &Path) -> File {
    const SHARE_READ: u32 = 1;
    OpenOptions::new().read(true).write(true).share_mode(SHARE_READ).open(path).expect("it opens")
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn wildcards_are_expanded() {
    let desk = Desk::new();
    for (name, subject) in [("Trace-2024.csv", HIT), ("trace-2025.csv", HIT), ("trace [1].csv", ""), ("andet.csv", "")]
    {
        desk.write(&format!("år/{name}"), utf16(&format!("{HEADER}{subject}")));
    }
    for (pattern, read, status) in [
        ("år\\trace-*.csv", "Found: 2 mails.", 1),
        (".\\år/*-202?.CSV", "Found: 2 mails.", 1),
        ("år\\* [1].csv", "Nothing was found.", 0),
        ("år\\trace [1].csv", "Nothing was found.", 0),
        ("år\\TRACE-2024.csv", "Found: 1 mail.", 1),
        ("år\\spor-*.csv", "år\\spor-*.csv matches no file", 2),
    ] {
        let (code, printed) = desk.run(&["audit", pattern, "--language", "en"]);
        assert!(printed.contains(read), "{pattern}: {printed}");
        assert_eq!(code, Some(status), "{pattern}: {printed}");
    }
}

#[test]
fn a_subject_with_a_star_is_no_wildcard() {
    let desk = Desk::new();
    desk.write("Vedr.txt", "");
    let (code, printed) = desk.run(&["check", "--subject", "V*", "--json"]);
    assert_eq!(code, Some(0), "{printed}");
}

#[test]
fn danish_is_printed_and_written_as_utf_8() {
    let desk = Desk::new();
    desk.write("policy.json", "\u{feff}{\"organisation\":{\"name\":\"Ærø Kommune\"}}");
    let (_, printed) = desk.run(&["policy", "explain", "policy.json", "--language", "da"]);
    assert!(printed.contains("Ærø Kommune"), "{printed}");
    assert_eq!(desk.run(&["policy", "explain", "policy.json", "--language", "da", "--out", "Sådan.txt"]).0, Some(0));
    let written = fs::read_to_string(desk.path("Sådan.txt")).expect("it is written");
    assert_eq!(written.trim_start_matches('\u{feff}').replace("\r\n", "\n"), printed);
    assert!(written.starts_with('\u{feff}'));
}

#[test]
fn an_output_that_is_open_elsewhere_is_named_before_the_work_and_stays() {
    let desk = Desk::new();
    desk.write("trace.csv", utf16(&format!("{HEADER}{HIT}")));
    for (option, name) in [("--findings", "fund.csv"), ("--report", "rapport.html")] {
        desk.write(name, "old");
        let before = desk.names();
        let open = open_as_excel(&desk.path(name));
        let (code, printed) = desk.run(&["audit", "trace.csv", option, name]);
        drop(open);
        assert_eq!(code, Some(2), "{printed}");
        assert!(printed.contains(name) && printed.contains("such as Excel"), "{printed}");
        assert_eq!(fs::read_to_string(desk.path(name)).expect("it is there"), "old");
        assert_eq!(desk.names(), before, "nothing is left beside it");
        assert_eq!(desk.run(&["audit", "trace.csv", option, name]).0, Some(1), "once it is closed");
        assert_ne!(fs::read_to_string(desk.path(name)).expect("it is there"), "old");
    }
}

#[test]
fn a_site_with_an_open_file_stays_whole() {
    let desk = Desk::new();
    desk.write("site/www/launch.html", "old");
    desk.write("site/integrity.json", "{}");
    let before = desk.names();
    let out = desk.path("site");
    let files = std::collections::BTreeMap::from([("www/launch.html".to_owned(), b"new".to_vec())]);
    let open = open_as_excel(&desk.path("site/www/launch.html"));
    let error = sendvagt_files::write_folder(&out, &files).expect_err("it is open").to_string();
    drop(open);
    assert!(error.contains("launch.html") && error.contains("open in another program"), "{error}");
    assert_eq!(desk.names(), before, "nothing is left beside it");
    assert_eq!(fs::read_to_string(desk.path("site/www/launch.html")).expect("it is there"), "old");
    sendvagt_files::write_folder(&out, &files).expect("it is closed");
    assert_eq!(fs::read_to_string(desk.path("site/www/launch.html")).expect("it is there"), "new");
    assert!(!desk.path("site/integrity.json").exists());
}

#[test]
fn ctrl_c_leaves_a_valid_partial_result() {
    const NEW_PROCESS_GROUP: u32 = 0x200;
    const CTRL_BREAK: u32 = 1;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        safe fn GenerateConsoleCtrlEvent(event: u32, group: u32) -> i32;
        safe fn AllocConsole() -> i32;
    }
    if std::env::var_os("WINEPREFIX").is_some() {
        // Wine gives a test no console. `cargo xtask windows` sends the program the signal that Wine makes a Ctrl-C of.
        return;
    }
    // Without a console there is no Ctrl-C. It fails where there is one already.
    AllocConsole();
    let desk = Desk::new();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"))
        .current_dir(desk.0.path())
        .args(["audit", "-", "--language", "en", "--findings", "found.csv"])
        .creation_flags(NEW_PROCESS_GROUP)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("its input is piped");
    // More than a pipe holds: once all is taken, the program is reading.
    for _ in 0..20_000 {
        input.write_all(b"Vedr. 010203-1234\n").expect("it takes input");
    }
    input.flush().expect("it takes input");
    // A new group ignores Ctrl-C; Ctrl-Break reaches the same handler.
    let sent = GenerateConsoleCtrlEvent(CTRL_BREAK, child.id());
    assert_ne!(sent, 0, "{}", std::io::Error::last_os_error());
    let output = child.wait_with_output().expect("it ends");
    drop(input);
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(2), "{printed}");
    assert!(printed.contains("Reading was stopped."), "{printed}");
    assert_eq!(desk.names(), ["found.csv"], "nothing half-written is left");
}

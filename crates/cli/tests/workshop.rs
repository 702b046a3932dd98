//! The workshop, served to this machine and written to a file.
#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

const PAGE: &str =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; connect-src 'none'\" />\n<p>værksted";

fn program(folder: &tempfile::TempDir, more: &[&str]) -> Command {
    fs::write(folder.path().join("page.html"), PAGE).expect("a page");
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
    program.current_dir(folder.path()).args(["workshop", "--page", "page.html"]).args(more);
    program
}

/// The program while it serves.
struct Running {
    program: Child,
    /// Kept open: a program whose reader is gone ends.
    _printed: BufReader<ChildStdout>,
    port: u16,
}

impl Running {
    fn new(folder: &tempfile::TempDir, more: &[&str]) -> Self {
        let mut program = program(folder, more).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        let mut printed = BufReader::new(program.stdout.take().expect("it is piped"));
        printed.read_line(&mut line).expect("it prints");
        let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        Self { program, _printed: printed, port: port.expect("the line ends with the address") }
    }

    /// Everything that is answered to these bytes.
    fn raw(&self, bytes: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        // A connection whose request is not read to its end is reset.
        stream.write_all(bytes.as_bytes()).unwrap_or_default();
        stream.shutdown(Shutdown::Write).unwrap_or_default();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap_or_default();
        answer
    }

    fn ask(&self, line: &str, host: &str) -> String {
        self.raw(&format!("{line} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.program.kill().unwrap_or_default();
        self.program.wait().expect("it ends");
    }
}

#[test]
fn the_page_is_served_with_its_policy_and_kept_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::new(&folder, &[]);
    let host = format!("127.0.0.1:{}", running.port);
    let answer = running.ask("GET /", &host);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, PAGE);
    for line in [
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=utf-8",
        "Content-Security-Policy: default-src 'none'; connect-src 'none'; frame-ancestors 'none'",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
    ] {
        assert!(head.lines().any(|found| found == line), "{line}: {head}");
    }
    assert!(head.contains(&format!("Content-Length: {}", PAGE.len())));
    let only_head = running.ask("HEAD /", &host);
    assert!(only_head.starts_with("HTTP/1.1 200") && only_head.ends_with("\r\n\r\n"), "{only_head}");
}

/// A page elsewhere can have its own name lead to 127.0.0.1, and then reads what is served there as its own.
#[test]
fn only_this_page_of_this_host_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::new(&folder, &[]);
    let own = format!("127.0.0.1:{}", running.port);
    for (line, host, status) in [
        ("GET /?a", own.as_str(), "200"),
        ("GET /", &format!("localhost:{}", running.port), "200"),
        ("GET /", &format!("evil.example:{}", running.port), "421"),
        ("GET /", &format!("127.0.0.1.evil.example:{}", running.port), "421"),
        ("GET /", "127.0.0.1", "421"),
        ("GET /", "127.0.0.1:1", "421"),
        ("GET /", "", "421"),
        ("GET /", &format!("{own}\r\nHost: evil.example"), "421"),
        ("POST /", &own, "405"),
        ("GET /favicon.ico", &own, "404"),
        ("GET /../page.html", &own, "404"),
        ("GET http://evil.example/", &own, "404"),
    ] {
        let answer = running.ask(line, host);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{line} {host}: {answer}");
        assert_eq!(answer.contains(PAGE), status == "200", "{line} {host}");
    }
    for broken in ["", "\r\n\r\n", "GET / HTTP/1.1\r\n", &"x".repeat(20_000)] {
        assert!(!running.raw(broken).contains(PAGE));
    }
    assert!(running.ask("GET /", &own).contains(PAGE), "it still answers");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let first = Running::new(&folder, &[]);
    let output = program(&folder, &["--port", &first.port.to_string()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains(&format!("port {} is in use", first.port)) && said.contains("--port"), "{said}");
}

#[test]
fn the_page_is_written_instead() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(&folder, &["--out", "mine.html"]).output().unwrap();
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(folder.path().join("mine.html")).unwrap(), PAGE);
}

#[test]
fn a_program_without_the_page_says_where_one_is() {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt")).arg("workshop").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("--page") && said.contains("dist/sendvagt-workshop.html"), "{said}");
}

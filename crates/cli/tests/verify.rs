//! `sendvagt verify` against hosts that serve a packed site well and badly.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "the helpers of a test fail as loudly as the test")]

#[path = "verify/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use assert_cmd::Command;
use serde_json::Value;
use server::{Request, Server};
use tempfile::TempDir;

const FAR: &str = "20990101000000Z";
const MANIFEST: &str = include_str!("../../../manifest.xml");

/// Names and values, in the order of the answer.
type Headers = Vec<(String, String)>;

/// The files that a host serves, by the paths of their URLs, and how it answers.
#[derive(Clone, Default)]
struct Host {
    files: BTreeMap<String, (Headers, Vec<u8>)>,
}

/// A folder with an add-in, a host for its packed site, and the program.
struct Desk {
    folder: TempDir,
    host: Arc<Mutex<Host>>,
    server: Server,
}

/// Changes an answer: the header lines, the body, and the bytes after it.
type Change = fn(&Request, &mut Headers, &mut Vec<u8>) -> Vec<u8>;

impl Desk {
    fn new(until: &str, change: Change) -> Self {
        Self::with(until, move |request, host| {
            let Some((headers, body)) = host.files.get(&request.path) else {
                return b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec();
            };
            let (mut headers, mut body) = (headers.clone(), body.clone());
            let after = change(request, &mut headers, &mut body);
            answer(&headers, &body, &after)
        })
    }

    fn with(until: &str, answer: impl Fn(&Request, &Host) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let page = |script: &str| {
            format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" /><script src=\"{script}\"></script>"
            )
        };
        for (path, text) in [
            ("addin/manifest.xml", MANIFEST),
            ("addin/launch.html", &page("launch-web.js")),
            ("addin/pane.html", &page("launch-web.js")),
            ("addin/paused.html", &page("")),
            ("addin/launch-web.js", "web(\"@@SENDVAGT-PACK@@\")"),
            ("addin/launch.js", "classic(\"@@SENDVAGT-PACK@@\")"),
            ("addin/paused-web.js", "passWeb()"),
            ("addin/paused.js", "pass()"),
            ("addin/pane.css", "p{}"),
            ("addin/icons/icon-16.png", "png"),
            ("policy.json", "{\"organisation\":{\"name\":\"Eksempel Kommune\"}}"),
            ("other.json", "{\"organisation\":{\"name\":\"En anden\"}}"),
        ] {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        // The style is loaded by the two panes.
        for name in ["addin/pane.html", "addin/paused.html"] {
            let path = folder.path().join(name);
            let text = fs::read_to_string(&path).expect("it reads") + "<link href=\"pane.css\" />";
            fs::write(path, text).expect("it is written");
        }
        let host = Arc::new(Mutex::new(Host::default()));
        let served = Arc::clone(&host);
        let server = Server::start("localhost", until, move |request| {
            let host = served.lock().expect("no test has failed").clone();
            answer(request, &host)
        });
        let desk = Self { folder, host, server };
        fs::write(desk.path("ca.cer"), &desk.server.certificate).expect("it is written");
        fs::write(desk.path("ca.pem"), desk.server.certificate_in_pem()).expect("it is written");
        desk.package("site", &[]);
        desk.serve("site");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn origin(&self) -> String {
        format!("https://localhost:{}/sendvagt", self.server.port)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
        // Whatever proxy the machine has, the tests do without.
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] {
            command.env_remove(name);
        }
        let output = command.current_dir(self.folder.path()).args(arguments).output().expect("it runs");
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).expect("it prints UTF-8");
        (output.status.code().expect("it ends by itself"), printed)
    }

    fn package(&self, out: &str, more: &[&str]) {
        let origin = self.origin();
        let usual = ["package", "--origin", &origin, "--out", out, "--addin", "addin"];
        let policy = if more.contains(&"--policy") { [].as_slice() } else { &["--policy", "policy.json"] };
        let new = if self.path("sendvagt-state.json").exists() { [].as_slice() } else { &["--new"] };
        let (code, printed) = self.run(&[&usual, policy, new, more].concat());
        assert_eq!(code, 0, "{printed}");
    }

    /// Puts a packed site on the host.
    fn serve(&self, out: &str) {
        let list: Value =
            serde_json::from_slice(&fs::read(self.path(out).join("integrity.json")).expect("it reads")).expect("JSON");
        let mut host = Host::default();
        for (path, file) in list["files"].as_object().expect("files") {
            let headers = file["headers"].as_object().expect("headers").iter();
            let headers = headers.map(|(name, value)| (name.clone(), value.as_str().expect("text").to_owned()));
            let bytes = fs::read(self.path(out).join("www/sendvagt").join(path)).expect("it reads");
            host.files.insert(format!("/sendvagt/{path}"), (headers.collect(), bytes));
        }
        let known = ".well-known/microsoft-officeaddins-allowed.json";
        let bytes = fs::read(self.path(out).join("www").join(known)).expect("it reads");
        host.files.insert(format!("/{known}"), (Vec::new(), bytes));
        *self.host.lock().expect("no test has failed") = host;
    }

    fn verify(&self, more: &[&str]) -> (i32, String) {
        let origin = self.origin();
        let usual = ["verify", "--origin", &origin];
        let ca = if more.contains(&"--ca") { [].as_slice() } else { &["--ca", "ca.pem"] };
        self.run(&[&usual, ca, more].concat())
    }
}

fn answer(headers: &[(String, String)], body: &[u8], after: &[u8]) -> Vec<u8> {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("HTTP/1.1 200 OK\r\n{lines}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body, after].concat()
}

fn nothing(_: &Request, _: &mut Headers, _: &mut Vec<u8>) -> Vec<u8> {
    Vec::new()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("it is written into memory");
    packed.finish().expect("it is written into memory")
}

#[test]
fn a_site_that_is_served_as_packed() {
    let desk = Desk::new(FAR, nothing);
    // DER is what Windows exports when nobody chooses.
    for ca in ["ca.pem", "ca.cer"] {
        let (code, printed) = desk.verify(&["--ca", ca]);
        assert_eq!(code, 0, "{ca}: {printed}");
        assert!(printed.contains("files are as packed, headers included."), "{printed}");
        assert!(printed.contains("The certificate is valid until 2099-01-01, "), "{printed}");
    }
    fs::write(desk.path("none.pem"), "-----BEGIN").expect("it is written");
    let (code, printed) = desk.verify(&["--ca", "none.pem"]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("none.pem holds no certificate; export it as DER or as Base-64"), "{printed}");
}

#[test]
fn what_a_monitor_reads() {
    let desk = Desk::new(FAR, nothing);
    let (code, printed) = desk.verify(&["--json"]);
    let report: Value = serde_json::from_str(&printed).expect("one line of JSON");
    assert_eq!((code, &report["status"], &report["unreached"]), (0, &Value::from(0), &Value::Null));
    assert_eq!(report["certificate"]["until"], "2099-01-01");
    assert!(report["certificate"]["daysLeft"].as_i64().is_some_and(|days| days > 20_000));
    assert_eq!(report["origin"].as_str(), Some(desk.origin().as_str()));
    desk.host.lock().expect("no test has failed").files.remove("/sendvagt/launch.js");
    let (code, printed) = desk.verify(&["--json"]);
    let report: Value = serde_json::from_str(&printed).expect("one line of JSON");
    assert_eq!((code, report["differences"][0]["path"].as_str()), (1, Some("launch.js")), "{printed}");
}

#[test]
fn what_a_host_adds_is_named() {
    let cases: [(&str, Change, &str); 8] = [
        (
            "the wrong value first",
            |_, headers, _| {
                headers.insert(0, ("x-content-type-options".into(), "sniff".into()));
                Vec::new()
            },
            "the header x-content-type-options is sent 2 times, once as \"sniff\"",
        ),
        (
            "another page",
            |_, headers, _| {
                headers.push(("Refresh".into(), "0; url=https://evil.example/".into()));
                Vec::new()
            },
            "and 7 others: the header refresh (0; url=https://evil.example/) loads another page",
        ),
        (
            "a cookie for browsers alone",
            |request, headers, _| {
                if request.headers.contains("chrome") {
                    headers.push(("Set-Cookie".into(), "ARRAffinity=1".into()));
                }
                Vec::new()
            },
            "for a browser, the header set-cookie",
        ),
        ("bytes after the content", |_, _, _| b"HTTP/1.1 200 OK\r\n".to_vec(), "17 bytes follow its content"),
        (
            "an old compressed copy",
            |request, headers, body| {
                if request.path.ends_with("launch.js") && request.headers.contains("accept-encoding: gzip") {
                    headers.push(("Content-Encoding".into(), "gzip".into()));
                    *body = gzip(b"an older launch.js");
                }
                Vec::new()
            },
            "launch.js: for a browser, its content is another when it is compressed (gzip)",
        ),
        (
            "a good compressed copy",
            |request, headers, body| {
                if request.headers.contains("accept-encoding: gzip") {
                    headers.push(("Content-Encoding".into(), "gzip".into()));
                    *body = gzip(body);
                }
                Vec::new()
            },
            "",
        ),
        (
            "other content for everyone but this program",
            |request, _, body| {
                if !request.headers.contains("user-agent: sendvagt/") {
                    body.push(b'!');
                }
                Vec::new()
            },
            "the host or a proxy tells browsers apart",
        ),
        (
            "the list of scripts of another add-in",
            |request, _, body| {
                if request.path.starts_with("/.well-known") {
                    *body = b"{\"allowed\":[\"https://other.example/x.js\"]}".to_vec();
                }
                Vec::new()
            },
            "/.well-known/microsoft-officeaddins-allowed.json: it does not name https://localhost:",
        ),
    ];
    for (name, change, message) in cases {
        let (code, printed) = Desk::new(FAR, change).verify(&[]);
        assert_eq!(code, i32::from(!message.is_empty()), "{name}: {printed}");
        assert!(printed.contains(message), "{name}: {printed}");
        assert!(printed.lines().count() < 8, "{name} is said once: {printed}");
    }
}

#[test]
fn another_site_is_recognised() {
    let desk = Desk::new(FAR, nothing);
    desk.package("paused", &["--pass-through"]);
    desk.package("older", &["--policy", "other.json"]);
    for (served, list, message) in [
        ("paused", "site/integrity.json", "The PAUSED site is here"),
        ("site", "paused/integrity.json", "The site that checks mail is here"),
        ("older", "site/integrity.json", "Another packing is here"),
    ] {
        desk.serve(served);
        let (code, printed) = desk.verify(&["--list", list]);
        assert_eq!(code, 1, "{served}: {printed}");
        assert!(printed.contains(message) && !printed.contains("minifying"), "{served}: {printed}");
    }
    let (code, printed) = desk.run(&["verify", "--folder", "site/www"]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("site") && printed.contains("sendvagt: name that folder"), "{printed}");
    let (code, printed) = desk.run(&["verify", "--folder", "paused/www/sendvagt"]);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("The PAUSED site is here"), "{printed}");
}

#[test]
fn a_host_that_cannot_be_reached_is_said_once() {
    let desk = Desk::new("20200201000000Z", nothing);
    let mistrusted = Desk::new(FAR, nothing);
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port is free").local_addr().expect("it has one").port();
    let plain = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let plain_port = plain.local_addr().expect("it has one").port();
    std::thread::spawn(move || {
        for mut stream in plain.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let at = |host: &str, ca: &str| {
        let list = fs::read_to_string(desk.path("site/integrity.json")).expect("it reads");
        let origin = format!("https://{host}/sendvagt");
        fs::write(desk.path("list.json"), list.replace(&desk.origin(), &origin)).expect("it is written");
        desk.run(&["verify", "--origin", &origin, "--list", "list.json", "--ca", ca])
    };
    fs::copy(mistrusted.path("ca.pem"), desk.path("other.pem")).expect("it is copied");
    let own = format!("localhost:{}", desk.server.port);
    let mistrusted_port = mistrusted.server.port;
    for (name, (code, printed), message) in [
        ("nobody listens", at(&format!("localhost:{closed}"), "ca.pem"), "nothing listens at localhost:"),
        ("no such name", at("sendvagt.invalid", "ca.pem"), "the name of sendvagt.invalid is not known here"),
        ("http", at(&format!("localhost:{plain_port}"), "ca.pem"), "is it http on this port?"),
        ("expired", at(&own, "ca.pem"), "its certificate has expired; renew it"),
        ("another authority", at(&format!("localhost:{mistrusted_port}"), "ca.pem"), "is not trusted here"),
        (
            "another name",
            at(&format!("127.0.0.1:{mistrusted_port}"), "other.pem"),
            "its certificate is for another name",
        ),
    ] {
        assert_eq!(code, 2, "{name}: {printed}");
        assert!(printed.contains(message), "{name}: {printed}");
        assert_eq!(printed.lines().count(), 1, "{name}: {printed}");
    }
}

#[test]
fn all_requests_together_have_one_time_limit() {
    let slow = Desk::with(FAR, |request, host| {
        let (headers, body) = host.files.get(&request.path).expect("it is asked for what is there");
        while !request.path.ends_with("launch.html") {
            std::thread::park();
        }
        answer(headers, body, b"")
    });
    let begun = Instant::now();
    let (code, printed) = slow.verify(&["--timeout", "2"]);
    assert!(begun.elapsed().as_secs() < 15, "it took {:?}", begun.elapsed());
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("takes longer than 2 seconds") && printed.contains("could not be compared"), "{printed}");
}

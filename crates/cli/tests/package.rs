//! Packing and verifying a site, as IT does it.
#![expect(clippy::expect_used, reason = "the helpers of a test fail as loudly as the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use sendvagt_site::package::{Addin, Order, Origin, PackageState, SendMode, pack};
use tempfile::TempDir;

const ORIGIN: &str = "https://addins.example.dk/sendvagt";

/// A folder with a minimal add-in, the real manifest, and a policy.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let page = |script: &str| {
            format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" />\
                 <link href=\"pane.css\" /><script src=\"{script}\"></script>"
            )
        };
        let manifest =
            fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../manifest.xml")).expect("the manifest");
        for (path, text) in [
            ("addin/manifest.xml", manifest.as_str()),
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
            ("bad.json", "{\"mode\":\"hard\",\n\"moed\":1}"),
        ] {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there")
    }

    /// Exit status, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"))
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
    }

    fn package(&self, more: &[&str]) -> (i32, String, String) {
        let usual = ["package", "--policy", "policy.json", "--addin", "addin"];
        let default = [("--origin", ORIGIN), ("--out", "site")];
        let default = default.iter().filter(|(name, _)| !more.contains(name)).flat_map(|(name, value)| [*name, *value]);
        let usual: Vec<&str> = usual.into_iter().chain(default).collect();
        let new = if self.path("sendvagt-state.json").exists() || more.contains(&"--new") {
            [].as_slice()
        } else {
            &["--new"]
        };
        self.run(&[&usual, new, more].concat())
    }

    /// Every file of the output with its content, and the state.
    fn output(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path("site"), &mut files);
        files.extend(fs::read(self.path("sendvagt-state.json")).map(|bytes| (PathBuf::from("state"), bytes)));
        files
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().map_while(Result::ok) {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.insert(entry.path(), fs::read(entry.path()).expect("it reads"));
        }
    }
}

#[test]
fn a_second_add_in_is_never_made_in_silence() {
    let desk = Desk::new();
    let usual = ["package", "--origin", ORIGIN, "--policy", "policy.json", "--out", "site", "--addin", "addin"];
    let run = |more: &[&str]| desk.run(&[&usual, more].concat());
    let (code, _, err) = run(&[]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("this would be a NEW add-in") && err.contains("--new") && err.contains("--manifest"), "{err}");
    assert!(!desk.path("site").exists());
    assert_eq!(run(&["--new"]).0, 0);
    let first = desk.output();
    let (code, _, err) = run(&["--new"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("leave --new"), "{err}");

    // A lost state file is made again from the manifest of the earlier output, or from another one.
    fs::remove_file(desk.path("sendvagt-state.json")).expect("it is removed");
    fs::copy(desk.path("site/manifest.xml"), desk.path("in use.xml")).expect("it is copied");
    let (code, out, _) = run(&[]);
    assert_eq!(code, 0);
    assert!(out.contains("sendvagt-state.json was not there: id and version are those of site"), "{out}");
    assert_eq!(desk.output(), first);
    fs::remove_file(desk.path("sendvagt-state.json")).expect("it is removed");
    fs::remove_dir_all(desk.path("site")).expect("it is removed");
    assert_eq!(run(&["--manifest", "in use.xml"]).0, 0);
    assert_eq!(desk.output(), first);
    fs::remove_file(desk.path("sendvagt-state.json")).expect("it is removed");
    fs::remove_dir_all(desk.path("site")).expect("it is removed");
    let (code, _, err) = run(&["--manifest", "policy.json"]);
    assert_eq!(code, 2);
    assert!(err.contains("policy.json is not a manifest made by"), "{err}");
}

#[test]
fn what_the_user_has_put_into_the_output_is_never_lost() {
    let desk = Desk::new();
    desk.package(&[]);
    fs::write(desk.path("site/www/notes.txt"), "mine").expect("it is written");
    let before = desk.output();
    let (code, _, err) = desk.package(&[]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("www/notes.txt in it was not packed"), "{err}");
    assert_eq!(desk.output(), before);
    fs::remove_file(desk.path("site/www/notes.txt")).expect("it is removed");

    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sendvagt"));
    let arguments = [
        "package",
        "--origin",
        ORIGIN,
        "--policy",
        "../policy.json",
        "--out",
        "../site",
        "--addin",
        "../addin",
        "--state",
        "../sendvagt-state.json",
    ];
    let output = command.current_dir(desk.path("site")).args(arguments).output().expect("it runs");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && err.contains("you are in it"), "{err}");
    let (code, _, err) = desk.package(&["--state", "site/state.json"]);
    assert!(code == 2 && err.contains("keep that elsewhere"), "{err}");
    let (code, _, err) = desk.package(&["--new", "--out", "other", "--state", "none/state.json"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("nothing is packed: the folder none is not there"), "{err}");
    assert!(!desk.path("other").exists());
}

#[test]
fn the_site_says_what_it_is() {
    let desk = Desk::new();
    let (_, out, _) = desk.package(&[]);
    let line = out.lines().find(|line| line.starts_with("Policy id ")).expect("it is printed");
    let id = line.split([' ', ',']).nth(2).expect("an id");
    let page = desk.read("site/www/sendvagt/index.html");
    assert!(page.contains(id) && page.contains("Eksempel Kommune"), "{page}");
    assert!(page.contains("href=\"https://addins.example.dk/sendvagt/support.html\""), "{page}");
    assert_eq!(desk.read("site/www/index.html"), page, "Azure Static Web Apps wants one at the root");
    desk.package(&["--pass-through"]);
    assert!(desk.read("site/www/sendvagt/index.html").contains("sat på pause"));
    let (_, out, _) = desk.package(&["--out", "min mappe"]);
    assert!(out.contains("--list \"min mappe"), "a command to copy: {out}");
    let (_, _, err) = desk.package(&["--origin", "https://addins/sendvagt"]);
    assert!(err.contains("(warning)"), "{err}");
}

fn element<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("<{name}>")).expect("the element begins");
    rest.split_once('<').expect("the element ends").0
}

#[test]
fn a_packaged_site_verifies() {
    let desk = Desk::new();
    let (code, out, err) = desk.package(&[]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("version 0.1.0.0") && out.contains("pilot group"), "{out}");
    assert!(desk.read("site/www/sendvagt/launch.js").contains("Eksempel Kommune"));
    let manifest = desk.read("site/manifest.xml");
    assert!(manifest.contains("https://addins.example.dk/sendvagt/launch.js") && !manifest.contains("localhost"));
    assert!(!manifest.contains("5c1b8f0e-3f0a-4d51-9a4e-7d2f6b9a0c41"), "an id of its own");

    let (code, out, _) = desk.run(&["verify", "--folder", "site/www/sendvagt"]);
    assert_eq!((code, out.as_str()), (0, "All 8 files are as packed.\n"));
    fs::write(desk.path("site/www/sendvagt/launch.js"), "changed").expect("it is written");
    fs::remove_file(desk.path("site/www/sendvagt/pane.html")).expect("it is removed");
    let (code, out, _) = desk.run(&["verify", "--folder", "site/www/sendvagt"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("launch.js: its content differs") && out.contains("pane.html: it is missing; copy it too"),
        "{out}"
    );
}

#[test]
fn packaging_again_gives_the_same_bytes_and_needs_no_new_manifest() {
    let desk = Desk::new();
    desk.package(&[]);
    let first = desk.output();
    let (_, out, _) = desk.package(&[]);
    assert!(out.contains("nothing to do in the admin center"), "{out}");
    assert_eq!(desk.output(), first);
}

#[test]
fn the_id_stays_when_the_manifest_changes() {
    let desk = Desk::new();
    desk.package(&[]);
    let first = desk.read("site/manifest.xml");
    let (_, out, _) = desk.package(&["--send-mode", "block"]);
    assert!(out.contains("The manifest has changed") && out.contains("version 0.1.0.1"), "{out}");
    let second = desk.read("site/manifest.xml");
    assert_eq!(element(&first, "Id"), element(&second, "Id"));
    assert_eq!((element(&first, "Version"), element(&second, "Version")), ("0.1.0.0", "0.1.0.1"));
    assert_eq!(second.matches("SendMode=\"Block\"").count(), 2);
}

#[test]
fn the_pass_through_site_needs_no_new_manifest() {
    let desk = Desk::new();
    desk.package(&[]);
    let host = || {
        ["site/nginx.conf", "site/www/sendvagt/web.config", "site/www/staticwebapp.config.json"]
            .map(|name| desk.read(name))
    };
    let before = host();
    let (code, out, _) = desk.package(&["--pass-through"]);
    assert_eq!(code, 0);
    // The headers once depended on the pages, so that the pass-through site needed other settings of the web server.
    assert_eq!(host(), before, "only files are replaced");
    // The steps once came first, and said to put this site on the host.
    let said: Vec<&str> = out.lines().map(|line| line.get(..27).unwrap_or(line)).collect();
    assert_eq!(said.get(2..4), Some(&["This site lets ALL MAIL PAS", "1. Copy the content of site"][..]), "{out}");
    assert!(out.contains("nothing to do in the admin center"), "{out}");
    assert_eq!(desk.read("site/www/sendvagt/launch.js"), "pass()");
    desk.package(&[]);
    assert!(desk.read("site/www/sendvagt/launch.js").contains("Eksempel Kommune"), "and back again");
}

#[test]
fn an_error_is_reported_and_nothing_is_half_written() {
    let desk = Desk::new();
    desk.package(&[]);
    let before = desk.output();
    fs::create_dir(desk.path("photos")).expect("a folder");
    fs::write(desk.path("photos/summer.png"), "png").expect("a file");
    fs::write(desk.path("broken.json"), "{").expect("a file");
    let package = |origin: &str, policy: &str, out: &str, more: &[&str]| {
        let usual = ["package", "--origin", origin, "--policy", policy, "--out", out, "--addin", "addin"];
        desk.run(&[&usual, more].concat())
    };
    for (name, (code, _, err), message) in [
        ("http", package("http://addins.example.dk", "policy.json", "site", &[]), "over https only"),
        ("no address", package("addins.example.dk", "policy.json", "site", &[]), "must begin with https"),
        ("a policy with errors", package(ORIGIN, "bad.json", "site", &[]), "2:1: moed:"),
        ("no policy", package(ORIGIN, "none.json", "site", &[]), "none.json cannot be read"),
        (
            "a folder of something else",
            package(ORIGIN, "policy.json", "photos", &[]),
            "something other than an earlier output",
        ),
        ("a file in the way", package(ORIGIN, "policy.json", "policy.json", &[]), "not a folder that can be written"),
        ("a file above", package(ORIGIN, "policy.json", "policy.json/site", &[]), "policy.json/site"),
        ("a damaged state", package(ORIGIN, "policy.json", "site", &["--state", "broken.json"]), "not a state file of"),
        (
            "a folder without an add-in",
            desk.run(&["package", "--origin", ORIGIN, "--policy", "policy.json", "--out", "site", "--addin", "photos"]),
            "build it again",
        ),
        ("no list", desk.run(&["verify", "--folder", "site/www", "--list", "none.json"]), "none.json cannot be read"),
        (
            "a file that is not a list",
            desk.run(&["verify", "--folder", "site/www", "--list", "policy.json"]),
            "not a list made by",
        ),
        (
            "the list of another site",
            desk.run(&["verify", "--origin", "https://other.example", "--list", "site/integrity.json"]),
            "not for https://other.example",
        ),
    ] {
        assert_eq!(code, 2, "{name}: {err}");
        assert!(err.contains(message), "{name}: {err}");
        assert_eq!(desk.output(), before, "{name}: the output is as before");
    }
    assert_eq!(fs::read_dir(desk.path("photos")).expect("it reads").count(), 1);
    let left: Vec<_> = fs::read_dir(desk.folder.path()).expect("it reads").map_while(Result::ok).collect();
    assert!(!left.iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".sendvagt")), "no leftovers");
}

/// A full disk: a small tmpfs, where the test may mount one.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_what_was_there() {
    let desk = Desk::new();
    let small = desk.path("small");
    fs::create_dir(&small).expect("a folder");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=128k", "none"])
        .arg(&small)
        .stderr(std::process::Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        // Mounting needs privileges that a test may lack.
        return;
    }
    let package = |out: &str| {
        desk.run(&["package", "--origin", ORIGIN, "--policy", "policy.json", "--out", out, "--addin", "addin"])
    };
    desk.package(&[]);
    let first = package("small/site");
    let mut before = BTreeMap::new();
    collect(&small, &mut before);
    fs::write(desk.path("addin/pane.css"), "p{}".repeat(40_000)).expect("a file");
    let second = package("small/site");
    let mut after = BTreeMap::new();
    collect(&small, &mut after);
    let unmounted = std::process::Command::new("umount").arg(&small).status();
    assert_eq!((first.0, second.0), (0, 2), "{} {}", first.2, second.2);
    assert!(second.2.contains("cannot be written and is unchanged"), "{}", second.2);
    assert_eq!(after, before);
    assert!(unmounted.is_ok_and(|status| status.success()));
}

/// The workshop packs in a browser by the same function, and has no program beside it to compare itself with.
#[test]
fn the_program_writes_what_the_pure_function_makes_and_nothing_else() {
    let desk = Desk::new();
    let addin = Addin::from_folder(&desk.path("addin")).expect("the add-in reads");
    let origin: Origin = ORIGIN.parse().expect("an origin");
    let policy = sendvagt_site::policy::parse(&desk.read("policy.json")).expect("a policy");
    for (pass_through, more) in [(false, [].as_slice()), (true, ["--pass-through"].as_slice())] {
        desk.package(more);
        let written = desk.output();
        let state = written.get(Path::new("state")).expect("the state is written");
        let last = PackageState::parse(state).expect("the state reads");
        let order = Order { origin: &origin, policy: &policy, send_mode: SendMode::SoftBlock, pass_through };
        let site = pack(&addin, &order, Some(&last), "another id").expect("it packs");
        let made = site.files.into_iter().map(|(path, bytes)| (desk.path("site").join(path), bytes));
        let made = made.chain([("state".into(), site.state.to_json().into_bytes())]).collect();
        assert_eq!(written, made, "pass through: {pass_through}");
        let first = pack(&addin, &order, None, last.id()).expect("it packs");
        assert_eq!(first.state, last, "without a last state");
    }
}

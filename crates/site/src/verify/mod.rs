//! Compares what a host serves with what was packed.
//!
//! | what | module |
//! | --- | --- |
//! | ask a host, as this program and as a browser | `probe` |
//! | until when its certificate is valid | `certificate` |
//!
//! Invariants: a host that cannot be reached is said once. All requests together take no longer than the time allowed.

mod certificate;
mod probe;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

use flate2::read::MultiGzDecoder;
use serde::Serialize;

use crate::SiteError;
use crate::compared::{Fault, LAUNCH, Served, compare_files, recognised};
use crate::package::{INTEGRITY_FILE, IntegrityList, Origin, ServedFile, WELL_KNOWN, sha256};
use probe::{Answer, Client, Probe, Silence};

pub use certificate::Certificate;

/// How many files are asked for side by side.
const SIDE_BY_SIDE: usize = 6;

/// The encodings of content that browsers take and hosts keep ready beside the files.
const ENCODINGS: [&str; 2] = ["gzip", "br"];

/// Headers that change what a page does, or tell others of it, with what to do.
const UNWANTED: [(&str, &str); 14] = [
    ("refresh", "loads another page"),
    ("content-disposition", "may make a browser save the file instead of using it"),
    ("clear-site-data", "deletes what the site has stored"),
    ("set-cookie", "sets a cookie, such as for session affinity; the add-in needs none"),
    ("www-authenticate", "asks for a login"),
    ("content-location", "names another address"),
    ("service-worker-allowed", "lets a script answer for other addresses"),
    ("cross-origin-embedder-policy", "keeps office.js from loading"),
    ("cross-origin-opener-policy", "cuts the add-in's dialogs from it"),
    ("cross-origin-resource-policy", "may keep Outlook from loading the file"),
    ("content-security-policy-report-only", "has browsers report to others"),
    ("report-to", "has browsers report to others"),
    ("reporting-endpoints", "has browsers report to others"),
    ("nel", "has browsers report to others"),
];

/// Where to look for the files of a site.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A host.
    Host {
        /// Where the site is served.
        origin: &'a Origin,
        /// Certificate authorities to trust instead of those of the system, in PEM or DER.
        ca: Option<&'a Path>,
        /// How long all requests together may take.
        limit: Duration,
    },
    /// A folder, before it is copied to a host. It has no headers.
    Folder(&'a Path),
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many files were to be compared.
    pub files: usize,
    /// Why the host could not be reached. Nothing was compared then.
    pub unreached: Option<String>,
    /// Which other site is served, where it is known.
    pub served: Option<Served>,
    /// What differs, in the order of the files.
    pub differences: Vec<Difference>,
    /// The files that could not be fetched in time.
    pub unread: Vec<Difference>,
    /// The certificate of the host.
    pub certificate: Option<Certificate>,
}

/// What differs, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The file, by its path below the origin; from the root of the host with a slash before it.
    pub path: String,
    /// What is wrong with it.
    pub what: String,
    #[serde(skip)]
    kind: Kind,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The file is missing or has other content, as it would be in another packing.
    Content,
    Other,
}

impl Report {
    /// Is everything as packed, as far as it could be looked at?
    #[must_use]
    pub fn is_as_packed(&self) -> bool {
        self.differences.is_empty() && self.served.is_none()
    }

    /// Could something not be looked at?
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.unreached.is_some() || !self.unread.is_empty()
    }
}

/// Reads the list of what was packed.
///
/// # Errors
///
/// When the file cannot be read, or is not such a list.
pub fn read_list(path: &Path) -> Result<IntegrityList, SiteError> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        SiteError::new(format!(
            "{shown} cannot be read: {error}. Name the {INTEGRITY_FILE} of the packed site with --list"
        ))
    })?;
    IntegrityList::parse(&bytes)
        .map_err(|error| SiteError::new(format!("{shown} is not a list made by `sendvagt package`: {error}")))
}

/// Compares each file of the list with the one found.
///
/// # Errors
///
/// When the folder or the certificate authorities cannot be read. A host that cannot be reached is no error.
pub fn compare(list: &IntegrityList, source: Source<'_>) -> Result<Report, SiteError> {
    match source {
        Source::Host { origin, ca, limit } => {
            let probe = Probe::new(origin.host().trim_start_matches("https://").to_owned(), ca, limit)?;
            Ok(compare_host(list, origin, &probe))
        }
        Source::Folder(folder) => compare_folder(list, folder),
    }
}

fn compare_folder(list: &IntegrityList, folder: &Path) -> Result<Report, SiteError> {
    let shown = folder.display();
    if !folder.is_dir() {
        return Err(SiteError::new(format!("--folder {shown} is not a folder")));
    }
    let below = list.origin.parse::<Origin>().map(|origin| folder.join(origin.folder()));
    if let Ok(below) = below.as_deref().map(|below| below.components().as_path())
        && !folder.join(LAUNCH).exists()
        && below != folder
        && below.join(LAUNCH).exists()
    {
        return Err(SiteError::new(format!(
            "--folder {shown} is the root of the host; the files are in {}: name that folder",
            below.display()
        )));
    }
    let found = compare_files(list, |path| {
        fs::read(folder.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Fault::Missing,
            _ => Fault::Unreadable(error.to_string()),
        })
    });
    let differences =
        found.faults.into_iter().map(|(path, fault)| Difference { path, what: fault.said().en, kind: Kind::Content });
    Ok(Report { files: found.files, served: found.served, differences: differences.collect(), ..Report::default() })
}

fn compare_host(list: &IntegrityList, origin: &Origin, probe: &Probe) -> Report {
    let files: Vec<(&String, &ServedFile)> = list.files.iter().collect();
    let mut report = Report { files: files.len(), ..Report::default() };
    // The first answer tells whether there is a host at all, and which site it serves.
    let page = match probe.get(&origin.url(LAUNCH), Client::Program) {
        Err(Silence::Host(why)) => return Report { unreached: Some(why), ..report },
        Err(Silence::File(_)) => None,
        Ok(answer) => Some(answer),
    };
    let found: Vec<Mutex<Outcome>> = files.iter().map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE.min(files.len()) {
            scope.spawn(|| {
                while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed))
                    && let (Some((path, expected)), Some(place)) = (files.get(at), found.get(at))
                {
                    let outcome = compare_file(probe, &origin.url(path), path, expected);
                    if let Ok(mut place) = place.lock() {
                        *place = outcome;
                    }
                }
            });
        }
    });
    for ((path, _), outcome) in files.iter().zip(found) {
        match outcome.into_inner().unwrap_or_default() {
            Outcome::Compared(differences) => report.differences.extend(differences),
            Outcome::Unread(what) => {
                report.unread.push(Difference { path: (*path).clone(), what, kind: Kind::Other });
            }
        }
    }
    report.check_well_known(origin, probe);
    if let Some(page) = page {
        report.recognise(list, &page.body);
    }
    report.certificate = probe.certificate().and_then(|der| Certificate::read(&der, SystemTime::now()));
    report
}

enum Outcome {
    Compared(Vec<Difference>),
    Unread(String),
}

impl Default for Outcome {
    fn default() -> Self {
        Self::Unread("it was not looked at".to_owned())
    }
}

/// Fetches a file as this program and, if that one is as packed, as browsers do.
fn compare_file(probe: &Probe, url: &str, path: &str, expected: &ServedFile) -> Outcome {
    let answer = match probe.get(url, Client::Program) {
        Ok(answer) => answer,
        Err(Silence::Host(why)) => return Outcome::Unread(why),
        Err(Silence::File(what)) => return Outcome::Compared(vec![difference(path, what)]),
    };
    let mut differences = differences(path, expected, &answer);
    if differences.iter().any(|difference| difference.kind == Kind::Content) {
        return Outcome::Compared(differences);
    }
    for encoding in ENCODINGS {
        match probe.get(url, Client::Browser(encoding)) {
            Ok(answer) => differences.extend(browser_differences(path, expected, answer, encoding)),
            Err(Silence::Host(why)) => return Outcome::Unread(why),
            Err(Silence::File(what)) => differences.push(difference(path, format!("for a browser, {what}"))),
        }
    }
    // What is wrong with every answer is said once.
    let mut said = std::collections::BTreeSet::new();
    differences.retain(|difference| said.insert(difference.what.trim_start_matches(FOR_BROWSERS).to_owned()));
    Outcome::Compared(differences)
}

const FOR_BROWSERS: &str = "for a browser, ";

fn difference(path: &str, what: impl Into<String>) -> Difference {
    Difference { path: path.to_owned(), what: what.into(), kind: Kind::Other }
}

fn content_difference(path: &str, expected: &ServedFile, bytes: &[u8]) -> Option<Difference> {
    (sha256(bytes) != expected.sha256).then(|| Difference {
        path: path.to_owned(),
        what: Fault::Content { bytes: bytes.len(), packed: expected.bytes }.said().en,
        kind: Kind::Content,
    })
}

/// Each difference between a file and the one expected, and what to do about it.
fn differences(path: &str, expected: &ServedFile, answer: &Answer) -> Vec<Difference> {
    if let Some(what) = status_difference(answer.status) {
        return vec![Difference { path: path.to_owned(), what, kind: Kind::Content }];
    }
    let mut all: Vec<Difference> = content_difference(path, expected, &answer.body).into_iter().collect();
    for encoding in answer.values("content-encoding").into_iter().filter(|encoding| *encoding != "identity") {
        all.push(difference(path, format!("its content is encoded ({encoding}) for a client that did not ask for it")));
    }
    all.extend(header_differences(path, expected, answer).into_iter().map(|what| difference(path, what)));
    if answer.after > 0 {
        all.push(difference(path, format!("{} bytes follow its content; what adds them?", answer.after)));
    }
    all
}

fn status_difference(status: u16) -> Option<String> {
    match status {
        200 => None,
        300..400 => Some("the host redirects the request; serve the file at this address, without a login".into()),
        _ => Some(format!("the host answers {status}; copy the file there and let everyone read it")),
    }
}

/// The differences that only browsers see.
fn browser_differences(path: &str, expected: &ServedFile, mut answer: Answer, encoding: &str) -> Vec<Difference> {
    if let Some(what) = status_difference(answer.status) {
        return vec![difference(path, format!("{FOR_BROWSERS}{what}"))];
    }
    let headers = header_differences(path, expected, &answer);
    let mut all: Vec<_> = headers.into_iter().map(|what| difference(path, format!("{FOR_BROWSERS}{what}"))).collect();
    let used = answer.values("content-encoding").join(", ");
    let decoded = match used.as_str() {
        "" | "identity" => Some(std::mem::take(&mut answer.body)),
        "gzip" => decoded(MultiGzDecoder::new(answer.body.as_slice())),
        "br" => decoded(brotli_decompressor::Decompressor::new(answer.body.as_slice(), 4096)),
        _ => None,
    };
    let what = match decoded {
        Some(bytes) if sha256(&bytes) == expected.sha256 => return all,
        Some(_) if used.is_empty() => {
            format!("{FOR_BROWSERS}its content is another; the host or a proxy tells browsers apart")
        }
        Some(_) => format!(
            "{FOR_BROWSERS}its content is another when it is compressed ({used}); delete or renew the compressed copy \
             beside the file, or switch off what compresses it"
        ),
        None => format!("{FOR_BROWSERS}its content cannot be decompressed ({used}; asked for was {encoding})"),
    };
    all.push(difference(path, what));
    all
}

fn decoded(mut reader: impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    (&mut reader).take(probe::LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn header_differences(path: &str, expected: &ServedFile, answer: &Answer) -> Vec<String> {
    let mut all = Vec::new();
    for (name, wanted) in &expected.headers {
        let values = answer.values(name);
        let is_wrong = |value: &&&str| !is_same(name, value, wanted);
        if values.is_empty() {
            all.push(format!("the header {name} is missing; it must be \"{wanted}\", as in the packed host settings"));
        } else if let Some(value) = values.iter().find(is_wrong) {
            let one_of =
                if values.len() > 1 { format!("is sent {} times, once as", values.len()) } else { "is".into() };
            all.push(format!(
                "the header {name} {one_of} \"{value}\"; it must be \"{wanted}\", as in the packed host settings"
            ));
        }
    }
    let policies = answer.values("content-security-policy");
    let forbids_framing = !answer.values("x-frame-options").is_empty()
        || (path.ends_with(".html") && policies.iter().any(|policy| policy.contains("frame-ancestors")));
    if forbids_framing {
        all.push(
            "the host forbids framing (X-Frame-Options or frame-ancestors); Outlook shows the add-in in a frame".into(),
        );
    }
    for (name, does) in UNWANTED {
        if let Some(value) = answer.values(name).first() {
            let value: String = value.chars().take(80).collect();
            all.push(format!("the header {name} ({value}) {does}; have the host leave it out"));
        }
    }
    all
}

/// Do two values of a header mean the same? Case and spaces do not matter in the headers that are compared.
fn is_same(name: &str, value: &str, wanted: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().split_whitespace().collect::<String>();
    match name {
        // A host may use the older name of JavaScript.
        "content-type" => plain(value).replace("application/javascript", "text/javascript") == plain(wanted),
        _ => plain(value) == plain(wanted),
    }
}

impl Report {
    /// Looks for the script of classic Outlook in the list at the root of the host, which other add-ins may share.
    fn check_well_known(&mut self, origin: &Origin, probe: &Probe) {
        let path = format!("/{WELL_KNOWN}");
        let what = match probe.get(&format!("{}{path}", origin.host()), Client::Program) {
            Err(Silence::Host(what)) => return self.unread.push(difference(&path, what)),
            Err(Silence::File(what)) => Some(what),
            Ok(answer) => match answer.status {
                200 => (!allows(&answer.body, &origin.url("launch.js"))).then(|| {
                    format!("it does not name {}; copy it again, or add that to its list", origin.url("launch.js"))
                }),
                404 => Some("the host answers 404; copy the folder .well-known too, which many tools skip".into()),
                status => status_difference(status),
            },
        };
        self.differences.extend(what.map(|what| difference(&path, what)));
    }

    /// Tells by its first page which site is served. What differs for that reason is not named file by file.
    fn recognise(&mut self, list: &IntegrityList, page: &[u8]) {
        self.served = recognised(list, page);
        if self.served.is_some() {
            self.differences.retain(|difference| difference.kind != Kind::Content);
        }
    }
}

/// Does a list of allowed scripts have this one?
fn allows(list: &[u8], script: &str) -> bool {
    let list: Option<BTreeMap<String, Vec<String>>> = serde_json::from_slice(without_mark(list)).ok();
    list.and_then(|mut list| list.remove("allowed"))
        .is_some_and(|allowed| allowed.iter().any(|one| one.eq_ignore_ascii_case(script)))
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Write;

    use super::{Answer, Kind, ServedFile, allows, browser_differences, differences, is_same};
    use crate::package::sha256;

    const KIND: (&str, &str) = ("content-type", "text/html;charset=UTF-8");

    fn expected() -> ServedFile {
        let headers = BTreeMap::from([("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]);
        ServedFile { sha256: sha256(b"page"), bytes: 4, headers }
    }

    fn answer(body: &[u8], headers: &[(&str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Answer { status: 200, headers: headers.collect(), body: body.to_vec(), after: 0 }
    }

    fn holds(name: &str, reported: &[super::Difference], message: &str) {
        let all: Vec<&str> = reported.iter().map(|difference| difference.what.as_str()).collect();
        let all = all.join("\n");
        assert!(if message.is_empty() { all.is_empty() } else { all.contains(message) }, "{name}: {all}");
    }

    #[test]
    fn each_difference_is_reported() {
        let with = |name, value| answer(b"page", &[KIND, (name, value)]);
        for (name, answer, message) in [
            ("as packed", answer(b"page", &[KIND]), ""),
            ("other content", answer(b"pages", &[KIND]), "content differs (5 bytes instead of 4)"),
            ("no header", answer(b"page", &[]), "content-type is missing"),
            ("another header", answer(b"page", &[("content-type", "text/plain")]), "is \"text/plain\""),
            // Only the last value was looked at.
            (
                "twice, the wrong one first",
                answer(b"page", &[("content-type", "text/plain"), KIND]),
                "2 times, once as",
            ),
            ("twice the same", answer(b"page", &[KIND, KIND]), ""),
            ("no framing", with("x-frame-options", "DENY"), "forbids framing"),
            ("no framing by policy", with("content-security-policy", "frame-ancestors 'none'"), "forbids framing"),
            ("another page", with("refresh", "0; url=https://evil.example"), "loads another page"),
            ("a download", with("content-disposition", "attachment"), "save the file"),
            ("storage", with("clear-site-data", "\"*\""), "deletes"),
            ("a cookie", with("set-cookie", "ARRAffinity=1"), "sets a cookie"),
            ("encoded unasked", with("content-encoding", "gzip"), "did not ask for it"),
            ("bytes after", Answer { after: 3, ..answer(b"page", &[KIND]) }, "3 bytes follow"),
            ("missing", Answer { status: 404, ..answer(b"", &[]) }, "answers 404"),
            ("a login", Answer { status: 302, ..answer(b"", &[]) }, "redirects"),
        ] {
            holds(name, &differences("pane.html", &expected(), &answer), message);
        }
        assert!(is_same("content-type", "application/javascript; charset=utf-8", "text/javascript; charset=utf-8"));
    }

    #[test]
    fn what_browsers_get_is_compared_too() {
        let gzip = |bytes: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(bytes).unwrap();
            packed.finish().unwrap()
        };
        let [page, old] = [b"\x8b\x01\x80page\x03".as_slice(), b"\x0b\x01\x80old\x03"];
        let encoded = |body: &[u8], encoding| answer(body, &[KIND, ("content-encoding", encoding)]);
        for (name, answer, message) in [
            ("gzip", encoded(&gzip(b"page"), "gzip"), ""),
            ("an old copy", encoded(&gzip(b"old"), "gzip"), "when it is compressed (gzip)"),
            ("not compressed", answer(b"page", &[KIND]), ""),
            ("told apart", answer(b"for Edge", &[KIND]), "tells browsers apart"),
            ("damaged", encoded(b"page", "gzip"), "cannot be decompressed"),
            ("brotli", encoded(page, "br"), ""),
            ("an old copy in brotli", encoded(old, "br"), "when it is compressed (br)"),
            ("of another kind", encoded(b"page", "zstd"), "cannot be decompressed (zstd"),
            ("a cookie", answer(b"page", &[KIND, ("set-cookie", "a=b")]), "for a browser, the header set-cookie"),
        ] {
            holds(name, &browser_differences("pane.html", &expected(), answer, "gzip"), message);
        }
    }

    #[test]
    fn only_content_tells_another_packing() {
        let all = differences("pane.html", &expected(), &answer(b"pages", &[]));
        assert_eq!(all.iter().filter(|difference| difference.kind == Kind::Content).count(), 1);
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn the_list_of_scripts_may_name_others_too() {
        let script = "https://a.example/launch.js";
        assert!(allows(
            b"\xef\xbb\xbf{\"allowed\":[\"https://b.example/x.js\",\"https://A.example/launch.js\"]}",
            script
        ));
        for list in ["", "{}", "{\"allowed\":[]}", "<html>"] {
            assert!(!allows(list.as_bytes(), script), "{list}");
        }
    }
}

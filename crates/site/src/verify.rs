//! Compares what a host serves with what was packed.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{fs, str};

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::SiteError;
use crate::package::{INTEGRITY_FILE, IntegrityList, Origin, ServedFile, sha256};

/// The largest file that is read from a host, in bytes. The files of a site are far smaller.
const LARGEST: u64 = 32 << 20;

/// Where to look for the files of a site.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A host.
    Host {
        /// Where the site is served.
        origin: &'a Origin,
        /// A certificate authority to trust besides those of the system, in PEM.
        ca: Option<&'a Path>,
    },
    /// A folder, before it is copied to a host. It has no headers.
    Folder(&'a Path),
}

/// A file as it was found.
struct Found {
    bytes: Vec<u8>,
    /// The headers, by their names in lower case; `None` from a folder, which has none.
    headers: Option<BTreeMap<String, String>>,
}

/// Reads the list of what was packed.
///
/// # Errors
///
/// When the file cannot be read, or is not such a list.
pub fn read_list(path: &Path) -> Result<IntegrityList, SiteError> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        SiteError::new(format!(
            "{shown} cannot be read: {error}. Name the {INTEGRITY_FILE} of the packed site with --list"
        ))
    })?;
    serde_json::from_str(&text)
        .map_err(|error| SiteError::new(format!("{shown} is not a list made by `sendvagt package`: {error}")))
}

/// Compares each file of the list with the one found, and passes each difference to `report`, with the path of the file and
/// what to do about it. Returns how many files differ.
///
/// # Errors
///
/// When the source cannot be read at all, or the error that `report` returns.
pub fn compare<E: From<SiteError>>(
    list: &IntegrityList,
    source: Source<'_>,
    mut report: impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<usize, E> {
    let reader = Reader::new(source)?;
    let mut differing = 0;
    for (path, expected) in &list.files {
        let found = reader.read(path);
        let differences = found.map_or_else(|error| vec![error], |found| differences(path, expected, &found));
        differing += usize::from(!differences.is_empty());
        for difference in differences {
            report(path, &difference)?;
        }
    }
    Ok(differing)
}

/// Reads the files from a source.
enum Reader<'a> {
    Host(Agent, &'a Origin),
    Folder(&'a Path),
}

impl<'a> Reader<'a> {
    fn new(source: Source<'a>) -> Result<Self, SiteError> {
        match source {
            Source::Host { origin, ca } => Ok(Self::Host(agent(ca)?, origin)),
            Source::Folder(folder) if folder.is_dir() => Ok(Self::Folder(folder)),
            Source::Folder(folder) => Err(SiteError::new(format!("--folder {} is not a folder", folder.display()))),
        }
    }

    fn read(&self, path: &str) -> Result<Found, String> {
        match self {
            Self::Host(agent, origin) => fetch(agent, &origin.url(path)),
            Self::Folder(folder) => {
                let bytes = fs::read(folder.join(path)).map_err(|error| format!("it cannot be read: {error}"))?;
                Ok(Found { bytes, headers: None })
            }
        }
    }
}

fn agent(ca: Option<&Path>) -> Result<Agent, SiteError> {
    let roots = match ca {
        None => RootCerts::PlatformVerifier,
        Some(path) => {
            let pem = fs::read(path)
                .map_err(|error| SiteError::new(format!("--ca {} cannot be read: {error}", path.display())))?;
            let certificate = ureq::tls::Certificate::from_pem(&pem).map_err(|error| {
                SiteError::new(format!("--ca {} does not contain a certificate: {error}", path.display()))
            })?;
            RootCerts::new_with_certs(&[certificate.to_owned()])
        }
    };
    let tls = TlsConfig::builder().root_certs(roots).build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        // A redirected file is not where the manifest says.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build();
    Ok(config.into())
}

fn fetch(agent: &Agent, url: &str) -> Result<Found, String> {
    let mut response = agent.get(url).call().map_err(|error| format!("the host cannot be reached: {error}"))?;
    let status = response.status();
    if status.is_redirection() {
        return Err("the host redirects the request; serve the file at this address, without a login".into());
    }
    if status != 200 {
        return Err(format!("the host answers {status}; copy the file there and let everyone read it"));
    }
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let headers = Some(headers.collect());
    let body = response.body_mut().with_config().limit(LARGEST).read_to_vec();
    Ok(Found { bytes: body.map_err(|error| format!("its content cannot be read: {error}"))?, headers })
}

/// Each difference between a file and the one expected, and what to do about it.
fn differences(path: &str, expected: &ServedFile, found: &Found) -> Vec<String> {
    let mut differences = Vec::new();
    if sha256(&found.bytes) != expected.sha256 {
        differences.push(format!(
            "its content differs ({} bytes instead of {}); copy it again, without minifying or rewriting it",
            found.bytes.len(),
            expected.bytes
        ));
    }
    let Some(headers) = &found.headers else { return differences };
    for (name, wanted) in &expected.headers {
        let value = headers.get(name).map(String::as_str);
        if !value.is_some_and(|value| is_same(name, value, wanted)) {
            let now = value.map_or("is missing".to_owned(), |value| format!("is \"{value}\""));
            differences
                .push(format!("the header {name} {now}; it must be \"{wanted}\", as in the packed host settings"));
        }
    }
    let forbids_framing = headers.get("x-frame-options").is_some()
        || (path.ends_with(".html")
            && headers.get("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors")));
    if forbids_framing {
        differences.push(
            "the host forbids framing (X-Frame-Options or frame-ancestors); Outlook shows the add-in in a frame".into(),
        );
    }
    differences
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Found, ServedFile, differences, is_same};
    use crate::package::sha256;

    fn expected() -> ServedFile {
        let headers = BTreeMap::from([("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]);
        ServedFile { sha256: sha256(b"page"), bytes: 4, headers }
    }

    fn found(bytes: &[u8], headers: &[(&str, &str)]) -> Found {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Found { bytes: bytes.to_vec(), headers: Some(headers.collect()) }
    }

    #[test]
    fn each_difference_is_reported() {
        let kind = ("content-type", "text/html;charset=UTF-8");
        let cases = [
            ("as packed", found(b"page", &[kind]), ""),
            ("other content", found(b"pages", &[kind]), "content differs (5 bytes instead of 4)"),
            ("no header", found(b"page", &[]), "content-type is missing"),
            ("another header", found(b"page", &[("content-type", "text/plain")]), "is \"text/plain\""),
            ("no framing", found(b"page", &[kind, ("x-frame-options", "DENY")]), "forbids framing"),
            (
                "no framing by policy",
                found(b"page", &[kind, ("content-security-policy", "frame-ancestors 'none'")]),
                "forbids framing",
            ),
        ];
        for (name, found, message) in cases {
            let reported = differences("pane.html", &expected(), &found).join("\n");
            assert!(
                if message.is_empty() { reported.is_empty() } else { reported.contains(message) },
                "{name}: {reported}"
            );
        }
        assert_eq!(
            differences("pane.html", &expected(), &Found { bytes: b"page".to_vec(), headers: None }),
            Vec::<String>::new()
        );
        assert!(is_same("content-type", "application/javascript; charset=utf-8", "text/javascript; charset=utf-8"));
    }
}

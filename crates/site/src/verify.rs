//! Is what a host serves what was packed?

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{fs, str};

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::SiteError;
use crate::package::{LIST_NAME, List, Origin, Served, sha256};

/// The largest file that is read from a host, in bytes: none of a site's comes near.
const LARGEST: u64 = 32 << 20;

/// Where the files of a site are got from.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// A host.
    Host {
        /// Where the site lies.
        origin: &'a Origin,
        /// A certificate authority to trust beside those of the system, in PEM.
        ca: Option<&'a Path>,
    },
    /// A folder, before it is laid on a host. It has no headers.
    Folder(&'a Path),
}

/// What was got for a file.
struct Got {
    bytes: Vec<u8>,
    /// By their names in small letters; `None` from a folder, which has none.
    headers: Option<BTreeMap<String, String>>,
}

/// Reads the list of what was packed.
///
/// # Errors
///
/// When the file cannot be read, or is no such list.
pub fn read_list(path: &Path) -> Result<List, SiteError> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        SiteError::new(format!("{shown} cannot be read: {error}. Name the {LIST_NAME} of the packing with --list"))
    })?;
    serde_json::from_str(&text)
        .map_err(|error| SiteError::new(format!("{shown} is no list of `sendvagt package`: {error}")))
}

/// Compares each file of the list with what is in its place, and hands each difference to `report` with the file's path
/// and what to do about it. Returns how many files differ.
///
/// # Errors
///
/// When the place cannot be asked at all; or what `report` returns.
pub fn compare<E: From<SiteError>>(
    list: &List,
    place: Place<'_>,
    mut report: impl FnMut(&str, &str) -> Result<(), E>,
) -> Result<usize, E> {
    let source = Source::new(place)?;
    let mut differing = 0;
    for (path, served) in &list.files {
        let faults = source.get(path).map_or_else(|fault| vec![fault], |got| faults(path, served, &got));
        differing += usize::from(!faults.is_empty());
        for fault in faults {
            report(path, &fault)?;
        }
    }
    Ok(differing)
}

/// A place, ready to be asked.
enum Source<'a> {
    Host(Agent, &'a Origin),
    Folder(&'a Path),
}

impl<'a> Source<'a> {
    fn new(place: Place<'a>) -> Result<Self, SiteError> {
        match place {
            Place::Host { origin, ca } => Ok(Self::Host(agent(ca)?, origin)),
            Place::Folder(folder) if folder.is_dir() => Ok(Self::Folder(folder)),
            Place::Folder(folder) => Err(SiteError::new(format!("--folder {} is no folder", folder.display()))),
        }
    }

    fn get(&self, path: &str) -> Result<Got, String> {
        match self {
            Self::Host(agent, origin) => fetch(agent, &origin.of(path)),
            Self::Folder(folder) => {
                let bytes = fs::read(folder.join(path)).map_err(|error| format!("it cannot be read: {error}"))?;
                Ok(Got { bytes, headers: None })
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
            let certificate = ureq::tls::Certificate::from_pem(&pem)
                .map_err(|error| SiteError::new(format!("--ca {} holds no certificate: {error}", path.display())))?;
            RootCerts::new_with_certs(&[certificate.to_owned()])
        }
    };
    let tls = TlsConfig::builder().root_certs(roots).build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        // A file that is found elsewhere is not where the manifest says.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build();
    Ok(config.into())
}

fn fetch(agent: &Agent, url: &str) -> Result<Got, String> {
    let mut response = agent.get(url).call().map_err(|error| format!("the host cannot be asked: {error}"))?;
    let status = response.status();
    if status.is_redirection() {
        return Err("the host sends one elsewhere; serve the file under this address, without a login".into());
    }
    if status != 200 {
        return Err(format!("the host answers {status}; lay the file there and let everybody read it"));
    }
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let headers = Some(headers.collect());
    let body = response.body_mut().with_config().limit(LARGEST).read_to_vec();
    Ok(Got { bytes: body.map_err(|error| format!("its content cannot be read: {error}"))?, headers })
}

/// What is wrong with a file, and what to do about it.
fn faults(path: &str, served: &Served, got: &Got) -> Vec<String> {
    let mut faults = Vec::new();
    if sha256(&got.bytes) != served.sha256 {
        faults.push(format!(
            "its content differs ({} bytes instead of {}); copy it again, as it is, without minifying or rewriting",
            got.bytes.len(),
            served.bytes
        ));
    }
    let Some(headers) = &got.headers else { return faults };
    for (name, wanted) in &served.headers {
        let got = headers.get(name).map(String::as_str);
        if !got.is_some_and(|got| same(name, got, wanted)) {
            let now = got.map_or("is missing".to_owned(), |got| format!("is \"{got}\""));
            faults.push(format!(
                "the header {name} {now}; it must be \"{wanted}\", as in the packed settings of the host"
            ));
        }
    }
    let framing = headers.get("x-frame-options").is_some()
        || (path.ends_with(".html")
            && headers.get("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors")));
    if framing {
        faults.push(
            "the host forbids framing (X-Frame-Options or frame-ancestors); Outlook shows the add-in in a frame".into(),
        );
    }
    faults
}

/// Do two headers say the same? Case and blanks matter to none of those that are compared.
fn same(name: &str, got: &str, wanted: &str) -> bool {
    let plain = |text: &str| text.to_ascii_lowercase().split_whitespace().collect::<String>();
    match name {
        // A host may name JavaScript by its older name.
        "content-type" => plain(got).replace("application/javascript", "text/javascript") == plain(wanted),
        _ => plain(got) == plain(wanted),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Got, Served, faults, same};
    use crate::package::sha256;

    fn served() -> Served {
        let headers = BTreeMap::from([("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]);
        Served { sha256: sha256(b"page"), bytes: 4, headers }
    }

    fn got(bytes: &[u8], headers: &[(&str, &str)]) -> Got {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Got { bytes: bytes.to_vec(), headers: Some(headers.collect()) }
    }

    #[test]
    fn tells_each_difference() {
        let kind = ("content-type", "text/html;charset=UTF-8");
        let cases = [
            ("as packed", got(b"page", &[kind]), ""),
            ("other content", got(b"pages", &[kind]), "content differs (5 bytes instead of 4)"),
            ("no header", got(b"page", &[]), "content-type is missing"),
            ("another header", got(b"page", &[("content-type", "text/plain")]), "is \"text/plain\""),
            ("no framing", got(b"page", &[kind, ("x-frame-options", "DENY")]), "forbids framing"),
            (
                "no framing by policy",
                got(b"page", &[kind, ("content-security-policy", "frame-ancestors 'none'")]),
                "forbids framing",
            ),
        ];
        for (name, got, told) in cases {
            let faults = faults("pane.html", &served(), &got).join("\n");
            assert!(if told.is_empty() { faults.is_empty() } else { faults.contains(told) }, "{name}: {faults}");
        }
        assert_eq!(
            faults("pane.html", &served(), &Got { bytes: b"page".to_vec(), headers: None }),
            Vec::<String>::new()
        );
        assert!(same("content-type", "application/javascript; charset=utf-8", "text/javascript; charset=utf-8"));
    }
}

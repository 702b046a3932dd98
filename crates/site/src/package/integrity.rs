//! What a site must serve: each file with its content and its headers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::site_files::{ASSETS, Files, sha256};

/// The list's name in the output.
pub const LIST_NAME: &str = "integrity.json";

/// The files of a site, and the headers that go with them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The version of Sendvagt that packed the site.
    pub sendvagt: String,
    /// Where the site lies.
    pub origin: String,
    /// By their paths below the origin.
    pub files: BTreeMap<String, Served>,
}

/// A file as it must be served.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Served {
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// By their names, in small letters.
    pub headers: BTreeMap<String, String>,
}

impl List {
    pub(super) fn new(origin: &Origin, site: &Files) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for (path, bytes) in &site.by_path {
            let mut headers = BTreeMap::from([
                ("content-type".to_owned(), kind(path)?.to_owned()),
                ("cache-control".to_owned(), lifetime(path).to_owned()),
                ("x-content-type-options".to_owned(), "nosniff".to_owned()),
                ("referrer-policy".to_owned(), "no-referrer".to_owned()),
            ]);
            if path.ends_with(".html") {
                headers.insert("content-security-policy".to_owned(), content_policy(path, bytes)?);
            }
            files.insert(path.clone(), Served { sha256: sha256(bytes), bytes: bytes.len(), headers });
        }
        Ok(Self { sendvagt: sendvagt::VERSION.to_owned(), origin: origin.to_string(), files })
    }

    /// Are these files served as they must be by a host that is set up for others?
    pub(super) fn is_served_by(&self, settings: &Self) -> Result<(), String> {
        let differs = |(path, served): &(&String, &Served)| {
            let settings = settings.files.get(*path);
            !path.starts_with(ASSETS) && settings.is_none_or(|settings| settings.headers != served.headers)
        };
        match self.files.iter().find(differs) {
            None => Ok(()),
            Some((path, _)) => {
                Err(format!("{path} needs other headers than the site that checks mail; build the add-in anew"))
            }
        }
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

/// The content type of a file, by its name's ending.
pub(crate) fn kind(path: &str) -> Result<&'static str, String> {
    Ok(match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => return Err(format!("the add-in's {path} is of a kind that no content type is known for")),
    })
}

/// A file whose name tells its content may be kept for ever. The others are asked for each time, so that what is laid on
/// the host acts at once.
fn lifetime(path: &str) -> &'static str {
    if path.starts_with(ASSETS) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The policy that a page states of itself: as a header it is the same.
fn content_policy(path: &str, page: &[u8]) -> Result<String, String> {
    let page = String::from_utf8_lossy(page);
    let stated = page
        .split_once("http-equiv=\"Content-Security-Policy\"")
        .and_then(|(_, rest)| rest.split_once("content=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    let (policy, _) = stated.ok_or_else(|| format!("the add-in's {path} states no content security policy"))?;
    Ok(policy.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
pub(super) mod tests {
    use sendvagt::PolicyFile;

    use super::super::site_files::{Files, tests::template};
    use super::{List, content_policy};
    use crate::pack::Pack;

    pub(crate) fn list(origin: &str) -> List {
        let site = Files::checking(&template(), &Pack::new(PolicyFile::default())).unwrap();
        List::new(&origin.parse().unwrap(), &site).unwrap()
    }

    #[test]
    fn every_file_has_its_headers() {
        let list = list("https://a.example");
        for (path, served) in &list.files {
            let header = |name: &str| served.headers.get(name).map(String::as_str).unwrap_or_default();
            assert_eq!(path.starts_with("assets/"), header("cache-control").contains("immutable"), "{path}");
            assert_eq!(
                path.ends_with(".html"),
                header("content-security-policy").contains("default-src 'none'"),
                "{path}"
            );
            assert!(!header("content-type").is_empty() && header("x-content-type-options") == "nosniff", "{path}");
        }
        assert!(content_policy("x.html", b"<p>").is_err());
    }
}

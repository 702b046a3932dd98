//! What a host must serve: each file with its checksum and its headers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::site_files::{ASSETS, SiteFiles, sha256};

/// The name of the list in the output folder.
pub const INTEGRITY_FILE: &str = "integrity.json";

/// The files of a site, and the headers that go with them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntegrityList {
    /// The version of Sendvagt that packed the site.
    pub sendvagt: String,
    /// The origin of the site.
    pub origin: String,
    /// The files, by their paths below the origin.
    pub files: BTreeMap<String, ServedFile>,
}

/// A file as it must be served.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServedFile {
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// The headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
}

impl IntegrityList {
    /// The list for these files at this origin.
    pub(super) fn new(origin: &Origin, site: &SiteFiles) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for (path, bytes) in &site.by_path {
            let mut headers = BTreeMap::from([
                ("content-type".to_owned(), content_type(path)?.to_owned()),
                ("cache-control".to_owned(), cache_control(path).to_owned()),
                ("x-content-type-options".to_owned(), "nosniff".to_owned()),
                ("referrer-policy".to_owned(), "no-referrer".to_owned()),
            ]);
            if path.ends_with(".html") {
                headers.insert("content-security-policy".to_owned(), content_security_policy(path, bytes)?);
            }
            files.insert(path.clone(), ServedFile { sha256: sha256(bytes), bytes: bytes.len(), headers });
        }
        Ok(Self { sendvagt: sendvagt::VERSION.to_owned(), origin: origin.to_string(), files })
    }

    /// Fails unless a host with the settings for another site sends the right headers for this one.
    pub(super) fn check_headers_against(&self, settings: &Self) -> Result<(), String> {
        let differs = |(path, served): &(&String, &ServedFile)| {
            let settings = settings.files.get(*path);
            !path.starts_with(ASSETS) && settings.is_none_or(|settings| settings.headers != served.headers)
        };
        match self.files.iter().find(differs) {
            None => Ok(()),
            Some((path, _)) => {
                Err(format!("{path} needs other headers than the site that checks mail; build the add-in again"))
            }
        }
    }

    /// Parses the list of an earlier packing. An editor may have put a byte order mark before it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

/// The content type of a file, by its extension.
pub(super) fn content_type(path: &str) -> Result<&'static str, String> {
    Ok(match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => return Err(format!("the add-in's {path} has an extension without a known content type; build it again")),
    })
}

/// A file with a hash in its name never changes. Every other one is revalidated at each use, so that a new version takes
/// effect at once.
fn cache_control(path: &str) -> &'static str {
    if path.starts_with(ASSETS) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The policy in a page's own `meta` element, to be sent as a header too.
fn content_security_policy(path: &str, page: &[u8]) -> Result<String, String> {
    let page = String::from_utf8_lossy(page);
    let policy = page
        .split_once("http-equiv=\"Content-Security-Policy\"")
        .and_then(|(_, rest)| rest.split_once("content=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    let (policy, _) =
        policy.ok_or_else(|| format!("the add-in's {path} has no content security policy; build it again"))?;
    Ok(policy.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
pub(super) mod tests {
    use sendvagt::PolicyFile;

    use super::super::site_files::{SiteFiles, tests::addin};
    use super::{IntegrityList, content_security_policy};

    pub(crate) fn list(origin: &str) -> IntegrityList {
        let origin = origin.parse().unwrap();
        let site = SiteFiles::checking(&addin(), &PolicyFile::default(), &origin).unwrap();
        IntegrityList::new(&origin, &site).unwrap()
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
        assert!(content_security_policy("x.html", b"<p>").is_err());
    }
}

//! The files that a host serves.
//!
//! Pages, icons and the script of classic Outlook keep their names, because the manifest refers to them. Every other file
//! has a hash of its content in its name, so that it can be cached for ever and is never confused with an older one.

use std::collections::BTreeMap;

use sendvagt::rules::reads_content;
use sendvagt::{Policy, PolicyFile};
use sha2::{Digest, Sha256};

use super::addin::Addin;
use super::origin::Origin;
use crate::index_page::index_page;
use crate::pack::{PLACEHOLDER, Pack};
use crate::support_page;

/// The folder of the files with a hash in their names.
pub(super) const ASSETS: &str = "assets/";

/// The support page, and the page at the root: both are made from the policy.
const SUPPORT: &str = "support.html";
pub(super) const INDEX: &str = "index.html";

/// The pages that are made from the policy. A site that lets all mail pass has no pack.
fn pages(policy: &PolicyFile, pack: Option<&Pack>, origin: &Origin) -> BTreeMap<String, Vec<u8>> {
    let index = index_page(policy, pack, &origin.url(SUPPORT));
    BTreeMap::from([
        (SUPPORT.to_owned(), support_page(policy, pack.is_none()).into_bytes()),
        (INDEX.to_owned(), index.into_bytes()),
    ])
}

/// The files of a site, by their paths below its origin.
#[derive(Debug)]
pub(super) struct SiteFiles {
    pub(super) by_path: BTreeMap<String, Vec<u8>>,
}

impl SiteFiles {
    /// The site that checks mail by a policy.
    pub(super) fn checking(addin: &Addin, policy: &PolicyFile, origin: &Origin) -> Result<Self, String> {
        let pack = Pack::new(policy.clone());
        let mut files = pages(policy, Some(&pack), origin);
        let launch = Launch::of(policy);
        let is_served =
            |path: &&str| *path != "manifest.xml" && !path.starts_with("paused") && !launch.leaves_out(path);
        for path in addin.paths().filter(is_served) {
            let bytes = addin.file(launch.source(path))?;
            let packed = match str::from_utf8(bytes) {
                Ok(text) if text.contains(PLACEHOLDER) => {
                    pack.embed(text).map_err(|error| format!("{path}: {error}"))?.into_bytes()
                }
                _ => bytes.to_vec(),
            };
            files.insert(path.to_owned(), packed);
        }
        if launch == Launch::WithContent {
            let page = load(addin, "launch-web-content.js")?;
            files.insert("launch.html".into(), page.into_bytes());
        }
        hash_names(files)
    }

    /// The site that lets all mail pass.
    pub(super) fn pass_through(addin: &Addin, policy: &PolicyFile, origin: &Origin) -> Result<Self, String> {
        let mut files = pages(policy, None, origin);
        for path in addin.paths().filter(|path| path.starts_with("icons/")) {
            files.insert(path.to_owned(), addin.file(path)?.to_vec());
        }
        files.insert("launch.html".into(), load(addin, "paused-web.js")?.into_bytes());
        for (path, from) in [
            ("launch.js", "paused.js"),
            ("paused-web.js", "paused-web.js"),
            ("pane.html", "paused.html"),
            ("pane.css", "pane.css"),
        ] {
            files.insert(path.into(), addin.file(from)?.to_vec());
        }
        hash_names(files)
    }
}

/// Which of the two sets of files a send loads. The larger one reads what a mail has beyond subject and recipients: a site whose
/// policy has those rules off is served without it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Launch {
    Ordinary,
    WithContent,
}

impl Launch {
    fn of(policy: &PolicyFile) -> Self {
        if reads_content(&Policy::new(policy.clone())) { Self::WithContent } else { Self::Ordinary }
    }

    /// Is a file of the add-in one of the other set? `launch.js` has one name in both.
    fn leaves_out(self, path: &str) -> bool {
        match self {
            Self::Ordinary => path.contains("-content."),
            Self::WithContent => {
                path == "launch-content.js" || path == "launch-web.js" || path.starts_with("engine-send.")
            }
        }
    }

    /// The file of the add-in that is served under this name.
    fn source(self, path: &str) -> &str {
        if self == Self::WithContent && path == "launch.js" { "launch-content.js" } else { path }
    }
}

/// The page of the launch events, with another script.
fn load(addin: &Addin, script: &str) -> Result<String, String> {
    let page = addin.text("launch.html")?;
    let loading = page.replace(&quoted("launch-web.js"), &quoted(script));
    if loading == page {
        return Err("the add-in's launch.html does not load launch-web.js; build it again".into());
    }
    Ok(loading)
}

/// Does the manifest refer to this file by its name?
fn keeps_its_name(path: &str) -> bool {
    path.ends_with(".html") || path == "launch.js" || path.starts_with("icons/")
}

fn hash_names(mut files: BTreeMap<String, Vec<u8>>) -> Result<SiteFiles, String> {
    let mut open: Vec<String> = files.keys().filter(|path| !keeps_its_name(path)).cloned().collect();
    let mut renamed = BTreeMap::new();
    // A file's hash is taken once every file that it refers to has its new name, since that changes its content.
    while !open.is_empty() {
        let ready = open.iter().position(|path| {
            let content = files.get(path).map(Vec::as_slice).unwrap_or_default();
            open.iter().all(|other| other == path || !refers_to(content, other))
        });
        let Some(ready) = ready else {
            return Err(format!("the add-in's {} refer to each other; build it again", open.join(", ")));
        };
        let path = open.swap_remove(ready);
        let bytes = files.remove(&path).unwrap_or_default();
        let name = hashed_name(&path, &bytes);
        let mut is_loaded = false;
        for other in files.values_mut().filter(|other| refers_to(other, &path)) {
            *other = String::from_utf8_lossy(other).replace(&quoted(&path), &quoted(&name)).into_bytes();
            is_loaded = true;
        }
        if !is_loaded {
            return Err(format!("nothing in the add-in loads {path}; build it again"));
        }
        renamed.insert(name, bytes);
    }
    renamed.extend(files);
    Ok(SiteFiles { by_path: renamed })
}

fn quoted(path: &str) -> String {
    format!("\"{path}\"")
}

/// Does a text file contain the quoted name of another file?
fn refers_to(bytes: &[u8], path: &str) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| text.contains(&quoted(path)))
}

/// `assets/engine.0123456789abcdef.wasm`.
fn hashed_name(path: &str, bytes: &[u8]) -> String {
    let hash: String = sha256(bytes).chars().take(16).collect();
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{ASSETS}{stem}.{hash}.{ending}"),
        None => format!("{ASSETS}{path}.{hash}"),
    }
}

/// The SHA-256 of a file, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use sendvagt::PolicyFile;

    use super::{Origin, SiteFiles, sha256};
    use crate::package::addin::Addin;

    pub(crate) fn addin() -> Addin {
        let page = |script: &str, style: &str| {
            format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" /><script src=\"{script}\"></script>{style}"
            )
        };
        Addin::of(&[
            ("manifest.xml", "<OfficeApp/>"),
            ("launch.html", &page("launch-web.js", "")),
            ("pane.html", &page("pane.js", "<link href=\"pane.css\" />")),
            ("paused.html", &page("none", "<link href=\"pane.css\" />")),
            ("launch.js", "classic(\"@@SENDVAGT-PACK@@\")"),
            ("launch-web.js", "web(\"@@SENDVAGT-PACK@@\");fetch(\"engine-send.wasm\");load(\"engine-send.js\")"),
            ("launch-content.js", "classicContent(\"@@SENDVAGT-PACK@@\")"),
            (
                "launch-web-content.js",
                "webContent(\"@@SENDVAGT-PACK@@\");fetch(\"engine-content.wasm\");load(\"engine-content.js\")",
            ),
            ("engine-send.wasm", "\0asm send"),
            ("engine-send.js", "function sendvagtEngine(){send}"),
            ("engine-content.wasm", "\0asm content"),
            ("engine-content.js", "function sendvagtEngine(){content}"),
            ("pane.js", "pane(\"@@SENDVAGT-PACK@@\");fetch(\"engine.wasm\");load(\"engine.js\")"),
            ("paused.js", "pass()"),
            ("paused-web.js", "passWeb()"),
            ("pane.css", "p{}"),
            ("engine.wasm", "\0asm"),
            ("engine.js", "function sendvagtEngine(){}"),
            ("icons/icon-16.png", "png"),
        ])
    }

    pub(crate) fn origin() -> Origin {
        "https://a.example".parse().unwrap()
    }

    fn paths(site: &SiteFiles) -> Vec<&str> {
        site.by_path.keys().map(String::as_str).collect()
    }

    #[test]
    fn hashed_names_match_the_content_and_the_references_to_them() {
        let site = SiteFiles::checking(&addin(), &PolicyFile::default(), &origin()).unwrap();
        assert_eq!(paths(&site).iter().filter(|path| path.starts_with("assets/")).count(), 7);
        for path in ["launch.html", "launch.js", "pane.html", "support.html", "index.html", "icons/icon-16.png"] {
            assert!(site.by_path.contains_key(path), "{path}");
        }
        for (path, bytes) in &site.by_path {
            if let Some(name) = path.strip_prefix("assets/") {
                let hash = name.split('.').rev().nth(1).unwrap();
                assert!(sha256(bytes).starts_with(hash), "{path}");
                let loaded =
                    site.by_path.values().any(|other| String::from_utf8_lossy(other).contains(&format!("\"{path}\"")));
                assert!(loaded, "{path}");
            }
            assert!(!String::from_utf8_lossy(bytes).contains("@@SENDVAGT-PACK@@"), "{path}");
        }
    }

    /// Each site has one of the two sets: the other would be files that nothing loads.
    #[test]
    fn the_policy_decides_what_a_send_loads() {
        for (rules, classic, web) in [
            ("{}", "classic(", "launch-web."),
            (r#"{"cpr-in-body":"off"}"#, "classic(", "launch-web."),
            (r#"{"cpr-in-body":"ask"}"#, "classicContent(", "launch-web-content."),
            (r#"{"cpr-in-attachment-name":"stop"}"#, "classicContent(", "launch-web-content."),
        ] {
            let policy: PolicyFile = serde_json::from_str(&format!(r#"{{"rules":{rules}}}"#)).unwrap();
            let site = SiteFiles::checking(&addin(), &policy, &origin()).unwrap();
            let text = |path: &str| String::from_utf8_lossy(site.by_path.get(path).unwrap()).into_owned();
            assert!(text("launch.js").starts_with(classic), "{rules}");
            assert!(text("launch.html").contains(&format!("\"assets/{web}")), "{rules}");
            let has = |part: &str| paths(&site).iter().any(|path| path.contains(part));
            let content = classic == "classicContent(";
            assert_eq!(
                (has("engine-content."), has("engine-send."), has("launch-content.")),
                (content, !content, false)
            );
        }
    }

    #[test]
    fn another_policy_changes_only_the_names_of_the_files_that_embed_it() {
        let of = |name: &str| {
            let mut policy = PolicyFile::default();
            policy.organisation.name = name.to_owned();
            SiteFiles::checking(&addin(), &policy, &origin()).unwrap()
        };
        let (one, other) = (of("A Kommune"), of("B Kommune"));
        let differ: Vec<_> = paths(&one).into_iter().filter(|path| !other.by_path.contains_key(*path)).collect();
        assert_eq!(differ.len(), 2, "launch-web.js and pane.js: {differ:?}");
        assert_ne!(one.by_path.get("launch.js"), other.by_path.get("launch.js"));
    }

    #[test]
    fn the_site_that_lets_mail_pass_has_no_engine() {
        let site = SiteFiles::pass_through(&addin(), &PolicyFile::default(), &origin()).unwrap();
        assert_eq!(site.by_path.get("launch.js").map(Vec::as_slice), Some(b"pass()".as_slice()));
        let support = String::from_utf8_lossy(site.by_path.get("support.html").unwrap()).into_owned();
        assert!(support.contains("sat på pause"), "{support}");
        assert!(!paths(&site).iter().any(|path| path.contains("engine") || path.contains("launch-web")));
        let page = String::from_utf8_lossy(site.by_path.get("launch.html").unwrap()).into_owned();
        assert!(page.contains("assets/paused-web."), "{page}");
    }

    #[test]
    fn an_add_in_that_was_built_wrongly_is_an_error() {
        let unloaded = Addin::of(&[("launch.html", ""), ("engine.wasm", "x")]);
        let error = SiteFiles::checking(&unloaded, &PolicyFile::default(), &origin()).unwrap_err();
        assert!(error.contains("nothing in the add-in loads engine.wasm"), "{error}");
        let ring = Addin::of(&[("a.js", "\"b.js\""), ("b.js", "\"a.js\"")]);
        assert!(SiteFiles::checking(&ring, &PolicyFile::default(), &origin()).unwrap_err().contains("each other"));
        assert!(
            SiteFiles::pass_through(&Addin::of(&[("launch.html", "")]), &PolicyFile::default(), &origin()).is_err()
        );
    }
}

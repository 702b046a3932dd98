//! The files that are served.
//!
//! Pages, icons and the script of classic Outlook keep their names, since the manifest names them. Everything else is named
//! after its content, so that it may be kept for ever and is never mistaken for an older one.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::addin::Template;
use crate::pack::{PLACEHOLDER, Pack};

/// The folder of the files that are named after their content.
pub(super) const ASSETS: &str = "assets/";

/// The files of a site, by their paths below its origin.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) by_path: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// The site that checks mail by a policy.
    pub(super) fn checking(template: &Template, pack: &Pack) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for path in template.paths().filter(|path| *path != "manifest.xml" && !path.starts_with("paused")) {
            let bytes = template.file(path)?;
            let packed = match str::from_utf8(bytes) {
                Ok(text) if text.contains(PLACEHOLDER) => {
                    pack.embed(text).map_err(|error| format!("{path}: {error}"))?.into_bytes()
                }
                _ => bytes.to_vec(),
            };
            files.insert(path.to_owned(), packed);
        }
        named_by_content(files)
    }

    /// The site that lets all mail pass.
    pub(super) fn paused(template: &Template) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for path in template.paths().filter(|path| path.starts_with("icons/")) {
            files.insert(path.to_owned(), template.file(path)?.to_vec());
        }
        let launch = template.text("launch.html")?;
        let paused = launch.replace("\"launch-web.js\"", "\"paused-web.js\"");
        if paused == launch {
            return Err("the add-in's launch.html does not load launch-web.js; build it anew".into());
        }
        files.insert("launch.html".into(), paused.into_bytes());
        for (path, from) in [
            ("launch.js", "paused.js"),
            ("paused-web.js", "paused-web.js"),
            ("pane.html", "paused.html"),
            ("pane.css", "pane.css"),
        ] {
            files.insert(path.into(), template.file(from)?.to_vec());
        }
        named_by_content(files)
    }
}

/// Does the manifest, or a page by its address, name this file?
fn keeps_its_name(path: &str) -> bool {
    path.ends_with(".html") || path == "launch.js" || path.starts_with("icons/")
}

fn named_by_content(mut waiting: BTreeMap<String, Vec<u8>>) -> Result<Files, String> {
    let renamed: Vec<String> = waiting.keys().filter(|path| !keeps_its_name(path)).cloned().collect();
    let mut files = BTreeMap::new();
    let mut open = renamed;
    // A file is named when all it speaks of is named, since its content changes with their names.
    while !open.is_empty() {
        let ready = open.iter().position(|path| {
            let of_it = waiting.get(path).map(Vec::as_slice).unwrap_or_default();
            open.iter().all(|other| other == path || !speaks_of(of_it, other))
        });
        let Some(ready) = ready else {
            return Err(format!("the add-in's {} speak of each other in a ring", open.join(", ")));
        };
        let path = open.swap_remove(ready);
        let bytes = waiting.remove(&path).unwrap_or_default();
        let name = name_of(&path, &bytes);
        let mut spoken_of = false;
        for other in waiting.values_mut().filter(|other| speaks_of(other, &path)) {
            *other = String::from_utf8_lossy(other).replace(&quoted(&path), &quoted(&name)).into_bytes();
            spoken_of = true;
        }
        if !spoken_of {
            return Err(format!("nothing in the add-in loads {path}; build it anew"));
        }
        files.insert(name, bytes);
    }
    files.extend(waiting);
    Ok(Files { by_path: files })
}

fn quoted(path: &str) -> String {
    format!("\"{path}\"")
}

/// Does a text name a file?
fn speaks_of(bytes: &[u8], path: &str) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| text.contains(&quoted(path)))
}

/// `assets/engine.0123456789abcdef.wasm`.
fn name_of(path: &str, bytes: &[u8]) -> String {
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

    use super::{Files, sha256};
    use crate::pack::Pack;
    use crate::package::addin::Template;

    pub(crate) fn template() -> Template {
        let page = |script: &str, style: &str| {
            format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" /><script src=\"{script}\"></script>{style}"
            )
        };
        Template::of(&[
            ("manifest.xml", "<OfficeApp/>"),
            ("launch.html", &page("launch-web.js", "")),
            ("pane.html", &page("pane.js", "<link href=\"pane.css\" />")),
            ("paused.html", &page("none", "<link href=\"pane.css\" />")),
            ("launch.js", "classic(\"@@SENDVAGT-PACK@@\")"),
            ("launch-web.js", "web(\"@@SENDVAGT-PACK@@\");fetch(\"engine.wasm\");load(\"engine.js\")"),
            ("pane.js", "pane(\"@@SENDVAGT-PACK@@\");fetch(\"engine.wasm\")"),
            ("paused.js", "pass()"),
            ("paused-web.js", "passWeb()"),
            ("pane.css", "p{}"),
            ("engine.wasm", "\0asm"),
            ("engine.js", "function sendvagtEngine(){}"),
            ("icons/icon-16.png", "png"),
        ])
    }

    fn paths(site: &Files) -> Vec<&str> {
        site.by_path.keys().map(String::as_str).collect()
    }

    #[test]
    fn files_are_named_after_their_content_and_found_by_these_names() {
        let site = Files::checking(&template(), &Pack::new(PolicyFile::default())).unwrap();
        assert_eq!(paths(&site).iter().filter(|path| path.starts_with("assets/")).count(), 5);
        for path in ["launch.html", "launch.js", "pane.html", "icons/icon-16.png"] {
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

    #[test]
    fn another_policy_gives_other_names_to_what_holds_it_and_to_nothing_else() {
        let of = |name: &str| {
            let mut policy = PolicyFile::default();
            policy.organisation.name = name.to_owned();
            Files::checking(&template(), &Pack::new(policy)).unwrap()
        };
        let (one, other) = (of("A Kommune"), of("B Kommune"));
        let differ: Vec<_> = paths(&one).into_iter().filter(|path| !other.by_path.contains_key(*path)).collect();
        assert_eq!(differ.len(), 2, "launch-web.js and pane.js: {differ:?}");
        assert_ne!(one.by_path.get("launch.js"), other.by_path.get("launch.js"));
    }

    #[test]
    fn the_site_that_lets_mail_pass_has_no_engine() {
        let site = Files::paused(&template()).unwrap();
        assert_eq!(site.by_path.get("launch.js").map(Vec::as_slice), Some(b"pass()".as_slice()));
        assert!(!paths(&site).iter().any(|path| path.contains("engine") || path.contains("launch-web")));
        let page = String::from_utf8_lossy(site.by_path.get("launch.html").unwrap()).into_owned();
        assert!(page.contains("assets/paused-web."), "{page}");
    }

    #[test]
    fn an_add_in_that_was_built_wrongly_is_told() {
        let unloaded = Template::of(&[("launch.html", ""), ("engine.wasm", "x")]);
        let told = Files::checking(&unloaded, &Pack::new(PolicyFile::default())).unwrap_err();
        assert!(told.contains("nothing in the add-in loads engine.wasm"), "{told}");
        let ring = Template::of(&[("a.js", "\"b.js\""), ("b.js", "\"a.js\"")]);
        assert!(Files::checking(&ring, &Pack::new(PolicyFile::default())).unwrap_err().contains("ring"));
        assert!(Files::paused(&Template::of(&[("launch.html", "")])).is_err());
    }
}

//! The site as one zip: what `sendvagt package` writes of the same, with the site that lets all mail pass beside it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use sendvagt::PolicyFile;
use sendvagt_site::pack::Pack;
use sendvagt_site::package::{Addin, Change, Order, Origin, PackageState, STATE_FILE, SendMode, pack};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The folder of the site in the zip.
const SITE: &str = "site";
/// The folder of the site that lets all mail pass.
const PAUSED: &str = "site-paused";
/// The policy, as it was written.
const POLICY: &str = "policy.json";

/// What to pack.
pub struct Request<'a> {
    /// The built add-in.
    pub addin: &'a Addin,
    /// The policy.
    pub policy: &'a PolicyFile,
    /// The policy as it was written.
    pub text: &'a str,
    /// Where the site will be served.
    pub origin: &'a Origin,
    /// What Outlook does when the add-in cannot run at a send.
    pub send_mode: SendMode,
    /// The state after the last packing.
    pub last: Option<&'a PackageState>,
    /// The id of the add-in if there is no last state.
    pub id: &'a str,
}

/// A zip, and what the next one has to know.
pub struct Zipped {
    /// The zip.
    pub bytes: Vec<u8>,
    /// The state after this packing.
    pub state: PackageState,
    /// What has changed since the last one.
    pub change: Change,
    /// How many files are in it.
    pub files: usize,
    /// By what the pane shows which policy this is.
    pub policy_id: String,
}

/// Packs both sites. The same request gives the same bytes.
///
/// # Errors
///
/// When the add-in is incomplete.
pub fn zipped(request: &Request<'_>) -> Result<Zipped, String> {
    let order = |pass_through| Order {
        origin: request.origin,
        policy: request.policy,
        send_mode: request.send_mode,
        pass_through,
    };
    let packed = |pass_through, last: Option<&PackageState>| {
        pack(request.addin, &order(pass_through), last, request.id).map_err(|error| error.to_string())
    };
    let site = packed(false, request.last)?;
    let paused = packed(true, Some(&site.state))?;
    let mut files = BTreeMap::from([
        (POLICY.to_owned(), request.text.as_bytes().to_vec()),
        (STATE_FILE.to_owned(), site.state.to_json().into_bytes()),
    ]);
    for (folder, packed) in [(SITE, site.files), (PAUSED, paused.files)] {
        files.extend(packed.into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
    }
    let bytes = archive(&files).map_err(|error| error.to_string())?;
    let policy_id = Pack::new(request.policy.clone()).policy_id();
    Ok(Zipped { bytes, state: site.state, change: site.change, files: files.len(), policy_id })
}

/// All files have the same date, so that the same files give the same zip.
fn archive(files: &BTreeMap<String, Vec<u8>>) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Read;

    use sendvagt::PolicyFile;
    use sendvagt_site::package::{Addin, Change, Identity, Order, Origin, PackageState, Paths, SendMode, package};
    use zip::ZipArchive;

    use super::{Request, archive, zipped};

    /// A minimal add-in with the real manifest.
    fn addin() -> Addin {
        let folder = tempfile::tempdir().unwrap();
        let csp = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" />";
        let page = |script: &str| format!("{csp}<link href=\"pane.css\" /><script src=\"{script}\"></script>");
        fs::create_dir(folder.path().join("icons")).unwrap();
        for (path, text) in [
            ("manifest.xml", include_str!("../../../manifest.xml")),
            ("launch.html", &page("launch-web.js")),
            ("pane.html", &page("launch-web.js")),
            ("paused.html", &page("")),
            ("launch-web.js", "web(\"@@SENDVAGT-PACK@@\")"),
            ("launch.js", "classic(\"@@SENDVAGT-PACK@@\")"),
            ("paused-web.js", "passWeb()"),
            ("paused.js", "pass()"),
            ("pane.css", "p{}"),
            ("icons/icon-16.png", "png"),
        ] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        Addin::from_folder(folder.path()).unwrap()
    }

    #[test]
    fn the_zip_holds_what_the_program_writes() {
        let (addin, policy) = (addin(), PolicyFile::default());
        let origin: Origin = "https://addins.example.dk/sendvagt".parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("sendvagt-state.json");
        for (out, pass_through, identity) in [("site", false, Identity::New), ("site-paused", true, Identity::Known)] {
            let order = Order { origin: &origin, policy: &policy, send_mode: SendMode::Block, pass_through };
            package(&addin, &order, Paths { out: &folder.path().join(out), state: &state, identity }).unwrap();
        }
        fs::write(folder.path().join("policy.json"), "{ }\n").unwrap();
        let last = PackageState::parse(&fs::read(&state).unwrap()).unwrap();
        let request = Request {
            addin: &addin,
            policy: &policy,
            text: "{ }\n",
            origin: &origin,
            send_mode: SendMode::Block,
            last: Some(&last),
            id: "",
        };
        let made = zipped(&request).unwrap();
        assert_eq!((made.change, &made.state), (Change::FilesOnly, &last));
        let mut zip = ZipArchive::new(std::io::Cursor::new(&made.bytes)).unwrap();
        assert_eq!(zip.len(), made.files);
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            if name == "site/www/index.html" {
                assert!(String::from_utf8_lossy(&bytes).contains(&made.policy_id), "the page of the site says it too");
            }
            assert_eq!(fs::read(folder.path().join(&name)).unwrap(), bytes, "{name}");
        }
        assert!(zip.by_name("site/manifest.xml").is_ok() && zip.by_name("site-paused/www/sendvagt/pane.html").is_ok());
        let first = zipped(&Request { last: None, id: last.id(), ..request }).unwrap();
        assert_eq!((first.change, first.bytes), (Change::First, made.bytes), "the same request, the same bytes");
    }

    #[test]
    fn the_same_files_give_the_same_zip_whenever_it_is_made() {
        let files = BTreeMap::from([("a/b.txt".to_owned(), b"one".to_vec()), ("c".to_owned(), vec![0; 10_000])]);
        let first = archive(&files).unwrap();
        assert!(first.starts_with(b"PK") && first.len() < 1000);
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert_eq!(archive(&files).unwrap(), first, "a zip's times have two seconds");
    }
}

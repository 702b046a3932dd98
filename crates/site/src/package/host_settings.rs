//! The headers of a site, as settings of each kind of host.

use askama::Template;
use serde_json::{Map, Value, json};

use super::integrity::{IntegrityList, ServedFile, content_type};
use super::origin::Origin;
use super::site_files::ASSETS;

/// Names the scripts that classic Outlook lets fetch across origins (Microsoft, "Use single sign-on (SSO) or cross-origin
/// resource sharing (CORS) in your event-based or spam-reporting Outlook add-in"). Served at the root of the host.
pub(crate) const WELL_KNOWN: &str = ".well-known/microsoft-officeaddins-allowed.json";

/// The content of [`WELL_KNOWN`].
pub(super) fn well_known(origin: &Origin) -> Vec<u8> {
    format!("{:#}\n", json!({ "allowed": [origin.url("launch.js")] })).into_bytes()
}

/// A path and the headers of what is served there.
struct Location<'a> {
    /// Below the origin; a folder ends with a slash.
    path: &'a str,
    is_folder: bool,
    headers: Vec<(String, &'a str)>,
}

impl<'a> Location<'a> {
    fn new(path: &'a str, file: &'a ServedFile, is_folder: bool) -> Self {
        // Hosts set the content type by the extension.
        let headers = file.headers.iter().filter(|(name, _)| *name != "content-type");
        Self { path, is_folder, headers: headers.map(|(name, value)| (title_case(name), value.as_str())).collect() }
    }
}

impl Location<'_> {
    /// Would this header have an error kept for ever, where the file is missing only for a while?
    fn is_kept_for_good(&self, name: &str) -> bool {
        self.is_folder && name.eq_ignore_ascii_case("cache-control")
    }
}

/// Every file with headers of its own, and the folder of hashed names, whose files all have the same.
fn locations(list: &IntegrityList) -> Vec<Location<'_>> {
    let (assets, others): (Vec<_>, Vec<_>) = list.files.iter().partition(|(path, _)| path.starts_with(ASSETS));
    let others = others.into_iter().map(|(path, file)| Location::new(path, file, false));
    others.chain(assets.first().map(|(_, file)| Location::new(ASSETS, file, true))).collect()
}

/// `cache-control` as `Cache-Control`.
fn title_case(name: &str) -> String {
    let part = |part: &str| part.get(..1).unwrap_or_default().to_uppercase() + part.get(1..).unwrap_or_default();
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// The content type of each extension, such as `.html`.
fn content_types() -> impl Iterator<Item = (String, &'static str)> {
    ["html", "js", "css", "json", "wasm", "png", "svg"].into_iter().filter_map(|extension| {
        let extension = format!(".{extension}");
        content_type(&extension).ok().map(|content_type| (extension, content_type))
    })
}

#[derive(Template)]
#[template(path = "nginx.conf", escape = "none")]
struct Nginx<'a> {
    version: &'a str,
    origin: &'a Origin,
    /// The path of the origin, with a slash at both ends.
    root: String,
    locations: Vec<Location<'a>>,
}

/// A file to include in the `server` block of nginx.
pub(super) fn nginx(origin: &Origin, list: &IntegrityList) -> Vec<u8> {
    let root = format!("/{}", origin.folder());
    Nginx { version: &list.sendvagt, origin, root, locations: locations(list) }.to_string().into_bytes()
}

#[derive(Template)]
#[template(path = "web.config", escape = "html")]
struct WebConfig<'a> {
    content_types: Vec<(String, &'static str)>,
    locations: Vec<Location<'a>>,
}

/// `web.config` for Internet Information Services.
pub(super) fn iis(list: &IntegrityList) -> Vec<u8> {
    WebConfig { content_types: content_types().collect(), locations: locations(list) }.to_string().into_bytes()
}

/// `staticwebapp.config.json` for Azure Static Web Apps.
pub(super) fn static_web_apps(origin: &Origin, list: &IntegrityList) -> Vec<u8> {
    let route = |location: Location<'_>| {
        let wildcard = if location.is_folder { "*" } else { "" };
        let headers: Map<String, Value> =
            location.headers.into_iter().map(|(name, value)| (name, value.into())).collect();
        json!({ "route": format!("/{}{}{wildcard}", origin.folder(), location.path), "headers": headers })
    };
    let routes: Vec<Value> = locations(list).into_iter().map(route).collect();
    let mime_types: Map<String, Value> = content_types().map(|(extension, kind)| (extension, kind.into())).collect();
    format!("{:#}\n", json!({ "routes": routes, "mimeTypes": mime_types })).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::integrity::tests::list;
    use super::{iis, nginx, static_web_apps, well_known};

    const ORIGIN: &str = "https://addins.example.dk/sendvagt";

    #[test]
    fn every_host_has_every_header() {
        let (origin, list) = (ORIGIN.parse().unwrap(), list(ORIGIN));
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (nginx, iis, azure) =
            (text(nginx(&origin, &list)), text(iis(&list)), text(static_web_apps(&origin, &list)));
        roxmltree::Document::parse(&iis).unwrap();
        serde_json::from_str::<serde_json::Value>(&azure).unwrap();
        for (path, served) in &list.files {
            if !path.starts_with("assets/") {
                assert!(nginx.contains(&format!("location = /sendvagt/{path} {{")), "{path}");
                assert!(iis.contains(&format!("<location path=\"{path}\">")), "{path}");
                assert!(azure.contains(&format!("\"/sendvagt/{path}\"")), "{path}");
            }
            for value in served.headers.iter().filter(|(name, _)| *name != "content-type").map(|(_, value)| value) {
                assert!(
                    nginx.contains(value.as_str()) && iis.contains(value.as_str()) && azure.contains(value.as_str()),
                    "{value}"
                );
            }
        }
    }

    #[test]
    fn the_script_of_classic_outlook_is_named() {
        let text = String::from_utf8(well_known(&ORIGIN.parse().unwrap())).unwrap();
        assert!(text.contains("\"https://addins.example.dk/sendvagt/launch.js\""), "{text}");
    }
}

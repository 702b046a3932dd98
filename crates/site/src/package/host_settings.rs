//! The headers of a site, in the words of each kind of host.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::integrity::{List, Served};
use super::origin::Origin;
use super::site_files::ASSETS;

/// Which scripts of a host classic Outlook lets fetch by themselves (Microsoft, "Use single sign-on (SSO) or cross-origin
/// resource sharing (CORS) in your event-based or spam-reporting Outlook add-in"). It lies at the root of the host.
pub(super) const WELL_KNOWN: &str = ".well-known/microsoft-officeaddins-allowed.json";

pub(super) fn well_known(origin: &Origin) -> Vec<u8> {
    format!("{:#}\n", json!({ "allowed": [origin.of("launch.js")] })).into_bytes()
}

/// The files of which each has headers of its own, and one that stands for all that are named after their content.
fn groups(list: &List) -> (Vec<(&str, &Served)>, Option<&Served>) {
    let (assets, own): (Vec<_>, Vec<_>) =
        list.files.iter().map(|(path, served)| (path.as_str(), served)).partition(|(path, _)| path.starts_with(ASSETS));
    (own, assets.first().map(|(_, served)| *served))
}

/// The headers but for the content type, which hosts set by the ending of a name.
fn others(served: &Served) -> impl Iterator<Item = (String, &str)> {
    let named = served.headers.iter().filter(|(name, _)| *name != "content-type");
    named.map(|(name, value)| (capitals(name), value.as_str()))
}

/// `cache-control` as people write it.
fn capitals(name: &str) -> String {
    let part = |part: &str| part.get(..1).unwrap_or_default().to_uppercase() + part.get(1..).unwrap_or_default();
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// A file for the `server` block of nginx.
pub(super) fn nginx(origin: &Origin, list: &List) -> Vec<u8> {
    let below = format!("/{}", origin.folder());
    let mut text = format!(
        "# Sendvagt {}, for {origin}. Include this file in the server block of that host, whose root is the folder www:\n\
         #     root /srv/sendvagt/www;\n\
         #     include /srv/sendvagt/nginx.conf;\n\n\
         types {{\n    text/html html;\n    text/javascript js;\n    text/css css;\n    application/json json;\n    \
         application/wasm wasm;\n    image/png png;\n    image/svg+xml svg;\n}}\n\
         charset utf-8;\ncharset_types text/html text/javascript text/css application/json;\n\
         gzip on;\ngzip_types text/javascript text/css application/json application/wasm;\n",
        list.sendvagt
    );
    let mut location = |place: &str, served: &Served| {
        let _ = writeln!(text, "\nlocation {place} {{");
        for (name, value) in others(served) {
            let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
        }
        text.push_str("}\n");
    };
    let (own, assets) = groups(list);
    for (path, served) in own {
        location(&format!("= {below}{path}"), served);
    }
    if let Some(served) = assets {
        location(&format!("^~ {below}{ASSETS}"), served);
    }
    text.into_bytes()
}

/// `web.config` for Internet Information Services.
pub(super) fn iis(list: &List) -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <system.webServer>\n    <staticContent>\n",
    );
    for ending in ["html", "js", "css", "json", "wasm", "png", "svg"] {
        let kind = super::integrity::kind(&format!("x.{ending}")).unwrap_or_default();
        let _ = writeln!(text, "      <remove fileExtension=\".{ending}\" />");
        let _ = writeln!(text, "      <mimeMap fileExtension=\".{ending}\" mimeType=\"{kind}\" />");
    }
    text.push_str("    </staticContent>\n  </system.webServer>\n");
    let (own, assets) = groups(list);
    let mut location = |place: &str, served: &Served| {
        let _ = writeln!(
            text,
            "  <location path=\"{place}\">\n    <system.webServer>\n      <httpProtocol>\n        <customHeaders>"
        );
        for (name, value) in others(served) {
            let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            let _ = writeln!(text, "          <remove name=\"{name}\" />");
            let _ = writeln!(text, "          <add name=\"{name}\" value=\"{value}\" />");
        }
        text.push_str("        </customHeaders>\n      </httpProtocol>\n    </system.webServer>\n  </location>\n");
    };
    for (path, served) in own {
        location(path, served);
    }
    if let Some(served) = assets {
        location(ASSETS.trim_end_matches('/'), served);
    }
    text.push_str("</configuration>\n");
    text.into_bytes()
}

/// `staticwebapp.config.json` for Azure Static Web Apps.
pub(super) fn static_web_apps(origin: &Origin, list: &List) -> Vec<u8> {
    let below = format!("/{}", origin.folder());
    let headers = |served: &Served| -> Map<String, Value> {
        others(served).map(|(name, value)| (name, Value::from(value))).collect()
    };
    let (own, assets) = groups(list);
    let mut routes: Vec<Value> = own
        .into_iter()
        .map(|(path, served)| json!({ "route": format!("{below}{path}"), "headers": headers(served) }))
        .collect();
    routes.extend(assets.map(|served| json!({ "route": format!("{below}{ASSETS}*"), "headers": headers(served) })));
    let kinds: Map<String, Value> = ["html", "js", "css", "json", "wasm", "png", "svg"]
        .into_iter()
        .filter_map(|ending| Some((format!(".{ending}"), super::integrity::kind(&format!("x.{ending}")).ok()?.into())))
        .collect();
    format!("{:#}\n", json!({ "routes": routes, "mimeTypes": kinds })).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::integrity::tests::list;
    use super::{iis, nginx, static_web_apps, well_known};

    const ORIGIN: &str = "https://addins.example.dk/sendvagt";

    #[test]
    fn every_host_is_told_every_header() {
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

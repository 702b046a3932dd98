//! `cargo xtask demo` and `serve`: the simulator with the add-in in it, or with `--https` the add-in alone for a real
//! Outlook; on this machine alone.

use std::fs;
use std::io::IsTerminal;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use tiny_http::{Header, Request, Response, Server};

use crate::browser;
use crate::build::{ADDIN, SIMULATOR};
use crate::command::node;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The port; the next free one is taken when it is in use, but not with --https
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    https: Https,
}

/// For a real Outlook, which takes nothing that does not come over TLS.
#[derive(Args)]
struct Https {
    /// Serve the add-in alone, over TLS, to install it in Outlook (docs/develop.md)
    #[arg(long)]
    https: bool,
    /// Have the developer certificate trusted for your user first; the system may ask you
    #[arg(long, requires = "https", conflicts_with = "cert")]
    trust: bool,
    /// A certificate of your own for localhost, instead of the one that office-addin-dev-certs makes
    #[arg(long, value_name = "FILE", requires_all = ["https", "key"])]
    cert: Option<PathBuf>,
    /// Its key
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
}

/// The port in the manifest's addresses.
const PORT: u16 = 3000;
const MANIFEST_ORIGIN: &str = "https://localhost:3000";

const OFFICE_JS: &str = "node_modules/@microsoft/office-js/dist";
const OFFICE_CDN: &str = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const THREADS: usize = 4;

/// What is served, and to whom.
#[derive(Clone)]
enum Site {
    /// The simulator and the add-in in it, with a local office.js.
    Simulator,
    /// The add-in as it is, at `https://localhost:` and this port.
    Outlook(u16),
}

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    for folder in [ADDIN, SIMULATOR] {
        if !root.join(folder).is_dir() {
            bail!("{folder} is not there; run `cargo xtask build` first");
        }
    }
    if arguments.https.https {
        return over_tls(root, arguments.port, &arguments.https);
    }
    let (server, port) = listen(arguments.port)?;
    let address = format!("http://localhost:{port}/");
    if port != arguments.port {
        println!("Port {} is in use, so it is {port} this time.", arguments.port);
    }
    println!("Sendvagt in its simulator: {address}\nPress Ctrl+C to stop.");
    if !arguments.no_open && std::io::stdout().is_terminal() {
        browser::open(&address);
    }
    for thread in answering(root, server, &Site::Simulator) {
        thread.join().map_err(|_| anyhow!("the server stopped"))?;
    }
    Ok(())
}

/// Node has the certificate and the TLS, and hands every byte on to the same server as ever.
fn over_tls(root: &Path, port: u16, https: &Https) -> Result<()> {
    let server = Server::http((Ipv4Addr::LOCALHOST, 0)).map_err(|error| anyhow!("no port is free: {error}"))?;
    let to = server.server_addr().to_ip().context("the server has no address")?.port();
    drop(answering(root, server, &Site::Outlook(port)));
    let mut tls = node(root, "xtask/https.mjs");
    tls.args(["--port", &port.to_string(), "--to", &to.to_string()]);
    if https.trust {
        tls.arg("--trust");
    }
    if let (Some(cert), Some(key)) = (&https.cert, &https.key) {
        // The program runs in the repository's folder; the paths are meant from here.
        tls.arg("--cert").arg(std::path::absolute(cert)?).arg("--key").arg(std::path::absolute(key)?);
    }
    let mut tls = tls.stdin(Stdio::piped()).spawn().context("Node.js cannot be started")?;
    // It ends when its input does, even when this program is killed; waiting for it would close that at once.
    let input = tls.stdin.take();
    let status = tls.wait()?;
    drop(input);
    if status.success() { Ok(()) } else { bail!("https://localhost:{port} is not served") }
}

fn answering(root: &Path, server: Server, site: &Site) -> Vec<thread::JoinHandle<()>> {
    let server = Arc::new(server);
    (0..THREADS)
        .map(|_| {
            let (server, root, site) = (Arc::clone(&server), root.to_path_buf(), site.clone());
            thread::spawn(move || server.incoming_requests().for_each(|request| answer(&root, &site, request)))
        })
        .collect()
}

/// On the loopback address only: nobody else is meant to see it.
fn listen(wanted: u16) -> Result<(Server, u16)> {
    const TRIES: u16 = 20;
    for port in (0..TRIES).filter_map(|step| wanted.checked_add(step)) {
        if let Ok(server) = Server::http((Ipv4Addr::LOCALHOST, port)) {
            return Ok((server, port));
        }
    }
    bail!("no port from {wanted} to {} is free; name another one with --port", wanted.saturating_add(TRIES - 1))
}

fn answer(root: &Path, site: &Site, request: Request) {
    let url = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
    let found = match site {
        Site::Simulator => content(root, &url),
        Site::Outlook(port) => addin(root, *port, &url),
    };
    let result = match found {
        Some((kind, bytes)) => {
            let response = Response::from_data(bytes);
            let response = with(with(response, "Content-Type", kind), "Cache-Control", "no-store");
            // Lets the simulator forbid WebAssembly to the add-in, to show what happens then.
            request.respond(with(response, "Allow-CSP-From", "*"))
        }
        None if url == "/" && matches!(site, Site::Outlook(_)) => {
            request.respond(Response::from_string("Sendvagt is served here. Install /manifest.xml in Outlook."))
        }
        None if url == "/" => request.respond(with(Response::empty(302), "Location", "/simulator/")),
        None => request.respond(Response::from_string("There is no such file.").with_status_code(404)),
    };
    // The browser has gone away: there is nobody to tell.
    drop(result);
}

fn with<R: std::io::Read>(response: Response<R>, name: &str, value: &str) -> Response<R> {
    match Header::from_bytes(name, value) {
        Ok(header) => response.with_header(header),
        Err(()) => response,
    }
}

/// The kind and the bytes of what stands at a path.
fn content(root: &Path, url: &str) -> Option<(&'static str, Vec<u8>)> {
    let path = url.strip_prefix('/')?.replace("%5C", "/").replace('\\', "/");
    let file = if let Some(below) = path.strip_prefix("simulator/") {
        let below = if below.is_empty() { "index.html" } else { below };
        inside(&root.join(SIMULATOR), below)?
    } else if let Some(below) = path.strip_prefix("office-js/") {
        in_any_case(&root.join(OFFICE_JS), below)?
    } else {
        inside(&root.join(ADDIN), &path)?
    };
    let kind = kind(&file)?;
    let bytes = fs::read(&file).ok()?;
    let page_of_the_addin = file.starts_with(root.join(ADDIN)) && kind.starts_with("text/html");
    Some((kind, if page_of_the_addin { local_office(&bytes) } else { bytes }))
}

/// A file of the add-in as it is built. At another port than the manifest's own the manifest says so.
fn addin(root: &Path, port: u16, url: &str) -> Option<(&'static str, Vec<u8>)> {
    let file = inside(&root.join(ADDIN), url.strip_prefix('/')?)?;
    let bytes = fs::read(&file).ok()?;
    let bytes = if file.ends_with("manifest.xml") { moved(&bytes, port) } else { bytes };
    Some((kind(&file)?, bytes))
}

fn moved(manifest: &[u8], port: u16) -> Vec<u8> {
    let origin = format!("https://localhost:{port}");
    String::from_utf8_lossy(manifest).replace(MANIFEST_ORIGIN, &origin).into_bytes()
}

/// office.js comes from the npm package instead of Microsoft's network, and behind a stand-in for the one file that the
/// package lacks. Nothing else of the page is changed.
fn local_office(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let tag = page.find(OFFICE_CDN).and_then(|at| page.get(..at)?.rfind("<script"));
    let Some((before, after)) = tag.and_then(|tag| page.split_at_checked(tag)) else {
        return page.into_owned().into_bytes();
    };
    let stand_in = "<script src=\"/simulator/microsoft-ajax.js\"></script>";
    [before, stand_in, &after.replacen(OFFICE_CDN, "/office-js/office.js", 1)].concat().into_bytes()
}

/// The file below a folder; `None` for a path that leads out of it.
fn inside(folder: &Path, below: &str) -> Option<PathBuf> {
    let below = Path::new(below);
    let plain = below.components().all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(below);
    (plain && file.is_file()).then_some(file)
}

/// office.js asks for some of its files in other letters than the package has.
fn in_any_case(folder: &Path, below: &str) -> Option<PathBuf> {
    below.split('/').try_fold(folder.to_path_buf(), |folder, wanted| {
        let entries = fs::read_dir(&folder).ok()?;
        let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        let name = names.find(|name| name.to_str().is_some_and(|name| name.eq_ignore_ascii_case(wanted)))?;
        Some(folder.join(name))
    })
}

fn kind(file: &Path) -> Option<&'static str> {
    Some(match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "text/xml; charset=utf-8",
        "wasm" => "application/wasm",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{addin, inside, listen, local_office, moved};

    #[test]
    fn a_path_cannot_lead_out() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(inside(here, "Cargo.toml").is_some());
        for path in ["../Cargo.toml", "src/../../Cargo.toml", "/etc/hostname", "", "src", "none.txt"] {
            assert!(inside(here, path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_page_gets_the_local_office_js() {
        let page = b"<p></p><script src=\"https://appsforoffice.microsoft.com/lib/1/hosted/office.js\"></script>";
        let local = String::from_utf8(local_office(page)).unwrap();
        assert_eq!(
            local,
            "<p></p><script src=\"/simulator/microsoft-ajax.js\"></script><script src=\"/office-js/office.js\"></script>"
        );
        assert_eq!(local_office(b"<p></p>"), b"<p></p>");
    }
    #[test]
    fn the_manifest_names_the_port_that_it_is_served_at() {
        let manifest = b"<Url DefaultValue=\"https://localhost:3000/launch.html\"/>";
        assert_eq!(moved(manifest, 3000), manifest);
        assert_eq!(moved(manifest, 3443), b"<Url DefaultValue=\"https://localhost:3443/launch.html\"/>");
        assert!(addin(Path::new(env!("CARGO_MANIFEST_DIR")), 3000, "/../Cargo.toml").is_none());
    }

    #[test]
    fn the_next_port_is_taken_when_the_first_is_in_use() {
        let (first, port) = listen(41_000).unwrap();
        let (_second, next) = listen(port).unwrap();
        assert!(next > port);
        drop(first);
    }
}

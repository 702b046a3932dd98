//! `cargo xtask demo` and `serve`: the simulator with the add-in in it, on this machine alone.

use std::fs;
use std::io::IsTerminal;
use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use tiny_http::{Header, Request, Response, Server};

use crate::browser;
use crate::build::{ADDIN, SIMULATOR};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The port; the next free one is taken when it is in use
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

const OFFICE_JS: &str = "node_modules/@microsoft/office-js/dist";
const OFFICE_CDN: &str = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const THREADS: usize = 4;

pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    for folder in [ADDIN, SIMULATOR] {
        if !root.join(folder).is_dir() {
            bail!("{folder} is not there; run `cargo xtask build` first");
        }
    }
    let (server, port) = listen(arguments.port)?;
    let address = format!("http://localhost:{port}/");
    println!("Sendvagt in its simulator: {address}\nPress Ctrl+C to stop.");
    if !arguments.no_open && std::io::stdout().is_terminal() {
        browser::open(&address);
    }
    let server = Arc::new(server);
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, root) = (Arc::clone(&server), root.to_path_buf());
            thread::spawn(move || server.incoming_requests().for_each(|request| answer(&root, request)))
        })
        .collect();
    for thread in threads {
        thread.join().map_err(|_| anyhow!("the server stopped"))?;
    }
    Ok(())
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

fn answer(root: &Path, request: Request) {
    let url = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
    let result = match content(root, &url) {
        Some((kind, bytes)) => {
            let response = Response::from_data(bytes);
            let response = with(with(response, "Content-Type", kind), "Cache-Control", "no-store");
            // Lets the simulator forbid WebAssembly to the add-in, to show what happens then.
            request.respond(with(response, "Allow-CSP-From", "*"))
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

    use super::{inside, local_office};

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
}

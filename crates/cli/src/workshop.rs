//! `sendvagt workshop`: serves the workshop page to this machine alone, or writes it.

mod server;

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use clap::Args;
use data_encoding::BASE64;
use flate2::read::GzDecoder;

use crate::bundled::{ADDIN, ADDIN_PLACE, WORKSHOP};
use crate::exit::{Ending, SEND};
use crate::out;
use server::Server;

#[derive(Args)]
#[command(after_help = "\
The page is served to this machine alone, on 127.0.0.1, until Ctrl-C. It has no connection to anywhere, not to this program \
either. A browser keeps what was written in it for the same address only: with --port it is there again the next time.")]
pub(crate) struct Arguments {
    /// Write the page to this file instead of serving it: it works opened from a disk
    #[arg(long, value_name = "FILE", conflicts_with = "port")]
    out: Option<PathBuf>,
    /// Serve it on this port; any free one by default
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Take the page in this file, made by `cargo xtask build`, instead of the one inside this program
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Ending> {
    let page = page(arguments.page.as_deref())?;
    if let Some(path) = &arguments.out {
        out::data(Some(path), &page)?;
        writeln!(io::stdout().lock(), "{}: the workshop. Open it in Edge, Chrome or Firefox.", path.display())?;
        return Ok(SEND);
    }
    let port = arguments.port.unwrap_or_default();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Ending::new(format!(
            "port {port} is in use: close the program that uses it, name another with --port, or leave --port out"
        )),
        _ => Ending::new(format!("port {port} of 127.0.0.1 cannot be opened: {error}")),
    })?;
    let server = Server::new(listener, page)?;
    let mut stdout = io::stdout().lock();
    let lines = format!(
        "The workshop is at {}\nOpen the address in Edge, Chrome or Firefox on this machine. Ctrl-C ends it.\n",
        server.address()
    );
    stdout.write_all(lines.as_bytes())?;
    stdout.flush()?;
    drop(stdout);
    server.run()?;
    Ok(SEND)
}

/// The page in a file, or the one inside this program with its add-in.
fn page(file: Option<&Path>) -> Result<String, Ending> {
    if let Some(path) = file {
        return std::fs::read_to_string(path)
            .map_err(|error| Ending::new(format!("--page {} cannot be read: {error}", path.display())));
    }
    let (Some(packed), Some(addin)) = (WORKSHOP, ADDIN) else {
        return Err(Ending::new(
            "this program was built without the workshop inside; use one built by `cargo xtask release`, or name the page \
             with --page: `cargo xtask build` makes dist/sendvagt-workshop.html",
        ));
    };
    let mut page = String::new();
    GzDecoder::new(packed)
        .read_to_string(&mut page)
        .map_err(|error| Ending::new(format!("the workshop inside this program cannot be read: {error}")))?;
    Ok(page.replacen(ADDIN_PLACE, &BASE64.encode(addin), 1))
}

//! Serves one page on the loopback address.
//!
//! One page that is in memory needs no more of HTTP than this: a request's head is read and answered, and the connection
//! closed. Other programs of the machine and pages in its browsers can ask too; all they get is the page, which is public.
//! Only what names the loopback address as its host is answered, so that no name elsewhere can be made to mean this server.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The most that a request's head may have.
const LONGEST: u64 = 16_384;
/// Browsers open connections ahead, and may send nothing.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Server {
    listener: TcpListener,
    site: Arc<Site>,
}

struct Site {
    port: u16,
    page: String,
    policy: String,
}

impl Server {
    pub(super) fn new(listener: TcpListener, page: String) -> io::Result<Self> {
        let port = listener.local_addr()?.port();
        let policy = policy(&page);
        Ok(Self { listener, site: Arc::new(Site { port, page, policy }) })
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.site.port)
    }

    /// Answers until the process ends.
    pub(super) fn run(&self) -> io::Result<()> {
        for stream in self.listener.incoming() {
            let Ok(stream) = stream else { continue };
            let site = Arc::clone(&self.site);
            // A connection that breaks is the browser's to open again.
            thread::Builder::new().spawn(move || site.answer(&stream))?;
        }
        Ok(())
    }
}

/// The content security policy of the page, for the header: a header can also forbid frames around the page.
fn policy(page: &str) -> String {
    let after = page.split_once("http-equiv=\"Content-Security-Policy\"").map(|(_, after)| after);
    let content = after.and_then(|after| after.split("content=\"").nth(1)).and_then(|rest| rest.split('"').next());
    format!("{}; frame-ancestors 'none'", content.unwrap_or("default-src 'none'"))
}

/// An answer other than the page.
struct Refusal(&'static str, &'static str);

impl Site {
    fn answer(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = head(stream)?;
        if head.is_empty() {
            return Ok(());
        }
        let (status, kind, body) = match self.refused(&head) {
            None => ("200 OK", "text/html; charset=utf-8", self.page.as_str()),
            Some(Refusal(status, words)) => (status, "text/plain; charset=utf-8", words),
        };
        let fields = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
             Referrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n",
            body.len(),
            self.policy
        );
        let mut stream = stream;
        stream.write_all(fields.as_bytes())?;
        if !is_head(&head) {
            stream.write_all(body.as_bytes())?;
        }
        stream.flush()
    }

    fn refused(&self, head: &[String]) -> Option<Refusal> {
        let mut words = head.first().map(String::as_str).unwrap_or_default().split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut hosts = head.iter().skip(1).filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("host").then_some(value.trim())
        });
        let is_here = hosts.next().is_some_and(|host| self.is_own(host)) && hosts.next().is_none();
        if !is_here {
            return Some(Refusal("421 Misdirected Request", "This is not the host that you asked for.\n"));
        }
        if !matches!(method, "GET" | "HEAD") {
            return Some(Refusal("405 Method Not Allowed", "There is only a page to read here.\n"));
        }
        if target.split('?').next() != Some("/") {
            return Some(Refusal("404 Not Found", "There is one page here, at /.\n"));
        }
        None
    }

    fn is_own(&self, host: &str) -> bool {
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        matches!(name, "127.0.0.1" | "localhost") && port.parse() == Ok(self.port)
    }
}

fn is_head(head: &[String]) -> bool {
    head.first().is_some_and(|line| line.starts_with("HEAD "))
}

/// The lines of a request before its body; none when it is too long or never ends.
fn head(stream: &TcpStream) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    for line in BufReader::new(stream.take(LONGEST)).lines() {
        let line = line?;
        if line.is_empty() {
            return Ok(lines);
        }
        lines.push(line);
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn the_policy_of_the_page_is_sent_as_a_header_too() {
        let page = "<meta\n http-equiv=\"Content-Security-Policy\"\n content=\"default-src 'none'; img-src data:\"\n/>";
        assert_eq!(policy(page), "default-src 'none'; img-src data:; frame-ancestors 'none'");
        assert_eq!(policy("<p>"), "default-src 'none'; frame-ancestors 'none'");
    }
}

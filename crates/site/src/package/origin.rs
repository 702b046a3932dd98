//! Where a site lies.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// An address of https with a host and perhaps a path, without a slash at its end.
#[derive(Clone, Debug)]
pub struct Origin {
    url: Url,
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let example = "https://addins.example.dk/sendvagt";
        let url = Url::parse(text.trim())
            .map_err(|error| format!("it is no web address ({error}); write it as {example}"))?;
        if url.scheme() == "http" {
            return Err("Office loads add-ins by https alone; write https:// instead of http://".into());
        }
        if url.scheme() != "https" {
            return Err(format!("it begins with {}:; write it as {example}", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                "it holds a user name or password, which everyone could read in the manifest; leave it out".into()
            );
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("it holds a question mark or a number sign; end it with the path".into());
        }
        if matches!(url.host(), None | Some(Host::Domain(""))) {
            return Err(format!("it has no host; write it as {example}"));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if !url.path().chars().all(plain) || url.path().contains("//") {
            return Err("its path may hold letters from a to z, digits, hyphens, full stops and single slashes".into());
        }
        Ok(Self { url })
    }
}

impl Origin {
    /// The path without slashes at both ends; empty where the site has the host for itself.
    fn path(&self) -> &str {
        self.url.path().trim_matches('/')
    }

    /// The site's folder below the root of the host, with a slash at its end; empty for the root itself.
    pub(super) fn folder(&self) -> String {
        if self.path().is_empty() { String::new() } else { format!("{}/", self.path()) }
    }

    /// The address of the host, without a path.
    #[must_use]
    pub fn host(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The address of a file of the site.
    #[must_use]
    pub fn of(&self, file: &str) -> String {
        format!("{self}/{file}")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.host())?;
        if self.path().is_empty() { Ok(()) } else { write!(f, "/{}", self.path()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn reads_addresses() {
        for (text, origin, folder) in [
            ("https://addins.example.dk/sendvagt", "https://addins.example.dk/sendvagt", "sendvagt/"),
            ("https://addins.example.dk/sendvagt/", "https://addins.example.dk/sendvagt", "sendvagt/"),
            ("https://addins.example.dk", "https://addins.example.dk", ""),
            ("https://ADDINS.example.dk:443/a/b", "https://addins.example.dk/a/b", "a/b/"),
            ("https://localhost:3000", "https://localhost:3000", ""),
            ("https://rødovre.example/sv", "https://xn--rdovre-bya.example/sv", "sv/"),
            (" https://addins.example.dk ", "https://addins.example.dk", ""),
        ] {
            let read: Origin = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((read.to_string().as_str(), read.folder().as_str()), (origin, folder), "{text}");
        }
    }

    #[test]
    fn refuses_what_outlook_would_not_load() {
        for (text, told) in [
            ("http://addins.example.dk", "https alone"),
            ("addins.example.dk", "no web address"),
            ("ftp://addins.example.dk", "begins with ftp:"),
            ("https://", "no web address"),
            ("https://a:b@example.dk", "password"),
            ("https://example.dk/?x=1", "question mark"),
            ("https://example.dk/#x", "number sign"),
            ("https://example.dk/mit sted", "path may hold"),
            ("https://example.dk/a//b", "single slashes"),
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}

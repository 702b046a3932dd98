//! Where a site is served.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// An `https` URL of a host, with or without a path. Displayed without a trailing slash.
#[derive(Clone, Debug)]
pub struct Origin {
    url: Url,
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let example = "https://addins.example.dk/sendvagt";
        let url =
            Url::parse(text.trim()).map_err(|error| format!("not a web address ({error}); write it as {example}"))?;
        if url.scheme() == "http" {
            return Err("Office loads add-ins over https only; write https:// instead of http://".into());
        }
        if url.scheme() != "https" {
            return Err(format!("the scheme is {}, not https; write it as {example}", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                "it contains a user name or password, which anyone could read in the manifest; leave it out".into()
            );
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("it contains a question mark or a number sign; leave out all after the path".into());
        }
        if matches!(url.host(), None | Some(Host::Domain(""))) {
            return Err(format!("it has no host; write it as {example}"));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if !url.path().chars().all(plain) || url.path().contains("//") {
            return Err("its path may contain only letters from a to z, digits, hyphens, underscores, full stops and single slashes".into());
        }
        Ok(Self { url })
    }
}

impl Origin {
    /// The path without leading or trailing slash; empty when the site has the host to itself.
    fn path(&self) -> &str {
        self.url.path().trim_matches('/')
    }

    /// The site's folder below the root of the host, with a trailing slash; empty for the root itself.
    pub(super) fn folder(&self) -> String {
        if self.path().is_empty() { String::new() } else { format!("{}/", self.path()) }
    }

    /// The URL of the host, without a path.
    #[must_use]
    pub fn host(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The URL of a file of the site.
    #[must_use]
    pub fn url(&self, file: &str) -> String {
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
    fn valid_origins() {
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
    fn rejects_what_outlook_would_not_load() {
        for (text, message) in [
            ("http://addins.example.dk", "https only"),
            ("addins.example.dk", "not a web address"),
            ("ftp://addins.example.dk", "the scheme is ftp"),
            ("https://", "not a web address"),
            ("https://a:b@example.dk", "password"),
            ("https://example.dk/?x=1", "question mark"),
            ("https://example.dk/#x", "number sign"),
            ("https://example.dk/mit sted", "path may contain"),
            ("https://example.dk/a//b", "single slashes"),
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}

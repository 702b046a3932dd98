//! Where a site is served.

use std::fmt;
use std::str::FromStr;

use sendvagt::{Both, Language};
use url::{Host, Url};

/// An `https` URL of a host, with or without a path. Displayed without a trailing slash.
#[derive(Clone, Debug)]
pub struct Origin {
    url: Url,
}

/// Why a text is no origin, and what to write instead. Displayed in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OriginError(Both);

impl OriginError {
    /// The message in one language.
    #[must_use]
    pub fn get(self, language: Language) -> &'static str {
        self.0.get(language)
    }
}

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get(Language::En))
    }
}

impl std::error::Error for OriginError {}

const NO_ADDRESS: OriginError = OriginError(Both {
    da: "dette er ikke en webadresse; skriv den som https://addins.example.dk/sendvagt",
    en: "not a web address; write it as https://addins.example.dk/sendvagt",
});
const HTTP: OriginError = OriginError(Both {
    da: "Office henter kun tilføjelsesprogrammer over https; skriv https:// i stedet for http://",
    en: "Office loads add-ins over https only; write https:// instead of http://",
});
const OTHER_SCHEME: OriginError = OriginError(Both {
    da: "adressen skal begynde med https://; skriv den som https://addins.example.dk/sendvagt",
    en: "it must begin with https://; write it as https://addins.example.dk/sendvagt",
});
const PASSWORD: OriginError = OriginError(Both {
    da: "adressen har et brugernavn eller en adgangskode, som enhver kan læse i manifestet; udelad det",
    en: "it contains a user name or password, which anyone could read in the manifest; leave it out",
});
const QUERY: OriginError = OriginError(Both {
    da: "adressen har et spørgsmålstegn eller et nummertegn; udelad alt efter stien",
    en: "it contains a question mark or a number sign; leave out all after the path",
});
const PATH: OriginError = OriginError(Both {
    da: "stien må kun have bogstaverne a til z, cifre, bindestreger, understreger, punktummer og enkelte skråstreger",
    en: "its path may contain only letters from a to z, digits, hyphens, underscores, full stops and single slashes",
});

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let text = text.trim();
        let url = match Url::parse(text) {
            Ok(url) => url,
            // `addins.example.dk` and `addins.example.dk:8443` look like an address to whoever writes them.
            Err(_) if text.contains('.') && !text.contains("//") => return Err(OTHER_SCHEME),
            Err(_) => return Err(NO_ADDRESS),
        };
        if url.scheme() == "http" {
            return Err(HTTP);
        }
        if url.scheme() != "https" {
            return Err(OTHER_SCHEME);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PASSWORD);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(QUERY);
        }
        if matches!(url.host(), None | Some(Host::Domain(""))) {
            return Err(NO_ADDRESS);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if !url.path().chars().all(plain) || url.path().contains("//") {
            return Err(PATH);
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
    use sendvagt::Language;

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
            ("addins.example.dk", "must begin with https://"),
            ("addins.example.dk:8443/sendvagt", "must begin with https://"),
            ("sendvagt", "not a web address"),
            ("ftp://addins.example.dk", "must begin with https://"),
            ("https://", "not a web address"),
            ("https://a:b@example.dk", "password"),
            ("https://example.dk/?x=1", "question mark"),
            ("https://example.dk/#x", "number sign"),
            ("https://example.dk/mit sted", "path may contain"),
            ("https://example.dk/a//b", "single slashes"),
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.to_string().contains(message), "{text}: {error}");
            assert_ne!(error.get(Language::Da), error.get(Language::En), "{text}");
        }
    }
}

//! Where a site is served.

use std::fmt;
use std::str::FromStr;

use sendvagt::{Both, Language};
use url::{Host, Url};

use crate::web_address::{has_plain_host, is_invisible};

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

const SLASHES: OriginError = OriginError(Both {
    da: "der skal stå https:// og så serverens navn; skriv den som https://addins.example.dk/sendvagt",
    en: "it must be https:// and then the name of the host; write it as https://addins.example.dk/sendvagt",
});
const INVISIBLE: OriginError = OriginError(Both {
    da: "adressen har et tabulatortegn eller et tegn, man ikke kan se; skriv den igen i stedet for at kopiere den",
    en: "it contains a tab or a character that cannot be seen; type it again instead of copying it",
});
const HOST: OriginError = OriginError(Both {
    da: "sådan kan en server ikke hedde; skriv navnet helt ud, uden stjerne og med de bogstaver, det har i DNS",
    en: "no host can have such a name; write all of it, without an asterisk and in the letters that it has in DNS",
});
const PORT: OriginError = OriginError(Both {
    da: "port 0 findes ikke; udelad porten, eller skriv den rigtige",
    en: "there is no port 0; leave the port out, or write the right one",
});
const FILE: OriginError =
    OriginError(Both { da: "adressen er på en fil; skriv kun mappen", en: "it names a file; write the folder only" });
const RESERVED: OriginError = OriginError(Both {
    da: "en mappe i stien kan ikke hedde sådan; vælg et andet navn, som for eksempel sendvagt",
    en: "a folder in its path cannot have this name; choose another one, such as sendvagt",
});

/// What makes an address work in few places only.
const BARE: Both = Both {
    da: "navnet gælder kun på jeres eget netværk; bruger nogen Outlook andre steder, så vælg et fuldt navn",
    en: "the name is known on your own network only; if anybody uses Outlook elsewhere, choose a full name",
};
const NUMBER: Both = Both {
    da: "dette er en ip-adresse; certifikatet skal gælde for den, og adressen kan ikke ændres siden, så vælg hellere et navn",
    en: "this is an IP address; the certificate must be for it, and it cannot change later, so a name is better",
};

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
        if text.chars().any(|c| c.is_control() || is_invisible(c)) {
            return Err(INVISIBLE);
        }
        let after = text.get("https://".len()..).filter(|_| text.to_ascii_lowercase().starts_with("https://"));
        let Some(after) = after.filter(|after| !after.starts_with('/') && !text.contains('\\')) else {
            return Err(SLASHES);
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PASSWORD);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(QUERY);
        }
        if matches!(url.host(), None | Some(Host::Domain(""))) {
            return Err(NO_ADDRESS);
        }
        if !has_plain_host(&url, text) {
            return Err(HOST);
        }
        if url.port() == Some(0) {
            return Err(PORT);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if !url.path().chars().all(plain) || url.path().contains("//") {
            return Err(PATH);
        }
        let written = after.split('/').skip(1).filter(|folder| !folder.is_empty());
        if written.clone().any(is_reserved) {
            return Err(RESERVED);
        }
        if written.last().is_some_and(is_file) {
            return Err(FILE);
        }
        Ok(Self { url })
    }
}

/// Names that mean something else to the host or to Windows: hidden folders, the folder above, devices.
fn is_reserved(folder: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = folder.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered = |kind: &str| stem.strip_prefix(kind).is_some_and(|n| n.len() == 1 && n.parse::<u8>().is_ok());
    folder.starts_with('.')
        || folder.ends_with('.')
        || DEVICES.contains(&stem.as_str())
        || is_numbered("com")
        || is_numbered("lpt")
}

/// Does this look like `launch.html`, and not like `v1.2`?
fn is_file(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        (2..=5).contains(&extension.len()) && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

impl Origin {
    /// What will work in few places only, though it is no error.
    #[must_use]
    pub fn warning(&self) -> Option<Both> {
        match self.url.host()? {
            Host::Domain(name) if name.contains('.') => None,
            Host::Domain(_) => Some(BARE),
            Host::Ipv4(_) | Host::Ipv6(_) => Some(NUMBER),
        }
    }

    /// The path without leading or trailing slash; empty when the site has the host to itself.
    fn path(&self) -> &str {
        self.url.path().trim_matches('/')
    }

    /// The site's folder below the root of the host, with a trailing slash; empty for the root itself.
    pub(crate) fn folder(&self) -> String {
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
    fn names_and_numbers_of_one_network_are_warned_of() {
        for (text, warns) in [
            ("https://addins.example.dk/v1.2", false),
            ("https://addins", true),
            ("https://localhost:3000", true),
            ("https://10.0.0.5", true),
            ("https://[::1]:8443", true),
        ] {
            let origin: Origin = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(origin.warning().is_some(), warns, "{text}");
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
            ("https://*.example", "no host can have such a name"),
            ("https://1.2", "no host can have such a name"),
            ("https://0x7f.1", "no host can have such a name"),
            ("https://a..example", "no host can have such a name"),
            ("https://-.example", "no host can have such a name"),
            ("https://a-.example", "no host can have such a name"),
            ("https://a_b.example", "no host can have such a name"),
            ("https://a.example.", "no host can have such a name"),
            // A Cyrillic letter, and one of full width, which a parser makes an ordinary one.
            ("https://\u{430}ddins.example", "no host can have such a name"),
            ("https://\u{ff41}ddins.example", "no host can have such a name"),
            ("https:a.example", "and then the name of the host"),
            ("https:/a.example", "and then the name of the host"),
            ("https:///a.example", "and then the name of the host"),
            ("https://a.example\\sendvagt", "and then the name of the host"),
            ("https://a.exa\tmple", "cannot be seen"),
            ("https://a.exam\u{200b}ple", "cannot be seen"),
            ("https://a.example/\u{202e}x", "cannot be seen"),
            ("https://a.example:0", "no port 0"),
            ("https://a.example:99999", "not a web address"),
            ("https://a.example/sendvagt/launch.html", "names a file"),
            ("https://a.example/manifest.xml", "names a file"),
            ("https://a.example/.well-known", "cannot have this name"),
            ("https://a.example/a/../b", "cannot have this name"),
            ("https://a.example/con", "cannot have this name"),
            ("https://a.example/COM1.x/b", "cannot have this name"),
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.to_string().contains(message), "{text}: {error}");
            assert_ne!(error.get(Language::Da), error.get(Language::En), "{text}");
        }
    }
}

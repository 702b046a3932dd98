//! Reads recipient addresses, and compares them as mail systems do.

pub mod domain;
pub(crate) mod index;
pub(crate) mod lookalike;
mod private_services;
mod punycode;

pub use private_services::PRIVATE_SERVICES;

use crate::text::{is_alphanumeric, lower, trim};

/// What a recipient's address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An SMTP mailbox.
    Mailbox(Mailbox),
    /// A CPR or CVR number instead of an address: many municipalities address "send securely" and Digital Post this way.
    /// The number is not kept, so that nothing can echo it.
    DigitalPost,
    /// A path in the organisation's own Exchange directory (`/o=…/cn=…`). It cannot be judged.
    Exchange,
    /// Not an address.
    Unreadable,
}

/// An SMTP mailbox in the one spelling in which mailboxes are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    address: String,
    at: usize,
}

impl Mailbox {
    /// `local` in lower case and without a plus tag, `domain` in its normal spelling.
    pub fn new(local: &str, domain: &str) -> Self {
        Self { address: [local, "@", domain].concat(), at: local.len() }
    }

    /// The whole address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What is before the `@`.
    pub fn local(&self) -> &str {
        self.address.get(..self.at).unwrap_or_default()
    }

    /// What is after the `@`.
    pub fn domain(&self) -> &str {
        self.address.get(self.at + 1..).unwrap_or_default()
    }
}

/// Reads an address as Outlook gives it; if it is empty, the one in the display name.
pub fn parse(address: &str, name: &str) -> Address {
    let text = if trim(address).is_empty() { name } else { address };
    let text = bare(text);
    if is_exchange_path(text) {
        return Address::Exchange;
    }
    if is_person_or_company_number(text) {
        return Address::DigitalPost;
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return Address::Unreadable;
    };
    let local = trim(local).trim_matches('"');
    if is_person_or_company_number(local) {
        return Address::DigitalPost;
    }
    match domain::normalise(domain) {
        Some(domain) if !local.is_empty() => Address::Mailbox(Mailbox::new(&untagged(local), &domain)),
        _ => Address::Unreadable,
    }
}

/// Strips what surrounds an address: a display name, angle brackets, quotes, a scheme.
fn bare(text: &str) -> &str {
    let text = trim(text);
    let inner = match (text.rfind('<'), text.rfind('>')) {
        // Brackets in the wrong order hold nothing.
        (Some(open), Some(close)) => text.get(open..close).unwrap_or(text),
        _ => text,
    };
    let inner = inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '<' | '>' | ';' | ','));
    ["smtp:", "mailto:", "sip:"].iter().find_map(|scheme| strip_prefix_ignoring_case(inner, scheme)).unwrap_or(inner)
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
}

fn is_exchange_path(text: &str) -> bool {
    let text = strip_prefix_ignoring_case(text, "ex:").unwrap_or(text);
    strip_prefix_ignoring_case(text, "/o=").is_some()
}

/// Ten digits (CPR), eight (CVR), or six digits and a serial with letters (health-care replacement number),
/// whatever separates them. It does not matter whether the date exists: a mistyped number must not be echoed either.
fn is_person_or_company_number(text: &str) -> bool {
    let mut length = 0_usize;
    let mut letters = 0_usize;
    for c in text.chars() {
        if c.is_ascii_digit() {
            length += 1;
        } else if c.is_ascii_uppercase() && length >= 7 {
            length += 1;
            letters += 1;
        } else if is_alphanumeric(c) || c == '@' {
            return false;
        }
    }
    matches!((length, letters), (8 | 10, 0) | (10, 2))
}

/// Lower case, and `post+sag@` is `post@`: Exchange Online delivers plus addresses to the mailbox before the plus
/// (Microsoft: "Plus addressing in Exchange Online").
fn untagged(local: &str) -> String {
    let local = match local.split_once('+') {
        Some((mailbox, _)) if !mailbox.is_empty() => mailbox,
        _ => local,
    };
    lower(local)
}

#[cfg(test)]
mod tests {
    use super::{Address, parse};

    fn mailbox(address: &str, name: &str) -> Option<String> {
        match parse(address, name) {
            Address::Mailbox(mailbox) => Some(mailbox.address().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn an_address_has_one_spelling() {
        let same = [
            ("Post@Eksempel.dk", ""),
            ("<post@eksempel.dk>", ""),
            ("SMTP:post@eksempel.dk", ""),
            ("mailto:post@eksempel.dk", ""),
            ("Borgerservice <post@eksempel.dk>", ""),
            ("\"Post, Eksempel\" <post@eksempel.dk>", ""),
            ("post+sag42@eksempel.dk", ""),
            ("'post@eksempel.dk'", ""),
            ("\"post\"@eksempel.dk.", ""),
            ("", "Borgerservice <post@eksempel.dk>"),
            ("", "post@eksempel.dk"),
        ];
        for (address, name) in same {
            assert_eq!(mailbox(address, name).as_deref(), Some("post@eksempel.dk"), "{address:?} {name:?}");
        }
        assert_eq!(mailbox("post@ærø.dk", ""), mailbox("post@xn--r-3fa9c.dk", ""));
        assert_eq!(
            mailbox("+sag@eksempel.dk", "").as_deref(),
            Some("+sag@eksempel.dk"),
            "nothing stands before the plus"
        );
    }

    #[test]
    fn a_number_as_recipient_is_digital_post() {
        let numbers = [
            "010203-1234",
            "0102031234",
            "010203 1234",
            "<010203-1234>",
            "0102031234@digital-post.dk",
            "010203-1OS6",
            "12345678",
            "999999-9999",
        ];
        for number in numbers {
            assert_eq!(parse(number, ""), Address::DigitalPost);
        }
    }

    #[test]
    fn digits_in_a_name_make_no_number() {
        for local in ["ab01020312", "0102031ab4", "0102031O23", "sag12345678", "12345678sag"] {
            let address = format!("{local}@eksempel.dk");
            assert_eq!(mailbox(&address, ""), Some(address.to_lowercase()), "{local}");
        }
        assert_eq!(
            mailbox("AB01020312@eksempel.dk", "").as_deref(),
            Some("ab01020312@eksempel.dk"),
            "letters come last"
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_guessed() {
        let cases = [
            ("/O=EXCHANGELABS/OU=EXCHANGE/CN=RECIPIENTS/CN=post", Address::Exchange),
            ("EX:/o=Eksempel/cn=post", Address::Exchange),
            ("post", Address::Unreadable),
            ("@eksempel.dk", Address::Unreadable),
            ("post@eksempel", Address::Unreadable),
            ("", Address::Unreadable),
        ];
        for (address, expected) in cases {
            assert_eq!(parse(address, ""), expected, "{address:?}");
        }
    }
}

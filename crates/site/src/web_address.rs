//! What a web address may be made of: names that DNS has, and nothing that a reader does not see.

use url::{Host, Url};

/// Is this a character that takes no room or turns the text around? Such characters make an address read as another one.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Does an address name a host as DNS writes names? `written` is the address before it was parsed, which makes `1.0.0.2`
/// of `1.2`, and letters of look-alike ones.
pub(crate) fn has_plain_host(url: &Url, written: &str) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_name(name) && !written.chars().any(|c| !c.is_ascii() && !is_latin(c)),
        Some(Host::Ipv4(address)) => written.contains(&address.to_string()),
        Some(Host::Ipv6(_)) => true,
        None => false,
    }
}

/// The letters of the languages around us, which look like no others.
fn is_latin(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
}

fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

//! What programs leave behind in pasted text: HTML entities and tags, percent-encoding, and UTF-8 read as Windows-1252.

/// One character written as several: the character meant, and the bytes it takes in the text.
pub(super) type Escape = (char, usize);

/// The most bytes of an entity after its `&`: the longest name in [`NAMES`] and the semicolon.
const LONGEST: usize = 17;

/// HTML's names of the spaces, dashes, invisible characters and separators that may stand in a number
/// (WHATWG HTML, "Named character references").
const NAMES: [(&str, char); 41] = [
    ("nbsp", '\u{a0}'),
    ("NonBreakingSpace", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("ThinSpace", '\u{2009}'),
    ("hairsp", '\u{200a}'),
    ("numsp", '\u{2007}'),
    ("puncsp", '\u{2008}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("NoBreak", '\u{2060}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("hyphen", '\u{2010}'),
    ("dash", '\u{2010}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("horbar", '\u{2015}'),
    ("minus", '\u{2212}'),
    ("hybull", '\u{2043}'),
    ("period", '.'),
    ("middot", '\u{b7}'),
    ("bull", '\u{2022}'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("frasl", '\u{2044}'),
    ("lowbar", '_'),
    ("comma", ','),
    ("colon", ':'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("amp", '&'),
];

/// The escape at the start of `text`, whose first character is `first`.
pub(super) fn read(first: char, text: &str) -> Option<Escape> {
    match first {
        '&' => entity(text.as_bytes()),
        '<' => tag(text.as_bytes()),
        '%' => percent(text.as_bytes()),
        'Â' | 'â' => mojibake(text),
        _ => None,
    }
}

/// `&nbsp;`, `&#8209;` or `&#x2011;`. The final semicolon is required: "A&B" is no entity.
fn entity(text: &[u8]) -> Option<Escape> {
    let body = text.get(1..)?;
    let length = body.iter().take(LONGEST).position(|&b| b == b';')?;
    let body = body.get(..length)?;
    let meant = match body {
        [b'#', b'x' | b'X', hex @ ..] => char::from_u32(number(hex, 16)?)?,
        [b'#', decimal @ ..] => char::from_u32(number(decimal, 10)?)?,
        name => named(name)?,
    };
    Some((meant, length + 2))
}

fn named(name: &[u8]) -> Option<char> {
    Some(NAMES.iter().find(|(known, _)| known.as_bytes() == name)?.1)
}

/// HTML's names of the letters of Danish words, and of those that names have.
const LETTERS: [(&str, char); 12] = [
    ("aelig", 'æ'),
    ("oslash", 'ø'),
    ("aring", 'å'),
    ("AElig", 'Æ'),
    ("Oslash", 'Ø'),
    ("Aring", 'Å'),
    ("eacute", 'é'),
    ("Eacute", 'É'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("euro", '€'),
];

/// The character of a name in HTML, of those that matter to numbers and the words beside them.
pub(crate) fn named_character(name: &[u8]) -> Option<char> {
    named(name).or_else(|| Some(LETTERS.iter().find(|(known, _)| known.as_bytes() == name)?.1))
}

/// HTML's tags that stand within a line, and whether one sets apart what stands on its two sides.
const TAGS: [(&str, bool); 16] = [
    ("b", false),
    ("i", false),
    ("u", false),
    ("em", false),
    ("strong", false),
    ("span", false),
    ("font", false),
    ("sub", false),
    ("sup", false),
    ("mark", false),
    ("wbr", false),
    ("br", true),
    ("p", true),
    ("div", true),
    ("td", true),
    ("li", true),
];

/// `<b>`, `</b>` or `<br/>`, without attributes. A tag within a line shows nothing.
fn tag(text: &[u8]) -> Option<Escape> {
    let end = text.iter().take(12).position(|&byte| byte == b'>')?;
    let body = text.get(1..end)?;
    let name = body.strip_prefix(b"/").unwrap_or(body);
    let name = name.strip_suffix(b"/").unwrap_or(name).trim_ascii();
    let (_, apart) = TAGS.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(name))?;
    Some((if *apart { ' ' } else { '\u{200b}' }, end + 1))
}

/// `%20`, `%2D`, and the two- and three-byte characters such as `%C2%A0` and `%E2%80%93`. Letters and digits are
/// never percent-encoded by programs, so they stay what they look like.
fn percent(text: &[u8]) -> Option<Escape> {
    let byte = |at: usize| match text.get(at..at + 3)? {
        [b'%', hex @ ..] => u8::try_from(number(hex, 16)?).ok(),
        _ => None,
    };
    let lead = byte(0)?;
    let (count, mut code) = match lead {
        0x20..=0x7e if !lead.is_ascii_alphanumeric() => return Some((char::from(lead), 3)),
        b'\t' | b'\n' | b'\r' => return Some((char::from(lead), 3)),
        0xc2..=0xdf => (2, u32::from(lead & 0x1f)),
        0xe0..=0xef => (3, u32::from(lead & 0x0f)),
        _ => return None,
    };
    for at in 1..count {
        let more = byte(3 * at).filter(|byte| (0x80..0xc0).contains(byte))?;
        code = code << 6 | u32::from(more & 0x3f);
    }
    // Longer than it needs to be is not UTF-8.
    let meant = char::from_u32(code).filter(|c| c.len_utf8() == count)?;
    Some((meant, 3 * count))
}

/// `â€“` for an en dash and `Â ` for a non-breaking space: UTF-8 that was read as Windows-1252.
fn mojibake(text: &str) -> Option<Escape> {
    let mut chars = text.chars();
    let meant = match (chars.next()?, chars.next()?) {
        // The space may have become a plain one since.
        ('Â', '\u{a0}' | ' ') => '\u{a0}',
        ('Â', '\u{ad}') => '\u{ad}',
        ('Â', '·') => '·',
        // The third byte of U+2010 to U+2015, as Windows-1252 or as Latin-1.
        ('â', '€' | '\u{80}') => match chars.next()? {
            '\u{90}' | '‘' | '’' | '“' | '”' | '•' | '\u{91}'..='\u{95}' => '\u{2013}',
            _ => return None,
        },
        _ => return None,
    };
    Some((meant, text.len() - chars.as_str().len()))
}

/// At most seven digits of the base, none missing.
fn number(digits: &[u8], base: u32) -> Option<u32> {
    if digits.is_empty() || digits.len() > 7 {
        return None;
    }
    digits.iter().try_fold(0, |sum, &digit| Some(sum * base + char::from(digit).to_digit(base)?))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, NAMES, read};

    #[test]
    fn reads_what_programs_leave_behind() {
        let cases = [
            ("named", "&nbsp;1", Some(('\u{a0}', 6))),
            ("decimal", "&#8209;1", Some(('\u{2011}', 7))),
            ("hexadecimal", "&#x2011;1", Some(('\u{2011}', 8))),
            ("seven digits", "&#0008209;1", Some(('\u{2011}', 10))),
            ("eight digits", "&#00008209;1", None),
            ("capital x", "&#X2011;1", Some(('\u{2011}', 8))),
            ("longest name", "&NonBreakingSpace;", Some(('\u{a0}', 18))),
            ("no semicolon", "&nbsp 1", None),
            ("unknown name", "&fnord;", None),
            ("company", "A&B", None),
            ("empty", "&;", None),
            ("empty number", "&#;", None),
            ("no character", "&#xD800;", None),
            ("too large", "&#9999999;", None),
            ("far too large", "&#99999999999999;", None),
            ("percent space", "%20x", Some((' ', 3))),
            ("percent hyphen", "%2D", Some(('-', 3))),
            ("percent hyphen, small", "%2d", Some(('-', 3))),
            ("percent en dash", "%E2%80%93", Some(('–', 9))),
            ("percent nbsp", "%C2%A0", Some(('\u{a0}', 6))),
            ("percent tab", "%09x", Some(('\t', 3))),
            ("percent line end", "%0Ax", Some(('\n', 3))),
            ("percent digit stays", "%30", None),
            ("percent sign", "50% af", None),
            ("percent at end", "%2", None),
            ("percent broken", "%E2%80", None),
            ("percent not UTF-8", "%E2%20%20", None),
            ("percent without its second byte", "%C2%C2", None),
            ("percent longer than needed", "%E0%82%A0", None),
            ("percent half of a pair", "%ED%A0%80", None),
            ("mojibake en dash", "â€“1", Some(('\u{2013}', 8))),
            ("mojibake nbsp", "Â\u{a0}1", Some(('\u{a0}', 4))),
            ("mojibake nbsp, since made plain", "Â 1", Some(('\u{a0}', 3))),
            ("tag", "<b>1", Some(('\u{200b}', 3))),
            ("closing tag in capitals", "</STRONG>", Some(('\u{200b}', 9))),
            ("line break", "<br />1", Some((' ', 6))),
            ("unknown tag", "<cpr>", None),
            ("tag with an attribute", "<b id=x>", None),
            ("a sign", "< 5", None),
            ("mojibake soft hyphen", "Â\u{ad}1", Some(('\u{ad}', 4))),
            ("mojibake dot", "Â·1", Some(('·', 4))),
            ("word", "âge", None),
            ("nothing", "", None),
        ];
        for (name, text, expected) in cases {
            let first = text.chars().find(|c| !c.is_ascii_alphanumeric()).unwrap_or(' ');
            let text = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == ' ');
            assert_eq!(read(first, text), expected, "{name}");
        }
    }

    #[test]
    fn every_name_is_within_reach() {
        for (name, meant) in NAMES {
            assert!(name.len() < LONGEST, "{name}");
            assert_eq!(read('&', &format!("&{name};")), Some((meant, name.len() + 2)), "{name}");
        }
    }
}

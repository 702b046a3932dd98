//! A subject as words, blanks and marks.

use std::ops::Range;

use crate::text::{is_alphanumeric, is_invisible, lower, lower_char, upper_char};

/// What a part of a subject is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Letters and digits, with the marks inside: `cpr-nr`, `16/09`.
    Word,
    /// The policy's word for a citizen, in the place of a number.
    Citizen,
    /// A number that goes.
    Number,
    /// A number that stays.
    Kept,
    /// White space, what shows nothing, and `_`, which stands for a blank in the names of files.
    Blank,
    /// A mark between parts.
    Separator,
    /// A mark at the end of a sentence or of an abbreviation.
    Stop,
    /// An opening bracket or quotation mark.
    Open,
    /// A closing bracket or quotation mark.
    Close,
    /// Any other character.
    Sign,
}

/// A part of a subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Is it written with a capital, whatever it was?
    pub(super) capital: bool,
}

impl<'a> Token<'a> {
    pub(super) fn new(kind: Kind, text: &'a str) -> Self {
        Self { kind, text, capital: false }
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        self.kind == kind
    }

    /// The word as tables have it.
    pub(super) fn word(&self) -> String {
        // A decomposed å is common in text that comes from a Mac.
        lower(self.text).replace("a\u{30a}", "å").replace('’', "'")
    }

    /// Adds the token to a text.
    pub(super) fn write(&self, text: &mut String) {
        // A word with capitals of its own within keeps its form: "iPad".
        let small = self.capital && self.text.chars().all(|c| c == lower_char(c));
        text.extend(self.text.chars().enumerate().map(|(at, c)| if small && at == 0 { upper_char(c) } else { c }));
    }

    /// Without the capital of a first word: "Fortroligt", but not "AKUT".
    pub(super) fn uncapitalised(&self) -> String {
        let small = self.text.chars().skip(1).all(|c| c == lower_char(c));
        if small { lower(self.text) } else { self.text.to_owned() }
    }

    /// Do the two marks enclose what is between them?
    pub(super) fn closes(&self, open: &Self) -> bool {
        PAIRS.contains(&(open.text, self.text))
    }
}

const PAIRS: [(&str, &str); 20] = [
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("<", ">"),
    ("»", "«"),
    ("«", "»"),
    ("“", "”"),
    ("„", "“"),
    ("”", "”"),
    ("‘", "’"),
    ("’", "’"),
    ("\"", "\""),
    ("'", "'"),
    ("*", "*"),
    ("‹", "›"),
    ("（", "）"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
    ("&lt;", "&gt;"),
];

/// Escapes that some systems leave in a subject, and what they are.
const ESCAPES: [(&str, Kind); 5] = [
    ("&nbsp;", Kind::Blank),
    ("&#160;", Kind::Blank),
    ("%20", Kind::Blank),
    ("&lt;", Kind::Open),
    ("&gt;", Kind::Close),
];

/// The parts of a text in which `numbers` stand, in order; `goes` says of each whether it is taken out.
pub(super) fn tokens<'a>(text: &'a str, numbers: &[(Range<usize>, bool)]) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut from = 0;
    for (range, goes) in numbers {
        read(text.get(from..range.start).unwrap_or_default(), &mut tokens);
        let kind = if *goes { Kind::Number } else { Kind::Kept };
        tokens.push(Token::new(kind, text.get(range.clone()).unwrap_or_default()));
        from = range.end;
    }
    read(text.get(from..).unwrap_or_default(), &mut tokens);
    tokens
}

fn read<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let escape = ESCAPES.iter().find(|(escape, _)| rest.starts_with(escape));
        let kind = escape.map_or_else(|| kind(rest, c, tokens.last()), |(_, kind)| *kind);
        let length = match (escape, kind) {
            (Some((escape, _)), _) => escape.len(),
            (None, Kind::Word) => word_length(rest),
            (None, Kind::Blank) => rest.find(|c| !is_blank(c)).unwrap_or(rest.len()),
            (None, _) => c.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        tokens.push(Token::new(kind, token));
        rest = after;
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '_' || (is_invisible(c) && c != '\u{200d}')
}

fn kind(text: &str, c: char, before: Option<&Token<'_>>) -> Kind {
    match c {
        _ if is_alphanumeric(c) => Kind::Word,
        _ if is_blank(c) => Kind::Blank,
        ',' | ';' | ':' | '-' | '–' | '—' | '\u{2010}' | '\u{2011}' | '/' | '\\' | '|' | '&' | '+' | '·' | '•'
        | '=' => Kind::Separator,
        '.' | '?' | '!' | '…' => Kind::Stop,
        '(' | '[' | '{' | '<' | '“' | '„' | '‘' | '‹' | '（' | '「' | '『' | '【' => Kind::Open,
        ')' | ']' | '}' | '>' | '›' | '）' | '」' | '』' | '】' => Kind::Close,
        // These open and close, by where they stand.
        '"' | '\'' | '»' | '«' | '”' | '’' | '*' => {
            let opens = before.is_none_or(|before| match before.kind {
                Kind::Blank | Kind::Separator | Kind::Open => true,
                Kind::Stop => text.chars().nth(1).is_some_and(is_alphanumeric),
                _ => false,
            });
            if opens { Kind::Open } else { Kind::Close }
        }
        _ => Kind::Sign,
    }
}

/// The length of the word at the start: letters and digits, single marks between two of them, combining marks.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let inside = || next.is_some_and(is_alphanumeric);
        let between_digits =
            || text.get(..at).is_some_and(|head| head.ends_with(is_digit)) && next.is_some_and(is_digit);
        let goes_on = match c {
            '-' | '.' | '\'' | '’' => inside(),
            '/' | ':' | ',' => between_digits(),
            '\u{300}'..='\u{36f}' => true,
            _ => is_alphanumeric(c),
        };
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

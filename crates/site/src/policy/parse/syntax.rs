//! What is no JSON, in words that help whoever wrote it.

use jsonc_parser::ParseStringErrorKind;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use sendvagt::Both;

use super::words::{self, Message, of, plain, with};

pub(super) fn message(error: &ParseError, text: &str) -> Message {
    let at = text.get(error.range().start..).and_then(|rest| rest.chars().next());
    of(words::NOT_JSON, &[&reason(error.kind(), at)])
}

/// What serde does not read, with what stands there.
pub(super) fn unread(rest: &str, error: &serde_json::Error) -> Message {
    match rest.chars().next() {
        Some(c) if is_odd_space(c) => of(words::NOT_JSON, &[&plain(words::HARD_SPACE)]),
        _ => with(words::NOT_JSON, &[&error.to_string()]),
    }
}

fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() || c == '\u{200b}'
}

/// What a word processor or a web page puts in, or else what the parser says.
fn reason(kind: &ParseErrorKind, at: Option<char>) -> Message {
    let within_text = matches!(kind, ParseErrorKind::String(_));
    let words: Both = match (at, kind) {
        (Some('\u{201c}'..='\u{201f}' | '«' | '»'), _) => words::QUOTES,
        (Some('\u{2018}'..='\u{201b}' | '\''), _) => words::SINGLE_QUOTES,
        (Some(c), _) if !within_text && is_odd_space(c) => words::HARD_SPACE,
        (_, ParseErrorKind::CommentsNotAllowed | ParseErrorKind::UnterminatedCommentBlock) => words::COMMENT,
        (_, ParseErrorKind::TrailingCommasNotAllowed) => words::TRAILING_COMMA,
        (_, ParseErrorKind::ExpectedComma) => words::MISSING_COMMA,
        (_, ParseErrorKind::ExpectedColonAfterObjectKey) => words::MISSING_COLON,
        (_, ParseErrorKind::ExpectedObjectValue) => words::MISSING_VALUE,
        (_, ParseErrorKind::UnexpectedCloseBrace | ParseErrorKind::UnexpectedCloseBracket) => words::CLOSED,
        (_, ParseErrorKind::ExpectedStringObjectProperty) => words::UNQUOTED_KEY,
        (_, ParseErrorKind::UnterminatedArray) => return with(words::UNCLOSED, &["]"]),
        (_, ParseErrorKind::UnterminatedObject) => return with(words::UNCLOSED, &["}"]),
        (_, ParseErrorKind::MultipleRootJsonValues) => words::MORE_THAN_ONE,
        (_, ParseErrorKind::NestingDepthExceeded) => words::TOO_DEEP,
        (_, ParseErrorKind::String(ParseStringErrorKind::UnterminatedStringLiteral)) => words::UNCLOSED_TEXT,
        (_, ParseErrorKind::String(_)) => words::BACKSLASH,
        (
            _,
            ParseErrorKind::BareDecimalPointNumbersNotAllowed
            | ParseErrorKind::ExpectedDigit
            | ParseErrorKind::ExpectedDigitFollowingNegativeSign
            | ParseErrorKind::ExpectedPlusMinusOrDigitInNumberLiteral
            | ParseErrorKind::HexadecimalNumbersNotAllowed
            | ParseErrorKind::NonFiniteNumbersNotAllowed
            | ParseErrorKind::UnaryPlusNumbersNotAllowed,
        ) => words::NUMBER,
        _ => words::UNEXPECTED,
    };
    plain(words)
}

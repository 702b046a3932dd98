//! Resolves `\b`, the edge of a word.
//!
//! A table that reads bytes cannot see whether the letter before is an `ø`. But at an end of a pattern, next to a letter, the
//! edge of a word is a character that is no part of one, or the end of the text; and between two characters of which the pattern
//! knows the kind it is there or not. Everything else is refused: it would be a pattern that nobody can read either.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// What a word around a pattern is made of: letters of the Latin script, digits, and `_`. All letters of the world would make a
/// table of 35 kB.
const LATIN: &[(char, char)] = &[
    ('0', '9'),
    ('A', 'Z'),
    ('_', '_'),
    ('a', 'z'),
    ('ª', 'ª'),
    ('µ', 'µ'),
    ('º', 'º'),
    ('À', 'Ö'),
    ('Ø', 'ö'),
    ('ø', 'ɏ'),
    ('Ḁ', 'ỿ'),
    ('\u{212a}', '\u{212b}'),
];

fn word() -> ClassUnicode {
    ClassUnicode::new(LATIN.iter().map(|(first, last)| ClassUnicodeRange::new(*first, *last)))
}

fn no_word() -> ClassUnicode {
    let mut class = word();
    class.negate();
    class
}

/// What `\w` is to the `regex` crate.
static ANY_WORD: LazyLock<ClassUnicode> = LazyLock::new(|| match regex_syntax::parse(r"\w").map(Hir::into_kind) {
    Ok(HirKind::Class(Class::Unicode(class))) => class,
    _ => word(),
});

fn one_of(class: ClassUnicode) -> Hir {
    Hir::class(Class::Unicode(class))
}

/// What may stand on one side of a place.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Side {
    /// A part of a word.
    word: bool,
    /// Another character, or an end of the text.
    other: bool,
    /// Whatever is around the pattern.
    outside: bool,
}

const OUTSIDE: Side = Side { word: false, other: false, outside: true };
const WORD: Side = Side { word: true, other: false, outside: false };
const OTHER: Side = Side { word: false, other: true, outside: false };

impl Side {
    fn or(self, side: Self) -> Self {
        Self { word: self.word || side.word, other: self.other || side.other, outside: self.outside || side.outside }
    }
}

/// The pattern without `\b`; `None` if one cannot be resolved.
pub(super) fn resolved(pattern: &Hir) -> Option<Hir> {
    if !pattern.properties().look_set().contains_word_unicode() {
        return Some(pattern.clone());
    }
    at(pattern, OUTSIDE, OUTSIDE)
}

fn at(pattern: &Hir, before: Side, after: Side) -> Option<Hir> {
    Some(match pattern.kind() {
        HirKind::Look(Look::WordUnicode) => return edge(before, after),
        HirKind::Look(look) if is_word_unicode(*look) => return None,
        HirKind::Concat(parts) => {
            let resolved = parts.iter().enumerate().map(|(index, part)| {
                let (left, right) = (parts.get(..index)?, parts.get(index + 1..)?);
                at(part, nearest(left.iter().rev(), last, before), nearest(right.iter(), first, after))
            });
            Hir::concat(resolved.collect::<Option<Vec<_>>>()?)
        }
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|part| at(part, before, after)).collect::<Option<Vec<_>>>()?)
        }
        HirKind::Repetition(repeated) => {
            let again = repeated.max.is_none_or(|max| max > 1);
            let sub = &repeated.sub;
            let (before, after) = match again {
                true => (before.or(last(sub).0), after.or(first(sub).0)),
                false => (before, after),
            };
            Hir::repetition(Repetition { sub: Box::new(at(sub, before, after)?), ..repeated.clone() })
        }
        HirKind::Capture(group) => at(&group.sub, before, after)?,
        _ => pattern.clone(),
    })
}

fn is_word_unicode(look: Look) -> bool {
    matches!(
        look,
        Look::WordUnicode
            | Look::WordUnicodeNegate
            | Look::WordStartUnicode
            | Look::WordEndUnicode
            | Look::WordStartHalfUnicode
            | Look::WordEndHalfUnicode
    )
}

fn edge(before: Side, after: Side) -> Option<Hir> {
    let end = |look, class| Hir::alternation(vec![Hir::look(look), one_of(class)]);
    match (before, after) {
        (OUTSIDE, WORD) => Some(end(Look::Start, no_word())),
        (WORD, OUTSIDE) => Some(end(Look::End, no_word())),
        (OUTSIDE, OTHER) | (OTHER, OUTSIDE) => Some(one_of(word())),
        (WORD, OTHER) | (OTHER, WORD) => Some(Hir::empty()),
        (WORD, WORD) | (OTHER, OTHER) => Some(Hir::fail()),
        _ => None,
    }
}

/// What stands next to a place, of these parts from there on, and of what is beyond them.
fn nearest<'a>(parts: impl Iterator<Item = &'a Hir>, of: fn(&Hir) -> (Side, bool), beyond: Side) -> Side {
    let mut side = Side::default();
    for part in parts {
        let (one, may_be_empty) = of(part);
        side = side.or(one);
        if !may_be_empty {
            return side;
        }
    }
    side.or(beyond)
}

/// What a pattern may begin with, and whether it may be empty.
fn first(pattern: &Hir) -> (Side, bool) {
    end_of(pattern, false)
}

/// What a pattern may end with, and whether it may be empty.
fn last(pattern: &Hir) -> (Side, bool) {
    end_of(pattern, true)
}

fn end_of(pattern: &Hir, is_last: bool) -> (Side, bool) {
    match pattern.kind() {
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            let c = if is_last { text.chars().next_back() } else { text.chars().next() };
            (c.map(of_char).unwrap_or_default(), c.is_none())
        }
        HirKind::Class(Class::Unicode(class)) => (of_class(class), false),
        HirKind::Class(Class::Bytes(_)) => (WORD.or(OTHER), false),
        // Before the text and after it there is no word. What stands behind a `^` that comes next is not known here.
        HirKind::Look(Look::Start | Look::StartLF | Look::StartCRLF) => {
            (if is_last { OTHER } else { WORD.or(OTHER) }, false)
        }
        HirKind::Look(Look::End | Look::EndLF | Look::EndCRLF) => (if is_last { WORD.or(OTHER) } else { OTHER }, false),
        HirKind::Look(_) | HirKind::Empty => (Side::default(), true),
        HirKind::Repetition(repeated) => {
            let (side, may_be_empty) = end_of(&repeated.sub, is_last);
            (side, may_be_empty || repeated.min == 0)
        }
        HirKind::Capture(group) => end_of(&group.sub, is_last),
        HirKind::Concat(parts) => {
            let mut side = Side::default();
            let mut ordered: Vec<&Hir> = parts.iter().collect();
            if is_last {
                ordered.reverse();
            }
            for part in ordered {
                let (one, may_be_empty) = end_of(part, is_last);
                side = side.or(one);
                if !may_be_empty {
                    return (side, false);
                }
            }
            (side, true)
        }
        HirKind::Alternation(parts) => parts
            .iter()
            .map(|part| end_of(part, is_last))
            .fold((Side::default(), false), |(side, may_be_empty), (one, empty)| (side.or(one), may_be_empty || empty)),
    }
}

fn of_char(c: char) -> Side {
    let is_word = ANY_WORD.ranges().iter().any(|range| range.start() <= c && c <= range.end());
    if is_word { WORD } else { OTHER }
}

fn of_class(class: &ClassUnicode) -> Side {
    let meets = |mut other: ClassUnicode| {
        other.intersect(class);
        !other.ranges().is_empty()
    };
    let mut others = ANY_WORD.clone();
    others.negate();
    Side { word: meets(ANY_WORD.clone()), other: meets(others), outside: false }
}

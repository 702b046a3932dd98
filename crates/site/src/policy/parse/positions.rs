//! Where each value of a JSON text is in the text.

use std::collections::HashSet;

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::words::{self, Message, plain, with};
use super::{PolicyError, syntax};

/// A parsed JSON text.
pub(super) struct Positions<'a> {
    text: &'a str,
    root: Option<Value<'a>>,
}

/// Standard JSON only: what another parser would reject, such as a comment, must not pass here.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

impl<'a> Positions<'a> {
    /// Fails when the text is not JSON, is empty, or has a duplicate key.
    pub(super) fn new(text: &'a str) -> Result<Self, PolicyError> {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| PolicyError {
            line: error.line_display(),
            column: error.column_display(),
            path: String::new(),
            message: syntax::message(&error, text),
        })?;
        let positions = Self { text, root: parsed.value };
        match &positions.root {
            None => Err(positions.at("", 0, plain(words::EMPTY))),
            Some(root) => positions.duplicate_key(root, "").map_or(Ok(()), Err).map(|()| positions),
        }
    }

    /// An error about the value at a JSON pointer.
    pub(super) fn value(&self, pointer: &str, message: Message) -> PolicyError {
        let offset = self.find(pointer).map_or(0, |value| value.range().start);
        self.at(pointer, offset, message)
    }

    /// An error about a key of the object at a JSON pointer.
    pub(super) fn key(&self, pointer: &str, key: &str, message: Message) -> PolicyError {
        let prop = self.find(pointer).and_then(Value::as_object).and_then(|object| object.get(key));
        let offset = prop.map_or(0, |prop| prop.name.range().start);
        self.at(&format!("{pointer}/{key}"), offset, message)
    }

    fn at(&self, pointer: &str, offset: usize, message: Message) -> PolicyError {
        let before = self.text.get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        PolicyError {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
            path: readable(pointer),
            message,
        }
    }

    fn find(&self, pointer: &str) -> Option<&Value<'a>> {
        pointer.split('/').skip(1).try_fold(self.root.as_ref()?, |value, step| match value {
            Value::Object(object) => Some(&object.get(&unescaped(step))?.value),
            Value::Array(array) => array.elements.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The first duplicate key. Parsers disagree about which of the two values counts.
    fn duplicate_key(&self, value: &Value, pointer: &str) -> Option<PolicyError> {
        match value {
            Value::Object(object) => {
                let mut seen = HashSet::new();
                object.properties.iter().find_map(|prop| {
                    let name = key_name(&prop.name);
                    let pointer = format!("{pointer}/{name}");
                    if seen.insert(name.to_owned()) {
                        return self.duplicate_key(&prop.value, &pointer);
                    }
                    let message = with(words::DUPLICATE_KEY, &[name]);
                    Some(self.at(&pointer, prop.name.range().start, message))
                })
            }
            Value::Array(array) => {
                let mut elements = array.elements.iter().enumerate();
                elements.find_map(|(index, element)| self.duplicate_key(element, &format!("{pointer}/{index}")))
            }
            _ => None,
        }
    }
}

fn key_name<'a>(name: &'a ObjectPropName) -> &'a str {
    match name {
        ObjectPropName::String(text) => &text.value,
        ObjectPropName::Word(word) => word.value,
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// `/retiredMailboxes/3/replacement` as people write it.
fn readable(pointer: &str) -> String {
    let mut path = String::new();
    for step in pointer.split('/').skip(1).map(unescaped) {
        if step.bytes().all(|byte| byte.is_ascii_digit()) && !step.is_empty() {
            path.push_str(&format!("[{step}]"));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
        }
    }
    path
}

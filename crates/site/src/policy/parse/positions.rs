//! Where each value of a JSON text is in the text.

use std::collections::HashSet;

use jsonc_parser::ast::{Object, ObjectProp, ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::words::{self, Message, plain, with};
use super::{PolicyError, syntax};

/// A parsed JSON text.
pub(super) struct Positions<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
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
    /// Fails when the text is not JSON, or is empty.
    pub(super) fn new(text: &'a str) -> Result<Self, PolicyError> {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| PolicyError {
            line: error.line_display(),
            column: error.column_display(),
            path: String::new(),
            message: syntax::message(&error, text),
        })?;
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let positions = Self { text, lines, root: parsed.value };
        if positions.root.is_none() {
            return Err(positions.at("", 0, plain(words::EMPTY)));
        }
        Ok(positions)
    }

    /// Every duplicate key. Parsers disagree about which of the two values counts.
    pub(super) fn duplicate_keys(&self) -> Vec<PolicyError> {
        let mut errors = Vec::new();
        if let Some(root) = &self.root {
            self.duplicates_in(root, "", &mut errors);
        }
        errors
    }

    /// An error about the value at a JSON pointer.
    pub(super) fn value(&self, pointer: &str, message: Message) -> PolicyError {
        let offset = self.find(pointer).map_or(0, |value| value.range().start);
        self.at(pointer, offset, message)
    }

    /// Is there a value at a JSON pointer?
    pub(super) fn has(&self, pointer: &str) -> bool {
        self.find(pointer).is_some()
    }

    /// An error about a key of the object at a JSON pointer.
    pub(super) fn key(&self, pointer: &str, key: &str, message: Message) -> PolicyError {
        let prop = self.find(pointer).and_then(Value::as_object).and_then(|object| last(object, key));
        let offset = prop.map_or(0, |prop| prop.name.range().start);
        self.at(&format!("{pointer}/{}", escaped(key)), offset, message)
    }

    fn at(&self, pointer: &str, offset: usize, message: Message) -> PolicyError {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        PolicyError { line, column: before.chars().count() + 1, path: readable(pointer), message }
    }

    fn find(&self, pointer: &str) -> Option<&Value<'a>> {
        pointer.split('/').skip(1).try_fold(self.root.as_ref()?, |value, step| match value {
            Value::Object(object) => Some(&last(object, &unescaped(step))?.value),
            Value::Array(array) => array.elements.get(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    fn duplicates_in(&self, value: &Value, pointer: &str, errors: &mut Vec<PolicyError>) {
        match value {
            Value::Object(object) => {
                let mut seen = HashSet::new();
                for prop in &object.properties {
                    let name = key_name(&prop.name);
                    let pointer = format!("{pointer}/{}", escaped(name));
                    if !seen.insert(name) {
                        errors.push(self.at(&pointer, prop.name.range().start, with(words::DUPLICATE_KEY, &[name])));
                    }
                    self.duplicates_in(&prop.value, &pointer, errors);
                }
            }
            Value::Array(array) => {
                for (index, element) in array.elements.iter().enumerate() {
                    self.duplicates_in(element, &format!("{pointer}/{index}"), errors);
                }
            }
            _ => {}
        }
    }
}

/// Of a key that is there twice, the value that serde takes.
fn last<'a, 'b>(object: &'b Object<'a>, key: &str) -> Option<&'b ObjectProp<'a>> {
    object.properties.iter().rev().find(|prop| key_name(&prop.name) == key)
}

fn key_name<'a>(name: &'a ObjectPropName) -> &'a str {
    match name {
        ObjectPropName::String(text) => &text.value,
        ObjectPropName::Word(word) => word.value,
    }
}

/// A key as a step of a JSON pointer.
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

pub(super) fn unescaped(step: &str) -> String {
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

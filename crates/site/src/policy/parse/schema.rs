//! Keys, types and lengths, checked against the JSON Schema, with its errors reworded for people.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use schemars::schema_for;
use sendvagt::{Both, PolicyFile, RuleName};
use serde_json::{Value, json};

use super::positions::{Positions, escaped};
use super::repair::{Faults, Repairs, stand_in};
use super::words::{self, Message, of, plain, with};
use super::{PolicyError, nearest, parts};

/// The JSON Schema of a policy file, made from the Rust types and the list of rules.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schema_for!(PolicyFile).to_value();
    if let Some(rules) = schema.pointer_mut("/properties/rules").and_then(Value::as_object_mut) {
        rules.insert("properties".to_owned(), RuleName::ALL.map(property).into_iter().collect());
        rules.insert("additionalProperties".to_owned(), false.into());
    }
    parts::add_to(&mut schema);
    schema
}

/// A rule's key below `rules`.
fn property(name: RuleName) -> (String, Value) {
    let rule = name.rule();
    let property = json!({ "$ref": "#/$defs/Action", "description": rule.name.about().en, "default": rule.default });
    (name.as_str().to_owned(), property)
}

static SCHEMA: LazyLock<Value> = LazyLock::new(schema);
/// An invalid schema would be a bug in this program, which the tests would show. Nothing is checked here then, and serde
/// alone is strict.
static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| jsonschema::validator_for(&SCHEMA).ok());

/// Reports every key and value that the schema does not allow. Returns the policy as it can be read without them, and where
/// they are.
pub(super) fn errors(value: Value, positions: &Positions, found: &mut Vec<PolicyError>) -> (Value, Faults) {
    let mut repairs = Repairs::default();
    if let Some(validator) = VALIDATOR.as_ref() {
        for error in validator.iter_errors(&value) {
            report(&error, positions, found, &mut repairs);
        }
    }
    repairs.made(value)
}

fn report(error: &ValidationError, positions: &Positions, found: &mut Vec<PolicyError>, repairs: &mut Repairs) {
    let pointer = error.instance_path().as_str();
    let message = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = siblings(error);
            for key in unexpected {
                let near = nearest(key, known.iter().map(String::as_str));
                found.push(positions.key(pointer, key, unknown_key(near, &known)));
                repairs.remove(pointer, key, near.filter(|near| error.instance().get(near).is_none()));
            }
            return;
        }
        // An object that may be left out: what is wrong in it is wrong, and not that it is there.
        ValidationErrorKind::AnyOf { context } if options(error).is_empty() => {
            return context.first().into_iter().flatten().for_each(|error| report(error, positions, found, repairs));
        }
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let schema = parent(error).and_then(|schema| schema.get("properties")?.get(key));
            let value = schema.map(|schema| stand_in(&SCHEMA, schema)).unwrap_or_default();
            repairs.put(&format!("{pointer}/{}", escaped(key)), value);
            with(words::MISSING_KEY, &[key])
        }
        // It can be wrong in other ways too.
        ValidationErrorKind::MaxLength { limit } => with(words::AT_MOST_CHARACTERS, &[&limit.to_string()]),
        kind => {
            repairs.put(pointer, parent(error).map(|schema| stand_in(&SCHEMA, schema)).unwrap_or_default());
            match kind {
                ValidationErrorKind::Type { kind } => {
                    of(words::EXPECTED, &[&expected(kind), &kind_of(error.instance())])
                }
                ValidationErrorKind::OneOfNotValid { .. }
                | ValidationErrorKind::AnyOf { .. }
                | ValidationErrorKind::Enum { .. } => choice(error),
                ValidationErrorKind::MinLength { limit } => with(words::AT_LEAST_CHARACTERS, &[&limit.to_string()]),
                ValidationErrorKind::Minimum { limit } => with(words::AT_LEAST, &[&limit.to_string()]),
                ValidationErrorKind::Maximum { limit } => with(words::AT_MOST, &[&limit.to_string()]),
                ValidationErrorKind::Pattern { .. } => plain(words::DATE),
                _ => with(words::NOT_ALLOWED, &[&error.to_string()]),
            }
        }
    };
    found.push(positions.value(pointer, message));
}

/// The schema that has the keyword of an error.
fn parent(error: &ValidationError) -> Option<&'static Value> {
    let path = error.schema_path().as_str();
    SCHEMA.pointer(path.rsplit_once('/').map_or("", |(parent, _)| parent))
}

/// The keys that the schema knows in the object that has an unknown one.
fn siblings(error: &ValidationError) -> Vec<String> {
    let object = parent(error).and_then(|schema| schema.get("properties")).and_then(Value::as_object);
    object.map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

fn unknown_key(near: Option<&str>, known: &[String]) -> Message {
    match near {
        Some(near) => with(words::UNKNOWN_KEY_NEAR, &[near]),
        None => with(words::UNKNOWN_KEY, &[&known.join(", ")]),
    }
}

/// A value that is not one of those allowed.
fn choice(error: &ValidationError) -> Message {
    let options = options(error);
    let listed = options.iter().map(|option| format!("\"{option}\"")).collect::<Vec<_>>().join(", ");
    let near = error.instance().as_str().and_then(|text| nearest(text, options.iter().map(String::as_str)));
    match near {
        Some(near) => with(words::ONE_OF_NEAR, &[&listed, near]),
        None if error.instance().is_string() => with(words::ONE_OF, &[&listed]),
        None => {
            let listed = Message { da: listed.clone(), en: listed };
            of(words::ONE_OF_FOUND, &[&listed, &kind_of(error.instance())])
        }
    }
}

/// The texts that the schema allows where the error is.
fn options(error: &ValidationError) -> Vec<String> {
    let mut options = Vec::new();
    parent(error).into_iter().for_each(|schema| collect_options(schema, &mut options));
    options
}

fn collect_options(schema: &Value, options: &mut Vec<String>) {
    options.extend(schema.get("const").and_then(Value::as_str).map(str::to_owned));
    let listed = schema.get("enum").and_then(Value::as_array);
    options.extend(listed.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    for key in ["oneOf", "anyOf"] {
        let inner = schema.get(key).and_then(Value::as_array);
        inner.into_iter().flatten().for_each(|schema| collect_options(schema, options));
    }
    let target =
        schema.get("$ref").and_then(Value::as_str).and_then(|path| SCHEMA.pointer(path.trim_start_matches('#')));
    target.into_iter().for_each(|schema| collect_options(schema, options));
}

fn expected(kind: &jsonschema::error::TypeKind) -> Message {
    let types = match kind {
        jsonschema::error::TypeKind::Single(one) => vec![one.to_string()],
        jsonschema::error::TypeKind::Multiple(many) => {
            many.iter().map(|one| one.to_string()).filter(|one| one != "null").collect()
        }
    };
    let types = types.iter().map(|name| plain(type_named(name)));
    types.reduce(|one, other| of(words::OR, &[&one, &other])).unwrap_or_else(|| plain(words::NULL))
}

fn type_named(name: &str) -> Both {
    match name {
        "array" => words::LIST_EXPECTED,
        "object" => words::OBJECT_EXPECTED,
        "boolean" => words::TRUE_OR_FALSE,
        "string" => words::TEXT_EXPECTED,
        "integer" => words::WHOLE_NUMBER,
        "null" => words::NULL,
        _ => words::A_NUMBER,
    }
}

fn kind_of(value: &Value) -> Message {
    plain(match value {
        Value::Null => words::NULL,
        Value::Bool(_) => words::TRUE_OR_FALSE,
        Value::Number(_) => words::A_NUMBER,
        Value::String(_) => words::TEXT,
        Value::Array(_) => words::LIST,
        Value::Object(_) => words::OBJECT,
    })
}

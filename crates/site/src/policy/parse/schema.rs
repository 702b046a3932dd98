//! Keys, types and lengths, checked against the JSON Schema, with its errors reworded for people.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use schemars::schema_for;
use sendvagt::{Both, PolicyFile, RuleName};
use serde_json::{Value, json};

use super::positions::Positions;
use super::words::{self, Message, of, plain, with};
use super::{PolicyError, nearest};

/// The JSON Schema of a policy file, made from the Rust types and the list of rules.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schema_for!(PolicyFile).to_value();
    if let Some(rules) = schema.pointer_mut("/properties/rules").and_then(Value::as_object_mut) {
        rules.insert("properties".to_owned(), RuleName::ALL.map(property).into_iter().collect());
        rules.insert("additionalProperties".to_owned(), false.into());
    }
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

/// Every key and value that the schema does not allow.
pub(super) fn errors(value: &Value, positions: &Positions) -> Vec<PolicyError> {
    let Some(validator) = VALIDATOR.as_ref() else {
        return Vec::new();
    };
    validator.iter_errors(value).flat_map(|error| reword(&error, positions)).collect()
}

fn reword(error: &ValidationError, positions: &Positions) -> Vec<PolicyError> {
    let pointer = error.instance_path().as_str();
    let at = |message: Message| vec![positions.value(pointer, message)];
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = siblings(error);
            unexpected.iter().map(|key| positions.key(pointer, key, unknown_key(key, &known))).collect()
        }
        ValidationErrorKind::Required { property } => {
            at(with(words::MISSING_KEY, &[property.as_str().unwrap_or_default()]))
        }
        ValidationErrorKind::Type { kind } => at(of(words::EXPECTED, &[&expected(kind), &kind_of(error.instance())])),
        // An object that may be left out: what is wrong in it is wrong, and not that it is there.
        ValidationErrorKind::AnyOf { context } if options(error).is_empty() => {
            context.first().into_iter().flatten().flat_map(|error| reword(error, positions)).collect()
        }
        ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::AnyOf { .. }
        | ValidationErrorKind::Enum { .. } => at(choice(error)),
        ValidationErrorKind::MaxLength { limit } => at(with(words::AT_MOST_CHARACTERS, &[&limit.to_string()])),
        ValidationErrorKind::MinLength { limit } => at(with(words::AT_LEAST_CHARACTERS, &[&limit.to_string()])),
        ValidationErrorKind::Minimum { limit } => at(with(words::AT_LEAST, &[&limit.to_string()])),
        ValidationErrorKind::Maximum { limit } => at(with(words::AT_MOST, &[&limit.to_string()])),
        ValidationErrorKind::Pattern { .. } => at(plain(words::DATE)),
        _ => at(with(words::NOT_ALLOWED, &[&error.to_string()])),
    }
}

/// The keys that the schema knows in the object that has an unknown one.
fn siblings(error: &ValidationError) -> Vec<String> {
    let parent = error.schema_path().as_str().rsplit_once('/').map_or("", |(parent, _)| parent);
    let object = SCHEMA.pointer(parent).and_then(|schema| schema.get("properties")).and_then(Value::as_object);
    object.map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

fn unknown_key(key: &str, known: &[String]) -> Message {
    match nearest(key, known.iter().map(String::as_str)) {
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
    let schema = SCHEMA.pointer(error.schema_path().as_str().trim_end_matches(|c| c != '/').trim_end_matches('/'));
    let mut options = Vec::new();
    schema.into_iter().for_each(|schema| collect_options(schema, &mut options));
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

//! Keys, types and lengths, checked against the JSON Schema, with its errors reworded for people.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use schemars::schema_for;
use sendvagt::{PolicyFile, RuleName};
use serde_json::{Value, json};

use super::positions::Positions;
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
    let at = |message: String| vec![positions.value(pointer, message)];
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = siblings(error);
            unexpected.iter().map(|key| positions.key(pointer, key, unknown_key(key, &known))).collect()
        }
        ValidationErrorKind::Required { property } => {
            at(format!("the key `{}` is missing", property.as_str().unwrap_or_default()))
        }
        ValidationErrorKind::Type { kind } => {
            at(format!("expected {}, found {}", expected(kind), kind_of(error.instance())))
        }
        // An object that may be left out: what is wrong in it is wrong, and not that it is there.
        ValidationErrorKind::AnyOf { context } if options(error).is_empty() => {
            context.first().into_iter().flatten().flat_map(|error| reword(error, positions)).collect()
        }
        ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::AnyOf { .. }
        | ValidationErrorKind::Enum { .. } => at(choice(error)),
        ValidationErrorKind::MaxLength { limit } => at(format!("the text must have at most {limit} characters")),
        ValidationErrorKind::MinLength { limit } => at(format!("the text must have at least {limit} character")),
        ValidationErrorKind::Minimum { limit } => at(format!("the number must be at least {limit}")),
        ValidationErrorKind::Maximum { limit } => at(format!("the number must be at most {limit}")),
        ValidationErrorKind::Pattern { .. } => at("expected a date, such as \"2026-05-01\"".to_owned()),
        _ => at(error.to_string()),
    }
}

/// The keys that the schema knows in the object that has an unknown one.
fn siblings(error: &ValidationError) -> Vec<String> {
    let parent = error.schema_path().as_str().rsplit_once('/').map_or("", |(parent, _)| parent);
    let object = SCHEMA.pointer(parent).and_then(|schema| schema.get("properties")).and_then(Value::as_object);
    object.map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

fn unknown_key(key: &str, known: &[String]) -> String {
    match nearest(key, known.iter().map(String::as_str)) {
        Some(near) => format!("unknown key; did you mean `{near}`?"),
        None => format!("unknown key; the keys allowed here are: {}", known.join(", ")),
    }
}

/// A value that is not one of those allowed.
fn choice(error: &ValidationError) -> String {
    let options = options(error);
    let listed = options.iter().map(|option| format!("\"{option}\"")).collect::<Vec<_>>().join(", ");
    let near = error.instance().as_str().and_then(|text| nearest(text, options.iter().map(String::as_str)));
    match near {
        Some(near) => format!("expected one of {listed}; did you mean \"{near}\"?"),
        None if error.instance().is_string() => format!("expected one of {listed}"),
        None => format!("expected one of {listed}, found {}", kind_of(error.instance())),
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

fn expected(kind: &jsonschema::error::TypeKind) -> String {
    let types = match kind {
        jsonschema::error::TypeKind::Single(one) => vec![one.to_string()],
        jsonschema::error::TypeKind::Multiple(many) => {
            many.iter().map(|one| one.to_string()).filter(|one| one != "null").collect()
        }
    };
    types.iter().map(|name| article(name)).collect::<Vec<_>>().join(" or ")
}

fn article(name: &str) -> String {
    match name {
        "array" => "a list in [ ]".to_owned(),
        "object" => "an object in { }".to_owned(),
        "boolean" => "true or false".to_owned(),
        "string" => "a text in quotation marks".to_owned(),
        "null" => "null".to_owned(),
        other => format!("a {other}"),
    }
}

fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "true or false".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

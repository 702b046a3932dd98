//! A policy whose keys or types are wrong somewhere, made readable, so that what the rest of it means is looked at too.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::positions::{escaped, unescaped};

/// What stands where something was wrong.
#[derive(Default)]
pub(super) struct Repairs {
    /// The pointer of each, with the value to put there; `None` takes the key out.
    changes: Vec<(String, Option<Value>)>,
    faults: Faults,
}

/// The places of a policy that are reported already: what they mean is not looked at.
#[derive(Default)]
pub(super) struct Faults(HashSet<String>);

impl Faults {
    /// Is this value reported, or one that it is in?
    pub(super) fn covers(&self, pointer: &str) -> bool {
        let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
        !self.0.is_empty() && ends.filter_map(|end| pointer.get(..end)).any(|above| self.0.contains(above))
    }

    /// Is anything of this value reported, or one that it is in?
    pub(super) fn touch(&self, pointer: &str) -> bool {
        let below = format!("{pointer}/");
        self.covers(pointer) || self.0.iter().any(|fault| fault.starts_with(&below))
    }
}

impl Repairs {
    /// The key is not known. Where another was meant, that one is not missing.
    pub(super) fn remove(&mut self, object: &str, key: &str, meant: Option<&str>) {
        self.changes.push((format!("{object}/{}", escaped(key)), None));
        if let Some(meant) = meant {
            self.leave(&format!("{object}/{}", escaped(meant)));
        }
    }

    /// The value is of another type, or missing.
    pub(super) fn put(&mut self, pointer: &str, value: Value) {
        self.changes.push((pointer.to_owned(), Some(value)));
        self.leave(pointer);
    }

    /// The value can be read, and is wrong.
    pub(super) fn leave(&mut self, pointer: &str) {
        self.faults.0.insert(pointer.to_owned());
    }

    /// The policy with these repairs.
    pub(super) fn made(self, mut policy: Value) -> (Value, Faults) {
        for (pointer, value) in self.changes {
            match (pointer.rsplit_once('/'), value) {
                (None, value) => policy = value.unwrap_or_default(),
                (Some((above, step)), value) => change(policy.pointer_mut(above), &unescaped(step), value),
            }
        }
        (policy, self.faults)
    }
}

fn change(above: Option<&mut Value>, step: &str, value: Option<Value>) {
    match (above, value) {
        (Some(Value::Object(object)), Some(value)) => {
            object.insert(step.to_owned(), value);
        }
        (Some(Value::Object(object)), None) => {
            object.remove(step);
        }
        (Some(Value::Array(entries)), value) => {
            if let Some(entry) = step.parse::<usize>().ok().and_then(|index| entries.get_mut(index)) {
                *entry = value.unwrap_or_default();
            }
        }
        _ => {}
    }
}

/// A value that can be read as what this schema asks for; nobody sees it.
pub(super) fn stand_in(whole: &Value, schema: &Value) -> Value {
    let target =
        schema.get("$ref").and_then(Value::as_str).and_then(|path| whole.pointer(path.trim_start_matches('#')));
    if let Some(target) = target {
        return stand_in(whole, target);
    }
    let choices = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(*key)?.as_array()?.first());
    if let Some(first) = choices {
        return stand_in(whole, first);
    }
    let one = schema.get("const").or_else(|| schema.get("enum")?.get(0));
    if let Some(one) = one {
        return one.clone();
    }
    match schema.get("type").and_then(Value::as_str).unwrap_or_default() {
        "string" => Value::from(""),
        "array" => Value::Array(Vec::new()),
        "integer" => Value::from(0),
        "boolean" => Value::from(false),
        "object" => {
            let needed = schema.get("required").and_then(Value::as_array);
            let needed = needed.into_iter().flatten().filter_map(Value::as_str);
            let property = |key: &str| Some((key.to_owned(), stand_in(whole, schema.get("properties")?.get(key)?)));
            Value::Object(needed.filter_map(property).collect::<Map<_, _>>())
        }
        // A key that may be left out has its own type and null.
        _ => Value::Null,
    }
}

//! Changes a value in the text of a policy and leaves the rest of the text as it is: order, indentation, line ends.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstNode, CstObject, CstRootNode};
use serde_json::Value;

/// A step of a path.
enum Step<'a> {
    Key(&'a str),
    Entry(usize),
}

/// The steps of a path such as `retiredMailboxes[3].address`.
fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let mut parts = part.split('[');
        steps.extend(parts.next().filter(|key| !key.is_empty()).map(Step::Key));
        steps.extend(parts.filter_map(|index| index.trim_end_matches(']').parse().ok()).map(Step::Entry));
    }
    steps
}

/// The value at a path.
pub fn get<'a>(policy: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path).iter().try_fold(policy, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Entry(index) => value.get(index),
    })
}

/// The text with this value at this path, or without any; the same text when it is no JSON object or has no such entry.
/// Objects on the way there are made.
pub fn set(text: &str, path: &str, value: Option<&Value>) -> String {
    changed(text, path, value).unwrap_or_else(|| text.to_owned())
}

/// The text with another entry at the end of a list.
pub fn append(text: &str, path: &str, entries: &[Value]) -> String {
    let whole: Option<Value> = serde_json::from_str(text).ok();
    let mut list =
        whole.as_ref().and_then(|whole| get(whole, path)).and_then(Value::as_array).cloned().unwrap_or_default();
    list.extend_from_slice(entries);
    set(text, path, Some(&Value::Array(list)))
}

fn changed(text: &str, path: &str, value: Option<&Value>) -> Option<String> {
    let text = if text.trim().is_empty() { "{}" } else { text };
    let root = CstRootNode::parse(text, &ParseOptions::default()).ok()?;
    let mut node: CstNode = root.object_value()?.into();
    let steps = steps(path);
    let (last, before) = steps.split_last()?;
    for step in before {
        node = match step {
            Step::Key(key) => object_at(&node.as_object()?, key, value.is_some())?,
            Step::Entry(index) => node.as_array()?.elements().get(*index)?.clone(),
        };
    }
    match (last, value) {
        (Step::Key(key), Some(value)) => write(&node.as_object()?, key, value),
        (Step::Key(key), None) => node.as_object()?.get(key)?.remove(),
        (Step::Entry(index), None) => node.as_array()?.elements().get(*index)?.clone().remove(),
        (Step::Entry(_), Some(_)) => return None,
    }
    Some(root.to_string())
}

/// The object at a key, made if it is missing.
fn object_at(object: &CstObject, key: &str, make: bool) -> Option<CstNode> {
    if object.get(key).is_none() {
        if !make {
            return None;
        }
        object.ensure_multiline();
        object.append(key, CstInputValue::Object(Vec::new()));
    }
    object.get(key)?.value()
}

/// Lists longer than this have a line for each entry.
const SHORT: usize = 3;

fn write(object: &CstObject, key: &str, value: &Value) {
    let input = input(value);
    let prop = match object.get(key) {
        Some(prop) => {
            prop.set_value(input);
            prop
        }
        None => {
            object.ensure_multiline();
            object.append(key, input)
        }
    };
    if let (Some(list), Some(entries)) = (prop.array_value(), value.as_array())
        && (entries.len() > SHORT || entries.iter().any(Value::is_object))
    {
        list.ensure_multiline();
    }
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(value) => CstInputValue::Bool(*value),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(entries) => CstInputValue::Array(entries.iter().map(input).collect()),
        Value::Object(entries) => {
            CstInputValue::Object(entries.iter().map(|(key, value)| (key.clone(), input(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{append, get, set};

    const TEXT: &str = "{\r\n    \"mode\": \"advise\",\r\n    \"organisation\": { \"name\": \"Fjordby\" },\r\n    \"retiredMailboxes\": [\r\n        { \"address\": \"a@x.dk\" },\r\n        { \"address\": \"b@x.dk\" }\r\n    ]\r\n}\r\n";

    #[test]
    fn a_change_leaves_the_rest_of_the_text() {
        for (path, value, from, to) in [
            ("mode", Some(json!("observe")), "\"advise\"", "\"observe\""),
            ("organisation.name", Some(json!("Næs \"By\"")), "\"Fjordby\"", "\"Næs \\\"By\\\"\""),
            ("retiredMailboxes[1].address", Some(json!("c@x.dk")), "b@x.dk", "c@x.dk"),
            ("mode", None, "    \"mode\": \"advise\",\r\n", ""),
            ("retiredMailboxes[0]", None, "        { \"address\": \"a@x.dk\" },\r\n", ""),
            ("secureMail.reaches.domains", None, "", ""),
            ("retiredMailboxes[7].address", Some(json!("c@x.dk")), "", ""),
        ] {
            assert_eq!(set(TEXT, path, value.as_ref()), TEXT.replace(from, to), "{path}");
        }
    }

    #[test]
    fn objects_on_the_way_are_made() {
        for text in ["{}", "", "{ \"mode\": \"advise\" }", TEXT] {
            let changed = set(text, "secureMail.reaches.domains", Some(&json!(["a.dk", "b.dk", "c.dk", "d.dk"])));
            let value: Value = serde_json::from_str(&changed).unwrap();
            assert_eq!(get(&value, "secureMail.reaches.domains[2]"), Some(&json!("c.dk")), "{changed}");
            assert!(changed.lines().count() > 8, "an entry a line: {changed}");
        }
    }

    #[test]
    fn entries_are_appended() {
        let changed = append(TEXT, "retiredMailboxes", &[json!({"address": "c@x.dk"})]);
        let value: Value = serde_json::from_str(&changed).unwrap();
        assert_eq!(get(&value, "retiredMailboxes[2].address"), Some(&json!("c@x.dk")));
        assert!(append("{}", "retiredMailboxes", &[json!({"address": ""})]).contains("\"address\": \"\""));
    }

    #[test]
    fn a_text_that_is_no_policy_stays() {
        for text in ["{", "[]", "nonsense", "3"] {
            assert_eq!(set(text, "mode", Some(&json!("advise"))), text);
        }
    }
}

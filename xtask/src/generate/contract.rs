//! The contract of drafts and verdicts: its TypeScript types, and docs/contracts.md.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use sendvagt::mend::Change;
use sendvagt::unchecked::Failure;
use sendvagt::verdict::Ruling;
use sendvagt::{Draft, Language, Verdict};
use serde_json::{Map, Value, json};

use crate::command::command;

const HEAD: &str = "\
// The JSON that the shell and the engine exchange. Positions are UTF-16 code units, as in JavaScript's strings.
// Made from the Rust types by `cargo xtask generate`; src/draft.rs, src/verdict.rs and src/mend.rs define them.

";

/// The types as TypeScript.
pub(super) fn types(root: &Path) -> Result<String> {
    let schema = json!({ "type": "object", "definitions": definitions()? });
    let mut node = command(root, "node")
        .args(["--import", "tsx", "xtask/src/generate/contract.ts"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("node cannot be started")?;
    if let Some(mut input) = node.stdin.take() {
        input.write_all(schema.to_string().as_bytes()).context("the schema cannot be handed over")?;
    }
    let output = node.wait_with_output().context("node gives no answer")?;
    if !output.status.success() {
        bail!("the TypeScript types cannot be made from the schema");
    }
    Ok(HEAD.to_owned() + str::from_utf8(&output.stdout).context("node answers in another encoding than UTF-8")?)
}

/// The JSON Schema of each type, by its name.
fn definitions() -> Result<Map<String, Value>> {
    let mut generator: SchemaGenerator = SchemaSettings::draft07().into_generator();
    generator.subschema_for::<Draft>();
    generator.subschema_for::<Verdict>();
    generator.subschema_for::<Change>();
    generator.subschema_for::<Ruling>();
    generator.subschema_for::<Language>();
    generator.subschema_for::<Failure>();
    let mut definitions = Value::Object(generator.take_definitions(true));
    tidy(&mut definitions);
    match definitions {
        Value::Object(definitions) => Ok(definitions),
        _ => bail!("the definitions are not an object"),
    }
}

/// What is absent is left out and never `null`, and a link to a Rust item becomes one to the TypeScript type.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Array(types)) = entries.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    entries.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = entries.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
            }
            describe_choices(entries);
            if let Some(Value::String(text)) = entries.get_mut("description") {
                *text = linked(text);
            }
            // Defaults and the sizes of whole numbers are a matter of Rust.
            for key in ["default", "format", "minimum"] {
                entries.remove(key);
            }
            entries.values_mut().for_each(tidy);
        }
        Value::Array(entries) => entries.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// TypeScript has no place for the description of one choice: that of a name goes into the description of the type, that
/// of an object to its key.
fn describe_choices(entries: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = entries.get_mut("oneOf") else { return };
    let mut names = String::new();
    for choice in choices {
        let Some(text) = choice["description"].as_str().map(str::to_owned) else { continue };
        if let Some(name) = choice["const"].as_str() {
            names.push_str(&format!("\n`{name}`: {text}"));
        } else if let Some(properties) = choice["properties"].as_object_mut() {
            let key = if properties.contains_key("kind") {
                Some("kind".to_owned())
            } else {
                properties.keys().next().cloned()
            };
            if let Some(property) = key.and_then(|key| properties.get_mut(&key)?.as_object_mut()) {
                property.entry("description").or_insert(text.into());
            }
        }
    }
    if !names.is_empty() {
        let text = entries.get("description").and_then(Value::as_str).unwrap_or_default();
        entries.insert("description".to_owned(), format!("{text}\n{names}").into());
    }
}

/// `[crate::Draft::recipients]`, as rustdoc has it, as JSDoc has it.
fn linked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, (path, after))) =
        rest.split_once("[`").and_then(|(before, inner)| Some((before, inner.split_once("`]")?)))
    {
        let names: Vec<&str> = path.split("::").filter(|name| name.starts_with(char::is_uppercase)).collect();
        let field = path.rsplit("::").next().filter(|name| name.starts_with(char::is_lowercase));
        let target: Vec<&str> = names.into_iter().chain(field).collect();
        out.push_str(&format!("{before}{{@link {}}}", target.join(".")));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The page, as Markdown.
pub(super) fn page() -> Result<String> {
    let mut page = "# The JSON of drafts and verdicts\n\n<!-- Made from the code by `cargo xtask generate`. -->\n\n\
         `sendvagt check --jsonl` reads a draft a line and answers with a verdict a line. The add-in's engine gives the same\n\
         verdicts. Positions are UTF-16 code units, end exclusive, as JavaScript and Office.js count. What is absent is left\n\
         out: no value is `null`. The format is stable from 0.1.0 on.\n\n    \
         {\"subject\":\"Vedr. 010203-1234\",\"from\":\"a@kommune.example\",\"recipients\":[{\"address\":\"x@region.example\"}]}\n\n\
         A line that is not a draft is answered with `{\"line\":2,\"error\":\"…\"}`; the error repeats nothing of the line.\n"
        .to_owned();
    let definitions = definitions()?;
    // A draft and what is in it, then a verdict and what is in it, then what a fix changes.
    let order = [
        "Draft",
        "Recipient",
        "Verdict",
        "Finding",
        "At",
        "Fix",
        "Card",
        "Objection",
        "Alert",
        "Again",
        "Ruling",
        "Change",
        "BodyNote",
        "HeaderValue",
    ];
    for name in order {
        let schema = definitions.get(name).with_context(|| format!("the contract has no type {name}"))?;
        page.push_str(&format!("\n## {name}\n\n{}\n\n", prose(schema)));
        match schema["oneOf"].as_array() {
            Some(choices) => choices.iter().for_each(|choice| page.push_str(&choice_line(choice))),
            None => page.push_str(&table(schema)),
        }
    }
    let named = |(name, _): &(&String, &Value)| order.contains(&name.as_str());
    let words: Vec<_> = definitions.iter().filter(|entry| !named(entry)).collect();
    page.push_str("\n## Words\n");
    for (name, schema) in words {
        page.push_str(&format!("\n### {name}\n\n{}\n", prose(schema).replace("\n`", "\n* `")));
    }
    Ok(page)
}

/// The keys of an object.
fn table(schema: &Value) -> String {
    let mut table = "| key | value | meaning |\n| --- | --- | --- |\n".to_owned();
    let required = |key: &str| schema["required"].as_array().is_some_and(|keys| keys.iter().any(|name| name == key));
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let optional = if required(key) { "" } else { ", optional" };
        let meaning = prose(property).replace('\n', " ");
        table.push_str(&format!("| `{key}` | {}{optional} | {meaning} |\n", value_of(property)));
    }
    table
}

/// One of several objects.
fn choice_line(choice: &Value) -> String {
    let properties: Vec<_> = choice["properties"].as_object().into_iter().flatten().collect();
    let keys: Vec<String> = properties
        .iter()
        .map(|(key, property)| match property["const"].as_str() {
            Some(name) => format!("`\"{key}\": \"{name}\"`"),
            None => format!("`{key}` ({})", value_of(property)),
        })
        .collect();
    format!("* {}: {}\n", keys.join(", "), prose(choice).replace('\n', " "))
}

/// The kind of a value; a type of the contract by its name.
fn value_of(property: &Value) -> String {
    let places = ["/$ref", "/allOf/0/$ref", "/anyOf/0/$ref"];
    let reference = places.into_iter().find_map(|place| property.pointer(place)?.as_str());
    if let Some(name) = reference.and_then(|path| path.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    match (property["type"].as_str(), &property["items"]) {
        (Some("array"), Value::Array(pair)) => format!("list of {} numbers", pair.len()),
        (Some("array"), items) => format!("list of {}", value_of(items)),
        (Some("string"), _) => "text".to_owned(),
        (Some("integer"), _) => "whole number".to_owned(),
        (Some("boolean"), _) => "`true` or `false`".to_owned(),
        _ => "object".to_owned(),
    }
}

/// The description, with links as code.
fn prose(schema: &Value) -> String {
    let mut parts = schema["description"].as_str().unwrap_or_default().split("{@link ");
    let first = parts.next().unwrap_or_default().to_owned();
    let linked = |part: &str| match part.split_once('}') {
        Some((target, rest)) => format!("`{target}`{rest}"),
        None => part.to_owned(),
    };
    parts.fold(first, |text, part| text + &linked(part)).replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn links_are_those_of_typescript() {
        for (rust, typescript) in [
            ("an index into [`crate::Draft::recipients`].", "an index into {@link Draft.recipients}."),
            ("([`crate::verdict::Again::mark`])", "({@link Again.mark})"),
            ("[`Verdict`] and `code`", "{@link Verdict} and `code`"),
            ("no link [here]", "no link [here]"),
        ] {
            assert_eq!(linked(rust), typescript);
        }
    }
}

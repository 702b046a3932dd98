//! docs/policy.md, made from the schema, the rules and the example.

use sendvagt::RuleName;
use sendvagt_site::policy::schema;
use serde_json::{Map, Value};

/// The page, as Markdown.
pub(super) fn page(example: &str) -> String {
    let schema = schema();
    let mut page = String::from(
        "# The policy\n\n\
         <!-- Made from the code by `cargo xtask generate`. -->\n\n\
         One JSON file says what the organisation has decided. It is checked when the add-in is packed and lies in the packed\n\
         files, so that nothing is fetched and nothing can be missing when Send is pressed. `sendvagt policy check FILE` lists\n\
         every error in it, `sendvagt policy explain FILE` says in plain words what it will do, and `policy.schema.json` lets\n\
         an editor check it while it is written.\n\n\
         Every key may be left out. `{}` means that the rules on CPR numbers work, and that those which need to know the\n\
         organisation find nothing.\n",
    );
    page.push_str("\n## An example\n\nA made-up municipality:\n\n```json\n");
    page.push_str(example.trim_end());
    page.push_str("\n```\n\n## The keys\n");
    object(&schema, &schema, "", &mut page);
    page.push_str(&rules());
    page.push_str(&modes());
    page.push_str(&patterns());
    page.push_str(&parts());
    page
}

/// A table of an object's keys, and then the tables of the objects in it.
fn object(root: &Value, schema: &Value, path: &str, page: &mut String) {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    if !path.is_empty() {
        page.push_str(&format!("\n### `{path}`\n\n{}\n", line(schema)));
    }
    page.push_str("\n| key | value | left out | meaning |\n| --- | --- | --- | --- |\n");
    for (key, property) in properties {
        let meaning = line(property);
        let default = property
            .get("default")
            .filter(|default| !default.is_object())
            .map_or_else(String::new, |default| format!("`{default}`"));
        page.push_str(&format!("| `{key}` | {} | {default} | {meaning} |\n", kind(root, property)));
    }
    // The objects of a part are those of the policy.
    let inner = properties.iter().filter(|(key, _)| *key != "rules" && path != "parts[]");
    for (key, property) in inner {
        let (inner, list) = match property.get("items") {
            Some(items) => (resolved(root, items), "[]"),
            None => (resolved(root, property), ""),
        };
        if inner.get("properties").is_some() {
            let path = if path.is_empty() { format!("{key}{list}") } else { format!("{path}.{key}{list}") };
            object(root, inner, &path, page);
        }
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    reference.and_then(|path| root.pointer(path.trim_start_matches('#'))).unwrap_or(schema)
}

/// The description on one line.
fn line(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.replace('\n', " ").replace('|', "\\|")
}

fn kind(root: &Value, property: &Value) -> String {
    let schema = resolved(root, property);
    if let Some(items) = property.get("items") {
        return format!("list of {}", kind(root, items));
    }
    let choices = choices(root, schema);
    if !choices.is_empty() {
        return choices.iter().map(|choice| format!("`\"{choice}\"`")).collect::<Vec<_>>().join(", ");
    }
    match schema.get("type") {
        Some(Value::String(name)) if name == "object" => "object".to_owned(),
        Some(Value::String(name)) if name == "boolean" => "`true`, `false`".to_owned(),
        _ => "text".to_owned(),
    }
}

/// The strings that a value may be.
fn choices(root: &Value, schema: &Value) -> Vec<String> {
    let own = schema.get("const").and_then(Value::as_str).map(str::to_owned);
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let inner = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let inner = inner.flat_map(|schema| choices(root, resolved(root, schema)));
    own.into_iter().chain(listed.filter_map(Value::as_str).map(str::to_owned)).chain(inner).collect()
}

fn rules() -> String {
    let mut text = String::from("\n## The rules\n\n| rule | left out | what it looks for |\n| --- | --- | --- |\n");
    for name in RuleName::ALL {
        let rule = name.rule();
        let default = serde_json::to_value(rule.default).unwrap_or_default();
        text.push_str(&format!("| `{}` | `{default}` | {} |\n", name.as_str(), name.about().en));
    }
    text.push_str(
        "\nA CPR number *as a recipient* addresses Digital Post: no rule speaks of it, and nothing repeats it.\n",
    );
    text
}

fn modes() -> String {
    "\n## What becomes of a finding\n\n\
     | the rule says | `enforce` | `advise` | `observe` |\n| --- | --- | --- | --- |\n\
     | `stop` | the mail may not go until it is mended | the user decides | the mail goes, and nothing is shown |\n\
     | `ask` | the user decides | the user decides | the mail goes, and nothing is shown |\n\
     | `off` | the rule is not run | the rule is not run | the rule is not run |\n\n\
     How a client lets the user decide is in [clients.md](clients.md).\n"
        .to_owned()
}

fn parts() -> String {
    "\n## Several organisations in one house\n\n\
     An IT centre that serves several municipalities from one tenant deploys one add-in. The policy says what is common, and\n\
     each of its `parts` what is different for the senders that it names:\n\n\
     ```json\n\
     {\n  \"organisation\": { \"name\": \"Fælles-it\", \"domains\": [\"nord.example\", \"syd.example\"], \"contact\": \"Servicedesk, tlf. 12 34 56 78\" },\n  \
     \"secureMail\": { \"tags\": [\"sikker\"] },\n  \"parts\": [\n    \
     { \"senders\": [\"nord.example\"], \"organisation\": { \"name\": \"Nord Kommune\" }, \"mode\": \"observe\" },\n    \
     { \"senders\": [\"syd.example\"], \"organisation\": { \"name\": \"Syd Kommune\" }, \"secureMail\": { \"from\": [\"sikkerpost@syd.example\"] } }\n  ]\n}\n\
     ```\n\n\
     * The address that a mail is sent from chooses the part. A mailbox goes before a domain. Where no part names the sender, or\n  \
     Outlook does not tell who it is, the common policy holds.\n\
     * A part has what the common policy has, but for what it says itself: an object key by key (`Syd Kommune` has the tag\n  \
     too), a list as a whole (a part with `retiredMailboxes` has none of the common ones).\n\
     * `organisation.domains` of the common policy hold for all parts that have none of their own: name all of them there if\n  \
     mail between the organisations stays in the house, and in each part its own if it does not.\n\
     * The language, the practice and what happens to a mail that could not be checked are one for all.\n\
     * The mail-flow rule cannot tell the parts apart. It only audits unless every part stops CPR numbers in the subject.\n"
        .to_owned()
}

fn patterns() -> String {
    "\n## Own patterns\n\n\
     Words and numbers that only the organisation knows, and that must not leave, or not so:\n\n\
     ```json\n\
     {\n  \"organisation\": { \"domains\": [\"kommune.example\"] },\n  \"patterns\": [\n    {\n      \
     \"name\": \"Projekt Fjord\",\n      \"pattern\": \"\\\\bfjord\\\\b\",\n      \"in\": [\"subject\", \"body\"],\n      \
     \"mail\": \"leaving\",\n      \"action\": \"ask\",\n      \
     \"what\": { \"da\": \"Mailen nævner et projekt, som ikke er offentligt.\", \"en\": \"The mail mentions a project that is not public.\" },\n      \
     \"finds\": [\"Status på Fjord\"],\n      \"passes\": [\"Fjordbyens skole\"]\n    }\n  ]\n}\n\
     ```\n\n\
     * A pattern has the syntax of the `regex` crate of Rust, and letters match in any case unless it says `(?-i)`. In JSON a\n  \
     backslash is written twice. `\\b`, the edge of a word, goes next to a letter or a digit at an end of the pattern; words are\n  \
     of Latin letters. In a text each line is looked at by itself.\n\
     * `finds` and `passes` hold it to what it is for: `policy check` tries them.\n\
     * Patterns are compiled when a site is packed. At a send a table is followed, one step for each byte of the text, so that no\n  \
     pattern can make a check slow. `policy explain` says how much each adds to what is loaded at a send; all together may take\n  \
     10 kB. A pattern of a few words takes less than 1 kB, `\\w` some 3 kB: write `[a-zæøå]` instead.\n\
     * What the policy says is shown to the user, and never what was found.\n"
        .to_owned()
}

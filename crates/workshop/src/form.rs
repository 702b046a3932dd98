//! The form, made from the JSON Schema of a policy and the words of its keys.

use sendvagt::{Both, Language, RuleName};
use sendvagt_site::policy::schema;
use serde_json::Value;

use crate::keys::{CHOICES, KEYS, Key};

/// What is asked for at one place of a policy.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its path, such as `secureMail.from`; in the columns of a table from the row on, such as `address`.
    pub path: String,
    /// What it is called.
    pub name: Both<String>,
    /// What it means, in a sentence or two.
    pub about: Both<String>,
    /// How it is asked for.
    pub kind: Kind,
}

/// How it is asked for.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A line of text.
    Text {
        /// What counts where nothing is written.
        default: String,
    },
    /// A whole number.
    Number {
        /// What counts where nothing is written.
        default: u64,
    },
    /// Yes or no.
    Flag {
        /// What counts where nothing is said.
        default: bool,
    },
    /// One of several values.
    Choice {
        /// The values.
        options: Vec<Choice>,
        /// The value that counts where nothing is chosen; `None` where that has a meaning of its own.
        default: Option<String>,
    },
    /// Some of several values.
    Several {
        /// The values.
        options: Vec<Choice>,
        /// Those that count where nothing is said.
        default: Vec<String>,
    },
    /// Texts, one a line.
    Lines,
    /// Rows with these columns.
    Table(Vec<Field>),
    /// Fields that belong together.
    Group(Vec<Field>),
    /// A list of what has these fields, whose paths begin at its entry: patterns, or parts of the policy.
    List(Vec<Field>),
}

/// A value to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// As the policy writes it.
    pub value: String,
    /// What it is called.
    pub name: Both<String>,
    /// What it means; empty where the name says all.
    pub about: Both<String>,
}

/// The sections of the form.
pub fn sections() -> Vec<Field> {
    let schema = schema();
    let top = KEYS.iter().filter(|key| !key.path.contains(['.', '[']));
    top.filter_map(|key| field(&schema, key, property(&schema, key.path)?)).collect()
}

fn field(schema: &Value, key: &Key, property: &Value) -> Option<Field> {
    let name = Both { da: key.name.da.to_owned(), en: key.name.en.to_owned() };
    let about = Both { da: key.about.to_owned(), en: description(property) };
    let kind = kind(schema, key.path, property)?;
    let path = key.path.rsplit_once("[].").map_or(key.path, |(_, column)| column).to_owned();
    Some(Field { path, name, about, kind })
}

fn kind(schema: &Value, path: &str, property: &Value) -> Option<Kind> {
    let of = resolved(schema, property);
    let default = property.get("default");
    if path == "rules" {
        return Some(Kind::Group(RuleName::ALL.into_iter().map(rule).collect()));
    }
    if path == "parts" {
        return Some(Kind::List(of_part(schema, resolved(schema, of.get("items")?))));
    }
    if of.get("oneOf").is_some() {
        return Some(Kind::Choice {
            options: choices(path, of),
            default: default.and_then(Value::as_str).map(str::to_owned),
        });
    }
    Some(match type_of(of)? {
        "string" => Kind::Text { default: default.and_then(Value::as_str).unwrap_or_default().to_owned() },
        "integer" => Kind::Number { default: default.and_then(Value::as_u64).unwrap_or_default() },
        "boolean" => Kind::Flag { default: default.and_then(Value::as_bool).unwrap_or_default() },
        "array" => {
            let items = resolved(schema, of.get("items")?);
            if items.get("oneOf").is_some() {
                let usual = default.and_then(Value::as_array).into_iter().flatten();
                return Some(Kind::Several {
                    options: choices(path, items),
                    default: usual.filter_map(Value::as_str).map(str::to_owned).collect(),
                });
            }
            match type_of(items)? {
                "object" if path == "patterns" => Kind::List(below(schema, &format!("{path}[]."), items)),
                "object" => Kind::Table(below(schema, &format!("{path}[]."), items)),
                _ => Kind::Lines,
            }
        }
        "object" => Kind::Group(below(schema, &format!("{path}."), of)),
        _ => return None,
    })
}

/// The values to choose at a path, in the order of the table of words.
fn choices(path: &str, of: &Value) -> Vec<Choice> {
    // A pattern does what a rule does.
    let path = if path == "patterns[].action" { "rules" } else { path };
    let options = CHOICES.iter().filter(|choice| choice.of.0 == path);
    let choice = |choice: &crate::keys::Chosen| Choice {
        value: choice.of.1.to_owned(),
        name: Both { da: choice.name.da.to_owned(), en: choice.name.en.to_owned() },
        about: Both { da: choice.about.to_owned(), en: meaning(of, choice.of.1) },
    };
    options.map(choice).collect()
}

/// The senders of a part, and the keys of the policy that it has too.
fn of_part(schema: &Value, part: &Value) -> Vec<Field> {
    let top = KEYS.iter().filter(|key| !key.path.contains(['.', '[']));
    let same = top.filter_map(|key| field(schema, key, property(part, key.path)?));
    let same = same.map(|mut field| {
        field.leave_open();
        field
    });
    below(schema, "parts[].", part).into_iter().chain(same).collect()
}

/// The keys just below a path, in the order of the table of words.
fn below(schema: &Value, path: &str, object: &Value) -> Vec<Field> {
    let keys = KEYS.iter().filter_map(|key| {
        let name = key.path.strip_prefix(path).filter(|name| !name.contains(['.', '[']))?;
        field(schema, key, property(object, name)?)
    });
    keys.collect()
}

/// A rule chooses among the same actions as every other.
fn rule(name: RuleName) -> Field {
    let about = name.about();
    let options = CHOICES.iter().filter(|choice| choice.of.0 == "rules");
    let options = options.map(|choice| Choice {
        value: choice.of.1.to_owned(),
        name: Both { da: choice.name.da.to_owned(), en: choice.name.en.to_owned() },
        about: Both::default(),
    });
    let default = serde_json::to_value(name.rule().default).ok();
    Field {
        path: format!("rules.{}", name.as_str()),
        name: Both { da: about.da.to_owned(), en: about.en.to_owned() },
        about: Both::default(),
        kind: Kind::Choice {
            options: options.collect(),
            default: default.as_ref().and_then(Value::as_str).map(str::to_owned),
        },
    }
}

fn property<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get("properties")?.get(name)
}

/// What a `$ref` names, also where it may be left out.
fn resolved<'a>(schema: &'a Value, property: &'a Value) -> &'a Value {
    let reference = property.get("$ref").or_else(|| property.pointer("/anyOf/0/$ref")).and_then(Value::as_str);
    reference.and_then(|path| schema.pointer(path.trim_start_matches('#'))).unwrap_or(property)
}

/// The type of a value that is not left out.
fn type_of(of: &Value) -> Option<&str> {
    let one = of.get("type")?;
    one.as_str().or_else(|| one.as_array()?.iter().filter_map(Value::as_str).find(|name| *name != "null"))
}

fn meaning(of: &Value, value: &str) -> String {
    let options = of.get("oneOf").and_then(Value::as_array);
    let option = options.into_iter().flatten().find(|option| option.get("const").is_some_and(|one| one == value));
    option.map(description).unwrap_or_default()
}

/// The schema's own words, without the marks of Markdown and the line breaks of the source.
fn description(of: &Value) -> String {
    let text = of.get("description").and_then(Value::as_str).unwrap_or_default();
    text.replace('\n', " ").replace(['`', '*'], "").replace("  ", " ")
}

impl Field {
    /// The same field, of a part of the policy at `place`.
    pub fn of_part(&self, place: &str) -> Self {
        let below = |fields: &[Self]| fields.iter().map(|field| field.of_part(place)).collect();
        let kind = match &self.kind {
            Kind::Group(fields) => Kind::Group(below(fields)),
            kind => kind.clone(),
        };
        Self { path: format!("{place}.{}", self.path), kind, ..self.clone() }
    }

    /// Takes out what counts where nothing is written: in a part that is what the common policy says.
    fn leave_open(&mut self) {
        match &mut self.kind {
            Kind::Group(fields) => fields.iter_mut().for_each(Self::leave_open),
            Kind::Text { default } => default.clear(),
            Kind::Choice { default, .. } => *default = None,
            _ => {}
        }
    }

    /// The explanation, or an empty text.
    pub fn about(&self, language: Language) -> String {
        self.about.get(language).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sendvagt::RuleName;
    use serde_json::Value;

    use super::{Field, Kind, resolved, schema, sections};
    use crate::keys::{CHOICES, KEYS};

    /// Every path of the schema, with `[]` for the entries of a list of objects.
    fn paths(schema: &Value, object: &Value, below: &str, into: &mut BTreeSet<String>) {
        for (name, property) in object["properties"].as_object().into_iter().flatten() {
            let path = format!("{below}{name}");
            let of = resolved(schema, property);
            let items = of.get("items").map(|items| resolved(schema, items));
            paths(schema, of, &format!("{path}."), into);
            items.into_iter().for_each(|items| paths(schema, items, &format!("{path}[]."), into));
            into.insert(path);
        }
    }

    #[test]
    fn every_key_of_the_schema_has_words_and_no_other() {
        let mut expected = BTreeSet::new();
        paths(&schema(), &schema(), "", &mut expected);
        // A part has the words of the policy's own keys.
        expected.retain(|path| path != "$schema" && !path.starts_with("rules."));
        expected.retain(|path| path == "parts[].senders" || !path.starts_with("parts[]."));
        let known: BTreeSet<String> = KEYS.iter().map(|key| key.path.to_owned()).collect();
        assert_eq!(known, expected);
        assert_eq!(known.len(), KEYS.len(), "twice in the table");
    }

    fn fields(of: &[Field], into: &mut Vec<Field>) {
        for field in of {
            into.push(field.clone());
            match &field.kind {
                Kind::Group(fields_below) | Kind::Table(fields_below) => fields(fields_below, into),
                // A part has the words of the policy's own keys.
                Kind::List(fields_below) if field.path == "parts" => {
                    fields(fields_below.get(..1).unwrap_or_default(), into);
                }
                Kind::List(fields_below) => fields(fields_below, into),
                _ => {}
            }
        }
    }

    #[test]
    fn every_key_is_in_the_form_with_its_choices() {
        let mut all = Vec::new();
        fields(&sections(), &mut all);
        assert_eq!(all.len(), KEYS.len() + RuleName::ALL.len());
        let text = schema().to_string();
        for field in &all {
            if let Kind::Choice { options, .. } = &field.kind {
                assert!(options.len() > 1, "{}", field.path);
            }
        }
        for choice in CHOICES {
            assert!(text.contains(&format!("\"const\":\"{}\"", choice.of.1)), "{:?}", choice.of);
        }
        let values: usize = schema()["$defs"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, of)| of["oneOf"].as_array().map_or(0, Vec::len))
            .sum();
        assert_eq!(CHOICES.len(), values, "each value of the schema has words");
    }
}

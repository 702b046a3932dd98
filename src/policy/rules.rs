//! What the policy says of each rule.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Action;
use crate::rule_name::RuleName;

/// What each rule does, by the rule's name; in JSON an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules([Option<Action>; RuleName::ALL.len()]);

impl Rules {
    /// The policy's own action for a rule, if it has one.
    #[must_use]
    pub fn get(&self, rule: RuleName) -> Option<Action> {
        self.0.get(rule as usize).copied().flatten()
    }

    /// Sets the action of a rule.
    pub fn set(&mut self, rule: RuleName, action: Action) {
        if let Some(slot) = self.0.get_mut(rule as usize) {
            *slot = Some(action);
        }
    }
}

impl Serialize for Rules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for rule in RuleName::ALL {
            if let Some(action) = self.get(rule) {
                map.serialize_entry(rule.as_str(), &action)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Names)
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Rules;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("an object of rules and their actions")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rules, A::Error> {
        let mut rules = Rules::default();
        while let Some((name, action)) = map.next_entry::<String, Action>()? {
            let rule = RuleName::named(&name);
            rules.set(rule.ok_or_else(|| A::Error::custom(format_args!("there is no rule `{name}`")))?, action);
        }
        Ok(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn what_is_no_object_of_rules_is_told() {
        for (json, expected) in [
            ("5", "expected an object of rules and their actions"),
            (r#"{"no-such-rule":"stop"}"#, "there is no rule `no-such-rule`"),
        ] {
            let error = serde_json::from_str::<Rules>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}

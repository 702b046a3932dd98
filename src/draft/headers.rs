//! Internet headers.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Internet headers by name, in the order in which they were given; in JSON an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Are there no headers?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a header.
    pub fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// The names and values, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromIterator<(String, String)> for Headers {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(headers: I) -> Self {
        Self(headers.into_iter().collect())
    }
}

impl Serialize for Headers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Names)
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Headers;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("an object of header names and their values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Headers, A::Error> {
        let mut headers = Vec::new();
        while let Some(header) = map.next_entry()? {
            headers.push(header);
        }
        Ok(Headers(headers))
    }
}

#[cfg(test)]
mod tests {
    use super::Headers;

    #[test]
    fn headers_are_an_object_in_json_and_keep_their_order() {
        let headers: Headers = serde_json::from_str(r#"{"x-b":"1","x-a":"2"}"#).unwrap();
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("x-b", "1"), ("x-a", "2")]);
        assert_eq!(serde_json::to_string(&headers).unwrap(), r#"{"x-b":"1","x-a":"2"}"#);
        assert!(!headers.is_empty() && Headers::default().is_empty());
        let mut pushed: Headers = [("x-b".to_owned(), "1".to_owned())].into_iter().collect();
        pushed.push("x-a".to_owned(), "2".to_owned());
        assert_eq!(pushed, headers);
    }

    #[test]
    fn what_is_no_object_is_told() {
        let told = serde_json::from_str::<Headers>("[]").unwrap_err().to_string();
        assert!(told.contains("an object of header names and their values"), "{told}");
    }
}

//! The two languages that Sendvagt speaks.

use serde::{Deserialize, Serialize};

/// The language of the words in a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

impl Language {
    /// Both, in the order in which tables list them.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// The language for a client's locale tag such as `da-DK`: Danish for Danish, English for all others.
    #[must_use]
    pub fn of_locale(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("da") { Self::Da } else { Self::En }
    }

    /// The tag that this language has in the contracts.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }

    /// The name of a month, from 1.
    #[must_use]
    pub fn month(self, number: usize) -> Option<&'static str> {
        const DA: [&str; 12] = [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        self.pick(DA, EN).get(number.checked_sub(1)?).copied()
    }

    /// The text in this language, in which each `{}` becomes the next value.
    pub(crate) fn fill(self, da: &str, en: &str, values: &[&str]) -> String {
        let mut parts = self.pick(da, en).split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, value) in parts.zip(values) {
            text.push_str(value);
            text.push_str(part.trim_start_matches('}'));
        }
        text
    }

    /// Picks the text in this language.
    #[must_use]
    pub fn pick<T>(self, da: T, en: T) -> T {
        match self {
            Self::Da => da,
            Self::En => en,
        }
    }
}

/// A text in both languages, or anything else that there is one of for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Both<T = &'static str> {
    /// Danish.
    pub da: T,
    /// English.
    pub en: T,
}

impl<T> Both<T> {
    /// The one in this language.
    #[must_use]
    pub fn get(&self, language: Language) -> &T {
        language.pick(&self.da, &self.en)
    }

    /// The form for so many things: `one` for a single thing, `several` for none and for more.
    #[must_use]
    pub fn counted(count: usize, one: Self, several: Self) -> Self {
        if count == 1 { one } else { several }
    }
}

#[cfg(test)]
mod tests {
    use super::{Both, Language};

    #[test]
    fn values_are_filled_in_in_their_order() {
        let cases: [(&str, &[&str], &str); 5] = [
            ("{} af {}.", &["2", "3"], "2 af 3."),
            ("{}{}", &["a", "{}"], "a{}"),
            ("[{}]({})", &["a", "b"], "[a](b)"),
            ("ingen", &[], "ingen"),
            ("", &[], ""),
        ];
        for (text, values, filled) in cases {
            assert_eq!(Language::Da.fill(text, "", values), filled);
            assert_eq!(Language::En.fill("", text, values), filled);
        }
    }

    #[test]
    fn one_thing_is_not_several() {
        let [one, several] = [Both { da: "tallet", en: "the number" }, Both { da: "tallene", en: "the numbers" }];
        let counted = |count, language| *Both::counted(count, one, several).get(language);
        assert_eq!([0, 1, 2].map(|count| counted(count, Language::Da)), ["tallene", "tallet", "tallene"]);
        assert_eq!(counted(1, Language::En), "the number");
    }

    #[test]
    fn a_locale_gives_a_language() {
        let cases = [
            ("da-DK", Language::Da),
            ("DA", Language::Da),
            ("da_DK", Language::Da),
            ("en-US", Language::En),
            ("dav-KE", Language::En),
            ("sv-SE", Language::En),
            ("", Language::En),
        ];
        for (tag, language) in cases {
            assert_eq!(Language::of_locale(tag), language, "{tag:?}");
        }
        for language in Language::ALL {
            assert_eq!(Language::of_locale(language.tag()), language);
            assert_eq!(serde_json::to_value(language).unwrap(), language.tag());
        }
    }
}

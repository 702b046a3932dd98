//! The two languages that Sendvagt speaks.

use serde::{Deserialize, Serialize};

/// The language of the words in a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[cfg_attr(feature = "strict", derive(schemars::JsonSchema))]
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
    pub(crate) fn month(self, number: usize) -> Option<&'static str> {
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

    /// Picks the text in this language.
    #[must_use]
    pub(crate) fn pick<T>(self, da: T, en: T) -> T {
        match self {
            Self::Da => da,
            Self::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

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

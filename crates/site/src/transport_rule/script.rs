//! The PowerShell script that creates the rule or updates it, and says how to remove it.

use std::fmt;

use askama::Template;

use super::pattern::SPELLINGS;

/// The name of the rule in Exchange. A second run finds the rule by it, so it does not depend on policy or language.
pub(super) const NAME: &str = "Sendvagt - CPR number in subject";

/// What goes into the script.
pub(super) struct Script<'a> {
    /// The name of the organisation; empty when it has none.
    pub(super) organisation: &'a str,
    /// The reason for Exchange Online.
    pub(super) online: String,
    /// The shorter reason for Exchange Server.
    pub(super) server: String,
    /// Why the rule only logs what it would reject; `None` when it rejects.
    pub(super) audit: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "mail-flow-rule.ps1", escape = "none")]
struct Rendered {
    name: Literal,
    comments: Literal,
    online: Literal,
    server: Literal,
    audit: Option<&'static str>,
    /// The patterns of each spelling, below a comment that shows the spelling.
    spellings: Vec<(&'static str, Vec<Literal>)>,
}

impl Script<'_> {
    /// The script, with lines that end with a line feed.
    pub(super) fn text(&self) -> String {
        let for_whom = match self.organisation {
            "" => String::new(),
            name => format!(" for {name}"),
        };
        let spellings = SPELLINGS.iter().map(|spelling| {
            let patterns = spelling.patterns().into_iter().map(|pattern| Literal::new(&pattern));
            (spelling.about, patterns.collect())
        });
        let script = Rendered {
            name: Literal::new(NAME),
            comments: Literal::new(&format!("Made by sendvagt transport-rule {}{for_whom}", sendvagt::VERSION)),
            online: Literal::new(&self.online),
            server: Literal::new(&self.server),
            audit: self.audit,
            spellings: spellings.collect(),
        };
        script.to_string()
    }
}

/// A text on one line, displayed as a literal of PowerShell in single quotes: nothing in it is run or expanded. PowerShell
/// reads typographic single quotes as single quotes too, so each is doubled (Microsoft: "`about_Quoting_Rules`").
struct Literal {
    /// Without line breaks or other control characters. A policy that parses has none, but a comment must not depend on it.
    text: String,
}

impl Literal {
    fn new(text: &str) -> Self {
        let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        Self { text: text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect() }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("'")?;
        for c in self.text.chars() {
            let is_quote = matches!(c, '\'' | '\u{2018}'..='\u{201b}');
            (0..=usize::from(is_quote)).try_for_each(|_| write!(out, "{c}"))?;
        }
        out.write_str("'")
    }
}

#[cfg(test)]
mod tests {
    use super::{Literal, NAME, Script};

    /// The largest rule that Exchange accepts, in characters (Microsoft: "Exchange Online limits").
    const RULE_LIMIT: usize = 8192;

    fn longest() -> Script<'static> {
        Script {
            organisation: "Ø‘NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN",
            online: "'".repeat(1024),
            server: "'".repeat(256),
            audit: Some("why"),
        }
    }

    #[test]
    fn a_literal_can_hold_any_text() {
        let cases = [
            ("Servicedesk", "'Servicedesk'"),
            ("Jens' desk", "'Jens'' desk'"),
            ("‘Desk’ ‚a‛", "'‘‘Desk’’ ‚‚a‛‛'"),
            ("“Desk” \"x\"", "'“Desk” \"x\"'"),
            ("$(Remove-Item x) `n $x", "'$(Remove-Item x) `n $x'"),
            ("a\r\nb\u{2028}c\0d", "'a  b c d'"),
            ("'", "''''"),
            ("", "''"),
        ];
        for (text, literal) in cases {
            assert_eq!(Literal::new(text).to_string(), literal, "{text:?}");
        }
    }

    #[test]
    fn no_text_leaves_its_comment() {
        let script = Script { organisation: "x\nRemove-Item y\u{2028}\r", ..longest() };
        assert!(!script.text().lines().any(|line| line.starts_with("Remove-Item")));
    }

    /// Exchange stores the values in XML of an undocumented form. The estimate is 40 characters for each.
    #[test]
    fn the_longest_rule_fits() {
        let patterns: Vec<String> =
            super::SPELLINGS.iter().flat_map(super::super::pattern::Spelling::patterns).collect();
        let values: usize = patterns.iter().map(|pattern| pattern.len() + 40).sum();
        let comments = 128;
        assert!(values + 1024 + comments + NAME.len() + 10 * 40 <= RULE_LIMIT, "{values}");
        assert!(NAME.len() <= 64, "Exchange accepts 64 characters");
    }
}

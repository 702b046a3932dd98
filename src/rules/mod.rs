//! The rules, one file each. To add a rule, write its file and add its line to the list in `src/rule_name.rs`.

mod case;
mod rule;
mod secure;
pub(crate) mod subject;

#[cfg(test)]
mod examples;

use crate::policy::{Action, Policy};
use crate::rule_name::{RuleName, each_rule};

pub(crate) use case::Case;
pub use rule::{Example, Examples, Rule};
pub(crate) use rule::{Hit, Words};

macro_rules! modules {
    ($($variant:ident = $name:literal in $module:ident,)+) => {
        $(mod $module;)+

        impl RuleName {
            /// The rule of this name.
            #[must_use]
            pub fn rule(self) -> &'static Rule {
                match self {
                    $(Self::$variant => &$module::RULE,)+
                }
            }

            /// Examples that show the rule at work.
            #[must_use]
            pub fn examples(self) -> &'static Examples {
                match self {
                    $(Self::$variant => &$module::EXAMPLES,)+
                }
            }
        }
    };
}

each_rule!(modules);

impl RuleName {
    /// The action of the rule under a policy.
    #[must_use]
    pub fn action(self, policy: &Policy) -> Action {
        policy.file().rules.get(self).unwrap_or_else(|| self.rule().default)
    }
}

//! The rules, one file each. To add a rule, write its file and add its line to the list in `src/rule_name.rs`.

mod because;
mod case;
pub(crate) mod content;
mod rule;
pub(crate) mod secure;
pub(crate) mod subject;

#[cfg(test)]
mod examples;

use crate::Both;
use crate::policy::{Action, Policy};
use crate::rule_name::{RuleName, each_rule};
use crate::verdict::Fix;

pub(crate) use because::because;
pub(crate) use case::Case;
pub use content::{Counted, Wanted, counted, is_ours, wanted};
pub use own_pattern::{FJORD, is_sought};
pub use rule::{ATTACHED, BEGAN, EXAMPLES_POLICY, Example, Examples, Rule, TEXT};
pub(crate) use rule::{Basis, Hit, Words};
pub(crate) use secure::Sign;
pub use stranger_in_reply::conversation;
pub(crate) use subject::{checksum, objection};
pub(crate) use visible_recipients::outside;

macro_rules! modules {
    ($($variant:ident = $name:literal in $module:ident,)+) => {
        $(pub(crate) mod $module;)+

        impl RuleName {
            /// The rule of this name.
            #[must_use]
            pub fn rule(self) -> &'static Rule {
                match self {
                    $(Self::$variant => &$module::RULE,)+
                }
            }

            /// What the rule looks for, in one sentence. For pages about it: a send never shows it.
            #[must_use]
            pub fn about(self) -> &'static Both {
                match self {
                    $(Self::$variant => &$module::ABOUT,)+
                }
            }

            /// Examples that show the rule at work.
            #[must_use]
            pub fn examples(self) -> &'static Examples {
                match self {
                    $(Self::$variant => &$module::EXAMPLES,)+
                }
            }

            /// What a piece of evidence of the rule means, in a sentence for the user.
            pub(crate) fn because(self, evidence: &str) -> Option<Both> {
                match self {
                    $(Self::$variant => $module::because(evidence),)+
                }
            }

            /// The fixes of one finding of the rule, the recommended one first. Not a part of [`Rule`]: the engine
            /// of a send never asks for it, and the linker then drops it.
            pub(crate) fn fixes(self, case: &Case, hit: &Hit) -> Vec<Fix> {
                match self {
                    $(Self::$variant => $module::fixes(case, hit),)+
                }
            }
        }
    };
}

each_rule!(modules);

impl RuleName {
    /// The action of the rule under a policy. Without patterns there is none to look for.
    #[must_use]
    pub fn action(self, policy: &Policy) -> Action {
        if self == Self::OwnPattern && policy.file().sought.is_empty() {
            return Action::Off;
        }
        policy.file().rules.get(self).unwrap_or_else(|| self.rule().default)
    }
}

/// Has a policy a rule on that needs more of a mail than subject and recipients?
#[must_use]
pub fn reads_content(policy: &Policy) -> bool {
    let reads = |policy: &Policy| {
        RuleName::ALL.into_iter().any(|rule| rule.is_of_content() && rule.action(policy) != Action::Off)
    };
    policy.all().any(reads)
}

//! The one list of the rules.

/// Calls a macro with the list. `CprInSubject = "cpr-in-subject" in cpr_in_subject` is the rule `cpr-in-subject` in the
/// file `src/rules/cpr_in_subject.rs`. The gravest rule comes first: findings are reported in this order.
///
/// A new rule needs its file and a line here.
macro_rules! each_rule {
    ($then:ident) => {
        $then! {
            CprInSubject = "cpr-in-subject" in cpr_in_subject,
            RetiredMailbox = "retired-mailbox" in retired_mailbox,
            UnsecuredRecipient = "unsecured-recipient" in unsecured_recipient,
            CprInBody = "cpr-in-body" in cpr_in_body,
            CprInAttachmentName = "cpr-in-attachment-name" in cpr_in_attachment_name,
            OwnPattern = "own-pattern" in own_pattern,
            PossibleCprInSubject = "possible-cpr-in-subject" in possible_cpr_in_subject,
            MistypedDomain = "mistyped-domain" in mistyped_domain,
            StrangerInReply = "stranger-in-reply" in stranger_in_reply,
            NameTwin = "name-twin" in name_twin,
            VisibleRecipients = "visible-recipients" in visible_recipients,
            PrivateMailbox = "private-mailbox" in private_mailbox,
            UncheckedList = "unchecked-list" in unchecked_list,
            UnjudgedRecipient = "unjudged-recipient" in unjudged_recipient,
        }
    };
}

macro_rules! names {
    ($($variant:ident = $name:literal in $module:ident,)+) => {
        /// The name of a rule, as a policy and a verdict write it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum RuleName {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl RuleName {
            /// All names, gravest rule first.
            pub const ALL: [Self; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name as a policy and a verdict write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        #[cfg(test)]
        const MODULES: &[&str] = &[$(stringify!($module)),+];
    };
}

each_rule!(names);
pub(crate) use each_rule;

impl RuleName {
    /// Is it a rule on what is read beyond subject and recipients?
    #[must_use]
    pub const fn is_of_content(self) -> bool {
        matches!(self, Self::CprInBody | Self::CprInAttachmentName | Self::OwnPattern)
    }

    /// The rule of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{MODULES, RuleName};

    #[test]
    fn a_rule_is_in_the_file_of_its_name() {
        for (rule, module) in RuleName::ALL.into_iter().zip(MODULES) {
            assert_eq!(rule.as_str().replace('-', "_"), *module);
            assert_eq!(RuleName::named(rule.as_str()), Some(rule));
        }
        assert_eq!(RuleName::named("no-such-rule"), None);
    }
}

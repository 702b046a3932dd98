//! A mail-flow rule for Exchange, for clients where no add-in runs.

mod pattern;
mod reject_reason;
mod script;

use sendvagt::policy::{Action, Mode};
use sendvagt::{Language, Policy, RuleName};

use script::Script;

/// The PowerShell script that makes the rule. The rule rejects what has a CPR number in its subject, with the reason in
/// `language`; left out, in the policy's own language, or Danish. With `audit_only` it only writes down what it would
/// reject.
#[must_use]
pub fn script(policy: &Policy, language: Option<Language>, audit_only: bool) -> String {
    let organisation = &policy.file().organisation;
    let language = language.or(policy.file().language).unwrap_or_default();
    let script = Script {
        organisation: &organisation.name,
        online: reject_reason::reason(organisation, language, reject_reason::ONLINE_LIMIT),
        server: reject_reason::reason(organisation, language, reject_reason::SERVER_LIMIT),
        audit: why_not_reject(policy, audit_only),
    };
    script.text()
}

/// Why the rule must not reject: it stops no mail that the add-in, under the same policy, would let go.
fn why_not_reject(policy: &Policy, audit_only: bool) -> Option<&'static str> {
    match (policy.file().mode, RuleName::CprInSubject.action(policy)) {
        _ if audit_only => Some("--audit-only was given"),
        (Mode::Observe, _) => Some("the policy's mode is observe"),
        (Mode::Advise, _) => Some("the policy's mode is advise"),
        (_, Action::Off) => Some("the policy has cpr-in-subject off"),
        (_, Action::Ask) => Some("the policy has cpr-in-subject at ask"),
        (Mode::Enforce, Action::Stop) => None,
    }
}

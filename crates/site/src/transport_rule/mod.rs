//! A mail-flow rule for Exchange, for mail that no add-in sees.
//!
//! | what | module |
//! | --- | --- |
//! | the regular expressions that find a number | `pattern` |
//! | what the sender reads when a mail is rejected | `reject_reason` |
//! | the PowerShell script that creates or updates the rule | `script` |
//!
//! Invariants: the rule rejects nothing that the add-in would send under the same policy. It never holds, moves or changes a
//! mail. Its texts and patterns fit the limits of Exchange, whatever the policy holds.

mod pattern;
mod reject_reason;
mod script;

use sendvagt::policy::{Action, Mode};
use sendvagt::{Language, Policy, RuleName};

use script::Script;

/// The PowerShell script that creates the rule, which rejects a mail with a CPR number in its subject. The reason is in
/// `language`, else in the language of the policy, else in Danish. With `audit_only` the rule logs and rejects nothing.
#[must_use]
pub fn script(policy: &Policy, language: Option<Language>, audit_only: bool) -> String {
    let organisation = &policy.file().organisation;
    let language = language.or(policy.file().language).unwrap_or_default();
    let script = Script {
        organisation: &organisation.name,
        online: reject_reason::reason(organisation, language, reject_reason::ONLINE_LIMIT),
        server: reject_reason::reason(organisation, language, reject_reason::SERVER_LIMIT),
        audit: policy.all().find_map(|policy| why_audit(policy, audit_only)),
    };
    script.text()
}

/// Why the rule may only audit: it must not reject a mail that the add-in would send. `None` when it may reject.
fn why_audit(policy: &Policy, audit_only: bool) -> Option<&'static str> {
    match (policy.file().mode, RuleName::CprInSubject.action(policy)) {
        _ if audit_only => Some("--audit-only was given"),
        (Mode::Observe, _) => Some("the policy's mode is observe"),
        (Mode::Advise, _) => Some("the policy's mode is advise"),
        (_, Action::Off) => Some("the policy has cpr-in-subject off"),
        (_, Action::Ask) => Some("the policy has cpr-in-subject at ask"),
        (Mode::Enforce, Action::Stop) => None,
    }
}

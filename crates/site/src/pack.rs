//! What is embedded in the deployed scripts: the policy, and the verdicts for when the engine cannot run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use sendvagt::policy::{Action, Header, Organisation, Practice, SecureMail, packed};
use sendvagt::unchecked::{Failure, unchecked};
use sendvagt::verdict::Verdict;
use sendvagt::{Language, Policy, PolicyFile, RuleName, VERSION};

use crate::placeholder;

/// The literal in the built scripts that the pack replaces, with its quotation marks.
pub const PLACEHOLDER: &str = "\"@@SENDVAGT-PACK@@\"";

/// A policy as the deployed scripts hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pack {
    /// The version of Sendvagt that packed it.
    pub version: String,
    /// What the shell needs of the policy.
    pub policy: ShellPolicy,
    /// The policy, for the engine.
    pub packed: String,
    /// The verdict on a mail that could not be checked, by language and failure.
    pub failures: BTreeMap<String, BTreeMap<Failure, Verdict>>,
}

/// The part of a policy that the shell reads: what to ask Outlook for, and what its pages show. The engine has the whole,
/// and every byte here is read at each send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShellPolicy {
    /// The policy's own language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whom the pages name. The domains are left out.
    pub organisation: Organisation,
    /// Whether practice is offered, and the link to the organisation's own course.
    pub practice: Practice,
    /// Is the note of a conversation made and read? Two more calls to Outlook for a new draft, and one for a send.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conversation: bool,
    /// The signs of secure mail that have to be read.
    pub secure_mail: Signs,
}

/// Signs of secure mail that take a call to Outlook each, those of all parts together: whose mail it is tells the sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signs {
    /// Senders, and what tells a sender's part of the policy.
    pub from: Vec<String>,
    /// Ids of sensitivity labels.
    pub labels: Vec<String>,
    /// Internet headers.
    pub headers: Vec<Header>,
}

impl ShellPolicy {
    fn new(policy: &Policy) -> Self {
        let asks_for_strangers =
            |policy: &Policy| RuleName::StrangerInReply.action(policy) != Action::Off && policy.knows_itself();
        let PolicyFile { language, organisation, practice, .. } = policy.file().clone();
        Self {
            language,
            organisation: Organisation { domains: Vec::new(), ..organisation },
            practice: Practice { offer: policy.offers_practice(), ..practice },
            conversation: policy.all().any(asks_for_strangers),
            secure_mail: Signs::new(policy),
        }
    }
}

impl Signs {
    fn new(policy: &Policy) -> Self {
        let mut signs = Self { from: Vec::new(), labels: Vec::new(), headers: Vec::new() };
        for file in policy.all().map(Policy::file) {
            let SecureMail { from, labels, headers, .. } = &file.secure_mail;
            add(&mut signs.from, from);
            add(&mut signs.from, &file.senders);
            add(&mut signs.labels, labels);
            add(&mut signs.headers, headers);
        }
        signs
    }
}

/// Adds what is not in the list.
fn add<T: Clone + PartialEq>(list: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

impl Pack {
    /// Packs a policy.
    #[must_use]
    pub fn new(policy: PolicyFile) -> Self {
        let packed = packed(&policy);
        let ready = Policy::new(policy);
        let by_failure = |language| Failure::ALL.map(|failure| (failure, unchecked(&ready, failure, language))).into();
        let failures = Language::ALL.map(|language| (language.tag().to_owned(), by_failure(language))).into();
        let policy = ShellPolicy::new(&ready);
        Self { version: VERSION.to_owned(), packed, policy, failures }
    }

    /// Eight hexadecimal digits that change with the policy (FNV-1a), for comparison by phone, not for security. The pane
    /// shows the same (addin/src/pane/about.ts).
    #[must_use]
    pub fn policy_id(&self) -> String {
        let hash = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
        format!("{:08x}", self.packed.encode_utf16().fold(0x811c_9dc5, hash))
    }

    /// Embeds the pack in a built script.
    ///
    /// # Errors
    ///
    /// When the script does not contain [`PLACEHOLDER`] exactly once: it was built wrongly.
    pub fn embed(&self, script: &str) -> Result<String, String> {
        let json = serde_json::to_string(self).map_err(|error| error.to_string())?;
        placeholder::replace(script, PLACEHOLDER, &json)
    }
}

#[cfg(test)]
mod tests {
    use sendvagt::policy::{Mode, PolicyFile, Practice, unpacked};

    use super::{PLACEHOLDER, Pack};

    #[test]
    fn the_engine_reads_what_is_packed() {
        let policy: PolicyFile =
            serde_json::from_str(include_str!("../../../addin/policy.example.json")).expect("the example policy reads");
        let pack = Pack::new(policy.clone());
        // The engine needs neither the editor's schema nor the practice.
        let practice = Practice::default();
        assert_eq!(unpacked(&pack.packed), Some(PolicyFile { schema: None, practice, ..policy }));
        let cut: String = pack.packed.chars().take(40).collect();
        for damaged in ["", "{}", "sendvagt 0.0.0\nmode enforce\n", &cut] {
            assert_eq!(unpacked(damaged), None, "{damaged:?}");
        }
    }

    #[test]
    fn the_policy_id_is_that_of_the_pane() {
        // What the function in about.ts gives.
        for (packed, id) in [("", "811c9dc5"), ("sendvagt", "ccb5b6ad"), ("Ærø 😀", "2722002c")] {
            let pack = Pack { packed: packed.to_owned(), ..Pack::new(PolicyFile::default()) };
            assert_eq!(pack.policy_id(), id, "{packed}");
        }
    }

    #[test]
    fn a_pack_goes_into_a_script_once() {
        let mut policy = PolicyFile::default();
        policy.organisation.name = "Ø \"Kommune\" \u{2028} </script>".to_owned();
        let pack = Pack::new(policy);
        let script = pack.embed(&format!("load({PLACEHOLDER})")).unwrap();
        let literal = script.strip_prefix("load(").and_then(|rest| rest.strip_suffix(')')).unwrap();
        assert!(literal.is_ascii());
        assert!(!literal.contains("</script"));
        let json: String = serde_json::from_str(&literal.replace("<\\/", "</")).unwrap();
        assert_eq!(serde_json::from_str::<Pack>(&json).unwrap(), pack);
        for wrong in ["", &format!("{PLACEHOLDER} {PLACEHOLDER}")] {
            assert!(pack.embed(wrong).is_err());
        }
    }

    #[test]
    fn practice_is_offered_where_the_policy_wants_it_and_shows_anything() {
        let offer = |offer, mode| {
            let practice = Practice { offer, course: None };
            Pack::new(PolicyFile { practice, mode, ..PolicyFile::default() }).policy.practice.offer
        };
        assert!(offer(true, Mode::Enforce));
        assert!(!offer(false, Mode::Enforce));
        assert!(!offer(true, Mode::Observe), "nothing is shown at all");
    }
}

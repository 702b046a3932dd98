//! What is put into the deployed files: the policy, and the words for when the engine cannot run.

mod lines;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, unchecked};
use crate::policy::{Policy, PolicyFile};
use crate::verdict::Verdict;
use crate::{Language, VERSION};

pub use lines::{packed, unpacked};

/// The literal in the built scripts that packing replaces, with its quotation marks.
pub const PLACEHOLDER: &str = "\"@@SENDVAGT-PACK@@\"";

/// A policy as it lies in the deployed files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pack {
    /// The version of Sendvagt that packed it.
    pub version: String,
    /// The policy, for the shell: it reads from it what it has to ask Outlook for.
    pub policy: PolicyFile,
    /// The policy, for the engine.
    pub packed: String,
    /// The verdict on a mail that could not be checked, by language and reason.
    pub failures: BTreeMap<String, BTreeMap<Failure, Verdict>>,
}

impl Pack {
    /// Packs a policy.
    #[must_use]
    pub fn new(policy: PolicyFile) -> Self {
        let ready = Policy::new(policy.clone());
        let by_reason = |language| Failure::ALL.map(|failure| (failure, unchecked(&ready, failure, language))).into();
        let failures = Language::ALL.map(|language| (language.tag().to_owned(), by_reason(language))).into();
        Self { version: VERSION.to_owned(), packed: packed(&policy), policy, failures }
    }

    /// Puts the pack into a built script.
    ///
    /// # Errors
    ///
    /// The script must hold [`PLACEHOLDER`] exactly once; anything else means that it was built wrongly.
    pub fn embed(&self, script: &str) -> Result<String, String> {
        let found = script.matches(PLACEHOLDER).count();
        if found != 1 {
            return Err(format!(
                "the script holds {PLACEHOLDER} {found} times; build it anew, so that it holds it once"
            ));
        }
        Ok(script.replace(PLACEHOLDER, &self.literal().map_err(|error| error.to_string())?))
    }

    /// The pack as a JavaScript string literal that holds its JSON, in ASCII: what charset a runtime takes a script for
    /// is then the same to it. A string is read faster than an object literal of its size, and `</script` in it must not
    /// end a script.
    fn literal(&self) -> serde_json::Result<String> {
        let json = serde_json::to_string(self)?;
        let literal = serde_json::to_string(&json)?.replace("</", "<\\/");
        let mut ascii = String::with_capacity(literal.len());
        for c in literal.chars() {
            if c.is_ascii() {
                ascii.push(c);
            } else {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")));
            }
        }
        Ok(ascii)
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACEHOLDER, Pack, unpacked};
    use crate::policy::PolicyFile;

    #[test]
    fn the_engine_reads_what_is_packed() {
        let policy: PolicyFile =
            serde_json::from_str(include_str!("../addin/policy.example.json")).expect("the example policy reads");
        let pack = Pack::new(policy.clone());
        // An editor's schema is nothing to the engine.
        assert_eq!(unpacked(&pack.packed), Some(PolicyFile { schema: None, ..policy }));
        let cut: String = pack.packed.chars().take(40).collect();
        for damaged in ["", "{}", "sendvagt 0.0.0\nmode enforce\n", &cut] {
            assert_eq!(unpacked(damaged), None, "{damaged:?}");
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
}

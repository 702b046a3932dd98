//! What is put into the deployed files: the policy, and the words for when the engine cannot run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use sendvagt::policy::packed;
use sendvagt::unchecked::{Failure, unchecked};
use sendvagt::verdict::Verdict;
use sendvagt::{Language, Policy, PolicyFile, VERSION};

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
    /// What a user who has not practised is offered on a new mail, by language; missing when the policy does not want it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<BTreeMap<String, Offer>>,
}

/// The words of the information bar that offers practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// At most 150 UTF-16 code units.
    pub text: String,
    /// The button's label, at most 30 UTF-16 code units.
    pub button: String,
}

impl Offer {
    fn new(language: Language) -> Self {
        let text = language.pick(
            "Ny i sikker post? Øv dig i ti minutter på opdigtede mails.",
            "New to secure mail? Practise for ten minutes on made-up mails.",
        );
        Self { text: text.to_owned(), button: language.pick("Øv dig", "Practise").to_owned() }
    }
}

impl Pack {
    /// Packs a policy.
    #[must_use]
    pub fn new(policy: PolicyFile) -> Self {
        let ready = Policy::new(policy.clone());
        let by_reason = |language| Failure::ALL.map(|failure| (failure, unchecked(&ready, failure, language))).into();
        let failures = Language::ALL.map(|language| (language.tag().to_owned(), by_reason(language))).into();
        let offers = |language: Language| (language.tag().to_owned(), Offer::new(ready.language(language)));
        let offer = ready.offers_practice().then(|| Language::ALL.map(offers).into());
        Self { version: VERSION.to_owned(), packed: packed(&policy), policy, failures, offer }
    }

    /// Puts the pack into a built script.
    ///
    /// # Errors
    ///
    /// The script must hold [`PLACEHOLDER`] exactly once; anything else means that it was built wrongly.
    pub fn embed(&self, script: &str) -> Result<String, String> {
        let json = serde_json::to_string(self).map_err(|error| error.to_string())?;
        put(script, PLACEHOLDER, &json)
    }
}

/// Puts a JSON text into a built script, in the place of a literal that must stand there exactly once.
pub(crate) fn put(script: &str, placeholder: &str, json: &str) -> Result<String, String> {
    let found = script.matches(placeholder).count();
    if found != 1 {
        return Err(format!("the script holds {placeholder} {found} times; build it anew, so that it holds it once"));
    }
    Ok(script.replace(placeholder, &literal(json).map_err(|error| error.to_string())?))
}

/// A JavaScript string literal that holds a JSON text, in ASCII: what charset a runtime takes a script for is then the
/// same to it. A string is read faster than an object literal of its size, and `</script` in it must not end a script.
fn literal(json: &str) -> serde_json::Result<String> {
    let literal = serde_json::to_string(json)?.replace("</", "<\\/");
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

#[cfg(test)]
mod tests {
    use sendvagt::alert::BAR_LIMIT;
    use sendvagt::policy::{Mode, PolicyFile, Practice, unpacked};
    use sendvagt::text::units;

    use super::{PLACEHOLDER, Pack};

    #[test]
    fn the_engine_reads_what_is_packed() {
        let policy: PolicyFile =
            serde_json::from_str(include_str!("../../../addin/policy.example.json")).expect("the example policy reads");
        let pack = Pack::new(policy.clone());
        // An editor's schema and the practice are nothing to the engine.
        let practice = Practice::default();
        assert_eq!(unpacked(&pack.packed), Some(PolicyFile { schema: None, practice, ..policy }));
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
    #[test]
    fn practice_is_offered_in_words_that_a_bar_can_show_where_the_policy_wants_it() {
        let offer = |practice, mode| Pack::new(PolicyFile { practice, mode, ..PolicyFile::default() }).offer;
        for words in offer(Practice::default(), Mode::Enforce).expect("it is offered").values() {
            assert!(units(&words.text) <= BAR_LIMIT && units(&words.button) <= 30, "{words:?}");
        }
        let no = Practice { offer: false, ..Practice::default() };
        assert_eq!(offer(no, Mode::Enforce), None);
        assert_eq!(offer(Practice::default(), Mode::Observe), None, "nothing is shown at all");
    }
}

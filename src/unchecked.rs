//! Verdicts on mails that could not be checked.
//!
//! They are made when the policy is packed, so that the shell has the right words at hand even when the engine itself
//! cannot run.

use serde::{Deserialize, Serialize};

use crate::Language;
use crate::alert;
use crate::policy::{Mode, OnFailure, Policy};
use crate::rules::Words;
use crate::verdict::{Alert, Decision, Verdict};

/// Why a mail could not be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Failure {
    /// A call to Outlook failed, threw, returned nonsense or never returned.
    Office,
    /// The engine could not be loaded, trapped, or returned something that is not a verdict.
    Engine,
    /// The check took too long.
    Slow,
}

impl Failure {
    /// All of them, in the order in which tables list them.
    pub const ALL: [Self; 3] = [Self::Office, Self::Engine, Self::Slow];

    fn words(self, decision: Decision, language: Language) -> Words {
        let what = match self {
            Self::Office => language.pick(
                "Sendvagt kunne ikke læse emne og modtagere. De er ikke tjekket.",
                "Sendvagt could not read subject and recipients. They are not checked.",
            ),
            Self::Engine => language
                .pick("Sendvagt kunne ikke køre. Intet er tjekket.", "Sendvagt could not run. Nothing is checked."),
            Self::Slow => {
                language.pick("Sendvagt nåede ikke at tjekke færdig.", "The check took too long and was not finished.")
            }
        };
        let why = language.pick(
            "Der kan stå et CPR-nummer i emnet, eller en modtager kan være forkert.",
            "There may be a CPR number in the subject, or a recipient may be wrong.",
        );
        let remedy = if decision == Decision::Ask {
            language.pick(
                "Tjek selv emne og modtagere, før du sender.",
                "Check the subject and the recipients yourself before you send.",
            )
        } else {
            language.pick(
                "Prøv igen om lidt. Kontakt it-support, hvis det bliver ved.",
                "Try again in a moment. Contact IT if this continues.",
            )
        };
        Words { what: what.to_owned(), why: why.to_owned(), remedy: remedy.to_owned() }
    }
}

/// The verdict on a mail that could not be checked, by the policy's `onFailure`. It never claims that the mail was
/// checked.
#[must_use]
pub fn unchecked(policy: &Policy, failure: Failure, language: Language) -> Verdict {
    let language = policy.language(language);
    let decision = decision(policy);
    let told = [failure.words(decision, language)];
    let alert = (decision != Decision::Send).then(|| Alert {
        button: language.pick("Åbn Sendvagt", "Open Sendvagt").to_owned(),
        ..alert::alert(policy, language, None, decision, &told, "unchecked".to_owned())
    });
    let status = failure.words(decision, language).what;
    Verdict {
        decision,
        secure: false,
        in_doubt: false,
        secure_by: None,
        findings: Vec::new(),
        cards: Vec::new(),
        unjudged: Vec::new(),
        status,
        organisation: None,
        alert,
    }
}

fn decision(policy: &Policy) -> Decision {
    let file = policy.file();
    match (file.mode, file.on_failure) {
        (Mode::Observe, _) | (_, OnFailure::Send) => Decision::Send,
        (Mode::Enforce, OnFailure::Stop) => Decision::Stop,
        (_, OnFailure::Ask) | (Mode::Advise, OnFailure::Stop) => Decision::Ask,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, unchecked};
    use crate::policy::{Mode, OnFailure, Policy, PolicyFile};
    use crate::{Decision, Language};

    #[test]
    fn the_policy_decides_what_a_failure_does() {
        let cases = [
            (Mode::Enforce, OnFailure::Stop, Decision::Stop),
            (Mode::Enforce, OnFailure::Ask, Decision::Ask),
            (Mode::Enforce, OnFailure::Send, Decision::Send),
            (Mode::Advise, OnFailure::Stop, Decision::Ask),
            (Mode::Advise, OnFailure::Ask, Decision::Ask),
            (Mode::Observe, OnFailure::Stop, Decision::Send),
        ];
        for (mode, on_failure, decision) in cases {
            let policy = Policy::new(PolicyFile { mode, on_failure, ..PolicyFile::default() });
            for failure in Failure::ALL {
                let verdict = unchecked(&policy, failure, Language::Da);
                assert_eq!(verdict.decision, decision, "{mode:?} {on_failure:?} {failure:?}");
                assert_eq!(verdict.alert.is_some(), decision != Decision::Send);
            }
        }
    }
}

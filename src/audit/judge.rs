//! One mail, judged by the engine itself.

use crate::policy::{Action, RuleName};
use crate::verdict::{At, Finding};
use crate::{Draft, Language, Policy, Recipient, check, cpr};

use super::when::When;

/// The rules that an audit tells of. The others need more of a mail than an export has.
pub(super) const RULES: [RuleName; 3] =
    [RuleName::CprInSubject, RuleName::RetiredMailbox, RuleName::PossibleCprInSubject];

/// One mail out of a file.
#[derive(Debug, Default)]
pub(super) struct Mail {
    /// The line or the number of the mail in its file, from 1.
    pub(super) place: u64,
    pub(super) id: String,
    pub(super) when: Option<When>,
    pub(super) draft: Draft,
}

impl Mail {
    pub(super) fn with_recipients<'a>(mut self, addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let recipient = |address: &str| Recipient { address: address.to_owned(), ..Recipient::default() };
        self.draft.recipients = addresses.into_iter().map(recipient).collect();
        self
    }
}

/// A mail in which something was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The line or the number of the mail in its file, from 1.
    pub(super) place: u64,
    /// Its message id; CPR numbers in it are masked.
    pub(super) id: String,
    /// Which mail it is: the same mail stands on many lines of a report. `None` if it has no id.
    pub(super) key: Option<u64>,
    pub(super) when: Option<When>,
    /// The sending domain; empty if unknown.
    pub(super) from: String,
    /// The receiving domains, each once.
    pub(super) to: Vec<String>,
    pub(super) faults: Vec<Fault>,
    /// What only `--reveal` shows.
    pub(super) revealed: Option<Revealed>,
}

/// One finding in a mail.
#[derive(Debug)]
pub(super) struct Fault {
    /// The index in [`RULES`].
    pub(super) rule: usize,
    /// Start and end in the subject, in UTF-16 code units; `None` for a recipient.
    pub(super) at: Option<(usize, usize)>,
    /// The domain of the recipient that is meant, if one is.
    pub(super) to: Option<String>,
    /// Which recipient it is, if one is: a number that stands for the address.
    pub(super) recipient: u64,
    pub(super) evidence: Vec<String>,
    /// The number, masked; empty for a recipient.
    pub(super) number: String,
    /// The number or the address as it stands there; only with `--reveal`.
    pub(super) revealed: Option<String>,
}

/// What a mail says of people.
#[derive(Debug)]
pub(super) struct Revealed {
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: Vec<String>,
}

/// Judges mails under a policy.
pub(super) struct Judge {
    policy: Policy,
    looks_at_recipients: bool,
    reveal: bool,
}

impl Judge {
    pub(super) fn new(policy: Policy, reveal: bool) -> Self {
        let looks_at_recipients =
            !policy.file().retired_mailboxes.is_empty() && policy.action(RuleName::RetiredMailbox) != Action::Off;
        Self { policy, looks_at_recipients, reveal }
    }

    /// The words by which the policy tells numbers apart.
    pub(super) fn words(&self) -> &cpr::ContextWords {
        self.policy.words()
    }

    /// Can a recipient be a fault at all?
    pub(super) fn looks_at_recipients(&self) -> bool {
        self.looks_at_recipients
    }

    /// May this recipient be a fault?
    pub(super) fn may_mind(&self, address: &str) -> bool {
        self.looks_at_recipients && self.policy.retires(address)
    }

    /// Judges a mail if something may be found in it.
    pub(super) fn judge_if_suspect(&self, mail: Mail) -> Option<Found> {
        let suspect = !cpr::find(&mail.draft.subject, self.words()).is_empty()
            || mail.draft.recipients.iter().any(|recipient| self.may_mind(&recipient.address));
        suspect.then(|| self.judge(mail)).flatten()
    }

    /// Has the engine check a mail, and keeps what an audit tells of.
    pub(super) fn judge(&self, mail: Mail) -> Option<Found> {
        let verdict = check(&self.policy, &mail.draft, Language::En);
        let numbers = cpr::find(&mail.draft.subject, self.words());
        let faults: Vec<Fault> =
            verdict.findings.into_iter().filter_map(|finding| self.fault(finding, &mail.draft, &numbers)).collect();
        if faults.is_empty() {
            return None;
        }
        let recipients = mail.draft.recipients.iter();
        let mut to: Vec<String> = recipients.map(|recipient| domain_of(&recipient.address)).collect();
        to.sort_unstable();
        to.dedup();
        let from = mail.draft.from.unwrap_or_default();
        Some(Found {
            place: mail.place,
            key: (!mail.id.trim().is_empty()).then(|| hash(mail.id.trim())),
            id: self.without_numbers(mail.id.trim()),
            when: mail.when,
            to,
            faults,
            revealed: self.reveal.then(|| Revealed {
                subject: mail.draft.subject,
                from: from.clone(),
                to: mail.draft.recipients.into_iter().map(|recipient| recipient.address).collect(),
            }),
            from: domain_of(&from),
        })
    }

    fn fault(&self, finding: Finding, draft: &Draft, numbers: &[cpr::Candidate]) -> Option<Fault> {
        let rule = RULES.iter().position(|rule| rule.as_str() == finding.rule)?;
        Some(match finding.at {
            At::Subject(start, end) => {
                let number = numbers.iter().find(|number| number.at == (start..end));
                let written = number.and_then(|number| draft.subject.get(number.bytes.clone()));
                Fault {
                    rule,
                    at: Some((start, end)),
                    to: None,
                    recipient: 0,
                    evidence: finding.evidence,
                    number: number.map(|number| number.masked().to_string()).unwrap_or_default(),
                    revealed: written.filter(|_| self.reveal).map(str::to_owned),
                }
            }
            At::Recipient(index) => {
                let address = draft.recipients.get(index).map_or("", |recipient| recipient.address.as_str());
                Fault {
                    rule,
                    at: None,
                    to: Some(domain_of(address)),
                    recipient: hash(&address.to_lowercase()),
                    evidence: finding.evidence,
                    number: String::new(),
                    revealed: self.reveal.then(|| address.to_owned()),
                }
            }
        })
    }

    /// A message id is made by the sender's system, and some put a CPR number in it.
    fn without_numbers(&self, id: &str) -> String {
        if self.reveal {
            return id.to_owned();
        }
        let (mut clean, mut done) = (String::new(), 0);
        for number in cpr::find(id, self.words()) {
            clean.push_str(id.get(done..number.bytes.start).unwrap_or_default());
            clean.push_str(&number.masked().to_string());
            done = number.bytes.end;
        }
        clean.push_str(id.get(done..).unwrap_or_default());
        clean
    }
}

/// The domain of an address in small letters; empty if it is no address, or if the domain might hold a number.
pub(super) fn domain_of(address: &str) -> String {
    let address = address.trim().trim_end_matches(['>', ';', '"', '\'']).trim_end();
    let Some((_, domain)) = address.rsplit_once('@') else { return String::new() };
    let domain = domain.trim_end_matches('.').to_lowercase();
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let plain = domain.contains('.') && domain.len() <= 253 && domain.chars().all(letters);
    let digits = domain.chars().filter(char::is_ascii_digit).count();
    if plain && digits < 8 { domain } else { String::new() }
}

/// FNV-1a: which mail or address it is, without keeping it.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use crate::{Draft, Policy};

    use super::{Judge, Mail, domain_of};

    #[test]
    fn only_the_domain_of_an_address_is_told() {
        for (address, expected) in [
            ("Jens@Kommune.example", "kommune.example"),
            ("Jens <jens@kommune.example>", "kommune.example"),
            ("jens@ærø.example.", "ærø.example"),
            ("010203-1234", ""),
            ("jens@0102031234.example", ""),
            ("jens@localhost", ""),
            ("jens@a b.example", ""),
            ("=cmd|'x'!a@b.c\"d", ""),
            ("/o=Eksempel/cn=jens", ""),
            ("", ""),
        ] {
            assert_eq!(domain_of(address), expected);
        }
    }

    #[test]
    fn nothing_is_kept_but_what_may_be_shown() {
        let mail = || Mail {
            id: "<sag-010203-1234@system.example>".to_owned(),
            draft: Draft { subject: "Vedr. 010203-1234".to_owned(), ..Draft::default() },
            ..Mail::default()
        };
        let found = Judge::new(Policy::default(), false).judge_if_suspect(mail()).expect("it has a number");
        assert!(!format!("{found:?}").contains("1234"), "the number is masked, in the id too");
        let found = Judge::new(Policy::default(), true).judge_if_suspect(mail()).expect("it has a number");
        assert_eq!(found.faults[0].revealed.as_deref(), Some("010203-1234"));
    }
}

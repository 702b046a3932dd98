//! `sendvagt transport-rule`: the net under the net.
//!
//! Where no add-in runs (phones, other mail programs, mail merge) the mail server can still turn a mail away. A mail-flow
//! rule of Exchange knows but a few signs of regular expressions, so that it finds less than Sendvagt does.
//! docs/transport-rule.md says how much less.

mod patterns;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sendvagt::Language;
use sendvagt::PolicyFile;

pub(crate) use patterns::all as patterns;

use super::{Failure, SEND, policy};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The policy: its contact and its link stand in the answer to the sender
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The language of the answer to the sender; that of the policy when left out, Danish where it has none
    #[arg(long)]
    language: Option<Language>,
    /// Only report what the rule would turn away, and turn nothing away
    #[arg(long)]
    audit_only: bool,
    /// Write into this file instead, as Windows PowerShell reads it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let policy = policy::read(&arguments.policy)?;
    let language = arguments.language.or(policy.language).unwrap_or(Language::Da);
    let script = script(&policy, language, arguments.audit_only);
    match &arguments.out {
        None => io::stdout().lock().write_all(script.as_bytes())?,
        Some(path) => {
            // Without the mark at its start, Windows PowerShell takes a file for Windows-1252.
            let bytes = ["\u{feff}", &script].concat().replace('\n', "\r\n");
            fs::write(path, bytes)
                .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))?;
        }
    }
    Ok(SEND)
}

/// The rule's name, at most 64 characters, by which it is found again.
const NAME: &str = "Sendvagt: CPR-nummer i emnet";

/// What the sender reads. Exchange takes at most 1,024 characters.
fn reason(policy: &PolicyFile, language: Language) -> String {
    let organisation = &policy.organisation;
    let (body, ask, more) = match language {
        Language::Da => (
            "Mailen er ikke sendt til nogen. Emnet indeholder et CPR-nummer, og emnet bliver ikke krypteret. Slet nummeret \
             i emnet, og send mailen igen. Skal modtageren bruge nummeret, så skriv det i en sikker mail.",
            "Spørg",
            "Læs mere",
        ),
        Language::En => (
            "The mail was not sent to anybody. Its subject holds a CPR number, and the subject is not encrypted. Delete the \
             number from the subject and send the mail again. If the receiver needs it, write it inside a secure mail.",
            "Ask",
            "Read more",
        ),
    };
    let mut text = body.to_owned();
    for (label, value) in [(ask, &organisation.contact), (more, &organisation.help)] {
        if let Some(value) = value {
            text.push_str(&format!(" {label}: {value}."));
        }
    }
    text
}

fn script(policy: &PolicyFile, language: Language, audit_only: bool) -> String {
    let patterns: Vec<String> = patterns().iter().map(|pattern| format!("    {}", quoted(pattern))).collect();
    let mode = if audit_only { "Audit" } else { "Enforce" };
    format!(
        "# Sendvagt {version}: a mail-flow rule for {organisation}.\n\
         # It turns away, with an explanation to the sender, mail from inside the organisation that has a CPR number in its\n\
         # subject. Nothing is held back: either the mail is delivered, or its sender is told that it is not.\n\
         # It is the net under the add-in, for phones and programs in which no add-in runs, and finds less than the add-in.\n\
         #\n\
         # Run it in Exchange Online PowerShell, after Connect-ExchangeOnline. It can be run again: an earlier one is replaced.\n\
         # Mail inside the organisation is turned away too. To leave some senders out, add for instance:\n\
         #     -ExceptIfFromMemberOf 'group@example.dk'\n\
         # To take it away again:  Remove-TransportRule -Identity {name}\n\n\
         $name = {name}\n\
         $patterns = @(\n{patterns}\n)\n\
         $reason = {reason}\n\
         $settings = @{{\n    \
         FromScope = 'InOrganization'\n    \
         SubjectMatchesPatterns = $patterns\n    \
         RejectMessageReasonText = $reason\n    \
         RejectMessageEnhancedStatusCode = '5.7.1'\n    \
         SetAuditSeverity = 'Medium'\n    \
         StopRuleProcessing = $false\n    \
         Mode = '{mode}'\n\
         }}\n\
         if (Get-TransportRule -Identity $name -ErrorAction SilentlyContinue) {{\n    \
         Set-TransportRule -Identity $name @settings\n\
         }} else {{\n    \
         New-TransportRule -Name $name @settings\n\
         }}\n\
         Get-TransportRule -Identity $name | Format-List Name, State, Mode\n",
        version = sendvagt::VERSION,
        organisation = one_line(&policy.organisation.name),
        name = quoted(NAME),
        patterns = patterns.join(",\n"),
        reason = quoted(&one_line(&reason(policy, language))),
    )
}

/// As a literal of PowerShell's, in which nothing but the quotation marks themselves has a meaning. It takes typographic
/// ones for them too.
fn quoted(text: &str) -> String {
    let mut literal = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '‘' | '’' | '‚' | '‛') {
            literal.push(c);
        }
        literal.push(c);
    }
    literal.push('\'');
    literal
}

/// A comment and an answer by mail end with their line.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use sendvagt::{Language, PolicyFile};

    use super::{NAME, quoted, reason, script};

    fn longest() -> PolicyFile {
        let mut policy = PolicyFile::default();
        policy.organisation.name = "Å".repeat(60);
        policy.organisation.contact = Some("ø".repeat(80));
        policy.organisation.help = Some(format!("https://{}", "x".repeat(112)));
        policy
    }

    #[test]
    fn the_longest_policy_stays_within_the_limits_of_exchange() {
        assert!(NAME.encode_utf16().count() <= 64);
        for language in Language::ALL {
            let reason = reason(&longest(), language);
            assert!(reason.encode_utf16().count() <= 1024, "{language:?}: {}", reason.encode_utf16().count());
            let rule = script(&longest(), language, false);
            let settings = rule.split_once("$name").unwrap().1;
            assert!(settings.len() < 8 * 1024, "a rule is at most 8 KB: {}", settings.len());
        }
    }

    #[test]
    fn nothing_of_a_policy_can_become_a_command() {
        let mut policy = PolicyFile::default();
        policy.organisation.name = "A\nRemove-Mailbox b".into();
        policy.organisation.contact = Some("O’Brien's $(whoami) `n\r\n'; Remove-Mailbox c #".into());
        let script = script(&policy, Language::Da, false);
        assert!(script.lines().all(|line| !line.trim_start().starts_with("Remove-Mailbox")), "{script}");
        assert!(script.contains("O’’Brien''s $(whoami) `n ''; Remove-Mailbox c #."), "{script}");
        assert_eq!(quoted("it's"), "'it''s'");
    }

    #[test]
    fn tells_or_turns_away() {
        let policy = PolicyFile::default();
        assert!(script(&policy, Language::Da, false).contains("Mode = 'Enforce'"));
        assert!(script(&policy, Language::En, true).contains("Mode = 'Audit'"));
        assert!(script(&policy, Language::En, true).contains("The mail was not sent to anybody."));
    }
}

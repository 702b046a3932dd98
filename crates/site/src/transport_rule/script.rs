//! The PowerShell script that makes the rule, changes it, and tells how to remove it.

use std::fmt::Write;

use super::pattern::SPELLINGS;

/// The name of the rule in Exchange. It finds the rule again, so it is the same for each policy and language.
pub(super) const NAME: &str = "Sendvagt - CPR number in subject";

/// What is put into the script.
pub(super) struct Script<'a> {
    pub(super) organisation: &'a str,
    /// The reason for Exchange Online, and the one for Exchange Server.
    pub(super) online: String,
    pub(super) server: String,
    /// Why the rule only writes down what it would do; `None` when it rejects.
    pub(super) audit: Option<&'static str>,
}

const HEAD: &str = "\
# A mail-flow rule for Exchange Online. It sends a mail with a CPR number in its subject back to the sender, with the
# reason. It is for clients where no add-in runs, such as phones. Mails are rejected or let through, never held.
#
# To run it:
#   Install-Module ExchangeOnlineManagement    (once)
#   Connect-ExchangeOnline                     (as Exchange administrator)
#   .\\FILE.ps1
# Run it again when the policy has changed: a rule that is there is changed, with its priority and state kept.
# To see what it would do, write -WhatIf after @settings in the two commands at the end.
# To let the rule reject nothing for a while:  Disable-TransportRule -Identity $name
# To remove it, with $name as below:           Remove-TransportRule -Identity $name
#
# What it works on:
#   FromScope InOrganization: mails from senders in the organisation. Mails between colleagues are included, for
#   their subjects are seen in lists, notifications and logs too. For mails that leave the house alone, add
#   SentToScope = 'NotInOrganization' to the settings.
#   Mails from citizens are not touched, but a reply to one that keeps its subject is.
#   A mailbox or system that must write CPR numbers in subjects can be left out: see ExceptIfFromMemberOf below.
# A new or changed rule can take half an hour and more to work everywhere. Then send test mails to yourself, with a
# made-up number first, last, in the middle and alone in the subject, and look at the letters in what comes back.
#
# Exchange Server (2013 and later) knows the same settings, but takes a reason of at most 256 characters. There use the
# line below instead of the other $reason, in the Exchange Management Shell. Mail that goes through Exchange Server alone
# never meets a rule in Exchange Online.
";

/// Microsoft's page names `^` and `$`; an administrator's guide tells that they did not work for it.
const ANCHORS: &str = "\
# If a test mail with the number first or last in its subject comes through, take the # off the next line.
# $patterns = $patterns -replace '^\\^', '\\A' -replace '\\$$', '\\Z'

";

const SETTINGS: &str = "\
$settings = @{
    FromScope               = 'InOrganization'
    SubjectMatchesPatterns  = $patterns
    # The status code is 5.7.1 by default. RejectMessageEnhancedStatusCode is left out on purpose: by Microsoft's page on
    # New-TransportRule, Exchange then puts its own words in place of these.
    RejectMessageReasonText = $reason
    # If Exchange cannot work out the rule, the mail is sent: Defer would hold it back without a word.
    RuleErrorAction         = 'Ignore'
    Comments                = $comments
    Mode                    = $mode
    # ExceptIfFromMemberOf  = 'group@organisation.example'
}
";

const RUN: &str = "\
if (Get-TransportRule | Where-Object { $_.Name -eq $name }) {
    Set-TransportRule -Identity $name @settings -ErrorAction Stop
} else {
    # The syntax of Exchange 2013 and later. Set-TransportRule does not know this parameter.
    New-TransportRule -Name $name -UseLegacyRegex $false @settings -ErrorAction Stop
}
Get-TransportRule | Where-Object { $_.Name -eq $name } |
    Format-List Name, State, Mode, Priority, FromScope, RejectMessageReasonText
";

impl Script<'_> {
    /// The script, lines ended by a line feed.
    pub(super) fn text(&self) -> String {
        let for_whom = match self.organisation {
            "" => String::new(),
            name => format!(" for {}", plain(name)),
        };
        let comments = format!("Made by sendvagt transport-rule {}{for_whom}", env!("CARGO_PKG_VERSION"));
        let mode = if self.audit.is_some() { "Audit" } else { "Enforce" };
        let mut text = format!("# {comments}.\n#\n{HEAD}");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# $reason = {}\n", quoted(&self.server));
        let _ = writeln!(text, "$ErrorActionPreference = 'Stop'");
        let _ = writeln!(text, "$name = {}\n$comments = {}", quoted(NAME), quoted(&comments));
        let _ = writeln!(text, "$reason = {}", quoted(&self.online));
        if let Some(why) = self.audit {
            let _ = writeln!(text, "# Audit: no mail is rejected; {why}.");
            let _ = writeln!(
                text,
                "# The message tracking log tells what the rule would have done. Enforce makes it reject."
            );
        }
        let _ = writeln!(text, "$mode = {}\n", quoted(mode));
        text + &patterns() + ANCHORS + SETTINGS + "\n" + RUN
    }
}

fn patterns() -> String {
    let mut groups = Vec::new();
    for spelling in &SPELLINGS {
        let lines: Vec<String> = spelling.patterns().iter().map(|pattern| format!("    {}", quoted(pattern))).collect();
        groups.push((spelling.about, lines));
    }
    let last = groups.len().saturating_sub(1);
    let told = groups.iter().enumerate().map(|(at, (about, lines))| {
        let comma = if at == last { "" } else { "," };
        format!("    # {about}\n{}{comma}\n", lines.join(",\n"))
    });
    format!("$patterns = @(\n{})\n", told.collect::<String>())
}

/// A literal of PowerShell, in single quotes: nothing in it is run or replaced. PowerShell reads typographic single
/// quotes as single quotes too, so each is doubled (Microsoft: "`about_Quoting_Rules`").
fn quoted(text: &str) -> String {
    let mut literal = String::from("'");
    for character in plain(text).chars() {
        literal.push(character);
        if matches!(character, '\'' | '\u{2018}'..='\u{201b}') {
            literal.push(character);
        }
    }
    literal.push('\'');
    literal
}

/// The text on one line. A policy that reads has no control character, but a comment must not depend on it.
fn plain(text: &str) -> String {
    let breaks = |character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
    text.chars().map(|character| if breaks(character) { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::{NAME, Script, quoted};

    /// The largest rule that Exchange takes, in characters (Microsoft: "Exchange Online limits").
    const RULE_LIMIT: usize = 8192;

    fn longest() -> Script<'static> {
        Script {
            organisation: "Ø‘NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN",
            online: "'".repeat(1024),
            server: "'".repeat(256),
            audit: Some("why"),
        }
    }

    #[test]
    fn literals_hold_whatever_a_policy_holds() {
        let cases = [
            ("Servicedesk", "'Servicedesk'"),
            ("Jens' desk", "'Jens'' desk'"),
            ("‘Desk’ ‚a‛", "'‘‘Desk’’ ‚‚a‛‛'"),
            ("“Desk” \"x\"", "'“Desk” \"x\"'"),
            ("$(Remove-Item x) `n $x", "'$(Remove-Item x) `n $x'"),
            ("a\r\nb\u{2028}c\0d", "'a  b c d'"),
            ("'", "''''"),
            ("", "''"),
        ];
        for (text, literal) in cases {
            assert_eq!(quoted(text), literal, "{text:?}");
        }
    }

    #[test]
    fn no_text_leaves_its_comment() {
        let script = Script { organisation: "x\nRemove-Item y\u{2028}\r", ..longest() };
        assert!(!script.text().lines().any(|line| line.starts_with("Remove-Item")));
    }

    /// Exchange keeps the values in XML, whose form Microsoft does not give. 40 characters each are reckoned for it.
    #[test]
    fn the_longest_rule_fits() {
        let patterns: Vec<String> =
            super::SPELLINGS.iter().flat_map(super::super::pattern::Spelling::patterns).collect();
        let values: usize = patterns.iter().map(|pattern| pattern.len() + 40).sum();
        let comments = 128;
        assert!(values + 1024 + comments + NAME.len() + 10 * 40 <= RULE_LIMIT, "{values}");
        assert!(NAME.len() <= 64, "Exchange takes 64 characters");
    }
}

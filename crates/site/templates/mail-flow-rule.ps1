# {{ comments.text }}.
#
# A mail-flow rule for Exchange Online. It rejects a mail with a CPR number in its subject and tells the sender why. It
# covers clients that run no add-in, such as phones. A mail is rejected or sent, never held.
#
# To run it:
#   Install-Module ExchangeOnlineManagement    (once)
#   Connect-ExchangeOnline                     (as Exchange administrator)
#   .\FILE.ps1
# Run it again after changing the policy: it updates the existing rule and keeps its priority and state.
# For a dry run, add -WhatIf after @settings in the two commands at the end.
# To switch the rule off:                 Disable-TransportRule -Identity $name
# To remove it, with $name as below:      Remove-TransportRule -Identity $name
#
# What it applies to:
#   FromScope InOrganization: mails from senders in the organisation. Mails between colleagues are included, because
#   their subjects appear in lists, notifications and logs too. To include only mails that leave the organisation, add
#   SentToScope = 'NotInOrganization' to the settings.
#   Mails from citizens are not affected, but a reply that keeps the subject of one is.
#   A mailbox or system that must write CPR numbers in subjects can be excluded: see ExceptIfFromMemberOf below.
# A new or changed rule can take half an hour or more to take effect. Then send yourself test mails with a made-up number
# at the start, at the end, in the middle and alone in the subject, and check the Danish letters in the rejection.
#
# Exchange Server (2013 and later) has the same settings, but limits the reason to 256 characters. There, in the Exchange
# Management Shell, use the line below in place of the other $reason. A mail that passes through Exchange Server alone
# never reaches a rule in Exchange Online.
# $reason = {{ server }}

$ErrorActionPreference = 'Stop'
$name = {{ name }}
$comments = {{ comments }}
$reason = {{ online }}
{%- if let Some(why) = audit %}
# Audit: no mail is rejected; {{ why }}.
# The message tracking log shows what the rule would have done. Set Enforce to make it reject.
{%- endif %}
$mode = {% if audit.is_some() %}'Audit'{% else %}'Enforce'{% endif %}

$patterns = @(
{%- for (about, patterns) in spellings %}
{%- let is_last_spelling = loop.last %}
    # {{ about }}
{%- for pattern in patterns %}
    {{ pattern }}{% if !(is_last_spelling && loop.last) %},{% endif %}
{%- endfor %}
{%- endfor %}
)
# If a test mail with the number at the start or end of its subject gets through, remove the # from the next line.
# $patterns = $patterns -replace '^\^', '\A' -replace '\$$', '\Z'

$settings = @{
    FromScope               = 'InOrganization'
    SubjectMatchesPatterns  = $patterns
    # The status code is 5.7.1 by default. RejectMessageEnhancedStatusCode is left out on purpose: according to
    # Microsoft's page on New-TransportRule, Exchange would then replace this reason by its own.
    RejectMessageReasonText = $reason
    # If Exchange cannot evaluate the rule, the mail is sent: Defer would hold it back silently.
    RuleErrorAction         = 'Ignore'
    Comments                = $comments
    Mode                    = $mode
    # ExceptIfFromMemberOf  = 'group@organisation.example'
}

if (Get-TransportRule | Where-Object { $_.Name -eq $name }) {
    Set-TransportRule -Identity $name @settings -ErrorAction Stop
} else {
    # The syntax of Exchange 2013 and later. Set-TransportRule does not have this parameter.
    New-TransportRule -Name $name -UseLegacyRegex $false @settings -ErrorAction Stop
}
Get-TransportRule | Where-Object { $_.Name -eq $name } |
    Format-List Name, State, Mode, Priority, FromScope, RejectMessageReasonText


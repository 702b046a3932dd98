//! The reason that the sender reads when Exchange rejects the mail.

use sendvagt::policy::Organisation;
use sendvagt::text::first_that_fits;
use sendvagt::{Both, Language};

/// The longest reason in Exchange Online, in UTF-16 code units (Microsoft: "New-TransportRule", RejectMessageReasonText).
pub(super) const ONLINE_LIMIT: usize = 1024;
/// The longest reason in Exchange Server 2013 and later, from the same page.
pub(super) const SERVER_LIMIT: usize = 256;

/// A part of the reason.
#[derive(Clone, Copy)]
enum Part {
    Always(Both),
    Contact,
    Help,
}

const WHAT: Part = Part::Always(Both {
    da: "Mailen er ikke sendt: Der står et CPR-nummer i emnet.",
    en: "The mail was not sent: there is a CPR number in its subject.",
});
const WHY: Part = Part::Always(Both {
    da: "Emnet vises i indbakker, på telefoner og i logfiler, hvor andre kan se nummeret.",
    en: "The subject is shown in inboxes, on phones and in log files, where others can see the number.",
});
const REMEDY: Part = Part::Always(Both {
    da: "Slet nummeret i emnet, og send igen. Skal modtageren bruge det, så send det som sikker post.",
    en: "Delete it there and send again. If the recipient needs it, send it as secure mail.",
});
const OTHERWISE: Part = Part::Always(Both {
    da: "Er det ikke et CPR-nummer, så kontakt jeres support.",
    en: "If it is not a CPR number, contact your support.",
});

/// The choices of parts, fullest first. The last one fits every limit, whatever the policy holds.
const CHOICES: [&[Part]; 5] = [
    &[WHAT, WHY, REMEDY, OTHERWISE, Part::Contact, Part::Help],
    &[WHAT, WHY, REMEDY, Part::Contact, Part::Help],
    &[WHAT, REMEDY, Part::Contact, Part::Help],
    &[WHAT, REMEDY, Part::Contact],
    &[WHAT, REMEDY],
];

/// The fullest reason that fits `limit`, in UTF-16 code units. Parts are left out whole; no word is cut.
pub(super) fn reason(organisation: &Organisation, language: Language, limit: usize) -> String {
    let join = |parts: &[Part]| {
        let texts: Vec<String> = parts.iter().filter_map(|part| part.text(organisation, language)).collect();
        texts.join(" ")
    };
    first_that_fits(CHOICES.iter().map(|parts| join(parts)), limit)
}

impl Part {
    /// The text of the part; `None` when the policy has none for it.
    fn text(self, organisation: &Organisation, language: Language) -> Option<String> {
        let given =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match self {
            Self::Always(text) => Some((*text.get(language)).to_owned()),
            Self::Contact => {
                let contact = given(&organisation.contact)?;
                let end = if contact.ends_with(['.', '!', '?']) { "" } else { "." };
                Some([language.pick("Spørg: ", "Ask: "), &contact, end].concat())
            }
            // No full stop after a link: mail programs would take it for a part of the link.
            Self::Help => Some([language.pick("Læs mere: ", "Read more: "), &given(&organisation.help)?].concat()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ONLINE_LIMIT, Organisation, SERVER_LIMIT, reason};
    use sendvagt::Language;

    /// Contact and help link as long as a policy may have them.
    fn longest() -> Organisation {
        Organisation {
            contact: Some("Ø".repeat(80)),
            help: Some(format!("https://{}", "h".repeat(112))),
            ..Organisation::default()
        }
    }

    #[test]
    fn reasons_fit_their_limits_in_both_languages() {
        for language in Language::ALL {
            for organisation in [longest(), Organisation::default()] {
                for limit in [ONLINE_LIMIT, SERVER_LIMIT] {
                    let length = reason(&organisation, language, limit).encode_utf16().count();
                    assert!(length <= limit, "{language:?}: {length} of {limit}");
                }
            }
        }
    }

    /// Links of every length, so that a reason of every length near the limit is tried.
    #[test]
    fn the_limits_are_those_of_microsoft() {
        for (language, length) in
            Language::ALL.into_iter().flat_map(|language| (1..=112).map(move |one| (language, one)))
        {
            let help = Some(format!("https://{}", "h".repeat(length)));
            let organisation = Organisation { help, contact: Some("Servicedesk".into()), ..Organisation::default() };
            assert!(reason(&organisation, language, SERVER_LIMIT).encode_utf16().count() <= 256);
            assert!(reason(&organisation, language, ONLINE_LIMIT).encode_utf16().count() <= 1024);
        }
    }

    #[test]
    fn exchange_online_has_room_for_every_part() {
        for (language, whole) in [(Language::Da, "kontakt jeres support"), (Language::En, "contact your support")] {
            let reason = reason(&longest(), language, ONLINE_LIMIT);
            assert!(reason.contains(whole) && reason.contains("ØØ.") && reason.ends_with("hh"), "{reason}");
        }
    }

    #[test]
    fn a_tight_limit_leaves_out_parts_and_cuts_no_word() {
        for language in Language::ALL {
            let tight = reason(&longest(), language, SERVER_LIMIT);
            assert!(tight.ends_with("Ø."), "the contact is kept before the link: {tight}");
            let tightest = reason(&longest(), language, 1);
            assert!(tight.starts_with(&tightest) && tightest.ends_with(language.pick("post.", "mail.")), "{tightest}");
            assert!(tightest.encode_utf16().count() <= SERVER_LIMIT, "the shortest fits the smallest limit");
        }
    }

    #[test]
    fn what_the_policy_leaves_out_is_left_out() {
        let blank = Organisation { contact: Some("  ".into()), ..Organisation::default() };
        assert!(!reason(&blank, Language::Da, ONLINE_LIMIT).contains("Spørg"));
        let done = Organisation { contact: Some("Servicedesk.".into()), ..Organisation::default() };
        assert!(reason(&done, Language::Da, ONLINE_LIMIT).ends_with("Spørg: Servicedesk."));
    }
}

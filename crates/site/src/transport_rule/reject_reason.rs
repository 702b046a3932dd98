//! What the sender reads when the mail comes back.

use sendvagt::Language;
use sendvagt::policy::Organisation;

/// The longest reason in Exchange Online, in UTF-16 code units (Microsoft: "New-TransportRule", RejectMessageReasonText).
pub(super) const ONLINE_LIMIT: usize = 1024;
/// The longest reason in Exchange Server 2013 and later, from the same page.
pub(super) const SERVER_LIMIT: usize = 256;

/// A part of the reason.
#[derive(Clone, Copy)]
enum Part {
    What,
    Why,
    Remedy,
    Otherwise,
    Contact,
    Help,
}

/// The fullest first. The last fits every limit, whatever the policy holds.
const STEPS: [&[Part]; 5] = [
    &[Part::What, Part::Why, Part::Remedy, Part::Otherwise, Part::Contact, Part::Help],
    &[Part::What, Part::Why, Part::Remedy, Part::Contact, Part::Help],
    &[Part::What, Part::Remedy, Part::Contact, Part::Help],
    &[Part::What, Part::Remedy, Part::Contact],
    &[Part::What, Part::Remedy],
];

/// The fullest reason that fits `limit` (UTF-16 code units). Parts are left out whole; no word is cut.
pub(super) fn reason(organisation: &Organisation, language: Language, limit: usize) -> String {
    let text = |parts: &[Part]| {
        let parts: Vec<String> = parts.iter().filter_map(|part| told(*part, organisation, language)).collect();
        parts.join(" ")
    };
    let fits = |reason: &String| reason.encode_utf16().count() <= limit;
    let shortest = || STEPS.last().map(|parts| text(parts)).unwrap_or_default();
    STEPS.iter().map(|parts| text(parts)).find(fits).unwrap_or_else(shortest)
}

fn told(part: Part, organisation: &Organisation, language: Language) -> Option<String> {
    let pick = |da: &str, en: &str| match language {
        Language::Da => da.to_owned(),
        Language::En => en.to_owned(),
    };
    let given =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    match part {
        Part::What => Some(pick(
            "Mailen er ikke sendt: Der står et CPR-nummer i emnet.",
            "The mail was not sent: there is a CPR number in its subject.",
        )),
        Part::Why => Some(pick(
            "Emnet bliver ikke krypteret, heller ikke i sikker post. Andre kan læse nummeret undervejs.",
            "The subject is not encrypted, not even in secure mail. Others can read the number on the way.",
        )),
        Part::Remedy => Some(pick(
            "Slet nummeret i emnet, og send igen. Skal modtageren bruge det, så skriv det i en sikker mail.",
            "Delete it there and send again. If the receiver needs it, write it inside a secure mail.",
        )),
        Part::Otherwise => Some(pick(
            "Er tallet ikke et CPR-nummer, så skriv det på en anden måde i emnet.",
            "If it is not a CPR number, write it another way in the subject.",
        )),
        Part::Contact => {
            let contact = given(&organisation.contact)?;
            let end = if contact.ends_with(['.', '!', '?']) { "" } else { "." };
            Some([&pick("Spørg: ", "Ask: "), contact.as_str(), end].concat())
        }
        // No full stop after a link: mail programs take it for a part of it.
        Part::Help => Some([pick("Læs mere: ", "Read more: "), given(&organisation.help)?].concat()),
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
        for (language, whole) in [(Language::Da, "på en anden måde"), (Language::En, "another way")] {
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
            assert!(tight.starts_with(&tightest) && tightest.ends_with("mail."), "{tightest}");
            assert!(tightest.encode_utf16().count() <= SERVER_LIMIT, "the shortest fits the smallest limit");
        }
    }

    #[test]
    fn what_the_policy_leaves_out_is_not_told() {
        let blank = Organisation { contact: Some("  ".into()), ..Organisation::default() };
        assert!(!reason(&blank, Language::Da, ONLINE_LIMIT).contains("Spørg"));
        let done = Organisation { contact: Some("Servicedesk.".into()), ..Organisation::default() };
        assert!(reason(&done, Language::Da, ONLINE_LIMIT).ends_with("Spørg: Servicedesk."));
    }
}

//! The page at the root of a site, for whoever opens its address: what this is, whose, which version and whether it checks.

use askama::Template;
use sendvagt::policy::Mode;
use sendvagt::{Both, Language, PolicyFile, VERSION};

use crate::pack::Pack;

const TITLE: Both = Both { da: "Sendvagt", en: "Sendvagt" };
const LEAD: Both = Both {
    da: "Her ligger filerne til Sendvagt, et tilføjelsesprogram til Outlook. Outlook henter dem selv. Du skal ikke gøre noget.",
    en: "The files of Sendvagt, an add-in to Outlook, are here. Outlook loads them by itself. There is nothing for you to do.",
};
const CHECKS: Both = Both {
    da: "Sendvagt kontrollerer mails, når der bliver trykket på Send.",
    en: "Sendvagt checks mails when Send is pressed.",
};
const OBSERVES: Both = Both {
    da: "Sendvagt holder kun øje: Der kommer ingen beskeder, når der bliver trykket på Send.",
    en: "Sendvagt only observes: there are no messages when Send is pressed.",
};
const PAUSED: Both = Both {
    da: "Sendvagt er sat på pause. Mails bliver sendt uden kontrol.",
    en: "Sendvagt is paused. Mails are sent without a check.",
};
const ORGANISATION: Both = Both { da: "Organisation", en: "Organisation" };
const VERSION_NAME: Both = Both { da: "Version", en: "Version" };
const POLICY_ID: Both = Both { da: "Regelsæt-id", en: "Policy id" };
const SUPPORT: Both = Both { da: "Hjælp til Sendvagt", en: "Help with Sendvagt" };

#[derive(Template)]
#[template(path = "index.html")]
struct Page<'a> {
    /// The language of the first part.
    language: Language,
    languages: Vec<Language>,
    state: Both,
    organisation: &'a str,
    version: &'a str,
    /// As the pane shows it; none while no policy is in force.
    policy_id: Option<String>,
    /// The address of the support page: this page lies at two places.
    support: &'a str,
}

/// The page as self-contained HTML: in the policy's language, or in both if it has none. A paused site has no pack.
pub(crate) fn index_page(file: &PolicyFile, pack: Option<&Pack>, support: &str) -> String {
    let languages = file.language.map_or_else(|| Language::ALL.to_vec(), |language| vec![language]);
    let page = Page {
        language: languages.first().copied().unwrap_or(Language::Da),
        languages,
        state: match (pack, file.mode) {
            (None, _) => PAUSED,
            (Some(_), Mode::Observe) => OBSERVES,
            (Some(_), _) => CHECKS,
        },
        organisation: &file.organisation.name,
        version: VERSION,
        policy_id: pack.map(Pack::policy_id),
        support,
    };
    // Only a `fmt::Error` of the writer can fail here, and a String has none.
    page.render().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use sendvagt::policy::{Mode, Organisation};
    use sendvagt::{Language, PolicyFile, VERSION};

    use super::index_page;
    use crate::pack::Pack;

    const SUPPORT: &str = "https://a.example/sendvagt/support.html";

    fn policy() -> PolicyFile {
        let organisation = Organisation { name: "Fjordby <Kommune>".to_owned(), ..Organisation::default() };
        PolicyFile { organisation, ..PolicyFile::default() }
    }

    #[test]
    fn says_what_it_is_whose_and_which() {
        let pack = Pack::new(policy());
        let page = index_page(&policy(), Some(&pack), SUPPORT);
        let id = pack.policy_id();
        for text in ["tilføjelsesprogram", "add-in to Outlook", "Fjordby &lt;Kommune&gt;", VERSION, &id, SUPPORT] {
            assert!(page.contains(text), "{text}: {page}");
        }
    }

    #[test]
    fn says_whether_mails_are_checked() {
        let of = |mode, is_paused: bool| {
            let file = PolicyFile { mode, language: Some(Language::En), ..policy() };
            let pack = Pack::new(file.clone());
            index_page(&file, (!is_paused).then_some(&pack), SUPPORT)
        };
        assert!(of(Mode::Enforce, false).contains("checks mails"));
        assert!(of(Mode::Observe, false).contains("only observes"));
        let paused = of(Mode::Enforce, true);
        assert!(paused.contains("is paused") && !paused.contains("Policy id") && !paused.contains("sat på pause"));
    }
}

//! The support page of a site, which the manifest names: what Sendvagt does, what to do when it speaks up, whom to ask.

use askama::Template;
use sendvagt::policy::{Action, FalseStop, Mode};
use sendvagt::unchecked::{Failure, unchecked};
use sendvagt::{Both, Language, Policy, PolicyFile, RuleName, VERSION};

use crate::policy::reads_for_patterns;

const TITLE: Both = Both { da: "Hjælp til Sendvagt", en: "Help with Sendvagt" };
const LEAD: Both = Both {
    da: "Sendvagt er et tilføjelsesprogram til Outlook. Når du trykker på Send, tjekker det emnet og modtagerne. Er alt i \
         orden, mærker du det ikke.",
    en: "Sendvagt is an add-in to Outlook. When you press Send, it checks the subject and the recipients. If all is in order, \
         you do not notice it.",
};
const PRIVATE: Both = Both {
    da: "Det sker på din egen computer. Mailens indhold bliver ikke sendt til andre, og ingen kan se, hvad du fik besked om.",
    en: "This happens on your own computer. Nothing in the mail is sent to anybody else, and nobody can see what you were told.",
};
const READS: [Both; 4] = [
    Both {
        da: "Det læser emnet og modtagerne. Teksten og bilagene bliver ikke læst.",
        en: "It reads the subject and the recipients. The text and the attachments are not read.",
    },
    Both {
        da: "Det læser emnet og modtagerne. Er mailen til eksterne modtagere og ikke sikker post, læser det også teksten.",
        en: "It reads the subject and the recipients. If the mail has outside recipients and is not secure mail, it also reads \
             the text.",
    },
    Both {
        da: "Det læser emnet og modtagerne. Er mailen til eksterne modtagere og ikke sikker post, ser det også på bilagenes navne.",
        en: "It reads the subject and the recipients. If the mail has outside recipients and is not secure mail, it also reads \
             the names of the attachments.",
    },
    Both {
        da: "Det læser emnet og modtagerne. Er mailen til eksterne modtagere og ikke sikker post, læser det også teksten og \
             bilagenes navne.",
        en: "It reads the subject and the recipients. If the mail has outside recipients and is not secure mail, it also reads \
             the text and the names of the attachments.",
    },
];
const READS_FOR_PATTERNS: Both = Both {
    da: "Det læser emnet og modtagerne og i nogle mails også teksten eller bilagenes navne.",
    en: "It reads the subject and the recipients, and of some mails also the text or the names of the attachments.",
};
const PAUSED: Both = Both {
    da: "Sendvagt er sat på pause. Mails og mødeindkaldelser bliver sendt uden kontrol. Læs selv emne og modtagere igennem, \
         før du sender.",
    en: "Sendvagt is paused. Mails and invitations are sent without a check. Read the subject and the recipients yourself \
         before you send.",
};
const SILENT: Both = Both {
    da: "Lige nu holder Sendvagt kun øje. Du får ingen beskeder, når du sender.",
    en: "At the moment Sendvagt only observes. You get no messages when you send.",
};
const CHECKS: Both = Both { da: "Sendvagt siger til, når …", en: "Sendvagt speaks up when …" };
const SAYS: Both = Both { da: "Hvis der kommer en besked", en: "If there is a message" };
const HELP: Both = Both { da: "Få hjælp", en: "Get help" };
const ASK_IT: Both = Both { da: "Spørg jeres it-support.", en: "Ask your IT support." };
const ASK: Both = Both { da: "Kontakt:", en: "Contact:" };
const GUIDANCE: Both = Both { da: "Organisationens egen vejledning", en: "The organisation's own guidance" };
const GUIDE: Both = Both { da: "Sådan skriver du emnet i sikker post", en: "How to write the subject of secure mail" };
const RULES: Both = Both { da: "Alle reglerne", en: "All rules" };

const STOPPED: [Both; 2] = [
    Both { da: "Mailen er ikke sendt", en: "The mail is not sent" },
    Both {
        da: "Beskeden siger hvorfor. Tryk på Vis og ret. Så åbner Sendvagt ved siden af mailen, og det meste kan rettes med ét \
             klik. Tryk derefter på Send.",
        en: "The message says why. Press Show and fix. Sendvagt opens beside the mail, and most things can be fixed with one \
             click. Then press Send.",
    },
];
const ASKED: [Both; 2] = [
    Both { da: "Sendvagt spørger, om mailen er i orden", en: "Sendvagt asks whether the mail is in order" },
    Both {
        da: "Se efter. Er det rigtigt, så vælg Send alligevel. Har din Outlook ikke den knap, så tryk på Send igen.",
        en: "Have a look. If it is right, choose Send anyway. If your Outlook has no such button, press Send again.",
    },
];
const NOT_CPR: Both = Both { da: "Nummeret er ikke et CPR-nummer", en: "The number is not a CPR number" };
const NOT_CPR_ALLOW: Both = Both {
    da: "Tryk på Vis og ret. Sig, hvad det er, under »Det er ikke et CPR-nummer«, og tryk på Send igen.",
    en: "Press Show and fix. Say what it is under “This is not a CPR number”, and press Send again.",
};
const NOT_CPR_CONTACT: Both = Both {
    da: "Tryk på Vis og ret. Under »Det er ikke et CPR-nummer« står, hvem du kan spørge, og en tekst, du kan sende dem.",
    en: "Press Show and fix. Under “This is not a CPR number” stands whom you can ask, and a text that you can send them.",
};
const UNAVAILABLE: [Both; 2] = [
    Both {
        da: "Outlook skriver, at Sendvagt ikke er tilgængelig eller er længe om det",
        en: "Outlook says that Sendvagt is unavailable or takes long",
    },
    Both {
        da: "Vent et øjeblik, og tryk på Send igen. Hjælper det ikke, så genstart Outlook.",
        en: "Wait a moment, and press Send again. If that does not help, restart Outlook.",
    },
];

/// What `support.html` shows.
#[derive(Template)]
#[template(path = "support.html")]
struct Page<'a> {
    /// The language of the first part.
    language: Language,
    parts: Vec<Part>,
    is_paused: bool,
    is_silent: bool,
    help: Option<&'a str>,
    organisation: &'a str,
    version: &'a str,
}

/// The page in one language.
struct Part {
    language: Language,
    /// What is read of a mail, and when.
    reads: &'static str,
    checks: Vec<&'static str>,
    answers: Vec<Answer>,
    contact: String,
}

/// A message, and what to do.
struct Answer {
    said: String,
    remedy: String,
}

/// The page as self-contained HTML: in the policy's language, or in both if it has none.
#[must_use]
pub fn support_page(file: &PolicyFile, is_paused: bool) -> String {
    let policy = Policy::new(file.clone());
    let languages = file.language.map_or_else(|| Language::ALL.to_vec(), |language| vec![language]);
    let page = Page {
        language: languages.first().copied().unwrap_or(Language::Da),
        parts: languages.iter().map(|language| part(&policy, *language, is_paused)).collect(),
        is_paused,
        is_silent: file.mode == Mode::Observe,
        help: file.organisation.help.as_deref(),
        organisation: &file.organisation.name,
        version: VERSION,
    };
    // Only a `fmt::Error` of the writer can fail here, and a String has none.
    page.render().unwrap_or_default()
}

fn part(policy: &Policy, language: Language, is_paused: bool) -> Part {
    let checks = RuleName::ALL.into_iter().filter(|rule| policy.all().any(|policy| rule.action(policy) != Action::Off));
    let both = |[said, remedy]: [Both; 2]| answer(said.get(language), remedy.get(language));
    let mut answers = Vec::new();
    if !is_paused && policy.file().mode != Mode::Observe {
        answers.extend([both(STOPPED), both(ASKED)]);
        let objection = match policy.file().false_stop {
            FalseStop::Allow => NOT_CPR_ALLOW,
            FalseStop::Contact => NOT_CPR_CONTACT,
        };
        answers.push(both([NOT_CPR, objection]));
        answers.extend(Failure::ALL.into_iter().filter_map(|failure| failed(policy, failure, language)));
    }
    answers.push(both(UNAVAILABLE));
    let contact = policy.file().organisation.contact.as_deref();
    Part {
        language,
        reads: reads(policy).get(language),
        checks: checks.map(|rule| *rule.about().get(language)).collect(),
        answers,
        contact: contact
            .map_or_else(|| ASK_IT.get(language).to_string(), |contact| format!("{} {contact}", ASK.get(language))),
    }
}

/// What is read of a mail under any part of the policy.
fn reads(policy: &Policy) -> &'static Both {
    let can = |policy: &&Policy| policy.knows_itself() && policy.file().mode != Mode::Observe;
    let is_on = |rule: RuleName| policy.all().filter(can).any(|policy| rule.action(policy) != Action::Off);
    if policy.all().any(reads_for_patterns) {
        return &READS_FOR_PATTERNS;
    }
    let [nothing, text, names, both] = &READS;
    match (is_on(RuleName::CprInBody), is_on(RuleName::CprInAttachmentName)) {
        (false, false) => nothing,
        (true, false) => text,
        (false, true) => names,
        (true, true) => both,
    }
}

/// What is shown when a mail could not be checked, in the words of the dialog; `None` if nothing is.
fn failed(policy: &Policy, failure: Failure, language: Language) -> Option<Answer> {
    let verdict = unchecked(policy, failure, language);
    let remedy = verdict.alert?.bar.strip_prefix(&verdict.status)?.trim().to_owned();
    Some(Answer { said: verdict.status, remedy })
}

fn answer(said: &str, remedy: &str) -> Answer {
    Answer { said: said.to_owned(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use sendvagt::policy::{FalseStop, Mode, OnFailure, Organisation};
    use sendvagt::unchecked::{Failure, unchecked};

    use crate::policy::parse;
    use sendvagt::{Language, Policy, PolicyFile, VERSION};

    use super::support_page;

    fn policy() -> PolicyFile {
        let organisation = Organisation {
            name: "Fjordby <Kommune>".to_owned(),
            contact: Some("Servicedesk & IT, tlf. 12 34 56 78".to_owned()),
            help: Some("https://intra.fjordby.example/?a=1&b=2".to_owned()),
            ..Organisation::default()
        };
        PolicyFile { organisation, ..PolicyFile::default() }
    }

    #[test]
    fn says_whom_to_ask_which_version_and_what_each_failure_means() {
        let page = support_page(&policy(), false);
        for text in [
            "Servicedesk &amp; IT, tlf. 12 34 56 78",
            "Fjordby &lt;Kommune&gt;",
            "href=\"https://intra.fjordby.example/?a=1&amp;b=2\"",
            VERSION,
            "href=\"rules.da.html\"",
            "<section lang=\"en\">",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        for failure in Failure::ALL {
            for language in Language::ALL {
                let said = unchecked(&Policy::new(policy()), failure, language).status;
                assert!(page.contains(&format!("<dt>{said}</dt>")), "{said}");
            }
        }
    }

    #[test]
    fn says_what_is_read_of_a_mail() {
        let page = |rules: &str, domains: &str| {
            let policy = format!(r#"{{"organisation":{{"domains":[{domains}]}},"rules":{{{rules}}}}}"#);
            support_page(&serde_json::from_str(&policy).unwrap(), false)
        };
        let body = r#""cpr-in-body":"ask""#;
        let names = r#""cpr-in-attachment-name":"ask""#;
        for (rules, domains, says) in [
            ("", r#""a.dk""#, "Teksten og bilagene bliver ikke læst."),
            (body, "", "Teksten og bilagene bliver ikke læst."),
            (body, r#""a.dk""#, "læser det også teksten."),
            (names, r#""a.dk""#, "ser det også på bilagenes navne."),
            (&format!("{body},{names}"), r#""a.dk""#, "læser det også teksten og bilagenes navne."),
        ] {
            assert!(page(rules, domains).contains(says), "{rules} {domains}");
        }
        let part =
            r#"{"parts":[{"senders":["a.dk"],"organisation":{"domains":["a.dk"]},"rules":{"cpr-in-body":"ask"}}]}"#;
        assert!(support_page(&parse(part).unwrap(), false).contains("læser det også teksten."));
        let pattern = |place: &str| {
            let text = format!(
                r#"{{"patterns":[{{"name":"x","pattern":"x","in":["{place}"],"what":{{"da":"X.","en":"X."}}}}]}}"#
            );
            support_page(&parse(&text).unwrap(), false)
        };
        assert!(pattern("body").contains("i nogle mails også teksten"));
        assert!(pattern("subject").contains("som organisationen selv holder øje med"));
        assert!(pattern("subject").contains("Teksten og bilagene bliver ikke læst."));
        assert!(!support_page(&policy(), false).contains("selv holder øje med"), "no patterns, no such rule");
    }

    #[test]
    fn speaks_the_language_of_the_policy_alone() {
        let english = support_page(&PolicyFile { language: Some(Language::En), ..policy() }, false);
        assert!(english.contains("<html lang=\"en\">") && !english.contains("Hjælp til Sendvagt"));
    }

    #[test]
    fn promises_no_message_that_never_comes() {
        let asked = "Vis og ret";
        let observing = support_page(&PolicyFile { mode: Mode::Observe, ..policy() }, false);
        assert!(!observing.contains(asked) && observing.contains("holder Sendvagt kun øje"));
        let silent = support_page(&PolicyFile { on_failure: OnFailure::Send, ..policy() }, false);
        assert!(silent.contains(asked) && !silent.contains("kunne ikke køre"));
        let allowing = support_page(&PolicyFile { false_stop: FalseStop::Allow, ..policy() }, false);
        assert!(allowing.contains("Sig, hvad det er") && !allowing.contains("hvem du kan spørge"));
    }

    #[test]
    fn a_paused_site_says_so_and_links_to_nothing_that_it_does_not_have() {
        let page = support_page(&policy(), true);
        assert!(page.contains("sat på pause") && page.contains("Servicedesk"));
        assert!(!page.contains("guide.da.html") && !page.contains("Vis og ret"));
    }
}

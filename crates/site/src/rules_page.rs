//! The page about the rules, to which each card of the task pane links.

use askama::Template;
use sendvagt::policy::Action;
use sendvagt::rules::{ATTACHED, BEGAN, EXAMPLES_POLICY, Example, TEXT};
use sendvagt::verdict::Card;
use sendvagt::{Both, Language, Policy, PolicyFile, RuleName, check};

const TITLE: Both = Both { da: "Sendvagts regler", en: "The rules of Sendvagt" };
const LEAD: Both = Both {
    da: "Når du trykker på Send, tjekker Sendvagt emnet og modtagerne. Hver regel har sin grund. Din organisation bestemmer, \
         hvilke regler der er slået til, og om de spørger eller stopper.",
    en: "When you press Send, Sendvagt looks at the subject and the recipients. Each rule has its reason. Your organisation \
         decides which rules are on, and whether they ask or stop.",
};
const WHY: Both = Both { da: "Hvorfor?", en: "Why?" };
const DO: Both = Both { da: "Hvad kan du gøre?", en: "What can you do?" };
const FOUND: Both = Both { da: "Her siger Sendvagt til", en: "Sendvagt speaks up here" };
const FINE: Both = Both { da: "Her siger Sendvagt ikke noget", en: "Sendvagt is silent here" };
const TO: Both = Both { da: "til", en: "to" };
const TEXT_NAME: Both = Both { da: "med teksten", en: "with the text" };
const ATTACHED_NAME: Both = Both { da: "med bilaget", en: "with the attachment" };
const REPLY: Both = Both { da: "et svar, der begyndte med", en: "a reply that began with" };
const FOOTER: Both = Both {
    da: "Numre og adresser er opdigtede. Siden er lavet af Sendvagts egne regler.",
    en: "Numbers and addresses are made up. The page is made from Sendvagt's own rules.",
};

#[derive(Template)]
#[template(path = "rules.html")]
struct Page {
    language: Language,
    rules: Vec<Section>,
}

struct Section {
    name: &'static str,
    about: &'static str,
    why: String,
    remedy: String,
    found: Vec<String>,
    fine: Vec<String>,
}

/// The page as self-contained HTML, with an anchor for each rule.
#[must_use]
pub fn rules_page(language: Language) -> String {
    let rules = RuleName::ALL.into_iter().map(|rule| section(rule, language)).collect();
    // Only a `fmt::Error` of the writer can fail here, and a String has none.
    Page { language, rules }.render().unwrap_or_default()
}

fn section(rule: RuleName, language: Language) -> Section {
    let mut file: PolicyFile = serde_json::from_str(EXAMPLES_POLICY).unwrap_or_default();
    (rule.examples().policy)(&mut file);
    file.rules.set(rule, Action::Ask);
    let policy = Policy::new(file);
    let drafts = rule.examples().drafts;
    let card = |example: &Example| -> Option<Card> {
        check(&policy, &example.draft(), language).cards.into_iter().find(|card| card.rule == rule.as_str())
    };
    let words = drafts.iter().filter(|example| example.found).find_map(card);
    // What another rule would speak of is no example of silence, and a number as recipient needs more words.
    let is_silent = |example: &&Example| {
        let by_number = |to: &&str| to.chars().all(|c| c.is_ascii_digit() || c == '-');
        check(&policy, &example.draft(), language).findings.is_empty() && !example.to.iter().any(by_number)
    };
    let found = drafts.iter().filter(|example| example.found).map(|example| written(example, language));
    let fine = drafts.iter().filter(|example| !example.found).filter(is_silent);
    Section {
        name: rule.as_str(),
        about: rule.about().get(language),
        why: words.as_ref().map(|card| card.why.clone()).unwrap_or_default(),
        remedy: words.map(|card| card.remedy).unwrap_or_default(),
        found: found.collect(),
        fine: fine.map(|example| written(example, language)).collect(),
    }
}

fn written(example: &Example, language: Language) -> String {
    let to: Vec<String> = example.draft().recipients.into_iter().map(|recipient| recipient.address).collect();
    let began: Vec<&str> = example.to.iter().filter_map(|to| to.strip_prefix(BEGAN)).collect();
    let mut about = Vec::new();
    if !began.is_empty() {
        about.push([REPLY.get(language), " ", &began.join(", ")].concat());
    }
    if !to.is_empty() {
        about.push([TO.get(language), " ", &to.join(", ")].concat());
    }
    let after = |mark: &'static str| example.to.iter().filter_map(move |to| to.strip_prefix(mark));
    about.extend(after(TEXT).map(|text| [TEXT_NAME.get(language), " ", &text.replace('\n', " / ")].concat()));
    about.extend(after(ATTACHED).map(|name| [ATTACHED_NAME.get(language), " ", name].concat()));
    if about.is_empty() { example.subject.to_owned() } else { format!("{} ({})", example.subject, about.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::rules_page;
    use sendvagt::{Language, RuleName};

    #[test]
    fn every_rule_has_an_anchor_with_its_reason() {
        for language in Language::ALL {
            let page = rules_page(language);
            assert!(page.starts_with("<!doctype html>"));
            for rule in RuleName::ALL {
                assert!(page.contains(&format!("id=\"{}\"", rule.as_str())), "{}", rule.as_str());
            }
            assert!(!page.contains("<p></p>"), "a rule says nothing");
        }
    }
}

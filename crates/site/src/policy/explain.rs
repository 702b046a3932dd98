//! What a policy does, in plain words.

use sendvagt::policy::{
    Action, FalseStop, Mode, OnFailure, OnUnread, OwnPattern, PatternMail, Place, SecureMail, VisibleRecipients,
};
use sendvagt::{Language, Policy, RuleName};

use crate::pattern;

/// What the policy does, as short paragraphs and lists in Markdown: first what holds for everybody, then what each part of it
/// makes different.
#[must_use]
pub fn explain(policy: &Policy, language: Language) -> String {
    let common = sections(policy, language);
    let mut text: Vec<String> = common.iter().filter(|section| !section.is_empty()).cloned().collect();
    for part in policy.all().skip(1) {
        let senders = either(&part.file().senders, language);
        text.push(language.pick(
            format!("## Mails fra {senders}\n\nHer gælder det, der står ovenfor, på nær dette:"),
            format!("## Mail from {senders}\n\nWhat stands above holds here too, but for this:"),
        ));
        let differs = |(own, common): &(String, &String)| !own.is_empty() && own != *common;
        text.extend(sections(part, language).into_iter().zip(&common).filter(differs).map(|(own, _)| own));
    }
    text.join("\n\n") + "\n"
}

fn sections(policy: &Policy, language: Language) -> Vec<String> {
    vec![
        organisation(policy, language),
        mode(policy, language).to_owned(),
        rules(policy, language),
        secure(policy, language),
        reach(policy, language),
        retired(policy, language),
        visible(policy, language),
        lists(policy, language),
        content(policy, language),
        patterns(policy, language),
        failure(policy, language).to_owned(),
        false_stop(policy, language).to_owned(),
        words(policy, language),
        practice(policy, language),
    ]
}

fn organisation(policy: &Policy, language: Language) -> String {
    let organisation = &policy.file().organisation;
    let name = match organisation.name.as_str() {
        "" => language.pick("Organisationen har ikke fået et navn.", "The organisation has no name.").to_owned(),
        name => language.pick(format!("Reglerne gælder for {name}."), format!("These are the rules of {name}.")),
    };
    let domains = match organisation.domains.as_slice() {
        [] => language.pick("Den har ingen egne domæner.", "It has no domains of its own.").to_owned(),
        domains => {
            let list = domains.join(", ");
            language.pick(format!("Egne domæner: {list}."), format!("Its own domains: {list}."))
        }
    };
    format!("{name} {domains}")
}

fn mode(policy: &Policy, language: Language) -> &'static str {
    match policy.file().mode {
        Mode::Enforce => language.pick("Reglerne er slået til som vist herunder.", "The rules are on as shown below."),
        Mode::Advise => language.pick(
            "Ingen mail bliver stoppet: Sendvagt spørger i stedet.",
            "No mail is stopped: Sendvagt asks instead.",
        ),
        Mode::Observe => language.pick(
            "Sendvagt stopper ikke og spørger ikke: alle mails bliver sendt. Kun ruden viser, hvad reglerne finder.",
            "Sendvagt neither stops nor asks: every mail is sent. Only the task pane shows what the rules find.",
        ),
    }
}

fn rules(policy: &Policy, language: Language) -> String {
    let line = |name: RuleName| {
        let needs_secure_mail = matches!(name, RuleName::UnsecuredRecipient | RuleName::PrivateMailbox);
        let does = match (name.action(policy), policy.file().mode) {
            (Action::Off, _) => language.pick("slået fra", "off"),
            _ if needs_secure_mail && !policy.knows_secure_mail() => language.pick("ikke i brug", "not in use"),
            _ if name.is_of_content() && !can_read_content(policy) => language.pick("ikke i brug", "not in use"),
            (_, Mode::Observe) => language.pick("viser sig kun i ruden", "shows in the task pane only"),
            (Action::Stop, Mode::Enforce) => language.pick("stopper", "stops"),
            (Action::Ask | Action::Stop, _) => language.pick("spørger", "asks"),
        };
        format!("- {}: {does}. {}", name.as_str(), name.about().get(language))
    };
    RuleName::ALL.map(line).join("\n")
}

fn secure(policy: &Policy, language: Language) -> String {
    if !policy.knows_secure_mail() {
        return language
            .pick(
                "Ingen mail regnes for sikker post. Reglerne om sikker post er derfor ikke i brug.",
                "No mail counts as secure mail. The rules on secure mail are therefore not in use.",
            )
            .to_owned();
    }
    let head = language.pick(
        "En mail er sikker post, når mindst ét af dette passer:",
        "A mail is secure mail when at least one of these holds:",
    );
    let lines: Vec<String> =
        signs(&policy.file().secure_mail, language).into_iter().map(|sign| format!("- {sign}")).collect();
    let how = policy.file().secure_mail.how.as_ref().map(|how| {
        let how = language.pick(&how.da, &how.en);
        language.pick(format!("\n\nSådan sender man sikker post: {how}"), format!("\n\nHow to send secure mail: {how}"))
    });
    format!("{head}\n{}{}", lines.join("\n"), how.unwrap_or_default())
}

fn signs(secure: &SecureMail, language: Language) -> Vec<String> {
    let headers: Vec<String> = secure
        .headers
        .iter()
        .map(|header| {
            header.value.as_ref().map_or_else(|| header.name.clone(), |value| format!("{}: {value}", header.name))
        })
        .collect();
    let lists = [
        (&secure.from, language.pick("den sendes fra", "it is sent from")),
        (&secure.tags, language.pick("emnet har mærket", "the subject has the tag")),
        (&secure.domains, language.pick("en modtager har domænet", "a recipient has the domain")),
        (&secure.addresses, language.pick("en modtager er", "a recipient is")),
        (&secure.labels, language.pick("den har følsomhedsmærkaten", "it has the sensitivity label")),
        (&headers, language.pick("den har internetheaderen", "it has the internet header")),
    ];
    let mut signs: Vec<String> = lists
        .into_iter()
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, words)| format!("{words} {}", either(list, language)))
        .collect();
    if secure.every_external {
        let words = language.pick("en modtager er uden for organisationen", "a recipient is outside the organisation");
        signs.push(words.to_owned());
    }
    signs
}

fn either(list: &[String], language: Language) -> String {
    list.join(language.pick(" eller ", " or "))
}

fn reach(policy: &Policy, language: Language) -> String {
    let reaches = &policy.file().secure_mail.reaches;
    let list: Vec<String> = reaches.domains.iter().chain(&reaches.addresses).cloned().collect();
    if list.is_empty() {
        return String::new();
    }
    let list = list.join(", ");
    language.pick(
        format!("Sikker post når organisationen selv og: {list}."),
        format!("Secure mail reaches the organisation itself and: {list}."),
    )
}

fn retired(policy: &Policy, language: Language) -> String {
    let retired = &policy.file().retired_mailboxes;
    if retired.is_empty() {
        return language.pick("Ingen postkasser er nedlagt.", "No mailboxes are retired.").to_owned();
    }
    let lines = retired.iter().map(|entry| match &entry.replacement {
        Some(new) => {
            language.pick(format!("- {}: brug {new}", entry.address), format!("- {}: use {new}", entry.address))
        }
        None => format!("- {}", entry.address),
    });
    let head = language.pick("Disse postkasser er nedlagt:", "These mailboxes are retired:");
    format!("{head}\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn visible(policy: &Policy, language: Language) -> String {
    let VisibleRecipients { private, outside } = policy.file().visible_recipients;
    match (RuleName::VisibleRecipients.action(policy), policy.file().organisation.domains.is_empty()) {
        (Action::Off, _) => String::new(),
        (_, true) => language.pick(
            format!("Mange er {private} eller flere med private mailadresser i Til og Cc."),
            format!("Many are {private} or more with private mail addresses in To and Cc."),
        ),
        (_, false) => language.pick(
            format!(
                "Mange er {private} eller flere med private mailadresser i Til og Cc, eller {outside} eksterne i alt."
            ),
            format!(
                "Many are {private} or more with private mail addresses in To and Cc, or {outside} outsiders in all."
            ),
        ),
    }
}

/// What the policy adds to the built-in lists.
fn lists(policy: &Policy, language: Language) -> String {
    let file = policy.file();
    let lists = [
        (&file.known_domains, language.pick("Andre kendte domæner", "Other known domains")),
        (&file.private_services, language.pick("Flere private mailtjenester", "More private mail services")),
        (&file.words.cpr, language.pick("Egne ord før et CPR-nummer", "Own words before a CPR number")),
        (&file.words.other, language.pick("Egne ord før et andet nummer", "Own words before another number")),
    ];
    let lines = lists.iter().filter(|(list, _)| !list.is_empty());
    lines.map(|(list, name)| format!("{name}: {}.", list.join(", "))).collect::<Vec<_>>().join("\n")
}

/// Is anything read of a mail besides subject and recipients, where a rule asks for it? Who is outside must be known, and
/// something has to come of it.
fn can_read_content(policy: &Policy) -> bool {
    policy.knows_itself() && policy.file().mode != Mode::Observe
}

/// What is read of a mail, and when.
fn content(policy: &Policy, language: Language) -> String {
    let is_on = |rule: RuleName| rule.action(policy) != Action::Off;
    let read = match (is_on(RuleName::CprInBody), is_on(RuleName::CprInAttachmentName)) {
        _ if !can_read_content(policy) => None,
        (true, true) => Some(language.pick("teksten og bilagenes navne", "the text and the names of the attachments")),
        (true, false) => Some(language.pick("teksten", "the text")),
        (false, true) => Some(language.pick("bilagenes navne", "the names of the attachments")),
        (false, false) => None,
    };
    let Some(read) = read else {
        // The patterns say what is read for them.
        if reads_for_patterns(policy) {
            return String::new();
        }
        return language
            .pick(
                "Sendvagt læser kun emnet, modtagerne og det, der gør en mail til sikker post. Tekst og bilag bliver ikke læst.",
                "Sendvagt reads only the subject, the recipients and what makes a mail secure mail. Text and attachments are not read.",
            )
            .to_owned();
    };
    let when = language.pick(
        format!(
            "Når der bliver trykket på Send, og i ruden, læser Sendvagt også {read}, men kun i en mail med eksterne modtagere, som ikke er sikker post."
        ),
        format!(
            "When Send is pressed, and in the task pane, Sendvagt also reads {read}, but only of a mail with outside recipients that is not secure mail."
        ),
    );
    let unread = match policy.file().on_unread {
        OnUnread::Send => language.pick(
            "Kommer det ikke i tide, bliver mailen sendt uden den del af kontrollen.",
            "If it does not come in time, the mail is sent without that part of the check.",
        ),
        OnUnread::Ask => language
            .pick("Kommer det ikke i tide, bliver brugeren spurgt.", "If it does not come in time, the user is asked."),
    };
    format!("{when} {unread}")
}

/// The organisation's own patterns in use.
fn in_use(policy: &Policy) -> impl Iterator<Item = &OwnPattern> {
    let is_on = RuleName::OwnPattern.action(policy) != Action::Off;
    policy.file().patterns.iter().filter(move |pattern| is_on && pattern.action != Action::Off)
}

/// Is more than the subject read of some mails, to look for patterns there?
pub(crate) fn reads_for_patterns(policy: &Policy) -> bool {
    in_use(policy).any(|pattern| pattern.places.iter().any(|place| *place != Place::Subject))
        && policy.file().mode != Mode::Observe
}

/// The organisation's own patterns: what each does, where, in which mail, and what it takes.
fn patterns(policy: &Policy, language: Language) -> String {
    let stops = policy.file().mode == Mode::Enforce && RuleName::OwnPattern.action(policy) == Action::Stop;
    let line = |pattern: &OwnPattern| {
        let does = match (policy.file().mode, pattern.action) {
            (Mode::Observe, _) => language.pick("viser sig kun i ruden", "shows in the task pane only"),
            (_, Action::Stop) if stops => language.pick("stopper", "stops"),
            _ => language.pick("spørger", "asks"),
        };
        let places: Vec<&str> = pattern.places.iter().map(|place| place_name(*place, language)).collect();
        let size = pattern::compile(&pattern.pattern).map(|compiled| pattern::kilobytes(compiled.size));
        let (places, size) = (all_of(&places, language), size.unwrap_or_default());
        let OwnPattern { name, mail, .. } = pattern;
        let looks = language.pick("Leder i", "Looks in");
        format!("- {name}: {does}. {looks} {places}, {}. {size} kB.", mail_name(*mail, language))
    };
    let lines: Vec<String> = in_use(policy).map(line).collect();
    if lines.is_empty() {
        return String::new();
    }
    let head = language.pick("Egne mønstre:", "Own patterns:");
    let read = if reads_for_patterns(policy) {
        language.pick(
            "\n\nTekst og bilagsnavne bliver læst i de mails, som et mønster leder i.",
            "\n\nThe text and the names of attachments are read of the mails in which a pattern looks for them.",
        )
    } else {
        ""
    };
    format!("{head}\n{}{read}", lines.join("\n"))
}

/// `emnet, teksten og bilagenes navne`.
fn all_of(names: &[&str], language: Language) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{}{}{last}", first.join(", "), language.pick(" og ", " and ")),
    }
}

fn place_name(place: Place, language: Language) -> &'static str {
    match place {
        Place::Subject => language.pick("emnet", "the subject"),
        Place::Body => language.pick("teksten", "the text"),
        Place::Attachments => language.pick("bilagenes navne", "the names of attachments"),
    }
}

fn mail_name(mail: PatternMail, language: Language) -> &'static str {
    match mail {
        PatternMail::All => language.pick("i alle mails", "in every mail"),
        PatternMail::Leaving => language.pick("i mails ud af huset", "in mail that leaves the house"),
        PatternMail::Unprotected => language.pick(
            "i mails ud af huset, som ikke er sikker post",
            "in mail that leaves the house and is not secure mail",
        ),
        PatternMail::Secure => language.pick("i sikker post", "in secure mail"),
    }
}

fn failure(policy: &Policy, language: Language) -> &'static str {
    match policy.file().on_failure {
        OnFailure::Send => language.pick(
            "Kan en mail ikke kontrolleres, bliver den sendt uden kontrol.",
            "A mail that cannot be checked is sent unchecked.",
        ),
        OnFailure::Ask => language.pick(
            "Kan en mail ikke kontrolleres, får brugeren det at vide og bestemmer selv.",
            "When a mail cannot be checked, the user is told and decides.",
        ),
        OnFailure::Stop => language.pick(
            "Kan en mail ikke kontrolleres, bliver den ikke sendt.",
            "A mail that cannot be checked is not sent.",
        ),
    }
}

fn false_stop(policy: &Policy, language: Language) -> &'static str {
    match policy.file().false_stop {
        FalseStop::Allow => language.pick(
            "Bliver en mail stoppet for et nummer, der ikke er et CPR-nummer, kan brugeren sige det i ruden og sende.",
            "A user whose mail was stopped for a number that is not a CPR number can say so in the task pane and send.",
        ),
        FalseStop::Contact => language.pick(
            "Bliver en mail stoppet for et nummer, der ikke er et CPR-nummer, viser ruden, hvem brugeren skal kontakte.",
            "A user whose mail was stopped for a number that is not a CPR number sees in the task pane whom to contact.",
        ),
    }
}

fn words(policy: &Policy, language: Language) -> String {
    let chosen = match policy.file().language {
        None => language.pick("Sproget følger brugerens Outlook.", "The language follows each user's Outlook."),
        Some(Language::Da) => language.pick("Sproget er altid dansk.", "The language is always Danish."),
        Some(Language::En) => language.pick("Sproget er altid engelsk.", "The language is always English."),
    };
    let neutral = policy.neutral_subject(language);
    let [citizen, citizens] = [false, true].map(|several| policy.citizen(several, language));
    let subject = language.pick(
        format!(
            "Er der intet tilbage af et emne, bliver det til »{neutral}«. Mangler der et ord, hvor nummeret stod, bliver det »{citizen}« eller »{citizens}«."
        ),
        format!(
            "When nothing is left of a subject, it becomes “{neutral}”. Where a word is missing in place of the number, it is “{citizen}” or “{citizens}”."
        ),
    );
    format!("{chosen} {subject}")
}

fn practice(policy: &Policy, language: Language) -> String {
    let practice = &policy.file().practice;
    let offered = if policy.offers_practice() {
        language.pick(
            "Brugere, der ikke har øvet sig, får det tilbudt i Sendvagts rude.",
            "Users who have not practised are offered practice in Sendvagt's pane.",
        )
    } else {
        language.pick("Ingen får tilbud om at øve sig.", "Nobody is offered practice.")
    };
    match &practice.course {
        Some(link) => {
            language.pick(format!("{offered} Eget kursus: {link}."), format!("{offered} Your own course: {link}."))
        }
        None => offered.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::explain;
    use sendvagt::policy::{Mode, Organisation};
    use sendvagt::{Language, Policy, PolicyFile};

    fn explained(policy: &str, language: Language) -> String {
        explain(&Policy::new(serde_json::from_str::<PolicyFile>(policy).unwrap()), language)
    }

    #[test]
    fn each_decision_is_explained_in_both_languages() {
        let cases = [
            (
                "{}",
                "Organisationen har ikke fået et navn. Den har ingen egne domæner.",
                "The organisation has no name.",
            ),
            ("{}", "Ingen mail regnes for sikker post.", "No mail counts as secure mail."),
            ("{}", "Ingen postkasser er nedlagt.", "No mailboxes are retired."),
            ("{}", "Tekst og bilag bliver ikke læst.", "Text and attachments are not read."),
            (r#"{"rules":{"cpr-in-body":"stop"}}"#, "cpr-in-body: ikke i brug", "Text and attachments are not read."),
            (
                r#"{"organisation":{"domains":["a.dk"]},"rules":{"cpr-in-body":"stop"}}"#,
                "læser Sendvagt også teksten, men kun i en mail med eksterne modtagere",
                "also reads the text, but only of a mail with outside recipients",
            ),
            (
                r#"{"organisation":{"domains":["a.dk"]},"rules":{"cpr-in-body":"ask","cpr-in-attachment-name":"ask"},"onUnread":"ask"}"#,
                "også teksten og bilagenes navne",
                "If it does not come in time, the user is asked.",
            ),
            (
                r#"{"organisation":{"domains":["a.dk"]},"rules":{"cpr-in-attachment-name":"ask"}}"#,
                "sendt uden den del af kontrollen",
                "also reads the names of the attachments",
            ),
            (
                r#"{"organisation":{"domains":["a.dk"]},"mode":"observe","rules":{"cpr-in-body":"stop"}}"#,
                "Tekst og bilag bliver ikke læst.",
                "Text and attachments are not read.",
            ),
            ("{}", "Reglerne er slået til som vist herunder.", "The rules are on as shown below."),
            ("{}", "Kan en mail ikke kontrolleres, får brugeren det at vide", "the user is told and decides"),
            (
                "{}",
                "Sproget følger brugerens Outlook. Er der intet tilbage",
                "follows each user's Outlook. When nothing",
            ),
            (
                "{}",
                "- cpr-in-subject: stopper. Der står et CPR-nummer",
                "- cpr-in-subject: stops. The subject contains",
            ),
            (r#"{"organisation":{"name":"X"}}"#, "Reglerne gælder for X.", "These are the rules of X."),
            (
                r#"{"organisation":{"domains":["a.dk","b.dk"]}}"#,
                "Egne domæner: a.dk, b.dk.",
                "Its own domains: a.dk, b.dk.",
            ),
            (r#"{"mode":"advise"}"#, "Sendvagt spørger i stedet", "Sendvagt asks instead"),
            (r#"{"mode":"observe"}"#, "Sendvagt stopper ikke og spørger ikke", "Sendvagt neither stops nor asks"),
            (
                r#"{"mode":"observe"}"#,
                "- cpr-in-subject: viser sig kun i ruden. ",
                "- cpr-in-subject: shows in the task pane only. ",
            ),
            (r#"{"mode":"advise"}"#, "- cpr-in-subject: spørger. ", "- cpr-in-subject: asks. "),
            ("{}", "- private-mailbox: ikke i brug. ", "- private-mailbox: not in use. "),
            (r#"{"secureMail":{"tags":["sikker"]}}"#, "- private-mailbox: spørger. ", "- private-mailbox: asks. "),
            ("{}", "viser ruden, hvem brugeren skal kontakte.", "sees in the task pane whom to contact."),
            ("{}", "Mange er 5 eller flere med private mailadresser i Til og Cc.", "Many are 5 or more"),
            (
                r#"{"organisation":{"domains":["x.dk"]},"visibleRecipients":{"private":3,"outside":40}}"#,
                "3 eller flere med private mailadresser i Til og Cc, eller 40 eksterne i alt.",
                "3 or more with private mail addresses in To and Cc, or 40 outsiders in all.",
            ),
            (
                r#"{"falseStop":"allow"}"#,
                "kan brugeren sige det i ruden og sende.",
                "can say so in the task pane and send.",
            ),
            (
                r#"{"secureMail":{"tags":["sikker"],"how":{"da":"Vælg Sikker.","en":"Choose Secure."}}}"#,
                "Sådan sender man sikker post: Vælg Sikker.",
                "How to send secure mail: Choose Secure.",
            ),
            (r#"{"rules":{"cpr-in-subject":"off"}}"#, "- cpr-in-subject: slået fra. ", "- cpr-in-subject: off. "),
            (r#"{"rules":{"cpr-in-subject":"ask"}}"#, "- cpr-in-subject: spørger. ", "- cpr-in-subject: asks. "),
            (
                r#"{"secureMail":{"from":["a@x.dk","b@x.dk"]}}"#,
                "- den sendes fra a@x.dk eller b@x.dk",
                "a@x.dk or b@x.dk",
            ),
            (r#"{"secureMail":{"tags":["sikker"]}}"#, "- emnet har mærket sikker", "- the subject has the tag sikker"),
            (
                r#"{"secureMail":{"domains":["x.dk"]}}"#,
                "- en modtager har domænet x.dk",
                "- a recipient has the domain x.dk",
            ),
            (r#"{"secureMail":{"addresses":["a@x.dk"]}}"#, "- en modtager er a@x.dk", "- a recipient is a@x.dk"),
            (
                r#"{"secureMail":{"labels":["5b0c8c6e-0000-4000-8000-000000000001"]}}"#,
                "følsomhedsmærkaten 5b0c8c6e-0000-4000-8000-000000000001",
                "the sensitivity label 5b0c8c6e-0000-4000-8000-000000000001",
            ),
            (r#"{"secureMail":{"headers":[{"name":"x-a"}]}}"#, "internetheaderen x-a\n", "the internet header x-a\n"),
            (r#"{"secureMail":{"headers":[{"name":"x-a","value":"1"}]}}"#, "internetheaderen x-a: 1", "header x-a: 1"),
            (r#"{"secureMail":{"everyExternal":true}}"#, "- en modtager er uden for", "- a recipient is outside"),
            (
                r#"{"secureMail":{"reaches":{"domains":["x.dk"],"addresses":["a@y.dk"]}}}"#,
                "og: x.dk, a@y.dk.",
                "and: x.dk, a@y.dk.",
            ),
            (r#"{"retiredMailboxes":[{"address":"a@x.dk"}]}"#, "nedlagt:\n- a@x.dk\n", "retired:\n- a@x.dk\n"),
            (
                r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"b@x.dk"}]}"#,
                "- a@x.dk: brug b@x.dk",
                "use b@x.dk",
            ),
            (r#"{"knownDomains":["a.dk","b.dk"]}"#, "Andre kendte domæner: a.dk, b.dk.", "Other known domains: a.dk"),
            (r#"{"privateServices":["a.dk"]}"#, "Flere private mailtjenester: a.dk.", "More private mail services: a"),
            (
                r#"{"words":{"cpr":["borgerid"],"other":["novasag"]}}"#,
                "Egne ord før et CPR-nummer: borgerid.\nEgne ord før et andet nummer: novasag.",
                "Own words before a CPR number: borgerid.\nOwn words before another number: novasag.",
            ),
            (r#"{"onFailure":"send"}"#, "bliver den sendt uden kontrol", "is sent unchecked"),
            (r#"{"onFailure":"stop"}"#, "bliver den ikke sendt", "is not sent"),
            (r#"{"language":"da"}"#, "Sproget er altid dansk.", "The language is always Danish."),
            (r#"{"language":"en"}"#, "Sproget er altid engelsk.", "The language is always English."),
            (
                r#"{"practice":{"offer":true}}"#,
                "får det tilbudt i Sendvagts rude.",
                "are offered practice in Sendvagt's pane.",
            ),
            (r#"{"practice":{"offer":false}}"#, "Ingen får tilbud om at øve sig.", "Nobody is offered practice."),
            (
                r#"{"practice":{"course":"https://x.dk"}}"#,
                "Eget kursus: https://x.dk.",
                "Your own course: https://x.dk.",
            ),
        ];
        for (policy, danish, english) in cases {
            for (language, words) in [(Language::Da, danish), (Language::En, english)] {
                let all = explained(policy, language);
                assert!(all.contains(words), "{policy}: {words}\n{all}");
            }
        }
    }

    #[test]
    fn a_part_is_explained_by_what_it_makes_different() {
        let organisation = |name: &str, contact: Option<&str>| Organisation {
            name: name.to_owned(),
            contact: contact.map(str::to_owned),
            ..Organisation::default()
        };
        let part = PolicyFile {
            senders: vec!["vest.dk".to_owned(), "sikker@faelles.dk".to_owned()],
            organisation: organisation("Vest", None),
            mode: Mode::Observe,
            ..PolicyFile::default()
        };
        let file =
            PolicyFile { parts: vec![part], organisation: organisation("Fælles", None), ..PolicyFile::default() };
        let all = explain(&Policy::new(file), Language::Da);
        let (common, own) =
            all.split_once("## Mails fra vest.dk eller sikker@faelles.dk\n\n").expect("it has a heading");
        assert!(common.contains("Reglerne gælder for Fælles.") && common.contains("Ingen postkasser er nedlagt."));
        assert!(own.contains("Reglerne gælder for Vest.") && own.contains("Sendvagt stopper ikke"), "{own}");
        assert!(!own.contains("Ingen postkasser") && !own.contains("Sproget"), "{own}");
    }

    #[test]
    fn an_empty_list_is_left_out() {
        let all = explained(r#"{"secureMail":{"tags":["sikker"]}}"#, Language::En);
        for absent in ["it is sent from", "has the domain", "reaches", "label", "header", "is outside", "\n\n\n"] {
            assert!(!all.contains(absent), "{absent}\n{all}");
        }
    }
}

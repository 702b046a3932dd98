//! What is wrong with a scene, so that no user practises on it.

use sendvagt::{Language, Policy, Verdict, check};

use super::scene::{Mail, Scene, WrongMail};
use super::{LONGEST_SENTENCE, senders};

impl Scene {
    /// Everything that is wrong with the scene; empty when users can practise on it.
    #[must_use]
    pub fn problems(&self, policy: &Policy) -> Vec<String> {
        let mut problems = Vec::new();
        for (name, texts) in [("title", &self.title), ("task", &self.task), ("explanation", &self.explanation)] {
            Language::ALL
                .into_iter()
                .for_each(|language| problems.extend(hard_to_read(name, texts.get(language), language)));
        }
        let mails = [&self.start, &self.model].into_iter().chain(self.wrong.iter().map(|wrong| &wrong.mail));
        mails.for_each(|mail| problems.extend(not_offered(mail, policy)));
        for language in Language::ALL {
            problems.extend(self.misjudged(policy, language));
        }
        if self.wrong.is_empty() && !self.is_clean() {
            problems.push("it teaches no finding; add a [[wrong]] mail, or leave out [model]".to_owned());
        }
        problems.into_iter().map(|problem| format!("{}: {problem}", self.id)).collect()
    }

    /// Wrong mails without their finding, and a model answer that is not sent.
    fn misjudged(&self, policy: &Policy, language: Language) -> Vec<String> {
        let tag = language.tag();
        let mut problems = Vec::new();
        for (number, WrongMail { finding, mail }) in self.wrong.iter().enumerate() {
            let found = rule_names(&check(policy, &mail.draft(language), language));
            if !found.contains(finding) {
                problems.push(format!("{tag}: wrong mail {number} gives {found:?}, not {finding}"));
            }
        }
        let verdict = check(policy, &self.model.draft(language), language);
        let (subject, to) = (self.model.subject.get(language), self.model.to.iter().chain(&self.model.bcc));
        if !verdict.findings.is_empty() || !verdict.unjudged.is_empty() {
            problems.push(format!("{tag}: the model is not clean: {:?}", rule_names(&verdict)));
        }
        if subject.trim().is_empty() || to.count() == 0 {
            problems.push(format!("{tag}: the model needs a subject and a recipient"));
        }
        problems
    }
}

fn rule_names(verdict: &Verdict) -> Vec<String> {
    verdict.findings.iter().map(|finding| finding.rule.clone()).collect()
}

/// The user picks senders and labels from lists, and can send nothing else.
fn not_offered(mail: &Mail, policy: &Policy) -> Option<String> {
    let known_from = senders(policy).contains(&mail.from);
    let known_label = mail.label.is_empty() || policy.file().secure_mail.labels.contains(&mail.label);
    (!known_from || !known_label)
        .then(|| "a mail has a sender or a label that is not offered; add it to the policy of the practice".to_owned())
}

/// A text that is missing, and each sentence that is too long.
fn hard_to_read(name: &str, text: &str, language: Language) -> Vec<String> {
    let tag = language.tag();
    if text.trim().is_empty() {
        return vec![format!("{name}.{tag} is empty")];
    }
    let long = text.split_inclusive(['.', '!', '?', ':']).filter(|part| word_count(part) > LONGEST_SENTENCE);
    long.map(|part| {
        format!("{name}.{tag}: a sentence of {} words is too long; shorten it: {}", word_count(part), part.trim())
    })
    .collect()
}

fn word_count(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

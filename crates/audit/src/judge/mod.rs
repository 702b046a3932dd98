//! One mail, checked by the engine itself.

pub(crate) mod timestamp;

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use sendvagt::policy::{Action, Mode, OnUnread, VisibleRecipients};
use sendvagt::rules::{Counted, Wanted, counted, is_ours, is_sought, wanted};
use sendvagt::verdict::{At, Finding};
use sendvagt::{Attachment, Body, Draft, Field, Language, Policy, PolicyFile, Recipient, RuleName, Unread, check, cpr};

use self::timestamp::Timestamp;

/// The rules that an audit can report. The others need more of a mail than it has.
pub(crate) const RULES: [RuleName; 7] = [
    RuleName::CprInSubject,
    RuleName::RetiredMailbox,
    RuleName::PossibleCprInSubject,
    RuleName::VisibleRecipients,
    RuleName::CprInBody,
    RuleName::CprInAttachmentName,
    RuleName::OwnPattern,
];

/// Why the text of a mail, or the names of its attachments, were not read, or not to their end. The gravest first: one is told
/// of each mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TextGap {
    /// The policy does not say who is inside for this sender, so that nobody is known to be outside.
    NobodyKnown,
    /// It is encrypted.
    Encrypted,
    /// It is in TNEF, a form that only Outlook reads.
    Tnef,
    /// It is neither HTML nor plain text.
    Form,
    /// It has more parts than are read, or they are too deep in each other.
    Parts,
    /// It is damaged, or cut short.
    Damaged,
    /// It is longer than is read.
    TooLong,
    /// Its charset is unknown.
    Charset,
    /// The draft does not hold it.
    NotInDraft,
}

/// What a mail holds beyond its headers.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// The texts that a reader sees. Most mails have one.
    pub(crate) bodies: Vec<Body>,
    /// The same texts in the form for those who see no HTML.
    pub(crate) alternatives: Vec<Body>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) gap: Option<TextGap>,
}

/// A mail from a file.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    /// The line on which it begins, from 0 in its block or its file.
    pub(crate) line: u64,
    pub(crate) id: String,
    pub(crate) date: Option<Timestamp>,
    pub(crate) draft: Draft,
    /// Was its text passed over, since someone outside sent it?
    pub(crate) is_received: bool,
    /// What it holds beyond that; `None` if nobody asked for it. Of a draft it is in the draft itself.
    pub(crate) contents: Option<Contents>,
}

impl Mail {
    /// Adds recipients in a field.
    pub(crate) fn with_recipients<'a>(mut self, field: Field, addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let recipient = |address: &str| Recipient { field, address: address.to_owned(), ..Recipient::default() };
        self.draft.recipients.extend(addresses.into_iter().map(recipient));
        self
    }

    /// The mail with its own day in the draft, unless the draft has one.
    fn dated(mut self) -> Self {
        self.draft.date = self.draft.date.or(self.date.as_ref().map(Timestamp::day));
        self
    }
}

/// A mail with findings.
#[derive(Debug)]
pub(crate) struct FlaggedMail {
    /// The line on which it begins: from 0 in its block, and from 1 in its file once it is counted.
    pub(crate) line: u64,
    /// Its message id, in which CPR numbers are masked.
    pub(crate) id: String,
    /// Identifies the mail, which may be on many lines of an export; `None` if it has no message id.
    pub(crate) key: Option<u64>,
    pub(crate) date: Option<Timestamp>,
    /// The sending domain; empty if unknown.
    pub(crate) from: String,
    /// The receiving domains, each once.
    pub(crate) to: Vec<String>,
    pub(crate) findings: Vec<AuditFinding>,
    /// Only with `--reveal`.
    pub(crate) revealed: Option<Revealed>,
}

/// A finding, as far as an audit keeps it.
#[derive(Debug)]
pub(crate) struct AuditFinding {
    pub(crate) rule: RuleName,
    pub(crate) place: Place,
    /// Start and end in the subject, in UTF-16 code units; `None` elsewhere.
    pub(crate) at: Option<(usize, usize)>,
    /// The domain of the recipient; `None` for the subject.
    pub(crate) recipient_domain: Option<String>,
    /// Identifies the recipient's address; 0 for the subject.
    pub(crate) recipient_key: u64,
    /// Tells numbers apart that stand at the same place of two mails of one message id; 0 elsewhere.
    pub(crate) number_key: u64,
    pub(crate) evidence: Vec<String>,
    /// The number in a subject, masked; empty elsewhere.
    pub(crate) number: String,
    /// How many different numbers there are in a text.
    pub(crate) different: Option<usize>,
    /// The number in a subject or the address as it is written; only with `--reveal`.
    pub(crate) revealed: Option<String>,
}

/// Where in a mail something was found. Texts and attachments are counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    #[default]
    Subject,
    Recipient,
    Mail,
    Text(usize),
    EarlierMail(usize),
    Attachment(usize),
}

impl Place {
    pub(crate) fn is_of_content(self) -> bool {
        matches!(self, Self::Text(_) | Self::EarlierMail(_) | Self::Attachment(_))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Subject => out.write_str("subject"),
            Self::Recipient => out.write_str("recipient"),
            Self::Mail => out.write_str("mail"),
            // Few mails have several.
            Self::Text(1) => out.write_str("text"),
            Self::Text(number) => write!(out, "text {number}"),
            Self::EarlierMail(1) => out.write_str("earlier mail"),
            Self::EarlierMail(number) => write!(out, "earlier mail {number}"),
            Self::Attachment(number) => write!(out, "attachment {number}"),
        }
    }
}

/// The personal data of a mail.
#[derive(Debug)]
pub(crate) struct Revealed {
    pub(crate) subject: String,
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
}

/// Checks mails under a policy.
pub(crate) struct Judge {
    policy: Policy,
    /// The words by which a scan that does not know the sender tells what may be a number to any part of the policy.
    words: cpr::ContextWords,
    checks_recipients: bool,
    /// So many recipients in *To* and *Cc* may be too many; `None` if the policy does not check for them.
    crowd: Option<usize>,
    reveal: bool,
    reads_text: bool,
    /// Has any part of the policy patterns of its own in use?
    has_patterns: bool,
    rules: Vec<RuleName>,
    /// The headers and labels by which the policy tells secure mail, if texts are read.
    signs: Signs,
}

/// What may be in the headers of a mail that makes it secure mail.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    pub(crate) headers: Vec<String>,
    pub(crate) labels: Vec<String>,
}

/// What there is to do about the text of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Nobody reads it: it was not asked for, or the mail is secure mail or stays inside.
    Nothing,
    /// Nobody reads it, since someone outside sent it.
    Received,
    /// It is read.
    Text,
    /// It cannot be read.
    Gap(TextGap),
}

impl Judge {
    /// Judges by this policy. With `reads_text` the rules on texts and attachments are on, whatever the policy does with them: the
    /// audit is asked before they are turned on.
    pub(crate) fn new(policy: Policy, reveal: bool, reads_text: bool) -> Self {
        let policy = if reads_text { Policy::new(with_text(policy.whole_file())) } else { policy };
        let signs = if reads_text { Signs::of(&policy) } else { Signs::default() };
        let sees_crowds = |policy: &&Policy| RuleName::VisibleRecipients.action(policy) != Action::Off;
        let few = |policy: &Policy| {
            let VisibleRecipients { private, outside } = policy.file().visible_recipients;
            usize::from(private.min(outside))
        };
        let crowd = policy.all().filter(sees_crowds).map(few).min();
        let checks_recipients = policy.all().any(checks_recipients);
        let has_patterns = policy.all().any(|policy| RuleName::OwnPattern.action(policy) != Action::Off);
        let words = scan_words(&policy);
        let is_reported = |rule: &RuleName| match rule {
            RuleName::OwnPattern => has_patterns,
            rule => reads_text || !rule.is_of_content(),
        };
        let rules = RULES.into_iter().filter(is_reported).collect();
        Self { words, checks_recipients, crowd, policy, reveal, reads_text, signs, has_patterns, rules }
    }

    /// The rules that are reported: those on texts where texts are read, and the organisation's own patterns where it has any.
    pub(crate) fn rules(&self) -> &[RuleName] {
        &self.rules
    }

    /// Has the organisation patterns of its own?
    pub(crate) fn has_patterns(&self) -> bool {
        self.has_patterns
    }

    /// Is one of the organisation's own patterns in this subject?
    pub(crate) fn is_sought(&self, subject: &[u8]) -> bool {
        self.has_patterns && is_sought(&self.policy, &String::from_utf8_lossy(subject))
    }

    /// Are texts and the names of attachments read?
    pub(crate) fn reads_text(&self) -> bool {
        self.reads_text
    }

    /// The headers and labels that make a mail secure mail, where texts are read.
    pub(crate) fn signs(&self) -> &Signs {
        &self.signs
    }

    /// Is the text of a mail wanted, of which subject, recipients and signs of secure mail are known?
    pub(crate) fn wish(&self, draft: &Draft) -> Wish {
        if !self.reads_text {
            Wish::Nothing
        } else if !self.policy.of_sender(draft.from.as_deref()).knows_itself() {
            Wish::Gap(TextGap::NobodyKnown)
        } else if wanted(&self.policy, draft) == Wanted::default() {
            Wish::Nothing
        } else {
            Wish::Text
        }
    }

    /// The same of a mail that may have been received.
    pub(crate) fn wish_of_mail(&self, draft: &Draft) -> Wish {
        match self.wish(draft) {
            Wish::Text if !is_ours(&self.policy, draft) => Wish::Received,
            wish => wish,
        }
    }

    /// What of the text of a draft is missing, which holds it itself.
    pub(crate) fn gap_of_draft(draft: &Draft) -> Option<TextGap> {
        let is_unread = |part| draft.unread.contains(&part);
        let is_whole = draft.body.as_ref().is_some_and(|body| !body.cut);
        (!is_whole || is_unread(Unread::Body) || is_unread(Unread::Attachments)).then_some(TextGap::NotInDraft)
    }

    /// The words by which numbers are distinguished where the sender is not known yet: nothing that is a number to any part
    /// of the policy is ruled out.
    pub(crate) fn context_words(&self) -> &cpr::ContextWords {
        &self.words
    }

    /// Can there be findings at recipients at all?
    pub(crate) fn checks_recipients(&self) -> bool {
        self.checks_recipients
    }

    /// Is this a retired mailbox, and does the policy check for them?
    pub(crate) fn is_retired(&self, address: &str) -> bool {
        self.checks_recipients && self.policy.all().any(|policy| checks_recipients(policy) && policy.retires(address))
    }

    /// May so many see each other's addresses that the rule reports them?
    fn is_crowd(&self, draft: &Draft) -> bool {
        self.crowd.is_some_and(|few| draft.recipients.iter().filter(|one| one.field != Field::Bcc).count() >= few)
    }

    /// The numbers in the subject of a draft, as the engine finds them.
    fn numbers(&self, draft: &Draft) -> Vec<cpr::Candidate> {
        let words = self.policy.of_sender(draft.from.as_deref()).words();
        cpr::find_on(&draft.subject, words, Some(draft.day()))
    }

    /// Checks a mail if its subject may hold a number, a recipient is retired, or many may see each other.
    pub(crate) fn check_if_suspect(&self, mail: Mail) -> Option<FlaggedMail> {
        let mail = mail.dated();
        let numbers = self.numbers(&mail.draft);
        let has_text = mail.contents.is_some() || (self.reads_text && self.wish(&mail.draft) == Wish::Text);
        let is_suspect = !numbers.is_empty()
            || has_text
            || self.is_crowd(&mail.draft)
            || self.is_sought(mail.draft.subject.as_bytes())
            || mail.draft.recipients.iter().any(|recipient| self.is_retired(&recipient.address));
        is_suspect.then(|| self.check(mail, &numbers)).flatten()
    }

    /// Has the engine check a mail; `None` if it has no findings that an audit reports. The verdict says where in the
    /// subject a number is, and `numbers`, which was found there, says which one.
    pub(crate) fn check(&self, mail: Mail, numbers: &[cpr::Candidate]) -> Option<FlaggedMail> {
        let mut mail = mail.dated();
        let contents = mail.contents.take().unwrap_or_default();
        let mut bodies = contents.bodies.into_iter();
        if let Some(body) = bodies.next() {
            mail.draft.body = Some(body);
        }
        mail.draft.attachments.extend(contents.attachments);
        let verdict = check(&self.policy, &mail.draft, Language::En);
        // The day of the mail may make another number of the same digits.
        let is_known = |finding: &Finding| match finding.at {
            At::Subject(start, end) => numbers.iter().any(|number| number.at == (start..end)),
            _ => true,
        };
        let on_the_day = if verdict.findings.iter().all(is_known) { Vec::new() } else { self.numbers(&mail.draft) };
        let numbers = if on_the_day.is_empty() { numbers } else { on_the_day.as_slice() };
        let keep = |finding| self.keep(finding, &mail.draft, numbers, 1);
        let mut findings: Vec<AuditFinding> = verdict.findings.into_iter().filter_map(keep).collect();
        mail.draft.attachments.clear();
        for (body, number) in bodies.zip(2..) {
            findings.extend(self.in_text(&mut mail.draft, body, number));
        }
        // What stands in both forms of a text counts once, and what stands only in the other one is found.
        let found: Vec<RuleName> =
            findings.iter().filter(|one| one.place.is_of_content()).map(|finding| finding.rule).collect();
        for (body, number) in contents.alternatives.into_iter().zip(1..) {
            let more = self.in_text(&mut mail.draft, body, number);
            findings.extend(more.into_iter().filter(|finding| !found.contains(&finding.rule)));
        }
        if findings.is_empty() {
            return None;
        }
        let recipients = mail.draft.recipients.iter();
        let mut to: Vec<String> = recipients.map(|recipient| domain_of(&recipient.address)).collect();
        to.sort_unstable();
        to.dedup();
        let from = mail.draft.from.unwrap_or_default();
        let id = mail.id.trim();
        Some(FlaggedMail {
            line: mail.line,
            key: (!id.is_empty()).then(|| key(id)),
            id: if self.reveal { id.to_owned() } else { self.mask_numbers(id) },
            date: mail.date,
            to,
            findings,
            revealed: self.reveal.then(|| Revealed {
                subject: mail.draft.subject,
                from: from.clone(),
                to: mail.draft.recipients.into_iter().map(|recipient| recipient.address).collect(),
            }),
            from: domain_of(&from),
        })
    }

    /// What is found in one more text of a mail.
    fn in_text(&self, draft: &mut Draft, body: Body, number: usize) -> Vec<AuditFinding> {
        draft.body = Some(body);
        let findings = check(&self.policy, draft, Language::En).findings;
        let kept = findings.into_iter().filter_map(|finding| self.keep(finding, draft, &[], number));
        kept.filter(|finding| finding.place.is_of_content()).collect()
    }

    /// `text` is the number of the draft's text among those of the mail.
    fn keep(&self, finding: Finding, draft: &Draft, numbers: &[cpr::Candidate], text: usize) -> Option<AuditFinding> {
        let rule = self.rules.iter().copied().find(|rule| rule.as_str() == finding.rule)?;
        let elsewhere = |place, evidence| AuditFinding {
            rule,
            place,
            at: None,
            recipient_domain: None,
            recipient_key: 0,
            number_key: 0,
            evidence,
            number: String::new(),
            different: None,
            revealed: None,
        };
        Some(match finding.at {
            At::Subject(start, end) => {
                let number = numbers.iter().find(|number| number.at == (start..end));
                let written = number.and_then(|number| draft.subject.get(number.bytes.clone()));
                AuditFinding {
                    at: Some((start, end)),
                    number: number.map(|number| number.masked().to_string()).unwrap_or_default(),
                    number_key: written.map_or(0, key),
                    revealed: written.filter(|_| self.reveal).map(str::to_owned),
                    ..elsewhere(Place::Subject, finding.evidence)
                }
            }
            At::Recipient(index) => {
                let address = draft.recipients.get(index).map_or("", |recipient| recipient.address.as_str());
                AuditFinding {
                    recipient_domain: Some(domain_of(address)),
                    recipient_key: key(&address.to_lowercase()),
                    revealed: self.reveal.then(|| address.to_owned()),
                    ..elsewhere(Place::Recipient, finding.evidence)
                }
            }
            // A pattern's evidence is where it stands.
            At::Draft {} => {
                let place = match finding.evidence.first().map(String::as_str) {
                    Some("in-subject") => Place::Subject,
                    Some("in-body") => Place::Text(text),
                    _ => Place::Mail,
                };
                elsewhere(place, finding.evidence)
            }
            // Nothing of a text or of a name is kept, whether or not anything is revealed.
            At::Body(..) => {
                let counted = counted(&self.policy, draft, finding.at);
                let place = match counted {
                    Some(Counted { is_quoted: true, .. }) => Place::EarlierMail(text),
                    _ => Place::Text(text),
                };
                AuditFinding {
                    different: counted.map(|counted| counted.different),
                    ..elsewhere(place, finding.evidence)
                }
            }
            // As a reader counts them, who sees no pictures of the text among them.
            At::Attachment { index, .. } => {
                let upto = draft.attachments.iter().take(index + 1);
                let number = upto.filter(|attachment| !attachment.inline).count();
                elsewhere(Place::Attachment(number), finding.evidence)
            }
        })
    }

    /// The name of a file as every output shows it: Outlook names a mail that is saved by its subject.
    pub(crate) fn shown_name(&self, name: &str) -> String {
        let plain: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        if self.reveal { plain } else { self.mask_numbers(&plain) }
    }

    /// Masks the CPR numbers in a message id: some systems put one into the ids that they make.
    fn mask_numbers(&self, id: &str) -> String {
        let (mut masked, mut done) = (String::new(), 0);
        for number in cpr::find_on(id, self.context_words(), None) {
            masked.push_str(id.get(done..number.bytes.start).unwrap_or_default());
            masked.push_str(&number.masked().to_string());
            done = number.bytes.end;
        }
        masked.push_str(id.get(done..).unwrap_or_default());
        mask_runs(&masked)
    }
}

impl Signs {
    fn of(policy: &Policy) -> Self {
        let secure = || policy.all().map(|policy| &policy.file().secure_mail);
        Self {
            headers: secure().flat_map(|secure| &secure.headers).map(|header| header.name.clone()).collect(),
            labels: secure().flat_map(|secure| secure.labels.iter().cloned()).collect(),
        }
    }
}

/// The policy with all rules on texts and attachments on, and with nothing that would keep the engine from asking for them.
fn with_text(mut file: PolicyFile) -> PolicyFile {
    for rule in RuleName::ALL.into_iter().filter(|rule| rule.is_of_content()) {
        file.rules.set(rule, Action::Stop);
    }
    file.mode = Mode::Enforce;
    // What could not be read is counted, and is no finding.
    file.on_unread = OnUnread::Send;
    file.parts = file.parts.into_iter().map(with_text).collect();
    file
}

fn checks_recipients(policy: &Policy) -> bool {
    !policy.file().retired_mailboxes.is_empty() && RuleName::RetiredMailbox.action(policy) != Action::Off
}

/// Masks the last four of ten digits in a row that may be a CPR number by their date, whatever stands around them: a message id
/// is no text in which something else could be meant.
fn mask_runs(id: &str) -> String {
    let mut masked = String::new();
    for run in id.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        let two = |at: usize| digits.get(at..at + 2).and_then(|two| two.parse().ok()).unwrap_or(0_u8);
        if digits.len() == 10 && (1..=31).contains(&(two(0) % 60)) && (1..=12).contains(&two(2)) {
            masked.push_str(digits.get(..6).unwrap_or_default());
            masked.push_str("-••••");
            masked.push_str(run.get(10..).unwrap_or_default());
        } else {
            masked.push_str(run);
        }
    }
    masked
}

/// What any part calls a CPR number, and only what all of them call some other number.
fn scan_words(policy: &Policy) -> cpr::ContextWords {
    let words = || policy.all().map(|policy| &policy.file().words);
    let cpr: Vec<String> = words().flat_map(|words| words.cpr.iter().cloned()).collect();
    let of_all = |word: &&String| words().all(|words| words.other.contains(word));
    let other: Vec<String> = policy.file().words.other.iter().filter(of_all).cloned().collect();
    cpr::ContextWords::default().with_cpr(&cpr).with_other(&other)
}

/// The domain of an address in lower case; empty if there is none, or if it might hold a number.
pub(crate) fn domain_of(address: &str) -> String {
    let address = address.trim().trim_end_matches(['>', ';', '"', '\'']).trim_end();
    let Some((_, domain)) = address.rsplit_once('@') else { return String::new() };
    let domain = domain.trim_end_matches('.').to_lowercase();
    let is_domain = domain.contains('.')
        && domain.len() <= 253
        && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let digits = domain.chars().filter(char::is_ascii_digit).count();
    if is_domain && digits < 8 { domain } else { String::new() }
}

/// A hash that identifies a mail or an address, so that neither is kept.
fn key(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

#[cfg(test)]
mod tests {
    use sendvagt::policy::{NumberWords, RetiredMailbox};
    use sendvagt::{Draft, Field, Policy, PolicyFile, cpr};

    use super::{Judge, Mail, domain_of, mask_runs};

    /// Some systems begin a message id with the number that stood in the subject. A time before it or after it made it no number
    /// to the engine, and it was shown whole.
    #[test]
    fn ten_digits_that_begin_with_a_date_are_masked_in_message_ids() {
        for (id, masked) in [
            ("<0102031234.1762159282@x>", "<010203-••••.1762159282@x>"),
            ("<a0102031234@x>", "<a010203-••••@x>"),
            ("<6102031234@x>", "<610203-••••@x>"),
            ("<01020312345@x>", "<01020312345@x>"),
            ("<1762159282@x>", "<1762159282@x>"),
            ("0102031234", "010203-••••"),
            ("<é0102031234é@x>", "<é010203-••••é@x>"),
        ] {
            assert_eq!(mask_runs(id), masked);
        }
    }

    #[test]
    fn only_the_domain_of_an_address_is_kept() {
        for (address, expected) in [
            ("Jens@Kommune.example", "kommune.example"),
            ("Jens <jens@kommune.example>", "kommune.example"),
            ("jens@ærø.example.", "ærø.example"),
            ("010203-1234", ""),
            ("jens@0102031234.example", ""),
            ("jens@localhost", ""),
            ("jens@a b.example", ""),
            ("=cmd|'x'!a@b.c\"d", ""),
            ("/o=Eksempel/cn=jens", ""),
            ("", ""),
        ] {
            assert_eq!(domain_of(address), expected);
        }
    }

    #[test]
    fn each_mail_is_judged_by_the_part_of_its_sender() {
        let part = |sender: &str, other: &[&str], retired: &[&str]| PolicyFile {
            senders: vec![sender.to_owned()],
            words: NumberWords {
                other: other.iter().map(|word| (*word).to_owned()).collect(),
                ..NumberWords::default()
            },
            retired_mailboxes: retired
                .iter()
                .map(|address| RetiredMailbox { address: (*address).to_owned(), ..RetiredMailbox::default() })
                .collect(),
            ..PolicyFile::default()
        };
        let parts = vec![part("a.example", &["novasag"], &[]), part("b.example", &[], &["post@gammel.example"])];
        let judge = Judge::new(Policy::new(PolicyFile { parts, ..PolicyFile::default() }), false, false);
        for (from, subject, to, found) in [
            ("x@a.example", "novasag 0102031234", "y@c.example", ""),
            ("x@b.example", "novasag 0102031234", "y@c.example", "possible-cpr-in-subject"),
            ("x@c.example", "novasag 0102031234", "y@c.example", "possible-cpr-in-subject"),
            ("x@a.example", "Møde", "post@gammel.example", ""),
            ("x@b.example", "Møde", "post@gammel.example", "retired-mailbox"),
        ] {
            let draft = Draft { subject: subject.to_owned(), from: Some(from.to_owned()), ..Draft::default() };
            let mail = || Mail { draft: draft.clone(), ..Mail::default() }.with_recipients(Field::To, [to]);
            // As it is found one by one, and by a scan that does not know the sender.
            let scanned = judge.check(mail(), &cpr::find_on(subject, judge.context_words(), None));
            for flagged in [judge.check_if_suspect(mail()), scanned] {
                let rules: Vec<&str> =
                    flagged.iter().flat_map(|mail| &mail.findings).map(|finding| finding.rule.as_str()).collect();
                assert_eq!(rules.join(" "), found, "{from}: {subject}, {to}");
            }
        }
    }

    #[test]
    fn those_who_see_each_other_are_found_where_the_fields_are_known() {
        let citizens: Vec<String> = (0..5).map(|n| format!("a{n}@gmail.com")).collect();
        for (field, policy, found) in [
            (Field::To, "{}", true),
            (Field::Cc, "{}", true),
            (Field::Bcc, "{}", false),
            (Field::To, r#"{"visibleRecipients":{"private":6}}"#, false),
            (Field::To, r#"{"rules":{"visible-recipients":"off"}}"#, false),
        ] {
            let policy = Policy::new(serde_json::from_str(policy).expect("the policy reads"));
            let mail = Mail::default().with_recipients(field, citizens.iter().map(String::as_str));
            let flagged = Judge::new(policy, false, false).check_if_suspect(mail);
            let rules: Vec<&str> =
                flagged.iter().flat_map(|mail| &mail.findings).map(|finding| finding.rule.as_str()).collect();
            assert_eq!(rules == ["visible-recipients"], found, "{field:?}: {rules:?}");
        }
    }

    #[test]
    fn nothing_is_kept_but_what_may_be_shown() {
        let mail = || Mail {
            id: "<sag-010203-1234@system.example>".to_owned(),
            draft: Draft { subject: "Vedr. 010203-1234".to_owned(), ..Draft::default() },
            ..Mail::default()
        };
        let flagged = Judge::new(Policy::default(), false, false).check_if_suspect(mail()).expect("it has a number");
        assert!(!format!("{flagged:?}").contains("1234"), "the number is masked, in the id too");
        let flagged = Judge::new(Policy::default(), true, false).check_if_suspect(mail()).expect("it has a number");
        assert_eq!(flagged.findings[0].revealed.as_deref(), Some("010203-1234"));
    }
}

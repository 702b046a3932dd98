//! Made-up drafts, by one generator for the property tests, the fuzz targets and the test that every build of the engine
//! gives the same verdicts.
//!
//! A draft is made from bytes, whoever chooses them: a property test shrinks them, a fuzzer mutates them, a seed repeats
//! them. Drafts are put together from what people write, from what gets in the way of reading it, and from anything at
//! all. The rules of the example policy speak of many of them. Every number and address is made up.

#![forbid(unsafe_code)]

use arbitrary::Unstructured;
use sendvagt::cpr::Date;
use sendvagt::{Attachment, Body, BodyKind, Draft, Field, Item, Recipient, RecipientKind, Unread};

/// What subjects are put together from.
const PIECES: &[&[&str]] = &[
    // CPR numbers in their spellings, and what is nearly one.
    &[
        "010203-1234",
        "0102031234",
        "010203 1234",
        "01.02.03-1234",
        "610203-1234",
        "130878-1OS6",
        "311299–4321",
        "310203-1234",
        "4739390345",
        "1312092317",
        "020304",
        "1234",
        "5678",
    ],
    // Other things that have digits.
    &["10.02.2026 10.30", "010226-1430", "150726-2807", "5800 Nyborg", "tlf. 12 34 56 78", "27.12.04", "2026", "kl. 9"],
    // Words.
    &[
        "Vedr. ",
        "SV: ",
        "VS: ",
        "cpr.nr. ",
        "født ",
        "barn født ",
        "faktura ",
        "P-nr. ",
        "sagsnr. ",
        "esdh-nr ",
        "[sikker] ",
        "#sikkerpost ",
        "underretning",
        "Møde med mor ",
        "og ",
        "kr.",
    ],
    // What stands between them.
    &[" ", "-", "–", "\u{2011}", ", ", ".", "(", ")", "/", ": ", "_", "»", "«", "\"", "\\", "\t", "\r\n", "\u{a0}", ""],
    // What gets in the way.
    &[
        "\u{200b}", "\u{ad}", "\u{202e}", "&nbsp;", "%20", "O", "l", "٣", "𝟘", "１", "😀", "æ", "a\u{30a}", "\u{301}",
        "\u{0}", "<b>",
    ],
];

/// What bodies are made of besides.
const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<br>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<div id=\"divRplyFwdMsg\">",
    "<div id=\"appendonsend\"></div>",
    "<blockquote type=\"cite\">",
    "</blockquote>",
    "<pre>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<a href=\"",
    "\">",
    "&#48;",
    "&nbsp",
    "\nFra: A\nSendt: B\nTil: C\n",
    "\n> ",
    "\r\n",
    "CPR\t",
    "https://x.example/",
];

/// Mailboxes of whom rules speak, and of whom they do not; and what is no mailbox.
const ADDRESSES: &[&str] = &[
    "kollega@kommune.example",
    "post@skole.kommune.example",
    "mellemkommunal@kommune.example",
    "MELLEMKOMMUNAL@kommune.example",
    "Post <post@gammelkommune.example>",
    "nogen@gammelkommune.example",
    "familieafdelingen@nabokommune.example",
    "post@nabokommune.example",
    "akut@region.example",
    "jura@region.example",
    "post@regoin.example",
    "borger@gmail.com",
    "borger@gmai1.com",
    "advokat@firma.example",
    "æ@ærø.dk",
    "010203-1234",
    "/o=ExchangeLabs/ou=x/cn=Recipients/cn=navn",
    "a@b@c.dk",
    "nonsense",
    "",
];

const NAMES: &[&str] = &["", "", "Karl Kollega", "Post <post@gammelkommune.example>", "010203-1234", "\u{202e}", "😀"];
const SENDERS: &[&str] = &["sikkerpost@kommune.example", "kollega@kommune.example", "nonsense", ""];
const LABELS: &[&str] = &["5b0c8c6e-0000-4000-8000-000000000001", "fortroligt", ""];
const HEADERS: &[&str] = &["x-sikker", "X-SIKKER", "x-andet", ""];
const VALUES: &[&str] = &["", "ja", "nej", "1"];
const MARKS: &[&str] = &["unchecked", "cpr-in-subject:0-11", "possible-cpr-in-subject:0-10", "private-mailbox:0"];
const NOTES: &[&str] = &["", "1", "17 4711 9000", "not a note", "16383 16384 99999999999999999999"];

/// A draft in which any field may be set. When the bytes run out, the rest is as short as it can be.
pub fn draft(bytes: &mut Unstructured<'_>) -> Draft {
    let mut draft = Draft { subject: subject(bytes), ..Draft::default() };
    if one_in(bytes, 3) {
        draft.item = Item::Appointment;
    }
    draft.recipients = list(bytes, 5, recipient);
    draft.from = one_in(bytes, 3).then(|| pick(bytes, SENDERS).to_owned());
    if one_in(bytes, 4) {
        draft.labels = list(bytes, 3, |bytes| pick(bytes, LABELS).to_owned());
    }
    if one_in(bytes, 4) {
        let header = |bytes: &mut Unstructured<'_>| (pick(bytes, HEADERS).to_owned(), pick(bytes, VALUES).to_owned());
        draft.headers = list(bytes, 3, header).into_iter().collect();
    }
    draft.date = one_in(bytes, 2).then(|| day(bytes)).flatten();
    draft.asked = one_in(bytes, 8).then(|| pick(bytes, MARKS).to_owned());
    draft.conversation = one_in(bytes, 4).then(|| pick(bytes, NOTES).to_owned());
    draft.body = one_in(bytes, 4).then(|| body(bytes));
    if one_in(bytes, 4) {
        draft.attachments = list(bytes, 3, attachment);
    }
    draft.not_cpr = list(bytes, 8, |bytes| pick(bytes, MARKS).to_owned());
    if one_in(bytes, 4) {
        draft.unread = list(bytes, 3, |bytes| {
            use Unread::{Attachments, Body, From, Headers, Labels, Recipients};
            pick_one(bytes, &[From, Labels, Headers, Recipients, Body, Attachments])
        });
    }
    draft
}

/// A body of lines, tags, marks of earlier mail, and what subjects are put together from.
pub fn body(bytes: &mut Unstructured<'_>) -> Body {
    let part = |bytes: &mut Unstructured<'_>| {
        if one_in(bytes, 2) { pick(bytes, MARKUP).to_owned() } else { piece(bytes) }
    };
    Body {
        kind: pick_one(bytes, &[BodyKind::Html, BodyKind::Text]),
        content: list(bytes, 24, part).concat(),
        cut: one_in(bytes, 8),
    }
}

/// An attachment in which any field may be set.
pub fn attachment(bytes: &mut Unstructured<'_>) -> Attachment {
    Attachment { name: list(bytes, 4, piece).concat(), inline: one_in(bytes, 4), cloud: one_in(bytes, 4) }
}

/// A day near those in the subjects, or far from them.
fn day(bytes: &mut Unstructured<'_>) -> Option<Date> {
    let (year, month, day) = (below(bytes, 40), below(bytes, 12), below(bytes, 31));
    Date::new(2000 + u16::try_from(year).ok()?, 1 + u8::try_from(month).ok()?, 1 + u8::try_from(day).ok()?)
}

/// A subject.
pub fn subject(bytes: &mut Unstructured<'_>) -> String {
    list(bytes, 12, piece).concat()
}

/// A recipient in which any field may be set.
pub fn recipient(bytes: &mut Unstructured<'_>) -> Recipient {
    use Field::{Bcc, Cc, Optional, Required, To};
    use RecipientKind::{External, List, Other, User};
    Recipient {
        field: pick_one(bytes, &[To, Cc, Bcc, Required, Optional]),
        address: if one_in(bytes, 12) { anything(bytes, 12) } else { pick(bytes, ADDRESSES).to_owned() },
        name: pick(bytes, NAMES).to_owned(),
        kind: pick_one(bytes, &[Other, Other, User, External, List]),
    }
}

fn piece(bytes: &mut Unstructured<'_>) -> String {
    match below(bytes, 12) {
        10 => {
            list(bytes, 6, |bytes| char::from(b'0' + u8::try_from(below(bytes, 10)).unwrap_or(0))).into_iter().collect()
        }
        11 => anything(bytes, 4),
        group => pick(bytes, PIECES.get(group / 2).copied().unwrap_or_default()).to_owned(),
    }
}

/// Up to so many characters of any kind.
fn anything(bytes: &mut Unstructured<'_>, most: usize) -> String {
    list(bytes, most, |bytes| bytes.arbitrary::<char>().unwrap_or('x')).into_iter().collect()
}

/// Up to so many of them.
fn list<T>(bytes: &mut Unstructured<'_>, most: usize, mut one: impl FnMut(&mut Unstructured<'_>) -> T) -> Vec<T> {
    let count = below(bytes, most + 1);
    (0..count).map(|_| one(bytes)).collect()
}

fn pick<'a>(bytes: &mut Unstructured<'_>, from: &[&'a str]) -> &'a str {
    pick_one(bytes, from)
}

fn pick_one<T: Copy + Default>(bytes: &mut Unstructured<'_>, from: &[T]) -> T {
    from.get(below(bytes, from.len())).copied().unwrap_or_default()
}

fn one_in(bytes: &mut Unstructured<'_>, sides: usize) -> bool {
    below(bytes, sides) + 1 == sides
}

/// A number below `limit`; 0 when the bytes have run out.
fn below(bytes: &mut Unstructured<'_>, limit: usize) -> usize {
    bytes.int_in_range(0..=limit.saturating_sub(1)).unwrap_or(0)
}

/// Bytes that look random and are the same for the same seed, everywhere (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `sides`, which is at least 1.
    pub fn roll(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % sides).unwrap_or_default()
    }

    /// One of these.
    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.roll(from.len())).copied().unwrap_or_default()
    }

    /// The next bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let words = (0..count.div_ceil(8)).flat_map(|_| self.number().to_le_bytes());
        words.take(count).collect()
    }

    /// A draft, now and then with so many recipients that memory has to grow.
    pub fn draft(&mut self) -> Draft {
        let crowd = self.roll(5000) == 0;
        let bytes = self.bytes(if crowd { 20_000 } else { 160 });
        let mut bytes = Unstructured::new(&bytes);
        let mut draft = draft(&mut bytes);
        if crowd {
            draft.recipients = (0..3000).map(|_| recipient(&mut bytes)).collect();
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use arbitrary::Unstructured;
    use sendvagt::Draft;

    use super::{Dice, draft};

    #[test]
    fn no_bytes_make_the_empty_draft() {
        assert_eq!(draft(&mut Unstructured::new(&[])), Draft { ..Draft::default() });
    }

    #[test]
    fn every_field_is_set_in_some_draft_and_absent_in_another() {
        let mut dice = Dice::new(1);
        let mut seen: HashSet<(String, bool)> = HashSet::new();
        for _ in 0..20_000 {
            let draft = dice.draft();
            // A new field of the draft is a compile error here until it is made, too.
            let Draft {
                subject,
                item,
                from,
                recipients,
                labels,
                headers,
                date,
                asked,
                not_cpr,
                conversation,
                body,
                attachments,
                unread,
            } = &draft;
            for (field, set) in [
                ("subject", !subject.is_empty()),
                ("item", *item != Default::default()),
                ("from", from.is_some()),
                ("recipients", !recipients.is_empty()),
                ("labels", !labels.is_empty()),
                ("headers", !headers.is_empty()),
                ("date", date.is_some()),
                ("asked", asked.is_some()),
                ("notCpr", !not_cpr.is_empty()),
                ("conversation", conversation.is_some()),
                ("unread", !unread.is_empty()),
                ("body", body.is_some()),
                ("kind of body", body.as_ref().is_some_and(|body| body.kind != Default::default())),
                ("cut", body.as_ref().is_some_and(|body| body.cut)),
                ("attachments", !attachments.is_empty()),
                ("inline", attachments.iter().any(|one| one.inline)),
                ("cloud", attachments.iter().any(|one| one.cloud)),
                ("name", recipients.iter().any(|recipient| !recipient.name.is_empty())),
                ("kind", recipients.iter().any(|recipient| recipient.kind != Default::default())),
                ("crowd", recipients.len() > 2000),
            ] {
                seen.insert((field.to_owned(), set));
            }
            let json = serde_json::to_string(&draft).expect("a draft is written");
            let again: Draft = serde_json::from_str(&json).expect("a draft is read again");
            assert_eq!(again.subject, draft.subject);
        }
        assert_eq!(seen.len(), 40, "{seen:?}");
    }
}

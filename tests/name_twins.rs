//! How often `name-twin` asks about ordinary recipients, and how often it finds the wrong person of a name.
//!
//! The lists are made up, of names by how common they are in Denmark. Other seeds, and how many:
//! `SENDVAGT_SEED=7 SENDVAGT_LISTS=1000000 cargo test --release --test name_twins -- --nocapture`.

#![cfg(test)]
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the engine prints and reads nothing; this test takes a seed and prints its figures"
)]

use sendvagt::{Draft, Language, Policy, Recipient, check};
use sendvagt_testing::Dice;

/// Last names, and how many of 1,000 Danes have each, in rounded figures. The rest have a rarer one.
const LAST: [(&str, usize); 24] = [
    ("Nielsen", 42),
    ("Jensen", 42),
    ("Hansen", 35),
    ("Andersen", 27),
    ("Pedersen", 27),
    ("Christensen", 20),
    ("Larsen", 19),
    ("Sørensen", 18),
    ("Rasmussen", 16),
    ("Jørgensen", 14),
    ("Petersen", 13),
    ("Madsen", 11),
    ("Kristensen", 10),
    ("Olsen", 8),
    ("Thomsen", 7),
    ("Christiansen", 6),
    ("Poulsen", 5),
    ("Johansen", 5),
    ("Møller", 5),
    ("Mortensen", 5),
    ("Knudsen", 4),
    ("Jakobsen", 3),
    ("Mikkelsen", 3),
    ("Lund", 3),
];

/// First names of people at work, and how many of 1,000 have each, in rounded figures.
const FIRST: [(&str, usize); 40] = [
    ("Anne", 16),
    ("Peter", 16),
    ("Mette", 15),
    ("Michael", 15),
    ("Lars", 14),
    ("Kirsten", 13),
    ("Jens", 13),
    ("Thomas", 13),
    ("Hanne", 12),
    ("Henrik", 12),
    ("Søren", 12),
    ("Anna", 11),
    ("Christian", 11),
    ("Helle", 11),
    ("Susanne", 10),
    ("Martin", 10),
    ("Lene", 10),
    ("Jan", 10),
    ("Maria", 9),
    ("Morten", 9),
    ("Marianne", 9),
    ("Anders", 9),
    ("Niels", 9),
    ("Inge", 8),
    ("Karen", 8),
    ("Lone", 8),
    ("Jesper", 8),
    ("Mads", 8),
    ("Bente", 7),
    ("Camilla", 7),
    ("Pia", 7),
    ("Rasmus", 7),
    ("Louise", 6),
    ("Charlotte", 6),
    ("Kasper", 6),
    ("Hans", 6),
    ("Jette", 6),
    ("Ole", 6),
    ("Gitte", 5),
    ("Sofie", 5),
];

const MIDDLE: [&str; 16] = [
    "Holm",
    "Bjerg",
    "Skov",
    "Dam",
    "Kjær",
    "Bach",
    "Vestergaard",
    "Lind",
    "Krogh",
    "Friis",
    "Juhl",
    "Winther",
    "Marie",
    "Louise",
    "Toft",
    "Bay",
];

/// What rarer names are put together from.
const HEADS: [&str; 24] = [
    "Al", "Berg", "Brand", "Dal", "Eng", "Fal", "Gran", "Hede", "Is", "Kil", "Lang", "Mar", "Nør", "Ols", "Rav",
    "Sand", "Sten", "Sø", "Tor", "Ul", "Vang", "Vester", "Øst", "Aa",
];
const TAILS: [&str; 16] = [
    "gaard", "bæk", "by", "holt", "lund", "mark", "strup", "toft", "vad", "bo", "feldt", "høj", "kvist", "rup", "sted",
    "strøm",
];

const OFFICES: [&str; 10] = [
    "post",
    "kommunen",
    "info",
    "borgerservice",
    "sikker.post",
    "plan-byg",
    "hr",
    "jobcenter",
    "digital_post",
    "kontakt",
];

const NEIGHBOURS: [&str; 6] =
    ["nabo.example", "vest.example", "region.example", "syd.example", "styrelsen.example", "statsamt.example"];
const FIRMS: [&str; 6] =
    ["firma.example", "raad.example", "arkitekt.example", "advokat.example", "skolen.example", "it.example"];
const PRIVATE: [&str; 3] = ["gmail.com", "hotmail.com", "live.dk"];

#[derive(Clone)]
struct Name {
    first: String,
    middle: Option<&'static str>,
    last: String,
}

fn weighted(dice: &mut Dice, names: &[(&'static str, usize)]) -> Option<&'static str> {
    let mut rolled = dice.roll(1000);
    for (name, weight) in names {
        match rolled.checked_sub(*weight) {
            Some(left) => rolled = left,
            None => return Some(name),
        }
    }
    None
}

fn rare(dice: &mut Dice) -> String {
    [dice.pick(&HEADS), dice.pick(&TAILS)].concat()
}

/// Half of those with a common last name go by another name before it.
fn name(dice: &mut Dice) -> Name {
    let first =
        weighted(dice, &FIRST).map_or_else(|| [dice.pick(&HEADS), dice.pick(&["a", "e", "o"])].concat(), str::to_owned);
    let common = weighted(dice, &LAST);
    let middle = (common.is_some() && dice.roll(2) == 0).then(|| MIDDLE[dice.roll(MIDDLE.len())]);
    Name { first, middle, last: common.map_or_else(|| rare(dice), str::to_owned) }
}

fn spelt(text: &str) -> String {
    text.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}

/// The mailbox of a person: initials, the name, a first name, or what people take at a private mail service.
fn mailbox(dice: &mut Dice, name: &Name, domain: &str) -> String {
    let (first, last) = (spelt(&name.first), spelt(&name.last));
    let head = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    let local = match dice.roll(8) {
        _ if PRIVATE.contains(&domain) => match dice.roll(3) {
            0 => format!("{first}.{last}{}", dice.roll(100)),
            1 => format!("{first}{last}"),
            _ => format!("{last}{}", dice.roll(1000)),
        },
        0..=2 => head(&first, 2) + &head(&last, 2),
        3 => head(&first, 1) + &head(&last, 2),
        4 => first,
        _ => format!("{first}.{last}"),
    };
    format!("{local}@{domain}")
}

/// How a recipient is shown: by the name in one of its forms, or by the address alone.
fn shown(dice: &mut Dice, name: &Name, address: &str) -> String {
    let Name { first, middle, last } = name;
    let given = middle.map_or_else(|| first.clone(), |middle| format!("{first} {middle}"));
    match dice.roll(10) {
        0 => format!("{last}, {given}"),
        1 => address.to_owned(),
        2 => format!("{given} {last} (Firma A/S)"),
        3 => format!("{first} {last}"),
        4 => format!("{given} {last} - BUF"),
        _ => format!("{given} {last}"),
    }
}

fn person(dice: &mut Dice, name: &Name, domain: &str) -> Recipient {
    let address = mailbox(dice, name, domain);
    Recipient { name: shown(dice, name, &address), address, ..Recipient::default() }
}

fn outside(dice: &mut Dice) -> &'static str {
    let domains: &[&str] = [&NEIGHBOURS[..], &FIRMS[..], &PRIVATE[..]][dice.roll(3)];
    domains[dice.roll(domains.len())]
}

/// A list of so many, with so many in 100 outside the organisation, and an office among every ten of them.
fn list(dice: &mut Dice, size: usize, share: usize) -> Vec<Recipient> {
    let one = |dice: &mut Dice| {
        let domain = if dice.roll(100) < share { outside(dice) } else { "own.example" };
        if dice.roll(10) == 0 && !PRIVATE.contains(&domain) {
            let address = format!("{}@{domain}", dice.pick(&OFFICES));
            return Recipient { address, ..Recipient::default() };
        }
        let name = name(dice);
        person(dice, &name, domain)
    };
    (0..size).map(|_| one(dice)).collect()
}

/// One list in fifty is that of a department. Of the others most have few recipients.
fn ordinary(dice: &mut Dice) -> Vec<Recipient> {
    match dice.roll(50) {
        0 => list(dice, 40, 20),
        _ => {
            let most = 1 + dice.roll(12);
            let size = 1 + dice.roll(most);
            list(dice, size, 40)
        }
    }
}

fn asks(recipients: Vec<Recipient>) -> bool {
    thread_local! {
        static POLICY: Policy = Policy::new(
            serde_json::from_str(r#"{"organisation":{"domains":["own.example"]}}"#).expect("the policy reads"),
        );
    }
    let draft = Draft { recipients, ..Draft::default() };
    POLICY.with(|policy| check(policy, &draft, Language::Da).findings.iter().any(|one| one.rule == "name-twin"))
}

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn lists() -> usize {
    usize::try_from(from_environment("SENDVAGT_LISTS", 20_000)).unwrap_or(usize::MAX)
}

/// At most one list in 200 has a question. Nobody in them has two addresses.
#[test]
fn ordinary_lists_have_no_question() {
    let mut dice = Dice::new(from_environment("SENDVAGT_SEED", 1));
    let asked = (0..lists()).filter(|_| asks(ordinary(&mut dice))).count();
    let sizes: [(usize, usize); 4] = [(2, 50), (12, 40), (40, 20), (40, 50)];
    for (size, share) in sizes {
        let count = lists() / 10;
        let asked = (0..count).filter(|_| asks(list(&mut dice, size, share))).count();
        println!("{count} lists of {size}, {share} % outside: {asked} with a question");
    }
    println!("{} ordinary lists: {asked} with a question", lists());
    assert!(asked * 200 <= lists(), "{asked} of {}", lists());
}

/// Many authorities at once: their offices are called the same.
#[test]
fn a_mail_to_the_same_office_everywhere_has_no_question() {
    for office in OFFICES {
        let all = NEIGHBOURS.iter().chain(&["own.example"]).map(|domain| format!("{office}@{domain}"));
        let recipients = all.map(|address| Recipient { address, ..Recipient::default() }).collect();
        assert!(!asks(recipients), "{office}");
    }
}

/// A colleague, and in the same list somebody else of that name: at least eight in ten are asked about. Of the others
/// nothing says who one of them is: no name is shown, and the address has initials or a first name.
#[test]
fn the_wrong_person_of_a_name_is_found() {
    let mut dice = Dice::new(from_environment("SENDVAGT_SEED", 1) + 1000);
    let count = lists() / 10;
    let found = (0..count).filter(|_| {
        let name = name(&mut dice);
        let size = dice.roll(8);
        let mut recipients = list(&mut dice, size, 20);
        let domain = outside(&mut dice);
        recipients.push(person(&mut dice, &name, "own.example"));
        recipients.push(person(&mut dice, &name, domain));
        asks(recipients)
    });
    let found = found.count();
    println!("{count} lists with two of one name: {found} with a question");
    assert!(found * 10 >= count * 8, "{found} of {count}");
}

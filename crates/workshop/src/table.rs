//! Lists as people have them: pasted from Excel, a CSV file from Exchange or another system, a workbook.

use serde_json::{Map, Value};

/// What a list of the policy takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Domains.
    Domains,
    /// Mail addresses.
    Addresses,
    /// Words, tags or ids.
    Words,
    /// Retired mailboxes: an address, a day and a new address.
    Mailboxes,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Domains.
    Domain,
    /// Mail addresses, or of retired mailboxes the old ones.
    Address,
    /// Words, tags or ids.
    Word,
    /// The days on which mailboxes were retired.
    Since,
    /// The new addresses.
    Replacement,
}

impl Wanted {
    /// What a list at this path of the policy takes.
    pub fn at(path: &str) -> Self {
        match path.rsplit('.').next().unwrap_or_default() {
            "domains" | "knownDomains" | "privateServices" => Self::Domains,
            "addresses" | "from" => Self::Addresses,
            "retiredMailboxes" => Self::Mailboxes,
            _ => Self::Words,
        }
    }

    /// The columns that it is made of; only the first is needed.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Domains => &[Role::Domain],
            Self::Addresses => &[Role::Address],
            Self::Words => &[Role::Word],
            Self::Mailboxes => &[Role::Address, Role::Since, Role::Replacement],
        }
    }
}

impl Role {
    /// Does a cell hold it?
    fn fits(self, cell: &str) -> bool {
        match self {
            Self::Domain => !cell.contains('@') && is_address_or_domain(cell),
            Self::Address | Self::Replacement => cell.contains('@') && is_address_or_domain(cell),
            Self::Word => !cell.is_empty(),
            Self::Since => iso_date(cell).is_some(),
        }
    }

    /// Is this the name of such a column, in Danish, in English or in Exchange?
    fn is_named(self, cell: &str) -> bool {
        let name: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let names: &[&str] = match self {
            Self::Domain => {
                &["domæne", "domæner", "domænenavn", "maildomæne", "domain", "domains", "domainname", "maildomain"]
            }
            Self::Address => &[
                "adresse",
                "mailadresse",
                "email",
                "emailadresse",
                "epost",
                "mail",
                "postkasse",
                "gammel",
                "gammeladresse",
                "gammelmail",
                "gammelpostkasse",
                "nedlagtpostkasse",
                "nedlagtadresse",
                "address",
                "emailaddress",
                "mailaddress",
                "mailbox",
                "old",
                "oldaddress",
                "retiredmailbox",
                "primarysmtpaddress",
                "smtpaddress",
                "windowsemailaddress",
            ],
            Self::Word => &["ord", "mærke", "mærkat", "word", "words", "tag", "tags", "guid", "immutableid", "id"],
            Self::Since => &[
                "dato",
                "nedlagt",
                "nedlagtden",
                "siden",
                "lukket",
                "lukketden",
                "date",
                "since",
                "retired",
                "retiredon",
                "closed",
                "closedon",
                "whenchanged",
            ],
            Self::Replacement => &[
                "ny",
                "nyadresse",
                "nymail",
                "nymailadresse",
                "nyemail",
                "nypostkasse",
                "erstatning",
                "erstattesaf",
                "afløser",
                "istedet",
                "skrivistedettil",
                "new",
                "newaddress",
                "newmailbox",
                "replacement",
                "replacedby",
                "instead",
                "writeinsteadto",
                "forwardingaddress",
                "forwardingsmtpaddress",
            ],
        };
        names.contains(&name.as_str())
    }
}

/// Which column has what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// For each role its column, if there is one.
    pub columns: Vec<Option<usize>>,
    /// Is there no other way to read it?
    pub is_sure: bool,
    /// Does the first column hold what is wanted, and not only something?
    pub is_fitting: bool,
}

/// Finds the columns by their names, or else by what they hold.
pub fn guess(rows: &[Vec<String>], wanted: Wanted) -> Guess {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let filled = |column: &usize| rows.iter().any(|row| !cell(row, *column).is_empty());
    let holding = |role: Role| -> Vec<usize> {
        let fitting = |column: &usize| rows.iter().any(|row| role.fits(cell(row, *column)));
        (0..width).filter(fitting).collect()
    };
    let named = |role: Role, of: &[usize]| -> Vec<usize> {
        let head = rows.first().map(Vec::as_slice).unwrap_or_default();
        of.iter().copied().filter(|column| role.is_named(cell(head, *column))).collect()
    };
    let mut is_sure = true;
    let mut pick = |named: &[usize], holding: &[usize]| match (named, holding) {
        ([one], _) | ([], [one]) => Some(*one),
        ([], []) => None,
        ([first, ..], _) | ([], [first, ..]) => {
            is_sure = false;
            Some(*first)
        }
    };
    if wanted != Wanted::Mailboxes {
        let role = wanted.roles().first().copied().unwrap_or(Role::Word);
        let mut found = holding(role);
        let is_fitting = !found.is_empty();
        if !is_fitting {
            // What is no domain is reported where it is.
            found = (0..width).filter(filled).collect();
        }
        let column = pick(&named(role, &found), &found);
        return Guess { columns: vec![column], is_sure, is_fitting };
    }
    let addresses = holding(Role::Address);
    let days = holding(Role::Since);
    let new = named(Role::Replacement, &addresses);
    let old: Vec<usize> = named(Role::Address, &addresses);
    let has_head = rows.first().is_some_and(|row| !row.iter().any(|cell| Role::Address.fits(cell)));
    let since = pick(&named(Role::Since, &days), &days);
    let (address, replacement) = match (old.as_slice(), new.as_slice(), addresses.as_slice()) {
        // The order in which people write them, where nothing else tells.
        ([], [], [address, replacement]) => {
            is_sure &= !has_head;
            (Some(*address), Some(*replacement))
        }
        ([], [], _) => (pick(&[], &addresses), None),
        _ => {
            let rest = |taken: Option<usize>| -> Vec<usize> {
                addresses.iter().copied().filter(|column| Some(*column) != taken).collect()
            };
            let replacement = match new.as_slice() {
                [] => None,
                new => pick(new, &[]),
            };
            let address = pick(&old, &rest(replacement));
            // Whose the other addresses are is not said: those of a contact, say.
            is_sure &= !new.is_empty() || rest(address).is_empty();
            (address, replacement)
        }
    };
    Guess { columns: vec![address, since, replacement], is_sure, is_fitting: address.is_some() }
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map(String::as_str).unwrap_or_default()
}

/// What a column is called: its head, or else its first cell.
pub fn column_name(rows: &[Vec<String>], column: usize) -> String {
    rows.iter().map(|row| cell(row, column)).find(|cell| !cell.is_empty()).unwrap_or_default().to_owned()
}

/// The number of columns.
pub fn width(rows: &[Vec<String>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or_default()
}

/// The rows without the names of the columns.
fn body(rows: &[Vec<String>], role: Role, column: usize) -> &[Vec<String>] {
    let Some((first, rest)) = rows.split_first().filter(|(_, rest)| !rest.is_empty()) else { return rows };
    let head = cell(first, column);
    let others = || rest.iter().map(|row| cell(row, column)).filter(|cell| !cell.is_empty());
    let is_head = role.is_named(head)
        || (role != Role::Word
            && !role.fits(head)
            && others().next().is_some()
            && others().all(|cell| role.fits(cell)));
    if is_head { rest } else { rows }
}

/// The entries that these columns hold, as the policy has them. Rows without the first of them are left out.
pub fn entries(rows: &[Vec<String>], wanted: Wanted, columns: &[Option<usize>]) -> Vec<Value> {
    let roles = wanted.roles();
    let (Some(role), Some(Some(first))) = (roles.first(), columns.first()) else { return Vec::new() };
    let rows = body(rows, *role, *first);
    if wanted != Wanted::Mailboxes {
        return rows.iter().map(|row| cell(row, *first)).filter(|cell| !cell.is_empty()).map(Value::from).collect();
    }
    let entry = |row: &Vec<String>| {
        let address = Some(cell(row, *first)).filter(|address| address.contains('@'))?;
        let mut entry = Map::from_iter([("address".to_owned(), Value::from(address))]);
        for (role, column) in roles.iter().zip(columns).skip(1) {
            let text = column.map(|column| cell(row, column)).unwrap_or_default();
            match role {
                Role::Since => entry.extend(iso_date(text).map(|day| ("since".to_owned(), day.into()))),
                _ if text.is_empty() || text == address => {}
                _ => {
                    entry.insert("replacement".to_owned(), text.into());
                }
            }
        }
        Some(Value::Object(entry))
    };
    rows.iter().filter_map(entry).collect()
}

/// The entries that are not in the list yet, and how many are.
pub fn fresh(list: &[Value], entries: Vec<Value>) -> (Vec<Value>, usize) {
    let key = |entry: &Value| {
        let text = entry.get("address").unwrap_or(entry).as_str().unwrap_or_default();
        text.trim().to_lowercase()
    };
    let mut seen: std::collections::HashSet<String> = list.iter().map(key).collect();
    let count = entries.len();
    let fresh: Vec<Value> = entries.into_iter().filter(|entry| seen.insert(key(entry))).collect();
    let known = count - fresh.len();
    (fresh, known)
}

/// The cells of a pasted text or a CSV file, without empty rows. A list in one line has a row for each entry.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut rows = Vec::new();
    let mut row = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    let mut is_start = true;
    while let Some(c) = chars.next() {
        let cell_is_empty = row.last().is_some_and(String::is_empty);
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                push(&mut row, '"');
            }
            '"' if quoted => quoted = false,
            '"' if is_start && cell_is_empty => quoted = true,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                rows.push(std::mem::replace(&mut row, vec![String::new()]));
                is_start = true;
                continue;
            }
            c if c == separator && !quoted => {
                row.push(String::new());
                is_start = true;
                continue;
            }
            c => push(&mut row, c),
        }
        is_start = false;
    }
    rows.push(row);
    for cell in rows.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    match rows.as_slice() {
        [one] if one.iter().filter(|cell| !cell.is_empty()).all(|cell| is_address_or_domain(cell)) => {
            rows.concat().into_iter().filter(|cell| !cell.is_empty()).map(|cell| vec![cell]).collect()
        }
        _ => rows,
    }
}

fn push(row: &mut [String], c: char) {
    if let Some(cell) = row.last_mut() {
        cell.push(c);
    }
}

/// Excel puts tabs on the clipboard and, in Denmark, semicolons into a CSV file.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    ['\t', ';', ','].into_iter().find(|separator| first.contains(*separator)).unwrap_or('\t')
}

fn is_address_or_domain(text: &str) -> bool {
    let domain = text.rsplit('@').next().unwrap_or_default();
    domain.contains('.') && !domain.contains(char::is_whitespace) && !domain.ends_with('.')
}

/// A date as Denmark, Exchange and Excel write it, as `YYYY-MM-DD`. A time after it is left out.
fn iso_date(text: &str) -> Option<String> {
    let day = text.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.split(['-', '.', '/']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    (year.len() == 4 && month.len() <= 2 && day.len() <= 2).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Guess, Wanted, entries, fresh, guess, rows};

    fn taken(text: &str, wanted: Wanted) -> (Vec<Value>, bool) {
        let rows = rows(text);
        let Guess { columns, is_sure, .. } = guess(&rows, wanted);
        (entries(&rows, wanted, &columns), is_sure)
    }

    #[test]
    fn a_list_is_taken_from_what_people_have() {
        for (text, wanted, expected) in [
            ("a.dk\nb.dk\n", Wanted::Domains, vec!["a.dk", "b.dk"]),
            ("a.dk\r\n\r\n  b.dk  ", Wanted::Domains, vec!["a.dk", "b.dk"]),
            // One cell of a mail or a document.
            ("a@x.dk; b@x.dk; c@x.dk", Wanted::Addresses, vec!["a@x.dk", "b@x.dk", "c@x.dk"]),
            ("a.dk, b.dk", Wanted::Domains, vec!["a.dk", "b.dk"]),
            // Get-AcceptedDomain | Export-Csv: the name of a domain is often the domain itself.
            (
                "\"Name\",\"DomainName\",\"DomainType\"\n\"fjordby.example\",\"fjordby.example\",\"Authoritative\"\n\"Skoler\",\"*.skole.example\",\"InternalRelay\"",
                Wanted::Domains,
                vec!["fjordby.example", "*.skole.example"],
            ),
            // Excel's clipboard, with a head.
            ("Domæne\tNote\na.dk\tx\nb.dk\t", Wanted::Domains, vec!["a.dk", "b.dk"]),
            ("Partner;Domæne;Kontakt\nRegionen;r.dk;x@r.dk", Wanted::Domains, vec!["r.dk"]),
            ("Partner;Domæne;Kontakt\nRegionen;r.dk;x@r.dk", Wanted::Addresses, vec!["x@r.dk"]),
            // What is no domain is reported at its place, and not lost.
            ("a.dk\nskole", Wanted::Domains, vec!["a.dk", "skole"]),
            // Words have no dots: nothing is a head but its name.
            ("sagsnr\njournalnr", Wanted::Words, vec!["sagsnr", "journalnr"]),
            ("Ord\nsagsnr", Wanted::Words, vec!["sagsnr"]),
            ("\"a \"\"b\"\";c\"", Wanted::Words, vec!["a \"b\";c"]),
            ("", Wanted::Domains, vec![]),
        ] {
            let expected: Vec<Value> = expected.into_iter().map(Value::from).collect();
            assert_eq!(taken(text, wanted), (expected, true), "{text}");
        }
    }

    #[test]
    fn retired_mailboxes_are_taken_from_any_columns() {
        let one = json!({"address": "gammel@x.dk", "since": "2026-02-01", "replacement": "ny@x.dk"});
        for text in [
            "gammel@x.dk\t2026-02-01\tny@x.dk",
            "Adresse;Dato;Ny\ngammel@x.dk;01-02-2026;ny@x.dk\n",
            "Afdeling;Adresse;Ny;Nedlagt\nBorgerservice;gammel@x.dk;ny@x.dk;1.2.2026\n",
            "Ny adresse;Gammel adresse;Nedlagt den\nny@x.dk;gammel@x.dk;1.2.2026\n",
            "\"PrimarySmtpAddress\",\"New\",\"WhenChanged\"\n\"gammel@x.dk\",\"ny@x.dk\",\"01/02/2026 10.15.00\"",
        ] {
            assert_eq!(taken(text, Wanted::Mailboxes), (vec![one.clone()], true), "{text}");
        }
        let two = vec![json!({"address": "*@x.dk"}), json!({"address": "b@x.dk"})];
        assert_eq!(taken("*@x.dk\nb@x.dk", Wanted::Mailboxes), (two, true));
        assert!(taken("Adresse\n", Wanted::Mailboxes).0.is_empty());
    }

    /// The address of a contact was taken for the new one.
    #[test]
    fn what_can_be_read_in_two_ways_is_asked_about() {
        for (text, wanted) in [
            ("Adresse;Kontakt\na@x.dk;b@x.dk", Wanted::Mailboxes),
            ("Postkasse 1;Postkasse 2\na@x.dk;b@x.dk", Wanted::Mailboxes),
            ("Adresse;Oprettet;Ændret\na@x.dk;1.2.2020;1.2.2026", Wanted::Mailboxes),
            ("Afsender;Modtager\na@x.dk;b@x.dk", Wanted::Addresses),
            ("a.dk\tb.dk\nc.dk\td.dk", Wanted::Domains),
            ("Partner\tBy\nRegionen\tNæs", Wanted::Domains),
        ] {
            assert!(!taken(text, wanted).1, "{text}");
        }
    }

    #[test]
    fn what_is_in_the_list_already_is_not_added_again() {
        let list = [json!({"address": "A@x.dk", "replacement": "c@x.dk"})];
        let found = vec![json!({"address": "a@x.dk"}), json!({"address": "b@x.dk"}), json!({"address": "B@x.dk "})];
        assert_eq!(fresh(&list, found), (vec![json!({"address": "b@x.dk"})], 2));
        assert_eq!(fresh(&[json!("a.dk")], vec![json!("A.dk"), json!("b.dk")]), (vec![json!("b.dk")], 1));
    }
}

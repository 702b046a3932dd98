//! Lists as people have them: pasted from Excel, or a CSV file from Exchange or another system.

use serde_json::{Map, Value};

/// The cells of a pasted text or a CSV file, without empty rows.
fn rows(text: &str) -> Vec<Vec<String>> {
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
    rows
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

/// The entries of a list of domains, addresses or words: every cell of one column. Of several columns, the one with the
/// most entries that look like one; names of columns are left out.
pub fn entries(text: &str) -> Vec<String> {
    let rows = rows(text);
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |row: &Vec<String>, column: usize| row.get(column).filter(|cell| !cell.is_empty()).cloned();
    if width > 1 && rows.len() == 1 {
        return rows.into_iter().flatten().filter(|cell| !cell.is_empty()).collect();
    }
    let column = (0..width).max_by_key(|column| {
        let found =
            rows.iter().filter(|row| cell(row, *column).is_some_and(|cell| is_address_or_domain(&cell))).count();
        // The first of equals.
        (found, width - column)
    });
    let Some(column) = column else { return Vec::new() };
    let all: Vec<String> = rows.iter().filter_map(|row| cell(row, column)).collect();
    let has_head = all.len() > 1
        && all.first().is_some_and(|first| !is_address_or_domain(first))
        && all.iter().skip(1).all(|one| is_address_or_domain(one));
    all.into_iter().skip(usize::from(has_head)).collect()
}

fn is_address_or_domain(text: &str) -> bool {
    let domain = text.rsplit('@').next().unwrap_or_default();
    domain.contains('.') && !domain.contains(char::is_whitespace) && !domain.ends_with('.')
}

/// A row of retired mailboxes: an address, a date and a new address, in whatever columns they are.
pub fn retired_mailboxes(text: &str) -> Vec<Value> {
    rows(text).iter().filter_map(|row| retired(row)).collect()
}

fn retired(row: &[String]) -> Option<Value> {
    let mut addresses = row.iter().filter(|cell| cell.contains('@'));
    let address = addresses.next()?;
    let mut entry = Map::from_iter([("address".to_owned(), Value::from(address.as_str()))]);
    if let Some(day) = row.iter().find_map(|cell| iso_date(cell)) {
        entry.insert("since".to_owned(), day.into());
    }
    if let Some(replacement) = addresses.next() {
        entry.insert("replacement".to_owned(), replacement.as_str().into());
    }
    Some(entry.into())
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
    use serde_json::json;

    use super::{entries, retired_mailboxes};

    #[test]
    fn a_list_is_taken_from_what_people_have() {
        for (text, expected) in [
            ("a.dk\nb.dk\n", vec!["a.dk", "b.dk"]),
            ("a.dk\r\n\r\n  b.dk  ", vec!["a.dk", "b.dk"]),
            // One cell of a mail or a document.
            ("a@x.dk; b@x.dk; c@x.dk", vec!["a@x.dk", "b@x.dk", "c@x.dk"]),
            ("a.dk, b.dk", vec!["a.dk", "b.dk"]),
            // Get-AcceptedDomain | Export-Csv.
            (
                "\"Name\",\"DomainName\",\"DomainType\"\n\"Fjordby\",\"fjordby.example\",\"Authoritative\"\n\"Skoler\",\"*.skole.example\",\"InternalRelay\"",
                vec!["fjordby.example", "*.skole.example"],
            ),
            // Excel's clipboard, with a head.
            ("Domæne\tNote\na.dk\tx\nb.dk\t", vec!["a.dk", "b.dk"]),
            // Words have no dots: nothing is a head.
            ("sagsnr\njournalnr", vec!["sagsnr", "journalnr"]),
            ("\"a \"\"b\"\";c\"", vec!["a \"b\";c"]),
            ("", vec![]),
        ] {
            assert_eq!(entries(text), expected, "{text}");
        }
    }

    #[test]
    fn retired_mailboxes_are_taken_from_any_columns() {
        let one = json!({"address": "gammel@x.dk", "since": "2026-02-01", "replacement": "ny@x.dk"});
        for text in [
            "gammel@x.dk\t2026-02-01\tny@x.dk",
            "Adresse;Dato;Ny\ngammel@x.dk;01-02-2026;ny@x.dk\n",
            "Afdeling;Adresse;Ny;Nedlagt\nBorgerservice;gammel@x.dk;ny@x.dk;1.2.2026\n",
            "\"PrimarySmtpAddress\",\"New\",\"WhenChanged\"\n\"gammel@x.dk\",\"ny@x.dk\",\"01/02/2026 10.15.00\"",
        ] {
            assert_eq!(retired_mailboxes(text), std::slice::from_ref(&one), "{text}");
        }
        assert_eq!(retired_mailboxes("*@x.dk\nb@x.dk"), [json!({"address": "*@x.dk"}), json!({"address": "b@x.dk"})]);
        assert!(retired_mailboxes("Adresse\n").is_empty());
    }
}

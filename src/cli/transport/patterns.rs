//! CPR numbers in the regular expressions of Exchange's mail-flow rules.
//!
//! Exchange knows `\d`, `\D`, `\s`, `|`, `( )`, `*`, `\`, `^` and `$`, and neither counts nor classes (Microsoft, "Mail flow rule
//! conditions and exceptions (predicates)" and "Regular expressions in transport rules"). So each digit stands for itself.
//! It takes no heed of case.

/// Days and months that exist, without the year: days to 29 and any month, then 30 and 31 with the months that have them.
/// Replacement numbers have 60 added to the day.
const DATES: [&str; 3] = [r"(0|1|2|6|7|8)\d(0\d|1(0|1|2))", r"(3|9)(0|1)(0(1|3|5|7|8)|1(0|2))", r"(3|9)0(0(4|6|9)|11)"];

/// Forms around a date: what stands before it, and what after.
const FORMS: [(&str, &str); 4] = [
    // 010203-1234, with any dash and spaces around it.
    (r"(^|\D)", r"\d\d\s*(-|–|—|‑|−)\s*\d\d\d\d(\D|$)"),
    // 010203 1234
    (r"(^|\D)", r"\d\d\s\d\d\d\d(\D|$)"),
    // 010203.1234, 010203/1234, 010203_1234
    (r"(^|\D)", r"\d\d(\.|/|_)\d\d\d\d(\D|$)"),
    // cpr 0102031234, personnummer: 010203, 1234
    (r"(cpr|personn|erstatning)\D*", r"\d\d\D*\d\d\d\d(\D|$)"),
];

/// Dates in groups: 01 02 03-1234, 01/02/03-1234, 01-02-03-1234, 01 02 03 1234. Full stops are left out: versions have them.
const SPLIT: [&str; 2] = [
    r"(^|\D)(0|1|2|3)\d(\s|/|-)(0|1)\d(\s|/|-)\d\d\s*(-|–|—)\s*\d\d\d\d(\D|$)",
    r"(^|\D)(0|1|2|3)\d\s(0|1)\d\s\d\d\s\d\d\d\d(\D|$)",
];

/// Every pattern of the rule.
pub(crate) fn all() -> Vec<String> {
    let dated = FORMS.iter().flat_map(|(before, after)| DATES.iter().map(move |date| format!("{before}{date}{after}")));
    dated.chain(SPLIT.iter().map(|pattern| (*pattern).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use regex::RegexBuilder;
    use serde_json::Value;

    use super::all;

    /// Microsoft, "Journal, transport, and inbox rule limits": 8 KB a rule. The longest of these has 79 characters, far
    /// below any limit that has been stated for one pattern.
    #[test]
    fn patterns_are_such_as_exchange_takes() {
        for pattern in all() {
            assert!(pattern.chars().count() <= 128, "{pattern}");
            for sign in ['{', '}', '[', ']', '?', '+'] {
                assert!(!pattern.contains(sign), "{pattern}");
            }
            let letters = pattern.replace(r"\d", "").replace(r"\D", "").replace(r"\s", "").replace(r"\.", "");
            assert!(!letters.contains(['\\', '.']), "{pattern}");
        }
        assert!(all().iter().map(String::len).sum::<usize>() < 2048);
    }

    /// Lines of a corpus: subject, class, and what people expect of it.
    fn lines(name: &str) -> Vec<(String, String, String)> {
        let text = fs::read_to_string(format!("tests/corpus/{name}")).unwrap();
        let read = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            let part = |key: &str| line[key].as_str().unwrap().to_owned();
            (!line["ambiguous"].as_bool().unwrap()).then(|| (part("subject"), part("class"), part("expect")))
        };
        text.lines().filter_map(read).collect()
    }

    /// The tables of docs/transport-rule.md. `SENDVAGT_WRITE_DOCS=1` writes them anew.
    #[test]
    fn the_page_says_what_the_rule_finds_and_misses() {
        let rules: Vec<_> =
            all().iter().map(|pattern| RegexBuilder::new(pattern).case_insensitive(true).build().unwrap()).collect();
        let hit = |subject: &str| rules.iter().any(|rule| rule.is_match(subject));
        let mut table =
            String::from("| lines | the add-in | turned away by the rule | of all |\n| --- | --- | --- | --- |\n");
        let mut missed = String::from(
            "| class of lines that the add-in stops | missed by the rule | of all |\n| --- | --- | --- |\n",
        );
        let mut refused = 0;
        for (corpus, name) in [("dev.jsonl", "everyday lines"), ("hard.jsonl", "hard lines, made to be missed")] {
            let lines = lines(corpus);
            for (expected, says) in [("stop", "stops"), ("ask", "asks"), ("send", "lets go")] {
                let of = lines.iter().filter(|(_, _, expect)| expect == expected);
                let found = of.clone().filter(|(subject, _, _)| hit(subject)).count();
                refused += if expected == "send" && corpus == "dev.jsonl" { found } else { 0 };
                table.push_str(&format!("| {name} | {says} | {found} | {} |\n", of.count()));
            }
            let mut classes: Vec<&str> = lines.iter().map(|(_, class, _)| class.as_str()).collect();
            classes.sort_unstable();
            classes.dedup();
            for class in classes {
                let of = lines.iter().filter(|(_, of, expect)| of == class && expect == "stop");
                let not = of.clone().filter(|(subject, _, _)| !hit(subject)).count();
                if not > 0 && corpus == "dev.jsonl" {
                    missed.push_str(&format!("| {class} | {not} | {} |\n", of.count()));
                }
            }
        }
        assert_eq!(refused, 0, "no everyday line without a number is turned away");
        let path = "docs/transport-rule.md";
        let page = fs::read_to_string(path).unwrap();
        let (before, rest) = page.split_once("<!-- made by the tests -->\n").unwrap();
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        let fresh = format!("{before}<!-- made by the tests -->\n{table}\n{missed}<!-- end -->{after}");
        if std::env::var_os("SENDVAGT_WRITE_DOCS").is_some() {
            fs::write(path, &fresh).unwrap();
        } else {
            assert!(page == fresh, "{path} is out of date; run the tests with SENDVAGT_WRITE_DOCS=1");
        }
    }
}

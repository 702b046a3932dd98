//! Every error says what is wrong, where, and what to write instead.

use sendvagt::Language;

use super::{parse, warnings};

/// The errors of a policy, as they are shown.
fn errors(text: &str) -> Vec<String> {
    parse(text).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn an_empty_policy_is_valid() {
    assert!(parse("{}").is_ok());
    assert!(parse("\u{feff}{}\r\n").is_ok(), "a byte order mark and Windows line ends are no errors");
}

#[test]
fn each_error_is_reported_at_its_position() {
    let cases = [
        ("", "1:1: the file is empty; `{}` is the smallest policy"),
        ("[]", "1:1: expected an object in { }, found a list"),
        (r#"{"mode": 3}"#, r#"1:10: mode: expected one of "enforce", "advise", "observe", found a number"#),
        (
            r#"{"mode": "enforced"}"#,
            r#"1:10: mode: expected one of "enforce", "advise", "observe"; did you mean "enforce"?"#,
        ),
        (r#"{"moed": "enforce"}"#, "1:2: moed: unknown key; did you mean `mode`?"),
        (r#"{"language": "dk"}"#, r#"1:14: language: expected one of "da", "en"; did you mean "da"?"#),
        (
            r#"{"rules": {"cpr-in-subjekt": "stop"}}"#,
            "1:12: rules.cpr-in-subjekt: unknown key; did you mean `cpr-in-subject`?",
        ),
        (
            r#"{"rules": {"cpr-in-subject": "block"}}"#,
            r#"1:30: rules.cpr-in-subject: expected one of "off", "ask", "stop""#,
        ),
        (r#"{"mode":"advise","mode":"observe"}"#, "1:18: mode: duplicate key `mode`; keep one of the two"),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk"},{"address":"b@x.dk","address":"c@x.dk"}]}"#,
            "1:63: retiredMailboxes[1].address: duplicate key `address`; keep one of the two",
        ),
        // It said "expected one of , found an object".
        (r#"{"secureMail":{"how":{"da":"Vælg Sikker."}}}"#, "1:22: secureMail.how: the key `en` is missing"),
        (r#"{"secureMail":{"how":3}}"#, "1:22: secureMail.how: expected an object in { }, found a number"),
        (
            r#"{"secureMail":{"how":{"da":"Vælg Sikker.","en":"Choose.","dk":""}}}"#,
            "1:58: secureMail.how.dk: unknown key; did you mean `da`?",
        ),
        (
            r#"{"secureMail":{"how":{"da":"Vælg Sikker","en":"Choose Secure."}}}"#,
            r#"1:28: secureMail.how.da: expected a whole sentence, such as "Vælg »Send sikkert« i båndet.""#,
        ),
        (r#"{"visibleRecipients":{"private":1}}"#, "1:33: visibleRecipients.private: the number must be at least 2"),
        (
            r#"{"visibleRecipients":{"outside":70000}}"#,
            "1:33: visibleRecipients.outside: the number must be at most 65535",
        ),
        (
            r#"{"visibleRecipients":{"all":20}}"#,
            "1:23: visibleRecipients.all: unknown key; the keys allowed here are: outside, private",
        ),
        (r#"{"falseStop":"allowed"}"#, r#"1:14: falseStop: expected one of "allow", "contact"; did you mean "allow"?"#),
        (
            r#"{"organisation":{"help":5}}"#,
            "1:25: organisation.help: expected a text in quotation marks, found a number",
        ),
        (
            r#"{"organisation":{"domains":"eksempel.dk"}}"#,
            "1:28: organisation.domains: expected a list in [ ], found a text",
        ),
        (r#"{"retiredMailboxes":[{}]}"#, "1:22: retiredMailboxes[0]: the key `address` is missing"),
        (
            "{\n  \"organisation\": {\n    \"domains\": [\"eksempel\"]\n  }\n}",
            r#"3:17: organisation.domains[0]: expected a domain, such as "eksempel.dk" or "*.eksempel.dk""#,
        ),
        // The pack once replaced a control character by a space, so that the add-in showed another text than the command line.
        (
            "{\"neutralSubject\":{\"da\":\"Om\u{7f} en sag\"}}",
            "1:25: neutralSubject.da: the text must be on one line, without tabs or other control characters",
        ),
        (
            r#"{"words":{"other":["sag","a\tb"]}}"#,
            "1:26: words.other[1]: the text must be on one line, without tabs or other control characters",
        ),
        // A name of characters that take no room, and a contact that reads backwards, once passed.
        (
            "{\"organisation\":{\"name\":\"\u{200b}\u{200b}\"}}",
            "1:25: organisation.name: the text has characters that cannot be seen, or that turn the direction of writing; write it again without them",
        ),
        (
            "{\"organisation\":{\"contact\":\"It-hjælp \u{202e}4321 30 20 10\"}}",
            "1:28: organisation.contact: the text has characters that cannot be seen, or that turn the direction of writing; write it again without them",
        ),
        (
            r#"{"organisation":{"contact":"Ring til 010203-1234"}}"#,
            "1:28: organisation.contact: all users see this text, and it holds a number that may be a CPR number",
        ),
        // "expected a domain" left it to the reader to find the sign.
        (
            r#"{"knownDomains":["@eksempel.dk"]}"#,
            r#"1:18: knownDomains[0]: expected a domain without @; write "eksempel.dk""#,
        ),
        (
            r#"{"knownDomains":["*"]}"#,
            r#"1:18: knownDomains[0]: this covers every domain; name one, such as "*.eksempel.dk""#,
        ),
        (
            r#"{"knownDomains":["*.dk"]}"#,
            r#"1:18: knownDomains[0]: this covers every domain; name one, such as "*.eksempel.dk""#,
        ),
        (r#"{"knownDomains":["ærø.dk","xn--r-3fa9c.DK"]}"#, "1:27: knownDomains[1]: the same domain is already at [0]"),
        (
            r#"{"organisation":{"domains":["gmail.com"]}}"#,
            "1:29: organisation.domains[0]: this domain is a private mail service too; it cannot be both",
        ),
        (
            r#"{"organisation":{"help":"http://eksempel.dk"}}"#,
            "1:25: organisation.help: expected a link that begins with https:// and has no spaces, brackets, user name or invisible characters",
        ),
        (
            r#"{"practice":{"course":"intra/kursus"}}"#,
            "1:23: practice.course: expected a link that begins with https:// and has no spaces, brackets, user name or invisible characters",
        ),
        (r#"{"practice":{"offer":"no"}}"#, "1:22: practice.offer: expected true or false, found a text"),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"A@X.dk"}]}"#,
            "1:56: retiredMailboxes[0].replacement: a mailbox cannot replace itself; name another, or leave the key out",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"b@x.dk"},{"address":"b@x.dk"}]}"#,
            "1:56: retiredMailboxes[0].replacement: this mailbox is retired too; name one that is read",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk"},{"address":"A@x.dk"}]}"#,
            "1:54: retiredMailboxes[1].address: the same mailbox is already at [0]",
        ),
        (
            r#"{"organisation":{"domains":["x.dk"]},"retiredMailboxes":[{"address":"*@x.dk"}]}"#,
            "1:69: retiredMailboxes[0].address: this retires every mailbox of one of the organisation's own domains",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","since":"2026-02-30"}]}"#,
            r#"1:50: retiredMailboxes[0].since: this date does not exist; write an existing one, such as "2026-05-01""#,
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","since":"1. maj"}]}"#,
            r#"1:50: retiredMailboxes[0].since: expected a date, such as "2026-05-01""#,
        ),
        (
            r#"{"secureMail":{"from":["b@x.dk"]},"retiredMailboxes":[{"address":"b@x.dk"}]}"#,
            "1:24: secureMail.from[0]: this mailbox is in retiredMailboxes too; remove it from one of the two",
        ),
        (r#"{"secureMail":{"tags":["[]"]}}"#, "1:24: secureMail.tags[0]: expected a word with letters or digits"),
        (
            r#"{"secureMail":{"everyExternal":true}}"#,
            "1:32: secureMail.everyExternal: this needs organisation.domains: without your own domains, nothing is known to be external",
        ),
        (
            r#"{"secureMail":{"headers":[{"name":"x sikker"}]}}"#,
            r#"1:35: secureMail.headers[0].name: a header name has only letters, digits and hyphens, such as "x-sikker""#,
        ),
        (
            r#"{"secureMail":{"headers":[{"name":"x:sikker"}]}}"#,
            r#"1:35: secureMail.headers[0].name: a header name has only letters, digits and hyphens, such as "x-sikker""#,
        ),
        (
            r#"{"secureMail":{"headers":[{"name":""}]}}"#,
            r#"1:35: secureMail.headers[0].name: a header name has only letters, digits and hyphens, such as "x-sikker""#,
        ),
        (
            r#"{"secureMail":{"from":["sikkerpost"]}}"#,
            r#"1:24: secureMail.from[0]: expected a mail address, such as "post@eksempel.dk""#,
        ),
        (
            r#"{"secureMail":{"from":["a@x.dk","A@x.dk"]}}"#,
            "1:33: secureMail.from[1]: the same address is already at [0]",
        ),
        // A label's name was taken for its id, and no mail was ever secure by it.
        (
            r#"{"secureMail":{"labels":["Fortroligt"]}}"#,
            r#"1:26: secureMail.labels[0]: expected the id of a sensitivity label, a GUID such as "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", and not its name; `Get-Label | Format-List DisplayName, Guid` in Security & Compliance PowerShell shows it"#,
        ),
        (
            r#"{"secureMail":{"labels":["0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9","0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9"]}}"#,
            "1:65: secureMail.labels[1]: the same label is already at [0]",
        ),
        (
            r#"{"retiredMailboxes":[{"address":"a@x.dk","replacement":"b"}]}"#,
            r#"1:56: retiredMailboxes[0].replacement: expected a mail address, such as "post@eksempel.dk""#,
        ),
        (
            r#"{"retiredMailboxes":[{"address":"*@x"}]}"#,
            r#"1:33: retiredMailboxes[0].address: expected a domain, such as "eksempel.dk" or "*.eksempel.dk""#,
        ),
        (r#"{"neutralSubject":{"da":"010203-1234"}}"#, "1:25: neutralSubject.da: expected a subject with words in it"),
        (
            r#"{"neutralSubject":{"da":"Sag 010203-1234"}}"#,
            "1:25: neutralSubject.da: the neutral subject must not hold a number that may be a CPR number",
        ),
        (
            r#"{"citizen":{"da":"010203-1234"}}"#,
            r#"1:18: citizen.da: expected one or more words, such as "borgeren" or "the citizen""#,
        ),
        (
            r#"{"citizens":{"en":" pupils"}}"#,
            r#"1:19: citizens.en: expected one or more words, such as "borgeren" or "the citizen""#,
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(errors(text), [expected], "{text}");
        // Danish says the same of the same place, in other words and with the same names and numbers.
        let danish = parse(text).unwrap_err().remove(0).said(Language::Da);
        let (place, _) = expected.split_at(expected.find(' ').unwrap());
        assert!(danish.starts_with(place) && danish != expected, "{danish}");
        let quoted = |text: &str| text.split(['`', '"']).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(quoted(&danish), quoted(expected), "{danish}");
    }
}

#[test]
fn what_word_processors_and_web_pages_put_in_is_named() {
    let mut wrong = Vec::new();
    for (text, place, da, en) in [
        ("{\u{201d}mode\u{201d}: \"advise\"}", "1:2:", "typografiske anførselstegn", "typographic quotation"),
        ("{\"mode\": \u{201c}advise\u{201d}}", "1:10:", "typografiske anførselstegn", "typographic quotation"),
        ("{\u{a0}\"mode\": \"advise\"}", "1:2:", "hårdt mellemrum", "no-break space"),
        ("{\"mode\": 'advise'}", "1:10:", "enkelte anførselstegn", "single quotation marks"),
        ("{\"mode\": \"advise\",}", "1:18:", "slet kommaet før", "remove the comma before"),
        ("{\"mode\": \"advise\"\n\"language\": \"da\"}", "1:18:", "mangler et komma", "a comma is missing"),
        ("{\"mode\" \"advise\"}", "1:", "mangler et kolon", "a colon is missing"),
        ("{\"mode\": }", "1:", "mangler en værdi", "a value is missing"),
        ("{mode: \"advise\"}", "1:", "i anførselstegn", "in quotation marks"),
        ("{ // nej\n}", "1:", "ikke have kommentarer", "no comments"),
        ("{\"knownDomains\": [", "1:", "mangler en ]", "] is missing"),
        ("{\"mode\": \"advise", "1:", "mangler et \"", "a \" is missing"),
        ("{\"organisation\": {\"name\": \"a\\b c\\q\"}}", "1:", "omvendt skråstreg", "backslash"),
        ("{} {}", "1:", "efter slutningen", "follows the end"),
        ("{\"visibleRecipients\": {\"private\": 0x5}}", "1:", "med cifre alene", "digits alone"),
    ] {
        let found = parse(text).unwrap_err();
        let [error] = found.as_slice() else { panic!("{text}: {found:?}") };
        for (said, expected) in [(error.said(Language::Da), da), (error.said(Language::En), en)] {
            if !said.starts_with(place) || !said.contains(expected) {
                wrong.push(said);
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn text_that_is_not_json_is_reported() {
    for text in
        ["{", "{\"mode\": }", "{} {}", "{'mode': 'advise'}", "{\"mode\": \"advise\",}", "{ // no\n}", "nonsense"]
    {
        let errors = errors(text);
        assert_eq!(errors.len(), 1, "{text}");
        assert!(errors.concat().contains("this is not JSON"), "{text}: {errors:?}");
    }
}

#[test]
fn all_errors_are_reported_at_once() {
    let text = r#"{
  "mode": "hard",
  "organisation": { "nam": "x", "contact": 7 },
  "rules": { "retired-mailboxes": "stop" },
  "onFailure": "stopp"
}"#;
    let positions: Vec<String> =
        errors(text).iter().map(|error| error.chars().take_while(|c| *c != ' ').collect()).collect();
    assert_eq!(positions, ["2:11:", "3:21:", "3:44:", "4:14:", "5:16:"]);
}

/// The errors as their places and paths.
fn places(text: &str) -> Vec<String> {
    errors(text).iter().map(|error| error.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

/// Whoever mended an unknown key learned only then that a domain was wrong.
#[test]
fn wrong_keys_types_and_values_are_reported_together() {
    for (text, expected) in [
        (
            r#"{"moed":"advise","falseStop":7,"organisation":{"domains":["@eksempel.dk"]}}"#,
            &["1:2: moed:", "1:30: falseStop:", "1:59: organisation.domains[0]:"] as &[_],
        ),
        (
            r#"{"mode":"advise","mode":3,"knownDomains":["*"]}"#,
            &["1:18: mode:", "1:25: mode:", "1:43: knownDomains[0]:"],
        ),
        // Entries keep their numbers.
        (
            r#"{"knownDomains":["a.dk",5,"a.dk","@b.dk"]}"#,
            &["1:25: knownDomains[1]:", "1:27: knownDomains[2]:", "1:34: knownDomains[3]:"],
        ),
        (
            r#"{"retiredMailboxes":[5,{"adress":"a@x.dk","since":"2026-02-30"},{"address":"b@x.dk","replacement":"B@x.dk"}]}"#,
            &[
                "1:22: retiredMailboxes[0]:",
                "1:24: retiredMailboxes[1]:",
                "1:25: retiredMailboxes[1].adress:",
                "1:51: retiredMailboxes[1].since:",
                "1:99: retiredMailboxes[2].replacement:",
            ],
        ),
        (
            r#"{"secureMail":{"how":{"da":"Vælg Sikker","dk":""},"headers":[{"nam":"x"}]},"visibleRecipients":{"private":-1}}"#,
            &[
                "1:22: secureMail.how:",
                "1:28: secureMail.how.da:",
                "1:42: secureMail.how.dk:",
                "1:62: secureMail.headers[0]:",
                "1:63: secureMail.headers[0].nam:",
                "1:107: visibleRecipients.private:",
            ],
        ),
        (r#"{"organisation":{"help":"http://SLASHES"}}"#, &["1:25: organisation.help:", "1:25: organisation.help:"]),
        (r#"{"words":{"cpr":["a\tb"],"other":7}}"#, &["1:18: words.cpr[0]:", "1:34: words.other:"]),
    ] {
        let text = text.replace("SLASHES", &"/".repeat(120));
        assert_eq!(places(&text), expected, "{text}");
    }
}

/// What follows from an error goes away with it, and would send the reader looking for another.
#[test]
fn what_only_follows_from_an_error_is_not_reported() {
    for text in [
        r#"{"secureMail":{"everyExternal":true},"organisation":5}"#,
        r#"{"secureMail":{"everyExternal":true},"organisation":{"domains":"eksempel.dk"}}"#,
        r#"{"secureMail":{"everyExternal":true},"organisation":{"domians":["eksempel.dk"]}}"#,
        r#"{"secureMail":{"from":[5]}}"#,
        r#"{"neutralSubject":{"da":7}}"#,
        r#"{"citizen":[]}"#,
        r#"{"rules":7}"#,
        r#"{"secureMail":[],"retiredMailboxes":[]}"#,
        r#"{"language":7}"#,
        "[]",
        "7",
    ] {
        assert_eq!(errors(text).len(), 1, "{text}: {:?}", errors(text));
    }
}

/// Each error looked for its line from the start of the text: 5000 took minutes.
#[test]
fn a_long_list_of_errors_takes_no_longer_for_each() {
    let text = format!("{{\"knownDomains\":[\n{}\"a.dk\"]}}", "\"*\",\n".repeat(50_000));
    let found = errors(&text);
    assert_eq!((found.len(), found.last().unwrap().split(' ').next()), (50_000, Some("50001:1:")));
}

#[test]
fn own_domains_that_are_all_below_another_are_warned_of() {
    for (domains, expected) in [
        (r#"["*.fjordby.example"]"#, vec!["1:29: organisation.domains[0]:"]),
        (r#"["*.a.dk","*.b.dk"]"#, vec!["1:29: organisation.domains[0]:", "1:38: organisation.domains[1]:"]),
        (r#"["fjordby.example","*.fjordby.example"]"#, vec![]),
        (r#"["fjordby.example","*.skole.example"]"#, vec![]),
        ("[]", vec![]),
        ("[7]", vec![]),
    ] {
        let found: Vec<String> = warnings(&format!(r#"{{"organisation":{{"domains":{domains}}}}}"#))
            .iter()
            .map(|warning| warning.said(Language::Da).split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found, expected, "{domains}");
    }
}

#[test]
fn a_text_that_is_too_short_is_reported() {
    let text = r#"{"neutralSubject":{"da":""}}"#;
    assert_eq!(errors(text), ["1:25: neutralSubject.da: the text must have at least 1 character"]);
}

#[test]
fn a_text_over_its_limit_is_reported() {
    let text = format!(r#"{{"organisation":{{"contact":"{}"}}}}"#, "x".repeat(81));
    assert_eq!(errors(&text), ["1:28: organisation.contact: the text must have at most 80 characters"]);
}

#[test]
fn a_date_must_exist() {
    for (day, exists) in [
        ("2026-01-31", true),
        ("2026-04-30", true),
        ("2026-04-31", false),
        ("2026-02-28", true),
        ("2026-02-29", false),
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("2100-02-29", false),
        ("2026-12-31", true),
        ("2026-12-32", false),
        ("2026-13-01", false),
        ("2026-00-10", false),
        ("2026-05-00", false),
    ] {
        let text = format!(r#"{{"retiredMailboxes":[{{"address":"a@x.dk","since":"{day}"}}]}}"#);
        assert_eq!(parse(&text).is_ok(), exists, "{day}");
    }
}

#[test]
fn a_link_must_be_clickable() {
    for (link, is_one) in [
        ("https://eksempel.dk", true),
        ("https://eksempel.dk/kursus?a=1#b", true),
        ("https://eksempel.dk:8443", true),
        ("http://eksempel.dk", false),
        ("https://", false),
        ("https://eksempel.dk/a b", false),
        ("https://eksempel.dk/(a)", false),
        ("https://eksempel.dk/<a>", false),
        ("https://eksempel.dk/\u{7f}", false),
        ("eksempel.dk", false),
        ("https://rødovre.example/hjælp?tekst=привет", true),
        ("https://kommune.example:443@evil.example/", false),
        ("https://kommune.example@evil.example/", false),
        ("https://eksempel.dk:99999/", false),
        ("https://eksempel.dk:0/", false),
        ("https://eksempel.dk:x/", false),
        ("https://eksempel.dk/\u{202e}fdp", false),
        ("https://eksem\u{200b}pel.dk/", false),
        ("https://eksempel.dk/a\u{2066}", false),
        ("https://\u{435}ksempel.dk", false),
        ("https://*.eksempel.dk", false),
    ] {
        let text = format!(r#"{{"organisation":{{"help":"{link}"}}}}"#);
        assert_eq!(parse(&text).is_ok(), is_one, "{link}");
    }
}

#[test]
fn a_header_name_may_have_letters_and_hyphens() {
    assert!(parse(r#"{"secureMail":{"headers":[{"name":"x-sikker"}]}}"#).is_ok());
}

#[test]
fn an_error_that_only_serde_reports_has_a_position() {
    let error = serde_json::from_str::<sendvagt::PolicyFile>("[").unwrap_err();
    let reported = super::from_serde(&error, "[");
    assert_eq!(
        (reported.line, reported.column, reported.message),
        (1, 1, super::words::with(super::words::NOT_JSON, &[&error.to_string()]))
    );
}

/// A contact of two departments, "IT & Digitalisering", came out as "IT  Digitalisering".
#[test]
fn an_ampersand_that_the_dialog_shows_is_warned_of_with_what_to_write_instead() {
    let all = r#"{"organisation":{"name":"A & B","domains":["a.dk"],"contact":"IT & D","help":"https://a.dk/?x=1&y=2"},
"secureMail":{"tags":["[a]","[b&c]"],"how":{"da":"Tryk & send.","en":"Press."}},
"retiredMailboxes":[{"address":"a&b@a.dk","replacement":"c&d@a.dk"},{"address":"e@a.dk"}],"neutralSubject":{"da":"A & B"}}"#;
    assert!(parse(all).is_ok(), "a warning is no error");
    let found: Vec<String> = warnings(all).iter().map(ToString::to_string).collect();
    for (place, instead) in [
        ("1:62: organisation.contact: ", "write a word such as \"og\""),
        ("1:78: organisation.help: ", "give one without \"&\""),
        ("2:29: secureMail.tags[1]: ", "write a word"),
        ("2:50: secureMail.how.da: ", "write a word"),
        ("3:32: retiredMailboxes[0].address: ", "service desk"),
        ("3:57: retiredMailboxes[0].replacement: ", "service desk"),
    ] {
        let named = found.iter().find(|line| line.starts_with(place));
        assert!(named.is_some_and(|line| line.contains(instead)), "{place} {instead}: {found:#?}");
    }
    assert_eq!(found.len(), 6, "what only the pane and the pages show is HTML: {found:#?}");
    assert!(warnings("{}").is_empty() && warnings("{").is_empty());
}

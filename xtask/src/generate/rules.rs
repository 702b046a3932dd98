//! docs/rules.md, made from the rules.

use sendvagt::rules::Example;
use sendvagt::{Language, RuleName};

/// The page, as Markdown.
pub(super) fn page() -> String {
    let mut page = String::from(
        "# The rules\n\n<!-- Made from the code by `cargo xtask generate`. -->\n\n\
         Each rule is one file below `src/rules/`. The examples are judged in the tests, under a policy with the tag `sikker`,\n\
         the own domain `eksempel.example.dk`, secure mail that reaches `region.example.dk`, and retired mailboxes at\n\
         `gammel.example.dk` and `lukket.example.dk`. `cc:` and `bcc:` are fields, `list:` is a distribution list, and\n\
         `began:` is whom a reply was begun to. `text:` is the text of the mail, with `/` between its lines, and\n\
         `attached:` is the name of a file. All numbers and addresses are made up.\n",
    );
    RuleName::ALL.into_iter().for_each(|rule| section(rule, &mut page));
    page
}

fn section(name: RuleName, page: &mut String) {
    let rule = name.rule();
    let default = serde_json::to_value(rule.default).unwrap_or_default();
    let (da, en) = (rule.name.about().get(Language::Da), rule.name.about().get(Language::En));
    page.push_str(&format!("\n## `{}`\n\n{en} By default: `{default}`.\n\nPå dansk: {da}\n\n", name.as_str()));
    page.push_str("| subject | recipients | found | because |\n| --- | --- | --- | --- |\n");
    for Example { subject, to, found, because } in name.examples().drafts {
        let found = if *found { "yes" } else { "no" };
        let to = to.iter().map(|address| format!("`{}`", address.replace('\n', " / "))).collect::<Vec<_>>().join(", ");
        page.push_str(&format!("| `{subject}` | {to} | {found} | {because} |\n"));
    }
}

//! docs/field-reports.md: what others report of add-ins such as this one, and where the tests or the guide show what
//! Sendvagt does about it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

/// A line for each report: number, symptom, source, what Sendvagt does, status, and where that is shown, separated by tabs.
/// Several places are separated by `; `.
const TABLE: &str = "tests/field-reports.tsv";

pub(super) fn page(root: &Path) -> Result<String> {
    let table = fs::read_to_string(root.join(TABLE)).with_context(|| format!("{TABLE} cannot be read"))?;
    let mut page = format!(
        "# Field reports\n\n<!-- Made from {TABLE} by `cargo xtask generate`. -->\n\n\
         What developers and Microsoft report of Outlook add-ins with events, in our words, and what Sendvagt does about it.\n\
         *office-js* are issues of OfficeDev/office-js. No Outlook was used: *tested* means in the simulator, in a fake Office or on\n\
         the command line, and what only an Outlook can show is a step of the [acceptance test](deploy.md#7-acceptance-test).\n\
         This page cannot be made while it names a test or a heading that does not exist.\n\n\
         | no. | symptom | source | what Sendvagt does | shown by |\n| --- | --- | --- | --- | --- |\n"
    );
    for (index, line) in table.lines().enumerate() {
        let row = row(root, line).with_context(|| format!("{TABLE}, line {}", index + 1))?;
        writeln!(page, "{row}")?;
    }
    Ok(page)
}

fn row(root: &Path, line: &str) -> Result<String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [number, symptom, source, does, status, places] = fields.as_slice() else {
        bail!("expected six fields separated by tabs, found {}", fields.len());
    };
    let places: Vec<&str> = places.split("; ").filter(|place| !place.is_empty()).collect();
    let shown = match *status {
        "tested" => listed("", &places, |place| test(root, place))?,
        "guide" => listed("guide: ", &places, |place| heading(root, place))?,
        "acceptance" => listed("acceptance test: ", &places, |place| heading(root, place))?,
        "not concerned" | "open" => {
            ensure!(places.is_empty(), "a row that is {status} names no place");
            (*status).to_owned()
        }
        _ => bail!("the status {status} is not one of tested, guide, acceptance, not concerned, open"),
    };
    Ok(format!("| {number} | {} | {} | {} | {shown} |", cell(symptom), cell(source), cell(does)))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn listed(about: &str, places: &[&str], one: impl Fn(&str) -> Result<String>) -> Result<String> {
    ensure!(!places.is_empty(), "the row names no place that shows it");
    let shown: Vec<String> = places.iter().map(|place| one(place)).collect::<Result<_>>()?;
    Ok(format!("{about}{}", shown.join("; ")))
}

/// A test, by its file and its title: in Rust its function.
fn test(root: &Path, place: &str) -> Result<String> {
    let (file, title) = place.split_once(": ").with_context(|| format!("{place} is no file and title"))?;
    let text = fs::read_to_string(root.join(file)).with_context(|| format!("{file} cannot be read"))?;
    let is_there = if file.ends_with(".rs") {
        text.contains(&format!("fn {title}("))
    } else {
        // The title of a row of a table begins or ends with what the row fills in.
        text.lines().any(|line| line.contains("test(") && line.contains(title))
    };
    ensure!(is_there, "{file} has no test \"{title}\"");
    Ok(format!("[{}](../{file})", cell(title)))
}

/// A heading of a page, by its anchor.
fn heading(root: &Path, place: &str) -> Result<String> {
    let (file, anchor) = place.split_once('#').with_context(|| format!("{place} is no page and heading"))?;
    let text = fs::read_to_string(root.join(file)).with_context(|| format!("{file} cannot be read"))?;
    let titles = text.lines().filter_map(|line| line.strip_prefix("## "));
    let title = titles.into_iter().find(|title| anchor_of(title) == anchor);
    let title = title.with_context(|| format!("{file} has no heading with the anchor {anchor}"))?;
    let page = file.strip_prefix("docs/").unwrap_or(file);
    Ok(format!("[{}]({page}#{anchor})", cell(title)))
}

/// As GitHub makes it.
fn anchor_of(title: &str) -> String {
    let kept =
        title.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect::<String>();
    kept.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{TABLE, row};

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.spec.ts", "test(\"it works\", () => {});\nconst other = \"it fails\";\n");
        write("a.rs", "fn it_works() {}\n");
        write("guide.md", "## 6 Settings of Outlook, that matter\n");
        folder
    }

    #[test]
    fn a_row_names_tests_and_headings_that_exist() {
        let folder = folder();
        for (end, shown) in [
            ("tested\ta.spec.ts: it works; a.rs: it_works", "[it works](../a.spec.ts); [it_works](../a.rs)"),
            (
                "guide\tguide.md#6-settings-of-outlook-that-matter",
                "guide: [6 Settings of Outlook, that matter](guide.md#6-settings-of-outlook-that-matter)",
            ),
            ("not concerned\t", "not concerned"),
            ("open\t", "open"),
        ] {
            let made = row(folder.path(), &format!("1\ta|b\toffice-js 1\tnothing\t{end}")).unwrap();
            assert_eq!(made, format!("| 1 | a\\|b | office-js 1 | nothing | {shown} |"));
        }
    }

    #[test]
    fn what_does_not_exist_is_an_error() {
        let folder = folder();
        for (end, says) in [
            ("tested\ta.spec.ts: it fails", "no test \"it fails\""),
            ("tested\ta.rs: it", "no test \"it\""),
            ("tested\tb.rs: it_works", "b.rs cannot be read"),
            ("tested\t", "names no place"),
            ("guide\tguide.md#7-more", "no heading with the anchor 7-more"),
            ("open\ta.rs: it_works", "names no place"),
            ("done\t", "is not one of"),
            ("tested", "six fields"),
        ] {
            let error = row(folder.path(), &format!("1\ta\tb\tc\t{end}")).unwrap_err().to_string();
            assert!(error.contains(says), "{end}: {error}");
        }
    }

    #[test]
    fn there_is_a_row_for_each_report_in_order() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let table = fs::read_to_string(root.join(TABLE)).unwrap();
        let numbers: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
        let expected: Vec<String> = (1..=76).map(|number| number.to_string()).collect();
        assert_eq!(numbers, expected);
    }
}

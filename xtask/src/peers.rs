//! `cargo xtask peers`: how well Sendvagt finds CPR numbers beside what else there is, as a table in
//! `docs/detection.md`.
//!
//! It installs its peers from their registries and is no part of the tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use sendvagt::cpr::{ContextWords, Grade, find};
use serde_json::Value;

#[path = "../../tests/workday/subjects.rs"]
#[expect(dead_code, clippy::panic, clippy::expect_used, clippy::indexing_slicing, reason = "written for a test")]
mod subjects;

const STDNUM: &str = "python-stdnum==2.2";
/// OS2datascanner's finder of CPR numbers.
const OS2DS_RULES: &str = "os2ds-rules==0.1.0";
const DANISH_SSN: &str = "danish-ssn@2.1.1";

/// The corpora, with what stands over their tables.
const CORPORA: [(&str, &str); 3] = [
    ("workday-dev.jsonl", "The given lines of a working day"),
    ("dev.jsonl", "The given corpus"),
    ("hard.jsonl", "Our own hard lines"),
];

/// The subjects of an ordinary day: the day, how many without a number and with one, and the seed.
const ORDINARY: ((u16, u8, u8), usize, usize, u64) = ((2026, 11, 25), 20_000, 5_000, 2026);
/// Of so many subjects one held a CPR number in the municipality that the project is made for: 913 of 5,163,000.
const ONE_IN: f64 = 5655.0;

/// The part of `docs/detection.md` that is measured stands between these.
const BEGIN: &str = "<!-- measured: `cargo xtask peers` writes what follows -->\n";
const END: &str = "<!-- end of what is measured -->\n";

/// Arguments of `cargo xtask peers`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print the tables, and leave docs/detection.md as it is
    #[arg(long)]
    print: bool,
}

/// A labelled subject line.
struct Line {
    subject: String,
    class: String,
    expect: String,
    /// Which detectors raise an alarm, in the order of the detectors.
    alarms: Vec<bool>,
}

/// Measures all detectors on all corpora, and writes or prints the tables.
pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<()> {
    let work = root.join("target/peers");
    install(&work)?;
    let mut tables = String::new();
    let mut lines = ordinary();
    let detectors = measure(root, &work, &mut lines)?;
    writeln!(tables, "\n## An ordinary day\n")?;
    tables.push_str(&on_an_ordinary_day(&detectors, &lines)?);
    for (name, title) in CORPORA {
        let mut lines = read(&root.join("tests/corpus").join(name))?;
        let detectors = measure(root, &work, &mut lines)?;
        writeln!(tables, "\n## {title}\n")?;
        tables.push_str(&summary(&detectors, &lines)?);
        writeln!(tables, "\nAlarms by class, as lines with an alarm of all lines:\n")?;
        tables.push_str(&by_class(&detectors, &lines)?);
    }
    if arguments.print {
        print!("{tables}");
        return Ok(());
    }
    let path = root.join("docs/detection.md");
    let page = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let Some((head, rest)) = page.split_once(BEGIN) else { bail!("{} has no line {BEGIN}", path.display()) };
    let Some((_, tail)) = rest.split_once(END) else { bail!("{} has no line {END}", path.display()) };
    fs::write(&path, [head, BEGIN, &tables, "\n", END, tail].concat())?;
    println!("{} is written", path.display());
    Ok(())
}

/// Installs the peers below `work`, unless they are there.
fn install(work: &Path) -> Result<()> {
    fs::create_dir_all(work)?;
    let venv = work.join("venv");
    if !venv.exists() {
        quietly(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    quietly(Command::new(venv.join("bin/pip")).args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        STDNUM,
        OS2DS_RULES,
    ]))?;
    if !work.join("node_modules/danish-ssn").exists() {
        fs::write(work.join("package.json"), "{\"private\":true}\n")?;
        quietly(
            Command::new("npm")
                .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", DANISH_SSN])
                .current_dir(work),
        )?;
    }
    Ok(())
}

fn quietly(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{program} cannot be started; is it installed?"))?;
    ensure!(output.status.success(), "{program} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let value: Value =
            serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), number + 1))?;
        let text = |key: &str| {
            value
                .get(key)
                .and_then(Value::as_str)
                .map(String::from)
                .with_context(|| format!("line {} has no {key}", number + 1))
        };
        if value.get("ambiguous") != Some(&Value::Bool(true)) {
            lines.push(Line {
                subject: text("subject")?,
                class: text("class")?,
                expect: text("expect")?,
                alarms: Vec::new(),
            });
        }
    }
    Ok(lines)
}

/// The subjects of an ordinary day, as lines to be sent or stopped.
fn ordinary() -> Vec<Line> {
    let (day, without, with, seed) = ORDINARY;
    let line = |subject: subjects::Subject| Line {
        class: subject.template.to_owned(),
        expect: if subject.number.is_some() { "stop" } else { "send" }.to_owned(),
        subject: subject.text,
        alarms: Vec::new(),
    };
    let without = subjects::subjects_on(day, without, seed, false);
    let with = subjects::subjects_on(day, with, seed + 1, true);
    without.into_iter().chain(with).map(line).collect()
}

/// What each detector does to ordinary subjects, and what an alarm is worth where one subject in [`ONE_IN`] has a number.
fn on_an_ordinary_day(detectors: &[String], lines: &[Line]) -> Result<String> {
    let (positive, negative): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.expect != "send");
    let mut table = format!(
        "| detector | alarms on {} subjects without a number | found of {} with one | right alarms, at one number in {ONE_IN:.0} subjects |\n\
         | --- | --- | --- | --- |\n",
        negative.len(),
        positive.len()
    );
    for (index, detector) in detectors.iter().enumerate() {
        let alarms = |of: &[&Line]| of.iter().filter(|line| line.alarms.get(index) == Some(&true)).count();
        let (hits, false_alarms) = (alarms(&positive), alarms(&negative));
        let found = hits as f64 / positive.len() as f64;
        let wrong = (ONE_IN - 1.0) * false_alarms as f64 / negative.len() as f64;
        let worth = match false_alarms {
            0 => "no false alarm seen".to_owned(),
            _ => format!("1 in {:.0}", (found + wrong) / found),
        };
        writeln!(
            table,
            "| {detector} | {false_alarms} ({:.2} %) | {hits} ({}) | {worth} |",
            100.0 * false_alarms as f64 / negative.len() as f64,
            percent(hits, positive.len())
        )?;
    }
    Ok(table)
}

/// Lets every detector judge every line; gives the names of the detectors.
fn measure(root: &Path, work: &Path, lines: &mut [Line]) -> Result<Vec<String>> {
    let words = ContextWords::default();
    for line in &mut *lines {
        let grade = find(&line.subject, &words).iter().map(|candidate| candidate.grade).max();
        line.alarms = vec![grade == Some(Grade::Certain), grade.is_some()];
    }
    let mut detectors = vec!["Sendvagt, stop".to_owned(), "Sendvagt, stop or ask".to_owned()];
    let peers = root.join("xtask/peers");
    detectors.extend(ask(Command::new(work.join("venv/bin/python")).arg(peers.join("peers.py")), lines)?);
    detectors.extend(ask(Command::new("node").arg(peers.join("danish-ssn.mjs")).arg(work), lines)?);
    Ok(detectors)
}

/// Hands the subjects to a helper, one JSON string a line, and notes its answers, one JSON object a line.
fn ask(command: &mut Command, lines: &mut [Line]) -> Result<Vec<String>> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("a peer cannot be started")?;
    let subjects: String = lines.iter().map(|line| format!("{}\n", Value::from(line.subject.as_str()))).collect();
    let mut input = child.stdin.take().context("a peer takes no input")?;
    // Writing and reading at once: the answers may fill a pipe before all questions are asked.
    let writer = std::thread::spawn(move || input.write_all(subjects.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "a peer failed");
    ensure!(matches!(writer.join(), Ok(Ok(()))), "a peer stopped reading");
    let answers: Vec<BTreeMap<String, bool>> =
        String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(answers.len() == lines.len(), "a peer answered {} of {} lines", answers.len(), lines.len());
    for (line, answer) in lines.iter_mut().zip(&answers) {
        line.alarms.extend(answer.values());
    }
    Ok(answers.first().map(|answer| answer.keys().cloned().collect()).unwrap_or_default())
}

/// Recall and false alarms of each detector.
fn summary(detectors: &[String], lines: &[Line]) -> Result<String> {
    let (positive, negative): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.expect != "send");
    let mut table = format!(
        "| detector | found of {} lines with a number | false alarms on {} lines without | precision |\n| --- | --- | --- | --- |\n",
        positive.len(),
        negative.len()
    );
    for (index, detector) in detectors.iter().enumerate() {
        let alarms = |of: &[&Line]| of.iter().filter(|line| line.alarms.get(index) == Some(&true)).count();
        let (hits, false_alarms) = (alarms(&positive), alarms(&negative));
        writeln!(
            table,
            "| {detector} | {hits} ({}) | {false_alarms} ({}) | {} |",
            percent(hits, positive.len()),
            percent(false_alarms, negative.len()),
            percent(hits, hits + false_alarms)
        )?;
    }
    Ok(table)
}

/// Lines with an alarm of all lines, for each class; classes in which the detectors agree with us share a row.
fn by_class(detectors: &[String], lines: &[Line]) -> Result<String> {
    let mut classes: BTreeMap<(&str, &str), Vec<&Line>> = BTreeMap::new();
    for line in lines {
        classes.entry((&line.expect, &line.class)).or_default().push(line);
    }
    let mut table = format!("| class | right | {} |\n", detectors.join(" | "));
    writeln!(table, "|{}", " --- |".repeat(detectors.len() + 2))?;
    let mut same: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for ((expect, class), of) in &classes {
        let all = of.len();
        let share = |index| match of.iter().filter(|line| line.alarms.get(index) == Some(&true)).count() {
            0 => "–".to_owned(),
            hits if hits == all => "all".to_owned(),
            hits => format!("{hits} of {all}"),
        };
        let cells: Vec<_> = (0..detectors.len()).map(share).collect();
        same.entry(format!("{expect} | {}", cells.join(" | "))).or_default().push(class);
    }
    for (cells, classes) in &same {
        writeln!(table, "| {} | {cells} |", classes.join(", ").replace('|', "\\|"))?;
    }
    Ok(table)
}

fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "–".to_owned(),
        _ => format!("{:.1} %", 100.0 * part as f64 / whole as f64),
    }
}

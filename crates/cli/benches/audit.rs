//! Speed of `sendvagt audit`: as many mails as the municipality sent, end to end with the built program, compared with
//! ripgrep, the `regex` crate and reading alone.
//!
//! `cargo bench -p sendvagt-cli --bench audit`; a number after `--` changes how many subjects there are, and a folder there
//! gets the traces of `cargo xtask bench old-mail` instead. Every number and name is made up; the files are the same on every
//! run.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark fails as loudly as a test")]

#[path = "../tests/audit/subjects.rs"]
mod subjects;
#[path = "../../../tests/workday/subjects.rs"]
#[expect(dead_code, clippy::panic, reason = "written for a test")]
mod workday;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use regex::bytes::Regex;
use subjects::{Dice, plain};

/// How many mails the municipality sent, and how many of them were held back.
const SUBJECTS: usize = 5_163_000;
const PLANTED: usize = 913;
/// The pattern that most filters use.
const NAIVE: &str = "[0-9]{6}[- ]?[0-9]{4}";
/// How many runs there are of each, of which the fastest counts: others use the machine too.
const RUNS: usize = 5;

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(SUBJECTS);
    if let Some(folder) = std::env::args().skip(1).map(PathBuf::from).find(|argument| argument.is_dir()) {
        write_trace(&plain(count, PLANTED).text, count, &folder.join("plain.csv"));
        return write_trace(of_a_working_day(count).as_bytes(), count, &folder.join("working-day.csv"));
    }
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let (text, table) = (folder.path().join("subjects.txt"), folder.path().join("trace.csv"));
    let planted = make(count, &text, &table);
    compare(&text, &planted);
    let working_day = folder.path().join("working-day.txt");
    fs::write(&working_day, of_a_working_day(count)).expect("the file can be written");
    for (name, path, planted) in [
        ("subjects, one per line", &text, planted.len()),
        ("the same as a message trace in CSV", &table, planted.len()),
        ("subjects of a working day, one per line", &working_day, 0),
    ] {
        let bytes = fs::metadata(path).expect("it is there").len();
        println!("\n{name}: {count} mails, {:.0} MB, {planted} with a CPR number\n", bytes as f64 / 1e6);
        println!(
            "| what | time | GB/s | to reading alone | cores used | peak memory |\n| --- | --- | --- | --- | --- | --- |"
        );
        let reading = best(|| read_alone(path));
        let show = |what: &str, time: Duration, own: Option<Used>| {
            let (seconds, ratio) = (time.as_secs_f64(), time.as_secs_f64() / reading.as_secs_f64());
            let own = own.map(|Used { cores, peak }| format!("{cores:.2} | {:.0} MB", peak as f64 / 1e3));
            let own = own.unwrap_or_else(|| "|".to_owned());
            println!("| {what} | {seconds:.3} s | {:.2} | {ratio:.1} | {own} |", bytes as f64 / seconds / 1e9);
        };
        show("reading alone, 512 kB at a time", reading, None);
        show("the naive pattern, `regex` crate, in memory, without reading", regex(path), None);
        let naive = ripgrep(path);
        match naive {
            Some(time) => show("the naive pattern, ripgrep, one core", time, None),
            None => println!("| ripgrep is not installed and was skipped | | | | | |"),
        }
        let mut one = Duration::ZERO;
        for (what, cores, threads) in [("one core", "0", "1"), ("two threads, two cores", "0,1", "2")] {
            let (time, used) = audit(path, cores, threads);
            show(&format!("**sendvagt audit**, {what}"), time, Some(used));
            match threads {
                "1" => one = time,
                _ => println!("\ntwo threads are {:.2} times as fast as one", one.as_secs_f64() / time.as_secs_f64()),
            }
        }
        if let Some(naive) = naive {
            println!("on one core, ripgrep takes {:.2} times as long", naive.as_secs_f64() / one.as_secs_f64());
        }
    }
}

/// Writes the subjects as text and as a table, and returns the lines that hold a number.
fn make(count: usize, text: &Path, table: &Path) -> BTreeSet<u64> {
    let made = plain(count, PLANTED);
    fs::write(text, &made.text).expect("the file can be written");
    write_trace(&made.text, count, table);
    made.planted
}

/// Writes subjects, one a line, as a message trace.
fn write_trace(subjects: &[u8], count: usize, table: &Path) {
    let mut dice = Dice(3);
    let mut out = BufWriter::new(File::create(table).expect("the file can be made"));
    writeln!(out, "Received,SenderAddress,RecipientAddress,Subject,Status,MessageId").expect("it can be written");
    for (n, subject) in subjects.split(|&byte| byte == b'\n').take(count).enumerate() {
        let (year, month, day) = (2018 + n * 7 / count, 1 + n * 84 / count % 12, 1 + dice.roll(28));
        let from = dice.roll(4000);
        let to = dice.pick(&["region.example", "nabokommune.example", "politi.example", "klinik.example"]);
        let id = ((dice.roll(1 << 30) as u64) << 30) | dice.roll(1 << 30) as u64;
        write!(
            out,
            "{year}-{month:02}-{day:02}T09:41:22.7654321Z,ansat{from}@kommune.example,post{}@{to},\"",
            from % 97
        )
        .and_then(|()| out.write_all(String::from_utf8_lossy(subject).replace('"', "\"\"").as_bytes()))
        .and_then(|()| writeln!(out, "\",Delivered,<{id:016x}@kommune.example>"))
        .expect("it can be written");
    }
    out.flush().expect("it can be written");
}

/// Subjects of a working day, most of which hold dates, times, phone or case numbers and no CPR number. A tenth is made,
/// and repeated.
fn of_a_working_day(count: usize) -> String {
    let made = workday::subjects_on((2026, 11, 25), count.div_ceil(10), 1, false);
    let text: String = made.into_iter().flat_map(|subject| [subject.text, "\n".to_owned()]).collect();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines.into_iter().cycle().take(count).collect()
}

/// Prints how many of the planted numbers are found, and what else is found.
fn compare(text: &Path, planted: &BTreeSet<u64>) {
    let rows = text.with_extension("jsonl");
    let mut command = on_cores(env!("CARGO_BIN_EXE_sendvagt"), "0,1");
    let status = command.arg("audit").arg(text).arg("--findings").arg(&rows).status().expect("it runs");
    assert_eq!(status.code(), Some(1), "the planted numbers are found, and everything is read");
    let rows = fs::read_to_string(&rows).expect("the findings are there");
    let (mut found, mut stops, mut questions) = (BTreeSet::new(), 0, 0);
    for row in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("every row is JSON");
        let line = row["line"].as_u64().expect("it has a line");
        match (planted.contains(&line), row["rule"] == "cpr-in-subject") {
            (true, _) => drop(found.insert(line)),
            (false, true) => stops += 1,
            (false, false) => questions += 1,
        }
    }
    let (found, all) = (found.len(), planted.len());
    println!("{found} of {all} planted numbers found; {stops} false stops and {questions} false questions");
}

fn best(mut run: impl FnMut() -> Duration) -> Duration {
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}

fn read_alone(path: &Path) -> Duration {
    let (mut file, mut buffer) = (File::open(path).expect("it is there"), vec![0; 512 * 1024]);
    let start = Instant::now();
    while file.read(&mut buffer).expect("it can be read") > 0 {
        std::hint::black_box(&buffer);
    }
    start.elapsed()
}

fn regex(path: &Path) -> Duration {
    let text = fs::read(path).expect("it is there");
    let pattern = Regex::new(&format!("(?-u){NAIVE}")).expect("it is a pattern");
    best(|| {
        let start = Instant::now();
        std::hint::black_box(pattern.find_iter(&text).count());
        start.elapsed()
    })
}

/// A command that runs the program on these cores only.
fn on_cores(program: &str, cores: &str) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", cores, program]).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn ripgrep(path: &Path) -> Option<Duration> {
    Command::new("rg").arg("--version").stdout(Stdio::null()).status().ok()?;
    Some(best(|| {
        let start = Instant::now();
        let mut command = on_cores("rg", "0");
        command.args(["--no-config", "--threads", "1", "--count", NAIVE]).arg(path);
        assert!(command.status().expect("it runs").success(), "ripgrep finds the numbers");
        start.elapsed()
    }))
}

/// What the runs used of the machine.
struct Used {
    /// How many cores the fastest run got on average: fewer than it asked for if others keep them busy.
    cores: f64,
    /// The most memory that any run held, in kB.
    peak: u64,
}

/// Times the audit; the fastest run counts.
fn audit(path: &Path, cores: &str, threads: &str) -> (Duration, Used) {
    let mut used = Used { cores: 0.0, peak: 0 };
    let mut fastest = Duration::MAX;
    for _ in 0..RUNS {
        let (start, before) = (Instant::now(), processor_time());
        let mut command = on_cores(env!("CARGO_BIN_EXE_sendvagt"), cores);
        let mut child = command.args(["audit", "--threads", threads]).arg(path).spawn().expect("it runs");
        let watch = watch_memory(child.id());
        let code = child.wait().expect("it ends").code();
        let time = start.elapsed();
        assert_eq!(code, Some(1), "the planted numbers are found, and everything is read");
        if time < fastest {
            fastest = time;
            used.cores = (processor_time() - before) / time.as_secs_f64();
        }
        used.peak = used.peak.max(watch.join().expect("it watches"));
    }
    (fastest, used)
}

/// Polls the peak memory of a process, in kB, until it ends.
fn watch_memory(process: u32) -> thread::JoinHandle<u64> {
    let status = format!("/proc/{process}/status");
    thread::spawn(move || {
        let mut most = 0;
        while let Ok(about) = fs::read_to_string(&status) {
            let Some(line) = about.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
            most = line.trim().trim_end_matches(" kB").parse().map_or(most, |now: u64| now.max(most));
            thread::sleep(Duration::from_millis(20));
        }
        most
    })
}

/// The processor time of all child processes that have ended, in seconds (proc(5), fields 16 and 17 of `stat`).
fn processor_time() -> f64 {
    let about = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = about.split_whitespace().map(|field| field.parse().unwrap_or_default()).collect();
    fields.iter().skip(15).take(2).sum::<f64>() / 100.0
}

//! An audit in steps, for a page: between two steps it can show how far it is, and be stopped. The page opens its files.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::path::Path;
use std::rc::Rc;

use sendvagt::{Language, Policy};

use crate::Format;
use crate::input::blocks::BLOCK;
use crate::input::file_error::FileError;
use crate::input::source;
use crate::judge::Judge;
use crate::judge::timestamp::Timestamp;
use crate::output::findings_file::{Columns, FindingsFile, Kind};
use crate::output::overview::{sentences, warning};
use crate::output::report;
use crate::output::tally::FileSummary;
use crate::output::texts::Texts;
use crate::reading::{Reading, Results};

/// Opens a file when its turn comes.
type Opener = Box<dyn FnOnce() -> Box<dyn Read>>;

/// The error of reading a file that the browser no longer reads, since it is another one than was chosen, or gone.
pub fn file_is_another() -> io::Error {
    FileError::Changed.into()
}

/// A file that the user chose.
pub struct File {
    /// Its name, or its path below the folder that was chosen, with slashes.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Opens it.
    pub open: Opener,
}

/// What is read and reported as one.
pub enum Input {
    /// A file.
    File(File),
    /// A Maildir, with the Maildirs in it.
    Maildir {
        /// The name of its folder.
        name: String,
        /// Its mails, in the order in which they are read.
        mails: Vec<File>,
    },
}

impl Input {
    /// Puts the files of Maildirs together, as the program reads such a folder; every other file stands alone. What a
    /// Maildir holds besides mails is left out, and so is what Windows and macOS write into folders.
    pub fn of(files: Vec<File>) -> Vec<Self> {
        let folders = maildirs(&files);
        let mut inputs: Vec<Self> = Vec::new();
        for file in files {
            let root = parents(&file.name).find(|parent| folders.contains(*parent)).map(str::to_owned);
            let Some(root) = root else {
                if !is_of_the_system(&file.name) {
                    inputs.push(Self::File(file));
                }
                continue;
            };
            if order(&file.name, &root, &folders).is_none() {
                continue;
            }
            let same = inputs.iter_mut().find_map(|input| match input {
                Self::Maildir { name, mails } if *name == root => Some(mails),
                _ => None,
            });
            match same {
                Some(mails) => mails.push(file),
                None => inputs.push(Self::Maildir { name: root, mails: vec![file] }),
            }
        }
        for input in &mut inputs {
            if let Self::Maildir { name, mails } = input {
                mails.sort_by_cached_key(|mail| order(&mail.name, name, &folders).map(owned));
            }
        }
        inputs
    }

    fn name(&self) -> &str {
        match self {
            Self::File(file) => &file.name,
            Self::Maildir { name, .. } => name,
        }
    }

    fn size(&self) -> u64 {
        match self {
            Self::File(file) => file.size,
            Self::Maildir { mails, .. } => mails.iter().map(|mail| mail.size).sum(),
        }
    }
}

/// The folders that are Maildirs.
fn maildirs(files: &[File]) -> BTreeSet<String> {
    let folder = |file: &File| {
        let (folder, _) = file.name.rsplit_once('/')?;
        let (maildir, name) = folder.rsplit_once('/')?;
        matches!(name, "cur" | "new").then(|| maildir.to_owned())
    };
    files.iter().filter_map(folder).collect()
}

/// The folders that a file is in, the outermost first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

/// A step on the way from a Maildir to a mail. A Maildir's own mails come before those of the Maildirs in it.
type Step<'a> = (bool, &'a str, &'a str);

/// Where a mail comes in the order of a Maildir; `None` if the file is no mail of it.
fn order<'a>(path: &'a str, root: &str, maildirs: &BTreeSet<String>) -> Option<Vec<Step<'a>>> {
    let (inner, file) = path.get(root.len() + 1..)?.rsplit_once('/')?;
    let mut names: Vec<&str> = inner.split('/').collect();
    let own = names.pop().filter(|name| matches!(*name, "cur" | "new"))?;
    let mut folder = root.to_owned();
    let mut steps = Vec::new();
    for name in names {
        folder = format!("{folder}/{name}");
        if matches!(name, "cur" | "new" | "tmp") || !maildirs.contains(&folder) {
            return None;
        }
        steps.push((true, name, ""));
    }
    steps.push((false, own, file));
    Some(steps)
}

fn owned(steps: Vec<Step<'_>>) -> Vec<(bool, String, String)> {
    steps.into_iter().map(|(inner, name, file)| (inner, name.to_owned(), file.to_owned())).collect()
}

/// Did Windows or macOS write this file into the folder?
pub(crate) fn is_of_the_system(path: &str) -> bool {
    let Some((_, name)) = path.rsplit_once('/') else { return false };
    path.contains("__MACOSX/") || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini") || name.starts_with("._")
}

/// How far an audit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes of all files have been read.
    pub bytes: u64,
    /// How many mails have been read.
    pub mails: u64,
    /// How many mails with findings there are.
    pub found: u64,
}

/// Files on their way from the user to the report.
pub struct Session {
    judge: Judge,
    organisation: String,
    format: Option<Format>,
    /// The files to come, the next one last.
    waiting: Vec<Input>,
    open: Option<Open>,
    results: Results<Sink>,
    sink: Sink,
    /// The bytes of the files that are done.
    done: u64,
}

/// What is being read.
struct Open {
    summary: FileSummary,
    size: u64,
    what: Part,
}

enum Part {
    File(Box<Reading>),
    /// The mails to come, the next one last, and the bytes of those that are read.
    Maildir(Vec<File>, u64),
}

/// Where the findings are until the page takes them.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Session {
    /// Prepares an audit of these files under a policy. Their format is detected when it is `None`; `reveal` shows subjects,
    /// numbers and addresses in the findings, and `reads_text` reads texts and the names of attachments too.
    pub fn new(policy: Policy, format: Option<Format>, reveal: bool, reads_text: bool, mut inputs: Vec<Input>) -> Self {
        inputs.reverse();
        let sink = Sink::default();
        let organisation = policy.file().organisation.name.clone();
        let judge = Judge::new(policy, reveal, reads_text);
        // Writing into memory cannot fail.
        let findings = FindingsFile::start(Kind::Csv, sink.clone(), Columns { reveal, of_text: reads_text }).ok();
        Self {
            organisation,
            format,
            waiting: inputs,
            open: None,
            results: Results::new(findings, &judge),
            judge,
            sink,
            done: 0,
        }
    }

    /// Reads the next part, half a megabyte at most; is there more?
    pub fn step(&mut self) -> bool {
        let Some(mut open) = self.open.take() else {
            let next = self.waiting.pop();
            return next.map(|input| self.begin(input)).is_some();
        };
        let has_more = match &mut open.what {
            Part::File(reading) => reading.step(&self.judge, &mut self.results, &mut open.summary),
            Part::Maildir(mails, read) => match mails.pop() {
                Some(File { name, size, open: opener }) => {
                    let source = source::of(opener(), Some(size));
                    let name = self.judge.shown_name(&name);
                    self.results.read_maildir_file(&self.judge, name, source, BLOCK, &mut open.summary);
                    *read += size;
                    true
                }
                None => false,
            },
        };
        if has_more {
            self.open = Some(open);
            return true;
        }
        let read = match open.what {
            Part::File(reading) => reading.finish(),
            Part::Maildir(..) => Ok(()),
        };
        self.close(open.summary, open.size, read);
        !self.waiting.is_empty()
    }

    fn begin(&mut self, input: Input) {
        let mut summary = FileSummary { name: self.judge.shown_name(input.name()), ..FileSummary::default() };
        let size = input.size();
        match input {
            Input::Maildir { mut mails, .. } => {
                mails.reverse();
                self.open = Some(Open { summary, size, what: Part::Maildir(mails, 0) });
            }
            Input::File(file) => {
                let path = file.name;
                let reading = source::of((file.open)(), Some(file.size))
                    .and_then(|source| Reading::begin(source, self.format, Path::new(&path), BLOCK, &mut summary));
                match reading {
                    Ok(reading) => self.open = Some(Open { summary, size, what: Part::File(Box::new(reading)) }),
                    // What these are the program knows.
                    Err(FileError::Unsupported(kind)) if source::PROGRAM_READS.contains(&kind) => {
                        self.close(summary, size, Err(FileError::OnlyProgram(kind)));
                    }
                    Err(error) => self.close(summary, size, Err(error)),
                }
            }
        }
    }

    fn close(&mut self, mut summary: FileSummary, size: u64, read: Result<(), FileError>) {
        summary.error = read.err();
        self.results.tally.add_file(summary);
        self.done += size;
    }

    /// Ends reading. What was read counts, and the rest is reported as not read.
    pub fn stop(&mut self) {
        if let Some(Open { summary, size, .. }) = self.open.take() {
            self.close(summary, size, Err(FileError::Interrupted));
        }
        while let Some(input) = self.waiting.pop() {
            let summary = FileSummary { name: self.judge.shown_name(input.name()), ..FileSummary::default() };
            self.close(summary, 0, Err(FileError::Interrupted));
        }
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let open = self.open.as_ref();
        let of_open = open.map_or(0, |open| match &open.what {
            Part::File(reading) => reading.position.get(),
            Part::Maildir(_, read) => *read,
        });
        let tally = &self.results.tally;
        Progress {
            bytes: self.done + of_open,
            mails: tally.read() + open.map_or(0, |open| open.summary.read),
            found: tally.mails,
        }
    }

    /// Are there so many bytes of the file of findings to take?
    pub fn has_findings(&self, least: usize) -> bool {
        self.sink.0.borrow().len() >= least
    }

    /// The next bytes of the file of findings, as CSV.
    pub fn take_findings(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.sink.0.borrow_mut())
    }

    /// Ends the file of findings, once everything is read or reading was stopped. The last row says if it is partial.
    pub fn end_findings(&mut self) {
        if let Some(findings) = self.results.findings.take() {
            // Writing into memory cannot fail.
            let _ = findings.finish(self.results.tally.is_interrupted());
        }
    }

    /// The report, as HTML. `clock` is the time in seconds since the beginning of 1970.
    pub fn report(&self, language: Language, clock: i64) -> String {
        let mut page = Vec::new();
        let today = Timestamp::of_clock(clock);
        // Writing into memory cannot fail.
        let _ = report::write(&self.results.tally, Texts { language }, &self.organisation, today, &mut page);
        String::from_utf8(page).unwrap_or_default()
    }

    /// What was read and found, a sentence each.
    pub fn sentences(&self, language: Language) -> Vec<String> {
        let tally = &self.results.tally;
        let mut all = sentences(tally, Texts { language });
        all.extend(warning(tally).map(|warning| (*warning.get(language)).to_owned()));
        all
    }

    /// What is to be said of single files, each with its name: what could not be read and where, and what was guessed.
    pub fn remarks(&self, language: Language) -> Vec<String> {
        let of_file = |file: &FileSummary| {
            let remarks = Texts { language }.remarks(file);
            (!remarks.is_empty()).then(|| format!("{}: {}", file.name, remarks.join(" ")))
        };
        self.results.tally.files.iter().filter_map(of_file).collect()
    }

    /// Was everything read to its end?
    pub fn is_complete(&self) -> bool {
        !self.results.tally.is_incomplete()
    }

    /// Was reading stopped?
    pub fn is_stopped(&self) -> bool {
        self.results.tally.is_interrupted()
    }

    /// How many mails with findings there are.
    pub fn found(&self) -> u64 {
        self.results.tally.mails
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use sendvagt::{Language, Policy};

    use super::{File, Input, Progress, Session, file_is_another};

    fn file(name: &str, bytes: &[u8]) -> File {
        let bytes = bytes.to_owned();
        File { name: name.to_owned(), size: bytes.len() as u64, open: Box::new(move || Box::new(Cursor::new(bytes))) }
    }

    fn shown(input: &Input) -> String {
        match input {
            Input::File(file) => file.name.clone(),
            Input::Maildir { name, mails } => {
                format!("{name}: {}", mails.iter().map(|mail| mail.name.as_str()).collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn a_folder_is_read_as_the_program_reads_it() {
        let paths = |paths: &[&str]| {
            Input::of(paths.iter().map(|path| file(path, b"")).collect()).iter().map(shown).collect::<Vec<_>>()
        };
        for (of, expected) in [
            (&["b.csv", "a.csv"][..], &["b.csv", "a.csv"][..]),
            (&["M/x.csv", "M/.DS_Store", "M/y/z.eml"], &["M/x.csv", "M/y/z.eml"]),
            (
                &[
                    "M/new/1",
                    "M/cur/2:2,S",
                    "M/cur/10",
                    "M/index",
                    "M/tmp/3",
                    "M/.Sent/new/4",
                    "M/.Sent/x/cur/5",
                    "M/x/6",
                ],
                &["M: M/cur/10 M/cur/2:2,S M/new/1 M/.Sent/new/4 M/.Sent/x/cur/5"],
            ),
            (&["M/a/cur/1", "M/b/c/cur/2", "M/a/d/cur/3"], &["M/a: M/a/cur/1 M/a/d/cur/3", "M/b/c: M/b/c/cur/2"]),
            // A Maildir below a folder that is none is not reached.
            (&["M/cur/1", "M/x/y/cur/2"], &["M: M/cur/1"]),
        ] {
            assert_eq!(paths(of), expected, "{of:?}");
        }
    }

    fn session(files: Vec<File>) -> Session {
        Session::new(Policy::default(), None, false, false, Input::of(files))
    }

    #[test]
    fn files_are_read_one_after_another_and_the_progress_ends_at_their_size() {
        let mail = b"Subject: Vedr. 010203-1234\n\nthe body\n";
        let mut session =
            session(vec![file("a.txt", b"Vedr. 010203-1234\nx\n"), file("M/cur/1", mail), file("b.eml", mail)]);
        while session.step() {}
        session.end_findings();
        assert_eq!(session.progress(), Progress { bytes: 20 + 2 * mail.len() as u64, mails: 4, found: 3 });
        assert!(session.is_complete());
        let findings = String::from_utf8(session.take_findings()).unwrap();
        let places: Vec<&str> = findings.lines().skip(1).map(|row| row.split(",,").next().unwrap()).collect();
        assert_eq!(places, ["a.txt,1", "M/cur/1,1", "b.eml,1"]);
    }

    /// Each report must say that it is partial, whenever the audit was stopped.
    #[test]
    fn a_stop_counts_what_was_read_and_names_the_rest() {
        let text = format!("Vedr. 010203-1234\n{}", "Referat af mødet\n".repeat(10_000)).repeat(16);
        for steps in 0..7 {
            let mut session =
                session(vec![file("a.txt", text.as_bytes()), file("b.txt", b"x\n"), file("M/cur/1", b"x")]);
            let has_more = (0..steps).all(|_| session.step());
            session.stop();
            session.end_findings();
            assert!(has_more && !session.step() && session.is_stopped() && !session.is_complete());
            assert!(session.report(Language::En, 0).contains("Reading was stopped."), "{steps} steps");
            let findings = String::from_utf8(session.take_findings()).unwrap();
            assert!(findings.ends_with("partial: reading was stopped,,,,,,,,,,\r\n"), "{steps} steps");
            assert_eq!(findings.lines().count() as u64, session.found() + 2);
        }
    }

    #[test]
    fn nothing_found_is_not_said_of_what_was_not_read() {
        let nothing = "Der blev ikke fundet noget.";
        for (bytes, expected) in [
            (&b"x\n"[..], vec!["Læst: 1 mail i 1 fil.", nothing]),
            (b"", vec!["Læst: 0 mails i 1 fil.", "Noget kunne ikke læses. Tallene gælder kun det, der blev læst."]),
            (
                b"x\n\0\n",
                vec![
                    "Læst: 1 mail i 1 fil.",
                    "Kunne ikke læses: 1.",
                    "Der blev ikke fundet noget i det, der blev læst.",
                    "Noget kunne ikke læses. Tallene gælder kun det, der blev læst.",
                ],
            ),
        ] {
            let mut session = session(vec![file("a.txt", bytes)]);
            while session.step() {}
            assert_eq!(session.sentences(Language::Da), expected);
            assert_eq!(session.remarks(Language::Da).is_empty(), session.is_complete());
        }
    }

    /// Reads so many bytes, and then fails as a browser's file does that was changed.
    struct Changed(Cursor<Vec<u8>>);

    impl Read for Changed {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            match self.0.read(into)? {
                0 => Err(file_is_another()),
                count => Ok(count),
            }
        }
    }

    #[test]
    fn a_file_that_changes_is_named_as_such_even_if_it_is_packed() {
        let text = "Referat af mødet\n".repeat(100_000);
        let zstd = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut gzip, text.as_bytes()).unwrap();
        for bytes in [Vec::new(), text.clone().into_bytes(), zstd, gzip.finish().unwrap()] {
            let half = bytes[..bytes.len() / 2].to_owned();
            let changed =
                File { name: "x".to_owned(), size: 9, open: Box::new(|| Box::new(Changed(Cursor::new(half)))) };
            let mut session = session(vec![changed]);
            while session.step() {}
            let report = session.report(Language::En, 0);
            let expected = "It was changed, moved or deleted since it was chosen";
            assert!(report.contains(expected), "{:?}…", bytes.get(..2));
        }
    }

    #[test]
    fn what_only_the_program_reads_is_told() {
        for (start, kind) in [
            (&b"PK\x03\x04xxxx"[..], "ZIP, Excel"),
            (b"!BDNxxxx", "Outlook PST/OST"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook MSG, Excel XLS"),
        ] {
            let mut session = session(vec![file("x", start)]);
            while session.step() {}
            let expected = format!("x: the page does not read {kind}. The program does (sendvagt audit).");
            assert!(
                session.remarks(Language::En).concat().starts_with(&expected),
                "{:?}",
                session.remarks(Language::En)
            );
            assert!(!session.is_complete());
        }
    }

    #[test]
    fn a_line_without_an_end_can_be_stopped() {
        let endless =
            File { name: "x".to_owned(), size: 0, open: Box::new(|| Box::new(std::io::repeat(b'x').take(1 << 40))) };
        let mut session = session(vec![endless]);
        for _ in 0..20 {
            assert!(session.step());
        }
        session.stop();
        assert!(!session.step() && session.is_stopped());
    }
}

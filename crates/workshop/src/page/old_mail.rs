//! The room *Old mail*: what `sendvagt audit` finds, by the same code, in a worker of this page.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use sendvagt::policy::packed;
use sendvagt::{Both, Language, Policy, PolicyFile};
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{
    button, div, fieldset, h2, iframe, input, label, legend, li, option, p, progress, section, select, span, ul,
};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, HtmlIFrameElement, HtmlInputElement, MessageChannel, MessageEvent,
    MessagePort, Worker,
};

use super::audit_worker::{message, part, says};
use super::desk::Desk;
use super::files;
use super::parts::{counted, element, is_checked, outdated, window, written};

/// So many files are listed; a Maildir has thousands.
const LISTED: usize = 20;
const FILES: &str = "old-mail-files";
const FOLDER: &str = "old-mail-folder";
const REPORT: &str = "old-mail-report";
const STOP: &str = "old-mail-stop";
const SAVE: &str = "old-mail-save";

/// The formats, by the names of the program's `--format`.
const FORMATS: [(&str, Both); 6] = [
    ("", Both { da: "Genkendes af sig selv", en: "Detected for each file" }),
    ("trace", Both { da: "Tabel med en kolonne til emnet", en: "Table with a column for the subject" }),
    ("text", Both { da: "Tekst, et emne på hver linje", en: "Text, one subject a line" }),
    ("eml", Both { da: "En mail (.eml)", en: "One mail (.eml)" }),
    ("mbox", Both { da: "Mange mails (mbox)", en: "Many mails (mbox)" }),
    ("jsonl", Both { da: "Kladder i JSON Lines", en: "Drafts in JSON Lines" }),
];

/// A file that was chosen, with its path below the folder that was chosen.
#[derive(Clone)]
struct Chosen {
    path: String,
    file: File,
}

impl Chosen {
    fn of(file: File) -> Self {
        let path = part(&file, "webkitRelativePath").as_string().filter(|path| !path.is_empty());
        Self { path: path.unwrap_or_else(|| file.name()), file }
    }

    fn is(&self, other: &Self) -> bool {
        let about = |one: &Self| (one.file.size(), one.file.last_modified());
        self.path == other.path && about(self) == about(other)
    }
}

/// An audit that runs.
#[derive(Clone)]
struct Running {
    worker: Worker,
    stop: MessagePort,
    /// The policy that it was begun with.
    policy: Rc<PolicyFile>,
    /// The sum of the sizes of the files.
    total: f64,
    /// Was it told to stop?
    is_stopping: bool,
}

/// What an audit has read so far.
#[derive(Clone, Copy, Default, PartialEq)]
struct Progress {
    bytes: f64,
    mails: f64,
    found: f64,
}

/// What came of an audit.
#[derive(Clone)]
struct Done {
    report: Both<String>,
    said: Both<String>,
    /// What is to be said of single files.
    remarks: Both<Vec<String>>,
    findings: Blob,
    found: f64,
    is_complete: bool,
    policy: Rc<PolicyFile>,
}

#[derive(Clone)]
enum State {
    /// Nothing was read yet.
    Fresh,
    Running(Running),
    Done(Rc<Done>),
    /// Nothing came of it, and this is why.
    Failed(Both<String>),
}

/// What the room holds. It stays when the language changes.
#[derive(Clone, Copy)]
pub(super) struct OldMail {
    chosen: Signal<Vec<Chosen>>,
    format: Signal<String>,
    reveals: Signal<bool>,
    reads_text: Signal<bool>,
    state: Signal<State>,
    progress: Signal<Progress>,
    /// What is to be said of what was dropped.
    dropped: Signal<Option<Both<String>>>,
}

impl OldMail {
    pub(super) fn new() -> Self {
        let mail = Self {
            chosen: create_signal(Vec::new()),
            format: create_signal(String::new()),
            reveals: create_signal(false),
            reads_text: create_signal(false),
            state: create_signal(State::Fresh),
            progress: create_signal(Progress::default()),
            dropped: create_signal(None),
        };
        let moved = Closure::<dyn FnMut()>::new(|| {
            let fit = Closure::once_into_js(fit);
            window().request_animation_frame(fit.unchecked_ref()).unwrap_or_default();
        });
        for event in ["resize", "hashchange"] {
            window().add_event_listener_with_callback(event, moved.as_ref().unchecked_ref()).unwrap_or_default();
        }
        moved.forget();
        let leaving = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if mail.is_running_now() {
                event.prevent_default();
            }
        });
        window().add_event_listener_with_callback("beforeunload", leaving.as_ref().unchecked_ref()).unwrap_or_default();
        leaving.forget();
        mail
    }

    fn is_running_now(self) -> bool {
        self.state.with_untracked(|state| matches!(state, State::Running(_)))
    }

    fn is_running(self) -> bool {
        self.state.with(|state| matches!(state, State::Running(_)))
    }

    fn add(self, files: impl Iterator<Item = File>) {
        let mut all = self.chosen.get_clone_untracked();
        for one in files.map(Chosen::of) {
            if !all.iter().any(|known| known.is(&one)) {
                all.push(one);
            }
        }
        self.chosen.set(all);
    }

    fn fail(self, words: Both) {
        self.state.set(State::Failed(Both { da: words.da.to_owned(), en: words.en.to_owned() }));
    }
}

const NO_WORKER: Both = Both {
    da: "Browseren lader ikke siden læse i baggrunden (Web Worker). Brug en ny Edge, Chrome eller Firefox, eller spørg dem, der styrer browseren. Programmet kan det samme: sendvagt audit.",
    en: "The browser does not let the page read in the background (Web Worker). Use a recent Edge, Chrome or Firefox, or ask those who manage the browser. The program can do the same: sendvagt audit.",
};

const NOBODY_KNOWN: Both = Both {
    da: "Teksten læses kun i mails, der går ud af huset, og policyen siger ikke, hvem der er i huset. Skriv jeres egne domæner i policyen (organisation.domains).",
    en: "Texts are read only of mails that leave the organisation, and the policy does not say who is inside. Write your own domains into the policy (organisation.domains).",
};

/// Begins an audit.
fn begin(desk: Desk, mail: OldMail) {
    let chosen = mail.chosen.get_clone_untracked();
    if chosen.is_empty() || mail.is_running_now() {
        return;
    }
    let policy = Rc::new(desk.policy.get_clone_untracked().whole_file());
    let reads_text = mail.reads_text.get_untracked();
    if reads_text && !Policy::new((*policy).clone()).all().any(Policy::knows_itself) {
        return mail.fail(NOBODY_KNOWN);
    }
    let started = worker().and_then(|worker| MessageChannel::new().ok().map(|channel| (worker, channel)));
    let Some((worker, channel)) = started else { return mail.fail(NO_WORKER) };
    mail.progress.set(Progress::default());
    let has_begun = Rc::new(Cell::new(false));
    let (running, begun) = (worker.clone(), Rc::clone(&has_begun));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        begun.set(true);
        hear(desk, mail, &running, &event.data());
    });
    worker.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    let failed = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        if !has_begun.get() {
            mail.fail(NO_WORKER);
        } else if mail.is_running_now() {
            mail.state.set(State::Failed(broken("")));
        }
    });
    worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
    let names: Array = chosen.iter().map(|one| JsValue::from(one.path.as_str())).collect();
    let blobs: Array = chosen.iter().map(|one| JsValue::from(one.file.clone())).collect();
    let order = message([
        (says::MODULE, wasm_bindgen::module()),
        (says::FILES, blobs.into()),
        (says::NAMES, names.into()),
        (says::POLICY, packed(&policy).into()),
        (says::FORMAT, mail.format.get_clone_untracked().into()),
        (says::REVEAL, mail.reveals.get_untracked().into()),
        (says::BODY, reads_text.into()),
        (says::STOP, channel.port2().into()),
    ]);
    if worker.post_message_with_transfer(&order, &Array::of1(&channel.port2())).is_err() {
        worker.terminate();
        return mail.fail(NO_WORKER);
    }
    let total = chosen.iter().map(|one| one.file.size()).sum();
    mail.state.set(State::Running(Running { worker, stop: channel.port1(), policy, total, is_stopping: false }));
    focus(STOP);
}

/// A worker with the page's own script, which is not in the page a second time.
fn worker() -> Option<Worker> {
    let script = window().document()?.get_element_by_id("script")?.text_content()?;
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options).ok()?;
    let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let worker = Worker::new(&url).ok();
    // The browser reads it when the worker starts, some time after this.
    files::revoke_later(url);
    worker
}

/// What the worker says. Word of an audit that was given up is too late.
fn hear(desk: Desk, mail: OldMail, worker: &Worker, said: &JsValue) {
    let State::Running(running) = mail.state.get_clone_untracked() else { return };
    if running.worker != *worker {
        return;
    }
    let number = |name: &str| part(said, name).as_f64().unwrap_or_default();
    let text = |name: &str| part(said, name).as_string();
    if let Some(place) = text(says::BROKEN) {
        worker.terminate();
        mail.state.set(State::Failed(broken(&place)));
        return;
    }
    let ([da, en], [said_da, said_en]) = (says::REPORT.map(text), says::SAID.map(text));
    let (Some(da), Some(en)) = (da, en) else {
        let now = Progress { bytes: number(says::BYTES), mails: number(says::MAILS), found: number(says::FOUND) };
        mail.progress.set(now);
        return;
    };
    worker.terminate();
    let lines = |name: &str| -> Vec<String> {
        part(said, name).dyn_into::<Array>().unwrap_or_default().iter().filter_map(|line| line.as_string()).collect()
    };
    let [remarks_da, remarks_en] = says::REMARKS;
    let done = Done {
        report: Both { da, en },
        said: Both { da: said_da.unwrap_or_default(), en: said_en.unwrap_or_default() },
        remarks: Both { da: lines(remarks_da), en: lines(remarks_en) },
        findings: part(said, says::FINDINGS).unchecked_into(),
        found: number(says::FOUND),
        is_complete: part(said, says::COMPLETE).is_truthy(),
        policy: running.policy,
    };
    // Whoever went to another room meanwhile.
    if window().location().hash().unwrap_or_default() != "#old-mail" {
        desk.tell(!done.is_complete, done.said.clone());
    }
    let had_focus =
        window().document().and_then(|document| document.active_element()).is_some_and(|one| one.id() == STOP);
    mail.state.set(State::Done(Rc::new(done)));
    if had_focus {
        focus(SAVE);
    }
}

/// The button that was pressed is gone, or another one: whoever uses the keyboard goes on from here.
fn focus(id: &str) {
    if let Some(button) = element(id) {
        button.focus().unwrap_or_default();
    }
}

fn broken(place: &str) -> Both<String> {
    let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
    Both {
        da: format!(
            "Læsningen er gået i stå, og der er ingen rapport.{place} Læs færre filer ad gangen, eller brug programmet: sendvagt audit."
        ),
        en: format!(
            "Reading broke down, and there is no report.{place} Read fewer files at a time, or use the program: sendvagt audit."
        ),
    }
}

/// The first press asks the worker for what it has. The second gives up, as where a file's drive no longer answers.
fn stop(mail: OldMail) {
    let State::Running(running) = mail.state.get_clone_untracked() else { return };
    if running.is_stopping {
        running.worker.terminate();
        return mail.fail(Both {
            da: "Læsningen blev opgivet, og der er ingen rapport.",
            en: "Reading was given up, and there is no report.",
        });
    }
    running.stop.post_message(&JsValue::NULL).unwrap_or_default();
    mail.state.set(State::Running(Running { is_stopping: true, ..running }));
    focus(STOP);
}

pub(super) fn room(desk: Desk, mail: OldMail, language: Language) -> View {
    let shown = move || match mail.state.get_clone() {
        State::Done(done) => report(done, language),
        _ => View::default(),
    };
    // A file that is dropped beside the field would replace the page.
    div()
        .on(events::dragover, |event: DragEvent| event.prevent_default())
        .on(events::drop, move |event: DragEvent| dropped(mail, &event))
        .children((
            div().role("status").children(View::from_dynamic(outdated(desk, language))),
            div().class("sides").children((form(desk, mail, language), outcome(desk, mail, language))),
            View::from_dynamic(shown),
        ))
        .into()
}

fn form(desk: Desk, mail: OldMail, language: Language) -> View {
    let format = select()
        .id("old-mail-format")
        .attr("aria-describedby", "old-mail-format-about")
        .children(
            FORMATS
                .map(|(value, name)| View::from(option().value(value).children(*name.get(language))))
                .into_iter()
                .collect::<Vec<_>>(),
        )
        .prop("value", move || JsValue::from(mail.format.get_clone()))
        .on(events::change, move |event: Event| mail.format.set(written(&event)));
    let reveal = div().class("flag").children((
        input()
            .r#type("checkbox")
            .id("old-mail-reveal")
            .attr("aria-describedby", "old-mail-reveal-about")
            .prop("checked", move || JsValue::from(mail.reveals.get()))
            .on(events::change, move |event| mail.reveals.set(is_checked(&event))),
        label().attr("for", "old-mail-reveal").children(language.pick(
            "Vis emner, numre og adresser i filen med fund",
            "Show subjects, numbers and addresses in the file of findings",
        )),
        p().class("about").id("old-mail-reveal-about").children(language.pick(
            "Kun når sagen kræver det. Uden det er numrene maskeret. Rapporten viser dem aldrig.",
            "Only where the case requires it. Without it the numbers are masked. The report never shows them.",
        )),
    ));
    let body = div().class("flag").children((
        input()
            .r#type("checkbox")
            .id("old-mail-body")
            .attr("aria-describedby", "old-mail-body-about")
            .prop("checked", move || JsValue::from(mail.reads_text.get()))
            .on(events::change, move |event| mail.reads_text.set(is_checked(&event))),
        label()
            .attr("for", "old-mail-body")
            .children(language.pick("Læs også teksten og bilagenes navne", "Read texts and attachments' names too")),
        p().class("about").id("old-mail-body-about").children(language.pick(
            "Kun i mails, der går ud af huset og ikke er sikker post. Det kræver hele mails (.eml, mbox, Maildir) og jeres egne domæner i policyen. Reglerne tæller som slået til. Intet af teksten bliver vist.",
            "Only of mails that leave the organisation and are no secure mail. It takes whole mails (.eml, mbox, Maildir) and your own domains in the policy. The rules count as on. Nothing of a text is shown.",
        )),
    ));
    let press = move |_| begin(desk, mail);
    let start = button()
        .r#type("button")
        .class("first")
        .id("old-mail-start")
        .prop("disabled", move || JsValue::from(mail.is_running() || mail.chosen.with(Vec::is_empty)))
        .on(events::click, press)
        .children(language.pick("Find det, der ville være stoppet", "Find what would have been stopped"));
    div()
        .class("form")
        .children((
            h2().children(language.pick("Filerne", "The files")),
            p().class("about").id("old-mail-about").children(language.pick(
                "Meddelelsessporinger fra Exchange (CSV), lister af emner, .eml, mbox eller en Maildir-mappe, også pakket med gzip eller zstd. Flere gigabyte er i orden.",
                "Message traces of Exchange (CSV), lists of subjects, .eml, mbox or a Maildir folder, packed with gzip or zstd too. Several gigabytes are fine.",
            )),
            choice(mail, language),
            View::from_dynamic(move || list(mail, language)),
            fieldset().children((
                legend().children(language.pick("Indstillinger", "Settings")),
                div().class("field").children((
                    label().attr("for", "old-mail-format").children(language.pick("Filernes format", "The format of the files")),
                    p().class("about").id("old-mail-format-about").children(language.pick(
                        "Vælg kun, hvis en fil bliver læst forkert. Valget gælder alle filerne.",
                        "Choose only if a file is read wrongly. It counts for all files.",
                    )),
                    format,
                )),
                body,
                reveal,
            )),
            start,
        ))
        .into()
}

/// Where files are dropped and chosen.
fn choice(mail: OldMail, language: Language) -> View {
    let field = |id: &'static str| {
        input().r#type("file").id(id).attr("multiple", "").hidden(true).on(events::change, move |event: Event| {
            let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(field) = field else { return };
            mail.dropped.set(None);
            mail.add(listed(field.files()));
            // The same file can be chosen again.
            field.set_value("");
        })
    };
    let open = |id: &'static str, name: &'static str| {
        let click = move |_| {
            if let Some(field) = element(id) {
                field.click();
            }
        };
        button().r#type("button").on(events::click, click).children(name)
    };
    let offers_folders = part(&input_of_files(), "webkitdirectory").as_bool().is_some();
    let folder = offers_folders.then(|| {
        View::from((
            open(FOLDER, language.pick("Vælg en mappe", "Choose a folder")),
            field(FOLDER).attr("webkitdirectory", ""),
        ))
    });
    let said = move || {
        mail.dropped.get_clone().map(|words| View::from(p().class("error").children(words.get(language).clone())))
    };
    (
        div().class("dropzone").children((
            open(FILES, language.pick("Vælg filer", "Choose files")),
            field(FILES),
            folder,
            span().class("about").children(language.pick("eller træk filer hertil", "or drag files here")),
        )),
        div().role("status").children(View::from_dynamic(said)),
    )
        .into()
}

/// An element that shows what the browser offers.
fn input_of_files() -> JsValue {
    let element = window().document().and_then(|document| document.create_element("input").ok());
    element.map(JsValue::from).unwrap_or_default()
}

fn listed(files: Option<web_sys::FileList>) -> impl Iterator<Item = File> {
    let count = files.as_ref().map_or(0, web_sys::FileList::length);
    (0..count).filter_map(move |index| files.as_ref()?.get(index))
}

/// Takes the files that were dropped. A page that was opened from a disk may not look into a folder that was dropped.
fn dropped(mail: OldMail, event: &DragEvent) {
    let Some(data) = event.data_transfer() else { return };
    event.prevent_default();
    if mail.is_running_now() {
        return;
    }
    let items = data.items();
    let folders: Vec<String> = (0..items.length())
        .filter_map(|index| items.get(index)?.webkit_get_as_entry().ok().flatten())
        .filter(web_sys::FileSystemEntry::is_directory)
        .map(|entry| entry.name())
        .collect();
    mail.add(listed(data.files()).filter(|file| !folders.contains(&file.name())));
    let names = folders.join(", ");
    mail.dropped.set((!folders.is_empty()).then(|| Both {
        da: format!("{names} er en mappe. Vælg den med knappen »Vælg en mappe«."),
        en: format!("{names} is a folder. Choose it with the button “Choose a folder”."),
    }));
}

fn list(mail: OldMail, language: Language) -> View {
    let all = mail.chosen.get_clone();
    if all.is_empty() {
        return View::default();
    }
    let is_running = mail.is_running();
    let entry = |(index, one): (usize, &Chosen)| {
        let remove = move |_| mail.chosen.update(|all| drop((index < all.len()).then(|| all.remove(index))));
        let name = format!("{} {}", language.pick("Fjern", "Remove"), one.path);
        View::from(
            li().children((
                span().children(one.path.clone()),
                span().class("about").children(size(one.file.size(), language)),
                button()
                    .r#type("button")
                    .class("quiet")
                    .attr("aria-label", name)
                    .prop("disabled", JsValue::from(is_running))
                    .on(events::click, remove)
                    .children(language.pick("Fjern", "Remove")),
            )),
        )
    };
    let entries: Vec<View> = all.iter().take(LISTED).enumerate().map(entry).collect();
    let rest = all.len().saturating_sub(LISTED);
    let more = (rest > 0).then(|| {
        let words = language.pick(
            format!("og {} mere", grouped(rest as f64, language)),
            format!("and {} more", grouped(rest as f64, language)),
        );
        View::from(p().class("about").children(words))
    });
    let total: f64 = all.iter().map(|one| one.file.size()).sum();
    let sum = format!(
        "{} {}, {}",
        grouped(all.len() as f64, language),
        language.pick(counted(all.len(), "fil", "filer"), counted(all.len(), "file", "files")),
        size(total, language)
    );
    let clear = move |_| mail.chosen.set(Vec::new());
    (
        ul().class("chosen").attr("aria-label", language.pick("De valgte filer", "The chosen files")).children(entries),
        more,
        p().class("sum").children((
            span().role("status").children(sum),
            button()
                .r#type("button")
                .class("quiet")
                .prop("disabled", JsValue::from(is_running))
                .on(events::click, clear)
                .children(language.pick("Fjern alle", "Remove all")),
        )),
    )
        .into()
}

fn outcome(desk: Desk, mail: OldMail, language: Language) -> View {
    section()
        .class("outcome")
        .attr("aria-label", language.pick("Resultatet", "The result"))
        .children((
            h2().children(language.pick("Resultatet", "The result")),
            View::from_dynamic(move || match mail.state.get_clone() {
                State::Fresh => fresh(language),
                State::Running(running) => under_way(mail, &running, language),
                State::Done(done) => finished(desk, &done, language),
                State::Failed(words) => p()
                    .class("status")
                    .role("alert")
                    .attr("data-decision", "stop")
                    .children(words.get(language).clone())
                    .into(),
            }),
        ))
        .into()
}

fn fresh(language: Language) -> View {
    let lines = language.pick(
        [
            "Reglerne er dem i rummet Policy, også de nedlagte postkasser.",
            "Rapporten tæller mails efter regel, måned og domæne. Den viser hverken emner, numre eller adresser.",
            "Filen med fund viser, hvilke mails det er: fil, linje og message-id, med maskerede numre.",
            "Filerne bliver læst på din computer. Intet bliver sendt nogen steder hen.",
        ],
        [
            "The rules are those in the room Policy, with its retired mailboxes.",
            "The report counts mails by rule, month and domain. It shows no subjects, numbers or addresses.",
            "The file of findings shows which mails they are: file, line and message id, with masked numbers.",
            "The files are read on your computer. Nothing is sent anywhere.",
        ],
    );
    ul().class("facts")
        .children(lines.map(|line| View::from(li().children(line))).into_iter().collect::<Vec<_>>())
        .into()
}

fn under_way(mail: OldMail, running: &Running, language: Language) -> View {
    let total = running.total;
    let share = move || {
        let bytes = mail.progress.get().bytes;
        if total > 0.0 { (bytes / total).min(1.0) } else { 0.0 }
    };
    let bytes = move || {
        let of = language.pick("af", "of");
        format!("{} {of} {}", size(mail.progress.get().bytes, language), size(total, language))
    };
    let mails = move || {
        let Progress { mails, found, .. } = mail.progress.get();
        let (mails, found) = (grouped(mails, language), grouped(found, language));
        language
            .pick(format!("{mails} mails læst, {found} med fund"), format!("{mails} mails read, {found} with findings"))
    };
    let is_stopping = running.is_stopping;
    let press = move |_| stop(mail);
    (
        progress()
            .attr("aria-label", language.pick("Så langt er læsningen", "How far reading is"))
            .attr("max", "1")
            .attr("value", move || share().to_string()),
        p().id("old-mail-bytes").children(bytes),
        p().id("old-mail-mails").children(mails),
        // The numbers change all the time; this is said once.
        p().class("status").role("status").children(if is_stopping {
            language.pick("Læsningen standser …", "Reading is stopping …")
        } else {
            language.pick(
                "Filerne bliver læst. Du kan arbejde i de andre rum imens.",
                "The files are being read. You can work in the other rooms meanwhile.",
            )
        }),
        button().r#type("button").id(STOP).on(events::click, press).children(if is_stopping {
            language.pick("Opgiv, uden rapport", "Give up, without a report")
        } else {
            language.pick("Stop, og vis det, der er læst", "Stop, and show what was read")
        }),
    )
        .into()
}

fn finished(desk: Desk, done: &Rc<Done>, language: Language) -> View {
    let decision = match (done.is_complete, done.found > 0.0) {
        (false, _) => "ask",
        (true, true) => "stop",
        (true, false) => "send",
    };
    let (of_report, of_findings) = (Rc::clone(done), Rc::clone(done));
    let save_report = move |_| {
        let name = language.pick("gamle-mails-rapport.html", "old-mail-report.html");
        files::save(name, of_report.report.get(language).as_bytes(), "text/html");
    };
    let save_findings = move |_| {
        files::save_blob(language.pick("gamle-mails-fund.csv", "old-mail-findings.csv"), &of_findings.findings);
    };
    let remarks = done.remarks.get(language);
    let rest = remarks.len().saturating_sub(LISTED);
    let remarks: Vec<View> =
        remarks.iter().take(LISTED).map(|remark| View::from(li().children(remark.clone()))).collect();
    let policy = Rc::clone(&done.policy);
    let changed = move || {
        (desk.policy.get_clone().whole_file() != *policy).then(|| {
            View::from(p().class("error").children(language.pick(
                "Policyen er ændret, siden filerne blev læst. Læs dem igen, før tallene bruges.",
                "The policy has changed since the files were read. Read them again before the numbers are used.",
            )))
        })
    };
    (
        p().class("status").role("status").attr("data-decision", decision).children(done.said.get(language).clone()),
        ul().class("remarks").children(remarks),
        (rest > 0).then(|| {
            View::from(p().class("about").children(language.pick(
                "Rapporten har bemærkningerne til resten af filerne.",
                "The report has the remarks on the rest of the files.",
            )))
        }),
        View::from_dynamic(changed),
        div().class("toolbar").children((
            button()
                .r#type("button")
                .class("first")
                .id(SAVE)
                .on(events::click, save_report)
                .children(language.pick("Gem rapporten", "Save the report")),
            button()
                .r#type("button")
                .on(events::click, save_findings)
                .children(language.pick("Gem filen med fund (CSV)", "Save the file of findings (CSV)")),
        )),
        p().class("about").children(language.pick(
            "Et maskeret nummer viser stadig fødselsdatoen. Behandl filen med fund som andre personoplysninger, og slet den, når sagen er lukket.",
            "A masked number still shows the birth date. Treat the file of findings as other personal data, and delete it when the case is closed.",
        )),
    )
        .into()
}

/// The report as it is saved, in a frame in which no script runs.
fn report(done: Rc<Done>, language: Language) -> View {
    section()
        .class("many")
        .attr("aria-labelledby", "old-mail-report-heading")
        .children((
            h2().id("old-mail-report-heading").children(language.pick("Rapporten", "The report")),
            iframe()
                .id(REPORT)
                .attr("title", language.pick("Rapporten", "The report"))
                // The same origin lets the page measure how long it is.
                .attr("sandbox", "allow-same-origin")
                .attr("srcdoc", done.report.get(language).clone())
                .on(events::load, |_| fit()),
        ))
        .into()
}

/// Makes the frame as high as the report.
fn fit() {
    let Some(frame) = element(REPORT).and_then(|frame| frame.dyn_into::<HtmlIFrameElement>().ok()) else { return };
    let height = frame.content_document().and_then(|document| document.body()).map(|body| body.offset_height());
    // In a room that is hidden nothing has a height.
    if let Some(height) = height.filter(|height| *height > 0) {
        // With its own border.
        frame.set_height(&(height + 2).to_string());
    }
}

/// A size as people write it: `1,2 GB`.
fn size(bytes: f64, language: Language) -> String {
    let (value, unit) = match bytes {
        _ if bytes >= 1e9 => (bytes / 1e9, "GB"),
        _ if bytes >= 1e6 => (bytes / 1e6, "MB"),
        _ if bytes >= 1e3 => (bytes / 1e3, "kB"),
        _ => return format!("{bytes} byte"),
    };
    format!("{value:.1} {unit}").replace('.', language.pick(",", "."))
}

/// A whole number with its thousands separated.
fn grouped(number: f64, language: Language) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(language.pick('.', ','));
        }
        text.push(digit);
    }
    text
}

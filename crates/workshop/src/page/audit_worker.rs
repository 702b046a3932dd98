//! The audit in its worker, a thread of its own: the page goes on, and reading waits for no one.
//!
//! The worker runs the same module as the page. It reads a file in slices, and looks between two steps for word to stop. No
//! file is ever held whole: findings go to the browser as parts of a file.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use sendvagt::policy::unpacked;
use sendvagt::{Language, Policy};
use sendvagt_audit::{File, Format, Input, Session, file_is_another};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, FileReaderSync, MessageChannel, MessagePort};

/// How many bytes are read at a time.
const SLICE: f64 = 8_388_608.0;
/// So many slices are on their way while one is judged.
const AHEAD: usize = 2;
/// How long it works before it looks for word to stop, in milliseconds.
const TURN: f64 = 20.0;
/// Findings are handed to the browser when there are so many bytes of them.
const PART: usize = 250_000;

/// The names of what the page and the worker tell each other.
pub(super) mod says {
    /// To the worker: the files, the policy, the settings.
    pub(crate) const FILES: &str = "files";
    pub(crate) const NAMES: &str = "names";
    pub(crate) const POLICY: &str = "policy";
    pub(crate) const FORMAT: &str = "format";
    pub(crate) const REVEAL: &str = "reveal";
    pub(crate) const BODY: &str = "body";
    /// To the worker: the module, for its script, and the port on which word to stop will come.
    pub(crate) const MODULE: &str = "module";
    pub(crate) const STOP: &str = "stop";
    /// To the page: how far it is.
    pub(crate) const BYTES: &str = "bytes";
    pub(crate) const MAILS: &str = "mails";
    pub(crate) const FOUND: &str = "found";
    /// The size of the worker's memory, which tests watch.
    pub(crate) const MEMORY: &str = "memory";
    /// To the page: what came of it.
    pub(crate) const REPORT: [&str; 2] = ["reportDa", "reportEn"];
    pub(crate) const SAID: [&str; 2] = ["saidDa", "saidEn"];
    pub(crate) const REMARKS: [&str; 2] = ["remarksDa", "remarksEn"];
    pub(crate) const FINDINGS: &str = "findings";
    pub(crate) const COMPLETE: &str = "complete";
    pub(crate) const STOPPED: &str = "stopped";
    /// To the page: where it broke.
    pub(crate) const BROKEN: &str = "broken";
}

const LANGUAGES: [Language; 2] = [Language::Da, Language::En];

/// Something that the page and the worker tell each other.
pub(super) fn message(parts: impl IntoIterator<Item = (&'static str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in parts {
        Reflect::set(&object, &name.into(), &value).unwrap_or_default();
    }
    object.into()
}

pub(super) fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn tell(parts: impl IntoIterator<Item = (&'static str, JsValue)>) {
    scope().post_message(&message(parts)).unwrap_or_default();
}

/// Reads the files that the page sent. The worker's script calls it once.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "the worker's script calls it")]
pub fn audit(order: JsValue) {
    std::panic::set_hook(Box::new(|what| {
        // Where, and not what: a message may hold what is in a file.
        let place = what.location().map(ToString::to_string).unwrap_or_default();
        tell([(says::BROKEN, place.into())]);
    }));
    let is_stopped = Rc::new(Cell::new(false));
    let stop = Rc::clone(&is_stopped);
    let listen = Closure::<dyn FnMut()>::new(move || stop.set(true));
    let port: MessagePort = part(&order, says::STOP).unchecked_into();
    port.set_onmessage(Some(listen.into_js_value().unchecked_ref()));
    spawn_local(async move { read(&order, &is_stopped).await });
}

async fn read(order: &JsValue, is_stopped: &Cell<bool>) {
    let reveal = part(order, says::REVEAL).is_truthy();
    let reads_text = part(order, says::BODY).is_truthy();
    let format = part(order, says::FORMAT).as_string().as_deref().and_then(format_of);
    let policy = part(order, says::POLICY).as_string().unwrap_or_default();
    // The page sends a policy that it has read.
    let policy = Policy::new(unpacked(&policy).unwrap_or_default());
    let ahead = Ahead::default();
    let mut session = Session::new(policy, format, reveal, reads_text, Input::of(files(order, &ahead)));
    let mut findings = Findings(Array::new());
    let channel = MessageChannel::new();
    let mut has_more = true;
    while has_more && !is_stopped.get() {
        let turn = js_sys::Date::now();
        while has_more && js_sys::Date::now() - turn < TURN {
            ahead.come().await;
            has_more = session.step();
        }
        findings.take(&mut session, PART);
        let progress = session.progress();
        tell([
            (says::BYTES, (progress.bytes as f64).into()),
            (says::MAILS, (progress.mails as f64).into()),
            (says::FOUND, (progress.found as f64).into()),
            (says::MEMORY, memory()),
        ]);
        if let Ok(channel) = &channel {
            turn_of_others(channel).await;
        }
    }
    if has_more {
        session.stop();
    }
    session.end_findings();
    findings.take(&mut session, 0);
    let clock = (js_sys::Date::now() / 1000.0) as i64;
    let [report_da, report_en] = LANGUAGES.map(|language| JsValue::from(session.report(language, clock)));
    let [said_da, said_en] = LANGUAGES.map(|language| JsValue::from(session.sentences(language).join(" ")));
    let lines = |lines: Vec<String>| JsValue::from(lines.into_iter().map(JsValue::from).collect::<Array>());
    let [remarks_da, remarks_en] = LANGUAGES.map(|language| lines(session.remarks(language)));
    let ([da, en], [say_da, say_en], [remark_da, remark_en]) = (says::REPORT, says::SAID, says::REMARKS);
    tell([
        (da, report_da),
        (en, report_en),
        (say_da, said_da),
        (say_en, said_en),
        (remark_da, remarks_da),
        (remark_en, remarks_en),
        (says::FINDINGS, findings.whole()),
        (says::COMPLETE, session.is_complete().into()),
        (says::STOPPED, session.is_stopped().into()),
        (says::FOUND, (session.found() as f64).into()),
        (says::MEMORY, memory()),
    ]);
}

fn memory() -> JsValue {
    let buffer = part(&wasm_bindgen::memory(), "buffer");
    part(&buffer, "byteLength")
}

/// Lets the browser deliver what was sent meanwhile. A timer would wait, for several milliseconds each time.
async fn turn_of_others(channel: &MessageChannel) {
    let turn = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        channel.port2().post_message(&JsValue::NULL).unwrap_or_default();
    });
    JsFuture::from(turn).await.unwrap_or_default();
}

/// The formats by the names that the program's `--format` has.
fn format_of(name: &str) -> Option<Format> {
    Some(match name {
        "trace" => Format::Trace,
        "text" => Format::Text,
        "jsonl" => Format::Jsonl,
        "eml" => Format::Eml,
        "mbox" => Format::Mbox,
        _ => return None,
    })
}

fn files(order: &JsValue, ahead: &Ahead) -> Vec<File> {
    let names: Array = part(order, says::NAMES).unchecked_into();
    let blobs: Array = part(order, says::FILES).unchecked_into();
    let file = |(name, blob): (JsValue, JsValue)| {
        let blob: Blob = blob.unchecked_into();
        let size = blob.size();
        let name = name.as_string().unwrap_or_default();
        let ahead = ahead.clone();
        File { name, size: size as u64, open: Box::new(move || Box::new(Slices::of(blob, ahead))) }
    };
    names.iter().zip(blobs.iter()).map(file).collect()
}

/// The slices of the open file that are on their way, in order: the browser reads them while one is judged.
#[derive(Clone, Default)]
struct Ahead(Rc<RefCell<VecDeque<Coming>>>);

/// A slice on its way.
struct Coming {
    /// Where in the file it begins.
    at: f64,
    /// Gives its bytes; `None` once it has come.
    on_its_way: Option<JsFuture>,
    /// `None` as well if it could not be read.
    bytes: Option<Uint8Array>,
}

impl Ahead {
    /// Waits until the next slice is there, if it is on its way. A step that meets a slice on its way has to read it again and
    /// keep the browser waiting meanwhile.
    async fn come(&self) {
        let on_its_way = self.0.borrow_mut().front_mut().and_then(|next| next.on_its_way.take());
        let Some(on_its_way) = on_its_way else { return };
        let bytes = on_its_way.await.ok().map(|buffer| Uint8Array::new(&buffer));
        if let Some(next) = self.0.borrow_mut().front_mut() {
            next.bytes = bytes;
        }
    }
}

/// A file in slices.
struct Slices {
    file: Blob,
    reader: Option<FileReaderSync>,
    /// Where the next slice begins.
    at: f64,
    slice: Uint8Array,
    /// How many bytes of the slice have been read.
    taken: u32,
    ahead: Ahead,
}

impl Slices {
    fn of(file: Blob, ahead: Ahead) -> Self {
        // What is left of the file before, if that could not be read to its end.
        ahead.0.borrow_mut().clear();
        Self { file, reader: FileReaderSync::new().ok(), at: 0.0, slice: Uint8Array::default(), taken: 0, ahead }
    }

    fn next_slice(&mut self) -> Option<Uint8Array> {
        let next = self.ahead.0.borrow_mut().pop_front().filter(|next| next.at == self.at);
        let bytes = match next.and_then(|next| next.bytes) {
            Some(bytes) => bytes,
            // What could not be read before fails here.
            None => Uint8Array::new(&self.reader.as_ref()?.read_as_array_buffer(&self.blob(self.at)?).ok()?.into()),
        };
        if bytes.length() == 0 {
            return None;
        }
        self.at += f64::from(bytes.length());
        self.look_ahead();
        Some(bytes)
    }

    /// The slice that begins there.
    fn blob(&self, at: f64) -> Option<Blob> {
        self.file.slice_with_f64_and_f64(at, (at + SLICE).min(self.file.size())).ok()
    }

    fn look_ahead(&self) {
        let mut coming = self.ahead.0.borrow_mut();
        let mut at = coming.back().map_or(self.at, |last| last.at + SLICE);
        while coming.len() < AHEAD && at < self.file.size() {
            let Some(blob) = self.blob(at) else { return };
            coming.push_back(Coming { at, on_its_way: Some(JsFuture::from(blob.array_buffer())), bytes: None });
            at += SLICE;
        }
    }
}

impl Read for Slices {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.slice.length() {
            if self.at >= self.file.size() {
                return Ok(0);
            }
            self.slice = self.next_slice().ok_or_else(file_is_another)?;
            self.taken = 0;
        }
        let left = self.slice.length() - self.taken;
        let count = u32::try_from(into.len()).map_or(left, |most| most.min(left));
        let bytes = self.slice.subarray(self.taken, self.taken + count);
        self.taken += count;
        let count = count as usize;
        bytes.copy_to(into.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

/// The file of findings in parts, which the browser keeps where it has room.
struct Findings(Array);

impl Findings {
    /// Takes what the session has, if it is more than so many bytes.
    fn take(&mut self, session: &mut Session, least: usize) {
        if session.has_findings(least) {
            let bytes = session.take_findings();
            let part = Array::of1(&Uint8Array::from(bytes.as_slice()));
            if let Ok(part) = Blob::new_with_u8_array_sequence(&part) {
                self.0.push(&part);
            }
        }
    }

    fn whole(&self) -> JsValue {
        let options = BlobPropertyBag::new();
        options.set_type("text/csv");
        Blob::new_with_blob_sequence_and_options(&self.0, &options).map(JsValue::from).unwrap_or_default()
    }
}

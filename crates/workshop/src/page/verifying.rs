//! The comparison of a copied site with what was packed, in the room *Pack*: what `sendvagt verify --folder` does. What the
//! host itself answers only the program sees: the page has no connection.

use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use sendvagt::{Both, Language};
use sendvagt_site::compared::Compared;
use sendvagt_site::package::IntegrityList;
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{button, code, div, h2, input, label, li, p, section, select, ul};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DataTransferItem, DragEvent, Event, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

use super::desk::{Desk, sentence};
use super::files::{self, Unread};
use super::parts::{choice, element, open_button, written};
use crate::deployed::{self, Files, compared, lists, sites, unzipped};

/// The lists of what was packed, and the one to compare with.
#[derive(Clone, Default)]
struct Lists(Rc<Vec<(String, IntegrityList)>>, usize);

/// The files that were opened, the folders that hold a site among them, and the one to look at.
#[derive(Clone)]
struct Opened {
    name: String,
    files: Rc<Files>,
    sites: Rc<Vec<String>>,
    site: usize,
}

const NO_ZIP: Unread = Unread(Both {
    da: "{} er ikke en zip-fil, eller den er beskadiget. Pak den igen, eller åbn mappen i stedet.",
    en: "{} is no zip file, or it is damaged. Zip it again, or open the folder instead.",
});
const LOCKED: Unread = Unread(Both {
    da: "{} er beskyttet med en adgangskode. Pak den ud, og åbn mappen i stedet.",
    en: "{} is protected by a password. Unpack it, and open the folder instead.",
});
const TOO_LARGE: Unread = Unread(Both {
    da: "Der er mere i {} end i noget site fra Sendvagt. Åbn kun den mappe, der blev kopieret til serveren.",
    en: "{} holds more than any site of Sendvagt. Open only the folder that was copied to the host.",
});
const NO_LIST: Unread = Unread(Both {
    da: "Der er ingen liste i {}. Den hedder integrity.json og ligger i zip-filen fra pakningen og i mappen site.",
    en: "There is no list in {}. It is called integrity.json, and is in the zip of the packing and in the folder site.",
});
const NO_SITE: Unread = Unread(Both {
    da: "Der er intet site fra Sendvagt i {}: launch.html mangler. Åbn den mappe, der blev kopieret til serveren.",
    en: "There is no site of Sendvagt in {}: launch.html is missing. Open the folder that was copied to the host.",
});

/// Chromium keeps a page from a disk from what is in a folder that is dropped on it.
const CLOSED: Unread = Unread(Both {
    da: "Browseren lader ikke siden læse mappen {}, når den bliver sluppet her. Brug knappen »Åbn en mappe«.",
    en: "The browser does not let the page read the folder {} when it is dropped. Use the button \"Open a folder\".",
});

/// The files of a zip, with words for one that is none.
fn unpacked(bytes: &[u8]) -> Result<Files, Unread> {
    unzipped(bytes).map_err(|why| match why {
        deployed::Unread::NoZip => NO_ZIP,
        deployed::Unread::Password => LOCKED,
        deployed::Unread::TooLarge => TOO_LARGE,
    })
}

/// The lists in a file: a list itself, or the zip of a packing.
fn lists_in(bytes: Vec<u8>) -> Result<Vec<(String, IntegrityList)>, Unread> {
    if let Ok(list) = IntegrityList::parse(&bytes) {
        return Ok(vec![("integrity.json".to_owned(), list)]);
    }
    let files = if bytes.starts_with(b"PK") { unpacked(&bytes)? } else { Files::new() };
    let mut found = lists(&files);
    // The site that checks mail before the paused one.
    found.sort_by_key(|(path, _)| path.len());
    if found.is_empty() { Err(NO_LIST) } else { Ok(found) }
}

fn opened(name: &str, files: Files) -> Result<Opened, Unread> {
    let sites = sites(files.keys().map(String::as_str));
    if sites.is_empty() {
        return Err(NO_SITE);
    }
    Ok(Opened { name: name.to_owned(), files: Rc::new(files), sites: Rc::new(sites), site: 0 })
}

pub(super) fn verify(desk: Desk, packed: Signal<Option<Rc<Vec<u8>>>>, language: Language) -> View {
    let list = create_signal(Lists::default());
    let site = create_signal(None::<Opened>);
    create_effect(move || {
        let zip = packed.get_clone();
        if let Some(Ok(found)) = zip.map(|zip| lists_in(zip.to_vec())) {
            list.set(Lists(Rc::new(found), 0));
        }
    });
    let read_list = move |name: String, bytes: Vec<u8>| match lists_in(bytes) {
        Ok(found) => list.set(Lists(Rc::new(found), 0)),
        Err(words) => desk.tell(true, words.with(&name)),
    };
    let read_site = move |name: String, found: Result<Files, Unread>| match found.and_then(|files| opened(&name, files))
    {
        Ok(found) => site.set(Some(found)),
        Err(words) => desk.tell(true, words.with(&name)),
    };
    let read_zip = move |name: String, bytes: Vec<u8>| read_site(name, unpacked(&bytes));
    let drop = move |event: DragEvent| {
        let items = event.data_transfer().map(|data| data.items());
        let item: Option<DataTransferItem> = items.and_then(|items| items.get(0));
        let entry = item.and_then(|item| item.webkit_get_as_entry().ok().flatten());
        if let Some(entry) = entry.filter(FileSystemEntry::is_directory) {
            event.prevent_default();
            spawn_local(async move { read_site(entry.name(), below(entry.clone()).await) });
        } else {
            files::dropped(desk, &event, files::site, read_zip);
        }
    };
    let about = language.pick(
        "Siden henter intet fra nettet. Åbn de filer, der ligger på serveren, som zip eller mappe. Så bliver hver fil sammenlignet med listen fra pakningen, som sendvagt verify --folder gør det.",
        "The page fetches nothing. Open the files that are on the host, as a zip or a folder. Each file is then compared with the list of the packing, as sendvagt verify --folder does.",
    );
    let host = (
        language.pick(
            "Det, serveren svarer, kan siden ikke se: adresse, headere, certifikat og cache. Det kontrollerer kun programmet, også som overvågning: ",
            "What the host answers the page cannot see: the address, headers, certificate and caches. Only the program checks that, as a monitor too: ",
        ),
        code().children("sendvagt verify --origin … --json"),
    );
    section()
        .class("verify")
        .attr("aria-label", language.pick("Kontrol af filerne", "Check of the files"))
        .children((
            h2().children(language.pick("Kontrollér filerne på serveren", "Check the files on the host")),
            p().class("about").children(about),
            p().class("about").children(host),
            div().class("field").children((
                p().class("name").children(language.pick("1. Listen fra pakningen", "1. The list of the packing")),
                View::from_dynamic(move || listed(list, language)),
                open_button(
                    desk,
                    "integrity-file",
                    language.pick(
                        "Åbn integrity.json eller zip-filen fra pakningen",
                        "Open integrity.json or the zip of the packing",
                    ),
                    ".json,.zip",
                    files::site,
                    read_list,
                ),
            )),
            div()
                .class("field drop")
                .id("deployed-drop")
                .on(events::dragover, |event: DragEvent| event.prevent_default())
                .on(events::drop, drop)
                .children((
                    p().class("name").children(language.pick("2. Filerne på serveren", "2. The files on the host")),
                    p().class("about").children(language.pick(
                        "Slip en mappe eller en zip her, eller åbn den.",
                        "Drop a folder or a zip here, or open it.",
                    )),
                    View::from_dynamic(move || which_site(site, language)),
                    open_button(
                        desk,
                        "deployed-zip",
                        language.pick("Åbn en zip", "Open a zip"),
                        ".zip",
                        files::site,
                        read_zip,
                    ),
                    folder_button(desk, language.pick("Åbn en mappe", "Open a folder"), read_site),
                )),
            div().id("compared").role("status").children(View::from_dynamic(move || outcome(list, site, language))),
        ))
        .into()
}

/// One of several, to choose.
fn one_of(
    id: &'static str,
    name: &'static str,
    all: &[String],
    chosen: usize,
    choose: impl Fn(usize) + 'static,
) -> View {
    if all.len() < 2 {
        return View::default();
    }
    let options: Vec<View> =
        all.iter().enumerate().map(|(index, one)| choice(index.to_string(), one, index == chosen)).collect();
    let change = move |event: Event| choose(written(&event).parse().unwrap_or_default());
    (label().attr("for", id).children(name), select().id(id).children(options).on(events::change, change)).into()
}

fn listed(list: Signal<Lists>, language: Language) -> View {
    let Lists(all, chosen) = list.get_clone();
    let Some((path, of)) = all.get(chosen) else { return View::default() };
    let files = of.files.len();
    let words = language.pick(
        format!("{path}: {files} filer til {}, pakket af Sendvagt {}.", of.origin, of.sendvagt),
        format!("{path}: {files} files for {}, packed by Sendvagt {}.", of.origin, of.sendvagt),
    );
    let paths: Vec<String> = all.iter().map(|(path, _)| path.clone()).collect();
    let choose = move |index| list.update(|list| list.1 = index);
    (p().children(words), one_of("which-list", language.pick("Liste", "List"), &paths, chosen, choose)).into()
}

fn which_site(site: Signal<Option<Opened>>, language: Language) -> View {
    let Some(Opened { name, sites, site: chosen, .. }) = site.get_clone() else { return View::default() };
    let folder = sites.get(chosen).cloned().unwrap_or_default();
    let words = if folder.is_empty() { name } else { format!("{name}: {folder}") };
    let choose = move |index| {
        site.update(|site| {
            if let Some(site) = site {
                site.site = index;
            }
        });
    };
    (p().children(words), one_of("which-site", language.pick("Mappe", "Folder"), &sites, chosen, choose)).into()
}

fn outcome(list: Signal<Lists>, site: Signal<Option<Opened>>, language: Language) -> View {
    let (Lists(all, chosen), site) = (list.get_clone(), site.get_clone());
    let (Some((path, list)), Some(site)) = (all.get(chosen), site) else { return View::default() };
    let folder = site.sites.get(site.site).cloned().unwrap_or_default();
    let found: Compared = compared(list, &site.files, &folder);
    let decision = if found.is_as_packed() { "send" } else { "stop" };
    let served = found.served.map(|served| served.said(path).get(language).clone());
    let summed_up = served.or_else(|| found.summed_up(language)).unwrap_or_default();
    let faults: Vec<View> = found
        .faults
        .iter()
        .map(|(path, fault)| {
            View::from(li().children((code().children(path.clone()), " ", sentence(fault.said().get(language)))))
        })
        .collect();
    (p().class("status").attr("data-decision", decision).children(summed_up), ul().class("found").children(faults))
        .into()
}

/// A button that opens a folder.
fn folder_button(
    desk: Desk,
    name: &'static str,
    then: impl Fn(String, Result<Files, Unread>) + Clone + 'static,
) -> View {
    let id = "deployed-folder";
    let change = move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let files = input.files();
        let all: Vec<(String, File)> = files
            .iter()
            .flat_map(|files| (0..files.length()).filter_map(|index| files.get(index)))
            .map(|file| (relative(&file), file))
            .collect();
        input.set_value("");
        let Some(name) = all.first().and_then(|(path, _)| path.split('/').next()).map(str::to_owned) else {
            return desk.tell(true, Both { da: "Mappen er tom.".to_owned(), en: "The folder is empty.".to_owned() });
        };
        let then = then.clone();
        spawn_local(async move { then(name, contents(all).await) });
    };
    let field = input().r#type("file").id(id).attr("webkitdirectory", "").hidden(true).on(events::change, change);
    let click = move |_| {
        if let Some(field) = element(id) {
            field.click();
        }
    };
    (button().r#type("button").on(events::click, click).children(name), field).into()
}

/// The path of a file below the folder that was opened.
fn relative(file: &File) -> String {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// The files below a folder that was dropped.
async fn below(folder: FileSystemEntry) -> Result<Files, Unread> {
    let mut open = vec![folder];
    let mut all = Vec::new();
    while let Some(entry) = open.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_file() {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let file = called_back(|then, fail| entry.file_with_callback_and_callback(then, fail)).await?;
            all.push((path, file.unchecked_into::<File>()));
            continue;
        }
        let reader = entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader();
        // A reader gives a hundred entries at a time, and at the end none.
        loop {
            let read = |then: &Function, fail: &Function| {
                reader.read_entries_with_callback_and_callback(then, fail).unwrap_or_default();
            };
            let some: Array = called_back(read).await?.unchecked_into();
            if some.length() == 0 {
                break;
            }
            open.extend(some.iter().map(|entry| entry.unchecked_into::<FileSystemEntry>()));
        }
    }
    contents(all).await
}

/// What a function with two callbacks hands to the first.
async fn called_back(call: impl Fn(&Function, &Function)) -> Result<JsValue, Unread> {
    JsFuture::from(Promise::new(&mut |then, fail| call(&then, &fail))).await.map_err(|_| CLOSED)
}

/// Reads the files of each site among these; what else a host has stays unread.
async fn contents(all: Vec<(String, File)>) -> Result<Files, Unread> {
    let sites = sites(all.iter().map(|(path, _)| path.as_str()));
    let mut files = Files::new();
    let mut left = 200_000_000.0;
    for (path, file) in all {
        if !sites.iter().any(|site| path.starts_with(site.as_str())) {
            continue;
        }
        left -= file.size();
        if left < 0.0 {
            return Err(TOO_LARGE);
        }
        files.insert(path, files::site(file).await?);
    }
    Ok(files)
}

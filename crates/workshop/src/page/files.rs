//! Files that are opened, dropped and saved.

use js_sys::{Array, Uint8Array};
use sendvagt::Both;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, FileList, HtmlAnchorElement, HtmlInputElement, TextDecoder,
};

use super::desk::Desk;
use super::parts::window;

/// A policy with 10,000 mailboxes has about 1 MB. A file of this size is another one, and would block the page.
const LARGEST: f64 = 4_000_000.0;

/// Reads the first of the files as text, and tells what is wrong with it.
fn read(desk: Desk, files: Option<FileList>, then: impl FnOnce(String, String) + 'static) {
    let Some(file) = files.and_then(|files| files.get(0)) else { return };
    spawn_local(async move {
        let name = file.name();
        match text(&file).await {
            Ok(text) => then(name, text),
            Err(words) => desk.tell(true, words.with(&name)),
        }
    });
}

/// Why a file is not read; `{}` stands for its name.
struct Unread(Both);

impl Unread {
    fn with(&self, name: &str) -> Both<String> {
        Both { da: self.0.da.replace("{}", name), en: self.0.en.replace("{}", name) }
    }
}

const TOO_LARGE: Unread = Unread(Both {
    da: "{} er over 4 MB og blev ikke åbnet. En policy fylder sjældent mere end 1 MB. Er det den rigtige fil?",
    en: "{} is over 4 MB and was not opened. A policy is rarely more than 1 MB. Is it the right file?",
});
const NO_TEXT: Unread = Unread(Both {
    da: "{} er ikke en tekstfil og blev ikke åbnet. Gem et regneark som CSV først.",
    en: "{} is no text file and was not opened. Save a spreadsheet as CSV first.",
});
const UNREADABLE: Unread = Unread(Both {
    da: "{} kunne ikke læses. Er den flyttet, eller er den åben i et andet program?",
    en: "{} could not be read. Was it moved, or is it open in another program?",
});

async fn text(file: &File) -> Result<String, Unread> {
    if file.size() > LARGEST {
        return Err(TOO_LARGE);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| UNREADABLE)?;
    decoded(&Uint8Array::new(&buffer).to_vec()).ok_or(NO_TEXT)
}

/// UTF-8; UTF-16 by its mark; or else Windows' Western European code page, which older Danish programs write.
fn decoded(bytes: &[u8]) -> Option<String> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => "utf-16le",
        [0xfe, 0xff, ..] => "utf-16be",
        _ if str::from_utf8(bytes).is_ok() => "utf-8",
        _ => "windows-1252",
    };
    let text = TextDecoder::new_with_label(encoding).ok()?.decode_with_u8_array(bytes).ok()?;
    let is_text = !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    is_text.then_some(text)
}

/// What happens when a file was chosen in an `input`.
pub(super) fn chosen(desk: Desk, event: &Event, then: impl FnOnce(String, String) + 'static) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        read(desk, input.files(), then);
        // The same file can be chosen again.
        input.set_value("");
    }
}

/// What happens when a file was dropped. A dropped text is left to the browser.
pub(super) fn dropped(desk: Desk, event: &DragEvent, then: impl FnOnce(String, String) + 'static) {
    let files = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0);
    if files.is_some() {
        event.prevent_default();
        read(desk, files, then);
    }
}

/// Offers a file for download.
pub(super) fn save(name: &str, bytes: &[u8], kind: &str) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    let link = window().document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has taken the file by the time the next task runs.
    spawn_local(async move {
        let done = js_sys::Promise::new(&mut |resolve, _| {
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 60_000).unwrap_or_default();
        });
        JsFuture::from(done).await.unwrap_or_default();
        web_sys::Url::revoke_object_url(&url).unwrap_or_default();
    });
}

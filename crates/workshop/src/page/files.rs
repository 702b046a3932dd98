//! Files that are opened, dropped and saved.

use js_sys::{Array, Uint8Array};
use sendvagt::Both;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement, TextDecoder};

use super::desk::Desk;
use super::parts::window;
use crate::sheet::{self, Sheet};
use crate::table;

/// A policy with 10,000 mailboxes has about 1 MB. A file of this size is another one, and would block the page.
const LARGEST_POLICY: f64 = 4_000_000.0;
/// A workbook may have pictures and other tables beside the list.
const LARGEST_LIST: f64 = 20_000_000.0;
/// A host's folder may have more than a site.
const LARGEST_SITE: f64 = 64_000_000.0;

/// Why a file is not read; `{}` stands for its name.
pub(super) struct Unread(pub(super) Both);

impl Unread {
    pub(super) fn with(&self, name: &str) -> Both<String> {
        Both { da: self.0.da.replace("{}", name), en: self.0.en.replace("{}", name) }
    }
}

const TOO_LARGE: Unread = Unread(Both {
    da: "{} er over 4 MB og blev ikke åbnet. En policy fylder sjældent mere end 1 MB. Er det den rigtige fil?",
    en: "{} is over 4 MB and was not opened. A policy is rarely more than 1 MB. Is it the right file?",
});
const LIST_TOO_LARGE: Unread = Unread(Both {
    da: "{} er for stor til at være en liste og blev ikke åbnet. Gem kun arket med listen, eller gem det som CSV.",
    en: "{} is too large to be a list and was not opened. Save only the sheet with the list, or save it as CSV.",
});
const SITE_TOO_LARGE: Unread = Unread(Both {
    da: "{} er større end noget site fra Sendvagt og blev ikke åbnet. Er det den rigtige fil?",
    en: "{} is larger than any site of Sendvagt and was not opened. Is it the right file?",
});
const NO_TEXT: Unread = Unread(Both {
    da: "{} er ikke en tekstfil og blev ikke åbnet. En policy er en JSON-fil.",
    en: "{} is no text file and was not opened. A policy is a JSON file.",
});
const NO_LIST: Unread = Unread(Both {
    da: "{} er hverken et regneark eller en tekstfil og blev ikke åbnet. Gem listen som Excel eller CSV.",
    en: "{} is neither a spreadsheet nor a text file and was not opened. Save the list as Excel or CSV.",
});
const LOCKED: Unread = Unread(Both {
    da: "{} er beskyttet med en adgangskode. Åbn filen i Excel, fjern adgangskoden under Filer, Oplysninger, og prøv igen. Eller kopiér rækkerne, og sæt dem ind her.",
    en: "{} is protected by a password. Open it in Excel, remove the password under File, Info, and try again. Or copy the rows and paste them here.",
});
const DAMAGED: Unread = Unread(Both {
    da: "{} kan ikke læses som regneark: Filen er beskadiget eller af en anden slags. Åbn den i Excel, gem den igen som .xlsx eller CSV, og prøv med den.",
    en: "{} cannot be read as a spreadsheet: it is damaged or of another kind. Open it in Excel, save it again as .xlsx or CSV, and try that.",
});
const UNREADABLE: Unread = Unread(Both {
    da: "{} kunne ikke læses. Er den flyttet, eller er den åben i et andet program?",
    en: "{} could not be read. Was it moved, or is it open in another program?",
});

async fn bytes(file: &Blob, largest: f64, too_large: Unread) -> Result<Vec<u8>, Unread> {
    if file.size() > largest {
        return Err(too_large);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| UNREADABLE)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The content of a file as text.
pub(super) async fn text(file: File) -> Result<String, Unread> {
    decoded(&bytes(&file, LARGEST_POLICY, TOO_LARGE).await?).ok_or(NO_TEXT)
}

/// The tables of a workbook, or the one of a text.
pub(super) async fn sheets(file: File) -> Result<Vec<Sheet>, Unread> {
    let bytes = bytes(&file, LARGEST_LIST, LIST_TOO_LARGE).await?;
    if sheet::is_workbook(&bytes) {
        return sheet::read(&bytes).map_err(|why| match why {
            sheet::Unread::Password => LOCKED,
            sheet::Unread::Damaged => DAMAGED,
            sheet::Unread::TooLarge => LIST_TOO_LARGE,
        });
    }
    let text = decoded(&bytes).ok_or(NO_LIST)?;
    Ok(vec![Sheet { name: String::new(), rows: table::rows(&text) }])
}

/// The content of a file of a site, or of a zip with one.
pub(super) async fn site(file: File) -> Result<Vec<u8>, Unread> {
    bytes(&file, LARGEST_SITE, SITE_TOO_LARGE).await
}

/// Reads a file, and tells what is wrong with it.
fn read<T: 'static, F: Future<Output = Result<T, Unread>> + 'static>(
    desk: Desk,
    file: File,
    how: fn(File) -> F,
    then: impl FnOnce(String, T) + 'static,
) {
    spawn_local(async move {
        let name = file.name();
        match how(file).await {
            Ok(content) => then(name, content),
            Err(words) => desk.tell(true, words.with(&name)),
        }
    });
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
pub(super) fn chosen<T: 'static, F: Future<Output = Result<T, Unread>> + 'static>(
    desk: Desk,
    event: &Event,
    how: fn(File) -> F,
    then: impl FnOnce(String, T) + 'static,
) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            read(desk, file, how, then);
        }
        // The same file can be chosen again.
        input.set_value("");
    }
}

/// What happens when a file was dropped. A dropped text is left to the browser.
pub(super) fn dropped<T: 'static, F: Future<Output = Result<T, Unread>> + 'static>(
    desk: Desk,
    event: &DragEvent,
    how: fn(File) -> F,
    then: impl FnOnce(String, T) + 'static,
) {
    let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
    if let Some(file) = file {
        event.prevent_default();
        read(desk, file, how, then);
    }
}

/// Offers a file for download.
pub(super) fn save(name: &str, bytes: &[u8], kind: &str) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}

/// Offers a file that the browser holds for download.
pub(super) fn save_blob(name: &str, blob: &Blob) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    let link = window().document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    revoke_later(url);
}

/// Lets go of a file when the browser has taken it.
pub(super) fn revoke_later(url: String) {
    spawn_local(async move {
        let done = js_sys::Promise::new(&mut |resolve, _| {
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 60_000).unwrap_or_default();
        });
        JsFuture::from(done).await.unwrap_or_default();
        web_sys::Url::revoke_object_url(&url).unwrap_or_default();
    });
}

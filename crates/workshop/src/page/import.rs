//! Lists that are pasted, dropped or opened: from Excel, LibreOffice, CSV files. Where a table can be read in more than one
//! way, the user says which column is which.

use std::rc::Rc;

use sendvagt::{Both, Language};
use serde_json::Value;
use sycamore::prelude::*;
use sycamore::web::events;
use sycamore::web::tags::{button, details, div, fieldset, label, legend, p, select, summary, textarea};
use wasm_bindgen::JsValue;
use web_sys::{DragEvent, Event};

use super::desk::{Desk, Notice};
use super::files;
use super::parts::{choice, counted, open_button, written};
use crate::edit;
use crate::sheet::Sheet;
use crate::table::{self, Guess, Wanted};

/// What a file field offers.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv";

/// Tables that can be read in more than one way.
#[derive(Clone)]
struct Question {
    sheets: Rc<Vec<Sheet>>,
    sheet: usize,
    columns: Vec<Option<usize>>,
}

impl Question {
    fn rows(&self) -> &[Vec<String>] {
        self.sheets.get(self.sheet).map(|sheet| sheet.rows.as_slice()).unwrap_or_default()
    }
}

/// The way of a list into the policy.
#[derive(Clone)]
pub(super) struct Import {
    desk: Desk,
    path: String,
    wanted: Wanted,
    /// What each column of the list is called.
    names: Vec<Both<String>>,
    question: Signal<Option<Question>>,
    language: Language,
}

impl Import {
    pub(super) fn new(desk: Desk, path: &str, names: &[Both<String>], language: Language) -> Self {
        let wanted = Wanted::at(path);
        Self { desk, path: path.to_owned(), wanted, names: names.to_vec(), question: create_signal(None), language }
    }

    pub(super) fn take_text(&self, text: &str) -> bool {
        self.take(vec![Sheet { name: String::new(), rows: table::rows(text) }])
    }

    pub(super) fn take_dropped(&self, event: &DragEvent) {
        let import = self.clone();
        files::dropped(self.desk, event, files::sheets, move |_, sheets| {
            import.take(sheets);
        });
    }

    /// Adds what the tables hold, or asks. Returns whether there was anything.
    fn take(&self, sheets: Vec<Sheet>) -> bool {
        let found = |sheet: &Sheet, guess: &Guess| !table::entries(&sheet.rows, self.wanted, &guess.columns).is_empty();
        let mut all: Vec<(Sheet, Guess)> = sheets
            .into_iter()
            .map(|sheet| {
                let guess = table::guess(&sheet.rows, self.wanted);
                (sheet, guess)
            })
            .filter(|(sheet, guess)| found(sheet, guess))
            .collect();
        // Notes beside the list are no second list.
        if all.iter().any(|(_, guess)| guess.is_fitting) {
            all.retain(|(_, guess)| guess.is_fitting);
        }
        match all.as_slice() {
            [] => {
                self.desk.tell(true, nothing(self.wanted));
                return false;
            }
            [(sheet, guess)] if guess.is_sure => self.add(&sheet.rows, &guess.columns),
            [(_, guess), ..] => {
                let columns = guess.columns.clone();
                let sheets = Rc::new(all.iter().map(|(sheet, _)| sheet.clone()).collect());
                self.question.set(Some(Question { sheets, sheet: 0, columns }));
            }
        }
        true
    }

    /// Adds the entries that are not in the list yet. What was there stays, and can be had back as it was.
    fn add(&self, rows: &[Vec<String>], columns: &[Option<usize>]) {
        let desk = self.desk;
        let list = desk.get(&self.path).and_then(|list| list.as_array().cloned()).unwrap_or_default();
        let (fresh, known) = table::fresh(&list, table::entries(rows, self.wanted, columns));
        let undo = (desk.text.get_clone_untracked(), desk.name.get_clone_untracked());
        if !fresh.is_empty() {
            let text = desk.text.with_untracked(|text| edit::append(text, &self.path, &fresh));
            desk.text.set(text);
        }
        self.question.set(None);
        desk.notice.set(Some(Notice {
            words: added(self.wanted, fresh.len(), known),
            is_problem: false,
            undo: (!fresh.is_empty()).then_some(undo),
        }));
    }

    /// A button for a file, and the question.
    pub(super) fn view(&self) -> View {
        let import = self.clone();
        let name = self.language.pick("Åbn en liste (Excel, CSV)", "Open a list (Excel, CSV)");
        let button =
            open_button(self.desk, &format!("{}-file", self.path), name, ACCEPT, files::sheets, move |_, sheets| {
                import.take(sheets);
            });
        (div().class("open-list").children(button), self.asked()).into()
    }

    /// The same with a field to paste into, for rows of several columns.
    pub(super) fn panel(&self) -> View {
        let language = self.language;
        let pasted = create_signal(String::new());
        let (by_drop, by_button) = (self.clone(), self.clone());
        let id = "retired-paste";
        details()
            .class("import")
            .children((
                summary().children(language.pick("Sæt ind fra Excel eller CSV", "Paste from Excel or CSV")),
                label().attr("for", id).children(language.pick(
                    "Rækker med adresse, dato og ny adresse, i hvilken rækkefølge de end står",
                    "Rows with the address, the date and the new address, in whatever order they stand",
                )),
                textarea()
                    .id(id)
                    .attr("rows", "4")
                    .attr("spellcheck", "false")
                    .prop("value", move || JsValue::from(pasted.get_clone()))
                    .on(events::input, move |event: Event| pasted.set(written(&event)))
                    .on(events::drop, move |event: DragEvent| by_drop.take_dropped(&event)),
                button()
                    .r#type("button")
                    .on(events::click, move |_| {
                        if by_button.take_text(&pasted.get_clone_untracked()) {
                            pasted.set(String::new());
                        }
                    })
                    .children(language.pick("Tilføj rækkerne", "Add the rows")),
                self.view(),
            ))
            .into()
    }

    /// Which column is which, while that is a question.
    fn asked(&self) -> View {
        let import = self.clone();
        let is_asked = create_memo({
            let question = self.question;
            move || question.with(Option::is_some)
        });
        let asked = move || {
            if !is_asked.get() {
                return View::default();
            }
            // No view is made while a signal is read: making one writes where signals are kept.
            let sheets = import.question.get_clone_untracked().map_or(0, |question| question.sheets.len());
            let of_sheets = (sheets > 1).then(|| import.sheet_field());
            // Made anew for another sheet only: a field that is used keeps the focus.
            let question = import.question;
            let sheet = create_memo(move || question.with(|question| question.as_ref().map(|question| question.sheet)));
            let columns = {
                let import = import.clone();
                move || {
                    sheet.track();
                    import.column_fields()
                }
            };
            let (add, cancel) = (import.clone(), import.question);
            let language = import.language;
            let count = {
                let import = import.clone();
                move || {
                    import
                        .question
                        .with(|question| question.as_ref().map_or(0, |question| import.entries(question).len()))
                }
            };
            let words = {
                let count = count.clone();
                move || format!("{} ({})", language.pick("Tilføj", "Add"), count())
            };
            fieldset()
                .class("question")
                .children((
                    legend().children(language.pick("Hvad står hvor?", "What is where?")),
                    p().class("about").children(language.pick(
                        "Tabellen kan læses på flere måder. Vælg, hvad der skal ind i listen.",
                        "The table can be read in more than one way. Choose what goes into the list.",
                    )),
                    of_sheets,
                    View::from_dynamic(columns),
                    button()
                        .r#type("button")
                        .class("first")
                        .prop("disabled", move || JsValue::from(count() == 0))
                        .on(events::click, move |_| {
                            if let Some(question) = add.question.get_clone_untracked() {
                                add.add(question.rows(), &question.columns);
                            }
                        })
                        .children(words),
                    button()
                        .r#type("button")
                        .class("quiet")
                        .on(events::click, move |_| cancel.set(None))
                        .children(language.pick("Annullér", "Cancel")),
                ))
                .into()
        };
        div().role("status").children(View::from_dynamic(asked)).into()
    }

    fn entries(&self, question: &Question) -> Vec<Value> {
        table::entries(question.rows(), self.wanted, &question.columns)
    }

    fn sheet_field(&self) -> View {
        let sheets = self.question.with_untracked(|question| {
            question.as_ref().map(|question| Rc::clone(&question.sheets)).unwrap_or_default()
        });
        let options: Vec<View> = sheets
            .iter()
            .enumerate()
            .map(|(index, sheet)| choice(index.to_string(), &sheet.name, index == 0))
            .collect();
        let (question, wanted) = (self.question, self.wanted);
        let choose = move |event: Event| {
            let Some(mut now) = question.get_clone_untracked() else { return };
            now.sheet = written(&event).parse().unwrap_or_default();
            now.columns = table::guess(now.rows(), wanted).columns;
            question.set(Some(now));
        };
        let id = format!("{}-sheet", self.path);
        div()
            .class("field")
            .children((
                label().attr("for", id.clone()).children(self.language.pick("Ark", "Sheet")),
                select().id(id).children(options).on(events::change, choose),
            ))
            .into()
    }

    /// A field for each column that the list has.
    fn column_fields(&self) -> View {
        let Some(now) = self.question.get_clone_untracked() else { return View::default() };
        let width = table::width(now.rows());
        let names: Vec<String> = (0..width).map(|column| table::column_name(now.rows(), column)).collect();
        let fields = self.names.iter().enumerate().map(|(role, name)| {
            let chosen = now.columns.get(role).copied().flatten();
            let none = choice(String::new(), self.language.pick("Ingen", "None"), chosen.is_none());
            let others = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
            let others = others.map(|(column, name)| choice(column.to_string(), name, chosen == Some(column)));
            let options: Vec<View> = std::iter::once(none).chain(others).collect();
            let question = self.question;
            let choose = move |event: Event| {
                let Some(mut now) = question.get_clone_untracked() else { return };
                if let Some(place) = now.columns.get_mut(role) {
                    *place = written(&event).parse().ok();
                }
                question.set(Some(now));
            };
            let id = format!("{}-column-{role}", self.path);
            View::from(div().class("field").children((
                label().attr("for", id.clone()).children(name.get(self.language).clone()),
                select().id(id).children(options).on(events::change, choose),
            )))
        });
        fields.collect::<Vec<View>>().into()
    }
}

fn nothing(wanted: Wanted) -> Both<String> {
    match wanted {
        Wanted::Mailboxes => Both {
            da: "Der er ingen mailadresser i det. Hver række skal have en adresse.".to_owned(),
            en: "There are no mail addresses in it. Each row needs an address.".to_owned(),
        },
        _ => Both { da: "Der står intet i listen.".to_owned(), en: "There is nothing in the list.".to_owned() },
    }
}

fn added(wanted: Wanted, count: usize, known: usize) -> Both<String> {
    let (da, en) = match wanted {
        Wanted::Mailboxes => {
            (counted(count, "postkasse er", "postkasser er"), counted(count, "mailbox is", "mailboxes are"))
        }
        _ => (counted(count, "linje er", "linjer er"), counted(count, "line is", "lines are")),
    };
    let (mut da, mut en) = (format!("{count} {da} tilføjet."), format!("{count} {en} added."));
    if known > 0 {
        da.push_str(&format!(" {known} stod der i forvejen."));
        en.push_str(&format!(" {known} {} there already.", counted(known, "was", "were")));
    }
    Both { da, en }
}

//! Workbooks of Excel and LibreOffice, as tables of texts.

use std::io::{Cursor, Read, Seek};

use calamine::{Data, Ods, OdsError, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use zip::ZipArchive;

/// A table of a workbook, without empty rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a text.
    pub name: String,
    /// Its cells.
    pub rows: Vec<Vec<String>>,
}

/// Why a workbook is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is protected by a password.
    Password,
    /// It is damaged, or of another kind.
    Damaged,
    /// It holds more than any list.
    TooLarge,
}

/// The most cells that are read of a table: a list of 100,000 mailboxes has fewer.
const CELLS: usize = 1_000_000;
/// The columns that are looked at.
const COLUMNS: u32 = 64;
/// The most that a workbook may hold unpacked.
const UNPACKED: u64 = 200_000_000;

/// What packed workbooks begin with, and those of Excel 97 to 2003.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Does it begin as a workbook does?
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}

/// The tables of a workbook that its user sees.
///
/// # Errors
///
/// Why it is not read.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unread> {
    if bytes.starts_with(COMPOUND) {
        return if is_encrypted(bytes) { Err(Unread::Password) } else { xls(bytes) };
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::Damaged)?;
    let mut unpacked = 0_u64;
    for index in 0..zip.len() {
        let size = zip.by_index_raw(index).map_err(|_| Unread::Damaged)?.size();
        unpacked = unpacked.saturating_add(size);
    }
    if unpacked > UNPACKED {
        return Err(Unread::TooLarge);
    }
    if zip.by_name("content.xml").is_ok() { ods(bytes) } else { xlsx(bytes) }
}

/// Excel puts a workbook with a password into a container of its own.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn names<R: Read + Seek, W: Reader<R>>(workbook: &W) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let shown = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet);
    shown.map(|sheet| sheet.name.clone()).collect()
}

/// Cell by cell, since a table with one cell in its last row is as large as the whole of it otherwise.
fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Unread> {
    let unread =
        |error: XlsxError| if matches!(error, XlsxError::Password) { Unread::Password } else { Unread::Damaged };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(unread)?;
    let mut sheets = Vec::new();
    for name in names(&workbook) {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(unread)?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let (mut last, mut count) = (None, 0_usize);
        while let Some(cell) = cells.next_cell().map_err(unread)? {
            let (row, column) = cell.get_position();
            let text = text(&Data::from(cell.get_value().clone()));
            if text.is_empty() || column >= COLUMNS {
                continue;
            }
            count += 1;
            if count > CELLS {
                return Err(Unread::TooLarge);
            }
            if last != Some(row) {
                rows.push(Vec::new());
                last = Some(row);
            }
            if let Some(cells) = rows.last_mut() {
                let column = usize::try_from(column).unwrap_or_default();
                cells.resize(cells.len().max(column + 1), String::new());
                if let Some(place) = cells.get_mut(column) {
                    *place = text;
                }
            }
        }
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, Unread> {
    let unread = |error: XlsError| if matches!(error, XlsError::Password) { Unread::Password } else { Unread::Damaged };
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(unread)?;
    let names = names(&workbook);
    let sheet = |name: String| Ok(Sheet { rows: rows(&workbook.worksheet_range(&name).map_err(unread)?)?, name });
    names.into_iter().map(sheet).collect()
}

fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, Unread> {
    let unread = |error: OdsError| if matches!(error, OdsError::Password) { Unread::Password } else { Unread::Damaged };
    let mut workbook = Ods::new(Cursor::new(bytes)).map_err(unread)?;
    let names = names(&workbook);
    let sheet = |name: String| Ok(Sheet { rows: rows(&workbook.worksheet_range(&name).map_err(unread)?)?, name });
    names.into_iter().map(sheet).collect()
}

fn rows(range: &calamine::Range<Data>) -> Result<Vec<Vec<String>>, Unread> {
    if range.used_cells().count() > CELLS {
        return Err(Unread::TooLarge);
    }
    let columns = usize::try_from(COLUMNS).unwrap_or(usize::MAX);
    let rows = range.rows().map(|row| row.iter().take(columns).map(text).collect::<Vec<_>>());
    Ok(rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(_) => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::{Sheet, Unread, is_workbook, read};
    use crate::table::{Wanted, entries, guess};

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// A workbook of Excel: a hidden table, an empty one, and one whose dates are numbers with a style.
    fn excel(cells: &str) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let kind = format!("{link}/worksheet");
        let sheet = |cells: &str| format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>");
        zipped(&[
            (
                "_rels/.rels",
                &format!(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                     <Relationship Id=\"r1\" Type=\"{link}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                &format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{link}\"><sheets><sheet name=\"Skjult\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/>\
                     <sheet name=\"Nedlagte\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &format!(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                     <Relationship Id=\"r1\" Type=\"{kind}\" Target=\"worksheets/sheet1.xml\"/>\
                     <Relationship Id=\"r2\" Type=\"{kind}\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/styles.xml",
                &format!(
                    "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                &sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>skjult@x.dk</t></is></c></row>"),
            ),
            ("xl/worksheets/sheet2.xml", &sheet(cells)),
        ])
    }

    fn cell(place: &str, text: &str) -> String {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    #[test]
    fn the_shown_tables_of_a_workbook_are_read_with_their_dates() {
        let cells = format!(
            "<row r=\"1\">{}{}{}</row><row r=\"3\">{}<c r=\"B3\" s=\"1\"><v>46054</v></c>{}</row><row r=\"1048576\">{}</row>",
            cell("A1", "Postkasse"),
            cell("B1", "Nedlagt"),
            cell("C1", "Ny"),
            cell("A3", "gammel@x.dk"),
            cell("C3", "ny@x.dk"),
            cell("XFD1048576", "langt væk"),
        );
        let sheets = read(&excel(&cells)).unwrap();
        let [Sheet { name, rows }] = sheets.as_slice() else { panic!("{sheets:?}") };
        assert_eq!((name.as_str(), rows.len()), ("Nedlagte", 2));
        let found = guess(rows, Wanted::Mailboxes);
        assert!(found.is_sure);
        assert_eq!(
            entries(rows, Wanted::Mailboxes, &found.columns),
            [serde_json::json!({"address": "gammel@x.dk", "since": "2026-02-01", "replacement": "ny@x.dk"})]
        );
    }

    #[test]
    fn a_workbook_of_libreoffice_is_read() {
        let office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
        let table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
        let cell = |text: &str| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        };
        let content = format!(
            "<office:document-content xmlns:office=\"{office}\" xmlns:table=\"{table}\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
             <office:body><office:spreadsheet><table:table table:name=\"Ark1\"><table:table-row>{}</table:table-row><table:table-row>{}</table:table-row>\
             </table:table></office:spreadsheet></office:body></office:document-content>",
            cell("Domæne"),
            cell("a.dk")
        );
        let manifest = |entry: &str| format!("<manifest:manifest>{entry}</manifest:manifest>");
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        let packed = |entry: &str| {
            zipped(&[("mimetype", kind), ("META-INF/manifest.xml", &manifest(entry)), ("content.xml", &content)])
        };
        let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
        assert_eq!(read(&packed(locked)), Err(Unread::Password));
        let bytes = packed("");
        let sheets = read(&bytes).unwrap();
        assert_eq!(sheets, [Sheet { name: "Ark1".to_owned(), rows: vec![vec!["Domæne".into()], vec!["a.dk".into()]] }]);
    }

    #[test]
    fn what_is_no_workbook_is_told_apart() {
        let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, why) in [
            ([compound.as_slice(), &[0; 600], &name].concat(), Unread::Password),
            ([compound.as_slice(), &[0; 600]].concat(), Unread::Damaged),
            (b"PK\x03\x04\x14\x00".to_vec(), Unread::Damaged),
            (zipped(&[("word/document.xml", "<w/>")]), Unread::Damaged),
            (zipped(&[("content.xml", "<office")]), Unread::Damaged),
        ] {
            assert!(is_workbook(&bytes));
            assert_eq!(read(&bytes), Err(why));
        }
        assert!(!is_workbook(b"a;b\n") && !is_workbook(b""));
    }

    /// A panic would stop the page.
    #[test]
    fn a_damaged_workbook_never_panics() {
        let whole = excel(&format!("<row r=\"1\">{}{}</row>", cell("A1", "a@x.dk"), cell("B1", "b@x.dk")));
        for at in 0..whole.len() {
            let mut cut = whole.clone();
            cut.truncate(at);
            read(&cut).unwrap_or_default();
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            read(&changed).unwrap_or_default();
        }
    }
}

//! Workbooks of Excel and LibreOffice, a table for each sheet.
//!
//! A sheet becomes text in which each row is a line, so that it is read like a table in a file, and the line of a finding is the
//! number of its row. The sheet is read on a thread of its own while the text is.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{DataType, Ods, Reader, SheetVisible, Xls, XlsError, Xlsb, Xlsx, XlsxError};

use crate::input::file_error::FileError;
use crate::input::source::Stream;
use crate::native::packed::{Budget, Entry};
use crate::native::whole::{Anywhere, Whole};

/// The form of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Xlsx,
    Xlsb,
    Ods,
    Xls,
}

impl Layout {
    /// What an archive with these files is; `None` if it is no workbook.
    pub(crate) fn of(entries: &[Entry]) -> Option<Self> {
        let has = |name: &str| entries.iter().any(|entry| entry.name == name);
        match () {
            () if has("xl/workbook.xml") => Some(Self::Xlsx),
            () if has("xl/workbook.bin") => Some(Self::Xlsb),
            () if has("content.xml") && has("mimetype") => Some(Self::Ods),
            () => None,
        }
    }

    /// Is this file of the workbook held in memory?
    fn holds(self, name: &str) -> bool {
        match self {
            // The rows are read one by one.
            Self::Xlsx => !name.starts_with("xl/worksheets/"),
            Self::Xlsb | Self::Ods | Self::Xls => true,
        }
    }
}

/// Excel's own bounds.
const MOST_ROWS: u32 = 1 << 20;
/// Columns beyond are not read: no export has so many.
const MOST_COLUMNS: usize = 256;
/// How many bytes of text are handed over at a time.
const CHUNK: usize = 256 * 1024;

/// Can the workbook be read in the memory that there is? What a packed file says of its size need not be true.
pub(crate) fn is_bearable(entries: &[Entry], layout: Layout, whole: &Whole, budget: &Budget) -> Result<(), FileError> {
    let mut held = 0;
    for entry in entries {
        // What comes later in a damaged file is told where it is read.
        let unpacked =
            io::copy(&mut entry.open(whole, budget)?, &mut io::sink()).map_err(|error| FileError::of(&error));
        if layout.holds(&entry.name) {
            held += unpacked?;
        } else if let Err(error @ FileError::Bomb) = unpacked {
            return Err(error);
        }
    }
    if held > Whole::LARGEST { Err(FileError::TooLarge) } else { Ok(()) }
}

type File = BufReader<Box<dyn Anywhere>>;

fn opened(whole: &Whole) -> Result<File, FileError> {
    Ok(BufReader::new(whole.open().map_err(|error| FileError::ReadFailed(error.kind()))?))
}

/// The names of the sheets that a user sees.
pub(crate) fn sheets(layout: Layout, whole: &Whole) -> Result<Vec<String>, FileError> {
    let owned = whole.clone();
    // A panic of the library on a damaged file ends its thread and nothing else.
    let sheets = thread::spawn(move || -> Result<Vec<String>, FileError> {
        let file = opened(&owned)?;
        Ok(match layout {
            Layout::Xlsx => names(&Xlsx::new(file).map_err(of_xlsx)?),
            Layout::Xlsb => names(&Xlsb::new(file).map_err(|_| FileError::Damaged)?),
            Layout::Ods => names(&Ods::new(file).map_err(|_| FileError::Damaged)?),
            Layout::Xls => names(&Xls::new(file).map_err(of_xls)?),
        })
    });
    let sheets = sheets.join().unwrap_or(Err(FileError::Damaged))?;
    if sheets.is_empty() { Err(FileError::Empty) } else { Ok(sheets) }
}

fn of_xlsx(error: XlsxError) -> FileError {
    if matches!(error, XlsxError::Password) { FileError::Password } else { FileError::Damaged }
}

fn of_xls(error: XlsError) -> FileError {
    if matches!(error, XlsError::Password) { FileError::Password } else { FileError::Damaged }
}

fn names<W: Reader<File>>(workbook: &W) -> Vec<String> {
    let visible = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    visible.map(|sheet| sheet.name.clone()).collect()
}

/// A sheet as text.
pub(crate) fn table(layout: Layout, whole: &Whole, sheet: String) -> Stream {
    let (sender, chunks) = sync_channel(4);
    let whole = whole.clone();
    thread::spawn(move || {
        let mut table = Table { sender, text: Vec::new(), row: 0, width: 0, line: Vec::new() };
        let end = written(layout, &whole, &sheet, &mut table).and_then(|()| table.finish());
        // If nobody reads any more, nobody asks how it ended.
        let _ = table.sender.send(end.map(|()| Vec::new()));
    });
    Box::new(Chunks { chunks, chunk: Cursor::default(), has_ended: false })
}

fn written(layout: Layout, whole: &Whole, sheet: &str, table: &mut Table) -> Result<(), FileError> {
    let file = opened(whole)?;
    let damaged = |_| FileError::Damaged;
    match layout {
        Layout::Xlsx => {
            let mut workbook = Xlsx::new(file).map_err(of_xlsx)?;
            let mut cells = workbook.worksheet_cells_reader(sheet).map_err(of_xlsx)?;
            while let Some(cell) = cells.next_cell().map_err(of_xlsx)? {
                let (row, column) = cell.get_position();
                table.cell(row, column, &shown(cell.get_value()))?;
            }
            Ok(())
        }
        Layout::Xlsb => table.range(&Xlsb::new(file).map_err(damaged)?.worksheet_range(sheet).map_err(damaged)?),
        Layout::Ods => {
            let range = Ods::new(file).map_err(|_| FileError::Damaged)?.worksheet_range(sheet);
            table.range(&range.map_err(|_| FileError::Damaged)?)
        }
        Layout::Xls => table.range(&Xls::new(file).map_err(of_xls)?.worksheet_range(sheet).map_err(of_xls)?),
    }
}

/// A cell as an export in CSV has it.
fn shown(cell: &impl DataType) -> String {
    match cell.get_datetime() {
        Some(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        _ => cell.as_string().or_else(|| cell.get_datetime_iso().map(str::to_owned)).unwrap_or_default(),
    }
}

/// The text that a sheet becomes.
struct Table {
    sender: SyncSender<Result<Vec<u8>, FileError>>,
    text: Vec<u8>,
    /// The row that is open, and how many columns the first row has that has any.
    row: u32,
    width: usize,
    line: Vec<String>,
}

impl Table {
    fn range<T: calamine::CellType + DataType>(&mut self, range: &calamine::Range<T>) -> Result<(), FileError> {
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, cells) in (first_row..).zip(range.rows()) {
            for (column, cell) in (first_column..).zip(cells) {
                self.cell(row, column, &shown(cell))?;
            }
        }
        Ok(())
    }

    /// Takes the next cell. Rows come in order.
    fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), FileError> {
        let column = column as usize;
        if text.is_empty() || column >= MOST_COLUMNS {
            return Ok(());
        }
        if row < self.row || row >= MOST_ROWS {
            return Err(FileError::Damaged);
        }
        while self.row < row {
            self.end_row()?;
        }
        if self.line.len() <= column {
            self.line.resize(column + 1, String::new());
        }
        if let Some(cell) = self.line.get_mut(column) {
            *cell = text.replace(['\n', '\r'], " ");
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), FileError> {
        self.row += 1;
        if !self.line.is_empty() {
            if self.width == 0 {
                self.width = self.line.len();
            }
            // A row ends in a workbook where its last cell is.
            let width = self.width.max(self.line.len());
            self.line.resize(width, String::new());
            for (at, cell) in self.line.drain(..).enumerate() {
                if at > 0 {
                    self.text.push(b',');
                }
                self.text.push(b'"');
                self.text.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
                self.text.push(b'"');
            }
        }
        self.text.push(b'\n');
        if self.text.len() >= CHUNK { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<(), FileError> {
        self.sender.send(Ok(std::mem::take(&mut self.text))).map_err(|_| FileError::Interrupted)
    }

    fn finish(&mut self) -> Result<(), FileError> {
        if !self.line.is_empty() {
            self.end_row()?;
        }
        if self.text.is_empty() { Ok(()) } else { self.hand_over() }
    }
}

/// The text as it comes from the thread.
struct Chunks {
    chunks: Receiver<Result<Vec<u8>, FileError>>,
    chunk: Cursor<Vec<u8>>,
    has_ended: bool,
}

impl Read for Chunks {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.chunk.read(into)?;
            if count > 0 || into.is_empty() || self.has_ended {
                return Ok(count);
            }
            match self.chunks.recv() {
                Ok(Ok(chunk)) => {
                    self.has_ended = chunk.is_empty();
                    self.chunk = Cursor::new(chunk);
                }
                Ok(Err(error)) => {
                    self.has_ended = true;
                    return Err(error.into());
                }
                // The library has panicked.
                Err(_) => {
                    self.has_ended = true;
                    return Err(FileError::Damaged.into());
                }
            }
        }
    }
}

//! The tables of a text: which column a place is in, and what the cells above say of it.

use crate::cpr::{ContextWords, Says};

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Tells it from all other columns of the text.
    pub(super) id: usize,
    /// What a cell above says that its numbers are.
    pub(super) says: Says,
}

/// The cells of all tables, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Where a cell begins, and its column; none where a table ends.
    starts: Vec<(usize, Option<Column>)>,
    /// What the cells said of each column.
    says: Vec<Says>,
    /// The tables that are open.
    open: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    columns: Vec<usize>,
    /// The columns that the row has had.
    passed: usize,
    /// The cell that is open.
    cell: Option<Column>,
}

/// The most bytes of a cell that may be the heading of a column.
const LONGEST_HEADING: usize = 60;

impl Cells {
    pub(super) fn begin_table(&mut self) {
        self.open.push(Table::default());
    }

    /// Ends the table: what follows belongs to the cell around it.
    pub(super) fn end_table(&mut self, at: usize) {
        self.open.pop();
        let around = self.open.last().and_then(|table| table.cell);
        self.put(at, around);
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.passed = 0;
        }
    }

    /// Begins the next cell of the row.
    pub(super) fn begin(&mut self, at: usize) {
        let Some(table) = self.open.last_mut() else { return };
        let id = match table.columns.get(table.passed) {
            Some(id) => *id,
            None => {
                let id = self.says.len();
                self.says.push(Says::Nothing);
                table.columns.push(id);
                id
            }
        };
        table.passed += 1;
        let says = self.says.get(id).copied().unwrap_or_default();
        table.cell = Some(Column { id, says });
        let cell = table.cell;
        self.put(at, cell);
    }

    /// Ends the open cell, which may be the heading of those below.
    pub(super) fn end(&mut self, text: &str) {
        let Some(Column { id, .. }) = self.open.last_mut().and_then(|table| table.cell.take()) else { return };
        if text.len() <= LONGEST_HEADING && !text.bytes().any(|byte| byte.is_ascii_digit()) {
            let says = ContextWords::default().heading(text);
            if let Some(slot) = self.says.get_mut(id).filter(|_| !matches!(says, Says::Nothing | Says::Person)) {
                *slot = says;
            }
        }
    }

    /// A line of plain text, with cells or without.
    pub(super) fn begin_line(&mut self, has_cells: bool) {
        match (has_cells, self.open.is_empty()) {
            (true, true) => self.begin_table(),
            (true, false) => self.begin_row(),
            (false, _) => self.open.clear(),
        }
    }

    fn put(&mut self, at: usize, cell: Option<Column>) {
        self.starts.push((at, cell));
    }

    pub(super) fn column(&self, at: usize) -> Option<Column> {
        let next = self.starts.partition_point(|(start, _)| *start <= at);
        let (_, column) = next.checked_sub(1).and_then(|index| self.starts.get(index))?;
        *column
    }
}

//! Workbooks, read as a stream of rows.
//!
//! calamine's cell reader is used, never its ranges: a range is as large as the sheet claims to be, and exports claim a million rows and hold nine.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::value::Cell;

/// Most columns a sheet has (Excel's own limit).
const MAX_COLUMNS: usize = 16_384;

/// Cells that cannot be read in a sheet before it counts as damaged.
const MAX_BAD_CELLS: u32 = 10_000;

/// What is done with the rows of a sheet.
pub(super) trait RowSink {
    /// Takes a row by its number, the first being 1.
    fn row(&mut self, number: u64, cells: &[Cell<'_>]) -> Next;
}

/// What a sink wants next.
pub(super) enum Next {
    /// More of the same.
    More,
    /// From now on only some columns: for each column of the file the place it takes in a row, if it is wanted.
    Wanted(Vec<Option<u8>>),
    /// Nothing.
    Stop,
}

/// An open workbook.
pub(super) struct Workbook<'a> {
    xlsx: Xlsx<Cursor<Cow<'a, [u8]>>>,
    sheets: Vec<String>,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook whose archive was checked, and reads its shared strings.
    pub(super) fn open(bytes: Cow<'a, [u8]>) -> Result<Self, XlsxError> {
        let xlsx = Xlsx::new(Cursor::new(bytes))?;
        let sheets = xlsx.sheet_names();
        Ok(Self { xlsx, sheets })
    }

    /// The names of the sheets, in the order of the workbook.
    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// Hands the rows of a sheet to `sink`. Rows without cells are passed over, a cell that cannot be read counts as empty.
    pub(super) fn read(&mut self, sheet: &str, sink: &mut dyn RowSink) -> Result<(), XlsxError> {
        let mut reader = self.xlsx.worksheet_cells_reader(sheet)?;
        let mut rows = Rows { sink, wanted: None, cells: Vec::new(), number: 0 };
        let mut bad = 0;
        loop {
            match reader.next_cell() {
                Ok(Some(cell)) => {
                    let (row, column) = cell.get_position();
                    let number = u64::from(row) + 1;
                    if number != rows.number {
                        if rows.end().is_break() {
                            return Ok(());
                        }
                        rows.number = number;
                    }
                    rows.put(column as usize, cell.get_value());
                }
                Ok(None) => break,
                // The reader stands behind the cell and goes on; only broken XML leaves it nowhere.
                Err(error) if is_about_one_cell(&error) && bad < MAX_BAD_CELLS => bad += 1,
                Err(error) => {
                    let _stopped = rows.end();
                    return Err(error);
                }
            }
        }
        let _stopped = rows.end();
        Ok(())
    }
}

/// Whether the error is in the value of a cell, not in the file around it.
fn is_about_one_cell(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::ParseFloat(_)
            | XlsxError::ParseInt(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::CellError(_)
            | XlsxError::Unexpected(_)
            | XlsxError::Unrecognized { .. }
    )
}

/// Collects cells into rows.
struct Rows<'s, 'c> {
    sink: &'s mut dyn RowSink,
    wanted: Option<Vec<Option<u8>>>,
    cells: Vec<Cell<'c>>,
    number: u64,
}

impl<'c> Rows<'_, 'c> {
    fn put(&mut self, column: usize, value: &DataRef<'c>) {
        let place = match &self.wanted {
            Some(wanted) => wanted.get(column).copied().flatten().map(usize::from),
            None => Some(column).filter(|&column| column < MAX_COLUMNS),
        };
        let Some(place) = place else { return };
        if self.cells.len() <= place {
            self.cells.resize(place + 1, Cell::Empty);
        }
        self.cells[place] = to_cell(value);
    }

    fn end(&mut self) -> std::ops::ControlFlow<()> {
        if self.cells.iter().any(|cell| !cell.is_blank()) {
            match self.sink.row(self.number, &self.cells) {
                Next::More => {}
                Next::Wanted(places) => self.wanted = Some(places),
                Next::Stop => return std::ops::ControlFlow::Break(()),
            }
        }
        self.cells.clear();
        std::ops::ControlFlow::Continue(())
    }
}

fn to_cell<'c>(value: &DataRef<'c>) -> Cell<'c> {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
        DataRef::Float(number) => Cell::Text(Cow::Owned(number.to_string())),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::SharedString(text) => Cell::Text(Cow::Borrowed(text)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::Text(Cow::Owned(text.clone()))
        }
        // The serial number: days since the end of 1899.
        DataRef::DateTime(date) => Cell::Number(date.as_f64()),
        DataRef::Error(error) => Cell::Text(Cow::Owned(error.to_string())),
    }
}

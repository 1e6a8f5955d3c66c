//! One tab of one file: finds its header, then hands on rows whose cells are asked for by meaning.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::rc::Rc;

use workbook::{Cell, Next, RowSink};

use crate::engine::model::{FindingCode, Location, MiB, TabReport};

use super::columns::{Field, Meaning, Tab, Unit};
use super::findings::{Findings, Subject};
use super::value::{NumberStyle, parse_bool, parse_number, shown};

/// Rows above the header that may be titles.
const MAX_TITLE_ROWS: u32 = 10;

/// Most rows read of a tab: twice what a worksheet can hold.
const MAX_ROWS: u64 = 2 * 1_048_576;

/// Rows between two ticks of progress.
const TICK_ROWS: u64 = 1024;

/// What is done with the rows of a tab.
pub(super) trait TabReader {
    /// Takes one row; tells whether it was used.
    fn row(&mut self, row: &Row<'_>, findings: &mut Findings) -> bool;
}

/// Where columns stand in the rows of one tab.
pub(super) struct Layout {
    file: Rc<str>,
    tab: Tab,
    style: NumberStyle,
    /// For each field its place in a row.
    places: [Option<u8>; Field::COUNT],
    /// For each place in a row what stands there.
    columns: Vec<Column>,
    /// Whether the first column is taken for the machine's name although its header says otherwise.
    guessed_vm: bool,
}

struct Column {
    field: Field,
    header: String,
    unit: Unit,
    rank: u8,
    /// The place of the next column of the same meaning.
    next: Option<u8>,
}

/// One row.
pub(super) struct Row<'r> {
    /// As a spreadsheet numbers it.
    pub(super) number: u64,
    layout: &'r Layout,
    cells: &'r [Cell<'r>],
}

impl Row<'_> {
    /// Whether the tab has this column.
    pub(super) fn has(&self, field: Field) -> bool {
        self.layout.places[field as usize].is_some()
    }

    /// The cell, and where it stands.
    pub(super) fn cell(&self, field: Field) -> (&Cell<'_>, usize) {
        let mut place = self.layout.places[field as usize];
        while let Some(at) = place {
            let cell = self.cells.get(usize::from(at)).unwrap_or(&Cell::Empty);
            if !cell.is_blank() {
                return (cell, usize::from(at));
            }
            place = self.layout.columns[usize::from(at)].next;
        }
        (&Cell::Empty, 0)
    }

    /// Trimmed text that is not empty.
    pub(super) fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        self.cell(field).0.text()
    }

    /// The same as an owned string.
    pub(super) fn string(&self, field: Field) -> Option<String> {
        self.text(field).map(Cow::into_owned)
    }

    /// A truth value; what cannot be read is remarked and missing.
    pub(super) fn flag(&self, field: Field, findings: &mut Findings) -> Option<bool> {
        match self.cell(field) {
            (Cell::Bool(value), _) => Some(*value),
            (cell, place) => {
                let text = cell.text()?;
                let value = parse_bool(&text);
                if value.is_none() {
                    self.remark(FindingCode::BadValue, place, findings);
                }
                value
            }
        }
    }

    /// A number in the unit that RVTools means, from 0 to `most`; what cannot be read or be true is remarked and missing.
    pub(super) fn number(&self, field: Field, most: f64, findings: &mut Findings) -> Option<f64> {
        let value = self.raw_number(field, findings)?;
        if (0.0..=most).contains(&value) {
            return Some(value);
        }
        self.remark(FindingCode::AbsurdValue, self.cell(field).1, findings);
        None
    }

    /// A number in the unit that RVTools means, whatever its size.
    pub(super) fn raw_number(&self, field: Field, findings: &mut Findings) -> Option<f64> {
        let (cell, place) = self.cell(field);
        let value = match cell {
            Cell::Empty => return None,
            Cell::Number(number) => Some(*number),
            Cell::Bool(_) => None,
            Cell::Text(text) => parse_number(text, self.layout.style),
        };
        if value.is_none() {
            self.remark(FindingCode::BadValue, place, findings);
        }
        Some(value? * self.layout.columns[place].unit.scale())
    }

    /// A count.
    pub(super) fn count(&self, field: Field, most: u32, findings: &mut Findings) -> Option<u32> {
        self.number(field, f64::from(most), findings).map(|value| value.round() as u32)
    }

    /// An amount of memory or storage, at most `most_tib`, rounded up: a demand is never rounded away.
    pub(super) fn mib(&self, field: Field, most_tib: u32, findings: &mut Findings) -> Option<MiB> {
        self.number(field, f64::from(most_tib) * 1_048_576.0, findings).map(|value| MiB(value.ceil() as u64))
    }

    /// Remarks on the cell at `place`.
    pub(super) fn remark(&self, code: FindingCode, place: usize, findings: &mut Findings) {
        let Some(column) = self.layout.columns.get(place) else { return };
        let subject = Subject { place: self.layout.tab.name().to_owned(), what: column.header.clone(), effect: "" };
        findings.remark(code, subject, || self.located(place));
    }

    /// The cell at a place of the row.
    pub(super) fn located(&self, place: usize) -> Location {
        let column = self.layout.columns.get(place).map(|column| column.header.clone());
        Location { column, ..self.location(shown(self.cells.get(place).unwrap_or(&Cell::Empty))) }
    }

    /// Remarks on the row, showing `value`; an empty `effect` means the usual one of the code.
    pub(super) fn remark_row(
        &self,
        code: FindingCode,
        (what, effect): (&str, &'static str),
        value: &str,
        findings: &mut Findings,
    ) {
        let subject = Subject { place: self.layout.tab.name().to_owned(), what: what.to_owned(), effect };
        findings.remark(code, subject, || self.location(value.to_owned()));
    }

    /// The file it stands in.
    pub(super) fn file(&self) -> Rc<str> {
        Rc::clone(&self.layout.file)
    }

    /// This row, showing `value`.
    pub(super) fn location(&self, value: String) -> Location {
        Location {
            file: self.layout.file.to_string(),
            tab: Some(self.layout.tab.name().to_owned()),
            row: Some(self.number),
            value: Some(value),
            ..Location::default()
        }
    }
}

/// Reads the rows of one tab: a [`RowSink`] around a [`TabReader`].
pub(super) struct SheetReader<'x> {
    pub(super) file: Rc<str>,
    pub(super) tab: Tab,
    pub(super) style: NumberStyle,
    pub(super) reader: &'x mut dyn TabReader,
    pub(super) findings: &'x mut Findings,
    /// Called every so many rows with their number; `Break` stops reading.
    pub(super) tick: &'x mut dyn FnMut(u64) -> ControlFlow<()>,
    layout: Option<Layout>,
    titles: u32,
    report: TabReport,
    used: u64,
}

impl<'x> SheetReader<'x> {
    /// A reader of the tab called `name` in `file`.
    pub(super) fn new(
        (file, name): (Rc<str>, &str),
        (tab, style): (Tab, NumberStyle),
        reader: &'x mut dyn TabReader,
        findings: &'x mut Findings,
        tick: &'x mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Self {
        let report = TabReport { name: name.to_owned(), ..TabReport::default() };
        Self { file, tab, style, reader, findings, tick, layout: None, titles: 0, report, used: 0 }
    }

    /// Looks for the header: the first row that names a column of this tab, among the first ones.
    fn header(&mut self, cells: &[Cell<'_>]) -> Next {
        let headers: Vec<Cow<'_, str>> = cells.iter().map(|cell| cell.text().unwrap_or_default()).collect();
        let known = headers.iter().filter(|header| self.tab.column(header).is_some()).count();
        // One known word may be chance in a title, but a tab with a single column is possible.
        let enough = known >= 2 || (known == 1 && headers.len() <= 2);
        if !enough {
            self.titles += 1;
            return if self.titles > MAX_TITLE_ROWS { Next::Stop } else { Next::More };
        }
        let (layout, wanted) = self.lay_out(&headers);
        self.layout = Some(layout);
        Next::Wanted(wanted)
    }

    fn lay_out(&mut self, headers: &[Cow<'_, str>]) -> (Layout, Vec<Option<u8>>) {
        let mut layout = Layout {
            file: Rc::clone(&self.file),
            tab: self.tab,
            style: self.style,
            places: [None; Field::COUNT],
            columns: Vec::new(),
            guessed_vm: false,
        };
        let mut wanted = vec![None; headers.len()];
        for (index, header) in headers.iter().enumerate() {
            if let Some(Meaning { field, unit, rank }) = self.tab.column(header) {
                let Ok(place) = u8::try_from(layout.columns.len()) else { break };
                wanted[index] = Some(place);
                layout.columns.push(Column { field, header: header.to_string(), unit, rank, next: None });
                self.place(&mut layout, field, place);
            }
        }
        let named = headers.iter().filter(|header| !header.is_empty()).count();
        self.report.columns_used = layout.columns.len() as u32;
        self.report.columns_ignored = (named - layout.columns.len()) as u32;
        self.check_columns(&mut layout, &mut wanted, headers);
        (layout, wanted)
    }

    /// Gives a column its place among those of the same meaning: by the rank of its name, then by position.
    fn place(&mut self, layout: &mut Layout, field: Field, place: u8) {
        let rank = layout.columns[usize::from(place)].rank;
        let Some(first) = layout.places[field as usize] else {
            layout.places[field as usize] = Some(place);
            return;
        };
        if layout.columns[usize::from(first)].rank > rank {
            layout.columns[usize::from(place)].next = Some(first);
            layout.places[field as usize] = Some(place);
            return;
        }
        let mut before = usize::from(first);
        while let Some(next) =
            layout.columns[before].next.filter(|&next| layout.columns[usize::from(next)].rank <= rank)
        {
            before = usize::from(next);
        }
        // Other names of one thing (`VM` and `Name`) are no accident; the same name twice is, and the second may be an attribute of somebody's own.
        if layout.columns[before].rank == rank {
            let header = layout.columns[usize::from(place)].header.clone();
            return self.remark_header(FindingCode::DuplicateColumn, &header, "");
        }
        layout.columns[usize::from(place)].next = layout.columns[before].next;
        layout.columns[before].next = Some(place);
    }

    /// Remarks on needed columns that are missing, and takes the first column for the machine's name where nothing else is.
    fn check_columns(&mut self, layout: &mut Layout, wanted: &mut [Option<u8>], headers: &[Cow<'_, str>]) {
        for &(field, title, effect) in self.tab.needed() {
            if layout.places[field as usize].is_none() {
                self.remark_header(FindingCode::MissingColumn, title, effect);
            }
        }
        if !self.tab.is_about_machines() || layout.places[Field::Vm as usize].is_some() {
            return;
        }
        match (wanted.first_mut(), u8::try_from(layout.columns.len())) {
            (Some(first @ None), Ok(place)) => {
                *first = Some(place);
                let header = headers[0].to_string();
                layout.columns.push(Column { field: Field::Vm, header, unit: Unit::Unsaid, rank: 0, next: None });
                layout.places[Field::Vm as usize] = Some(place);
                layout.guessed_vm = true;
            }
            _ => self.remark_header(FindingCode::MissingColumn, "VM", "Machines are recognised by their ids alone."),
        }
    }

    fn remark_header(&mut self, code: FindingCode, what: &str, effect: &'static str) {
        let subject = Subject { place: self.tab.name().to_owned(), what: what.to_owned(), effect };
        let location = Location {
            file: self.file.to_string(),
            tab: Some(self.tab.name().to_owned()),
            row: Some(u64::from(self.titles) + 1),
            column: Some(what.to_owned()),
            ..Location::default()
        };
        self.findings.remark(code, subject, || location);
    }

    /// That nobody has snapshots or USB devices is no news: exports have a tab for each all the same.
    fn remark_empty(&mut self) {
        if !self.tab.needed().is_empty() {
            self.remark_header(FindingCode::EmptyTab, "", "");
        }
    }

    /// What was read. Remarks on a tab without rows or header, and on a guessed name column that proved right or wrong.
    pub(super) fn finish(mut self) -> TabReport {
        match &self.layout {
            None if self.titles == 0 => self.remark_empty(),
            None => self.remark_header(FindingCode::MissingColumn, "that is known", "Nothing was read from the tab."),
            Some(_) if self.report.rows == 0 => self.remark_empty(),
            Some(layout) if layout.guessed_vm => {
                let header = layout.columns.iter().find(|column| column.field == Field::Vm);
                let header = header.map(|column| column.header.clone()).unwrap_or_default();
                if self.used * 2 >= self.report.rows {
                    self.remark_header(FindingCode::MangledHeader, &header, "");
                } else {
                    self.remark_header(
                        FindingCode::MissingColumn,
                        "VM",
                        "Its rows belong to no machine and are not counted.",
                    );
                }
            }
            Some(_) => {}
        }
        self.report.rows_skipped = self.report.rows - self.used;
        self.report
    }
}

impl RowSink for SheetReader<'_> {
    fn row(&mut self, number: u64, cells: &[Cell<'_>]) -> Next {
        let Some(layout) = &self.layout else { return self.header(cells) };
        if self.report.rows >= MAX_ROWS {
            self.remark_header(FindingCode::TooManyRows, "", "");
            return Next::Stop;
        }
        self.report.rows += 1;
        let row = Row { number, layout, cells };
        self.used += u64::from(self.reader.row(&row, self.findings));
        if self.report.rows.is_multiple_of(TICK_ROWS) && (self.tick)(self.report.rows).is_break() {
            return Next::Stop;
        }
        Next::More
    }
}

//! The workbook. Amounts that follow from others are formulas, so that a reader can trace a total to its lines and change a price. A hidden sheet carries
//! the project, so that opening the workbook gives it back.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::table::{Cell, Table};
use super::{ExportError, Source, tables};
use crate::engine::model::Project;
use crate::engine::schema;

/// Rows of a sheet, by the limits of Excel.
const MOST_ROWS: usize = 1_048_576;

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error.to_string())
    }
}

/// The workbook as a file.
pub fn write(source: Source<'_>) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    // No clock: the file says of which day its prices are.
    let properties = DocProperties::new().set_title(&source.project.name).set_subject(&source.scenario.name);
    let properties = properties.set_author("Groundwork").set_creation_datetime(&day(source.catalog_as_of));
    workbook.set_properties(&properties);
    let styles = Styles::new();
    for table in tables::all(source) {
        sheet(workbook.add_worksheet(), &table, &styles)?;
    }
    carry(workbook.add_worksheet(), source.project)?;
    Ok(workbook.save_to_buffer()?)
}

/// A day such as 2026-11-01; the first of 2026 where it is none.
fn day(text: &str) -> ExcelDateTime {
    ExcelDateTime::parse_from_str(text).or_else(|_| ExcelDateTime::from_ymd(2026, 1, 1)).unwrap_or_default()
}

struct Styles {
    head: Format,
    text: Format,
    count: Format,
    number: Format,
    money: Format,
    sum: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: top().set_text_wrap(),
            count: top().set_num_format("#,##0"),
            number: top().set_num_format("#,##0.###"),
            money: top().set_num_format("#,##0.00####"),
            sum: Format::new().set_bold().set_num_format("#,##0.00"),
        }
    }
}

fn sheet(sheet: &mut Worksheet, table: &Table, styles: &Styles) -> Result<(), ExportError> {
    if table.rows.len() + 2 > MOST_ROWS {
        return Err(ExportError::TooLarge(format!(
            "{} has more rows than a sheet can hold; take the CSV file",
            table.name
        )));
    }
    sheet.set_name(table.name)?;
    for (index, column) in table.columns.iter().enumerate() {
        let index = index as u16;
        sheet.write_string_with_format(0, index, &column.title, &styles.head)?;
        sheet.set_column_width(index, f64::from(column.width.min(60)))?;
    }
    for (index, row) in table.rows.iter().enumerate() {
        let row_number = index as u32 + 1;
        for (column, value) in row.iter().enumerate() {
            cell(sheet, row_number, column as u16, value, styles)?;
        }
    }
    let last = table.rows.len() as u32;
    for (index, _) in table.columns.iter().enumerate().filter(|(_, column)| column.summed && last > 0) {
        let letter = char::from(b'A' + index as u8);
        let sum = table.rows.iter().map(|row| amount(&row[index])).sum::<i64>();
        let formula = Formula::new(format!("=SUM({letter}2:{letter}{})", last + 1)).set_result(units(sum));
        sheet.write_formula_with_format(last + 1, index as u16, formula, &styles.sum)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    if last > 0 {
        sheet.autofilter(0, 0, last, table.columns.len() as u16 - 1)?;
    }
    Ok(())
}

/// Writes the project itself, for Groundwork to read.
fn carry(sheet: &mut Worksheet, project: &Project) -> Result<(), ExportError> {
    sheet.set_name(schema::CARRIER)?.set_hidden(true);
    for (row, cell) in schema::to_cells(&schema::save(project)).into_iter().enumerate() {
        sheet.write_string(row as u32, 0, cell)?;
    }
    Ok(())
}

fn cell(sheet: &mut Worksheet, row: u32, column: u16, value: &Cell, styles: &Styles) -> Result<(), ExportError> {
    match value {
        Cell::Empty => {}
        // A text stays a text, whatever it begins with: only `write_formula` makes formulas.
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, short(text), &styles.text)?;
        }
        Cell::Count(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &styles.count)?;
        }
        Cell::Milli(number) => {
            sheet.write_number_with_format(row, column, *number as f64 / 1000.0, &styles.number)?;
        }
        Cell::Money(money) => {
            sheet.write_number_with_format(row, column, money.as_f64(), &styles.money)?;
        }
        Cell::Formula(formula, money) => {
            let text = format!("={}", formula.replace("{row}", &(row + 1).to_string()));
            let formula = Formula::new(text).set_result(units(money.micros()));
            sheet.write_formula_with_format(row, column, formula, &styles.money)?;
        }
    }
    Ok(())
}

fn amount(cell: &Cell) -> i64 {
    match cell {
        Cell::Money(money) | Cell::Formula(_, money) => money.micros(),
        Cell::Empty | Cell::Text(_) | Cell::Count(_) | Cell::Milli(_) => 0,
    }
}

/// What a formula comes to, for readers that do not compute.
fn units(micros: i64) -> String {
    super::table::plain_money(crate::engine::model::Money::from_micros(micros))
}

/// A text cut to what a cell can hold: 32,767 characters.
fn short(text: &str) -> &str {
    text.char_indices().nth(32_000).map_or(text, |(end, _)| &text[..end])
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::export::fixture::Fixture;

    fn open(bytes: &[u8]) -> Xlsx<std::io::Cursor<Vec<u8>>> {
        Xlsx::new(std::io::Cursor::new(bytes.to_vec())).expect("a workbook")
    }

    #[test]
    fn the_total_is_that_of_the_ledger_and_of_its_own_lines() {
        let fixture = Fixture::new();
        let mut book = open(&write(fixture.source()).unwrap());
        assert_eq!(
            book.sheet_names(),
            ["Summary", "Places", "Ledger", "Machines", "Hosts", "Rules", "Assumptions", "Sources", schema::CARRIER]
        );
        let number = |cell: &Data| cell.to_string().parse::<f64>().unwrap();
        let summary = book.worksheet_range("Summary").unwrap();
        let total = fixture.outcome.ledger.total().as_f64();
        assert!((number(&summary[(1, 1)]) - total).abs() < 0.01, "{} {total}", summary[(1, 1)]);
        // Recomputed from what stands in the cells that the formulas name.
        let ledger = book.worksheet_range("Ledger").unwrap();
        let lines = ledger.rows().skip(1).filter(|row| row[0] == Data::String("Plan".to_owned()));
        let sum: f64 = lines.map(|row| number(&row[5]) * number(&row[7]) * number(&row[8])).sum();
        assert!((sum - total).abs() < 0.01 * total.max(1.0) / 100.0, "{sum} {total}");
        let formulas = book.worksheet_formula("Ledger").unwrap();
        assert!(formulas.rows().flatten().any(|formula| formula == "F2*H2*I2"), "{formulas:?}");
        let machines = book.worksheet_range("Machines").unwrap();
        assert_eq!(machines.height(), 1 + fixture.project.estate.machines.len());
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let fixture = Fixture::new();
        assert_eq!(write(fixture.source()).unwrap(), write(fixture.source()).unwrap());
    }

    #[test]
    fn opening_it_gives_the_project_back() {
        let mut fixture = Fixture::new();
        fixture.name_first_machine("=1+1 \u{1f30d} _x0041_ <&> \"quoted\" ");
        let workbook = write(fixture.source()).unwrap();
        assert!(schema::carries_project(&workbook));
        let opened = schema::open_workbook(&workbook).unwrap();
        assert_eq!(opened.project, fixture.project);
        assert_eq!(opened.notes.len(), 1, "{:?}", opened.notes);
        assert!(!schema::carries_project(b"VM,Powerstate"));
    }

    #[test]
    fn names_are_no_formulas() {
        let mut fixture = Fixture::new();
        fixture.name_first_machine("=HYPERLINK(\"http://example.com\")");
        let mut book = open(&write(fixture.source()).unwrap());
        let machines = book.worksheet_range("Machines").unwrap();
        assert!(machines.rows().any(|row| row[0] == Data::String("=HYPERLINK(\"http://example.com\")".to_owned())));
        assert!(book.worksheet_formula("Machines").unwrap().rows().flatten().all(String::is_empty));
    }
}

//! How a file begins: what it will say, before it is taken.
//!
//! Nothing is written a second way. Texts are the first lines of the file itself; a workbook and a report to print are shown by the tables and blocks that they
//! are written from.

use serde::{Deserialize, Serialize};

use super::report::{self, Block};
use super::table::{Cell, Table, milli};
use super::{ExportError, Format, Source, handover, tables, write};
use crate::store::format;

/// Lines of a text that are shown.
const LINES: usize = 12;
/// Rows of a table that are shown.
const ROWS: usize = 5;
/// Letters of a line or a cell that are shown: a row of Azure Migrate has 57 columns.
const LETTERS: usize = 400;

/// How a file begins, and how large it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    /// Its size in bytes.
    pub bytes: u64,
    /// What is in it, in order.
    pub parts: Vec<Part>,
}

/// A part of a file: a sheet, a file of a zip, a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Lines as they stand in the file.
    Lines {
        /// The file of a zip that they are of; empty where there is one file.
        name: String,
        /// The first of them, cut where they are long.
        lines: Vec<String>,
        /// How many more there are.
        more: u64,
    },
    /// A sentence of a report.
    Sentence(String),
    /// A table.
    Table(Rows),
}

/// A table of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The sheet, or the heading above the table.
    pub name: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// The first rows, as texts.
    pub rows: Vec<Vec<String>>,
    /// How many more there are.
    pub more: u64,
}

/// How the file begins that [`write()`] makes.
pub fn of(format: Format, source: Source<'_>) -> Result<Beginning, ExportError> {
    let file = write(format, source)?;
    let parts = match format {
        Format::Workbook => tables::all(source).into_iter().map(sheet).collect(),
        Format::Html => blocks(report::blocks(source)),
        Format::MigrationCenter => {
            handover::migration_center_files(source).iter().map(|(name, text)| lines(name, text)).collect()
        }
        // What is no text has no lines to show, and says its size all the same.
        _ => str::from_utf8(&file).ok().map(|text| lines("", text)).into_iter().collect(),
    };
    Ok(Beginning { bytes: file.len() as u64, parts })
}

/// The first of `all`, and how many more there are.
fn first<T>(all: impl ExactSizeIterator<Item = T>, most: usize) -> (Vec<T>, u64) {
    let more = all.len().saturating_sub(most) as u64;
    (all.take(most).collect(), more)
}

fn lines(name: &str, text: &str) -> Part {
    let all: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let (lines, more) = first(all.into_iter().map(cut), LINES);
    Part::Lines { name: name.to_owned(), lines, more }
}

/// A text, its end left out where it is long.
fn cut(text: &str) -> String {
    text.char_indices().nth(LETTERS).map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}

fn sheet(table: Table) -> Part {
    let heads = table.columns.into_iter().map(|column| column.title).collect();
    let (rows, more) = first(table.rows.iter().map(|row| row.iter().map(shown).collect()), ROWS);
    Part::Table(Rows { name: table.name.to_owned(), heads, rows, more })
}

/// A cell as the workbook shows it, money to the cent.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => cut(text),
        Cell::Count(number) => {
            let sign = if *number < 0 { "−" } else { "" };
            format!("{sign}{}", format::count(number.unsigned_abs()))
        }
        Cell::Milli(number) => milli(*number),
        Cell::Money(money) | Cell::Formula(_, money) => format::decimal(money.as_f64(), 2),
    }
}

/// The blocks of a report, each table under the heading before it.
fn blocks(blocks: Vec<Block>) -> Vec<Part> {
    let mut heading = "";
    let mut parts = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(text) => heading = text,
            Block::Title(text) | Block::Text(text) => parts.push(Part::Sentence(text)),
            Block::Table(heads, _, rows) => {
                let (rows, more) = first(rows.into_iter(), ROWS);
                parts.push(Part::Table(Rows { name: heading.to_owned(), heads, rows, more }));
            }
            Block::List(items) => {
                let (lines, more) = first(items.iter().map(|item| cut(item)), LINES);
                parts.push(Part::Lines { name: heading.to_owned(), lines, more });
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::Fixture;

    #[test]
    fn every_format_begins_as_its_file_does_and_says_its_size() {
        let fixture = Fixture::new();
        for format in Format::ALL {
            let file = write(format, fixture.source()).unwrap();
            let beginning = of(format, fixture.source()).unwrap();
            assert_eq!(beginning.bytes, file.len() as u64, "{format:?}");
            assert!(!beginning.parts.is_empty(), "{format:?}");
            let [Part::Lines { lines, more, .. }] = beginning.parts.as_slice() else { continue };
            let text = String::from_utf8(file).unwrap();
            assert_eq!(lines.len() as u64 + more, text.lines().count() as u64, "{format:?}");
            for (shown, line) in lines.iter().zip(text.trim_start_matches('\u{feff}').lines()) {
                assert!(line.starts_with(shown.trim_end_matches('…')), "{format:?}: {shown}");
            }
        }
    }

    #[test]
    fn a_workbook_is_told_by_its_sheets() {
        let fixture = Fixture::new();
        let beginning = of(Format::Workbook, fixture.source()).unwrap();
        let tables: Vec<&Rows> = beginning
            .parts
            .iter()
            .map(|part| match part {
                Part::Table(rows) => rows,
                other => panic!("{other:?}"),
            })
            .collect();
        let names: Vec<&str> = tables.iter().map(|table| &*table.name).collect();
        assert_eq!(names, ["Summary", "Places", "Ledger", "Machines", "Hosts", "Rules", "Assumptions", "Sources"]);
        let machines = tables[3];
        assert_eq!((machines.rows.len(), machines.more), (5, 7), "12 machines");
        assert!(tables.iter().all(|table| table.rows.iter().all(|row| row.len() == table.heads.len())));
        let total = format::decimal(fixture.outcome.ledger.total().as_f64(), 2);
        assert_eq!(tables[0].rows[0][1], total);
    }

    #[test]
    fn a_zip_is_told_by_its_files_and_a_report_by_its_headings() {
        let fixture = Fixture::new();
        let names = |format| {
            let parts = of(format, fixture.source()).unwrap().parts;
            let name = |part: Part| match part {
                Part::Lines { name, .. } | Part::Table(Rows { name, .. }) => Some(name),
                Part::Sentence(_) => None,
            };
            parts.into_iter().filter_map(name).collect::<Vec<_>>()
        };
        assert_eq!(names(Format::MigrationCenter), ["vmInfo.csv", "diskInfo.csv", "tagInfo.csv"]);
        assert_eq!(names(Format::Html)[..2], ["Figures", "Where machines run"]);
    }

    #[test]
    fn long_lines_are_cut_between_letters() {
        assert_eq!(cut("kurz"), "kurz");
        assert_eq!(cut(&"ö".repeat(LETTERS + 1)), format!("{}…", "ö".repeat(LETTERS)));
    }
}

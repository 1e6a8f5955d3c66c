//! Tables of the things of an estate: which columns they have, how rows are found and sorted, how cells read, and what is copied out.
//!
//! The four tables of the page Estate differ in their columns alone; everything else is here once.

mod clusters;
mod datastores;
mod hosts;
pub mod machines;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

pub use self::clusters::OfClusters;
pub use self::datastores::OfDatastores;
pub use self::hosts::OfHosts;
pub use self::machines::{OfMachines, Show};
use super::bulk::gib;
use super::filter::Filter;
use super::format;
use crate::engine::model::{MHz, MiB};
use crate::engine::order::sorted;
use crate::export::csv::guarded;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text from the inventory or of the user's: a name.
    Text,
    /// A word of ours, which other languages have words for.
    Word,
    /// A word of a scale: it reads as a text and is sorted by its number.
    Level,
    /// A number of things.
    Count,
    /// Memory or storage, in MiB.
    Size,
    /// Processor speed, in MHz.
    Clock,
    /// A share, in millionths.
    Share,
}

impl Kind {
    /// Whether its cells are numbers, which stand at the end of their columns and compare.
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Text | Self::Word | Self::Level)
    }
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its head.
    pub title: &'static str,
    /// What it is called in conditions; the browser remembers it by the first of them.
    pub names: &'static [&'static str],
    /// What its cells are.
    pub kind: Kind,
    /// The least width in px.
    pub width: u32,
    /// Whether it is shown until somebody chooses.
    pub shown: bool,
    /// Whether it is shown only where the table has room for it, until somebody chooses.
    pub wide: bool,
    /// Whether words without a column are looked for in it.
    pub searched: bool,
    /// What the sum of the selected rows is called, where one is told.
    pub sum: Option<&'static str>,
}

impl Column {
    /// A column of a kind that is shown.
    const fn new(title: &'static str, names: &'static [&'static str], kind: Kind, width: u32) -> Self {
        Self { title, names, kind, width, shown: true, wide: false, searched: false, sum: None }
    }

    /// The same, looked at by words without a column.
    const fn searched(self) -> Self {
        Self { searched: true, ..self }
    }

    /// The same, shown only where there is room.
    const fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// The same, hidden until somebody chooses.
    const fn hidden(self) -> Self {
        Self { shown: false, ..self }
    }

    /// The same, with a sum that is called so.
    const fn summed(self, sum: &'static str) -> Self {
        Self { sum: Some(sum), ..self }
    }
}

/// Things of a kind, each at a position. The first column is the name.
pub trait Listed {
    /// The columns, in their order.
    fn columns(&self) -> &'static [Column];

    /// The head of a column.
    fn title(&self, column: usize) -> &'static str {
        self.columns()[column].title
    }

    /// How many there are.
    fn count(&self) -> usize;

    /// The id of one.
    fn id(&self, at: usize) -> u64;

    /// The text in a column of texts or levels; `None` where it is not known.
    fn text(&self, at: usize, column: usize) -> Option<Cow<'_, str>>;

    /// The number in a column of any other kind than texts; `None` where it is not known.
    fn number(&self, at: usize, column: usize) -> Option<u64>;

    /// The positions in the order of the names.
    fn by_name(&self) -> Rc<Vec<u32>>;

    /// Whether the table shows it at all, whatever is looked for.
    fn is_wanted(&self, _at: usize) -> bool {
        true
    }
}

/// The columns that a table of so many px shows: those that somebody chose, those that are shown until somebody does, and of those that need room as many as
/// have it, in their order. Before the width is known all have.
pub fn fitting(columns: &[Column], chosen: &[(usize, bool)], width: Option<f64>) -> Vec<usize> {
    let choice = |at: usize| chosen.iter().find(|(column, _)| *column == at).map(|(_, is_shown)| *is_shown);
    let is_sure = |at: usize| choice(at).unwrap_or(columns[at].shown && !columns[at].wide);
    let sum: u32 = (0..columns.len()).filter(|&at| is_sure(at)).map(|at| columns[at].width).sum();
    let mut left = width.map_or(f64::MAX, |width| width - f64::from(sum));
    let mut is_shown = |at: usize| {
        let may = columns[at].shown && columns[at].wide && choice(at).is_none();
        let fits = may && left >= f64::from(columns[at].width);
        left -= if fits { f64::from(columns[at].width) } else { 0.0 };
        fits || is_sure(at)
    };
    (0..columns.len()).filter(|&at| is_shown(at)).collect()
}

/// How rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub column: usize,
    /// Largest first.
    pub descending: bool,
}

impl Sort {
    /// The order after a click on `column`: the other way round where it was the order already.
    #[must_use]
    pub const fn clicked(self, column: usize) -> Self {
        Self { column, descending: self.column == column && !self.descending }
    }
}

/// Positions of the things that `query` asks for, as [`Filter`] reads it, in order; equal ones in the order of their names.
pub fn rows(of: &dyn Listed, query: &str, sort: Sort) -> Vec<u32> {
    let filter = Filter::read(query, of.columns());
    let is_wanted = |at: &u32| of.is_wanted(*at as usize) && filter.wants(of, *at as usize);
    let mut rows: Vec<u32> = of.by_name().iter().copied().filter(is_wanted).collect();
    if sort.column == 0 {
        if sort.descending {
            rows.reverse();
        }
        return rows;
    }
    let at = |row: usize| rows[row] as usize;
    // What is not known comes before what is nothing.
    let order = if matches!(of.columns()[sort.column].kind, Kind::Text | Kind::Word) {
        let texts: Vec<_> = (0..rows.len()).map(|row| of.text(at(row), sort.column)).collect();
        in_order(rows.len(), sort, &|a, b| texts[a].cmp(&texts[b]))
    } else {
        let numbers: Vec<_> = (0..rows.len()).map(|row| of.number(at(row), sort.column)).collect();
        in_order(rows.len(), sort, &|a, b| numbers[a].cmp(&numbers[b]))
    };
    order.into_iter().map(|row| rows[row]).collect()
}

fn in_order(count: usize, sort: Sort, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    sorted(count, &|a, b| if sort.descending { compare(b, a) } else { compare(a, b) })
}

/// What stands in a cell.
pub fn shown(of: &dyn Listed, at: usize, column: usize) -> String {
    let kind = of.columns()[column].kind;
    let text = if kind.is_number() {
        of.number(at, column).map(|number| number_text(kind, number))
    } else {
        of.text(at, column).map(Cow::into_owned)
    };
    text.unwrap_or_else(|| "–".to_owned())
}

fn number_text(kind: Kind, number: u64) -> String {
    match kind {
        Kind::Size => format::size(MiB(number)),
        Kind::Clock => format!("{} GHz", format::decimal(MHz(number).ghz(), 2)),
        Kind::Share => format::percent(number as f64, 1e6),
        Kind::Count | Kind::Text | Kind::Word | Kind::Level => format::count(number),
    }
}

/// What rows come to together: `16 vCPU · 64 GiB memory`; nothing where no column has a sum.
pub fn sums(of: &dyn Listed, rows: &[u32]) -> String {
    let columns = of.columns().iter().enumerate().filter_map(|(at, column)| Some((at, column.kind, column.sum?)));
    let sum = |column| rows.iter().filter_map(|&at| of.number(at as usize, column)).sum();
    columns.map(|(at, kind, name)| format!(" · {} {name}", number_text(kind, sum(at)))).collect()
}

/// Rows as spreadsheets take them from the clipboard, with the heads of all columns: a line each, cells apart by tabs. Sizes are in GiB.
pub fn tsv(of: &dyn Listed, rows: &[u32]) -> String {
    let columns = of.columns();
    let heads = columns.iter().enumerate().map(|(at, column)| [of.title(at), unit(column.kind)].concat());
    let mut text = heads.collect::<Vec<_>>().join("\t");
    for &at in rows {
        let cells = columns.iter().enumerate().map(|(column, of_kind)| {
            if of_kind.kind.is_number() {
                of.number(at as usize, column).map_or_else(String::new, |number| plain(of_kind.kind, number))
            } else {
                cell(&of.text(at as usize, column).unwrap_or_default())
            }
        });
        text.push('\n');
        text.push_str(&cells.collect::<Vec<_>>().join("\t"));
    }
    text.push('\n');
    text
}

/// What stands behind the head of a column of numbers.
const fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Size => ", GiB",
        Kind::Clock => ", MHz",
        Kind::Share => ", %",
        Kind::Count | Kind::Text | Kind::Word | Kind::Level => "",
    }
}

fn plain(kind: Kind, number: u64) -> String {
    match kind {
        Kind::Size => gib(MiB(number)),
        Kind::Share => format!("{}.{}", number / 10_000, number / 1000 % 10),
        _ => number.to_string(),
    }
}

/// A text that is one cell and no formula.
fn cell(text: &str) -> String {
    guarded(&text.replace(['\t', '\n', '\r'], " "))
}

/// `part` of `whole` in millionths; `None` where there is no whole.
fn share(part: MiB, whole: MiB) -> Option<u64> {
    let millionths = (u128::from(part.0) * 1_000_000).checked_div(u128::from(whole.0))?;
    u64::try_from(millionths).ok()
}

/// The order of the names of few things.
fn order_of<'n>(count: usize, name: &dyn Fn(usize) -> &'n str) -> Rc<Vec<u32>> {
    Rc::new(super::select::in_order_of_names(count, name).into_iter().map(|at| at as u32).collect())
}

#[cfg(test)]
mod tests;

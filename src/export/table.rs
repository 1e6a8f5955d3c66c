//! Tables of typed cells, which every format writes in its own way.

use crate::engine::model::Money;

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is called; at most 31 characters, for it names a sheet of a workbook.
    pub name: &'static str,
    /// What it tells, in a sentence.
    pub note: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its head, with the unit where there is one.
    pub title: String,
    /// About how many letters wide it is.
    pub width: u16,
    /// Whether the workbook sums it below the last row.
    pub summed: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, never read as a formula.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A number in thousandths.
    Milli(i64),
    /// An amount in the scenario's currency.
    Money(Money),
    /// An amount that a workbook computes, as a formula without its equals sign in which `{row}` stands for the row, and what it comes to.
    Formula(String, Money),
}

impl Cell {
    /// A text, or nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A number that cannot be negative.
    pub fn count(number: u64) -> Self {
        Self::Count(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Table {
    /// A table without rows; columns as title and width.
    pub fn new(name: &'static str, note: impl Into<String>, columns: &[(&str, u16)]) -> Self {
        let column = |&(title, width): &(&str, u16)| Column { title: title.to_owned(), width, summed: false };
        Self { name, note: note.into(), columns: columns.iter().map(column).collect(), rows: Vec::new() }
    }

    /// Marks a column as summed.
    #[must_use]
    pub fn summing(mut self, column: usize) -> Self {
        self.columns[column].summed = true;
        self
    }
}

/// A number in thousandths as text, without zeros at its end.
pub fn milli(number: i64) -> String {
    fraction(number, 1000, 3)
}

/// An amount as text for other programs: a point, at least two and at most six decimals, no thousands separators.
pub fn plain_money(money: Money) -> String {
    let text = fraction(money.micros(), 1_000_000, 6);
    match text.find('.') {
        None => format!("{text}.00"),
        Some(point) if text.len() - point == 2 => format!("{text}0"),
        Some(_) => text,
    }
}

fn fraction(number: i64, one: u64, decimals: usize) -> String {
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let text = format!("{sign}{}.{:0decimals$}", size / one, size % one);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_the_same_in_every_country() {
        let money = |micros| plain_money(Money::from_micros(micros));
        assert_eq!(
            [money(0), money(1_500_000), money(-12_345_678), money(1_234_567_890_000), money(5)],
            ["0.00", "1.50", "-12.345678", "1234567.89", "0.000005"]
        );
        assert_eq!([milli(0), milli(1500), milli(-1), milli(8000)], ["0", "1.5", "-0.001", "8"]);
    }
}

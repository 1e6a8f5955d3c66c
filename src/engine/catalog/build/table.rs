//! Reading the source tables, with the place of every mistake.

use std::collections::BTreeMap;

use crate::engine::catalog::PriceStatus;
use crate::engine::model::{Currency, MiB, Money, Term};

/// What is wrong with a source table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table}.csv, row {row}, column {column}: {problem}")]
pub struct BuildError {
    /// The table, without `.csv`.
    pub table: String,
    /// The line of the file, counted from 1; 0 where the table itself is at fault.
    pub row: usize,
    /// The column by its name; empty where the row itself is at fault.
    pub column: String,
    /// What is wrong.
    pub problem: String,
}

/// A table as text: named columns, rows with their line.
pub(super) struct Table {
    name: String,
    columns: BTreeMap<String, usize>,
    rows: Vec<(usize, csv::StringRecord)>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'table> {
    table: &'table Table,
    line: usize,
    record: &'table csv::StringRecord,
}

impl Table {
    /// Reads the table `name` out of all tables.
    pub(super) fn read(tables: &BTreeMap<String, String>, name: &str) -> Result<Self, BuildError> {
        let fail =
            |row: usize, problem: String| BuildError { table: name.to_owned(), row, column: String::new(), problem };
        let text = tables.get(name).ok_or_else(|| fail(0, "the table is missing".to_owned()))?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|error| fail(1, error.to_string()))?;
        let columns = headers.iter().enumerate().map(|(index, header)| (header.to_owned(), index)).collect();
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let record = record.map_err(|error| {
                fail(error.position().map_or(0, |position| position.line() as usize), error.to_string())
            })?;
            rows.push((record.position().map_or(0, |position| position.line() as usize), record));
        }
        Ok(Self { name: name.to_owned(), columns, rows })
    }

    /// The names of its columns, in their order.
    pub(super) fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<(&usize, &str)> =
            self.columns.iter().map(|(name, index)| (index, name.as_str())).collect();
        columns.sort_unstable();
        columns.into_iter().map(|(_index, name)| name).collect()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { table: self, line: *line, record })
    }
}

impl<'table> Row<'table> {
    /// An error in this row.
    pub(super) fn fail(&self, column: &str, problem: impl Into<String>) -> BuildError {
        BuildError {
            table: self.table.name.clone(),
            row: self.line,
            column: column.to_owned(),
            problem: problem.into(),
        }
    }

    /// The text of a cell, which may be empty.
    pub(super) fn text(&self, column: &str) -> Result<&'table str, BuildError> {
        let index = self.table.columns.get(column).ok_or_else(|| self.fail(column, "the column is missing"))?;
        Ok(self.record.get(*index).unwrap_or_default().trim())
    }

    /// The text of a cell that must not be empty.
    pub(super) fn filled(&self, column: &str) -> Result<&'table str, BuildError> {
        let text = self.text(column)?;
        if text.is_empty() { Err(self.fail(column, "must not be empty")) } else { Ok(text) }
    }

    /// A whole number.
    pub(super) fn number<T: std::str::FromStr>(&self, column: &str) -> Result<T, BuildError> {
        let text = self.filled(column)?;
        text.parse().map_err(|_number| self.fail(column, format!("not a number that fits: {text:?}")))
    }

    /// A whole number, or `None` for an empty cell.
    pub(super) fn number_if_any<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, BuildError> {
        if self.text(column)?.is_empty() { Ok(None) } else { self.number(column).map(Some) }
    }

    /// `yes` or `no`.
    pub(super) fn flag(&self, column: &str) -> Result<bool, BuildError> {
        match self.text(column)? {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => Err(self.fail(column, format!("neither yes nor no: {other:?}"))),
        }
    }

    /// An amount of money, or `None` for an empty cell. Never negative.
    pub(super) fn money(&self, column: &str) -> Result<Option<Money>, BuildError> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let amount: Money =
            text.parse().map_err(|error: crate::engine::model::MoneyError| self.fail(column, error.to_string()))?;
        if amount < Money::ZERO { Err(self.fail(column, "a price below zero")) } else { Ok(Some(amount)) }
    }

    /// A decimal number as whole thousandths or millionths (`digits` decimals); more decimals are an error.
    pub(super) fn decimal(&self, column: &str, digits: u32) -> Result<i64, BuildError> {
        let text = self.filled(column)?;
        let micros = text.parse::<Money>().map_err(|error| self.fail(column, error.to_string()))?.micros();
        let unit = 10_i64.pow(6_u32.saturating_sub(digits));
        if micros % unit == 0 {
            Ok(micros / unit)
        } else {
            Err(self.fail(column, format!("more than {digits} decimals")))
        }
    }

    /// A capacity: `19200 GB` (decimal, as vendors print disks) or `45.84 TiB`, rounded down.
    pub(super) fn capacity(&self, column: &str) -> Result<MiB, BuildError> {
        let text = self.filled(column)?;
        let fail = || self.fail(column, format!("neither a number of GB nor of TiB: {text:?}"));
        let (number, unit) = text.split_once(' ').ok_or_else(fail)?;
        match unit {
            "GB" => number.parse().map(MiB::from_decimal_gb).map_err(|_number| fail()),
            "TiB" => {
                let micros = number.parse::<Money>().map_err(|_number| fail())?.micros();
                Ok(MiB(u64::try_from(micros).map_err(|_negative| fail())? * 1_048_576 / 1_000_000))
            }
            _ => Err(fail()),
        }
    }

    /// A commitment: `on_demand`, `one_year`, `three_years`.
    pub(super) fn term(&self, column: &str) -> Result<Term, BuildError> {
        match self.text(column)? {
            "on_demand" => Ok(Term::OnDemand),
            "one_year" => Ok(Term::OneYear),
            "three_years" => Ok(Term::ThreeYears),
            other => Err(self.fail(column, format!("not a term: {other:?}"))),
        }
    }

    /// A currency by its code.
    pub(super) fn currency(&self, column: &str) -> Result<Currency, BuildError> {
        let text = self.text(column)?;
        Currency::of_code(text).ok_or_else(|| self.fail(column, format!("not a currency: {text:?}")))
    }

    /// A status by its word.
    pub(super) fn status(&self, column: &str) -> Result<PriceStatus, BuildError> {
        let text = self.text(column)?;
        PriceStatus::ALL
            .into_iter()
            .find(|status| status.word() == text)
            .ok_or_else(|| self.fail(column, format!("not a status: {text:?}")))
    }
}

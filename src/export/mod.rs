//! What leaves Groundwork: a workbook, tables as CSV, a report, and files for the assessment tools of others.
//!
//! Pure: a [`Source`] goes in, bytes come out, the same for the same input. [`tables`] holds what is told, as tables of typed cells ([`table`]); [`csv`],
//! [`workbook`] and [`report`] write them, [`handover`] writes what Azure Migrate and Google's Migration Center read. [`beginning`] tells how
//! each file begins.

pub mod beginning;
pub mod csv;
pub mod handover;
pub mod report;
pub mod table;
pub mod tables;
pub mod workbook;

#[cfg(test)]
mod fixture;

use serde::{Deserialize, Serialize};

use crate::engine::model::{Project, Scenario};
use crate::engine::outcome::Outcome;
use crate::store::over_years::OverYears;

/// What is exported: one scenario with its result.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The project, for its name and its estate.
    pub project: &'a Project,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its result.
    pub outcome: &'a Outcome,
    /// The money of the result over the years: every total is a sum over its ledgers.
    pub years: &'a OverYears,
    /// The day of the catalogue that prices come from.
    pub catalog_as_of: &'a str,
}

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Everything as a workbook whose totals are formulas.
    Workbook,
    /// Machines with places and reasons.
    Machines,
    /// All lines of money.
    Ledger,
    /// The report as Markdown.
    Markdown,
    /// The report as a page to print.
    Html,
    /// Machines for an assessment with Azure Migrate.
    AzureMigrate,
    /// Machines for Google's Migration Center.
    MigrationCenter,
}

impl Format {
    /// Every kind, the most asked for first.
    pub const ALL: [Self; 7] = [
        Self::Workbook,
        Self::Html,
        Self::Markdown,
        Self::Machines,
        Self::Ledger,
        Self::AzureMigrate,
        Self::MigrationCenter,
    ];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Workbook => "Workbook",
            Self::Machines => "Machines",
            Self::Ledger => "Ledger",
            Self::Markdown => "Report, Markdown",
            Self::Html => "Report, to print",
            Self::AzureMigrate => "Azure Migrate",
            Self::MigrationCenter => "Google Migration Center",
        }
    }

    /// What is in it, in a sentence.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Workbook => {
                "Summary, places, machines with reasons, hosts, every line of money with its arithmetic, inputs and sources. Totals are formulas."
            }
            Self::Machines => "Each machine with its place, its cost, the reason and the next-best place, as CSV.",
            Self::Ledger => {
                "Every line of money of the plan and of staying, with quantity, price, source and status, as CSV."
            }
            Self::Markdown => "The result in words and tables, for a wiki or a ticket.",
            Self::Html => {
                "The result in words and tables as one page without scripts: open it and print it, or save it as PDF."
            }
            Self::AzureMigrate => "The planned machines as Azure Migrate imports them, at most 20,000.",
            Self::MigrationCenter => {
                "The planned machines, their disks and their places as tags, as Migration Center imports them: CSV files in a zip."
            }
        }
    }

    /// The end of the file's name, behind the project's.
    pub const fn file_ending(self) -> &'static str {
        match self {
            Self::Workbook => "plan.xlsx",
            Self::Machines => "machines.csv",
            Self::Ledger => "ledger.csv",
            Self::Markdown => "report.md",
            Self::Html => "report.html",
            Self::AzureMigrate => "azure-migrate.csv",
            Self::MigrationCenter => "migration-center.zip",
        }
    }

    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Machines | Self::Ledger | Self::AzureMigrate => "text/csv",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::MigrationCenter => "application/zip",
        }
    }
}

/// Why a file could not be written, as a sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The file format has limits that the estate exceeds.
    #[error("{0}")]
    TooLarge(String),
    /// The library refused.
    #[error("The workbook could not be written: {0}. Please report this as a defect")]
    Workbook(String),
    /// The library refused.
    #[error("The zip file could not be written: {0}. Please report this as a defect")]
    Zip(String),
}

/// Writes one file.
pub fn write(format: Format, source: Source<'_>) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Workbook => workbook::write(source),
        Format::Machines => Ok(csv::write(&tables::machines(source))),
        Format::Ledger => Ok(csv::write(&tables::ledger(source))),
        Format::Markdown => Ok(report::markdown(source).into_bytes()),
        Format::Html => Ok(report::html(source).into_bytes()),
        Format::AzureMigrate => handover::azure_migrate(source),
        Format::MigrationCenter => handover::migration_center(source),
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::Fixture;
    use super::table::Cell;
    use super::*;
    use crate::engine::model::Money;
    use crate::store::compare::figures::figures;
    use crate::store::format;

    #[test]
    fn with_growth_and_changes_of_prices_there_is_one_total_everywhere() {
        let fixture = Fixture::growing();
        let source = fixture.source();
        let (total, staying) = (fixture.years.outlook.plan.total, fixture.years.outlook.staying.total);
        assert!(total > fixture.outcome.ledger.total(), "{total}: what grows costs more");
        assert_eq!([fixture.years.plan.total(), fixture.years.staying.total()], [total, staying]);

        let compared = figures(&fixture.project.estate, source.scenario, &fixture.outcome);
        assert_eq!([compared.total, compared.staying], [total, staying]);
        assert_eq!(compared.by_kind.iter().map(|(_, money)| *money).sum::<Money>(), total);
        assert_eq!(compared.so_far.last(), Some(&total));
        assert_eq!(compared.saved_present_value, fixture.years.outlook.saved_present_value);

        let money = |cell: &Cell| match cell {
            Cell::Money(money) | Cell::Formula(_, money) => *money,
            Cell::Empty | Cell::Text(_) | Cell::Count(_) | Cell::Milli(_) => Money::ZERO,
        };
        let summary = tables::summary(source);
        assert_eq!([money(&summary.rows[0][1]), money(&summary.rows[0][2])], [total, staying]);
        let ledger = tables::ledger(source);
        let of = |of: &str| -> Money {
            let rows = ledger.rows.iter().filter(|row| row[0] == Cell::text(of));
            rows.map(|row| money(&row[10])).sum()
        };
        assert_eq!([of("Plan"), of("Staying")], [total, staying]);
        assert_eq!(tables::places(source).rows.iter().map(|row| money(&row[5])).sum::<Money>(), total);

        let csv = String::from_utf8(write(Format::Ledger, source).unwrap()).unwrap();
        let years = csv.lines().filter(|line| line.contains(", year 3")).count();
        assert!(years > 0, "a line for each year: {csv}");
        for format in [Format::Markdown, Format::Html] {
            let report = String::from_utf8(write(format, source).unwrap()).unwrap();
            let long = format::money(total, source.scenario.assumptions.currency);
            assert!(report.contains(&long), "{long}: {report}");
            assert!(report.contains("growth and changes of prices included"), "{report}");
        }
    }
}

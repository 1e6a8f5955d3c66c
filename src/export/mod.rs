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

/// What is exported: one scenario with its result.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The project, for its name and its estate.
    pub project: &'a Project,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its result.
    pub outcome: &'a Outcome,
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

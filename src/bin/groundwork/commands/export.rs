//! `groundwork export`: the plan of a project as a file for other people and programs.

use groundwork::engine::outcome::budget;
use groundwork::engine::placement::Budget;
use groundwork::engine::plan_scenario;
use groundwork::engine::progress::Silent;
use groundwork::export::{self, Format, Source};
use groundwork::store::over_years::OverYears;

use super::Done;
use super::plan::{choose, load};
use crate::args::{ExportArguments, ExportFormat};
use crate::embedded;
use crate::files::{self, Failure};

pub(super) fn run(arguments: &ExportArguments) -> Result<Done, Failure> {
    let (project, remarks) = load(&arguments.files)?;
    let scenario = choose(&project, &arguments.scenario)?;
    let mut catalog = embedded::core()?;
    embedded::load_instances(&mut catalog, &scenario.footprints)?;
    let usual = budget(scenario);
    let budget = Budget { steps: arguments.steps.unwrap_or(usual.steps), ..usual };
    let outcome = plan_scenario(&project.estate, scenario, &catalog, budget, &mut Silent);
    let years = OverYears::of(&outcome, &scenario.assumptions.finance);
    let catalog_as_of = &catalog.as_of;
    let source = Source { project: &project, scenario, outcome: &outcome, years: &years, catalog_as_of };
    let bytes = export::write(format(arguments.format), source).map_err(|error| Failure::Other(error.to_string()))?;
    files::write(&arguments.output, &bytes)?;
    let output = format!("{}: {} bytes\n", arguments.output.display(), bytes.len());
    Ok(Done { remarks, ..Done::output(output) })
}

const fn format(format: ExportFormat) -> Format {
    match format {
        ExportFormat::Xlsx => Format::Workbook,
        ExportFormat::Machines => Format::Machines,
        ExportFormat::Ledger => Format::Ledger,
        ExportFormat::Markdown => Format::Markdown,
        ExportFormat::Html => Format::Html,
        ExportFormat::AzureMigrate => Format::AzureMigrate,
        ExportFormat::MigrationCenter => Format::MigrationCenter,
    }
}

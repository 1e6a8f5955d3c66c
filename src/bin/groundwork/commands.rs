//! The commands: each gives what is to be printed, and leaves printing to the caller.

mod catalog;
mod export;
mod import;
mod plan;
mod prices;
mod schema;
mod solve;

use groundwork::engine::model::{ImportReport, Severity};
use groundwork::store::format;
use serde::Serialize;

use crate::args::Command;
use crate::files::{self, Failure};

/// What a command gives.
pub struct Done {
    /// For the standard output.
    output: String,
    /// Lines beside it.
    remarks: Vec<String>,
    /// Why the program fails all the same, after everything is printed.
    failure: Option<String>,
}

impl Done {
    /// An output without remarks.
    fn output(output: String) -> Self {
        Self { output, remarks: Vec::new(), failure: None }
    }

    /// Prints it.
    pub fn tell(self) -> Result<(), Failure> {
        files::print(&self.output)?;
        for remark in &self.remarks {
            files::complain(remark);
        }
        self.failure.map_or(Ok(()), |failure| Err(Failure::Other(failure)))
    }
}

/// Carries out a command.
pub fn run(command: Command) -> Result<Done, Failure> {
    match command {
        Command::Import(arguments) => import::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Solve(arguments) => solve::run(&arguments),
        Command::Check(arguments) => solve::check(&arguments),
        Command::Catalog(arguments) => catalog::run(arguments),
        Command::Prices(arguments) => prices::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Schema(arguments) => schema::run(arguments.document),
    }
}

/// A value as JSON with line breaks.
fn json<T: Serialize>(value: &T) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Other(error.to_string()))?;
    Ok(text + "\n")
}

/// `2 errors, 1 warning`; `None` where there is neither.
fn findings_in_short(report: &ImportReport) -> Option<String> {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    let parts: Vec<String> =
        [(count(Severity::Error), "error", "errors"), (count(Severity::Warning), "warning", "warnings")]
            .into_iter()
            .filter(|&(count, ..)| count > 0)
            .map(|(count, one, many)| format::counted(count, one, many))
            .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

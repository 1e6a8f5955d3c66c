//! What can be asked for.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use groundwork::engine::placement::Budget;

/// Plans where the machines of a VMware estate should run, what that costs and why.
#[derive(Parser)]
#[command(name = "groundwork", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Read RVTools exports (xlsx, CSV, zip) and show what is in them
    Import(ImportArguments),
    /// Plan a project, or exports with the usual footprints
    Plan(PlanArguments),
    /// Solve a benchmark file (planner10k JSON, .vbp or .mvp, plain or .gz) and check the plan
    Solve(SolveArguments),
    /// Check a plan that `solve --plan` wrote, and the proof of its bound
    Check(CheckArguments),
    /// Show what can be rented or bought, with prices and their sources
    Catalog(CatalogArguments),
    /// Show what a price list changes (AWS offer file, Azure retail prices, own CSV), and put it into a project
    Prices(PricesArguments),
    /// Write the plan of a project as a workbook, a report, CSV, or for Azure Migrate and Google's Migration Center
    Export(ExportArguments),
    /// Print the JSON Schema of a file or of an output
    Schema(SchemaArguments),
}

#[derive(Args)]
pub struct ImportArguments {
    /// RVTools workbooks, RVTools CSV files, or zip archives of them; several are merged
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write a project file; one that is there keeps its scenarios and gets the new estate
    #[arg(long, value_name = "FILE")]
    pub project: Option<PathBuf>,
    /// Fail where a finding is an error
    #[arg(long)]
    pub strict: bool,
}

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct PlanArguments {
    /// A project file, or exports as for `import`
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// The scenario to plan, by name or by number from 1
    #[arg(long, default_value = "1")]
    pub scenario: String,
    /// Steps of improvement, in place of the scenario's; more take longer and may give a cheaper plan
    #[arg(long)]
    pub steps: Option<u32>,
    /// Seed of every choice that is left open, in place of the scenario's; the same seed gives the same plan
    #[arg(long)]
    pub seed: Option<u64>,
    /// List every machine with its place and the reason
    #[arg(long)]
    pub machines: bool,
    /// Count demand and capacity as another tool does: `azure-migrate-avs`, `vmware-cloud-sizer`, `kubev2v`
    #[arg(long, value_name = "TOOL")]
    pub preset: Option<String>,
    /// Tell how sure the money is, by so many draws from the ranges of its inputs
    #[arg(long, value_name = "DRAWS", num_args = 0..=1, default_missing_value = "10000")]
    pub confidence: Option<u32>,
    /// Draw all scenarios of the project together, which plans the others too: how often is each the cheapest
    #[arg(long, requires = "confidence")]
    pub all_scenarios: bool,
    /// Tell what each rule costs, by planning again without it
    #[arg(long)]
    pub rule_costs: bool,
    /// Fail where a machine has no place, or a finding is an error
    #[arg(long)]
    pub strict: bool,
}

#[derive(Args)]
pub struct SolveArguments {
    /// The benchmark file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Steps of improvement: the same budget gives the same plan on every machine
    #[arg(long, default_value_t = Budget::default().steps, value_name = "STEPS", conflicts_with = "milliseconds")]
    pub budget: u32,
    /// Stop after so much time instead; how good the plan is then depends on the machine
    #[arg(long)]
    pub milliseconds: Option<u64>,
    /// Seed of every choice that is left open
    #[arg(long, default_value_t = Budget::default().seed)]
    pub seed: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write the plan, with the proof of its bound
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
}

#[derive(Args)]
pub struct CheckArguments {
    /// A plan that `solve --plan` wrote
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    /// The benchmark file, where it is no longer where the plan says
    #[arg(long, value_name = "FILE")]
    pub problem: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct CatalogArguments {
    #[command(subcommand)]
    pub command: Option<CatalogCommand>,
    #[command(flatten)]
    pub list: ListArguments,
}

#[derive(Args)]
pub struct ListArguments {
    /// Of this provider only, such as `aws`; `site` for servers to buy
    #[arg(long)]
    pub provider: Option<String>,
    /// In this region only, by id, code or name: `aws/eu-central-1`, `eu-central-1`, `Frankfurt`
    #[arg(long)]
    pub region: Option<String>,
    /// This host or instance type only, such as `i4i.metal`
    #[arg(long = "type", value_name = "TYPE")]
    pub host_type: Option<String>,
    /// Print JSON, every price with its source
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum CatalogCommand {
    /// Make the packed files of the app from the source tables (for maintainers)
    Build {
        /// Folder of the source tables
        from: PathBuf,
        /// Folder of the packed files
        to: PathBuf,
    },
}

#[derive(Args)]
pub struct PricesArguments {
    /// Price lists, applied one after the other; without any, prints a list to begin with, or with --project the prices that it lacks
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Put the prices into this project, in place of those of the same things that it has
    #[arg(long, value_name = "FILE")]
    pub project: Option<PathBuf>,
    /// The scenario of the project, by name or by number from 1
    #[arg(long, default_value = "1")]
    pub scenario: String,
    /// Write the project; without it the changes are shown only
    #[arg(long, requires = "project")]
    pub apply: bool,
    /// Apply also prices that look like a mistake
    #[arg(long, requires = "apply")]
    pub doubtful: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct SchemaArguments {
    /// Of what
    #[arg(value_enum, default_value_t = Document::Project)]
    pub document: Document,
}

/// What has a JSON Schema.
#[derive(Clone, Copy, ValueEnum)]
pub enum Document {
    /// The project file
    Project,
    /// The output of `import --json`
    Import,
    /// The output of `plan --json`
    Plan,
}

/// What `export` writes.
#[derive(Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// Everything as a workbook whose totals are formulas
    Xlsx,
    /// Machines with places and reasons, as CSV
    Machines,
    /// All lines of money, as CSV
    Ledger,
    /// The report as Markdown
    Markdown,
    /// The report as a page to print
    Html,
    /// Machines as Azure Migrate imports them
    AzureMigrate,
    /// Machines as Google's Migration Center imports them, a zip
    MigrationCenter,
}

#[derive(Args)]
pub struct ExportArguments {
    /// A project file, or exports as for `import`
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// Where to
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
    /// The scenario to export, by name or by number from 1
    #[arg(long, default_value = "1", value_name = "SCENARIO")]
    pub scenario: String,
    /// Steps to plan with, in place of the scenario's
    #[arg(long, value_name = "STEPS")]
    pub steps: Option<u32>,
}

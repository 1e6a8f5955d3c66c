//! The commands of a developer: `cargo xtask <command>`. Each makes sure of the tools it needs before it starts.

mod build_id;
mod commands;
mod counts;
mod process;
mod project;
mod terminal;
mod tools;
mod versions;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{bench, build, catalog, screenshots, serve, setup, size, test};

/// Serves, tests, builds and measures Groundwork. Installs whatever is missing for it.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the app and serve it; rebuild on every change of the sources
    Serve(serve::Options),
    /// Run every check and test, or the named parts of them
    Test(test::Options),
    /// Write the release build to dist/, for any static host and any sub-path
    Build,
    /// Run the benchmarks, each figure beside its target
    Bench,
    /// Show the sizes of what a visit loads, beside the budgets
    Size,
    /// Write the catalogue files of the app from the source tables in catalog/
    Catalog,
    /// Take the pictures of the documentation from the release build
    Screenshots,
    /// Install every tool that any of the other commands needs, and show which are used
    Setup,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Build => build::run(),
        Command::Bench => bench::run(),
        Command::Size => size::run(),
        Command::Catalog => catalog::run(),
        Command::Screenshots => screenshots::run(),
        Command::Setup => setup::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::say(format!("\nerror: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

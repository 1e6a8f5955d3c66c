//! The command line: the same engine, natively. `docs/cli.md` is its manual.

#[cfg(not(target_arch = "wasm32"))]
mod args;
#[cfg(not(target_arch = "wasm32"))]
mod commands;
#[cfg(not(target_arch = "wasm32"))]
mod embedded;
#[cfg(not(target_arch = "wasm32"))]
mod files;
#[cfg(not(target_arch = "wasm32"))]
mod table;

/// Runs the command that was asked for. Exit codes: 0 done, 1 could not be done, 2 asked wrongly.
#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;

    use clap::Parser;

    let arguments = args::Arguments::parse();
    match commands::run(arguments.command).and_then(commands::Done::tell) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            files::complain(&format!("groundwork: {error}"));
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

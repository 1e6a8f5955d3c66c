//! The commands of a developer: `cargo xtask <command>`. Each makes sure of the tools it needs before it starts.

mod build_id;
mod commands;
mod counts;
mod process;
mod project;
mod split;
mod terminal;
mod tools;
mod versions;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt};

use commands::{bench, build, catalog, lzma, screenshots, serve, setup, single, size, styles, test};

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--release]   build the app, serve it on 127.0.0.1 and rebuild on every change
  test [PART...]                 run every check and test, or the named parts of them
  build                          write the release build to dist/, for any static host and any sub-path
  single                         show where the app as one file is, dist/groundwork.html; builds it if needed
  bench [placement [OPTION...] | money | lighthouse]
                                 run the benchmarks, each figure beside its target; docs/benchmarks.md tells the options
  size                           show the sizes of what a visit loads, beside the budgets
  catalog                        write the catalogue files of the app from the source tables in catalog/
  styles                         write the style sheets as one file; every build does
  screenshots                    take the pictures of the documentation from the release build
  setup                          install every tool that any of these commands needs, and show which are used

Every command installs what is missing for it.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::say(format!("\nerror: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut parser = Parser::from_env();
    let command = match parser.next()? {
        Some(Arg::Value(command)) => command.string()?,
        Some(Arg::Long("help") | Arg::Short('h')) => {
            terminal::say(HELP);
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
        None => bail!("no command\n\n{HELP}"),
    };
    match command.as_str() {
        "serve" => return serve::run(&serve::Options::parse(&mut parser)?),
        "test" => return test::run(&test::Options::parse(&mut parser)?),
        "bench" => return bench::run(&bench::Options::parse(&mut parser)?),
        _ => {}
    }
    if let Some(arg) = parser.next()? {
        return Err(arg.unexpected().into());
    }
    match command.as_str() {
        "build" => build::run(),
        "single" => single::run(),
        "size" => size::run(),
        "catalog" => catalog::run(),
        "lzma" => lzma::run(),
        "screenshots" => screenshots::run(),
        "setup" => setup::run(),
        "styles" => styles::run(),
        _ => bail!("there is no command `{command}`\n\n{HELP}"),
    }
}

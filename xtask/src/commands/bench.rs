//! `cargo xtask bench`: the benchmarks of the engine, natively and in the browser.

use anyhow::Result;

use super::build;
use crate::process::Run;
use crate::project;
use crate::terminal::{heading, say};
use crate::tools::{Tool, Toolbox};

/// Runs each benchmark that the repository has. The benchmarks print their own figures beside their targets.
pub fn run() -> Result<()> {
    heading("Engine, native");
    if project::path("benches/engine.rs").is_file() {
        Run::cargo("bench").args(["--profile", "native", "--bench", "engine"]).check()?;
    } else {
        say("Left out: there is no benches/engine.rs");
    }

    heading("App and engine, in the browser");
    if project::path("tests/e2e/bench.mjs").is_file() {
        let toolbox = Toolbox::with(&[Tool::Browser, Tool::BrowserTests])?;
        build::build_if_stale()?;
        toolbox.equip(Run::new("node").arg("tests/e2e/bench.mjs")).check()?;
    } else {
        say("Left out: there is no tests/e2e/bench.mjs");
    }
    Ok(())
}

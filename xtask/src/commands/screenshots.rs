//! `cargo xtask screenshots`: the pictures of the documentation, from the release build.

use anyhow::Result;

use super::build;
use crate::process::Run;
use crate::terminal::heading;
use crate::tools::{Tool, Toolbox};

/// Writes `docs/screenshots`.
pub fn run() -> Result<()> {
    let toolbox = Toolbox::with(&[Tool::Browser, Tool::BrowserTests])?;
    build::build_if_stale()?;
    heading("Screenshots");
    toolbox.equip(Run::new("node").arg("tests/e2e/screenshots.mjs")).check()
}

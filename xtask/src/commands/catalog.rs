//! `cargo xtask catalog`: the catalogue files of the app, from the source tables of the project.

use anyhow::Result;

use crate::process::Run;

/// Writes `static/catalog` from `catalog`.
pub fn run() -> Result<()> {
    Run::cargo("run").args(["--bin", "groundwork", "--", "catalog", "build", "catalog", "static/catalog"]).check()
}

//! `cargo xtask single`: the whole app as one file, `dist/groundwork.html`. Every release build writes it (`xtask/site/single.mjs`).

use std::fs;

use anyhow::{Context, Result};

use super::build;
use crate::project;
use crate::terminal::say;

/// Builds if needed, and says where the file is.
pub fn run() -> Result<()> {
    build::build_if_stale()?;
    let path = project::dist().join("groundwork.html");
    let size = fs::metadata(&path).with_context(|| format!("cannot find {}", path.display()))?.len();
    say(format!("{} ({:.2} MB): it opens by double click", path.display(), size as f64 / (1024.0 * 1024.0)));
    Ok(())
}

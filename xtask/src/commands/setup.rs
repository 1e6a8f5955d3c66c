//! `cargo xtask setup`: every tool at once, for a machine that will be offline later.

use anyhow::Result;

use crate::terminal::{heading, say};
use crate::tools::{Tool, Toolbox};

/// Installs whatever is missing and shows what is used.
pub fn run() -> Result<()> {
    let toolbox = Toolbox::with(&[
        Tool::WasmTarget,
        Tool::Rustfmt,
        Tool::Clippy,
        Tool::Trunk,
        Tool::WasmBindgen,
        Tool::WasmOpt,
        Tool::Esbuild,
        Tool::Driver,
        Tool::BrowserTests,
        Tool::DocsGenerators,
    ])?;
    heading("Tools in use");
    toolbox.describe().into_iter().for_each(say);
    Ok(())
}

//! `cargo xtask build`: the release build in `dist/`.

use std::fs;

use anyhow::{Context, Result};

use crate::build_id;
use crate::process::Run;
use crate::project;
use crate::terminal::{Stopwatch, heading, human_duration, say};
use crate::tools::{RELEASE_TOOLS, Toolbox};

/// The file in `dist/` that says which build it is: to skip a build that is there, and to tell what a host serves.
const BUILD_ID_FILE: &str = "build-id.txt";

/// Builds, even where the build in `dist/` is of the same sources.
pub fn run() -> Result<()> {
    build(&Toolbox::with(&RELEASE_TOOLS)?)
}

/// Builds with tools that are there.
pub fn build(toolbox: &Toolbox) -> Result<()> {
    let id = build_id::current()?;
    heading(format!("Release build {id}"));
    let watch = Stopwatch::start();
    toolbox.equip(trunk("build", &id).arg("--release")).check()?;
    let dist = project::dist();
    fs::write(dist.join(BUILD_ID_FILE), format!("{id}\n"))
        .with_context(|| format!("cannot write to {}", dist.display()))?;
    say(format!("Built {} in {}", dist.display(), human_duration(watch.elapsed())));
    Ok(())
}

/// Builds unless the build in `dist/` is of the sources as they are now.
pub fn build_if_stale() -> Result<()> {
    let built = fs::read_to_string(project::dist().join(BUILD_ID_FILE)).unwrap_or_default();
    if built.trim() == build_id::current()? { Ok(()) } else { run() }
}

/// Trunk with a subcommand, for the build `id`.
pub fn trunk(subcommand: &str, id: &str) -> Run {
    let run = Run::new("trunk").arg(subcommand).env(build_id::VARIABLE, id);
    // Trunk takes the value of this variable for its own option `--no-color`, and accepts `true` and `false` only.
    run.without_env("NO_COLOR")
}

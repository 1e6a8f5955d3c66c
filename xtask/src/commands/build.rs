//! `cargo xtask build`: the release build in `dist/`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::build_id;
use crate::process::Run;
use crate::project;
use crate::split;
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
    let (variable, flags) = rust_flags()?;
    let trunk = trunk("build", &id).arg("--release").env(variable, flags).env(split::VARIABLE, "1");
    toolbox.equip(trunk).check()?;
    let dist = project::dist();
    let app = split::split(toolbox)?;
    let finish = Run::new("node").arg(project::path("xtask/site/finish.mjs"));
    // It calls this program again, to pack the single file.
    let this = std::env::current_exe().context("cannot tell where this program is")?;
    toolbox.equip(finish.arg(&dist).arg(&id).arg(app).env("XTASK", this)).check()?;
    fs::write(dist.join(BUILD_ID_FILE), format!("{id}\n"))
        .with_context(|| format!("cannot write to {}", dist.display()))?;
    say(format!("Built {} in {}", dist.display(), human_duration(watch.elapsed())));
    Ok(())
}

/// The flags of the compiler, with one that keeps the paths of this machine out of the messages of panics, and the variable that Cargo reads them from.
///
/// Where it can be, that is the variable of the target: flags for all targets would have the hooks of Trunk compile this program once more.
fn rust_flags() -> Result<(&'static str, OsString)> {
    // As Cargo passes flags to build scripts: separated by 0x1F, for a path may hold blanks.
    const SEPARATOR: &str = "\x1f";
    const OF_TARGET: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo"))).context("cannot find the home of Cargo")?;
    let source = home.join("registry/src");
    let are_others_set =
        ["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", OF_TARGET].iter().any(|name| env::var_os(name).is_some());
    if !are_others_set && !source.to_string_lossy().contains(char::is_whitespace) {
        let mut flags = OsString::from("--remap-path-prefix=");
        flags.push(source);
        flags.push("=");
        return Ok((OF_TARGET, flags));
    }
    let mut flags = match env::var_os("CARGO_ENCODED_RUSTFLAGS") {
        Some(flags) => flags,
        None => env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(SEPARATOR).into(),
    };
    if !flags.is_empty() {
        flags.push(SEPARATOR);
    }
    flags.push("--remap-path-prefix=");
    flags.push(source);
    flags.push("=");
    Ok(("CARGO_ENCODED_RUSTFLAGS", flags))
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

//! Where things are in the repository.

use std::env;
use std::path::{Path, PathBuf};

/// The top of the repository, whatever directory the command was started in.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A path inside the repository, written with `/`.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Cargo's target directory: `CARGO_TARGET_DIR` where it is set, else `target`.
pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), |dir| root().join(dir))
}

/// The release build of the site.
pub fn dist() -> PathBuf {
    path("dist")
}

/// Tools installed for this repository only. Not in version control; deleting it is safe.
pub fn tools_dir() -> PathBuf {
    path(".tools")
}

/// Whether this runs on a machine that nobody watches: no prompts, and the lock file must be up to date.
pub fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

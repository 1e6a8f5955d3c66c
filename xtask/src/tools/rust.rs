//! The parts of the Rust toolchain that rustup may have left out.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::by_hand;
use crate::process::{Run, find};
use crate::project;
use crate::terminal::say;
use crate::versions::{WASM_BINDGEN, WASM_TARGET};

/// Makes sure of the standard library for wasm32.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = Run::new("rustc")
        .args(["--print", "sysroot"])
        .read()
        .context("`rustc --print sysroot` failed: is Rust on PATH?")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", WASM_TARGET])
        .with_context(|| format!("The Rust target {WASM_TARGET} is missing and could not be installed."))
}

/// Makes sure of a component of the toolchain, such as clippy, which cargo calls as `subcommand`.
pub fn ensure_component(component: &str, subcommand: &str) -> Result<()> {
    if Run::new("cargo").args([subcommand, "--version"]).read().is_some() {
        return Ok(());
    }
    rustup(&["component", "add", component])
        .with_context(|| format!("The Rust component {component} is missing and could not be installed."))
}

/// The command line tool and the crate of wasm-bindgen must be of the very same version.
pub fn check_wasm_bindgen_is_locked() -> Result<()> {
    let lock = fs::read_to_string(project::path("Cargo.lock")).context("cannot read Cargo.lock")?;
    let locked = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no package wasm-bindgen")?;
    if locked != WASM_BINDGEN {
        bail!(
            "Cargo.lock has wasm-bindgen {locked}, xtask/src/versions.rs has {WASM_BINDGEN}: make them the same (and Trunk.toml too)"
        );
    }
    Ok(())
}

fn rustup(args: &[&str]) -> Result<()> {
    let advice = format!("rustup {}", args.join(" "));
    let advice = by_hand(&advice, &advice, &advice);
    if find("rustup").is_none() {
        bail!(
            "rustup is not on PATH.\n{advice}\nWith a Rust that rustup does not manage, use the means of that distribution."
        );
    }
    say(format!("Installing with rustup: {}", args.join(" ")));
    Run::new("rustup").args(args).check().context(advice)
}

/// The version of `package` in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.9"));
        assert_eq!(locked_version(lock, "yew"), None);
    }
}

//! What comes from npm: wasm-opt, and the packages of the browser tests.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::by_hand;
use crate::process::{Run, find, find_in};
use crate::project;
use crate::terminal::say;
use crate::versions::{BINARYEN, NODE_MIN_MAJOR};

const QUIET: [&str; 3] = ["--ignore-scripts", "--no-audit", "--no-fund"];

/// The directory that holds the program wasm-opt once it is installed.
pub fn wasm_opt_dir() -> PathBuf {
    project::tools_dir().join("binaryen/node_modules/.bin")
}

/// Makes sure that wasm-opt is on `path` in the right version.
pub fn ensure_wasm_opt(path: &OsStr) -> Result<()> {
    if has_wasm_opt(path) {
        return Ok(());
    }
    let package = format!("binaryen@{BINARYEN}");
    let advice = || {
        let npm = format!("npm install --global {package}");
        format!("wasm-opt (npm package {package}) could not be installed.\n{}", by_hand(&npm, &npm, &npm))
    };
    say(format!("Installing {package} for wasm-opt"));
    let dir = project::tools_dir().join("binaryen");
    npm()?
        .args(["install", "--no-package-lock", "--prefix"])
        .arg(dir)
        .args(QUIET)
        .arg(&package)
        .check()
        .with_context(advice)?;
    if !has_wasm_opt(path) {
        bail!("binaryen was installed, but wasm-opt does not run in version {BINARYEN}.\n{}", advice());
    }
    Ok(())
}

/// Makes sure of the packages that `tests/e2e/package-lock.json` names.
pub fn ensure_browser_tests() -> Result<()> {
    let dir = project::path("tests/e2e");
    let lock = fs::read(dir.join("package-lock.json")).context("cannot read tests/e2e/package-lock.json")?;
    // npm does not say which lock file it installed, so a copy of it is left beside the packages.
    let installed = dir.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let advice = || {
        let npm = "cd tests/e2e && npm ci";
        format!(
            "The npm packages of the browser tests could not be installed.\n{}",
            by_hand(npm, npm, "cd tests\\e2e; npm ci")
        )
    };
    say("Installing the npm packages of tests/e2e");
    npm()?
        .arg("ci")
        .args(QUIET)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .within(&dir)
        .check()
        .with_context(advice)?;
    fs::write(&installed, lock).with_context(|| format!("cannot write {}", installed.display()))
}

fn has_wasm_opt(path: &OsStr) -> bool {
    let major = BINARYEN.split('.').next();
    let found =
        find_in(path, "wasm-opt").and_then(|program| Run::new(program).arg("--version").env("PATH", path).read());
    found.is_some_and(|text| text.split_whitespace().nth(2) == major)
}

fn npm() -> Result<Run> {
    let advice = || {
        by_hand(
            &format!(
                "the packages nodejs and npm of the distribution ({NODE_MIN_MAJOR} or newer), or https://nodejs.org"
            ),
            "brew install node",
            "winget install OpenJS.NodeJS.LTS",
        )
    };
    let version = find("node").and_then(|node| Run::new(node).arg("--version").read());
    let major = version.as_deref().and_then(node_major);
    match (major, find("npm")) {
        (Some(major), Some(npm)) if major >= NODE_MIN_MAJOR => Ok(Run::new(npm)),
        (Some(major), Some(_)) => bail!("Node.js {major} is too old, {NODE_MIN_MAJOR} is needed.\n{}", advice()),
        _ => bail!("Node.js with npm is missing.\n{}", advice()),
    }
}

/// 20 for `v20.11.1`.
fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_version_of_node_is_read() {
        assert_eq!(node_major("v20.11.1"), Some(20));
        assert_eq!(node_major("20"), None);
    }
}

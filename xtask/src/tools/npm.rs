//! What comes from npm: wasm-opt, esbuild, Lighthouse, and the packages of the browser tests.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::by_hand;
use crate::process::{Run, find, find_in};
use crate::project;
use crate::terminal::say;
use crate::versions::{self, BINARYEN, NODE_MIN_MAJOR};

const QUIET: [&str; 3] = ["--ignore-scripts", "--no-audit", "--no-fund"];

/// A program that an npm package brings, installed into a folder of `.tools` of its own.
pub struct Program {
    name: &'static str,
    package: &'static str,
    version: &'static str,
    /// Whether what the program says of its version is the right one.
    is_right: fn(&str) -> bool,
}

/// Makes the modules of a release build smaller.
pub const WASM_OPT: Program = Program {
    name: "wasm-opt",
    package: "binaryen",
    version: BINARYEN,
    is_right: |said| said.split_whitespace().nth(2) == BINARYEN.split('.').next(),
};

/// Makes the JavaScript of a release build smaller.
pub const ESBUILD: Program = Program {
    name: "esbuild",
    package: "esbuild",
    version: versions::ESBUILD,
    is_right: |said| said.trim() == versions::ESBUILD,
};

/// Judges the page as search engines and people with little patience do.
pub const LIGHTHOUSE: Program = Program {
    name: "lighthouse",
    package: "lighthouse",
    version: versions::LIGHTHOUSE,
    is_right: |said| said.trim() == versions::LIGHTHOUSE,
};

impl Program {
    /// The directory that holds the program once it is installed.
    pub fn dir(&self) -> PathBuf {
        self.home().join("node_modules/.bin")
    }

    /// Makes sure that the program is on `path` in the right version.
    pub fn ensure(&self, path: &OsStr) -> Result<()> {
        if self.is_on(path) {
            return Ok(());
        }
        let Self { name, version, .. } = self;
        let package = format!("{}@{version}", self.package);
        let advice = || {
            let npm = format!("npm install --global {package}");
            format!("{name} (npm package {package}) could not be installed.\n{}", by_hand(&npm, &npm, &npm))
        };
        say(format!("Installing {package} for {name}"));
        install(&self.home(), &package).with_context(advice)?;
        if !self.is_on(path) {
            bail!("{package} was installed, but {name} does not run in that version.\n{}", advice());
        }
        Ok(())
    }

    fn home(&self) -> PathBuf {
        project::tools_dir().join(self.package)
    }

    fn is_on(&self, path: &OsStr) -> bool {
        let said =
            find_in(path, self.name).and_then(|program| Run::new(program).arg("--version").env("PATH", path).read());
        said.is_some_and(|said| (self.is_right)(&said))
    }
}

/// Installs a package below `home`, in `node_modules`.
pub fn install(home: &Path, package: &str) -> Result<()> {
    npm()?.args(["install", "--no-package-lock", "--prefix"]).arg(home).args(QUIET).arg(package).check()
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

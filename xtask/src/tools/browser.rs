//! The browser that runs the wasm tests and the journeys, and its WebDriver.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::by_hand;
use crate::process::{Run, find};
use crate::project;
use crate::terminal::say;
use crate::versions::CHROMIUM_MIN_MAJOR;

/// Names under which Chromium and its relatives are on `PATH`.
const PROGRAMS: [&str; 7] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

/// Where the installers of macOS and Windows put them; on Windows below each of the directories for programs.
const APPLICATIONS: [&str; 3] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const WINDOWS_DIRS: [&str; 3] = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
const WINDOWS_PROGRAMS: [&str; 3] = [
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
];

/// Chromium, Chrome or Edge.
pub struct Browser {
    /// The program.
    pub program: PathBuf,
    /// The first number of its version, where it can be asked (on Windows it cannot).
    major: Option<u32>,
}

impl Browser {
    /// Takes the one that the variable `CHROME` names, else one that is installed, else installs Chromium.
    pub fn ensure() -> Result<Self> {
        let program = if let Some(program) = named_by("CHROME")?.or_else(installed_browser) {
            program
        } else {
            install_chromium()?;
            installed_browser().context("Chromium was installed, but it is not on PATH")?
        };
        let major = major_version(&program);
        if let Some(major) = major.filter(|major| *major < CHROMIUM_MIN_MAJOR) {
            bail!("{} has version {major}, {CHROMIUM_MIN_MAJOR} or newer is needed.\n{}", program.display(), advice());
        }
        Ok(Self { program, major })
    }

    fn is_edge(&self) -> bool {
        self.program.file_stem().is_some_and(|name| name.to_string_lossy().to_lowercase().contains("edge"))
    }
}

/// chromedriver, or the one of Edge.
pub struct Driver {
    /// The program.
    pub program: PathBuf,
    is_edge: bool,
}

impl Driver {
    /// Takes the one that the variable `CHROMEDRIVER` names, else one on `PATH`, else installs it. It must be as old as the browser.
    pub fn ensure(browser: &Browser) -> Result<Self> {
        let is_edge = browser.is_edge();
        let name = if is_edge { "msedgedriver" } else { "chromedriver" };
        let program = if let Some(program) = named_by(variable_of(is_edge))?.or_else(|| installed_driver(name)) {
            program
        } else {
            install_chromium()?;
            installed_driver(name).with_context(|| format!("{name} is missing.\n{}", advice()))?
        };
        if let (Some(browser), Some(driver)) = (browser.major, major_version(&program))
            && browser != driver
        {
            bail!(
                "The browser has version {browser}, {} has {driver}: they must be the same.\n{}",
                program.display(),
                advice()
            );
        }
        Ok(Self { program, is_edge })
    }

    /// Lets the runner of the wasm tests find the driver.
    pub fn equip(&self, run: Run) -> Run {
        run.env(variable_of(self.is_edge), &self.program)
    }

    /// The name under which this driver takes options for the browser.
    pub fn options_key(&self) -> &'static str {
        if self.is_edge { "ms:edgeOptions" } else { "goog:chromeOptions" }
    }
}

/// The environment variable in which the runner of the wasm tests looks for the driver.
fn variable_of(is_edge: bool) -> &'static str {
    if is_edge { "MSEDGEDRIVER" } else { "CHROMEDRIVER" }
}

/// The program that an environment variable names; an error where there is none at that place.
fn named_by(variable: &str) -> Result<Option<PathBuf>> {
    match env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) {
        Some(program) if !program.is_file() => bail!("{variable} names {}, which does not exist", program.display()),
        program => Ok(program),
    }
}

fn installed_browser() -> Option<PathBuf> {
    let on_windows = WINDOWS_DIRS
        .iter()
        .filter_map(env::var_os)
        .flat_map(|dir| WINDOWS_PROGRAMS.iter().map(move |program| PathBuf::from(&dir).join(program)));
    PROGRAMS
        .iter()
        .find_map(|name| find(name))
        .or_else(|| APPLICATIONS.iter().map(PathBuf::from).chain(on_windows).find(|program| program.is_file()))
}

fn installed_driver(name: &str) -> Option<PathBuf> {
    // The machines of GitHub Actions keep it off PATH and say where.
    let of_runner = env::var_os("CHROMEWEBDRIVER")
        .map(|dir| PathBuf::from(dir).join(name).with_extension(env::consts::EXE_EXTENSION));
    of_runner.filter(|program| program.is_file()).or_else(|| find(name))
}

/// The first number of the version that the program prints about itself.
fn major_version(program: &PathBuf) -> Option<u32> {
    // On Windows, Chrome opens a window instead of printing its version.
    if cfg!(windows) {
        return None;
    }
    parse_major(&Run::new(program).arg("--version").read()?)
}

/// 156 for `Chromium 156.0.8078.79 built on Debian`.
fn parse_major(text: &str) -> Option<u32> {
    text.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// Installs Chromium and chromedriver where apt is at hand; elsewhere says how to.
fn install_chromium() -> Result<()> {
    let Some(apt) = find("apt-get") else { bail!("Chromium with chromedriver is missing.\n{}", advice()) };
    let is_root = Run::new("id").arg("-u").read().as_deref() == Some("0");
    let as_root = |args: &[&str]| {
        let run = if is_root {
            Run::new(&apt)
        } else {
            // Nobody can answer a prompt for the password on a build machine.
            let sudo = Run::new("sudo");
            if project::is_ci() { sudo.arg("-n").arg(&apt) } else { sudo.arg(&apt) }
        };
        run.args(args).env("DEBIAN_FRONTEND", "noninteractive").check()
    };
    say("Installing Chromium and chromedriver with apt-get");
    as_root(&["update", "--quiet"])
        .and_then(|()| {
            as_root(&[
                "install",
                "--quiet",
                "--yes",
                "--no-install-recommends",
                "chromium",
                "chromium-driver",
                "fonts-liberation",
            ])
        })
        .with_context(|| format!("Chromium with chromedriver could not be installed.\n{}", advice()))
}

fn advice() -> String {
    let advice = by_hand(
        "Debian: apt-get install chromium chromium-driver; Fedora: dnf install chromium chromedriver; Ubuntu: Google Chrome and the chromedriver of its version from https://googlechromelabs.github.io/chrome-for-testing",
        "brew install --cask google-chrome chromedriver",
        "winget install Google.Chrome Chromium.ChromeDriver",
    );
    format!("{advice}\nOr name the programs in the environment variables CHROME and CHROMEDRIVER.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_found_behind_any_name() {
        assert_eq!(parse_major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"), Some(156));
        assert_eq!(parse_major("Google Chrome 141.0.7390.54"), Some(141));
        assert_eq!(parse_major("ChromeDriver 156.0.1 (a21ce95c-refs/branch-heads/8078@{#1704})"), Some(156));
        assert_eq!(parse_major("no version"), None);
    }
}

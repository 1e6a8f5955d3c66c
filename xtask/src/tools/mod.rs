//! Makes sure of the tools a command needs: uses what is there in the right version, installs the rest.
//!
//! Tools are installed into `.tools` of this repository and nowhere else, except the wasm32 target (rustup keeps it) and the browser (the system's
//! package manager keeps it). A tool of the right version on `PATH` is used as it is.

mod browser;
mod cargo_tools;
pub mod npm;
mod python;
mod rust;

use std::env;
use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;

use crate::process::{self, Run};
use crate::project;
use browser::{Browser, Driver};

/// Something a command needs on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// The standard library for wasm32.
    WasmTarget,
    /// `cargo fmt`.
    Rustfmt,
    /// `cargo clippy`.
    Clippy,
    /// Bundles the site.
    Trunk,
    /// Writes the JavaScript beside the modules, and runs the wasm tests.
    WasmBindgen,
    /// Makes the modules of a release build smaller.
    WasmOpt,
    /// Makes the JavaScript of a release build smaller.
    Esbuild,
    /// Chromium, Chrome or Edge.
    Browser,
    /// The WebDriver of that browser.
    Driver,
    /// The npm packages of `tests/e2e`.
    BrowserTests,
    /// Judges the page; for the benchmarks.
    Lighthouse,
    /// Generators of documentation, from `PyPI` and crates.io; may be missing.
    DocsGenerators,
}

/// What any build of the site needs.
pub const SITE_TOOLS: [Tool; 3] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen];

/// What a release build of the site needs.
pub const RELEASE_TOOLS: [Tool; 5] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::WasmOpt, Tool::Esbuild];

/// The tools that were asked for, ready for use by the programs that are started.
pub struct Toolbox {
    path: OsString,
    browser: Option<Browser>,
    driver: Option<Driver>,
}

impl Toolbox {
    /// Installs whatever is missing of `tools`. The error says what failed and how to install it by hand.
    pub fn with(tools: &[Tool]) -> Result<Self> {
        let dirs = [project::tools_dir().join("bin"), npm::WASM_OPT.dir(), npm::ESBUILD.dir(), npm::LIGHTHOUSE.dir()];
        let mut toolbox = Self { path: process::path_with(&dirs)?, browser: None, driver: None };
        for tool in tools {
            toolbox.ensure(*tool)?;
        }
        Ok(toolbox)
    }

    /// Lets `run` find the tools.
    pub fn equip(&self, run: Run) -> Run {
        let run = run.env("PATH", &self.path);
        let run = match &self.browser {
            Some(browser) => run.env("CHROME", &browser.program),
            None => run,
        };
        match &self.driver {
            Some(driver) => driver.equip(run),
            None => run,
        }
    }

    /// The browser, and the name under which its WebDriver takes options for it.
    pub fn browser_for_webdriver(&self) -> Option<(&Path, &'static str)> {
        Some((&self.browser.as_ref()?.program, self.driver.as_ref()?.options_key()))
    }

    /// One line per tool that was made sure of, for people.
    pub fn describe(&self) -> Vec<String> {
        let on_path = ["cargo", "node", "trunk", "wasm-bindgen", "wasm-opt", "esbuild"]
            .map(|name| (name, process::find_in(&self.path, name)));
        let browser = self.browser.as_ref().map(|browser| browser.program.clone());
        let driver = self.driver.as_ref().map(|driver| driver.program.clone());
        on_path
            .into_iter()
            .chain([("browser", browser), ("webdriver", driver)])
            .filter_map(|(name, program)| Some(format!("{name:<14}{}", program?.display())))
            .collect()
    }

    fn ensure(&mut self, tool: Tool) -> Result<()> {
        match tool {
            Tool::WasmTarget => rust::ensure_wasm_target(),
            Tool::Rustfmt => rust::ensure_component("rustfmt", "fmt"),
            Tool::Clippy => rust::ensure_component("clippy", "clippy"),
            Tool::Trunk => cargo_tools::TRUNK.ensure(&self.path),
            Tool::WasmBindgen => {
                rust::check_wasm_bindgen_is_locked()?;
                cargo_tools::WASM_BINDGEN.ensure(&self.path)
            }
            Tool::WasmOpt => npm::WASM_OPT.ensure(&self.path),
            Tool::Esbuild => npm::ESBUILD.ensure(&self.path),
            Tool::Lighthouse => npm::LIGHTHOUSE.ensure(&self.path),
            Tool::BrowserTests => npm::ensure_browser_tests(),
            Tool::DocsGenerators => {
                python::try_generators();
                cargo_tools::try_mdbook(&self.path);
                Ok(())
            }
            Tool::Browser => {
                self.browser = Some(Browser::ensure()?);
                Ok(())
            }
            Tool::Driver => {
                let browser = Browser::ensure()?;
                self.driver = Some(Driver::ensure(&browser)?);
                self.browser = Some(browser);
                Ok(())
            }
        }
    }
}

/// The end of a message about a tool that could not be installed: what to type on each system.
fn by_hand(linux: &str, macos: &str, windows: &str) -> String {
    let here = match env::consts::OS {
        "macos" => "macOS",
        "windows" => "Windows",
        _ => "Linux",
    };
    let lines = [("Linux", linux), ("macOS", macos), ("Windows", windows)].map(|(system, how)| {
        let mark = if system == here { "->" } else { "  " };
        format!("{mark} {system:<8} {how}")
    });
    format!("To install it by hand:\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_covers_every_system_and_marks_this_one() {
        let advice = by_hand("a", "b", "c");
        assert_eq!(advice.lines().count(), 4);
        assert_eq!(advice.matches("->").count(), 1);
    }
}

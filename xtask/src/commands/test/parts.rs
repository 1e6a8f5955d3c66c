//! The parts of `cargo xtask test`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::commands::{build, size};
use crate::counts::Counts;
use crate::process::Run;
use crate::project;
use crate::split;
use crate::tools::{RELEASE_TOOLS, Tool, Toolbox};
use crate::versions::WASM_TARGET;

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// rustfmt.
    Fmt,
    /// Clippy for this machine.
    Clippy,
    /// Clippy for wasm32.
    ClippyWasm,
    /// Unit and integration tests on this machine.
    Native,
    /// The examples in doc comments, and the documentation itself.
    Doc,
    /// Tests in the browser.
    Wasm,
    /// The release build.
    Build,
    /// The size budgets.
    Size,
    /// Journeys through the release build in the browser.
    E2e,
}

impl Part {
    /// All parts, the quick ones first.
    pub const ALL: [Self; 9] = [
        Self::Fmt,
        Self::Clippy,
        Self::ClippyWasm,
        Self::Native,
        Self::Doc,
        Self::Wasm,
        Self::Build,
        Self::Size,
        Self::E2e,
    ];

    /// The part with this name on the command line.
    pub fn from_name(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|part| part.name() == name);
        found.with_context(|| format!("there is no such part; the parts are {}", Self::ALL.map(Self::name).join(", ")))
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Native => "native",
            Self::Doc => "doc",
            Self::Wasm => "wasm",
            Self::Build => "build",
            Self::Size => "size",
            Self::E2e => "e2e",
        }
    }

    /// What it does, for the log.
    pub fn title(self) -> &'static str {
        match self {
            Self::Fmt => "rustfmt",
            Self::Clippy => "Clippy for this machine, warnings denied",
            Self::ClippyWasm => "Clippy for wasm32, warnings denied",
            Self::Native => "unit and integration tests on this machine",
            Self::Doc => "examples in doc comments, and the links of the documentation",
            Self::Wasm => "tests/wasm_page and tests/wasm_worker in the browser",
            Self::Build => "release build",
            Self::Size => "size budgets",
            Self::E2e => "journeys through the release build in the browser",
        }
    }

    /// The tools it needs.
    pub fn needs(self) -> &'static [Tool] {
        match self {
            Self::Fmt => &[Tool::Rustfmt],
            Self::Clippy => &[Tool::Clippy],
            Self::ClippyWasm => &[Tool::Clippy, Tool::WasmTarget],
            Self::Native | Self::Doc => &[],
            Self::Wasm => &[Tool::WasmTarget, Tool::WasmBindgen, Tool::Browser, Tool::Driver],
            Self::Build | Self::Size => &RELEASE_TOOLS,
            Self::E2e => &[
                Tool::WasmTarget,
                Tool::Trunk,
                Tool::WasmBindgen,
                Tool::WasmOpt,
                Tool::Esbuild,
                Tool::Browser,
                Tool::BrowserTests,
                Tool::DocsGenerators,
            ],
        }
    }

    /// Runs it, and counts its tests.
    pub fn run(self, toolbox: &Toolbox, counts: &mut Counts) -> Result<()> {
        let count = |line: &str| *counts += Counts::of_line(line);
        match self {
            Self::Fmt => Run::cargo("fmt").args(["--all", "--check"]).check(),
            Self::Clippy => Run::cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]).check(),
            Self::ClippyWasm => {
                // The unit tests of the library are those of this machine.
                let targets = ["--lib", "--bins", "--test", "wasm_*", "--", "-D", "warnings"];
                Run::cargo("clippy").args(["--target", WASM_TARGET]).args(targets).check()?;
                // As it is built for the site.
                let split = ["--target", WASM_TARGET, "--lib", "--features", "app", "--", "-D", "warnings"];
                Run::cargo("clippy").args(split).env(split::VARIABLE, "1").check()
            }
            Self::Native => {
                let mut count = count;
                // These commands apart: beside the others their packages would get more features than they have as this program runs, and be compiled once more.
                Run::cargo("test").args(["--package", "xtask", "--bins"]).check_watching(&mut count)?;
                Run::cargo("test").args(["--workspace", "--exclude", "xtask", "--tests"]).check_watching(count)
            }
            Self::Doc => {
                Run::cargo("test").args(["--workspace", "--doc"]).check_watching(count)?;
                Run::cargo("doc")
                    .args(["--workspace", "--no-deps", "--document-private-items"])
                    .env("RUSTDOCFLAGS", "-D warnings")
                    .check()
            }
            Self::Wasm => {
                let tests = Run::cargo("test").args(["--target", WASM_TARGET, "--test", "wasm_*"]);
                // The runner gives up after 20 s by default: too short for a busy machine.
                let tests = tests
                    .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
                    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver_settings(toolbox)?);
                toolbox.equip(tests).check_watching(count)
            }
            Self::Build => build::build(toolbox),
            Self::Size => {
                build::build_if_stale()?;
                size::check()
            }
            Self::E2e => {
                build::build_if_stale()?;
                let playwright = Run::new("node")
                    .args(["node_modules/@playwright/test/cli.js", "test"])
                    .within(project::path("tests/e2e"));
                toolbox.equip(playwright).check_watching(count)
            }
        }
    }
}

/// A copy of `webdriver.json` that also says where the browser is: only this machine knows.
fn webdriver_settings(toolbox: &Toolbox) -> Result<PathBuf> {
    let text = fs::read_to_string(project::path("webdriver.json")).context("cannot read webdriver.json")?;
    let mut settings: Value = serde_json::from_str(&text).context("webdriver.json is not JSON")?;
    let mut options = settings["goog:chromeOptions"].take();
    ensure!(options.is_object(), "webdriver.json has no object goog:chromeOptions");
    let (browser, key) = toolbox.browser_for_webdriver().context("the browser was not asked for")?;
    options["binary"] = browser.to_string_lossy().into();
    let target = project::target_dir().join("webdriver.json");
    fs::write(&target, serde_json::json!({ key: options }).to_string())
        .with_context(|| format!("cannot write {}", target.display()))?;
    Ok(target)
}

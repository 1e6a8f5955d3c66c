//! Trunk, wasm-bindgen-cli and mdBook: a prebuilt binary where `cargo binstall` is there, otherwise built from source.

use std::ffi::OsStr;

use anyhow::{Context, Result, bail};

use super::by_hand;
use crate::process::{Run, find, find_in};
use crate::project;
use crate::terminal::say;
use crate::versions;

/// Trunk.
pub const TRUNK: CargoTool =
    CargoTool { package: "trunk", version: versions::TRUNK, programs: &["trunk"], options: &[] };

/// wasm-bindgen and the runner of its tests.
pub const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    version: versions::WASM_BINDGEN,
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    options: &[],
};

/// mdBook, without its server and its search.
const MDBOOK: CargoTool = CargoTool {
    package: "mdbook",
    version: versions::MDBOOK,
    programs: &["mdbook"],
    options: &["--no-default-features"],
};

/// A package on crates.io whose programs are needed in one version.
pub struct CargoTool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    /// More options for building it.
    options: &'static [&'static str],
}

/// Makes sure of mdBook, which may be missing: nothing but one journey needs it, which is skipped then.
pub fn try_mdbook(path: &OsStr) {
    if let Err(error) = MDBOOK.ensure(path) {
        say(format!("{error:#}: the journey in a book will be skipped"));
    }
}

impl CargoTool {
    /// Makes sure that all programs are on `path` in the right version.
    pub fn ensure(&self, path: &OsStr) -> Result<()> {
        if self.is_present(path) {
            return Ok(());
        }
        say(format!("Installing {} {} into {}", self.package, self.version, project::tools_dir().display()));
        self.install().with_context(|| self.advice())?;
        if !self.is_present(path) {
            bail!(
                "{} was installed, but its programs do not run in version {}.\n{}",
                self.package,
                self.version,
                self.advice()
            );
        }
        Ok(())
    }

    fn is_present(&self, path: &OsStr) -> bool {
        self.programs.iter().all(|program| {
            let found = find_in(path, program).and_then(|program| Run::new(program).arg("--version").read());
            found.is_some_and(|text| text.split_whitespace().any(|word| word.trim_start_matches('v') == self.version))
        })
    }

    fn install(&self) -> Result<()> {
        if find("cargo-binstall").is_some() {
            let package = format!("{}@{}", self.package, self.version);
            let binstall =
                Run::cargo_install_like("binstall").args(["--no-confirm", "--disable-strategies", "compile", &package]);
            match binstall.check() {
                Ok(()) => return Ok(()),
                Err(error) => say(format!("No prebuilt binary ({error:#}): building from source instead.")),
            }
        }
        say("Building from source takes some minutes, once.");
        // The versions that the tool was released with; where a registry no longer has, or not yet has, one of them, the nearest that fit.
        self.build(&["--locked"]).or_else(|error| {
            say(format!("Not with the versions it was released with ({error:#}): trying newer or older ones."));
            self.build(&[])
        })
    }

    fn build(&self, options: &[&str]) -> Result<()> {
        Run::cargo_install_like("install")
            .args(options)
            .args(self.options)
            .args(["--force", "--version", self.version, self.package])
            // A tool that runs for seconds is not worth the minutes that whole-program optimisation takes.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .check()
    }

    fn advice(&self) -> String {
        let cargo = format!("cargo install --locked {}@{}", self.package, self.version);
        let linux = format!("{cargo}   (needs a C compiler, such as the package build-essential)");
        let macos = format!("{cargo}   (needs `xcode-select --install`)");
        let windows = format!("{cargo}   (needs the Visual Studio Build Tools)");
        format!("{} {} could not be installed.\n{}", self.package, self.version, by_hand(&linux, &macos, &windows))
    }
}

impl Run {
    /// `cargo install` or `cargo binstall` into the tools of this repository, leaving no build directory behind.
    fn cargo_install_like(subcommand: &str) -> Self {
        Self::new("cargo")
            .arg(subcommand)
            .arg("--root")
            .arg(project::tools_dir())
            .without_env("CARGO_TARGET_DIR")
            .without_env("CARGO_BUILD_TARGET_DIR")
    }
}

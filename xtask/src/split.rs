//! Takes parts out of the WebAssembly modules that a visit does not need at once: of one module it makes two, the second of which is loaded by the first.
//!
//! The split is made along the functions that `wasm_split` marks in `src`, in what the linker wrote; so the files that Trunk made of the same are
//! replaced (`xtask/site/finish.mjs`).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use crate::process::Run;
use crate::project;
use crate::terminal::say;
use crate::tools::Toolbox;
use crate::versions::WASM_TARGET;

/// The environment variable that has parts marked (`build.rs`).
pub const VARIABLE: &str = "GROUNDWORK_SPLIT";

/// A module, and the part that is taken out of it.
pub struct Module {
    /// The program, as it is called in `Cargo.toml`.
    main: &'static str,
    /// The profile it is compiled with, which is also the directory it lies in.
    pub profile: &'static str,
    /// The part.
    part: &'static str,
    /// What wasm-opt is to do, in short.
    optimise: &'static [&'static str],
}

/// The page: small.
const APP: Module = Module { main: "app", profile: "release", part: "pages", optimise: &["-Os"] };

/// The engine: fast.
pub const ENGINE: Module =
    Module { main: "engine", profile: "engine", part: "extras", optimise: &["-O2", "--shrink-level=1", "--converge"] };

/// For both: without two passes that make modules larger after compression, and with functions in the order of their names, which compresses better; and
/// what the compiler uses on this target, since the list of it in the module does not survive the split.
const ALWAYS: [&str; 10] = [
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Splits the modules that were built last. Returns the directory with a directory for each, which has `<main>.js`, `<main>.wasm` and `<part>.wasm`.
pub fn split(toolbox: &Toolbox) -> Result<PathBuf> {
    let dir = project::target_dir().join("split");
    // Nothing of an earlier build may be taken for a part of this one.
    fs::remove_dir_all(&dir).or_else(|error| if dir.exists() { Err(error) } else { Ok(()) })?;
    for module in [APP, ENGINE] {
        module.split(toolbox, &dir.join(module.main))?;
    }
    Ok(dir)
}

impl Module {
    fn split(&self, toolbox: &Toolbox, dir: &Path) -> Result<()> {
        let Self { main, part, .. } = self;
        self.take_apart(dir)?;
        let bindgen = Run::new("wasm-bindgen").arg(dir.join("whole.wasm")).arg("--out-dir").arg(dir);
        // The table of functions stays exported: the part puts its own into it.
        let options = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", main];
        toolbox.equip(bindgen.args(options)).check()?;
        for (from, to) in [(format!("{main}_bg.wasm"), main), (format!("split_{part}.wasm"), part)] {
            self.optimise(toolbox, &dir.join(from), &dir.join(format!("{to}.wasm")))?;
        }
        Ok(())
    }

    /// Lets wasm-opt do to `from` what it does to this module.
    pub fn optimise(&self, toolbox: &Toolbox, from: &Path, to: &Path) -> Result<()> {
        toolbox.equip(Run::new("wasm-opt").args(self.optimise).args(ALWAYS).arg(from).arg("-o").arg(to)).check()
    }

    fn take_apart(&self, dir: &Path) -> Result<()> {
        let Self { main, profile, part, .. } = self;
        let input = project::target_dir().join(WASM_TARGET).join(profile).join(format!("{main}.wasm"));
        let module = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
        let (whole, script) = (dir.join("whole.wasm"), format!("./{main}.js"));
        let mut options = Options::new(&module);
        options.output_dir = dir;
        options.main_out_path = &whole;
        options.main_module = &script;
        say(format!("Taking the part {part} out of {}", input.display()));
        let parts =
            wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split {main}: {error}"))?;
        // One part, and no part of parts: the script that loads it (`xtask/site/part.js`) knows of nothing else.
        match &parts.split_modules[..] {
            [only] if only.ends_with(format!("split_{part}.wasm")) => Ok(()),
            others => Err(anyhow!("expected {part} alone, got {others:?}")),
        }
    }
}

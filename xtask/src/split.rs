//! Takes parts out of the WebAssembly modules that a visit does not need at once: of one module it makes several, which are loaded by the first.
//!
//! The split is made along the functions that `wasm_split` marks in `src`, in what the linker wrote; so the files that Trunk made of the same are
//! replaced (`xtask/site/finish.mjs`).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
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
    /// The parts, by the names of the functions that lead to them.
    parts: &'static [&'static str],
    /// What wasm-opt is to do, in short.
    optimise: &'static [&'static str],
}

/// The page: small.
const APP: Module = Module { main: "app", profile: "release", parts: &["pages", "later"], optimise: &["-Os"] };

/// The engine: fast.
pub const ENGINE: Module = Module {
    main: "engine",
    profile: "engine",
    parts: &["extras", "intake"],
    optimise: &["-O2", "--shrink-level=1", "--converge"],
};

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

/// Splits the modules that were built last. Returns the directory with a directory for each, which has `<main>.js`, `<main>.wasm`, a
/// `<part>.wasm` for each part and, where there are several parts, `shared.wasm` with what they share.
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
        let Self { main, .. } = self;
        let parts = self.take_apart(dir)?;
        let bindgen = Run::new("wasm-bindgen").arg(dir.join("whole.wasm")).arg("--out-dir").arg(dir);
        // The table of functions stays exported: the part puts its own into it.
        let options = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", main];
        toolbox.equip(bindgen.args(options)).check()?;
        self.optimise(toolbox, &dir.join(format!("{main}_bg.wasm")), &dir.join(format!("{main}.wasm")))?;
        parts.iter().try_for_each(|(file, name)| self.optimise(toolbox, file, &dir.join(format!("{name}.wasm"))))
    }

    /// Lets wasm-opt do to `from` what it does to this module.
    pub fn optimise(&self, toolbox: &Toolbox, from: &Path, to: &Path) -> Result<()> {
        toolbox.equip(Run::new("wasm-opt").args(self.optimise).args(ALWAYS).arg(from).arg("-o").arg(to)).check()
    }

    /// The files of the parts, and how they are to be called.
    fn take_apart(&self, dir: &Path) -> Result<Vec<(PathBuf, String)>> {
        let Self { main, profile, parts, .. } = self;
        let input = project::target_dir().join(WASM_TARGET).join(profile).join(format!("{main}.wasm"));
        let module = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
        let (whole, script) = (dir.join("whole.wasm"), format!("./{main}.js"));
        let mut options = Options::new(&module);
        options.output_dir = dir;
        options.main_out_path = &whole;
        options.main_module = &script;
        say(format!("Taking {} out of {}", parts.join(" and "), input.display()));
        let made =
            wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split {main}: {error}"))?;
        let name = |file: &PathBuf| {
            let stem = file.file_stem()?.to_str()?;
            if stem.starts_with("chunk_") { Some("shared") } else { stem.strip_prefix("split_") }.map(str::to_owned)
        };
        let named = made.split_modules.into_iter().map(|file| name(&file).map(|name| (file, name)));
        let named = named.collect::<Option<Vec<_>>>().context("a part has a name that is not known")?;
        // The parts and what they share, nothing else: the script that loads them (`xtask/site/part.js`) knows of nothing else.
        let mut found: Vec<_> = named.iter().map(|(_, name)| name.as_str()).collect();
        let mut expected = parts.to_vec();
        expected.extend((parts.len() > 1).then_some("shared"));
        found.sort_unstable();
        expected.sort_unstable();
        ensure!(found == expected, "expected {expected:?}, got {found:?}");
        Ok(named)
    }
}

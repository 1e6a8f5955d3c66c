//! Takes parts out of the WebAssembly modules that a visit does not need at once: of one module it makes several, which are loaded by the first.
//!
//! The split is made along the functions that `wasm_split` marks in `src`, in what the linker wrote; so the files that Trunk made of the same are
//! replaced (`xtask/site/finish.mjs`).

use std::collections::BTreeMap;
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
const APP: Module =
    Module { main: "app", profile: "release", parts: &["pages", "forms", "later", "further"], optimise: &["-Os"] };

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

/// A file that was taken out of a module.
struct Part {
    file: PathBuf,
    /// How it is to be called.
    name: String,
    /// The parts that need it: itself, or several that share it.
    of: Vec<String>,
}

/// Gives the files their names: a part that of its function; what is shared by all parts `shared`, and what is shared by some their names behind that.
/// `needs` tells whether a part needs a file besides its own, as that is called now.
fn named(parts: &[&str], files: Vec<PathBuf>, needs: impl Fn(&str, &str) -> bool) -> Result<Vec<Part>> {
    let mut named = Vec::new();
    for file in files {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).context("a part has no name")?.to_owned();
        let of: Vec<String> = match stem.strip_prefix("split_") {
            Some(part) => vec![part.to_owned()],
            None => parts.iter().filter(|part| needs(part, &stem)).map(|part| (*part).to_owned()).collect(),
        };
        ensure!(!of.is_empty(), "nothing needs the part {stem}");
        let name = match &of[..] {
            [part] => part.clone(),
            all if all.len() == parts.len() => "shared".to_owned(),
            some => format!("shared-{}", some.join("-")),
        };
        named.push(Part { file, name, of });
    }
    Ok(named)
}

/// The files that `part` needs, its own at last.
fn files_of<'a>(part: &str, named: &'a [Part]) -> Vec<&'a str> {
    let mut files: Vec<&Part> = named.iter().filter(|file| file.of.iter().any(|of| of == part)).collect();
    files.sort_by(|a, b| (a.name == part, &a.name).cmp(&(b.name == part, &b.name)));
    files.iter().map(|file| file.name.as_str()).collect()
}

/// Splits the modules that were built last. Returns the directory with a directory for each, which has `<main>.js`, `<main>.wasm`, a
/// `<part>.wasm` for each part and `shared….wasm` for what several share, and `parts.json`, which says what each part needs.
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
        parts
            .iter()
            .try_for_each(|Part { file, name, .. }| self.optimise(toolbox, file, &dir.join(format!("{name}.wasm"))))
    }

    /// Lets wasm-opt do to `from` what it does to this module.
    pub fn optimise(&self, toolbox: &Toolbox, from: &Path, to: &Path) -> Result<()> {
        toolbox.equip(Run::new("wasm-opt").args(self.optimise).args(ALWAYS).arg(from).arg("-o").arg(to)).check()
    }

    /// The files of the parts, and how they are to be called; which of them each part needs, in their order, is written to `parts.json`.
    fn take_apart(&self, dir: &Path) -> Result<Vec<Part>> {
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
        let needs =
            |part: &str, file: &str| made.prefetch_map.get(part).is_some_and(|all| all.iter().any(|one| one == file));
        let named = named(parts, made.split_modules, needs)?;
        // The parts and what several of them share, nothing else: the script that loads them (`xtask/site/part.js`) knows of nothing else.
        let missing = parts.iter().find(|part| !named.iter().any(|file| file.name == **part));
        ensure!(missing.is_none(), "{main} has no part {}", missing.unwrap_or(&""));
        let order: BTreeMap<&str, Vec<&str>> = parts.iter().map(|part| (*part, files_of(part, &named))).collect();
        fs::write(dir.join("parts.json"), serde_json::to_string(&order)?).context("cannot write parts.json")?;
        Ok(named)
    }
}

//! Takes the pages out of the app: of one WebAssembly module it makes two, the second of which a visit loads after the first.
//!
//! The split is made along the functions that `src/ui/lazy.rs` marks, in what the linker wrote; so the files that Trunk made of the same are replaced
//! (`xtask/site/finish.mjs`).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use crate::process::Run;
use crate::project;
use crate::terminal::say;
use crate::tools::Toolbox;
use crate::versions::WASM_TARGET;

/// Optimises for size. The two passes that are left out make the module larger after compression; functions in the order of their names make it smaller.
const OPTIMISE: [&str; 11] = [
    "-Os",
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    "--reorder-functions-by-name",
    "--strip-debug",
    // What the compiler uses on this target. The list in the module itself does not survive the split.
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Splits the app that was built last. Returns the directory with `app.js`, `app.wasm` and `pages.wasm`.
pub fn split(toolbox: &Toolbox) -> Result<PathBuf> {
    let input = project::target_dir().join(WASM_TARGET).join("release/app.wasm");
    let dir = project::target_dir().join("split");
    // Nothing of an earlier build may be taken for a part of this one.
    fs::remove_dir_all(&dir).or_else(|error| if dir.exists() { Err(error) } else { Ok(()) })?;
    take_apart(&input, &dir)?;
    let bindgen = Run::new("wasm-bindgen").arg(dir.join("whole.wasm")).arg("--out-dir").arg(&dir);
    // The table of functions stays exported: the pages put theirs into it.
    toolbox
        .equip(bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "app"]))
        .check()?;
    for (from, to) in [("app_bg.wasm", "app.wasm"), ("split_pages.wasm", "pages.wasm")] {
        let optimise = Run::new("wasm-opt").args(OPTIMISE).arg(dir.join(from)).arg("-o").arg(dir.join(to));
        toolbox.equip(optimise).check()?;
    }
    Ok(dir)
}

fn take_apart(input: &Path, dir: &Path) -> Result<()> {
    let module = fs::read(input).with_context(|| format!("cannot read {}", input.display()))?;
    let main = dir.join("whole.wasm");
    let mut options = Options::new(&module);
    options.output_dir = dir;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    say(format!("Taking the pages out of {}", input.display()));
    let parts = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split the app: {error}"))?;
    // One part, and no part of parts: the script that loads it (`xtask/site/pages.js`) knows of nothing else.
    match &parts.split_modules[..] {
        [pages] if pages.ends_with("split_pages.wasm") => Ok(()),
        others => Err(anyhow!("expected the pages alone, got {others:?}")),
    }
}

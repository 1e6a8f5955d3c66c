//! `cargo xtask size`: what a visit loads, raw and compressed, beside the budgets.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::build;
use crate::build_id::collect_files;
use crate::process::Run;
use crate::project;
use crate::terminal::{heading, say};

const KIB: usize = 1024;

/// What a first visit loads before anything can be done, after brotli.
const FIRST_VISIT_BUDGET: usize = 250 * KIB;

/// What is loaded right after it: the pages that are asked for first, after brotli.
const PAGES_BUDGET: usize = 250 * KIB;

/// What is loaded after those: what is filled in on them, after brotli.
const FORMS_BUDGET: usize = 75 * KIB;

/// What is loaded after that: further pages, rules among them, and what lies over a page, after brotli.
const LATER_BUDGET: usize = 125 * KIB;

/// What is loaded at last: what is further down on pages, or shown when asked, after brotli.
const FURTHER_BUDGET: usize = 125 * KIB;

/// What is loaded when the engine is needed, after brotli.
const ENGINE_BUDGET: usize = 450 * KIB;

/// What the engine loads with the first inventory, and what that has in common with what it loads when something is exported, after brotli.
const INTAKE_BUDGET: usize = 160 * KIB;

/// What the engine loads when something is exported, drawn or read, after brotli.
const EXPORT_BUDGET: usize = 300 * KIB;

/// The script that other pages load to embed the app, after brotli.
const EMBED_BUDGET: usize = 4 * KIB;

/// The scripts of the package, which other pages load, after brotli. What its engine loads is a copy of what the app loads.
const PACKAGE_BUDGET: usize = 8 * KIB;

/// The scripts of the app that a visit loads when it needs them, all together, after brotli.
const EXTRAS_BUDGET: usize = 16 * KIB;

/// The other languages, with what puts them in place, after brotli.
const LANGUAGES_BUDGET: usize = 100 * KIB;

/// The single file, as it is: nobody compresses it.
const SINGLE_BUDGET: usize = 3 * KIB * KIB;

/// When a file of the site is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    FirstVisit,
    Pages,
    Forms,
    Later,
    Further,
    Engine,
    Intake,
    Export,
    Catalogue,
    Languages,
    Extras,
    Embed,
    Package,
    Single,
    OnDemand,
}

impl Group {
    const ALL: [Self; 15] = [
        Self::FirstVisit,
        Self::Pages,
        Self::Forms,
        Self::Later,
        Self::Further,
        Self::Engine,
        Self::Intake,
        Self::Export,
        Self::Catalogue,
        Self::Languages,
        Self::Extras,
        Self::Embed,
        Self::Package,
        Self::Single,
        Self::OnDemand,
    ];

    /// The group of a file of `dist/`. Code and styles that are not known to be lazy count as loaded at once.
    fn of(name: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        let ending = file.rsplit('.').next().unwrap_or_default();
        if name.starts_with("npm/") {
            // A package for other people's pages, of which no visit loads anything.
            if ending == "js" { Self::Package } else { Self::OnDemand }
        } else if name.split('/').any(|part| part == "catalog") {
            Self::Catalogue
        } else if name.starts_with("further-") {
            Self::Further
        } else if name.starts_with("later-") || name.starts_with("shared-later-") {
            Self::Later
        } else if name.starts_with("forms-") || name.starts_with("shared-forms-") {
            Self::Forms
        } else if name.starts_with("pages-") || name.starts_with("shared-") {
            // What several parts share is loaded with the first of them.
            Self::Pages
        } else if ["intake.wasm", "engine-shared.wasm"].contains(&file) {
            Self::Intake
        } else if file == "extras.wasm" {
            Self::Export
        } else if ["engine.js", "engine_bg.wasm", "engine-worker.js"].contains(&file) {
            Self::Engine
        } else if ["frame.js", "crash.js", "link.js", "offline.js", "picture.js", "share.js", "sw.js", "sw-off.js"]
            .contains(&name)
        {
            Self::Extras
        } else if name == "language.js" || name.starts_with("lang/") {
            Self::Languages
        } else if name == "embed.js" {
            Self::Embed
        } else if name == "groundwork.html" {
            Self::Single
        } else if ["html", "css", "js", "mjs", "wasm"].contains(&ending) {
            Self::FirstVisit
        } else {
            Self::OnDemand
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::FirstVisit => "First visit",
            Self::Pages => "Pages, loaded after the frame",
            Self::Forms => "What is filled in on pages, loaded after those",
            Self::Later => "Further pages and dialogs, loaded after those",
            Self::Further => "What is further down on pages, loaded at last",
            Self::Engine => "Engine, loaded when needed",
            Self::Intake => "Reading of inventories, loaded with the first one",
            Self::Export => "Exports, confidence and price lists, loaded when needed",
            Self::Catalogue => "Catalogue, loaded when needed",
            Self::Languages => "Other languages than English, loaded when one is chosen",
            Self::Extras => "Sharing, frames and work without network, loaded when needed",
            Self::Embed => "Embedding, loaded by other pages",
            Self::Package => "Package, loaded by other pages",
            Self::Single => "Single file, raw",
            Self::OnDemand => "Other files",
        }
    }

    fn budget(self) -> Option<usize> {
        match self {
            Self::FirstVisit => Some(FIRST_VISIT_BUDGET),
            Self::Pages => Some(PAGES_BUDGET),
            Self::Forms => Some(FORMS_BUDGET),
            Self::Later => Some(LATER_BUDGET),
            Self::Further => Some(FURTHER_BUDGET),
            Self::Engine => Some(ENGINE_BUDGET),
            Self::Intake => Some(INTAKE_BUDGET),
            Self::Export => Some(EXPORT_BUDGET),
            Self::Languages => Some(LANGUAGES_BUDGET),
            Self::Extras => Some(EXTRAS_BUDGET),
            Self::Embed => Some(EMBED_BUDGET),
            Self::Package => Some(PACKAGE_BUDGET),
            Self::Single => Some(SINGLE_BUDGET),
            Self::Catalogue | Self::OnDemand => None,
        }
    }

    /// What counts of a group with these sums.
    fn counted(self, raw: usize, brotli: usize) -> usize {
        if self == Self::Single { raw } else { brotli }
    }
}

/// One file of `dist/`, sizes in bytes.
struct File {
    name: String,
    group: Group,
    raw: usize,
    brotli: usize,
}

/// Builds if needed, prints the sizes, and fails when a budget is exceeded.
pub fn run() -> Result<()> {
    build::build_if_stale()?;
    check()
}

/// Prints the sizes of the build that is there beside the budgets, and fails when one is exceeded.
pub fn check() -> Result<()> {
    let files = measure(&project::dist())?;
    heading("Sizes in bytes: raw, and compressed with brotli at quality 11");
    let mut exceeded = Vec::new();
    for group in Group::ALL {
        let members: Vec<_> = files.iter().filter(|file| file.group == group).collect();
        let brotli: usize = members.iter().map(|file| file.brotli).sum();
        let raw: usize = members.iter().map(|file| file.raw).sum();
        say(format!("\n{}", group.title()));
        for file in members {
            say(format!("  {:<44}{:>11}{:>11}", file.name, file.raw, file.brotli));
        }
        let counted = group.counted(raw, brotli);
        say(format!("  {:<44}{raw:>11}{brotli:>11}{}", "sum", against_budget(counted, group.budget())));
        if group.budget().is_some_and(|budget| counted > budget) {
            say("  ABOVE THE BUDGET");
            exceeded.push(group.title());
        }
    }
    if !exceeded.is_empty() {
        bail!("over the budget: {}", exceeded.join("; "));
    }
    Ok(())
}

fn against_budget(bytes: usize, budget: Option<usize>) -> String {
    budget.map_or_else(String::new, |budget| format!("   {:.1} of {} KB", bytes as f64 / KIB as f64, budget / KIB))
}

fn measure(dist: &Path) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    collect_files(dist, &mut paths).with_context(|| format!("cannot list {}", dist.display()))?;
    // Copies are not counted beside what they are copies of: compressed ones, and the engine of the package.
    let copies = dist.join("npm/engine");
    paths.retain(|path| !is_compressed_copy(path) && !path.starts_with(&copies));
    paths.sort();
    let compressed = brotli_sizes(&paths)?;
    paths
        .iter()
        .zip(compressed)
        .map(|(path, brotli)| {
            let raw = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len() as usize;
            let name = path.strip_prefix(dist).unwrap_or(path).to_string_lossy().replace('\\', "/");
            Ok(File { group: Group::of(&name), name, raw, brotli })
        })
        .collect()
}

/// Whether this is the compressed copy of another file that is there.
fn is_compressed_copy(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "br" || ending == "gz") && path.with_extension("").is_file()
}

/// The sizes after brotli at quality 11, by Node.js: it is needed for the build anyway, and the crate would be half of xtask.
fn brotli_sizes(paths: &[PathBuf]) -> Result<Vec<usize>> {
    let script =
        "for (const path of process.argv.slice(1)) console.log(zlib.brotliCompressSync(fs.readFileSync(path)).length)";
    let output = Run::new("node")
        .args(["-e", script, "--"])
        .args(paths)
        .read()
        .context("node cannot compress the files of the build")?;
    let sizes: Vec<_> = output.lines().map(str::parse).collect::<Result<_, _>>().context("node printed no sizes")?;
    ensure!(sizes.len() == paths.len(), "node printed {} sizes for {} files", sizes.len(), paths.len());
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_code_counts_against_the_first_visit() {
        let cases = [
            ("index.html", Group::FirstVisit),
            ("app-1a2b_bg.wasm", Group::FirstVisit),
            ("tokens-1a2b.css", Group::FirstVisit),
            ("snippets/x/inline0.js", Group::FirstVisit),
            ("new-module_bg.wasm", Group::FirstVisit),
            ("engine_bg.wasm", Group::Engine),
            ("engine-worker.js", Group::Engine),
            ("engine-shared.wasm", Group::Intake),
            ("shared-1a2b.wasm", Group::Pages),
            ("shared-pages-further-1a2b.wasm", Group::Pages),
            ("shared-forms-later-1a2b.wasm", Group::Forms),
            ("shared-later-further-1a2b.wasm", Group::Later),
            ("forms-1a2b.wasm", Group::Forms),
            ("further-1a2b.wasm", Group::Further),
            ("catalog/regions.json", Group::Catalogue),
            ("share.js", Group::Extras),
            ("other/share.js", Group::FirstVisit),
            ("language.js", Group::Languages),
            ("lang/messages.json", Group::Languages),
            ("embed.js", Group::Embed),
            ("groundwork.html", Group::Single),
            ("npm/embed.js", Group::Package),
            ("npm/plan.d.ts", Group::OnDemand),
            ("build-id.txt", Group::OnDemand),
        ];
        for (name, group) in cases {
            assert_eq!(Group::of(name), group, "{name}");
        }
    }

    #[test]
    fn compressed_sizes_come_in_the_order_of_the_files() {
        let source = project::path("xtask/src/commands/size.rs");
        let licence = project::path("LICENSE-APACHE");
        let sizes = brotli_sizes(&[source.clone(), licence, source]).unwrap();
        assert!(
            sizes[0] == sizes[2] && sizes[0] != sizes[1] && sizes.iter().all(|size| (500..5000).contains(size)),
            "{sizes:?}"
        );
    }
}

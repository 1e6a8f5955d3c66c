//! `cargo xtask size`: what a visit loads, raw and compressed, beside the budgets.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;

use super::build;
use crate::build_id::collect_files;
use crate::project;
use crate::terminal::{heading, say};

const KIB: usize = 1024;

/// What a first visit loads before anything can be done, after brotli.
const FIRST_VISIT_BUDGET: usize = 250 * KIB;

/// What is loaded when the engine is needed, after brotli.
const ENGINE_BUDGET: usize = 450 * KIB;

/// When a file of the site is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    FirstVisit,
    Engine,
    Catalogue,
    OnDemand,
}

impl Group {
    const ALL: [Self; 4] = [
        Self::FirstVisit,
        Self::Engine,
        Self::Catalogue,
        Self::OnDemand,
    ];

    /// The group of a file of `dist/`. Code and styles that are not known to be lazy count as loaded at once.
    fn of(name: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        let ending = file.rsplit('.').next().unwrap_or_default();
        if name.split('/').any(|part| part == "catalog") {
            Self::Catalogue
        } else if ["engine.js", "engine_bg.wasm", "engine-worker.js"].contains(&file) {
            Self::Engine
        } else if ["html", "css", "js", "mjs", "wasm"].contains(&ending) {
            Self::FirstVisit
        } else {
            Self::OnDemand
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::FirstVisit => "First visit",
            Self::Engine => "Engine, loaded when needed",
            Self::Catalogue => "Catalogue, loaded when needed",
            Self::OnDemand => "Other files",
        }
    }

    fn budget(self) -> Option<usize> {
        match self {
            Self::FirstVisit => Some(FIRST_VISIT_BUDGET),
            Self::Engine => Some(ENGINE_BUDGET),
            Self::Catalogue | Self::OnDemand => None,
        }
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

/// Prints the sizes of the build that is there, and fails when a budget is exceeded.
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
            say(format!(
                "  {:<44}{:>11}{:>11}",
                file.name, file.raw, file.brotli
            ));
        }
        say(format!(
            "  {:<44}{raw:>11}{brotli:>11}{}",
            "sum",
            against_budget(brotli, group.budget())
        ));
        if group.budget().is_some_and(|budget| brotli > budget) {
            exceeded.push(group.title());
        }
    }
    if !exceeded.is_empty() {
        bail!("over the budget: {}", exceeded.join("; "));
    }
    Ok(())
}

fn against_budget(brotli: usize, budget: Option<usize>) -> String {
    budget.map_or_else(String::new, |budget| {
        format!(
            "   {:.1} of {} KB",
            brotli as f64 / KIB as f64,
            budget / KIB
        )
    })
}

fn measure(dist: &Path) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    collect_files(dist, &mut paths).with_context(|| format!("cannot list {}", dist.display()))?;
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let content =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path
                .strip_prefix(dist)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            let group = Group::of(&name);
            Ok(File {
                group,
                name,
                raw: content.len(),
                brotli: brotli_size(&content)?,
            })
        })
        .collect()
}

fn brotli_size(content: &[u8]) -> Result<usize> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &params).context("brotli failed")?;
    Ok(compressed.len())
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
            ("catalog/regions.json", Group::Catalogue),
            ("build-id.txt", Group::OnDemand),
        ];
        for (name, group) in cases {
            assert_eq!(Group::of(name), group, "{name}");
        }
    }

    #[test]
    fn brotli_makes_repetition_small_and_keeps_noise() {
        assert!(brotli_size(&[7; 10_000]).unwrap() < 50);
        let noise: Vec<u8> = (0..1000_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .collect();
        assert!(brotli_size(&noise).unwrap() > 2000);
    }
}

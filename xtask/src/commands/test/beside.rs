//! A part that a process of its own does beside the others.

use std::env;
use std::fs::{self, File};
use std::process::Child;

use anyhow::{Context, Result, ensure};

use super::parts::Part;
use super::{Outcome, failed};
use crate::counts::Counts;
use crate::process::Run;
use crate::project;
use crate::terminal::{Stopwatch, heading, say};

/// The parts before and after the release build where it is to be made beside those before it: they use other directories of `target` than it does. None before
/// where it cannot be, or is not asked for.
pub fn around_build(parts: &[Part]) -> (Vec<Part>, Vec<Part>) {
    let Some(at) = parts.iter().position(|part| *part == Part::Build) else { return (Vec::new(), Vec::new()) };
    let (before, after) = (&parts[..at], &parts[at + 1..]);
    let is_apart = before.iter().all(|part| !matches!(part, Part::Build | Part::Size | Part::E2e));
    if is_apart { (before.to_vec(), after.to_vec()) } else { (Vec::new(), Vec::new()) }
}

/// A part that is being done. What it says goes into a file, and on screen once it is done.
pub struct Beside {
    part: Part,
    child: Child,
    watch: Stopwatch,
}

impl Beside {
    /// Begins with `part`.
    pub fn start(part: Part) -> Result<Self> {
        let path = log(part);
        let file = fs::create_dir_all(project::target_dir()).and_then(|()| File::create(&path));
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        let this = env::current_exe().context("cannot find this program")?;
        let child = Run::new(this).args(["test", part.name()]).start_into(&file)?;
        say(format!("Its output comes when it is done; until then it is in {}", path.display()));
        Ok(Self { part, child, watch: Stopwatch::start() })
    }

    /// Waits for its end, shows what it said and adds how it went.
    pub fn finish(mut self, outcomes: &mut Vec<Outcome>) -> Result<()> {
        let Self { part, .. } = self;
        let status = self.child.wait().context("cannot wait for the process beside")?;
        heading(format!("{}: {}, done beside the parts above", part.name(), part.title()));
        say(fs::read_to_string(log(part)).unwrap_or_default());
        let counts = Counts { passed: u32::from(status.success()), failed: u32::from(!status.success()) };
        outcomes.push(Outcome { name: part.name(), duration: self.watch.elapsed(), counts });
        ensure!(status.success(), failed(part));
        Ok(())
    }
}

fn log(part: Part) -> std::path::PathBuf {
    project::target_dir().join(format!("beside-{}.log", part.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_is_made_beside_what_comes_before_it_and_does_not_need_it() {
        let (before, after) = around_build(&Part::ALL);
        assert_eq!(before, [Part::Fmt, Part::Clippy, Part::ClippyWasm, Part::Native, Part::Doc, Part::Wasm]);
        assert_eq!(after, [Part::Size, Part::E2e]);
        for alone in [&[Part::Build, Part::E2e][..], &[Part::E2e, Part::Build], &[Part::Clippy, Part::Native]] {
            assert!(around_build(alone).0.is_empty(), "{alone:?}");
        }
    }
}

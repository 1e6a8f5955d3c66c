//! `cargo xtask test`: every check and test, one part after the other; the first failure ends it.
//!
//! The release build is begun before the first part and runs beside those before it: compilers have one thing to do for most of their time, and machines have
//! several processors.

mod ahead;
mod parts;

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result};
use lexopt::{Arg, Parser, ValueExt};

use crate::counts::Counts;
use crate::terminal::{Stopwatch, heading, human_duration, say};
use crate::tools::Toolbox;
use ahead::Ahead;
use parts::Part;

/// Which parts to run.
pub struct Options {
    /// The parts, in the order they were named; all of them if none was.
    parts: Vec<Part>,
}

impl Options {
    /// Reads the names of parts.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut parts = Vec::new();
        while let Some(arg) = parser.next()? {
            match arg {
                Arg::Value(name) => parts.push(Part::from_name(&name.string()?)?),
                other => return Err(other.unexpected().into()),
            }
        }
        if parts.is_empty() {
            parts.extend(Part::ALL);
        }
        Ok(Self { parts })
    }
}

/// A part that has run.
struct Outcome {
    name: &'static str,
    duration: Duration,
    counts: Counts,
}

/// Runs the parts. Prints a table at the end, and as the last line how many tests passed and failed.
pub fn run(options: &Options) -> Result<()> {
    let mut outcomes = Vec::new();
    let outcome = run_parts(&options.parts, &mut outcomes);
    print_table(&outcomes, outcome.is_ok());
    outcome
}

fn run_parts(parts: &[Part], outcomes: &mut Vec<Outcome>) -> Result<()> {
    heading("tools");
    let watch = Stopwatch::start();
    let needs: BTreeSet<_> = parts.iter().flat_map(|part| part.needs()).copied().collect();
    let toolbox = Toolbox::with(&Vec::from_iter(needs));
    outcomes.push(Outcome {
        name: "tools",
        duration: watch.elapsed(),
        counts: Counts { passed: 0, failed: u32::from(toolbox.is_err()) },
    });
    let toolbox = toolbox?;
    let mut build = match parts.iter().position(|part| *part == Part::Build) {
        Some(parts_before) if parts_before > 0 => Some(Ahead::start()?),
        _ => None,
    };
    for part in parts {
        heading(format!("{}: {}", part.name(), part.title()));
        let watch = Stopwatch::start();
        let mut counts = Counts::default();
        let result = match build.take_if(|_| *part == Part::Build) {
            Some(build) => build.finish(),
            None => part.run(&toolbox, &mut counts),
        };
        // A part without tests of its own, such as a lint, counts as one test.
        match result {
            Ok(()) => counts.passed = counts.passed.max(1),
            Err(_) => counts.failed = counts.failed.max(1),
        }
        outcomes.push(Outcome { name: part.name(), duration: watch.elapsed(), counts });
        result
            .with_context(|| format!("the part `{0}` failed; run it alone with `cargo xtask test {0}`", part.name()))?;
    }
    Ok(())
}

fn print_table(outcomes: &[Outcome], is_complete: bool) {
    heading(if is_complete { "all parts passed" } else { "stopped at the first failure" });
    let mut total = Duration::ZERO;
    let mut counts = Counts::default();
    for outcome in outcomes {
        let verdict = if outcome.counts.failed == 0 { "ok" } else { "FAILED" };
        say(format!(
            "{:<14}{:<8}{:>8} passed{:>14}",
            outcome.name,
            verdict,
            outcome.counts.passed,
            human_duration(outcome.duration)
        ));
        total += outcome.duration;
        counts += outcome.counts;
    }
    say(format!("{:<37}{:>14}", "total", human_duration(total)));
    say(format!("{} passed, {} failed", counts.passed, counts.failed));
}

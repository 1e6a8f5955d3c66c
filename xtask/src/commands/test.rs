//! `cargo xtask test`: every check and test; the first failure ends it.
//!
//! One part after the other, but for the release build: for minutes on end it keeps one processor busy and no more, so it is made beside the parts that
//! compile for this machine, by a process of its own.

mod beside;
mod parts;

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result};
use lexopt::{Arg, Parser, ValueExt};

use crate::counts::Counts;
use crate::terminal::{Stopwatch, heading, human_duration, say};
use crate::tools::Toolbox;
use beside::Beside;
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
    let watch = Stopwatch::start();
    let mut outcomes = Vec::new();
    let outcome = run_parts(&options.parts, &mut outcomes);
    print_table(&outcomes, watch.elapsed(), outcome.is_ok());
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
    let (before, after) = beside::around_build(parts);
    if before.is_empty() {
        return run_in_turn(parts, &toolbox, outcomes);
    }
    let build = Beside::start(Part::Build)?;
    let before = run_in_turn(&before, &toolbox, outcomes);
    if before.is_err() {
        say("The release build beside is not done yet; this ends with it.");
    }
    let built = build.finish(outcomes);
    before.and(built)?;
    run_in_turn(&after, &toolbox, outcomes)
}

fn run_in_turn(parts: &[Part], toolbox: &Toolbox, outcomes: &mut Vec<Outcome>) -> Result<()> {
    for part in parts {
        heading(format!("{}: {}", part.name(), part.title()));
        let watch = Stopwatch::start();
        let mut counts = Counts::default();
        let result = part.run(toolbox, &mut counts);
        // A part without tests of its own, such as a lint, counts as one test.
        match result {
            Ok(()) => counts.passed = counts.passed.max(1),
            Err(_) => counts.failed = counts.failed.max(1),
        }
        outcomes.push(Outcome { name: part.name(), duration: watch.elapsed(), counts });
        result.with_context(|| failed(*part))?;
    }
    Ok(())
}

/// What is said of a part that failed.
fn failed(part: Part) -> String {
    format!("the part `{0}` failed; run it alone with `cargo xtask test {0}`", part.name())
}

fn print_table(outcomes: &[Outcome], total: Duration, is_complete: bool) {
    heading(if is_complete { "all parts passed" } else { "stopped at the first failure" });
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
        counts += outcome.counts;
    }
    say(format!("{:<37}{:>14}", "total", human_duration(total)));
    say(format!("{} passed, {} failed", counts.passed, counts.failed));
}

//! `groundwork solve` and `groundwork check`: the solver on benchmark files, and its plans judged by the independent checker.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use groundwork::engine::placement::vector::{self, Effort, Instance, Packing};
use groundwork::engine::placement::{self, Budget, Plan, Problem, instances};
use groundwork::engine::progress::Progress;
use groundwork::engine::turns::to_end;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Done, json};
use crate::args::{CheckArguments, SolveArguments};
use crate::files::{self, Failure};

/// What `solve --json` and `check --json` print.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Output of groundwork solve --json")]
pub(super) struct SolveOutput {
    /// The benchmark file.
    file: PathBuf,
    /// How many machines it asks to place.
    machines: usize,
    /// How many of them have no place.
    unplaced: usize,
    /// Cost of the plan, in units of the file: bins, for packing.
    cost: f64,
    /// Proven lower bound on the cost of every plan.
    bound: f64,
    /// How far the cost may be from the least, in percent of the cost.
    gap_percent: f64,
    /// Hosts used, over all places.
    hosts: usize,
    /// Time to solve; absent for a plan that was only checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
    /// Time until the first valid plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_milliseconds: Option<f64>,
    /// Whether the independent checker accepted the plan and its bound.
    accepted: bool,
    /// What it found wrong.
    violations: Vec<String>,
}

/// What is asked for in a benchmark file.
enum Task {
    /// Machines and places.
    Plan(Problem),
    /// Items and bins.
    Pack(Instance),
}

/// An answer in a file, with what it answers: a plan or a packing.
#[derive(Serialize, Deserialize)]
struct Saved {
    file: PathBuf,
    budget: Budget,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan: Option<Plan>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    packing: Option<Packing>,
}

/// Stops at a time, and notes when the first plan was there.
struct Clock {
    started: Instant,
    first: Option<Duration>,
    limit: Option<Duration>,
}

impl Progress for Clock {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> ControlFlow<()> {
        let now = self.started.elapsed();
        self.first.get_or_insert(now);
        if self.limit.is_some_and(|limit| now >= limit) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[expect(clippy::disallowed_methods, reason = "a native program that tells its time; the engine still knows none")]
pub(super) fn run(arguments: &SolveArguments) -> Result<Done, Failure> {
    let task = read(&arguments.file)?;
    let limit = arguments.milliseconds.map(Duration::from_millis);
    // More steps than any time limit lets pass.
    let steps = if limit.is_some() { u32::MAX } else { arguments.budget };
    let budget = Budget { steps, seed: arguments.seed };
    let mut saved = Saved { file: arguments.file.clone(), budget, plan: None, packing: None };
    let mut clock = Clock { started: Instant::now(), first: None, limit };
    match &task {
        Task::Plan(problem) => {
            let (started, mut first) = (clock.started, None);
            let mut better = |_plan| _ = first.get_or_insert_with(|| started.elapsed());
            let solved = to_end(placement::solve_from(problem, None, budget, &mut clock, &mut better));
            clock.first = first.or(clock.first);
            saved.plan = Some(solved.plan);
        }
        Task::Pack(instance) => {
            let packing = vector::solve(instance, Effort { steps, seed: arguments.seed }, &mut clock);
            saved.packing = Some(packing.map_err(|error| wrong(&arguments.file, &error))?);
        }
    }
    let taken = clock.started.elapsed();
    let mut output = judge(&arguments.file, &task, &saved)?;
    output.milliseconds = Some(milliseconds(taken));
    output.first_milliseconds = Some(milliseconds(clock.first.unwrap_or(taken)));
    if let Some(path) = &arguments.plan {
        files::write(path, json(&saved)?.as_bytes())?;
    }
    tell(&output, arguments.json)
}

pub(super) fn check(arguments: &CheckArguments) -> Result<Done, Failure> {
    let saved: Saved =
        serde_json::from_slice(&files::read(&arguments.plan)?).map_err(|error| wrong(&arguments.plan, &error))?;
    let file = arguments.problem.as_ref().unwrap_or(&saved.file);
    let task = read(file)?;
    tell(&judge(file, &task, &saved)?, arguments.json)
}

fn wrong(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::Other(format!("{}: {error}", path.display()))
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// What the checker says of an answer.
fn judge(file: &Path, task: &Task, saved: &Saved) -> Result<SolveOutput, Failure> {
    match (task, &saved.plan, &saved.packing) {
        (Task::Plan(problem), Some(plan), _) => Ok(judge_plan(file, problem, plan)),
        (Task::Pack(instance), _, Some(packing)) => Ok(judge_packing(file, instance, packing)),
        _ => Err(Failure::Other(format!("{} asks for something else than what is answered", file.display()))),
    }
}

fn judge_plan(file: &Path, problem: &Problem, plan: &Plan) -> SolveOutput {
    let verdict = placement::check(problem, plan);
    let violations: Vec<String> = verdict.err().into_iter().flatten().map(|violation| violation.to_string()).collect();
    let hosts = plan.places.iter().flat_map(|place| &place.clusters).flat_map(|cluster| &cluster.hosts);
    let units = |money: groundwork::engine::model::Money| money.micros() as f64 / 1e6;
    SolveOutput {
        file: file.to_owned(),
        machines: problem.items().len(),
        unplaced: plan.unplaced.len(),
        cost: units(plan.cost),
        bound: units(plan.lower_bound),
        gap_percent: f64::from(plan.gap_ppm()) / 1e4,
        hosts: hosts.filter(|host| !host.retired).count(),
        milliseconds: None,
        first_milliseconds: None,
        accepted: violations.is_empty(),
        violations,
    }
}

fn judge_packing(file: &Path, instance: &Instance, packing: &Packing) -> SolveOutput {
    let verdict = vector::check(instance, packing);
    let violations: Vec<String> = verdict.err().into_iter().flatten().map(|violation| violation.to_string()).collect();
    SolveOutput {
        file: file.to_owned(),
        machines: instance.total(),
        unplaced: 0,
        cost: packing.cost as f64,
        bound: packing.lower_bound as f64,
        gap_percent: f64::from(packing.gap_ppm()) / 1e4,
        hosts: packing.bins_used() as usize,
        milliseconds: None,
        first_milliseconds: None,
        accepted: violations.is_empty(),
        violations,
    }
}

fn tell(output: &SolveOutput, as_json: bool) -> Result<Done, Failure> {
    let text = if as_json {
        json(output)?
    } else {
        let time =
            |label: &str, time: Option<f64>| time.map_or(String::new(), |time| format!("{label} {time:.0} ms\n"));
        format!(
            "machines {} ({} without a place)\ncost     {:.4}\nbound    {:.4}\ngap      {:.2} %\nhosts    {}\n{}{}checker  {}\n",
            output.machines,
            output.unplaced,
            output.cost,
            output.bound,
            output.gap_percent,
            output.hosts,
            time("first   ", output.first_milliseconds),
            time("time    ", output.milliseconds),
            if output.accepted { "accepts the plan and its bound" } else { "REFUSES" },
        )
    };
    let mut done = Done::output(text);
    done.remarks.extend(output.violations.iter().cloned());
    done.failure = (!output.accepted).then(|| "the checker refuses the plan".to_owned());
    Ok(done)
}

/// Reads a benchmark file by its name: `.vbp`, `.mvp`, or JSON, each also compressed as `.gz`.
fn read(path: &Path) -> Result<Task, Failure> {
    let mut bytes = files::read(path)?;
    let mut name = path.to_owned();
    if name.extension().is_some_and(|extension| extension == "gz") {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).map_err(|error| wrong(path, &error))?;
        bytes = plain;
        name.set_extension("");
    }
    let reader = match name.extension().and_then(|extension| extension.to_str()) {
        Some("vbp") => instances::vbp,
        Some("mvp") => instances::mvp,
        _ => return instances::planner10k(&bytes).map(Task::Plan).map_err(|error| wrong(path, &error)),
    };
    let text = String::from_utf8(bytes).map_err(|error| wrong(path, &error))?;
    reader(&text).map(Task::Pack).map_err(|error| wrong(path, &error))
}

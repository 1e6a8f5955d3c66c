//! Answers tasks natively.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use groundwork::engine::placement::vector::{self, Effort};
use groundwork::engine::placement::{Budget, check, instances, solve_from};
use groundwork::engine::progress::Progress;
use groundwork::engine::turns::to_end;

use super::{Failure, Run, Task, read, write};

/// Stops at a time, and notes when the first answer was there.
struct Clock {
    started: Instant,
    first: Option<Duration>,
    limit: Duration,
}

impl Progress for Clock {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> ControlFlow<()> {
        let now = self.started.elapsed();
        self.first.get_or_insert(now);
        if now >= self.limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Answers every task for each of its limits, each in a process of its own.
pub fn all(folder: &Path) -> Result<(), Failure> {
    let tasks: Vec<Task> = read(&folder.join("tasks.json")).ok_or("there are no tasks")?;
    let count: usize = tasks.iter().map(|task| task.limits.len()).sum();
    let mut runs: Vec<Run> = Vec::new();
    for task in &tasks {
        for &limit in &task.limits {
            let output = Command::new(std::env::current_exe()?)
                .args(["one", &task.file, &limit.to_string()])
                .output()
                .map_err(|error| format!("{}: {error}", task.name))?;
            let mut run: Run = serde_json::from_slice(&output.stdout)
                .map_err(|error| format!("{}: {error}\n{}", task.name, String::from_utf8_lossy(&output.stderr)))?;
            run.name.clone_from(&task.name);
            runs.push(run);
            if runs.len().is_multiple_of(50) {
                println!("{} of {count} natively", runs.len());
            }
        }
    }
    write(&folder.join("native.json"), &runs)
}

/// Answers one file, and prints the run.
pub fn one(file: &Path, limit: u64) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file)?;
    let mut clock = Clock { started: Instant::now(), first: None, limit: Duration::from_millis(limit) };
    let mut run = Run {
        by: "native".to_owned(),
        name: String::new(),
        limit,
        cost: None,
        bound: None,
        hosts: None,
        time: 0.0,
        first: None,
        accepted: None,
        memory: None,
    };
    if file.extension().is_some_and(|extension| extension == "json") {
        let problem = instances::planner10k(text.as_bytes())?;
        clock.started = Instant::now();
        let (started, mut first) = (clock.started, None);
        let mut better = |_plan| _ = first.get_or_insert_with(|| started.elapsed());
        let budget = Budget { steps: u32::MAX, seed: 1 };
        let plan = to_end(solve_from(&problem, None, budget, &mut clock, &mut better)).plan;
        clock.first = first.or(clock.first);
        run.time = milliseconds(clock.started.elapsed());
        run.cost = Some(plan.cost.micros() as f64 / 1e6);
        run.bound = Some(plan.lower_bound.micros() as f64 / 1e6);
        let hosts = plan.places.iter().flat_map(|place| &place.clusters).flat_map(|cluster| &cluster.hosts);
        run.hosts = Some(hosts.filter(|host| !host.retired).count() as u64);
        run.memory = memory();
        run.accepted = Some(check(&problem, &plan).is_ok());
    } else {
        let several = file.extension().is_some_and(|extension| extension == "mvp");
        let instance = if several { instances::mvp(&text)? } else { instances::vbp(&text)? };
        clock.started = Instant::now();
        let packing = vector::solve(&instance, Effort { steps: u32::MAX, seed: 1 }, &mut clock)?;
        run.time = milliseconds(clock.started.elapsed());
        run.cost = Some(packing.cost as f64);
        run.bound = Some(packing.lower_bound as f64);
        run.hosts = Some(packing.bins_used());
        run.memory = memory();
        run.accepted = Some(vector::check(&instance, &packing).is_ok());
    }
    run.first = Some(clock.first.map_or(run.time, milliseconds));
    println!("{}", serde_json::to_string(&run)?);
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e4).round() / 10.0
}

/// The most memory this process had, in MiB, where the system tells it.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((kib / 102.4).round() / 10.0)
}

//! Benchmarks of the engine, natively: each figure is the median of some runs, beside its target. `cargo xtask bench` runs them.
//!
//! The sets of `../shared/bench` are measured where they are there, and left out with a word where they are not.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use groundwork::engine::import::{InputFile, import};
use groundwork::engine::placement::{Budget, Problem, check, instances, solve};
use groundwork::engine::progress::Silent;

fn main() {
    sample();
    for (name, target) in [("planner10k-1.json.gz", 1.0), ("planner10k-2.json.gz", 1.0), ("planner10k-3.json.gz", 1.0)]
    {
        placement(name, &format!("gap {target} % mean at 1 s"));
    }
    for (name, target) in [("azure10k.vbp", 389), ("openb.vbp", 888), ("synth10k.vbp", 224)] {
        placement(name, &format!("{target} bins"));
    }
}

/// Milliseconds of `work`, the median of five runs.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn sample() {
    let name = "groundwork-sample.xlsx";
    let bytes = include_bytes!("../static/sample/groundwork-sample.xlsx");
    let mut machines = 0;
    let time = median(|| machines = import(&[InputFile { name, bytes }], &mut Silent).estate.machines.len());
    println!("import   {name:24} {machines:>6} machines  {time:>8.1} ms");
}

fn placement(name: &str, target: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench").join(name);
    let Some(problem) = read(&path) else {
        println!("solve    {name:24} left out: {} is not there", path.display());
        return;
    };
    let first = median(|| drop(solve(&problem, Budget { steps: 0, seed: 1 }, &mut Silent)));
    println!("solve    {name:24} {:>6} machines  {first:>8.1} ms  first plan (target 100 ms)", problem.items().len());
    for steps in [Budget::default().steps, 4000] {
        let start = Instant::now();
        let plan = solve(&problem, Budget { steps, seed: 1 }, &mut Silent);
        let time = start.elapsed().as_secs_f64() * 1e3;
        let accepted = if check(&problem, &plan).is_ok() { "accepted" } else { "REFUSED" };
        let (cost, gap) = (plan.cost.micros() as f64 / 1e6, f64::from(plan.gap_ppm()) / 1e4);
        println!(
            "         {steps:>5} steps {time:>8.0} ms  cost {cost:>9.2}  gap {gap:.2} %  {accepted}  (target {target})"
        );
    }
}

/// A benchmark file; `None` where it is not there.
fn read(path: &Path) -> Option<Problem> {
    let mut bytes = std::fs::read(path).ok()?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).ok()?;
        bytes = plain;
        return instances::planner10k(&bytes).ok();
    }
    instances::vbp(std::str::from_utf8(&bytes).ok()?).ok()
}

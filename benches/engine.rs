//! Benchmarks of the engine, natively: each figure is the median of some runs, beside its target. `cargo xtask bench` runs them.
//!
//! The placement has a benchmark of its own: `placement`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::time::Instant;

use groundwork::engine::import::{InputFile, import};
use groundwork::engine::progress::Silent;

fn main() {
    sample();
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

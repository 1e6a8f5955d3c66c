//! Benchmarks of the engine, natively: each figure is the median of some runs, beside its target. `cargo xtask bench` runs them.
//!
//! The placement has a benchmark of its own: `placement`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::Instant;

use calamine::{Reader, Xlsx};
use groundwork::engine::catalog::{Catalog, load_core};
use groundwork::engine::import::{InputFile, import};
use groundwork::engine::model::Footprint;
use groundwork::engine::progress::Silent;

mod money;

fn main() {
    sample();
    inventory();
    money();
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

/// A large inventory, where one was made (`cargo run --example make_estate`), and the same workbook read by a general reader, which does nothing with the cells.
fn inventory() {
    let name = "estate-10000.xlsx";
    let Ok(bytes) = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(name)) else { return };
    let mut machines = 0;
    let ours = median(|| machines = import(&[InputFile { name, bytes: &bytes }], &mut Silent).estate.machines.len());
    println!("import   {name:24} {machines:>6} machines  {ours:>8.1} ms   target 350 ms (in the browser)");
    let mut cells = 0;
    let general = median(|| cells = cells_of(&bytes));
    println!("read     {name:24} {cells:>6} cells     {general:>8.1} ms   by calamine");
}

/// How many cells calamine finds in a workbook.
#[expect(clippy::expect_used, reason = "without its file there is nothing to measure")]
fn cells_of(workbook: &[u8]) -> usize {
    let mut workbook = Xlsx::new(Cursor::new(workbook)).expect("opens");
    let mut count = 0;
    for sheet in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&sheet).expect("is there");
        while cells.next_cell().expect("reads").is_some() {
            count += 1;
        }
    }
    count
}

/// The cost of a plan of ten thousand machines over ten footprints, and draws of its uncertainty.
fn money() {
    let start = Instant::now();
    let catalog = catalog(&money::footprints());
    for figure in money::figures(&catalog, &|| start.elapsed().as_secs_f64() * 1e3) {
        let target = figure.target.map(|target| format!("   target {target} ms")).unwrap_or_default();
        println!("cost     {:44} {:>8.1} ms{target}", figure.what, figure.milliseconds);
    }
}

/// The shipped catalogue with the instances that the footprints need.
#[expect(clippy::expect_used, reason = "without its catalogue there is nothing to measure")]
fn catalog(footprints: &[Footprint]) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog");
    let read = |name: &str| fs::read(folder.join(name)).expect("the catalogue is there");
    let mut catalog = load_core(&read("core.pack")).expect("it loads");
    for name in catalog.needed_files(footprints) {
        catalog.load_instances(&read(&name)).expect("it loads");
    }
    catalog
}

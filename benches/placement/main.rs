//! The benchmark of the placement: our answers beside those of others on the same instances, natively and in the browser.
//!
//! `cargo xtask bench placement` runs its parts one after the other. They share files in `target/placement-bench`:
//!
//! - `tasks` writes the instances and `tasks.json`, which lists them with their time limits;
//! - `native` answers each task in a process of its own, so that its memory can be told, and writes `native.json`;
//! - the browser writes `browser.json`, and peers, where they are asked for, `peers.json`;
//! - `edits` changes problems of 2,000 machines, natively, and writes `edits.json`;
//! - `report` prints the tables of all of them, and with `--docs` writes them into the documentation.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod curve;
mod edits;
mod generate;
mod goals;
mod recorded;
mod report;
mod run;
mod sets;
mod table;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

type Failure = Box<dyn std::error::Error>;

/// An instance with the times that it is answered for.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Task {
    /// The set it belongs to.
    set: String,
    /// Its name within the benchmark.
    name: String,
    /// The file in `target/placement-bench`: `.vbp`, `.mvp` or `.json`.
    file: String,
    /// Machines or items.
    machines: usize,
    /// Time limits in milliseconds.
    limits: Vec<u64>,
    /// The published lower bound.
    lower: Option<f64>,
    /// The optimum, where it is published.
    optimum: Option<f64>,
    /// The best of the published heuristics.
    heuristic: Option<f64>,
}

/// One answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Run {
    /// Who answered: `native`, `browser`, or a peer.
    by: String,
    /// The task.
    name: String,
    /// The time limit in milliseconds.
    limit: u64,
    /// Cost or bins; absent where nothing was found.
    cost: Option<f64>,
    /// The bound, where one was found.
    bound: Option<f64>,
    /// Hosts or bins.
    hosts: Option<u64>,
    /// Milliseconds.
    time: f64,
    /// Milliseconds to the first answer.
    first: Option<f64>,
    /// Whether our checker accepted it.
    accepted: Option<bool>,
    /// Most memory of the process in MiB.
    memory: Option<f64>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let folder = folder();
    std::fs::create_dir_all(&folder)?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tasks", ref options @ ..] => sets::write(&folder, &sets::Options::parse(options)?),
        ["native"] => run::all(&folder),
        ["edits"] => edits::run(&folder),
        ["one", file, limit] => run::one(&folder.join(file), limit.parse()?),
        ["report", ref options @ ..] => report::print(&folder, options.contains(&"--docs")),
        _ => {
            println!("Run `cargo xtask bench placement`; see benches/placement/main.rs for its parts.");
            Ok(())
        }
    }
}

/// Where the parts of the benchmark leave their files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/placement-bench")
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), Failure> {
    Ok(std::fs::write(path, serde_json::to_string_pretty(value)?)?)
}

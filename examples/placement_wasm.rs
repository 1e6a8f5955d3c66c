//! The solvers and the money as a WASM module of their own, for the benchmarks in the browser: `cargo xtask bench placement` and `cargo xtask bench money`
//! build and run it.
//!
//! It is compiled with the same profile as the engine of the site, so that its times are those of the site.
#![cfg(target_arch = "wasm32")]

use std::ops::ControlFlow;

use groundwork::engine::catalog::load_core;
use groundwork::engine::placement::vector::{self, Effort};
use groundwork::engine::placement::{Budget, check, instances, solve_from};
use groundwork::engine::progress::Progress;
use groundwork::engine::turns::to_end;
use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../benches/placement/generate.rs"]
#[expect(dead_code, reason = "the other instances are answered from files")]
mod generate;
#[path = "../benches/money/mod.rs"]
mod money;

/// Stops at a time of the browser's clock, and notes when the first answer was there.
struct Clock {
    performance: web_sys::Performance,
    started: f64,
    first: Option<f64>,
    limit: f64,
}

impl Clock {
    fn elapsed(&self) -> f64 {
        self.performance.now() - self.started
    }
}

impl Progress for Clock {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> ControlFlow<()> {
        let now = self.elapsed();
        self.first.get_or_insert(now);
        if now >= self.limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Answers something made up for a moment and throws it away, as the engine of the site does while a visitor looks for a file (`src/web/rehearsal.rs`).
#[wasm_bindgen]
pub fn practise() {
    for (name, text) in [("practice.json", generate::planner(600, 1)), ("practice.vbp", generate::estate(600, 1))] {
        drop(answered(name, &text, 200.0));
    }
}

/// Answers a file for so many milliseconds, and tells in JSON how. An error is told in its field `error`.
#[wasm_bindgen]
pub fn answer(name: &str, text: &str, limit: f64) -> String {
    answered(name, text, limit).unwrap_or_else(|error| serde_json::json!({ "error": error })).to_string()
}

/// What money takes, in JSON: a list of what was done, milliseconds, and the target or null. An error is told in place of it.
#[wasm_bindgen]
pub fn money_figures() -> String {
    measured().unwrap_or_else(|error| serde_json::json!({ "error": error })).to_string()
}

fn measured() -> Result<serde_json::Value, String> {
    let performance = performance()?;
    let mut catalog = load_core(include_bytes!("../static/catalog/core.pack")).map_err(|error| error.to_string())?;
    for pack in [
        include_bytes!("../static/catalog/types-aws.pack").as_slice(),
        include_bytes!("../static/catalog/types-azure.pack"),
        include_bytes!("../static/catalog/types-gcp.pack"),
        include_bytes!("../static/catalog/types-oci.pack"),
        include_bytes!("../static/catalog/instances-aws-us-east-1.pack"),
        include_bytes!("../static/catalog/instances-azure-eastus.pack"),
        include_bytes!("../static/catalog/instances-gcp-us-east4.pack"),
        include_bytes!("../static/catalog/instances-oci-us-ashburn-1.pack"),
    ] {
        catalog.load_instances(pack).map_err(|error| error.to_string())?;
    }
    let figures = money::figures(&catalog, &|| performance.now());
    Ok(figures.iter().map(|figure| serde_json::json!([figure.what, figure.milliseconds, figure.target])).collect())
}

fn performance() -> Result<web_sys::Performance, String> {
    use wasm_bindgen::JsCast;
    let scope = js_sys::global().unchecked_into::<web_sys::WorkerGlobalScope>();
    scope.performance().ok_or_else(|| "the browser has no clock".to_owned())
}

fn answered(name: &str, text: &str, limit: f64) -> Result<serde_json::Value, String> {
    let performance = performance()?;
    let mut clock = Clock { performance, started: 0.0, first: None, limit };
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let ending = std::path::Path::new(name).extension().and_then(|ending| ending.to_str());
    if ending == Some("json") {
        let problem = instances::planner10k(text.as_bytes()).map_err(|error| words(&error))?;
        clock.started = clock.performance.now();
        let (started, performance) = (clock.started, clock.performance.clone());
        let mut first = None;
        let mut better = |_plan| _ = first.get_or_insert_with(|| performance.now() - started);
        let budget = Budget { steps: u32::MAX, seed: 1 };
        let plan = to_end(solve_from(&problem, None, budget, &mut clock, &mut better)).plan;
        let time = clock.elapsed();
        let hosts = plan.places.iter().flat_map(|place| &place.clusters).flat_map(|cluster| &cluster.hosts);
        return Ok(serde_json::json!({
            "cost": plan.cost.micros() as f64 / 1e6, "bound": plan.lower_bound.micros() as f64 / 1e6,
            "hosts": hosts.filter(|host| !host.retired).count(), "time": time, "first": first.unwrap_or(time),
            "accepted": check(&problem, &plan).is_ok(),
        }));
    }
    let reader = if ending == Some("mvp") { instances::mvp } else { instances::vbp };
    let instance = reader(text).map_err(|error| words(&error))?;
    clock.started = clock.performance.now();
    let packing =
        vector::solve(&instance, Effort { steps: u32::MAX, seed: 1 }, &mut clock).map_err(|error| words(&error))?;
    let time = clock.elapsed();
    Ok(serde_json::json!({
        "cost": packing.cost, "bound": packing.lower_bound, "hosts": packing.bins_used(), "time": time,
        "first": clock.first.unwrap_or(time), "accepted": vector::check(&instance, &packing).is_ok(),
    }))
}

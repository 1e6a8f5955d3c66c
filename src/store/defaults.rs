//! What a new project starts with.

use crate::engine::model::{Project, Scenario};

/// A project with nothing in it, in which plans are looked for in so many steps; the usual number where there is none.
pub(super) fn new_project(steps: Option<u32>) -> Project {
    let mut scenario = Scenario { name: new_scenario_name(&[]), ..Scenario::default() };
    scenario.search.steps = steps.unwrap_or(scenario.search.steps);
    Project { scenarios: vec![scenario], ..Project::default() }
}

/// A name for one more scenario: the first of Plan A, Plan B, … that none has.
pub(super) fn new_scenario_name(scenarios: &[Scenario]) -> String {
    let letters = ('A'..='Z').map(|letter| format!("Plan {letter}"));
    let names = letters.chain((1..).map(|number| format!("Plan {number}")));
    let is_free = |name: &String| scenarios.iter().all(|scenario| scenario.name != *name);
    names.into_iter().find(is_free).unwrap_or_default()
}

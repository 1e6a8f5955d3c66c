//! What an edit costs: a problem of 2,000 machines is changed in one machine, one rule or one price, and the search begins from the plan before.

use std::path::Path;
use std::time::Instant;

use groundwork::engine::model::{MachineId, Money, RuleId};
use groundwork::engine::placement::{
    Budget, ConstraintKind, Level, Place, PlaceKind, Plan, Problem, ProblemBuilder, RESOURCES, Start, check, instances,
    solve, solve_from,
};
use groundwork::engine::progress::Silent;
use groundwork::engine::turns::to_end;
use serde::{Deserialize, Serialize};

use super::table::{Table, number};
use super::{Failure, generate, write};

/// How many machines there are.
const MACHINES: usize = 2_000;
/// A valid plan is there within so many milliseconds,
const MOST_MILLISECONDS: f64 = 50.0;
/// and costs at most so many percent more than one that is found without the plan before.
const MOST_PERCENT: f64 = 1.0;

/// What was measured of an edit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Edited {
    /// What was changed.
    edit: String,
    /// Milliseconds to the first valid plan after it.
    first: f64,
    /// Percent that it costs more than the plan that is found without the plan before, with the same budget.
    excess: f64,
    /// Machines in another place than before.
    moved: usize,
    /// Whether the checker accepted both plans, and all machines have a place.
    accepted: bool,
}

/// Measures each kind of edit on problems of several seeds, and leaves the figures in `edits.json`.
pub fn run(folder: &Path) -> Result<(), Failure> {
    let mut found = Vec::new();
    for seed in [1, 2, 3] {
        let problem = with_rule(&instances::planner10k(generate::planner(MACHINES, seed).as_bytes())?, 0..40);
        let before = cold(&problem);
        for (name, edited) in edits(&problem) {
            found.push(measured(&format!("{name}, instance {seed}"), &edited, &before));
        }
    }
    println!("\n{}", table(&found).text());
    write(&folder.join("edits.json"), &found)?;
    let refused = found.iter().filter(|edited| !edited.accepted).count();
    if refused > 0 { Err(format!("{refused} edits have no valid plan").into()) } else { Ok(()) }
}

/// The figures beside their targets.
pub fn table(found: &[Edited]) -> Table {
    let mut table =
        Table::new(&["edit", "first valid plan", "target", "over a cold plan", "target", "moved", "checked"]);
    for edited in found {
        table.row(vec![
            edited.edit.clone(),
            format!("{:.1} ms", edited.first),
            format!("≤ {MOST_MILLISECONDS:.0} ms"),
            format!("{} %", number(Some(edited.excess), 2)),
            format!("≤ {MOST_PERCENT:.0} %"),
            edited.moved.to_string(),
            if edited.accepted { "yes" } else { "REFUSED" }.to_owned(),
        ]);
    }
    table
}

fn measured(edit: &str, problem: &Problem, before: &Plan) -> Edited {
    let (first, plan) = first_after(problem, before);
    let cold = cold(problem);
    let micros = |plan: &Plan| plan.cost.micros() as f64;
    let place = |plan: &Plan, machine: MachineId| plan.assignment(machine).map(|assignment| assignment.place);
    let moved = problem.items().iter().filter(|item| place(&plan, item.machine) != place(before, item.machine)).count();
    let valid = |plan: &Plan| plan.unplaced.is_empty() && check(problem, plan).is_ok();
    let excess = (micros(&plan) / micros(&cold) - 1.0) * 100.0;
    Edited { edit: edit.to_owned(), first, excess, moved, accepted: valid(&plan) && valid(&cold) }
}

/// Milliseconds to the first plan that is told, and that plan.
fn first_after(problem: &Problem, before: &Plan) -> (f64, Plan) {
    let started = Instant::now();
    let mut first = None;
    let mut tell = |plan: Plan| _ = first.get_or_insert_with(|| (started.elapsed().as_secs_f64() * 1000.0, plan));
    // No step of improvement: the first plan is what is measured.
    let budget = Budget { steps: 0, ..Budget::default() };
    let start = Some(Start { plan: before, keep_ppm: 0 });
    let last = to_end(solve_from(problem, start, budget, &mut Silent, &mut tell)).plan;
    first.unwrap_or((f64::INFINITY, last))
}

/// The plan that is found without one before.
fn cold(problem: &Problem) -> Plan {
    solve(problem, Budget::default(), &mut Silent)
}

/// The same problem after each kind of edit.
fn edits(problem: &Problem) -> Vec<(&'static str, Problem)> {
    let larger = rebuilt(
        problem,
        |_place| {},
        |machine, demand| {
            if machine.0 == 777 {
                *demand = demand.map(|d| d * 3 / 2);
            }
        },
    );
    let dearer = |place: &mut Place| {
        if let (0, PlaceKind::Hosts { host_cost, .. }) = (place.footprint.0, &mut place.kind) {
            *host_cost = Money::from_micros(host_cost.micros() / 20 * 21);
        }
    };
    vec![
        ("one machine takes half as much again", larger),
        ("a rule keeps 40 more apart on hosts", with_rule(problem, 40..80)),
        ("a host costs 5 % more", rebuilt(problem, dearer, |_machine, _demand| {})),
    ]
}

/// The same problem with a rule that keeps these machines apart.
fn with_rule(problem: &Problem, machines: std::ops::Range<u64>) -> Problem {
    let rule = RuleId(machines.start as u32 + 1);
    let mut builder = builder(problem, |_place| {}, |_machine, _demand| {});
    builder.constraint(rule, ConstraintKind::Apart { machines: machines.map(MachineId).collect(), level: Level::Host });
    builder.build()
}

fn rebuilt(
    problem: &Problem,
    change: impl Fn(&mut Place),
    resize: impl Fn(MachineId, &mut [u64; RESOURCES]),
) -> Problem {
    builder(problem, change, resize).build()
}

fn builder(
    problem: &Problem,
    change: impl Fn(&mut Place),
    resize: impl Fn(MachineId, &mut [u64; RESOURCES]),
) -> ProblemBuilder {
    let mut places = problem.places().to_vec();
    places.iter_mut().for_each(change);
    let mut builder = Problem::builder(places);
    for (index, item) in problem.items().iter().enumerate() {
        let (mut demand, mut options) = (item.demand, problem.unruled_options(index).iter());
        resize(item.machine, &mut demand);
        builder.machine(item.machine, demand, |_place| options.next().copied().unwrap_or(Ok(Money::ZERO)));
    }
    for constraint in problem.constraints() {
        builder.constraint(constraint.rule, constraint.kind.clone());
    }
    builder
}

//! The solver's entry.

use super::prepared::Prepared;
use super::{Budget, Plan, Problem, explain, search};
use crate::engine::progress::Progress;

/// Answers a problem with a plan: which is valid, and the better the larger the budget. The same problem and budget give the same plan on every machine,
/// in whatever order the problem was put together. `progress` hears of every step and may stop the work, which then returns the best plan so far.
pub fn solve(problem: &Problem, budget: Budget, progress: &mut dyn Progress) -> Plan {
    let prepared = Prepared::new(problem);
    let found = search::search(&prepared, budget, progress, None);
    explain::plan(problem, &prepared, &found)
}

/// The same, and tells `better` of the first valid plan and of better ones on the way, so that they can be shown.
pub fn solve_telling(
    problem: &Problem,
    budget: Budget,
    progress: &mut dyn Progress,
    better: &mut dyn FnMut(Plan),
) -> Plan {
    let prepared = Prepared::new(problem);
    let mut tell = |found: search::Found<'_>| better(explain::plan(problem, &prepared, &found));
    let found = search::search(&prepared, budget, progress, Some(&mut tell));
    explain::plan(problem, &prepared, &found)
}

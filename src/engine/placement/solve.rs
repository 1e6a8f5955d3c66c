//! The solver's entry.

use super::prepared::Prepared;
use super::{Budget, Plan, Problem, explain, search};
use crate::engine::progress::Progress;

/// Answers a problem with a plan: which is valid, and the better the larger the budget. The same problem and budget give the same plan on every machine,
/// in whatever order the problem was put together. `progress` hears of every step and may stop the work, which then returns the best plan so far.
pub fn solve(problem: &Problem, budget: Budget, progress: &mut dyn Progress) -> Plan {
    let prepared = Prepared::new(problem);
    let found = search::search(&prepared, budget, progress);
    explain::plan(problem, &prepared, &found)
}

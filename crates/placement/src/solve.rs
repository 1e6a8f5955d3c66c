//! The solver's entry.

use super::prepared::Prepared;
use super::{Budget, Plan, Problem, Start, explain, search};
use basics::Money;
use basics::progress::Progress;
use basics::turns;

/// What [`solve_from`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    /// The plan.
    pub plan: Plan,
    /// Where an earlier plan was kept with only the changes that it needed: how much less the best plan costs that was found; nothing where another plan
    /// took its place.
    pub kept_for: Option<Money>,
}

/// Answers a problem with a plan: which is valid, and the better the larger the budget. The same problem and budget give the same plan on every machine,
/// in whatever order the problem was put together. `progress` hears of every step and may stop the work, which then returns the best plan so far.
pub fn solve(problem: &Problem, budget: Budget, progress: &mut dyn Progress) -> Plan {
    turns::to_end(solve_in_turns(problem, budget, progress))
}

/// The same, in [`turns`].
pub async fn solve_in_turns(problem: &Problem, budget: Budget, progress: &mut dyn Progress) -> Plan {
    let prepared = Prepared::new(problem);
    let found = search::search(problem, &prepared, None, budget, progress, None).await;
    written(problem, &prepared, &found, budget)
}

/// The same, and tells `better` of the first valid plan and of better ones on the way, so that they can be shown. Where there is an earlier plan to start
/// from, the first one told is that with few changes, within a fraction of the time that another one takes.
pub async fn solve_from(
    problem: &Problem,
    start: Option<Start<'_>>,
    budget: Budget,
    progress: &mut dyn Progress,
    better: &mut dyn FnMut(Plan),
) -> Solved {
    let prepared = Prepared::new(problem);
    turns::pause().await;
    let mut tell = |found: search::Found<'_>| better(explain::plan(problem, &prepared, &found));
    let found = search::search(problem, &prepared, start, budget, progress, Some(&mut tell)).await;
    turns::pause().await;
    let kept_for = found.kept_for.map(|micros| Money::from_micros(micros as i64));
    Solved { plan: written(problem, &prepared, &found, budget), kept_for }
}

/// The plan; who asks for the first valid one wants it at once, and what would help those without a place is not tried.
fn written(problem: &Problem, prepared: &Prepared, found: &search::Found<'_>, budget: Budget) -> Plan {
    if budget.steps == 0 {
        return explain::plan(problem, prepared, found);
    }
    explain::final_plan(problem, prepared, found)
}

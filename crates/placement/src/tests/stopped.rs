//! Searches that are stopped.

use super::*;
use basics::progress::Progress;
use std::ops::ControlFlow;

/// Stops after so many ticks.
struct StopAfter(u32);

impl Progress for StopAfter {
    fn tick(&mut self, _phase: &'static str, _done: u64, _total: u64) -> ControlFlow<()> {
        if self.0 == 0 {
            return ControlFlow::Break(());
        }
        self.0 -= 1;
        ControlFlow::Continue(())
    }
}

/// What was told until the stop, and what the stop gave; each judged by the checker.
fn stopped(problem: &Problem, start: Option<Start<'_>>, ticks: u32) -> (Vec<Plan>, Plan) {
    let (mut told, mut stop) = (Vec::new(), StopAfter(ticks));
    let mut tell = |plan| told.push(plan);
    let solved = to_end(solve_from(problem, start, Budget { steps: 1000, seed: 1 }, &mut stop, &mut tell));
    for plan in told.iter().chain([&solved.plan]) {
        assert_eq!(check(problem, plan), Ok(()));
    }
    (told, solved.plan)
}

fn worth(plan: &Plan) -> (usize, Money) {
    (plan.unplaced.len(), plan.cost)
}

#[test]
fn a_stop_gives_the_best_that_was_found_and_not_the_last_that_was_told() {
    let mut since = 0;
    for seed in 0..8 {
        let problem = problem(seed, 90, 5, 0);
        let mut before: Option<(usize, Money)> = None;
        for ticks in [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89] {
            let (told, last) = stopped(&problem, None, ticks);
            for plan in &told {
                assert!(worth(&last) <= worth(plan), "seed {seed}, {ticks} ticks: a better plan was told");
            }
            since += u32::from(told.last().is_some_and(|told| worth(&last) < worth(told)));
            assert!(
                before.is_none_or(|before| worth(&last) <= before),
                "seed {seed}, {ticks} ticks: worse for more work"
            );
            before = Some(worth(&last));
        }
    }
    assert!(since > 0, "{since} stops gave a plan that had not been told");
}

#[test]
fn a_stop_after_an_edit_gives_no_worse_plan_than_the_first_one_told() {
    let mut kept = 0;
    for seed in 0..30 {
        let problem = problem(seed, 90, 5, 0);
        let before = solved(&problem, 60);
        for ticks in [0, 1] {
            let (told, last) = stopped(&problem, Some(Start { plan: &before, keep_ppm: 0 }), ticks);
            assert!(worth(&last) <= worth(&told[0]), "seed {seed}");
            // Stopped before the search begins, the first plan is the last one, too; what would help machines without a place is tried for that one only.
            let same = |plan: &Plan| (worth(plan), plan.assignments.clone(), plan.lower_bound);
            assert!(ticks > 0 || same(&last) == same(&told[0]), "seed {seed}");
            kept += u32::from(ticks > 0 && worth(&last) == worth(&told[0]));
        }
    }
    assert!(kept > 5, "only {kept} searches had not found a better plan when they were stopped");
}

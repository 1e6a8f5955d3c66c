//! Plans begun from an earlier one.

use super::*;

/// The first plan told and the last one, both judged by the checker, beginning with `before`.
fn from(problem: &Problem, before: &Plan, keep_ppm: u32) -> (Plan, Solved) {
    let mut told: Option<Plan> = None;
    let mut tell = |plan: Plan| {
        told.get_or_insert(plan);
    };
    let start = Start { plan: before, keep_ppm };
    let solved = to_end(solve_from(problem, Some(start), Budget { steps: 10, seed: 1 }, &mut Silent, &mut tell));
    let first = told.expect("a plan is told at once");
    for plan in [&first, &solved.plan] {
        assert_eq!(check(problem, plan), Ok(()), "{problem:?}");
    }
    (first, solved)
}

/// How many machines of both are in another place, or on another host.
fn moved(before: &Plan, after: &Plan) -> usize {
    let place = |plan: &Plan, assignment: &Assignment| plan.places[assignment.place as usize].footprint;
    let both = after.assignments.iter().filter_map(|now| Some((before.assignment(now.machine)?, now)));
    both.filter(|(was, now)| place(before, was) != place(after, now)).count()
}

#[test]
fn the_same_problem_keeps_its_plan_and_ends_where_it_ends_without() {
    for seed in 0..200 {
        let problem = problem(seed, 40, 5, 0);
        let before = solved(&problem, 10);
        if before.assignments.is_empty() {
            continue;
        }
        let (first, last) = from(&problem, &before, 0);
        assert!((first.unplaced.len(), first.cost) <= (before.unplaced.len(), before.cost), "seed {seed}");
        assert_eq!((last.plan, last.kept_for), (before.clone(), None), "seed {seed}");
        let (_, kept) = from(&problem, &before, 1_000_000);
        assert_eq!(moved(&before, &kept.plan), 0, "seed {seed}");
        assert_eq!(kept.kept_for, Some(Money::ZERO), "seed {seed}");
    }
}

#[test]
fn a_kept_plan_moves_few_machines_and_tells_what_that_costs() {
    let (mut kept_moves, mut free_moves, mut kept) = (0, 0, 0);
    for seed in 0..200 {
        let before = solved(&problem(seed, 40, 5, 0), 10);
        // Another problem with the same places and machines of the same names, most of which are as they were.
        let changed = changed(&problem(seed, 40, 5, 0), seed);
        let free = solved(&changed, 10);
        let (_, solved) = from(&changed, &before, 100_000);
        free_moves += moved(&before, &free);
        kept_moves += moved(&before, &solved.plan);
        if let Some(extra) = solved.kept_for {
            kept += 1;
            // What is kept may even be better than what was found.
            let difference = (solved.plan.cost - extra - free.cost).micros();
            let as_many = solved.plan.unplaced.len() == free.unplaced.len();
            assert!(
                !as_many || difference <= 2 && (extra == Money::ZERO || difference >= -2),
                "seed {seed}: {difference}"
            );
            assert!(extra.micros() <= free.cost.micros() / 10 + 1, "seed {seed}");
        }
    }
    assert!(kept > 50, "{kept} of 200 were kept");
    assert!(kept_moves * 4 < free_moves * 3, "{kept_moves} moves where plans are kept, {free_moves} where not");
}

/// A problem whose first machine asks for a little more.
fn changed(problem: &Problem, seed: u64) -> Problem {
    let mut builder = Problem::builder(problem.places().to_vec());
    for (index, item) in problem.items().iter().enumerate() {
        let mut options = problem.options(index).iter();
        let more = if index as u64 == seed % 40 { 9 } else { 0 };
        let demand = item.demand.map(|amount| amount + more);
        builder.machine(item.machine, demand, |_place| *options.next().expect("an option for each place"));
    }
    builder.build()
}

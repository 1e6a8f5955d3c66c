//! Searches in turns.

use std::pin::pin;
use std::task::Poll;

use super::*;

#[test]
fn searches_that_take_turns_find_what_each_finds_alone() {
    for seed in 0..5 {
        let problems = [problem(seed, 40, 5, 0), problem(seed + 100, 60, 4, 0)];
        let alone = problems.each_ref().map(|problem| solved(problem, 20));
        let budget = Budget { steps: 20, seed: 1 };
        let (mut first_heard, mut second_heard) = (Silent, Silent);
        let mut first = pin!(solve_in_turns(&problems[0], budget, &mut first_heard));
        let mut second = pin!(solve_in_turns(&problems[1], budget, &mut second_heard));
        let (mut found, mut turns) = ([None, None], 0);
        while found.iter().any(Option::is_none) {
            turns += 1;
            if found[0].is_none()
                && let Poll::Ready(plan) = turn(first.as_mut())
            {
                found[0] = Some(plan);
            }
            if found[1].is_none()
                && let Poll::Ready(plan) = turn(second.as_mut())
            {
                found[1] = Some(plan);
            }
        }
        assert_eq!(found.map(|plan| plan.expect("was found")), alone, "seed {seed}");
        assert!(turns > 3, "seed {seed}: {turns} turns");
    }
}

#[test]
fn a_large_problem_is_told_a_valid_plan_before_the_search_begins() {
    for seed in [6, 11] {
        let problem = problem(seed, 700, 5, 0);
        let mut told: Vec<Plan> = Vec::new();
        let mut tell = |plan| told.push(plan);
        let last = to_end(solve_from(&problem, None, Budget { steps: 3, seed: 1 }, &mut Silent, &mut tell)).plan;
        for plan in told.iter().chain([&last]) {
            assert_eq!(check(&problem, plan), Ok(()), "seed {seed}");
        }
        let first = &told[0];
        assert!((last.unplaced.len(), last.cost) <= (first.unplaced.len(), first.cost), "seed {seed}");
        assert_eq!(last, solved(&problem, 3), "whether someone listens changes nothing, seed {seed}");
    }
}

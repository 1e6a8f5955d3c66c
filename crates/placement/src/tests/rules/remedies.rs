//! The smallest change that gives a machine a place: by its relative size, and only where it does.

use super::*;
use crate::remedies::changed;

#[test]
fn the_change_that_is_smallest_beside_what_it_changes_is_told() {
    // Ten hosts with one machine each, and four instances: a host more is a tenth, an instance more a quarter.
    let plain = equal(vec![rented(0, [10; 5], 5), instances(1, Some(4))], 15, [6; 5], &[0, 1]);
    let plan = solved(&plain, 10);
    assert_eq!(plan.unplaced.len(), 1);
    assert_eq!(plan.unplaced[0].remedy, Some(Remedy::OneMoreHost { place: 0 }));
    // With more instances than hosts it is the other way round.
    let plain = equal(vec![rented(0, [10; 5], 5), instances(1, Some(20))], 31, [6; 5], &[0, 1]);
    assert_eq!(solved(&plain, 10).unplaced[0].remedy, Some(Remedy::RaiseMachineLimit { place: 1 }));
}

#[test]
fn a_change_that_does_not_help_is_not_told() {
    // Storage that does not grow with the hosts: one host more gives no room.
    let mut place = rented(0, [100, 100, 0, 100, 100], 5);
    if let PlaceKind::Hosts { usable_storage, max_hosts, max_total, .. } = &mut place.kind {
        (*usable_storage, *max_hosts, *max_total) = (vec![0, 10, 10, 10], 3, 3);
    }
    let plain = equal(vec![place], 3, [1, 1, 4, 1, 1], &[0]);
    let plan = solved(&plain, 10);
    assert_eq!((plan.unplaced.len(), plan.unplaced[0].remedy), (1, None));
}

#[test]
fn every_change_that_is_told_gives_room() {
    let mut tried = 0;
    for seed in 0..300 {
        let plain = problem(seed, 15, 4, 0);
        // Machines that must share a host count as one in the search, which then may prefer another number of machines.
        let mut kinds = constraints(seed, &plain);
        kinds.retain(|kind| !matches!(kind, ConstraintKind::Together { level: Level::Host, .. }));
        let problem = with(&plain, kinds);
        let plan = solved(&problem, 10);
        let Some((machine, remedy)) = plan.unplaced.iter().find_map(|one| Some((one.machine, one.remedy?))) else {
            continue;
        };
        let item = problem.item_of(machine).expect("it is a machine of the problem");
        let changed = changed(&problem, item, remedy);
        // The plan as it is, with the change: a search from the beginning may end with another one.
        let start = Start { plan: &plan, keep_ppm: u32::MAX };
        let budget = Budget { steps: 0, seed: 1 };
        let found = to_end(solve_from(&changed, Some(start), budget, &mut Silent, &mut |_| {})).plan;
        assert_eq!(check(&changed, &found), Ok(()), "seed {seed}");
        assert!(found.unplaced.len() < plan.unplaced.len(), "seed {seed}: {remedy:?} for {machine:?}");
        tried += 1;
    }
    assert!(tried > 60, "{tried} tried");
}

//! What a machine costs where it is, and what elsewhere, counts what rules charge.

use super::*;

fn cost(plan: &Plan, machine: usize) -> Money {
    plan.assignments[machine].cost
}

fn extra(plan: &Plan, machine: usize) -> Money {
    plan.assignments[machine].next_best.expect("there is another place").extra
}

#[test]
fn a_licence_is_part_of_what_an_instance_costs_and_of_what_a_host_would() {
    let plain = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 2, [2; 5], &[0, 1]);
    let plan = solved(&with(&plain, vec![licence(0..1, 0, 9, 2)]), 20);
    let units = Money::from_units;
    assert_eq!((cost(&plan, 0), cost(&plan, 1)), (units(3), units(1)));
    // On a host it would be 9 for the one and nothing for the other, on top of the same share of the host.
    assert_eq!(extra(&plan, 0) - extra(&plan, 1), units(9 - 3 + 1));
}

#[test]
fn a_licence_that_another_machine_on_the_host_pays_for_costs_nothing_more() {
    let plain = equal(vec![rented(0, [10; 5], 5)], 2, [2; 5], &[0]);
    let alone = solved(&with(&plain, vec![licence(0..1, 0, 9, 2)]), 20);
    assert_eq!(cost(&alone, 0) - cost(&alone, 1), Money::from_units(9));
    let both = solved(&with(&plain, vec![licence(0..2, 0, 9, 2)]), 20);
    assert_eq!(cost(&both, 0), cost(&both, 1));
    assert!(cost(&both, 0) < cost(&alone, 0));
}

#[test]
fn traffic_with_machines_elsewhere_is_part_of_what_a_machine_costs() {
    let plain = equal(vec![instances(0, None), instances(1, None)], 2, [1; 5], &[1, 6]);
    let traffic = ConstraintKind::Traffic {
        machines: vec![MachineId(0)],
        others: vec![MachineId(1)],
        costs: vec![(FootprintId(0), FootprintId(1), Money::from_units(4))],
    };
    let plan = solved(&with(&plain, vec![traffic, only(1..2, &[1])]), 20);
    assert_eq!((plan.assignments[0].place, cost(&plan, 0)), (0, Money::from_units(5)));
    assert_eq!(extra(&plan, 0), Money::from_units(1));
}

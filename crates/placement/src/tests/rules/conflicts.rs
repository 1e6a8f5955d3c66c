//! Rules that contradict each other, what each costs, and what would help.

use super::super::super::conflicts;
use super::*;

/// A name, constraints, the rules that contradict each other, and the machines.
type Case = (&'static str, Vec<ConstraintKind>, Vec<u32>, Vec<u64>);

fn rules(numbers: &[u32]) -> Vec<RuleId> {
    numbers.iter().map(|&number| RuleId(number)).collect()
}

#[test]
fn contradictions_are_named_by_as_few_rules_as_can_be() {
    let host = Level::Host;
    let isolated = |machines| ConstraintKind::Isolated { machines: ids(machines) };
    let harmless = || apart(0..2, host);
    let cases: Vec<Case> = vec![
        ("two pins", vec![only(0..1, &[0]), harmless(), only(0..1, &[1])], vec![1, 3], vec![0]),
        ("a pin and a ban", vec![only(0..4, &[0]), only(2..3, &[1, 2])], vec![1, 2], vec![2]),
        ("a rule that admits no place", vec![harmless(), only(3..4, &[])], vec![2], vec![3]),
        ("isolated and pinned to instances", vec![isolated(0..1), only(0..1, &[1])], vec![1, 2], vec![0]),
        (
            "together, pinned here and there",
            vec![together(0..2, Level::Place), only(0..1, &[0]), only(1..2, &[2]), harmless()],
            vec![1, 2, 3],
            vec![0, 1],
        ),
        ("together on a host, and larger than any", vec![together(0..6, host)], vec![1], (0..6).collect()),
        ("together and apart", vec![together(0..3, host), apart(1..4, host)], vec![1, 2], vec![1, 2]),
        ("together in a place, apart on hosts", vec![together(0..3, Level::Place), apart(0..3, host)], vec![], vec![]),
        (
            "together in a place, apart by place",
            vec![together(0..3, Level::Place), apart(1..3, Level::Place)],
            vec![1, 2],
            vec![1, 2],
        ),
        (
            "a chain of three that must not meet",
            vec![
                together(0..2, Level::Cluster),
                together(1..3, Level::Cluster),
                ConstraintKind::Apart { machines: vec![MachineId(0), MachineId(2)], level: Level::Place },
            ],
            vec![1, 2, 3],
            vec![0, 2],
        ),
        ("apart on too few hosts", vec![apart(0..5, host), only(0..8, &[2])], vec![1, 2], (0..5).collect()),
        ("apart on enough hosts", vec![apart(0..4, host), only(0..8, &[2])], vec![], vec![]),
        ("apart in too few places", vec![apart(0..4, Level::Place)], vec![1], vec![0, 1, 2, 3]),
        ("apart in enough places", vec![apart(0..3, Level::Place)], vec![], vec![]),
        ("apart at too few sites", vec![apart(0..3, Level::Site)], vec![1], vec![0, 1, 2]),
        ("apart at enough sites", vec![apart(0..2, Level::Site)], vec![], vec![]),
        (
            "apart by site, and bound to two places of one",
            vec![apart(0..2, Level::Site), only(0..2, &[0, 2])],
            vec![1, 2],
            vec![0, 1],
        ),
        (
            "together at a site, in two of its places",
            vec![together(0..2, Level::Site), only(0..1, &[0]), only(1..2, &[2])],
            vec![],
            vec![],
        ),
        (
            "together at a site, pinned to two",
            vec![together(0..2, Level::Site), only(0..1, &[0, 2]), only(1..2, &[1])],
            vec![1, 2, 3],
            vec![0, 1],
        ),
        (
            "together on a host, apart by site",
            vec![together(0..2, host), together(1..3, Level::Place), apart(1..3, Level::Site)],
            vec![2, 3],
            vec![1, 2],
        ),
        (
            "apart in enough places, but two for one",
            vec![apart(0..3, Level::Place), only(0..2, &[1])],
            vec![1, 2],
            vec![0, 1],
        ),
        ("too far", vec![only(0..1, &[0]), near(0, 1, (0, 2)), only(1..2, &[2])], vec![1, 2, 3], vec![0, 1]),
        ("not too far", vec![only(0..1, &[0]), near(0, 1, (0, 2)), only(1..2, &[1])], vec![], vec![]),
        (
            "too far by way of a third",
            vec![
                only(0..1, &[0]),
                near(0, 1, (0, 2)),
                near(0, 1, (0, 1)),
                together(1..3, Level::Place),
                only(2..3, &[1, 2]),
            ],
            vec![1, 2, 3, 4, 5],
            vec![0, 1],
        ),
        ("a quota and a pin", vec![only(0..4, &[0]), quota(0..8, 0, 3)], vec![1, 2], vec![0, 1, 2, 3]),
        ("a quota that is enough", vec![only(0..3, &[0]), quota(0..8, 0, 3)], vec![], vec![]),
        ("moves and pins", vec![moves(0..8, 1, 2), only(0..3, &[0])], vec![1, 2], vec![0, 1, 2]),
        ("moves that are enough", vec![moves(0..8, 1, 3), only(0..3, &[0])], vec![], vec![]),
        (
            "bound to one host that is too small",
            vec![
                ConstraintKind::OnHost { hosts: (0..6).map(|id| (MachineId(id), HostId(1))).collect() },
                only(0..6, &[2]),
            ],
            vec![1, 2],
            (0..6).collect(),
        ),
        (
            "isolated from each other on too few hosts",
            // The fifth is not isolated, and needs a host for no other may share its own.
            [(0..4).map(|id| isolated(id..id + 1)).collect(), vec![only(0..5, &[2])]].concat(),
            vec![1, 2, 3, 4, 5],
            (0..5).collect(),
        ),
    ];
    for (name, kinds, expected, machines) in cases {
        let problem = with(&places(), kinds);
        let found = conflicts(&problem);
        let expected: Vec<Conflict> = if expected.is_empty() {
            Vec::new()
        } else {
            vec![Conflict { rules: rules(&expected), machines: machines.into_iter().map(MachineId).collect() }]
        };
        assert_eq!(found, expected, "{name}");
        // What is found is so: a plan leaves one of the machines out, and without any one of the rules it need not.
        let plan = solved(&problem, 10);
        assert_eq!(plan.unplaced.is_empty(), expected.is_empty(), "{name}");
        for rule in expected.iter().flat_map(|conflict| &conflict.rules) {
            assert!(
                solved(&problem.with_rules(|other| other != *rule), 10).unplaced.is_empty(),
                "{name} without {rule:?}"
            );
        }
    }
}

/// Ten hosts of 10, instances, and a cluster of four hosts of 10; eight machines of 2.
fn places() -> Problem {
    let host =
        |id: u64| LoadedHost { host: HostId(id), capacity: [10; 5], cost: Money::from_units(7), may_retire: true };
    let cluster = Place {
        footprint: FootprintId(2),
        kind: PlaceKind::Existing {
            hosts: (1..=4).map(host).collect(),
            added_capacity: [0; 5],
            added_cost: Money::ZERO,
            max_added: 0,
            shared_storage: 1000,
            host_failures: 0,
        },
        fixed_cost: Money::ZERO,
        site: 0,
    };
    equal(vec![rented(0, [10; 5], 5), instances(1, None), cluster], 8, [2; 5], &[0, 3, 1])
}

#[test]
fn several_contradictions_are_told_apart() {
    let pins = |machine: u64| [only(machine..machine + 1, &[0]), only(machine..machine + 1, &[1])];
    let found = conflicts(&with(&places(), [pins(0), pins(3)].concat()));
    let sets: Vec<&[RuleId]> = found.iter().map(|conflict| conflict.rules.as_slice()).collect();
    assert_eq!(sets, [rules(&[1, 2]), rules(&[3, 4])]);
    // However many there are, there is an end.
    let many =
        conflicts(&with(&equal(places().places().to_vec(), 60, [2; 5], &[0, 3, 1]), (0..60).flat_map(pins).collect()));
    assert_eq!(many.len(), 16);
}

#[test]
fn no_contradiction_is_seen_where_all_machines_have_a_place() {
    let mut seen = 0;
    for seed in 0..600 {
        let plain = problem(seed, 20, 4, 0);
        let problem = with(&plain, constraints(seed, &plain));
        let found = conflicts(&problem);
        let plan = solved(&problem, 2);
        let unplaced = |machine: &MachineId| plan.unplaced.iter().any(|unplaced| unplaced.machine == *machine);
        for conflict in &found {
            assert!(conflict.machines.iter().any(unplaced), "seed {seed}: {conflict:?} are all placed");
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} contradictions in all");
}

#[test]
fn each_rule_has_its_cost() {
    // Instances at 1 are cheapest for all; hosts cost 5 each.
    let plain = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 4, [2; 5], &[0, 1]);
    let kinds = vec![only(0..1, &[0]), apart(1..3, Level::Host), licence(3..4, 0, 9, 2), only(3..4, &[])];
    let problem = with(&plain, kinds);
    let (budget, units) = (Budget { steps: 20, seed: 1 }, Money::from_units);
    let plan = solved(&problem, 20);
    let costs = to_end(rule_costs(&problem, &plan, budget, &mut Silent));
    assert_eq!(costs.iter().map(|cost| cost.rule).collect::<Vec<_>>(), rules(&[1, 2, 3, 4]));
    // Three machines have a place: a host for two of them and an instance, where three instances would do.
    assert_eq!((plan.cost, costs[0].saved, costs[0].charged), (units(6), Some(units(3)), Money::ZERO));
    assert_eq!((costs[1].saved, costs[2].saved), (Some(units(1)), Some(Money::ZERO)));
    let nowhere = &costs[3];
    assert_eq!((nowhere.saved, nowhere.at_most, nowhere.unplaced, nowhere.unplaced_without), (None, None, 1, 0));
    for cost in &costs[..3] {
        assert!(cost.saved <= cost.at_most, "{cost:?}");
    }
}

#[test]
fn a_relaxed_rule_costs_no_more_than_the_gap_explains() {
    let mut compared = 0;
    for seed in 0..150 {
        let plain = problem(seed, 15, 4, 0);
        let problem = with(&plain, constraints(seed, &plain));
        let plan = solved(&problem, 20);
        for cost in to_end(rule_costs(&problem, &plan, Budget { steps: 20, seed: 1 }, &mut Silent)) {
            let without = problem.with_rules(|rule| rule != cost.rule);
            let relaxed = solved(&without, 20);
            if relaxed.unplaced.len() == plan.unplaced.len() && cost.at_most.is_some() {
                // What is proven without the rule holds for the plan that keeps it.
                assert!(relaxed.lower_bound <= plan.cost - cost.charged, "seed {seed}, {cost:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared} compared");
}

#[test]
fn the_smallest_change_that_would_help_is_told() {
    let many = || equal(vec![rented(0, [10; 5], 5)], 12, [2; 5], &[0]);
    let full = || equal(vec![rented(0, [10; 5], 5)], 60, [2; 5], &[0]);
    let (rule, place) = (RuleId(1), 0);
    let cases: Vec<(&str, Problem, Vec<ConstraintKind>, Option<Remedy>)> = vec![
        ("full", full(), vec![], Some(Remedy::OneMoreHost { place })),
        ("a quota", many(), vec![quota(0..12, 0, 9)], Some(Remedy::RaiseLimit { rule, resource: None, by: 1 })),
        ("a rule", many(), vec![only(0..1, &[])], Some(Remedy::DropRule(rule))),
        ("two rules, of which either is enough", many(), vec![only(0..1, &[]), only(0..1, &[])], None),
        (
            "too large",
            equal(vec![rented(0, [10; 5], 5)], 1, [12, 2, 2, 2, 2], &[0]),
            vec![],
            Some(Remedy::More { place, resource: Resource::Cpu, by: 2 }),
        ),
        // More of one resource alone does not help.
        ("too large in every way", equal(vec![rented(0, [10; 5], 5)], 1, [12; 5], &[0]), vec![], None),
        (
            "a limit",
            equal(vec![instances(0, Some(3))], 5, [1; 5], &[2]),
            vec![],
            Some(Remedy::RaiseMachineLimit { place }),
        ),
    ];
    for (name, plain, kinds, remedy) in cases {
        let plan = solved(&with(&plain, kinds), 10);
        assert_eq!(plan.unplaced[0].remedy, remedy, "{name}");
    }
}

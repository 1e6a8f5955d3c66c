//! The checker refuses plans that break a rule.

use super::*;

fn existing(hosts: u64, size: u64, host_failures: u32) -> Place {
    let host =
        |id: u64| LoadedHost { host: HostId(id), capacity: [size; 5], cost: Money::from_units(7), may_retire: true };
    Place {
        footprint: FootprintId(0),
        kind: PlaceKind::Existing {
            hosts: (1..=hosts).map(host).collect(),
            added_capacity: [0; 5],
            added_cost: Money::ZERO,
            max_added: 0,
            shared_storage: 1000,
            host_failures,
        },
        fixed_cost: Money::ZERO,
        site: 0,
    }
}

/// The plan is made without the rule, and so does what the rule forbids; nothing else is wrong with it.
#[test]
fn a_plan_made_without_a_rule_is_refused_for_the_rule() {
    let plain = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 4, [2; 5], &[0, 3]);
    let all_instances = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 4, [2; 5], &[0, 1]);
    let one_host = equal(vec![existing(3, 20, 0)], 4, [2; 5], &[0]);
    let pinned = with(&all_instances, vec![only(0..1, &[0]), only(1..2, &[1])]);
    let mut beside = rented(1, [10; 5], 5);
    beside.site = 0;
    let two_places = equal(vec![rented(0, [10; 5], 5), beside], 2, [2; 5], &[0, 0]);
    let two_places = with(&two_places, vec![only(0..1, &[0]), only(1..2, &[1])]);
    let rule = |kind: ConstraintKind| (kind, Violation::Rule(RuleId(9)));
    let unused = |plan: &Plan| {
        plan.places[0].clusters[0].hosts.iter().find(|host| host.machines.is_empty()).and_then(|host| host.existing)
    };
    let elsewhere = unused(&solved(&one_host, 5)).expect("an empty host");
    let cases: Vec<(&Problem, (ConstraintKind, Violation))> = vec![
        (&plain, rule(apart(0..2, Level::Host))),
        (&plain, rule(apart(0..2, Level::Cluster))),
        (&plain, rule(apart(0..2, Level::Place))),
        (&plain, rule(apart(0..2, Level::Site))),
        (&two_places, rule(apart(0..2, Level::Site))),
        (&pinned, rule(together(0..2, Level::Site))),
        (&all_instances, rule(apart(0..2, Level::Cluster))),
        (&all_instances, rule(together(0..2, Level::Host))),
        (&pinned, rule(together(0..2, Level::Cluster))),
        (&pinned, rule(together(0..2, Level::Place))),
        (&plain, rule(ConstraintKind::Isolated { machines: ids(0..1) })),
        (&all_instances, (ConstraintKind::Isolated { machines: ids(0..1) }, Violation::Misplaced(MachineId(0)))),
        (&plain, (only(2..3, &[1]), Violation::Misplaced(MachineId(2)))),
        (&one_host, rule(ConstraintKind::OnHost { hosts: vec![(MachineId(0), elsewhere)] })),
        (&plain, rule(quota(0..4, 0, 3))),
        (
            &plain,
            rule(ConstraintKind::Quota {
                machines: ids(0..4),
                place: FootprintId(0),
                most_machines: None,
                most: [None, None, None, None, Some(7)],
            }),
        ),
        (&plain, rule(moves(0..4, 1, 3))),
        (&plain, rule(moves(0..4, 77, 3))),
        (&pinned, rule(near(0, 1, (1, 0)))),
        (&pinned, rule(near(1, 0, (1, 0)))),
        (
            &plain,
            (licence(0..4, 0, 7, 20), Violation::Cost { claimed: Money::from_units(5), found: Money::from_units(12) }),
        ),
        (
            &all_instances,
            (licence(0..4, 0, 7, 20), Violation::Cost { claimed: Money::from_units(4), found: Money::from_units(84) }),
        ),
    ];
    for (index, (problem, (kind, violation))) in cases.into_iter().enumerate() {
        let plan = solved(problem, 10);
        let mut builder = Problem::builder(problem.places().to_vec());
        for (index, item) in problem.items().iter().enumerate() {
            let mut options = problem.unruled_options(index).iter();
            builder.machine(item.machine, item.demand, |_place| *options.next().expect("an option for each place"));
        }
        for constraint in problem.constraints() {
            builder.constraint(constraint.rule, constraint.kind.clone());
        }
        builder.constraint(RuleId(9), kind);
        let found = check(&builder.build(), &plan).expect_err("a broken rule");
        assert!(found.contains(&violation), "case {index}: {found:?} without {violation:?}");
    }
}

#[test]
fn traffic_that_is_not_counted_is_missed() {
    let pinned = |further: Vec<ConstraintKind>| {
        let plain = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 4, [2; 5], &[0, 1]);
        with(&plain, [vec![only(0..1, &[0]), only(1..4, &[1])], further].concat())
    };
    let plan = solved(&pinned(Vec::new()), 10);
    let found = check(&pinned(vec![traffic(0..1, 1..4, 2)]), &plan).expect_err("traffic is to be paid");
    let parts = (Money::from_units(8), Money::from_units(14));
    assert_eq!(found, [Violation::Cost { claimed: parts.0, found: parts.1 }]);
}

/// Two hosts, each with one machine, would survive a failure by putting both on one host.
fn two_hosts(kinds: Vec<ConstraintKind>, size: u64) -> Result<(), Vec<Violation>> {
    let problem = with(&equal(vec![existing(2, 10, 1)], 2, [size; 5], &[0]), kinds);
    let demand: Resources = [size; 5];
    let capacity: Resources = [10, 10, 0, 10, 10];
    let host = |id: u64| HostPlan {
        existing: Some(HostId(id)),
        retired: false,
        capacity,
        used: demand,
        machines: vec![MachineId(id - 1)],
    };
    let assignment = |id: u64| Assignment {
        machine: MachineId(id),
        place: 0,
        slot: Slot::Host { cluster: 0, host: id as u32 },
        cost: Money::ZERO,
        bind: Bind::OnlyPlace,
        next_best: None,
        rejections: Vec::new(),
    };
    let plan = Plan {
        places: vec![PlacePlan {
            footprint: FootprintId(0),
            clusters: vec![ClusterPlan {
                hosts: vec![host(1), host(2)],
                used: [2 * size; 5],
                usable: [20, 20, 1000, 20, 20],
                limiting: None,
                fragmentation_hosts: 0,
            }],
            instances: 0,
        }],
        assignments: vec![assignment(0), assignment(1)],
        unplaced: Vec::new(),
        cost: Money::from_units(14),
        lower_bound: Money::from_units(0),
        certificate: Certificate { nodes: vec![BoundNode::Leaf { prices: vec![[0; 5]] }] },
    };
    check(&problem, &plan)
}

#[test]
fn rules_about_hosts_hold_after_failures_too() {
    let failure = Err(vec![Violation::Failure { place: 0, cluster: 0 }]);
    assert_eq!(two_hosts(Vec::new(), 4), Ok(()));
    assert_eq!(two_hosts(Vec::new(), 6), failure, "the machines themselves do not fit");
    assert_eq!(two_hosts(vec![apart(0..2, Level::Host)], 4), failure);
    assert_eq!(two_hosts(vec![ConstraintKind::Isolated { machines: ids(0..1) }], 4), failure);
    assert_eq!(two_hosts(vec![ConstraintKind::Isolated { machines: ids(0..2) }], 4), Ok(()));
    // A machine may restart elsewhere than on the host it is bound to.
    assert_eq!(two_hosts(vec![ConstraintKind::OnHost { hosts: vec![(MachineId(0), HostId(1))] }], 4), Ok(()));
}

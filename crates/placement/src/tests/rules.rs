//! Constraints: by hand, and on generated problems of all kinds.

use super::cases::{equal, hosts, instances, rented};
use super::*;

mod broken;
mod conflicts;
mod marginal;
mod order;
mod remedies;

/// A problem with these constraints besides; rules are numbered from 1.
pub(super) fn with(problem: &Problem, kinds: Vec<ConstraintKind>) -> Problem {
    let mut builder = Problem::builder(problem.places().to_vec());
    for (index, item) in problem.items().iter().enumerate() {
        let mut options = problem.options(index).iter();
        builder.machine(item.machine, item.demand, |_place| *options.next().expect("an option for each place"));
    }
    for (kind, rule) in kinds.into_iter().zip(1..) {
        builder.constraint(RuleId(rule), kind);
    }
    builder.build()
}

fn some(random: &mut Random, problem: &Problem, most: usize) -> Vec<MachineId> {
    let machines = problem.items().len();
    (0..2 + random.below(most)).map(|_| problem.items()[random.below(machines)].machine).collect()
}

/// Random constraints of every kind.
pub(super) fn constraints(seed: u64, problem: &Problem) -> Vec<ConstraintKind> {
    let mut random = Random::new(seed ^ 0x00c0_ffee);
    let (machines, width) = (problem.items().len(), problem.places().len());
    if machines == 0 || width == 0 {
        return Vec::new();
    }
    let place = |random: &mut Random| problem.places()[random.below(width)].footprint;
    let mut kinds = Vec::new();
    for _ in 0..random.below(5) {
        let level = [Level::Host, Level::Cluster, Level::Place, Level::Site][random.below(4)];
        kinds.push(match random.below(11) {
            0 => ConstraintKind::Only {
                machines: some(&mut random, problem, 4),
                places: (0..random.below(3)).map(|_| place(&mut random)).collect(),
            },
            1 => {
                let known: Vec<HostId> = problem
                    .places()
                    .iter()
                    .flat_map(|place| match &place.kind {
                        PlaceKind::Existing { hosts, .. } => hosts.iter().map(|host| host.host).collect(),
                        _ => Vec::new(),
                    })
                    .collect();
                let host = |random: &mut Random| known.get(random.below(known.len().max(1))).copied();
                ConstraintKind::OnHost {
                    hosts: some(&mut random, problem, 2)
                        .into_iter()
                        .filter_map(|machine| Some((machine, host(&mut random)?)))
                        .collect(),
                }
            }
            2 | 3 => ConstraintKind::Together { machines: some(&mut random, problem, 3), level },
            4 | 5 => ConstraintKind::Apart { machines: some(&mut random, problem, 3), level },
            6 => ConstraintKind::Isolated { machines: some(&mut random, problem, 6) },
            7 => ConstraintKind::Licensed {
                machines: some(&mut random, problem, 8)
                    .into_iter()
                    .map(|machine| (machine, money(&mut random, 30)))
                    .collect(),
                hosts: (0..random.below(4))
                    .map(|_| HostLicence {
                        place: place(&mut random),
                        existing: (0..random.below(5) as u64)
                            .map(|host| (HostId(host), money(&mut random, 40)))
                            .collect(),
                        new_host: money(&mut random, 40),
                    })
                    .collect(),
            },
            8 => ConstraintKind::Near {
                machines: some(&mut random, problem, 3),
                others: some(&mut random, problem, 3),
                far: (0..random.below(4))
                    .map(|_| (place(&mut random), place(&mut random)))
                    .filter(|(a, b)| a != b)
                    .collect(),
            },
            9 => ConstraintKind::Traffic {
                machines: some(&mut random, problem, 3),
                others: some(&mut random, problem, 3),
                costs: (0..random.below(6))
                    .map(|_| (place(&mut random), place(&mut random), money(&mut random, 9)))
                    .collect(),
            },
            _ if random.below(2) == 0 => ConstraintKind::Quota {
                machines: if random.below(2) == 0 {
                    problem.items().iter().map(|item| item.machine).collect()
                } else {
                    some(&mut random, problem, 8)
                },
                place: place(&mut random),
                most_machines: (random.below(2) == 0).then(|| random.below(5) as u64),
                most: std::array::from_fn(|_| (random.below(3) == 0).then(|| between(&mut random, 0, 200))),
            },
            _ => ConstraintKind::Moves {
                homes: problem
                    .items()
                    .iter()
                    .map(|item| (item.machine, (random.below(9) > 0).then(|| place(&mut random))))
                    .collect(),
                most: random.below(machines) as u64,
            },
        });
    }
    kinds
}

#[test]
fn every_plan_keeps_every_rule() {
    let mut random = Random::new(11);
    let mut unplaced = 0;
    for seed in 0..1500 {
        let (machines, places, steps) = (random.below(40), random.below(6), random.below(12) as u32);
        let plain = problem(seed, machines, places, 0);
        let plan = solved(&with(&plain, constraints(seed, &plain)), steps);
        unplaced += plan.unplaced.len();
    }
    println!("{unplaced} without a place");
}

fn ids(machines: std::ops::Range<u64>) -> Vec<MachineId> {
    machines.map(MachineId).collect()
}

fn apart(machines: std::ops::Range<u64>, level: Level) -> ConstraintKind {
    ConstraintKind::Apart { machines: ids(machines), level }
}

fn together(machines: std::ops::Range<u64>, level: Level) -> ConstraintKind {
    ConstraintKind::Together { machines: ids(machines), level }
}

fn only(machines: std::ops::Range<u64>, places: &[u32]) -> ConstraintKind {
    let places = places.iter().map(|&place| FootprintId(place)).collect();
    ConstraintKind::Only { machines: ids(machines), places }
}

fn quota(machines: std::ops::Range<u64>, place: u32, most: u64) -> ConstraintKind {
    ConstraintKind::Quota {
        machines: ids(machines),
        place: FootprintId(place),
        most_machines: Some(most),
        most: [None; RESOURCES],
    }
}

fn near(one: u64, other: u64, far: (u32, u32)) -> ConstraintKind {
    let far = vec![(FootprintId(far.0), FootprintId(far.1))];
    ConstraintKind::Near { machines: vec![MachineId(one)], others: vec![MachineId(other)], far }
}

fn licence(machines: std::ops::Range<u64>, place: u32, host: i64, alone: i64) -> ConstraintKind {
    let hosts =
        vec![HostLicence { place: FootprintId(place), existing: Vec::new(), new_host: Money::from_units(host) }];
    ConstraintKind::Licensed { machines: machines.map(|id| (MachineId(id), Money::from_units(alone))).collect(), hosts }
}

fn traffic(ones: std::ops::Range<u64>, others: std::ops::Range<u64>, cost: i64) -> ConstraintKind {
    let (a, b) = (FootprintId(0), FootprintId(1));
    let costs = vec![(a, b, Money::from_units(cost)), (b, a, Money::from_units(cost))];
    ConstraintKind::Traffic { machines: ids(ones), others: ids(others), costs }
}

fn moves(machines: std::ops::Range<u64>, home: u32, most: u64) -> ConstraintKind {
    ConstraintKind::Moves { homes: machines.map(|id| (MachineId(id), Some(FootprintId(home)))).collect(), most }
}

#[test]
fn each_kind_of_rule_has_its_price() {
    let host = Level::Host;
    // Four machines of 2; hosts of 10 that cost 5; or instances, at the price of each case.
    let cases: Vec<(&str, i64, Vec<ConstraintKind>, i64)> = vec![
        ("no rule: one host for all", 3, vec![], 5),
        ("no rule: instances", 1, vec![], 4),
        ("apart: a host for each, or an instance", 3, vec![apart(0..4, host)], 12),
        ("apart: all as instances", 1, vec![apart(0..4, host)], 4),
        ("apart by place: one here and one there", 3, vec![apart(0..2, Level::Place)], 5 + 3),
        ("apart by cluster: instances are one cluster", 1, vec![apart(0..2, Level::Cluster)], 5 + 1),
        ("together: no two instances share a host", 1, vec![together(0..2, host)], 5),
        ("together by place: dear instances for none", 9, vec![together(0..4, Level::Place)], 5),
        (
            "together by place: one that must be an instance",
            3,
            vec![together(0..4, Level::Place), only(0..1, &[1])],
            12,
        ),
        ("together by cluster: likewise", 3, vec![together(0..4, Level::Cluster), only(0..1, &[1])], 12),
        ("isolated: a host alone", 6, vec![ConstraintKind::Isolated { machines: ids(0..1) }], 10),
        ("isolated: the others as instances", 1, vec![ConstraintKind::Isolated { machines: ids(0..1) }], 5 + 3),
        ("only: on hosts", 1, vec![only(0..1, &[0])], 5),
        ("only: nothing is added for rules that agree", 1, vec![only(0..1, &[0]), only(0..1, &[0, 1])], 5),
        ("a quota on instances", 1, vec![quota(0..4, 1, 3)], 5),
        ("a quota on hosts", 3, vec![quota(0..4, 0, 3)], 5 + 3),
        ("a quota for some", 1, vec![quota(0..2, 1, 2)], 4),
        ("one licensed host", 9, vec![licence(0..4, 0, 7, 20)], 12),
        ("licensed machines go where licences are cheap", 1, vec![licence(0..2, 0, 7, 0)], 4),
        ("licences of instances", 1, vec![licence(0..2, 0, 7, 9)], 5 + 7),
        ("two licences add up", 9, vec![licence(0..1, 0, 7, 20), licence(1..2, 0, 4, 20)], 16),
        ("traffic keeps them together", 1, vec![only(0..1, &[0]), traffic(0..1, 1..4, 1)], 5),
        ("traffic that costs less than moving", 4, vec![only(0..1, &[1]), traffic(0..1, 1..4, 1)], 4 + 5 + 3),
        ("traffic that costs more than moving", 4, vec![only(0..1, &[1]), traffic(0..1, 1..4, 9)], 16),
        ("near: the other follows", 3, vec![only(0..1, &[1]), near(0, 1, (0, 1))], 3 + 3 + 5),
        ("moves: none", 3, vec![moves(0..4, 1, 0)], 12),
        ("moves: too few to pay for the host", 3, vec![moves(0..4, 1, 1)], 12),
        ("moves: as many as are asked for", 3, vec![moves(0..4, 1, 4)], 5),
        ("moves: those at home stay", 9, vec![moves(0..4, 1, 2)], 5 + 18),
    ];
    for (name, instance, kinds, cost) in cases {
        let plain = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 4, [2; 5], &[0, instance]);
        let plan = solved(&with(&plain, kinds), 30);
        assert_eq!((plan.unplaced.len(), plan.cost), (0, Money::from_units(cost)), "{name}");
        assert!(plan.lower_bound <= plan.cost, "{name}");
    }
}

#[test]
fn a_site_is_all_of_its_places() {
    let one_host = |footprint: u32, site: u32| {
        let mut place = rented(footprint, [10; 5], 5);
        place.site = site;
        if let PlaceKind::Hosts { max_hosts, .. } = &mut place.kind {
            *max_hosts = 1;
        }
        place
    };
    // Two hosts of 10 in two places of one site, and instances at another.
    let plain = |machines: u64, size: u64| {
        equal(vec![one_host(0, 7), instances(1, None), one_host(2, 7)], machines, [size; 5], &[0, 9, 0])
    };
    let pins = [only(0..1, &[0]), only(1..2, &[2])];
    let cases: Vec<(&str, Problem, Vec<ConstraintKind>, usize, i64)> = vec![
        ("apart by place: each at one", plain(2, 2), vec![apart(0..2, Level::Place), only(0..2, &[0, 2])], 0, 10),
        ("apart by site: one elsewhere", plain(2, 2), vec![apart(0..2, Level::Site)], 0, 5 + 9),
        (
            "together by site: two places of it",
            plain(2, 2),
            [vec![together(0..2, Level::Site)], pins.to_vec()].concat(),
            0,
            10,
        ),
        (
            "together by place: not in both",
            plain(2, 2),
            [vec![together(0..2, Level::Place)], pins.to_vec()].concat(),
            1,
            5,
        ),
        ("no place holds all of them, the site does", plain(4, 5), vec![together(0..4, Level::Site)], 0, 10),
        ("the site does not either", plain(5, 5), vec![together(0..5, Level::Site)], 0, 45),
    ];
    for (name, plain, kinds, unplaced, cost) in cases {
        let plan = solved(&with(&plain, kinds), 30);
        assert_eq!((plan.unplaced.len(), plan.cost), (unplaced, Money::from_units(cost)), "{name}");
    }
}

#[test]
fn what_a_rule_refuses_names_the_rule_and_the_amount() {
    let no_instances = || equal(vec![rented(0, [10; 5], 5)], 12, [2; 5], &[0]);
    let tight = [None, Some(7), None, None, None];
    let memory =
        ConstraintKind::Quota { machines: ids(0..12), place: FootprintId(0), most_machines: None, most: tight };
    let cases: Vec<(&str, Vec<ConstraintKind>, usize, Refusal)> = vec![
        ("apart on ten hosts", vec![apart(0..12, Level::Host)], 2, Refusal::Rule(RuleId(1))),
        ("apart in one place", vec![apart(0..3, Level::Place)], 2, Refusal::Rule(RuleId(1))),
        ("apart in one cluster", vec![apart(0..3, Level::Cluster)], 2, Refusal::Rule(RuleId(1))),
        ("apart at one site", vec![apart(0..3, Level::Site)], 2, Refusal::Rule(RuleId(1))),
        (
            "together and larger than a host",
            vec![together(0..6, Level::Host)],
            6,
            Refusal::TooLargeTogether { rule: RuleId(1), resource: Resource::Cpu, missing: 2 },
        ),
        ("nowhere", vec![only(0..1, &[])], 1, Refusal::Rule(RuleId(1))),
        (
            "together with one that is nowhere",
            vec![together(0..2, Level::Host), only(0..1, &[])],
            2,
            Refusal::Rule(RuleId(2)),
        ),
        (
            "a quota of machines",
            vec![quota(0..12, 0, 9)],
            3,
            Refusal::Limit { rule: RuleId(1), resource: None, missing: 1 },
        ),
        (
            "a quota of memory",
            vec![memory],
            9,
            Refusal::Limit { rule: RuleId(1), resource: Some(Resource::Memory), missing: 1 },
        ),
        ("moves", vec![moves(0..12, 7, 2)], 10, Refusal::Limit { rule: RuleId(1), resource: None, missing: 1 }),
    ];
    for (name, kinds, unplaced, refusal) in cases {
        let plan = solved(&with(&no_instances(), kinds), 20);
        let reasons: Vec<Refusal> = plan.unplaced.iter().map(|unplaced| unplaced.rejections[0].refusal).collect();
        assert_eq!(reasons.len(), unplaced, "{name}: {reasons:?}");
        assert!(reasons.contains(&refusal), "{name}: {reasons:?}");
    }
}

#[test]
fn isolation_counts_hosts_by_who_may_share_them() {
    // Of twelve machines that would fit on three hosts, two groups that overlap are isolated: hosts for one, for the other, for both and for none.
    let plain = equal(vec![rented(0, [10; 5], 5)], 12, [2; 5], &[0]);
    let isolated = |machines| ConstraintKind::Isolated { machines: ids(machines) };
    let plan = solved(&with(&plain, vec![isolated(0..4), isolated(3..6)]), 30);
    assert_eq!((hosts(&plan, 0), plan.unplaced.len()), (1 + 1 + 1 + 2, 0));
}

#[test]
fn a_locked_machine_stays_on_its_host() {
    let host = |id: u64, size: u64| LoadedHost {
        host: HostId(id),
        capacity: [size; 5],
        cost: Money::from_units(7),
        may_retire: true,
    };
    let place = Place {
        footprint: FootprintId(0),
        kind: PlaceKind::Existing {
            hosts: vec![host(1, 20), host(2, 10), host(3, 10)],
            added_capacity: [0; 5],
            added_cost: Money::ZERO,
            max_added: 0,
            shared_storage: 100,
            host_failures: 1,
        },
        fixed_cost: Money::ZERO,
        site: 0,
    };
    let on_host = |machine: u64, host: u64| ConstraintKind::OnHost { hosts: vec![(MachineId(machine), HostId(host))] };
    let on = |plan: &Plan, machine: u64| {
        let hosts = &plan.places[0].clusters[0].hosts;
        hosts.iter().find(|host| host.machines.contains(&MachineId(machine))).and_then(|host| host.existing)
    };
    let plain = equal(vec![place], 2, [4; 5], &[0]);
    for host in 1..=3 {
        let plan = solved(&with(&plain, vec![on_host(0, host)]), 10);
        assert_eq!((on(&plan, 0), plan.unplaced.len()), (Some(HostId(host)), 0), "host {host}");
    }
    // Each host has one that must stay, so none can stand by for a failure.
    let all = solved(&with(&plain, vec![on_host(0, 1), on_host(1, 2)]), 10);
    assert_eq!(all.unplaced.len(), 0, "the third stands by");
    let three = equal(plain.places().to_vec(), 3, [4; 5], &[0]);
    let plan = solved(&with(&three, vec![on_host(0, 1), on_host(1, 2), on_host(2, 3)]), 10);
    assert_eq!(plan.unplaced.len(), 3);
}

#[test]
fn rules_that_name_nothing_do_no_harm() {
    let plain = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 4, [2; 5], &[0, 3]);
    let (nobody, nowhere) = (vec![MachineId(99)], FootprintId(99));
    let kinds = vec![
        together(0..0, Level::Host),
        ConstraintKind::Together { machines: nobody.clone(), level: Level::Place },
        apart(0..0, Level::Host),
        ConstraintKind::Isolated { machines: nobody.clone() },
        ConstraintKind::OnHost { hosts: vec![(MachineId(0), HostId(99)), (MachineId(99), HostId(1))] },
        licence(0..0, 99, 5, 5),
        ConstraintKind::Near { machines: nobody.clone(), others: Vec::new(), far: vec![(nowhere, FootprintId(0))] },
        ConstraintKind::Traffic { machines: nobody, others: ids(0..2), costs: vec![(nowhere, nowhere, Money::MAX)] },
        quota(0..4, 99, 0),
        moves(0..0, 0, 0),
    ];
    assert_eq!(solved(&with(&plain, kinds), 10).cost, Money::from_units(5));
}

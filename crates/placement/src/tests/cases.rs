//! Cases worked out by hand.

use super::*;

const NONE: Resources = [0; RESOURCES];

pub(super) fn rented(footprint: u32, capacity: Resources, host_cost: i64) -> Place {
    Place {
        footprint: FootprintId(footprint),
        kind: PlaceKind::Hosts {
            capacity,
            host_cost: Money::from_units(host_cost),
            min_hosts: 1,
            max_hosts: 10,
            max_clusters: 1,
            max_total: 10,
            management: NONE,
            usable_storage: Vec::new(),
            host_failures: 0,
        },
        fixed_cost: Money::ZERO,
        site: footprint,
    }
}

pub(super) fn instances(footprint: u32, max_machines: Option<u32>) -> Place {
    let kind = PlaceKind::Instances { max_machines };
    Place { footprint: FootprintId(footprint), kind, fixed_cost: Money::ZERO, site: footprint }
}

/// `count` equal machines that cost so much by themselves in each place.
pub(super) fn equal(places: Vec<Place>, count: u64, demand: Resources, own: &[i64]) -> Problem {
    let mut builder = Problem::builder(places);
    for machine in 0..count {
        builder.machine(MachineId(machine), demand, |place| Ok(Money::from_units(own[place.footprint.0 as usize])));
    }
    builder.build()
}

pub(super) fn hosts(plan: &Plan, place: usize) -> usize {
    plan.places[place].clusters.iter().flat_map(|cluster| &cluster.hosts).filter(|host| !host.retired).count()
}

#[test]
fn nothing_to_place_costs_nothing() {
    let plan = solved(&equal(vec![rented(0, [10; 5], 5)], 0, NONE, &[0]), 10);
    assert_eq!((plan.cost, plan.lower_bound, plan.gap_ppm()), (Money::ZERO, Money::ZERO, 0));
    assert_eq!(
        solved(&Problem::default(), 10),
        Plan { certificate: solved(&Problem::default(), 0).certificate, ..Plan::default() }
    );
}

#[test]
fn one_machine_goes_where_it_is_cheapest() {
    let problem = equal(vec![rented(0, [10; 5], 5), instances(1, None)], 1, [4; 5], &[0, 3]);
    let plan = solved(&problem, 10);
    assert_eq!((plan.assignments[0].slot, plan.cost), (Slot::Instance, Money::from_units(3)));
    assert_eq!(plan.lower_bound, Money::from_units(3) - Money::from_units(3) + plan.lower_bound);
}

#[test]
fn a_machine_larger_than_any_host_is_refused_with_the_amount() {
    let plan = solved(&equal(vec![rented(0, [10, 10, 10, 10, 10], 5)], 1, [1, 14, 1, 1, 1], &[0]), 10);
    let refusal = plan.unplaced[0].rejections[0].refusal;
    assert_eq!(refusal, Refusal::LargerThanHost { resource: Resource::Memory, missing: 4 });
}

#[test]
fn what_does_not_fit_any_more_is_refused_with_the_amount() {
    let plan = solved(&equal(vec![rented(0, [10; 5], 5)], 25, [4; 5], &[0]), 10);
    assert_eq!((plan.assignments.len(), hosts(&plan, 0)), (20, 10));
    let refusal = plan.unplaced[0].rejections[0].refusal;
    assert_eq!(refusal, Refusal::Full { resource: Resource::Cpu, missing: 2 });
}

#[test]
fn machines_without_demand_share_one_host() {
    let plan = solved(&equal(vec![rented(0, [10; 5], 5)], 50, NONE, &[1]), 10);
    assert_eq!((hosts(&plan, 0), plan.cost), (1, Money::from_units(55)));
}

#[test]
fn a_quota_of_instances_is_kept() {
    let plan = solved(&equal(vec![instances(0, Some(3))], 5, [1; 5], &[2]), 10);
    assert_eq!((plan.places[0].instances, plan.unplaced.len()), (3, 2));
    assert_eq!(plan.unplaced[0].rejections[0].refusal, Refusal::MachineLimit);
}

#[test]
fn limits_that_exclude_each_other_refuse() {
    let mut place = rented(0, [10; 5], 5);
    if let PlaceKind::Hosts { min_hosts, max_hosts, .. } = &mut place.kind {
        (*min_hosts, *max_hosts) = (5, 3);
    }
    let plan = solved(&equal(vec![place], 2, [1; 5], &[0]), 10);
    assert_eq!(plan.unplaced[0].rejections[0].refusal, Refusal::NoCapacity);
}

#[test]
fn hosts_are_kept_free_for_failures_and_the_policy() {
    let mut place = rented(0, [10; 5], 5);
    if let PlaceKind::Hosts { min_hosts, host_failures, .. } = &mut place.kind {
        (*min_hosts, *host_failures) = (3, 1);
    }
    // Ten machines of 4 need five hosts and one for failures; two machines need one and one, and the policy asks for three.
    assert_eq!(hosts(&solved(&equal(vec![place.clone()], 10, [4; 5], &[0]), 10), 0), 6);
    let small = solved(&equal(vec![place], 2, [4; 5], &[0]), 10);
    assert_eq!((hosts(&small, 0), small.places[0].clusters[0].limiting), (3, None));
}

#[test]
fn storage_alone_can_ask_for_hosts() {
    let mut place = rented(0, [100; 5], 5);
    if let PlaceKind::Hosts { usable_storage, .. } = &mut place.kind {
        // 10 for each of the first three hosts, then 8.
        *usable_storage = (0..=10).map(|hosts| if hosts < 4 { hosts * 10 } else { hosts * 8 }).collect();
    }
    let plan = solved(&equal(vec![place], 5, [1, 1, 9, 1, 1], &[0]), 10);
    let cluster = &plan.places[0].clusters[0];
    assert_eq!((cluster.hosts.len(), cluster.limiting, cluster.fragmentation_hosts), (6, Some(Resource::Storage), 0));
}

#[test]
fn management_machines_take_room_in_the_first_cluster_only() {
    let mut place = rented(0, [10; 5], 5);
    if let PlaceKind::Hosts { max_hosts, max_clusters, management, .. } = &mut place.kind {
        (*max_hosts, *max_clusters, *management) = (2, 2, [10; 5]);
    }
    let plan = solved(&equal(vec![place], 3, [10; 5], &[0]), 10);
    let counts: Vec<usize> = plan.places[0].clusters.iter().map(|cluster| cluster.hosts.len()).collect();
    assert_eq!(counts, [2, 2]);
}

#[test]
fn empty_existing_hosts_are_retired_and_the_largest_is_kept_for_failures() {
    let host = |id: u64, size: u64, may_retire: bool| LoadedHost {
        host: HostId(id),
        capacity: [size; 5],
        cost: Money::from_units(7),
        may_retire,
    };
    let place = Place {
        footprint: FootprintId(0),
        kind: PlaceKind::Existing {
            hosts: vec![host(1, 10, true), host(2, 10, true), host(3, 20, true), host(4, 10, true)],
            added_capacity: [10; 5],
            added_cost: Money::from_units(9),
            max_added: 2,
            shared_storage: 100,
            host_failures: 1,
        },
        fixed_cost: Money::ZERO,
        site: 0,
    };
    let plan = solved(&equal(vec![place.clone()], 4, [5; 5], &[0]), 10);
    let retired: Vec<u64> = plan.places[0].clusters[0]
        .hosts
        .iter()
        .filter(|host| host.retired)
        .filter_map(|host| host.existing.map(|id| id.0))
        .collect();
    assert_eq!((retired, plan.cost), (vec![4], Money::from_units(21)));
    // Ten machines need five hosts of 10, one of them added, and the large one in reserve.
    let full = solved(&equal(vec![place], 9, [5; 5], &[0]), 10);
    assert_eq!((hosts(&full, 0), full.cost), (6, Money::from_units(4 * 7 + 2 * 9)));
}

#[test]
fn a_hundred_thousand_equal_machines_are_no_trouble() {
    let mut place = rented(0, [1000; 5], 50);
    if let PlaceKind::Hosts { max_hosts, max_total, .. } = &mut place.kind {
        (*max_hosts, *max_total) = (2000, 2000);
    }
    let plan = solved(&equal(vec![place, instances(1, None)], 100_000, [10; 5], &[0, 1]), 0);
    assert_eq!((hosts(&plan, 0), plan.cost), (1000, Money::from_units(50_000)));
}

#[test]
fn reasons_name_rule_price_and_room() {
    let mut builder = Problem::builder(vec![rented(0, [10; 5], 20), instances(1, None)]);
    let rule = RuleId(4);
    builder.machine(MachineId(1), [1; 5], |place| {
        if place.footprint == FootprintId(0) { Err(Refusal::Rule(rule)) } else { Ok(Money::from_units(3)) }
    });
    builder.machine(MachineId(2), [1; 5], |place| Ok(Money::from_units(i64::from(place.footprint.0))));
    let plan = solved(&builder.build(), 10);
    assert_eq!(plan.assignments[0].bind, Bind::Rule(rule));
    assert_eq!(plan.assignments[0].rejections, [Rejection { place: 0, refusal: Refusal::Rule(rule) }]);
    assert_eq!(plan.assignments[1].slot, Slot::Instance);
    assert!(plan.assignments[1].next_best.is_some());
}

#[test]
fn the_gap_is_a_part_of_the_larger_amount() {
    let cases = [
        (100, 98, 20_000),
        (100, 100, 0),
        (100, 0, 1_000_000),
        (0, 0, 0),
        (0, -5, 1_000_000),
        (-5, -5, 0),
        (-5, -10, 500_000),
        (5, -10, 1_500_000),
        (5, -5, 2_000_000),
        // What is not proven is never shown as proven.
        (i64::MAX, i64::MAX - 1, 1),
    ];
    for (cost, bound, gap) in cases {
        let (cost, lower_bound) = (Money::from_micros(cost), Money::from_micros(bound));
        let plan = Plan { cost, lower_bound, ..Plan::default() };
        assert_eq!(plan.gap_ppm(), gap, "{cost} and {lower_bound}");
    }
}

use super::*;
use crate::{ClusterPlan, ConstraintKind, Level, LoadedHost, Place, PlacePlan};
use basics::{FootprintId, HostId, Money, RuleId};

/// A cluster of hosts of 10 of each resource, each with machines of these sizes. Machines are numbered from 0, over all hosts.
fn cluster(hosts: &[&[u64]], rule: Option<ConstraintKind>) -> (Problem, Plan) {
    let host = |id: u64| LoadedHost { host: HostId(id), capacity: [10; 5], cost: Money::ZERO, may_retire: true };
    let kind = PlaceKind::Existing {
        hosts: (0..hosts.len() as u64).map(host).collect(),
        added_capacity: [0; 5],
        added_cost: Money::ZERO,
        max_added: 0,
        shared_storage: 1000,
        host_failures: 1,
    };
    let mut builder =
        Problem::builder(vec![Place { footprint: FootprintId(0), kind, fixed_cost: Money::ZERO, site: 0 }]);
    let mut next = 0_u64;
    let mut planned = Vec::new();
    for (id, sizes) in hosts.iter().enumerate() {
        let mut machines = Vec::new();
        for &size in *sizes {
            builder.machine(MachineId(next), [size; 5], |_place| Ok(Money::ZERO));
            machines.push(MachineId(next));
            next += 1;
        }
        planned.push(HostPlan {
            existing: Some(HostId(id as u64)),
            retired: false,
            capacity: [10, 10, 0, 10, 10],
            used: [sizes.iter().sum(); 5],
            machines,
        });
    }
    if let Some(kind) = rule {
        builder.constraint(RuleId(1), kind);
    }
    let cluster = ClusterPlan { hosts: planned, used: [0; 5], usable: [0; 5], limiting: None, fragmentation_hosts: 0 };
    let place = PlacePlan { footprint: FootprintId(0), clusters: vec![cluster], instances: 0 };
    (builder.build(), Plan { places: vec![place], ..Plan::default() })
}

fn lost(hosts: &[&[u64]], rule: Option<ConstraintKind>, down: &[u32]) -> Loss {
    let (problem, plan) = cluster(hosts, rule);
    loss(&problem, &plan, 0, 0, down).expect("the cluster")
}

#[test]
fn machines_start_again_on_hosts_in_use_before_empty_ones() {
    let found = lost(&[&[4, 3], &[5], &[]], None, &[0]);
    assert_eq!(found.restarts, [(1, MachineId(0)), (2, MachineId(1))]);
    assert!(found.stranded.is_empty());
    assert_eq!(found.left.iter().map(|(host, _, used)| (*host, used[0])).collect::<Vec<_>>(), [(1, 9), (2, 3)]);
    assert_eq!(found.one_more, Some(false), "5 + 4 + 3 do not fit on one host");
    assert_eq!(lost(&[&[2], &[2], &[2]], None, &[0]).one_more, Some(true));
    assert_eq!(lost(&[&[2], &[2]], None, &[0]).one_more, Some(false), "no host would be left");
}

#[test]
fn what_does_not_start_again_says_what_it_misses() {
    let found = lost(&[&[8], &[5], &[6]], None, &[0]);
    assert_eq!(found.stranded, [(MachineId(0), NoRoom::Short { resource: Resource::Network, asked: 8, most: 5 })]);
    assert_eq!(lost(&[&[1]], None, &[0]).stranded, [(MachineId(0), NoRoom::NoHost)]);
}

#[test]
fn rules_hold_after_the_loss_too() {
    let apart = ConstraintKind::Apart { machines: vec![MachineId(0), MachineId(1)], level: Level::Host };
    assert_eq!(lost(&[&[1], &[1]], Some(apart), &[0]).stranded, [(MachineId(0), NoRoom::Rules)]);
    let together = ConstraintKind::Together { machines: vec![MachineId(0), MachineId(1)], level: Level::Host };
    let found = lost(&[&[3, 3], &[6], &[2]], Some(together), &[0]);
    assert_eq!(found.restarts, [(2, MachineId(0)), (2, MachineId(1))]);
}

#[test]
fn a_spare_takes_what_finds_no_room_beside_others() {
    // The host in use has room for 3: one of the threes starts there, the rest on the spare.
    let found = lost(&[&[4, 3, 3], &[7], &[]], None, &[0]);
    assert!(found.stranded.is_empty(), "{found:?}");
    let whole = lost(&[&[5, 5], &[5], &[]], None, &[0]);
    assert_eq!(whole.restarts, [(1, MachineId(1)), (2, MachineId(0))]);
}

#[test]
fn several_hosts_may_fail_at_once_and_what_is_not_there_is_no_loss() {
    let found = lost(&[&[3], &[3], &[3]], None, &[0, 2]);
    assert_eq!(found.restarts, [(1, MachineId(0)), (1, MachineId(2))]);
    let (problem, plan) = cluster(&[&[1]], None);
    assert_eq!(loss(&problem, &plan, 0, 7, &[0]), None);
    assert_eq!(loss(&problem, &plan, 7, 0, &[0]), None);
}

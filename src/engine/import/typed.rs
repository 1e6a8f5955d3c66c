//! Estates that are typed in, as size classes or as totals, without any file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::model::{
    Cluster, ClusterId, Disk, Estate, Host, HostId, MHz, Machine, MachineId, MiB, OsFamily, Source, SourceKind, Storage,
};

/// Most machines that are made; what is typed beyond is left out. Far more than any estate, and little enough to fit into memory.
pub const MAX_TYPED_MACHINES: u32 = 200_000;

/// Most hosts that are made.
pub const MAX_TYPED_HOSTS: u32 = 20_000;

/// Machines of one size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SizeClass {
    /// What they are called; machines are numbered behind it (`app-0001`). Empty means `vm`.
    pub name: String,
    /// How many there are.
    pub count: u32,
    /// Virtual processors of each.
    pub vcpus: u32,
    /// Memory of each.
    pub memory: MiB,
    /// Storage of each.
    pub storage: MiB,
    /// Family of their guest system.
    pub os_family: OsFamily,
}

/// Hosts of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HostClass {
    /// What they are called; empty means `host`.
    pub name: String,
    /// How many there are.
    pub count: u32,
    /// Processor sockets of each.
    pub sockets: u32,
    /// Physical cores of each, over all sockets.
    pub cores: u32,
    /// Clock of one core.
    pub speed: MHz,
    /// Memory of each.
    pub memory: MiB,
}

/// Sums over machines whose sizes are not known one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TypedTotals {
    /// How many machines there are.
    pub machines: u32,
    /// Virtual processors of all.
    pub vcpus: u32,
    /// Memory of all.
    pub memory: MiB,
    /// Storage of all.
    pub storage: MiB,
    /// Family of their guest system.
    pub os_family: OsFamily,
}

/// An estate of one cluster, called `name`, with these machines and hosts.
///
/// Ids depend on the names of the classes and on nothing else: changing a size or a number keeps every edit of the machines that remain. Storage counts
/// as provisioned, as in use and as a virtual disk alike, so that every measure gives what was typed.
pub fn estate_from_classes(name: &str, classes: &[SizeClass], hosts: &[HostClass]) -> Estate {
    let mut numbers = Numbers::default();
    let mut machines = Vec::new();
    for class in classes {
        for _ in 0..class.count.min(MAX_TYPED_MACHINES.saturating_sub(machines.len() as u32)) {
            machines.push(numbered_machine(&mut numbers, class));
        }
    }
    estate(name, machines, hosts)
}

/// An estate of one cluster whose machines share `totals` evenly. The sums are exact: where they do not divide, the first machines get one more.
pub fn estate_from_totals(name: &str, totals: &TypedTotals, hosts: &[HostClass]) -> Estate {
    let count = totals.machines.min(MAX_TYPED_MACHINES);
    let mut numbers = Numbers::default();
    let share = |total: u64, index: u32| {
        let (each, rest) = (total / u64::from(count), total % u64::from(count));
        each + u64::from(u64::from(index) < rest)
    };
    let machines = (0..count)
        .map(|index| {
            let class = SizeClass {
                vcpus: share(u64::from(totals.vcpus), index) as u32,
                memory: MiB(share(totals.memory.0, index)),
                storage: MiB(share(totals.storage.0, index)),
                os_family: totals.os_family,
                ..SizeClass::default()
            };
            numbered_machine(&mut numbers, &class)
        })
        .collect();
    estate(name, machines, hosts)
}

/// Counts the things of each name.
#[derive(Default)]
struct Numbers(std::collections::BTreeMap<String, u32>);

impl Numbers {
    fn next(&mut self, name: &str) -> u32 {
        let number = self.0.entry(name.to_owned()).or_default();
        *number += 1;
        *number
    }
}

/// Sets typed ids apart from those of imports.
const TYPED: &str = "typed";

fn numbered_machine(numbers: &mut Numbers, class: &SizeClass) -> Machine {
    let stem = if class.name.trim().is_empty() { "vm" } else { class.name.trim() };
    let number = numbers.next(stem);
    Machine {
        id: MachineId::of(&[TYPED, stem, &number.to_string()]),
        name: format!("{stem}-{number:04}"),
        cluster: cluster_id(),
        vcpus: class.vcpus,
        memory: class.memory,
        storage: Storage {
            provisioned: Some(class.storage),
            in_use: Some(class.storage),
            disk_capacity: Some(class.storage),
            ..Storage::default()
        },
        disks: vec![Disk { label: "Hard disk 1".into(), capacity: class.storage, thin: None }],
        nics: 1,
        os_family: class.os_family,
        ..Machine::default()
    }
}

fn cluster_id() -> ClusterId {
    ClusterId::of(&[TYPED])
}

fn estate(name: &str, machines: Vec<Machine>, host_classes: &[HostClass]) -> Estate {
    let mut numbers = Numbers::default();
    let mut hosts: Vec<Host> = Vec::new();
    for class in host_classes {
        let stem = if class.name.trim().is_empty() { "host" } else { class.name.trim() };
        for _ in 0..class.count.min(MAX_TYPED_HOSTS.saturating_sub(hosts.len() as u32)) {
            let number = numbers.next(stem);
            hosts.push(Host {
                id: HostId::of(&[TYPED, stem, &number.to_string()]),
                name: format!("{stem}-{number:02}"),
                cluster: cluster_id(),
                sockets: class.sockets,
                cores: class.cores,
                speed: class.speed,
                memory: class.memory,
                ..Host::default()
            });
        }
    }
    let cluster = Cluster { id: cluster_id(), name: name.to_owned(), ..Cluster::default() };
    let source = Source { name: name.to_owned(), kind: SourceKind::Totals, ..Source::default() };
    let mut estate = Estate { sources: vec![source], clusters: vec![cluster], hosts, machines, ..Estate::default() };
    estate.sort();
    estate
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::model::Scope;
    use crate::engine::totals::totals;

    fn class(name: &str, count: u32) -> SizeClass {
        SizeClass {
            name: name.into(),
            count,
            vcpus: 4,
            memory: MiB::from_gib(16),
            storage: MiB::from_gib(100),
            os_family: OsFamily::Rhel,
        }
    }

    #[test]
    fn classes_become_numbered_machines() {
        let host = HostClass {
            count: 3,
            sockets: 2,
            cores: 32,
            speed: MHz(2600),
            memory: MiB::from_gib(512),
            ..HostClass::default()
        };
        let estate = estate_from_classes("Lab", &[class("app", 12), class("", 1), class("app", 2)], &[host]);
        let mut names: Vec<&str> = estate.machines.iter().map(|machine| machine.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!((names[0], names[13], names[14]), ("app-0001", "app-0014", "vm-0001"), "equal names count on");
        let sums = totals(&estate, Scope::default(), &BTreeMap::new(), Some(estate.clusters[0].id));
        assert_eq!(
            (sums.planned, sums.vcpus, sums.memory, sums.in_use),
            (15, 60, MiB::from_gib(240), MiB::from_gib(1500))
        );
        assert_eq!((sums.hosts, sums.cores, sums.host_cpu), (3, 96, MHz(96 * 2600)));
    }

    #[test]
    fn ids_stay_when_numbers_and_sizes_change() {
        let ids = |estate: &Estate| estate.machines.iter().map(|machine| machine.id).collect::<Vec<_>>();
        let before = estate_from_classes("Lab", &[class("app", 3)], &[]);
        let larger = SizeClass { vcpus: 8, ..class("app", 5) };
        let after = estate_from_classes("Renamed", &[class("db", 7), larger], &[]);
        assert!(ids(&before).iter().all(|id| ids(&after).contains(id)));
    }

    #[test]
    fn totals_are_split_without_loss() {
        for machines in [1, 3, 7, 109] {
            let typed = TypedTotals {
                machines,
                vcpus: 359,
                memory: MiB(837_632),
                storage: MiB(36_249_601),
                os_family: OsFamily::Linux,
            };
            let estate = estate_from_totals("Totals", &typed, &[]);
            let sums = totals(&estate, Scope::default(), &BTreeMap::new(), None);
            assert_eq!(
                (sums.planned, sums.vcpus, sums.memory, sums.in_use),
                (machines.into(), 359, MiB(837_632), MiB(36_249_601))
            );
            assert_eq!(
                (sums.provisioned, sums.disk_capacity),
                (sums.in_use, sums.in_use),
                "every measure gives what was typed"
            );
            let most = estate.machines.iter().map(|machine| machine.vcpus).max();
            let least = estate.machines.iter().map(|machine| machine.vcpus).min();
            assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1), "evenly");
        }
    }

    #[test]
    fn nothing_typed_is_an_empty_estate_and_too_much_is_cut() {
        assert!(estate_from_totals("", &TypedTotals::default(), &[]).is_empty());
        let many = SizeClass { count: u32::MAX, ..SizeClass::default() };
        assert_eq!(estate_from_classes("", &[many.clone(), many], &[]).machines.len(), MAX_TYPED_MACHINES as usize);
    }

    #[test]
    fn what_is_typed_travels_as_postcard_and_json() {
        let typed = (
            class("app", 3),
            HostClass { count: 1, ..HostClass::default() },
            TypedTotals { machines: 2, ..TypedTotals::default() },
        );
        let bytes = postcard::to_stdvec(&typed).expect("serialises");
        assert_eq!(postcard::from_bytes::<(SizeClass, HostClass, TypedTotals)>(&bytes).expect("reads"), typed);
        let json = serde_json::to_string(&typed).expect("serialises");
        assert_eq!(serde_json::from_str::<(SizeClass, HostClass, TypedTotals)>(&json).expect("reads"), typed);
    }
}

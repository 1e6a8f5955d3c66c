//! Where nothing is moved: each cluster of the estate with the machines that are in it today, as a plan that can be grown like any other.

use crate::engine::model::{Estate, Footprint, FootprintKind, Money, Scenario};
use crate::engine::outcome::demands;
use crate::engine::placement::{Assignment, Bind, ClusterPlan, HostPlan, PlacePlan, Plan, RESOURCES, Resources, Slot};
use crate::engine::sizing::{ClusterStorage, STORAGE, cluster_size};

/// What today's clusters carry and give, one place for each that is a footprint, in the order of the footprints. Machines are not put on hosts one by one,
/// since growth counts the capacity of a cluster as one pool; nothing of it is priced.
pub fn staying(estate: &Estate, scenario: &Scenario) -> Plan {
    let demands = demands(estate, scenario);
    let storage = ClusterStorage::of_estate(
        estate,
        demands.iter().map(|(machine, demand)| (*machine, demand.map(|demand| demand.resources[STORAGE]))),
    );
    let mut plan = Plan::default();
    for footprint in &scenario.footprints {
        let FootprintKind::Cluster(chosen) = &footprint.kind else { continue };
        let place = plan.places.len() as u32;
        let mut used = [0_u64; RESOURCES];
        for (machine, demand) in demands.iter().filter(|(machine, _)| machine.cluster == chosen.cluster) {
            let Some(demand) = demand else { continue };
            used = std::array::from_fn(|resource| used[resource].saturating_add(demand.resources[resource]));
            plan.assignments.push(assignment(machine.id, place));
        }
        plan.places.push(cluster_of(footprint, estate, scenario, &storage, used));
    }
    plan.assignments.sort_unstable_by_key(|assignment| assignment.machine);
    plan
}

fn cluster_of(
    footprint: &Footprint,
    estate: &Estate,
    scenario: &Scenario,
    storage: &ClusterStorage,
    used: Resources,
) -> PlacePlan {
    let policy = scenario.policy.with(&footprint.policy);
    let cluster = match &footprint.kind {
        FootprintKind::Cluster(chosen) => estate.cluster(chosen.cluster),
        FootprintKind::Hosts(_) | FootprintKind::Instances(_) => None,
    };
    let clusters = cluster.into_iter().map(|cluster| {
        let hosts = estate.hosts_of(cluster.id).count() as u32;
        let size = cluster_size(estate, cluster, storage.of(cluster.id, hosts, &policy), &policy);
        let mut usable = [0_u64; RESOURCES];
        for (_, capacity) in &size.hosts {
            usable = std::array::from_fn(|resource| usable[resource].saturating_add(capacity[resource]));
        }
        usable[STORAGE] = size.shared_storage;
        let host = |(id, capacity)| HostPlan {
            existing: Some(id),
            retired: false,
            capacity,
            used: [0; RESOURCES],
            machines: Vec::new(),
        };
        let hosts = size.hosts.into_iter().map(host).collect();
        ClusterPlan { hosts, used, usable, limiting: None, fragmentation_hosts: 0 }
    });
    PlacePlan { footprint: footprint.id, clusters: clusters.collect(), instances: 0 }
}

fn assignment(machine: crate::engine::model::MachineId, place: u32) -> Assignment {
    let slot = Slot::Host { cluster: 0, host: 0 };
    let (next_best, rejections) = (None, Vec::new());
    Assignment { machine, place, slot, cost: Money::ZERO, bind: Bind::SharesHosts, next_best, rejections }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Catalog;
    use crate::engine::growth::growth;
    use crate::engine::model::{
        Cluster, ClusterFootprint, ClusterId, FootprintId, Host, HostId, Machine, MachineId, MiB, PolicyOverride, Power,
    };

    /// A cluster of two hosts of 16 cores and 256 GiB with machines of 4 vCPU and 64 GiB.
    fn estate(machines: u64) -> (Estate, Scenario) {
        let id = ClusterId::of(&["A"]);
        let host =
            |number: u64| Host { id: HostId(number), cluster: id, cores: 16, memory: MiB(262_144), ..Host::default() };
        let machine = |number: u64| Machine {
            id: MachineId(number),
            cluster: id,
            vcpus: 4,
            memory: MiB(65_536),
            power: Power::On,
            ..Machine::default()
        };
        let estate = Estate {
            clusters: vec![Cluster { id, name: "A".to_owned(), ..Cluster::default() }],
            hosts: (1..=2).map(host).collect(),
            machines: (1..=machines).map(machine).collect(),
            ..Estate::default()
        };
        let kind = FootprintKind::Cluster(ClusterFootprint::kept(id));
        let footprint = Footprint {
            id: FootprintId(1),
            name: "A".to_owned(),
            enabled: false,
            kind,
            policy: PolicyOverride::default(),
        };
        (estate, Scenario { footprints: vec![footprint], ..Scenario::default() })
    }

    #[test]
    fn machines_stay_in_their_cluster_whether_plans_may_use_it_or_not() {
        let (estate, scenario) = estate(3);
        let plan = staying(&estate, &scenario);
        assert_eq!((plan.places.len(), plan.assignments.len()), (1, 3));
        let cluster = &plan.places[0].clusters[0];
        assert_eq!(cluster.hosts.len(), 2);
        assert!(cluster.used[1] > 0 && cluster.usable[1] >= cluster.used[1], "{cluster:?}");
    }

    #[test]
    fn what_stays_fills_as_it_grows() {
        let (estate, scenario) = estate(3);
        let plan = staying(&estate, &scenario);
        let grown = |rate| growth(&plan, &estate, &scenario, &Catalog::default(), rate, 60);
        assert_eq!(grown(0)[0].full, None);
        let full = grown(300)[0].full.expect("full within five years");
        assert!(grown(500)[0].full.expect("earlier") < full);
    }
}

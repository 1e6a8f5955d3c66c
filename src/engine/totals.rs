//! Sums over an estate, as people quote them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{ClusterId, Estate, Host, MHz, Machine, MachineEdit, MachineId, MiB, Scope, SetAside};

/// Sums over the machines and hosts of an estate or of one cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Machines in the inventory, templates and all.
    pub machines: u64,
    /// Machines that are planned; everything below down to `partitions_known_for` is over these.
    pub planned: u64,
    /// Machines left out, by reason, in the order of [`SetAside::ALL`].
    pub set_aside: [u64; 5],
    /// Virtual processors.
    pub vcpus: u64,
    /// Configured memory.
    pub memory: MiB,
    /// vInfo `Provisioned`.
    pub provisioned: MiB,
    /// vInfo `In Use`.
    pub in_use: MiB,
    /// Sum of virtual disks.
    pub disk_capacity: MiB,
    /// Number of virtual disks.
    pub disks: u64,
    /// Held by file systems in the guests.
    pub partition_consumed: MiB,
    /// Number of partitions behind that.
    pub partitions: u64,
    /// Machines whose file systems are known.
    pub partitions_known_for: u64,
    /// Hosts.
    pub hosts: u64,
    /// Physical cores.
    pub cores: u64,
    /// Memory of the hosts.
    pub host_memory: MiB,
    /// All cores times their clock.
    pub host_cpu: MHz,
}

/// What the user changed about machines.
type Edits = std::collections::BTreeMap<MachineId, MachineEdit>;

/// Sums over all of an estate, or over one cluster of it.
pub fn totals(estate: &Estate, scope: Scope, edits: &Edits, cluster: Option<ClusterId>) -> Totals {
    let mut totals = Totals::default();
    let is_in = |other: ClusterId| cluster.is_none_or(|cluster| cluster == other);
    for machine in estate.machines.iter().filter(|machine| is_in(machine.cluster)) {
        totals.add_machine(machine, edits.get(&machine.id), scope);
    }
    for host in estate.hosts.iter().filter(|host| is_in(host.cluster)) {
        totals.add_host(host);
    }
    totals
}

/// Sums over each cluster of an estate, in the order of [`Estate::clusters`], in one pass.
pub fn totals_by_cluster(estate: &Estate, scope: Scope, edits: &Edits) -> Vec<Totals> {
    let mut all = vec![Totals::default(); estate.clusters.len()];
    let place = |id: ClusterId| estate.clusters.binary_search_by_key(&id, |cluster| cluster.id).ok();
    for machine in &estate.machines {
        if let Some(at) = place(machine.cluster) {
            all[at].add_machine(machine, edits.get(&machine.id), scope);
        }
    }
    for host in &estate.hosts {
        if let Some(at) = place(host.cluster) {
            all[at].add_host(host);
        }
    }
    all
}

impl Totals {
    fn add_machine(&mut self, machine: &Machine, edit: Option<&MachineEdit>, scope: Scope) {
        self.machines += 1;
        if !MachineEdit::plans(edit, machine, scope) {
            if let Some(reason) = machine.set_aside() {
                self.set_aside[SetAside::ALL.iter().position(|&other| other == reason).unwrap_or_default()] += 1;
            }
            return;
        }
        self.planned += 1;
        self.vcpus += u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus));
        self.memory += edit.and_then(|edit| edit.memory).unwrap_or(machine.memory);
        self.provisioned += machine.storage.provisioned.unwrap_or_default();
        self.in_use += machine.storage.in_use.unwrap_or_default();
        self.disk_capacity += machine.storage.disk_capacity.unwrap_or_default();
        self.disks += machine.disks.len() as u64;
        self.partition_consumed += machine.storage.partition_consumed.unwrap_or_default();
        self.partitions += u64::from(machine.partitions);
        self.partitions_known_for += u64::from(machine.storage.partition_consumed.is_some());
    }

    fn add_host(&mut self, host: &Host) {
        self.hosts += 1;
        self.cores += u64::from(host.cores);
        self.host_memory += host.memory;
        self.host_cpu += host.cpu();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Cluster, HostId, Power};

    #[test]
    fn clusters_in_one_pass_are_clusters_one_by_one() {
        let clusters = ["a", "b", "empty"].map(|name| Cluster { id: ClusterId::of(&[name]), ..Cluster::default() });
        let machine = |name: &str, cluster: usize, power| Machine {
            id: MachineId::of(&[name]),
            cluster: clusters.get(cluster).map(|cluster| cluster.id).unwrap_or_default(),
            vcpus: 3,
            power,
            ..Machine::default()
        };
        let host = |name: &str, cluster: usize| Host {
            id: HostId::of(&[name]),
            cluster: clusters[cluster].id,
            cores: 8,
            ..Host::default()
        };
        let mut estate = Estate {
            machines: vec![
                machine("1", 0, Power::On),
                machine("2", 1, Power::On),
                machine("3", 1, Power::Off),
                machine("in none", 9, Power::On),
            ],
            hosts: vec![host("1", 1), host("2", 1), host("3", 0)],
            clusters: clusters.to_vec(),
            ..Estate::default()
        };
        estate.sort();
        let edit = MachineEdit { vcpus: Some(7), ..MachineEdit::default() };
        let edits = Edits::from([(MachineId::of(&["2"]), edit)]);
        let all = totals_by_cluster(&estate, Scope::default(), &edits);
        for (cluster, found) in estate.clusters.iter().zip(&all) {
            assert_eq!(*found, totals(&estate, Scope::default(), &edits, Some(cluster.id)));
        }
        let sum = |of: fn(&Totals) -> u64| all.iter().map(of).sum::<u64>();
        assert_eq!((sum(|t| t.machines), sum(|t| t.vcpus), sum(|t| t.cores)), (3, 10, 24));
    }
}

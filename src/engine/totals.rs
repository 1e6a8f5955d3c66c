//! Sums over an estate, as people quote them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{ClusterId, Estate, MHz, MachineEdit, MachineId, MiB, Scope, SetAside};

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

/// Sums over all of an estate, or over one cluster of it.
pub fn totals(
    estate: &Estate,
    scope: Scope,
    edits: &std::collections::BTreeMap<MachineId, MachineEdit>,
    cluster: Option<ClusterId>,
) -> Totals {
    let mut totals = Totals::default();
    for machine in estate.machines.iter().filter(|machine| cluster.is_none_or(|cluster| machine.cluster == cluster)) {
        totals.machines += 1;
        let edit = edits.get(&machine.id);
        if !MachineEdit::plans(edit, machine, scope) {
            if let Some(reason) = machine.set_aside() {
                totals.set_aside[SetAside::ALL.iter().position(|&other| other == reason).unwrap_or_default()] += 1;
            }
            continue;
        }
        totals.planned += 1;
        totals.vcpus += u64::from(edit.and_then(|edit| edit.vcpus).unwrap_or(machine.vcpus));
        totals.memory += edit.and_then(|edit| edit.memory).unwrap_or(machine.memory);
        totals.provisioned += machine.storage.provisioned.unwrap_or_default();
        totals.in_use += machine.storage.in_use.unwrap_or_default();
        totals.disk_capacity += machine.storage.disk_capacity.unwrap_or_default();
        totals.disks += machine.disks.len() as u64;
        totals.partition_consumed += machine.storage.partition_consumed.unwrap_or_default();
        totals.partitions += u64::from(machine.partitions);
        totals.partitions_known_for += u64::from(machine.storage.partition_consumed.is_some());
    }
    for host in estate.hosts.iter().filter(|host| cluster.is_none_or(|cluster| host.cluster == cluster)) {
        totals.hosts += 1;
        totals.cores += u64::from(host.cores);
        totals.host_memory += host.memory;
        totals.host_cpu += host.cpu();
    }
    totals
}

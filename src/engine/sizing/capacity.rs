//! What hosts give.

use super::{CPU, IOPS, LARGEST, MEMORY, NETWORK, STORAGE, UNLIMITED};
use crate::engine::catalog::ManagementReserve;
use crate::engine::model::{MiB, Policy};
use crate::engine::placement::Resources;

/// What one host gives to machines under a policy, storage left out:
///
/// - CPU: `cores × vCPU per core × (1 − headroom)`, physical cores; threads are not counted, because vendors disagree about their worth;
/// - memory: `installed × overcommit × (1 − headroom)`;
/// - operations per second: not limited, no vendor prints them;
/// - network: as printed, not limited where it is not.
///
/// The memory part is the inverse of the one formula VMware published, `hosts = RAM × (utilisation ÷ target ratio) ÷ RAM per host`
/// (<https://blogs.vmware.com/cloud/?p=6943>); the CPU part is its analogue. Rounded down.
pub fn host_capacity(cores: u32, memory: MiB, network_mbps: u32, policy: &Policy) -> Resources {
    let mut capacity = Resources::default();
    capacity[CPU] = share(u128::from(cores) * 1000, policy.vcpu_per_core_pct, policy.cpu_headroom_pct);
    capacity[MEMORY] = share(u128::from(memory.0), policy.memory_overcommit_pct, policy.memory_headroom_pct);
    capacity[IOPS] = UNLIMITED;
    capacity[NETWORK] = if network_mbps == 0 { UNLIMITED } else { u64::from(network_mbps) };
    capacity
}

/// `amount × ratio × (1 − headroom)`, rounded down.
fn share(amount: u128, ratio_pct: u32, headroom_pct: u32) -> u64 {
    let share = amount * u128::from(ratio_pct) * u128::from(100 - headroom_pct.min(100)) / 10_000;
    share.min(u128::from(LARGEST)) as u64
}

/// What the management machines of a service take in its first cluster.
pub fn management(reserve: ManagementReserve) -> Resources {
    [u64::from(reserve.vcpus) * 1000, reserve.memory.0, reserve.storage.0, 0, 0].map(|amount| amount.min(LARGEST))
}

/// Hosts that each resource asks for if capacity were one pool: a lower bound on packing whole machines, and the sum that other sizers print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PooledHosts {
    /// By CPU.
    pub cpu: u64,
    /// By memory.
    pub memory: u64,
    /// By storage, with the storage policy that each number of hosts brings.
    pub storage: u64,
}

impl PooledHosts {
    /// The resource that asks for the most, or `minimum` where that is more.
    pub fn largest(self, minimum: u32) -> u64 {
        self.cpu.max(self.memory).max(self.storage).max(u64::from(minimum))
    }
}

/// Hosts needed for `demand` by pooled capacity: `⌈demand ÷ capacity of a host⌉` for CPU and memory, and for storage the fewest hosts whose entry in
/// `usable_storage` is large enough, whole clusters of the largest size first. `None` where a resource is asked for and no host has any.
///
/// The storage policy changes with the number of hosts, so its factor is looked up for each number, not divided by: this is the fixed point that an
/// iteration would find.
pub fn pooled_hosts(demand: &Resources, capacity: &Resources, usable_storage: &[u64]) -> Option<PooledHosts> {
    let by = |resource: usize| match (demand[resource], capacity[resource]) {
        (0, _) => Some(0),
        (_, 0) => None,
        (asked, given) => Some(asked.div_ceil(given)),
    };
    Some(PooledHosts { cpu: by(CPU)?, memory: by(MEMORY)?, storage: storage_hosts(demand[STORAGE], usable_storage)? })
}

fn storage_hosts(asked: u64, usable_storage: &[u64]) -> Option<u64> {
    if asked == 0 {
        return Some(0);
    }
    let largest = *usable_storage.last()?;
    if largest == 0 {
        return None;
    }
    let clusters = (asked - 1) / largest;
    let rest = asked - clusters * largest;
    let hosts_of_rest = usable_storage.iter().position(|&usable| usable >= rest)?;
    Some(clusters.saturating_mul(usable_storage.len() as u64 - 1).saturating_add(hosts_of_rest as u64))
}

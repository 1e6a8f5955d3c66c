//! What hosts give.

use super::{CPU, IOPS, LARGEST, MEMORY, NETWORK, STORAGE, UNLIMITED};
use crate::engine::catalog::ManagementReserve;
use crate::engine::model::{CpuMeasure, MHz, MiB, Policy};
use crate::engine::placement::Resources;

/// What one host gives to machines under a policy, storage left out:
///
/// - CPU: `cores × vCPU per core × (1 − headroom)`, physical cores; threads are not counted, because vendors disagree about their worth. Counted by the
///   clock, `cores × MHz × (1 − headroom)`; [`ASSUMED_CLOCK`] where the clock is not known;
/// - memory: `installed × overcommit × (1 − headroom)`;
/// - operations per second: as the policy says, else not limited, no vendor prints them;
/// - network: as the policy says, else as printed, not limited where it is not.
///
/// The memory part is the inverse of the one formula VMware published, `hosts = RAM × (utilisation ÷ target ratio) ÷ RAM per host`
/// (<https://blogs.vmware.com/cloud/?p=6943>); the CPU part is its analogue. Rounded down.
pub fn host_capacity(cores: u32, speed: MHz, memory: MiB, network_mbps: u32, policy: &Policy) -> Resources {
    let mut capacity = Resources::default();
    capacity[CPU] = match policy.cpu_measure {
        CpuMeasure::Vcpus => share(u128::from(cores) * 1000, policy.vcpu_per_core_pct, policy.cpu_headroom_pct),
        CpuMeasure::Clock => share(u128::from(cores) * u128::from(clock(speed).0), 100, policy.cpu_headroom_pct),
    };
    capacity[MEMORY] = share(u128::from(memory.0), policy.memory_overcommit_pct, policy.memory_headroom_pct);
    capacity[IOPS] = policy.host_iops.map_or(UNLIMITED, u64::from);
    let printed = Some(network_mbps).filter(|&mbps| mbps > 0);
    capacity[NETWORK] = policy.host_network_mbps.or(printed).map_or(UNLIMITED, u64::from);
    capacity
}

/// The clock of processors whose own is not known, where processors are counted by it: an assumption of ours, slower than the base clock of most servers of
/// the last ten years, so that a host that is not known gives little.
pub const ASSUMED_CLOCK: MHz = MHz(2_000);

/// The clock that counts.
pub(super) fn clock(speed: MHz) -> MHz {
    if speed.0 == 0 { ASSUMED_CLOCK } else { speed }
}

/// The MHz that thousandths of vCPU at a clock stand for: `vCPU × MHz ÷ vCPU per core`. Rounded up.
pub(super) fn clock_of_vcpus(milli_vcpus: u64, speed: MHz, policy: &Policy) -> u64 {
    let product = u128::from(milli_vcpus) * u128::from(clock(speed).0) * 100;
    let mhz = product.div_ceil(1000 * u128::from(policy.vcpu_per_core_pct.max(1)));
    mhz.min(u128::from(LARGEST)) as u64
}

/// `amount × ratio × (1 − headroom)`, rounded down.
fn share(amount: u128, ratio_pct: u32, headroom_pct: u32) -> u64 {
    let share = amount * u128::from(ratio_pct) * u128::from(100 - headroom_pct.min(100)) / 10_000;
    share.min(u128::from(LARGEST)) as u64
}

/// What the management machines of a service take in its first cluster, on hosts of this clock.
pub fn management(reserve: ManagementReserve, speed: MHz, policy: &Policy) -> Resources {
    let milli_vcpus = u64::from(reserve.vcpus) * 1000;
    let cpu = match policy.cpu_measure {
        CpuMeasure::Vcpus => milli_vcpus,
        CpuMeasure::Clock => clock_of_vcpus(milli_vcpus, speed, policy),
    };
    [cpu, reserve.memory.0, reserve.storage.0, 0, 0].map(|amount| amount.min(LARGEST))
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

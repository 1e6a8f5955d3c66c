//! What one machine asks for.

use rustc_hash::FxHashMap;

use super::capacity::{clock, clock_of_vcpus};
use super::{CPU, LARGEST};
use crate::engine::model::{
    ClusterId, CpuMeasure, Estate, HostId, MHz, Machine, MachineEdit, MiB, Policy, Power, RightSizing, Storage,
    StorageMeasure,
};
use crate::engine::placement::Resources;

/// What one machine asks for, and how that came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// What it takes of each resource, processors as thousandths of a vCPU.
    pub resources: Resources,
    /// What it takes of the processors of a host, as the policy counts them: thousandths of a vCPU, or MHz.
    pub host_cpu: u64,
    /// The storage measure that was used; `None` where the user typed a size or no measure is known.
    pub storage_measure: Option<StorageMeasure>,
    /// True where the CPU is that measured, with headroom, and not that configured.
    pub cpu_measured: bool,
    /// True where the memory is that measured, with headroom, and not that configured.
    pub memory_measured: bool,
}

/// What a machine asks for under a policy. What the user edited counts as it is, whatever was measured.
///
/// - CPU: configured vCPU; or, right-sized, `used MHz ÷ clock of its host × (1 + headroom)`, between 1 vCPU and those configured. It is therefore counted
///   in vCPU of the source's clock; a faster target is not credited.
/// - Memory: configured; or, right-sized, `touched memory × (1 + headroom)`, between [`memory_floor`] and that configured.
/// - Storage: the policy's measure, see [`storage_of`].
/// - CPU on hosts that are counted by the clock: used MHz, with the headroom of right-sizing where that is on, never more than the vCPU could use; where
///   nothing was measured or the vCPU were edited, what they stand for at the policy's vCPU per core.
/// - Operations per second: as measured or typed; where not known, what the policy assumes for each machine and for each TiB of its storage. Network: what the
///   policy assumes, no inventory holds it.
///
/// A machine that is not running was not measured, whatever the file says.
pub fn demand(machine: &Machine, edit: Option<&MachineEdit>, policy: &Policy, host_speed: Option<MHz>) -> Demand {
    let (mut cpu, mut memory) = (milli_vcpus(machine.vcpus), machine.memory);
    let (mut cpu_measured, mut memory_measured) = (false, false);
    if let (RightSizing::Measured { cpu_headroom_pct, memory_headroom_pct }, Power::On) =
        (policy.right_sizing, machine.power)
    {
        let speed = host_speed.filter(|speed| speed.0 > 0);
        if let (Some(used), Some(speed)) = (machine.cpu_used, speed) {
            cpu = measured_cpu(used, speed, cpu_headroom_pct).min(cpu);
            cpu_measured = true;
        }
        if let Some(active) = machine.memory_active {
            let wanted = active.percent_ceil(with_headroom(memory_headroom_pct));
            memory = wanted.max(memory_floor(machine.memory)).min(machine.memory);
            memory_measured = true;
        }
    }
    let edited = edit.cloned().unwrap_or_default();
    if let Some(vcpus) = edited.vcpus {
        (cpu, cpu_measured) = (milli_vcpus(vcpus), false);
    }
    if let Some(size) = edited.memory {
        (memory, memory_measured) = (size, false);
    }
    let (storage, storage_measure) = match edited.storage {
        Some(size) => (size, None),
        None => storage_of(&machine.storage, policy.storage_measure),
    };
    let known = edited.iops.or(machine.iops).map(u64::from);
    let iops = known
        .unwrap_or_else(|| per_tib(storage, policy.iops_per_tib).saturating_add(u64::from(policy.iops_per_machine)));
    let network = u64::from(policy.network_mbps_per_machine);
    let resources = [cpu, memory.0, storage.0, iops, network].map(|amount| amount.min(LARGEST));
    let host_cpu = match policy.cpu_measure {
        CpuMeasure::Vcpus => resources[CPU],
        CpuMeasure::Clock => {
            let used = machine.cpu_used.filter(|_| machine.power == Power::On && edited.vcpus.is_none());
            let size = edited.vcpus.unwrap_or(machine.vcpus);
            used_clock(used, milli_vcpus(size), host_speed.unwrap_or_default(), policy)
        }
    };
    Demand { resources, host_cpu, storage_measure, cpu_measured, memory_measured }
}

/// The MHz that a machine with so many thousandths of vCPU asks for: see [`demand`].
fn used_clock(used: Option<MHz>, milli_vcpus: u64, speed: MHz, policy: &Policy) -> u64 {
    let Some(used) = used else { return clock_of_vcpus(milli_vcpus, speed, policy) };
    let headroom_pct = match policy.right_sizing {
        RightSizing::Measured { cpu_headroom_pct, .. } => cpu_headroom_pct,
        RightSizing::AsProvisioned => 0,
    };
    let wanted = u128::from(used.0) * (100 + u128::from(headroom_pct));
    let most = u128::from(milli_vcpus) * u128::from(clock(speed).0) / 1000;
    wanted.div_ceil(100).min(most).min(u128::from(LARGEST)) as u64
}

/// What so much storage asks for at so much for each TiB, rounded up.
pub(super) fn per_tib(storage: MiB, of_one: u32) -> u64 {
    let amount = (u128::from(storage.0) * u128::from(of_one)).div_ceil(1 << 20);
    u64::try_from(amount).unwrap_or(u64::MAX)
}

/// The storage of a machine by the wanted measure and the measure really used. One that is missing or 0, because the tab was not exported or the guest does
/// not report, is replaced by the next larger one of [`StorageMeasure::BY_SIZE`], then by the next smaller one.
pub fn storage_of(storage: &Storage, wanted: StorageMeasure) -> (MiB, Option<StorageMeasure>) {
    let place = StorageMeasure::BY_SIZE.iter().position(|&measure| measure == wanted).unwrap_or_default();
    let (smaller, larger) = StorageMeasure::BY_SIZE.split_at(place);
    larger
        .iter()
        .chain(smaller.iter().rev())
        .find_map(|&measure| {
            let size = match measure {
                StorageMeasure::Provisioned => storage.provisioned,
                StorageMeasure::InUse => storage.in_use,
                StorageMeasure::DiskCapacity => storage.disk_capacity,
                StorageMeasure::PartitionConsumed => storage.partition_consumed,
            };
            size.filter(|size| size.0 > 0).map(|size| (size, Some(measure)))
        })
        .unwrap_or_default()
}

/// The least memory a right-sized machine gets: a quarter of what is configured, and 1 GiB at least. An assumption of ours: touched memory is a sample of
/// the last minutes and leaves out the caches of the guest.
pub fn memory_floor(configured: MiB) -> MiB {
    MiB((configured.0 / 4).max(MiB::from_gib(1).0))
}

/// Thousandths of a vCPU of `vcpus`; a machine has one at least.
fn milli_vcpus(vcpus: u32) -> u64 {
    u64::from(vcpus.max(1)) * 1000
}

/// `used ÷ speed × (1 + headroom)` in thousandths of a vCPU, rounded up, one vCPU at least.
fn measured_cpu(used: MHz, speed: MHz, headroom_pct: u32) -> u64 {
    let milli = u128::from(used.0) * 1000 * (100 + u128::from(headroom_pct));
    u64::try_from(milli.div_ceil(u128::from(speed.0) * 100)).unwrap_or(u64::MAX).max(1000)
}

/// 100 per cent and `headroom_pct` on top.
const fn with_headroom(headroom_pct: u32) -> u32 {
    headroom_pct.saturating_add(100)
}

/// The clock of the cores that machines ran on, to turn megahertz into vCPU.
#[derive(Clone, Debug, Default)]
pub struct SourceClocks {
    hosts: FxHashMap<HostId, MHz>,
    clusters: FxHashMap<ClusterId, MHz>,
}

impl SourceClocks {
    /// The clocks of an estate's hosts; for a cluster that of its slowest host, so that demand is not underrated.
    pub fn of_estate(estate: &Estate) -> Self {
        let mut clocks = Self::default();
        for host in estate.hosts.iter().filter(|host| host.speed.0 > 0) {
            clocks.hosts.insert(host.id, host.speed);
            let slowest = clocks.clusters.entry(host.cluster).or_insert(host.speed);
            *slowest = (*slowest).min(host.speed);
        }
        clocks
    }

    /// The clock behind a machine: that of its host, else that of its cluster's slowest host.
    pub fn of(&self, machine: &Machine) -> Option<MHz> {
        let host = machine.host.and_then(|host| self.hosts.get(&host));
        host.or_else(|| self.clusters.get(&machine.cluster)).copied()
    }
}

#[cfg(test)]
mod tests;

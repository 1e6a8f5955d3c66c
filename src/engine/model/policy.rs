//! How demand and capacity are counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How demand and capacity are counted. Ratios are in per cent: 400 means 4.0.
///
/// Defaults and where they come from:
///
/// | field | default | source |
/// |---|---|---|
/// | `vcpu_per_core_pct` | 4.0 | Azure Migrate assessment of Azure VMware Solution (2024-08-07) and VMware Cloud sizer, both 4 to 1 |
/// | `memory_overcommit_pct` | 1.0 | Azure Migrate assessment of Azure VMware Solution (2024-08-07) |
/// | `cpu_headroom_pct` | 15 | VMware Cloud sizer, `cpuHeadroom` 0.15; Azure Migrate plans to 80 %, so 20 |
/// | `memory_headroom_pct` | 10 | `kimvaddi/avs-migration-planner` (2026-03-31), for the hypervisor; vendors print none |
/// | `slack_pct` | 25 | Azure VMware Solution: at most 75 % of vSAN in use (azure-vmware-solutions-limits.md); VMware Cloud on AWS asks for 20 |
/// | `dedup_pct` | 1.0 | ours: savings are claimed only where they are measured. Azure Migrate takes 1.5, VMware 2.0 |
/// | `cpu_measure` | vCPU | as Azure Migrate and the VMware Cloud sizer count |
/// | `iops_per_machine`, `network_mbps_per_machine` | 0 | ours: what was not measured is not made up |
/// | `host_iops`, `host_network_mbps` | no limit | vendors print no operations per second; of the network what the catalogue prints |
/// | `host_failures` | 1 | vSphere HA's admission control in its usual setting, and N+1 in `fjacquet/vcf-sizer` |
/// | `iops_per_tib`, `mibps_per_tib` | 0 | ours: an inventory does not know them, so nothing is asked of disks but their size until you say so |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Policy {
    /// Which machines are planned.
    pub scope: Scope,
    /// Whether machines keep their size or get what they use.
    pub right_sizing: RightSizing,
    /// vCPU for each physical core, in per cent. 400 is the default of Azure Migrate and of the VMware Cloud sizer.
    pub vcpu_per_core_pct: u32,
    /// What processors are counted in.
    pub cpu_measure: CpuMeasure,
    /// Configured memory for each unit of host memory, in per cent.
    pub memory_overcommit_pct: u32,
    /// Share of every host's CPU kept free, in per cent.
    pub cpu_headroom_pct: u32,
    /// Share of every host's memory kept free, for the hypervisor and for peaks, in per cent.
    pub memory_headroom_pct: u32,
    /// Which storage figure counts.
    pub storage_measure: StorageMeasure,
    /// How vSAN protects data.
    pub storage_policy: StoragePolicyChoice,
    /// Share of usable storage kept free (vSAN slack), in per cent.
    pub slack_pct: u32,
    /// Logical data for each unit stored after deduplication and compression, in per cent; 100 claims no saving.
    pub dedup_pct: u32,
    /// Host failures that every cluster must survive with all its machines.
    pub host_failures: u32,
    /// Operations per second that each TiB of a machine's storage asks for, where they were neither measured nor typed. 0: none.
    pub iops_per_tib: u32,
    /// Throughput in MiB/s that each TiB of a machine's storage asks for. 0: none; no inventory holds it.
    pub mibps_per_tib: u32,
    /// Operations per second that a machine asks for whose own are not known.
    pub iops_per_machine: u32,
    /// Mbit/s that each machine asks for: no inventory holds what machines send, only how fast their adapters are.
    pub network_mbps_per_machine: u32,
    /// Operations per second that one host gives; `None`: not limited.
    pub host_iops: Option<u32>,
    /// Mbit/s that one host gives; `None`: what the catalogue prints of its type, not limited where it prints nothing.
    pub host_network_mbps: Option<u32>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            scope: Scope::default(),
            right_sizing: RightSizing::default(),
            vcpu_per_core_pct: 400,
            cpu_measure: CpuMeasure::default(),
            memory_overcommit_pct: 100,
            cpu_headroom_pct: 15,
            memory_headroom_pct: 10,
            storage_measure: StorageMeasure::default(),
            storage_policy: StoragePolicyChoice::default(),
            slack_pct: 25,
            dedup_pct: 100,
            host_failures: 1,
            iops_per_tib: 0,
            mibps_per_tib: 0,
            iops_per_machine: 0,
            network_mbps_per_machine: 0,
            host_iops: None,
            host_network_mbps: None,
        }
    }
}

impl Policy {
    /// This policy with what a footprint counts otherwise.
    #[must_use]
    pub fn with(&self, change: &PolicyOverride) -> Self {
        Self {
            vcpu_per_core_pct: change.vcpu_per_core_pct.unwrap_or(self.vcpu_per_core_pct),
            memory_overcommit_pct: change.memory_overcommit_pct.unwrap_or(self.memory_overcommit_pct),
            storage_policy: change.storage_policy.unwrap_or(self.storage_policy),
            slack_pct: change.slack_pct.unwrap_or(self.slack_pct),
            dedup_pct: change.dedup_pct.unwrap_or(self.dedup_pct),
            host_failures: change.host_failures.unwrap_or(self.host_failures),
            host_iops: change.host_iops.or(self.host_iops),
            host_network_mbps: change.host_network_mbps.or(self.host_network_mbps),
            ..self.clone()
        }
    }
}

/// What a footprint counts otherwise than the scenario's policy; `None` takes the policy's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PolicyOverride {
    /// See [`Policy::vcpu_per_core_pct`].
    pub vcpu_per_core_pct: Option<u32>,
    /// See [`Policy::memory_overcommit_pct`].
    pub memory_overcommit_pct: Option<u32>,
    /// See [`Policy::storage_policy`].
    pub storage_policy: Option<StoragePolicyChoice>,
    /// See [`Policy::slack_pct`].
    pub slack_pct: Option<u32>,
    /// See [`Policy::dedup_pct`].
    pub dedup_pct: Option<u32>,
    /// See [`Policy::host_failures`].
    pub host_failures: Option<u32>,
    /// See [`Policy::host_iops`].
    pub host_iops: Option<u32>,
    /// See [`Policy::host_network_mbps`].
    pub host_network_mbps: Option<u32>,
}

/// What the processors of hosts are counted in. Instances are chosen by vCPU in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CpuMeasure {
    /// vCPU, so many for each core.
    #[default]
    Vcpus,
    /// Processor time: the MHz that machines use against cores × clock of the hosts, without overcommit. A machine whose use is not known asks for what its
    /// vCPU stand for at [`Policy::vcpu_per_core_pct`]. See [`crate::engine::sizing::ASSUMED_CLOCK`] for hosts whose clock is not known.
    Clock,
}

/// Which machines are planned beside the running ones. Every switch is off by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the page")]
pub struct Scope {
    /// Plan powered-off and suspended machines too.
    pub powered_off: bool,
    /// Plan templates too.
    pub templates: bool,
    /// Plan Site Recovery placeholders too.
    pub srm_placeholders: bool,
    /// Plan `vCLS` agent machines too.
    pub vcls: bool,
    /// Plan orphaned and inaccessible machines too.
    pub orphaned: bool,
}

impl Scope {
    /// Whether a machine that is set aside for `reason` (`None`: for no reason) is planned.
    pub const fn includes(self, reason: Option<super::SetAside>) -> bool {
        match reason {
            None => true,
            Some(super::SetAside::Template) => self.templates,
            Some(super::SetAside::SrmPlaceholder) => self.srm_placeholders,
            Some(super::SetAside::Vcls) => self.vcls,
            Some(super::SetAside::Orphaned) => self.orphaned,
            Some(super::SetAside::PoweredOff) => self.powered_off,
        }
    }
}

/// Whether machines keep their size or get what they use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RightSizing {
    /// Configured vCPU and memory.
    #[default]
    AsProvisioned,
    /// Measured use plus headroom, never more than configured and never less than 1 vCPU; machines without measurements keep their size.
    /// See [`crate::engine::sizing::demand`].
    Measured {
        /// Added to the CPU used, per cent.
        cpu_headroom_pct: u32,
        /// Added to the memory touched, per cent.
        memory_headroom_pct: u32,
    },
}

/// The storage figure that counts. A machine that lacks it falls back to the next larger one it has, then to the next smaller one; the sizing reports how
/// often. From the smallest to the largest, as they usually stand: [`Self::BY_SIZE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StorageMeasure {
    /// Promised to the machine (vInfo `Provisioned`).
    Provisioned,
    /// Taken on the datastores (vInfo `In Use`).
    #[default]
    InUse,
    /// Sum of virtual disk sizes (vDisk `Capacity`).
    DiskCapacity,
    /// Held by file systems in the guest (vPartition `Consumed`).
    PartitionConsumed,
}

impl StorageMeasure {
    /// Every measure, from the one that is usually the smallest to the one that is usually the largest.
    pub const BY_SIZE: [Self; 4] = [Self::PartitionConsumed, Self::InUse, Self::DiskCapacity, Self::Provisioned];
}

/// How vSAN protects data. The factor on data and the hosts needed depend on it, on the architecture and on the number of hosts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoragePolicyChoice {
    /// The policy that takes the least room among those that survive one failure below 6 hosts, and two from 6 hosts on: what the service levels of VMware
    /// Cloud on AWS and Azure VMware Solution ask for.
    #[default]
    Auto,
    /// Two copies; survives one failure.
    Raid1Ftt1,
    /// Parity over hosts; survives one failure.
    Raid5Ftt1,
    /// Three copies; survives two failures.
    Raid1Ftt2,
    /// Double parity; survives two failures.
    Raid6Ftt2,
    /// Four copies; survives three failures.
    Raid1Ftt3,
}

//! What sizing came to, and every formula with its numbers filled in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::capacity::{ASSUMED_CLOCK, clock};
use super::places::{self, ByPolicy, ClusterSize, HostsSize};
use super::text::{self, count, decimal, gib, ratio, tib};
use super::{CPU, Demand, MEMORY, STORAGE, UNLIMITED, pooled_hosts, use_after_evacuation, vsan};
use crate::engine::catalog::{HostOffering, VsanArchitecture};
use crate::engine::model::{ClusterId, CpuMeasure, Estate, FootprintId, MiB, Policy, RightSizing, StorageMeasure};
use crate::engine::placement::Resources;

/// What is asked of the places, and what one host of each gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SizingSummary {
    /// Machines that are planned.
    pub machines: u64,
    /// What they ask for together, processors as thousandths of a vCPU.
    pub demand: Resources,
    /// What they ask for of the processors of hosts, as the policy counts them: thousandths of a vCPU, or MHz.
    pub host_cpu: u64,
    /// Machines for which another storage measure than the chosen one was used, by the measure used.
    pub fallbacks: Vec<(StorageMeasure, u64)>,
    /// Machines without any storage figure: they ask for none.
    pub without_storage: u64,
    /// Machines that kept their size because nothing was measured, with right-sizing on.
    pub unmeasured: u64,
    /// What one host of each footprint gives under its policy, instances left out.
    pub capacities: Vec<HostCapacity>,
}

/// What one host of a footprint gives under its policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostCapacity {
    /// Which footprint.
    pub footprint: FootprintId,
    /// What one host gives, for an existing cluster all of them together; for storage, what a cluster with the fewest hosts allowed gives.
    pub per_host: Resources,
    /// The storage policy at the fewest hosts allowed, in words, such as `RAID-5 FTT1, OSA: 1.33 × data`.
    pub storage_policy: String,
    /// How these came about, with the numbers filled in.
    pub explain: Vec<Step>,
}

/// One formula with its numbers filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What is computed, such as `CPU of one host`.
    pub label: String,
    /// The formula with its numbers, such as `36 cores × 4.00 vCPU per core × (1 − 15 %)`.
    pub formula: String,
    /// What it gives, such as `122.4 vCPU`.
    pub value: String,
}

impl Step {
    fn new(label: impl Into<String>, formula: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), formula: formula.into(), value: value.into() }
    }
}

/// Adds up demands; the capacities are left for the caller to fill.
pub fn summarize<'a>(demands: impl Iterator<Item = &'a Demand>, policy: &Policy) -> SizingSummary {
    let mut summary = SizingSummary::default();
    let mut by_measure = [0_u64; StorageMeasure::BY_SIZE.len()];
    for demand in demands {
        summary.machines += 1;
        summary.demand = places::total([&summary.demand, &demand.resources]);
        summary.host_cpu = summary.host_cpu.saturating_add(demand.host_cpu);
        let right_sized = matches!(policy.right_sizing, RightSizing::Measured { .. });
        summary.unmeasured += u64::from(right_sized && !demand.cpu_measured && !demand.memory_measured);
        summary.without_storage += u64::from(demand.resources[STORAGE] == 0 && demand.storage_measure.is_none());
        if let Some(used) = demand.storage_measure.filter(|&used| used != policy.storage_measure) {
            by_measure[StorageMeasure::BY_SIZE.iter().position(|&measure| measure == used).unwrap_or_default()] += 1;
        }
    }
    summary.fallbacks =
        StorageMeasure::BY_SIZE.into_iter().zip(by_measure).filter(|&(_, machines)| machines > 0).collect();
    summary
}

/// The capacity of an offering's hosts, explained. `demand` is everything that is planned.
pub fn explain_hosts(
    footprint: FootprintId,
    offering: &HostOffering,
    size: &HostsSize,
    policy: &Policy,
    demand: &Resources,
) -> HostCapacity {
    let mut explain = vec![
        cpu_step(
            "CPU of one host",
            u64::from(offering.cores),
            u64::from(offering.cores) * clock(offering.speed).0,
            size.capacity[CPU],
            policy,
        ),
        memory_step("Memory of one host", offering.memory, size.capacity[MEMORY], policy),
        storage_step(offering, size, policy),
        minimum_step(offering, size),
    ];
    let [cpu, memory, storage, ..] = size.management;
    if (cpu, memory, storage) != (0, 0, 0) {
        let taken = format!("{}, {}, {}", text::cpu(policy.cpu_measure, cpu), gib(MiB(memory)), tib(MiB(storage)));
        explain.push(Step::new("Management in the first cluster", "what the service's own machines take", taken));
    }
    explain.extend(twin_step(size));
    explain.extend(spare_step(offering));
    explain.extend(pooled_step(size, demand));
    explain.extend(evacuation_step(size, policy));
    HostCapacity {
        footprint,
        per_host: places::shown_capacity(size),
        storage_policy: policy_in_words(offering, size, policy),
        explain,
    }
}

/// The capacity of an existing cluster, explained.
pub fn explain_cluster(
    footprint: FootprintId,
    estate: &Estate,
    cluster: ClusterId,
    size: &ClusterSize,
    policy: &Policy,
) -> HostCapacity {
    let mut per_host = places::total(size.hosts.iter().map(|(_, capacity)| capacity));
    per_host[STORAGE] = size.shared_storage;
    let (mut cores, mut clocks, mut memory) = (0, 0, MiB::ZERO);
    for host in estate.hosts_of(cluster) {
        cores += u64::from(host.cores);
        clocks += u64::from(host.cores) * clock(host.speed).0;
        memory += host.memory;
    }
    let failures = count(u64::from(size.host_failures), "host", "hosts");
    let explain = vec![
        cpu_step(
            &format!("CPU of {}", count(size.hosts.len() as u64, "host", "hosts")),
            cores,
            clocks,
            per_host[CPU],
            policy,
        ),
        memory_step("Memory of all hosts", memory, per_host[MEMORY], policy),
        Step::new(
            "Storage",
            "its datastores, less what machines left out of the plan hold",
            tib(MiB(size.shared_storage)),
        ),
        Step::new("Failures to survive", "all machines fit on the hosts that are left", failures),
    ];
    HostCapacity { footprint, per_host, storage_policy: "as the datastores are".to_owned(), explain }
}

/// `clocks`: the MHz of all cores together.
fn cpu_step(label: &str, cores: u64, clocks: u64, given: u64, policy: &Policy) -> Step {
    let (cores, free) = (count(cores, "core", "cores"), policy.cpu_headroom_pct);
    let formula = match policy.cpu_measure {
        CpuMeasure::Vcpus => format!("{cores} × {} vCPU per core × (1 − {free} %)", ratio(policy.vcpu_per_core_pct)),
        CpuMeasure::Clock => {
            format!(
                "{cores} with {} together ({} MHz where the clock is not known) × (1 − {free} %)",
                text::cpu(CpuMeasure::Clock, clocks),
                ASSUMED_CLOCK.0
            )
        }
    };
    Step::new(label, formula, text::cpu(policy.cpu_measure, given))
}

fn memory_step(label: &str, memory: MiB, given: u64, policy: &Policy) -> Step {
    let formula =
        format!("{} × {} × (1 − {} %)", gib(memory), ratio(policy.memory_overcommit_pct), policy.memory_headroom_pct);
    Step::new(label, formula, gib(MiB(given)))
}

fn storage_step(offering: &HostOffering, size: &HostsSize, policy: &Policy) -> Step {
    let label = format!("Storage of a cluster of {}", in_hosts(size, size.min_hosts.into()));
    let usable = places::smallest_storage(size);
    let Some(architecture) = size.architecture else {
        return match usable {
            UNLIMITED => Step::new(label, "arrays bought beside the hosts, paid by the GiB", "not limited"),
            _ => Step::new(label, "the hosts have no disks, and no storage beside them is known", tib(MiB(usable))),
        };
    };
    let Some((name, factor_pct)) = protection(offering, size, policy) else {
        return Step::new(label, "the storage policy needs more hosts", tib(MiB(usable)));
    };
    // With a copy on each site, one site's disks hold the data once.
    let factor_pct = if size.stretched { factor_pct / 2 } else { factor_pct };
    let raw = format!("{} × {}", size.min_hosts + size.storage_hosts, tib(offering.raw_storage));
    let (dedup, slack, factor) = (ratio(policy.dedup_pct), policy.slack_pct, ratio(factor_pct));
    let formula = match architecture {
        VsanArchitecture::Osa => format!("{raw} ÷ {factor} ({name}) × {dedup} × (1 − {slack} %)"),
        VsanArchitecture::Esa => format!("{raw} × (0.87 × {dedup} ÷ {factor} − 0.10) ({name}, ESA) × (1 − {slack} %)"),
    };
    Step::new(label, formula, tib(MiB(usable)))
}

/// How the smallest cluster protects data, in words, and what one unit of data takes, in hundredths; `None` where the policy needs more hosts.
fn protection(offering: &HostOffering, size: &HostsSize, policy: &Policy) -> Option<(String, u32)> {
    let (choice, architecture) = (policy.storage_policy, size.architecture?);
    if size.stretched {
        let site = vsan::site_protection(choice, architecture, size.min_hosts)?;
        return Some((site.name(), site.factor_pct()));
    }
    let hosts = size.min_hosts + size.storage_hosts;
    let found = vsan::protection(choice, architecture, hosts, offering.min_hosts)?;
    Some((found.name(), found.factor_pct()))
}

/// A number of hosts as people say it, where a stretched cluster counts them in pairs.
fn in_hosts(size: &HostsSize, counted: u64) -> String {
    if size.stretched {
        return format!("{counted} + {counted} hosts");
    }
    let hosts = count(counted, "host", "hosts");
    match size.storage_hosts {
        0 => hosts,
        storage => format!("{hosts} and {storage} with storage only"),
    }
}

/// Why half of the hosts of a stretched cluster count.
fn twin_step(size: &HostsSize) -> Option<Step> {
    let formula = "all machines and a copy of all data on the hosts of one site: half of the hosts count";
    size.stretched.then(|| Step::new("Loss of a site", formula, "survived"))
}

/// Why failures need no host more for data to be protected again.
fn spare_step(offering: &HostOffering) -> Option<Step> {
    let days = count(u64::from(offering.spare?.free_days), "day", "days");
    let formula = format!("the provider puts a host in the place of one that failed, free of charge for {days}");
    Some(Step::new("Spare host", formula, "beside the plan: no machine is planned on it"))
}

fn minimum_step(offering: &HostOffering, size: &HostsSize) -> Step {
    let formula = if size.stretched {
        let fewest = offering.stretched_hosts.0;
        format!(
            "the largest of {fewest} (the service), what the storage policy needs on each site, and what the footprint asks for, in pairs"
        )
    } else {
        let (fewest, ByPolicy { left, failed }) = (offering.min_hosts, size.by_policy);
        let failing = if failed > 0 { format!(" + {failed} that may fail") } else { String::new() };
        format!(
            "the largest of {fewest} (the service), {left}{failing} (the storage policy) and what the footprint asks for"
        )
    };
    Step::new("Fewest hosts of a cluster", formula, in_hosts(size, size.min_hosts.into()))
}

fn pooled_step(size: &HostsSize, demand: &Resources) -> Option<Step> {
    let asked = places::total([demand, &size.management]);
    let hosts = pooled_hosts(&asked, &size.capacity, &size.usable_storage)?;
    let formula = format!(
        "the largest of {} (CPU), {} (memory), {} (storage) and {} (fewest), and {} for failures",
        decimal(hosts.cpu, 1, 0),
        decimal(hosts.memory, 1, 0),
        decimal(hosts.storage, 1, 0),
        size.min_hosts,
        size.host_failures
    );
    let total = hosts.cpu.max(hosts.memory) + u64::from(size.host_failures);
    let total = total.max(hosts.largest(size.min_hosts));
    Some(Step::new("Hosts if everything ran here and were one pool", formula, in_hosts(size, total)))
}

fn evacuation_step(size: &HostsSize, policy: &Policy) -> Option<Step> {
    size.architecture.filter(|_| !size.stretched)?;
    let full = u64::from(100 - policy.slack_pct.min(100));
    let hosts = size.min_hosts + size.storage_hosts;
    let after = use_after_evacuation(full * 10, hosts, 1)?;
    let formula = format!("{full} % × {hosts} ÷ ({hosts} − 1)");
    Some(Step::new(
        "vSAN in use while a host of a full smallest cluster is emptied",
        formula,
        format!("{} %", decimal(after, 10, 1)),
    ))
}

fn policy_in_words(offering: &HostOffering, size: &HostsSize, policy: &Policy) -> String {
    let Some(architecture) = size.architecture else {
        return if HostsSize::has_arrays(offering) { "arrays beside the hosts" } else { "no storage" }.to_owned();
    };
    let name = match architecture {
        VsanArchitecture::Osa => "OSA",
        VsanArchitecture::Esa => "ESA",
    };
    match protection(offering, size, policy) {
        Some((policy, factor_pct)) => format!("{policy}, {name}: {} × data", ratio(factor_pct)),
        None => format!("{name}: the policy needs more hosts"),
    }
}

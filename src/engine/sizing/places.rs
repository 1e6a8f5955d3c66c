//! What each kind of place gives under its policy, ready for the solver.

use std::collections::BTreeMap;

use super::{LARGEST, STORAGE, UNLIMITED, demand::storage_of, host_capacity, management, minimum_hosts, vsan};
use crate::engine::catalog::{Billing, HostOffering, VsanArchitecture};
use crate::engine::model::{
    Cluster, ClusterId, Datastore, Estate, Footprint, FootprintKind, HostId, HostsFootprint, Machine, MiB, Policy,
    StorageMeasure, StoragePolicyChoice,
};
use crate::engine::placement::Resources;

/// Most hosts of one cluster that are reckoned with, whatever an offering promises. vSphere ends at 96.
const MOST_HOSTS: u32 = 128;

/// What hosts of an offering give, and how many there may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostsSize {
    /// What one host gives; storage is in [`Self::usable_storage`]. In a stretched cluster a host stands for itself and its twin, which stays free for the
    /// loss of a site: all numbers of hosts here are of pairs then.
    pub capacity: Resources,
    /// Fewest hosts of a cluster: the largest of what the service, the storage policy (after failures too) and the user ask for.
    pub min_hosts: u32,
    /// Most hosts of a cluster.
    pub max_hosts: u32,
    /// Most clusters.
    pub max_clusters: u32,
    /// Most hosts over all clusters.
    pub max_total: u32,
    /// What the management machines take in the first cluster.
    pub management: Resources,
    /// Storage of a cluster of `n` hosts, for `n` from 0 to [`Self::max_hosts`].
    pub usable_storage: Vec<u64>,
    /// The vSAN architecture; `None` where disks are outside the hosts.
    pub architecture: Option<VsanArchitecture>,
    /// Whether hosts are counted in pairs.
    pub stretched: bool,
    /// Hosts with storage only.
    pub storage_hosts: u32,
    /// What the storage policy asks for; on each site, where there are two.
    pub by_policy: ByPolicy,
    /// Host failures to survive beside the loss of a site: none where that is survived, which is more.
    pub host_failures: u32,
}

impl HostsSize {
    /// True where storage is bought apart from the hosts, in arrays of one's own.
    pub fn has_arrays(offering: &HostOffering) -> bool {
        offering.vsan.is_empty() && offering.billing == Billing::Purchase
    }
}

/// What hosts of an offering give under a policy.
///
/// Storage beside hosts costs by the GiB and so has no limit here: arrays where hosts without disks are bought, what the footprint names, or disks of the
/// region. Where it has no price, the tariff refuses all machines.
///
/// A first cluster that the host type stands behind takes its hosts and its cluster off the limits of the deployment, and carries the management machines.
pub fn hosts_size(offering: &HostOffering, footprint: &HostsFootprint, policy: &Policy) -> HostsSize {
    let mut size = if footprint.stretched.is_some() {
        stretched_size(offering, footprint, policy)
    } else {
        plain_size(offering, footprint, policy)
    };
    if offering.needs_first_cluster() {
        size.management = Resources::default();
        size.max_clusters = size.max_clusters.saturating_sub(1);
        size.max_total = size.max_total.min(offering.max_hosts_total.saturating_sub(offering.min_hosts));
    }
    size
}

/// The size of clusters over two sites, in pairs of hosts.
fn stretched_size(offering: &HostOffering, footprint: &HostsFootprint, policy: &Policy) -> HostsSize {
    let architecture = offering.vsan.first().copied();
    let (fewest, most) = offering.stretched_hosts;
    let max_hosts = (most / 2).min(MOST_HOSTS);
    let usable_storage = match architecture {
        Some(architecture) if footprint.external_storage.is_none() => {
            vsan::mirrored_table(offering.raw_storage, max_hosts, architecture, policy)
        }
        _ => vec![UNLIMITED; max_hosts as usize + 1],
    };
    let by_policy = usable_storage.iter().position(|&usable| usable > 0).unwrap_or(1) as u32;
    let asked = footprint.min_hosts.unwrap_or_default().div_ceil(2);
    HostsSize {
        capacity: host_capacity(offering.cores, offering.speed, offering.memory, offering.network_mbps, policy),
        min_hosts: fewest.div_ceil(2).max(by_policy).max(asked).max(1),
        max_hosts,
        max_clusters: offering.max_clusters,
        max_total: footprint
            .max_hosts
            .map_or(u32::MAX, |most| most / 2)
            .min(offering.max_hosts_total / 2)
            .min(max_hosts.saturating_mul(offering.max_clusters)),
        management: management(offering.management, offering.speed, policy),
        usable_storage,
        architecture,
        stretched: true,
        by_policy: ByPolicy { left: by_policy, failed: 0 },
        storage_hosts: 0,
        host_failures: 0,
    }
}

/// How many hosts of a cluster a storage policy asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByPolicy {
    /// So many must be left,
    pub left: u32,
    /// when so many have failed.
    pub failed: u32,
}

impl ByPolicy {
    /// Fewest hosts of a cluster.
    pub const fn fewest(&self) -> u32 {
        self.left + self.failed
    }
}

/// What the storage policy asks of clusters on one site: its fewest hosts also after the failures to survive, so that data is protected again without new
/// hosts. Those with storage only count among the hosts that are left. Where vSAN holds no data, failures ask for nothing; nor do they with `Auto`, which is
/// what the service sets by itself, with another host in place of one that failed, nor where the provider is documented to bring that host.
fn hosts_by_policy(offering: &HostOffering, footprint: &HostsFootprint, policy: &Policy) -> ByPolicy {
    let Some(architecture) = offering.vsan.first() else { return ByPolicy { left: 1, failed: 0 } };
    let left = minimum_hosts(policy.storage_policy, *architecture, offering.min_hosts);
    let further = footprint.storage_hosts.map_or(0, |storage| storage.hosts);
    let is_replaced = policy.storage_policy == StoragePolicyChoice::Auto || offering.spare.is_some();
    let is_served = is_replaced || footprint.external_storage.is_some();
    let failed = if is_served { 0 } else { policy.host_failures };
    ByPolicy { left, failed: failed.saturating_sub(further) }
}

fn plain_size(offering: &HostOffering, footprint: &HostsFootprint, policy: &Policy) -> HostsSize {
    let storage_hosts = footprint.storage_hosts.map_or(0, |storage| storage.hosts).min(offering.max_hosts);
    let architecture = offering.vsan.first().copied();
    let by_policy = hosts_by_policy(offering, footprint, policy);
    let all_hosts = offering.max_hosts.min(MOST_HOSTS);
    let max_hosts = all_hosts.saturating_sub(storage_hosts);
    let max_clusters = if storage_hosts > 0 { 1 } else { offering.max_clusters };
    let usable_storage = match architecture {
        _ if footprint.external_storage.is_some() => vec![UNLIMITED; max_hosts as usize + 1],
        Some(architecture) => {
            let table = vsan::usable_table(offering.raw_storage, all_hosts, architecture, policy, offering.min_hosts);
            // Entry `n` holds for `n` hosts beside those with storage only.
            table.into_iter().skip(storage_hosts as usize).collect()
        }
        None => vec![UNLIMITED; max_hosts as usize + 1],
    };
    HostsSize {
        capacity: host_capacity(offering.cores, offering.speed, offering.memory, offering.network_mbps, policy),
        min_hosts: offering.min_hosts.max(by_policy.fewest()).max(footprint.min_hosts.unwrap_or_default()),
        max_hosts,
        max_clusters,
        max_total: footprint
            .max_hosts
            .unwrap_or(u32::MAX)
            .min(offering.max_hosts_total)
            .min(max_hosts.saturating_mul(max_clusters)),
        management: management(offering.management, offering.speed, policy),
        usable_storage,
        architecture,
        stretched: false,
        by_policy,
        storage_hosts,
        host_failures: policy.host_failures,
    }
}

/// Host failures that the clusters of a footprint must survive, as [`cluster_size`] and [`hosts_size`] have them: none where hosts stand alone, and none beside
/// the loss of a site.
pub fn host_failures(footprint: &Footprint, estate: &Estate, policy: &Policy) -> u32 {
    let is_asked = match &footprint.kind {
        FootprintKind::Cluster(chosen) => estate.cluster(chosen.cluster).is_none_or(|cluster| !cluster.standalone),
        FootprintKind::Hosts(chosen) => chosen.stretched.is_none(),
        FootprintKind::Instances(_) => false,
    };
    if is_asked { policy.with(&footprint.policy).host_failures } else { 0 }
}

/// What an existing cluster gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterSize {
    /// Its hosts with what each gives, in the order of their ids.
    pub hosts: Vec<(HostId, Resources)>,
    /// Storage of the cluster, MiB as the guests see it.
    pub shared_storage: u64,
    /// Host failures to survive.
    pub host_failures: u32,
}

/// What an existing cluster gives under a policy. Hosts in maintenance count: they come back. Stand-alone hosts have no one to fail over to, so no failure
/// is asked of them.
pub fn cluster_size(estate: &Estate, cluster: &Cluster, shared_storage: u64, policy: &Policy) -> ClusterSize {
    ClusterSize {
        hosts: estate
            .hosts_of(cluster.id)
            .map(|host| (host.id, host_capacity(host.cores, host.speed, host.memory, 0, policy)))
            .collect(),
        shared_storage,
        host_failures: if cluster.standalone { 0 } else { policy.host_failures },
    }
}

/// Storage behind the clusters of an estate.
#[derive(Clone, Debug, Default)]
pub struct ClusterStorage(BTreeMap<ClusterId, Volume>);

#[derive(Clone, Copy, Debug, Default)]
struct Volume {
    planned: u64,
    left_out: u64,
    plain: u64,
    vsan_raw: u64,
    datastores: bool,
}

impl ClusterStorage {
    /// Adds up the datastores of each cluster. One that several clusters see is shared out by what their planned machines take.
    ///
    /// `machines` are all machines of the estate with the storage they ask for, `None` for those that are not planned: these keep their room.
    pub fn of_estate<'a>(estate: &Estate, machines: impl Iterator<Item = (&'a Machine, Option<u64>)>) -> Self {
        let mut volumes: BTreeMap<ClusterId, Volume> = BTreeMap::new();
        for (machine, planned) in machines {
            let volume = volumes.entry(machine.cluster).or_default();
            if let Some(asked) = planned {
                volume.planned = volume.planned.saturating_add(asked);
            } else {
                let (held, _) = storage_of(&machine.storage, StorageMeasure::InUse);
                volume.left_out = volume.left_out.saturating_add(held.0);
            }
        }
        for datastore in &estate.datastores {
            share_out(datastore, &mut volumes);
        }
        Self(volumes)
    }

    /// Storage for the planned machines of a cluster of `hosts` hosts: its datastores less what machines left out of the plan hold. Where no datastore is
    /// known it is what its planned machines take today.
    ///
    /// A vSAN datastore reports raw capacity. Measured as `In Use`, machines on it are counted with their copies, so raw stands against raw; by any other
    /// measure it is turned into what guests see by the policy (OSA, with slack).
    pub fn of(&self, cluster: ClusterId, hosts: u32, policy: &Policy) -> u64 {
        let volume = self.0.get(&cluster).copied().unwrap_or_default();
        if !volume.datastores {
            return volume.planned.min(LARGEST);
        }
        let vsan = match vsan::protection(policy.storage_policy, VsanArchitecture::Osa, hosts, 2) {
            _ if policy.storage_measure == StorageMeasure::InUse => volume.vsan_raw,
            None => 0,
            Some(protection) => {
                let (slack, dedup) = (policy.slack_pct, policy.dedup_pct);
                vsan::usable_storage(MiB(volume.vsan_raw), 1, protection, VsanArchitecture::Osa, slack, dedup).0
            }
        };
        volume.plain.saturating_add(vsan).saturating_sub(volume.left_out).min(LARGEST)
    }
}

/// Gives each cluster that sees `datastore` its share: by the storage its planned machines ask for, equally where none asks.
fn share_out(datastore: &Datastore, volumes: &mut BTreeMap<ClusterId, Volume>) {
    let weight_of = |volumes: &BTreeMap<ClusterId, Volume>, cluster| {
        volumes.get(cluster).map_or(0, |volume: &Volume| volume.planned)
    };
    let total: u128 = datastore.clusters.iter().map(|cluster| u128::from(weight_of(volumes, cluster))).sum();
    for cluster in &datastore.clusters {
        let (weight, of) = match total {
            0 => (1, datastore.clusters.len() as u128),
            _ => (u128::from(weight_of(volumes, cluster)), total),
        };
        let share = (u128::from(datastore.capacity.0.min(LARGEST)) * weight / of) as u64;
        let volume = volumes.entry(*cluster).or_default();
        volume.datastores = true;
        let kind = if datastore.kind.eq_ignore_ascii_case("vsan") { &mut volume.vsan_raw } else { &mut volume.plain };
        *kind = kind.saturating_add(share);
    }
}

/// The sum of demands. Saturates.
pub fn total<'a>(demands: impl IntoIterator<Item = &'a Resources>) -> Resources {
    demands.into_iter().fold(Resources::default(), |mut sum, demand| {
        for (sum, amount) in sum.iter_mut().zip(demand) {
            *sum = sum.saturating_add(*amount);
        }
        sum
    })
}

/// Storage of the smallest cluster allowed, for display; 0 where the limits exclude each other.
pub(super) fn smallest_storage(size: &HostsSize) -> u64 {
    size.usable_storage.get(size.min_hosts as usize).copied().unwrap_or_default()
}

/// What one host gives, with the storage of the smallest cluster allowed.
pub(super) fn shown_capacity(size: &HostsSize) -> Resources {
    let mut capacity = size.capacity;
    capacity[STORAGE] = smallest_storage(size);
    capacity
}

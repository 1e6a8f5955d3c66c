//! How full each cluster is, with what must stay free.

use crate::engine::model::{
    Cluster, ClusterId, Estate, FootprintKind, Machine, MiB, Policy, Power, Scenario, SetAside, StorageMeasure,
};
use crate::engine::order::{Tally, arrange};
use crate::engine::placement::Resources;
use crate::engine::sizing::{self, CPU, MEMORY, SourceClocks, cluster_size, storage_of};

/// How full a cluster is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Which one.
    pub cluster: ClusterId,
    /// What the policy calls processors of it: thousandths of a vCPU, or MHz. `None` where its hosts are not known.
    pub cpu: Option<Level>,
    /// Memory in MiB. `None` where its hosts are not known.
    pub memory: Option<Level>,
    /// Storage in MiB. `None` where its datastores are not known.
    pub storage: Option<Level>,
}

/// How much of something there is and how much of it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// All there is.
    pub capacity: u64,
    /// What machines take.
    pub used: u64,
    /// What must stay free.
    pub reserved: u64,
}

impl Level {
    /// What may still be used.
    pub const fn free(&self) -> u64 {
        self.capacity.saturating_sub(self.used.saturating_add(self.reserved))
    }

    /// What is used of that which must stay free, and beyond.
    pub const fn over(&self) -> u64 {
        self.used.saturating_add(self.reserved).saturating_sub(self.capacity)
    }

    /// A part of it as millionths of all there is.
    pub fn share(&self, part: u64) -> u64 {
        (u128::from(part) * 1_000_000 / u128::from(self.capacity.max(1))) as u64
    }

    /// Used and reserved as millionths of all there is.
    fn fullness(&self) -> u64 {
        self.share(self.used.saturating_add(self.reserved))
    }
}

impl Fill {
    /// Processors, memory and storage.
    pub const fn levels(&self) -> [Option<Level>; 3] {
        [self.cpu, self.memory, self.storage]
    }

    fn fullness(&self) -> u64 {
        self.levels().into_iter().flatten().map(|level| level.fullness()).max().unwrap_or_default()
    }
}

/// How full the clusters of an estate are, the fullest first. Clusters of which nothing is known are left out.
///
/// - Used: what the machines that are powered on ask of hosts as the policy counts it, whether or not they are planned (templates and placeholders run
///   nowhere); of storage, what the datastores say is in use.
/// - All there is: cores × vCPU per core (or × MHz) and memory × overcommit of all hosts, before anything is kept free; the capacity of the datastores.
/// - Reserved: the headroom of the policy on every host, and for each failure to survive what the largest host has beside it, as the solver and the Timeline
///   count it; of storage, the slack of the policy on vSAN, which no other storage needs.
///
/// A datastore that several clusters see is shared out by what their machines take of storage, equally where none takes any.
pub fn fills(estate: &Estate, scenario: &Scenario) -> Vec<Fill> {
    let used = used_by_cluster(estate, scenario);
    let volumes = volumes(estate, scenario);
    let fill = |cluster: &Cluster| {
        let policy = policy_of(cluster.id, scenario);
        let used = used.get(&cluster.id).copied().unwrap_or_default();
        let [cpu, memory] = hosts_level(estate, cluster, &policy, used);
        Fill { cluster: cluster.id, cpu, memory, storage: volumes.get(&cluster.id).copied().and_then(known) }
    };
    let fills = estate.clusters.iter().map(fill);
    let mut fills: Vec<Fill> = fills.filter(|fill| fill.levels().iter().any(Option::is_some)).collect();
    arrange(&mut fills, |a, b| b.fullness().cmp(&a.fullness()).then(a.cluster.cmp(&b.cluster)));
    fills
}

/// The policy of a cluster: that of its footprint, where it is one.
fn policy_of(cluster: ClusterId, scenario: &Scenario) -> Policy {
    let is_it = |kind: &FootprintKind| matches!(kind, FootprintKind::Cluster(chosen) if chosen.cluster == cluster);
    let footprint = scenario.footprints.iter().find(|footprint| is_it(&footprint.kind));
    footprint.map_or_else(|| scenario.policy.clone(), |footprint| scenario.policy.with(&footprint.policy))
}

fn known(level: Level) -> Option<Level> {
    (level.capacity > 0).then_some(level)
}

/// Whether it runs on a host.
fn runs(machine: &Machine) -> bool {
    let runs_nowhere = matches!(machine.set_aside(), Some(SetAside::Template | SetAside::SrmPlaceholder));
    machine.power == Power::On && !runs_nowhere
}

/// What running machines ask of processors and memory of hosts.
fn used_by_cluster(estate: &Estate, scenario: &Scenario) -> Tally<ClusterId, [u64; 2]> {
    let clocks = SourceClocks::of_estate(estate);
    let mut used = Tally::<ClusterId, [u64; 2]>::default();
    for machine in estate.machines.iter().filter(|machine| runs(machine)) {
        let edit = scenario.edits.get(&machine.id);
        let demand = sizing::demand(machine, edit, &scenario.policy, clocks.of(machine));
        let [cpu, memory] = used.at(machine.cluster);
        *cpu = cpu.saturating_add(demand.host_cpu);
        *memory = memory.saturating_add(demand.resources[MEMORY]);
    }
    used
}

fn hosts_level(estate: &Estate, cluster: &Cluster, policy: &Policy, used: [u64; 2]) -> [Option<Level>; 2] {
    let all = Policy { cpu_headroom_pct: 0, memory_headroom_pct: 0, ..policy.clone() };
    let (whole, kept) = (cluster_size(estate, cluster, 0, &all), cluster_size(estate, cluster, 0, policy));
    let level = |resource: usize, used: u64| {
        let sum =
            |hosts: &[(_, Resources)]| hosts.iter().map(|(_, gives)| gives[resource]).fold(0, u64::saturating_add);
        let mut largest: Vec<u64> = kept.hosts.iter().map(|(_, gives)| gives[resource]).collect();
        largest.sort_unstable_by(|a, b| b.cmp(a));
        let failing: u64 = largest.iter().take(kept.host_failures as usize).sum();
        let capacity = sum(&whole.hosts);
        known(Level { capacity, used, reserved: capacity - sum(&kept.hosts).min(capacity) + failing })
    };
    [level(CPU, used[0]), level(MEMORY, used[1])]
}

/// Storage behind each cluster, by its datastores.
fn volumes(estate: &Estate, scenario: &Scenario) -> Tally<ClusterId, Level> {
    let mut weights = Tally::<ClusterId, u64>::default();
    for machine in &estate.machines {
        *weights.at(machine.cluster) += storage_of(&machine.storage, StorageMeasure::InUse).0.0;
    }
    let mut volumes = Tally::<ClusterId, Level>::default();
    for datastore in &estate.datastores {
        let weight = |cluster: &ClusterId| u128::from(weights.get(cluster).copied().unwrap_or_default());
        let total: u128 = datastore.clusters.iter().map(weight).sum();
        for cluster in &datastore.clusters {
            let (part, of) = if total == 0 { (1, datastore.clusters.len() as u128) } else { (weight(cluster), total) };
            let share = |size: MiB| (u128::from(size.0) * part / of) as u64;
            let is_vsan = datastore.kind.eq_ignore_ascii_case("vsan");
            let slack_pct = if is_vsan { policy_of(*cluster, scenario).slack_pct.min(100) } else { 0 };
            let volume = volumes.at(*cluster);
            let capacity = share(datastore.capacity);
            volume.capacity = volume.capacity.saturating_add(capacity);
            volume.used = volume.used.saturating_add(share(datastore.in_use));
            volume.reserved = volume.reserved.saturating_add(capacity / 100 * u64::from(slack_pct));
        }
    }
    volumes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{
        ClusterFootprint, Datastore, DatastoreId, Footprint, FootprintId, Host, HostId, MachineId, PolicyOverride,
        Storage,
    };

    /// A policy that keeps nothing free but for failures.
    fn plain(host_failures: u32) -> Scenario {
        let policy = Policy { cpu_headroom_pct: 0, memory_headroom_pct: 0, host_failures, ..Policy::default() };
        Scenario { policy, ..Scenario::default() }
    }

    fn cluster(name: &str) -> Cluster {
        Cluster { id: ClusterId::of(&[name]), name: name.to_owned(), ..Cluster::default() }
    }

    /// A cluster of three hosts of 10 cores with 100, 100 and 200 GiB, and machines of 4 vCPU and 50 GiB.
    fn estate(machines: u64) -> Estate {
        let id = cluster("A").id;
        let host = |(number, gib): (u64, u64)| Host {
            id: HostId(number),
            cluster: id,
            cores: 10,
            memory: MiB::from_gib(gib),
            ..Host::default()
        };
        let machine = |number: u64| Machine {
            id: MachineId(number),
            cluster: id,
            vcpus: 4,
            memory: MiB::from_gib(50),
            ..Machine::default()
        };
        Estate {
            clusters: vec![cluster("A")],
            hosts: [(1, 100), (2, 100), (3, 200)].map(host).to_vec(),
            machines: (1..=machines).map(machine).collect(),
            ..Estate::default()
        }
    }

    #[test]
    fn a_failure_keeps_the_largest_host_free() {
        let found = fills(&estate(4), &plain(1));
        let (cpu, memory) = (found[0].cpu.expect("known"), found[0].memory.expect("known"));
        // 30 cores of 4 vCPU each.
        assert_eq!(cpu, Level { capacity: 120_000, used: 16_000, reserved: 40_000 });
        let gib = |gib| MiB::from_gib(gib).0;
        assert_eq!(memory, Level { capacity: gib(400), used: gib(200), reserved: gib(200) });
        assert_eq!((memory.free(), memory.over()), (0, 0));
        assert_eq!(found[0].storage, None, "no datastore is known");
        let fuller = fills(&estate(5), &plain(1))[0].memory.expect("known");
        assert_eq!((fuller.free(), fuller.over()), (0, gib(50)));
        assert_eq!(fuller.share(fuller.used), 625_000);
    }

    #[test]
    fn headroom_is_kept_free_too_and_stand_alone_hosts_fail_alone() {
        let mut scenario = plain(1);
        scenario.policy.memory_headroom_pct = 10;
        let mut estate = estate(1);
        let gib = |gib| MiB::from_gib(gib).0;
        let reserved = |estate: &Estate| fills(estate, &scenario)[0].memory.expect("known").reserved;
        assert_eq!(reserved(&estate), gib(40) + gib(180));
        estate.clusters[0].standalone = true;
        assert_eq!(reserved(&estate), gib(40));
    }

    #[test]
    fn only_what_runs_is_used_and_a_footprint_has_its_own_policy() {
        let mut estate = estate(3);
        estate.machines[0].power = Power::Off;
        estate.machines[1].template = true;
        let mut scenario = plain(1);
        let kind = FootprintKind::Cluster(ClusterFootprint::kept(estate.clusters[0].id));
        let policy = PolicyOverride { vcpu_per_core_pct: Some(200), ..PolicyOverride::default() };
        scenario.footprints = vec![Footprint { id: FootprintId(1), name: String::new(), enabled: true, kind, policy }];
        let cpu = fills(&estate, &scenario)[0].cpu.expect("known");
        assert_eq!((cpu.used, cpu.capacity), (4_000, 60_000));
    }

    #[test]
    fn a_datastore_is_shared_out_by_what_machines_take_and_vsan_keeps_slack() {
        let (a, b) = (cluster("A"), cluster("B"));
        let machine = |number: u64, cluster: ClusterId, gib: u64| Machine {
            id: MachineId(number),
            cluster,
            storage: Storage { in_use: Some(MiB::from_gib(gib)), ..Storage::default() },
            ..Machine::default()
        };
        let datastore = |name: &str, kind: &str, clusters: &[ClusterId]| Datastore {
            id: DatastoreId::of(&[name]),
            kind: kind.to_owned(),
            capacity: MiB::from_gib(400),
            in_use: MiB::from_gib(200),
            clusters: clusters.to_vec(),
            ..Datastore::default()
        };
        let mut estate = Estate {
            machines: vec![machine(1, a.id, 30), machine(2, b.id, 10)],
            datastores: vec![datastore("shared", "VMFS", &[a.id, b.id]), datastore("own", "vSAN", &[b.id])],
            clusters: vec![a.clone(), b.clone(), cluster("empty")],
            ..Estate::default()
        };
        estate.sort();
        let found = fills(&estate, &plain(1));
        let of = |id| found.iter().find(|fill| fill.cluster == id).and_then(|fill| fill.storage).expect("known");
        let gib = |gib| MiB::from_gib(gib).0;
        assert_eq!(of(a.id), Level { capacity: gib(300), used: gib(150), reserved: 0 });
        assert_eq!(of(b.id), Level { capacity: gib(500), used: gib(250), reserved: gib(400) / 100 * 25 });
        assert_eq!(found.len(), 2, "nothing is known of the third");
        assert_eq!(found[0].cluster, b.id, "the fullest first");
    }
}

//! The abstract task that the solver answers.

use serde::{Deserialize, Serialize};

use crate::engine::model::{FootprintId, HostId, MachineId, Money};

/// What machines take and hosts give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// Thousandths of a vCPU.
    Cpu,
    /// MiB of memory.
    Memory,
    /// MiB of storage as the guest sees it, before the storage policy's factor.
    Storage,
    /// Operations per second.
    Iops,
    /// Mbit/s.
    Network,
}

/// How many resources there are.
pub const RESOURCES: usize = 5;

/// An amount of each resource, in the order of [`Resource`].
pub type Resources = [u64; RESOURCES];

impl Resource {
    /// Every resource, in the order of [`Resources`].
    pub const ALL: [Self; RESOURCES] = [Self::Cpu, Self::Memory, Self::Storage, Self::Iops, Self::Network];
}

/// A task: put every item on a place at least cost over the horizon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Machines, sorted by id.
    pub items: Vec<Item>,
    /// Places, sorted by footprint.
    pub places: Vec<Place>,
}

/// A machine as the solver sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which machine.
    pub machine: MachineId,
    /// What it takes.
    pub demand: Resources,
    /// For each place, in their order: the money that running this machine there costs by itself over the horizon (its instance and disks, moving it), or
    /// why it may not run there.
    pub options: Vec<Result<Money, Refusal>>,
}

/// A place as the solver sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which footprint.
    pub footprint: FootprintId,
    /// What kind of place, with its hosts.
    pub kind: PlaceKind,
    /// Money over the horizon for using the place at all, apart from its hosts.
    pub fixed_cost: Money,
}

/// Kinds of place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// Hosts that are there, of possibly different sizes, in one cluster; identical ones may be added.
    Existing {
        /// The hosts, with what each gives and saves.
        hosts: Vec<LoadedHost>,
        /// What one added host gives.
        added_capacity: Resources,
        /// Money over the horizon for one added host.
        added_cost: Money,
        /// At most so many are added.
        max_added: u32,
        /// Storage of the whole cluster that does not depend on hosts, MiB as the guest sees it.
        shared_storage: u64,
        /// Host failures to survive.
        host_failures: u32,
    },
    /// Equal hosts in clusters that are opened as needed.
    Hosts {
        /// What one host gives. Its storage entry is not used: see `usable_storage`.
        capacity: Resources,
        /// Money over the horizon for one host.
        host_cost: Money,
        /// Fewest hosts in a cluster, the policy's minimum included.
        min_hosts: u32,
        /// Most hosts in a cluster.
        max_hosts: u32,
        /// Most clusters.
        max_clusters: u32,
        /// Most hosts over all clusters.
        max_total: u32,
        /// What the management machines take in the first cluster, as one block that needs not stay on one host.
        management: Resources,
        /// Storage of a cluster of `n` hosts, MiB as the guest sees it after policy, slack and deduplication; entry `n`, from 0 to `max_hosts`.
        usable_storage: Vec<u64>,
        /// Host failures to survive in every cluster.
        host_failures: u32,
    },
    /// Instances: each machine for itself.
    Instances {
        /// Most machines.
        max_machines: Option<u32>,
    },
}

/// A host that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedHost {
    /// Which host.
    pub host: HostId,
    /// What it gives; its storage entry is not used.
    pub capacity: Resources,
    /// Money over the horizon for keeping it; saved where it stays empty and may be retired, paid in any case where it may not.
    pub cost: Money,
    /// Whether leaving it empty saves its cost.
    pub may_retire: bool,
}

/// How much work the solver may do, in steps that are the same on every machine, and the seed of its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Budget {
    /// Improvement steps; 0 gives the first valid plan.
    pub steps: u32,
    /// Seed of every choice that is left open.
    pub seed: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 400, seed: 1 }
    }
}

pub use super::plan::Refusal;

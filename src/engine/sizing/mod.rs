//! From machines and hosts to demand and capacity, under a policy.
//!
//! Every formula is a function of its own with its source; all arithmetic is in integers, capacities are rounded down and demands up.

mod capacity;
mod demand;
mod disk_needs;
mod places;
mod presets;
mod summary;
pub(in crate::engine) mod text;
mod vsan;

pub use capacity::{ASSUMED_CLOCK, PooledHosts, host_capacity, management, pooled_hosts};
pub use demand::{Demand, SourceClocks, demand, memory_floor, storage_of};
pub use disk_needs::{DiskNeed, disk_needs};
pub use places::{ByPolicy, ClusterSize, ClusterStorage, HostsSize, cluster_size, host_failures, hosts_size, total};
pub use presets::{Preset, preset, presets};
pub use summary::{HostCapacity, SizingSummary, Step, explain_cluster, explain_hosts, summarize};
pub use vsan::{Protection, minimum_hosts, protection, usable_storage, usable_table, use_after_evacuation};

use super::placement::Resource;

/// Position of CPU in [`super::placement::Resources`].
pub const CPU: usize = Resource::Cpu as usize;
/// Position of memory in [`super::placement::Resources`].
pub const MEMORY: usize = Resource::Memory as usize;
/// Position of storage in [`super::placement::Resources`].
pub const STORAGE: usize = Resource::Storage as usize;
/// Position of operations per second in [`super::placement::Resources`].
pub const IOPS: usize = Resource::Iops as usize;
/// Position of network in [`super::placement::Resources`].
pub const NETWORK: usize = Resource::Network as usize;

/// Capacity of what has no known limit: four million million of any unit, a thousand times the largest real estate.
pub const UNLIMITED: u64 = 1 << 42;

/// The largest amount that sizing gives. Above [`UNLIMITED`], so that an absurd demand fits nowhere; small enough that the sum over half a million machines
/// fits `u64`.
pub const LARGEST: u64 = 1 << 44;

//! From machines and hosts to demand and capacity, under a policy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{FootprintId, StorageMeasure};
use super::placement::Resources;

/// What is asked of the places, and what one host of each gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SizingSummary {
    /// Machines that are planned.
    pub machines: u64,
    /// What they ask for together.
    pub demand: Resources,
    /// Machines for which another storage measure than the chosen one was used, by the measure used.
    pub fallbacks: Vec<(StorageMeasure, u64)>,
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
    /// What one host gives; for storage, of a cluster with the fewest hosts allowed.
    pub per_host: Resources,
    /// The storage policy at the fewest hosts allowed, in words, such as `RAID-5 FTT1, OSA: 1.33 × data`.
    pub storage_policy: String,
}

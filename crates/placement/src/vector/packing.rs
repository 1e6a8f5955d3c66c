//! The answer: what is in which bin, what it costs, and what proves that no packing costs much less.

use serde::{Deserialize, Serialize};

/// A packing of every item, with a proven bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Packing {
    /// The bins, equal ones together.
    pub bins: Vec<PackedBins>,
    /// What they cost.
    pub cost: u64,
    /// No packing costs less.
    pub lower_bound: u64,
    /// What proves that.
    pub proof: Proof,
}

/// Bins that hold the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PackedBins {
    /// Their type, by its position in the instance.
    pub bin: u32,
    /// How many there are.
    pub times: u32,
    /// Types of item by their position in the instance, with how many are in each bin.
    pub items: Vec<(u32, u32)>,
}

/// What proves a lower bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub enum Proof {
    /// Nothing: the bound is 0.
    #[default]
    None,
    /// The amounts of one dimension: all items together need so much of the bins that are cheapest for it.
    Amounts {
        /// The dimension, counted from 0.
        dimension: u32,
    },
    /// Values of items such that no bin can hold more value than it costs (duality of linear programs). Values are in parts of a unit of cost.
    Values {
        /// Parts in a unit of cost.
        parts: u64,
        /// What one item is worth, by type of item.
        items: Vec<u64>,
        /// How much more value than its cost a bin may hold, by type of bin; each bin of a limited type may be used up for it. 0 where there is no limit.
        limits: Vec<u64>,
        /// For each type of bin, what a whole bin's room is worth in each dimension. Any values prove the same; good ones make it quick to see.
        rooms: Vec<Vec<u64>>,
    },
}

impl Packing {
    /// How many bins are used.
    pub fn bins_used(&self) -> u64 {
        self.bins.iter().map(|bins| u64::from(bins.times)).sum()
    }

    /// How far the cost may be from the least, in parts of a million of the cost.
    pub fn gap_ppm(&self) -> u32 {
        let gap = u128::from(self.cost.saturating_sub(self.lower_bound));
        (gap * 1_000_000).div_ceil(u128::from(self.cost.max(1))) as u32
    }
}

//! What it takes to carry the data of machines that move.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClusterId, Money, RegionId};

/// What it takes to carry the data of machines that move: what leaving costs, and a link for as long as it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Transfer {
    /// Clusters whose data costs something to leave, in the order of their ids, each once. Nothing is charged for that of all others, as on one's own sites;
    /// clouds charge nothing for what comes in.
    pub leaving: Vec<Leaving>,
    /// The link that data moves over, in Mbit/s; 0: not known, and then a link is listed as not priced.
    pub link_mbps: u32,
    /// Share of the link that data gets, per cent. Default 80: an assumption of ours, in the middle of what guides to data transfer count with.
    pub link_use_pct: u32,
    /// What the link costs a month, in the scenario's currency; it is paid for whole months. Default 0: it is there anyway.
    pub link_month: Money,
}

/// What data costs that leaves a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Leaving {
    /// The cluster of the estate.
    pub cluster: ClusterId,
    /// What it costs.
    pub charge: LeavingCharge,
}

/// How data is charged that leaves a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeavingCharge {
    /// So much a GiB, in the scenario's currency.
    PerGib(Money),
    /// By the tiers of the cloud's region in which the cluster is, as if all of it left in one month.
    Region(RegionId),
}

impl Default for Transfer {
    fn default() -> Self {
        Self { leaving: Vec::new(), link_mbps: 0, link_use_pct: 80, link_month: Money::ZERO }
    }
}

//! What lies between footprints.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FootprintId, Money};

/// What the user knows about the way from one footprint to another. What is not known is estimated from where the two are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Link {
    /// One end.
    pub from: FootprintId,
    /// The other.
    pub to: FootprintId,
    /// How long an answer takes, there and back, in microseconds; the same in both directions.
    pub latency_micros: Option<u32>,
    /// What one GiB costs from the first to the other, in the scenario's currency.
    pub per_gib: Option<Money>,
}

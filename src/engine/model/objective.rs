//! By what plans are compared, and how long and how steadily a better one is looked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Money;

/// What counts beside money when plans are compared, at prices that nobody pays: they lead the search and are in no ledger. Amounts are in the scenario's
/// currency. By default nothing but money counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Objective {
    /// What one tonne of CO₂ equivalent, emitted within the horizon, counts as: a price of carbon inside the company, or of its allowances. Default 0.
    pub per_tonne: Money,
    /// What one machine that leaves its cluster counts as, beside what moving it costs: the effort and the risk of a change. Default 0.
    pub per_machine_moved: Money,
}

impl Objective {
    /// Whether anything but money counts.
    pub fn is_weighed(&self) -> bool {
        *self != Self::default()
    }
}

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

/// How plans are looked for. The same inputs with the same search give the same plan on every machine, unless the plan before is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Search {
    /// Steps of improvement; 0 takes the first valid plan. Default 400: about a second for ten thousand machines in a browser.
    pub steps: u32,
    /// Seed of every choice that is left open. Default 1.
    pub seed: u64,
    /// After a change the plan on screen is kept, changed no more than it must be, where that costs at most this part more than the best plan found, in
    /// millionths. Default 0: the best one takes its place. A file that is opened again begins from the best plan.
    pub keep_ppm: u32,
}

impl Default for Search {
    fn default() -> Self {
        Self { steps: 400, seed: 1, keep_ppm: 0 }
    }
}

impl Search {
    /// Whether plans are to be like the one before.
    pub const fn is_steady(self) -> bool {
        self.keep_ppm > 0
    }
}

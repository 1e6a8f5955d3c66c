//! What is saved: an estate and the scenarios made from it.

use std::collections::BTreeMap;
use std::rc::Rc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Assumptions, Estate, Footprint, FootprintId, ImportReport, Link, MachineEdit, MachineId, Objective, Policy, Rule,
    RuleId, Search,
};

/// What is saved. The estate is shared, because it is large and seldom changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Project {
    /// What the user calls it.
    pub name: String,
    /// What there is.
    pub estate: Rc<Estate>,
    /// What the last import said.
    pub report: Rc<ImportReport>,
    /// At least one; the first is the one shown at first.
    pub scenarios: Vec<Scenario>,
}

/// One complete set of inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Scenario {
    /// What the user calls it.
    pub name: String,
    /// How demand and capacity are counted.
    pub policy: Policy,
    /// Places to choose from, in the order of their ids.
    pub footprints: Vec<Footprint>,
    /// Constraints, in the order of their ids.
    pub rules: Vec<Rule>,
    /// What is known about the ways between footprints, in the order of their ends.
    pub links: Vec<Link>,
    /// What the user changed about machines.
    pub edits: BTreeMap<MachineId, MachineEdit>,
    /// What money depends on.
    pub assumptions: Assumptions,
    /// Prices, discounts and offerings of the user's own, as CSV (see `docs/prices.md`); they go before those of the catalogue. Empty: none.
    pub prices: String,
    /// What counts beside money when plans are compared.
    pub objective: Objective,
    /// How plans are looked for.
    pub search: Search,
}

impl Scenario {
    /// The footprint with this id.
    pub fn footprint(&self, id: FootprintId) -> Option<&Footprint> {
        self.footprints.iter().find(|footprint| footprint.id == id)
    }

    /// Hosts that one host of a plan stands for in a footprint: see [`super::HostsFootprint::hosts_in_one`].
    pub fn hosts_in_one(&self, id: FootprintId) -> u64 {
        self.footprint(id).map_or(1, |footprint| footprint.hosts_in_one().into())
    }

    /// An id that no footprint and no rule of this scenario refers to.
    pub fn next_footprint_id(&self) -> FootprintId {
        let of_rules = self.rules.iter().flat_map(|rule| rule.kind.footprints()).map(|footprint| footprint.0);
        FootprintId(
            self.footprints.iter().map(|footprint| footprint.id.0).chain(of_rules).max().map_or(1, |max| max + 1),
        )
    }

    /// An id that no rule of this scenario has.
    pub fn next_rule_id(&self) -> RuleId {
        RuleId(self.rules.iter().map(|rule| rule.id.0).max().map_or(1, |max| max + 1))
    }
}

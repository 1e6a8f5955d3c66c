//! The answer: where everything goes, why, and how close to the best possible that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Resource, Resources};
use basics::{Currency, FootprintId, HostId, MachineId, Money, RuleId};

/// The answer. Every list is sorted, so that equal plans have equal bytes and so equal hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// One for each footprint of the problem, used or not, in their order.
    pub places: Vec<PlacePlan>,
    /// Machines that have a place, sorted by machine.
    pub assignments: Vec<Assignment>,
    /// Machines that have none, sorted by machine.
    pub unplaced: Vec<Unplaced>,
    /// Money over the horizon for all of it, in the scenario's currency.
    pub cost: Money,
    /// No plan that places the same machines under the same rules costs less than this.
    pub lower_bound: Money,
    /// What proves the bound: anyone can recompute it from this and the problem, without searching.
    pub certificate: Certificate,
}

impl Plan {
    /// How far the cost may be from the best possible, in millionths of the larger of the two amounts, signs left aside: of the cost, where both are above
    /// nothing. 0 for a plan proven best and for no other, however small the amounts; at most 2,000,000, where the bound is an income and the cost none.
    pub fn gap_ppm(&self) -> u32 {
        let (cost, bound) = (i128::from(self.cost.micros()), i128::from(self.lower_bound.micros()));
        let largest = cost.abs().max(bound.abs());
        if bound >= cost { 0 } else { ((cost - bound) * 1_000_000).div_euclid(largest).max(1) as u32 }
    }

    /// The assignment of this machine.
    pub fn assignment(&self, machine: MachineId) -> Option<&Assignment> {
        self.assignments
            .binary_search_by_key(&machine, |assignment| assignment.machine)
            .ok()
            .map(|index| &self.assignments[index])
    }
}

/// Proof of a lower bound: a tree that divides all plans by how many hosts a place has, with resource prices at each leaf. The bound is the least of
/// the leaves' bounds. Node 0 is the root, and nodes stand before the nodes they name; without nodes nothing is proven.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Certificate {
    /// The nodes of the tree.
    pub nodes: Vec<BoundNode>,
}

/// A node of a [`Certificate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoundNode {
    /// Either the place has at most so many hosts, or it has more. Of existing hosts those that are up
    /// count, added ones included; a place where no machine is counts 0, and instances count 1.
    Split {
        /// Position in [`Plan::places`].
        place: u32,
        /// The number of hosts that divides.
        hosts: u32,
        /// Node for at most `hosts` hosts.
        fewer: u32,
        /// Node for more than `hosts` hosts.
        more: u32,
    },
    /// For each place, what one unit of each resource is worth, in 2⁻²⁰ of a micro-unit of money. By linear duality any prices give a valid bound.
    Leaf {
        /// In the order of [`Plan::places`].
        prices: Vec<Resources>,
    },
}

/// What happens at one footprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlacePlan {
    /// Which footprint.
    pub footprint: FootprintId,
    /// Its clusters; empty where it is not used or rents instances.
    pub clusters: Vec<ClusterPlan>,
    /// How many machines run as instances.
    pub instances: u32,
}

/// A cluster of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterPlan {
    /// Its hosts, those kept free for failures included.
    pub hosts: Vec<HostPlan>,
    /// What all machines and the management reserve take together.
    pub used: Resources,
    /// What may be used with all hosts up: the sum over hosts, and the cluster's storage.
    pub usable: Resources,
    /// The resource that asks for the most hosts, and so decides how many there are; `None` where the service's minimum does.
    pub limiting: Option<Resource>,
    /// Hosts needed by packing whole machines minus hosts needed if capacity were one pool.
    pub fragmentation_hosts: u32,
}

/// A host of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostPlan {
    /// The existing host; `None` for one that is rented or bought.
    pub existing: Option<HostId>,
    /// True for an existing host that is switched off and saved.
    pub retired: bool,
    /// What it gives.
    pub capacity: Resources,
    /// What its machines take.
    pub used: Resources,
    /// Its machines, sorted.
    pub machines: Vec<MachineId>,
}

/// Where one machine goes, and why there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assignment {
    /// Which machine.
    pub machine: MachineId,
    /// Position in [`Plan::places`].
    pub place: u32,
    /// Where in the place.
    pub slot: Slot,
    /// What it costs over the horizon: its own money, and its share of hosts by the resource prices that prove the bound.
    pub cost: Money,
    /// What decided.
    pub bind: Bind,
    /// The next-best place and what it would cost more; `None` where there is no other.
    pub next_best: Option<Alternative>,
    /// Why it is in none of the other places that refuse it.
    pub rejections: Vec<Rejection>,
}

/// Where in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// On a host.
    Host {
        /// Position in [`PlacePlan::clusters`].
        cluster: u32,
        /// Position in [`ClusterPlan::hosts`].
        host: u32,
    },
    /// As an instance of its own.
    Instance,
}

/// What decided for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bind {
    /// It is the cheapest place by the resource prices.
    Cheapest,
    /// A rule asks for it.
    Rule(RuleId),
    /// It is the only place that admits the machine.
    OnlyPlace,
    /// A cheaper place had no room left in this resource.
    CheaperPlaceFull {
        /// Position of the cheaper place in [`Plan::places`].
        place: u32,
        /// What it lacked.
        resource: Resource,
    },
    /// The hosts are paid in any case, and using them is cheaper than opening another place.
    SharesHosts,
}

/// Another place for a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alternative {
    /// Position in [`Plan::places`].
    pub place: u32,
    /// What the machine would cost more there over the horizon, by the resource prices; negative where room or rules, not price, decided.
    pub extra: Money,
}

/// A machine without a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unplaced {
    /// Which machine.
    pub machine: MachineId,
    /// What refused it, for each place.
    pub rejections: Vec<Rejection>,
    /// The smallest change that would give it a place, as far as one change is enough; `None` where none is.
    pub remedy: Option<Remedy>,
}

/// One change that would give a machine a place, the others as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// A limit that a rule sets is raised.
    RaiseLimit {
        /// The rule.
        rule: RuleId,
        /// Of what; `None` for the number of machines.
        resource: Option<Resource>,
        /// By how much.
        by: u64,
    },
    /// The limit on machines of a place of instances is raised by one.
    RaiseMachineLimit {
        /// Position in [`Plan::places`].
        place: u32,
    },
    /// A place may have one more host.
    OneMoreHost {
        /// Position in [`Plan::places`].
        place: u32,
    },
    /// A place has more of a resource: storage that all its hosts share, or larger hosts.
    More {
        /// Position in [`Plan::places`].
        place: u32,
        /// Of what.
        resource: Resource,
        /// How much more.
        by: u64,
    },
    /// A rule is dropped.
    DropRule(RuleId),
    /// A quote is entered for a place that has no public price.
    EnterQuote {
        /// Position in [`Plan::places`].
        place: u32,
    },
}

/// Why a place does not take a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rejection {
    /// Position in [`Plan::places`].
    pub place: u32,
    /// Why.
    pub refusal: Refusal,
}

/// Reasons for which a place does not take a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A rule forbids it: for the machine alone, or as the others are placed.
    Rule(RuleId),
    /// The place has no price and no quote was entered.
    NeedsQuote,
    /// No host of the place is large enough, by so much.
    LargerThanHost {
        /// In what.
        resource: Resource,
        /// How much of it is missing.
        missing: u64,
    },
    /// No instance type is large enough.
    NoInstanceType,
    /// The place has no capacity at all, or its limits exclude each other.
    NoCapacity,
    /// All hosts the place may have are full.
    Full {
        /// In what.
        resource: Resource,
        /// How much of it is missing where most is free.
        missing: u64,
    },
    /// The limit on machines is reached.
    MachineLimit,
    /// No host is large enough for the machines that a rule keeps together on one host.
    TooLargeTogether {
        /// The rule.
        rule: RuleId,
        /// In what.
        resource: Resource,
        /// How much of it is missing.
        missing: u64,
    },
    /// A limit that a rule sets is reached.
    Limit {
        /// The rule.
        rule: RuleId,
        /// Of what; `None` for the number of machines.
        resource: Option<Resource>,
        /// By how much the limit would have to be raised.
        missing: u64,
    },
    /// What the footprint asks for is not sold: not in this region, or not as it is asked for.
    NotSold,
    /// Its prices are in a currency, or the totals are, that has no rate.
    NeedsRate(Currency),
}

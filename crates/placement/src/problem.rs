//! The abstract task that the solver answers.

use serde::{Deserialize, Serialize};

use super::constraint::{Constraint, ConstraintKind};
use basics::order::tidy_by;
use basics::{FootprintId, HostId, MachineId, Money, RuleId};

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

/// A task: put every machine on a place at least cost over the horizon. Made by [`Problem::builder`], which keeps it in a canonical order, so that the
/// order in which machines and places were named has no influence on the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Machines, sorted by id.
    items: Vec<Item>,
    /// Places, sorted by footprint.
    places: Vec<Place>,
    /// For each machine, for each place: see [`Problem::options`].
    options: Vec<Result<Money, Refusal>>,
    /// The same before constraints; empty where they change nothing.
    unruled: Vec<Result<Money, Refusal>>,
    /// Sorted by rule.
    constraints: Vec<Constraint>,
}

/// A machine as the solver sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which machine.
    pub machine: MachineId,
    /// What it takes.
    pub demand: Resources,
}

impl Problem {
    /// Starts a problem over these places. Of two places with the same footprint the first counts.
    pub fn builder(mut places: Vec<Place>) -> ProblemBuilder {
        places.sort_by_key(|place| place.footprint);
        places.dedup_by_key(|place| place.footprint);
        ProblemBuilder { places, items: Vec::new(), options: Vec::new(), constraints: Vec::new() }
    }

    /// The machines, sorted by id.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The places, sorted by footprint.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// For each place, in their order: the money that running machine `item` there costs by itself over the horizon (its instance and disks, moving
    /// it), or why it may not run there; constraints that say so for one machine alone are counted in, and come before any other reason. Whether the place
    /// is large enough is not told here: the solver finds out.
    ///
    /// # Panics
    /// Where there is no machine `item`.
    pub fn options(&self, item: usize) -> &[Result<Money, Refusal>] {
        let width = self.places.len();
        &self.options[item * width..(item + 1) * width]
    }

    /// The same as [`Self::options`] would be without any constraint.
    ///
    /// # Panics
    /// Where there is no machine `item`.
    pub fn unruled_options(&self, item: usize) -> &[Result<Money, Refusal>] {
        let width = self.places.len();
        let all = if self.unruled.is_empty() { &self.options } else { &self.unruled };
        &all[item * width..(item + 1) * width]
    }

    /// What must hold between machines, sorted by rule.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The position of a machine in [`Self::items`].
    pub fn item_of(&self, machine: MachineId) -> Option<usize> {
        self.items.binary_search_by_key(&machine, |item| item.machine).ok()
    }

    /// The position of a footprint in [`Self::places`].
    pub fn place_of(&self, footprint: FootprintId) -> Option<usize> {
        self.places.binary_search_by_key(&footprint, |place| place.footprint).ok()
    }

    /// The same task with those rules only for which `kept` is true.
    #[must_use]
    pub fn with_rules(&self, kept: impl Fn(RuleId) -> bool) -> Self {
        let mut problem = self.clone();
        if !problem.unruled.is_empty() {
            problem.options = std::mem::take(&mut problem.unruled);
        }
        problem.constraints.retain(|constraint| kept(constraint.rule));
        problem.apply_constraints();
        problem
    }

    /// The same task with other places or constraints; neither may be another number of places.
    pub(super) fn changed(&self, change: impl FnOnce(&mut [Place], &mut [Constraint])) -> Self {
        let mut problem = self.with_rules(|_rule| false);
        problem.constraints.clone_from(&self.constraints);
        change(&mut problem.places, &mut problem.constraints);
        problem.apply_constraints();
        problem
    }

    /// The same task where a place takes a machine for nothing.
    pub(super) fn opened(&self, item: usize, place: usize) -> Self {
        let mut problem = self.with_rules(|_rule| false);
        problem.constraints.clone_from(&self.constraints);
        let width = problem.places.len();
        problem.options[item * width + place] = Ok(Money::ZERO);
        problem.apply_constraints();
        problem
    }

    /// Puts into the options what constraints say about one machine alone. The first rule to refuse a place is the reason.
    fn apply_constraints(&mut self) {
        let mut ruled = self.options.clone();
        let mut changed = vec![false; ruled.len()];
        let width = self.places.len();
        for constraint in &self.constraints {
            let (machines, open): (&[MachineId], Vec<bool>) = match &constraint.kind {
                ConstraintKind::Only { machines, places } => {
                    (machines, self.places.iter().map(|place| places.binary_search(&place.footprint).is_ok()).collect())
                }
                ConstraintKind::Isolated { machines } => {
                    let shared = |place: &Place| matches!(place.kind, PlaceKind::Instances { .. });
                    (machines, self.places.iter().map(|place| !shared(place)).collect())
                }
                _ => continue,
            };
            for item in machines.iter().filter_map(|&machine| self.item_of(machine)) {
                for at in (0..width).filter(|&place| !open[place]).map(|place| item * width + place) {
                    if !std::mem::replace(&mut changed[at], true) {
                        ruled[at] = Err(Refusal::Rule(constraint.rule));
                    }
                }
            }
        }
        if changed.contains(&true) {
            self.unruled = std::mem::replace(&mut self.options, ruled);
        }
    }
}

/// Collects the machines of a [`Problem`].
#[derive(Clone, Debug)]
pub struct ProblemBuilder {
    places: Vec<Place>,
    items: Vec<Item>,
    options: Vec<Result<Money, Refusal>>,
    constraints: Vec<Constraint>,
}

impl ProblemBuilder {
    /// Makes room for so many machines.
    pub fn reserve(&mut self, machines: usize) {
        self.items.reserve(machines);
        self.options.reserve(machines * self.places.len());
    }

    /// Adds a machine. `option` tells for each place what the machine costs there by itself, or why it may not run there: see [`Problem::options`].
    pub fn machine(
        &mut self,
        machine: MachineId,
        demand: Resources,
        option: impl FnMut(&Place) -> Result<Money, Refusal>,
    ) {
        self.items.push(Item { machine, demand });
        self.options.extend(self.places.iter().map(option));
    }

    /// Adds a constraint.
    pub fn constraint(&mut self, rule: RuleId, kind: ConstraintKind) {
        self.constraints.push(Constraint { rule, kind });
    }

    /// The problem. Of two machines with the same id the first counts.
    pub fn build(mut self) -> Problem {
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|&index| (self.items[index].machine, index));
        order.dedup_by_key(|index| self.items[*index].machine);
        let width = self.places.len();
        let items = order.iter().map(|&index| self.items[index]).collect();
        let options =
            order.iter().flat_map(|&index| &self.options[index * width..(index + 1) * width]).copied().collect();
        for constraint in &mut self.constraints {
            constraint.kind.normalize();
        }
        tidy_by(&mut self.constraints, Constraint::clone);
        let (unruled, constraints) = (Vec::new(), self.constraints);
        let mut problem = Problem { items, places: self.places, options, unruled, constraints };
        problem.apply_constraints();
        problem
    }
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
    /// The number of the site that it is at. Places with the same number are lost together where a site is lost, and are one where rules speak of sites.
    pub site: u32,
}

/// Kinds of place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// Hosts that are there, of possibly different sizes, in one cluster; identical ones may be added.
    Existing {
        /// The hosts, with what each gives and saves. The order does not matter.
        hosts: Vec<LoadedHost>,
        /// What one added host gives; its storage entry is not used.
        added_capacity: Resources,
        /// Money over the horizon for one added host.
        added_cost: Money,
        /// At most so many are added.
        max_added: u32,
        /// Storage of the whole cluster, which does not depend on hosts, MiB as the guest sees it.
        shared_storage: u64,
        /// Host failures to survive.
        host_failures: u32,
    },
    /// Equal hosts in clusters that are opened as needed.
    Hosts {
        /// What one host gives. Its storage entry counts only where `usable_storage` is empty.
        capacity: Resources,
        /// Money over the horizon for one host.
        host_cost: Money,
        /// Fewest hosts in a cluster; so many that as many as the storage policy needs are left when `host_failures` fail.
        min_hosts: u32,
        /// Most hosts in a cluster.
        max_hosts: u32,
        /// Most clusters.
        max_clusters: u32,
        /// Most hosts over all clusters.
        max_total: u32,
        /// What the management machines take in the first cluster, as one block that needs not stay on one host; there also after host failures.
        management: Resources,
        /// Storage of a cluster of `n` hosts, MiB as the guest sees it after policy, slack and deduplication; entry `n`, from 0 to `max_hosts`; the last
        /// entry holds for more hosts. Empty where disks belong to each host, as `capacity` tells, and so are lost with it.
        usable_storage: Vec<u64>,
        /// Host failures to survive in every cluster.
        host_failures: u32,
    },
    /// Instances: each machine for itself.
    Instances {
        /// Most machines; `None` for as many as are asked for.
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

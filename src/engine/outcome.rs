//! From one set of inputs to everything that is shown of it.

mod availability;
mod defaults;
mod missing;
mod network;
mod rules;
mod storage;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::catalog::Catalog;
use super::cost::{self, Emissions, InstanceOf, Ledger, Load, Tariff, Weighed, Weights};
use super::model::{
    ClusterFootprint, ClusterId, Estate, Footprint, FootprintId, FootprintKind, HostsFootprint, Machine, MachineEdit,
    MachineId, Money, Policy, Scenario,
};
use super::placement::{
    self, Assignment, Budget, Conflict, LoadedHost, Loss, Place, PlaceKind, Plan, Problem, ProblemBuilder, Refusal,
    Resources, RuleCost, Slot, Start,
};
use super::prices::{self, Priced};
use super::progress::Progress;
use super::sizing::{self, CPU, ClusterStorage, Demand, HostCapacity, STORAGE, SizingSummary, SourceClocks};

use super::order::arrange;
use super::turns;
pub use availability::{NotLasting, concerns, sentence};
pub use defaults::default_footprints;
pub use missing::MissingPrice;
use rules::RuleBook;
pub use storage::StorageChoice;

/// Everything computed from one scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// What is asked of the places.
    pub sizing: SizingSummary,
    /// Where everything goes. Its cost is what plans are compared by: money, and what else the scenario's objective weighs; so are its bound and its
    /// differences.
    pub plan: Plan,
    /// What of the plan's cost nobody pays.
    pub weighed: Weighed,
    /// What the plan costs in money; what depends on the plan as a whole is in it, too. As plans are compared: without growth and changes of prices, which
    /// [`cost::over_time`] adds. What is shown, printed and handed on is over time.
    pub ledger: Ledger,
    /// What staying as is costs, in the same way.
    pub staying: Ledger,
    /// Energy and carbon of the plan.
    pub emissions: Emissions,
    /// Energy and carbon of staying as is.
    pub staying_emissions: Emissions,
    /// The instance type of each machine that runs as an instance, sorted by machine.
    pub instance_choices: Vec<InstanceChoice>,
    /// How the disks of rented hosts were chosen, where a footprint leaves that to the plan. Sorted by footprint.
    pub storage_choices: Vec<StorageChoice>,
    /// Host types of the plan that not everybody can have, or not for the whole horizon. By place.
    pub not_lasting: Vec<NotLasting>,
    /// Rules that contradict each other, as sets that are as small as can be.
    pub conflicts: Vec<Conflict>,
    /// Where the plan on screen was kept although a cheaper one was found: how much cheaper.
    pub kept_for: Option<Money>,
    /// SHA-256 of the plan's canonical bytes, in hexadecimal: equal natively and in every browser.
    pub plan_hash: String,
}

/// The instance type that a machine gets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceChoice {
    /// Which machine.
    pub machine: MachineId,
    /// Where.
    pub footprint: FootprintId,
    /// The type's name, such as `m7i.2xlarge`.
    pub type_name: String,
    /// Its disks, such as `gp3 40 GiB + st1 500 GiB`.
    pub disks: String,
    /// What the instance and its disks cost each month.
    pub monthly: Money,
}

/// Sizes, places and costs one scenario.
///
/// Of footprints that are enabled only: a cluster that is no enabled footprint is taken as given up, its hosts are neither used nor paid for. Asked to stop
/// by `progress`, it gives the best plan so far, fully costed.
pub fn plan_scenario(
    estate: &Estate,
    scenario: &Scenario,
    catalog: &Catalog,
    budget: Budget,
    progress: &mut dyn Progress,
) -> Outcome {
    let blueprint = Blueprint::new(estate, scenario, catalog);
    let plan = placement::solve(blueprint.problem(), budget, progress);
    blueprint.outcome(plan)
}

/// The same in [`super::turns`], starting from an earlier plan where there is one, as [`placement::solve_from`] does; tells `better` of the first valid plan and of better ones
/// on the way, fully costed. `priced` is what [`prices::with_own`] makes of the catalogue: whoever plans in turns does that once, where it is at hand.
pub async fn plan_scenario_from(
    estate: &Estate,
    scenario: &Scenario,
    priced: Priced<'_>,
    start: Option<Start<'_>>,
    budget: Budget,
    progress: &mut dyn Progress,
    better: &mut dyn FnMut(Outcome),
) -> Outcome {
    let blueprint = Blueprint::in_turns(estate, scenario, priced).await;
    let mut tell = |plan| better(blueprint.outcome(plan));
    let solved = placement::solve_from(blueprint.problem(), start, budget, progress, &mut tell).await;
    Outcome { kept_for: solved.kept_for, ..blueprint.outcome(solved.plan) }
}

/// Microseconds there and back between two footprints of a scenario, as latency rules take them: as measured, or estimated from where the two are. `None` where
/// nothing is known, and then rules of latency between them do not hold.
pub fn latency_micros(
    estate: &Estate,
    scenario: &Scenario,
    catalog: &Catalog,
    one: FootprintId,
    other: FootprintId,
) -> Option<u32> {
    let network = network::Network::new(estate, scenario, catalog);
    network.latency_micros(scenario.footprint(one)?, scenario.footprint(other)?)
}

/// How much work a scenario asks for, and with which seed.
pub const fn budget(scenario: &Scenario) -> Budget {
    Budget { steps: scenario.search.steps, seed: scenario.search.seed }
}

/// What each enabled rule of a scenario costs beside this plan of it, found in [`super::turns`]: see [`placement::rule_costs`].
pub async fn rule_costs(
    estate: &Estate,
    scenario: &Scenario,
    priced: Priced<'_>,
    plan: &Plan,
    budget: Budget,
    progress: &mut dyn Progress,
) -> Vec<RuleCost> {
    let blueprint = Blueprint::in_turns(estate, scenario, priced).await;
    placement::rule_costs(blueprint.problem(), plan, budget, progress).await
}

/// What it means that hosts of a cluster of this plan fail: see [`placement::loss`]. Positions are those in the plan.
pub fn loss(
    estate: &Estate,
    scenario: &Scenario,
    catalog: &Catalog,
    plan: &Plan,
    (place, cluster): (u32, u32),
    hosts: &[u32],
) -> Option<Loss> {
    placement::loss(&problem(estate, scenario, catalog), plan, place as usize, cluster as usize, hosts)
}

/// The task that a scenario sets the solver, for those who check a plan.
pub fn problem(estate: &Estate, scenario: &Scenario, catalog: &Catalog) -> Problem {
    Blueprint::new(estate, scenario, catalog).problem
}

/// SHA-256 of a plan's bytes as postcard writes them, in hexadecimal. Lists of a plan are sorted, so equal plans have equal hashes.
pub fn plan_hash(plan: &Plan) -> String {
    let bytes = postcard::to_stdvec(plan).unwrap_or_default();
    let digits = Sha256::digest(&bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// A scenario sized and priced, ready to be solved; and, with a plan, to be costed.
#[derive(Debug)]
pub struct Blueprint<'a> {
    estate: &'a Estate,
    /// With the disks of rented hosts decided.
    scenario: Cow<'a, Scenario>,
    storage_choices: Vec<StorageChoice>,
    /// With the scenario's own prices before it.
    catalog: Cow<'a, Catalog>,
    /// Why those were not applied.
    price_problem: Option<String>,
    sizing: SizingSummary,
    /// Machines that are planned, sorted by id.
    loads: Vec<Load>,
    /// Of each place, in the order of the problem's places.
    tariffs: Vec<Tariff>,
    /// What else counts in each of them.
    weights: Vec<Weights>,
    problem: Problem,
}

impl<'a> Blueprint<'a> {
    /// Sizes and prices a scenario.
    pub fn new(estate: &'a Estate, scenario: &'a Scenario, catalog: &'a Catalog) -> Self {
        Self::priced(estate, scenario, prices::with_own(catalog, scenario))
    }

    /// The same with the scenario's own prices before the catalogue already.
    pub fn priced(estate: &'a Estate, scenario: &'a Scenario, priced: Priced<'a>) -> Self {
        turns::to_end(Self::in_turns(estate, scenario, priced))
    }

    /// The same in [`super::turns`], of which there are some only where footprints leave their disks to the plan.
    pub async fn in_turns(estate: &'a Estate, scenario: &'a Scenario, priced: Priced<'a>) -> Self {
        // In a box, because the search in it is large and seldom asked for.
        let settled = Box::pin(storage::settled(estate, scenario, &priced.catalog));
        let (scenario, storage_choices) = settled.await;
        Self::settled(estate, scenario, priced, storage_choices)
    }

    fn settled(
        estate: &'a Estate,
        scenario: Cow<'a, Scenario>,
        priced: Priced<'a>,
        storage_choices: Vec<StorageChoice>,
    ) -> Self {
        let owned = scenario;
        let scenario = &*owned;
        let Priced { catalog: priced, problem: price_problem } = priced;
        let catalog = &*priced;
        let demands = demands(estate, scenario);
        let planned =
            || demands.iter().filter_map(|(machine, demand)| demand.as_ref().map(|demand| (*machine, demand)));
        let mut loads: Vec<Load> = planned()
            .map(|(machine, demand)| {
                let disks = sizing::disk_needs(machine, demand, &scenario.policy);
                Load::of(machine, scenario.edits.get(&machine.id), demand, disks, &scenario.assumptions)
            })
            .collect();
        loads.sort_by_key(|load| load.machine);
        loads.dedup_by_key(|load| load.machine);
        let mut sizing = sizing::summarize(planned().map(|(_, demand)| demand), &scenario.policy);

        let storage = ClusterStorage::of_estate(
            estate,
            demands.iter().map(|(machine, demand)| (*machine, demand.map(|demand| demand.resources[STORAGE]))),
        );
        let (mut tariffs, mut weights) = (Vec::new(), Vec::new());
        let mut places = Vec::new();
        let mut clusters_taken: Vec<ClusterId> = Vec::new();
        let footprints = enabled(scenario);
        for (&footprint, site) in footprints.iter().zip(network::sites(estate, &footprints)) {
            let policy = scenario.policy.with(&footprint.policy);
            let mut demand = sizing.demand;
            demand[CPU] = sizing.host_cpu;
            let maker = PlaceMaker { estate, scenario, catalog, footprint, policy: &policy, site, demand };
            let twice =
                matches!(&footprint.kind, FootprintKind::Cluster(chosen) if clusters_taken.contains(&chosen.cluster));
            if let FootprintKind::Cluster(chosen) = &footprint.kind {
                clusters_taken.push(chosen.cluster);
            }
            let (tariff, mut place, capacity) = maker.make(&storage, twice);
            let weight = Weights::new(footprint, &tariff, scenario, catalog);
            weight.add_to(&mut place);
            weights.push(weight);
            tariffs.push(tariff);
            places.push(place);
            sizing.capacities.extend(capacity);
        }
        let mut builder = state_problem(places, &tariffs, &weights, &loads);
        RuleBook::new(estate, scenario, catalog, footprints, &loads).add_to(&mut builder);
        let problem = builder.build();
        let scenario = owned;
        let catalog = priced;
        Self { estate, scenario, storage_choices, catalog, price_problem, sizing, loads, tariffs, weights, problem }
    }

    /// What the solver is asked.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The tariffs of the problem's places, in their order.
    pub fn tariffs(&self) -> &[Tariff] {
        &self.tariffs
    }

    /// Everything that is shown of a plan for this problem.
    pub fn outcome(&self, plan: Plan) -> Outcome {
        let horizon = self.scenario.assumptions.horizon();
        let mut instance_choices = Vec::new();
        let mut rented = |assignment: &Assignment, instance: InstanceOf| {
            let footprint = self.tariffs.get(assignment.place as usize).and_then(Tariff::footprint);
            if let (Some(footprint), Slot::Instance) = (footprint, assignment.slot) {
                let InstanceOf { type_name, disks, monthly } = instance;
                instance_choices.push(InstanceChoice {
                    machine: assignment.machine,
                    footprint,
                    type_name,
                    disks,
                    monthly,
                });
            }
        };
        let mut ledger = cost::ledger(&plan, &self.tariffs, &self.loads, horizon, &mut rented);
        cost::add_rule_charges(&mut ledger, &placement::rule_charges(&self.problem, &plan), &plan, &self.scenario);
        let mut staying = cost::staying(self.estate, &self.scenario, &self.catalog, &self.loads);
        let kept = cost::kept_hosts(&plan, &self.tariffs);
        cost::add_book_values(&mut ledger, self.estate, &self.scenario, &|host| kept.contains(&host));
        cost::add_book_values(&mut staying, self.estate, &self.scenario, &|_host| true);
        for ledger in [&mut ledger, &mut staying] {
            cost::add_minimum_order(ledger, &self.scenario.assumptions);
        }
        let planned = cost::Planned {
            plan: &plan,
            tariffs: &self.tariffs,
            loads: &self.loads,
            scenario: &self.scenario,
            catalog: &self.catalog,
        };
        cost::add_beside(&mut ledger, &staying, planned);
        for ledger in [&mut ledger, &mut staying] {
            cost::add_committed_spend(ledger, &self.scenario, &self.catalog);
        }
        self.set_growth(&mut ledger, &mut staying, &plan);
        for tariff in &self.tariffs {
            if let Some(Refusal::NeedsRate(missing)) = tariff.refusal() {
                let name =
                    tariff.footprint().and_then(|id| self.scenario.footprint(id)).map_or("", |place| &place.name);
                let code = missing.code();
                ledger.not_priced.push(format!("{name} takes no machine: its prices cannot be turned into the currency of the totals, for {code} has no rate."));
            }
        }
        if let Some(problem) = &self.price_problem {
            ledger.not_priced.push(format!("Your own prices are not applied: {problem}."));
        }
        ledger.not_priced.extend(self.missing_in_words());
        let (not_lasting, sentences) = availability::of_plan(&plan, &self.scenario, &self.catalog);
        ledger.not_priced.extend(sentences);
        Outcome {
            not_lasting,
            emissions: cost::emissions(&ledger, planned),
            staying_emissions: cost::staying_emissions(&staying, &self.scenario),
            ledger,
            storage_choices: self.storage_choices.clone(),
            conflicts: placement::conflicts(&self.problem),
            staying,
            instance_choices,
            kept_for: None,
            weighed: self.weighed(&plan),
            plan_hash: plan_hash(&plan),
            sizing: self.sizing.clone(),
            plan,
        }
    }

    fn weighed(&self, plan: &Plan) -> Weighed {
        if !self.scenario.objective.is_weighed() {
            return Weighed::default();
        }
        cost::weighed(plan, &self.weights, &self.tariffs, &self.loads)
    }

    /// How what each place runs grows, with the plan and where all stays.
    fn set_growth(&self, ledger: &mut Ledger, staying: &mut Ledger, plan: &Plan) {
        let planned = plan.assignments.iter().filter_map(|assignment| {
            let load = self.loads.binary_search_by_key(&assignment.machine, |load| load.machine).ok()?;
            Some((self.tariffs.get(assignment.place as usize)?.footprint(), &self.loads[load]))
        });
        cost::set_growth(ledger, planned, &self.scenario);
        let home = |load: &Load| {
            let is_home = |footprint: &&Footprint| matches!(&footprint.kind, FootprintKind::Cluster(chosen) if chosen.cluster == load.cluster);
            self.scenario.footprints.iter().find(is_home).map(|footprint| footprint.id)
        };
        cost::set_growth(staying, self.loads.iter().map(|load| (home(load), load)), &self.scenario);
    }
}

/// Footprints that plans may use, by id; of two with the same id the first counts, as in [`Problem::builder`].
fn enabled(scenario: &Scenario) -> Vec<&Footprint> {
    let mut enabled: Vec<&Footprint> = scenario.footprints.iter().filter(|footprint| footprint.enabled).collect();
    arrange(&mut enabled, |a, b| a.id.cmp(&b.id));
    enabled.dedup_by_key(|footprint| footprint.id);
    enabled
}

/// Every machine of an estate with what it asks for; `None` for those that are not planned.
pub(in crate::engine) fn demands<'a>(estate: &'a Estate, scenario: &Scenario) -> Vec<(&'a Machine, Option<Demand>)> {
    let clocks = SourceClocks::of_estate(estate);
    let demand = |machine: &'a Machine| {
        let edit = scenario.edits.get(&machine.id);
        let planned = MachineEdit::plans(edit, machine, scenario.policy.scope);
        planned.then(|| sizing::demand(machine, edit, &scenario.policy, clocks.of(machine)))
    };
    estate.machines.iter().map(|machine| (machine, demand(machine))).collect()
}

/// What is needed to make a place of a footprint.
struct PlaceMaker<'a> {
    estate: &'a Estate,
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    footprint: &'a Footprint,
    policy: &'a Policy,
    /// The number of the site that the footprint is at.
    site: u32,
    /// What all machines ask for, to explain how many hosts that would take.
    demand: Resources,
}

impl PlaceMaker<'_> {
    /// The tariff, the place and, where there are hosts, the capacity of one, explained. A cluster that is named `twice` gives nothing the second time.
    fn make(&self, storage: &ClusterStorage, twice: bool) -> (Tariff, Place, Option<HostCapacity>) {
        let assumptions = &self.scenario.assumptions;
        let tariff = cost::tariff(self.footprint, self.estate, self.catalog, self.policy, assumptions);
        let (kind, capacity) = match &self.footprint.kind {
            FootprintKind::Cluster(_) if twice => (no_hosts(), None),
            FootprintKind::Cluster(chosen) => self.existing(chosen, &tariff, storage),
            FootprintKind::Hosts(chosen) => self.hosts(chosen, &tariff),
            FootprintKind::Instances(chosen) => (PlaceKind::Instances { max_machines: chosen.max_machines }, None),
        };
        let tariff = if twice { Tariff::refusing(self.footprint.id, Refusal::NoCapacity) } else { tariff };
        let place = Place { footprint: self.footprint.id, kind, fixed_cost: tariff.place_cost(), site: self.site };
        (tariff, place, capacity)
    }

    fn existing(
        &self,
        chosen: &ClusterFootprint,
        tariff: &Tariff,
        storage: &ClusterStorage,
    ) -> (PlaceKind, Option<HostCapacity>) {
        let Some(cluster) = self.estate.cluster(chosen.cluster) else { return (no_hosts(), None) };
        let hosts = self.estate.hosts_of(cluster.id).count() as u32;
        let shared = storage.of(cluster.id, hosts, self.policy);
        let size = sizing::cluster_size(self.estate, cluster, shared, self.policy);
        let explained = sizing::explain_cluster(self.footprint.id, self.estate, cluster.id, &size, self.policy);
        let capacities = size.hosts.iter().map(|&(_, capacity)| capacity);
        let hosts = tariff.own_host_costs().zip(capacities);
        let server = chosen.add.as_ref().and_then(|add| self.catalog.host(add));
        let can_grow = cost::can_grow(chosen, self.catalog, &self.scenario.assumptions);
        let added_capacity = server.map_or(Resources::default(), |server| {
            sizing::host_capacity(server.cores, server.speed, server.memory, server.network_mbps, self.policy)
        });
        let kind = PlaceKind::Existing {
            hosts: hosts
                .map(|((host, cost, may_retire), capacity)| LoadedHost { host, capacity, cost, may_retire })
                .collect(),
            added_capacity,
            added_cost: tariff.new_host_cost(),
            max_added: if can_grow { chosen.max_added } else { 0 },
            shared_storage: size.shared_storage,
            host_failures: size.host_failures,
        };
        (kind, Some(explained))
    }

    fn hosts(&self, chosen: &HostsFootprint, tariff: &Tariff) -> (PlaceKind, Option<HostCapacity>) {
        let Some(offering) = self.catalog.host(&chosen.offering) else { return (no_hosts(), None) };
        let size = sizing::hosts_size(offering, chosen, self.policy);
        let explained = sizing::explain_hosts(self.footprint.id, offering, &size, self.policy, &self.demand);
        let kind = PlaceKind::Hosts {
            capacity: size.capacity,
            host_cost: tariff.new_host_cost(),
            min_hosts: size.min_hosts,
            max_hosts: size.max_hosts,
            max_clusters: size.max_clusters,
            max_total: size.max_total,
            management: size.management,
            usable_storage: size.usable_storage,
            host_failures: size.host_failures,
        };
        (kind, Some(explained))
    }
}

/// A place without hosts.
fn no_hosts() -> PlaceKind {
    PlaceKind::Existing {
        hosts: Vec::new(),
        added_capacity: Resources::default(),
        added_cost: Money::ZERO,
        max_added: 0,
        shared_storage: 0,
        host_failures: 0,
    }
}

/// Puts machines, places, prices and weights together.
fn state_problem(places: Vec<Place>, tariffs: &[Tariff], weights: &[Weights], loads: &[Load]) -> ProblemBuilder {
    let mut builder = Problem::builder(places);
    builder.reserve(loads.len());
    for load in loads {
        let mut charged = tariffs.iter().zip(weights);
        builder.machine(load.machine, load.on_host(), |_place| {
            let (tariff, weights) = charged.next().ok_or(Refusal::NoCapacity)?;
            let (carbon, moves) = weights.machine(load, tariff);
            Ok(tariff.machine_cost(load)? + carbon + moves)
        });
    }
    builder
}

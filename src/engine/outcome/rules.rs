//! From rules in the words of people to constraints that the solver knows.

use rustc_hash::FxHashSet;

use super::network::Network;
use crate::engine::catalog::{Catalog, Region};
use crate::engine::cost::Load;
use crate::engine::model::{
    ClusterId, CpuMeasure, Estate, Footprint, FootprintId, FootprintKind, HostId, Machine, MachineId, Money,
    QuotaLimits, Rule, RuleKind, RuleLevel, Scenario, Selector,
};
use crate::engine::order::Tally;
use crate::engine::placement::{ConstraintKind, HostLicence, Level, ProblemBuilder, RESOURCES, Resource};

/// What rules are compiled against.
pub(super) struct RuleBook<'a> {
    estate: &'a Estate,
    scenario: &'a Scenario,
    catalog: &'a Catalog,
    /// Footprints that plans may use.
    footprints: Vec<&'a Footprint>,
    /// Machines that are planned, sorted by id, each with what it asks for.
    planned: Vec<(&'a Machine, &'a Load)>,
    network: Network<'a>,
}

impl<'a> RuleBook<'a> {
    /// Rules of a scenario over the machines that are planned and the footprints that plans may use.
    pub fn new(
        estate: &'a Estate,
        scenario: &'a Scenario,
        catalog: &'a Catalog,
        footprints: Vec<&'a Footprint>,
        loads: &'a [Load],
    ) -> Self {
        let planned = loads.iter().filter_map(|load| Some((estate.machine(load.machine)?, load))).collect();
        let network = Network::new(estate, scenario, catalog);
        Self { estate, scenario, catalog, footprints, planned, network }
    }

    /// Adds the constraints of every enabled rule.
    pub fn add_to(&self, builder: &mut ProblemBuilder) {
        for rule in self.scenario.rules.iter().filter(|rule| rule.enabled) {
            for kind in self.constraints(rule) {
                builder.constraint(rule.id, kind);
            }
        }
    }

    fn constraints(&self, rule: &Rule) -> Vec<ConstraintKind> {
        let chosen = self.chosen(rule.kind.selector());
        let others = rule.kind.others().map(|others| ids(&self.chosen(others))).unwrap_or_default();
        let machines = ids(&chosen);
        if machines.is_empty() {
            return Vec::new();
        }
        match &rule.kind {
            RuleKind::Pin { footprint, .. } => vec![self.only(machines, |other| other.id == *footprint)],
            RuleKind::Forbid { footprint, .. } => vec![self.only(machines, |other| other.id != *footprint)],
            RuleKind::Allow { footprints, .. } => vec![self.only(machines, |other| footprints.contains(&other.id))],
            RuleKind::Residency { countries, own_sites, .. } => {
                let inside = |footprint: &Footprint| {
                    let region = self.network.region(footprint);
                    let among =
                        |region: &Region| countries.iter().any(|country| country.eq_ignore_ascii_case(&region.country));
                    region.is_some_and(among) || (*own_sites && Network::is_own(footprint))
                };
                vec![self.only(machines, inside)]
            }
            RuleKind::Together { level, .. } => vec![ConstraintKind::Together { machines, level: level_of(*level) }],
            RuleKind::Apart { level, .. } => vec![ConstraintKind::Apart { machines, level: level_of(*level) }],
            RuleKind::Isolate { .. } => vec![ConstraintKind::Isolated { machines }],
            RuleKind::Licence { per_core_year, per_host_year, .. } => {
                vec![self.licence(&chosen, *per_core_year, *per_host_year)]
            }
            RuleKind::Latency { most_micros, .. } => vec![self.near(machines, others, *most_micros)],
            RuleKind::Traffic { gib_per_month, gib_per_month_back, .. } => {
                self.traffic(machines, others, [*gib_per_month, *gib_per_month_back]).into_iter().collect()
            }
            RuleKind::Quota { footprint, most, .. } => vec![self.quota(&chosen, *footprint, *most)],
            RuleKind::MoveLimit { most, .. } => {
                let homes = chosen.iter().map(|(machine, _)| (machine.id, self.home(machine.cluster))).collect();
                vec![ConstraintKind::Moves { homes, most: u64::from(*most) }]
            }
            RuleKind::Lock { on_host, .. } => self.lock(&chosen, *on_host),
        }
    }

    /// The planned machines of a selection.
    fn chosen(&self, selector: &Selector) -> Vec<(&'a Machine, &'a Load)> {
        let listed: Option<FxHashSet<MachineId>> = match selector {
            Selector::Machines(ids) => Some(ids.iter().copied().collect()),
            _ => None,
        };
        let selects = |machine: &Machine| match &listed {
            Some(listed) => listed.contains(&machine.id),
            None => selector.selects(machine, self.scenario.edits.get(&machine.id)),
        };
        self.planned.iter().filter(|(machine, _)| selects(machine)).copied().collect()
    }

    fn only(&self, machines: Vec<MachineId>, inside: impl Fn(&Footprint) -> bool) -> ConstraintKind {
        let places =
            self.footprints.iter().filter(|footprint| inside(footprint)).map(|footprint| footprint.id).collect();
        ConstraintKind::Only { machines, places }
    }

    /// The footprint that a cluster is.
    fn home(&self, cluster: ClusterId) -> Option<FootprintId> {
        let is_home =
            |footprint: &&&Footprint| matches!(&footprint.kind, FootprintKind::Cluster(own) if own.cluster == cluster);
        self.footprints.iter().find(is_home).map(|footprint| footprint.id)
    }

    fn lock(&self, chosen: &[(&Machine, &Load)], on_host: bool) -> Vec<ConstraintKind> {
        let mut by_home: Tally<Option<FootprintId>, Vec<MachineId>> = Tally::default();
        for (machine, _) in chosen {
            by_home.at(self.home(machine.cluster)).push(machine.id);
        }
        let mut kinds: Vec<ConstraintKind> = by_home
            .0
            .into_iter()
            .map(|(home, machines)| ConstraintKind::Only { machines, places: home.into_iter().collect() })
            .collect();
        if on_host {
            let hosts: Vec<(MachineId, HostId)> =
                chosen.iter().filter_map(|(machine, _)| Some((machine.id, machine.host?))).collect();
            kinds.push(ConstraintKind::OnHost { hosts });
        }
        kinds
    }

    fn licence(&self, chosen: &[(&Machine, &Load)], per_core_year: Money, per_host_year: Money) -> ConstraintKind {
        let horizon = u64::from(self.scenario.assumptions.horizon());
        let cost = |cores: u64| monthly_licence(per_core_year, per_host_year, cores).times(horizon);
        let hosts = self.footprints.iter().filter_map(|footprint| {
            let twins = u64::from(footprint.hosts_in_one());
            let (existing, offering) = match &footprint.kind {
                FootprintKind::Cluster(own) => {
                    let hosts = self.estate.hosts_of(own.cluster);
                    (hosts.map(|host| (host.id, cost(u64::from(host.cores)))).collect(), own.add.as_ref())
                }
                FootprintKind::Hosts(hosts) => (Vec::new(), Some(&hosts.offering)),
                FootprintKind::Instances(_) => return None,
            };
            let cores = offering.and_then(|offering| self.catalog.host(offering)).map_or(0, |host| host.cores);
            Some(HostLicence { place: footprint.id, existing, new_host: cost(u64::from(cores)).times(twins) })
        });
        let alone = |load: &Load| cost(load.demand[Resource::Cpu as usize].div_ceil(1000));
        let machines = chosen.iter().map(|(machine, load)| (machine.id, alone(load))).collect();
        ConstraintKind::Licensed { machines, hosts: hosts.collect() }
    }

    fn near(&self, machines: Vec<MachineId>, others: Vec<MachineId>, most_micros: u32) -> ConstraintKind {
        let pairs = self
            .footprints
            .iter()
            .enumerate()
            .flat_map(|(index, one)| self.footprints[..index].iter().map(move |other| (*one, *other)));
        let far = pairs
            .filter(|(one, other)| self.network.latency_micros(one, other).is_none_or(|micros| micros > most_micros));
        ConstraintKind::Near { machines, others, far: far.map(|(one, other)| (one.id, other.id)).collect() }
    }

    /// `gib_per_month`: from the machines to the others, and back.
    fn traffic(
        &self,
        machines: Vec<MachineId>,
        others: Vec<MachineId>,
        gib_per_month: [u64; 2],
    ) -> Option<ConstraintKind> {
        let pairs = (machines.len() as i128).saturating_mul(others.len() as i128);
        if pairs == 0 {
            return None;
        }
        let horizon = u64::from(self.scenario.assumptions.horizon());
        let mut costs = Vec::new();
        for from in &self.footprints {
            for to in self.footprints.iter().filter(|to| to.id != from.id) {
                let part = |from: &Footprint, to: &Footprint, gib: u64| {
                    self.network.traffic_cost(from, to, gib).scale(1, pairs)
                };
                let monthly = part(from, to, gib_per_month[0]) + part(to, from, gib_per_month[1]);
                costs.push((from.id, to.id, monthly.times(horizon)));
            }
        }
        Some(ConstraintKind::Traffic { machines, others, costs })
    }

    fn quota(&self, chosen: &[(&Machine, &Load)], place: FootprintId, limits: QuotaLimits) -> ConstraintKind {
        let mut most = [None; RESOURCES];
        let milli_vcpus = limits.vcpus.map(|vcpus| 1000 * u64::from(vcpus));
        most[Resource::Cpu as usize] = match self.scenario.policy.cpu_measure {
            CpuMeasure::Vcpus => milli_vcpus,
            CpuMeasure::Clock => milli_vcpus.map(|milli| clock_of_quota(milli, chosen)),
        };
        most[Resource::Memory as usize] = limits.memory.map(|memory| memory.0);
        most[Resource::Storage as usize] = limits.storage.map(|storage| storage.0);
        let machines = ids(chosen);
        ConstraintKind::Quota { machines, place, most_machines: limits.machines.map(u64::from), most }
    }
}

/// A limit in vCPU where the solver counts MHz: as many as the machines that use least for each vCPU would take, so that the limit is kept whichever of
/// the machines are there.
fn clock_of_quota(milli_vcpus: u64, chosen: &[(&Machine, &Load)]) -> u64 {
    let of = |load: &Load| {
        u128::from(milli_vcpus) * u128::from(load.host_cpu) / u128::from(load.demand[Resource::Cpu as usize].max(1))
    };
    let least = chosen.iter().map(|(_, load)| of(load)).min().unwrap_or_default();
    u64::try_from(least).unwrap_or(u64::MAX)
}

/// What a licence costs a month for a host of so many cores, in whole millionths.
fn monthly_licence(per_core_year: Money, per_host_year: Money, cores: u64) -> Money {
    (per_core_year.times(cores) + per_host_year).scale(1, 12)
}

fn ids(chosen: &[(&Machine, &Load)]) -> Vec<MachineId> {
    chosen.iter().map(|(machine, _)| machine.id).collect()
}

const fn level_of(level: RuleLevel) -> Level {
    match level {
        RuleLevel::Host => Level::Host,
        RuleLevel::Cluster => Level::Cluster,
        RuleLevel::Footprint => Level::Place,
        RuleLevel::Site => Level::Site,
    }
}

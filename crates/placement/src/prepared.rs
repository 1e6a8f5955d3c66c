//! The problem as the search wants it: flat tables of exact integers in `f64`.

use super::blocks::Blocks;
use super::bound::may_hold;
use super::constraint::{self, ConstraintKind, Level};
use super::rules::{Rules, licence_shares};
use super::sites::site;
pub(super) use super::sites::{ExistingOrder, HostSite, OwnHost, Site};
use super::{Place, PlaceKind, Problem, RESOURCES, Refusal, Resource, Resources};
use basics::order::{Tally, tidy_by};
use basics::{HostId, Money};

/// Storage's position in [`Resources`].
pub(super) const STORAGE: usize = Resource::Storage as usize;

/// Larger amounts of a resource than this are cut to it, so that sums over thousands of hosts are exact in `f64` (2⁵³).
pub(super) const MOST: u64 = 1 << 40;

/// A vector of amounts, each an exact integer.
pub(super) type Amounts = [f64; RESOURCES];

/// The problem as the search wants it. "Machine" is a block here, and everywhere in the search: machines that must share a host are one.
pub(super) struct Prepared {
    /// The machines of the problem that each machine here stands for.
    pub blocks: Blocks,
    /// What must hold between machines.
    pub rules: Rules,
    /// What each machine takes.
    pub demand: Vec<Amounts>,
    /// For each machine, for each place: micro-units of money it costs by itself; infinite where it may not go.
    pub cost: Vec<f64>,
    /// The same with each machine's share of licences, for the bound; empty where there are none.
    relaxed: Vec<f64>,
    /// The places.
    pub sites: Vec<Site>,
    /// Micro-units of money paid in any case.
    pub constant: f64,
    /// What leaving a machine out counts for: more than any place charges.
    pub penalty: f64,
    /// What each machine costs without any host, and the place of that instance; else what being left out counts for.
    alone: Vec<(f64, Option<usize>)>,
    /// Places that could take a machine, with its cost there, although the search does not use them for it: the proof must allow them.
    pub unused: Vec<(u32, u32, f64)>,
}

impl Prepared {
    /// Prepares a problem.
    pub fn new(problem: &Problem) -> Self {
        let blocks = Blocks::new(problem);
        let machines = blocks.len();
        let locked = locked_hosts(problem);
        let sites: Vec<Site> = problem.places().iter().map(|place| site(place, machines, &locked)).collect();
        let rules = Rules::new(problem, &blocks, &sites);
        let mut tables = Tables::new(problem, &blocks, &sites);
        for machine in 0..machines {
            tables.add(machine, rules.possible(problem, &blocks, machine));
        }
        let Tables { demand, cost, relaxed, unused, .. } = tables;
        let constant = problem.places().iter().map(|place| micros(paid_anyway(place))).sum();
        let penalty = penalty(&cost, &sites);
        let alone = (0..machines)
            .map(|machine| {
                let options = sites.iter().zip(&cost[machine * sites.len()..]).enumerate();
                let instances = options.filter(|(_, (site, _))| matches!(site, Site::Instances { .. }));
                instances.fold(
                    (penalty, None),
                    |best, (place, (_, &cost))| {
                        if cost < best.0 { (cost, Some(place)) } else { best }
                    },
                )
            })
            .collect();
        Self { blocks, rules, demand, cost, relaxed, sites, constant, penalty, alone, unused }
    }

    /// What a machine costs without any host: the cheapest instance, or being left out.
    pub fn alone(&self, machine: usize) -> f64 {
        self.alone[machine].0
    }

    /// The place of a machine's cheapest instance.
    pub fn alone_at(&self, machine: usize) -> Option<usize> {
        self.alone[machine].1
    }

    /// Number of machines.
    pub fn machines(&self) -> usize {
        self.demand.len()
    }

    /// What a machine costs by itself in each place.
    pub fn costs(&self, machine: usize) -> &[f64] {
        let width = self.sites.len();
        &self.cost[machine * width..(machine + 1) * width]
    }

    /// What a machine costs in each place with its share of licences there.
    pub fn relaxed(&self, machine: usize) -> &[f64] {
        let all = if self.relaxed.is_empty() { &self.cost } else { &self.relaxed };
        let width = self.sites.len();
        &all[machine * width..(machine + 1) * width]
    }

    /// Why a place does not take a machine of the problem whatever else is there; `None` if it does.
    pub fn refusal(&self, problem: &Problem, item: usize, place: usize) -> Option<Refusal> {
        if let Err(refusal) = problem.options(item)[place] {
            return Some(refusal);
        }
        let machine = self.blocks.of(item);
        if self.costs(machine)[place].is_finite() {
            return None;
        }
        if self.blocks.items(machine).len() > 1 {
            return Some(self.refusal_of_block(problem, item, place));
        }
        Some(self.refusal_of(&problem.items()[item].demand, place))
    }

    /// Why a place does not take a machine of the problem that must share its host with others.
    fn refusal_of_block(&self, problem: &Problem, item: usize, place: usize) -> Refusal {
        let items = self.blocks.items(self.blocks.of(item));
        let machine = problem.items()[item].machine;
        let names = |kind: &ConstraintKind| matches!(kind, ConstraintKind::Together { machines, level: Level::Host } if machines.binary_search(&machine).is_ok());
        let rule = problem.constraints().iter().find(|constraint| names(&constraint.kind));
        let rule = rule.map(|constraint| constraint.rule).unwrap_or_default();
        let admitted = items.iter().all(|&item| problem.options(item as usize)[place].is_ok());
        let demand = items
            .iter()
            .fold([0; RESOURCES], |sum, &item| constraint::plus(&sum, &problem.items()[item as usize].demand));
        match self.refusal_of(&demand, place) {
            Refusal::LargerThanHost { resource, missing } if admitted => {
                Refusal::TooLargeTogether { rule, resource, missing }
            }
            Refusal::NoCapacity if admitted => Refusal::NoCapacity,
            _ => Refusal::Rule(rule),
        }
    }

    /// Why a place does not take what is so large.
    fn refusal_of(&self, demand: &Resources, place: usize) -> Refusal {
        let Site::Hosts(hosts) = &self.sites[place] else { return Refusal::MachineLimit };
        if hosts.max_bins == 0 {
            return Refusal::NoCapacity;
        }
        let largest = hosts.largest();
        let missing = |resource: Resource| demand[resource as usize].saturating_sub(largest[resource as usize] as u64);
        let resource = Resource::ALL.into_iter().find(|&resource| missing(resource) > 0).unwrap_or(Resource::Cpu);
        Refusal::LargerThanHost { resource, missing: missing(resource).max(1) }
    }
}

/// Tables of machines by place, filled one machine at a time.
struct Tables<'a> {
    problem: &'a Problem,
    blocks: &'a Blocks,
    sites: &'a [Site],
    largest: Vec<Option<Amounts>>,
    shares: Tally<usize, Vec<u64>>,
    demand: Vec<Amounts>,
    cost: Vec<f64>,
    relaxed: Vec<f64>,
    unused: Vec<(u32, u32, f64)>,
}

impl<'a> Tables<'a> {
    fn new(problem: &'a Problem, blocks: &'a Blocks, sites: &'a [Site]) -> Self {
        let largest = sites.iter().map(|site| match site {
            Site::Hosts(hosts) if hosts.max_bins > 0 => Some(hosts.largest()),
            _ => None,
        });
        let demand = Vec::with_capacity(blocks.len());
        let cost = Vec::with_capacity(blocks.len() * sites.len());
        let (largest, shares) = (largest.collect(), licence_shares(problem));
        Self { problem, blocks, sites, largest, shares, demand, cost, relaxed: Vec::new(), unused: Vec::new() }
    }

    /// Adds a machine; one that is not `possible` may go nowhere.
    fn add(&mut self, machine: usize, possible: bool) {
        let items = self.blocks.items(machine);
        let whole = items
            .iter()
            .fold([0; RESOURCES], |sum, &item| constraint::plus(&sum, &self.problem.items()[item as usize].demand));
        let amounts = amounts(&whole);
        for (place, (site, largest)) in self.sites.iter().zip(&self.largest).enumerate() {
            let admitted = match site {
                Site::Instances { limit } => *limit > 0 && items.len() == 1,
                Site::Hosts(_) => largest.is_some_and(|largest| fits(&amounts, &largest) && !too_large(&whole)),
            };
            let mut own = Some(0.0);
            let mut share = 0.0;
            for &item in items {
                let option = self.problem.options(item as usize)[place].ok();
                own = own.zip(option).map(|(sum, money)| sum + micros(money));
                share += self.shares.get(&(item as usize)).map_or(0.0, |shares| shares[place] as f64);
            }
            // What an instance is charged under a licence is its own; a host's is shared.
            let instance = matches!(site, Site::Instances { .. });
            let relaxed = own.map_or(f64::INFINITY, |own| own + share);
            let own = own.map(|own| if instance { own + share } else { own });
            let open = admitted && possible;
            self.cost.push(own.filter(|_| open).unwrap_or(f64::INFINITY));
            if !self.shares.0.is_empty() {
                self.relaxed.push(if open { relaxed } else { f64::INFINITY });
            }
            if own.is_some() && !open && may_hold(&self.problem.places()[place], &whole) {
                self.unused.push((machine as u32, place as u32, relaxed));
            }
        }
        self.demand.push(amounts);
    }
}

/// Hosts that carry a machine which must stay on them: they cannot stand by for failures.
fn locked_hosts(problem: &Problem) -> Vec<HostId> {
    let constraints = problem.constraints().iter();
    let hosts = constraints.filter_map(|constraint| match &constraint.kind {
        ConstraintKind::OnHost { hosts } => Some(hosts),
        _ => None,
    });
    let hosts = hosts.flatten().filter(|(machine, _)| problem.item_of(*machine).is_some());
    let mut hosts: Vec<HostId> = hosts.map(|&(_, host)| host).collect();
    tidy_by(&mut hosts, |host| *host);
    hosts
}

/// More than any place charges for a machine.
fn penalty(cost: &[f64], sites: &[Site]) -> f64 {
    let dearest = cost.iter().copied().filter(|cost| cost.is_finite()).fold(0.0, f64::max);
    let opening = |site: &Site| match site {
        Site::Hosts(hosts) => hosts.fixed + hosts.cell_cost + hosts.bin(0).cost * hosts.min_bins as f64,
        Site::Instances { .. } => 0.0,
    };
    2.0 * (dearest + sites.iter().map(opening).fold(0.0, f64::max)) + 1.0
}

/// Whether `demand` fits in `free`.
pub(super) fn fits(demand: &Amounts, free: &Amounts) -> bool {
    demand.iter().zip(free).all(|(demand, free)| demand <= free)
}

fn too_large(demand: &Resources) -> bool {
    demand.iter().any(|&amount| amount > MOST)
}

pub(super) fn amounts(resources: &Resources) -> Amounts {
    resources.map(|amount| amount.min(MOST) as f64)
}

pub(super) fn micros(money: Money) -> f64 {
    money.micros() as f64
}

/// What a place costs although nothing is there: the hosts that cannot be saved.
fn paid_anyway(place: &Place) -> Money {
    match &place.kind {
        PlaceKind::Existing { hosts, .. } => hosts.iter().filter(|host| !host.may_retire).map(|host| host.cost).sum(),
        PlaceKind::Hosts { .. } | PlaceKind::Instances { .. } => Money::ZERO,
    }
}

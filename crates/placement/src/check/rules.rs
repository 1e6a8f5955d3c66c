//! Whether a plan keeps every constraint, and what constraints charge for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{HostPlan, Plan, Problem, RESOURCES, Resources, Violation};
use crate::{ConstraintKind, Level, PlaceKind, Slot};
use basics::{FootprintId, HostId, MachineId, Money, RuleId};

/// Where a machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    place: FootprintId,
    /// The site of the place.
    site: u32,
    /// The cluster; instances of a place are one.
    cluster: Option<u32>,
    /// The host; `None` for an instance.
    host: Option<u32>,
    existing: Option<HostId>,
}

/// Adds what constraints find wrong, and returns what they charge.
pub(super) fn check(problem: &Problem, plan: &Plan, violations: &mut Vec<Violation>) -> Money {
    if problem.constraints().is_empty() {
        return Money::ZERO;
    }
    let spots: BTreeMap<MachineId, Spot> = plan
        .assignments
        .iter()
        .filter_map(|assignment| {
            let place = plan.places.get(assignment.place as usize)?;
            let (cluster, host) = match assignment.slot {
                Slot::Host { cluster, host } => (Some(cluster), Some(host)),
                Slot::Instance => (None, None),
            };
            let hosts = cluster.and_then(|cluster| place.clusters.get(cluster as usize)).map(|cluster| &cluster.hosts);
            let existing = hosts.zip(host).and_then(|(hosts, host)| hosts.get(host as usize)?.existing);
            let site = problem.places().get(assignment.place as usize)?.site;
            Some((assignment.machine, Spot { place: place.footprint, site, cluster, host, existing }))
        })
        .collect();
    let hosts: Vec<(FootprintId, &HostPlan)> = plan
        .places
        .iter()
        .flat_map(|place| place.clusters.iter().flat_map(|cluster| &cluster.hosts).map(|host| (place.footprint, host)))
        .collect();
    let scene = Scene { problem, spots, hosts };
    let mut charged = Money::ZERO;
    for constraint in problem.constraints() {
        if !scene.keeps(&constraint.kind) && !violations.contains(&Violation::Rule(constraint.rule)) {
            violations.push(Violation::Rule(constraint.rule));
        }
        charged += scene.charge(&constraint.kind);
    }
    charged
}

struct Scene<'a> {
    problem: &'a Problem,
    spots: BTreeMap<MachineId, Spot>,
    hosts: Vec<(FootprintId, &'a HostPlan)>,
}

impl Scene<'_> {
    /// Where those of the machines are that have a place.
    fn of(&self, machines: &[MachineId]) -> impl Iterator<Item = (MachineId, Spot)> {
        machines.iter().filter_map(|machine| Some((*machine, *self.spots.get(machine)?)))
    }

    fn keeps(&self, kind: &ConstraintKind) -> bool {
        match kind {
            ConstraintKind::Only { machines, places } => {
                self.of(machines).all(|(_, spot)| places.contains(&spot.place))
            }
            ConstraintKind::OnHost { hosts } => hosts.iter().all(|(machine, host)| {
                let Some(spot) = self.spots.get(machine) else { return true };
                let place = self.problem.places().iter().find(|place| place.footprint == spot.place);
                let has = place.is_some_and(|place| match &place.kind {
                    PlaceKind::Existing { hosts, .. } => hosts.iter().any(|known| known.host == *host),
                    PlaceKind::Hosts { .. } | PlaceKind::Instances { .. } => false,
                });
                !has || spot.existing == Some(*host)
            }),
            ConstraintKind::Together { machines, level } => self.together(machines, *level),
            ConstraintKind::Apart { machines, level } => {
                let mut taken = BTreeSet::new();
                let meets = |spot: Spot| meeting(spot, *level);
                self.of(machines).filter_map(|(_, spot)| meets(spot)).all(|meeting| taken.insert(meeting))
            }
            ConstraintKind::Isolated { machines } => {
                let own = |machine: &MachineId| machines.binary_search(machine).is_ok();
                let pure = |host: &HostPlan| host.machines.iter().all(own) || !host.machines.iter().any(own);
                self.of(machines).all(|(_, spot)| spot.host.is_some()) && self.hosts.iter().all(|(_, host)| pure(host))
            }
            ConstraintKind::Near { machines, others, far } => {
                let places = |machines| self.of(machines).map(|(_, spot)| spot.place).collect::<BTreeSet<_>>();
                let (ones, others) = (places(machines), places(others));
                !far.iter()
                    .any(|(a, b)| (ones.contains(a) && others.contains(b)) || (ones.contains(b) && others.contains(a)))
            }
            ConstraintKind::Quota { machines, place, most_machines, most } => {
                let there: Vec<MachineId> =
                    self.of(machines).filter(|(_, spot)| spot.place == *place).map(|(machine, _)| machine).collect();
                let taken = self.sum(&there);
                most_machines.is_none_or(|most| there.len() as u64 <= most)
                    && (0..RESOURCES).all(|resource| most[resource].is_none_or(|most| taken[resource] <= most))
            }
            ConstraintKind::Moves { homes, most } => {
                let moved = homes
                    .iter()
                    .filter(|(machine, home)| self.spots.get(machine).is_some_and(|spot| *home != Some(spot.place)));
                moved.count() as u64 <= *most
            }
            ConstraintKind::Licensed { .. } | ConstraintKind::Traffic { .. } => true,
        }
    }

    /// On one host, all or none of the machines have a place.
    fn together(&self, machines: &[MachineId], level: Level) -> bool {
        let spots: Vec<Spot> = self.of(machines).map(|(_, spot)| spot).collect();
        if level == Level::Host {
            let known = machines
                .iter()
                .filter(|&&machine| self.problem.items().binary_search_by_key(&machine, |item| item.machine).is_ok());
            if spots.len() > 1 && spots.iter().any(|spot| spot.host.is_none()) {
                return false;
            }
            if !spots.is_empty() && spots.len() != known.count() {
                return false;
            }
        }
        spots.windows(2).all(|pair| meeting(pair[0], level) == meeting(pair[1], level))
    }

    fn sum(&self, machines: &[MachineId]) -> Resources {
        let mut sum = [0_u64; RESOURCES];
        for machine in machines {
            if let Ok(index) = self.problem.items().binary_search_by_key(machine, |item| item.machine) {
                for (sum, amount) in sum.iter_mut().zip(&self.problem.items()[index].demand) {
                    *sum = sum.saturating_add(*amount);
                }
            }
        }
        sum
    }

    fn charge(&self, kind: &ConstraintKind) -> Money {
        match kind {
            ConstraintKind::Licensed { machines, hosts } => {
                let under: BTreeMap<MachineId, Money> = machines.iter().copied().collect();
                let alone =
                    under.iter().filter(|(machine, _)| self.spots.get(machine).is_some_and(|spot| spot.host.is_none()));
                let licensed = self
                    .hosts
                    .iter()
                    .filter(|(_, host)| host.machines.iter().any(|machine| under.contains_key(machine)));
                let of_host = |(place, host): &(FootprintId, &HostPlan)| {
                    let licence = hosts.iter().find(|licence| licence.place == *place);
                    licence.map_or(Money::ZERO, |licence| licence.of(host.existing))
                };
                alone.map(|(_, money)| *money).sum::<Money>() + licensed.map(of_host).sum()
            }
            ConstraintKind::Traffic { machines, others, costs } => {
                let count = |machines: &[MachineId], place: FootprintId| {
                    self.of(machines).filter(|(_, spot)| spot.place == place).count() as u64
                };
                costs
                    .iter()
                    .map(|&(from, to, money)| money.times(count(machines, from).saturating_mul(count(others, to))))
                    .sum()
            }
            _ => Money::ZERO,
        }
    }
}

/// What machines can share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meeting {
    Host(FootprintId, Option<u32>, u32),
    Cluster(FootprintId, Option<u32>),
    Place(FootprintId),
    Site(u32),
}

/// What two machines share that meet at this level; `None` for an instance, whose host is its own.
fn meeting(spot: Spot, level: Level) -> Option<Meeting> {
    match level {
        Level::Host => spot.host.map(|host| Meeting::Host(spot.place, spot.cluster, host)),
        Level::Cluster => Some(Meeting::Cluster(spot.place, spot.cluster)),
        Level::Place => Some(Meeting::Place(spot.place)),
        Level::Site => Some(Meeting::Site(spot.site)),
    }
}

/// What machines must hold to when they restart on other hosts.
pub(super) struct Neighbours {
    /// Machines that must share a host, by number.
    parties: BTreeMap<MachineId, usize>,
    /// Rules that a machine's neighbours must not be in, too.
    apart: BTreeMap<MachineId, Vec<(RuleId, usize)>>,
    /// Rules that all of a machine's neighbours must be in, too.
    isolated: BTreeMap<MachineId, Vec<RuleId>>,
}

impl Neighbours {
    /// Those of a problem.
    pub fn of(problem: &Problem) -> Self {
        let (mut parties, mut apart, mut isolated) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (number, constraint) in problem.constraints().iter().enumerate() {
            match &constraint.kind {
                ConstraintKind::Together { machines, level: Level::Host } => {
                    // Sets that overlap are one party.
                    let known: BTreeSet<usize> =
                        machines.iter().filter_map(|machine| parties.get(machine).copied()).collect();
                    parties.values_mut().filter(|party| known.contains(party)).for_each(|party| *party = number);
                    parties.extend(machines.iter().map(|&machine| (machine, number)));
                }
                // Machines that share no cluster, place or site share no host either, and a failure does not change their cluster.
                ConstraintKind::Apart { machines, level: Level::Host } => {
                    for &machine in machines {
                        apart.entry(machine).or_insert_with(Vec::new).push((constraint.rule, number));
                    }
                }
                ConstraintKind::Isolated { machines } => {
                    for &machine in machines {
                        isolated.entry(machine).or_insert_with(Vec::new).push(constraint.rule);
                    }
                }
                _ => {}
            }
        }
        Self { parties, apart, isolated }
    }

    /// Whether hosts take whatever there is room for.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.apart.is_empty() && self.isolated.is_empty()
    }

    /// The party of a machine that must share its host.
    pub fn party(&self, machine: MachineId) -> Option<usize> {
        self.parties.get(&machine).copied()
    }

    /// Whether a machine may join those on a host.
    pub fn may_join(&self, machine: MachineId, there: &[MachineId]) -> bool {
        let none = Vec::new();
        let own = self.apart.get(&machine);
        there.iter().all(|other| {
            let meets = own.is_some_and(|own| {
                self.apart.get(other).is_some_and(|rules| rules.iter().any(|rule| own.contains(rule)))
            });
            let strangers = self.isolated.get(&machine).unwrap_or(&none) != self.isolated.get(other).unwrap_or(&none);
            !meets && !strangers
        })
    }
}

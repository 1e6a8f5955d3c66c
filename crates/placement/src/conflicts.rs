//! Rules that contradict each other.
//!
//! Where machines may be, and how many hosts and clusters there are, is enough to see most contradictions: no search is needed. Of the rules that are found
//! to contradict each other one after the other is left out for as long as the contradiction stays (a deletion filter); those that are left are a smallest
//! set: without any one of them it would be gone. Chinneck, "Feasibility and Infeasibility in Optimization" (2008), chapter 2.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::blocks::Sets;
use super::bound::may_hold;
use super::constraint::{Constraint, ConstraintKind, Level, plus};
use super::{PlaceKind, Problem, RESOURCES};
use basics::order::{Tally, in_order, tidy_by};
use basics::{FootprintId, HostId, MachineId, RuleId};

/// Rules that cannot all be kept by machines that have a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// The rules, sorted. Without any one of them the others can be kept, as far as this can be seen without a plan.
    pub rules: Vec<RuleId>,
    /// The machines of which not all can have a place, sorted.
    pub machines: Vec<MachineId>,
}

/// The position of sites among the levels at which machines meet.
const SITE: usize = 3;

/// Most conflicts that are told.
const MOST: usize = 16;

/// Rules that contradict each other, as sets that are as small as can be. Sets that a rule was already named for may be missing. Machines for which there is
/// no place even without rules are not looked at.
pub fn conflicts(problem: &Problem) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut kept: Vec<RuleId> = problem.constraints().iter().map(|constraint| constraint.rule).collect();
    kept.dedup();
    if kept.is_empty() {
        return found;
    }
    let ground = Ground::new(problem);
    while let Some(items) = ground.stuck(&kept)
        && found.len() < MOST
    {
        let (rules, items) = ground.smallest(&kept, items);
        let Some(&last) = rules.last() else { break };
        kept.retain(|rule| *rule != last);
        let machines = items.iter().map(|&item| problem.items()[item].machine).collect();
        found.push(Conflict { rules, machines });
    }
    in_order(&found, |a, b| a.rules.cmp(&b.rules))
}

/// What is so whatever the rules.
struct Ground<'a> {
    problem: &'a Problem,
    /// For each machine, for each place, whether it could be there.
    open: Vec<Vec<bool>>,
    /// How many hosts and clusters machines can be on in each place at the same time.
    hosts: Vec<usize>,
    clusters: Vec<usize>,
    /// The sites, and for each place the position of its own.
    sites: Vec<u32>,
    site_of: Vec<usize>,
}

/// Machines that cannot all have a place, sorted.
type Stuck = Vec<usize>;

impl<'a> Ground<'a> {
    fn new(problem: &'a Problem) -> Self {
        let open = problem.items().iter().enumerate().map(|(index, item)| {
            let options = problem.unruled_options(index).iter().zip(problem.places());
            options.map(|(option, place)| option.is_ok() && may_hold(place, &item.demand)).collect()
        });
        let (hosts, clusters) = problem.places().iter().map(|place| counts(&place.kind)).unzip();
        let mut sites: Vec<u32> = problem.places().iter().map(|place| place.site).collect();
        tidy_by(&mut sites, |site| *site);
        let site_of = problem.places().iter().map(|place| sites.partition_point(|&site| site < place.site)).collect();
        Self { problem, open: open.collect(), hosts, clusters, sites, site_of }
    }

    /// A smallest set of rules among `kept` by which machines are stuck, and these machines.
    fn smallest(&self, kept: &[RuleId], items: Stuck) -> (Vec<RuleId>, Stuck) {
        let touching = |constraint: &&Constraint| {
            let machines = constraint.kind.machines();
            let touches = |machine: &MachineId| {
                self.problem.item_of(*machine).is_some_and(|item| items.binary_search(&item).is_ok())
            };
            kept.contains(&constraint.rule) && machines.iter().any(touches)
        };
        let mut near: Vec<RuleId> =
            self.problem.constraints().iter().filter(touching).map(|constraint| constraint.rule).collect();
        near.dedup();
        let (mut rules, mut stuck) = match self.stuck(&near) {
            Some(stuck) => (near, stuck),
            None => (kept.to_vec(), items),
        };
        for position in (0..rules.len()).rev() {
            let rule = rules.remove(position);
            match self.stuck(&rules) {
                Some(fewer) => stuck = fewer,
                None => rules.insert(position, rule),
            }
        }
        (rules, stuck)
    }

    /// Machines that have no place between them under these rules; `None` where nothing is seen to be wrong.
    fn stuck(&self, kept: &[RuleId]) -> Option<Stuck> {
        self.first_stuck(kept).map(|mut stuck| {
            tidy_by(&mut stuck, |item| *item);
            stuck
        })
    }

    fn first_stuck(&self, kept: &[RuleId]) -> Option<Stuck> {
        let mut domains = self.open.clone();
        let rules: Vec<&ConstraintKind> =
            self.problem.constraints().iter().filter(|rule| kept.contains(&rule.rule)).map(|rule| &rule.kind).collect();
        if let Some(stuck) = self.alone(&rules, &mut domains) {
            return Some(stuck);
        }
        let mut levels =
            [Level::Host, Level::Cluster, Level::Place, Level::Site].map(|level| self.parties(&rules, level));
        if let Some(stuck) = self.together(&rules, &mut levels, &mut domains) {
            return Some(stuck);
        }
        let [hosts, clusters, places, sites] = &mut levels;
        if let Some(stuck) = self.near(&rules, places, &mut domains) {
            return Some(stuck);
        }
        for rule in &rules {
            let stuck = match rule {
                ConstraintKind::Apart { machines, level: Level::Host } => {
                    self.apart(machines, hosts, &domains, &self.hosts)
                }
                ConstraintKind::Apart { machines, level: Level::Cluster } => {
                    self.apart(machines, clusters, &domains, &self.clusters)
                }
                ConstraintKind::Apart { machines, level: Level::Place } => {
                    self.apart(machines, places, &domains, &vec![1; self.hosts.len()])
                }
                ConstraintKind::Apart { machines, level: Level::Site } => {
                    let at_sites: Vec<Vec<bool>> = domains.iter().map(|domain| self.at_sites(domain)).collect();
                    self.apart(machines, sites, &at_sites, &vec![1; self.sites.len()])
                }
                ConstraintKind::Quota { machines, place, most_machines, most } => {
                    let Some(place) = self.problem.place_of(*place) else { continue };
                    let bound = self.items(machines).filter(|&item| is_only(&domains[item], place)).collect();
                    self.over(bound, *most_machines, most)
                }
                ConstraintKind::Moves { homes, most } => {
                    let away = homes.iter().filter_map(|(machine, home)| {
                        let item = self.problem.item_of(*machine)?;
                        let home = home.and_then(|home| self.problem.place_of(home));
                        let must = !home.is_some_and(|home| domains[item][home]) && domains[item].contains(&true);
                        must.then_some(item)
                    });
                    self.over(away.collect(), Some(*most), &[None; RESOURCES])
                }
                ConstraintKind::OnHost { hosts } => self.on_host(hosts, &domains),
                _ => None,
            };
            if stuck.is_some() {
                return stuck;
            }
        }
        self.isolated(&rules, &domains)
    }

    fn items(&self, machines: &[MachineId]) -> impl Iterator<Item = usize> {
        machines.iter().filter_map(|&machine| self.problem.item_of(machine))
    }

    /// Closes places to machines by rules about one machine alone; a machine that has no place left is stuck.
    fn alone(&self, rules: &[&ConstraintKind], domains: &mut [Vec<bool>]) -> Option<Stuck> {
        for rule in rules {
            let (machines, stays): (&[MachineId], Vec<bool>) = match rule {
                ConstraintKind::Only { machines, places } => {
                    let open = |place: &super::Place| places.binary_search(&place.footprint).is_ok();
                    (machines, self.problem.places().iter().map(open).collect())
                }
                ConstraintKind::Isolated { machines } => {
                    let own = |place: &super::Place| !matches!(place.kind, PlaceKind::Instances { .. });
                    (machines, self.problem.places().iter().map(own).collect())
                }
                _ => continue,
            };
            for item in self.items(machines) {
                let before = domains[item].contains(&true);
                domains[item].iter_mut().zip(&stays).for_each(|(open, stays)| *open &= stays);
                if before && !domains[item].contains(&true) {
                    return Some(vec![item]);
                }
            }
        }
        None
    }

    /// Machines that must share what is of this level.
    fn parties(&self, rules: &[&ConstraintKind], most: Level) -> Sets {
        let mut sets = Sets::new(self.open.len());
        for rule in rules {
            if let ConstraintKind::Together { machines, level } = rule
                && *level <= most
            {
                sets.unite(self.items(machines));
            }
        }
        sets
    }

    /// At which sites a machine may be that may be in these places.
    fn at_sites(&self, domain: &[bool]) -> Vec<bool> {
        let mut sites = vec![false; self.sites.len()];
        for (&site, &open) in self.site_of.iter().zip(domain) {
            sites[site] |= open;
        }
        sites
    }

    /// The places that all of a party may be in, which must share what is of this level.
    fn shared(&self, party: &[usize], level: usize, domains: &[Vec<bool>]) -> Vec<bool> {
        let mut shared = vec![true; self.hosts.len()];
        for &item in party {
            // Of machines that share a site each keeps its own places there.
            let sites = if level == SITE { self.at_sites(&domains[item]) } else { Vec::new() };
            let open = |place: usize| if level == SITE { sites[self.site_of[place]] } else { domains[item][place] };
            shared.iter_mut().enumerate().for_each(|(place, shared)| *shared &= open(place));
        }
        shared
    }

    /// Gives machines that must be in one place or at one site the places that all of them may be in.
    fn together(&self, rules: &[&ConstraintKind], levels: &mut [Sets; 4], domains: &mut [Vec<bool>]) -> Option<Stuck> {
        let mut touched: Vec<usize> = Vec::new();
        for rule in rules.iter().filter(|rule| matches!(rule, ConstraintKind::Together { .. })) {
            touched.extend(self.items(&rule.machines()));
        }
        tidy_by(&mut touched, |item| *item);
        for (level, sets) in levels.iter_mut().enumerate() {
            let mut members: Tally<usize, Vec<usize>> = Tally::default();
            for &item in &touched {
                members.at(sets.first(item)).push(item);
            }
            for (_, party) in members.0.iter().filter(|(_, party)| party.len() > 1) {
                let mut shared = self.shared(party, level, domains);
                if level == 0 {
                    let demand =
                        party.iter().fold([0; RESOURCES], |sum, &item| plus(&sum, &self.problem.items()[item].demand));
                    for (shared, place) in shared.iter_mut().zip(self.problem.places()) {
                        let instances = matches!(place.kind, PlaceKind::Instances { .. });
                        *shared &= !instances && may_hold(place, &demand);
                    }
                }
                if !shared.contains(&true) && party.iter().all(|&item| domains[item].contains(&true)) {
                    return Some(party.clone());
                }
                for &item in party {
                    domains[item].iter_mut().zip(&shared).for_each(|(open, shared)| *open &= shared);
                }
            }
        }
        None
    }

    /// Closes places from which no place of another machine is near enough, until nothing changes.
    fn near(&self, rules: &[&ConstraintKind], places: &mut Sets, domains: &mut [Vec<bool>]) -> Option<Stuck> {
        let width = self.hosts.len();
        loop {
            let mut changed = false;
            for rule in rules {
                let ConstraintKind::Near { machines, others, far } = rule else { continue };
                let too_far = self.too_far(far);
                for (side, across) in [(machines, others), (others, machines)] {
                    let (closed, left) = self.close_far(side, across, &too_far, domains);
                    changed |= closed;
                    if !left {
                        return Some(self.items(machines).chain(self.items(others)).collect());
                    }
                }
            }
            if !changed {
                return None;
            }
            // What one of a party lost, all lose.
            let mut shared = vec![vec![true; width]; domains.len()];
            for (item, domain) in domains.iter().enumerate() {
                shared[places.first(item)].iter_mut().zip(domain).for_each(|(shared, open)| *shared &= open);
            }
            for (item, domain) in domains.iter_mut().enumerate() {
                let (before, party) = (domain.contains(&true), places.first(item));
                domain.clone_from(&shared[party]);
                if before && !domain.contains(&true) {
                    return Some((0..self.open.len()).filter(|&other| places.first(other) == party).collect());
                }
            }
        }
    }

    /// Whether two places are too far from each other, row by row.
    fn too_far(&self, pairs: &[(FootprintId, FootprintId)]) -> Vec<bool> {
        let width = self.hosts.len();
        let mut table = vec![false; width * width];
        for (one, other) in pairs {
            if let (Some(one), Some(other)) = (self.problem.place_of(*one), self.problem.place_of(*other)) {
                table[one * width + other] = true;
                table[other * width + one] = true;
            }
        }
        table
    }

    /// Closes to machines of one side places that are too far from every place of some machine of the other. Returns whether any was closed, and whether
    /// each machine still has a place.
    fn close_far(
        &self,
        side: &[MachineId],
        across: &[MachineId],
        too_far: &[bool],
        domains: &mut [Vec<bool>],
    ) -> (bool, bool) {
        let width = self.hosts.len();
        let mut facing: Vec<Vec<bool>> = Vec::new();
        for item in self.items(across) {
            if !facing.contains(&domains[item]) {
                facing.push(domains[item].clone());
            }
        }
        let meets = |place: usize, domain: &Vec<bool>| {
            !domain.contains(&true) || (0..width).any(|other| domain[other] && !too_far[place * width + other])
        };
        let mut closed = false;
        for item in self.items(side) {
            let before = domains[item].contains(&true);
            for (place, open) in domains[item].iter_mut().enumerate().filter(|(_, open)| **open) {
                *open = facing.iter().all(|domain| meets(place, domain));
                closed |= !*open;
            }
            if before && !domains[item].contains(&true) {
                return (closed, false);
            }
        }
        (closed, true)
    }

    /// Machines kept apart of which too many may only go to too few hosts, clusters, places or sites; `room` tells how many there are in each place, or of
    /// each site.
    fn apart(&self, machines: &[MachineId], sets: &mut Sets, domains: &[Vec<bool>], room: &[usize]) -> Option<Stuck> {
        let items: Vec<usize> = self.items(machines).filter(|&item| domains[item].contains(&true)).collect();
        let mut parties: Tally<usize, Option<usize>> = Tally::default();
        for &item in &items {
            if let Some(other) = parties.at(sets.first(item)).replace(item) {
                return Some(vec![other, item]);
            }
        }
        let wanted: Vec<&[bool]> = items.iter().map(|&item| domains[item].as_slice()).collect();
        crowd(&wanted, room).map(|crowd| crowd.into_iter().map(|index| items[index]).collect())
    }

    /// Sets of machines that share no host of which too many may only go to too few.
    fn isolated(&self, rules: &[&ConstraintKind], domains: &[Vec<bool>]) -> Option<Stuck> {
        let mut of_item: Tally<usize, Vec<usize>> = Tally::default();
        for (number, rule) in rules.iter().enumerate() {
            if let ConstraintKind::Isolated { machines } = rule {
                self.items(machines).for_each(|item| of_item.at(item).push(number));
            }
        }
        if of_item.0.is_empty() {
            return None;
        }
        // Of each set, and of the machines that are not isolated, one for each place that some of them must be in needs a host there; a set of which none
        // is bound needs one somewhere.
        let mut bound: Tally<(&[usize], Option<usize>), Option<usize>> = Tally::default();
        for (item, domain) in domains.iter().enumerate() {
            let class = of_item.get(&item).map_or(&[][..], Vec::as_slice);
            if let Some(place) = (0..domain.len()).find(|&place| is_only(domain, place)) {
                bound.at((class, Some(place))).get_or_insert(item);
            }
        }
        for (item, class) in &of_item.0 {
            let bound_somewhere = bound.0.iter().any(|((other, _), _)| *other == class.as_slice());
            if !bound_somewhere && domains[*item].contains(&true) {
                *bound.at((class, None)) = Some(*item);
            }
        }
        let shared = |place: usize| matches!(self.problem.places()[place].kind, PlaceKind::Instances { .. });
        bound.0.retain(|((_, place), _)| !place.is_some_and(shared));
        let firsts: Vec<usize> = bound.0.into_iter().filter_map(|(_, item)| item).collect();
        let wanted: Vec<&[bool]> = firsts.iter().map(|&item| domains[item].as_slice()).collect();
        crowd(&wanted, &self.hosts).map(|crowd| crowd.into_iter().map(|index| firsts[index]).collect())
    }

    /// Machines that together are over a limit.
    fn over(&self, items: Stuck, most_machines: Option<u64>, most: &[Option<u64>; RESOURCES]) -> Option<Stuck> {
        let sum = items.iter().fold([0; RESOURCES], |sum, &item| plus(&sum, &self.problem.items()[item].demand));
        let over = most_machines.is_some_and(|most| items.len() as u64 > most)
            || (0..RESOURCES).any(|resource| most[resource].is_some_and(|most| sum[resource] > most));
        over.then_some(items)
    }

    /// Machines bound to one host that is too small for all of them.
    fn on_host(&self, hosts: &[(MachineId, HostId)], domains: &[Vec<bool>]) -> Option<Stuck> {
        let mut bound: Tally<(usize, HostId), Stuck> = Tally::default();
        for &(machine, host) in hosts {
            let Some(item) = self.problem.item_of(machine) else { continue };
            if let Some(place) = (0..self.hosts.len()).find(|&place| is_only(&domains[item], place)) {
                bound.at((place, host)).push(item);
            }
        }
        bound.0.into_iter().find_map(|((place, host), items)| {
            let PlaceKind::Existing { hosts, .. } = &self.problem.places()[place].kind else { return None };
            let mut most = hosts.iter().find(|known| known.host == host)?.capacity.map(Some);
            most[super::Resource::Storage as usize] = None;
            self.over(items, None, &most)
        })
    }
}

/// Whether a place is the only one that is open.
fn is_only(domain: &[bool], place: usize) -> bool {
    domain.iter().enumerate().all(|(other, &open)| open == (other == place))
}

/// How many hosts, and how many clusters, machines can be on in a place at the same time.
fn counts(kind: &PlaceKind) -> (usize, usize) {
    match kind {
        PlaceKind::Instances { max_machines } => (max_machines.map_or(usize::MAX, |most| most as usize), 1),
        PlaceKind::Existing { hosts, max_added, host_failures, .. } => {
            let all = hosts.len().saturating_add(*max_added as usize);
            (all.saturating_sub(*host_failures as usize), 1)
        }
        PlaceKind::Hosts { max_hosts, max_clusters, max_total, host_failures, .. } => {
            let most = u64::from(*max_hosts).saturating_mul(u64::from(*max_clusters)).min(u64::from(*max_total));
            (most.saturating_sub(u64::from(*host_failures)) as usize, *max_clusters as usize)
        }
    }
}

/// Finds for each a place where there is room for so many; those that stand in each other's way where that cannot be. By augmenting paths.
fn crowd(wanted: &[&[bool]], room: &[usize]) -> Option<Vec<usize>> {
    let mut guests: Vec<Vec<usize>> = vec![Vec::new(); room.len()];
    for index in 0..wanted.len() {
        let mut from: Vec<Option<usize>> = vec![None; room.len()];
        let mut reached: Vec<usize> = vec![index];
        let mut next = 0;
        let mut free = None;
        while free.is_none() && next < reached.len() {
            let guest = reached[next];
            next += 1;
            for place in (0..room.len()).filter(|&place| wanted[guest][place]) {
                if from[place].is_none() {
                    from[place] = Some(guest);
                    if guests[place].len() < room[place] {
                        free = Some(place);
                        break;
                    }
                    reached.extend(&guests[place]);
                }
            }
        }
        let Some(mut place) = free else {
            tidy_by(&mut reached, |index| *index);
            return Some(reached);
        };
        // Each moves over to where the path led from it.
        while let Some(guest) = from[place] {
            let before = guests.iter().position(|guests| guests.contains(&guest));
            guests[place].push(guest);
            let Some(before) = before else { break };
            guests[before].retain(|&other| other != guest);
            place = before;
        }
    }
    None
}

//! What constraints say about a machine in a plan under construction: kept up to date by every move, asked before one. Machines that no constraint touches
//! never come here.

use rustc_hash::FxHashMap;

use super::RESOURCES;
use super::constraint::Level;
use super::packing::{Packing, Spot};
use super::prepared::{Amounts, Site, fits};
use super::rules::{Compiled, Form, Link, NOWHERE};
use basics::order::tidy_by;

/// What the constraints of a plan stand at, one entry for each.
#[derive(Clone, Default)]
pub(super) struct Tally {
    entries: Vec<Entry>,
    /// What a move away from home counts for beside its price, so that those move that gain most. No cost of the plan.
    pub move_price: f64,
}

/// What one constraint stands at.
#[derive(Clone, Default)]
struct Entry {
    /// Machines by host, cluster, place or site.
    at: FxHashMap<u32, u32>,
    /// Machines that have a place; for moves, those away from home.
    total: u32,
    /// What they take.
    sums: Amounts,
    /// Machines of the first list, and of the other, by place.
    sides: [Vec<u32>; 2],
}

impl Tally {
    /// Nothing placed.
    pub fn new(rules: &[Compiled], sites: usize) -> Self {
        let entry = |compiled: &Compiled| match compiled.form {
            Form::Near(_) | Form::Traffic(_) => Entry { sides: [vec![0; sites], vec![0; sites]], ..Entry::default() },
            _ => Entry::default(),
        };
        Self { entries: rules.iter().map(entry).collect(), move_price: 0.0 }
    }
}

/// A spot by the numbers that constraints count by.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Keys {
    /// The number of the site that the place is at.
    area: u32,
    site: u32,
    cluster: u32,
    /// `None` for an instance, which has a host of its own.
    host: Option<u32>,
}

impl Keys {
    fn at(self, level: Level) -> Option<u32> {
        match level {
            Level::Host => self.host,
            Level::Cluster => Some(self.cluster),
            Level::Place => Some(self.site),
            Level::Site => Some(self.area),
        }
    }
}

/// The number of a cluster that is not open yet.
const NEW_CLUSTER: u32 = u32::MAX;

/// The cluster that instances of a place count as: above the numbers of all cells, below [`NEW_CLUSTER`].
const fn instances_cluster(site: u32) -> u32 {
    NEW_CLUSTER - 1 - site
}

impl Packing<'_> {
    fn keys(&self, spot: Spot) -> Option<Keys> {
        match spot {
            Spot::Nowhere => None,
            Spot::Instance(site) => Some(self.keys_in(site, instances_cluster(site), None)),
            Spot::Bin(bin) => {
                let cluster = self.bins[bin as usize].cell;
                Some(self.keys_in(self.cells[cluster as usize].site, cluster, Some(bin)))
            }
        }
    }

    fn keys_in(&self, site: u32, cluster: u32, host: Option<u32>) -> Keys {
        let area = self.prepared().rules.site_of.get(site as usize).copied().unwrap_or(site);
        Keys { area, site, cluster, host }
    }

    /// Counts a machine in at a spot, and returns what that adds to the cost.
    pub(super) fn count_in(&mut self, machine: usize, spot: Spot) -> f64 {
        let Some(keys) = self.keys(spot) else { return 0.0 };
        let mut cost = 0.0;
        for &link in self.prepared().rules.links(machine) {
            cost += self.soft_cost(link, machine, keys, false);
            self.count(link, machine, keys, true);
        }
        cost
    }

    /// Counts a machine out, and returns what that takes off the cost.
    pub(super) fn count_out(&mut self, machine: usize, spot: Spot) -> f64 {
        let Some(keys) = self.keys(spot) else { return 0.0 };
        let mut cost = 0.0;
        for &link in self.prepared().rules.links(machine) {
            self.count(link, machine, keys, false);
            cost += self.soft_cost(link, machine, keys, false);
        }
        cost
    }

    fn count(&mut self, link: Link, machine: usize, keys: Keys, up: bool) {
        let prepared = self.prepared();
        let form = &prepared.rules.list[link.constraint as usize].form;
        let key = match form {
            Form::Together(level) | Form::Apart(level) => keys.at(*level),
            Form::Licensed(_) => keys.host,
            Form::Near(_) | Form::Traffic(_) | Form::Quota(..) | Form::Moves(..) => None,
        };
        let (moved, counted) = match form {
            Form::Moves(_, homes) => (away(prepared.blocks.items(machine), homes, keys.site), true),
            Form::Quota(place, ..) => (link.weight, *place == keys.site as usize),
            _ => (link.weight, true),
        };
        let entry = &mut self.tally.entries[link.constraint as usize];
        let change = |count: &mut u32, by: u32| *count = if up { *count + by } else { count.saturating_sub(by) };
        if counted {
            change(&mut entry.total, moved);
        }
        if let Some(key) = key {
            let count = entry.at.entry(key).or_default();
            change(count, link.weight);
            if *count == 0 {
                entry.at.remove(&key);
            }
        }
        if let (Form::Quota(..), true) = (form, counted) {
            let sign = if up { 1.0 } else { -1.0 };
            for (sum, amount) in entry.sums.iter_mut().zip(prepared.rules.taken(link)) {
                *sum += sign * amount;
            }
        }
        if !entry.sides[0].is_empty() {
            change(&mut entry.sides[0][keys.site as usize], link.weight);
            change(&mut entry.sides[1][keys.site as usize], link.other);
        }
    }

    /// What a machine there adds to the cost of a constraint, given what is counted; `mine` tells that the machine itself is counted.
    fn soft_cost(&self, link: Link, machine: usize, keys: Keys, mine: bool) -> f64 {
        let entry = &self.tally.entries[link.constraint as usize];
        match &self.prepared().rules.list[link.constraint as usize].form {
            Form::Licensed(costs) => {
                let Some(host) = keys.host else { return 0.0 };
                let others = entry.at.get(&host).copied().unwrap_or(0) - if mine { link.weight } else { 0 };
                if others > 0 {
                    return 0.0;
                }
                let costs = &costs[keys.site as usize];
                costs[(self.bins[host as usize].kind as usize).min(costs.len() - 1)]
            }
            Form::Traffic(costs) => {
                let width = entry.sides[0].len();
                let site = keys.site as usize;
                let own = if mine { self.keys(self.at[machine]) } else { None };
                let own = own.map(|keys| keys.site as usize);
                let mut cost = 0.0;
                for other in (0..width).filter(|&other| other != site) {
                    let mut counts = [entry.sides[0][other], entry.sides[1][other]];
                    if own == Some(other) {
                        counts = [counts[0] - link.weight, counts[1] - link.other];
                    }
                    cost += f64::from(link.weight) * f64::from(counts[1]) * costs[site * width + other];
                    cost += f64::from(link.other) * f64::from(counts[0]) * costs[other * width + site];
                }
                cost
            }
            _ => 0.0,
        }
    }

    /// What constraints would add to the cost were the machine there instead of where it is.
    pub(super) fn soft(&self, machine: usize, spot: Spot) -> f64 {
        let Some(keys) = self.keys(spot) else { return 0.0 };
        let placed = self.at[machine] != Spot::Nowhere;
        let same_host = self.at[machine] == spot;
        let sum = self.prepared().rules.links(machine).iter().map(|&link| {
            let licensed = matches!(self.prepared().rules.list[link.constraint as usize].form, Form::Licensed(_));
            self.soft_cost(link, machine, keys, if licensed { same_host } else { placed })
        });
        sum.sum()
    }

    /// What being in this place counts for when places are compared by price: traffic and a move away from home. Licences are in the relaxed costs.
    pub(super) fn leaning(&self, machine: usize, site: usize) -> f64 {
        let keys = self.keys_in(site as u32, 0, None);
        let placed = self.at[machine] != Spot::Nowhere;
        let prepared = self.prepared();
        let sum = prepared.rules.links(machine).iter().map(|&link| {
            match &prepared.rules.list[link.constraint as usize].form {
                Form::Traffic(_) => self.soft_cost(link, machine, keys, placed),
                Form::Moves(_, homes) => {
                    self.tally.move_price * f64::from(away(prepared.blocks.items(machine), homes, keys.site))
                }
                _ => 0.0,
            }
        });
        sum.sum()
    }

    /// Whether the constraints let a machine be in a place, as far as the place alone decides.
    pub(super) fn allows_place(&self, machine: usize, site: usize) -> bool {
        let now = self.keys(self.at[machine]);
        self.prepared().rules.links(machine).iter().all(|&link| self.forbids_place(link, machine, site, now).is_none())
    }

    /// Why a constraint does not let a machine be in a place; `None` if it does. Where it is now does not count against it.
    fn forbids_place(&self, link: Link, machine: usize, site: usize, now: Option<Keys>) -> Option<Excess> {
        let prepared = self.prepared();
        let entry = &self.tally.entries[link.constraint as usize];
        let here = now.filter(|now| now.site as usize == site);
        match &prepared.rules.list[link.constraint as usize].form {
            Form::Together(level @ (Level::Place | Level::Site))
            | Form::Apart(level @ (Level::Place | Level::Site)) => {
                let key = self.keys_in(site as u32, 0, None).at(*level)?;
                self.forbids_key(link, key, now.and_then(|now| now.at(*level))).then_some(Excess::Whole)
            }
            Form::Near(far) => {
                let width = entry.sides[0].len();
                let meets = |side: usize, own: u32| {
                    (0..width).filter(|&other| far[site * width + other]).any(|other| {
                        let mine = if now.is_some_and(|now| now.site as usize == other) { own } else { 0 };
                        entry.sides[side][other] > mine
                    })
                };
                let far = (link.weight > 0 && meets(1, link.other)) || (link.other > 0 && meets(0, link.weight));
                far.then_some(Excess::Whole)
            }
            Form::Quota(place, machines, most) if *place == site => {
                let (count, sums) = match here {
                    Some(_) => return None,
                    None => (entry.total, entry.sums),
                };
                let over = f64::from(count) + f64::from(link.weight) - machines;
                if over > 0.0 {
                    return Some(Excess::Machines(over));
                }
                let taken = prepared.rules.taken(link);
                (0..RESOURCES)
                    .map(|resource| (resource, sums[resource] + taken[resource] - most[resource]))
                    .find(|&(_, over)| over > 0.0)
                    .map(|(resource, over)| Excess::Resource(resource, over))
            }
            Form::Moves(most, homes) => {
                let items = prepared.blocks.items(machine);
                let moved = away(items, homes, site as u32);
                let before = now.map_or(0, |now| away(items, homes, now.site));
                let over = f64::from(entry.total) - f64::from(before) + f64::from(moved) - most;
                (moved > 0 && over > 0.0).then_some(Excess::Machines(over))
            }
            _ => None,
        }
    }

    /// Whether being together or apart forbids a host, cluster, place or site to a machine that is at `now`.
    fn forbids_key(&self, link: Link, key: u32, now: Option<u32>) -> bool {
        let entry = &self.tally.entries[link.constraint as usize];
        let mine = |at: Option<u32>| if at.is_some() && now == at { link.weight } else { 0 };
        let there = entry.at.get(&key).copied().unwrap_or(0) - mine(Some(key));
        match self.prepared().rules.list[link.constraint as usize].form {
            Form::Together(_) => there < entry.total - if now.is_some() { link.weight } else { 0 },
            Form::Apart(_) => there > 0,
            _ => false,
        }
    }

    fn allows_at(&self, machine: usize, level: Level, key: u32) -> bool {
        let now = self.keys(self.at[machine]).and_then(|keys| keys.at(level));
        self.prepared().rules.links(machine).iter().all(|&link| {
            match self.prepared().rules.list[link.constraint as usize].form {
                Form::Together(of) | Form::Apart(of) if of == level => !self.forbids_key(link, key, now),
                _ => true,
            }
        })
    }

    fn allows_bin(&self, machine: usize, site: usize, bin: u32) -> bool {
        self.stranger(machine, bin).is_none()
            && self.prepared().rules.unlocked(machine, site, self.bins[bin as usize].kind)
            && self.allows_at(machine, Level::Host, bin)
    }

    /// A machine of another class of isolation in a bin.
    fn stranger(&self, machine: usize, bin: u32) -> Option<usize> {
        let class = &self.prepared().rules.class;
        if class.is_empty() {
            return None;
        }
        // All of a bin are of one class, so any of them tells.
        let other = *self.bins[bin as usize].members.first()? as usize;
        (class[other] != class[machine]).then_some(other)
    }

    /// What keeps a machine out of a bin that has room for it; `None` where nothing does.
    pub(super) fn obstacle(&self, machine: usize, site: usize, bin: u32) -> Option<Obstacle> {
        if let Some(other) = self.stranger(machine, bin) {
            return Some(Obstacle::Stranger(other));
        }
        if !self.prepared().rules.unlocked(machine, site, self.bins[bin as usize].kind) {
            return Some(Obstacle::Bound);
        }
        let now = self.keys(self.at[machine]);
        let cell = self.bins[bin as usize].cell;
        self.prepared().rules.links(machine).iter().find_map(|&link| {
            let form = &self.prepared().rules.list[link.constraint as usize].form;
            let (Form::Together(level) | Form::Apart(level)) = *form else { return None };
            let key = self.keys_in(site as u32, cell, Some(bin)).at(level)?;
            let forbids = self.forbids_key(link, key, now.and_then(|now| now.at(level)));
            forbids.then_some(Obstacle::Constraint(link.constraint as usize))
        })
    }

    /// Whether a machine is bound to a host of this place that takes no machines.
    pub(super) fn lost_lock(&self, machine: usize, site: usize) -> bool {
        !self.prepared().rules.unlocked(machine, site, u32::MAX - 1)
    }

    /// Whether constraints let a machine into an open bin.
    pub(super) fn ruled_takes(&self, machine: usize, bin: u32) -> bool {
        let cell = self.bins[bin as usize].cell;
        let site = self.cells[cell as usize].site as usize;
        self.allows_place(machine, site)
            && self.allows_at(machine, Level::Cluster, cell)
            && self.allows_bin(machine, site, bin)
    }

    /// The same as [`Packing::room`] for a machine that constraints touch. Where hosts are licensed for it, one that carries others of the licence is
    /// preferred.
    pub(super) fn ruled_room(&self, machine: usize, site: usize) -> Option<Spot> {
        if !self.allows_place(machine, site) {
            return None;
        }
        if let Site::Instances { limit } = self.prepared().sites[site] {
            let cluster = instances_cluster(site as u32);
            let free = self.instances[site] < limit && self.allows_at(machine, Level::Cluster, cluster);
            return free.then_some(Spot::Instance(site as u32));
        }
        let demand = &self.prepared().demand[machine];
        let licensed = self.prepared().rules.is_licensed(machine);
        let mut other = None;
        let mut looks = 0;
        'cells: for &number in &self.site_cells[site] {
            let cell = &self.cells[number as usize];
            if !fits(demand, cell.room()) || !self.allows_at(machine, Level::Cluster, number) {
                continue;
            }
            for &bin in &cell.bins {
                looks += 1;
                if fits(demand, &self.bins[bin as usize].free) && self.allows_bin(machine, site, bin) {
                    if !licensed || self.pays_already(machine, bin) {
                        other = Some(bin);
                        break 'cells;
                    }
                    other = other.or(Some(bin));
                }
            }
        }
        self.looks.set(self.looks.get() + looks);
        other.map(Spot::Bin)
    }

    /// Whether a bin carries other machines of a machine's licences.
    pub(super) fn pays_already(&self, machine: usize, bin: u32) -> bool {
        let rules = &self.prepared().rules;
        rules
            .links(machine)
            .iter()
            .filter(|link| matches!(rules.list[link.constraint as usize].form, Form::Licensed(_)))
            .all(|link| {
                let mine = if self.at[machine] == Spot::Bin(bin) { link.weight } else { 0 };
                self.tally.entries[link.constraint as usize].at.get(&bin).copied().unwrap_or(0) > mine
            })
    }

    /// Bins that pay for a licence, in order.
    pub(super) fn licensed_bins(&self) -> Vec<u32> {
        let rules = self.prepared().rules.list.iter().zip(&self.tally.entries);
        let licences = rules.filter(|(compiled, _)| matches!(compiled.form, Form::Licensed(_)));
        let mut bins: Vec<u32> = licences.flat_map(|(_, entry)| entry.at.keys().copied()).collect();
        tidy_by(&mut bins, |bin| *bin);
        bins
    }

    /// The same as [`Packing::open`] for a machine that constraints touch.
    pub(super) fn ruled_open(&mut self, machine: usize, site: usize) -> Option<Spot> {
        if !self.allows_place(machine, site) {
            return None;
        }
        let hosts = self.hosts(site)?;
        let demand = &self.prepared().demand[machine];
        for position in 0..self.site_cells[site].len() {
            let cell = self.site_cells[site][position];
            if !self.allows_at(machine, Level::Cluster, cell) {
                continue;
            }
            let before = self.cells[cell as usize].bins.len();
            while let Some(bin) = self.open_bin(cell) {
                if fits(demand, self.cells[cell as usize].room())
                    && fits(demand, &self.bins[bin as usize].free)
                    && self.allows_bin(machine, site, bin)
                {
                    return Some(Spot::Bin(bin));
                }
            }
            self.close_bins(cell, before);
        }
        if self.site_cells[site].len() >= hosts.max_cells || !self.allows_at(machine, Level::Cluster, NEW_CLUSTER) {
            return None;
        }
        let cell = self.open_cell(site)?;
        loop {
            if fits(demand, self.cells[cell as usize].room()) {
                let bins = &self.cells[cell as usize].bins;
                let takes =
                    |&&bin: &&u32| fits(demand, &self.bins[bin as usize].free) && self.allows_bin(machine, site, bin);
                if let Some(&bin) = bins.iter().find(takes) {
                    return Some(Spot::Bin(bin));
                }
            }
            if self.open_bin(cell).is_none() {
                self.close_cell(cell);
                return None;
            }
        }
    }

    /// The first rule that keeps a machine out of a place as things stand, and by how much; `None` where none does.
    pub(super) fn ruled_out(&self, machine: usize, site: usize) -> Option<(usize, Excess)> {
        let now = self.keys(self.at[machine]);
        let links = self.prepared().rules.links(machine);
        let of_place = links.iter().find_map(|&link| {
            self.forbids_place(link, machine, site, now).map(|excess| (link.constraint as usize, excess))
        });
        of_place.or_else(|| {
            let clusters: Vec<u32> = match self.prepared().sites[site] {
                Site::Instances { .. } => vec![instances_cluster(site as u32)],
                Site::Hosts(_) => self.site_cells[site].clone(),
            };
            let now = now.map(|now| now.cluster);
            let closed = |link: &&Link| {
                let form = &self.prepared().rules.list[link.constraint as usize].form;
                matches!(form, Form::Together(Level::Cluster) | Form::Apart(Level::Cluster))
                    && !clusters.is_empty()
                    && clusters.iter().all(|&cluster| self.forbids_key(**link, cluster, now))
            };
            links.iter().find(closed).map(|link| (link.constraint as usize, Excess::Whole))
        })
    }
}

/// By how much a constraint forbids.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Excess {
    /// There is no less or more about it.
    Whole,
    /// So many machines over a limit.
    Machines(f64),
    /// So much of a resource over a limit.
    Resource(usize, f64),
}

/// What keeps a machine out of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// A machine there that it must not share a host with, by isolation.
    Stranger(usize),
    /// It is bound to another host.
    Bound,
    /// A constraint, by position.
    Constraint(usize),
}

/// How many of these machines of the problem would be away from home.
fn away(items: &[u32], homes: &[Option<usize>], site: u32) -> u32 {
    let moved = |&&item: &&u32| homes[item as usize].is_some_and(|home| home == NOWHERE || home != site as usize);
    items.iter().filter(moved).count() as u32
}

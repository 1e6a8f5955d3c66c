//! Improvement by ruin and recreate: some hosts are emptied and filled again, with other machines trying for their room. Schrimpf, Schneider,
//! Stamm-Wilbrandt and Dueck, "Record breaking optimization results using the ruin and recreate principle" (2000).

use super::packing::{Packing, Spot};
use super::prepared::Prepared;
use super::relaxation::{Prices, priced};
use super::units::move_unit;
use basics::order::in_order;
use basics::random::Random;

/// Most bins that are emptied at once.
const MOST_BINS: usize = 3;
/// Machines from elsewhere that are looked at for the room,
const LOOKED_AT: usize = 96;
/// and those of them that try for it: the ones that would gain most.
const OUTSIDERS: usize = 16;

/// Of so many tries one moves machines that should be in one place.
const UNIT_EVERY: usize = 64;

/// Of so many tries one, where there are licences, is about hosts that pay for them: what they carry may go on fewer.
const LICENSED_EVERY: usize = 4;

/// What room is worth on hosts that are counted as paid, as a part of its price.
const FREE: f64 = 1e-3;

/// What a try does with the number of hosts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    Same,
    /// One of the emptied hosts is to stay empty and be closed.
    Close,
    /// One more is opened.
    Open,
}

/// Ruins and recreates with these prices.
pub(super) struct Recreate<'a> {
    prepared: &'a Prepared,
    prices: &'a Prices,
    /// Room for lists that every try needs.
    order: Vec<(f64, u32)>,
    ranked: Vec<(f64, usize)>,
    moved: Vec<(usize, Spot)>,
    /// The places of the bins that are emptied.
    sites: Vec<usize>,
}

impl<'a> Recreate<'a> {
    /// Starts with these prices, which say where a machine would rather be and how much of a host it takes.
    pub fn new(prepared: &'a Prepared, prices: &'a Prices) -> Self {
        Self { prepared, prices, order: Vec::new(), ranked: Vec::new(), moved: Vec::new(), sites: Vec::new() }
    }

    /// One try. Keeps the change where the plan gets no dearer, else undoes it.
    pub fn step(&mut self, packing: &mut Packing<'_>, random: &mut Random) {
        let every = if packing.unplaced > 0 { UNIT_EVERY / 8 } else { UNIT_EVERY };
        if !self.prepared.rules.units.is_empty() && random.below(every) == 0 {
            move_unit(self.prepared, packing, self.prices, random);
            return;
        }
        let open: Vec<u32> = packing.open_bin_list();
        if open.is_empty() {
            return;
        }
        let licensed = if self.prepared.rules.has_licences() && random.below(LICENSED_EVERY) == 0 {
            packing.licensed_bins()
        } else {
            Vec::new()
        };
        let mut bins = if licensed.len() > 1 { some_of(&licensed, random) } else { pick(packing, &open, random) };
        let change = match random.below(8) {
            0 | 1 => Change::Close,
            2 => Change::Open,
            _ => Change::Same,
        };
        if change == Change::Close {
            self.emptiest_first(packing, &open, &mut bins, random);
        }
        self.refill(packing, bins, change, random);
    }

    /// A try with these bins, of which there must be one at least.
    pub fn refill(&mut self, packing: &mut Packing<'_>, mut bins: Vec<u32>, change: Change, random: &mut Random) {
        let before = packing.cost;
        let missing = packing.unplaced;
        let opened = if change == Change::Open { packing.open_bin(packing.bins[bins[0] as usize].cell) } else { None };
        bins.extend(opened);
        let closing = (change == Change::Close && packing.saved_by_closing(bins[0]).is_some()).then(|| bins[0]);
        self.empty(packing, &bins, random);
        let blocked = closing.map(|bin| packing.block(bin));
        let free = random.below(2) == 0;
        self.fill(packing, &bins, random, free);
        if let (Some(bin), Some(room)) = (closing, blocked) {
            packing.unblock(bin, room);
            packing.close_bin(bin);
        }
        if packing.unplaced > missing || packing.cost > before {
            self.undo(packing, closing, opened);
        }
    }

    /// Puts first, of the first bin and a few others, the one that carries least by price: it is the easiest to do without.
    fn emptiest_first(&self, packing: &Packing<'_>, open: &[u32], bins: &mut Vec<u32>, random: &mut Random) {
        let load = |bin: u32| -> f64 {
            let site = packing.site_of_bin(bin);
            let members = &packing.bins[bin as usize].members;
            members
                .iter()
                .map(|&machine| priced(0.0, &self.prepared.demand[machine as usize], &self.prices[site]))
                .sum()
        };
        let mut least = (load(bins[0]), bins[0]);
        for _ in 0..random.below(4) {
            let other = open[random.below(open.len())];
            let carries = load(other);
            if carries < least.0 {
                least = (carries, other);
            }
        }
        bins.retain(|&bin| bin != least.1);
        bins.insert(0, least.1);
    }

    /// Takes the machines out of these bins, and some from elsewhere that could go there.
    fn empty(&mut self, packing: &mut Packing<'_>, bins: &[u32], random: &mut Random) {
        self.moved.clear();
        if packing.unplaced > 0 {
            let nowhere = (0..packing.at.len()).filter(|&machine| packing.at[machine] == Spot::Nowhere);
            self.moved.extend(nowhere.take(OUTSIDERS).map(|machine| (machine, Spot::Nowhere)));
        }
        for &bin in bins {
            while let Some(&machine) = packing.bins[bin as usize].members.last() {
                let spot = packing.take(machine as usize);
                self.moved.push((machine as usize, spot));
            }
        }
        self.sites.clear();
        self.sites.extend(bins.iter().map(|&bin| packing.site_of_bin(bin)));
        self.sites.dedup();
        self.order.clear();
        for _ in 0..LOOKED_AT {
            let machine = random.below(self.prepared.machines());
            let now = match packing.at[machine] {
                Spot::Instance(site) => self.prepared.costs(machine)[site as usize],
                Spot::Bin(bin) => {
                    let site = packing.site_of_bin(bin);
                    self.priced(machine, site)
                }
                Spot::Nowhere => continue,
            };
            let there = self.sites.iter().map(|&site| self.priced(machine, site)).fold(f64::INFINITY, f64::min);
            if there.is_finite() {
                self.order.push((now - there, machine as u32));
            }
        }
        self.order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.order.dedup();
        for &(_, machine) in self.order.iter().take(OUTSIDERS) {
            let spot = packing.take(machine as usize);
            self.moved.push((machine as usize, spot));
        }
    }

    /// A machine's price in a place; infinite where it may not go.
    fn priced(&self, machine: usize, site: usize) -> f64 {
        priced(self.prepared.relaxed(machine)[site], &self.prepared.demand[machine], &self.prices[site])
    }

    /// Puts everything that was taken out somewhere, those that gain most by a host for their size first. `free` counts the room of hosts as paid.
    fn fill(&mut self, packing: &mut Packing<'_>, bins: &[u32], random: &mut Random, free: bool) {
        self.order.clear();
        for &(machine, _) in &self.moved {
            let alone = self.prepared.alone(machine);
            let mut least = (f64::INFINITY, 0.0);
            for &site in &self.sites {
                let cost = self.prepared.costs(machine)[site];
                let price = self.priced(machine, site);
                if price < least.0 {
                    least = (price, price - cost);
                }
            }
            let size = least.1.max(1.0);
            // Machines that have nowhere else to go come first, large before small.
            let key = if alone < self.prepared.penalty { (alone - least.0) / size } else { 1e6 * size };
            self.order.push((key * (0.8 + 0.4 * random.unit()), machine as u32));
        }
        self.order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        if !self.prepared.rules.is_empty() && random.below(2) == 0 {
            let rules = &self.prepared.rules;
            let later = |entry: &(f64, u32)| !rules.is_licensed(entry.1 as usize);
            self.order = in_order(&self.order, |a, b| later(a).cmp(&later(b)));
        }
        for index in 0..self.order.len() {
            let machine = self.order[index].1 as usize;
            if let Some(spot) = self.spot(packing, bins, machine, free) {
                packing.put(machine, spot);
            }
        }
    }

    /// The cheapest place with room, by price, or with hosts counted as paid.
    fn spot(&mut self, packing: &Packing<'_>, bins: &[u32], machine: usize, free: bool) -> Option<Spot> {
        let demand = &self.prepared.demand[machine];
        let alone = self.prepared.alone(machine);
        self.ranked.clear();
        let touched = self.prepared.rules.touches(machine);
        for (site, &cost) in self.prepared.relaxed(machine).iter().enumerate() {
            if cost <= alone && packing.in_use(site) {
                let cost = if touched { cost + packing.leaning(machine, site) } else { cost };
                let worth = priced(0.0, demand, &self.prices[site]);
                // Among hosts that are paid, the one where room is worth least.
                let counted = cost + if free { FREE * worth } else { worth };
                if counted <= alone || alone >= self.prepared.penalty {
                    self.ranked.push((counted, site));
                }
            }
        }
        self.ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let licensed = touched && self.prepared.rules.is_licensed(machine);
        let found = self.ranked.iter().find_map(|&(_, site)| {
            if licensed
                && let Some(Spot::Bin(bin)) = packing.room(machine, site)
                && packing.pays_already(machine, bin)
            {
                return Some(Spot::Bin(bin));
            }
            let emptied = bins.iter().find(|&&bin| packing.site_of_bin(bin) == site && packing.takes(machine, bin));
            emptied.map(|&bin| Spot::Bin(bin)).or_else(|| packing.room(machine, site))
        });
        found.or_else(|| self.prepared.alone_at(machine).and_then(|site| packing.room(machine, site)))
    }

    fn undo(&mut self, packing: &mut Packing<'_>, closing: Option<u32>, opened: Option<u32>) {
        for &(machine, _) in &self.moved {
            packing.take(machine);
        }
        if let Some(bin) = closing {
            packing.reopen(bin);
        }
        if let Some(bin) = opened {
            packing.close_bin(bin);
        }
        for &(machine, spot) in &self.moved {
            packing.put(machine, spot);
        }
    }
}

/// Some of these bins.
fn some_of(open: &[u32], random: &mut Random) -> Vec<u32> {
    let mut bins = vec![open[random.below(open.len())]];
    for _ in 0..=random.below(MOST_BINS) {
        let bin = open[random.below(open.len())];
        if !bins.contains(&bin) {
            bins.push(bin);
        }
    }
    bins
}

/// Some bins: one at random, the others mostly of the same place.
fn pick(packing: &Packing<'_>, open: &[u32], random: &mut Random) -> Vec<u32> {
    let mut bins = vec![open[random.below(open.len())]];
    let site = packing.site_of_bin(bins[0]);
    for _ in 0..random.below(MOST_BINS) {
        let mut bin = open[random.below(open.len())];
        if random.below(2) == 0 {
            let cells = &packing.site_cells[site];
            let cell = &packing.cells[cells[random.below(cells.len())] as usize].bins;
            bin = cell[random.below(cell.len())];
        }
        if !bins.contains(&bin) {
            bins.push(bin);
        }
    }
    bins
}

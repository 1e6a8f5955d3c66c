//! Construction by price, and improvement.

use std::ops::ControlFlow;

use super::Budget;
use super::packing::{Packing, Spot};
use super::prepared::{Prepared, Site};
use super::prices::{Prices, ascend, initial, penalty, priced};
use crate::engine::progress::Progress;

/// Evaluations of the relaxation before the first plan.
const FIRST_ROUNDS: u32 = 60;
/// Machines that take more of a host than one part in this many are placed first, largest first; the rest come in random order. Sorting all by size
/// leaves hosts full in one resource and empty in another.
const LARGE_PART: f64 = 8.0;

/// What the search found.
pub(super) struct Found<'a> {
    /// The best plan.
    pub packing: Packing<'a>,
    /// The best prices.
    pub prices: Prices,
}

/// A small generator of reproducible random numbers: `SplitMix64`, Steele, Lea and Flood (2014).
pub(super) struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Looks for a good plan.
pub(super) fn search<'a>(prepared: &'a Prepared, budget: Budget, progress: &mut dyn Progress) -> Found<'a> {
    let width = prepared.sites.len();
    let mut random = Random::new(budget.seed);
    let mut open = vec![true; width];
    let start = initial(prepared);
    let mut best = attempt(prepared, &start, &open, &mut random);
    let mut stop = progress.tick("placement", 0, u64::from(budget.steps)).is_break();
    let (mut prices, _bound) =
        ascend(prepared, &open, start, best.cost + penalty(prepared) * best.unplaced as f64, FIRST_ROUNDS);
    keep_better(&mut best, attempt(prepared, &prices, &open, &mut random));
    let mut local = prices.clone();
    let hosts: Vec<usize> = (0..width).filter(|&site| matches!(prepared.sites[site], Site::Hosts(_))).collect();
    let mut step = 0;
    while step < budget.steps && !stop && !hosts.is_empty() && prepared.machines() > 0 {
        step += 1;
        // First each place is closed or opened in turn, then prices are changed a little at random.
        let before = (open.clone(), local.clone());
        let flip = (step as usize) <= 2 * hosts.len() || random.below(4) == 0;
        if flip {
            let site = hosts[if (step as usize) <= 2 * hosts.len() {
                (step as usize - 1) % hosts.len()
            } else {
                random.below(hosts.len())
            }];
            open[site] = !open[site];
        } else {
            // Mostly small changes to the best prices so far; now and then a place is made cheaper or dearer as a whole.
            let wide = random.below(3) == 0;
            for &site in &hosts {
                let whole = if wide { 2.0 * random.unit() } else { 1.0 };
                for price in &mut local[site] {
                    *price *= whole * (0.9 + 0.2 * random.unit());
                }
            }
        }
        let try_it = attempt(prepared, &local, &open, &mut random);
        if !keep_better(&mut best, try_it) {
            (open, local) = before;
        }
        stop = progress.tick("placement", u64::from(step), u64::from(budget.steps)).is_break();
    }
    // The proof is made over all places.
    if budget.steps > 0 {
        let everything = vec![true; width];
        (prices, _) = ascend(
            prepared,
            &everything,
            prices,
            best.cost + penalty(prepared) * best.unplaced as f64,
            2 * FIRST_ROUNDS,
        );
    }
    Found { packing: best, prices }
}

fn keep_better<'a>(best: &mut Packing<'a>, other: Packing<'a>) -> bool {
    let better = other.beats(best);
    if better {
        *best = other;
    }
    better
}

/// One plan: built by these prices, then improved.
fn attempt<'a>(prepared: &'a Prepared, prices: &Prices, open: &[bool], random: &mut Random) -> Packing<'a> {
    let mut packing = construct(prepared, prices, open, random);
    for _ in 0..2 {
        let before = packing.cost;
        empty_bins(prepared, &mut packing);
        close_sites(prepared, &mut packing);
        pull(prepared, &mut packing);
        if packing.cost >= before {
            break;
        }
    }
    packing
}

/// Puts every machine where it is cheapest by these prices, and where there is no room, in its next-best place.
fn construct<'a>(prepared: &'a Prepared, prices: &Prices, open: &[bool], random: &mut Random) -> Packing<'a> {
    let mut packing = Packing::new(prepared);
    let mut ranked: Vec<(f64, usize)> = Vec::new();
    for machine in order(prepared, random) {
        rank(prepared, prices, open, machine, &mut ranked);
        for &(_, site) in &ranked {
            if let Some(spot) = packing.room(machine, site).or_else(|| packing.open(machine, site)) {
                packing.put(machine, spot);
                break;
            }
        }
    }
    packing
}

/// The places open to a machine, cheapest by price first.
fn rank(prepared: &Prepared, prices: &Prices, open: &[bool], machine: usize, ranked: &mut Vec<(f64, usize)>) {
    ranked.clear();
    let demand = &prepared.demand[machine];
    for (site, &cost) in prepared.costs(machine).iter().enumerate() {
        if open[site] && cost.is_finite() {
            ranked.push((priced(cost, demand, &prices[site]), site));
        }
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
}

/// Large machines first, the rest shuffled.
fn order(prepared: &Prepared, random: &mut Random) -> Vec<usize> {
    let mut largest = [1.0_f64; super::RESOURCES];
    for site in &prepared.sites {
        if let Site::Hosts(hosts) = site {
            for (largest, capacity) in largest.iter_mut().zip(hosts.bin(0).capacity) {
                *largest = largest.max(if capacity.is_finite() { capacity } else { 0.0 });
            }
        }
    }
    let part = |machine: usize| -> f64 {
        prepared.demand[machine]
            .iter()
            .zip(&largest)
            .map(|(amount, largest)| if *largest > 1.0 { amount / largest } else { 0.0 })
            .fold(0.0, f64::max)
    };
    let mut large: Vec<(f64, usize)> = Vec::new();
    let mut rest: Vec<usize> = Vec::with_capacity(prepared.machines());
    for machine in 0..prepared.machines() {
        let part = part(machine);
        if part * LARGE_PART > 1.0 {
            large.push((part, machine));
        } else {
            rest.push(machine);
        }
    }
    large.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for index in (1..rest.len()).rev() {
        rest.swap(index, random.below(index + 1));
    }
    large.into_iter().map(|(_, machine)| machine).chain(rest).collect()
}

/// The cheapest spot with room for a machine among what is open already, at less than `limit`.
fn cheapest_spot(
    prepared: &Prepared,
    packing: &Packing<'_>,
    machine: usize,
    limit: f64,
    ranked: &mut Vec<(f64, usize)>,
) -> Option<(f64, Spot)> {
    ranked.clear();
    for (site, &cost) in prepared.costs(machine).iter().enumerate() {
        let usable = matches!(prepared.sites[site], Site::Instances { .. }) || !packing.site_cells[site].is_empty();
        if cost < limit && usable {
            ranked.push((cost, site));
        }
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    ranked.iter().find_map(|&(cost, site)| packing.room(machine, site).map(|spot| (cost, spot)))
}

/// Moves machines to cheaper places that have room.
fn pull(prepared: &Prepared, packing: &mut Packing<'_>) {
    let mut ranked = Vec::new();
    let mut wishes: Vec<(f64, usize)> = Vec::new();
    for machine in 0..prepared.machines() {
        let now = packing.site_of(machine).map_or(f64::INFINITY, |site| prepared.costs(machine)[site]);
        let least = prepared
            .costs(machine)
            .iter()
            .enumerate()
            .filter(|&(site, _)| {
                !packing.site_cells[site].is_empty() || matches!(prepared.sites[site], Site::Instances { .. })
            })
            .map(|(_, &cost)| cost)
            .fold(f64::INFINITY, f64::min);
        if least < now {
            wishes.push((now - least, machine));
        }
    }
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, machine) in wishes {
        let now = packing.site_of(machine).map_or(f64::INFINITY, |site| prepared.costs(machine)[site]);
        if let Some((_, spot)) = cheapest_spot(prepared, packing, machine, now, &mut ranked) {
            packing.take(machine);
            packing.put(machine, spot);
        }
    }
}

/// Empties bins whose machines can go elsewhere for less than the bin costs.
fn empty_bins(prepared: &Prepared, packing: &mut Packing<'_>) {
    for bin in (0..packing.bins.len() as u32).rev() {
        let cell = packing.bins[bin as usize].cell;
        if !packing.cells[cell as usize].bins.contains(&bin) {
            continue;
        }
        let Some(saved) = packing.saved_by_closing(bin) else { continue };
        let members = packing.bins[bin as usize].members.clone();
        if let ControlFlow::Continue(undo) = move_out(prepared, packing, &members, &[bin], saved)
            && !packing.close_bin(bin)
        {
            undo_moves(packing, &undo);
        }
    }
}

/// Closes cells, last ones first, whose machines can go elsewhere for less than the cell costs.
fn close_sites(prepared: &Prepared, packing: &mut Packing<'_>) {
    for site in 0..prepared.sites.len() {
        while let Some(&cell) = packing.site_cells[site].last() {
            let Site::Hosts(hosts) = &prepared.sites[site] else { break };
            let bins = packing.cells[cell as usize].bins.clone();
            let own: f64 = bins.iter().map(|&bin| hosts.bin(packing.bins[bin as usize].kind as usize).cost).sum();
            let fixed = if packing.site_cells[site].len() == 1 { hosts.fixed } else { 0.0 };
            let members: Vec<u32> = bins.iter().flat_map(|&bin| packing.bins[bin as usize].members.clone()).collect();
            match move_out(prepared, packing, &members, &bins, own + hosts.cell_cost + fixed) {
                ControlFlow::Continue(undo) => {
                    if !packing.close_cell(cell) {
                        undo_moves(packing, &undo);
                        break;
                    }
                }
                ControlFlow::Break(()) => break,
            }
        }
    }
}

/// Moves all of `members` out of `bins` at less extra cost than `saved`; returns where they were, or breaks with all where it was.
fn move_out(
    prepared: &Prepared,
    packing: &mut Packing<'_>,
    members: &[u32],
    bins: &[u32],
    saved: f64,
) -> ControlFlow<(), Vec<(usize, Spot)>> {
    let current = |packing: &Packing<'_>, machine: usize| {
        packing.site_of(machine).map_or(0.0, |site| prepared.costs(machine)[site])
    };
    // While the machines look for room, the bins they leave must not take them.
    let mut ranked = Vec::new();
    let mut undo: Vec<(usize, Spot)> = Vec::new();
    let mut extra = 0.0;
    let mut members: Vec<u32> = members.to_vec();
    let size = |machine: u32| prepared.demand[machine as usize].iter().sum::<f64>();
    members.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
    let shut: Vec<_> = bins
        .iter()
        .map(|&bin| {
            (bin, std::mem::replace(&mut packing.bins[bin as usize].free, [f64::NEG_INFINITY; super::RESOURCES]))
        })
        .collect();
    let mut fine = true;
    for &machine in &members {
        let machine = machine as usize;
        let now = current(packing, machine);
        let Some((cost, spot)) = cheapest_spot(prepared, packing, machine, f64::INFINITY, &mut ranked) else {
            fine = false;
            break;
        };
        extra += cost - now;
        undo.push((machine, packing.take(machine)));
        packing.put(machine, spot);
        if extra >= saved {
            fine = false;
            break;
        }
    }
    // Restore the room of the bins: what is left plus what moved out.
    for (bin, mut free) in shut {
        for &(machine, spot) in &undo {
            if spot == Spot::Bin(bin) {
                for (free, amount) in free.iter_mut().zip(&prepared.demand[machine]) {
                    *free += amount;
                }
            }
        }
        packing.bins[bin as usize].free = free;
    }
    if fine {
        return ControlFlow::Continue(undo);
    }
    undo_moves(packing, &undo);
    ControlFlow::Break(())
}

fn undo_moves(packing: &mut Packing<'_>, moves: &[(usize, Spot)]) {
    for &(machine, _) in moves.iter().rev() {
        packing.take(machine);
    }
    for &(machine, spot) in moves {
        packing.put(machine, spot);
    }
}

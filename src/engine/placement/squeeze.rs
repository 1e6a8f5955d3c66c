//! Fuller hosts: machines of one place change hosts, one for one, until what is left free lies on a few hosts, where machines from elsewhere find room or
//! which are closed. Moving inside a place costs nothing, so this only makes room. In the spirit of filling bins with the least slack: Gupta and Ho, "A new
//! heuristic algorithm for the one-dimensional bin-packing problem" (1999).

use super::packing::{Packing, Spot};
use super::prepared::{Amounts, Prepared, STORAGE, Site, fits};
use super::random::Random;
use super::relaxation::{Prices, dot};

/// A host counts as full when what is left of it is worth less than this part of what it holds.
const FULL: f64 = 2e-4;
/// Exchanges for one host in a row.
const EXCHANGES: usize = 4;

/// Squeezes every place once: see the module. Returns whether the plan got cheaper.
pub(super) fn squeeze(prepared: &Prepared, prices: &Prices, packing: &mut Packing<'_>, random: &mut Random) -> bool {
    let before = packing.cost;
    for site in 0..prepared.sites.len() {
        if let Site::Hosts(hosts) = &prepared.sites[site] {
            let mut worth = prices[site];
            if !hosts.pool.is_empty() {
                worth[STORAGE] = 0.0;
            }
            if !packing.site_cells[site].is_empty() && worth.iter().any(|&worth| worth > 0.0) {
                Squeeze { prepared, prices, worth, site }.run(packing, random);
            }
        }
    }
    packing.cost < before
}

/// One place.
struct Squeeze<'a> {
    prepared: &'a Prepared,
    prices: &'a Prices,
    /// What one unit of each resource of a host is worth there.
    worth: Amounts,
    site: usize,
}

impl Squeeze<'_> {
    fn run(&self, packing: &mut Packing<'_>, random: &mut Random) {
        let mut bins: Vec<u32> =
            packing.site_cells[self.site].iter().flat_map(|&cell| packing.cells[cell as usize].bins.clone()).collect();
        if bins.is_empty() {
            return;
        }
        for index in (1..bins.len()).rev() {
            bins.swap(index, random.below(index + 1));
        }
        // The emptiest gathers what the others have left.
        let emptiest = (0..bins.len()).max_by(|&a, &b| {
            self.slack(packing, bins[a]).total_cmp(&self.slack(packing, bins[b])).then(bins[b].cmp(&bins[a]))
        });
        let holder = bins.swap_remove(emptiest.unwrap_or(0));
        for &bin in &bins {
            self.fill(packing, bin, holder);
        }
        self.refill(packing, holder);
    }

    fn slack(&self, packing: &Packing<'_>, bin: u32) -> f64 {
        worth_of(&packing.bins[bin as usize].free, &self.worth)
    }

    /// Exchanges machines between `bin` and `holder` so that `bin` gets as full as can be.
    fn fill(&self, packing: &mut Packing<'_>, bin: u32, holder: u32) {
        for _ in 0..EXCHANGES {
            let slack = self.slack(packing, bin);
            let full = FULL * worth_of(&self.capacity(bin, packing), &self.worth);
            if slack <= full {
                return;
            }
            let Some((out, into)) = self.exchange(packing, bin, holder, slack, full) else { return };
            if let Some(machine) = out {
                packing.take(machine);
            }
            packing.take(into);
            packing.put(into, Spot::Bin(bin));
            if let Some(machine) = out {
                packing.put(machine, Spot::Bin(holder));
            }
        }
    }

    fn capacity(&self, bin: u32, packing: &Packing<'_>) -> Amounts {
        match &self.prepared.sites[self.site] {
            Site::Hosts(hosts) => hosts.bin(packing.bins[bin as usize].kind as usize).capacity,
            Site::Instances { .. } => [0.0; super::RESOURCES],
        }
    }

    /// The exchange that leaves least of `bin`: a machine of the holder, and the one of `bin` that goes there instead, if any.
    fn exchange(
        &self,
        packing: &Packing<'_>,
        bin: u32,
        holder: u32,
        slack: f64,
        full: f64,
    ) -> Option<(Option<usize>, usize)> {
        let (here, there) = (&packing.bins[bin as usize], &packing.bins[holder as usize]);
        packing.looks.set(packing.looks.get() + (here.members.len() * there.members.len() / 4 + 8) as u64);
        let demand = &self.prepared.demand;
        let mut best = (full * 0.5, None);
        let weights: Vec<f64> =
            there.members.iter().map(|&machine| worth_of(&demand[machine as usize], &self.worth)).collect();
        for out in std::iter::once(None).chain(here.members.iter().map(|&machine| Some(machine as usize))) {
            let leaving = out.map_or([0.0; super::RESOURCES], |out| demand[out]);
            let weight = worth_of(&leaving, &self.worth);
            let room: Amounts = std::array::from_fn(|resource| here.free[resource] + leaving[resource]);
            let back: Amounts = std::array::from_fn(|resource| leaving[resource] - there.free[resource]);
            for (&into, &worth) in there.members.iter().zip(&weights) {
                let gain = worth - weight;
                if gain > best.0 && gain <= slack * (1.0 + 1e-9) {
                    let coming = &demand[into as usize];
                    if fits(coming, &room) && back.iter().zip(coming).all(|(back, coming)| back <= coming) {
                        best = (gain, Some((out, into as usize)));
                        if slack - gain <= full {
                            return best.1;
                        }
                    }
                }
            }
        }
        best.1
    }

    /// Fills the holder with machines from elsewhere that are cheaper there, or closes it.
    fn refill(&self, packing: &mut Packing<'_>, holder: u32) {
        if packing.bins[holder as usize].members.is_empty() && packing.close_bin(holder) {
            return;
        }
        let mut wishes: Vec<(f64, u32)> = Vec::new();
        packing.looks.set(packing.looks.get() + self.prepared.machines() as u64 / 8);
        for machine in 0..self.prepared.machines() {
            let there = self.prepared.costs(machine)[self.site];
            let Some(now) = packing.site_of(machine) else { continue };
            let gain = self.prepared.costs(machine)[now] - there;
            if gain > 0.0 && now != self.site && packing.takes(machine, holder) {
                let demand = &self.prepared.demand[machine];
                let freed = dot(demand, &self.prices[now]);
                wishes.push(((gain + freed) / worth_of(demand, &self.worth).max(1e-9), machine as u32));
            }
        }
        wishes.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, machine) in wishes {
            let machine = machine as usize;
            if packing.takes(machine, holder) {
                packing.take(machine);
                packing.put(machine, Spot::Bin(holder));
            }
        }
    }
}

/// What finite amounts are worth.
fn worth_of(amounts: &Amounts, worth: &Amounts) -> f64 {
    amounts.iter().zip(worth).filter(|&(_, &worth)| worth > 0.0).map(|(amount, worth)| amount * worth).sum()
}

//! Fuller hosts: machines of one cluster change hosts, one for one, until what is left free lies on a few hosts, where machines from elsewhere find room or
//! which are closed. Moving inside a cluster costs nothing, so this only makes room. In the spirit of filling bins with the least slack: Gupta and Ho, "A new
//! heuristic algorithm for the one-dimensional bin-packing problem" (1999).

use super::packing::{Packing, Spot};
use super::prepared::{Amounts, Prepared, STORAGE, Site, fits};
use super::relaxation::{Prices, dot};
use basics::random::Random;

/// A host counts as full when what is left of it is worth less than this part of what it holds.
const FULL: f64 = 2e-4;
/// Exchanges for one host in a row.
const EXCHANGES: usize = 4;
/// How many machines from elsewhere try to take the place of others on a host.
const TRADERS: usize = 48;

/// Squeezes every cluster once: see the module. Returns of each cluster the host on which what was free was gathered.
pub(super) fn squeeze(
    prepared: &Prepared,
    prices: &Prices,
    packing: &mut Packing<'_>,
    random: &mut Random,
) -> Vec<u32> {
    let mut holders = Vec::new();
    for site in 0..prepared.sites.len() {
        let Site::Hosts(hosts) = &prepared.sites[site] else { continue };
        let mut worth = prices[site];
        if !hosts.pool.is_empty() {
            worth[STORAGE] = 0.0;
        }
        if worth.iter().any(|&worth| worth > 0.0) {
            for cell in packing.site_cells[site].clone() {
                holders.extend(Squeeze { prepared, prices, worth, site }.run(packing, cell, random));
            }
        }
    }
    holders
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
    fn run(&self, packing: &mut Packing<'_>, cell: u32, random: &mut Random) -> Option<u32> {
        let mut bins = packing.cells[cell as usize].bins.clone();
        if bins.is_empty() {
            return None;
        }
        random.shuffle(&mut bins);
        // The emptiest gathers what the others have left.
        let emptiest = (0..bins.len()).max_by(|&a, &b| {
            self.slack(packing, bins[a]).total_cmp(&self.slack(packing, bins[b])).then(bins[b].cmp(&bins[a]))
        });
        let holder = bins.swap_remove(emptiest.unwrap_or(0));
        for &bin in &bins {
            self.fill(packing, bin, holder);
        }
        self.refill(packing, holder, &bins).then_some(holder)
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
        // Machines with rules stay: where else they may go is not a matter of room alone.
        let free = |&machine: &u32| !self.prepared.rules.touches(machine as usize);
        let weighed = |machine: u32| (machine, worth_of(&demand[machine as usize], &self.worth));
        let incoming: Vec<(u32, f64)> = there.members.iter().copied().filter(free).map(weighed).collect();
        let outgoing = here.members.iter().filter(|machine| free(machine)).map(|&machine| Some(machine as usize));
        for out in std::iter::once(None).chain(outgoing) {
            let leaving = out.map_or([0.0; super::RESOURCES], |out| demand[out]);
            let weight = worth_of(&leaving, &self.worth);
            let room: Amounts = std::array::from_fn(|resource| here.free[resource] + leaving[resource]);
            let back: Amounts = std::array::from_fn(|resource| leaving[resource] - there.free[resource]);
            for &(into, worth) in &incoming {
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

    /// Fills the holder with machines from elsewhere that are cheaper there, or closes it. Returns whether it is still there.
    fn refill(&self, packing: &mut Packing<'_>, holder: u32, bins: &[u32]) -> bool {
        if packing.bins[holder as usize].members.is_empty() && packing.close_bin(holder) {
            return false;
        }
        let mut wishes = self.wishes(packing);
        for &(_, machine) in &wishes {
            let machine = machine as usize;
            if packing.takes(machine, holder) {
                packing.take(machine);
                packing.put(machine, Spot::Bin(holder));
            }
        }
        wishes.retain(|&(_, machine)| packing.site_of(machine as usize) != Some(self.site));
        wishes.truncate(TRADERS);
        for &bin in bins.iter().chain([&holder]) {
            self.trade(packing, bin, &wishes);
        }
        true
    }

    /// Machines from elsewhere that would be cheaper there if room cost nothing, those first that gain most by their price.
    fn wishes(&self, packing: &Packing<'_>) -> Vec<(f64, u32)> {
        let mut wishes: Vec<(f64, u32)> = Vec::new();
        packing.looks.set(packing.looks.get() + self.prepared.machines() as u64 / 8);
        for machine in 0..self.prepared.machines() {
            let costs = self.prepared.costs(machine);
            let there = costs[self.site];
            let Some(now) = packing.site_of(machine) else { continue };
            if there < costs[now] && now != self.site && !self.prepared.rules.touches(machine) {
                let demand = &self.prepared.demand[machine];
                let (freed, taken) = (dot(demand, &self.prices[now]), worth_of(demand, &self.worth));
                wishes.push((costs[now] + freed - there - taken, machine as u32));
            }
        }
        wishes.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        wishes
    }

    /// Lets machines from elsewhere take the place of ones that gain less by being here and are no worse off alone.
    fn trade(&self, packing: &mut Packing<'_>, bin: u32, traders: &[(f64, u32)]) {
        let costs = |machine: u32| self.prepared.costs(machine as usize);
        let mut tries = 0;
        for &(_, machine) in traders {
            let Some(now) = packing.site_of(machine as usize) else { continue };
            if now == self.site {
                continue;
            }
            let gain = costs(machine)[now] - costs(machine)[self.site];
            let here = &packing.bins[bin as usize];
            let demand = &self.prepared.demand[machine as usize];
            let missing: Amounts = std::array::from_fn(|resource| demand[resource] - here.free[resource]);
            tries += here.members.len() as u64;
            let mut best = (gain - 0.5, None);
            for &member in &here.members {
                let Some(alone) = self.prepared.alone_at(member as usize) else { continue };
                let loss = costs(member)[alone] - costs(member)[self.site];
                let fits = missing.iter().zip(&self.prepared.demand[member as usize]).all(|(m, given)| m <= given);
                if loss < best.0 && fits && !self.prepared.rules.touches(member as usize) {
                    best = (loss, Some((member as usize, alone)));
                }
            }
            if let (_, Some((member, alone))) = best
                && let Some(spot) = packing.room(member, alone)
            {
                packing.take(member);
                packing.put(member, spot);
                if packing.takes(machine as usize, bin) {
                    packing.take(machine as usize);
                    packing.put(machine as usize, Spot::Bin(bin));
                } else {
                    packing.take(member);
                    packing.put(member, Spot::Bin(bin));
                }
            }
        }
        packing.looks.set(packing.looks.get() + tries / 4);
    }
}

/// What finite amounts are worth.
fn worth_of(amounts: &Amounts, worth: &Amounts) -> f64 {
    amounts.iter().zip(worth).filter(|&(_, &worth)| worth > 0.0).map(|(amount, worth)| amount * worth).sum()
}

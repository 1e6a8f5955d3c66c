//! A plan that is being improved.

use super::RESOURCES;
use super::improve::improve;
use super::packing::Packing;
use super::prepared::{Amounts, Prepared, Site};
use super::recreate::{Change, Recreate};
use super::relaxation::Prices;
use super::squeeze::squeeze;
use basics::random::Random;

/// Tries of ruin and recreate in a row.
const TRIES: usize = 64;
/// Looks that a try takes beside those at hosts.
const TRY: u64 = 300;
/// After so many turns whole places are tried to be closed.
const IMPROVED: usize = 8;
/// How strongly the worth of a resource follows what is left of it,
const FOLLOW: f64 = 8.0;
/// at most by this factor in a turn,
const MOST: f64 = 1.25;
/// and how much of that is kept from turn to turn.
const KEPT: f64 = 0.8;

/// A resource of which less than this part is left counts for something,
const SCARCE: f64 = 0.25;
/// up to this part of what all resources of the place are worth.
const FLOOR: f64 = 0.08;

/// A plan, with what is needed to make it cheaper.
#[derive(Clone)]
pub(super) struct Candidate<'a> {
    /// The plan.
    pub packing: Packing<'a>,
    /// Prices for its numbers of hosts.
    pub prices: Prices,
    /// Factors of the prices, by which resources that are short at a place come to count more there.
    lean: Vec<Amounts>,
    /// The least that prices count as: what is nearly used up counts although its price is nothing, for it may be used up on some hosts.
    floor: Prices,
    turns: usize,
}

impl<'a> Candidate<'a> {
    /// Begins with a plan and prices for its numbers of hosts.
    pub fn new(packing: Packing<'a>, prices: Prices) -> Self {
        let lean = vec![[1.0; RESOURCES]; prices.len()];
        let floor = vec![[0.0; RESOURCES]; prices.len()];
        Self { packing, prices, lean, floor, turns: 0 }
    }

    /// Fills hosts by exchanging machines inside clusters only: quick, and most of what a plan that was just built can gain. Returns looks.
    pub fn tidy(&mut self, prepared: &Prepared, random: &mut Random) -> u64 {
        let prices = self.leaning();
        self.squeeze(prepared, &prices, random);
        self.packing.looks.take()
    }

    /// Some tries to make it cheaper. Returns looks.
    pub fn turn(&mut self, prepared: &Prepared, random: &mut Random) -> u64 {
        self.turns += 1;
        let prices = self.leaning();
        let mut recreate = Recreate::new(prepared, &prices);
        for _ in 0..TRIES {
            recreate.step(&mut self.packing, random);
        }
        self.squeeze(prepared, &prices, random);
        if self.turns.is_multiple_of(IMPROVED) {
            improve(prepared, &mut self.packing);
        }
        self.packing.looks.take() + TRIES as u64 * TRY
    }

    fn squeeze(&mut self, prepared: &Prepared, prices: &Prices, random: &mut Random) {
        let holders = squeeze(prepared, prices, &mut self.packing, random);
        // A machine that needs nearly all of one resource of its host keeps it empty of others: there is where it does most harm.
        let mut recreate = Recreate::new(prepared, prices);
        for holder in holders {
            recreate.refill(&mut self.packing, vec![holder], Change::Same, random);
        }
        self.lean(prepared);
    }

    fn leaning(&self) -> Prices {
        let price =
            |site: usize| std::array::from_fn(|r| (self.prices[site][r] * self.lean[site][r]).max(self.floor[site][r]));
        (0..self.prices.len()).map(price).collect()
    }

    /// Lets a resource of which less is left at a place than of the others count more there, so that machines that need much of it give way.
    fn lean(&mut self, prepared: &Prepared) {
        for (site, prices) in self.prices.iter().enumerate() {
            let Site::Hosts(hosts) = &prepared.sites[site] else { continue };
            let (mut free, mut all) = ([0.0; RESOURCES], [0.0; RESOURCES]);
            for &cell in &self.packing.site_cells[site] {
                for &bin in &self.packing.cells[cell as usize].bins {
                    let bin = &self.packing.bins[bin as usize];
                    let capacity = hosts.bin(bin.kind as usize).capacity;
                    for resource in (0..RESOURCES).filter(|&resource| capacity[resource].is_finite()) {
                        free[resource] += bin.free[resource];
                        all[resource] += capacity[resource];
                    }
                }
            }
            let worth =
                |amounts: &Amounts| prices.iter().zip(amounts).map(|(price, amount)| price * amount).sum::<f64>();
            let total = worth(&all);
            if total <= 0.0 {
                continue;
            }
            let mean = worth(&free) / total;
            for resource in (0..RESOURCES).filter(|&resource| all[resource] > 0.0) {
                let by = 1.0 + FOLLOW * (mean - free[resource] / all[resource]);
                let lean = &mut self.lean[site][resource];
                *lean = (1.0 + (*lean - 1.0) * KEPT) * by.clamp(1.0 / MOST, MOST);
                let nearly_used = (1.0 - free[resource] / (SCARCE * all[resource])).max(0.0);
                self.floor[site][resource] = FLOOR * nearly_used * total / all[resource];
            }
        }
    }
}

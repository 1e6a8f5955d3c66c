//! The course of the search: at once a packing, then in turns what improves it and what proves how good it is.

use super::dive::{Boldness, dive};
use super::generation::{Generator, Goal, Proof};
use super::greedy::{self, Load};
use super::halves::from_halves;
use super::improve::Improver;
use super::meter::Meter;
use super::prepared::Prepared;
use super::squeeze::squeeze;
use basics::random::Random;

/// More kinds of item make the linear program too large.
const MOST_KINDS: usize = 1_500;
/// With so many items in a bin, squeezing is worth more than column generation.
const MANY: f64 = 6.0;
/// Work of one turn, at first.
const TURN: u64 = 10_000_000;

/// A search.
pub(super) struct Solver<'a> {
    prepared: &'a Prepared,
    random: Random,
    /// The best packing so far.
    pub best: Vec<Load>,
    /// What it costs.
    pub cost: f64,
    /// The bound that the sums of the amounts prove.
    floor: f64,
    floor_dimension: Option<u32>,
    generation: Option<Generation>,
    /// Items that are packed anew at once.
    size: usize,
    squeeze_work: u64,
}

/// Column generation for the whole instance.
struct Generation {
    generator: Generator,
    /// The program will not get better.
    done: bool,
    /// The value of the program some rounds ago.
    before: f64,
    /// Dives so far.
    dives: u32,
}

impl<'a> Solver<'a> {
    /// Starts with the best of some packings made at once.
    pub fn start(prepared: &'a Prepared, seed: u64, meter: &mut Meter<'_>) -> Option<Self> {
        let mut best: Option<(f64, Vec<Load>)> = None;
        let mut keep = |loads: Option<Vec<Load>>, meter: &mut Meter<'_>| {
            if let Some(mut loads) = loads {
                greedy::resize(prepared, &mut loads, meter);
                let cost: f64 = loads.iter().map(|load| prepared.bins[load.bin as usize].cost).sum();
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, loads));
                }
            }
        };
        for order in greedy::orders(prepared, seed) {
            let loads = greedy::first_fit(prepared, &order, meter);
            keep(loads, meter);
            meter.ready();
            if !meter.open() {
                break;
            }
        }
        if prepared.total() as u64 * prepared.kinds() as u64 <= 5_000_000 {
            let loads = greedy::bin_by_bin(prepared, meter);
            keep(loads, meter);
        }
        let (cost, best) = best?;
        let (floor, floor_dimension) = floor(prepared);
        Some(Self {
            prepared,
            random: Random::new(seed),
            best,
            cost,
            floor,
            floor_dimension,
            generation: None,
            size: 40,
            squeeze_work: if prepared.bins.len() > 1 { TURN / 40 } else { TURN / 2 },
        })
    }

    /// The prices that prove the best bound found by column generation.
    pub fn proof(&self) -> Option<&Proof> {
        let proof = self.generation.as_ref().map(|generation| &generation.generator.proof);
        proof.filter(|proof| !proof.prices.is_empty())
    }

    /// The bound that the sums of the amounts prove.
    pub const fn floor(&self) -> f64 {
        self.floor
    }

    fn bound(&self) -> f64 {
        self.proof().map_or(0.0, |proof| proof.bound).max(self.floor)
    }

    /// The dimension whose amounts prove it.
    pub const fn floor_dimension(&self) -> Option<u32> {
        self.floor_dimension
    }

    fn optimal(&self) -> bool {
        self.prepared.round_up(self.bound()) >= self.cost
    }

    /// Searches until the best is proven to be so, or the work ends.
    pub fn run(&mut self, meter: &mut Meter<'_>) {
        let generates = self.prepared.kinds() <= MOST_KINDS;
        let many = self.prepared.total() as f64 / self.best.len().max(1) as f64 >= MANY;
        let mut turn = TURN as f64;
        // How much longer to squeeze than to generate: more where it helps.
        let several = self.prepared.bins.len() > 1;
        let mut share: f64 = if many || several || !generates { 4.0 } else { 0.125 };
        while meter.open() && !self.optimal() {
            let (before, cost) = (meter.used(), self.cost);
            self.squeeze((share * turn) as u64, meter);
            share = if self.cost < cost { (share * 2.0).min(4.0) } else { (share / 2.0).max(0.125) };
            if generates && !self.optimal() {
                self.generate(turn as u64, meter);
            } else {
                share = 4.0;
            }
            if meter.used() == before {
                return;
            }
            turn *= 1.25;
        }
    }

    /// Takes bins away as long as that works.
    fn squeeze(&mut self, work: u64, meter: &mut Meter<'_>) {
        let end = meter.used() + work;
        while meter.open() && meter.used() < end && !self.optimal() {
            let found = squeeze(self.prepared, &self.best, self.squeeze_work, &mut self.random, meter);
            if let Some(mut loads) = found {
                greedy::resize(self.prepared, &mut loads, meter);
                self.cost = loads.iter().map(|load| self.prepared.bins[load.bin as usize].cost).sum();
                self.best = loads;
            } else if meter.open() {
                // Kinds of bin give many ways to try, a single kind only one.
                self.squeeze_work +=
                    if self.prepared.bins.len() > 1 { self.squeeze_work / 64 } else { self.squeeze_work };
                if self.squeeze_work > end.saturating_sub(meter.used()) {
                    break;
                }
            }
        }
        self.squeeze_work = self.squeeze_work.min(work.max(1));
    }

    /// A turn of column generation, and of what follows from its prices.
    fn generate(&mut self, work: u64, meter: &mut Meter<'_>) {
        let prepared = self.prepared;
        let end = meter.used() + work;
        let mut generation = self.generation.take().unwrap_or_else(|| {
            let mut generator = from_halves(prepared, meter);
            for (pattern, _) in greedy::patterns(&self.best) {
                generator.add(prepared, pattern);
            }
            Generation { generator, done: false, before: f64::INFINITY, dives: 0 }
        });
        while meter.open() && meter.used() < end && !generation.done {
            let goal = Goal {
                rounds: 2,
                exchanges: 400,
                each: 1_000,
                longest: 1 << 24,
                whole: true,
                enough: self.cost - prepared.cost_step as f64 + 1e-6,
            };
            generation.done = generation.generator.generate(prepared, &prepared.counts, goal, meter);
            let value = generation.generator.master.value();
            let steady = value > generation.before * (1.0 - 1e-3);
            generation.before = value;
            if generation.dives == 0 && (steady || generation.done) {
                self.dive(&mut generation, meter);
            }
        }
        // Once the program is nearly as good as it gets, chance leads to other packings.
        let dives = meter.used() + work / 2;
        let proven = prepared.round_up(generation.generator.proof.bound.max(self.floor));
        while generation.dives > 0 && meter.open() && meter.used() < dives && self.cost > proven {
            self.dive(&mut generation, meter);
        }
        let prices = generation.generator.master.prices()[..prepared.kinds()].to_vec();
        let share = if generation.dives == 0 { work / 3 } else { work };
        self.generation = Some(generation);
        self.improve(prices, share, meter);
    }

    fn dive(&mut self, generation: &mut Generation, meter: &mut Meter<'_>) {
        generation.dives += 1;
        let boldness = match generation.dives {
            1 => Boldness { share: 0.1, rounds: 1, each: 1_000, chance: 0.0 },
            dives => Boldness { share: 0.02, rounds: 5, each: 8_000, chance: 0.1 * f64::from(dives % 5) },
        };
        let mut generator = generation.generator.clone();
        meter.spend(20 * generator.master.columns() as u64);
        let found = dive(self.prepared, &mut generator, boldness, self.cost, &mut self.random, meter);
        if let Ok(found) = found {
            self.cost = self.prepared.cost(&found);
            self.best = found
                .iter()
                .flat_map(|(pattern, times)| {
                    let load = Load::of(self.prepared, pattern);
                    (0..*times).map(move |_| load.clone())
                })
                .collect();
        }
    }

    fn improve(&mut self, prices: Vec<f64>, work: u64, meter: &mut Meter<'_>) {
        let end = meter.used() + work;
        let seed = self.random.below(usize::MAX) as u64;
        let loads = std::mem::take(&mut self.best);
        let mut improver = Improver::new(self.prepared, loads, prices, Random::new(seed), self.size);
        let mut cost = self.cost;
        while meter.open() && meter.used() < end && self.prepared.round_up(self.bound()) < cost {
            improver.step(meter);
            cost = improver.cost();
        }
        self.cost = cost;
        self.size = improver.size;
        self.best = improver.loads;
    }
}

/// What the amounts prove, and by which dimension: all items together need so much of the bins that are cheapest for it.
fn floor(prepared: &Prepared) -> (f64, Option<u32>) {
    let mut floor = (0.0, None);
    for dimension in 0..prepared.dimensions {
        let total: f64 =
            (0..prepared.kinds()).map(|kind| prepared.size(kind)[dimension] * f64::from(prepared.counts[kind])).sum();
        let price = prepared
            .bins
            .iter()
            .filter(|bin| bin.capacity[dimension] > 0.0)
            .map(|bin| bin.cost / bin.capacity[dimension])
            .fold(f64::INFINITY, f64::min);
        if price.is_finite() && total * price > floor.0 {
            floor = (total * price, Some(dimension as u32));
        }
    }
    floor
}

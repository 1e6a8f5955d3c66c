//! Makes a packing cheaper part by part: some bins are emptied and packed anew by column generation.

use super::dive::{Boldness, dive};
use super::generation::{Generator, Goal};
use super::greedy::{Load, shuffle};
use super::meter::Meter;
use super::prepared::{Pattern, Prepared};
use basics::random::Random;

/// Items that are packed anew at once, at most.
const LARGEST: usize = 250;
/// Dives that are tried for one part.
const TRIALS: usize = 12;

/// A packing that is improved.
pub(super) struct Improver<'a> {
    prepared: &'a Prepared,
    /// The bins.
    pub loads: Vec<Load>,
    /// What an item is worth, by kind.
    prices: Vec<f64>,
    random: Random,
    /// Items that are packed anew at once.
    pub size: usize,
}

impl<'a> Improver<'a> {
    /// Starts from a packing and prices of the items.
    pub fn new(prepared: &'a Prepared, loads: Vec<Load>, prices: Vec<f64>, random: Random, size: usize) -> Self {
        Self { prepared, loads, prices, random, size }
    }

    /// What the bins cost.
    pub fn cost(&self) -> f64 {
        self.loads.iter().map(|load| self.prepared.bins[load.bin as usize].cost).sum()
    }

    /// What a bin costs beyond what its items are worth.
    fn waste(&self, load: &Load) -> f64 {
        let worth: f64 = load.items.iter().map(|&kind| self.prices[kind as usize]).sum();
        self.prepared.bins[load.bin as usize].cost - worth
    }

    /// Packs one part anew; returns whether it got cheaper.
    pub fn step(&mut self, meter: &mut Meter<'_>) -> bool {
        let chosen = self.choose();
        let mut left = vec![0_u32; self.prepared.kinds()];
        let mut used = vec![0_u32; self.prepared.bins.len()];
        let mut before = 0.0;
        for (at, load) in self.loads.iter().enumerate() {
            if chosen.binary_search(&at).is_ok() {
                before += self.prepared.bins[load.bin as usize].cost;
                for &kind in &load.items {
                    left[kind as usize] += 1;
                }
            } else {
                used[load.bin as usize] += 1;
            }
        }
        let (part, kinds) = self.prepared.part(&left, &used);
        let mut generator = Generator::new(&part);
        for &at in &chosen {
            let mut pattern = self.loads[at].pattern();
            for (kind, _) in &mut pattern.items {
                if let Ok(new) = kinds.binary_search(kind) {
                    *kind = new as u32;
                }
            }
            generator.add(&part, pattern);
        }
        let goal = Goal {
            rounds: 60,
            exchanges: 400,
            each: 2_000,
            longest: 100_000,
            whole: true,
            enough: before - part.cost_step as f64 + 1e-6,
        };
        generator.generate(&part, &part.counts, goal, meter);
        // The bound may show at once that nothing is to be gained.
        if part.round_up(generator.proof.bound) >= before || part.round_up(generator.master.value()) >= before {
            self.size = (self.size + 2).min(LARGEST);
            return false;
        }
        for trial in 0..TRIALS {
            let boldness =
                Boldness { share: 0.03, rounds: 2, each: 1_000, chance: if trial % 2 == 0 { 0.0 } else { 0.3 } };
            let mut tried = generator.clone();
            match dive(&part, &mut tried, boldness, before, &mut self.random, meter) {
                Ok(found) => {
                    self.replace(&chosen, &found, &kinds);
                    return true;
                }
                // Without the pattern that led astray the program finds another way, as long as there may be one.
                Err(Some(unsure)) if meter.open() => generator.forbid(&unsure),
                Err(_) => break,
            }
            generator.generate(&part, &part.counts, Goal { rounds: 3, ..goal }, meter);
            if part.round_up(generator.master.value()) >= before {
                break;
            }
        }
        self.size = (self.size + 1).min(LARGEST);
        false
    }

    fn replace(&mut self, chosen: &[usize], found: &[(Pattern, u32)], kinds: &[u32]) {
        let mut at = 0;
        self.loads.retain(|_| {
            at += 1;
            chosen.binary_search(&(at - 1)).is_err()
        });
        for (pattern, times) in found {
            let items = pattern.items.iter().map(|&(kind, count)| (kinds[kind as usize], count)).collect();
            let load = Load::of(self.prepared, &Pattern { bin: pattern.bin, items });
            for _ in 0..*times {
                self.loads.push(load.clone());
            }
        }
    }

    /// Bins that waste, and some others, in order.
    fn choose(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.loads.len()).collect();
        shuffle(&mut self.random, &mut order);
        let mut scored: Vec<(f64, usize)> = order
            .into_iter()
            .map(|at| {
                let waste = self.waste(&self.loads[at]) / self.prepared.bins[self.loads[at].bin as usize].cost;
                (self.random.unit() * (waste.max(0.0) + 0.02), at)
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut items, mut chosen) = (0, Vec::new());
        for (_, at) in scored {
            if items >= self.size {
                break;
            }
            items += self.loads[at].items.len();
            chosen.push(at);
        }
        chosen.sort_unstable();
        chosen
    }
}

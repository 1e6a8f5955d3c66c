//! Column generation: the linear program over patterns grows by those that pay, until none does (Gilmore and Gomory, 1961).

use rustc_hash::FxHashMap;

use super::master::Master;
use super::meter::Meter;
use super::prepared::{Pattern, Prepared};
use super::pricing::{Effort, Pricer};

/// Part of the prices that is kept from round to round, so that they do not jump (Neame, 1999).
const SMOOTH: f64 = 0.6;
/// Looks of one round, for each kind of bin.
const ROUND_LOOKS: u64 = 8_000_000;

/// Prices that prove a bound.
#[derive(Clone, Debug, Default)]
pub(super) struct Proof {
    /// The bound.
    pub bound: f64,
    /// Price of each kind of item, and of each limited kind of bin, such that no bin holds more than it costs.
    pub prices: Vec<f64>,
    /// For each kind of bin, multipliers of the dimensions that help to see it.
    pub multipliers: Vec<Vec<f64>>,
}

/// A linear program over patterns and the patterns themselves.
#[derive(Clone, Debug)]
pub(super) struct Generator {
    /// The program.
    pub master: Master,
    /// The patterns by column, from [`Master::first`] on.
    pub patterns: Vec<Pattern>,
    known: FxHashMap<Pattern, u32>,
    pricer: Pricer,
    smooth: Vec<f64>,
    smoothing: f64,
    each: u64,
    /// Whether the program is optimal for the patterns it knows.
    settled: bool,
    /// The row of each limited kind of bin.
    limit_row: Vec<Option<u32>>,
    /// The best bound proven.
    pub proof: Proof,
}

/// What is asked for, by row: items of each kind, then limits.
pub(super) fn rows(prepared: &Prepared, left: &[u32], used: &[u32]) -> Vec<f64> {
    let limits = prepared.bins.iter().zip(used);
    let limits = limits.filter_map(|(bin, &used)| bin.limit.map(|limit| -f64::from(limit.saturating_sub(used))));
    left.iter().map(|&count| f64::from(count)).chain(limits).collect()
}

impl Generator {
    /// A program that knows only patterns of one kind of item each.
    pub fn new(prepared: &Prepared) -> Self {
        let kinds = prepared.kinds();
        let mut next = kinds as u32;
        let limit_row = prepared
            .bins
            .iter()
            .map(|bin| {
                bin.limit.map(|_| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        let dearest = prepared.bins.iter().map(|bin| bin.cost).fold(0.0, f64::max);
        let demand = rows(prepared, &prepared.counts, &vec![0; prepared.bins.len()]);
        let mut generator = Self {
            smooth: Vec::new(),
            smoothing: SMOOTH,
            each: 0,
            settled: false,
            master: Master::new(demand, 10.0 * dearest),
            patterns: Vec::new(),
            known: FxHashMap::default(),
            pricer: Pricer::new(prepared),
            limit_row,
            proof: Proof::default(),
        };
        for kind in 0..kinds {
            generator.add_single(prepared, kind);
        }
        generator
    }

    fn add_single(&mut self, prepared: &Prepared, kind: usize) {
        let most = |bin: &super::prepared::Bin| {
            let shares = prepared.size(kind).iter().zip(&bin.capacity).filter(|(size, _)| **size > 0.0);
            let most = shares.map(|(size, capacity)| (capacity / size).floor()).fold(f64::INFINITY, f64::min);
            most.min(f64::from(prepared.counts[kind])) as u32
        };
        let price = |(bin, count): &(usize, u32)| prepared.bins[*bin].cost / f64::from(*count);
        let fitting = prepared.bins.iter().map(most).enumerate().filter(|(_, count)| *count > 0);
        if let Some((bin, count)) = fitting.min_by(|a, b| price(a).total_cmp(&price(b))) {
            self.add(prepared, Pattern { bin: bin as u32, items: Box::new([(kind as u32, count)]) });
        }
    }

    /// Adds a pattern unless it is known; returns its column.
    pub fn add(&mut self, prepared: &Prepared, pattern: Pattern) -> Option<usize> {
        if pattern.items.is_empty() || self.known.contains_key(&pattern) {
            return None;
        }
        let mut entries: Vec<(u32, f64)> =
            pattern.items.iter().map(|&(kind, count)| (kind, f64::from(count))).collect();
        entries.extend(self.limit_row[pattern.bin as usize].map(|row| (row, -1.0)));
        let column = self.master.add(&entries, prepared.bins[pattern.bin as usize].cost);
        self.known.insert(pattern.clone(), column as u32);
        self.patterns.push(pattern);
        Some(column)
    }

    /// The pattern of a column.
    pub fn pattern(&self, column: usize) -> Option<&Pattern> {
        self.patterns.get(column.checked_sub(self.master.first())?)
    }

    /// The column of a pattern that is known.
    pub fn column(&self, pattern: &Pattern) -> Option<usize> {
        self.known.get(pattern).map(|&column| column as usize)
    }

    /// Leaves a pattern out of the program from now on.
    pub fn forbid(&mut self, pattern: &Pattern) {
        if let Some(column) = self.column(pattern) {
            self.master.forbid(column);
            self.settled = false;
        }
    }

    /// Forgets patterns for which `keep` does not hold.
    pub fn retain(&mut self, mut keep: impl FnMut(&Master, usize, &Pattern) -> bool) {
        let first = self.master.first();
        let wanted: Vec<bool> = (first..self.master.columns())
            .map(|column| keep(&self.master, column, &self.patterns[column - first]))
            .collect();
        let kept = self.master.retain(|column| wanted[column - first]);
        self.patterns = kept.iter().map(|&column| self.patterns[column - first].clone()).collect();
        self.known = (first as u32..).zip(&self.patterns).map(|(column, pattern)| (pattern.clone(), column)).collect();
    }

    fn price_of(&self, bin: usize, prices: &[f64]) -> f64 {
        self.limit_row[bin].map_or(0.0, |row| prices[row as usize])
    }

    /// Generates until no pattern pays or the goal's rounds are over. Returns whether there is nothing more to do: no pattern pays, or on the way to a bound,
    /// a better program would not change it.
    pub fn generate(&mut self, prepared: &Prepared, left: &[u32], goal: Goal, meter: &mut Meter<'_>) -> bool {
        self.optimise(goal.exchanges, meter);
        if !goal.whole || self.smooth.is_empty() {
            self.smooth = self.master.prices().to_vec();
            self.smoothing = SMOOTH;
            self.each = goal.each;
        }
        for _ in 0..goal.rounds {
            if !meter.open() {
                return false;
            }
            let prices: Vec<f64> = self.master.prices().iter().map(|price| price.max(0.0)).collect();
            for (kept, price) in self.smooth.iter_mut().zip(&prices) {
                *kept = self.smoothing * *kept + (1.0 - self.smoothing) * price;
            }
            let (added, sure) = self.round(prepared, left, &prices, goal.whole);
            meter.spend(self.pricer.take_work());
            if added == 0 {
                if self.smoothing > 0.0 {
                    self.smoothing = 0.0;
                } else if !self.settled {
                    self.settled = self.optimise(goal.exchanges, meter);
                } else if sure {
                    return true;
                } else if self.each >= goal.longest {
                    return false;
                } else {
                    self.each *= 8;
                }
                continue;
            }
            self.smoothing = SMOOTH;
            if added * 8 < left.len() {
                self.each = (self.each * 2).min(goal.longest);
            }
            self.settled = self.optimise(goal.exchanges, meter);
            if goal.whole && (self.proof.bound >= goal.enough || (self.settled && self.tight(prepared))) {
                return true;
            }
        }
        false
    }

    /// Improves the program by so many exchanges; returns whether it is optimal.
    fn optimise(&mut self, exchanges: usize, meter: &mut Meter<'_>) -> bool {
        let mut left = exchanges;
        loop {
            let now = left.min(100);
            let optimal = self.master.primal(now);
            left -= now;
            if optimal || !meter.spend(self.master.take_work()) || left == 0 {
                return optimal;
            }
        }
    }

    /// Whether a better program would not change the rounded bound.
    pub fn tight(&self, prepared: &Prepared) -> bool {
        prepared.round_up(self.proof.bound) >= prepared.round_up(self.master.value())
    }

    /// Prices all kinds of bin once, by the smoothed prices. Returns how many patterns were added, and whether it is sure that none pays.
    fn round(&mut self, prepared: &Prepared, left: &[u32], true_prices: &[f64], whole: bool) -> (usize, bool) {
        let prices = std::mem::take(&mut self.smooth);
        let effort = Effort { each: self.each, all: ROUND_LOOKS.max(4 * self.each), patterns: left.len() };
        let (mut added, mut sure, mut scale) = (0, true, 1.0_f64);
        let mut multipliers = Vec::new();
        for (index, bin) in prepared.bins.iter().enumerate() {
            let limit_price = self.price_of(index, &prices);
            let threshold = bin.cost + limit_price;
            let offer = self.pricer.price(prepared, index, &prices, left, threshold * (1.0 + 1e-7), effort);
            multipliers.push(offer.multipliers);
            scale = scale.max((offer.bound - limit_price) / bin.cost);
            sure &= offer.bound <= threshold * (1.0 + 1e-6);
            for pattern in offer.patterns {
                let pays: f64 =
                    pattern.items.iter().map(|&(kind, count)| true_prices[kind as usize] * f64::from(count)).sum();
                if pays > (bin.cost + self.price_of(index, true_prices)) * (1.0 + 1e-7) {
                    added += usize::from(self.add(prepared, pattern).is_some());
                }
            }
        }
        if whole {
            let demand = rows(prepared, &prepared.counts, &vec![0; prepared.bins.len()]);
            let value: f64 = demand.iter().zip(&prices).map(|(demand, price)| demand * price).sum();
            if value / scale > self.proof.bound {
                let scaled = |prices: &Vec<f64>| prices.iter().map(|price| price / scale).collect();
                let multipliers = multipliers.iter().map(scaled).collect();
                self.proof = Proof { bound: value / scale, prices: scaled(&prices), multipliers };
            }
        }
        self.smooth = prices;
        (added, sure)
    }
}

/// What to generate for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal {
    /// Rounds at most.
    pub rounds: usize,
    /// Exchanges in the program for each of them.
    pub exchanges: usize,
    /// Looks for each first item of a pattern, to begin with.
    pub each: u64,
    /// The same, at most.
    pub longest: u64,
    /// Whether the demand is that of the instance, so that bounds hold for it.
    pub whole: bool,
    /// A bound that needs not be exceeded.
    pub enough: f64,
}

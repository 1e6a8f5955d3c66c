//! The best pattern for given prices of items: a knapsack in many dimensions, by branch and bound.
//!
//! Multipliers of the dimensions turn the price of an item into its profit, what it pays beyond the room it takes (Lagrangian relaxation of the knapsack). A
//! partial pattern cannot become worth more than what it pays, plus what its free room is worth, plus the largest profits of as many items as may still fit.

use super::prepared::{Pattern, Prepared, fits};

/// Steps to find the multipliers.
const STEPS: usize = 40;

/// Finds patterns that pay more than they cost.
#[derive(Clone, Debug)]
pub(super) struct Pricer {
    /// The multipliers found last, for each kind of bin.
    multipliers: Vec<Vec<f64>>,
    work: u64,
}

/// How far to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Looks for each first item.
    pub each: u64,
    /// Looks in all.
    pub all: u64,
    /// Patterns wanted.
    pub patterns: usize,
}

/// What was found for one kind of bin.
#[derive(Debug, Default)]
pub(super) struct Offer {
    /// Patterns that pay more than the threshold.
    pub patterns: Vec<Pattern>,
    /// No pattern pays more than this.
    pub bound: f64,
    /// Multipliers of the dimensions.
    pub multipliers: Vec<f64>,
}

/// One search.
struct Search<'a> {
    prepared: &'a Prepared,
    prices: &'a [f64],
    profits: &'a [f64],
    threshold: f64,
    chosen: Vec<u32>,
    left: Vec<u32>,
    best: f64,
    best_items: Vec<u32>,
    lists: Vec<Vec<u32>>,
    looks: u64,
    limit: u64,
}

impl Pricer {
    /// Without knowledge.
    pub fn new(prepared: &Prepared) -> Self {
        let multipliers = prepared.bins.iter().map(|_| vec![0.0; prepared.dimensions]).collect();
        Self { multipliers, work: 0 }
    }

    /// Looks since the last call.
    pub fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    /// Patterns of a kind of bin, of at most `left` items of each kind, that pay more than `threshold`.
    pub fn price(
        &mut self,
        prepared: &Prepared,
        bin: usize,
        prices: &[f64],
        left: &[u32],
        threshold: f64,
        effort: Effort,
    ) -> Offer {
        let capacity = &prepared.bins[bin].capacity;
        let kinds: Vec<u32> = (0..prepared.kinds())
            .filter(|&kind| left[kind] > 0 && prices[kind] > 1e-9 && fits(prepared.size(kind), capacity))
            .map(|kind| kind as u32)
            .collect();
        let multipliers = &mut self.multipliers[bin];
        self.work += climb(prepared, capacity, prices, left, &kinds, threshold, multipliers);
        let mut profits = vec![0.0; prepared.kinds()];
        for &kind in &kinds {
            let room: f64 =
                prepared.size(kind as usize).iter().zip(&*multipliers).map(|(size, price)| size * price).sum();
            profits[kind as usize] = prices[kind as usize] - room;
        }
        let mut order = kinds;
        order.sort_by(|&a, &b| profits[b as usize].total_cmp(&profits[a as usize]).then(a.cmp(&b)));
        let base: f64 = capacity.iter().zip(&*multipliers).map(|(capacity, price)| capacity * price).sum();
        let multipliers = multipliers.clone();
        let mut search = Search {
            prepared,
            prices,
            profits: &profits,
            threshold,
            chosen: Vec::new(),
            left: left.to_vec(),
            best: threshold,
            best_items: Vec::new(),
            lists: Vec::new(),
            looks: 0,
            limit: 0,
        };
        let (patterns, bound) = search.roots(bin, base, &order, effort);
        self.work += search.looks;
        Offer { patterns, bound, multipliers }
    }
}

impl Search<'_> {
    /// Searches below each first item. Returns the patterns, and what none exceeds.
    fn roots(&mut self, bin: usize, base: f64, order: &[u32], effort: Effort) -> (Vec<Pattern>, f64) {
        let capacity = &self.prepared.bins[bin].capacity;
        let mut patterns = Vec::new();
        let mut proven = self.threshold;
        for first in 0..order.len() {
            let most = self.most(&order[first..], capacity);
            let above = base + self.gain(&order[first..], most);
            if above <= self.threshold {
                return (patterns, proven);
            }
            if self.looks >= effort.all || patterns.len() >= effort.patterns {
                return (patterns, proven.max(above));
            }
            self.best = self.threshold;
            self.best_items.clear();
            self.limit = (self.looks + effort.each).min(effort.all);
            let kind = order[first] as usize;
            self.branch(&order[first..], 0, capacity, 0.0, base, 0);
            if self.looks >= self.limit {
                proven = proven.max(base + self.profits[kind] + self.gain(&order[first..], most.saturating_sub(1)));
            }
            proven = proven.max(self.best);
            if !self.best_items.is_empty() {
                patterns.push(Pattern { bin: bin as u32, items: joined(&mut self.best_items) });
            }
        }
        (patterns, proven)
    }

    /// How many more items may fit at most.
    fn most(&mut self, list: &[u32], free: &[f64]) -> usize {
        let dimensions = self.prepared.dimensions;
        let mut most = usize::MAX;
        self.looks += (list.len() * dimensions) as u64;
        for (dimension, free) in free.iter().enumerate() {
            let sizes = list.iter().map(|&kind| self.prepared.sizes[kind as usize * dimensions + dimension]);
            let least = sizes.fold(f64::INFINITY, f64::min);
            if least > 0.0 {
                most = most.min((free / least) as usize);
            }
        }
        most
    }

    /// The largest profits of so many items of a list in order of profits.
    fn gain(&self, list: &[u32], most: usize) -> f64 {
        let (mut gain, mut most) = (0.0, most);
        for &kind in list {
            let profit = self.profits[kind as usize];
            if profit <= 0.0 || most == 0 {
                break;
            }
            let count = most.min(self.left[kind as usize] as usize);
            gain += profit * count as f64;
            most -= count;
        }
        gain
    }

    /// Adds the item at `at` of the list, and then what the rest of the list gives.
    fn branch(&mut self, list: &[u32], at: usize, free: &[f64], value: f64, base: f64, depth: usize) {
        let kind = list[at] as usize;
        let size = self.prepared.size(kind);
        let value = value + self.prices[kind];
        let base = base + self.profits[kind];
        let free: Vec<f64> = free.iter().zip(size).map(|(free, size)| free - size).collect();
        self.chosen.push(kind as u32);
        self.left[kind] -= 1;
        if value > self.best + 1e-9 {
            self.best = value;
            self.best_items.clone_from(&self.chosen);
        }
        if self.lists.len() <= depth {
            self.lists.push(Vec::new());
        }
        let mut next = std::mem::take(&mut self.lists[depth]);
        next.clear();
        let mut dearest = (0.0, None);
        for &other in &list[at..] {
            if self.left[other as usize] > 0 && fits(self.prepared.size(other as usize), &free) {
                next.push(other);
                if self.prices[other as usize] > dearest.0 {
                    dearest = (self.prices[other as usize], Some(other));
                }
            }
        }
        self.looks += ((list.len() - at) * 2) as u64;
        if let Some(other) = dearest.1 {
            self.descend(&next, other, &free, value, base, depth);
        }
        self.lists[depth] = next;
        self.left[kind] += 1;
        self.chosen.pop();
    }

    fn descend(&mut self, list: &[u32], dearest: u32, free: &[f64], value: f64, base: f64, depth: usize) {
        let most = self.most(list, free);
        let price = self.prices[dearest as usize];
        if most as f64 * price + value <= self.best + 1e-9 {
            return;
        }
        if most == 1 {
            self.best = value + price;
            self.best_items.clone_from(&self.chosen);
            self.best_items.push(dearest);
            return;
        }
        for at in 0..list.len() {
            if self.looks >= self.limit || base + self.gain(&list[at..], most) <= self.best + 1e-9 {
                return;
            }
            if value + self.prices[list[at] as usize] + (most - 1) as f64 * price > self.best + 1e-9 {
                self.branch(list, at, free, value, base, depth + 1);
            }
        }
    }
}

/// Items in order, with how many of each.
fn joined(items: &mut [u32]) -> Box<[(u32, u32)]> {
    items.sort_unstable();
    items.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u32)).collect()
}

/// Improves the multipliers of the dimensions: subgradient steps towards the threshold, of which the best are kept. Returns the work.
fn climb(
    prepared: &Prepared,
    capacity: &[f64],
    prices: &[f64],
    left: &[u32],
    kinds: &[u32],
    threshold: f64,
    multipliers: &mut Vec<f64>,
) -> u64 {
    let dimensions = prepared.dimensions;
    let value = |multipliers: &[f64], slack: &mut [f64]| -> f64 {
        slack.copy_from_slice(capacity);
        let mut total: f64 = capacity.iter().zip(multipliers).map(|(capacity, price)| capacity * price).sum();
        for &kind in kinds {
            let size = prepared.size(kind as usize);
            let room: f64 = size.iter().zip(multipliers).map(|(size, price)| size * price).sum();
            let profit = prices[kind as usize] - room;
            if profit > 0.0 {
                let most = size.iter().zip(capacity).filter(|(size, _)| **size > 0.0);
                let most = most.map(|(size, capacity)| (capacity / size).floor()).fold(f64::INFINITY, f64::min);
                let count = most.min(f64::from(left[kind as usize]));
                total += profit * count;
                for (slack, size) in slack.iter_mut().zip(size) {
                    *slack -= size * count;
                }
            }
        }
        total
    };
    let mut slack = vec![0.0; dimensions];
    if multipliers.iter().all(|&price| price == 0.0) {
        for (price, capacity) in multipliers.iter_mut().zip(capacity) {
            *price = if *capacity > 0.0 { threshold / capacity / dimensions as f64 } else { 0.0 };
        }
    }
    let mut best = multipliers.clone();
    let mut best_value = f64::INFINITY;
    let mut pace = 1.0;
    for _ in 0..STEPS {
        let found = value(multipliers, &mut slack);
        if found < best_value - 1e-9 {
            best_value = found;
            best.clone_from(multipliers);
        } else {
            pace *= 0.8;
        }
        // In shares of the capacity, so that units do not matter.
        let share = |(slack, capacity): (&f64, &f64)| if *capacity > 0.0 { slack / capacity } else { 0.0 };
        let length: f64 = slack.iter().zip(capacity).map(share).map(|share| share * share).sum();
        if length < 1e-12 || best_value <= threshold {
            break;
        }
        let step = pace * (found - 0.95 * threshold).max(0.01 * threshold) / length;
        for ((price, slack), capacity) in multipliers.iter_mut().zip(&slack).zip(capacity) {
            if *capacity > 0.0 {
                *price = (*price - step * slack / capacity / capacity).max(0.0);
            }
        }
    }
    multipliers.clone_from(&best);
    (STEPS * kinds.len() * (dimensions + 1)) as u64
}

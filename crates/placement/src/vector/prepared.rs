//! The instance as the solver sees it: equal items joined, in an order that does not depend on the input, with amounts as floating-point numbers.

use super::instance::Instance;

/// A kind of bin.
#[derive(Clone, Debug)]
pub(super) struct Bin {
    /// What it holds.
    pub capacity: Vec<f64>,
    /// What it costs.
    pub cost: f64,
    /// How many there are at most.
    pub limit: Option<u32>,
    /// Its number in the instance.
    pub origin: u32,
}

/// The instance, prepared.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// Dimensions.
    pub dimensions: usize,
    /// The kinds of bin, the cheapest first.
    pub bins: Vec<Bin>,
    /// The sizes of the kinds of item, one behind the other, the largest first. All are whole numbers.
    pub sizes: Vec<f64>,
    /// How many there are of each kind.
    pub counts: Vec<u32>,
    /// The kinds of the instance that were joined, with their numbers.
    pub origins: Vec<Vec<(u32, u32)>>,
    /// Every cost is a multiple of it.
    pub cost_step: u64,
}

/// What one bin holds: its kind, and kinds of item with how many of each, by kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pattern {
    /// Kind of bin.
    pub bin: u32,
    /// Kinds of item and numbers above 0.
    pub items: Box<[(u32, u32)]>,
}

impl Prepared {
    /// Prepares an instance.
    pub fn new(instance: &Instance) -> Self {
        let dimensions = instance.dimensions();
        let mut items: Vec<(&[u64], u32, u32)> = (0_u32..)
            .zip(instance.items())
            .filter(|(_, item)| item.count > 0)
            .map(|(number, item)| (item.size.as_slice(), item.count, number))
            .collect();
        let capacity = |at: usize| instance.bins().iter().map(|bin| bin.capacity[at]).max().unwrap_or(1).max(1);
        let largest: Vec<u64> = (0..dimensions).map(capacity).collect();
        let weight = |size: &[u64]| -> u128 {
            let shares =
                size.iter().zip(&largest).map(|(&amount, &largest)| (u128::from(amount) << 60) / u128::from(largest));
            shares.sum()
        };
        items.sort_by(|a, b| (weight(b.0), b.0).cmp(&(weight(a.0), a.0)).then(a.2.cmp(&b.2)));
        let mut prepared = Self {
            dimensions,
            bins: Vec::new(),
            sizes: Vec::new(),
            counts: Vec::new(),
            origins: Vec::new(),
            cost_step: instance
                .bins()
                .iter()
                .filter(|bin| bin.limit != Some(0))
                .fold(0, |step, bin| divisor(step, bin.cost))
                .max(1),
        };
        let mut last: Option<&[u64]> = None;
        for (size, count, number) in items {
            if last == Some(size) {
                if let (Some(all), Some(origin)) = (prepared.counts.last_mut(), prepared.origins.last_mut()) {
                    *all += count;
                    origin.push((number, count));
                }
            } else {
                prepared.sizes.extend(size.iter().map(|&amount| amount as f64));
                prepared.counts.push(count);
                prepared.origins.push(vec![(number, count)]);
                last = Some(size);
            }
        }
        let mut bins: Vec<(u32, &super::instance::BinType)> =
            (0_u32..).zip(instance.bins()).filter(|(_, bin)| bin.limit != Some(0)).collect();
        bins.sort_by(|a, b| (a.1.cost, &b.1.capacity, a.1.limit, a.0).cmp(&(b.1.cost, &a.1.capacity, b.1.limit, b.0)));
        prepared.bins = bins
            .into_iter()
            .map(|(origin, bin)| Bin {
                capacity: bin.capacity.iter().map(|&amount| amount as f64).collect(),
                cost: bin.cost as f64,
                limit: bin.limit,
                origin,
            })
            .collect();
        prepared
    }

    /// The part of the instance with so many items of each kind and so many bins taken of each kind of bin; and the kinds that are left, by their new number.
    pub fn part(&self, left: &[u32], used: &[u32]) -> (Self, Vec<u32>) {
        let kinds: Vec<u32> = (0_u32..).zip(left).filter(|(_, left)| **left > 0).map(|(kind, _)| kind).collect();
        let mut bins = self.bins.clone();
        for (bin, used) in bins.iter_mut().zip(used) {
            bin.limit = bin.limit.map(|limit| limit.saturating_sub(*used));
        }
        let part = Self {
            dimensions: self.dimensions,
            bins,
            sizes: kinds.iter().flat_map(|&kind| self.size(kind as usize)).copied().collect(),
            counts: kinds.iter().map(|&kind| left[kind as usize]).collect(),
            origins: Vec::new(),
            cost_step: self.cost_step,
        };
        (part, kinds)
    }

    /// How many kinds of item there are.
    pub fn kinds(&self) -> usize {
        self.counts.len()
    }

    /// What one item of this kind takes.
    pub fn size(&self, kind: usize) -> &[f64] {
        &self.sizes[kind * self.dimensions..(kind + 1) * self.dimensions]
    }

    /// How many items there are in all.
    pub fn total(&self) -> usize {
        self.counts.iter().map(|&count| count as usize).sum()
    }

    /// Whether no kind of bin has a limit.
    pub fn unlimited(&self) -> bool {
        self.bins.iter().all(|bin| bin.limit.is_none())
    }

    /// What all bins of these kinds cost.
    pub fn cost(&self, packing: &[(Pattern, u32)]) -> f64 {
        packing.iter().map(|(pattern, times)| self.bins[pattern.bin as usize].cost * f64::from(*times)).sum()
    }

    /// The least cost that is not below a bound, given that costs come in steps.
    pub fn round_up(&self, bound: f64) -> f64 {
        let step = self.cost_step as f64;
        ((bound / step) - 1e-7).ceil().max(0.0) * step
    }
}

/// Whether this fits into what is free.
pub(super) fn fits(size: &[f64], free: &[f64]) -> bool {
    size.iter().zip(free).all(|(size, free)| size <= free)
}

fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

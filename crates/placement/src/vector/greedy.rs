//! Packings made at once: items one after the other into the first bin with room, and bins one after the other with the items that suit them.

use super::meter::Meter;
use super::prepared::{Pattern, Prepared, fits};
use basics::random::Random;

/// Bins that are looked at for an item, counted from the newest: more would make the time grow with the square of the items.
const OPEN: usize = 400;

/// A bin that is being filled.
#[derive(Clone, Debug)]
pub(super) struct Load {
    /// Kind of bin.
    pub bin: u32,
    /// What is left.
    pub free: Vec<f64>,
    /// Kinds of the items, one entry for each item.
    pub items: Vec<u32>,
}

impl Load {
    /// An empty bin.
    pub fn new(prepared: &Prepared, bin: usize) -> Self {
        Self { bin: bin as u32, free: prepared.bins[bin].capacity.clone(), items: Vec::new() }
    }

    /// A bin filled by a pattern.
    pub fn of(prepared: &Prepared, pattern: &Pattern) -> Self {
        let mut load = Self::new(prepared, pattern.bin as usize);
        for &(kind, count) in &pattern.items {
            for _ in 0..count {
                load.put(prepared, kind as usize);
            }
        }
        load
    }

    /// Adds an item that fits.
    pub fn put(&mut self, prepared: &Prepared, kind: usize) {
        for (free, size) in self.free.iter_mut().zip(prepared.size(kind)) {
            *free -= size;
        }
        self.items.push(kind as u32);
    }

    /// What it holds, in order.
    pub fn pattern(&self) -> Pattern {
        let mut items = self.items.clone();
        items.sort_unstable();
        let items = items.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u32)).collect();
        Pattern { bin: self.bin, items }
    }
}

/// Chooses the kind of bin to open for a list of items: the one that is cheapest for what it will hold of them.
fn choose_bin(prepared: &Prepared, used: &[u32], kind: usize, rest: &[f64]) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (index, bin) in prepared.bins.iter().enumerate() {
        if bin.limit.is_some_and(|limit| used[index] >= limit) || !fits(prepared.size(kind), &bin.capacity) {
            continue;
        }
        // What is left to pack would fill so large a part of this bin, in the dimension that fills first.
        let share = |(rest, capacity): (&f64, &f64)| if *capacity > 0.0 { rest / capacity } else { 0.0 };
        let filled = rest.iter().zip(&bin.capacity).map(share).fold(0.0, f64::max).min(1.0);
        let scale = rest.iter().zip(&bin.capacity).map(|(rest, capacity)| rest.min(*capacity) / rest.max(1e-9));
        let value = if filled < 1.0 { 1.0 } else { scale.fold(f64::INFINITY, f64::min).max(1e-12) };
        let price = bin.cost / value;
        if best.is_none_or(|(least, _)| price < least) {
            best = Some((price, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Puts items in this order into the first bin with room. Returns `None` where bins run out.
pub(super) fn first_fit(prepared: &Prepared, order: &[u32], meter: &mut Meter<'_>) -> Option<Vec<Load>> {
    let mut loads: Vec<Load> = Vec::new();
    let mut used = vec![0; prepared.bins.len()];
    let mut rest = rest_of(prepared, order);
    for &kind in order {
        let size = prepared.size(kind as usize);
        let start = loads.len().saturating_sub(OPEN);
        let found = loads[start..].iter().position(|load| fits(size, &load.free));
        meter.spend(found.unwrap_or(loads.len() - start) as u64 + 1);
        let at = if let Some(found) = found {
            start + found
        } else {
            let bin = choose_bin(prepared, &used, kind as usize, &rest)?;
            used[bin] += 1;
            loads.push(Load::new(prepared, bin));
            loads.len() - 1
        };
        loads[at].put(prepared, kind as usize);
        for (rest, size) in rest.iter_mut().zip(size) {
            *rest -= size;
        }
    }
    Some(loads)
}

fn rest_of(prepared: &Prepared, items: &[u32]) -> Vec<f64> {
    let mut rest = vec![0.0; prepared.dimensions];
    for &kind in items {
        for (rest, size) in rest.iter_mut().zip(prepared.size(kind as usize)) {
            *rest += size;
        }
    }
    rest
}

/// Every item once, in the order of kinds.
pub(super) fn all_items(prepared: &Prepared) -> Vec<u32> {
    (0_u32..).zip(&prepared.counts).flat_map(|(kind, &count)| (0..count).map(move |_| kind)).collect()
}

/// The items from the largest, by some measures of size; and in random order.
pub(super) fn orders(prepared: &Prepared, seed: u64) -> Vec<Vec<u32>> {
    let capacity: Vec<f64> = (0..prepared.dimensions)
        .map(|at| prepared.bins.iter().map(|bin| bin.capacity[at]).fold(1.0, f64::max))
        .collect();
    let total = rest_of(prepared, &all_items(prepared));
    let peak = total.iter().zip(&capacity).map(|(total, capacity)| total / capacity).fold(1e-9, f64::max);
    let scarce: Vec<f64> =
        total.iter().zip(&capacity).map(|(total, capacity)| total / capacity / peak / capacity).collect();
    let measure = |of: &dyn Fn(&[f64]) -> f64| -> Vec<u32> {
        let sizes: Vec<f64> = (0..prepared.kinds()).map(|kind| of(prepared.size(kind))).collect();
        let mut items = all_items(prepared);
        items.sort_by(|&a, &b| sizes[b as usize].total_cmp(&sizes[a as usize]).then(a.cmp(&b)));
        items
    };
    let sum = |size: &[f64]| size.iter().zip(&scarce).map(|(size, weight)| size * weight).sum();
    let largest = |size: &[f64]| size.iter().zip(&capacity).map(|(size, capacity)| size / capacity).fold(0.0, f64::max);
    let square =
        |size: &[f64]| size.iter().zip(&capacity).map(|(size, capacity)| size * size / capacity / capacity).sum();
    let mut shuffled = all_items(prepared);
    shuffle(&mut Random::new(seed), &mut shuffled);
    // In random order, except that what is larger than an eighth of a bin comes first.
    let mut mixed = shuffled.clone();
    mixed.sort_by_key(|&kind| largest(prepared.size(kind as usize)) < 0.125);
    vec![shuffled, mixed, measure(&sum), measure(&largest), measure(&square)]
}

/// Fills bin after bin with the item that suits its free room best (dot product, Panigrahy et al. 2011). Returns `None` where bins run out or the work ends.
pub(super) fn bin_by_bin(prepared: &Prepared, meter: &mut Meter<'_>) -> Option<Vec<Load>> {
    let mut left = prepared.counts.clone();
    let mut loads = Vec::new();
    let mut used = vec![0; prepared.bins.len()];
    let mut rest = rest_of(prepared, &all_items(prepared));
    let mut open: Vec<u32> = (0..prepared.kinds() as u32).collect();
    while let Some(&first) = open.first() {
        let bin = choose_bin(prepared, &used, first as usize, &rest)?;
        used[bin] += 1;
        let mut load = Load::new(prepared, bin);
        let capacity = &prepared.bins[bin].capacity;
        let scarce: Vec<f64> = rest
            .iter()
            .zip(capacity)
            .map(|(rest, capacity)| if *capacity > 0.0 { rest / capacity / capacity / capacity } else { 0.0 })
            .collect();
        let mut fitting: Vec<u32> = open.clone();
        loop {
            let mut best = (-1.0, None);
            fitting.retain(|&kind| {
                let size = prepared.size(kind as usize);
                if left[kind as usize] == 0 || !fits(size, &load.free) {
                    return false;
                }
                let dot: f64 =
                    size.iter().zip(&load.free).zip(&scarce).map(|((size, free), weight)| size * free * weight).sum();
                if dot > best.0 {
                    best = (dot, Some(kind));
                }
                true
            });
            if !meter.spend((fitting.len() * prepared.dimensions) as u64) {
                return None;
            }
            let Some(kind) = best.1 else { break };
            load.put(prepared, kind as usize);
            left[kind as usize] -= 1;
        }
        for &kind in &load.items {
            for (rest, size) in rest.iter_mut().zip(prepared.size(kind as usize)) {
                *rest -= size;
            }
        }
        loads.push(load);
        open.retain(|&kind| left[kind as usize] > 0);
    }
    Some(loads)
}

/// Gives every bin the cheapest kind that holds what is in it, and joins bins where one of another kind is cheaper than two.
pub(super) fn resize(prepared: &Prepared, loads: &mut Vec<Load>, meter: &mut Meter<'_>) {
    if prepared.bins.len() == 1 {
        return;
    }
    let mut used = vec![0_u32; prepared.bins.len()];
    for load in loads.iter() {
        used[load.bin as usize] += 1;
    }
    let cheapest = |sum: &[f64], used: &[u32], below: f64| {
        let free = |index: usize| prepared.bins[index].limit.is_none_or(|limit| used[index] < limit);
        (0..prepared.bins.len()).find(|&index| {
            free(index) && prepared.bins[index].cost < below && fits(sum, &prepared.bins[index].capacity)
        })
    };
    let sum_of = |load: &Load| -> Vec<f64> {
        prepared.bins[load.bin as usize]
            .capacity
            .iter()
            .zip(&load.free)
            .map(|(capacity, free)| capacity - free)
            .collect()
    };
    let change = |load: &mut Load, sum: &[f64], to: usize, used: &mut [u32]| {
        used[load.bin as usize] -= 1;
        used[to] += 1;
        load.bin = to as u32;
        load.free = prepared.bins[to].capacity.iter().zip(sum).map(|(capacity, sum)| capacity - sum).collect();
    };
    for load in loads.iter_mut() {
        let sum = sum_of(load);
        if let Some(to) = cheapest(&sum, &used, prepared.bins[load.bin as usize].cost) {
            change(load, &sum, to, &mut used);
        }
    }
    let mut first = 0;
    while first < loads.len() {
        let mut second = first + 1;
        while second < loads.len() && meter.spend(prepared.dimensions as u64) {
            let sum: Vec<f64> = sum_of(&loads[first]).iter().zip(sum_of(&loads[second])).map(|(a, b)| a + b).collect();
            let cost = |at: usize| prepared.bins[loads[at].bin as usize].cost;
            if let Some(to) = cheapest(&sum, &used, cost(first) + cost(second)) {
                let joined = loads.swap_remove(second);
                used[joined.bin as usize] -= 1;
                loads[first].items.extend(joined.items);
                change(&mut loads[first], &sum, to, &mut used);
            } else {
                second += 1;
            }
        }
        first += 1;
    }
}

/// Puts a list in random order.
pub(super) fn shuffle<T>(random: &mut Random, list: &mut [T]) {
    for end in (1..list.len()).rev() {
        list.swap(end, random.below(end + 1));
    }
}

/// Joins equal bins.
pub(super) fn patterns(loads: &[Load]) -> Vec<(Pattern, u32)> {
    let mut patterns: Vec<Pattern> = loads.iter().filter(|load| !load.items.is_empty()).map(Load::pattern).collect();
    patterns.sort();
    patterns.chunk_by(|a, b| a == b).map(|equal| (equal[0].clone(), equal.len() as u32)).collect()
}

//! The independent checker of packings and their bounds. It shares no code with the solver, so that one mistake cannot hide in both.

use super::instance::{BinType, Instance};
use super::packing::{Packing, Proof};

/// Looks at items that a proof may take; more is refused.
const PATIENCE: u64 = 500_000_000;

/// What is wrong with a packing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A type of bin or item that the instance does not have.
    #[error("group {group} of bins names a type of bin or item that is not there")]
    Unknown {
        /// Counted from 1.
        group: usize,
    },
    /// More in a bin than it holds.
    #[error("the bins of group {group} hold {load} in dimension {dimension}, and have room for {capacity}")]
    Overfull {
        /// Counted from 1.
        group: usize,
        /// Counted from 1.
        dimension: usize,
        /// What is in it.
        load: u128,
        /// What it holds.
        capacity: u64,
    },
    /// Not as many items packed as there are.
    #[error("of item type {number} there are {wanted}, and {packed} are packed")]
    Count {
        /// Counted from 1.
        number: usize,
        /// How many there are.
        wanted: u64,
        /// How many are packed.
        packed: u64,
    },
    /// More bins than there are.
    #[error("of bin type {number} there are {limit}, and {used} are used")]
    Limit {
        /// Counted from 1.
        number: usize,
        /// How many there are.
        limit: u64,
        /// How many are used.
        used: u64,
    },
    /// Another cost than told.
    #[error("the bins cost {found}, not {told}")]
    Cost {
        /// What they cost.
        found: u128,
        /// What the packing tells.
        told: u64,
    },
    /// A proof that does not fit the instance.
    #[error("the proof of the bound does not fit the instance")]
    Proof,
    /// A bound that is not proven.
    #[error("the bound of {told} is not proven: {reason}")]
    Bound {
        /// What the packing tells.
        told: u64,
        /// Why it is not proven.
        reason: &'static str,
    },
}

/// Checks every bin, every item, the cost, and the bound.
pub fn check(instance: &Instance, packing: &Packing) -> Result<(), Vec<Violation>> {
    let mut violations = Vec::new();
    if let Err(violation) = check_bins(instance, packing, &mut violations) {
        return Err(vec![violation]);
    }
    if let Err(violation) = check_bound(instance, packing, PATIENCE) {
        violations.push(violation);
    }
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}

fn check_bins(instance: &Instance, packing: &Packing, violations: &mut Vec<Violation>) -> Result<(), Violation> {
    let mut packed = vec![0_u64; instance.items().len()];
    let mut used = vec![0_u64; instance.bins().len()];
    let mut found = 0_u128;
    for (group, bins) in (1..).zip(&packing.bins) {
        let bin = instance.bins().get(bins.bin as usize).ok_or(Violation::Unknown { group })?;
        used[bins.bin as usize] += u64::from(bins.times);
        found += u128::from(bin.cost) * u128::from(bins.times);
        let mut load = vec![0_u128; instance.dimensions()];
        for &(kind, count) in &bins.items {
            let item = instance.items().get(kind as usize).ok_or(Violation::Unknown { group })?;
            packed[kind as usize] += u64::from(count) * u64::from(bins.times);
            for (load, &size) in load.iter_mut().zip(&item.size) {
                *load += u128::from(size) * u128::from(count);
            }
        }
        for ((dimension, &load), &capacity) in (1..).zip(&load).zip(&bin.capacity) {
            if load > u128::from(capacity) {
                violations.push(Violation::Overfull { group, dimension, load, capacity });
            }
        }
    }
    for ((number, item), packed) in (1..).zip(instance.items()).zip(packed) {
        let wanted = u64::from(item.count);
        if packed != wanted {
            violations.push(Violation::Count { number, wanted, packed });
        }
    }
    for ((number, bin), used) in (1..).zip(instance.bins()).zip(used) {
        if let Some(limit) = bin.limit.map(u64::from).filter(|&limit| used > limit) {
            violations.push(Violation::Limit { number, limit, used });
        }
    }
    if found != u128::from(packing.cost) {
        violations.push(Violation::Cost { found, told: packing.cost });
    }
    Ok(())
}

/// Whether the bound is proven, and that within a part of the patience of [`check()`]: the solver claims nothing else.
pub(super) fn is_soon_proven(instance: &Instance, packing: &Packing) -> bool {
    check_bound(instance, packing, PATIENCE / 5).is_ok()
}

fn check_bound(instance: &Instance, packing: &Packing, patience: u64) -> Result<(), Violation> {
    let told = packing.lower_bound;
    // Costs are sums of costs of bins, and so multiples of what divides all of them.
    let usable = instance.bins().iter().filter(|bin| bin.limit != Some(0));
    let step = usable.fold(0, |step, bin| common_divisor(step, bin.cost)).max(1);
    let (value, parts) = match &packing.proof {
        Proof::None => (0, 1),
        Proof::Amounts { dimension } => amounts(instance, *dimension as usize).ok_or(Violation::Proof)?,
        Proof::Values { parts, items, limits, rooms } => {
            let fits = items.len() == instance.items().len()
                && limits.len() == instance.bins().len()
                && rooms.len() == instance.bins().len()
                && rooms.iter().all(|rooms| rooms.len() == instance.dimensions())
                && *parts > 0;
            if !fits {
                return Err(Violation::Proof);
            }
            let refused = |reason| Violation::Bound { told, reason };
            (values(instance, *parts, items, limits, rooms, patience).map_err(refused)?, u128::from(*parts))
        }
    };
    // The least multiple of the step that is not below value / parts.
    let proven = value.div_ceil(parts * u128::from(step)) * u128::from(step);
    if u128::from(told) <= proven {
        Ok(())
    } else {
        Err(Violation::Bound { told, reason: "the values of all items together are less" })
    }
}

/// What all items take in a dimension, times the cost of the bin that is cheapest for it, and the capacity by which to divide it.
fn amounts(instance: &Instance, dimension: usize) -> Option<(u128, u128)> {
    let total: u128 = instance
        .items()
        .iter()
        .map(|item| Some(u128::from(*item.size.get(dimension)?) * u128::from(item.count)))
        .sum::<Option<u128>>()?;
    let usable = instance
        .bins()
        .iter()
        .filter(|bin| bin.limit != Some(0) && bin.capacity.get(dimension).is_some_and(|&capacity| capacity > 0));
    let price = |bin: &&BinType| (u128::from(bin.cost), u128::from(bin.capacity[dimension]));
    let cheapest = usable.map(|bin| price(&bin)).reduce(|a, b| if b.0 * a.1 < a.0 * b.1 { b } else { a })?;
    Some((total.checked_mul(cheapest.0)?, cheapest.1))
}

/// The value of all items less what limited bins may hold too much, where no bin can hold more than it should.
fn values(
    instance: &Instance,
    parts: u64,
    items: &[u64],
    limits: &[u64],
    rooms: &[Vec<u64>],
    patience: u64,
) -> Result<u128, &'static str> {
    let mut looks = 0;
    for (index, bin) in instance.bins().iter().enumerate() {
        if bin.limit == Some(0) {
            continue;
        }
        if limits[index] > 0 && bin.limit.is_none() {
            return Err("a bin without a limit is allowed to hold more value than it costs");
        }
        let most = i128::from(bin.cost) * i128::from(parts) + i128::from(limits[index]);
        let mut proof = BinProof { instance, bin, most, looks, patience, order: Vec::new(), left: Vec::new() };
        proof.prepare(items, &rooms[index]);
        let base = rooms[index].iter().map(|&room| i128::from(room)).sum();
        let all: Vec<usize> = (0..proof.order.len()).collect();
        let free = bin.capacity.clone();
        if !proof.none_above(&all, &free, 0, base) {
            return Err(if proof.looks > patience {
                "it takes too long to see that no bin holds more value than it costs"
            } else {
                "a bin can hold more value than it costs"
            });
        }
        looks = proof.looks;
    }
    let worth: u128 =
        items.iter().zip(instance.items()).map(|(&value, item)| u128::from(value) * u128::from(item.count)).sum();
    let spent: u128 = limits
        .iter()
        .zip(instance.bins())
        .map(|(&value, bin)| u128::from(value) * u128::from(bin.limit.unwrap_or(0)))
        .sum();
    Ok(worth.saturating_sub(spent))
}

/// Sees whether a bin can hold more value than it should, by trying all that may.
struct BinProof<'a> {
    instance: &'a Instance,
    bin: &'a BinType,
    most: i128,
    looks: u64,
    patience: u64,
    /// Items with a value, with what they are worth and what that is beyond the room they take at least; the latter decides the order.
    order: Vec<(usize, i128, i128)>,
    /// How many of each, in this order, are still to be had.
    left: Vec<u32>,
}

impl BinProof<'_> {
    fn prepare(&mut self, values: &[u64], rooms: &[u64]) {
        for (kind, item) in self.instance.items().iter().enumerate() {
            let fits = item.size.iter().zip(&self.bin.capacity).all(|(size, capacity)| size <= capacity);
            if values[kind] == 0 || item.count == 0 || !fits {
                continue;
            }
            let value = i128::from(values[kind]);
            let taken = item.size.iter().zip(&self.bin.capacity).zip(rooms).filter(|((_, capacity), _)| **capacity > 0);
            // Rounded down, so that no pattern takes more than the room is worth.
            let room: i128 = taken
                .map(|((&size, &capacity), &room)| i128::from(size) * i128::from(room) / i128::from(capacity))
                .sum();
            self.order.push((kind, value, value - room));
        }
        self.order.sort_by_key(|&(kind, _, profit)| (std::cmp::Reverse(profit), kind));
        self.left = self.order.iter().map(|&(kind, ..)| self.instance.items()[kind].count).collect();
    }

    /// Whether no choice from the list, by positions in the order, added to a value leads above the most. `bound` is what the choice so far and the rest of
    /// the room are worth at most.
    fn none_above(&mut self, list: &[usize], free: &[u64], value: i128, bound: i128) -> bool {
        if value > self.most {
            return false;
        }
        let fitting: Vec<usize> = list
            .iter()
            .copied()
            .filter(|&at| {
                let size = &self.instance.items()[self.order[at].0].size;
                self.left[at] > 0 && size.iter().zip(free).all(|(size, free)| size <= free)
            })
            .collect();
        self.looks += list.len() as u64 + 1;
        let Some(dearest) = fitting.iter().map(|&at| self.order[at].1).max() else { return true };
        let most_items = self.most_items(&fitting, free);
        for (position, &at) in fitting.iter().enumerate() {
            if self.looks > self.patience {
                return false;
            }
            let open = most_items[position];
            let all_dearest = value + dearest.saturating_mul(i128::from(open));
            if all_dearest <= self.most || bound + self.gain(&fitting[position..], open) <= self.most {
                return true;
            }
            let (kind, worth, profit) = self.order[at];
            if value + worth + dearest.saturating_mul(i128::from(open - 1)) <= self.most {
                continue;
            }
            let size = &self.instance.items()[kind].size;
            let free: Vec<u64> = free.iter().zip(size).map(|(free, size)| free - size).collect();
            self.left[at] -= 1;
            let none = self.none_above(&fitting[position..], &free, value + worth, bound + profit);
            self.left[at] += 1;
            if !none {
                return false;
            }
        }
        true
    }

    /// How many items of the list from each position on fit at most, by the smallest in each dimension.
    fn most_items(&mut self, list: &[usize], free: &[u64]) -> Vec<u64> {
        self.looks += list.len() as u64;
        let mut smallest = vec![u64::MAX; free.len()];
        let mut most = vec![u64::from(u32::MAX); list.len()];
        for (most, &at) in most.iter_mut().zip(list).rev() {
            let size = &self.instance.items()[self.order[at].0].size;
            for ((smallest, &size), free) in smallest.iter_mut().zip(size).zip(free) {
                *smallest = size.min(*smallest);
                *most = free.checked_div(*smallest).map_or(*most, |count| count.min(*most));
            }
        }
        most
    }

    /// The largest profits of so many items of a list.
    fn gain(&self, list: &[usize], most_items: u64) -> i128 {
        let (mut gain, mut open) = (0, most_items);
        for &at in list {
            let profit = self.order[at].2;
            if profit <= 0 || open == 0 {
                break;
            }
            let count = open.min(u64::from(self.left[at]));
            gain += profit * i128::from(count);
            open -= count;
        }
        gain
    }
}

const fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

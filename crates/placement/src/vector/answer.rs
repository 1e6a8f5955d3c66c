//! From an instance to a packing in its own terms.

use std::collections::BTreeMap;

use super::check;
use super::generation;
use super::greedy;
use super::instance::Instance;
use super::meter::Meter;
use super::packing::{PackedBins, Packing, Proof};
use super::prepared::Prepared;
use super::solver::Solver;
use basics::progress::Progress;

/// Looks at numbers in one step of the budget: a few milliseconds.
const STEP: u64 = 1_000_000;

/// Values of proofs are in about so many parts of the dearest bin.
const PARTS: u64 = 1 << 40;

/// How much work the solver may do, the same on every machine, and the seed of its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Steps of a few milliseconds; 0 gives the first packing.
    pub steps: u32,
    /// Seed of every choice that is left open.
    pub seed: u64,
}

/// Bins have limits, and no packing was found within them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no packing was found within the limits of the bins")]
pub struct NoPacking;

/// Packs all items at little cost. `progress` is asked once there is a first packing, and then every few milliseconds.
pub fn solve(instance: &Instance, effort: Effort, progress: &mut dyn Progress) -> Result<Packing, NoPacking> {
    if instance.total() == 0 {
        return Ok(Packing::default());
    }
    let prepared = Prepared::new(instance);
    let mut meter = Meter::new(u64::from(effort.steps) * STEP, progress);
    let mut solver = Solver::start(&prepared, effort.seed, &mut meter).ok_or(NoPacking)?;
    solver.run(&mut meter);
    let amounts = solver.floor_dimension().map_or(Proof::None, |dimension| Proof::Amounts { dimension });
    let mut packing = Packing {
        bins: in_own_terms(&prepared, &solver),
        cost: solver.cost as u64,
        lower_bound: prepared.round_up(solver.floor()) as u64,
        proof: amounts,
    };
    if let Some(dual) = solver.proof() {
        let better = Packing {
            lower_bound: prepared.round_up(dual.bound) as u64,
            proof: values(instance, &prepared, dual),
            ..packing.clone()
        };
        // Of bins of many items it can take very long to see what they hold at most.
        if better.lower_bound > packing.lower_bound && check::is_soon_proven(instance, &better) {
            packing = better;
        }
    }
    Ok(packing)
}

/// The bins with the types of the instance; types that were joined take turns.
fn in_own_terms(prepared: &Prepared, solver: &Solver<'_>) -> Vec<PackedBins> {
    let mut origins = prepared.origins.clone();
    let mut bins = Vec::new();
    for (pattern, times) in greedy::patterns(&solver.best) {
        let bin = prepared.bins[pattern.bin as usize].origin;
        let joined = pattern.items.iter().any(|&(kind, _)| origins[kind as usize].len() > 1);
        let (groups, times) = if joined { (times, 1) } else { (1, times) };
        for _ in 0..groups {
            let mut items = BTreeMap::new();
            for &(kind, count) in &pattern.items {
                take(&mut origins[kind as usize], count * times, times, &mut items);
            }
            bins.push(PackedBins { bin, times, items: items.into_iter().collect() });
        }
    }
    bins
}

/// Takes items from the types that were joined, the last first.
fn take(origins: &mut Vec<(u32, u32)>, count: u32, times: u32, items: &mut BTreeMap<u32, u32>) {
    let mut wanted = count;
    while wanted > 0 {
        let Some(last) = origins.last_mut() else { return };
        let taken = wanted.min(last.1);
        *items.entry(last.0).or_insert(0) += taken / times;
        last.1 -= taken;
        wanted -= taken;
        if last.1 == 0 && origins.len() > 1 {
            origins.pop();
        }
    }
}

/// Prices as whole numbers: rounded down, and a little below what is allowed, so that rounding cannot break the proof.
fn values(instance: &Instance, prepared: &Prepared, dual: &generation::Proof) -> Proof {
    let dearest = prepared.bins.iter().map(|bin| bin.cost).fold(1.0, f64::max);
    let parts = (PARTS / dearest as u64).max(1);
    let scale = parts as f64 * (1.0 - 1e-8);
    let mut items = vec![0; instance.items().len()];
    for (kind, origins) in prepared.origins.iter().enumerate() {
        for &(origin, _) in origins {
            items[origin as usize] = (dual.prices[kind].max(0.0) * scale).floor() as u64;
        }
    }
    let mut limits = vec![0; instance.bins().len()];
    let mut rooms = vec![vec![0; instance.dimensions()]; instance.bins().len()];
    let mut row = prepared.kinds();
    for (bin, multipliers) in prepared.bins.iter().zip(&dual.multipliers) {
        if bin.limit.is_some() {
            limits[bin.origin as usize] = (dual.prices[row].max(0.0) * scale).ceil() as u64;
            row += 1;
        }
        for ((room, price), capacity) in rooms[bin.origin as usize].iter_mut().zip(multipliers).zip(&bin.capacity) {
            *room = (price * capacity * scale).ceil() as u64;
        }
    }
    Proof::Values { parts, items, limits, rooms }
}

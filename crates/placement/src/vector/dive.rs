//! From the linear program to a packing: bins that the program is nearly sure of are taken, and the program is solved again for the rest.

use super::generation::{Generator, Goal, rows};
use super::meter::Meter;
use super::prepared::{Pattern, Prepared};
use basics::random::Random;

/// So many hundred exchanges make the program feasible again, or it is left as it is.
const COVERS: usize = 50;

/// How boldly to dive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Boldness {
    /// Part of the bins that are left that are taken at once.
    pub share: f64,
    /// Rounds of column generation after each step.
    pub rounds: usize,
    /// Looks for each first item of a pattern.
    pub each: u64,
    /// How much chance changes the order in which bins are taken.
    pub chance: f64,
}

/// Dives. Returns a packing that costs less than `best`, where it gets to one; else the first pattern that the program was not sure of.
pub(super) fn dive(
    prepared: &Prepared,
    generator: &mut Generator,
    boldness: Boldness,
    best: f64,
    random: &mut Random,
    meter: &mut Meter<'_>,
) -> Result<Vec<(Pattern, u32)>, Option<Pattern>> {
    let mut left = prepared.counts.clone();
    let mut used = vec![0_u32; prepared.bins.len()];
    let mut taken: Vec<(Pattern, u32)> = Vec::new();
    let mut cost = 0.0;
    let mut unsure: Option<Pattern> = None;
    loop {
        let (picks, sure) = picks(generator, boldness, random);
        if picks.is_empty() || !meter.open() {
            return Err(unsure);
        }
        if !sure && unsure.is_none() {
            unsure = generator.pattern(picks[0].0).cloned();
        }
        let mut moved = false;
        for (column, times) in picks {
            let Some(pattern) = generator.pattern(column) else { continue };
            if let Some((pattern, times)) = trim(prepared, pattern, times, &left, &used) {
                for &(kind, count) in &pattern.items {
                    left[kind as usize] -= count * times;
                }
                used[pattern.bin as usize] += times;
                cost += prepared.bins[pattern.bin as usize].cost * f64::from(times);
                taken.push((pattern, times));
                moved = true;
            }
        }
        if left.iter().all(|&count| count == 0) {
            return if cost < best { Ok(taken) } else { Err(unsure) };
        }
        if !moved {
            return Err(unsure);
        }
        generator.retain(|_, _, pattern| pattern.items.iter().all(|&(kind, _)| left[kind as usize] > 0));
        let demand = rows(prepared, &left, &used);
        for _ in 0..COVERS {
            if generator.master.cover(&demand, 100) || !meter.spend(generator.master.take_work()) {
                break;
            }
        }
        let goal = Goal {
            rounds: boldness.rounds,
            exchanges: 200,
            each: boldness.each,
            longest: boldness.each,
            whole: false,
            enough: f64::INFINITY,
        };
        generator.generate(prepared, &left, goal, meter);
        if cost >= best {
            return Err(unsure);
        }
    }
}

/// The columns to take, with how often: all whole ones, or else the largest; and whether they are whole.
fn picks(generator: &Generator, boldness: Boldness, random: &mut Random) -> (Vec<(usize, u32)>, bool) {
    let solution: Vec<(usize, f64)> =
        generator.master.solution().into_iter().filter(|&(column, _)| generator.pattern(column).is_some()).collect();
    let whole: Vec<(usize, u32)> = solution
        .iter()
        .map(|&(column, value)| (column, (value + 1e-3).floor() as u32))
        .filter(|&(_, times)| times > 0)
        .collect();
    if !whole.is_empty() {
        return (whole, true);
    }
    let total: f64 = solution.iter().map(|(_, value)| value).sum();
    let mut order: Vec<(f64, usize)> =
        solution.iter().map(|&(column, value)| (value + boldness.chance * random.unit(), column)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let wanted = ((total * boldness.share) as usize).max(1);
    (order.into_iter().take(wanted).map(|(_, column)| (column, 1)).collect(), false)
}

/// The pattern without what is not left, and how often it can be taken.
fn trim(prepared: &Prepared, pattern: &Pattern, times: u32, left: &[u32], used: &[u32]) -> Option<(Pattern, u32)> {
    let bin = pattern.bin as usize;
    let spare = prepared.bins[bin].limit.map_or(u32::MAX, |limit| limit.saturating_sub(used[bin]));
    let whole = pattern.items.iter().map(|&(kind, count)| left[kind as usize] / count).min().unwrap_or(0);
    let whole = whole.min(times).min(spare);
    if whole > 0 {
        return Some((pattern.clone(), whole));
    }
    let items: Box<[(u32, u32)]> = pattern
        .items
        .iter()
        .map(|&(kind, count)| (kind, count.min(left[kind as usize])))
        .filter(|&(_, count)| count > 0)
        .collect();
    (spare > 0 && !items.is_empty()).then_some((Pattern { bin: pattern.bin, items }, 1))
}

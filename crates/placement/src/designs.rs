//! Which places to use with how many bins, compared by what that costs when machines may be cut in pieces.

use std::collections::{BTreeMap, BTreeSet};

use super::relaxation::{Ascent, Prices, Relaxation, State};
use basics::random::Random;

/// Evaluations for a change of host counts.
const ROUNDS: u32 = 30;
/// Looks beside those of evaluations.
const OVERHEAD: u64 = 200;
/// A design is of interest if it costs no more than this part over the best, and more where machines are so few that cutting them says little.
const NEAR: f64 = 0.01;
const NEAR_OF_FEW: f64 = 12.0;

/// Numbers of bins.
#[derive(Clone)]
pub(super) struct Design {
    /// For each place, in the order of the groups' columns.
    pub bins: Vec<usize>,
    /// What they cost when machines may be cut in pieces, with prices.
    pub ascent: Ascent,
}

/// The designs that are known.
pub(super) struct Designs {
    /// The best for each set of places in use.
    best: BTreeMap<Vec<bool>, Design>,
    /// Those that were tried, by their bins.
    tried: BTreeSet<Vec<usize>>,
    /// Those of which plans were built, by their bins.
    chosen: BTreeSet<Vec<usize>>,
    near: f64,
    /// Looks so far.
    pub looks: u64,
}

impl Designs {
    /// None yet.
    pub fn new(machines: usize) -> Self {
        let near = NEAR + (NEAR_OF_FEW / machines.max(1) as f64).min(0.3);
        Self { best: BTreeMap::new(), tried: BTreeSet::new(), chosen: BTreeSet::new(), near, looks: 0 }
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.best.is_empty()
    }

    /// Looks that pricing one takes.
    pub fn looks_of_one(relaxation: &Relaxation<'_>) -> u64 {
        relaxation.looks(&relaxation.initial_states()) * u64::from(2 * ROUNDS)
    }

    /// The most that a design may cost to be of interest.
    pub fn limit(&self) -> f64 {
        let least = self.least();
        if least.is_finite() { least + self.near * least.abs() } else { least }
    }

    /// The least cost of a design.
    fn least(&self) -> f64 {
        self.best.values().map(|design| design.ascent.value).fold(f64::INFINITY, f64::min)
    }

    /// The cheapest.
    pub fn cheapest(&self) -> Option<&Design> {
        self.best.values().min_by(|a, b| a.ascent.value.total_cmp(&b.ascent.value).then_with(|| a.bins.cmp(&b.bins)))
    }

    /// Looks for a better design near one of the best.
    pub fn vary(&mut self, relaxation: &Relaxation<'_>, random: &mut Random) {
        let limit = self.limit();
        let near: Vec<&Design> = self.best.values().filter(|design| design.ascent.value <= limit).collect();
        let Some(best) = self.cheapest() else { return };
        let other = near[random.below(near.len())];
        // Half of the time the best.
        let from = if random.below(2) == 0 { best } else { other };
        let bins = change(relaxation, from, random);
        let prices = from.ascent.prices.clone();
        self.consider(relaxation, bins, &prices);
    }

    /// Prices a design, and keeps it where it is the best for its set of places.
    pub fn consider(&mut self, relaxation: &Relaxation<'_>, bins: Vec<usize>, start: &Prices) {
        self.looks += OVERHEAD;
        if !self.tried.insert(bins.clone()) {
            return;
        }
        let set: Vec<bool> = bins.iter().map(|&bins| bins > 0).collect();
        let known = self.best.get(&set).map_or(f64::INFINITY, |design| design.ascent.value);
        let limit = known.min(self.limit());
        let states = states_of(&bins);
        let looks = relaxation.looks(&states) * u64::from(ROUNDS);
        let mut ascent = relaxation.ascend(&states, start, limit, 0.02, ROUNDS);
        self.looks += looks;
        if ascent.value < limit {
            ascent = relaxation.ascend(&states, &ascent.prices, limit, 0.01, ROUNDS);
            self.looks += looks;
        }
        if ascent.value < limit {
            self.best.insert(set, Design { bins, ascent });
        }
    }

    /// The `count` cheapest of which no plan was built before.
    pub fn choose(&mut self, count: usize) -> Vec<Design> {
        let limit = self.limit();
        let mut designs: Vec<&Design> = self.best.values().filter(|design| design.ascent.value <= limit).collect();
        designs.sort_by(|a, b| a.ascent.value.total_cmp(&b.ascent.value).then_with(|| a.bins.cmp(&b.bins)));
        let fresh = designs.into_iter().filter(|design| !self.chosen.contains(&design.bins));
        let designs: Vec<Design> = fresh.take(count).cloned().collect();
        self.chosen.extend(designs.iter().map(|design| design.bins.clone()));
        designs
    }
}

/// The states of a design: so many bins in each place.
fn states_of(bins: &[usize]) -> Vec<State> {
    bins.iter().map(|&bins| if bins > 0 { State::Open(bins, bins) } else { State::Closed }).collect()
}

/// A design near this one, mostly with more bins where they earn more than they cost, and fewer where they do not.
fn change(relaxation: &Relaxation<'_>, current: &Design, random: &mut Random) -> Vec<usize> {
    let mut bins = current.bins.clone();
    let columns = bins.len();
    let profit = |column: usize| relaxation.profit(column, current.bins[column], &current.ascent.prices);
    match random.below(4) {
        0 => {
            let size = [0.5, 0.25, 0.1][random.below(3)];
            for (column, bins) in bins.iter_mut().enumerate().filter(|(_, bins)| **bins > 0) {
                let hosts = relaxation.hosts(column);
                let by = size * profit(column).clamp(-1.0, 1.0) * *bins as f64;
                *bins = shifted(*bins, by).clamp(hosts.min_bins, hosts.most_bins());
            }
        }
        kind => {
            for _ in 0..kind {
                let column = random.below(columns);
                let hosts = relaxation.hosts(column);
                let now = bins[column];
                let most = hosts.most_bins();
                bins[column] = if now == 0 {
                    (hosts.min_bins + random.below(2 * hosts.min_bins + 8)).min(most)
                } else if random.below(6) == 0 {
                    0
                } else {
                    let far = if random.below(3) == 0 { 1.0 + random.unit() * now as f64 / 4.0 } else { 1.0 };
                    let up = if random.below(5) == 0 { random.below(2) == 0 } else { profit(column) > 0.0 };
                    let to = shifted(now, if up { far } else { -far });
                    if to < hosts.min_bins { 0 } else { to.min(most) }
                };
            }
        }
    }
    bins
}

/// A number of bins changed by this much, and by 1 at least.
fn shifted(bins: usize, by: f64) -> usize {
    let change = if by < 0.0 { by.min(-1.0) } else { by.max(1.0) };
    (bins as f64 + change + 0.5).max(0.0) as usize
}

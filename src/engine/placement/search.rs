//! Which places to use, with how many hosts, and how to fill them.
//!
//! First designs are compared by their price alone, with machines cut in pieces, and the tree of cases grows that proves the bound. Then plans are built of
//! the best designs, improved side by side, and the worse half is dropped until one is left.

use std::collections::{BTreeMap, BTreeSet};

use super::Budget;
use super::construct::{Order, construct};
use super::groups::Groups;
use super::improve::improve;
use super::packing::Packing;
use super::prepared::Prepared;
use super::random::Random;
use super::recreate::Recreate;
use super::relaxation::{Ascent, Prices, Relaxation};
use super::squeeze::squeeze;
use super::tree::{Tree, states_of};
use crate::engine::progress::Progress;

/// Groups of machines that prices are tried on.
const GROUPS: usize = 1500;
/// A look is one at a machine in a place, or at a host for a machine. A step of the budget is about one and a half looks at every machine in every place,
/// but within these limits; a million looks take about fifteen milliseconds in a browser.
const STEP: (u64, u64) = (5_000, 1_000_000);
/// Evaluations of the relaxation before the first plan.
const FIRST_ROUNDS: u32 = 160;
/// Evaluations for a change of host counts.
const DESIGN_ROUNDS: u32 = 30;
/// Tries of ruin and recreate in a row.
const TRIES: usize = 64;
/// After so many turns whole places are tried to be closed.
const IMPROVED: usize = 8;
/// Looks that a try takes beside those at hosts.
const TRY: u64 = 300;
/// How many designs the looks of the first round of designing, building and improving would do for,
const CYCLE: u64 = 40;
/// and the part of a round that goes to designs first.
const DESIGNING: f64 = 0.4;
/// Most designs of which plans are built.
const CANDIDATES: usize = 3;
/// A design is worth building if it costs no more than this part over the best, and more where machines are so few that cutting them says little.
const NEAR: f64 = 0.01;
const NEAR_OF_FEW: f64 = 12.0;

/// What the search found.
pub(super) struct Found<'a> {
    /// The best plan.
    pub packing: Packing<'a>,
    /// Prices for the places that it uses.
    pub prices: Prices,
    /// The proof of the bound.
    pub tree: Tree<'a>,
}

/// Looks for a good plan.
pub(super) fn search<'a>(prepared: &'a Prepared, budget: Budget, progress: &mut dyn Progress) -> Found<'a> {
    let mut search = Search::new(prepared, budget);
    let total = u64::from(budget.steps);
    let mut done = 0;
    while progress.tick("placement", done, total).is_continue() && done < total {
        while search.work() < (done + 1) * search.step {
            if !search.go_on() {
                done = total;
                break;
            }
        }
        done = (search.work() / search.step).clamp(done, total);
    }
    search.drop_worst(1);
    let Search { mut tree, mut candidates, .. } = search;
    let Candidate { packing, prices } = candidates.swap_remove(0);
    tree.polish(prepared, worth(prepared, &packing), if budget.steps == 0 { 1 } else { 8 });
    Found { packing, prices, tree }
}

/// Numbers of bins.
struct Design {
    /// For each place, in the order of the groups' columns.
    bins: Vec<usize>,
    /// What they cost when machines may be cut in pieces, with prices.
    ascent: Ascent,
}

/// A plan, and prices for its design.
struct Candidate<'a> {
    packing: Packing<'a>,
    prices: Prices,
}

/// A number of bins changed by this much, and by 1 at least.
fn shifted(bins: usize, by: f64) -> usize {
    let change = if by < 0.0 { by.min(-1.0) } else { by.max(1.0) };
    (bins as f64 + change + 0.5).max(0.0) as usize
}

/// Kinds of work, which share the budget.
const BRANCH: usize = 0;
const DESIGN: usize = 1;
const RECREATE: usize = 2;

/// One round of designing, building and improving. Each is twice as long as the one before, whatever the budget: more budget only goes on.
struct Cycle {
    /// Looks of each kind before it.
    before: [u64; 3],
    /// How many looks it has.
    length: u64,
    /// Whether its plans are built.
    built: bool,
}

impl Cycle {
    /// How far it is, from 0 to 1.
    fn part(&self, work: u64) -> f64 {
        (work - self.before.iter().sum::<u64>()) as f64 / self.length as f64
    }
}

struct Search<'a> {
    prepared: &'a Prepared,
    random: Random,
    tree: Tree<'a>,
    /// The best design for each set of places in use.
    designs: BTreeMap<Vec<bool>, Design>,
    /// Designs that were tried, by their bins.
    tried: BTreeSet<Vec<usize>>,
    /// Plans that are improved; never empty once the search is made.
    candidates: Vec<Candidate<'a>>,
    /// Whose turn it is.
    turn: usize,
    /// Looks so far, by kind of work.
    work: [u64; 3],
    /// Looks of a step.
    step: u64,
    cycle: Cycle,
    /// Designs of which plans were built.
    built: BTreeSet<Vec<usize>>,
}

impl<'a> Search<'a> {
    fn new(prepared: &'a Prepared, budget: Budget) -> Self {
        let step = (prepared.machines() * (prepared.sites.len() + 1)) as u64 * 3 / 2;
        let step = step.clamp(STEP.0, STEP.1);
        let tree = Tree::new(prepared, Groups::alike(prepared, GROUPS), FIRST_ROUNDS);
        let relaxation = &tree.relaxation;
        let design = relaxation.looks(&relaxation.initial_states()) * u64::from(2 * DESIGN_ROUNDS);
        let mut search = Self {
            prepared,
            random: Random::new(budget.seed),
            designs: BTreeMap::new(),
            tried: BTreeSet::new(),
            candidates: Vec::new(),
            turn: 0,
            work: [0; 3],
            step,
            cycle: Cycle { before: [0; 3], length: CYCLE * design, built: false },
            built: BTreeSet::new(),
            tree,
        };
        let start = search.tree.root_prices().clone();
        search.consider(search.tree.rounded(0), &start);
        let first = search.designs.values().next().map(|design| (design.bins.clone(), design.ascent.prices.clone()));
        let (bins, prices) = first.unwrap_or_else(|| (search.tree.rounded(0), start));
        let candidate = search.build(&bins, &prices, &[Order::Shuffled]);
        search.candidates.push(candidate);
        search
    }

    fn work(&self) -> u64 {
        self.work.iter().sum()
    }

    /// The least cost of a plan so far, with a price on machines left out.
    fn worth(&self) -> f64 {
        self.candidates.iter().map(|candidate| worth(self.prepared, &candidate.packing)).fold(f64::INFINITY, f64::min)
    }

    /// Some work of the kind that had the least of its share. False where nothing is left to do.
    fn go_on(&mut self) -> bool {
        if self.designs.is_empty() || self.tree.relaxation.groups.sites.is_empty() || self.prepared.machines() == 0 {
            return false;
        }
        let designing = self.cycle.part(self.work()) < DESIGNING;
        if !designing && !self.cycle.built {
            self.cycle.built = true;
            self.build_candidates();
        }
        let shares: [u64; 3] = if designing { [30, 50, 20] } else { [25, 0, 75] };
        let kinds = (0..3).filter(|&kind| shares[kind] > 0 && (kind != BRANCH || self.tree.can_branch(self.worth())));
        match kinds.min_by_key(|&kind| (self.work[kind] - self.cycle.before[kind]) / shares[kind]) {
            Some(BRANCH) => self.branch(),
            Some(DESIGN) => self.vary(),
            _ => self.recreate(),
        }
        if self.cycle.part(self.work()) >= 1.0 {
            self.cycle = Cycle { before: self.work, length: 2 * self.cycle.length, built: false };
            self.drop_worst(1);
        }
        true
    }

    fn branch(&mut self) {
        let (looks, children) = self.tree.branch(self.worth());
        self.work[BRANCH] += looks + 1;
        for child in children {
            if self.tree.value(child) < self.limit() {
                let prices = self.tree.prices(child).clone();
                self.consider(self.tree.rounded(child), &prices);
            }
        }
    }

    /// The most that a design may cost to be of interest.
    fn limit(&self) -> f64 {
        let least = self.least();
        let near = NEAR + (NEAR_OF_FEW / self.prepared.machines() as f64).min(0.3);
        if least.is_finite() { least + near * least.abs() } else { least }
    }

    /// The least cost of a design.
    fn least(&self) -> f64 {
        self.designs.values().map(|design| design.ascent.value).fold(f64::INFINITY, f64::min)
    }

    /// Looks for a better design near one of the best.
    fn vary(&mut self) {
        let least = self.least();
        let limit = self.limit();
        let near: Vec<&Design> = self.designs.values().filter(|design| design.ascent.value <= limit).collect();
        let design = near[self.random.below(near.len())];
        let best = near.iter().find(|design| design.ascent.value <= least).copied().unwrap_or(design);
        // Half of the time the best.
        let from = if self.random.below(2) == 0 { best } else { design };
        let bins = change(&self.tree.relaxation, from, &mut self.random);
        let prices = from.ascent.prices.clone();
        self.consider(bins, &prices);
    }

    /// Prices a design, and keeps it where it is the best for its set of places.
    fn consider(&mut self, bins: Vec<usize>, start: &Prices) {
        self.work[DESIGN] += 200;
        if !self.tried.insert(bins.clone()) {
            return;
        }
        let set: Vec<bool> = bins.iter().map(|&bins| bins > 0).collect();
        let known = self.designs.get(&set).map_or(f64::INFINITY, |design| design.ascent.value);
        let limit = known.min(self.limit());
        let states = states_of(&bins);
        let relaxation = &self.tree.relaxation;
        let looks = relaxation.looks(&states) * u64::from(DESIGN_ROUNDS);
        let mut ascent = relaxation.ascend(&states, start, limit, 0.02, DESIGN_ROUNDS);
        self.work[DESIGN] += looks;
        if ascent.value < limit {
            ascent = relaxation.ascend(&states, &ascent.prices, limit, 0.01, DESIGN_ROUNDS);
            self.work[DESIGN] += looks;
        }
        if ascent.value < limit {
            self.designs.insert(set, Design { bins, ascent });
        }
    }

    /// Builds plans of the best designs.
    fn build_candidates(&mut self) {
        let limit = self.limit();
        let mut designs: Vec<&Design> = self.designs.values().collect();
        designs.sort_by(|a, b| a.ascent.value.total_cmp(&b.ascent.value).then_with(|| a.bins.cmp(&b.bins)));
        let chosen: Vec<(Vec<usize>, Prices)> = designs
            .into_iter()
            .filter(|design| design.ascent.value <= limit && !self.built.contains(&design.bins))
            .take(CANDIDATES)
            .map(|design| (design.bins.clone(), design.ascent.prices.clone()))
            .collect();
        for (bins, prices) in chosen {
            self.built.insert(bins.clone());
            let candidate = self.build(&bins, &prices, &[Order::LargeFirst, Order::Shuffled, Order::Size]);
            self.candidates.push(candidate);
        }
    }

    /// The best plan of a design over some orders of machines.
    fn build(&mut self, design: &[usize], prices: &Prices, orders: &[Order]) -> Candidate<'a> {
        let mut bins = vec![0; self.prepared.sites.len()];
        for (&site, &wanted) in self.tree.relaxation.groups.sites.iter().zip(design) {
            bins[site] = wanted;
        }
        let mut best = Candidate { packing: Packing::new(self.prepared), prices: prices.clone() };
        for (index, &order) in orders.iter().enumerate() {
            let mut packing = construct(self.prepared, prices, &bins, order, &mut self.random);
            improve(self.prepared, &mut packing);
            self.work[DESIGN] += packing.looks.take() + (self.prepared.machines() * self.prepared.sites.len()) as u64;
            if index == 0 || packing.beats(&best.packing) {
                best.packing = packing;
            }
        }
        best
    }

    /// Keeps so many of the candidates.
    fn drop_worst(&mut self, keep: usize) {
        if self.candidates.len() > keep {
            self.candidates.sort_by(|a, b| {
                let by_cost = a.packing.cost.total_cmp(&b.packing.cost);
                a.packing.unplaced.cmp(&b.packing.unplaced).then(by_cost)
            });
            self.candidates.truncate(keep);
        }
    }

    /// Tries to fill the hosts of the next candidate better. In the course of a cycle the worse half of the candidates is dropped, and again.
    fn recreate(&mut self) {
        let part = (self.cycle.part(self.work()) - DESIGNING) / (1.0 - DESIGNING);
        self.drop_worst(if part < 0.125 {
            CANDIDATES + 1
        } else if part < 0.25 {
            2
        } else {
            1
        });
        self.turn += 1;
        let index = self.turn % self.candidates.len();
        let candidate = &mut self.candidates[index];
        let mut recreate = Recreate::new(self.prepared, &candidate.prices);
        for _ in 0..TRIES {
            recreate.step(&mut candidate.packing, &mut self.random);
        }
        squeeze(self.prepared, &candidate.prices, &mut candidate.packing, &mut self.random);
        if self.turn.is_multiple_of(IMPROVED) {
            improve(self.prepared, &mut candidate.packing);
        }
        self.work[RECREATE] += candidate.packing.looks.take() + TRIES as u64 * TRY;
    }
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

/// Cost of a plan, with a price on machines left out.
fn worth(prepared: &Prepared, packing: &Packing<'_>) -> f64 {
    packing.cost + prepared.penalty * packing.unplaced as f64
}

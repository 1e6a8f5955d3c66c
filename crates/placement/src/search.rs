//! Which places to use, with how many hosts, and how to fill them.
//!
//! First designs are compared by their price alone, with machines cut in pieces, and the tree of cases grows that proves the bound. Then plans are built of
//! the best designs, improved side by side, and the worse half is dropped until one is left.

use super::candidate::Candidate;
use super::construct::{Order, construct};
use super::designs::Designs;
use super::groups::Groups;
use super::improve::improve;
use super::packing::Packing;
use super::prepared::Prepared;
use super::relaxation::Prices;
use super::resume::{Start, prices_of, resume};
use super::settle::{fit, settle};
use super::tree::Tree;
use super::{Budget, Problem};
use basics::progress::Progress;
use basics::random::Random;
use basics::turns::pause;

/// Groups of machines, for the proof and for designs. More of them say it more exactly, and leave time for fewer cases and designs: with 1,500 the gap
/// of 10,000 machines after a second is half as large again, and after ten seconds hardly smaller.
const GROUPS: usize = 600;
/// A look is one at a machine in a place, or at a host for a machine. A step of the budget is about one and a half looks at every machine in every place,
/// but within these limits; a million looks take about fifteen milliseconds in a browser.
const STEP: (u64, u64) = (5_000, 1_000_000);
/// Small estates get more, up to so many looks a step: where a cluster is a few hosts, one host more or less is much of the cost, and a plan takes no longer
/// than that of a large estate.
const STEP_OF_SMALL: u64 = 100_000;
/// A turn ends after so many looks, which take some milliseconds.
pub(super) const TURN: u64 = 100_000;
/// Evaluations of the relaxation before the first plan that is improved.
const FIRST_ROUNDS: u32 = 160;
/// The same where they begin with those of an earlier plan.
const RESUMED_ROUNDS: u32 = 12;
/// and how often such a plan is tidied before it is told.
const RESUMED_TIDIED: usize = 2;
/// Evaluations, over groups as for designs, before a plan that is told at once and not improved, so that there is something to see.
const QUICK_ROUNDS: u32 = 40;
/// How many designs the looks of the first round of designing, building and improving would do for, of few machines, and of more;
const CYCLE: (u64, u64) = (80, 40);
/// the part of a round that goes to designs first;
const DESIGNING: (f64, f64) = (0.4, 0.6);
/// and the most designs of which plans are built. Of few machines what a design costs when they are cut in pieces says little, and plans are soon built: with
/// three plans of each shorter round, plans of the sample cost one per cent more.
const CANDIDATES: (usize, usize) = (10, 3);
/// Of no more machines than this several plans are built of a design: cut in pieces they say little of numbers of hosts.
const FEW: usize = 500;
/// How often a plan that was just built is tidied before it is compared.
const TIDIED: usize = 8;
/// Of more machines than this the parts of a step are long enough to ask between them whether to stop.
const LONG_STEPS: usize = 20_000;
/// How many of the weakest cases are proven on all machines in the end;
const POLISHES: usize = 8;
/// after a stop for so many machines together only: somebody waits, and of 100,000 machines eight cases take seconds.
const POLISHED_AFTER_STOP: usize = 160_000;

/// What the search found.
#[derive(Clone)]
pub(super) struct Found<'a> {
    /// The best plan.
    pub packing: Packing<'a>,
    /// Prices for the places that it uses.
    pub prices: Prices,
    /// The proof of the bound.
    pub tree: Tree<'a>,
    /// Where an earlier plan was kept: how much less the best one that was found costs.
    pub kept_for: Option<f64>,
}

/// What an earlier plan gives.
struct Resumed<'a, 's> {
    start: Start<'s>,
    /// It, with only the changes that it needs.
    kept: Candidate<'a>,
    /// How many bins of each place it had.
    bins: Vec<usize>,
}

impl<'a, 's> Resumed<'a, 's> {
    /// `None` where there is no earlier plan, or it is of other places.
    fn new(problem: &Problem, prepared: &'a Prepared, start: Option<Start<'s>>) -> Option<Self> {
        let start = start?;
        let prices = prices_of(problem, start.plan)?;
        let (packing, bins) = resume(prepared, problem, start.plan, &prices);
        Some(Self { start, kept: Candidate::new(packing, prices), bins })
    }

    /// What is found quickly: the earlier plan with its hosts tidied, or one that is built anew with as many hosts; and what proves a bound nearby.
    async fn first(&self, prepared: &'a Prepared, seed: u64) -> Found<'a> {
        let mut random = Random::new(seed);
        let prices = &self.kept.prices;
        let settled = settle(prepared, &self.bins, prices, &mut random);
        let anew = construct(prepared, &settled.prices, &settled.wanted, &self.bins, Order::Shuffled, &mut random);
        let mut best = self.kept.clone();
        for mut candidate in [self.kept.clone(), Candidate::new(anew, settled.prices)] {
            for _ in 0..RESUMED_TIDIED {
                candidate.tidy(prepared, &mut random);
                pause().await;
            }
            improve(prepared, &mut candidate.packing);
            if candidate.packing.beats(&best.packing) {
                best = candidate;
            }
        }
        let mut tree = Tree::from_prices(prepared, Groups::alike(prepared, GROUPS), prices, RESUMED_ROUNDS);
        tree.polish(prepared, worth(prepared, &best.packing), 1).await;
        Found { packing: best.packing, prices: best.prices, tree, kept_for: None }
    }

    /// The earlier plan where it is hardly dearer than the best one, else the best one.
    fn keep(self, prepared: &'a Prepared, best: Found<'a>) -> Found<'a> {
        let Self { start, kept, .. } = self;
        let extra = worth(prepared, &kept.packing) - worth(prepared, &best.packing);
        let most = best.packing.cost.abs() * f64::from(start.keep_ppm) / 1e6;
        if start.keep_ppm == 0 || kept.packing.unplaced > best.packing.unplaced || extra > most {
            return best;
        }
        Found { packing: kept.packing, prices: kept.prices, kept_for: Some(extra.max(0.0)), ..best }
    }
}

/// Looks for a good plan, in turns of about a step. `better` hears of the first one, and from then on each time the work has doubled, if the plan has
/// become cheaper; whether it listens changes nothing of the search.
pub(super) async fn search<'a>(
    problem: &Problem,
    prepared: &'a Prepared,
    start: Option<Start<'_>>,
    budget: Budget,
    progress: &mut dyn Progress,
    mut better: Option<&mut dyn FnMut(Found<'a>)>,
) -> Found<'a> {
    let resumed = Resumed::new(problem, prepared, start);
    pause().await;
    let mut told = (f64::INFINITY, 0);
    let first = match (&resumed, &better) {
        (Some(resumed), Some(_)) => Some(resumed.first(prepared, budget.seed).await),
        // Also where nobody listens: in the end it may be the better one.
        (None, _) if prepared.machines() > FEW => Some(at_once(prepared, budget.seed).await),
        _ => None,
    };
    let early = first.clone();
    if let (Some(first), Some(better)) = (first, &mut better) {
        told.0 = worth(prepared, &first.packing);
        better(first);
        pause().await;
    }
    let total = u64::from(budget.steps);
    if progress.tick("placement", 0, total).is_break()
        && let Some(early) = early
    {
        return early;
    }
    let mut search = Search::begin(prepared, budget, &mut Stop { progress, done: 0, total }).await;
    let (mut done, mut paused) = (0, 0);
    while progress.tick("placement", done, total).is_continue() && done < total {
        while search.work() < (done + 1) * search.step {
            if !search.go_on(&mut Stop { progress, done, total }).await {
                done = total;
                break;
            }
            if search.work() >= paused + TURN {
                paused = search.work();
                pause().await;
            }
        }
        done = (search.work() / search.step).clamp(done, total);
        if let Some(better) = &mut better
            && search.worth() < told.0
            && search.work() >= 2 * told.1
            && done < total
        {
            told = (search.worth(), search.work());
            better(search.best().await);
            pause().await;
        }
    }
    pause().await;
    search.drop_worst(1);
    let Search { mut tree, mut candidates, .. } = search;
    let Candidate { mut packing, mut prices, .. } = candidates.swap_remove(0);
    // A search that was stopped gives the best there is; one that comes to its end, what it finds whatever the plan before was.
    let counts = resumed.is_none() || done < total;
    if let Some(early) = early.filter(|early| counts && early.packing.beats(&packing)) {
        (packing, prices) = (early.packing, early.prices);
    }
    let goes = match budget.steps {
        0 => 1,
        // Whoever stopped it waits for the end.
        _ if done < total => (POLISHED_AFTER_STOP / prepared.machines().max(1)).clamp(1, POLISHES),
        _ => POLISHES,
    };
    tree.polish(prepared, worth(prepared, &packing), goes).await;
    let best = Found { packing, prices, tree, kept_for: None };
    match resumed {
        Some(resumed) => resumed.keep(prepared, best),
        None => best,
    }
}

/// A valid plan in a small part of the time that a good one takes.
async fn at_once(prepared: &Prepared, seed: u64) -> Found<'_> {
    let mut random = Random::new(seed);
    let mut tree = Tree::new(prepared, Groups::alike(prepared, GROUPS), QUICK_ROUNDS);
    pause().await;
    let mut bins = vec![0; prepared.sites.len()];
    for (&site, wanted) in tree.relaxation.groups.sites.iter().zip(tree.rounded(0)) {
        bins[site] = wanted;
    }
    let settled = settle(prepared, &bins, tree.root_prices(), &mut random);
    pause().await;
    let packing = construct(prepared, &settled.prices, &settled.wanted, &bins, Order::Shuffled, &mut random);
    pause().await;
    tree.polish(prepared, worth(prepared, &packing), 0).await;
    Found { packing, prices: settled.prices, tree, kept_for: None }
}

/// Asks whether to stop, between steps that are long for many machines. What was begun is a plan all the same, and counts.
struct Stop<'p> {
    progress: &'p mut dyn Progress,
    done: u64,
    total: u64,
}

impl Stop<'_> {
    /// Never of few machines, of which a step takes no longer than anybody notices, and is better ended.
    fn is_asked(&mut self, prepared: &Prepared) -> bool {
        prepared.machines() > LONG_STEPS && self.progress.tick("placement", self.done, self.total).is_break()
    }
}

/// Kinds of work, which share the budget.
const BRANCH: usize = 0;
const DESIGN: usize = 1;
const RECREATE: usize = 2;

/// One round of designing, building and improving. Each is longer than the one before, whatever the budget: more budget only goes on.
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
    designs: Designs,
    /// Plans that are improved; never empty once the search is made.
    candidates: Vec<Candidate<'a>>,
    /// Whose turn it is.
    turn: usize,
    /// Looks so far, by kind of work.
    work: [u64; 3],
    /// Looks of a step.
    step: u64,
    /// The part of a cycle that goes to designs.
    designing: f64,
    /// How many of them plans are built of.
    most: usize,
    cycle: Cycle,
}

impl<'a> Search<'a> {
    async fn begin(prepared: &'a Prepared, budget: Budget, stop: &mut Stop<'_>) -> Self {
        let all = (prepared.machines() * (prepared.sites.len() + 1)) as u64;
        let step = (all * 3 / 2).max((all * 20).min(STEP_OF_SMALL)).clamp(STEP.0, STEP.1);
        let tree = Tree::new(prepared, Groups::alike(prepared, GROUPS), FIRST_ROUNDS);
        pause().await;
        let few = prepared.machines() <= FEW;
        let length = if few { CYCLE.0 } else { CYCLE.1 } * Designs::looks_of_one(&tree.relaxation);
        let mut search = Self {
            prepared,
            random: Random::new(budget.seed),
            designs: Designs::new(prepared.machines()),
            candidates: Vec::new(),
            turn: 0,
            work: [0; 3],
            step,
            cycle: Cycle { before: [0; 3], length, built: false },
            designing: if few { DESIGNING.0 } else { DESIGNING.1 },
            most: if few { CANDIDATES.0 } else { CANDIDATES.1 },
            tree,
        };
        let start = search.tree.root_prices().clone();
        search.consider(search.tree.rounded(0), &start);
        let first = search.designs.cheapest().map(|design| (design.bins.clone(), design.ascent.prices.clone()));
        let (bins, prices) = first.unwrap_or_else(|| (search.tree.rounded(0), start));
        let candidate = search.build(&bins, &prices, stop).await;
        search.candidates.push(candidate);
        search
    }

    /// The best so far, with a proof.
    async fn best(&self) -> Found<'a> {
        let by_worth = |a: &&Candidate<'_>, b: &&Candidate<'_>| {
            worth(self.prepared, &a.packing).total_cmp(&worth(self.prepared, &b.packing))
        };
        let mut tree = self.tree.clone();
        tree.polish(self.prepared, self.worth(), 1).await;
        let best = self.candidates.iter().min_by(by_worth);
        let packing = best.map_or_else(|| Packing::new(self.prepared), |best| best.packing.clone());
        let prices = best.map_or_else(|| self.tree.root_prices().clone(), |best| best.prices.clone());
        Found { packing, prices, tree, kept_for: None }
    }

    fn work(&self) -> u64 {
        self.work.iter().sum()
    }

    /// The least cost of a plan so far, with a price on machines left out.
    fn worth(&self) -> f64 {
        self.candidates.iter().map(|candidate| worth(self.prepared, &candidate.packing)).fold(f64::INFINITY, f64::min)
    }

    /// Some work of the kind that had the least of its share. False where nothing is left to do.
    async fn go_on(&mut self, stop: &mut Stop<'_>) -> bool {
        if self.designs.is_empty() || self.tree.relaxation.groups.sites.is_empty() || self.prepared.machines() == 0 {
            return false;
        }
        let designing = self.cycle.part(self.work()) < self.designing;
        if !designing && !self.cycle.built {
            self.cycle.built = true;
            self.build_candidates(stop).await;
        }
        let shares: [u64; 3] = if designing { [40, 60, 0] } else { [40, 0, 60] };
        let kinds = (0..3)
            .filter(|&kind| shares[kind] > 0 && (kind != BRANCH || self.tree.can_branch(self.worth(), self.work())));
        match kinds.min_by_key(|&kind| (self.work[kind] - self.cycle.before[kind]) / shares[kind]) {
            Some(BRANCH) => self.branch(),
            Some(DESIGN) => {
                self.designs.vary(&self.tree.relaxation, &mut self.random);
                self.work[DESIGN] += std::mem::take(&mut self.designs.looks);
            }
            _ => self.recreate(),
        }
        if self.cycle.part(self.work()) >= 1.0 {
            let length = self.cycle.length * 5 / 4;
            self.cycle = Cycle { before: self.work, length, built: false };
            self.drop_worst(1);
        }
        true
    }

    fn branch(&mut self) {
        let (looks, children) = self.tree.branch(self.worth());
        self.work[BRANCH] += looks + 1;
        for child in children {
            if self.tree.value(child) < self.designs.limit() {
                let prices = self.tree.prices(child).clone();
                self.consider(self.tree.rounded(child), &prices);
            }
        }
    }

    fn consider(&mut self, bins: Vec<usize>, prices: &Prices) {
        self.designs.consider(&self.tree.relaxation, bins, prices);
        self.work[DESIGN] += std::mem::take(&mut self.designs.looks);
    }

    /// Builds plans of the best designs.
    async fn build_candidates(&mut self, stop: &mut Stop<'_>) {
        let chosen = self.designs.choose(self.most);
        self.work[DESIGN] += std::mem::take(&mut self.designs.looks);
        for design in chosen {
            if stop.is_asked(self.prepared) {
                return;
            }
            let candidate = self.build(&design.bins, &design.ascent.prices, stop).await;
            self.candidates.push(candidate);
        }
    }

    /// A plan of a design, or of one near it whose numbers of bins suit all machines instead of groups of them.
    async fn build(&mut self, design: &[usize], prices: &Prices, stop: &mut Stop<'_>) -> Candidate<'a> {
        let prepared = self.prepared;
        let mut bins = vec![0; prepared.sites.len()];
        for (&site, &wanted) in self.tree.relaxation.groups.sites.iter().zip(design) {
            bins[site] = wanted;
        }
        let (fitting, fitted) = fit(prepared, &bins, prices, &mut self.random);
        self.work[DESIGN] += fitted.looks;
        pause().await;
        let mut best = self.construct(&fitting, &fitted.prices, Order::Shuffled, stop).await;
        if prepared.machines() > FEW {
            return best;
        }
        for (bins, prices, order) in
            [(&fitting, &fitted.prices, Order::Size), (&bins, prices, Order::Size), (&bins, prices, Order::Shuffled)]
        {
            let other = self.construct(bins, prices, order, stop).await;
            if other.packing.beats(&best.packing) {
                best = other;
            }
        }
        best
    }

    /// A plan with so many bins in each place.
    async fn construct(&mut self, bins: &[usize], prices: &Prices, order: Order, stop: &mut Stop<'_>) -> Candidate<'a> {
        let prepared = self.prepared;
        let settled = settle(prepared, bins, prices, &mut self.random);
        let mut packing = construct(prepared, &settled.prices, &settled.wanted, bins, order, &mut self.random);
        improve(prepared, &mut packing);
        let mut candidate = Candidate::new(packing, settled.prices);
        self.work[DESIGN] += settled.looks + (prepared.machines() * prepared.sites.len()) as u64;
        for _ in 0..TIDIED {
            pause().await;
            if stop.is_asked(prepared) {
                break;
            }
            let before = candidate.packing.cost;
            self.work[DESIGN] += candidate.tidy(prepared, &mut self.random);
            if candidate.packing.cost >= before {
                break;
            }
        }
        improve(prepared, &mut candidate.packing);
        self.work[DESIGN] += candidate.packing.looks.take();
        candidate
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

    /// Improves the next candidate. In the course of a cycle the worse half of the candidates is dropped, and again.
    fn recreate(&mut self) {
        let part = (self.cycle.part(self.work()) - self.designing) / (1.0 - self.designing);
        self.drop_worst(if part < 0.125 {
            self.most + 1
        } else if part < 0.25 {
            2
        } else {
            1
        });
        self.turn += 1;
        let index = self.turn % self.candidates.len();
        self.work[RECREATE] += self.candidates[index].turn(self.prepared, &mut self.random);
    }
}

/// Cost of a plan, with a price on machines left out.
fn worth(prepared: &Prepared, packing: &Packing<'_>) -> f64 {
    packing.cost + prepared.penalty * packing.unplaced as f64
}

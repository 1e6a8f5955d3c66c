//! One bin less: its items are squeezed into the others, which overflow, and items are exchanged until none does (simulated annealing).
//!
//! It suits bins of many items, for which patterns are too many to be listed.

use super::greedy::Load;
use super::meter::Meter;
use super::prepared::Prepared;
use basics::random::Random;

/// Exchanges that are compared before the best is tried.
const COMPARED: usize = 3;

struct Squeeze<'a> {
    prepared: &'a Prepared,
    loads: Vec<Load>,
    overflow: Vec<f64>,
    full: Vec<u32>,
    random: Random,
}

/// An exchange: the item at a place of one bin goes to another, and perhaps one comes back.
#[derive(Clone, Copy)]
struct Exchange {
    from: usize,
    place: usize,
    to: usize,
    back: Option<usize>,
    change: f64,
}

/// Packs into one bin less, or into cheaper kinds of bin, within so much work. Returns the loads where that succeeds.
pub(super) fn squeeze(
    prepared: &Prepared,
    loads: &[Load],
    work: u64,
    random: &mut Random,
    meter: &mut Meter<'_>,
) -> Option<Vec<Load>> {
    let mut loads = loads.to_vec();
    // Copying counts as well, or trials that end at once would never use up the work.
    meter.spend((20 * (prepared.total() + loads.len() * prepared.dimensions) + 500) as u64);
    let dropped = if prepared.bins.len() > 1 && random.below(4) > 0 {
        cheapen(prepared, &mut loads, random)?;
        Vec::new()
    } else {
        let fill = |load: &Load| -> f64 {
            let capacity = &prepared.bins[load.bin as usize].capacity;
            let part = |(free, capacity): (&f64, &f64)| if *capacity > 0.0 { 1.0 - free / capacity } else { 0.0 };
            load.free.iter().zip(capacity).map(part).sum()
        };
        let emptiest = (0..loads.len()).min_by(|&a, &b| fill(&loads[a]).total_cmp(&fill(&loads[b])).then(a.cmp(&b)))?;
        loads.swap_remove(emptiest).items
    };
    // Where less is free in all than is too much, nothing helps.
    let free = |dimension: usize| loads.iter().map(|load| load.free[dimension]).sum::<f64>();
    let more = |dimension: usize| dropped.iter().map(|&kind| prepared.size(kind as usize)[dimension]).sum::<f64>();
    if loads.is_empty() || (0..prepared.dimensions).any(|dimension| free(dimension) < more(dimension)) {
        return None;
    }
    let mut squeeze = Squeeze {
        prepared,
        overflow: vec![0.0; loads.len()],
        full: Vec::new(),
        loads,
        random: Random::new(random.below(usize::MAX) as u64),
    };
    for at in 0..squeeze.loads.len() {
        squeeze.refresh(at);
    }
    for kind in dropped {
        squeeze.add_where_least(kind);
    }
    squeeze.anneal(work, meter).then_some(squeeze.loads)
}

/// Makes one bin cheaper, and perhaps another dearer by less: kinds with little difference in cost are tried as often as others. Bins may overflow then.
fn cheapen(prepared: &Prepared, loads: &mut [Load], random: &mut Random) -> Option<()> {
    let mut used = vec![0_u32; prepared.bins.len()];
    for load in loads.iter() {
        used[load.bin as usize] += 1;
    }
    let cost = |bin: usize| prepared.bins[bin].cost;
    let at = random.below(loads.len());
    let from = loads[at].bin as usize;
    let free = |bin: usize| prepared.bins[bin].limit.is_none_or(|limit| used[bin] < limit);
    let cheaper: Vec<usize> = (0..prepared.bins.len()).filter(|&bin| cost(bin) < cost(from) && free(bin)).collect();
    if cheaper.is_empty() {
        return None;
    }
    let to = cheaper[random.below(cheaper.len())];
    let saved = cost(from) - cost(to);
    let other = random.below(loads.len());
    let small = loads[other].bin as usize;
    let dearer: Vec<usize> = (0..prepared.bins.len())
        .filter(|&bin| bin != to && cost(bin) > cost(small) && cost(bin) < cost(small) + saved && free(bin))
        .collect();
    exchange_bin(prepared, &mut loads[at], to);
    if other != at && !dearer.is_empty() {
        exchange_bin(prepared, &mut loads[other], dearer[random.below(dearer.len())]);
    }
    Some(())
}

fn exchange_bin(prepared: &Prepared, load: &mut Load, to: usize) {
    let before = &prepared.bins[load.bin as usize].capacity;
    for ((free, before), after) in load.free.iter_mut().zip(before).zip(&prepared.bins[to].capacity) {
        *free += after - before;
    }
    load.bin = to as u32;
}

impl Squeeze<'_> {
    fn add_where_least(&mut self, kind: u32) {
        let size = self.prepared.size(kind as usize);
        let mut best = (f64::INFINITY, 0);
        for at in 0..self.loads.len() {
            let change = self.after(at, None, Some(size)) - self.overflow[at];
            if change < best.0 {
                best = (change, at);
            }
        }
        self.loads[best.1].put(self.prepared, kind as usize);
        self.refresh(best.1);
    }

    /// How far a bin overflows, in parts of the bin, after one size leaves and another comes.
    fn after(&self, at: usize, leaves: Option<&[f64]>, comes: Option<&[f64]>) -> f64 {
        let load = &self.loads[at];
        let capacity = &self.prepared.bins[load.bin as usize].capacity;
        let mut overflow = 0.0;
        for dimension in 0..load.free.len() {
            let free = load.free[dimension] + leaves.map_or(0.0, |size| size[dimension])
                - comes.map_or(0.0, |size| size[dimension]);
            if free < 0.0 {
                overflow -= free / capacity[dimension].max(1.0);
            }
        }
        overflow
    }

    fn refresh(&mut self, at: usize) {
        let overflow = self.after(at, None, None);
        let was = self.overflow[at] > 0.0;
        self.overflow[at] = overflow;
        if (overflow > 0.0) != was {
            if was {
                self.full.retain(|&full| full as usize != at);
            } else {
                self.full.push(at as u32);
            }
        }
    }

    fn anneal(&mut self, work: u64, meter: &mut Meter<'_>) -> bool {
        let start = meter.used();
        let each = (COMPARED * 6 * self.prepared.dimensions + 12) as u64;
        let mut heat = 0.0;
        let mut count = 0_u64;
        while !self.full.is_empty() {
            if count.is_multiple_of(256) {
                let used = meter.used() - start;
                if used >= work || !meter.spend(256 * each) {
                    return false;
                }
                let left = 1.0 - used as f64 / work as f64;
                heat = 0.02 * left * left;
            }
            count += 1;
            let Some(exchange) = self.propose() else { continue };
            if exchange.change <= 0.0 || (heat > 0.0 && self.random.unit() < libm::exp(-exchange.change / heat)) {
                self.apply(exchange);
            }
        }
        true
    }

    /// The best of some random exchanges.
    fn propose(&mut self) -> Option<Exchange> {
        let from = if self.random.below(4) > 0 {
            self.full[self.random.below(self.full.len())] as usize
        } else {
            self.random.below(self.loads.len())
        };
        if self.loads[from].items.is_empty() {
            return None;
        }
        let place = self.random.below(self.loads[from].items.len());
        let leaves = self.prepared.size(self.loads[from].items[place] as usize);
        let mut best: Option<Exchange> = None;
        for _ in 0..COMPARED {
            let to = self.random.below(self.loads.len());
            if to == from {
                continue;
            }
            let count = self.loads[to].items.len();
            let chosen = self.random.below(count + 1 + count / 8);
            let back = (chosen < count).then_some(chosen);
            let comes = back.map(|back| self.prepared.size(self.loads[to].items[back] as usize));
            let change = self.after(from, Some(leaves), comes) + self.after(to, comes, Some(leaves))
                - self.overflow[from]
                - self.overflow[to];
            if best.is_none_or(|best| change < best.change) {
                best = Some(Exchange { from, place, to, back, change });
            }
        }
        best
    }

    fn apply(&mut self, exchange: Exchange) {
        let prepared = self.prepared;
        let mut shift = |at: usize, place: usize| -> u32 {
            let kind = self.loads[at].items.swap_remove(place);
            for (free, size) in self.loads[at].free.iter_mut().zip(prepared.size(kind as usize)) {
                *free += size;
            }
            kind
        };
        let leaves = shift(exchange.from, exchange.place);
        let comes = exchange.back.map(|place| shift(exchange.to, place));
        self.loads[exchange.to].put(prepared, leaves as usize);
        if let Some(kind) = comes {
            self.loads[exchange.from].put(prepared, kind as usize);
        }
        self.refresh(exchange.from);
        self.refresh(exchange.to);
    }
}
